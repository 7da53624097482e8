"""Graphs: every fact leads to its evidence, hostile text stays text, IRIs hold for years."""

from dataclasses import replace
from hashlib import sha256
from typing import Any

import pyoxigraph as ox
import pytest

import kg
from kg import terms
from kg.graph import literal, reference_graph, report_graph
from kg.graph.derived import left_out
from kg.model import (
    Change,
    Denial,
    Document,
    Extraction,
    Header,
    Initiative,
    Instrument,
    Metric,
    Point,
    Repair,
    Section,
    Span,
)
from kg.read import read_text
from kg.store import Store
from kg.vocabulary import Vocabulary
from tests.conftest import cases

SEED_IRIS = {
    "000": "2af23e953ced",
    "001": "c3960951c002",
    "002": "8ff3db47719a",
    "003": "a91b6d420414",
    "004": "6a7f0fe7f181",
}
TEXT = "某镇2023年法治政府建设年度报告\n一、成效\n調解糾紛 400余件,落實《信访工作条例》。\n每月3至5万元,无败诉案件,力量不足。\n"


def small(document: Document, law: str | None = None) -> Extraction:
    """Return one fact of each kind, marked in TEXT. law: the id of the instrument that is cited."""

    def at(words: str) -> dict[str, int]:
        start = document.text.index(words)
        return {"start": start, "end": start + len(words)}

    return Extraction(
        header=Header(
            **at("年法治政府建设年度报告"), rule="title-line", title="某镇2023年法治政府建设年度报告",
            issuer="康县某镇人民政府", district="某镇", district_path=("甘肃省", "陇南市", "康县", "某镇"),
            district_code=None, parent_code="621224", year=2023, published="2024-01-05",
        ),
        sections=[Section(**at("一、成效"), rule="chinese-number", heading="一、成效", level=1, role="achievements", body_end=len(document.text))],
        metrics=[
            Metric(
                **at("400余件"), rule="figure", value=400, value_max=None, unit="件", bound="at_least", name="调解纠纷",
                indicator="disputes.cases", indicator_detail="leadership.study_sessions.party", status="done", change=Change("up", "previous_period"), period="2023-01/2023-11",
            ),
            Metric(
                **at("3至5万元"), rule="range", value=3, value_max=5, unit="万元", bound="about", name="金额", indicator="disputes.amount",
                status="planned", change=None, period="month", part_of=Span(**at("400余件")), restates=Span(**at("400余件")), whose="body", norm=True,
            ),
        ],
        denials=[Denial(**at("无败诉案件"), rule="denial", name="败诉案件", indicator="supervision.losses")],
        points=[Point(**at("力量不足"), rule="sentence", kind="problem", text="力量不足", theme="enforcement")],
        instruments=[Instrument(**at("《信访工作条例》"), rule="title", title="信访工作条例", kind="party_regulation", doc_number=None, relation="cites", law=law)],
        initiatives=[
            Initiative(**at("调解纠纷"), rule="quoted", name="某\"<&>\\镇", variants=(), kind="mechanism", theme="disputes", status="done", known=None, places=(Span(0, 1),))
        ],
    )  # fmt: skip


@pytest.fixture(scope="module")
def document() -> Document:
    return read_text(TEXT, "某镇.txt")


def test_a_fact_and_its_evidence(document: Document, tables: Vocabulary) -> None:
    graph = report_graph(document, small(document))
    store = Store.of([graph.nquads(), reference_graph([graph], tables).nquads()])
    answer = kg.query(
        store,
        """PREFIX fz: <https://w3id.org/fazhi/ont#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        SELECT ?name ?value ?unit ?bound ?period ?up ?quote ?x ?sentence ?heading ?file WHERE {
          ?x a fz:Observation ; rdfs:label ?name ; fz:value ?value ; fz:unitText ?unit ; fz:bound ?bound ; fz:period ?p ;
             fz:changeDirection ?up ; fz:quote ?quote ; fz:sentence ?s ; fz:report ?report .
          ?s fz:text ?sentence ; fz:section/rdfs:label ?heading . ?report fz:fileName ?file . ?p rdfs:label ?period }""",
    )
    assert answer.rows == (
        (
            "调解纠纷", 400, "件", "at_least", "2023-01/2023-11", "up", "400余件", f"{graph.name}/observation/28-33",
            "調解糾紛 400余件,落實《信访工作条例》。", "一、成效", "某镇.txt",
        ),
    )  # fmt: skip
    assert document.source[28:33] == "400余件"


