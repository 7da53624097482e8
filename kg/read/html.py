"""Reports that a spider saved as web pages: all the page's text, and which of it stands around the article.

In: the bytes of one page. Out: its lines; the spans that article.py finds outside the article; what the page's own
metadata say. Whatever the parser loses (it stops at a depth of 2,048) is taken from the bare markup instead.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from kg.errors import SetAside
from kg.model import Metadata
from kg.read import article, plain
from kg.read.article import SUBJECT, TITLE, Line
from kg.read.elsewhere import elsewhere
from kg.read.labels import ADDRESS, day
from kg.read.received import Received

_SKIP = frozenset("script style noscript template head svg iframe object math canvas".split())
_BLOCK = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol option p pre section select summary "
    "table tbody textarea tfoot thead title tr ul".split()
)
_CELL = frozenset(("td", "th"))
_HAN = re.compile("[\u3400-\u9fff]")
_MARKS = re.compile("[，。、；：,;:]")
_BLANKS = re.compile("[ \t\r\n\f]+")
_CHARSET = re.compile(rb"charset=[\"' ]{0,3}([A-Za-z0-9_-]{3,20})", re.IGNORECASE)
_MARKUP = re.compile(r"<(?:p|div|br|span|table)(?:\s[^<>]{0,400})?/?>", re.IGNORECASE)
#: So many fields of a page's forms are looked into.
_FIELDS = 50
_SAVED = re.compile(r"saved from url=\(\d+\)(\S{1,300})")
_META = {
    "articletitle": "title", "title": "title", "pubdate": "published", "publishdate": "published",
    "contentsource": "source", "source": "source", "url": "url", "sitename": "trail",
}  # fmt: skip
_REPORT = re.compile(TITLE.pattern + "$")
_NO_BODY = re.compile(rf"[^\u3400-\u9fff]|关于|年度|推进|{SUBJECT.pattern}")


def read(data: bytes) -> Received:
    """Return the text of a page. Raise SetAside for one that is empty or in no known encoding."""
    declared = _CHARSET.search(data[:4096])
    charset = declared[1].decode("ascii").lower() if declared else None
    page, encoding = plain.decode(data, {"gb2312": "gb18030", "gbk": "gb18030"}.get(charset or "", charset))
    root, cut_short = _parse(page)
    lines = list(_lines(root)) if root is not None else []
    if root is not None and _unpacked(root, lines):
        lines = list(_lines(root))
    kept, there = (sum(len(_HAN.findall(part)) for part in parts) for parts in ([x.text for x in lines], bare(page)))
    if cut_short or kept < 0.97 * there - 50:
        return Received("\n".join(bare(page)), encoding, "html", metadata=_metadata(root, page), lossy="deep markup")
    where = elsewhere(root, lines) if root is not None else None
    if not lines:
        raise SetAside("empty", where or "the page holds no text; save it again when it has loaded")
    text = "\n".join(line.text for line in lines)
    metadata = _metadata(root, page)
    outside, lossy = article.around(lines, metadata.title)
    return Received(text, encoding, "html", outside, metadata, lossy, where)


def _parse(page: str) -> tuple[Any, bool]:
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    root = etree.fromstring(page.encode("utf-8", "replace"), parser)
    return root, any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)


def _unpacked(root: Any, lines: list[Line]) -> bool:
    """Put in the place of a form's field the page that its value holds, for a script to show; tell whether one does."""
    found = False
    for field in list(root.iter("textarea", "input"))[:_FIELDS]:
        value = "".join(field.itertext()) if field.tag == "textarea" else field.get("value") or ""
        if len(value) < 100 or not _MARKUP.search(value) or len(_HAN.findall(value)) < 50:
            continue
        inner, _ = _parse(value)
        longest = max((line.text for line in _lines(inner)), key=len) if inner is not None else ""
        if any(longest in line.text for line in lines if field not in line.holders):
            continue  # what the page shows already
        tail = field.tail
        field.clear()
        field.tag, field.tail, found = "div", tail, True
        field.append(inner)
    return found


def bare(page: str) -> list[str]:
    """Return the text of a page by its tags alone, in time that grows with its length.

    >>> bare("<head><title>x</title></head><p>法治<b>政府</b><script>1</script><p>甲&amp;乙<!-- 丙")
    ['法治政府', '甲&乙', '丙']
    """
    for opening, closing in (("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>"), ("<head>", "</head>")):
        page = _without(page, opening, closing)
    page = re.sub(r"</?(?:a|b|strong|span|font|i|u|em|o:p|sup|sub)(?:\s[^<>]*)?>", "", page, flags=re.IGNORECASE)
    page = page.replace("<!--", "<p>")
    parts = (_BLANKS.sub(" ", unescape(part)).strip() for part in re.split("<[^<>]*>", page))
    return [part for part in parts if part]


