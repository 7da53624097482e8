"""What a user names, in the graph and in the tables: a place, an instrument, an initiative, an indicator, a kind.

In: a name, another name, a code or an id. Out: its IRI; where nothing or more than one thing has the name, a QueryError
that offers the nearest.
"""

from collections.abc import Mapping
from difflib import get_close_matches
from functools import lru_cache

import pyoxigraph as ox

from kg import terms
from kg.data import table
from kg.errors import QueryError
from kg.store import Source

#: The class of the ontology behind a kind of name.
CLASSES = {"place": "District", "instrument": "LegalInstrument", "initiative": "Initiative", "indicator": "Metric"}


@lru_cache(maxsize=1)
def instrument_kinds() -> Mapping[str, str]:
    """Return the kinds of instruments: {Chinese name: code}."""
    rows = table("codes.csv", "group code zh", lambda cells: (cells["group"], cells["code"], cells["zh"]))
    return {label: code for group, code, label in rows if group == "instrument-kind" and code}


def resolve(source: Source, kind: str, name: str, where: str) -> str:
    """Return the IRI of what a user names. kind: one of CLASSES. where: what the message begins with.

    What the graph does not hold is looked for in the tables, so that a question may ask who is silent on it.
    """
    found = exactly(source, kind, name)
    if not found:
        things = _named(source, kind)
        found = things.get(terms.squash(name)) or _tabled(kind, terms.squash(name))
    if len(found) == 1:
        return next(iter(found))
    if found:
        raise QueryError(f"{where}: more than one has this name. Give a code: {', '.join(sorted(found.values()))}.")
    near = get_close_matches(terms.squash(name), things, 3, 0.5)
    offers = sorted({label for key in near for label in things[key].values()}) or _spoken_of(kind, name)
    hint = f" Did you mean {', '.join(offers[:3])}?" if offers else ""
    raise QueryError(f"{where}: nothing of this name is known.{hint}")


def _spoken_of(kind: str, name: str) -> list[str]:
    """Return the label of the indicator that people speak of so (罚款: 罚没金额), if it is one."""
    if kind != "indicator":
        return []
    from kg.named import everyday  # here, since named.py reads names by this module

    return everyday(name)


def resolve_kind(source: Source, name: str, where: str) -> str:
    """Return the code of a kind of instrument that the graph holds, given by its code or its Chinese name (法律)."""
    name = instrument_kinds().get(name, name)
    there = f"PREFIX fz: <{terms.ONT}> ASK {{ ?thing fz:kind {ox.Literal(name)} ; a fz:LegalInstrument }}"
    if str(getattr(source.select(there)[1][0][0], "value", "")) == "true":
        return name
    _, rows = source.select(f"""
        PREFIX fz: <{terms.ONT}>
        SELECT DISTINCT ?kind WHERE {{ ?thing a fz:LegalInstrument ; fz:kind ?kind }} ORDER BY ?kind""")
    kinds = [str(getattr(row[0], "value", "")) for row in rows]
    raise QueryError(f"{where}: no instrument is of this kind. There are: {', '.join(kinds)}.")


def is_there(source: Source, kind: str, name: str) -> bool:
    """Say whether something in the graph has just this name."""
    return bool(exactly(source, kind, name))


def exactly(source: Source, kind: str, name: str) -> Mapping[str, str]:
    """Return what in the graph has just this name, code or id: {IRI: what to show}; quick on any graph."""
    literals = " ".join(str(term) for term in (ox.Literal(name), ox.Literal(name, language="zh")))
    _, rows = source.select(f"""
        PREFIX fz: <{terms.ONT}> PREFIX rdfs: <{terms.RDFS}> PREFIX skos: <{terms.SKOS}>
        SELECT DISTINCT ?thing ?above WHERE {{
          VALUES ?name {{ {literals} }}
          {{ ?thing rdfs:label ?name }} UNION {{ ?thing skos:altLabel ?name }} UNION {{ ?thing fz:code ?name }}
          UNION {{ ?thing skos:notation ?name }}
          ?thing a fz:{CLASSES[kind]}
          OPTIONAL {{ ?thing fz:containedIn/rdfs:label ?above }} }}""")
    found = {}
    for row in rows:
        iri, above = (str(getattr(term, "value", "")) for term in row)
        found[iri] = f"{above}{name} ({iri.rsplit('/', 1)[1]})"
    return found


def _named(source: Source, kind: str) -> Mapping[str, Mapping[str, str]]:
    """Return everything of a kind in the graph: {folded name, code or id: {IRI: what to show}}."""
    _, rows = source.select(f"""
        PREFIX fz: <{terms.ONT}> PREFIX rdfs: <{terms.RDFS}> PREFIX skos: <{terms.SKOS}>
        SELECT DISTINCT ?thing ?name ?above WHERE {{
          ?thing a fz:{CLASSES[kind]} ; rdfs:label|skos:altLabel|fz:code ?name .
          OPTIONAL {{ ?thing fz:containedIn/rdfs:label ?above }} }} ORDER BY ?thing ?name""")
    things: dict[str, dict[str, str]] = {}
    for row in rows:
        iri, text, above = (str(getattr(term, "value", "")) for term in row)
        id_ = iri.rsplit("/", 1)[1]
        things.setdefault(terms.squash(text), {})[iri] = f"{above}{text} ({id_})"
        things.setdefault(id_, {})[iri] = text
    return things


def _tabled(kind: str, folded: str) -> Mapping[str, str]:
    """Return what the tables know under a folded name: {IRI: what to show}."""
    from kg.vocabulary import vocabulary  # here, since most names are found in the graph, and tables take 20 ms

    tables, squash = vocabulary(), terms.squash
    if kind == "initiative":
        rows = (row for name, row in tables.initiative_names.items() if squash(name) == folded)
        return {terms.initiative(row.id, row.name): row.name for row in rows}
    if kind == "instrument":
        laws = tables.laws.values()
        return {
            terms.instrument(law.id, law.title): law.title
            for law in laws
            if folded in map(squash, (law.title, law.short, *law.aliases))
        }
    if kind == "indicator":
        counted = [*tables.indicators.values(), *tables.indicator_details.values()]
        return {terms.metric(row.id): row.label_zh for row in counted if folded in (row.id, squash(row.label_zh))}
    if kind == "place":
        coded = tables.places_by_code.get(folded)
        places = [coded] if coded else [p for p in tables.places_by_name.get(folded, ()) if p.status == "current"]
        return {terms.district(p.code, None, p.name): f"{''.join(tables.path(p))} ({p.code})" for p in places}
    return {}
