"""How fast kg finds mentions, kind by kind, that its time grows with the length only, and what others take.

    python benchmarks/extracting.py            prints four tables

From Document to mentions, in CPU time on one core, for reports scaled to 10 KB; what was kept of the texts before is
dropped, so each is read as the first of its kind. The seeds are real reports; those of tests/quality/tuned hold six
times as many figures. Peers are measured where they are installed (pip install -e '.[peers]'), on the same texts; none
of them finds more than words or numbers.
"""

import importlib
import io
import pkgutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT)]

import kg.extract  # noqa: E402, F401
from kg.extract import denials, header, initiatives, instruments, metrics, points, sections  # noqa: E402
from kg.read import find_files, read  # noqa: E402
from kg.vocabulary import vocabulary  # noqa: E402

SETS = {"seeds": ROOT / "seeds", "tuned": ROOT / "tests" / "quality" / "tuned"}
KINDS = ("header", "sections", "instruments", "metrics", "initiatives", "points", "denials")
ROUNDS = 9
GOAL = 500
HOSTILE = (
    "1 3件 1, 1. “ ” “甲” ( ) 《 《甲》 , 、 的 共 无 + 1+ 其中3件, 分别1件 同比下降3% 2023年 1至2月 一、 一是 甲县 "
    "机制"
).split()

Texts = dict[str, list[str]]


def texts() -> Texts:
    """Return the texts of each set, as they are read."""
    files = {name: find_files([folder]) for name, folder in SETS.items()}
    return {name: [read(path).text for path, _ in found if path.suffix == ".txt"] for name, found in files.items()}


def ten_kilobytes(found: list[str]) -> float:
    """Return how many reports of 10 KB some texts amount to."""
    return sum(len(text.encode()) for text in found) / 10_000


def forget() -> None:
    """Drop what was kept of the texts read so far; what belongs to the tables is kept."""
    for module in pkgutil.iter_modules(sys.modules["kg.extract"].__path__):
        for kept in vars(importlib.import_module(f"kg.extract.{module.name}")).values():
            if hasattr(kept, "cache_clear") and (kept.cache_parameters()["maxsize"] or 0) > 100:
                kept.cache_clear()


def extract(text: str) -> list[float]:
    """Find all mentions of a text; return the CPU seconds of each kind."""
    tables, marks = vocabulary(), [time.process_time()]

    def timed(found: Any) -> Any:
        marks.append(time.process_time())
        return found

    head = timed(header.find(text, tables))
    outline = timed(sections.find(text))
    cited = timed(instruments.find(text, outline, head, tables))
    timed(metrics.find(text, outline, cited, head, tables))
    timed(initiatives.find(text, outline, cited, head, tables))
    timed(points.find(text, outline))
    timed(denials.find(text, outline, cited, tables))
    return [after - before for before, after in pairwise(marks)]


def seconds(text: str) -> list[float]:
    """Return the least CPU seconds that each kind takes, of some rounds."""
    rounds = []
    for _ in range(ROUNDS):
        forget()
        rounds.append(extract(text))
    return [min(column) for column in zip(*rounds, strict=True)]


def by_kind(found: Texts) -> Iterator[tuple[str, list[float]]]:
    """Yield for each kind its milliseconds a report, of each set."""
    columns = []
    for name in SETS:
        each = [seconds(text) for text in found[name]]
        columns.append([1000 * sum(kind) / ten_kilobytes(found[name]) for kind in zip(*each, strict=True)])
    yield from zip(KINDS, map(list, zip(*columns, strict=True)), strict=True)
    yield "all", [sum(column) for column in columns]


def figures(found: list[str]) -> float:
    """Return how many figures a report holds."""
    tables, count = vocabulary(), 0
    for text in found:
        head, outline = header.find(text, tables), sections.find(text)
        count += len(metrics.find(text, outline, instruments.find(text, outline, head, tables), head, tables))
    return count / ten_kilobytes(found)


def growth(found: Texts) -> Iterator[tuple[int, float]]:
    """Yield (times as long, milliseconds for each 10 KB), of texts one after the other."""
    whole = "\n".join(found["tuned"] * 2)
    for times in (1, 4, 16):
        text = whole[: 3_400 * times]
        yield times, 1000 * sum(seconds(text)) / ten_kilobytes([text])


def hostile() -> Iterator[tuple[str, list[float]]]:
    """Yield seconds for one line of the same signs, of three lengths."""
    for signs in HOSTILE:
        yield signs, [sum(extract(signs * (size // len(signs)))) for size in (5_000, 10_000, 20_000)]


def peers() -> Iterator[tuple[str, Callable[[str], object]]]:
    """Yield the peers that are installed; each does its work when asked for."""
    import jieba
    import jieba.posseg
    import rjieba

    jieba.setLogLevel("ERROR")
    yield "jieba.cut: words", lambda text: list(jieba.cut(text))
    yield "jieba.posseg: words and their classes", lambda text: list(jieba.posseg.cut(text))
    yield "rjieba: words", rjieba.Jieba().cut
    try:
        from recognizers_number import Culture, NumberRecognizer

        yield "Recognizers-Text: numbers", NumberRecognizer(Culture.Chinese).get_number_model().parse
    except ImportError:
        print("  Recognizers-Text is not installed, and left out.")
    try:
        with redirect_stdout(io.StringIO()):
            import jionlp
        yield "JioNLP: amounts of money", lambda text: jionlp.ner.extract_money(text)
        yield "JioNLP: times", lambda text: jionlp.ner.extract_time(text)
    except ImportError:
        print("  JioNLP is not installed, and left out.")


def main() -> None:
    found = texts()
    print(f"milliseconds a report     {''.join(f'{name:>10}' for name in SETS)}")
    for kind, row in by_kind(found):
        print(f"  {kind:24}" + "".join(f"{value:10.2f}" for value in row))
    print(f"  {f'reports a second, of {GOAL}':24}" + "".join(f"{1000 / value:10.0f}" for value in row))
    print(f"  {'figures a report':24}" + "".join(f"{figures(found[name]):10.0f}" for name in SETS))
    print("\nmilliseconds for each 10 KB of a text 1, 4, 16 times as long")
    print("  " + "".join(f"{value:9.2f}" for _, value in growth(found)))
    print("\nseconds for one line of         5,000   10,000   20,000 characters")
    for signs, times in hostile():
        print(f"  {signs!r:26}" + "".join(f"{value:9.3f}" for value in times))
    print("\npeers, on the seeds: milliseconds a report, and how many times what kg takes for all")
    for name, work in peers():
        with redirect_stderr(io.StringIO()):
            work(found["seeds"][0])
            begun = time.process_time()
            for text in found["seeds"]:
                work(text)
        spent = 1000 * (time.process_time() - begun) / ten_kilobytes(found["seeds"])
        print(f"  {name:40}{spent:9.2f}{spent / row[0]:9.2f}")


if __name__ == "__main__":
    main()
