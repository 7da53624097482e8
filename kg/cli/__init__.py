"""The command line: parse arguments, call one verb, print. The only room that prints or exits.

Data goes to standard output, talk and progress to standard error. Exit status: 0 done; 1 done, but some files were set
aside or something was found; 2 the call could not be carried out. A new verb is a function here in VERBS and in its
module, with another that adds its options; what it needs is imported only when it is called.
"""

import argparse
import gc
import os
import sys
from collections.abc import Collection, Sequence
from importlib import import_module
from typing import NamedTuple, NoReturn

import kg
from kg.cli.show import tell
from kg.errors import KgError


class Verb(NamedTuple):
    """A verb: the module and function that carry it out (its options: function_options), and what its help says, above
    and below the options."""

    module: str
    function: str
    text: str
    more: str = ""


VERBS = {
    "build": Verb("building", "build", "Read reports and build their graph: a store, graph.ttl and graph.html."),
    "read": Verb("reading", "read", "Show how one file is read: what its page says, repairs, cuts, the cleaned text."),
    "extract": Verb("reading", "extract", "Print what is found in reports, one JSON object a line."),
    "ask": Verb(
        "asking", "ask", "Answer a question of the catalogue, or one in plain Chinese; without one, list them all."
    ),
    "query": Verb("asking", "ask_sparql", "Answer a SPARQL query (SELECT or ASK)."),
    "view": Verb("drawing", "view", "Draw a view of the graph as one HTML page; without a name, list them all."),
    "export": Verb(
        "verbs",
        "export",
        "Write the graph in the format of other tools.",
        "turtle, nquads, trig, jsonld and rdfxml hold all of the graph; graphml and gexf, for networkx and Gephi, who"
        " is linked with whom; cube the figures as an RDF Data Cube; csv, parquet and xlsx tables of all facts with"
        " their sentences, and what each column means. Example: kg export -o facts.xlsx",
    ),
    "check": Verb(
        "verbs",
        "check",
        "Check the graph: SHACL shapes, and contradictions in the reports.",
        "A violation is a fault of the graph, a warning one of a report, info worth a look; nothing is changed. sarif"
        " is for editors and CI, nquads for loading findings beside the graph. Exit status: 0 nothing found, 1"
        " something.",
    ),
    "explain": Verb(
        "verbs",
        "explain",
        "Print what the graph says of an IRI; of a fact, its sentence with it marked.",
        "kg check, kg diff and kg ask --evidence --format json print IRIs of facts. (not said) marks what goes without"
        " saying.",
    ),
    "diff": Verb(
        "verbs",
        "diff",
        "Compare two graphs, fact by fact: what a new extraction changed.",
        "A fact that stands elsewhere in the same sentence is moved. Exit status: 0 no difference, 1 some.",
    ),
    "completion": Verb(
        "completion", "completion", "Print a script that lets the shell complete questions and their parameters."
    ),
    "load": Verb("building", "load", "Put the graph into a SPARQL server, by its Graph Store Protocol."),
}
#: Those that have a process answer, and what tells that it will not.
_ASKING, _ELSEWHERE = ("ask", "query"), ("-h", "--help", "--endpoint")
#: Those that take parameters of their own, as --name value.
_FREE = ("ask", "view")


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run kg and exit."""
    gc.set_threshold(100_000)  # little of what a command makes is garbage before it ends
    for stream, ends in ((sys.stdin, None), (sys.stdout, ""), (sys.stderr, None)):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline=ends)
    try:
        status = run(arguments)
        sys.stdout.flush()
    except KgError as error:
        tell(f"kg: {error}")
        status = 2
    except BrokenPipeError:  # the reader of our output has gone, as in `kg … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    except OSError as error:  # a full disk behind our standard output
        tell(f"kg: the output cannot be written ({error.strerror}).")
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 2
    except KeyboardInterrupt:
        tell("kg: stopped; what was there before is unchanged.")
        status = 2
    sys.exit(status)


def run(arguments: Sequence[str] | None = None) -> int:
    """Parse the arguments, run the verb, and return the exit status."""
    given = sys.argv[1:] if arguments is None else arguments
    called = next((word for word in given if not word.startswith("-")), "")
    if called in _ASKING and len(given) > 1 and not any(word.startswith(_ELSEWHERE) for word in given):
        from kg import ahead

        ahead.begin()
    parser = parser_of(VERBS if called == "completion" else (called,))
    known, rest = parser.parse_known_args(given)
    if rest and called not in _FREE:
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    known.rest, known.parser = rest, parser
    status: int = known.verb(known)
    return status


def parser_of(called: Collection[str]) -> argparse.ArgumentParser:
    """Return the parser, with the options of these verbs."""
    parser = argparse.ArgumentParser(
        prog="kg",
        description="Build and query a knowledge graph of 法治政府建设年度报告, "
        "China's annual reports on rule-of-law government.",
        epilog="`kg VERB --help` says more of each. Start with: kg build FOLDER; kg ask",
    )
    parser.add_argument("--version", action="version", version=f"kg {kg.__version__}")
    group = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    for name, (module, function, text, more) in VERBS.items():
        sub = group.add_parser(name, help=text, description=text, epilog=more or None, allow_abbrev=False)
        if name in called:
            room = import_module(f"kg.cli.{module}")
            sub.set_defaults(verb=getattr(room, function))
            getattr(room, f"{function}_options")(sub)
    return parser
