"""The store: rows and triples, and queries that it refuses."""

import gc
import threading
from pathlib import Path

import pytest

import kg
from kg import versions
from kg.errors import QueryError, StoreError
from kg.fill import fill
from kg.store import Store

LINES = b'<x:a> <x:p> "1" <x:g> .\n<x:b> <x:p> "2" <x:h> .\n'


def test_queries_see_the_union_of_all_graphs() -> None:
    store = Store.of([LINES])
    columns, rows = store.select("SELECT ?s ?none WHERE { ?s <x:p> ?o } ORDER BY ?s")
    assert columns == ["s", "none"]
    assert [(str(s), none) for s, none in rows] == [("<x:a>", None), ("<x:b>", None)]
    assert sorted(str(s) for s, _, _ in store.construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")) == [
        "<x:a>",
        "<x:b>",
    ]
    assert kg.query(store, "ASK { <x:a> ?p ?o }").rows == ((True,),)


@pytest.mark.parametrize(
    ("sparql", "message"),
    [
        ("SELECT ?s WHERE { ?s", "The SPARQL cannot be read"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "The query makes a graph"),
        ("SELECT * WHERE { SERVICE <http://localhost/> { ?s ?p ?o } }", "SERVICE leaves the store"),
        ("SELECT * FROM <http://localhost/x> WHERE { ?s ?p ?o }", "FROM leaves the store"),
        ("INSERT DATA { <x:a> <x:b> <x:c> }", "The SPARQL cannot be read"),
        ("", "The SPARQL cannot be read"),
        ("SELECT * { # x\rSERVICE <http://localhost/> {?s ?p ?o} }", "SERVICE leaves the store"),
        (
            "PREFIX e:<x:> SELECT * { {?a e:b\\# ?c} UNION {SERVICE <http://localhost/> {?s ?p ?o}} }",
            "SERVICE leaves the store",
        ),
        ("SELECT * { \\u0053ERVICE <http://localhost/> {?s ?p ?o} }", "SERVICE leaves the store"),
    ],
)
def test_queries_that_are_refused(sparql: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        Store.of([LINES]).select(sparql)


@pytest.mark.parametrize(
    "sparql",
    [
        'SELECT ?s WHERE { ?s ?p ?o FILTER(?o != "SERVICE FROM") } # LOAD',
        "SELECT ?from WHERE { ?from ?service ?o }",
        "PREFIX ex: <x:> SELECT ?s WHERE { ?s ?p ?o MINUS { ?s ex:load ?o } }",
        "SELECT ?s WHERE { ?s ?p ?o FILTER(?s != <x:service>) }",
    ],
)
def test_a_word_that_is_no_keyword_is_no_service(sparql: str) -> None:
    assert len(Store.of([LINES]).select(sparql)[1]) == 2


def test_a_broken_query_is_told_in_one_short_line() -> None:
    for broken in ("SELECT * { ?s ?p ", "SELECT", "nonsense", "SELECT * { ?s ?p ?o } }"):
        with pytest.raises(QueryError) as error:
            Store.of([LINES]).select(broken)
        assert "\n" not in str(error.value)
        assert len(str(error.value)) < 250


def test_a_folder_without_a_graph_and_a_damaged_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no graph here\. Build one: kg build"):
        kg.open(tmp_path)
    Store.write([LINES], tmp_path)
    assert len(kg.open(tmp_path)) == 2
    version = versions.current(tmp_path)
    assert version is not None
    (version / "db" / "CURRENT").write_text("nonsense\n")
    with pytest.raises(StoreError, match="cannot be opened"):
        kg.open(tmp_path)


def test_writing_again_replaces_all(tmp_path: Path) -> None:
    Store.write([LINES], tmp_path)
    assert Store.write([b'<x:c> <x:p> "3" <x:g> .\n'], tmp_path) == 1
    assert [str(q.subject) for q in kg.open(tmp_path).quads()] == ["<x:c>"]


def test_a_version_begins_as_the_one_before_and_leaves_it_as_it_was(tmp_path: Path) -> None:
    Store.write([LINES], tmp_path)
    old = versions.current(tmp_path)
    assert old is not None
    before = {path.name: path.read_bytes() for path in (old / "db").iterdir()}
    made = versions.new(tmp_path)
    versions.branch(old, made)
    fill(made, [b'<x:c> <x:p> "3" <x:g> .\n'], gone=["x:h"])
    assert {path.name: path.read_bytes() for path in (old / "db").iterdir()} == before
    reader = kg.open(tmp_path)
    versions.publish(tmp_path, made, "second")
    assert sorted(str(q.subject) for q in kg.open(tmp_path).quads()) == ["<x:a>", "<x:c>"]
    assert sorted(str(q.subject) for q in reader.quads()) == ["<x:a>", "<x:b>"]


def test_quads_and_graphs_that_are_gone_are_removed(tmp_path: Path) -> None:
    made = versions.new(tmp_path)
    was = [f'<x:s> <x:p> "{word}" <x:shared> .\n'.encode() for word in ("stays", "goes", "goes too")]
    fill(made, [*was, b'<x:s> <x:p> "other" <x:report> .\n', b'<x:s> <x:p> "gone" <x:gone> .\n'])
    fill(made, [b'<x:s> <x:p> "comes" <x:shared> .\n', b'<x:s> <x:p> "new" <x:new> .\n'], ["x:gone"], was[1:])
    store = Store.at(made)
    assert {graph: store.ntriples(graph) for graph in store.graphs()} == {
        "x:new": ['<x:s> <x:p> "new" .'],
        "x:report": ['<x:s> <x:p> "other" .'],
        "x:shared": [f'<x:s> <x:p> "{word}" .' for word in ("comes", "stays")],
    }


def test_publishing_a_name_that_is_there_takes_it_as_it_is(tmp_path: Path) -> None:
    for _ in range(2):
        Store.write([LINES], tmp_path)
    assert len(list((tmp_path / "store").iterdir())) == 2


def test_a_lock_is_held_by_one_or_shared_by_many(tmp_path: Path) -> None:
    one = versions.lock(tmp_path / "lock")
    one.note("process 7 on here")
    for shared in (False, True):
        with pytest.raises(versions.Busy, match="process 7 on here"):
            versions.lock(tmp_path / "lock", shared)
    one.close()
    readers = [versions.lock(tmp_path / "lock", shared=True) for _ in range(2)]
    with pytest.raises(versions.Busy):
        versions.lock(tmp_path / "lock")
    readers.clear()
    versions.lock(tmp_path / "lock").close()


def test_a_lock_that_is_forgotten_among_other_garbage_is_given_up_in_silence(tmp_path: Path) -> None:
    garbage: list[object] = [versions.lock(tmp_path / "lock")]
    garbage.append(garbage)
    del garbage
    gc.collect()  # a warning would fail this test, or the next
    versions.lock(tmp_path / "lock").close()


def test_readers_during_publication_see_the_old_or_the_new_graph_whole(tmp_path: Path) -> None:
    states = [b"".join(b'<x:%d> <x:p> "%d" <x:g%d> .\n' % (n, n, state) for n in range(500)) for state in (1, 2)]
    Store.write([states[0]], tmp_path)
    stop = threading.Event()

    def publish() -> None:
        try:
            for turn in range(10):
                Store.write([states[turn % 2]], tmp_path)
        finally:
            stop.set()

    thread = threading.Thread(target=publish)
    thread.start()
    seen = {"\n".join(kg.open(tmp_path).nquads()).encode() + b"\n"}
    while not stop.wait(0.05):
        seen.add("\n".join(kg.open(tmp_path).nquads()).encode() + b"\n")
    thread.join()
    assert {tuple(sorted(lines.split())) for lines in seen} <= {tuple(sorted(lines.split())) for lines in states}
    assert len([path for path in (tmp_path / "store").iterdir() if not path.is_symlink()]) <= 2
