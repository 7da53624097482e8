"""The embedded Oxigraph store: written by a build, then opened for reading.

In: N-Quads, and SPARQL. Out: rows, triples, quads. Queries see the union of all graphs, and never the network.
"""

import io
import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox

from kg import terms, versions
from kg.errors import QueryError, StoreError
from kg.fill import fill, load

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = tuple[Term | None, ...]

#: What SPARQL reads as one token and no keyword: strings, IRIs, comments, variables, prefixed names, language tags.
_TOKEN = re.compile(
    r"\"\"\".*?\"\"\"|'''.*?'''|\"(?:[^\"\\\n\r]|\\.)*\"|'(?:[^'\\\n\r]|\\.)*'|<[^<>\"{}|^`\\\s]*>|#[^\n\r]*"
    r"|[?$@]\w+|[\w.-]*:(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\.)*|(?P<word>\w+)",
    re.DOTALL,
)
_OUTSIDE = frozenset(("SERVICE", "LOAD", "FROM"))
#: Subjects of a part of a large graph.
_PART = 2_000
_CODE_POINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def _leaves_the_store(sparql: str) -> str | None:
    """Return the keyword by which a query would leave the store, or None.

    >>> _leaves_the_store("SELECT * { SERVICE <http://x/> {} }"), _leaves_the_store('SELECT ?from { ?from ?p "LOAD" }')
    ('SERVICE', None)
    """
    plain = _CODE_POINT.sub(lambda m: chr(min(int(m[1] or m[2], 16), 0x10FFFF)), sparql)
    words = (match["word"] or "" for match in _TOKEN.finditer(plain))
    return next((word.upper() for word in words if word.upper() in _OUTSIDE), None)


def refused(sparql: str) -> None:
    """Raise QueryError for a query that would leave the store."""
    if word := _leaves_the_store(sparql):
        raise QueryError(f"{word} leaves the store, which kg never does; ask about what was built.")


def broken(syntax: bool, message: str) -> QueryError:
    """Return what to raise for a query that the store could not read (syntax), or not answer."""
    if syntax:
        return QueryError(f"The SPARQL cannot be read: {_shortened(message)}")
    return QueryError(f"The query failed: {' '.join(message.split())}")


class Source(Protocol):
    """What answers SELECT and ASK queries with rows: a Store, a process of its own, a server elsewhere.

    cut: whether the last answer has fewer rows than there are, for the limit that was set.
    """

    cut: bool

    def select(self, sparql: str) -> tuple[list[str], list[Row]]:
        """Return the names of the columns, and rows of terms (None where unbound); raise QueryError."""


class Graphs(Protocol):
    """What graphs can be written of: a Store, or what a build has read."""

    def graphs(self) -> list[str]:
        """Return the names of all named graphs, sorted."""

    def parts(self, graph: str) -> Iterator[list[str]]:
        """Yield a named graph in parts that follow one another, each as sorted lines of N-Triples."""


