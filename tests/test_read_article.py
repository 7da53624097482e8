"""What of a page is the article: parts of a report that stand beside its largest element, and what is none of it."""

import pytest

from kg.read import html as web

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