def _without(page: str, opening: str, closing: str) -> str:
    """Take out what stands between the marks, the marks included; an opening that nothing closes takes nothing out."""
    lower = page.lower()
    if len(lower) != len(page):
        lower = page
    out, at = [], 0
    while (start := lower.find(opening, at)) >= 0 and (end := lower.find(closing, start)) >= 0:
        out.append(page[at:start])
        at = end + len(closing)
    return "".join([*out, page[at:]])


class _Writer:
    """Takes over the text of elements piece by piece, and gives lines."""

    def __init__(self) -> None:
        self._blocks: list[Any] = []
        self._parts: list[tuple[str, bool]] = []
        self._links = self._as_written = 0

    def open(self, element: Any) -> Iterator[Line]:
        if element.tag in _BLOCK:
            yield from self.end_line()
            self._blocks.append(element)
            self._as_written += _is_as_written(element)
        self._links += element.tag == "a"
        if element.tag == "br":
            yield from self.end_line()
        yield from self.add(element.text)

    def close(self, element: Any) -> Iterator[Line]:
        if element.tag in _BLOCK:
            yield from self.end_line()
            self._as_written -= _is_as_written(self._blocks.pop())
        elif element.tag in _CELL:
            self._parts.append(("\t", False))
        self._links -= element.tag == "a"

    def add(self, text: str | None) -> Iterator[Line]:
        """Take over text; where it is shown as it is written, its line ends end lines."""
        for i, part in enumerate((text or "").split("\n") if self._as_written else (text,)):
            if i:
                yield from self.end_line()
            if part:
                self._parts.append((part, self._links > 0))

    def end_line(self) -> Iterator[Line]:
        parts = self._parts
        text = _BLANKS.sub(" ", "".join("\x00" if part == "\t" else part for part, _ in parts)).replace("\x00", "\t")
        text = text.strip(" \n").rstrip("\t ") if text.strip() else ""
        if text:
            linked = sum(len(part) for part, link in parts if link)
            prose = len(_HAN.findall(text)) if linked < 0.4 * len(text) and _MARKS.search(text) else 0
            yield Line(text, tuple(self._blocks), linked >= 0.4 * len(text), prose if prose >= 20 else 0)
        parts.clear()


def _lines(root: Any) -> Iterator[Line]:
    """Yield the page's lines: a block, a row of a table, or what a <br> ends."""
    from lxml import etree

    writer = _Writer()
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        skipped = not isinstance(element.tag, str) or element.tag in _SKIP
        if event == "start" and skipped:
            walker.skip_subtree()
        elif event == "start":
            yield from writer.open(element)
        else:
            if not skipped:
                yield from writer.close(element)
            yield from writer.add(element.tail)
    yield from writer.end_line()


def _is_as_written(element: Any) -> bool:
    """Tell an element that shows line ends as they are written."""
    return element.tag == "pre" or "white-space:pre" in (element.get("style") or "").replace(" ", "")


def _metadata(root: Any, page: str) -> Metadata:
    """Read what the head of the page says: the <meta> that government sites must have, <title>, the page's address."""
    found: dict[str, str] = {}
    for element in root.iter("meta") if root is not None else ():
        name = (element.get("name") or element.get("property") or "").lower().removeprefix("og:")
        value = _BLANKS.sub(" ", element.get("content") or "").strip()
        if (key := _META.get(name)) and value:
            found.setdefault(key, value[:300])
    if date := day(found.pop("published", "")):
        found["published"] = date
    heading = next((e.text for e in root.iter("title") if e.text), "") if root is not None else ""
    parts = [part.strip() for part in re.split(r"[-_|–—>]{1,3}|\s{2,}", heading)]
    if not SUBJECT.search(found.get("title", "")):
        found.pop("title", None)
        if named := next((x for which in (_REPORT, SUBJECT) for x in parts if which.search(x)), None):
            found["title"] = _without_site(named)
    links = root.iter("link") if root is not None else ()
    own = next((link.get("href") for link in links if (link.get("rel") or "").lower() == "canonical"), None)
    saved = _SAVED.search(page[:4000])
    addresses = (saved and saved[1].rstrip("->"), own, found.pop("url", None))
    if address := next(filter(ADDRESS.fullmatch, filter(None, addresses)), None):
        found["url"] = address
    if "trail" not in found and len(parts) > 1 and _HAN.search(parts[-1]):
        found["trail"] = parts[-1]
    return Metadata(**found)


def _without_site(title: str) -> str:
    """Return a title without the site's name beside it: behind it, or before one that names its body itself.

    >>> _without_site("甲县政府 公开 乙镇2023年法治政府建设报告 甲县"), _without_site("乙镇 法治政府建设报告 甲县")
    ('乙镇2023年法治政府建设报告', '乙镇 法治政府建设报告')
    """
    parts = title.split(" ")
    i = next((i for i, part in enumerate(parts) if _REPORT.search(part)), None)
    if i is None:
        return title
    return " ".join(parts[: i + 1]) if _NO_BODY.match(parts[i]) else parts[i]
