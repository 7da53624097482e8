"""How fast kg reads files, how much it keeps of pages, and that no line makes it slow.

    python benchmarks/reading.py            prints three tables

Speed is on one core, from bytes to Document, reports of 10 KB. Pages are made-up reports in layouts of many kinds; kept
is the share of the article's lines that the text has, cut the share of the page's other lines that it has not.
trafilatura is measured beside it where it is installed (pip install trafilatura).
"""

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT)]

from kg.model import Document  # noqa: E402
from kg.read import LIMITS, _document, html, read_text  # noqa: E402
from tests.reports import made  # noqa: E402

SECONDS = 2.0
LAYOUTS = (
    '<div id="zoom" class="TRS_Editor">%s</div>', '<div class="article"><div class="con">%s</div></div>', "%s",
    "<table><tr><td>%s</td></tr></table>", '<div class="print">%s</div>', "<article>%s</article>",
    '<form><div id="UCAP-CONTENT">%s</div></form>', "<div>" * 300 + "%s" + "</div>" * 300,
)  # fmt: skip
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


def speeds() -> Iterator[tuple[str, float]]:
    text = ten_kilobytes()
    seeds = {path.name: path.read_bytes() for path in sorted((ROOT / "seeds").glob("*.txt"))}
    lines = text.split("\n")
    page = made.page("%s").replace(made.BODY[2].encode(), "</p><p>".join(lines).encode())
    files = {
        "text, UTF-8, 10 KB": ("txt", text.encode()),
        "text, GB 18030": ("txt", text.encode("gb18030")),
        "web page": ("html", page),
        "Word": ("docx", made.docx("".join(map(made.paragraph, lines)))),
        "PDF": ("pdf", made.pdf(made.wrapped() * 2)),
        **{f"seed {name[:3]}, {len(data):,} bytes": ("txt", data) for name, data in seeds.items()},
    }
    for label, (format_, data) in files.items():
        yield label, rate(lambda format_=format_, data=data: _document(data, format_, "x", LIMITS))  # type: ignore[misc]


def kept_and_cut(text: str) -> tuple[float, float]:
    wanted = [made.TITLE, *made.BODY]
    others = [
        "浏览次数",
        "走进甲县",
        "丙镇开展",
        "网站标识码",
        "您现在的位置",
        "11330521",
        "扫一扫",
        "【打印】",
        "相关文章",
    ]
    lines = {line.strip() for line in text.split("\n")}
    return sum(line in lines for line in wanted) / len(wanted), sum(word not in text for word in others) / len(others)


def pages() -> Iterator[tuple[str, float, float, float]]:
    files = [made.page(layout) for layout in LAYOUTS]

    def ours(data: bytes) -> str:
        document: Document = _document(data, "html", "x", LIMITS)
        return document.text

    readers: dict[str, Callable[[bytes], str]] = {"kg": ours}
    try:
        import trafilatura

        readers["trafilatura"] = lambda data: trafilatura.extract(data.decode(), include_tables=True) or ""
    except ImportError:
        print("trafilatura is not installed, and left out.")
    for name, read in readers.items():
        found = [kept_and_cut(read(data)) for data in files]
        kept, cut = (sum(column) / len(found) for column in zip(*found, strict=True))
        yield name, kept, cut, rate(lambda read=read: read(files[0]))  # type: ignore[misc]


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
    print("\nweb pages                         kept      cut   a second")
    for name, kept, cut, found in pages():
        print(f"  {name:28}{kept:8.1%} {cut:8.1%} {found:10,.0f}")
    print("\nseconds for one line of        25,000   50,000  100,000 characters")
    for piece, times in growth():
        print(f"  {piece!r:26}" + "".join(f"{seconds:9.3f}" for seconds in times))
    begun = time.process_time()
    html.bare("<!--" * 100_000)
    print(f"  markup without an end     {time.process_time() - begun:27.3f}")


if __name__ == "__main__":
    main()
