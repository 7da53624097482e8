"""The command line: parse arguments, call one verb, print. The only module that prints or exits.

Data goes to standard output, talk and progress to standard error. Exit status: 0 done; 1 done, but some files were set
aside or something was found; 2 the call could not be carried out.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import kg
from kg.errors import InputError, KgError, QueryError

if TYPE_CHECKING:
    from kg.model import Answer
    from kg.pipeline import Progress, Summary

#: How many files set aside are listed in full.
_LISTED = 20


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run kg and exit."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        status = run(arguments)
        sys.stdout.flush()
    except KgError as error:
        _tell(f"kg: {error}")
        status = 2
    except BrokenPipeError:  # the reader of our output has gone, as `kg … | head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    except KeyboardInterrupt:
        _tell("kg: stopped; what was there before is unchanged.")
        status = 2
    sys.exit(status)


def run(arguments: Sequence[str] | None = None) -> int:
    """Parse the arguments, run the verb, and return the exit status."""
    parser = _parser()
    known, rest = parser.parse_known_args(arguments)
    if rest and known.verb is not _ask:
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    known.rest = rest
    status: int = known.verb(known)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kg",
        description="Build and query a knowledge graph of 法治政府建设年度报告, China's annual reports on rule-of-law government.",
        epilog="`kg VERB --help` says more of each. Start with: kg build FOLDER; kg ask",
    )
    parser.add_argument("--version", action="version", version=f"kg {kg.__version__}")
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)

    def verb(name: str, function: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        sub = verbs.add_parser(name, help=text, description=text, allow_abbrev=False)
        sub.set_defaults(verb=function)
        return sub

    def graph(sub: argparse.ArgumentParser) -> None:
        sub.add_argument(
            "-g",
            "--graph",
            type=Path,
            default=Path("output"),
            metavar="FOLDER",
            help="the folder that kg build wrote (default: output)",
        )

    def formats(sub: argparse.ArgumentParser) -> None:
        sub.add_argument(
            "--format",
            choices=["table", "csv", "json", "markdown"],
            default="table",
            help="how rows are printed (default: table)",
        )

    sub = verb("build", _build, "Read reports and build their graph: a store, graph.ttl and graph.html.")
    sub.add_argument(
        "paths",
        nargs="*",
        type=Path,
        default=[Path("seeds")],
        metavar="PATH",
        help="reports, or folders of them (default: seeds)",
    )
    sub.add_argument(
        "-o", "--output", type=Path, default=Path("output"), metavar="FOLDER", help="where to write (default: output)"
    )

    sub = verb("extract", _extract, "Print what is found in reports, one JSON object a line.")
    sub.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="reports, or folders of them")

    sub = verb("ask", _ask, "Answer a question of the catalogue; without one, list them all.")
    sub.add_argument(
        "question", nargs="?", metavar="QUESTION", help="the question's name; its parameters follow as --name value"
    )
    sub.add_argument(
        "--evidence", action="store_true", help="print the facts behind each row: file, characters, sentence"
    )
    sub.add_argument(
        "--explain", action="store_true", help="print the SPARQL with its parameters bound, instead of asking it"
    )
    formats(sub)
    graph(sub)

    sub = verb("query", _query, "Answer a SPARQL query (SELECT or ASK).")
    sub.add_argument("sparql", metavar="SPARQL", help="the query, a file that holds it, or - for standard input")
    formats(sub)
    graph(sub)

    sub = verb("view", _view, "Draw a view of the graph as one HTML page; without a name, list them all.")
    sub.add_argument("view", nargs="?", metavar="VIEW", help="the view's name")
    sub.add_argument("--report", metavar="TEXT", help="only reports whose name or file holds this text")
    sub.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="where to write (default: VIEW.html in the graph's folder)"
    )
    graph(sub)

    sub = verb("export", _export, "Write the graph in the format of other tools.")
    sub.add_argument("--format", choices=["turtle", "nquads"], default="turtle", help="default: turtle")
    sub.add_argument("-o", "--output", type=Path, metavar="FILE", help="where to write (default: standard output)")
    graph(sub)

    sub = verb("check", _check, "Check the graph: SHACL shapes, and contradictions in the reports.")
    formats(sub)
    graph(sub)
    return parser


def _tell(text: str) -> None:
    from kg.table import plain

    print("\n".join(plain(line) for line in text.split("\n")), file=sys.stderr)


def _print(answer: "Answer", format: str) -> None:
    from kg.table import FORMATS, as_table

    if format == "table" and sys.stdout.isatty():
        sys.stdout.write(as_table(answer, os.get_terminal_size().columns))
    else:
        sys.stdout.write(FORMATS[format](answer))


def _build(args: argparse.Namespace) -> int:
    with _ProgressBar() as progress:
        summary = kg.build(args.paths, args.output, progress)
    _print_summary(summary, args.output)
    return 1 if summary.set_aside else 0


class _ProgressBar:
    """A bar on a terminal; nothing in a pipe or a log."""

    def __enter__(self) -> "Progress":
        if not sys.stderr.isatty():
            self._bar = None
            return lambda done, total, name: None
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._bar = bar = Progress(*columns, console=Console(stderr=True), transient=True)
        bar.start()
        task = bar.add_task("reading", total=None)
        return lambda done, total, name: bar.update(task, completed=done, total=total)

    def __exit__(self, *exception: object) -> None:
        if self._bar:
            self._bar.stop()


def _print_summary(summary: "Summary", output: Path) -> None:
    from kg.model import Answer

    headings = ("报告 report", "地区 district", "年度 year", "数据 metrics", "文件 instruments", "举措 initiatives")
    rows = tuple(
        (r.file, r.district or "—", r.year or "—", r.metrics, r.instruments, r.initiatives) for r in summary.reports
    )
    _print(Answer(headings, rows), "table")
    if summary.set_aside:
        _tell(f"\n{len(summary.set_aside)} files were set aside:")
        for item in summary.set_aside[:_LISTED]:
            _tell(f"  [{item.code}] {item.message}")
        if len(summary.set_aside) > _LISTED:
            _tell(f"  and {len(summary.set_aside) - _LISTED} more.")
    built, aside = len(summary.reports), len(summary.set_aside)
    _tell(
        f"\n{summary.files} files: {built} built, {aside} set aside. {summary.triples:,} triples in {summary.seconds:.1f} s."
    )
    for path in summary.outputs:
        _tell(f"  {path}")
    here = "" if output == Path("output") else f" -g {output}"
    _tell(f"Ask it: kg ask{here}. Look at it: open {output / 'graph.html'} in a browser.")


def _extract(args: argparse.Namespace) -> int:
    from kg.export import mentions
    from kg.pipeline import LeftOut, read_and_extract

    set_aside = built = 0
    for item in read_and_extract(args.paths):
        if isinstance(item, LeftOut):
            _tell(f"kg: {item.message}")
            set_aside += 1
            continue
        built += 1
        _, document, found = item
        for mention in mentions(document, found):
            sys.stdout.write(json.dumps(mention, ensure_ascii=False) + "\n")
    if not built:
        raise InputError("no file is a report.")
    return 1 if set_aside else 0


def _ask(args: argparse.Namespace) -> int:
    from kg.ask import bind, question, questions
    from kg.model import Answer

    values = _parameters(args.rest)
    if args.question is None:
        if values:
            raise QueryError("parameters, but no question. `kg ask` lists them all.")
        rows = tuple((q.name, q.zh, q.en, " ".join(f"--{p}" for p in q.parameters)) for q in questions().values())
        _print(
            Answer(("name", "zh", "en", "parameters"), rows, headings=("名称", "问题", "question", "参数")), args.format
        )
        return 0
    asked = question(args.question)
    store = kg.open(args.graph)
    sparql = bind(store, asked, values)
    if args.explain:
        sys.stdout.write(sparql)
        return 0
    if args.format == "table":
        _tell(f"{asked.zh}  {asked.en}")
    answer = kg.query(store, sparql, asked.headings)
    _print(answer, args.format)
    if args.evidence:
        found = kg.evidence(store, (fact for facts in answer.evidence for fact in facts))
        columns = ("file", "start", "end", "quote", "sentence")
        rows_ = tuple((e.file, e.start, e.end, e.quote, e.sentence) for e in found)
        _print(Answer(columns, rows_, headings=("文件", "起", "止", "引文", "句子")), args.format)
    return 0


def _parameters(rest: Sequence[str]) -> Mapping[str, str]:
    """Read --name value and --name=value."""
    values: dict[str, str] = {}
    words = list(rest)
    while words:
        word = words.pop(0)
        name, equals, value = word.removeprefix("--").partition("=")
        if not word.startswith("--") or not name or not (equals or words):
            raise QueryError(f"{word!r} cannot be read; parameters are given as --name value.")
        values[name] = value if equals else words.pop(0)
    return values


def _query(args: argparse.Namespace) -> int:
    sparql = args.sparql
    if sparql == "-":
        sparql = sys.stdin.read()
    elif not any(c in sparql for c in "{}\n"):
        try:
            sparql = Path(sparql).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            raise QueryError(f"{sparql!r} is neither SPARQL nor a file that holds it.") from None
    _print(kg.query(kg.open(args.graph), sparql), args.format)
    return 0


def _view(args: argparse.Namespace) -> int:
    from kg.draw import views
    from kg.model import Answer

    if args.view is None:
        _print(Answer(("name", "zh", "en"), tuple(views()), headings=("名称", "视图", "view")), "table")
        return 0
    page = kg.draw(kg.open(args.graph), args.view, args.report)
    output = args.output or args.graph / f"{args.view}.html"
    _write(output, [page.encode("utf-8")])
    return 0


def _export(args: argparse.Namespace) -> int:
    chunks = kg.export(kg.open(args.graph), args.format)
    if args.output:
        _write(args.output, chunks)
    else:
        sys.stdout.buffer.writelines(chunks)
    return 0


def _write(path: Path, chunks: "Sequence[bytes] | object") -> None:
    try:
        with path.open("wb") as stream:
            stream.writelines(chunks)  # type: ignore[arg-type]
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror}); give another file with -o.") from None
    _tell(f"{path}")


def _check(args: argparse.Namespace) -> int:
    from kg.model import Answer

    found = kg.check(kg.open(args.graph))
    rows = tuple((f.severity, f.check, f.message, f.focus, f.value) for f in found)
    headings = ("严重程度", "检查", "发现", "对象", "值")
    if rows or args.format != "table":
        _print(Answer(("severity", "check", "message", "focus", "value"), rows, headings=headings), args.format)
    _tell(
        f"{len(found)} findings."
        if found
        else "Nothing found: the graph keeps its shapes, and no check finds anything."
    )
    return 1 if found else 0
