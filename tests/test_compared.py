"""Values compared rightly: bounds as bounds, units converted, parts of the year apart, a denial no silence.

The reports of reports/compared.toml have figures that a careless comparison gets wrong; each row is checked on two
engines.
"""

from decimal import Decimal
from typing import Any

import pytest
from rdflib import Dataset

import kg
from kg.bind import bind
from kg.export import nquads
from kg.graph import reference_graph, report_graph
from kg.questions import question
from kg.store import Store
from kg.vocabulary import Vocabulary
from tests.reports import years


@pytest.fixture(scope="module")
def store(tables: Vocabulary) -> Store:
    graphs = [report_graph(*report) for report in years.reports(tables, "compared.toml")]
    return Store.of(graph.nquads() for graph in [*graphs, reference_graph(graphs, tables)])


@pytest.fixture(scope="module")
def second_engine(store: Store) -> Dataset:
    return Dataset(default_union=True).parse(data=b"".join(nquads(store)), format="nquads")


ASKED = [
    # a target of at most ten is met by eight, one in 万元 by 元; 400余 against 450, and half a year, tell nothing
    ("targets-met", {}, "indicator wanted result met", [
        ("普法活动场次", 30, None, "no result"), ("法治讲座场次", 450, 400, "unclear"), ("行政应诉件数", 10, 8, "met"),
        ("调解涉及金额", 550000, 600000, "met"), ("调解纠纷件数", 200, 150, "missed"),
    ]),
    # from 40余 to 61 may be less than half more; 50万元 and 600000元 are near
    ("jumps", {"indicator": "enforcement.penalties"}, "last now", []),
    ("jumps", {"indicator": "disputes.amount"}, "last now", []),
    ("stated-changes", {}, "stated least most agrees last now", [(20, 20, 20, True, 500000, 600000)]),
    ("court-appearances", {"year": "all"}, "unit year said appearances", [
        ("沙溪镇", 2022, "partial", None), ("沙溪镇", 2023, "denied", 0), ("璜泾镇", 2023, "silent", None),
    ]),
    ("ranking", {"indicator": "disputes.amount"}, "value unit_text quote", [
        (600000, "元", "600000元"), (590000, "元", "59万元"), (500000, "元", "50万元"),
    ]),
    ("ranking", {"year": "2023"}, "value bound", [(61, "exact")]),
    ("ranking", {"year": "2023", "partial": "yes"}, "value bound", [(90, "exact, 2023-01/2023-06"), (61, "exact")]),
    ("series", {"indicator": "disputes.amount", "place": "沙溪镇"}, "year value unit_text amount", [
        (2022, 50, "万元", 500000), (2023, 600000, "元", 600000),
    ]),
    ("series", {"indicator": "publicity.activities"}, "value bound period amount", [
        (10, "at_most", None, 10), (40, "exact", "2023-01/2023-06", None),
    ]),
    # 40余 and 50余 may make a hundred, 20余 and 30余 not
    ("parts-sum", {}, "name whole sum", [("文件", 100, 50)]),
    ("officers", {"year": "2022"}, "officers cases cases_each cases_each_most", [(20, 60, 2.4, 4)]),
    ("delegated-powers", {"year": "2022"}, "powers officers each each_most", [(100, 20, 4, 6.67)]),
    ("publicity", {"year": "2022"}, "activities audience each each_most", [(10, 2000, 200, None)]),
    ("peers", {"indicator": "disputes.amount"}, "value median", [(600000, 595000), (590000, 595000)]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "parameters", "columns", "rows"), ASKED)
def test_values_are_compared_rightly(
    store: Store, name: str, parameters: dict[str, str], columns: str, rows: list[tuple[object, ...]]
) -> None:
    answer = kg.ask(store, name, **parameters)
    at = [answer.columns.index(column) for column in columns.split()]
    assert [tuple(row[i] for i in at) for row in answer.rows] == rows


@pytest.mark.parametrize(("name", "parameters", "columns", "rows"), ASKED)
def test_a_second_engine_compares_alike(
    store: Store, second_engine: Dataset, name: str, parameters: dict[str, str], columns: str, rows: list[object]
) -> None:
    result = second_engine.query(bind(store, question(name), parameters))
    at = [[str(v) for v in result.vars or ()].index(column) for column in columns.split()]
    found = [tuple(row[i] for i in at) for row in result]  # type: ignore[index]
    assert [tuple(map(plain, row)) for row in found] == rows


def plain(term: Any) -> object:
    """Return a term of rdflib as tests write it."""
    value = None if term is None else term.toPython()
    return float(value) if isinstance(value, Decimal) else value
