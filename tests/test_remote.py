"""Questions to a server elsewhere: a small one on this machine, over the same graph."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest

import kg
from kg.errors import QueryError
from kg.export import nquads
from kg.remote import Remote
from kg.store import Store
from tests.test_ask import EXPECTED


class Service(BaseHTTPRequestHandler):
    """The query operation of the SPARQL 1.1 protocol, by POST of a form; other paths misbehave."""

    store: ox.Store
    over: threading.Event

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode("ascii"))
        if self.path == "/slow":
            self.over.wait()
            return
        if self.path == "/page":
            self.answer(200, b"<html>", "text/html")
        elif self.path == "/odd":
            self.answer(200, b'{"rows": 1}', "application/json")
        else:
            self.ask(form["query"][0])

    def ask(self, sparql: str) -> None:
        assert self.headers["Content-Type"] == "application/x-www-form-urlencoded"
        try:
            result: Any = self.store.query(sparql, use_default_graph_as_union=True)
            body: bytes = result.serialize(format=ox.QueryResultsFormat.JSON)
        except SyntaxError as error:
            self.answer(400, str(error).encode(), "text/plain")
            return
        self.answer(200, body, "application/sparql-results+json")

    def answer(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def url(years_store: Store) -> Iterator[str]:
    store, over = ox.Store(), threading.Event()
    store.bulk_load(b"".join(nquads(years_store)), format=ox.RdfFormat.N_QUADS)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Here", (Service,), {"store": store, "over": over}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    over.set()
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(("name", "parameters", "rows"), EXPECTED)
def test_a_server_gives_the_same_rows(
    url: str, name: str, parameters: dict[str, str], rows: list[list[object]]
) -> None:
    answer = kg.ask(Remote(url, 60), name, **parameters)
    assert [list(row) for row in answer.rows] == rows


def test_evidence_and_limits(url: str) -> None:
    source = Remote(url, 60, limit=3)
    answer = kg.ask(source, "series", place="沙溪镇")
    assert (len(answer.rows), answer.cut) == (3, False)
    assert [e.quote for e in kg.evidence(source, answer.evidence[0])] == ["200件"]
    assert kg.ask(source, "series", place="太仓市").cut
    assert kg.query(source, "ASK { ?s ?p ?o }").rows == ((True,),)


@pytest.mark.parametrize(
    ("path", "sparql", "message"),
    [
        ("", "SELECT * {", "the server answers 400 Bad Request: "),
        ("/page", "SELECT * { ?s ?p ?o }", "the answer is no JSON; is this the address of a SPARQL service?"),
        ("/odd", "SELECT * { ?s ?p ?o }", "the answer is no SPARQL result"),
        ("/slow", "SELECT * { ?s ?p ?o }", "no answer in 1 s; give it more: --timeout N."),
        ("", "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "SERVICE leaves the store"),
    ],
)
def test_what_goes_wrong(url: str, path: str, sparql: str, message: str) -> None:
    with pytest.raises(QueryError) as error:
        Remote(url + path, seconds=1 if path == "/slow" else 60).select(sparql)
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_what_is_no_server() -> None:
    with pytest.raises(QueryError, match="the server cannot be reached"):
        Remote("http://127.0.0.1:1/sparql").select("ASK {}")
    with pytest.raises(QueryError, match=r"--endpoint file:///etc: an address that begins with http:// or https://"):
        Remote("file:///etc")


def test_json_of_the_service_is_what_other_servers_send() -> None:
    found = ox.Store().query("SELECT (1 AS ?a) {}")
    assert isinstance(found, ox.QuerySolutions)
    assert set(json.loads(found.serialize(format=ox.QueryResultsFormat.JSON) or b"")) == {"head", "results"}
