"""Reports that a spider saved as web pages: all the page's text, and which of it stands around the article.

In: the bytes of one page. Out: its lines; the spans outside the smallest element that holds its prose; what the page's
own metadata say. Whatever the parser loses (it stops at a depth of 2,048) is taken from the bare markup instead.
A new site's quirk is a row of kind html in tables/chrome.csv: a word in the class or id of what is no article.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from kg.errors import SetAside
from kg.model import Metadata
from kg.read import plain
from kg.read.received import Received
from kg.read.words import words

_SKIP = frozenset("script style noscript template head svg iframe object math canvas".split())
_BLOCK = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol option p pre section select summary "
    "table tbody textarea tfoot thead title tr ul".split()
)
_CELL = frozenset(("td", "th"))
_OUTSIDE_TAGS = frozenset("nav footer aside form select textarea button option".split())
_HAN = re.compile("[\u3400-\u9fff]")
_MARKS = re.compile("[，。、；：,;:]")
_BLANKS = re.compile("[ \t\r\n\f]+")
_CHARSET = re.compile(rb"charset=[\"' ]{0,3}([A-Za-z0-9_-]{3,20})", re.IGNORECASE)
_SAVED = re.compile(r"saved from url=\(\d+\)(\S{1,300})")
_SUBJECT = re.compile("法治政府|法制政府|依法行政|法治建设|法治建設|法治[街县區区市省乡镇縣鄉鎮]")
_TITLE = re.compile(rf"(?:{_SUBJECT.pattern}).{{0,30}}(?:报告|報告|总结|總結|情况|情況|汇报|匯報)")
#: The smallest element with the first share of the prose is the article; one with the second is never cut from it,
#: or with the third if it is hidden.
_MOST, _PART, _HALF = 0.8, 0.1, 0.5
_META = {
    "articletitle": "title", "title": "title", "pubdate": "published", "publishdate": "published",
    "contentsource": "source", "source": "source", "url": "url", "sitename": "trail",
}  # fmt: skip
_DAY = re.compile(r"(20\d\d)[-/年.](\d{1,2})[-/月.](\d{1,2})")


@dataclass(slots=True)
class _Line:
    text: str
    holders: tuple[Any, ...]  # the elements around it, outermost first
    linked: bool
    prose: int = field(default=0)


def read(data: bytes) -> Received:
    """Return the text of a page. Raise SetAside for one that is empty or in no known encoding."""
    declared = _CHARSET.search(data[:4096])
    charset = declared[1].decode("ascii").lower() if declared else None
    page, encoding = plain.decode(data, {"gb2312": "gb18030", "gbk": "gb18030"}.get(charset or "", charset))
    root, cut_short = _parse(page)
    lines = list(_lines(root)) if root is not None else []
    kept, there = (sum(len(_HAN.findall(part)) for part in parts) for parts in ([x.text for x in lines], bare(page)))
    if cut_short or kept < 0.97 * there - 50:
        return Received("\n".join(bare(page)), encoding, "html", metadata=_metadata(root, page), lossy="deep markup")
    if not lines:
        raise SetAside("empty", "the page holds no text; save it again when it has loaded")
    text = "\n".join(line.text for line in lines)
    metadata = _metadata(root, page)
    return Received(text, encoding, "html", tuple(_around(lines, metadata.title)), metadata)


def _parse(page: str) -> tuple[Any, bool]:
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    root = etree.fromstring(page.encode("utf-8", "replace"), parser)
    return root, any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)


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


def _lines(root: Any) -> Iterator[_Line]:
    """Yield the page's lines: a block, a row of a table, or what a <br> ends."""
    from lxml import etree

    blocks: list[Any] = []
    parts: list[tuple[str, bool]] = []
    links = 0

    def line() -> Iterator[_Line]:
        text = _BLANKS.sub(" ", "".join("\x00" if part == "\t" else part for part, _ in parts)).replace("\x00", "\t")
        text = text.strip(" \n").rstrip("\t ") if text.strip() else ""
        if text:
            linked = sum(len(part) for part, link in parts if link)
            prose = len(_HAN.findall(text)) if linked < 0.4 * len(text) and _MARKS.search(text) else 0
            yield _Line(text, tuple(blocks), linked >= 0.4 * len(text), prose if prose >= 20 else 0)
        parts.clear()

    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if tag in _SKIP or not tag:
                walker.skip_subtree()
                continue
            if tag in _BLOCK:
                yield from line()
                blocks.append(element)
            links += tag == "a"
            if tag == "br":
                yield from line()
            if element.text:
                parts.append((element.text, links > 0))
            continue
        if tag not in _SKIP and tag:
            if tag in _BLOCK:
                yield from line()
                blocks.pop()
            elif tag in _CELL:
                parts.append(("\t", False))
            links -= tag == "a"
        if element.tail:
            parts.append((element.tail, links > 0))
    yield from line()


