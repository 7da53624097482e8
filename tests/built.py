"""Reports to build in tests, and what a build leaves of them."""

from pathlib import Path

import kg
from kg.export import nquads
from kg.pipeline import How, Summary
from tests.reports.made import BODY, page, zipped

ONE, TWO = How(workers=1), How(workers=2)


def text(town: str, year: int, figure: int = 4) -> str:
    """A short report of its own for every town, year and figure."""
    body = (
        "\n".join(BODY).replace("甲镇", town).replace("2023年,", f"{year}年,").replace("2024年1月", f"{year + 1}年1月")
    )
    lines = "".join(f"全年走访{town}企业{figure * 7 + i}家,受理{town}群众诉求{figure * 11 + i}件。\n" for i in range(8))
    return f"{town}{year}年法治政府建设年度报告\n{body}\n{lines}"


def made(home: Path) -> Path:
    """Reports of eight towns, a copy of one with a page around it, and what is no report."""
    home.mkdir()
    for at, town in enumerate("乙镇 丙镇 丁乡 戊乡 己街道 庚街道 辛镇 壬乡".split()):
        (home / f"{at}.txt").write_text(text(town, 2020 + at % 3, at), encoding="utf-8")
    (home / "copy.txt").write_text(text("乙镇", 2020, 0) + "扫一扫\n", encoding="utf-8")
    (home / "page.html").write_bytes(page())
    (home / "two.zip").write_bytes(zipped({"a.txt": text("子镇", 2021, 20).encode(), "b.txt": b""}))
    (home / "empty.txt").write_bytes(b"")
    return home


def everything(output: Path) -> dict[str, bytes]:
    """Return every byte that a user sees of an output."""
    names = ("graph.ttl", "graph.html", "set-aside.csv")
    found = {name: (output / name).read_bytes() for name in names if (output / name).exists()}
    return found | {"store": b"".join(nquads(kg.open(output)))}


def told(summary: Summary) -> tuple[int, int, dict[str, str]]:
    """Return how many files there were, how many had to be read, and what was set aside."""
    return summary.files, summary.read, {item.file: item.code for item in summary.set_aside}


ASIDE = {"copy.txt": "duplicate", "empty.txt": "empty", "two.zip/b.txt": "empty"}
