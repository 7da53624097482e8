"""Figures, what they count and when: the cases of tests/cases, and the rules that prove themselves."""

import re
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.errors import TableError
from kg.extract import finder, indicators, metrics, sections
from kg.extract.reading import Reading
from kg.model import Document, Header, Instrument, Metric, Role, Section
from kg.vocabulary import vocabulary
from tests.conftest import assert_linear
from tests.quality.passages import HEADER

CASES = Path(__file__).parent / "cases"
#: What a find of metrics.toml means where it does not say. unit "" is no unit; change is "direction versus".
DEFAULTS = {"value_max": None, "bound": "exact", "status": "done", "change": None, "period": None}
_MARKED = re.compile(r"\[([^\[\]]+)\]\(([a-z_.]+)\)")


def cases(name: str) -> list[Any]:
    rows = tomllib.loads((CASES / name).read_text(encoding="utf-8"))["case"]
    return [pytest.param(row, id=row["label"]) for row in rows]


def find(
    text: str, heading: str = "", role: Role = "achievements", year: int | None = 2023
) -> list[tuple[str, Metric]]:
    """Return (quote, metric) for a text under a heading."""
    whole = heading + "\n" + text if heading else text
    sections = (
        [Section(start=0, end=len(heading), rule="", heading=heading, level=1, role=role, body_end=len(whole))]
        if heading
        else []
    )
    header = Header(start=0, end=0, rule="", title=None, issuer=None, district=None, district_path=(),
                    district_code=None, parent_code=None, year=year, published=None)  # fmt: skip
    found = metrics.find(whole, sections, (), header, vocabulary())
    return [(whole[m.start : m.end], m) for m in found]


def shown(metric: Metric, field: str) -> object:
    value = getattr(metric, field)
    if field == "change" and value:
        return f"{value.direction} {value.versus}"
    return "" if field == "unit" and value is None else value


@pytest.mark.parametrize("case", cases("metrics.toml"))
def test_figures(case: dict[str, Any]) -> None:
    heading = "一、工作情况" if "role" in case else ""
    found = find(case["text"], heading, case.get("role", "achievements"), case.get("year", 2023))
    expected = [DEFAULTS | want for want in case["finds"]]
    assert [quote for quote, _ in found] == [want["quote"] for want in expected]
    for (quote, metric), want in zip(found, expected, strict=True):
        fields = [field for field in want if field != "quote"]
        assert {"quote": quote} | {f: shown(metric, f) for f in fields} == want


@pytest.mark.parametrize("case", cases("indicators.toml"))
def test_indicators(case: dict[str, Any]) -> None:
    expected = [(m[1], m[2]) for m in _MARKED.finditer(case["text"])]
    found = find(_MARKED.sub(r"\1", case["text"]), case.get("heading", ""))
    assert [(quote, metric.indicator) for quote, metric in found] == expected


def by_rows(text: str) -> list[Reading]:
    """Return the readings of a text as the rows alone give them."""
    return metrics.by_rows(text, (), (), HEADER, vocabulary())[1]


def rows() -> list[Any]:
    table = enumerate(indicators.load(vocabulary().indicators), 2)
    return [pytest.param(rule, id=f"{line}-{rule.indicator}") for line, rule in table]


@pytest.mark.parametrize("rule", rows())
def test_a_rule_proves_itself(rule: finder.Rule) -> None:
    def counted_as(marked: str) -> list[str]:
        start = marked.index("[")
        text = marked.replace("[", "").replace("]", "")
        return [r.metric.indicator for r in by_rows(text) if r.metric.start == start]

    assert counted_as(rule.example) == [rule.indicator]
    assert not rule.counter_example or rule.indicator not in counted_as(rule.counter_example)


def test_every_indicator_has_a_rule() -> None:
    ruled = {rule.indicator for rule in indicators.load(vocabulary().indicators)}
    assert set(vocabulary().indicators) - ruled == set()


