"""kg explain and kg diff: a fact with its fields and its sentence, and what a new extraction changed."""

from dataclasses import replace

import pytest

from kg import terms
from kg.diff import Change, diff
from kg.errors import QueryError
from kg.explain import explain
from kg.graph import reference_graph, report_graph
from kg.model import Document, Extraction
from kg.read import read_text
from kg.store import Store
from kg.vocabulary import Vocabulary
from tests.test_graph import TEXT, small


@pytest.fixture(scope="module")
def document() -> Document:
    return read_text(TEXT, "某镇.txt")


def store(document: Document, found: Extraction, tables: Vocabulary) -> Store:
    graph = report_graph(document, found)
    return Store.of([graph.nquads(), reference_graph([graph], tables).nquads()])


def test_a_fact_with_its_fields_its_rule_and_its_sentence(document: Document, tables: Vocabulary) -> None:
    short = f"report:{document.sha256[:12]}/observation/54-59"
    assert (
        explain(store(document, small(document), tables), short)
        == f"""\
https://w3id.org/fazhi/id/report/{document.sha256[:12]}/observation/54-59
  type             fz:Observation
  label            败诉案件
  byDenial         true
  metric           metric:supervision.losses  败诉件数
  rule             denial
  value            0
  status           done  (not said)
  bound            exact  (not said)
  whose            district  (not said)
  period           the reporting year  (not said)

某镇.txt [54:59] 一、成效
  每月3至5万元,【无败诉案件】,力量不足。
"""
    )


@pytest.mark.parametrize("form", ["{0}", "<{0}>", "report/{1}", "report:{1}"])
def test_an_iri_may_be_cut_short(document: Document, tables: Vocabulary, form: str) -> None:
    id_ = document.sha256[:12]
    text = explain(store(document, small(document), tables), form.format(f"{terms.BASE}report/{id_}", id_))
    assert text.startswith(f"{terms.BASE}report/{id_}\n  type             fz:Report\n  label            某镇 2023 ")


@pytest.mark.parametrize(
    ("title", "year", "said"),
    [
        ("中华人民共和国行政处罚法", 2020, "from 2018-01-01 to 2021-07-14; the report is of 2020"),
        ("中华人民共和国行政处罚法", 2022, "since 2021-07-15; the report is of 2022"),
        ("中华人民共和国合同法", 2022, "not in 2022: repealed on 2021-01-01"),
    ],
)
def test_which_text_of_a_law_is_meant(document: Document, tables: Vocabulary, title: str, year: int, said: str) -> None:
    law = next(row.id for row in tables.laws.values() if row.title == title)
    found = small(document)
    found = replace(
        found, header=replace(found.header, year=year), instruments=[replace(found.instruments[0], law=law)]
    )
    text = explain(store(document, found, tables), f"report:{document.sha256[:12]}/citation/36-44")
    assert f"  in force         {said}\n" in text


def test_what_is_not_there_is_said_with_the_nearest(document: Document, tables: Vocabulary) -> None:
    here = store(document, small(document), tables)
    report = f"report:{document.sha256[:12]}"
    with pytest.raises(
        QueryError, match=r"/observation/28-34: the graph says nothing of it\. Did you mean .*/observation/28-33\?$"
    ):
        explain(here, f"{report}/observation/28-34")
    with pytest.raises(QueryError, match=r"the graph says nothing of it\. `kg query` finds IRIs"):
        explain(here, "metric/none")
    with pytest.raises(QueryError, match="is no IRI"):
        explain(here, "http://x y>")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("某镇", r"An IRI is wanted, and this is a name; so called: district:\S+ \(某镇\)\.$"),
        ("信访工作", r"so called: instrument:\S+ \(信访工作条例\)\.$"),
        ("无此名", r"`kg query` finds IRIs; `kg ask … --evidence --format json` prints them\.$"),
    ],
)
def test_a_name_leads_to_the_iri_of_what_is_called_so(
    document: Document, tables: Vocabulary, name: str, told: str
) -> None:
    with pytest.raises(QueryError, match=told):
        explain(store(document, small(document), tables), name)


def test_a_whole_names_its_parts(document: Document, tables: Vocabulary) -> None:
    lines = explain(store(document, small(document), tables), f"report:{document.sha256[:12]}/observation/28-33").split(
        "\n"
    )
    linked = f"report:{document.sha256[:12]}/observation/48-53  3至5万元"
    assert [line for line in lines if "3至5万元" in line] == [
        f"  has part         {linked}",
        f"  restated by      {linked}",
    ]


