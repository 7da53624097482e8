"""What is said again for questions: results that may be ranked and added, and what nearly the same sentences share."""

import re
from dataclasses import replace

import pytest

from kg import terms
from kg.graph import report_graph
from kg.graph.derived import (
    contradictions,
    due,
    fingerprint,
    is_gain,
    is_lacking,
    reporter,
    responses,
    results,
    series,
    sums,
)
from kg.model import Change, Extraction, Header, Initiative, Metric, Section, Span
from kg.read import read_text
from tests.test_graph import TEXT, small

FIGURE = Metric(
    start=0, end=3, rule="figure", value=20, value_max=None, unit="件", bound="exact", name="调解纠纷",
    indicator="disputes.cases", status="done", change=None, period=None,
)  # fmt: skip
PART = replace(FIGURE, start=4, end=7, value=15, part_of=Span(0, 3))


@pytest.mark.parametrize(
    "more",
    [{}, {"period": "2023-01/2023-11"}, {"whose": "body"}, {"bound": "at_least"}, {"indicator": "other", "indicator_detail": "supervision.audits"}, {"rule": "to"}, {"rule": "from", "period": "2022-01/2022-12"}],
)  # fmt: skip
def test_a_result(more: dict[str, object]) -> None:
    assert results([replace(FIGURE, **more)]) == {(0, 3)}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "more",
    [
        {"status": "planned"}, {"status": "problem"}, {"change": Change("up", "previous_year")}, {"norm": True}, {"restates": Span(9, 12)},
        {"whose": "higher"}, {"whose": "subordinate"}, {"indicator": "other"}, {"rule": "from"},
    ],
)  # fmt: skip
def test_no_result(more: dict[str, object]) -> None:
    assert results([replace(FIGURE, **more)]) == set()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "more", "gained"),
    [
        ("新招录执法人员8名", {}, True), ("今年增配了网格员8名", {"indicator": "safety.grid_staff"}, True),
        ("建成法治公园8名", {"indicator": "publicity.sites"}, True), ("累计建成法治公园8名", {"indicator": "publicity.sites"}, False),
        ("招录工作完成后,执法人员有8名", {}, False), ("新增执法人员6名,共有8名", {}, False),
        ("新增案件8件", {"indicator": "enforcement.cases"}, False), ("新增人员8名", {"indicator": "enforcement.new_certificates"}, False),
        ("新增后达到8名", {"rule": "to"}, False),
    ],
)  # fmt: skip
def test_who_came_in_the_year_is_told_from_how_many_there_are(text: str, more: dict[str, object], gained: bool) -> None:
    at = text.index("8")
    figure = replace(FIGURE, **{"start": at, "end": at + 2, "indicator": "enforcement.officers", **more})  # type: ignore[arg-type]
    assert is_gain(figure, text) == gained
    assert series(HEADER, figure.indicator, gained) == f"320585/{figure.indicator}" + "/gained" * gained


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
    assert reporter(replace(HEADER, issuer=issuer)) == "320585"


@pytest.mark.parametrize("issuer", ["太仓市司法局", "太仓市卫生健康委员会", "太仓市发改委", "太仓市城管执法大队"])
def test_a_department_is_told_by_its_name(issuer: str) -> None:
    unit = terms.unit(issuer, HEADER.district_path).rpartition("/")[2]
    assert reporter(replace(HEADER, issuer=issuer)) == unit


def test_what_no_place_and_no_body_reports_has_no_key() -> None:
    assert reporter(replace(HEADER, district=None, issuer=None)) is None
    assert series(replace(HEADER, district=None, issuer=None), "disputes.cases") is None
    assert series(HEADER, None) is None
    assert series(HEADER, "disputes.cases") == "320585/disputes.cases"


def test_sentences_that_differ_in_figures_and_names_of_places_are_alike() -> None:
    one = fingerprint("2022年,沙溪镇开展普法宣传活动36场次,发放各类宣传资料5000余份。", ["沙溪镇", "沙溪"])
    assert one == fingerprint("2023年浮桥镇开展普法宣传活动四十场次,发放各类宣传资料800份;", ["浮桥镇", "浮桥"])
    assert one != fingerprint("2022年,沙溪镇开展法治宣传活动36场次,发放各类宣传资料5000余份。", ["沙溪镇", "沙溪"])
    assert fingerprint("完善制度,加强学习。", []) is None


