"""Views: queries/views/*.rq with their parameters bound -> a CONSTRUCT query, and the plan by which it is drawn.

A view begins with its header: `# id:`, and in both languages (-zh, -en) `title`, `nodes` (what a node is), `links`
(what a line is) and `rule` (what is left out of a large graph); then the fields of kg/page/plan.py, and `# param:`
lines and the lines `# name: …` of the query as a question has them (see kg/questions.py). There are two types more:
report for one, reports for some; a value is a text that their IRI, file name or label holds. A `LIMIT 40 # grows`
grows with the number of nodes that are wanted. What is said of each ?s stands in an OPTIONAL, which Oxigraph answers
one ?s after another; joined, it would read the whole graph into memory (of 1,000 reports, 230 MB).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import lru_cache

import pyoxigraph as ox

from kg import terms
from kg.bind import bind as bind_question
from kg.data import folder
from kg.errors import QueryError
from kg.page.plan import Plan, plan
from kg.questions import LITERALS, NAMES, Parameter, Question, header
from kg.resolve import CLASSES, resolve
from kg.store import Store

_GROWS = re.compile(r"LIMIT (\d+)(?= # grows)")
_REPORTS = ("report", "reports")
#: Reports that are offered where a text fits several.
_OFFERED = 5


@dataclass(frozen=True, slots=True)
class View:
    """A view of the catalogue. said: title, nodes, links and rule, each {"zh": …, "en": …}."""

    name: str
    said: Mapping[str, Mapping[str, str]]
    plan: Plan
    sparql: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)


def _parse(name: str, text: str) -> View:
    where = f"queries/views/{name}.rq"
    head, parameters = header(text, where, (*LITERALS, *NAMES, *_REPORTS))
    wanted = ("title", "nodes", "links", "rule")
    missing = [
        f"{word}-{language}" for word in wanted for language in ("zh", "en") if not head.get(f"{word}-{language}")
    ]
    if head.get("id") != name or missing:
        raise QueryError(f"{where}: the header lacks {', '.join(missing) or 'its own id'}.")
    for each in parameters:
        if len(re.findall(rf"^ *# {each}: .*UNDEF", text, re.MULTILINE)) != 1:
            raise QueryError(f"{where}: the parameter {each!r} is not in the query once.")
    said = {word: {language: head[f"{word}-{language}"] for language in ("zh", "en")} for word in wanted}
    return View(name, said, plan(head, where), text, parameters)


@lru_cache(maxsize=1)
def views() -> Mapping[str, View]:
    """Return all views by name."""
    files = sorted((f for f in folder("queries/views").iterdir() if f.name.endswith(".rq")), key=lambda f: f.name)
    return {(name := f.name.removesuffix(".rq")): _parse(name, f.read_text(encoding="utf-8")) for f in files}


def view(name: str) -> View:
    """Return the view of that name. Raise QueryError with the nearest one if there is none."""
    found = views().get(name)
    if found is None:
        near = get_close_matches(name, views(), 1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise QueryError(f"No view {name!r}.{hint} There are: {', '.join(views())}.")
    return found


def bind(store: Store, wanted: View, values: Mapping[str, str], grow: float = 1) -> str:
    """Return the view's SPARQL with its parameters bound. Raise QueryError for what cannot be bound.

    grow: by how much more than it says may be drawn, at each `LIMIT … # grows`.
    """
    for name in values:
        if name not in wanted.parameters:
            known = ", ".join(f"--{each}" for each in wanted.parameters)
            raise QueryError(f"{wanted.name} has no parameter --{name}. It takes: {known}.")
    sparql = _GROWS.sub(lambda m: f"LIMIT {max(1, round(int(m[1]) * grow))}", wanted.sparql)
    said, live, rest = wanted.said["title"], {}, dict(values)
    for name, parameter in wanted.parameters.items():
        if parameter.type in _REPORTS and name in rest:
            live[name] = " ".join(reports(store, rest.pop(name), one=parameter.type == "report"))
    others = {name: each for name, each in wanted.parameters.items() if each.type not in _REPORTS}
    asked = Question(wanted.name, 0, "", said["zh"], said["en"], "", 0, sparql, others)
    return replace(asked, sparql=bind_question(store, asked, rest)).with_lines(live)


def rule(wanted: View, grow: float = 1) -> dict[str, str]:
    """Return what a view says of what it leaves out, with the numbers that have grown."""
    numbers = {m[1]: str(max(1, round(int(m[1]) * grow))) for m in _GROWS.finditer(wanted.sparql)}
    said = wanted.said["rule"].items()
    return {language: re.sub(r"\d+", lambda m: numbers.get(m[0], m[0]), text) for language, text in said}


def named(store: Store, wanted: View, values: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the names of what the values stand for, but for reports: [{"zh": …, "en": …}]."""
    found = []
    for name, parameter in wanted.parameters.items():
        if name not in values or parameter.type in _REPORTS:
            continue
        text = values[name]
        names = {"zh": text, "en": text}
        if parameter.type in CLASSES:
            iri = ox.NamedNode(resolve(store, parameter.type, text, f"--{name} {text}"))
            _, rows = store.select(f"SELECT ?label {{ {iri} <{terms.LABEL}> ?label }} ORDER BY ?label")
            labels = [row[0] for row in rows if isinstance(row[0], ox.Literal)]
            zh = next((each.value for each in labels if each.language != "en"), text)
            names = {"zh": zh, "en": next((each.value for each in labels if each.language == "en"), zh)}
        found.append(names)
    return found


def reports(store: Store, text: str, one: bool) -> list[str]:
    """Return the reports whose IRI, file name or label holds a text, as SPARQL writes IRIs; one: but one may."""
    _, rows = store.select(f"""
        PREFIX fz: <{terms.ONT}> PREFIX rdfs: <{terms.RDFS}>
        SELECT DISTINCT ?report ?label ?name WHERE {{
          ?report a fz:Report ; rdfs:label ?label ; fz:fileName ?name
          FILTER(CONTAINS(CONCAT(STR(?report), "\\n", ?name, "\\n", ?label), {ox.Literal(text)}))
        }} ORDER BY ?label ?report""")
    if not rows:
        raise QueryError(f"--report: no report whose IRI, file name or label holds {text!r}.")
    if one and len(rows) > 1:
        names = [f"{label.value} ({name.value})" for _, label, name in rows[:_OFFERED]]  # type: ignore[union-attr]
        more = f" and {len(rows) - _OFFERED} more" if len(rows) > _OFFERED else ""
        raise QueryError(f"--report {text}: more than one report has this: {', '.join(names)}{more}. Say more of it.")
    return [str(row[0]) for row in rows]