def test_the_text_as_received_is_there_once_and_all_positions_are_in_it(document: Document) -> None:
    graph = report_graph(document, small(document))
    store, report = Store.of([graph.nquads()]), ox.NamedNode(graph.name)
    query = f"SELECT ?text ?content ?out ?sha WHERE {{ {report} fz:fullText ?text ; fz:sha256 ?sha . ?text a fz:FullText ; fz:content ?content OPTIONAL {{ ?text fz:leftOut ?out }} }}"
    [(text, content, out, sha)] = store.select(f"PREFIX fz: <{terms.ONT}> {query}")[1]
    assert (text.value, content.value, out) == (f"{graph.name}/text", document.source, None)
    assert sha256(content.value.encode()).hexdigest() == sha.value
    _, rows = store.select(f"SELECT ?s ?quote WHERE {{ ?s <{terms.fz('quote')}>|<{terms.fz('text')}> ?quote }}")
    found = [(span[0], quote.value) for s, quote in rows if (span := terms.span(s.value))]
    assert len(found) > 6
    assert [quote for start, quote in found if content.value[start : start + len(quote)] != quote] == []
    _, brought = store.select(f"SELECT ?o WHERE {{ {report} ?p ?o FILTER(isLiteral(?o)) }}")
    assert document.source not in {row[0].value for row in brought}


def test_spans_of_the_page_around_a_report_are_joined_over_blanks(document: Document) -> None:
    text = "首页 > 公开\n\n某镇报告。打印 关闭"
    spans = [(0, 4), (5, 7), (14, 16), (17, 19)]
    page = replace(document, source=text, cuts=tuple(Repair("page-words", *span, "") for span in spans))
    assert left_out(page) == [(0, 7), (14, 19)]
    assert left_out(document) == []
    page = replace(document, source="首页  公开某镇", cuts=(Repair("a", 0, 2, ""), Repair("a", 4, 6, "")))
    lines = report_graph(page, Extraction(small(document).header, [], [], [], [])).nquads().decode()
    assert f'<{terms.fz("leftOut")}> "0-6" ' in lines


def test_what_else_a_figure_says(document: Document) -> None:
    """Parts, restatements, owners and norms are said; what is so by default is not."""
    graph = report_graph(document, small(document))
    said: dict[str, set[str]] = {}
    for quad in ox.parse(graph.nquads(), format=ox.RdfFormat.N_QUADS):
        assert isinstance(quad, ox.Quad)
        kind = str(quad.subject.value).removeprefix(f"{graph.name}/")
        said.setdefault(kind, set()).add(
            f"{quad.predicate.value.rpartition('#')[2]} {getattr(quad.object, 'value', '')}"
        )
    evidence = ("type ", "report ", "sentence ", "quote ", "rule ")
    facts = {
        kind: {
            line.replace(terms.BASE, "").replace(f"report/{document.sha256[:12]}/", "")
            for line in lines
            if not line.startswith(evidence)
        }
        for kind, lines in said.items()
    }
    assert facts["observation/28-33"] == {
        "metric metric/disputes.cases", "detail metric/leadership.study_sessions.party", "label 调解纠纷", "value 400", "unitText 件", "bound at_least",
        "inferredMaxValue 500", "period period/2023-01--2023-11", "changeDirection up", "changeVersus previous_period", "uncounted true",
    }  # fmt: skip
    assert facts["observation/48-53"] == {
        "metric metric/disputes.amount", "label 金额", "value 3", "maxValue 5", "canonicalValue 30000", "unitText 万元", "bound about", "period period/month",
        "status planned", "partOf observation/28-33", "restates observation/28-33", "whose body", "norm true", "uncounted true",
    }  # fmt: skip
    assert facts["observation/54-59"] == {
        "metric metric/supervision.losses",
        "label 败诉案件",
        "value 0",
        "byDenial true",
        f"series 621224-{terms.digest('某镇', length=8)}/supervision.losses",
    }
    assert facts["undertaking/23-27"] == {
        f"initiative {terms.initiative(None, small(document).initiatives[0].name).removeprefix(terms.BASE)}"
    }


def test_rows_that_reports_refer_to_are_described(document: Document, tables: Vocabulary) -> None:
    graph = report_graph(document, small(document))
    graph.refers.places.add("110101")
    graph.refers.laws.add(next(law.id for law in tables.laws.values() if law.repealed_by))
    store = Store.of([reference_graph([graph], tables).nquads()])
    asked = kg.query(
        store,
        """PREFIX fz: <https://w3id.org/fazhi/ont#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        PREFIX period: <https://w3id.org/fazhi/id/period/> PREFIX void: <http://rdfs.org/ns/void#>
        SELECT ?first ?last ?month ?unit ?canonical ?factor ?old ?until ?new ?entities WHERE {
          period:2023-01--2023-11 fz:firstDay ?first ; fz:lastDay ?last . period:month fz:duration ?month .
          ?u rdfs:label ?unit ; fz:canonicalUnit/rdfs:label ?canonical ; fz:factor ?factor .
          ?gone rdfs:label ?old ; fz:validUntil ?until ; fz:successor ?place . ?place fz:code "110101" ; rdfs:label ?new .
          ?part void:class fz:Observation ; void:entities ?entities }""",
    )
    assert asked.rows == (("2023-01-01", "2023-11-30", "P1M", "万元", "元", 10000, "崇文区", "2009", "东城区", 3),)


def test_the_same_mentions_give_the_same_bytes(document: Document, tables: Vocabulary) -> None:
    graphs = [report_graph(document, small(document)) for _ in range(2)]
    assert graphs[0].nquads() == graphs[1].nquads()
    assert reference_graph(graphs, tables).nquads() == reference_graph(graphs[::-1], tables).nquads()
    assert b"_:" not in graphs[0].nquads()