def test_results_of_one_wording_with_other_values_contradict() -> None:
    other = replace(FIGURE, start=10, end=13, value=21)

    def found(*more: Metric) -> list[tuple[float, float]]:
        return [
            (a.value, b.value) for a, b in contradictions([FIGURE, *more], " " * 20, lambda at: (at // 10 * 10, at))
        ]

    assert found(other) == [(21, 20)]
    same_sentence, bound = replace(other, start=5, end=8), replace(other, bound="at_least")
    assert (
        found(same_sentence)
        == found(bound)
        == found(replace(other, value=20))
        == found(replace(other, name="纠纷"))
        == []
    )
    assert found(replace(other, period="2023-01/2023-06")) == found(replace(other, status="planned")) == []


@pytest.mark.parametrize(
    ("text", "contradicts"),
    [
        ("全年调解纠纷20件。累计调解纠纷21件。", True), ("成功调解纠纷20件。受理调解纠纷21件。", False),
        ("调解纠纷20件。百日行动中调解纠纷21件。", False), ("调解纠纷20件。调解纠纷20件。", False),
    ],
)  # fmt: skip
def test_a_contradiction_has_the_same_words_as_far_as_the_verb(text: str, contradicts: bool) -> None:
    spans = [match.span() for match in re.finditer(r"\d+件", text)]
    metrics = [replace(FIGURE, start=start, end=end, value=float(text[start : end - 1])) for start, end in spans]
    half = text.index("。") + 1

    def sentence(at: int) -> tuple[int, int]:
        return (0, half) if at < half else (half, len(text))

    assert bool(list(contradictions(metrics, text, sentence))) is contradicts
    named = [replace(metric, name="纠纷") for metric in metrics]
    assert list(contradictions(named, text, sentence)) == []


def test_parts_add_up() -> None:
    second = replace(PART, start=8, end=11, value=4)
    assert sums([FIGURE, PART, second]) == {(0, 3): 19}
    assert sums([FIGURE, PART]) == {}
    assert sums([FIGURE, PART, replace(second, unit="人")]) == {}
    assert sums([FIGURE, PART, replace(second, change=Change("up", "previous_year"))]) == {}


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("上年度存在的执法不规范问题已整改完毕。", 1), ("去年检查发现问题5个,全部解决。", 1), ("2022年反馈的问题逐一销号。", 1),
        ("2021年反馈的问题逐一销号。", 0), ("今年发现的问题已全部整改。", 0), ("上年存在的问题是力量不足。", 0), ("解决上年的纠纷5件。", 0),
    ],
)  # fmt: skip
def test_what_answers_the_problems_of_last_year(text: str, spans: int) -> None:
    assert len(list(responses(text, 2023))) == spans


@pytest.mark.parametrize(
    ("text", "role", "more", "lacking"),
    [
        ("码上监督落实不到位。", "problems", {}, True), ("未能用好码上监督。", "problems", {}, True),
        ("码上监督落实不到位。", "plans", {}, False), ("开展了码上监督。人手不足。", "problems", {}, False),
        ("码上监督落实不到位。", "problems", {"status": "planned"}, False),
        ("码上监督有效。码上监督还不够。", "problems", {}, False), ("码上监督落实不到位。", "problems", {"places": ()}, False),
    ],
)  # fmt: skip
def test_what_is_named_as_a_problem_alone_is_not_done(
    text: str, role: str, more: dict[str, object], lacking: bool
) -> None:
    places = tuple(Span(m.start(), m.end()) for m in re.finditer("码上监督", text))
    named = Initiative(
        start=places[0].start, end=places[0].end, rule="", name="码上监督", variants=(), kind="platform", theme="", status="done",
        known=None, places=places,
    )  # fmt: skip
    section = Section(start=0, end=0, rule="", heading="", level=1, role=role, body_end=len(text))  # type: ignore[arg-type]
    assert is_lacking(replace(named, **more), [section], text) == lacking  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("heading", "said", "found"),
    [
        ("二、上年度问题整改情况", "针对人手不足,新招了三人。", ["针对人手不足,新招了三人。"]),
        ("二、整改情况", "上年的问题是调解偏慢,今年设了专班。", ["上年的问题是调解偏慢,今年设了专班。"]),
        ("二、上年问题整改情况和今年的不足", "人手还不够。", ["二、上年问题整改情况和今年的不足"]),
        ("二、整改情况", "隐患问题都在整改。", []), ("二、上年度工作", "针对人手不足的问题,新招了三人。", []),
    ],
)  # fmt: skip
def test_a_heading_says_what_answers_the_problems_of_last_year(heading: str, said: str, found: list[str]) -> None:
    text = f"一、成效\n针对存在的问题开展普法。\n{heading}\n{said}\n"
    at = text.index(heading)
    section = Section(
        start=at, end=at + len(heading), rule="", heading=heading, level=1, role="other", body_end=len(text)
    )  # fmt: skip
    assert [text[span.start : span.end].strip() for span in responses(text, 2023, [section])] == found


