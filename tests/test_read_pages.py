"""One report as sites of many kinds show it: all of its lines are the text, nothing else is, and its labels are read."""

import pytest

from kg.extract import header
from kg.read import LIMITS, _document
from kg.vocabulary import Vocabulary
from tests.reports import pages, sites


@pytest.mark.parametrize("make", pages.MAKERS.values(), ids=pages.MAKERS)
def test_a_page_of_any_site_is_the_report(make: pages.Callable[[], pages.Layout]) -> None:
    layout = make()
    document = _document(layout.page, "html", "page.html", LIMITS)
    assert [line.strip() for line in document.text.split("\n") if line.strip()] == list(pages.TEXT)
    assert [word for word in layout.around if word in document.text] == []
    assert {key: getattr(document.metadata, key) for key in layout.metadata} == layout.metadata
    assert document.doubts == ()


@pytest.mark.parametrize("make", sites.SITES.values(), ids=sites.SITES)
def test_a_page_of_a_government_gives_its_report_and_header(
    make: sites.Callable[[], sites.Site], tables: Vocabulary
) -> None:
    site = make()
    document = _document(site.page.encode(), "html", "page.html", LIMITS)
    assert [line.strip() for line in document.text.split("\n") if line.strip()] == list(site.lines)
    assert [word for word in site.around if word in document.text] == []
    head = header.find(document.text, tables, document.metadata)
    found = {key: list(value) if isinstance(value := getattr(head, key), tuple) else value for key in site.header}
    assert found == site.header
    assert document.doubts == ()


def test_the_last_of_short_paragraphs_is_kept_where_one_is_most_of_the_prose() -> None:
    lines = (
        "一、工作情况",
        "全年召开会议3次,研究法治工作议题7个。",
        "二、存在问题",
        "执法力量不足,普法方式较为单一。",
        "三、2024年打算",
        "加强执法培训,丰富普法方式,建设法治阵地。",
    )
    prose = "2023年,某某镇深入推进依法行政,扎实开展法治政府建设各项工作,现将一年来的有关情况报告如下,请予审议。"
    page = f"<div><p>甲镇法治政府建设报告</p><p>{prose}</p>{''.join(f'<p>{line}</p>' for line in lines)}</div><p>版权所有</p>"
    text = _document(page.encode(), "html", "page.html", LIMITS).text
    assert text.split() == ["甲镇法治政府建设报告", prose, *lines]
