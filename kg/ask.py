"""Questions: queries/answers/*.rq with their parameters bound -> Answer.

A query file begins with its header: `# id:`, `# zh:`, `# en:`, `# group:`, `# number:` (of the forty questions),
`# columns: name=heading …`, and `# param: name type [= default] | 中文 | English` for each parameter, which is bound at
its `VALUES ?name { UNDEF }`; that stands once, and unbound the query runs as it is in any SPARQL 1.1 engine.
A column ?evidence holds the IRIs of the facts behind a row; it is no column of the answer.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache

import pyoxigraph as ox

from kg import terms
from kg.data import folder
from kg.errors import QueryError
from kg.model import Answer, Evidence, Value
from kg.resolve import CLASSES, resolve, resolve_kind
from kg.store import Store, Term

_FIELD = re.compile(r"^# (?P<key>[a-z]+): *(?P<value>.*)$")
_PARAM = re.compile(r"(?P<name>\w+) (?P<type>\w+)(?: = (?P<default>\S+))? *\| *(?P<zh>[^|]+?) *\| *(?P<en>.+)")
#: What a parameter's type takes: a literal, or else the name of something of a class of CLASSES.
_LITERALS = ("year", "number", "kind")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a question. type: year, number, kind, place, instrument, initiative or indicator."""

    name: str
    type: str
    default: str | None
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the catalogue, with the SPARQL that answers it."""

    name: str
    number: int
    group: str
    zh: str
    en: str
    sparql: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)


def _parse(name: str, text: str) -> Question:
    head: dict[str, str] = {}
    parameters = {}
    for line in text.splitlines():
        match = _FIELD.match(line)
        if match is None:
            break
        if match["key"] != "param":
            head[match["key"]] = match["value"]
            continue
        found = _PARAM.fullmatch(match["value"])
        if found is None or found["type"] not in (*_LITERALS, *CLASSES):
            raise QueryError(f"queries/answers/{name}.rq: the parameter {match['value']!r} cannot be read.")
        if text.count(f"VALUES ?{found['name']} {{ UNDEF }}") != 1:
            raise QueryError(
                f"queries/answers/{name}.rq: `VALUES ?{found['name']} {{ UNDEF }}` has to stand in it once."
            )
        parameters[found["name"]] = Parameter(**found.groupdict())
    missing = {"id", "number", "group", "zh", "en"} - head.keys()
    if missing or head["id"] != name:
        raise QueryError(f"queries/answers/{name}.rq: the header lacks {', '.join(sorted(missing)) or 'its own id'}.")
    headings = dict(pair.split("=", 1) for pair in head.get("columns", "").split())
    return Question(name, int(head["number"]), head["group"], head["zh"], head["en"], text, parameters, headings)


@lru_cache(maxsize=1)
def questions() -> Mapping[str, Question]:
    """Return the catalogue: all questions by name, in the order of their numbers."""
    found = [
        _parse(file.name.removesuffix(".rq"), file.read_text(encoding="utf-8"))
        for file in folder("queries/answers").iterdir()
        if file.name.endswith(".rq")
    ]
    return {q.name: q for q in sorted(found, key=lambda q: (q.number, q.name))}


def question(name: str) -> Question:
    """Return the question of that name. Raise QueryError with the nearest one if there is none."""
    found = questions().get(name)
    if found is None:
        near = get_close_matches(name, questions(), 1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise QueryError(f"No question {name!r}.{hint} `kg ask` lists them all.")
    return found


def bind(store: Store, asked: Question, values: Mapping[str, str]) -> str:
    """Return the question's SPARQL with its parameters bound. Raise QueryError for what cannot be bound."""
    for name in values:
        if name not in asked.parameters:
            known = ", ".join(f"--{p}" for p in asked.parameters) or "none"
            raise QueryError(f"{asked.name} has no parameter --{name}. It takes: {known}.")
    sparql = asked.sparql
    for name, parameter in asked.parameters.items():
        value = values.get(name, parameter.default)
        if value is not None:
            sparql = sparql.replace(
                f"VALUES ?{name} {{ UNDEF }}", f"VALUES ?{name} {{ {_term(store, parameter, value)} }}"
            )
    return sparql


