"""What of a page is the article: parts of a report that stand beside its largest element, and what is none of it."""

from html import escape
from pathlib import Path

import pytest

from kg.errors import SetAside
from kg.model import Document
from kg.read import Limits, formats, read_all
from kg.read import html as web
from tests.reports import made

LEAD = "2023年,乙镇认真落实依法行政各项要求,扎实推进各项工作,现将有关情况报告如下:"
FIRST = (
    "一、主要工作举措",
    "(一)健全工作机制。全年召开专题会议4次,研究解决重点难点问题12件,形成了上下联动、齐抓共管的工作格局。",
    "(二)规范行政执法。开展执法检查120次,办理行政处罚案件36件,罚款5.6万元,全年没有发生行政败诉案件。",
    "(三)化解矛盾纠纷。排查纠纷218起,调处成功213起,接待来访群众86批142人次,回应诉求及时有效。",
    "二、存在的问题",
    "执法力量仍然不足,普法宣传的形式比较单一,部分干部运用法治思维解决问题的能力还需要继续提高。",
)
LAST = ("三、下一步打算", "继续加强队伍建设,每季度开展一次业务培训。")
SIGNED = ("乙镇人民政府", "2024年1月15日")


def p(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def article(page: str) -> list[str]:
    """Return the lines of the page that lie in none of the spans outside the article."""
    received = web.read(f"<html><head><meta charset=utf-8></head><body>{page}</body></html>".encode())
    text = received.text
    for _, start, end in reversed(received.outside):
        text = text[:start] + text[end:]
    return [line for line in text.split("\n") if line]


WHOLE = [LEAD, *FIRST, *LAST, *SIGNED]
PARTS = {
    "the last chapter beside": f"<div>{p(LEAD, *FIRST)}</div><div>{p(*LAST, *SIGNED)}</div>",
    "the last chapter in a row of its own": f"<table><tr><td>{p(LEAD, *FIRST)}</td></tr><tr><td>{p(*LAST, *SIGNED)}</table>",
    "the opening above": f"<div>{p(LEAD)}</div><div>{p(*FIRST, *LAST, *SIGNED)}</div>",
    "the opening without an element": f"{LEAD}<div>{p(*FIRST, *LAST, *SIGNED)}</div>",
    "the signature below": f"<div>{p(LEAD, *FIRST, *LAST)}</div><div>{p(*SIGNED)}</div>",
    "a heading in an element named as a page's": (
        f"<div>{p(LEAD, *FIRST)}<div class='bottom'>{p(LAST[0])}</div>{p(LAST[1], *SIGNED)}</div>"
    ),
    "a second page that a script shows": f"<div>{p(LEAD, *FIRST)}</div><div style='display:none'>{p(*LAST, *SIGNED)}</div>",
}


@pytest.mark.parametrize("page", PARTS.values(), ids=PARTS)
def test_parts_of_a_report_beside_its_largest_element(page: str) -> None:
    assert article(page) == WHOLE


NONE = {
    "a notice below": p("本网站转载的信息仅供参考,不代表本网站的观点,如有版权问题,请与我们联系。"),
    "opening hours": p("办公时间为周一至周五上午8:30至12:00,法定节假日除外,来访请携带身份证件。"),
    "another article's opening": "<h3><a>更多</a></h3>" + p("丙镇召开法治建设推进会,会议要求各单位提高认识,狠抓落实。"),
    "another report's chapter": "<h3><a>相关文章</a></h3>" + p("一、2022年法治政府建设工作情况"),
    "a hidden dialogue": f"<div style='display:none'>{p('一、请您先阅读下列须知,再继续使用本网站提供的各项服务。')}</div>",
    "a hidden copy": f"<div style='display:none'>{p(*LAST)}</div>",
    "a foot": p("主办单位:甲县人民政府", "一、依法行政声明:本站的内容未经许可不得转载或者用于商业用途。"),
}


@pytest.mark.parametrize("below", NONE.values(), ids=NONE)
def test_what_stands_beside_a_report_and_is_none_of_it(below: str) -> None:
    assert article(f"<div>{p(*WHOLE)}</div>{below}") == WHOLE


def test_links_above_the_prose_and_below_it_are_none_of_the_article() -> None:
    """They stand in the element that holds the report; one between its lines, or that names a report, is kept."""
    menu, files = "<div><a>首页</a><a>政务公开</a></div>", "<p>附:<a>乙镇2023年工作总结.docx</a></p>"
    title, law = "<p><a>乙镇2023年法治政府建设报告</a></p>", "<p><a>《乙镇调解办法》</a></p>"
    assert article(f"{menu}{title}{p(LEAD)}{law}{p(*FIRST, *LAST, *SIGNED)}{files}") == [
        "乙镇2023年法治政府建设报告", LEAD, "《乙镇调解办法》", *FIRST, *LAST, *SIGNED,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ("<link rel=canonical href='https://a.gov.cn/1.html'>", "https://a.gov.cn/1.html"),
        (
            "<meta property='og:url' content='http://a.gov.cn/2'><link rel=icon href='https://a.gov.cn/i.ico'>",
            "http://a.gov.cn/2",
        ),
        ("<link rel=canonical href='/1.html'><meta property='og:url' content='javascript:void(0)'>", None),
    ],
)
def test_the_address_that_a_page_gives_of_itself(head: str, url: str | None) -> None:
    page = f"<html><head><meta charset=utf-8>{head}</head><body>{p(*WHOLE)}</body></html>"
    assert web.read(page.encode()).metadata.url == url


