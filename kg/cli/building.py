"""The verbs that make a graph and put it elsewhere, and what they print: how far they are, and what they have done."""

import argparse
import json
import os
import sys
import time
from collections import Counter
from getpass import getpass
from pathlib import Path
from types import TracebackType

import kg
from kg.build.summary import Step
from kg.cli import options
from kg.cli.show import show, tell
from kg.errors import InputError
from kg.model import Answer
from kg.pipeline import How, Progress, Summary

#: How many files set aside, and how many reports, are listed in full.
_LISTED, _SHOWN = 20, 200
#: A line of a log comes every so many seconds.
_EVERY = 10.0
#: After so few no speed can be told.
_FEW = 9


def build_options(sub: options.Parser) -> None:
    """Add the options of `kg build`."""
    options.paths(sub, "*", "reports, or folders of them (default: seeds)")
    sub.set_defaults(paths=[Path("seeds")])
    options.limits(sub)
    options.file(sub, "where to write (default: output)", metavar="FOLDER", default=Path("output"))
    sub.add_argument(
        "--workers", type=options.positive(int), metavar="N", default=0, help="processes (default: the cores)"
    )
    sub.add_argument("--retry-failed", action="store_true", help="read again what was set aside the last time")
    text = "write graph.ttl and graph.html too (default: of up to 2,000 reports)"
    sub.add_argument("--files", action=argparse.BooleanOptionalAction, default=None, help=text)
    sub.add_argument("--json", action="store_true", help="print the summary as JSON")
    sub.add_argument("--engine", choices=["local", "dask"], default="local", help="who reads (default: this machine)")
    sub.add_argument("--scheduler", metavar="ADDRESS", default="", help="of a Dask cluster: tcp://host:8786")
    text = "a folder that all workers share, or an fsspec URL, for what reports give (default: in the output folder)"
    sub.add_argument("--shards", metavar="PLACE", default="", help=text)


def load_options(sub: options.Parser) -> None:
    """Add the options of `kg load`."""
    text = "the server's graph store, to which ?graph=IRI is added"
    sub.add_argument("--endpoint", required=True, metavar="URL", help=text)
    text = "who to be there; the password is taken from KG_PASSWORD, or asked for"
    sub.add_argument("--user", default="", metavar="NAME", help=text)
    sub.add_argument("--all", action="store_true", help="put every graph, whatever was put there before")
    sub.add_argument("--workers", type=options.positive(int), default=4, metavar="N", help="connections (default: 4)")
    options.graph(sub)


def build(args: argparse.Namespace) -> int:
    """Build the graph, and print what was found in each report."""
    how = How(args.workers, args.retry_failed, args.files, args.shards, args.scheduler if args.engine == "dask" else "")
    if (args.engine == "dask") != bool(args.scheduler):
        raise InputError("--engine dask and --scheduler ADDRESS go together; without them this machine reads.")
    try:
        with Telling() as progress:
            summary = kg.build(args.paths, args.output, progress, options.limits_of(args), how)
    except KeyboardInterrupt:
        tell("kg: stopped; the graph that was there is unchanged. The same command goes on from what is done.")
        sys.stderr.flush()
        os._exit(2)  # at once, whatever the store's own threads are at
    if args.json:
        sys.stdout.write(as_json(summary))
    else:
        show_summary(summary, args.output)
    return 1 if summary.set_aside else 0


def load(args: argparse.Namespace) -> int:
    """Put the graph into a server."""
    password = os.environ.get("KG_PASSWORD") or (getpass(f"Password of {args.user}: ") if args.user else "")
    done = kg.load(args.graph, args.endpoint, args.user, password, args.workers, LoadTelling(), args.all)
    tell(f"{done.put:,} graphs put, {done.same:,} there already, {done.deleted:,} deleted: {args.endpoint}")
    return 0