def test_a_figure_inside_a_title_is_none() -> None:
    text = "落实100个法治村建设方案,建成20个。"
    title = Instrument(start=2, end=13, rule="", title="", kind="policy", doc_number=None, relation="cites", law=None)
    header = Header(start=0, end=0, rule="", title=None, issuer=None, district=None, district_path=(),
                    district_code=None, parent_code=None, year=2023, published=None)  # fmt: skip
    found = metrics.find(text, (), (title,), header, vocabulary())
    assert [text[m.start : m.end] for m in found] == ["20个"]


def test_a_figure_in_a_heading_is_none() -> None:
    assert [quote for quote, _ in find("调解纠纷20件。", "一、开展普法宣传30场")] == ["20件"]


def test_an_unknown_reporting_year_gives_no_period_of_its_own() -> None:
    found = find("1至11月,调解纠纷20件。2021年办结30件。截至2020年11月,受理40件。", year=None)
    assert [metric.period for _, metric in found] == [None, None, "2020-01/2020-11"]


@pytest.mark.parametrize("piece", ["1", "9.", "一", "百", "(", "、", "年", "2020年", "每月", "调解", "“", "零", "1-"])
def test_hostile_lines_take_no_time(piece: str) -> None:
    assert_linear(find, [piece], 12_500 // len(piece))


@pytest.mark.parametrize("line", ["1件", "分别1件"])
def test_ten_thousand_figures_in_one_sentence_take_linear_time(line: str) -> None:
    def seconds(times: int) -> float:
        began = time.process_time()
        assert len(find(line * times)) == times
        return time.process_time() - began

    seconds(10)
    assert seconds(10_000) < 16 * seconds(2_500)  # four times the figures; the square would be sixteen


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("no.such,案,纠纷,,,,调解[1件],", "indicator 'no.such' is not in indicators.csv"),
        ("other,案,纠纷,,,,调解1件,", r"example marks no figure with \[\]"),
        ("other,案,纠纷||案,,,,调解[1件],", "an empty word"),
        ("other,案,纠纷,,,甲 乙,调解[1件],", "not takes one group"),
        ("other,案,纠纷", "8 cells are wanted"),
    ],
)
def test_a_row_that_breaks_the_contract_names_its_line(tmp_path: Path, row: str, complaint: str) -> None:
    (tmp_path / "indicator_rules.csv").write_text(",".join(indicators.COLUMNS) + "\n" + row + "\n", encoding="utf-8")
    with pytest.raises(TableError, match=rf"^tables/indicator_rules\.csv:2: {complaint}"):
        indicators.load(vocabulary().indicators, tmp_path)


def circumstances(case: dict[str, Any]) -> tuple[str, tuple[Metric, ...]]:
    text = case["text"]
    path = tuple(case.get("path", ["云南省", "大理白族自治州", "永平县", "永平镇"]))
    header = Header(start=0, end=0, rule="", title=None, issuer=case.get("issuer"), district=path[-1],
                    district_path=path, district_code=None, parent_code=None, year=2023, published=None)  # fmt: skip
    return text, metrics.find(text, (), (), header, vocabulary())


@pytest.mark.parametrize("case", [c for c in cases("standing.toml") if "parts" in c.values[0]])
def test_parts_know_their_whole(case: dict[str, Any]) -> None:
    text, found = circumstances(case)
    told = [[text[m.start : m.end], text[m.part_of.start : m.part_of.end]] for m in found if m.part_of]
    assert told == case["parts"]


@pytest.mark.parametrize("case", [c for c in cases("standing.toml") if "again" in c.values[0]])
def test_what_was_said_before_is_known(case: dict[str, Any]) -> None:
    text, found = circumstances(case)
    told = [(text[m.start : m.end], m.restates.end) for m in found if m.restates]
    assert told == [(figure, text.index(first) + len(first)) for figure, first in case["again"]]


@pytest.mark.parametrize("case", [c for c in cases("standing.toml") if "whose" in c.values[0]])
def test_whose_a_figure_is(case: dict[str, Any]) -> None:
    text, found = circumstances(case)
    assert [[text[m.start : m.end], m.whose] for m in found if m.whose != "district"] == case["whose"]


@pytest.mark.parametrize("case", [c for c in cases("standing.toml") if "norms" in c.values[0]])
def test_obligations(case: dict[str, Any]) -> None:
    text, found = circumstances(case)
    assert [text[m.start : m.end] for m in found if m.norm] == case["norms"]


