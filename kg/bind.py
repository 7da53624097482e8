"""Parameters as a user types them -> terms in the SPARQL of a question.

In: a source of rows, a Question, and values. Out: its SPARQL with the parameters bound, never pasted. Of years and
places there may be several: 2022,2023 or 2021-2023 or 2021- (up to the latest); 沙溪镇,璜泾镇. The latest year of a
place is that of its own reports. What a name means is resolve.py. A new type of parameter is a
line in `_term` and a word in questions.py.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

import pyoxigraph as ox

from kg import terms
from kg.errors import QueryError
from kg.questions import ALL, NAMES, Parameter, Question
from kg.resolve import resolve, resolve_kind
from kg.store import Source

#: Types of which a user may give several values.
SEVERAL = ("year", "place")
_YESNO = {"yes": True, "true": True, "是": True, "no": False, "false": False, "否": False}
_COMMA = re.compile("[,，、]")
_YEARS = re.compile(r"(20\d\d)?[-—~至到](20\d\d)?|(20\d\d)|(latest)")


def bind(source: Source, asked: Question, values: Mapping[str, str], evidence: bool = False) -> str:
    """Return the question's SPARQL with its parameters bound. Raise QueryError for what cannot be bound.

    evidence: with the facts behind each row, also where finding them costs time.
    """
    live = bound(source, asked, values)
    return asked.with_lines({**live, "evidence": ""} if evidence else live)


def bound(source: Source, asked: Question, values: Mapping[str, str]) -> Mapping[str, str]:
    """Return the parameters as terms of SPARQL, several with blanks between. Raise QueryError for what cannot be bound.

    A value of all leaves a parameter out, also one that has a default.
    """
    for name in values:
        if name not in asked.parameters:
            known = ", ".join(f"--{p}" for p in asked.parameters) or "none"
            raise QueryError(f"{asked.name} has no parameter --{name}. It takes: {known}.")
    live: dict[str, str] = {}
    for name, parameter in asked.parameters.items():
        given = values.get(name, parameter.default)
        if given is not None and (given != ALL or parameter.type == "yesno"):
            live[name] = _term(source, parameter, given, lambda: latest_of(source, asked, values))
            if " " in live[name] and parameter.type in SEVERAL and not asked.takes_several(name):
                raise QueryError(f"--{name} {given}: {asked.name} takes one {name} only.")
    return live


def _term(source: Source, parameter: Parameter, given: str, newest: Callable[[], Sequence[int]]) -> str:
    """Return what a user typed as terms of SPARQL. Raise QueryError for what is none of the parameter's type."""
    where = f"--{parameter.name} {given}"
    if parameter.type == "place":
        return " ".join(map(str, _places(source, given, where)))
    if parameter.type in NAMES:
        return str(ox.NamedNode(resolve(source, parameter.type, given, where)))
    if parameter.type == "kind":
        return str(ox.Literal(resolve_kind(source, given, where)))
    if parameter.type == "text":
        return str(ox.Literal(given))
    if parameter.type == "yesno":
        if given.lower() not in _YESNO:
            raise QueryError(f"{where}: yes or no is wanted.")
        return str(ox.Literal(_YESNO[given.lower()]))
    if parameter.type == "year":
        return " ".join(str(ox.Literal(year)) for year in _years(source, given, where, newest))
    if not re.fullmatch(r"\d{1,12}", given):
        raise QueryError(f"{where}: a whole number is wanted.")
    return str(int(given))


def _years(source: Source, given: str, where: str, newest: Callable[[], Sequence[int]]) -> list[int]:
    """Return the years that 2023, 2022,2023, 2021-2023, 2021- or latest names."""
    found = set[int]()
    for part in _COMMA.split(given):
        match = _YEARS.fullmatch(part.strip())
        if match is None or part.strip() == "-":
            raise QueryError(
                f"{where}: a year such as 2023 is wanted, from 2000 to 2099. Of several: 2021-2023, 2021- or 2021,2023."
            )
        first, last, one, now = match.groups()
        if one or now:
            found.update([int(one)] if one else newest())
        elif first and last:
            found.update(range(int(first), int(last) + 1))
        else:
            found.update(year for year in years(source) if int(first or 0) <= year <= int(last or year))
    if not found:
        raise QueryError(f"{where}: no such year; the graph has reports of {_listed(years(source))}.")
    return sorted(found)


def _listed(years: Iterable[int]) -> str:
    return ", ".join(map(str, years)) or "no year"


def _places(source: Source, given: str, where: str) -> list[ox.NamedNode]:
    """Return the places that names or codes with commas between mean, without those that lie in another of them."""
    names = [name.strip() for name in _COMMA.split(given)]
    single = len(names) == 1
    found = sorted({resolve(source, "place", name, where if single else f"--place {name}") for name in names})
    nodes = [ox.NamedNode(iri) for iri in found]
    if len(nodes) < 2:
        return nodes
    listed = " ".join(map(str, nodes))
    _, rows = source.select(f"""
        PREFIX fz: <{terms.ONT}>
        SELECT DISTINCT ?inner WHERE {{
          VALUES ?inner {{ {listed} }} ?inner fz:containedIn+ ?outer . VALUES ?outer {{ {listed} }} }}""")
    inner = {str(row[0]) for row in rows}
    return [node for node in nodes if str(node) not in inner]


def latest(source: Source) -> int:
    """Return the latest year that the graph has a report of. Raise QueryError where no report has a year."""
    _, rows = source.select(
        f"PREFIX fz: <{terms.ONT}> SELECT (MAX(?year) AS ?latest) WHERE {{ ?report fz:year ?year }}"
    )
    text = str(getattr(rows[0][0], "value", "")) if rows else ""
    if not text.isdecimal():
        raise QueryError("--year latest: no report in the graph has a year that is a number; give --year all.")
    return int(text)


def latest_of(source: Source, asked: Question, values: Mapping[str, str]) -> list[int]:
    """Return the latest year of each place that is asked of; that of the graph where none is, or none of them reports.

    Of a question that takes one year only, the latest of these.
    """
    given = values.get("place", ALL)
    if given == ALL:
        return [latest(source)]
    listed = " ".join(map(str, _places(source, given, f"--place {given}")))
    _, rows = source.select(f"""
        PREFIX fz: <{terms.ONT}>
        SELECT ?place (MAX(?year) AS ?latest) WHERE {{
          VALUES ?place {{ {listed} }}
          ?district fz:containedIn* ?place . ?report fz:district ?district ; fz:year ?year }} GROUP BY ?place""")
    texts = {str(getattr(row[1], "value", "")) for row in rows}
    found = sorted(int(text) for text in texts if text.isdecimal()) or [latest(source)]
    return found if asked.takes_several("year") else found[-1:]


def years(source: Source, places: str = "") -> list[int]:
    """Return the years that the graph has reports of; of these places only, if given as `bound` gives them."""
    within = f"VALUES ?place {{ {places} }} ?district fz:containedIn* ?place . ?report fz:district ?district ."
    _, rows = source.select(f"""
        PREFIX fz: <{terms.ONT}> SELECT DISTINCT ?year WHERE {{ {within if places else ""} ?report fz:year ?year }}""")
    return sorted(int(year) for year in (str(getattr(row[0], "value", "")) for row in rows) if year.isdecimal())
