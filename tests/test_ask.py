"""The catalogue: every question has its expected answers, on two engines, and says clearly what it cannot understand."""

import json
import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Dataset, Literal

import kg
from kg import terms
from kg.ask import uncounted
from kg.bind import bind, latest_of
from kg.errors import QueryError
from kg.export import nquads
from kg.graph import report_graph
from kg.model import Document
from kg.questions import question, questions
from kg.store import Row, Store

ANSWERS = Path(__file__).parent / "answers"
#: (question, parameters, rows): tests/answers/<question>.json holds a list of these last two.
EXPECTED = [
    pytest.param(file.stem, case["parameters"], case["rows"], id=f"{file.stem} {case['parameters']}")
    for file in sorted(ANSWERS.glob("*.json"))
    for case in json.loads(file.read_text(encoding="utf-8"))
]


def test_every_question_has_an_expected_answer() -> None:
    assert {file.stem for file in ANSWERS.glob("*.json")} == set(questions())
    assert {q.number for q in questions().values()} == set(range(1, 41))


@pytest.mark.parametrize(("name", "parameters", "rows"), EXPECTED)
def test_answer(years_store: Store, name: str, parameters: dict[str, str], rows: list[list[object]]) -> None:
    answer = kg.ask(years_store, name, **parameters)
    assert [list(row) for row in answer.rows] == rows


#: Of these, rows stand for what a report does not say, or describe it as a whole: there is no fact behind them.
WITHOUT_FACTS = {
    "missing-reports", "publication", "missing-parts", "units", "density", "silent-units", "who-omits", "cited-together",
}  # fmt: skip


@pytest.mark.parametrize(("name", "parameters", "rows"), EXPECTED)
def test_evidence_stands_behind_each_row(
    years_store: Store, name: str, parameters: dict[str, str], rows: list[list[object]]
) -> None:
    answer = kg.ask(years_store, name, **parameters)
    assert len(answer.evidence) == (0 if name in WITHOUT_FACTS else len(rows))
    facts = [set(each) for each in answer.evidence if each]
    known = {e.fact for e in kg.evidence(years_store, {fact for each in facts for fact in each})}
    assert all(each <= known for each in facts)
    silent = {"court-appearances": ("silent",), "problem-response": ("二、2023年",)}
    without = [row for row, each in zip(rows, answer.evidence, strict=False) if not each]
    assert all(any(str(cell).startswith(silent.get(name, ())) for cell in row) for row in without)


@lru_cache(maxsize=1)
def second_engine(data: bytes) -> Dataset:
    return Dataset(default_union=True).parse(data=data, format="nquads")


@pytest.mark.filterwarnings("ignore:Dataset.contexts is deprecated")  # by rdflib itself, for GRAPH
@pytest.mark.parametrize(("name", "parameters", "rows"), EXPECTED)
def test_a_second_engine_gives_the_same_rows(
    years_store: Store, name: str, parameters: dict[str, str], rows: list[list[object]]
) -> None:
    sparql = bind(years_store, question(name), parameters)
    result = second_engine(b"".join(nquads(years_store))).query(sparql)
    columns = [str(v) for v in result.vars or ()]
    shown = [i for i, column in enumerate(columns) if column != "evidence"]

    def value(term: object) -> object:
        if not isinstance(term, Literal):
            return term if term is None else str(term)
        plain = term.toPython()
        return (
            plain
            if isinstance(plain, bool | int)
            else float(plain)
            if re.search("deci|doub", str(term.datatype))
            else str(term)
        )

    assert [[value(row[i]) for i in shown] for row in result] == rows  # type: ignore[index]


def test_evidence_leads_back_to_the_report(gold_store: Store, seeds: dict[str, Document]) -> None:
    answer = kg.ask(gold_store, "ranking", indicator="调解纠纷件数")
    row, facts = answer.rows[0], answer.evidence[0]
    (found,) = kg.evidence(gold_store, facts)
    assert row[0] == "永安街道"
    assert (found.file, found.quote) == ("000_955d82509a1e6f4c.txt", "945起")
    assert found.quote in found.sentence
    assert seeds[found.file].source[found.start : found.end] == "945起"


def test_a_parameter_is_bound_as_a_term_and_never_pasted(gold_store: Store) -> None:
    hostile = 'x" } } UNION { ?s ?p ?o } #'
    with pytest.raises(QueryError, match="no instrument is of this kind"):
        kg.ask(gold_store, "most-cited", kind=hostile)
    assert f"VALUES ?kind {{ {ox.Literal('law')} }}" in bind(gold_store, question("most-cited"), {"kind": "law"})


#: Themes and citations are counted over all years asked for.
COUNTED_TOGETHER = ("problems", "most-cited")


