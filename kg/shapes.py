"""The SHACL shapes of ontology/shapes.ttl as SPARQL, so that a store of any size is checked where it lies.

In: the shapes; of SHACL Core what they use: property shapes on a predicate, with the constraints of _CONSTRAINTS, where
sh:or is between datatypes. Out: for each constraint a Shape with a SELECT of ?focus and ?value that returns nothing if
the graph keeps it. A test compares the findings with pySHACL's.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg import terms
from kg.data import folder
from kg.errors import QueryError

SH = "http://www.w3.org/ns/shacl#"
_RDF_REST, _RDF_FIRST, _NIL = f"{terms.RDF}rest", f"{terms.RDF}first", f"{terms.RDF}nil"


@dataclass(frozen=True, slots=True)
class Shape:
    """One constraint on the values of one property of the things of one class."""

    name: str
    severity: str
    zh: str
    en: str
    sparql: str


def _each(pattern: str) -> Callable[[str, str, str], str]:
    """Return a maker of a query for values, one at a time, that the pattern finds wrong; § stands for the parameter."""

    def make(cls: str, path: str, wanted: str) -> str:
        where = pattern.replace("§", wanted)
        return f"SELECT DISTINCT ?focus (STR(?v) AS ?value) {{ ?focus a {cls} ; {path} ?v . {where} }}"

    return make


def _fewer(cls: str, path: str, least: str) -> str:
    if _number(least) == 1:
        return f'SELECT DISTINCT ?focus ("" AS ?value) {{ ?focus a {cls} . FILTER NOT EXISTS {{ ?focus {path} ?v }} }}'
    return (
        f'SELECT ?focus ("" AS ?value) {{ ?focus a {cls} OPTIONAL {{ ?focus {path} ?v }} }}'
        f" GROUP BY ?focus HAVING(COUNT(DISTINCT ?v) < {least})"
    )


def _more(cls: str, path: str, most: str) -> str:
    return (
        f'SELECT ?focus ("" AS ?value) {{ ?focus a {cls} ; {path} ?v }}'
        f" GROUP BY ?focus HAVING(COUNT(DISTINCT ?v) > {most})"
    )


def _one_a_language(cls: str, path: str, _: str) -> str:
    return (
        f'SELECT DISTINCT ?focus ("" AS ?value) {{ {{ SELECT ?focus ?language (COUNT(DISTINCT ?v) AS ?n)'
        f" {{ ?focus a {cls} ; {path} ?v . FILTER(LANG(?v) != '') }} GROUP BY ?focus (LANG(?v) AS ?language) }}"
        " FILTER(?n > 1) }"
    )


_CONSTRAINTS: Mapping[str, Callable[[str, str, str], str]] = {
    "minCount": _fewer,
    "maxCount": _more,
    "uniqueLang": _one_a_language,
    "datatype": _each("FILTER(!isLiteral(?v) || DATATYPE(?v) != §)"),
    "class": _each("FILTER NOT EXISTS { ?v a § }"),
    "in": _each("FILTER(?v NOT IN (§))"),
    "pattern": _each("FILTER(!REGEX(STR(?v), §))"),
    "minLength": _each("FILTER(STRLEN(STR(?v)) < §)"),
    "minInclusive": _each("FILTER(!COALESCE(?v >= §, false))"),
    "maxInclusive": _each("FILTER(!COALESCE(?v <= §, false))"),
    "minExclusive": _each("FILTER(!COALESCE(?v > §, false))"),
    "lessThan": _each("?focus § ?w . FILTER(!COALESCE(?v < ?w, false))"),
    "lessThanOrEquals": _each("?focus § ?w . FILTER(!COALESCE(?v <= ?w, false))"),
    "or": _each("FILTER(!isLiteral(?v) || DATATYPE(?v) NOT IN (§))"),
}
_BESIDE = {"path", "message", "severity"}


def _number(literal: str) -> int:
    return int(literal.split('"')[1])


def shapes() -> Iterator[Shape]:
    """Yield every constraint of ontology/shapes.ttl. Raise QueryError for one that is not understood."""
    graph = ox.Store()
    graph.load((folder("ontology") / "shapes.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)

    def values(subject: ox.NamedNode | ox.BlankNode, name: str) -> list[ox.NamedNode | ox.BlankNode | ox.Literal]:
        found = [quad.object for quad in graph.quads_for_pattern(subject, ox.NamedNode(name), None)]
        return sorted((term for term in found if not isinstance(term, ox.Triple)), key=str)

    def listed(head: ox.NamedNode | ox.BlankNode) -> Iterator[str]:
        """Yield the members of a list; of shapes that allow a datatype, the datatypes."""
        while str(head) != f"<{_NIL}>":
            member = values(head, _RDF_FIRST)[0]
            yield str(values(member, f"{SH}datatype")[0] if isinstance(member, ox.BlankNode) else member)
            head = values(head, _RDF_REST)[0]  # type: ignore[assignment]

    for quad in sorted(graph.quads_for_pattern(None, ox.NamedNode(f"{SH}targetClass"), None), key=str):
        node, cls = quad.subject, quad.object
        for shape in values(node, f"{SH}property"):  # type: ignore[arg-type]
            said = {
                q.predicate.value.removeprefix(SH): q.object
                for q in graph.quads_for_pattern(shape, None, None)  # type: ignore[arg-type]
            }
            if unknown := said.keys() - _CONSTRAINTS.keys() - _BESIDE:
                raise QueryError(f"ontology/shapes.ttl: sh:{min(unknown)} is not understood; see kg/shapes.py.")
            texts = {m.language: m.value for m in values(shape, f"{SH}message")}  # type: ignore[union-attr,arg-type]
            path = str(said["path"])
            severity = str(said.get("severity", "#Violation")).rpartition("#")[2].strip(">").lower()
            name = path.strip("<>").rpartition("#")[2]
            for constraint in sorted(said.keys() - _BESIDE):
                wanted = said[constraint]
                term = ", ".join(listed(wanted)) if constraint in ("in", "or") else str(wanted)  # type: ignore[arg-type]
                sparql = _CONSTRAINTS[constraint](str(cls), path, term)
                yield Shape(f"shape:{name}", severity, texts["zh"] or "", texts["en"] or "", sparql)
