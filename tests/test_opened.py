"""The graph from Python: questions, queries and evidence as methods, and the graph for other libraries."""

import pytest

import kg
from kg import terms
from kg.ask import foreign
from kg.errors import QueryError
from kg.export import nquads
from kg.opened import Opened
from kg.store import Store


@pytest.fixture(scope="module")
def opened(years_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Opened:
    folder = tmp_path_factory.mktemp("opened")
    Store.write(nquads(years_store), folder)
    return kg.open(folder)


def test_a_question(opened: Opened) -> None:
    answer = opened.ask("who-cites", instrument="信访条例", place="太仓市", year=2022)
    assert answer == kg.ask(opened, "who-cites", instrument="信访条例", place="太仓市", year=2022)
    assert answer.rows == (("沙溪镇", 2022, "cites", 1),)
    assert [(e.file, e.quote) for e in opened.evidence(answer.evidence[0])] == [("沙溪2022.txt", "《信访条例》")]
    with pytest.raises(QueryError, match="Did you mean 'who-cites'"):
        opened.ask("who-cite")


def test_a_graph_of_another_ontology_is_told_of(opened: Opened) -> None:
    older = (
        f"<{terms.DATASET}> <http://purl.org/dc/terms/conformsTo> <{terms.ONT.rstrip('#')}/0.3.0> <{terms.DATASET}> .\n"
    )
    assert foreign(Store.of([older.encode()])) == "0.3.0"
    assert foreign(opened) is None
    assert foreign(Store.of([])) is None  # a graph that says nothing of itself


def test_a_query_of_ones_own(opened: Opened) -> None:
    sparql = "PREFIX fz: <https://w3id.org/fazhi/ont#> SELECT (COUNT(?r) AS ?n) WHERE { ?r a fz:Report }"
    assert opened.query(sparql).rows == ((14,),)
    with pytest.raises(QueryError, match="FROM leaves the store"):
        opened.query("SELECT * FROM <x:y> { ?s ?p ?o }")


def test_pandas(opened: Opened) -> None:
    frame = opened.ask("series", place="沙溪镇").to_pandas()
    assert list(frame.columns[:3]) == ["unit", "indicator_", "year"]
    assert frame.set_index("year")["value"].to_dict() == {2021: 200, 2022: 300, 2023: 400}


def test_rdflib(opened: Opened) -> None:
    found = opened.to_rdflib()
    assert len(found) == len(opened)
    (row,) = found.query("SELECT (COUNT(?r) AS ?n) WHERE { ?r a <https://w3id.org/fazhi/ont#Report> }")
    assert int(row[0]) == 14  # type: ignore[index]


def test_networkx(opened: Opened) -> None:
    found = opened.to_networkx()
    (report,) = (node for node, said in found.nodes(data=True) if said.get("fileName") == "沙溪2022.txt")
    assert found.nodes[report]["year"] == 2022
    assert found.has_edge(report, "https://w3id.org/fazhi/id/district/320585101", "district")
    assert found.nodes["https://w3id.org/fazhi/id/metric/disputes.cases"]["label"] == [
        "Dispute cases handled",
        "调解纠纷件数",
    ]
