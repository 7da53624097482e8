"""The verbs that ask: `kg ask` (the catalogue, or a question in plain Chinese) and `kg query` (SPARQL).

In: parsed arguments. Out: rows on standard output, what was understood and what to know of it on standard error.
"""

import argparse
import io
import json
import sys
from collections.abc import Callable, Mapping
from contextlib import closing, redirect_stdout
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from kg import table
from kg.ask import answer, evidence, near, query, remarks
from kg.bind import bind, bound, latest_of, years
from kg.cli import options
from kg.cli.show import show, tell
from kg.errors import InputError, QueryError
from kg.limits import Limited, QueryLimits
from kg.model import Answer
from kg.questions import ALL, Parameter, Question, question, questions

if TYPE_CHECKING:
    from kg.remote import Remote

#: Questions that look for faults: an empty answer is good news.
_FAULTS = frozenset(
    ("contradictions", "jumps", "missing-parts", "missing-reports", "parts-sum", "repealed-cited", "returning-problems",
     "silent-units", "who-omits", "without-figures")
)  # fmt: skip
#: The format of a file, by the end of its name.
_FORMATS = {".csv": "csv", ".json": "json", ".md": "markdown", ".txt": "table", ".xlsx": "xlsx"}


def ask_options(sub: options.Parser) -> None:
    """Add the options of `kg ask`."""
    text = "its name, with parameters as --name value; or in plain Chinese"
    sub.add_argument("question", nargs="?", metavar="QUESTION", help=text)
    sub.add_argument("--evidence", action="store_true", help="also print the facts behind the rows")
    sub.add_argument("--explain", action="store_true", help="print the SPARQL, parameters bound, and ask nothing")
    chart = "draw the answer into a file, .svg or .html, where it has a natural picture"
    sub.add_argument("--chart", type=Path, metavar="FILE", help=chart)
    _answer_options(sub)


def ask_sparql_options(sub: options.Parser) -> None:
    """Add the options of `kg query`."""
    sub.add_argument("sparql", metavar="SPARQL", help="the query, a file that holds it, or - for standard input")
    _answer_options(sub)


def _answer_options(sub: options.Parser) -> None:
    options.rows(sub, "xlsx")
    default = QueryLimits()
    sub.add_argument("--endpoint", metavar="URL", help="ask a SPARQL server that holds the graph, not the folder")
    options.most(
        sub,
        (
            ("--timeout", default.seconds, "the most seconds that a query may take"),
            ("--limit", default.rows, "the most rows that are given"),
            ("--memory", default.megabytes, "the most megabytes of memory that a query may take"),
        ),
    )
    options.file(sub, "where to write the rows, in the format of its name or of --format (default: standard output)")
    sub.set_defaults(format=None)
    options.graph(sub)


def ask(args: argparse.Namespace) -> int:
    """List the questions, or answer one."""
    if args.chart and args.output:
        raise InputError("--chart FILE or -o FILE is wanted, not both.")
    return _into_file(args, _ask)


def _into_file(args: argparse.Namespace, verb: Callable[[argparse.Namespace], int]) -> int:
    """Do what a verb does; what it prints goes to the file that is asked for."""
    suffix = args.output.suffix.lower() if args.output else ".txt"
    if args.format is None and suffix not in _FORMATS:
        raise InputError(f"{args.output}: give --format, or a file that ends in {', '.join(_FORMATS)}.")
    args.format = args.format or _FORMATS[suffix]
    if args.output is None or (args.format == "xlsx" and not getattr(args, "explain", False)):
        return verb(args)  # a spreadsheet is written where its rows are
    printed = io.StringIO(newline="")
    with redirect_stdout(printed):
        status = verb(args)
    _write(args.output, printed.getvalue().encode("utf-8"))
    return status


def _ask(args: argparse.Namespace) -> int:
    args.question, rest = options.in_order(args.question, args.rest, questions())
    values = options.parameters(rest)
    if args.question is None:
        if values:
            raise QueryError("parameters, but no question. `kg ask` lists them all.")
        _list_questions(args)
        return 0
    plain = any("\u4e00" <= c <= "\u9fff" for c in args.question)
    named = None if plain else question(args.question)
    with closing(_source(args)) as source:
        asked, values = (named, values) if named else _understood(source, args.question, values)
        sparql = bind(source, asked, values, args.evidence)
        if args.explain:
            sys.stdout.write(sparql)
            return 0
        tell(_asked(source, asked, values))
        _print(args, source, asked, values, answer(source, asked, sparql))
        for line in remarks(source):
            tell(line)
    return 0