class Store:
    """A graph that answers SPARQL 1.1 queries. Get one from `open`, or from `Store.of` in memory."""

    cut = False

    def __init__(self, inner: ox.Store, place: versions.InForce | None = None) -> None:
        self._inner = inner
        self._place = place  # as long as the store is open, its version is not removed

    @classmethod
    def of(cls, nquads: Iterable[bytes]) -> "Store":
        """Return a store in memory that holds these chunks of N-Quads."""
        inner = ox.Store()
        load(inner, nquads)
        return cls(inner)

    @classmethod
    def at(cls, folder: Path) -> "Store":
        """Open a version of an output's store that nobody removes meanwhile, for reading."""
        return cls(ox.Store.read_only(str(folder / "db")))

    @staticmethod
    def write(nquads: Iterable[bytes], output: Path) -> int:
        """Write chunks of N-Quads as an output folder's store, in place of an older one; return how many quads."""
        made, digest, count = versions.new(output), sha256(), 0

        def counted() -> Iterator[bytes]:
            nonlocal count
            for chunk in nquads:
                digest.update(chunk)
                count += chunk.count(b"\n")
                yield chunk

        fill(made, counted())
        versions.publish(output, made, digest.hexdigest()[:16])
        return count

    def __len__(self) -> int:
        return len(self._inner)

    def select(self, sparql: str) -> tuple[list[str], list[Row]]:
        """Answer a SELECT query: names of the columns, and rows of terms (None where unbound).

        ASK gives one row with one column. Raise QueryError for a query that is broken or is no SELECT or ASK.
        """
        result = self._query(sparql)
        if isinstance(result, ox.QueryBoolean):
            return ["answer"], [(ox.Literal(bool(result)),)]
        if not isinstance(result, ox.QuerySolutions):
            raise QueryError("The query makes a graph; SELECT or ASK is wanted here. `kg export` writes graphs.")
        try:
            return [v.value for v in result.variables], [tuple(row) for row in result]
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError(f"The query failed: {error}") from None

    def construct(self, sparql: str) -> Iterator[tuple[Term, ox.NamedNode, Term]]:
        """Answer a CONSTRUCT or DESCRIBE query with its triples."""
        result = self._query(sparql)
        if not isinstance(result, ox.QueryTriples):
            raise QueryError("The query makes rows; CONSTRUCT or DESCRIBE is wanted here.")
        return ((t.subject, t.predicate, t.object) for t in result)

    def graphs(self) -> list[str]:
        """Return the names of all named graphs, sorted."""
        return sorted(graph.value for graph in self._inner.named_graphs() if isinstance(graph, ox.NamedNode))

    def ntriples(self, graph: str) -> list[str]:
        """Return the triples of a named graph as lines of N-Triples, sorted, without their line ends."""
        out = io.BytesIO()
        self._inner.dump(out, format=ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(graph))
        return sorted(out.getvalue().decode("utf-8").split("\n")[:-1])

    def subjects(self, graph: str) -> list[str]:
        """Return the IRIs that a named graph says something of, in any order."""
        _, rows = self.select(f"SELECT DISTINCT ?s {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
        return [s.value for (s,) in rows if isinstance(s, ox.NamedNode)]

    def said(self, graph: str, subjects: Iterable[str]) -> list[str]:
        """Return what a named graph says of these IRIs, as ntriples does."""
        name = ox.NamedNode(graph)
        quads = (q for iri in subjects for q in self._inner.quads_for_pattern(ox.NamedNode(iri), None, None, name))
        return sorted(f"{quad.triple} ." for quad in quads)

    def parts(self, graph: str) -> Iterator[list[str]]:
        """Yield a named graph in parts that follow one another, each as ntriples does.

        A report is one part. What reports share grows with them, and comes by so many subjects at a time.
        """
        if graph != terms.REFERENCE:
            yield self.ntriples(graph)
            return
        subjects = sorted(self.subjects(graph), key="<{}>".format)
        for first in range(0, len(subjects), _PART):
            yield self.said(graph, subjects[first : first + _PART])

    def nquads(self) -> Iterator[str]:
        """Yield all quads as lines of N-Quads, by graph and sorted: the same order on every machine."""
        for graph in self.graphs():
            end = f"<{graph}> .\n"
            for part in self.parts(graph):
                for line in part:
                    yield line[:-1] + end

    def quads(self) -> Iterator[ox.Quad]:
        """Yield all quads in the order of nquads."""
        for line in self.nquads():
            yield from ox.parse(line, format=ox.RdfFormat.N_QUADS)

    def _query(self, sparql: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        refused(sparql)
        try:
            return self._inner.query(sparql, use_default_graph_as_union=True)
        except (SyntaxError, OSError, RuntimeError, ValueError) as error:
            raise broken(isinstance(error, SyntaxError), str(error)) from None


def _shortened(message: str) -> str:
    """Cut a parser's message to one line: where, and the first few things that it expected."""
    where, expected, list_ = " ".join(message.split()).partition("expected ")
    wanted = re.sub(r"^one of ", "", list_).split(", ")
    readable = [item for item in wanted if re.fullmatch(r"[ -~]{1,20}", item)][:6]
    return where + expected + ", ".join(readable or wanted[:1])[:120]


def in_force(output: str | Path) -> versions.InForce:
    """Return the version of an output folder's store that is in force. Raises StoreError if there is none."""
    place = versions.in_force(Path(output))
    if place is None:
        raise StoreError(f"{output}: no graph here. Build one: kg build REPORTS -o {output}")
    return place


def store_at(place: versions.InForce) -> ox.Store:
    """Return the Oxigraph store of a version, for reading. Raises StoreError if it is damaged."""
    try:
        return ox.Store.read_only(str(place.db))
    except (OSError, ValueError, RuntimeError) as error:
        raise StoreError(f"{place.db}: the store cannot be opened ({error}). Build it anew: kg build") from None


def open(output: str | Path = "output") -> Store:
    """Open the graph that a build wrote into a folder, for reading. Raises StoreError if it is missing or damaged."""
    place = in_force(output)
    return Store(store_at(place), place)
