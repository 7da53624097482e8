"""How many figures of marked passages are found and counted under the right indicator.

In: a TOML file of cases, each a text whose figures are marked [figure](indicator), under a heading or none.
Out: how many figures are right, and how many there are.
"""

import re
import tomllib
from pathlib import Path

from kg.extract import metrics
from kg.model import Header, Section
from kg.vocabulary import vocabulary

MARKED = re.compile(r"\[([^\[\]]+)\]\(([a-z_.]+)\)")
HEADER = Header(start=0, end=0, rule="", title=None, issuer=None, district=None, district_path=(), district_code=None,
                 parent_code=None, year=2023, published=None)  # fmt: skip


def under(heading: str, text: str) -> tuple[str, list[Section]]:
    """Return a text below its heading, if it has one, and the sections of that."""
    if not heading:
        return text, []
    whole = f"{heading}\n{text}"
    return whole, [Section(start=0, end=len(heading), rule="", heading=heading, level=1, role="achievements",
                           body_end=len(whole))]  # fmt: skip


def counted(text: str, heading: str = "") -> list[tuple[str, str]]:
    """Return (figure, indicator) for every figure that is found in a text under a heading."""
    whole, outline = under(heading, text)
    found = metrics.find(whole, outline, (), HEADER, vocabulary())
    return [(whole[metric.start : metric.end], metric.indicator) for metric in found]


def right(file: Path) -> tuple[int, int]:
    """Return how many marked figures are found with the marked indicator, and how many are marked."""
    good = total = 0
    for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]:
        marked = [(m[1], m[2]) for m in MARKED.finditer(case["text"])]
        found = counted(MARKED.sub(r"\1", case["text"]), case.get("heading", ""))
        for figure in marked:
            if figure in found:
                found.remove(figure)
                good += 1
        total += len(marked)
    return good, total


def agreed(one: Path, other: Path) -> tuple[int, int]:
    """Return how many figures two readers of the same passages put under the same indicator, and how many there are."""
    first, second = (
        [
            m[2]
            for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]
            for m in MARKED.finditer(case["text"])
        ]
        for file in (one, other)
    )
    return sum(a == b for a, b in zip(first, second, strict=True)), len(first)