def _understood(source: "Limited | Remote", text: str, given: Mapping[str, str]) -> tuple[Question, Mapping[str, str]]:
    """Return the question that a text asks, and its parameters with those given; say how it was understood."""
    from kg.asked import read  # here, since it reads all tables

    name, found, notes = read(source, text)
    values = {**found, **given}
    tell(f"Understood as: kg ask {name}" + "".join(f" --{key} {value}" for key, value in values.items()))
    for note in notes:
        tell(note)
    return question(name), values


def ask_sparql(args: argparse.Namespace) -> int:
    """Answer a SPARQL query given as text, as a file, or on standard input."""
    return _into_file(args, _ask_sparql)


def _ask_sparql(args: argparse.Namespace) -> int:
    sparql = args.sparql
    if sparql == "-":
        sparql = sys.stdin.read()
    elif not any(c in sparql for c in "{}\n"):
        try:
            sparql = Path(sparql).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            raise QueryError(f"{sparql!r} is neither SPARQL nor a file that holds it.") from None
    with closing(_source(args)) as source:
        found = query(source, sparql)
    _show(args, found)
    _say_cut(args, found)
    return 0


def _source(args: argparse.Namespace) -> "Limited | Remote":
    if args.endpoint:
        from kg.remote import Remote  # here, since few need a network, and its modules take 50 ms

        return Remote(args.endpoint, args.timeout, args.limit)
    source = Limited(args.graph, QueryLimits(args.timeout, args.limit, args.memory))
    source.begin()
    return source


def _asked(source: "Limited | Remote", asked: Question, values: Mapping[str, str]) -> str:
    """Return the question and the parameters with which it is asked, in words."""
    used = dict(_used(asked, values))
    if used.get("year") == "latest":
        used["year"] = f"latest ({', '.join(map(str, latest_of(source, asked, values)))})"
    if "place" in used:
        used["place"] = _namesake(source, used["place"])
    how = f"How it counts: kg ask {asked.name} --explain, at its top."
    return " ".join([asked.zh, asked.en, *(f"{name}={value}" for name, value in used.items())]) + f"\n{how}"


def _place(given: str) -> str:
    """Return places as given, with the name before each code that the tables know: 江苏省太仓市 (320585)."""
    if not any(c.isdecimal() for c in given):
        return given
    from kg.vocabulary import vocabulary  # here, since few give codes, and tables take 20 ms

    tables = vocabulary()
    known = {code: tables.places_by_code.get(code) for code in given.split(",")}
    return ",".join(f"{''.join(tables.path(found))} ({code})" if found else code for code, found in known.items())


def _namesake(source: "Limited | Remote", given: str) -> str:
    """Return places as `_place` does; of a name that many places have, which one the graph has, if it has one."""
    from kg.resolve import exactly  # here, since few questions name a place
    from kg.vocabulary import vocabulary  # here, since tables take 20 ms

    told = []
    for name in given.split(","):
        held = [*exactly(source, "place", name).values()] if not any(c.isdecimal() for c in name) else []
        many = vocabulary().namesakes(name) if len(held) == 1 else 0
        told.append(f"{name} (of {many} of this name the one in the graph: {held[0]})" if many > 1 else _place(name))
    return ",".join(told)


def _used(asked: Question, values: Mapping[str, str]) -> Mapping[str, str]:
    used = {p.name: values.get(p.name, p.default) for p in asked.parameters.values()}
    return {name: value for name, value in used.items() if value is not None}


