"""A page that holds no report, and where its report is: in a script, a frame, a linked file, or behind a list of links.

In: the page's elements and lines. Out: where to look and what to do, or None for a page that holds enough prose itself.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from kg.read.article import SUBJECT, TITLE, Line

_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_HAN = re.compile("[\u3400-\u9fff]")
_CHAPTER = re.compile("[一二三四五]、")
_FILE = re.compile(r"([^/=?&\s]{1,100}\.(?:pdf|docx?|wps|ofd))(?:$|[?&#])", re.IGNORECASE)
#: Chinese characters of prose: a page with the first number is no list, with the second no frame; with more than the
#: third, it is not only what stands around a script's text.
_LIST, _FRAME, _SCRIPT = 150, 100, 600
#: Chinese characters outside links, prose or not, that a page around a frame does not have; reports that a list names.
_BARE, _REPORTS = 400, 5


def elsewhere(root: Any, lines: Sequence[Line]) -> str | None:
    """Return where the report of a page is that has hardly any prose, and what to do."""
    prose = sum(line.prose for line in lines)
    if prose < _SCRIPT and _in_script(root, 2 * prose):
        return "its text is in a script; open it in a browser and save what it shows as .txt"
    if prose < _LIST and sum(line.linked and bool(TITLE.search(line.text)) for line in lines) >= _REPORTS:
        return "it is a list of links to reports; save each report's own page"
    if prose >= _FRAME or sum(len(_HAN.findall(line.text)) for line in lines if not line.linked) >= _BARE:
        return None
    addresses = list(_addresses(root))
    if file := next((found[1] for address in addresses if (found := _FILE.search(address))), None):
        return f"its text is in a linked file ({file}); fetch that"
    if frames := [address for frame in root.iter("frame", "iframe") if (address := frame.get("src"))]:
        return f"its text is in a frame ({', '.join(frames[:3])[:200]}); save that page"
    return None


def _in_script(root: Any, least: int) -> bool:
    """Tell whether a script holds a report: its subject, two chapters, and more Chinese characters than that."""
    for script in root.iter("script"):
        text = script.text or ""
        if "\\u" in text:
            text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
        chapters = len(set(_CHAPTER.findall(text))) if SUBJECT.search(text) else 0
        if chapters >= 2 and len(_HAN.findall(text)) > max(100, least):
            return True
    return False


def _addresses(root: Any) -> Iterator[str]:
    for element in root.iter("iframe", "frame", "embed", "object", "a"):
        yield element.get("src") or element.get("data") or element.get("href") or ""
