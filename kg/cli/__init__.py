"""The command line: parse arguments, call one verb, print. The only room that prints or exits.

Data goes to standard output, talk and progress to standard error. Exit status: 0 done; 1 done, but some files were set
aside or something was found; 2 the call could not be carried out. A new verb is a function in verbs.py and its
arguments here.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

import kg
from kg.cli import asking, building, drawing, verbs
from kg.cli.completion import SHELLS, options_of, script
from kg.cli.show import tell
from kg.draw import LIMIT, MOST
from kg.errors import KgError
from kg.export import FORMATS, TABLES
from kg.limits import QueryLimits
from kg.read import LIMITS
from kg.terms import BASE


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run kg and exit."""
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
    parser = _parser()
    known, rest = parser.parse_known_args(arguments)
    if rest and known.verb not in (asking.ask, drawing.view):
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    known.rest = rest
    status: int = known.verb(known)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kg",
        description="Build and query a knowledge graph of 法治政府建设年度报告, "
        "China's annual reports on rule-of-law government.",
        epilog="`kg VERB --help` says more of each. Start with: kg build FOLDER; kg ask",
    )
    parser.add_argument("--version", action="version", version=f"kg {kg.__version__}")
    group = parser.add_subparsers(title="verbs", metavar="VERB", required=True)

    def verb(name: str, function: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        sub = group.add_parser(name, help=text, description=text, allow_abbrev=False)
        sub.set_defaults(verb=function)
        return sub

    reports = verb("build", building.build, "Read reports and build their graph: a store, graph.ttl and graph.html.")
    reading = verb(
        "read", verbs.read, "Show how one file is read: what its page says, repairs, cuts, the cleaned text."
    )
    mentions = verb("extract", verbs.extract, "Print what is found in reports, one JSON object a line.")
    question = verb(
        "ask", asking.ask, "Answer a question of the catalogue, or one in plain Chinese; without one, list them all."
    )
    sparql = verb("query", asking.ask_sparql, "Answer a SPARQL query (SELECT or ASK).")
    view = verb("view", drawing.view, "Draw a view of the graph as one HTML page; without a name, list them all.")
    export = verb("export", verbs.export, "Write the graph in the format of other tools.")
    check = verb("check", verbs.check, "Check the graph: SHACL shapes, and contradictions in the reports.")

    thing = verb(
        "explain", verbs.explain, "Print what the graph says of an IRI; of a fact, its sentence with it marked."
    )
    changes = verb("diff", verbs.diff, "Compare two graphs, fact by fact: what a new extraction changed.")

    shell = verb("completion", _complete, "Print a script that lets the shell complete questions and their parameters.")
    shell.add_argument("shell", choices=SHELLS, help="put it into the file where your shell reads such scripts")
    server = verb("load", building.load, "Put the graph into a SPARQL server, by its Graph Store Protocol.")

    _paths(reports, "*", "reports, or folders of them (default: seeds)")
    _paths(mentions, "+", "reports, or folders of them")
    mentions.add_argument("--explain", action="store_true", help="also say why each field is what it is")
    reports.set_defaults(paths=[Path("seeds")])
    reading.add_argument("path", type=Path, metavar="FILE", help="a report, or an archive of reports")
    reading.add_argument(
        "--diff", action="store_true", help="show line by line what was received and what became of it"
    )
    for sub in (reports, reading, mentions):
        _limits(sub)
    _file(reports, "where to write (default: output)", metavar="FOLDER", default=Path("output"))
    _building(reports)

    question.add_argument(
        "question",
        nargs="?",
        metavar="QUESTION",
        help="its name, with parameters as --name value; or in plain Chinese",
    )
    question.add_argument("--evidence", action="store_true", help="also print the facts behind the rows")
    question.add_argument("--explain", action="store_true", help="print the SPARQL, parameters bound, and ask nothing")
    chart = "draw the answer into a file, .svg or .html, where it has a natural picture"
    question.add_argument("--chart", type=Path, metavar="FILE", help=chart)
    sparql.add_argument("sparql", metavar="SPARQL", help="the query, a file that holds it, or - for standard input")
    view.add_argument("view", nargs="?", metavar="VIEW", help="its name; parameters follow as --name value")
    view.add_argument("--all", action="store_true", help="write a site: all views, answers, reports, places, laws")
    view.add_argument(
        "--limit", type=int, metavar="N", default=LIMIT, help=f"nodes at most, up to {MOST} (default: {LIMIT})"
    )
    _file(view, "where to write (default: VIEW.html, with --all the folder site, in the graph's folder)")
    export.add_argument("--format", choices=[*FORMATS, *TABLES], default="turtle", help="default: turtle")
    export.add_argument("--base", default=BASE, metavar="IRI", help=f"namespace of the data (default: {BASE})")
    _file(export, "where to write (default: standard output); csv and parquet make a folder")

    thing.add_argument("iri", metavar="IRI", help="whole or short: report:2af23e953ced/observation/561-565")
    for name in ("old", "new"):
        changes.add_argument(name, type=Path, metavar=name.upper(), help="a folder that kg build wrote")

    for sub in (question, sparql, check, changes):
        rows = ["table", "csv", "json", "markdown", *(["sarif", "nquads"] if sub is check else [])]
        rows += ["xlsx"] if sub in (question, sparql) else []
        sub.add_argument("--format", choices=rows, default="table", help="how rows are printed (default: table)")
    text = "the server's graph store, to which ?graph=IRI is added"
    server.add_argument("--endpoint", required=True, metavar="URL", help=text)
    text = "who to be there; the password is taken from KG_PASSWORD, or asked for"
    server.add_argument("--user", default="", metavar="NAME", help=text)
    server.add_argument("--all", action="store_true", help="put every graph, whatever was put there before")
    server.add_argument("--workers", type=_positive(int), default=4, metavar="N", help="connections (default: 4)")
    for sub in (question, sparql):
        _query_limits(sub)
        _file(sub, "where to write a spreadsheet (default: standard output)")
    for sub in (question, sparql, view, export, check, thing, server):
        text = "the folder that kg build wrote (default: output)"
        sub.add_argument("-g", "--graph", type=Path, default=Path("output"), metavar="FOLDER", help=text)
    return parser


def _complete(args: argparse.Namespace) -> int:
    sys.stdout.write(script(args.shell, options_of(_parser())))
    return 0


def _paths(sub: argparse.ArgumentParser, number: str, text: str) -> None:
    sub.add_argument("paths", nargs=number, type=Path, metavar="PATH", help=text)


def _building(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--workers", type=_positive(int), metavar="N", default=0, help="processes (default: the cores)")
    sub.add_argument("--retry-failed", action="store_true", help="read again what was set aside the last time")
    text = "write graph.ttl and graph.html too (default: of up to 2,000 reports)"
    sub.add_argument("--files", action=argparse.BooleanOptionalAction, default=None, help=text)
    sub.add_argument("--json", action="store_true", help="print the summary as JSON")
    sub.add_argument("--engine", choices=["local", "dask"], default="local", help="who reads (default: this machine)")
    sub.add_argument("--scheduler", metavar="ADDRESS", default="", help="of a Dask cluster: tcp://host:8786")
    text = "a folder that all workers share, or an fsspec URL, for what reports give (default: in the output folder)"
    sub.add_argument("--shards", metavar="PLACE", default="", help=text)


def _limits(sub: argparse.ArgumentParser) -> None:
    default = LIMITS
    sub.add_argument("--keep-all", action="store_true", help="take every text as a report, whatever its genre")
    for name, value, text in (
        ("--max-bytes", default.max_bytes, "the most bytes of one file"),
        ("--max-unpacked", default.max_unpacked, "the most bytes that an archive may unpack to"),
        ("--max-seconds", default.seconds, "the longest that reading one file may take"),
    ):
        sub.add_argument(
            name, type=_positive(type(value)), metavar="N", default=value, help=f"{text} (default: {value:,})"
        )


def _query_limits(sub: argparse.ArgumentParser) -> None:
    default = QueryLimits()
    sub.add_argument("--endpoint", metavar="URL", help="ask a SPARQL server that holds the graph, not the folder")
    for name, value, text in (
        ("--timeout", default.seconds, "the most seconds that a query may take"),
        ("--limit", default.rows, "the most rows that are given"),
        ("--memory", default.megabytes, "the most megabytes of memory that a query may take"),
    ):
        sub.add_argument(
            name, type=_positive(type(value)), metavar="N", default=value, help=f"{text} (default: {value:,})"
        )


def _positive(kind: type) -> Callable[[str], float]:
    def number(text: str) -> float:
        value: float = kind(text)
        if value <= 0:
            raise ValueError
        return value

    return number


def _file(sub: argparse.ArgumentParser, text: str, metavar: str = "FILE", default: Path | None = None) -> None:
    sub.add_argument("-o", "--output", type=Path, metavar=metavar, default=default, help=text)
