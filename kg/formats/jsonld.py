"""JSON-LD: one line a graph, under the published context (ontology/context.jsonld), which stands in the file itself.

In: a Store. Out: chunks. Nobody has to fetch the context in order to read the file.
"""

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from kg import terms
from kg.data import folder
from kg.formats.triples import Subject, graphs, literal
from kg.store import Store

#: Prefixes of vocabularies; data is relative to @base, since its prefixes have the names of properties.
_NAMESPACES = {iri: prefix for prefix, iri in terms.PREFIXES.items() if not iri.startswith(terms.BASE)}


def context() -> dict[str, Any]:
    """Return the published context."""
    found: dict[str, Any] = json.loads((folder("ontology") / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    return found


@lru_cache(maxsize=65536)
def _compact(iri: str) -> str:
    if iri.startswith(terms.BASE):
        return iri[len(terms.BASE) :] if "%" not in iri else iri  # some readers decode what is relative
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    prefix = _NAMESPACES.get(iri[:cut])
    return f"{prefix}:{iri[cut:]}" if prefix else iri


def _value(term: str, coerced: str | None) -> Any:
    """Write an object; coerced: the type that the context gives to all values of the property."""
    said = literal(term)
    if said is None:
        iri = _compact(term[1:-1])
        return iri if coerced == "@id" else {"@id": iri}
    if said.language:
        return {"@language": said.language, "@value": said.text}
    datatype = _compact(said.datatype) if said.datatype else None
    if datatype == coerced:
        return said.text
    if coerced is None and datatype == "xsd:integer" and str(int(said.text)) == said.text:
        return int(said.text)
    if coerced is None and datatype == "xsd:boolean" and said.text in ("true", "false"):
        return said.text == "true"
    return {"@type": datatype or "xsd:string", "@value": said.text}


def jsonld(store: Store) -> Iterator[bytes]:
    """Yield all graphs as JSON-LD."""
    terms_ = context()
    named = {value["@id"] if isinstance(value, dict) else value: name for name, value in terms_.items()}
    coerced = {name: value.get("@type") for name, value in terms_.items() if isinstance(value, dict)}

    def node(subject: Subject) -> dict[str, Any]:
        found: dict[str, list[Any]] = {}
        for predicate, term in subject.said:
            if predicate == f"<{terms.TYPE}>":
                found.setdefault("@type", []).append(_compact(term[1:-1]))
                continue
            iri = _compact(predicate[1:-1])
            name = named.get(iri, iri)
            found.setdefault(name, []).append(_value(term, coerced.get(name)))
        values = {name: many if len(many) > 1 else many[0] for name, many in found.items()}
        return {"@id": _compact(subject.iri[1:-1]), **values}

    yield f'{{"@context": {json.dumps({"@base": terms.BASE, **terms_}, ensure_ascii=False)},\n"@graph": ['.encode()
    for number, (name, subjects) in enumerate(graphs(store)):
        body = json.dumps({"@id": _compact(name), "@graph": [node(s) for s in subjects]}, ensure_ascii=False)
        yield f"{',' if number else ''}\n{body}".encode()
    yield b"\n]}\n"
