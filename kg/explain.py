"""A thing of the graph as a reader wants it: what is said of it, and for a fact the sentence with its words marked.

In: a Store and an IRI, whole or cut short (report:2af23e953ced/section/112-118, metric/disputes.cases). Out: text.
"""

from collections.abc import Iterator
from difflib import get_close_matches

import pyoxigraph as ox

from kg import terms
from kg.ask import evidence
from kg.errors import QueryError
from kg.graph.absent import usual
from kg.model import Evidence
from kg.store import Store
from kg.table import plain

_EVIDENCE = ("quote", "sentence", "report")


def explain(store: Store, iri: str) -> str:
    """Return what the graph says of an IRI. Raise QueryError if that is nothing."""
    full = _full(iri)
    said = list(_said(store, full))
    if not said:
        raise QueryError(f"{iri}: the graph says nothing of it.{_near(store, full)}")
    said = [(name, text) for name, text in said if name not in terms.DERIVED]
    names = dict(said)
    lines = [full]
    lines += [f"  {name:<16} {text}" for name, text in said if name not in _EVIDENCE]
    kinds = [text for name, text in said if name == "type"]
    lines += [
        f"  {name:<16} {value}  (not said)"
        for kind in kinds
        for name, value in usual(kind.removeprefix("fz:"), names).items()
        if name not in names
    ]
    lines += _in_force(store, full)
    lines += _parts(store, full)
    for place in evidence(store, [full]):
        lines += _marked(store, place)
    return "\n".join(map(plain, lines)) + "\n"


def _full(iri: str) -> str:
    iri = iri.strip("<>")
    if iri.startswith(("http://", "https://")):
        return iri
    prefix, colon, rest = iri.partition(":")
    return f"{terms.PREFIXES[prefix]}{rest}" if colon and prefix in terms.PREFIXES else f"{terms.BASE}{iri}"


def short(iri: str) -> str:
    """Return an IRI with a prefix, where there is one.

    >>> short("https://w3id.org/fazhi/ont#value"), short("https://w3id.org/fazhi/id/report/ab/section/1-2")
    ('fz:value', 'report:ab/section/1-2')
    """
    fitting = [(space, prefix) for prefix, space in terms.PREFIXES.items() if iri.startswith(space)]
    space, prefix = max(fitting, default=("", ""))
    return f"{prefix}:{iri[len(space) :]}" if prefix else iri


def label(store: Store, iri: str) -> str:
    """Return what a thing is called, in Chinese if it has a name in Chinese; "" if it has none."""
    _, rows = store.select(f"""
        SELECT ?name {{ <{iri}> <{terms.LABEL}> ?name }} ORDER BY (LANG(?name) = "en") ?name LIMIT 1""")
    return rows[0][0].value if rows else ""  # type: ignore[union-attr]


def _said(store: Store, iri: str) -> Iterator[tuple[str, str]]:
    """Yield (name of the predicate, value); of another thing also its label."""
    try:
        subject = ox.NamedNode(iri)
    except ValueError:
        raise QueryError(f"{iri!r} is no IRI.") from None
    _, rows = store.select(f"""
        PREFIX rdfs: <{terms.RDFS}> SELECT DISTINCT ?p ?o ?label WHERE {{
          {subject} ?p ?o OPTIONAL {{ ?o rdfs:label ?label FILTER(LANG(?label) IN ("zh", "")) }}
        }} ORDER BY (?p != <{terms.TYPE}>) (?p != <{terms.LABEL}>) ?p ?o ?label""")
    for predicate, value, label in rows:
        name = predicate.value.rpartition("#")[2].rpartition("/")[2]  # type: ignore[union-attr]
        if isinstance(value, ox.NamedNode):
            yield name, short(value.value) + (f"  {label.value}" if isinstance(label, ox.Literal) else "")
        else:
            yield name, value.value  # type: ignore[union-attr]


