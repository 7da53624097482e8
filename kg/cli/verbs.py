"""The verbs: each takes the parsed arguments, prints, and returns the exit status."""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import kg
from kg import terms
from kg.ask import Parameter, answer, bind, question, questions, uncounted
from kg.check import places, sarif, triples
from kg.cli.reading import show_document
from kg.cli.show import show, tell
from kg.diff import diff as compare
from kg.draw import views
from kg.errors import InputError, QueryError, SetAside
from kg.explain import explain as explained
from kg.export import export_to, mentions
from kg.extract.reasons import reasons
from kg.model import Answer, Evidence, Finding, Value
from kg.pipeline import LeftOut, read_and_extract
from kg.read import Limits, read_each
from kg.store import Store
from kg.vocabulary import vocabulary


def limits(args: argparse.Namespace) -> Limits:
    """Return the limits that a call gives."""
    return Limits(args.max_bytes, args.max_unpacked, args.max_seconds, args.keep_all)


def read(args: argparse.Namespace) -> int:
    """Show how one file is read; an archive's files follow one another."""
    set_aside = 0
    for _, found in read_each(args.path, None, limits(args)):
        if isinstance(found, SetAside):
            tell(f"kg: {found}")
            set_aside += 1
        else:
            show_document(found, args.diff)
    return 1 if set_aside else 0


def extract(args: argparse.Namespace) -> int:
    """Print the mentions of every report as JSON Lines."""
    set_aside = built = 0
    for item in read_and_extract(args.paths, limits(args)):
        if isinstance(item, LeftOut):
            tell(f"kg: {item.message}")
            set_aside += 1
            continue
        built += 1
        _, document, found = item
        why = reasons(document, found, vocabulary()) if args.explain else None
        for mention in mentions(document, found):
            line = mention | {"why": next(why)} if why else mention
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    if not built:
        raise InputError("no file is a report.")
    return 1 if set_aside else 0


def ask(args: argparse.Namespace) -> int:
    """List the questions, or answer one."""
    args.question, rest = _in_order(args.question, args.rest)
    values = _parameters(rest)
    if args.question is None:
        if values:
            raise QueryError("parameters, but no question. `kg ask` lists them all.")
        _list_questions(args.format)
        return 0
    asked = question(args.question)
    store = kg.open(args.graph)
    sparql = bind(store, asked, values)
    if args.explain:
        sys.stdout.write(sparql)
        return 0
    used = {p.name: values.get(p.name, p.default) for p in asked.parameters.values()}
    tell(" ".join([asked.zh, asked.en, *(f"{name}={value}" for name, value in used.items() if value is not None)]))
    found = answer(store, asked, sparql)
    if args.evidence:
        _show_evidence(store, found, args.format)
    else:
        show(found, args.format)
    if not found.rows:
        tell("No rows: no report in the graph says so.")
    if lost := uncounted(store):
        tell(f"{lost} reports without a year or a place are in few answers; `kg ask units` names them.")
    return 0


def _list_questions(format: str) -> None:
    def takes(p: Parameter) -> str:
        return f"--{p.name}" + (f"={p.default}" if p.default else "")

    rows = tuple((q.name, q.zh, q.en, " ".join(map(takes, q.parameters.values()))) for q in questions().values())
    show(Answer(("name", "zh", "en", "parameters"), rows, headings=("名称", "问题", "question", "参数")), format)


def _in_order(first: str | None, rest: Sequence[str]) -> tuple[str | None, list[str]]:
    """Put the question first where it was given behind its parameters: argparse takes the first value for it."""
    if first is not None and first not in questions():
        for i, word in enumerate(rest):
            if word in questions() and rest[i - 1 : i] and rest[i - 1].startswith("--") and "=" not in rest[i - 1]:
                return word, [*rest[:i], first, *rest[i + 1 :]]
    return first, list(rest)


def _show_evidence(store: Store, found: Answer, format: str) -> None:
    """Print an answer with the facts behind each row: in JSON inside the row, in CSV beside it, else by row number."""
    places = {e.fact: e for e in kg.evidence(store, (fact for facts in found.evidence for fact in facts))}
    behind = [[places[fact] for fact in facts if fact in places] for facts in found.evidence]
    if format == "json":
        rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
        told = [row | {"evidence": [asdict(e) for e in each]} for row, each in zip(rows, behind, strict=True)]
        sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
        return
    columns = ("file", "start", "end", "quote", "sentence")
    headings = ("文件", "起", "止", "引文", "句子")
    told_rows = [(n, e) for n, each in enumerate(behind, 1) for e in each]
    cells = [(e.file, e.start, e.end, e.quote, e.sentence) for _, e in told_rows]
    if format == "csv":
        joined = tuple((*found.rows[n - 1], *cell) for (n, _), cell in zip(told_rows, cells, strict=True))
        show(Answer((*found.columns, *columns), joined), format)
        return
    numbered = tuple((n, *row) for n, row in enumerate(found.rows, 1))
    show(Answer(("row", *found.columns), numbered, headings=("行", *found.headings)), format)
    sys.stdout.write("\n")
    by_row = tuple((n, *cell) for (n, _), cell in zip(told_rows, cells, strict=True))
    show(Answer(("row", *columns), by_row, headings=("行", *headings)), format)


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


def query(args: argparse.Namespace) -> int:
    """Answer a SPARQL query given as text, as a file, or on standard input."""
    sparql = args.sparql
    if sparql == "-":
        sparql = sys.stdin.read()
    elif not any(c in sparql for c in "{}\n"):
        try:
            sparql = Path(sparql).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            raise QueryError(f"{sparql!r} is neither SPARQL nor a file that holds it.") from None
    show(kg.query(kg.open(args.graph), sparql), args.format)
    return 0


def view(args: argparse.Namespace) -> int:
    """List the views, or write one as a page."""
    if args.view is None:
        show(Answer(("name", "zh", "en"), tuple(views()), headings=("名称", "视图", "view")))
        return 0
    page = kg.draw(kg.open(args.graph), args.view, args.report)
    output = args.output or args.graph / f"{args.view}.html"
    _write(output, [page.encode("utf-8")])
    return 0


def export(args: argparse.Namespace) -> int:
    """Write the graph to standard output, a file or a folder."""
    store = kg.open(args.graph)
    if args.output:
        export_to(store, args.format, args.output)
        tell(f"{args.output}")
    else:
        sys.stdout.buffer.writelines(kg.export(store, args.format))
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
    nothing = "Nothing found: the graph keeps its shapes, and no check finds anything."
    tell(f"{len(found)} findings." if found else nothing)
    return 1 if found else 0


def _findings(store: Store, found: Sequence[Finding], brief: bool) -> Answer:
    """Return findings as rows with their evidence; brief: without what only a machine wants."""
    where = places(store, found)
    empty = Evidence("", "", 0, 0, "", "")
    rows: list[tuple[Value, ...]] = []
    for f in found:
        at = where.get(f.focus, empty)
        rows.append(
            (f.severity, f.check, f.message, f.value, at.file, at.quote, f.focus, at.start, at.end, at.sentence)
        )
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
    columns = ("report", "what", "kind", "fact", "field", "old", "new")
    rows = tuple((c.report, c.what, c.kind, c.fact.removeprefix(terms.BASE), c.field, c.old, c.new) for c in found)
    if rows or args.format != "table":
        show(Answer(columns, rows, headings=("报告", "变化", "种类", "事实", "属性", "原为", "今为")), args.format)
    tell(f"{len(found)} differences." if found else "No difference in any fact.")
    return 1 if found else 0