def detail_rows() -> list[Any]:
    table = indicators.load(vocabulary().indicator_details, name="indicator_detail_rules.csv")
    return [pytest.param(rule, id=f"{rule.line}-{rule.indicator}") for rule in table]


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("扎实做好信访工作,全年调解矛盾纠纷45件,化解率达100%。", None),
        ("扎实做好信访工作,全年受理信访事项45件,办结率达100%。", "disputes.success_rate.petitions"),
    ],
)
def test_a_rate_is_of_what_its_name_says(text: str, detail: str | None) -> None:
    assert [r.metric.indicator_detail for r in by_rows(text) if r.metric.unit == "%"] == [detail]


def test_a_rate_of_disputes_beside_petitions_is_of_disputes(seeds: dict[str, Document]) -> None:
    metrics_ = kg.extract(seeds["000_955d82509a1e6f4c.txt"]).metrics
    assert [m.indicator_detail for m in metrics_ if m.name == "矛盾纠纷化解率"] == [None]


@pytest.mark.parametrize("rule", detail_rows())
def test_a_narrower_rule_proves_itself(rule: finder.Rule) -> None:
    def counted_as(marked: str) -> list[tuple[str, str | None]]:
        start = marked.index("[")
        text = marked.replace("[", "").replace("]", "")
        return [(r.metric.indicator, r.metric.indicator_detail) for r in by_rows(text) if r.metric.start == start]

    assert counted_as(rule.example) == [(vocabulary().indicator_details[rule.indicator].broader, rule.indicator)]
    assert rule.indicator not in [detail for _, detail in counted_as(rule.counter_example)]


def test_narrower_indicators_are_of_the_given_ones() -> None:
    given, narrower = vocabulary().indicators, vocabulary().indicator_details
    assert {detail.broader for detail in narrower.values()} - set(given) == set()
    assert {detail.theme for detail in narrower.values()} - set(vocabulary().themes) == set()
    assert set(narrower) & set(given) == set()
    assert set(narrower) == {rule.indicator for rule in indicators.load(narrower, name="indicator_detail_rules.csv")}


def test_a_numbered_sentence_alone_on_its_line_is_prose() -> None:
    text = "三、下一步计划\n(一)开展普法活动12场以上。\n(二)组织执法培训不少于4期。\n"
    outline = sections.find(text)
    assert [s.heading for s in outline][1:] == ["(一)开展普法活动12场以上", "(二)组织执法培训不少于4期"]
    nobody = Header(start=0, end=0, rule="", title=None, issuer=None, district=None, district_path=(),
                    district_code=None, parent_code=None, year=2023, published=None)  # fmt: skip
    found = metrics.find(text, outline, (), nobody, vocabulary())
    assert [(text[m.start : m.end], m.bound, m.status) for m in found] == [
        ("12场以上", "at_least", "planned"),
        ("4期", "at_least", "planned"),
    ]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("一、做法\n(一)办理案件37件,罚款7万元。规范程序。\n", ["37件", "7万元"]),
        ("一、做法\n(一)办理案件37件。规范程序。\n", ["37件"]),
        ("一、做法\n(一)用好2支队伍办好案。规范程序。\n", []),
        ("一、做法\n(一)举办讲座61场、培训62期。发放手册3份。\n", ["61场", "62期", "3份"]),
        ("(一)调处土地纠纷10件、婚姻纠纷8件。罚款2件。\n", ["10件", "8件", "2件"]),
        ("一、做法\n(一)查处案件8件、规范程序。发放手册3份。\n", ["8件", "3份"]),
        ("一、做法\n(一)健全3项机制、办好案。发放手册3份。\n", ["3份"]),
    ],
)
def test_a_point_that_begins_with_a_sentence_is_prose(text: str, quotes: list[str]) -> None:
    header = Header(start=0, end=0, rule="", title=None, issuer=None, district=None, district_path=(),
                    district_code=None, parent_code=None, year=2023, published=None)  # fmt: skip
    found = metrics.find(text, sections.find(text), (), header, vocabulary())
    assert [text[m.start : m.end] for m in found] == quotes
