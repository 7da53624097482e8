"""PDF files with a text layer: the text of each page, and which lines are its number and running head.

In: the bytes of one file. Out: the lines of all pages; repair joins what only the page's width broke. A scan has no
text layer: it is set aside.
"""

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from kg.errors import SetAside
from kg.model import Metadata
from kg.read.received import Received

_HAN = re.compile("[\u3400-\u9fff]")
_PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–―·]\s?)?(?:第\s?)?\d{1,3}(?:\s?页)?(?:\s?[/共,，]\s?(?:共\s?)?\d{1,3}\s?页?)?(?:\s?[-—–―·])?\s*"
)
_SUBJECT = re.compile("法治政府|依法行政|法治建设")
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
        pages = [(page.extract_text() or "").replace("\r", "\n") for page in reader.pages]
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
    """Yield the spans of page numbers, and of lines that open or close most pages."""
    edges = Counter(re.sub(r"\d+", "0", line) for page in pages for line in set(_edges(page)))
    often = {line for line, times in edges.items() if times >= 3 and times > len(pages) / 2}
    at = 0
    for page in pages:
        found = []
        lines = page.split("\n")
        written = [i for i, line in enumerate(lines) if line.strip()]
        starts = [at]
        for line in lines:
            starts.append(starts[-1] + len(line) + 1)
        for i in (*written[:2], *written[2:][-2:]):
            first_or_last = i in (written[0], written[-1])
            if first_or_last and len(pages) > 1 and _PAGE_NUMBER.fullmatch(lines[i]):
                found.append(("page-number", i))
            elif re.sub(r"\d+", "0", lines[i].strip()) in often and len(lines[i].strip()) <= 60:
                found.append(("running-head", i))
        end = at + len(page)
        for rule, i in sorted(found, key=lambda item: item[1]):
            yield rule, starts[i], min(starts[i + 1], end + 1)
        at = end + 1


def _edges(page: str) -> list[str]:
    lines = [line.strip() for line in page.split("\n") if line.strip()]
    return [*lines[:2], *lines[2:][-2:]]