def _term(store: Store, parameter: Parameter, value: str) -> ox.Literal | ox.NamedNode:
    where = f"--{parameter.name} {value}"
    if parameter.type in CLASSES:
        return ox.NamedNode(resolve(store, parameter.type, value, where))
    if parameter.type == "kind":
        return ox.Literal(resolve_kind(store, value, where))
    if not re.fullmatch(r"20\d\d" if parameter.type == "year" else r"\d{1,12}", value):
        wanted = "a year such as 2023" if parameter.type == "year" else "a whole number"
        raise QueryError(f"{where}: {wanted} is wanted.")
    return ox.Literal(int(value))


def _text(term: Term | None) -> str:
    return "" if term is None or isinstance(term, ox.Triple) else term.value


def _value(term: Term | None) -> Value:
    if not isinstance(term, ox.Literal):
        return _text(term) or None
    kind = term.datatype.value.removeprefix(terms.XSD)
    if kind == "boolean":
        return term.value == "true"
    if kind in ("integer", "decimal", "double", "float"):
        try:
            number = Decimal(term.value)
            return int(number) if number == number.to_integral_value() else float(number)
        except (ArithmeticError, ValueError):  # "abc"^^xsd:integer, INF: as it is written
            return term.value
    return term.value


def query(store: Store, sparql: str) -> Answer:
    """Answer a SPARQL query (SELECT or ASK) over the union of all graphs.

    Raises QueryError if the query is broken, makes a graph, or would leave the store.
    """
    columns, rows = store.select(sparql)
    return Answer(tuple(columns), tuple(tuple(map(_value, row)) for row in rows))


def answer(store: Store, asked: Question, sparql: str) -> Answer:
    """Answer a question by its SPARQL with the parameters bound."""
    columns, rows = store.select(sparql)
    shown = [i for i, column in enumerate(columns) if column != "evidence"]
    facts: Iterable[tuple[str, ...]] = ()
    if "evidence" in columns:
        at = columns.index("evidence")
        facts = (tuple(sorted(set(_text(row[at]).split()))) for row in rows)
    return Answer(
        columns=tuple(columns[i] for i in shown),
        rows=tuple(tuple(_value(row[i]) for i in shown) for row in rows),
        evidence=tuple(facts),
        headings=tuple(asked.headings.get(columns[i], columns[i]) for i in shown),
    )


def ask(store: Store, name: str, **values: str | int) -> Answer:
    """Answer a question of the catalogue (queries/answers/). values: its parameters, as a user would type them.

    Raises QueryError for an unknown question or parameter, and for a name that nothing or more than one thing has.
    """
    asked = question(name)
    return answer(store, asked, bind(store, asked, {k: str(v) for k, v in values.items()}))


def uncounted(store: Store) -> int:
    """Return how many reports lack a year or a place, so that most questions cannot count them."""
    _, rows = store.select(f"""
        PREFIX fz: <{terms.ONT}>
        SELECT (COUNT(DISTINCT ?report) AS ?n) WHERE {{
          ?report a fz:Report
          FILTER(NOT EXISTS {{ ?report fz:year ?year }} || NOT EXISTS {{ ?report fz:district ?district }}) }}""")
    return int(_text(rows[0][0]))


def evidence(store: Store, facts: Iterable[str]) -> list[Evidence]:
    """Return where facts stand, by file and position. facts: their IRIs, as in Answer.evidence."""
    wanted = " ".join(str(ox.NamedNode(fact)) for fact in sorted(set(facts)))
    _, rows = store.select(f"""
        PREFIX fz: <{terms.ONT}>
        SELECT DISTINCT ?fact ?file ?start ?quote ?text WHERE {{
          VALUES ?fact {{ {wanted} }}
          ?fact fz:report/fz:fileName ?file ; fz:start ?start ; fz:quote ?quote .
          ?fact fz:sentence/fz:text ?text
        }} ORDER BY ?file ?start ?quote ?fact""")
    return [
        Evidence(_text(f), _text(file), int(_text(s)), int(_text(s)) + len(_text(q)), _text(q), _text(t))
        for f, file, s, q, t in rows
    ]
