"""Every format gives the same report; what is around it is cut, recorded, and read into the metadata."""

import io
from pathlib import Path
from zipfile import ZipFile

import pytest

from kg.errors import SetAside
from kg.model import Document, Metadata
from kg.read import Limits, read, read_all
from kg.read import html as web
from tests.reports import made
from tests.reports.made import BODY, TEXT, TITLE, docx, paragraph, pdf, zipped


def reading(tmp_path: Path, data: bytes, name: str = "report") -> Document:
    path = tmp_path / name
    path.write_bytes(data)
    document = read(path, limits=Limits(keep_all=True))
    assert_aligned(document)
    return document


def assert_aligned(document: Document) -> None:
    starts, ends = list(document.alignment.starts), list(document.alignment.ends)
    assert len(starts) == len(ends) == len(document.text)
    assert starts == sorted(starts)
    assert ends == sorted(ends)
    assert all(0 <= a < b <= len(document.source) for a, b in zip(starts, ends, strict=True))
    for cut in document.cuts:
        assert not any(cut.start <= a < cut.end for a in starts), cut


def lines(document: Document) -> list[str]:
    return [line.strip() for line in document.text.split("\n") if line.strip()]


CONTENTS = {
    "in its own element": '<div id="zoom" class="TRS_Editor">%s</div>',
    "without an element of its own": "%s",
    "in a layout table": "<table><tr><td>%s</td></tr></table>",
    "deep": "<div>" * 600 + "%s" + "</div>" * 600,
}


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
def test_a_web_page_is_its_article(tmp_path: Path, content: str) -> None:
    document = reading(tmp_path, made.page(content), "report.txt")
    assert lines(document) == [TITLE, *BODY]
    assert (document.format, document.encoding, document.doubts) == ("html", "utf-8", ())
    assert document.metadata == Metadata(
        title=TITLE, publisher="甲镇人民政府", source="甲镇人民政府", published="2024-01-20", signed="2024-01-15",
        number="甲政〔2024〕3号", index="11330521/2024-00012", url="https://www.jiaxian.gov.cn/art/2024/1.html",
        trail="您现在的位置:首页 > 政务公开 > 法治政府建设 甲县人民政府",
    )  # fmt: skip
    cut = "".join(document.source[c.start : c.end] for c in document.cuts)
    assert "浏览次数:236" in cut
    assert "丙镇开展“宪法进万家”活动,发放宣传资料3000份" in cut


def test_a_title_that_only_the_page_shows(tmp_path: Path) -> None:
    """No <h1>, no <meta>, no <title>: the line above the article that names a report is its title; a link to one is not."""
    bare = made.page().decode().replace("h1>", "div>").replace('<meta name="ArticleTitle"', "<meta")
    bare = bare.replace(f"<title>{TITLE}_甲县人民政府</title>", "")
    assert lines(reading(tmp_path, bare.encode())) == [TITLE, *BODY]


def test_the_part_of_a_pages_title_that_names_a_report(tmp_path: Path) -> None:
    """A channel of the site may name the subject too."""
    paragraphs = "".join(f"<p>{line}</p>" for line in BODY)
    for shown in (f"甲县政府-法治建设-{TITLE}", f"{TITLE}_法治建设_甲县政府"):
        page = f"<html><head><title>{shown}</title></head><body>{paragraphs}</body></html>"
        assert reading(tmp_path, page.encode()).metadata.title == TITLE


def test_what_a_page_hides_is_no_text(tmp_path: Path) -> None:
    hidden = '<div style="display: none">看不见的文字,不是正文,也不应当出现在报告里面,因为读者看不见它们。</div>'
    page = made.page().decode().replace('<div class="share">', hidden + '<div class="share">')
    assert lines(reading(tmp_path, page.encode())) == [TITLE, *BODY]


def test_a_page_whose_charset_lies(tmp_path: Path) -> None:
    page = made.page().replace(b'charset="utf-8"', b'charset="gb2312"')
    assert lines(reading(tmp_path, page)) == [TITLE, *BODY]
    page = made.page(charset="gb18030").replace(b'charset="gb18030"', b'charset="utf-8"')
    assert lines(reading(tmp_path, page)) == [TITLE, *BODY]


def test_a_page_saved_in_one_file(tmp_path: Path) -> None:
    assert lines(reading(tmp_path, made.mht(), "report.mht")) == [TITLE, *BODY]


def test_what_the_parser_loses_is_taken_from_the_markup(tmp_path: Path) -> None:
    document = reading(tmp_path, made.page("<div>" * 100_000 + "%s" + "</div>" * 100_000))
    assert [line for line in lines(document) if line in BODY] == list(BODY)
    assert [doubt.rule for doubt in document.doubts] == ["lossy: deep markup"]


def test_markup_of_many_kinds() -> None:
    page = (
        "<p>甲<b>乙</b>丙<br>丁</p>戊<table><tr><td>件</td><td></td><td>12</td></tr></table><pre>己</pre>&#24198;&amp;"
    )
    assert web.read(page.encode()).text == "甲乙丙\n丁\n戊\n件\t\t12\n己\n庆&"