@pytest.mark.parametrize(
    "hostile",
    [
        '"',
        "\\",
        "\n\r\t",
        "<a> .",
        '" . <x:y> <x:y> "',
        "\x00\x1f\x7f",
        "\u2028\ufffe😀",
        "'''",
        "}",
        "#",
        "a" * 10_000,
    ],
)
def test_hostile_text_stays_in_its_literal(hostile: str) -> None:
    line = f"<x:s> <x:p> {literal(hostile, '@zh')} <x:g> .\n"
    (quad,) = ox.parse(line.encode(), format=ox.RdfFormat.N_QUADS)
    assert isinstance(quad.object, ox.Literal)
    assert quad.object.value == hostile


def test_hostile_names_never_enter_an_iri(document: Document) -> None:
    found = small(document)
    name = 'x> <http://evil> "{}\n'
    bad = replace(found, initiatives=[replace(found.initiatives[0], name=name)])
    bad = replace(bad, header=replace(found.header, district=name, issuer=name))
    for quad in ox.parse(report_graph(document, bad).nquads(), format=ox.RdfFormat.N_QUADS):
        assert isinstance(quad, ox.Quad)
        assert all(not isinstance(t, ox.NamedNode) or "evil" not in t.value for t in (quad.subject, quad.object))


def test_numbers() -> None:
    decimal = f"^^<{terms.XSD}decimal>"
    numbers = (59.5, 8_000_000.0, 0.1, 1e12, 1 / 3)
    assert [literal(n).removesuffix(decimal) for n in numbers] == [
        '"59.5"', '"8000000"', '"0.1"', '"1000000000000"', '"0.3333333333"',
    ]  # fmt: skip


@pytest.mark.parametrize("row", cases("iris"))
def test_golden_iris(row: dict[str, Any]) -> None:
    """IRIs that are published once must not change: rows are added to cases/iris.toml, and none is ever edited."""
    assert getattr(terms, row["of"])(*row["given"]) == row["iri"]


def test_iris_of_seeds_hold(document: Document, seeds: dict[str, Document]) -> None:
    assert terms.report(document.sha256) == f"https://w3id.org/fazhi/id/report/{document.sha256[:12]}"
    assert {name[:3]: terms.report(seed.sha256).rpartition("/")[2] for name, seed in seeds.items()} == SEED_IRIS


def test_a_term_that_is_none_is_refused() -> None:
    with pytest.raises(KeyError):
        terms.fz("valeu")


def test_three_years_of_an_unlisted_unit_are_three_rows(document: Document, tables: Vocabulary) -> None:
    """Three years of one unlisted unit, with the same local initiative of two kinds: one row each, the commoner kind."""
    graphs = []
    for year, kind in ((2021, "mechanism"), (2022, "platform"), (2023, "mechanism")):
        report = read_text(TEXT.replace("2023", str(year)), f"{year}.txt")
        found = small(report)
        found = replace(found, header=replace(found.header, year=year))
        found = replace(found, initiatives=[replace(found.initiatives[0], kind=kind)])
        graphs.append(report_graph(report, found))
    store = Store.of(g.nquads() for g in [*graphs, reference_graph(graphs, tables)])
    assert [row[1] for row in kg.ask(store, "units").rows] == [2021, 2022, 2023]
    assert [row[:2] for row in kg.ask(store, "where-initiative", initiative='某"<&>\\镇').rows] == [
        ("某镇", 2021), ("某镇", 2022), ("某镇", 2023),
    ]  # fmt: skip
    assert kg.ask(store, "without-figures").rows == ()
    assert [row[1:] for row in kg.ask(store, "most-cited").rows] == [("party_regulation", 3, 3)]
    assert [f for f in kg.check(store) if f.severity == "violation"] == []


def test_two_bodies_own_documents_of_one_title_are_two(tables: Vocabulary) -> None:
    ours = terms.instrument(None, "某办法", None, "https://w3id.org/fazhi/id/district/1")
    assert ours != terms.instrument(None, "某办法", None, "https://w3id.org/fazhi/id/district/2")
    assert ours != terms.instrument(None, "某办法")


@pytest.mark.parametrize(
    ("rule", "unit", "change", "said"),
    [
        ("figure", "件", None, False), ("percent", "%", None, False), ("change", "%", Change("up", "previous_year"), False),
        ("figure", "%", None, True), ("percent", "件", None, True), ("change", "件", None, True), ("numeral", "件", None, True),
    ],
)  # fmt: skip
def test_the_usual_rule_goes_without_saying(
    document: Document, rule: str, unit: str, change: Change | None, said: bool
) -> None:
    found = small(document)
    figure = replace(found.metrics[0], rule=rule, unit=unit, change=change)
    lines = report_graph(document, replace(found, metrics=[figure], denials=[])).lines
    here = [line for line in lines if "/observation/" in line.split(" ")[0]]
    assert any(f"<{terms.fz('rule')}>" in line for line in here) is said
    assert not any(f"<{terms.fz('changeVersus')}>" in line for line in here)  # the previous year