@pytest.mark.parametrize(
    "name", [q.name for q in questions().values() if "year" in q.parameters and q.name not in COUNTED_TOGETHER]
)
def test_of_several_years_come_the_rows_of_each(years_store: Store, name: str) -> None:
    more = {"initiative": "三项制度", "instrument": "民法典"}
    given = {key: value for key, value in more.items() if key in question(name).parameters}
    each, both, range_ = (
        sorted(map(str, (row for year in years for row in kg.ask(years_store, name, **given, year=year).rows)))
        for years in (("2022", "2023"), ("2022,2023",), ("2022-2023",))
    )
    assert each == both == range_


def test_problems_of_several_years_are_counted_together(years_store: Store) -> None:
    rows = {
        year: kg.ask(years_store, "problems", year=year).rows for year in ("2022", "2023", "2022,2023", "2022-2023")
    }
    counted = {year: {row[0]: row[1] for row in found} for year, found in rows.items()}
    themes = counted["2022"].keys() | counted["2023"].keys()
    both = {theme: counted["2022"].get(theme, 0) + counted["2023"].get(theme, 0) for theme in themes}
    assert counted["2022,2023"] == counted["2022-2023"] == both
    assert both["法治宣传教育"] == 2


def test_citations_of_several_years_are_counted_together(years_store: Store) -> None:
    years = ("2022", "2023", "2022,2023")
    one, other, both = (
        {row[0]: row[2:] for row in kg.ask(years_store, "most-cited", year=year).rows} for year in years
    )
    assert both == {
        title: tuple(map(sum, zip(one.get(title, (0, 0)), other.get(title, (0, 0)), strict=True))) for title in both
    }
    assert both.keys() == one.keys() | other.keys() and one.keys() & other.keys()


def test_the_end_of_a_range_may_be_left_open(years_store: Store) -> None:
    rows = kg.ask(years_store, "units", year="2024-").rows
    assert rows and rows == kg.ask(years_store, "units", year="2024").rows


def test_of_several_places_come_the_rows_of_each_once(years_store: Store) -> None:
    towns = [kg.ask(years_store, "mediation", place=name, year="all").rows for name in ("沙溪镇", "璜泾镇")]
    both = kg.ask(years_store, "mediation", place="沙溪镇,璜泾镇", year="all").rows
    assert sorted(map(str, both)) == sorted(map(str, [*towns[0], *towns[1]])) and all(towns)
    within = kg.ask(years_store, "mediation", place="沙溪镇、太仓市", year="all")
    assert within == kg.ask(years_store, "mediation", place="太仓市", year="all")


@pytest.mark.parametrize(
    ("name", "parameters", "message"),
    [
        ("who-cite", {}, "No question 'who-cite'. Did you mean 'who-cites'? `kg ask` lists them all."),
        ("xyz", {}, "No question 'xyz'. `kg ask` lists them all."),
        ("who-cites", {"yaer": "2023"}, "who-cites has no parameter --yaer. It takes: --instrument, --year, --place."),
        (
            "who-cites",
            {"year": "二三年"},
            "--year 二三年: a year such as 2023 is wanted, from 2000 to 2099. Of several: 2021-2023, 2021- or 2021,2023.",
        ),
        ("who-cites", {"year": "2035-"}, "--year 2035-: no such year; the graph has reports of "),
        ("who-cites", {"place": "永安街道,永不"}, "--place 永不: nothing of this name is known."),
        ("who-cites", {"instrument": "行政处分法典"}, "--instrument 行政处分法典: nothing of this name is known."),
        (
            "ranking",
            {"indicator": "调解纠纷数"},
            "--indicator 调解纠纷数: nothing of this name is known. Did you mean 调解成功件数 (disputes.resolved), "
            "调解纠纷件数 (disputes.cases), 调解组织数 (disputes.mediation_bodies)?",
        ),
    ],
)
def test_what_cannot_be_asked(gold_store: Store, name: str, parameters: dict[str, str], message: str) -> None:
    with pytest.raises(QueryError) as error:
        kg.ask(gold_store, name, **parameters)
    assert str(error.value).startswith(message)


def test_figures_are_those_of_the_first_files_and_say_where_there_may_be_more(years_store: Store) -> None:
    whole, cut = kg.ask(years_store, "figures", most="all"), kg.ask(years_store, "figures", most=2)
    files = list(dict.fromkeys(row[0] for row in whole.rows))
    assert (whole.cut, cut.cut) == (False, True)
    assert cut.rows == tuple(row for row in whole.rows if row[0] in files[:2])


def test_facts_are_looked_for_when_they_are_wanted(years_store: Store) -> None:
    asked: list[str] = []

    class Watched:
        cut = False

        def select(self, sparql: str) -> tuple[list[str], list[Row]]:
            asked.append(sparql)
            return years_store.select(sparql)

    answer, said = kg.ask(Watched(), "most-cited", kind="law"), len(asked)
    assert (len(answer.evidence), len(asked)) == (len(answer.rows), said)
    facts = kg.evidence(years_store, answer.evidence[0])
    assert facts and all(str(answer.rows[0][0])[-3:] in e.quote for e in facts)
    assert (answer.evidence == [*answer.evidence[:1], *answer.evidence[1:]], len(asked)) == (True, said + 1)