def test_hostile_markup_takes_linear_time() -> None:
    for piece in ("<!--", "<p", "<", "&", "<script", "<a href=", "<table><td>", "]]>", "<p>法治", "</div>"):
        web.bare(piece * 100_000)
        try:
            web.read((piece * 20_000 + "<p>法治政府建设</p>").encode())
        except SetAside as reason:
            assert reason.code == "empty"


def test_entities_of_a_page_are_not_expanded() -> None:
    page = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>法治政府&x;建设</p></body></html>'
    assert "法治政府&x;建设" in web.read(page.encode()).text


def test_a_word_file(tmp_path: Path) -> None:
    document = reading(tmp_path, docx())
    assert (document.format, document.text) == ("docx", TEXT.rstrip("\n"))


def test_parts_of_a_word_file_in_their_order(tmp_path: Path) -> None:
    row = "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in ("普法活动", "12", "")) + "</w:tr>"
    box = f"<w:p><w:r><w:t>正文</w:t></w:r><w:r><w:pict><w:txbxContent>{paragraph('框内')}</w:txbxContent></w:pict></w:r></w:p>"
    body = (
        paragraph("工作情况", 0) + paragraph("组织领导", 1) + paragraph("行政执法", 1) + paragraph("存在问题", 0)
        + paragraph("执法力量不足", 1) + f"<w:tbl>{row}</w:tbl>" + box
        + "<w:p><w:r><w:t>保</w:t></w:r><w:del><w:r><w:delText>删</w:delText></w:r></w:del><w:ins><w:r><w:t>留</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:br/><w:t>换行</w:t></w:r></w:p>"
    )  # fmt: skip
    notes = f'<w:footnotes xmlns:w="{docx.__globals__["_W"][9:-1]}"><w:footnote>{paragraph("脚注")}</w:footnote></w:footnotes>'
    document = reading(tmp_path, docx(body, {"word/footnotes.xml": notes}))
    assert document.source.split("\n") == [
        "一、工作情况", "(一)组织领导", "(二)行政执法", "二、存在问题", "(一)执法力量不足", "普法活动\t12\t", "正文", "框内", "保留", "换行", "脚注",
    ]  # fmt: skip


def test_a_paragraph_whose_end_is_deleted_and_the_sound_above_a_character(tmp_path: Path) -> None:
    gone = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>%s</w:t></w:r></w:p>"
    ruby = "<w:r><w:ruby><w:rt><w:r><w:t>lù</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>甪</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    body = gone % "上半句," + paragraph("下半句。") + f"<w:p>{ruby}<w:r><w:t>直镇</w:t></w:r></w:p>" + gone % "末句"
    assert reading(tmp_path, docx(body)).source.split("\n") == ["上半句,下半句。", "甪直镇", "末句"]


def test_a_pdf_is_made_whole(tmp_path: Path) -> None:
    document = reading(tmp_path, pdf(made.wrapped(), head="甲镇人民政府文件汇编"), "report.pdf")
    assert lines(document) == [TITLE, *BODY * 4]
    assert {cut.rule for cut in document.cuts} == {"running-head", "page-number"}
    assert {repair.rule for repair in document.repairs} == {"line-join"}


