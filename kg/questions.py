"""The catalogue: queries/answers/*.rq, each a question with its parameters and the SPARQL that answers it.

A file begins with its header: `# id:`, `# zh:`, `# en:`, `# group:`, `# number:` (of the forty questions), `# budget:`
(milliseconds on 10,000 reports), `# columns: name=heading …`, `# notes:`, `# chart: bars|lines|network x y …`, and
`# param: name type [= default] [e.g. example] | 中文 | English` for each parameter. In the query a line `# name: …`
holds what counts only where that parameter is given, at UNDEF its value; without such lines it runs as it is in any
SPARQL 1.1 engine. Lines `# evidence: …` make a column ?evidence where finding the facts behind a row costs time. A
`LIMIT … # most` cuts the answer to so many rows, `# most file` to those of so many files; it then says so.

How to be fast: a look-up of a triple takes ten times as long as one of a scan, so begin with the reports of the year,
join their facts with a sub-select of what the facts are, and look up only what the rows show. Oxigraph knows no
statistics: `LIMIT 1000000` cuts nothing, but says that a sub-select is the smallest part, from which to begin. At most
two patterns stand in an OPTIONAL, and nothing is joined by what an expression or an aggregate has computed. Virtuoso
asks for more: no division by zero (`IF(?x > 0, …, ?none)`, where ?none is never bound), no MINUS by what VALUES or BIND
has given, no text of more than 1,000 characters beside an ORDER BY, MIN and MAX of STR(?text) only, no
fz:containedIn* beside a GRAPH ?report that is joined with a sub-select. Where an OPTIONAL may have found nothing for
one row of a group, MAX(COALESCE(?amount, -1)) counts the others on any engine.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache

from kg.data import folder
from kg.errors import QueryError

#: Types of parameters: a literal; a name of something in the graph or the tables.
LITERALS = ("year", "number", "yesno", "text", "kind")
NAMES = ("place", "instrument", "initiative", "indicator")
#: The value by which a parameter with a default is not given at all.
ALL = "all"

_FIELD = re.compile(r"# (?P<key>[a-z-]+): *(?P<value>.*?) *")
_PARAM = re.compile(
    r"(?P<name>[a-z]+) (?P<type>[a-z]+)(?: = (?P<default>\S+))?(?: e\.g\. (?P<example>\S+))?"
    r" *\| *(?P<zh>[^|]+?) *\| *(?P<en>.+)"
)
_OPTIONAL = re.compile(r"^( *)# (\w+): (.*)$", re.MULTILINE)
_REQUIRED = frozenset(("id", "number", "group", "zh", "en", "budget", "columns", "notes"))


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a question. type: one of LITERALS and NAMES. example: a value to try where there is no default."""

    name: str
    type: str
    default: str | None
    example: str | None
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the catalogue. budget: milliseconds on 10,000 reports. chart: its kind and the columns it takes."""

    name: str
    number: int
    group: str
    zh: str
    en: str
    notes: str
    budget: int
    sparql: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    chart: tuple[str, ...] = ()

    def takes_several(self, name: str) -> bool:
        """Say whether the parameter of this name may have several values: they stand in VALUES only."""
        return all(
            "{ UNDEF }" in line[3] for line in _OPTIONAL.finditer(self.sparql) if line[2] == name and "UNDEF" in line[3]
        )

    def with_lines(self, live: Mapping[str, str]) -> str:
        """Return the SPARQL with the lines of these names live. live: name -> the term that stands at its UNDEF."""

        def line(match: re.Match[str]) -> str:
            name = match[2]
            return match[1] + match[3].replace("UNDEF", live[name]) if name in live else match.group()

        head, prefix, body = self.sparql.partition("\nPREFIX")
        return head + prefix + _OPTIONAL.sub(line, body)


def header(text: str, where: str, types: Collection[str]) -> tuple[dict[str, str], dict[str, Parameter]]:
    """Read the header of a query: its fields, and its parameters by name.

    types: those that a parameter may have. Raises QueryError for a parameter that cannot be read.
    """
    head, parameters = dict[str, str](), dict[str, Parameter]()
    for line in text.splitlines():
        match = _FIELD.fullmatch(line)
        if match is None:
            break
        if match["key"] != "param":
            head[match["key"]] = match["value"]
            continue
        found = _PARAM.fullmatch(match["value"])
        if found is None or found["type"] not in types:
            raise QueryError(f"{where}: the parameter {match['value']!r} cannot be read.")
        parameters[found["name"]] = Parameter(**found.groupdict())
    return head, parameters


def parse(name: str, text: str) -> Question:
    """Read one file of the catalogue. Raises QueryError for what is missing in it."""
    where = f"queries/answers/{name}.rq"
    head, parameters = header(text, where, (*LITERALS, *NAMES))
    missing = _REQUIRED - head.keys()
    if missing or head["id"] != name:
        raise QueryError(f"{where}: the header lacks {', '.join(sorted(missing)) or 'its own id'}.")
    lines = {found[2] for found in _OPTIONAL.finditer(text.partition("\nPREFIX")[2])}
    if wrong := (lines - {"evidence"}) ^ parameters.keys():
        raise QueryError(f"{where}: {', '.join(sorted(wrong))}: each parameter has a line of its name, and no other.")
    return Question(
        name, int(head["number"]), head["group"], head["zh"], head["en"], head["notes"], int(head["budget"]), text,
        parameters, dict(pair.split("=", 1) for pair in head["columns"].split()), tuple(head.get("chart", "").split()),
    )  # fmt: skip


@lru_cache(maxsize=1)
def questions() -> Mapping[str, Question]:
    """Return the catalogue: all questions by name, in the order of their numbers."""
    files = (file for file in folder("queries/answers").iterdir() if file.name.endswith(".rq"))
    found = [parse(file.name.removesuffix(".rq"), file.read_text(encoding="utf-8")) for file in files]
    return {q.name: q for q in sorted(found, key=lambda q: (q.number, q.name))}


def question(name: str) -> Question:
    """Return the question of that name. Raise QueryError with the nearest one if there is none."""
    found = questions().get(name)
    if found is None:
        near = get_close_matches(name, questions(), 1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise QueryError(f"No question {name!r}.{hint} `kg ask` lists them all.")
    return found
