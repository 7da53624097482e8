"""Questions of the catalogue and SPARQL of a user's own -> Answer, and where facts stand.

In: a source of rows (a Store, or anything else with `select`), and what a user typed. Out: Answers, Evidence. The
catalogue itself is questions.py; how parameters are bound is bind.py.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import overload

import pyoxigraph as ox

from kg import terms
from kg.bind import bound
from kg.model import Answer, Evidence, Value
from kg.questions import Question, question
from kg.store import Row, Source, Term

_MOST = re.compile(r"LIMIT (\d+) # most(?: (\w+))?")


def _text(term: Term | None) -> str:
    return "" if term is None or isinstance(term, ox.Triple) else term.value


def value(term: Term | None) -> Value:
    """Return a term as a value of Python."""
    if not isinstance(term, ox.Literal):
        return _text(term) or None
    kind = term.datatype.value.removeprefix(terms.XSD)
    if kind == "boolean":
        return term.value in ("true", "1")
    if kind in ("integer", "decimal", "double", "float"):
        try:
            number = Decimal(term.value)
            return int(number) if number == number.to_integral_value() else float(number)
        except (ArithmeticError, ValueError):  # "abc"^^xsd:integer, INF: as it is written
            return term.value
    return term.value


def query(source: Source, sparql: str) -> Answer:
    """Answer a SPARQL query (SELECT or ASK) over the union of all graphs.

    Raises QueryError if the query is broken, makes a graph, or would leave the store.
    """
    columns, rows = source.select(sparql)
    return Answer(tuple(columns), tuple(tuple(map(value, row)) for row in rows), cut=source.cut)


def answer(source: Source, asked: Question, sparql: str) -> Answer:
    """Answer a question by its SPARQL with the parameters bound."""
    columns, rows = source.select(sparql)
    shown = [i for i, column in enumerate(columns) if column != "evidence"]
    facts: Iterable[tuple[str, ...]] = ()
    if "evidence" in columns:
        at = columns.index("evidence")
        facts = (tuple(sorted(set(_text(row[at]).split()))) for row in rows)
    return Answer(
        columns=tuple(columns[i] for i in shown),
        rows=tuple(tuple(value(row[i]) for i in shown) for row in rows),
        evidence=tuple(facts),
        headings=tuple(asked.headings.get(columns[i], columns[i]) for i in shown),
        cut=source.cut or _is_cut(sparql, columns, rows),
    )


def _is_cut(sparql: str, columns: Sequence[str], rows: Sequence[Row]) -> bool:
    """Say whether the question itself may have left rows out: `LIMIT 100 # most`, or `# most file`, of its values."""
    most = _MOST.search(sparql)
    if most is None:
        return False
    there = len({row[columns.index(most[2])] for row in rows}) if most[2] else len(rows)
    return there >= int(most[1])


class Behind(Sequence[tuple[str, ...]]):
    """The facts behind each row of an answer, asked for when they are first looked at, since finding them takes time.

    rows: those of the answer. again: asks for them once more, with their facts, in any order.
    """

    def __init__(self, rows: Sequence[tuple[Value, ...]], again: Callable[[], Answer]) -> None:
        self._rows, self._again = rows, again
        self._found: tuple[tuple[str, ...], ...] | None = None

    def _facts(self) -> tuple[tuple[str, ...], ...]:
        if self._found is None:
            there, found = defaultdict[tuple[Value, ...], list[tuple[str, ...]]](list), self._again()
            for row, facts in zip(reversed(found.rows), reversed(found.evidence), strict=True):
                there[row].append(facts)
            self._found = tuple(there[row].pop() if there[row] else () for row in self._rows)
        return self._found

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> tuple[str, ...]: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[tuple[str, ...], ...]: ...
    def __getitem__(self, at: int | slice) -> tuple[str, ...] | tuple[tuple[str, ...], ...]:
        return self._facts()[at]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._facts() == tuple(other)

    def __hash__(self) -> int:
        return hash(self._facts())

    def __repr__(self) -> str:
        return repr(self._facts())


def ask(source: Source, name: str, **values: str | int) -> Answer:
    """Answer a question of the catalogue (queries/answers/). values: its parameters, as a user would type them.

    Raises QueryError for an unknown question or parameter, and for a name that nothing or more than one thing has.
    """
    asked = question(name)
    live = bound(source, asked, {k: str(v) for k, v in values.items()})
    sparql, proven = asked.with_lines(live), asked.with_lines({**live, "evidence": ""})
    found = answer(source, asked, sparql)
    if proven == sparql:
        return found
    return replace(found, evidence=Behind(found.rows, lambda: answer(source, asked, proven)))


def uncounted(source: Source) -> int:
    """Return how many reports lack a year or a place, so that most questions cannot count them."""
    _, rows = source.select(f"""
        PREFIX fz: <{terms.ONT}>
        SELECT (COUNT(?report) AS ?n) WHERE {{
          {{ SELECT ?report WHERE {{ ?report a fz:Report }} }}
          MINUS {{
            {{ SELECT ?report WHERE {{ ?report fz:year ?year }} }}
            {{ SELECT ?report WHERE {{ ?report fz:district ?district }} }} }} }}""")
    return int(_text(rows[0][0]))


def again(source: Source) -> int:
    """Return how many reports are of a unit and a year that another report is of too, so that its rows stand twice."""
    _, rows = source.select(f"""
        PREFIX fz: <{terms.ONT}>
        SELECT (SUM(?more - 1) AS ?n) WHERE {{
          {{ SELECT ?who ?year (COUNT(?report) AS ?more) WHERE {{
              ?report fz:reporter ?who ; fz:year ?year }} GROUP BY ?who ?year }}
          FILTER(?more > 1) }}""")
    return int(_text(rows[0][0]) or 0) if rows else 0


def remarks(source: Source) -> Iterator[str]:
    """Yield lines on a graph of another ontology, and on reports that answers cannot count, or count beside another."""
    if made := foreign(source):
        yield f"The graph is of ontology {made}, the questions of another: build it again, or answers may be wrong."
    if lost := uncounted(source):
        are = "report without a year or a place is" if lost == 1 else "reports without a year or a place are"
        yield f"{lost:,} {are} in few answers; `kg ask units` names them."
    if twice := again(source):
        are = "report is a second one" if twice == 1 else "reports are further ones"
        yield f"{twice:,} {are} of a unit and a year: rows of both stand here; `kg check` says where they differ."


def near(source: Source, indicator: str, place: str = "") -> list[tuple[str, str]]:
    """Return the three indicators of a theme that most reports have results of: (id, label), the most first.

    indicator: a term, of whose theme they are; there are none where it has results itself. place: terms of places, of
    which or in which the reports are.
    """
    there = f"VALUES ?place {{ {place} }} ?report fz:district/fz:containedIn* ?place ." if place else ""
    _, rows = source.select(f"""
        PREFIX fz: <{terms.ONT}> PREFIX rdfs: <{terms.RDFS}>
        SELECT ?metric ?label (COUNT(DISTINCT ?report) AS ?n) WHERE {{
          {indicator} fz:theme ?theme .
          ?metric fz:theme ?theme ; a fz:Metric ; rdfs:label ?label .
          FILTER(LANG(?label) = "zh")
          {there}
          ?fact fz:report ?report ; fz:metric|fz:detail ?metric . FILTER NOT EXISTS {{ ?fact fz:uncounted ?aside }}
        }} GROUP BY ?metric ?label ORDER BY DESC(?n) ?metric""")
    if any(str(row[0]) == indicator for row in rows):
        return []
    return [(_text(row[0]).rpartition("/")[2], _text(row[1])) for row in rows[:3]]


def foreign(source: Source) -> str | None:
    """Return the version of the ontology of which a graph is, if it is not that of the questions, else None."""
    _, rows = source.select(f"SELECT ?version {{ <{terms.DATASET}> <{terms.BORROWED['conformsTo']}> ?version }}")
    versions = {_text(version).rpartition("/")[2] for (version,) in rows}
    return next((each for each in sorted(versions) if each != terms.ONTOLOGY_VERSION), None)


def evidence(source: Source, facts: Iterable[str]) -> list[Evidence]:
    """Return where facts stand, by file and position. facts: their IRIs, as in Answer.evidence."""
    wanted = " ".join(str(ox.NamedNode(fact)) for fact in sorted(set(facts)))
    _, rows = source.select(f"""
        PREFIX fz: <{terms.ONT}>
        SELECT DISTINCT ?fact ?file ?quote ?text WHERE {{
          VALUES ?fact {{ {wanted} }}
          ?fact fz:report/fz:fileName ?file ; fz:quote ?quote ; fz:sentence/fz:text ?text }}""")
    found = []
    for fact, file, quote, text in (tuple(map(_text, row)) for row in rows):
        start, end = terms.span(fact) or (0, 0)
        found.append(Evidence(fact, file, start, end, quote, text))
    return sorted(found, key=lambda each: (each.file, each.start, each.quote, each.fact))
