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
    new = replace(
        old, metrics=[figure, old.metrics[1]], denials=[], initiatives=[replace(old.initiatives[0], status="planned")]
    )
    report = terms.report(document.sha256)
    changes = list(diff(store(document, old, tables), store(document, new, tables)))
    assert changes == [
        Change("某镇.txt", f"{report}/undertaking/23-27", "Undertaking", "changed", "status", "", "planned"),
        Change("某镇.txt", f"{report}/observation/28-33", "Observation", "changed", "inferredMaxValue", "500", "600"),
        Change("某镇.txt", f"{report}/observation/28-33", "Observation", "changed", "status", "", "planned"),
        Change("某镇.txt", f"{report}/observation/28-33", "Observation", "changed", "value", "400", "500"),
        Change("某镇.txt", f"{report}/observation/54-59", "Observation", "gone", "", "无败诉案件", ""),
    ]
    back = [replace(change, what="added", old="", new=change.old) for change in changes if change.what == "gone"]
    assert [c for c in diff(store(document, new, tables), store(document, old, tables)) if c.what == "added"] == back


def test_a_report_that_is_new(document: Document, tables: Vocabulary) -> None:
    empty = Store.of([reference_graph([], tables).nquads()])
    found = list(diff(empty, store(document, small(document), tables)))
    assert {change.what for change in found} == {"added"}
    assert found[0].kind == "Report"
    assert [change.new for change in found if change.kind == "Problem"] == ["力量不足"]
