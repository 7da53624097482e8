"""How fast kg reads files, how much it keeps of pages, and that no line makes it slow.

    python benchmarks/reading.py            prints three tables

Speed is on one core, from bytes to Document, reports of 10 KB. Pages are a made-up report as sites of
many kinds show it (tests/reports/pages.py); kept is the share of the report's lines that the text has, below its title;
cut the share of what stands around it that the text has not; whole, of how many pages all lines are kept. trafilatura
is measured beside kg where it is installed (pip install 'kg-fazhi[peers]').
"""

import sys
import time
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT)]

from kg.read import LIMITS, _document, html, read_text  # noqa: E402
from kg.read.scripts import simplify  # noqa: E402
from tests.reports import made, pages  # noqa: E402

SECONDS = 2.0
HOSTILE = (
    "1",
    " ",
    "(",
    "“",
    "《",
    "?",
    "一、",
    "(一)",
    "、,",
    "?。ㄒ唬",
    "法 治 ",
    "- 1 -\n",
    "来源:",
    "首页>",
    "规(guī)",
    "Ã",
    "?Ｈ嫱",
    "&amp;",
    "](",
    "法(fa)",
    "开云体育app",
    "《法!",
    "答:\n",
    "2024-01-01来源:",
    "ㄖ谓ㄉ",
    "法治αㄖ谓",
    "完成12件",
    "<p ",
    "</p>",
    "\\n",
    "\uf06e\n",
    "[第1页]\n公报\n",
    "Page 1 of 9",
    "—精品",
    "\n1\n",
    "索引号 日期 ",
)


def rate(work: Callable[[], object]) -> float:
    """Return how often a second work can be done: the best of ten rounds."""
    work()
    best, rounds = 0.0, 10
    for _ in range(rounds):
        count, begun = 0, time.perf_counter()
        while time.perf_counter() - begun < SECONDS / rounds:
            work()
            count += 1
        best = max(best, count / (time.perf_counter() - begun))
    return best


def ten_kilobytes() -> str:
    work = "".join(made.BODY[i].partition("。")[2] for i in (2, 3)) * 3
    chapter = "\n".join(
        (made.BODY[1], f"(一)健全工作机制。{work}", f"(二)规范行政执法。{work}", f"(三)加强宣传教育。{work}")
    )
    text = "\n".join((made.TITLE, made.BODY[0], *[chapter] * 9))
    return text.encode()[:9_900].decode("utf-8", "ignore") + "\n" + "\n".join(made.BODY[8:])


def traditional(text: str) -> str:
    from opencc import OpenCC

    converted: str = OpenCC("s2tw").convert(text)
    return converted


def wrapped(text: str, width: int = 38) -> str:
    return "\n".join(line[at : at + width] for line in text.split("\n") for at in range(0, len(line), width))


def reading(format_: str, data: bytes) -> Callable[[], object]:
    """Return what reads a file; a text is a little other each time, so that nothing kept of the last one helps."""
    turns = cycle([data + b"\n%d" % i for i in range(3)] if format_ == "txt" else [data])
    return lambda: _document(next(turns), format_, "x", LIMITS)


def speeds() -> Iterator[tuple[str, float]]:
    text = ten_kilobytes()
    seeds = {path.name: path.read_bytes() for path in sorted((ROOT / "seeds").glob("*.txt"))}
    lines = text.split("\n")
    page = made.page("%s").replace(made.BODY[2].encode(), "</p><p>".join(lines).encode())
    files = {
        "text, UTF-8, 10 KB": ("txt", text.encode()),
        "text, GB 18030": ("txt", text.encode("gb18030")),
        "text, traditional": ("txt", traditional(text).encode()[:9_990]),
        "text, traditional, Big5": ("txt", traditional(text).encode("big5", "ignore")),
        "text, a sentence a line": ("txt", text.replace("。", "。\n").encode()[:9_990]),
        "text, wrapped lines": ("txt", wrapped(text).encode()[:9_990]),
        "web page": ("html", page),
        "Word": ("docx", made.docx("".join(map(made.paragraph, lines)))),
        "PDF": ("pdf", made.pdf(made.wrapped() * 2)),
        **{f"seed {name[:3]}, {len(data):,} bytes": ("txt", data) for name, data in seeds.items()},
    }
    for label, (format_, data) in files.items():
        yield label, rate(reading(format_, data))


def kept_and_cut(text: str, around: tuple[str, ...]) -> tuple[float, float]:
    """Return how many of the report's lines are in a text, and how much of what stands around it is not."""
    lines = {simplify(line).strip(" |") for line in text.split("\n")}
    kept = sum(line in lines for line in pages.BODY) / len(pages.BODY)
    return kept, 1 - sum(word in text for word in around) / (len(around) or 1)


def readers() -> Iterator[tuple[str, Callable[[bytes], str]]]:
    """Yield what reads a page's main text: kg, and its peer as its documentation recommends it for completeness."""
    yield "kg", lambda data: _document(data, "html", "x", LIMITS).text
    try:
        import trafilatura
    except ImportError:
        print("trafilatura is not installed, and left out.")
        return
    for label, options in (("", {}), (", favor_recall", {"favor_recall": True}), (", fast", {"fast": True})):
        yield (
            f"trafilatura {trafilatura.__version__}{label}",
            lambda data, options=options: trafilatura.extract(data, **options) or "",  # type: ignore[misc]
        )


def layouts() -> Iterator[tuple[str, float, float, int, float]]:
    """Yield, for each reader: its name, the shares kept and cut, of how many pages all is kept, pages a second."""
    made_pages = [make() for make in pages.MAKERS.values()]
    for name, read in readers():
        found = [kept_and_cut(read(layout.page), layout.around) for layout in made_pages]
        kept, cut = (sum(column) / len(found) for column in zip(*found, strict=True))
        whole = sum(each == 1 for each, _ in found)
        yield name, kept, cut, whole, rate(lambda read=read: read(made_pages[0].page))  # type: ignore[misc]


def growth() -> Iterator[tuple[str, list[float]]]:
    for piece in HOSTILE:
        times = []
        for size in (25_000, 50_000, 100_000):
            begun = time.process_time()
            read_text(piece * (size // len(piece)), "x")
            times.append(time.process_time() - begun)
        yield piece, times


def main() -> None:
    print("reports a second, one core")
    for label, found in speeds():
        print(f"  {label:28}{found:10,.0f}")
    print(f"\nweb pages of {len(pages.MAKERS)} layouts             kept      cut    whole   a second")
    for name, kept, cut, whole, found in layouts():
        print(f"  {name:34}{kept:8.1%} {cut:8.1%} {whole:8} {found:10,.0f}")
    print("\nseconds for one line of        25,000   50,000  100,000 characters")
    for piece, times in growth():
        print(f"  {piece!r:26}" + "".join(f"{seconds:9.3f}" for seconds in times))
    begun = time.process_time()
    html.bare("<!--" * 100_000)
    print(f"  markup without an end     {time.process_time() - begun:27.3f}")


if __name__ == "__main__":
    main()
