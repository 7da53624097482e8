"""Graphs: every fact leads to its evidence, hostile text stays text, IRIs hold for years."""

from dataclasses import replace

import pyoxigraph as ox
import pytest

import kg
from kg import terms
from kg.graph import literal, reference_graph, report_graph
from kg.model import Change, Document, Extraction, Header, Initiative, Instrument, Metric, Section, Span
from kg.read import read_text
from kg.store import Store
from kg.vocabulary import Vocabulary

TEXT = "某镇2023年法治政府建设年度报告\n一、成效\n調解糾紛 400余件,落實《信访工作条例》。\n"


def small(document: Document) -> Extraction:
    """Return one fact of each kind, marked in TEXT."""

    def at(words: str) -> dict[str, int]:
        start = document.text.index(words)
        return {"start": start, "end": start + len(words)}

    return Extraction(
        header=Header(
            **at("某镇2023年法治政府建设年度报告"), rule="title-line", title="某镇2023年法治政府建设年度报告",
            issuer="康县某镇人民政府", district="某镇", district_path=("甘肃省", "陇南市", "康县", "某镇"),
            district_code=None, parent_code="621224", year=2023, published="2024-01-05",
        ),
        sections=[Section(**at("一、成效"), rule="chinese-number", heading="一、成效", level=1, role="achievements", body_end=len(document.text))],
        metrics=[
            Metric(
                **at("400余件"), rule="figure", value=400, value_max=None, unit="件", bound="at_least", name="调解纠纷",
                indicator="disputes.cases", status="done", change=Change("up", "previous_year"), period="2023-01/2023-11",
            )
        ],
        instruments=[Instrument(**at("《信访工作条例》"), rule="title", title="信访工作条例", kind="party_regulation", doc_number=None, relation="cites", law=None)],
        initiatives=[
            Initiative(**at("调解纠纷"), rule="quoted", name="某\"<&>\\镇", variants=(), kind="mechanism", theme="disputes", status="done", known=None, places=(Span(0, 1),))
        ],
    )  # fmt: skip


@pytest.fixture(scope="module")
def document() -> Document:
    return read_text(TEXT, "某镇.txt")


def test_a_fact_and_its_evidence(document: Document) -> None:
    store = Store.of([report_graph(document, small(document)).nquads()])
    answer = kg.query(
        store,
        """PREFIX fz: <https://w3id.org/fazhi/ont#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        SELECT ?name ?value ?unit ?bound ?period ?up ?quote ?start ?end ?sentence ?heading ?file WHERE {
          ?x a fz:Observation ; rdfs:label ?name ; fz:value ?value ; fz:unitText ?unit ; fz:bound ?bound ; fz:period ?period ;
             fz:changeDirection ?up ; fz:quote ?quote ; fz:start ?start ; fz:end ?end ; fz:sentence ?s ; fz:report ?report .
          ?s fz:text ?sentence ; fz:section/rdfs:label ?heading . ?report fz:fileName ?file }""",
    )
    assert answer.rows == (
        (
            "调解纠纷", 400, "件", "at_least", "2023-01/2023-11", "up", "400余件", 28, 33,
            "調解糾紛 400余件,落實《信访工作条例》。", "一、成效", "某镇.txt",
        ),
    )  # fmt: skip
    assert document.source[28:33] == "400余件"


def test_the_same_mentions_give_the_same_bytes(document: Document, tables: Vocabulary) -> None:
    graphs = [report_graph(document, small(document)) for _ in range(2)]
    assert graphs[0].nquads() == graphs[1].nquads()
    assert reference_graph(graphs, tables).nquads() == reference_graph(graphs[:1], tables).nquads()
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


def test_golden_iris() -> None:
    """IRIs that are published once must not change."""
    assert terms.report("ab" * 32) == "https://w3id.org/fazhi/id/report/abababababab"
    assert terms.district("440784107", "440784", "址山镇") == "https://w3id.org/fazhi/id/district/440784107"
    assert terms.district(None, "440784", "无名镇") == "https://w3id.org/fazhi/id/district/440784-f498e316"
    assert terms.instrument("law-1", "x") == "https://w3id.org/fazhi/id/instrument/law-1"
    assert terms.instrument(None, "《某办法》") == terms.instrument(None, "某办法")
    assert terms.instrument(None, "某办法") == "https://w3id.org/fazhi/id/instrument/f0e7828d35b8"
    assert terms.initiative(None, "“一居一警”") == terms.initiative(None, "一居一警")
    assert terms.metric("disputes.cases") == "https://w3id.org/fazhi/id/metric/disputes.cases"
    fact = terms.fact(terms.report("ab" * 32), "observation", 3, 7)
    assert fact == "https://w3id.org/fazhi/id/report/abababababab/observation/3-7"


def test_a_term_that_is_none_is_refused() -> None:
    with pytest.raises(KeyError):
        terms.fz("valeu")