def test_a_date_of_another_thing_is_no_signature() -> None:
    page = f"<div>{p(LEAD, *FIRST, *LAST)}</div>{p('更新于2024年1月20日', '2024-01-20')}"
    assert article(page) == [LEAD, *FIRST, *LAST]


@pytest.mark.parametrize(
    ("below", "lossy"),
    [
        ("<h3><a>更多</a></h3>" + p(*LAST), "a chapter beside the article"),
        ("<h3><a>更多</a></h3>" + p("一、办事指南", "二、网上服务"), None),
    ],
)
def test_a_chapter_that_is_cut_is_said_to_be_lost(below: str, lossy: str | None) -> None:
    page = f"<html><meta charset=utf-8><body><div>{p(LEAD, *FIRST)}</div>{below}"
    assert web.read(page.encode()).lossy == lossy


VALUE = p(*WHOLE)
FIELDS = {
    "a hidden field": f'<input type="hidden" value="{escape(VALUE)}"><div id="show"></div>',
    "a text area": f"<textarea style='display:none'>{VALUE}</textarea><div id='show'></div>",
    "a text area of escaped markup": f"<textarea>{escape(VALUE)}</textarea><div id='show'></div>",
}


@pytest.mark.parametrize("page", FIELDS.values(), ids=FIELDS)
def test_a_report_in_a_field_that_a_script_shows(page: str) -> None:
    assert article(page) == WHOLE


def test_a_field_that_repeats_the_page_or_holds_no_page_is_left_alone() -> None:
    fields = f'<input value="{escape(VALUE)}"><textarea>请输入您的意见建议(限二百字)</textarea>'
    assert article(f"<div>{VALUE}</div>{fields}") == WHOLE


LINKS = "".join(f"<li><a href='{i}'>{name}2023年法治政府建设年度报告</a></li>" for i, name in enumerate("甲乙丙丁戊己"))
SCRIPT = "<script>var content = '" + VALUE.encode("ascii", "backslashreplace").decode() + "';</script>"
NOTE = "<p>您的浏览器不支持本页面,请更换浏览器后访问本站,以便正常浏览内容。</p>"
ELSEWHERE = {
    "script": (NOTE + SCRIPT, "its text is in a script; open it in a browser"),
    "list": (f"<ul>{LINKS}</ul>", "it is a list of links to reports; save each report's own page"),
    "frame": (NOTE + "<iframe src='main.htm'></iframe>", "its text is in a frame (main.htm); save that page"),
    "file": ("<h1>甲镇报告</h1><iframe src='/v?file=a/b.pdf'></iframe>", "its text is in a linked file (b.pdf); fetch"),
    "frames": (
        "<frameset><frame src=a.htm><frame src=b.htm></frameset>",
        "its text is in a frame (a.htm, b.htm); save",
    ),
}


def outcome(folder: Path, page: str) -> Document | SetAside:
    (folder / "page.html").write_text(f"<html><head><meta charset=utf-8></head>{page}</html>", encoding="utf-8")
    (found,) = read_all([folder], Limits(keep_all=False))
    return found


@pytest.mark.parametrize(("page", "where"), ELSEWHERE.values(), ids=ELSEWHERE)
def test_a_page_without_its_report_says_where_it_is(tmp_path: Path, page: str, where: str) -> None:
    found = outcome(tmp_path, page)
    assert isinstance(found, SetAside)
    assert str(found).startswith(f"page.html: {where}")


@pytest.mark.parametrize(
    "beside", [SCRIPT, f"<ul>{LINKS}</ul>", "<iframe src='count.htm'></iframe><a href='a.pdf'>附件</a>"]
)
def test_a_page_with_its_report_and_more(tmp_path: Path, beside: str) -> None:
    found = outcome(tmp_path, f"<h1>乙镇2023年法治政府建设年度报告</h1><div>{p(*WHOLE)}</div>{beside}")
    assert isinstance(found, Document)
    assert [line for line in found.text.split("\n") if line in WHOLE] == WHOLE


@pytest.mark.parametrize(
    ("data", "format_"),
    [
        (b"\xef\xbb\xbf<style>" + b".a{color:red}" * 1000 + b"</style><p>x", "html"),
        (b"<script>" + b"a();" * 3000 + b"</script><p>x", "html"),
        ("2023年,<style 见附件>".encode(), "txt"),
    ],
)
def test_a_page_that_begins_with_its_style(data: bytes, format_: str) -> None:
    assert formats.format_of(data) == format_


def test_the_address_of_a_page_saved_in_one_file() -> None:
    plain = made.page().replace(b"saved from url", b"saved")
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n"
    for address, url in ((b"https://www.example.gov.cn/1.html", "https://www.example.gov.cn/1.html"), (b"cid:1", None)):
        part = b"Content-Location: " + address + b"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + plain
        assert formats.read(head + part + b"\r\n--b--\r\n", "mht").metadata.url == url