def _in_force(store: Store, iri: str) -> Iterator[str]:
    """Say from when to when the text of a law was in force that a citation speaks of, or that it was repealed."""
    _, rows = store.select(f"""
        PREFIX fz: <{terms.ONT}> SELECT ?year ?first ?last ?repealed WHERE {{
          <{iri}> fz:instrument ?law ; fz:report/fz:year ?year
          OPTIONAL {{ <{iri}> fz:version/fz:inForceFrom ?first }}
          OPTIONAL {{ <{iri}> fz:version/fz:inForceUntil ?last }}
          OPTIONAL {{ ?law fz:repealedOn ?repealed }} }}""")
    for row in rows:
        year, first, last, repealed = ("" if term is None else term.value for term in row)  # type: ignore[union-attr]
        if first:
            days = f"from {first} to {last}" if last else f"since {first}"
            yield f"  in force         {days}; the report is of {year}"
        elif repealed and repealed[:4] <= year:
            yield f"  in force         not in {year}: repealed on {repealed}"


def _parts(store: Store, iri: str) -> Iterator[str]:
    """Say which figures are parts of one, restate it, or contradict it."""
    _, rows = store.select(f"""
        PREFIX fz: <{terms.ONT}> SELECT ?link ?other ?quote WHERE {{
          VALUES (?property ?link) {{
            (fz:partOf "has part") (fz:restates "restated by") (fz:contradicts "contradicted by") }}
          ?other ?property <{iri}> ; fz:quote ?quote }}""")
    found = [tuple(term.value for term in row) for row in rows]  # type: ignore[union-attr]
    for link, other, quote in sorted(found, key=lambda row: (row[0], terms.span(row[1]) or (0, 0))):
        yield f"  {link:<16} {short(other)}  {quote}"


def _marked(store: Store, place: Evidence) -> Iterator[str]:
    """Show the sentence with the quote in 【】, under its heading."""
    _, rows = store.select(f"""
        PREFIX fz: <{terms.ONT}> PREFIX rdfs: <{terms.RDFS}> SELECT ?s ?heading WHERE {{
          <{place.fact}> fz:sentence ?s OPTIONAL {{ ?s fz:section/rdfs:label ?heading }} }}""")
    sentence, heading = rows[0]
    base, _ = terms.span(sentence.value) or (0, 0)  # type: ignore[union-attr]
    at = place.start - base
    if at < 0 or place.sentence[at : at + len(place.quote)] != place.quote:
        at = place.sentence.find(place.quote)
    text = place.sentence
    yield ""
    yield f"{place.file} [{place.start}:{place.end}] {heading.value if isinstance(heading, ox.Literal) else ''}"
    yield f"  {text[:at]}【{place.quote}】{text[at + len(place.quote) :]}"


def _called(store: Store, name: str) -> list[str]:
    """Return the IRIs of what reports share that has a name, else of what has it within its own: at most three."""
    if "/" in name or not name:
        return []
    for fits in (f"STR(?name) = {ox.Literal(name)}", f"CONTAINS(STR(?name), {ox.Literal(name)})"):
        _, rows = store.select(f"""
            SELECT ?s (MIN(STR(?name)) AS ?first) WHERE {{ GRAPH <{terms.REFERENCE}> {{
              ?s <{terms.LABEL}>|<{terms.SKOS}altLabel> ?name FILTER({fits}) }} }}
            GROUP BY ?s ORDER BY STRLEN(?first) ?first ?s LIMIT 3""")
        if rows:
            return [f"{short(iri.value)} ({label.value})" for iri, label in rows]  # type: ignore[union-attr]
    return []


def _near(store: Store, iri: str) -> str:
    """Offer a fact of the same report near the place that is asked for; for a name, what is called so."""
    if called := _called(store, iri.removeprefix(terms.BASE)):
        return f" An IRI is wanted, and this is a name; so called: {', '.join(called)}."
    head, _, _ = iri.rpartition("/")
    report = head.rpartition("/")[0]
    if not report.startswith(f"{terms.BASE}report/"):
        return " `kg query` finds IRIs; `kg ask … --evidence --format json` prints them."
    subjects = sorted({line.split(" ", 1)[0].strip("<>") for line in store.ntriples(report)})
    near = get_close_matches(iri, [s for s in subjects if s.startswith(head)], 1, 0.0)
    return f" Did you mean {near[0]}?" if near else " No report has this IRI."
