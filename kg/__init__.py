"""kg: a knowledge graph of China's annual reports on rule-of-law government (法治政府建设年度报告).

    read ─> extract ─> graph ─> store ─> ask · draw · export · check · explain · diff

    read/          a file of any format -> Document: text as received, text repaired, the alignment between them
    extract/       Document -> mentions: header, sections, metrics, instruments, initiatives, points, denials
    graph/         mentions -> triples, one named graph a report, and one of what reports share
    store.py       the embedded SPARQL store, which fill.py fills; versions.py: which store is in force, and locks
    questions.py   the catalogue, queries/answers/; ask.py: a question -> Answer; bind.py: its parameters, resolve.py:
                   what a user names
    asked.py       a question in plain Chinese -> one of the catalogue; named.py, when.py: what it names; cues.py: its
                   words
    charts.py      an Answer -> a picture
    limits.py      queries from outside, in a process of their own (worker.py, begun by ahead.py); remote.py: a server
                   elsewhere; results.py: what both answer
    opened.py      the graph from Python: questions as methods
    views.py       views of queries/views/ with their parameters bound
    draw.py        a view -> one self-contained HTML page (page/ holds its parts)
    site/          all views, answers, reports, places, laws and initiatives -> pages that open without a server
    export.py      the graph for other tools (formats/: one module a format)
    check/         shapes/ and queries/checks/ -> findings
    explain.py     an IRI -> what is said of it, and its sentence; diff.py: what a new extraction changed
    load.py        the graph -> a SPARQL server elsewhere, by its Graph Store Protocol
    pipeline.py    the order of the rooms: build(); build/: its stages, and what they keep so as to go on
    cli/           the command line
    vocabulary.py  tables/*.csv; data.py: how they are read; divisions.py: the longest, places; terms/: IRIs;
                   quantity.py: bounds and units
    text.py        characters and numerals; table.py: answers as text
    model/         the nouns; errors.py: what a user can put right

As a library, the verbs of the command line are functions:

    import kg
    kg.build(["seeds"], "output")
    store = kg.open("output")
    answer = store.ask("most-cited", kind="law")
    print(answer.rows, store.evidence(answer.evidence[0]))

Where a verb has the name of its room (ask, build, check, draw, export, extract, load, read), `kg.ask` is the function;
import what else the room holds with `from kg.ask import …`.
"""

import sys
from functools import partial
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.ask import ask, evidence, query
    from kg.check import check
    from kg.draw import draw
    from kg.export import export
    from kg.extract import extract
    from kg.load import load
    from kg.opened import open
    from kg.pipeline import build
    from kg.read import read

__version__ = "0.1.0"
__all__ = ["ask", "build", "check", "draw", "evidence", "export", "extract", "load", "open", "query", "read"]

#: In which room each verb is.
_ROOMS = dict(zip(__all__, "ask pipeline check draw ask export extract load opened ask read".split(), strict=True))


class _Package(ModuleType):
    """This package, whose verbs are imported when they are first asked for: starting takes 0.2 s less.

    They are properties of its class, since importing the room kg.ask sets an attribute of the package to the room.
    """


def _verb(name: str, _: ModuleType) -> Any:
    return getattr(import_module(f"kg.{_ROOMS[name]}"), name)


for _name in __all__:
    setattr(_Package, _name, property(partial(_verb, _name), lambda *_: None))
sys.modules[__name__].__class__ = _Package
