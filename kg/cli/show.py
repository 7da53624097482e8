"""What the command line prints: rows, the summary of a build, messages, and the progress bar."""

import os
import sys
from pathlib import Path

from kg.model import Answer
from kg.pipeline import Progress, Summary
from kg.table import FORMATS, as_table, plain

#: How many files set aside are listed in full.
_LISTED = 20


def tell(text: str) -> None:
    """Say something to the person at the terminal, on standard error."""
    print("\n".join(plain(line) for line in text.split("\n")), file=sys.stderr)


def show(answer: Answer, format: str = "table") -> None:
    """Print rows on standard output; a table is as wide as the terminal, and not cut in a pipe."""
    if format == "table" and sys.stdout.isatty():
        sys.stdout.write(as_table(answer, os.get_terminal_size().columns))
    else:
        sys.stdout.write(FORMATS[format](answer))


def show_summary(summary: Summary, output: Path) -> None:
    """Print what a build found in each report, what it set aside and why, and where its outputs are."""
    headings = ("报告 report", "地区 district", "年度 year", "数据 metrics", "文件 instruments", "举措 initiatives")
    rows = tuple(
        (r.file, r.district or "—", r.year or "—", r.metrics, r.instruments, r.initiatives) for r in summary.reports
    )
    show(Answer(headings, rows))
    if summary.set_aside:
        tell(f"\n{len(summary.set_aside)} files were set aside:")
        for item in summary.set_aside[:_LISTED]:
            tell(f"  [{item.code}] {item.message}")
        if len(summary.set_aside) > _LISTED:
            tell(f"  and {len(summary.set_aside) - _LISTED} more.")
    built, aside = len(summary.reports), len(summary.set_aside)
    counts = f"{summary.files} files: {built} built, {aside} set aside."
    tell(f"\n{counts} {summary.triples:,} triples in {summary.seconds:.1f} s.")
    for path in summary.outputs:
        tell(f"  {path}")
    here = "" if output == Path("output") else f" -g {output}"
    tell(f"Ask it: kg ask{here}. Look at it: open {output / 'graph.html'} in a browser.")


class ProgressBar:
    """A bar on a terminal; nothing in a pipe or a log."""

    def __enter__(self) -> Progress:
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