def test_control_characters_do_not_reach_the_terminal(document: Document, tables: Vocabulary) -> None:
    figure = replace(small(document).metrics[0], name="甲\x1b[31m\x9b乙\u202e")
    here = store(document, replace(small(document), metrics=[figure]), tables)
    text = explain(here, f"report:{document.sha256[:12]}/observation/28-33")
    assert "  label            甲?[31m?乙?\n" in text


def test_a_graph_does_not_differ_from_itself(gold_store: Store) -> None:
    assert list(diff(gold_store, gold_store)) == []


def test_what_a_new_extraction_changed(document: Document, tables: Vocabulary) -> None:
    old = small(document)
    figure = replace(old.metrics[0], value=500.0, status="planned")
    longer = replace(old.points[0], start=old.points[0].start - 1)
    others = {"denials": [], "initiatives": [replace(old.initiatives[0], status="planned")], "points": [longer]}
    new = replace(old, metrics=[figure, old.metrics[1]], **others)
    at = terms.report(document.sha256)
    assert list(diff(store(document, old, tables), store(document, new, tables))) == [
        Change(
            "某镇.txt", f"{at}/undertaking/23-27", "Undertaking", "changed", "調解糾紛", "status", "done", "planned"
        ),
        Change(
            "某镇.txt", f"{at}/observation/28-33", "Observation", "changed", "400余件", "inferredMaxValue", "500", "600"
        ),
        Change("某镇.txt", f"{at}/observation/28-33", "Observation", "changed", "400余件", "status", "done", "planned"),
        Change("某镇.txt", f"{at}/observation/28-33", "Observation", "changed", "400余件", "value", "400", "500"),
        Change("某镇.txt", f"{at}/observation/54-59", "Observation", "gone", "无败诉案件", "", "", ""),
        Change("某镇.txt", f"{at}/problem/59-64", "Problem", "moved", ",力量不足", "quote", "力量不足", ",力量不足"),
    ]
    back = list(diff(store(document, new, tables), store(document, old, tables)))
    assert [c.what for c in back] == ["changed", "changed", "changed", "changed", "added", "moved"]
    assert (back[0].old, back[0].new) == ("planned", "done")


def test_other_things_are_named_and_told_by_their_iris(document: Document, tables: Vocabulary) -> None:
    old = small(document)
    figures = [replace(old.metrics[0], indicator="disputes.resolved"), replace(old.metrics[1], part_of=None)]
    new = replace(old, metrics=figures)
    found = list(diff(store(document, old, tables), store(document, new, tables)))
    assert [(c.words, c.field, c.old, c.new) for c in found] == [
        ("400余件", "metric", "调解纠纷件数 (metric/disputes.cases)", "调解成功件数 (metric/disputes.resolved)"),
        ("3至5万元", "partOf", "400余件 (28-33)", ""),
    ]


def test_a_report_that_is_new(document: Document, tables: Vocabulary) -> None:
    empty, full = Store.of([reference_graph([], tables).nquads()]), store(document, small(document), tables)
    report, size = terms.report(document.sha256), "7 facts and headings"
    assert list(diff(empty, full)) == [Change("某镇.txt", report, "Report", "added", "", "", "", size)]
    assert list(diff(full, empty)) == [Change("某镇.txt", report, "Report", "gone", "", "", size, "")]


def test_the_facts_of_a_text_that_changed_are_told_by_their_words(document: Document, tables: Vocabulary) -> None:
    """A character more at the head moves all; the file is the same."""
    later = read_text(f"　{document.source}", document.name)
    shifted = small(later)
    new = replace(shifted, points=[], metrics=[shifted.metrics[0], replace(shifted.metrics[1], value=4.0)])
    found = list(diff(store(document, small(document), tables), store(later, new, tables)))
    assert [(c.kind, c.what, c.words, c.field, c.old, c.new) for c in found if c.kind != "Report"] == [
        ("Observation", "changed", "3至5万元", "canonicalValue", "30000", "40000"),
        ("Observation", "changed", "3至5万元", "value", "3", "4"),
        ("Problem", "gone", "力量不足", "", "", ""),
    ]
    assert "sha256" in {c.field for c in found if c.kind == "Report"}
