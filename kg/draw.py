"""A view of the graph as one HTML file that needs nothing else: no network, no other file, no server.

In: a store, and a view of queries/views/<name>.rq: a comment header (# id:, # title-zh:, # title-en:) and a CONSTRUCT.
What it constructs, in the ontology's terms, is what the page shows: things of a class of kg/page/classes.csv are nodes;
an Observation, Citation or Undertaking ties its report to what it is about, with its sentence as evidence; any other
triple between two nodes is a line. A view with `VALUES ?wanted { UNDEF }` takes the text that a report must hold.
"""

from __future__ import annotations

import csv
import json
import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import asdict
from hashlib import sha256
from html import escape
from importlib import resources
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.data import folder
from kg.errors import QueryError
from kg.terms import ONT

if TYPE_CHECKING:
    from kg.page.picture import Picture
    from kg.store import Store

_HEAD = re.compile(r"^# (id|title-zh|title-en): *(.+?) *$", re.MULTILINE)
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
_SLOT = "VALUES ?wanted { UNDEF }"
#: Nodes that a page holds at most; more cannot be told apart on a screen.
LIMIT = 500


def views() -> list[tuple[str, str, str]]:
    """Return all views: name, Chinese title, English title."""
    files = [path for path in folder("queries/views").iterdir() if path.name.endswith(".rq")]
    heads = [dict(_HEAD.findall(path.read_text(encoding="utf-8"))) for path in files]
    return sorted((head["id"], head["title-zh"], head["title-en"]) for head in heads)


def draw(store: Store, view: str = "overview", report: str | None = None, limit: int = LIMIT) -> str:
    """Return a view of the store as a page, to be written as UTF-8.

    report: draw only reports whose IRI, file name or label holds this text. limit: the most nodes to draw.
    Raise QueryError for a view that there is not, or for a report that is not found.
    """
    from kg.page.picture import picture

    titles = {name: {"zh": zh, "en": en} for name, zh, en in views()}
    if view not in titles:
        raise QueryError(f"No view {view!r}. There are: {', '.join(titles)}.")
    query = (folder("queries/views") / f"{view}.rq").read_text(encoding="utf-8")
    if report is not None:
        query = _wanted(query, view, report)
    shown = picture(store.construct(query), limit)
    if report is not None and not shown.nodes:
        raise QueryError(f"The view {view!r} finds no report whose IRI, file name or label holds {report!r}.")
    return _page({"title": _title(titles[view], shown), "totals": _totals(store), **asdict(shown)})


def _title(title: Mapping[str, str], shown: Picture) -> dict[str, str]:
    """Return the view's title; with the report's name, where the picture has but one."""
    reports = [node.label for node in shown.nodes if node.kind == "Report"]
    return {language: f"{text} · {reports[0]}" if len(reports) == 1 else text for language, text in title.items()}


def _wanted(query: str, view: str, text: str) -> str:
    from pyoxigraph import Literal

    if _SLOT not in query:
        raise QueryError(f"The view {view!r} takes no report.")
    return query.replace(_SLOT, f"VALUES ?wanted {{ {Literal(text)} }}")


def _totals(store: Store) -> dict[str, int]:
    """Return how many things of each class the reports of the whole graph lead to, drawn or not."""
    _, rows = store.select(_TOTALS)
    return {str(kind.value): int(n.value) for kind, n in rows}  # type: ignore[union-attr]


def _words() -> dict[str, dict[str, str]]:
    rows = csv.DictReader(StringIO(_part("words.csv")))
    return {row["word"]: {"zh": row["zh"], "en": row["en"]} for row in rows}


def _part(name: str) -> str:
    """Return a part of the page, with the same line ends on every machine."""
    return (resources.files("kg.page") / name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _vis() -> str:
    """Return vis-network as pyvis brings it, without importing pyvis, which takes its time."""
    spec = find_spec("pyvis")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        found = sorted(Path(place).glob("lib/vis-9*/vis-network.min.js"))
        if found:
            return found[-1].read_text(encoding="utf-8").replace("\r\n", "\n")
    raise QueryError("pyvis is not installed, or without vis-network. Install it: pip install 'pyvis>=0.3.2'")


def _data(value: Mapping[str, Any]) -> str:
    r"""Write JSON that cannot end the <script> it stands in, or open another tag.

    >>> print(_data({"a": "</script><!-- &amp;"}))
    {"a":"\u003c/script\u003e\u003c!-- \u0026amp;"}
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return re.sub("[<>&\u2028\u2029\x7f-\x9f]", lambda m: f"\\u{ord(m.group()):04x}", text)


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


def _page(data: Mapping[str, Any]) -> str:
    from kg.page.picture import kinds

    style, vis, script = (
        _part("page.css"),
        _vis(),
        "".join(_part(f"{name}.js") for name in ("picture", "panel", "tools")),
    )
    shown = {**data, "kinds": [asdict(kind) for kind in kinds().values()], "words": _words()}
    parts = {
        "policy": f"default-src 'none'; script-src {_hash(vis)} {_hash(script)}; style-src {_hash(style)};"
        " img-src data: blob:; base-uri 'none'; form-action 'none'",
        "title": escape(data["title"]["zh"]),
        "style": style,
        "data": _data(shown),
        "vis": vis,
        "script": script,
    }
    return re.sub(r"\{\{(\w+)\}\}", lambda m: parts[m.group(1)], _part("page.html"))
