"""Exports: other programs read back the same triples."""

import json

import pytest
from rdflib import Dataset, Graph

import kg
from kg.errors import QueryError
from kg.export import mentions
from kg.model import Document
from kg.store import Store


def ntriples(graph: Graph) -> list[str]:
    return sorted(line for line in graph.serialize(format="nt").splitlines() if line)


def test_rdflib_reads_the_same_triples_from_turtle(gold_store: Store) -> None:
    turtle = b"".join(kg.export(gold_store, "turtle"))
    expected = Dataset(default_union=True).parse(data=b"".join(kg.export(gold_store, "nquads")), format="nquads")
    union = Graph()
    for s, p, o, _ in expected.quads((None, None, None, None)):
        union.add((s, p, o))
    read = Graph().parse(data=turtle, format="turtle")
    assert len(read) == len({str(q.triple) for q in gold_store.quads()})
    assert ntriples(read) == ntriples(union)


def test_turtle_is_for_reading(gold_store: Store) -> None:
    lines = b"".join(kg.export(gold_store, "turtle")).decode().splitlines()
    assert lines[0].startswith("@prefix dataset: ")
    assert any(line.endswith("a fz:Report ;") for line in lines)
    assert sum(line.startswith("@prefix") for line in lines) == len(
        {line for line in lines if line.startswith("@prefix")}
    )


def test_nquads_are_sorted_within_their_graph(gold_store: Store) -> None:
    lines = list(kg.export(gold_store, "nquads"))
    assert len(lines) == len(gold_store)
    assert lines == list(kg.export(gold_store, "nquads"))


def test_an_unknown_format(gold_store: Store) -> None:
    with pytest.raises(QueryError, match=r"No format 'rdfxml'\. There are: turtle, nquads\."):
        list(kg.export(gold_store, "rdfxml"))


def test_mentions_are_json_with_exact_quotes(seeds: dict[str, Document]) -> None:
    for document in seeds.values():
        for mention in mentions(document, kg.extract(document)):
            assert document.source[mention["start"] : mention["end"]] == mention["quote"]
            assert json.loads(json.dumps(mention)) == json.loads(json.dumps(mention, ensure_ascii=False))