def test_departments_are_due_earlier() -> None:
    assert due(HEADER) == "2024-04-01"
    assert due(replace(HEADER, issuer="太仓市司法局")) == "2024-03-01"
    assert due(replace(HEADER, year=None)) is None
    assert reporter(HEADER) == "320585"


@pytest.mark.parametrize(
    ("issuer", "nameless"), [("市水务局", True), ("市中街道办事处", False), ("旗山街道办事处", False)]
)
def test_bodies_named_by_their_level_alone_have_no_series(issuer: str, nameless: bool) -> None:
    header = replace(HEADER, issuer=issuer, district=None, district_path=(), district_code=None, parent_code=None)
    assert (reporter(header) is None) == nameless
    assert reporter(replace(header, district="太仓市", district_code="320585"))


def test_the_graph_says_what_contradicts_and_adds_up() -> None:
    text = "一、成效\n调解纠纷20件,其中劳资12件、家事5件。\n全年调解纠纷21件。\n"
    document = read_text(text, "某镇.txt")

    def at(words: str) -> Metric:
        start = document.text.index(words)
        return replace(FIGURE, start=start, end=start + len(words), value=float(words[:-1]))

    whole = at("20件")
    parts = [replace(at(words), name="其中", part_of=Span(whole.start, whole.end)) for words in ("12件", "5件")]
    found = replace(
        small(read_text(TEXT, "某镇.txt")),
        sections=[],
        metrics=[whole, *parts, at("21件")],
        denials=[],
        points=[],
        instruments=[],
        initiatives=[],
    )
    graph = report_graph(document, found)
    said = [line for line in graph.lines if "#contradicts>" in line or "#sumOfParts>" in line]
    assert [line.split(" ")[:3] for line in said] == [
        [f"<{graph.name}/observation/33-36>", f"<{terms.ONT}contradicts>", f"<{graph.name}/observation/9-12>"],
        [
            f"<{graph.name}/observation/9-12>",
            f"<{terms.ONT}sumOfParts>",
            '"17"^^<http://www.w3.org/2001/XMLSchema#decimal>',
        ],
    ]


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
        if any(f"#{name}>" in line for name in ("metric", "detail", "uncounted", "cites", "undertakes", "quantifies"))
    }
    report = graph.name.removeprefix(terms.BASE)
    assert f"<{graph.name}> <{terms.fz('quantifies')}> " in "".join(graph.lines)  # a figure is in its sentence
    assert said == {
        (f"{report}/observation/28-33", "metric/disputes.cases"),
        (f"{report}/observation/28-33", "metric/leadership.study_sessions.party"),
        (report, terms.instrument(None, "信访工作条例").removeprefix(terms.BASE)),
        (report, terms.initiative(None, found.initiatives[0].name).removeprefix(terms.BASE)),
    }


def test_what_a_report_does_is_said_once_with_a_figure_or_without() -> None:
    document = read_text(TEXT, "某镇.txt")
    found = small(document)
    done = found.initiatives[0]
    elsewhere = replace(done, start=0, end=2)  # the title has no figure
    for initiatives, names in (
        ([done], {"quantifies"}), ([elsewhere], {"undertakes"}), ([elsewhere, done], {"quantifies"}),
        ([replace(done, status="planned")], set()),
    ):  # fmt: skip
        lines = "".join(report_graph(document, replace(found, initiatives=initiatives)).lines)
        assert {name for name in ("undertakes", "quantifies") if f"#{name}>" in lines} == names


def test_a_figure_under_no_indicator_has_no_metric_and_needs_no_mark() -> None:
    document = read_text(TEXT, "某镇.txt")
    found = small(document)
    other = replace(found.metrics[0], indicator="other", indicator_detail=None)
    lines = "".join(report_graph(document, replace(found, metrics=[other], denials=[])).lines)
    assert "#value>" in lines and "#metric>" not in lines and "#uncounted>" not in lines