@pytest.mark.parametrize(
    "head",
    ["甲镇人民政府文件汇编", TITLE, "甲镇法治政府建设工作报告"],
    ids=["of its own", "the title", "a shorter title"],
)
def test_the_running_head_of_two_pages(tmp_path: Path, head: str) -> None:
    wrapped = [line[at : at + 28] for line in (TITLE, *BODY) for at in range(0, len(line), 28)]
    document = reading(tmp_path, pdf(wrapped, per_page=(len(wrapped) + 1) // 2, head=head), "report.pdf")
    assert lines(document) == [TITLE, *BODY]
    assert [cut.rule for cut in document.cuts] == ["running-head", "page-number", "running-head", "page-number"]


def test_what_two_pages_share_and_is_no_running_head(tmp_path: Path) -> None:
    """The days of two signatures, sentences and headings of a text."""
    pages = [
        [TITLE, "一、主要工作", *BODY[2:4], "2024年1月15日"],
        ["一、主要工作", "执法力量不足。", BODY[7], "2024年1月16日"],
    ]
    wanted = [line for page in pages for line in page]
    document = reading(tmp_path, pdf([*pages[0], *pages[1]], per_page=5, numbers=False), "report.pdf")
    assert lines(document) == wanted
    assert document.cuts == ()


def test_a_pdf_of_single_characters(tmp_path: Path) -> None:
    pieces = [(50 + 10 * i, 20 * j, c) for j, line in enumerate(made.wrapped()) for i, c in enumerate(line)]
    assert lines(reading(tmp_path, made.placed([pieces]), "report.pdf")) == [TITLE, *BODY * 4]


def test_a_pdf_whose_lines_run_across_two_columns(tmp_path: Path) -> None:
    """The title stands above both, the left column is longer by a line, and the page has a number."""
    rows = [f"  {line}"[at : at + 20] for line in BODY * 2 for at in range(0, len(line) + 2, 20)]
    half = (len(rows) + 1) // 2
    pieces: list[tuple[float, float, str]] = []
    for i in range(half):
        pieces += [(40 + 270 * side, 30 + 16 * i, row) for side in (0, 1) for row in rows[i + half * side :][:1]]
    data = made.placed([[(180.0, 0.0, TITLE), *pieces, (290.0, 760.0, "— 1 —")], [*pieces, (290.0, 760.0, "— 2 —")]])
    assert lines(reading(tmp_path, data, "report.pdf")) == [TITLE, *BODY * 4]


def test_the_rows_of_a_pdfs_table_are_no_columns(tmp_path: Path) -> None:
    rows = [
        ("行政检查", "126次"),
        ("行政处罚", "38件"),
        ("行政复议", "4件"),
        ("行政诉讼", "2件"),
        ("合法性审查", "26件"),
    ]
    pieces = [(60 + 200 * i, 20 * j, cell) for j, row in enumerate(rows) for i, cell in enumerate(row)]
    document = reading(
        tmp_path, made.placed([[(60.0, 120.0 + 20 * i, x) for i, x in enumerate(BODY)], pieces]), "x.pdf"
    )
    assert document.source.split()[-10:] == [cell for row in rows for cell in row]


def test_a_word_file_in_strict_open_xml(tmp_path: Path) -> None:
    namespaces = (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    with ZipFile(io.BytesIO(docx())) as file:
        data = zipped({name: file.read(name).replace(*namespaces) for name in file.namelist()})
    document = reading(tmp_path, data)
    assert (document.format, document.text) == ("docx", TEXT.rstrip("\n"))


ENTITIES16 = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'.encode("utf-16")
LEFT_OUT = {
    "encrypted.pdf": (lambda: pdf(made.wrapped(), password="secret"), "encrypted"),
    "scan.pdf": (lambda: pdf([""], numbers=False), "scan"),
    "cut.pdf": (lambda: pdf(made.wrapped())[:400], "damaged"),
    "old.doc": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "format"),
    "old.wps": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "format"),
    "locked.docx": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "mentions.json": (lambda: '{"title": "某镇2023年法治政府建设年度报告"}'.encode() * 9, "format"),
    "rich.rtf": (lambda: b"{\\rtf1 " + b"x" * 300, "format"),
    "report.ofd": (lambda: zipped({"OFD.xml": b"<x/>"}), "format"),
    "table.xlsx": (lambda: zipped({"xl/workbook.xml": b"<x/>"}), "format"),
    "entities.docx": (lambda: docx(prolog='<!DOCTYPE x [<!ENTITY a "b">]>'), "entities"),
    "entities16.docx": (
        lambda: zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": ENTITIES16}),
        "entities",
    ),
    "broken.docx": (lambda: docx("<w:p>"), "damaged"),
    "deep.docx": (lambda: docx("<w:p>" * 100_000 + "</w:p>" * 100_000), "damaged"),
    "cut.docx": (lambda: docx()[:300], "damaged"),
    "empty.html": (lambda: b"<html><body></body></html>", "empty"),
    "picture.html": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "format"),
}


@pytest.mark.parametrize("name", LEFT_OUT)
def test_what_cannot_be_read_says_what_to_do(tmp_path: Path, name: str) -> None:
    make, code = LEFT_OUT[name]
    (tmp_path / name).write_bytes(make())
    (reason,) = read_all([tmp_path])
    assert isinstance(reason, SetAside)
    assert reason.code == code
    assert str(reason).startswith(f"{name}: ")
    assert str(reason).endswith(".")


def test_an_archive_gives_each_of_its_files(tmp_path: Path) -> None:
    inside = {
        "甲/report.txt": TEXT.encode(), "甲/report.html": made.page(), "b.docx": docx(), "c.zip": zipped({"x.txt": b"x"}),
        "../../evil.txt": b"", "__MACOSX/x": b"x",
    }  # fmt: skip
    (tmp_path / "all.zip").write_bytes(zipped(inside))
    found = list(read_all([tmp_path]))
    assert [(d.name, d.format) for d in found if isinstance(d, Document)] == [
        ("all.zip/b.docx", "docx"), ("all.zip/甲/report.html", "html"), ("all.zip/甲/report.txt", "txt"),
    ]  # fmt: skip
    assert [(str(r).partition(": ")[0], r.code) for r in found if isinstance(r, SetAside)] == [
        ("all.zip/c.zip", "nested"), ("all.zip/evil.txt", "empty"),
    ]  # fmt: skip
    assert [p.name for p in tmp_path.iterdir()] == ["all.zip"]


def test_names_of_a_chinese_windows_in_an_archive(tmp_path: Path) -> None:
    data = zipped({"xx.txt": TEXT.encode()}).replace(b"xx.txt", "甲".encode("gbk") + b"x.txt"[1:])
    (tmp_path / "old.zip").write_bytes(data)
    (document,) = read_all([tmp_path])
    assert isinstance(document, Document)
    assert document.name == "old.zip/甲.txt"