def test_an_answer_that_a_question_cuts_says_so(years_store: Store) -> None:
    whole, cut = (kg.ask(years_store, "similar-passages", most=most) for most in ("all", 1))
    assert (len(whole.rows), whole.cut) == (1, False)
    assert (cut.rows, cut.cut) == (whole.rows, True)
    with pytest.raises(QueryError, match="--most viele: a whole number is wanted"):
        kg.ask(years_store, "similar-passages", most="viele")


def test_the_latest_year_is_a_number() -> None:
    line = b'<x:r> <https://w3id.org/fazhi/ont#year> "soon" <x:g> .\n'
    with pytest.raises(QueryError, match="--year latest: no report in the graph has a year that is a number"):
        kg.ask(Store.of([line]), "mediation")


def test_the_latest_year_of_places_is_that_of_their_own_reports() -> None:
    ont, district = terms.ONT, f"{terms.BASE}district/"
    places = {"1": "甲镇", "2": "乙镇", "3": "丙镇", "9": "丁县"}
    lines = [
        f'<{district}{code}> <{ont}code> "{code}" <x:g> .\n<{district}{code}> <{terms.TYPE}> <{ont}District> <x:g> .\n'
        f'<{district}{code}> <{terms.LABEL}> "{name}"@zh <x:g> .\n'
        for code, name in places.items()
    ]
    lines += [f"<{district}{code}> <{ont}containedIn> <{district}9> <x:g> .\n" for code in "12"]
    for code, year in (("1", 2021), ("1", 2022), ("2", 2023), ("9", 2020)):
        report = f"<x:{code}/{year}> <{ont}"
        lines.append(f"{report}district> <{district}{code}> <x:g> .\n")
        lines.append(f'{report}year> "{year}"^^<{terms.XSD}integer> <x:g> .\n')
    lines.append(f'<x:other> <{ont}year> "2024"^^<{terms.XSD}integer> <x:g> .\n')
    store = Store.of([line.encode() for line in lines])

    def of(place: str, name: str = "mediation") -> list[int]:
        return latest_of(store, question(name), {"place": place})

    assert (of("甲镇"), of("甲镇、乙镇"), of("丁县"), of("丙镇"), of("all")) == (
        [2022],
        [2022, 2023],
        [2023],
        [2024],
        [2024],
    )
    single = [q.name for q in questions().values() if "year" in q.parameters and not q.takes_several("year")]
    assert [of("甲镇,乙镇", name) for name in single] == [[2023]] * len(single)
    sparql = bind(store, question("mediation"), {"place": "甲镇,乙镇"})
    assert f"VALUES ?year {{ {Literal(2022).n3()} {Literal(2023).n3()} }}" in sparql


def test_a_kind_has_a_chinese_name(gold_store: Store) -> None:
    assert kg.ask(gold_store, "most-cited", kind="法律") == kg.ask(gold_store, "most-cited", kind="law")


def test_names_are_folded(gold_store: Store) -> None:
    assert kg.ask(gold_store, "who-omits", instrument="《长江保护法》") == kg.ask(
        gold_store, "who-omits", instrument="长江保护法"
    )
    assert len(kg.ask(gold_store, "where-initiative", initiative="“三项制度”").rows) == 4


def test_what_cannot_be_a_number_is_shown_as_it_is_written(gold_store: Store) -> None:
    xsd = "http://www.w3.org/2001/XMLSchema#"
    sparql = f'SELECT ("abc"^^<{xsd}integer> AS ?a) ("INF"^^<{xsd}double> AS ?b) (2.50 AS ?c) {{}}'
    assert kg.query(gold_store, sparql).rows == (("abc", "INF", 2.5),)
    assert kg.query(gold_store, "SELECT ?evidence { VALUES ?evidence { 1 } }").rows == ((1,),)


def test_a_report_without_a_year_is_not_lost(seeds: dict[str, Document]) -> None:
    document = seeds["004_f1e3f153af3f5c45.txt"]
    found = kg.extract(document)
    nameless = replace(found, header=replace(found.header, year=None, district=None, district_code=None))
    store = Store.of([report_graph(document, nameless).nquads()])
    assert uncounted(store) == 1
    assert [row[:2] for row in kg.ask(store, "units").rows] == [(document.name, None)]
    assert kg.ask(store, "units", year=2020).rows == ()


def test_a_homonym_is_offered_with_codes(gold_store: Store) -> None:
    with pytest.raises(
        QueryError, match=r"--place 鼓楼区: more than one has this name\. Give a code: .*江苏省南京市鼓楼区 \(320106\)"
    ):
        kg.ask(gold_store, "who-cites", place="鼓楼区")


def test_what_no_report_mentions_can_be_asked_about(gold_store: Store) -> None:
    assert len(kg.ask(gold_store, "who-omits", instrument="行政处罚法").rows) == 5
    assert kg.ask(gold_store, "who-cites", place="杭州市").rows == ()
    assert kg.ask(gold_store, "ranking", indicator="新闻发布会场次").rows == ()
