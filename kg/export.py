"""The graph and the mentions in the formats of other tools.

In: a Store, or a Document with its Extraction. Out: lines of text, in the same order on every machine.
A new format is a function here and its line in FORMATS.
"""

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from itertools import chain, groupby
from typing import Any

import pyoxigraph as ox

from kg import terms
from kg.errors import QueryError
from kg.model import Change, Document, Extraction, Mention, Span
from kg.store import Store


def turtle(store: Store) -> Iterator[bytes]:
    """Yield the union of all graphs as Turtle, grouped by report; a triple that two graphs hold may stand twice."""
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(terms.PREFIXES.items()))
    yield prefixes.encode()
    for graph, quads in groupby(store.quads(), key=lambda quad: quad.graph_name):
        yield f"\n# {graph.value if isinstance(graph, ox.NamedNode) else ''}\n".encode()
        out = io.BytesIO()
        ox.serialize((q.triple for q in quads), out, format=ox.RdfFormat.TURTLE, prefixes=terms.PREFIXES)
        lines = out.getvalue().splitlines(keepends=True)
        yield b"".join(line for line in lines if not line.startswith(b"@prefix "))


def nquads(store: Store) -> Iterator[bytes]:
    """Yield all graphs as sorted N-Quads."""
    for quad in store.quads():
        yield f"{quad} .\n".encode()


FORMATS: Mapping[str, Callable[[Store], Iterator[bytes]]] = {"turtle": turtle, "nquads": nquads}


def export(store: Store, format: str = "turtle") -> Iterator[bytes]:
    """Yield the graph as UTF-8 in a format of FORMATS, in the same order on every machine.

    Raises QueryError for a format that there is not.
    """
    if format not in FORMATS:
        raise QueryError(f"No format {format!r}. There are: {', '.join(FORMATS)}.")
    return FORMATS[format](store)


_FIELDS = {
    "Section": ("section", ("level", "role", "heading")),
    "Metric": (
        "metric",
        (
            *("value", "value_max", "unit", "bound", "name", "indicator", "status", "change", "period"),
            *("indicator_detail", "part_of", "restates", "whose", "norm"),
        ),
    ),
    "Denial": ("denial", ("name", "indicator")),
    "Instrument": ("instrument", ("title", "kind", "doc_number", "relation", "law")),
    "Initiative": ("initiative", ("name", "variants", "kind", "theme", "status", "known")),
    "Point": ("point", ("kind", "text", "theme")),
}


def mentions(document: Document, found: Extraction) -> Iterator[dict[str, Any]]:
    """Yield each mention as a dictionary for JSON, under the annotation guide's names.

    start, end and quote are of the text as received: source[start:end] == quote.
    """
    head = asdict(found.header)
    del head["start"], head["end"], head["rule"]
    yield _located(document, found.header, "report") | head | {"script": document.script}
    kinds = found.sections, found.metrics, found.denials, found.instruments, found.initiatives, found.points
    for mention in chain[Mention](*kinds):
        type_, fields = _FIELDS[type(mention).__name__]
        values = {name: _plain(document, getattr(mention, name)) for name in fields}
        yield _located(document, mention, type_) | values


def _plain(document: Document, value: Any) -> Any:
    """Return a field's value for JSON: spans as offsets of the source, a change as a dictionary."""
    if isinstance(value, Span):
        return asdict(document.span(value.start, value.end))
    return asdict(value) if isinstance(value, Change) else value


def _located(document: Document, mention: Mention, type_: str) -> dict[str, Any]:
    span = document.span(mention.start, mention.end)
    return {
        "report": document.name,
        "type": type_,
        "start": span.start,
        "end": span.end,
        "quote": document.source[span.start : span.end],
        "rule": mention.rule,
    }