def show_summary(summary: Summary, output: Path) -> None:
    """Print what a build found in each report, what it set aside and why, and where its outputs are."""
    headings = ("报告 report", "地区 district", "年度 year", "数据 metrics", "文件 instruments", "举措 initiatives")
    rows = tuple(
        (r.file, r.district or "—", r.year or "—", r.metrics, r.instruments, r.initiatives)
        for r in summary.reports[:_SHOWN]
    )
    show(Answer(headings, rows))
    if len(summary.reports) > _SHOWN:
        tell(f"and {len(summary.reports) - _SHOWN:,} more reports.")
    if summary.set_aside:
        tell(f"\n{len(summary.set_aside):,} files were set aside (all in {output / 'set-aside.csv'}):")
        for item in summary.set_aside[:_LISTED]:
            tell(f"  [{item.code}] {item.message}")
        if len(summary.set_aside) > _LISTED:
            tell(f"  and {len(summary.set_aside) - _LISTED:,} more.")
    remarks = [f"  {report.file}: {remark}." for report in summary.reports for remark in report.remarks]
    if remarks:
        tell(f"\n{len(remarks):,} remarks on reports that are built:")
        for line in remarks[:_LISTED]:
            tell(line)
        if len(remarks) > _LISTED:
            tell(f"  and {len(remarks) - _LISTED:,} more.")
    built, aside = len(summary.reports), len(summary.set_aside)
    counts = f"{summary.files:,} files: {built:,} built, {aside:,} set aside."
    tell(f"\n{counts} {summary.read:,} had to be read; {summary.triples:,} triples in {summary.seconds:.1f} s.")
    for path in summary.outputs:
        tell(f"  {path}")
    here = "" if output == Path("output") else f" -g {output}"
    page = output / "graph.html"
    look = f"open {page} in a browser" if page in summary.outputs else f"kg view overview{here}"
    tell(f"Ask it: kg ask{here}. Look at it: {look}.")


def as_json(summary: Summary) -> str:
    """Return a summary for machines; what was set aside is counted by its code, and listed in set-aside.csv."""
    counted = Counter(item.code for item in summary.set_aside)
    told = {name: getattr(summary, name) for name in ("files", "read", "renewed", "triples", "seconds")}
    told |= {"built": len(summary.reports), "set_aside": dict(sorted(counted.items()))}
    told |= {"facts": sum(r.metrics + r.instruments + r.initiatives for r in summary.reports)}
    told |= {"remarks": sum(len(r.remarks) for r in summary.reports)}
    return json.dumps(told | {"outputs": [str(path) for path in summary.outputs]}, ensure_ascii=False, indent=1) + "\n"


class Telling:
    """Tells how far a build is: a bar on a terminal, a line every ten seconds in a log."""

    def __enter__(self) -> Progress:
        self._begun = self._said = time.monotonic()
        self._first: int | None = None
        self._stage, self._renewed, self._bar = "", False, None
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TextColumn

            columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[said]}"))
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._bar.start()
            self._task = self._bar.add_task("checking", total=None, said="")
        return self._tell

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._bar:
            self._bar.stop()

    def _tell(self, step: Step) -> None:
        if step.renewed and not self._renewed:
            self._renewed = True
            tell("Other extractors made what is here; all files are read again.")
        now = time.monotonic()
        if step.stage != self._stage:
            self._stage, self._first, self._begun = step.stage, step.done, now
        elif now - self._said < (0.1 if self._bar else _EVERY) and not (self._bar and step.done == step.total):
            return
        elif not self._bar:
            tell(f"{step.stage}: {_said(step, self._first or 0, now - self._begun)}")
        self._said = now if self._bar or now - self._said >= _EVERY else self._said
        if self._bar:
            said = _said(step, self._first or 0, now - self._begun)
            self._bar.update(
                self._task,
                description=step.stage,
                completed=step.done,
                total=step.total,
                said=said,
                refresh=True,  # else a short stage is never drawn
            )


class LoadTelling:
    """Says every ten seconds how far a load is."""

    def __init__(self) -> None:
        self._said = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        if time.monotonic() - self._said >= _EVERY:
            self._said = time.monotonic()
            tell(f"loading: {done:,} of {total:,} graphs")


def _said(step: Step, first: int, seconds: float) -> str:
    """Return how far a stage is, how fast, and how long it will take.

    >>> _said(Step("reading", 600, 1000, 12345), 100, 5.0)
    '600 of 1,000 files, 12,345 facts, 100 a second, 0:04 left'
    """
    speed = (step.done - first) / seconds if seconds > 0 else 0.0
    noun, facts = ("files", f"{step.facts:,} facts, ") if step.stage == "reading" else ("reports", "")
    left = round((step.total - step.done) / speed) if step.done - first > _FEW else None
    clock = "" if left is None else f", {speed:,.0f} a second, {left // 60}:{left % 60:02} left"
    return f"{step.done:,} of {step.total:,} {noun}, {facts}".rstrip(", ") + clock