def _around(lines: Sequence[_Line], title: str | None) -> Iterator[tuple[str, int, int]]:
    """Yield the spans of the page's text that are none of the article's, the title excepted."""
    total = sum(line.prose for line in lines)
    if not total:
        return
    weight: dict[Any, int] = {}
    for line in lines:
        if line.prose:
            for holder in line.holders:
                weight[holder] = weight.get(holder, 0) + line.prose
    best = [h for h, w in weight.items() if w >= _MOST * total]
    article = best[-1]  # elements come outermost first
    verdict: dict[Any, bool] = {}
    inside = [article in line.holders and not _is_outside(line.holders, weight, total, verdict) for line in lines]
    first = next((i for i, keep in enumerate(inside) if keep), 0)
    if (heading := _heading(lines, first, title)) is not None:
        inside[heading] = True
    at, start = 0, -1
    for line, keep in zip(lines, inside, strict=True):
        if keep and start >= 0:
            yield "page", start, at
            start = -1
        elif not keep and start < 0:
            start = at
        at += len(line.text) + 1
    if start >= 0:
        yield "page", start, at - 1


def _is_outside(holders: Sequence[Any], weight: dict[Any, int], total: int, verdict: dict[Any, bool]) -> bool:
    """Tell whether one of the elements is hidden or by its tag, class or id none of the article's."""
    for holder in holders:
        if holder not in verdict:
            names = f"{holder.get('class') or ''} {holder.get('id') or ''}".lower()
            hidden = "display:none" in (holder.get("style") or "").replace(" ", "").lower()
            named = any(word in words("html") for word in re.split(r"[\s_-]+", names))
            most = _HALF if hidden else _PART if named or holder.tag in _OUTSIDE_TAGS else 0
            verdict[holder] = weight.get(holder, 0) < most * total
        if verdict[holder]:
            return True
    return False


def _heading(lines: Sequence[_Line], first: int, title: str | None) -> int | None:
    """Return the number of the title's line above the article, unless the article begins with it."""

    def bare_title(text: str) -> str:
        return re.sub(r"\s", "", text)

    wanted = bare_title(title or "")
    if any(wanted and bare_title(line.text) == wanted for line in lines[first : first + 6]):
        return None
    for i in range(first - 1, max(-1, first - 40), -1):
        text = lines[i].text
        names_it = not lines[i].linked and _TITLE.search(text)
        if len(text) <= 80 and ">" not in text and (bare_title(text) == wanted or names_it):
            return i
    return None


def _metadata(root: Any, page: str) -> Metadata:
    """Read what the head of the page says: the <meta> that government sites must have, <title>, the page's address."""
    found: dict[str, str] = {}
    for element in root.iter("meta") if root is not None else ():
        name = (element.get("name") or element.get("property") or "").lower().removeprefix("og:")
        value = _BLANKS.sub(" ", element.get("content") or "").strip()
        if (key := _META.get(name)) and value:
            found.setdefault(key, value[:300])
    if date := _DAY.search(found.pop("published", "")):
        found["published"] = f"{date[1]}-{int(date[2]):02}-{int(date[3]):02}"
    heading = next((e.text for e in root.iter("title") if e.text), "") if root is not None else ""
    parts = [part.strip() for part in re.split(r"[-_|–—>]{1,3}|\s{2,}", heading)]
    if not _SUBJECT.search(found.get("title", "")):
        found.pop("title", None)
        if named := next((part for part in parts if _SUBJECT.search(part)), None):
            found["title"] = named
    if saved := _SAVED.search(page[:4000]):
        found["url"] = saved[1].rstrip("->")
    if "trail" not in found and len(parts) > 1 and _HAN.search(parts[-1]):
        found["trail"] = parts[-1]
    return Metadata(**found)
