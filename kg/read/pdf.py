"""PDF files with a text layer: the text of each page, and which lines are its number and running head.

In: the bytes of one file. Out: the lines of all pages; repair joins what only the page's width broke. A scan has no
text layer: it is set aside.
"""

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, takewhile

from kg.errors import SetAside
from kg.model import Metadata
from kg.read.placed import text_of
from kg.read.received import Received

_HAN = re.compile("[\u3400-\u9fff]")
_PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–―·]\s?)?(?:第\s?)?\d{1,3}(?:\s?页)?(?:\s?[/共,，]\s?(?:共\s?)?\d{1,3}\s?页?)?(?:\s?[-—–―·])?\s*"
)
_TEXT = re.compile("[，,。；;：:]|^[(（]?[一二三四五六七八九十0]{1,3}[、.)）是要]|0年0月0日$")
_SUBJECT = re.compile("法治政府|依法行政|法治建设")
_TITLE = re.compile(f"(?:{_SUBJECT.pattern}).{{0,30}}(?:报告|总结|情况|汇报)")
#: Fewer Chinese characters a page than this are no text layer.
_SCAN = 30
_MOST_PAGES = 500


def read(data: bytes) -> Received:
    """Return the text of a PDF. Raise SetAside for one that is encrypted, damaged or a scan."""
    import logging

    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not _opens(reader):
            raise SetAside("encrypted", "the PDF wants a password; save a copy without one")
        count = len(reader.pages)
        if count > _MOST_PAGES:
            raise SetAside("size", f"{count} pages, which no report has; cut it to the report")
        pages = [text_of(page) for page in reader.pages]
        title = str(reader.metadata.title) if reader.metadata and reader.metadata.title else None
    except SetAside:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError, OSError) as error:
        raise SetAside("damaged", f"the PDF is damaged ({type(error).__name__}); fetch it again") from None
    text = "\n".join(pages)
    if len(_HAN.findall(text)) < _SCAN * max(1, count):
        raise SetAside("scan", "the PDF is a scan, pictures without text; run it through text recognition (OCR) first")
    named = title if title and _SUBJECT.search(title) else None
    return Received(text, "utf-8", "pdf", tuple(_heads(pages)), Metadata(title=named))


def _opens(reader: object) -> bool:
    try:
        return bool(reader.decrypt(""))  # type: ignore[attr-defined]
    except Exception:  # whatever the missing or broken cipher raises, the file stays shut
        return False


def _heads(pages: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Yield the spans of page numbers, and of lines that open or close most pages, or the same side of some."""
    edges = [_edges(page) for page in pages]
    anywhere = Counter(line for lines in edges for line in {line for _, _, line in lines})
    there = Counter(edge for lines in edges for edge in {(place, line) for _, place, line in lines})
    at = 0
    for number, page in enumerate(pages):
        lines = page.split("\n")
        starts = [at, *accumulate((len(line) + 1 for line in lines), initial=at)][1:]
        found = []
        for i, place, line in edges[number]:
            if place in (0, -1) and len(pages) > 1 and _PAGE_NUMBER.fullmatch(lines[i]):
                found.append((i, "page-number"))
            elif len(line) <= 60 and (
                (anywhere[line] >= 3 and anywhere[line] > len(pages) / 2)
                or (there[place, line] >= max(2, 0.4 * len(pages)) and _is_head(line))
            ):
                found.append((i, "running-head"))
        if number == 0:
            found = _without_title(lines, found)
        end = at + len(page)
        for i, rule in sorted(found):
            yield rule, starts[i], min(starts[i + 1], end + 1)
        at = end + 1


def _without_title(lines: Sequence[str], found: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return what is cut of the first page: not its title, which may be the running head too and stand there once."""
    heads = [i for i, rule in found if rule == "running-head" and _SUBJECT.search(lines[i])]
    above = takewhile(lambda line: not _TEXT.search(line), (x for i, x in enumerate(lines) if i not in heads))
    if _TITLE.search(re.sub(r"\s", "", "".join(above))):
        return list(found)
    return [(i, rule) for i, rule in found if i not in heads[-1:]]


def _is_head(line: str) -> bool:
    """Tell a line that may stand above or below two pages: words, and no sentence, heading or day of a text."""
    return len(_HAN.findall(line)) > 3 and not _TEXT.search(line)


def _edges(page: str) -> list[tuple[int, int, str]]:
    """Return (number, place, text with 0 for digits) of the first two written lines and the last two (0, 1, -2, -1)."""
    lines = page.split("\n")
    written = [i for i, line in enumerate(lines) if line.strip()]
    last = [(i, place) for place, i in zip((-1, -2), reversed(written[2:]), strict=False)]
    places = [*((i, place) for place, i in enumerate(written[:2])), *reversed(last)]
    return [(i, place, re.sub(r"\d+", "0", lines[i].strip())) for i, place in places]