def _print(
    args: argparse.Namespace, source: "Limited | Remote", asked: Question, values: Mapping[str, str], found: Answer
) -> None:
    if args.chart:
        from kg.cli.charting import draw  # here, since few draw

        used = {name: _place(value) if name == "place" else value for name, value in _used(asked, values).items()}
        if used.get("year") == "latest":
            used["year"] = "、".join(map(str, latest_of(source, asked, values)))
        _write(args.chart, draw(args.chart, source, asked, used, found))
    elif args.evidence:
        _show_evidence(args, source, found)
    else:
        _show(args, found)
    if not found.rows:
        _say_none(source, asked, values)
    if "most" in asked.parameters and found.cut and len(found.rows) < args.limit:
        tell(f"Cut: there may be more than these {len(found.rows):,} rows; see all with --most {ALL}.")
    else:
        _say_cut(args, found)


def _say_none(source: "Limited | Remote", asked: Question, values: Mapping[str, str]) -> None:
    """Say what an empty answer means, and which parameters would give rows."""
    used = _used(asked, values)
    if used.get("partial") == "no" and answer(source, asked, bind(source, asked, {**values, "partial": "yes"})).rows:
        tell("No rows: there are figures, but of part of the year only; ask for them with --partial yes.")
        return
    tell("No rows: none found." if asked.name in _FAULTS else "No rows: no report in the graph says so.")
    place = (given := bound(source, asked, values)).get("place", "")
    if "indicator" in given and (others := near(source, given["indicator"], place)):
        tell("Near to it there are: " + ", ".join(f"{label} (--indicator {id_})" for id_, label in others) + ".")
    if asked.parameters.get("year"):
        there = ", ".join(map(str, years(source, place))) or "no year"
        whose = f"Of {_place(values['place'])} the graph" if place else "The graph"
        more = "" if used.get("year", ALL) == ALL else f"; ask for all with --year {ALL}"
        tell(f"{whose} has reports of {there}{more}.")


def _say_cut(args: argparse.Namespace, found: Answer) -> None:
    if found.cut:
        tell(f"Cut: there are more than these {args.limit:,} rows; see more of them with --limit N.")


def _show(args: argparse.Namespace, found: Answer) -> None:
    if args.format != "xlsx":
        show(found, args.format)
    elif args.output is None and sys.stdout.isatty():
        raise InputError("a spreadsheet cannot be shown here; give a file: -o FILE.xlsx")
    else:
        _write(args.output, table.as_xlsx(found))


def _write(path: Path | None, data: bytes) -> None:
    if path is None:
        sys.stdout.buffer.write(data)
        return
    try:
        path.write_bytes(data)
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror}); give another file.") from None
    tell(f"{path}")


def _list_questions(args: argparse.Namespace) -> None:
    def takes(p: Parameter) -> str:
        return f"--{p.name}" + (f"={p.default}" if p.default else "")

    rows = tuple((q.name, q.zh, q.en, " ".join(map(takes, q.parameters.values()))) for q in questions().values())
    _show(args, Answer(("name", "zh", "en", "parameters"), rows, headings=("名称", "问题", "question", "参数")))


def _show_evidence(args: argparse.Namespace, source: "Limited | Remote", found: Answer) -> None:
    """Print an answer with the facts behind each row: in JSON inside the row, in a table of its own, else beside it."""
    places = {e.fact: e for e in evidence(source, (fact for facts in found.evidence for fact in facts))}
    standing = [(places[fact] for fact in facts if fact in places) for facts in found.evidence]
    behind = [sorted(each, key=lambda e: (e.file, e.start, e.end)) for each in standing]
    if args.format == "json":
        rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
        told = [row | {"evidence": [asdict(e) for e in each]} for row, each in zip(rows, behind, strict=True)]
        sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
        return
    columns = ("file", "start", "end", "quote", "sentence")
    headings = ("文件", "起", "止", "引文", "句子")
    cells = [(n, (e.file, e.start, e.end, e.quote, e.sentence)) for n, each in enumerate(behind, 1) for e in each]
    if args.format in ("csv", "xlsx"):
        joined = tuple((*found.rows[n - 1], *cell) for n, cell in cells)
        _show(args, Answer((*found.columns, *columns), joined, headings=(*found.headings, *headings)))
        return
    numbered = tuple((n, *row) for n, row in enumerate(found.rows, 1))
    show(Answer(("row", *found.columns), numbered, headings=("行", *found.headings)), args.format)
    sys.stdout.write("\n")
    show(Answer(("row", *columns), tuple((n, *cell) for n, cell in cells), headings=("行", *headings)), args.format)
