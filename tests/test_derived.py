"""What is said again for questions: results that may be ranked and added, and what nearly the same sentences share."""

from dataclasses import replace

import pytest

from kg import terms
from kg.graph import report_graph
from kg.graph.derived import fingerprint, results, series
from kg.model import Change, Extraction, Header, Metric, Span
from kg.read import read_text
from tests.test_graph import TEXT, small

FIGURE = Metric(
    start=0, end=3, rule="figure", value=20, value_max=None, unit="件", bound="exact", name="调解纠纷",
    indicator="disputes.cases", status="done", change=None, period=None,
)  # fmt: skip
PART = replace(FIGURE, start=4, end=7, value=15, part_of=Span(0, 3))


@pytest.mark.parametrize(
    "more",
    [{}, {"period": "2023-01/2023-11"}, {"whose": "body"}, {"bound": "at_least"}, {"indicator": "other", "indicator_detail": "supervision.audits"}],
)  # fmt: skip
def test_a_result(more: dict[str, object]) -> None:
    assert results([replace(FIGURE, **more)]) == {(0, 3)}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "more",
    [
        {"status": "planned"}, {"status": "problem"}, {"change": Change("up", "previous_year")}, {"norm": True}, {"restates": Span(9, 12)},
        {"whose": "higher"}, {"whose": "subordinate"}, {"indicator": "other"},
    ],
)  # fmt: skip
def test_no_result(more: dict[str, object]) -> None:
    assert results([replace(FIGURE, **more)]) == set()  # type: ignore[arg-type]


def test_a_part_of_the_same_indicator_is_no_result_and_of_another_is_one() -> None:
    assert results([FIGURE, PART]) == {(0, 3)}
    assert results([FIGURE, replace(PART, indicator="disputes.resolved")]) == {(0, 3), (4, 7)}


HEADER = Header(
    start=0, end=0, rule="", title=None, issuer="太仓市人民政府", district="太仓市", district_path=("江苏省", "苏州市", "太仓市"),
    district_code="320585", parent_code="3205", year=2023, published=None,
)  # fmt: skip


@pytest.mark.parametrize(
    "issuer",
    [
        "太仓市人民政府",
        "太仓市委办公室和市政府办公室",
        "太仓高新区管委会",
        "太仓高新区管理委员会",
        "娄东街道党工委",
        "娄东街道办",
        None,
    ],
)
def test_a_government_is_told_by_its_place(issuer: str | None) -> None:
    assert series(replace(HEADER, issuer=issuer), "disputes.cases") == "320585/disputes.cases"


@pytest.mark.parametrize("issuer", ["太仓市司法局", "太仓市卫生健康委员会", "太仓市发改委", "太仓市城管执法大队"])
def test_a_department_is_told_by_its_name(issuer: str) -> None:
    unit = terms.unit(issuer, HEADER.district_path).rpartition("/")[2]
    assert series(replace(HEADER, issuer=issuer), "disputes.cases") == f"{unit}/disputes.cases"


def test_what_no_place_reports_and_no_indicator_counts_is_in_no_series() -> None:
    assert series(replace(HEADER, district=None, issuer=None), "disputes.cases") is None
    assert series(HEADER, None) is None


def test_sentences_that_differ_in_figures_and_names_of_places_are_alike() -> None:
    one = fingerprint("2022年,沙溪镇开展普法宣传活动36场次,发放各类宣传资料5000余份。", ["沙溪镇", "沙溪"])
    assert one == fingerprint("2023年浮桥镇开展普法宣传活动四十场次,发放各类宣传资料800份;", ["浮桥镇", "浮桥"])
    assert one != fingerprint("2022年,沙溪镇开展法治宣传活动36场次,发放各类宣传资料5000余份。", ["沙溪镇", "沙溪"])
    assert fingerprint("完善制度,加强学习。", []) is None


def test_the_graph_says_them() -> None:
    document = read_text(TEXT, "某镇.txt")
    found = small(document)
    plain = Extraction(
        header=found.header, metrics=[replace(found.metrics[0], change=None)],
        instruments=[found.instruments[0], replace(found.instruments[0], start=found.instruments[0].start + 1, title="某制度", relation="issues")],
        initiatives=[found.initiatives[0], replace(found.initiatives[0], start=25, name="某计划", status="planned")],
    )  # fmt: skip
    graph = report_graph(document, plain)
    said = {
        tuple(part.strip("<>").removeprefix(terms.BASE).removeprefix(graph.name) for part in line.split(" ")[::2][:2])
        for line in graph.lines
        if any(f"#{name}>" in line for name in ("result", "cites", "undertakes"))
    }
    report = graph.name.removeprefix(terms.BASE)
    assert said == {
        (f"{report}/observation/28-33", "metric/disputes.cases"),
        (f"{report}/observation/28-33", "metric/leadership.study_sessions.party"),
        (report, terms.instrument(None, "信访工作条例").removeprefix(terms.BASE)),
        (report, terms.initiative(None, found.initiatives[0].name).removeprefix(terms.BASE)),
    }
