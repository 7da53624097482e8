"""A question over the reports of a file of tests/reports, on the store and on rdflib: the columns that a test asks for."""

from decimal import Decimal
from typing import Any

from rdflib import Dataset

import kg
from kg.bind import bind
from kg.export import nquads
from kg.graph import reference_graph, report_graph
from kg.questions import question
from kg.store import Store
from kg.vocabulary import Vocabulary
from tests.reports import years


def store_of(tables: Vocabulary, file: str) -> Store:
    """Return a store of the reports of a file."""
    graphs = [report_graph(*report) for report in years.reports(tables, file)]
    return Store.of(graph.nquads() for graph in [*graphs, reference_graph(graphs, tables)])


def dataset_of(store: Store) -> Dataset:
    """Return the graph of a store for rdflib."""
    return Dataset(default_union=True).parse(data=b"".join(nquads(store)), format="nquads")


def answered(store: Store, name: str, parameters: dict[str, str], columns: str) -> list[tuple[object, ...]]:
    """Return the rows of an answer, of these columns."""
    answer = kg.ask(store, name, **parameters)
    at = [answer.columns.index(column) for column in columns.split()]
    return [tuple(row[i] for i in at) for row in answer.rows]


def answered_by_rdflib(
    dataset: Dataset, store: Store, name: str, parameters: dict[str, str], columns: str
) -> list[tuple[object, ...]]:
    """Return the rows of rdflib's answer, of these columns; store: where names are looked up."""
    result = dataset.query(bind(store, question(name), parameters))
    at = [[str(v) for v in result.vars or ()].index(column) for column in columns.split()]
    return [tuple(_plain(row[i]) for i in at) for row in result]  # type: ignore[index]


def _plain(term: Any) -> object:
    """Return a term of rdflib as tests write it."""
    value = None if term is None else term.toPython()
    return float(value) if isinstance(value, Decimal) else value
