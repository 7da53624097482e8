"""SPARQL 1.1 results in JSON -> terms: what a server elsewhere answers, and a process of our own.

In: bindings, as the JSON has them. Out: rows of terms.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyoxigraph as ox

from kg.store import Row, Term


def rows(names: Sequence[str], bindings: Iterable[Mapping[str, Mapping[str, Any]]]) -> list[Row]:
    """Return rows of terms, None where nothing is bound. Raises ValueError, KeyError for what is no such result.

    >>> [(a, b)] = rows(["a", "b"], [{"a": {"type": "literal", "value": "1", "xml:lang": "zh"}}])
    >>> str(a), b
    ('"1"@zh', None)
    """
    return [tuple(_term(binding[name]) if name in binding else None for name in names) for binding in bindings]


def _term(found: Mapping[str, Any]) -> Term:
    if found["type"] == "uri":
        return ox.NamedNode(found["value"])
    if found["type"] == "bnode":
        return ox.BlankNode(found["value"])
    if "xml:lang" in found:
        return ox.Literal(found["value"], language=found["xml:lang"])
    datatype = found.get("datatype")
    return ox.Literal(found["value"], datatype=ox.NamedNode(datatype)) if datatype else ox.Literal(found["value"])
