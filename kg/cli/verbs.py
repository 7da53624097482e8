"""The verbs that ask a graph: each takes the parsed arguments, prints, and returns the exit status."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import kg
from kg import terms
from kg.check import places, sarif, triples
from kg.cli import options
from kg.cli.show import show, tell
from kg.diff import diff as compare
from kg.errors import InputError
from kg.explain import explain as explained
from kg.explain import label, short
from kg.export import FORMATS, TABLES, export_to, format_of
from kg.model import Answer, Evidence, Finding, Value
from kg.store import Store


def export_options(sub: options.Parser) -> None:
    """Add the options of `kg export`."""
    text = "default: that of the name of the file, else turtle"
    sub.add_argument("--format", choices=[*FORMATS, *TABLES], help=text)
    text = f"namespace of the data (default: {terms.BASE})"
    sub.add_argument("--base", default=terms.BASE, metavar="IRI", help=text)
    text = "a TOML file that says who publishes the data, under which licence and where (docs/EXPORTS.md)"
    sub.add_argument("--about", type=Path, metavar="FILE", help=text)
    options.file(sub, "where to write (default: standard output); csv and parquet make a folder")
    options.graph(sub)


def check_options(sub: options.Parser) -> None:
    """Add the options of `kg check`."""
    options.rows(sub, "sarif", "nquads")
    options.graph(sub)


def explain_options(sub: options.Parser) -> None:
    """Add the options of `kg explain`."""
    sub.add_argument("iri", metavar="IRI", help="whole or short: report:2af23e953ced/observation/561-565")
    options.graph(sub)


def diff_options(sub: options.Parser) -> None:
    """Add the options of `kg diff`."""
    for name in ("old", "new"):
        sub.add_argument(name, type=Path, metavar=name.upper(), help="a folder that kg build wrote")
    options.rows(sub)


def export(args: argparse.Namespace) -> int:
    """Write the graph to standard output, a file or a folder."""
    format = format_of(args.output, args.format) if args.output else args.format or "turtle"
    store = kg.open(args.graph)
    if args.output:
        export_to(store, format, args.output, args.base, args.about)
        tell(f"{args.output}")
    else:
        sys.stdout.buffer.writelines(kg.export(store, format, args.base, args.about))
    return 0


def _write(path: Path, chunks: Iterable[bytes]) -> None:
    try:
        with path.open("wb") as stream:
            stream.writelines(chunks)
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror}); give another file with -o.") from None
    tell(f"{path}")


def check(args: argparse.Namespace) -> int:
    """Print what the shapes and checks find."""
    store = kg.open(args.graph)
    found = kg.check(store)
    if args.format == "sarif":
        sys.stdout.write(sarif(store, found))
    elif args.format == "nquads":
        sys.stdout.buffer.write(triples(found))
    elif found or args.format != "table":
        show(_findings(store, found, brief=args.format == "table"), args.format)
    tell(_told(found, args.graph))
    return 1 if found else 0


def _told(found: Sequence[Finding], graph: Path) -> str:
    """Say how many findings there are, how grave, and how to see more of one."""
    if not found:
        return "Nothing found: the graph keeps its shapes, and no check finds anything."
    meant = {"violation": "the graph is at fault", "warning": "a report is at fault", "info": "worth a look"}
    count = Counter(finding.severity for finding in found)
    each = ", ".join(f"{count[name]:,} {name} ({text})" for name, text in meant.items() if count[name])
    here = "" if graph == Path("output") else f" -g {graph}"
    return f"{len(found):,} found: {each}. One with its sentence: kg explain {short(found[0].focus)}{here}"


def _findings(store: Store, found: Sequence[Finding], brief: bool) -> Answer:
    """Return findings as rows with their evidence; brief: without what only a machine wants."""
    where = places(store, found)
    rows: list[tuple[Value, ...]] = []
    for f in found:
        at = where.get(f.focus) or Evidence(f.focus, "", 0, 0, label(store, f.focus), "")
        focus = short(f.focus) if brief else f.focus
        rows.append((f.severity, f.check, f.message, f.value, at.file, at.quote, focus, at.start, at.end, at.sentence))
    columns = ("severity", "check", "message", "value", "file", "quote", "focus", "start", "end", "sentence")
    headings = ("严重程度", "检查", "发现", "值", "文件", "引文", "对象", "起", "止", "句子")
    shown = 7 if brief else len(columns)
    return Answer(columns[:shown], tuple(row[:shown] for row in rows), headings=headings[:shown])


def explain(args: argparse.Namespace) -> int:
    """Print what the graph says of a thing, and where a fact stands."""
    sys.stdout.write(explained(kg.open(args.graph), args.iri))
    return 0


def diff(args: argparse.Namespace) -> int:
    """Print what differs between two graphs."""
    found = list(compare(kg.open(args.old), kg.open(args.new)))
    columns = ("report", "what", "kind", "words", "field", "old", "new", "fact")
    rows = tuple(
        (c.report, c.what, c.kind, c.words, c.field, c.old, c.new, c.fact.removeprefix(terms.BASE)) for c in found
    )
    if rows or args.format != "table":
        headings = ("报告", "变化", "种类", "引文", "属性", "原为", "今为", "事实")
        show(Answer(columns, rows, headings=headings), args.format)
    count = Counter({c.fact: c.what for c in reversed(found)}.values())
    each = ", ".join(f"{count[what]} {what}" for what in ("added", "gone", "moved", "changed") if count[what])
    reports = len({c.report for c in found})
    tell(f"{len(found)} differences in {reports} reports: {each}." if found else "No difference in any fact.")
    return 1 if found else 0
