"""The graph into servers: one of ours on loopback, and Virtuoso."""

import base64
import http.server
import math
import threading
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

import kg
from kg.cli import run
from kg.errors import InputError, StoreError
from kg.load import Loaded
from kg.store import Store
from tests.virtuoso import virtuoso_at

LINES = '<x:a> <x:p> "一\\"\\\\ 2"@zh <x:g> .\n<x:b> <x:p> "2.5"^^<http://www.w3.org/2001/XMLSchema#decimal> <x:h> .\n'.encode()


class Handler(http.server.BaseHTTPRequestHandler):
    """PUT and DELETE of the Graph Store Protocol, for who knows the password; busy once in three calls."""

    server: Any

    def do_PUT(self) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"]))
        if graph := self._graph():
            self.server.store.remove_graph(graph)
            self.server.store.load(data, format=ox.RdfFormat.TURTLE, to_graph=graph)
            self._answer(201)

    def do_DELETE(self) -> None:
        if graph := self._graph():
            there = graph in list(self.server.store.named_graphs())
            self.server.store.remove_graph(graph)
            self._answer(200 if there else 404)

    def _graph(self) -> ox.NamedNode | None:
        if self.headers["Authorization"] != "Basic " + base64.b64encode(b"me:secret").decode():
            self._answer(401)
            return None
        self.server.calls += 1
        if self.server.calls % 3 == 0:
            self._answer(503)
            return None
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)
        return ox.NamedNode(query["graph"][0])

    def _answer(self, status: int) -> None:
        self.send_response(status)
        self.send_header("WWW-Authenticate", 'Basic realm="graphs"')
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *words: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Any]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.store, server.calls = ox.Store(), 0  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        server.url = f"http://127.0.0.1:{server.server_port}/store?x=1"  # type: ignore[attr-defined]
        yield server
        server.shutdown()


def quads(store: ox.Store) -> list[str]:
    return sorted(f"{quad} ." for quad in store)


def test_a_load_puts_what_changed_and_deletes_what_is_gone(server: Any, tmp_path: Path) -> None:
    server.store.add(ox.Quad(ox.NamedNode("x:z"), ox.NamedNode("x:p"), ox.Literal("1"), ox.NamedNode("x:other")))
    other = quads(server.store)
    Store.write([LINES], tmp_path)
    assert kg.load(tmp_path, server.url, "me", "secret") == Loaded(2, 0, 0)
    assert quads(server.store) == sorted(LINES.decode().splitlines() + other)
    assert kg.load(tmp_path, server.url, "me", "secret") == Loaded(0, 2, 0)
    assert kg.load(tmp_path, server.url, "me", "secret", everything=True) == Loaded(2, 0, 0)
    Store.write([LINES.split(b"\n")[0] + b"\n", b'<x:c> <x:p> "3" <x:i> .\n'], tmp_path)
    assert kg.load(tmp_path, server.url, "me", "secret", workers=1) == Loaded(1, 1, 1)
    assert quads(server.store) == sorted([LINES.decode().splitlines()[0], '<x:c> <x:p> "3" <x:i> .', *other])


def test_a_load_that_cannot_be_is_told_in_one_line(server: Any, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no graph here"):
        kg.load(tmp_path, server.url)
    Store.write([LINES], tmp_path)
    for url, message in (
        (server.url, "the server answers 401 Unauthorized. See --user, and docs/SCALE.md."),
        ("http://127.0.0.1:9/", "the server cannot be reached"),
        ("ftp://x/", "an address that begins with http:// or https:// is wanted."),
    ):
        with pytest.raises(InputError) as error:
            kg.load(tmp_path, url)
        assert message in str(error.value)
        assert "\n" not in str(error.value)


def test_the_verb(
    server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Store.write([LINES], tmp_path)
    monkeypatch.setenv("KG_PASSWORD", "secret")
    monkeypatch.setattr("kg.cli.building._EVERY", math.inf)  # however slow the machine, it does not say how far it is
    assert run(["load", "-g", str(tmp_path), "--endpoint", server.url, "--user", "me"]) == 0
    assert capsys.readouterr().err == f"2 graphs put, 0 there already, 0 deleted: {server.url}\n"


@pytest.fixture
def virtuoso(tmp_path: Path) -> Iterator[str]:
    with virtuoso_at(tmp_path / "virtuoso") as address:
        yield address


def test_virtuoso_has_every_triple_of_the_graph(virtuoso: str, gold_store: Store, tmp_path: Path) -> None:
    Store.write((f"{line}".encode() for line in gold_store.nquads()), tmp_path)
    done = kg.load(tmp_path, f"{virtuoso}/sparql-graph-crud-auth", "dba", "dba")
    assert done == Loaded(6, 0, 0)
    count = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } FILTER(STRSTARTS(STR(?g), 'https://w3id.org/fazhi/')) } GROUP BY ?g"
    url = f"{virtuoso}/sparql?{urllib.parse.urlencode({'query': count, 'format': 'text/csv'})}"
    with urllib.request.urlopen(url, timeout=600) as response:
        rows = response.read().decode().splitlines()[1:]
    found = {row.split(",")[0].strip('"'): int(row.split(",")[1]) for row in rows}
    assert found == {graph: len(gold_store.ntriples(graph)) for graph in gold_store.graphs()}
