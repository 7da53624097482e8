"""Mentions as dictionaries, which `kg extract` prints as JSON.

In: a Document, and what was found in it. Out: a dictionary for each mention, the header first, kind by kind.
"""

from collections.abc import Iterator
from dataclasses import asdict
from itertools import chain
from typing import Any

from kg.model import Change, Document, Extraction, Mention, Span

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
        return document.span(*value)._asdict()
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
