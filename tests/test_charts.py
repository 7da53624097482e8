"""Answers as pictures: whole, harmless, and the same bytes every time."""

import re
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest

from kg import charts
from kg.errors import QueryError
from kg.model import Answer
from kg.questions import questions
from kg.store import Store
from tests.drawn import store
from tests.test_views import apart, contrast

RANKING = Answer(("unit", "value", "year"), (("沙溪镇", 400, 2023), ("浏河镇", 100.5, 2022), ("璜泾镇", None, 2021)))
SERIES = Answer(("unit", "year", "value"), (("沙溪镇", 2021, 20), ("沙溪镇", 2022, 30), ("浏河镇", 2022, 10)))
PAIRS = Answer(("one", "other", "reports"), (("甲法", "乙法", 4), ("甲法", "丙法", 2)))
FIRST = Answer(("unit", "first"), (("甲镇", 2021), ("乙镇", 2022), ("丙镇", 2022)))


def texts(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


def test_bars_are_as_long_as_their_numbers() -> None:
    svg = charts.svg(RANKING, ("bars", "unit", "value", "year"), "排名")
    ElementTree.fromstring(svg)
    assert texts(svg) == ["排名", "沙溪镇 2023", "400", "浏河镇 2022", "100.5"]
    widths = [float(w) for w in re.findall(r'<rect x="[\d.]+" y="\d+" width="([\d.]+)"', svg)]
    assert round(widths[0] / widths[1], 2) == round(400 / 100.5, 2)


def test_a_picture_says_what_it_counts() -> None:
    named = Answer(RANKING.columns, RANKING.rows, headings=("单位", "受众", "年度"))
    assert texts(charts.svg(named, ("bars", "unit", "value", "year"), "排名"))[:2] == ["排名", "受众"]
    assert "受众" not in texts(charts.svg(RANKING, ("bars", "unit", "value", "year"), "排名"))


def test_all_of_a_picture_is_within_it() -> None:
    names = tuple((f"第{i}个名称很长的经济技术开发区管理委员会", 2020 + i % 3, 10**7 + i) for i in range(8))
    for chart in (
        ("bars", "unit", "value", "year"), ("lines", "year", "value", "unit"), ("network", "unit", "unit", "value"),
        ("follow", "unit", "year"),
    ):  # fmt: skip
        svg = charts.svg(Answer(("unit", "year", "value"), names), chart, "排名")
        width, height = map(float, re.search(r'viewBox="0 0 (\d+) (\d+)"', svg).groups())
        for x, y, size, anchor, text in re.findall(
            r'<text x="([\d.]+)" y="([\d.]+)" font-size="(\d+)" text-anchor="(\w+)"[^>]*>([^<]*)', svg
        ):
            wide = sum(1 if c > "\u2e80" else 0.6 for c in text) * int(size)
            left = float(x) - {"start": 0, "middle": wide / 2, "end": wide}[anchor]
            assert (left >= 0, left + wide <= width, float(y) <= height) == (True, True, True), text


def test_lines_are_drawn_over_the_years() -> None:
    svg = charts.svg(SERIES, ("lines", "year", "value", "unit"), "逐年")
    ElementTree.fromstring(svg)
    assert texts(svg) == ["逐年", "0", "10", "20", "30", "2021", "2022", "沙溪镇", "浏河镇"]
    assert len(re.findall("<polyline ", svg)) == 2
    assert len(re.findall("<circle ", svg)) == 3


def test_pairs_are_joined() -> None:
    svg = charts.svg(PAIRS, ("network", "one", "other", "reports"), "共引")
    ElementTree.fromstring(svg)
    assert sorted(texts(svg)) == ["丙法", "乙法", "共引", "甲法"]
    assert re.findall(r"<title>(\d+)</title>", svg) == ["2", "4"]


def test_names_of_pairs_do_not_meet_and_their_arcs_are_within() -> None:
    pairs = Answer(("one", "other", "reports"), tuple((f"关于第{i}项工作的条例", f"第{i}号决定", 9) for i in range(20)))
    far = Answer(pairs.columns, (*pairs.rows, ("关于第0项工作的条例", "第19号决定", 1)))
    svg = charts.svg(far, ("network", "one", "other", "reports"), "共引")
    heights = [float(y) for y in re.findall(r'<text x="216" y="([\d.]+)" font-size="12" text-anchor="end">', svg)]
    assert len(heights) == 40 and min(b - a for a, b in pairwise(heights)) > 13
    wide = [float(x) for x in re.findall(r"A([\d.]+) ", svg)]
    assert len(wide) == 21 and 226 + max(wide) <= 560


def test_who_followed_whom() -> None:
    svg = charts.svg(FIRST, ("follow", "unit", "first"), "扩散")
    ElementTree.fromstring(svg)
    assert texts(svg) == ["扩散", "2021", "甲镇", "2022", "乙镇", "丙镇"]
    assert len(re.findall(r'stroke="#aaa"', svg)) == 1  # from year to year


def test_every_year_has_its_followers_and_says_how_many_more() -> None:
    many = Answer(("unit", "first"), (*((f"第{i}镇", 2021) for i in range(15)), ("乙镇", 2022), ("丙镇", 2023)))
    svg = charts.svg(many, ("follow", "unit", "first"), "扩散")
    shown = texts(svg)
    assert shown[:3] == ["扩散", "（另有 3 项未画出 / 3 more not shown）", "2021"]
    assert shown[-6:] == ["第11镇", "+3", "2022", "乙镇", "2023", "丙镇"]


def test_units_of_more_years_are_drawn_before_those_with_greater_numbers() -> None:
    once = tuple((f"第{i}镇", 2021, 100 + i) for i in range(8))
    many = Answer(("unit", "year", "value"), (*once, ("沙溪镇", 2021, 3), ("沙溪镇", 2022, 4)))
    assert texts(charts.svg(many, ("lines", "year", "value", "unit"), "逐年"))[-8] == "沙溪镇"


def test_what_is_left_out_is_said() -> None:
    many = Answer(("unit", "value"), tuple((f"第{i}镇", i) for i in range(60, 0, -1)))
    svg = charts.svg(many, ("bars", "unit", "value"), "排名")
    assert "（另有 20 项未画出 / 20 more not shown）" in texts(svg)
    assert len(re.findall("<rect x", svg)) == 40


def test_text_of_a_report_cannot_break_out() -> None:
    hostile = Answer(("unit", "value"), (('<script>alert(1)</script>"&', 1),))
    page = charts.page(hostile, ("bars", "unit", "value"), "<b>")
    assert "<script" not in page and "<b>" not in page
    assert page == charts.page(hostile, ("bars", "unit", "value"), "<b>")
    assert not re.search("https?://(?!www.w3.org/2000/svg)", page)


def test_what_was_asked_stands_under_the_title_and_moves_the_picture_down() -> None:
    chart = ("bars", "unit", "value", "year")
    svg = charts.svg(RANKING, chart, "排名", "指标：受众\n" + "甲" * 60)
    assert texts(svg)[:4] == ["排名", "指标：受众", "甲" * 44, "甲" * 16]
    assert '<g transform="translate(0 60)">' in svg and "translate" not in charts.svg(RANKING, chart, "排名")
    high, low = (
        int(re.search(r'viewBox="0 0 \d+ (\d+)"', each)[1]) for each in (svg, charts.svg(RANKING, chart, "排名"))
    )
    assert high == low + 60 and "<h1" not in charts.page(RANKING, chart, "排名", "<h1>")


def test_units_of_several_levels_are_told() -> None:
    chart = ("bars", "unit", "value", "year")
    some = {"沙溪镇": "township", "浏河镇": "township", "璜泾镇": "county"}
    assert charts.mixed(some, RANKING, chart) == "层级不同，不宜直接相比（several levels）：县级1、乡级2"
    assert charts.mixed({**some, "璜泾镇": "township"}, RANKING, chart) == ""
    assert charts.mixed({"沙溪镇": "township"}, RANKING, chart) == ""  # of the others nothing is known
    assert charts.mixed(some, FIRST, ("follow", "unit", "first")) == ""  # nothing is measured
    assert charts.mixed(some, PAIRS, ("network", "one", "other", "reports")) == ""


def test_levels_are_those_of_the_districts_of_reports(gold_store: Store) -> None:
    assert charts.levels_of(gold_store)["陆渡街道"] == "township"
    assert charts.levels_of(store("spread")) == {}  # places that are not listed


def test_nothing_to_draw() -> None:
    with pytest.raises(QueryError, match="No chart: the answer has no rows with a number"):
        charts.svg(Answer(("unit", "value"), (("甲镇", None),)), ("bars", "unit", "value"), "")


@pytest.mark.parametrize("name", [q.name for q in questions().values() if q.chart])
def test_charts_of_the_catalogue_take_columns_that_are_there(name: str) -> None:
    kind, *columns = questions()[name].chart
    assert kind in charts.KINDS
    assert set(columns) <= set(questions()[name].headings)


def test_on_a_dark_screen_a_picture_is_dark() -> None:
    svg = charts.svg(RANKING, ("bars", "unit", "value", "year"), "排名")
    assert '<rect width="100%" height="100%" fill="#fff" class="ground"/>' in svg
    assert re.findall(r'fill="#0072b2" class="(\w+)"', svg) == ["f0", "f0"]
    page = charts.page(RANKING, ("bars", "unit", "value", "year"), "排名")
    assert page.count("@media screen and (prefers-color-scheme:dark)") == 2
    assert page.count(".chart .ground{fill:#1a212a}") == 1
    assert "<style" not in svg  # a page whose policy allows no style of its own takes it in


def test_colours_of_series_stand_out_on_both_grounds() -> None:
    grounds = (("#ffffff", charts._COLOURS), ("#1a212a", charts._ON_DARK))
    assert [(color, ground) for ground, some in grounds for color in some if contrast(color, ground) < 2.2] == []
    near = [(a, b) for _, some in grounds for a, b in combinations(some, 2) if apart(a, b) < 12]
    assert near == []
