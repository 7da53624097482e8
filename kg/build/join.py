"""What depends on all reports: which are the same, what they share, and so what the store holds.

In: the ledger's items, in the order of names. Out: a file of SQLite's with the graphs to load and where they stand in
the shards; the N-Quads that no shard has; a name for the whole that depends on nothing but the content.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from kg import terms
from kg.build.task import Item
from kg.graph import Graph, reference_graph
from kg.graph.quads import Described, Shared
from kg.graph.reference import add_described
from kg.read.same import Seen, Sketch
from kg.vocabulary import vocabulary

_SCHEMA = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;
CREATE TABLE graph (iri TEXT PRIMARY KEY, name TEXT UNIQUE, made TEXT, shard TEXT, start INTEGER, length INTEGER)
    WITHOUT ROWID;
CREATE TABLE copy (iri TEXT, name TEXT, url TEXT, PRIMARY KEY (iri, name)) WITHOUT ROWID;
CREATE TABLE said (iri TEXT, text TEXT, number INTEGER, PRIMARY KEY (iri, text)) WITHOUT ROWID;
"""


@dataclass(slots=True)
class _Sum:
    """All graphs of reports as one, for what it takes to describe what they share."""

    refers: Shared
    classes: Counter[str]
    triples: int

    def __len__(self) -> int:
        return self.triples


class Join:
    """The joined graph of the items given to it. folder: where it keeps them."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "join.sqlite"
        self._path.unlink(missing_ok=True)
        self._db = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
        self._db.executescript(_SCHEMA)
        self._seen, self._refers, self._classes = Seen(), Shared(), Counter[str]()
        #: How many reports, and how many triples their graphs have, the names of their copies included.
        self.reports, self.triples = 0, 0

    def close(self) -> None:
        self._db.close()
        self._path.unlink(missing_ok=True)

    def _rows(self, query: str) -> Iterator[Any]:
        """Yield a query's rows; fetched by the thousand, so that one who stops halfway holds nothing open."""
        cursor = self._db.execute(query)
        while rows := cursor.fetchmany(1000):
            yield from rows

    def add(self, key: str, item: Item) -> str | None:
        """Take a report in; return the name of an earlier one if it is the same, which then names this file too."""
        other = self._seen.same(item.name, item.sha256, Sketch.unpacked(item.sketch))
        if other is not None:
            query = "INSERT INTO copy SELECT iri, ?, ? FROM graph WHERE name = ?"
            said = "SELECT count(*) FROM copy JOIN graph USING (iri) WHERE graph.name = ? AND url = ?"
            new_url = item.url and not self._db.execute(said, (other, item.url)).fetchone()[0]
            self._db.execute(query, (item.name, item.url, other))
            self.triples += 2 if new_url else 1
            return other
        row = (terms.report(item.sha256), item.name, f"{key} {item.name}", item.shard, item.start, item.length)
        self._db.execute("INSERT INTO graph VALUES (?, ?, ?, ?, ?, ?)", row)
        self._refer(json.loads(item.refers))
        self.triples += item.triples
        self.reports += 1
        return None

    def _refer(self, refers: dict[str, Any]) -> None:
        add = "INSERT INTO said VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET number = number + excluded.number"
        self._db.executemany(add, refers.pop("local"))
        self._classes.update(refers.pop("classes"))
        for name, ids in refers.items():
            getattr(self._refers, name).update(ids)

    def graphs(self) -> Iterator[tuple[str, str]]:
        """Yield the IRI of every report's graph, in order, with what it was made from."""
        named = "SELECT group_concat(name || ' ' || url, char(10)) FROM copy WHERE copy.iri = graph.iri"
        for iri, made, copies in self._rows(f"SELECT iri, made, ({named}) FROM graph ORDER BY iri"):
            yield iri, sha256(f"{made}\n{copies or ''}".encode()).hexdigest()[:16]

    def wanted(self, iris: Iterable[str] | None = None) -> Iterator[tuple[str, int, int]]:
        """Yield where the N-Quads of all graphs stand, or of those given, in the order of shards."""
        chosen = ""
        if iris is not None:
            self._db.execute("CREATE TEMP TABLE chosen (iri TEXT PRIMARY KEY) WITHOUT ROWID")
            self._db.executemany("INSERT INTO chosen VALUES (?)", ((iri,) for iri in iris))
            chosen = "JOIN chosen USING (iri)"
        yield from self._rows(f"SELECT shard, start, length FROM graph {chosen} ORDER BY shard, start")

    def standing(self) -> Mapping[str, tuple[str, int, int]]:
        """Return where the N-Quads of each report's graph stand."""
        rows = self._rows("SELECT iri, shard, start, length FROM graph")
        return {iri: (shard, start, length) for iri, shard, start, length in rows}

    def copies(self) -> Iterator[tuple[str, bytes]]:
        """Yield (graph, N-Quads) for the reports that name files with copies of them."""
        for iri, name, url in self._rows("SELECT iri, name, url FROM copy ORDER BY iri, name"):
            graph = Graph(iri)
            graph.say(iri, "copyFileName", name)
            graph.say(iri, "copyUrl", url or None, f"{terms.XSD}anyURI")
            yield iri, graph.nquads()

    def reference(self) -> Iterator[bytes]:
        """Yield the N-Quads of what the reports share."""
        every = _Sum(self._refers, self._classes.copy(), self.triples)
        for each in self._described():
            graph = Graph(terms.REFERENCE)
            add_described(graph, each)
            every.classes.update(graph.classes)
            every.triples += len(graph)
            yield graph.nquads()
        yield reference_graph([every], vocabulary()).nquads()

    def _described(self) -> Iterator[Described]:
        """Yield the things that the tables lack, each as most reports describe it."""
        last = ""
        for iri, text in self._rows("SELECT iri, text FROM said ORDER BY iri, number DESC, text"):
            if iri != last:
                last = iri
                cls, said, linked = json.loads(text)
                yield Described(iri, cls, tuple(map(tuple, said)), tuple(map(tuple, linked)))
