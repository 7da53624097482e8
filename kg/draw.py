"""A view of the graph as one HTML file that needs nothing else: no network, no other file, no server.

In: a store, and a view of queries/views/<name>.rq with its parameters (kg/views.py). What it constructs, in the
ontology's terms, is what the page shows: things of a class of kg/page/classes.csv are nodes; an Observation, Citation
or Undertaking ties its report to what it is about, with its sentence as evidence; any other triple between two nodes is
a line. What else a view can ask for is in kg/page/plan.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, asdict, fields, is_dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from kg.check import check
from kg.errors import QueryError
from kg.terms import ONT
from kg.views import View, bind, named, rule, view

if TYPE_CHECKING:
    from kg.page.picture import Picture
    from kg.store import Store

#: How many things of each class the reports of the whole graph lead to. The class is bound in each arm, since a join
#: with rdf:type afterwards takes the square of the time.
_TOTALS = f"""
    PREFIX fz: <{ONT}>
    SELECT ?class (COUNT(DISTINCT ?s) AS ?n) WHERE {{
      {{ ?s a fz:Report . BIND("Report" AS ?class) }}
      UNION {{ ?fact fz:metric ?s . BIND("Metric" AS ?class) }}
      UNION {{ ?fact fz:instrument ?s . BIND("LegalInstrument" AS ?class) }}
      UNION {{ ?fact fz:initiative ?s . BIND("Initiative" AS ?class) }}
      UNION {{ {{ SELECT DISTINCT ?place {{ ?report fz:district ?place }} }}
               ?place fz:containedIn* ?s . BIND("District" AS ?class) }}
    }} GROUP BY ?class"""
_FOCUS = "VALUES ?focus { UNDEF }"
#: Nodes that a page holds at most: more cannot be told apart on a screen. MOST: as many as it draws fluidly.
LIMIT, MOST = 500, 2000


def draw(store: Store, view: str = "overview", limit: int = LIMIT, **values: str | int) -> str:
    """Return a view of the store as a page, to be written as UTF-8.

    limit: the most nodes to draw. values: the view's parameters, as a user would type them.
    Raise QueryError for a view or parameter that there is not, and for a name that nothing or more than one thing has.
    """
    return drawn(store, view, {name: str(value) for name, value in values.items()}, limit)


def drawn(store: Store, name: str, values: Mapping[str, str], limit: int = LIMIT) -> str:
    """Do as draw does, whatever the names of the values are."""
    from kg.page.shell import page

    return page(data(store, name, values, limit))


def data(
    store: Store,
    name: str,
    given: Mapping[str, str],
    limit: int = LIMIT,
    page_of: Callable[[str, str], str] | None = None,
) -> dict[str, Any]:
    """Return what the page of a view shows. page_of: (class, IRI) -> the address of its page, on a site."""
    from kg.page.picture import kinds, picture
    from kg.page.tones import scales

    wanted = view(name)
    if not 0 < limit <= MOST:
        raise QueryError(f"--limit {limit}: from 1 to {MOST} nodes can be drawn.")
    triples, left = _triples(store, wanted, bind(store, wanted, given, limit / LIMIT))
    shown = picture(triples, limit, wanted.plan)
    if left:
        shown.left_out["Report"] = shown.left_out.get("Report", 0) + left
    if given and not shown.nodes:
        raise QueryError(f"The view {name!r} finds nothing of {' '.join(f'--{k} {v}' for k, v in given.items())}.")
    for node in shown.nodes if page_of else ():
        node.href = page_of(node.kind, node.iri) if page_of else ""
    found = lean(shown)
    for link in found["links"] if page_of is None else ():
        for fact in link.get("facts", ()):
            fact.pop("place", None)
    return {
        **found,
        "view": {
            **wanted.said,
            "rule": rule(wanted, limit / LIMIT),
            "name": name,
            "size": wanted.plan.size,
            "color": wanted.plan.color,
            "about": wanted.plan.about,
        },
        "title": _title(wanted, shown, named(store, wanted, given)),
        "totals": _totals(store),
        "kinds": [asdict(kind) for kind in kinds().values()],
        "scales": {name: [[t.color, t.dark] for t in scales()[name].values()] for name in ("year", "community")},
    }


def lean(value: Any) -> Any:
    """Return dataclasses as dictionaries without what is at its default, which the page's script knows.

    >>> from kg.page.model import Link
    >>> lean([Link(1, 2, "district")])
    [{'a': 1, 'b': 2, 'word': 'district'}]
    """
    if isinstance(value, list | tuple):
        return [lean(each) for each in value]
    if not is_dataclass(value):
        return value
    found = {}
    for each in fields(value):
        default = each.default_factory() if each.default_factory is not MISSING else each.default
        if (said := getattr(value, each.name)) != default:
            found[each.name] = lean(said)
    return found


def _triples(store: Store, wanted: View, sparql: str) -> tuple[Any, int]:
    """Return what a view constructs, with what checks find where it asks for it, and how many reports are left out."""
    if not wanted.plan.findings:
        return store.construct(sparql), 0
    from kg.page.findings import most, triples

    found, left = most([finding for finding in check(store) if not finding.focus.startswith("_:")])
    focuses = " ".join(sorted({f"<{finding.focus}>" for finding in found}))
    return chain(store.construct(sparql.replace(_FOCUS, f"VALUES ?focus {{ {focuses} }}")), triples(found)), left


def _title(wanted: View, shown: Picture, asked: list[dict[str, str]]) -> dict[str, str]:
    """Return the view's title, with the names of what was asked for, or of the one thing that it is about."""
    if not asked:
        kind = wanted.plan.about
        some = [node for node in shown.nodes if node.kind == (kind or "Report")]
        if some and (kind or (len(some) == 1 and not wanted.plan.tied)):
            most = max(some, key=lambda node: (node.reports, node.weight, node.iri))
            asked = [{"zh": most.label, "en": most.label_en or most.label}]
    said = wanted.said["title"]
    return {language: " · ".join([said[language], *(name[language] for name in asked)]) for language in said}


def _totals(store: Store) -> dict[str, int]:
    """Return how many things of each class the reports of the whole graph lead to, drawn or not."""
    _, rows = store.select(_TOTALS)
    return {str(kind.value): int(n.value) for kind, n in rows}  # type: ignore[union-attr]
