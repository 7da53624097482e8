"""Queries from outside: they get so much time, memory and rows, and what brings their process down is one line here."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg import ahead, worker
from kg.errors import QueryError, StoreError
from kg.limits import Limited, QueryLimits
from kg.opened import Opened
from kg.store import Store
from kg.versions import in_force

LINES = [f'<x:s{i}> <x:p> "{i}" <x:g> .\n'.encode() for i in range(400)]
EVERY = "SELECT ?s ?o WHERE { ?s <x:p> ?o }"
CROSS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("limits")
    Store.write(LINES, folder)
    return folder


def test_rows_are_as_the_store_gives_them(output: Path) -> None:
    sparql = 'SELECT ?a ?b ?c ?d ?e WHERE { VALUES (?a ?b ?c ?d) { ("法"@zh 1.5 <x:y> true) } }'
    with Limited(output, QueryLimits(seconds=300)) as source:
        assert source.select(sparql) == kg.open(output).select(sparql)
        assert sorted(map(str, source.select(EVERY)[1])) == sorted(map(str, kg.open(output).select(EVERY)[1]))
        assert source.select("ASK { <x:s1> ?p ?o }")[0] == ["answer"]
        assert not source.cut


def test_rows_beyond_the_limit_are_cut_and_said_to_be(output: Path) -> None:
    with Limited(output, QueryLimits(seconds=300, rows=10)) as source:
        assert len(source.select(EVERY)[1]) == 10
        assert source.cut
        assert len(source.select(f"{EVERY} LIMIT 3")[1]) == 3
        assert not source.cut
    opened = kg.open(output)
    assert isinstance(opened, Opened)
    answer = opened.query(EVERY, QueryLimits(seconds=300, rows=10))
    assert (len(answer.rows), answer.cut) == (10, True)


@pytest.mark.parametrize(
    ("sparql", "message"),
    [
        (CROSS, r"The query takes longer than 1 s; narrow it, or give it more: --timeout N\.$"),
        ("SELECT * WHERE " + "{" * 6_000 + "}" * 6_000, "The query brought its process down: it nests too deep, or needs more"),
        ("SELECT (" + "(" * 20_000 + "1" + ")" * 20_000 + " AS ?x) {}", "The query brought its process down: it nests too deep"),
        ("SELECT * { ?s ?p ?o } #" + "x" * 1_000_000, r"The query is too long: 1,000,023 characters, of 1,000,000 at most\."),
        ("SELECT * {", "The SPARQL cannot be read: "),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "SERVICE leaves the store"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "The query makes a graph; SELECT or ASK is wanted here"),
        ("INSERT DATA { <x:a> <x:b> <x:c> }", "The SPARQL cannot be read: "),
    ],
)  # fmt: skip
def test_what_goes_wrong_is_one_line_and_the_next_query_is_answered(output: Path, sparql: str, message: str) -> None:
    with Limited(output, QueryLimits(seconds=1 if sparql == CROSS else 300)) as source:
        with pytest.raises(QueryError, match=message) as error:
            source.select(sparql)
        assert "\n" not in str(error.value)
    with Limited(output, QueryLimits(seconds=300)) as source:
        assert len(source.select(EVERY)[1]) == 400


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
def test_memory_is_limited(output: Path) -> None:
    many = "SELECT (GROUP_CONCAT(?o) AS ?all) WHERE { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f }"
    with (
        Limited(output, QueryLimits(seconds=600, megabytes=50)) as source,
        pytest.raises(QueryError, match="more than 50 MB of memory"),
    ):
        source.select(many)


def test_a_process_that_was_ended_is_started_anew(output: Path) -> None:
    with Limited(output, QueryLimits(seconds=2)) as source:
        with pytest.raises(QueryError, match="takes longer"):
            source.select(CROSS)
        source._limits = QueryLimits(seconds=300)
        assert len(source.select(EVERY)[1]) == 400


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux refuses sockets to a process")
def test_the_process_has_no_sockets(output: Path) -> None:
    """A SERVICE that the first check did not see reaches nobody."""
    sparql = "SELECT * { SERVICE <http://127.0.0.1:39999/> { ?s ?p ?o } }"
    place = in_force(output)
    assert place
    given = json.dumps({"store": str(place.db), "rows": 10, "megabytes": 500})
    call = [sys.executable, "-P", worker.__file__]
    result = subprocess.run(call, input=f"{given}\n{json.dumps(sparql)}\n", capture_output=True, encoding="utf-8")
    said = json.loads(result.stdout)
    assert said["error"] == "failed"
    assert "ermission denied" in said["message"]


def test_a_folder_without_a_graph(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no graph here"):
        Limited(tmp_path)


def test_a_process_that_was_begun_answers(output: Path) -> None:
    with Limited(output, QueryLimits(seconds=300)) as source:
        source.begin()
        begun = source._process
        assert len(source.select(EVERY)[1]) == 400
        assert begun and source._process is begun
    with Limited(output) as source:
        source.begin()  # and is ended where nothing was asked


def test_what_the_command_line_begins_is_taken_once(output: Path) -> None:
    ahead.begin()
    (begun,) = ahead._begun
    ahead.begin()  # there is one already
    with Limited(output, QueryLimits(seconds=300)) as one, Limited(output, QueryLimits(seconds=300)) as other:
        assert [len(each.select(EVERY)[1]) for each in (one, other)] == [400, 400]
        assert one._process is begun
        assert other._process is not begun
    assert ahead._begun == []
