"""Word files (.docx): paragraphs, tables, text boxes and footnotes, in the order in which a reader meets them.

In: the bytes of one file. Out: a line a paragraph, cells of a row with a tab between; numbers that Word draws itself
(一、 (一) 1.) stand where they are seen. What the author deleted or hid is left out. XML with a DTD is refused.
"""

import re
from collections.abc import Iterator
from typing import Any
from zipfile import ZipFile

from kg.errors import SetAside
from kg.model import Metadata
from kg.read.received import Received

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DC = "{http://purl.org/dc/elements/1.1/}"
#: What Word writes when it saves as strict Open XML, and what it writes else.
_STRICT = ((b"http://purl.oclc.org/ooxml/wordprocessingml/main", _W[1:-1].encode()),)
_SUBJECT = re.compile("法治政府|依法行政|法治建设")
_SKIP = {
    f"{_W}del",
    f"{_W}moveFrom",
    f"{_MC}Fallback",
    f"{_W}pPr",
    f"{_W}tblPr",
    f"{_W}instrText",
    f"{_W}sdtPr",
    f"{_W}rt",
}
_CHINESE = "零一二三四五六七八九十"


def read(file: ZipFile) -> Received:
    """Return the text of a Word file. Raise SetAside for one that is damaged."""
    numbers = _Numbers(_tree(file, "word/numbering.xml"), _tree(file, "word/styles.xml"))
    body = _tree(file, "word/document.xml")
    if body is None:
        raise SetAside("damaged", "the Word file has no text part; open it in Word and save it again")
    lines = list(_lines(body, numbers))
    for part in ("footnotes", "endnotes"):
        notes = _tree(file, f"word/{part}.xml")
        for note in notes if notes is not None else ():
            if note.get(f"{_W}type") is None:
                lines += _lines(note, numbers)
    return Received("\n".join(lines), "utf-8", "docx", metadata=_metadata(file))


def _tree(file: ZipFile, name: str) -> Any:
    """Parse one part, or None if there is none; entities are neither fetched nor expanded."""
    from lxml import etree

    if name not in file.namelist():
        return None
    if file.namelist().count(name) > 1:
        raise SetAside("damaged", "the Word file has one part twice; open it in Word and save it again")
    data = file.read(name)
    # without its zero bytes, UTF-16 and UTF-32 show what they declare
    if re.search(rb"<!(?:DOCTYPE|ENTITY)", data.replace(b"\0", b"")):
        raise _entities()
    for strict, transitional in _STRICT:
        data = data.replace(strict, transitional)
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
        tree = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise SetAside("damaged", f"the Word file is damaged ({error}); open it in Word and save it again") from None
    if tree.getroottree().docinfo.doctype:  # in an encoding in which the search above sees nothing
        raise _entities()
    return tree


def _entities() -> SetAside:
    return SetAside("entities", "the Word file defines XML entities, which Word never does; save it again in Word")


def _metadata(file: ZipFile) -> Metadata:
    core = _tree(file, "docProps/core.xml")
    title = core.findtext(f"{_DC}title") if core is not None else None
    return Metadata(title=title.strip() if title and _SUBJECT.search(title) else None)


def _lines(root: Any, numbers: "_Numbers") -> Iterator[str]:
    """Yield the lines below an element; a table's row is one line, unless its cells hold paragraphs of their own."""
    begun = ""
    for child in root:
        if child.tag in _SKIP or not isinstance(child.tag, str):
            continue
        if child.tag == f"{_W}p":
            lines = list(_paragraph(child, numbers)) or [""]
            lines[0] = begun + lines[0]
            if child.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None:
                *lines, begun = lines  # the author deleted the paragraph's end: the next one goes on with it
                yield from lines
                continue
            yield from filter(None, lines)
        else:
            yield from filter(None, (begun,))
            yield from _row(child, numbers) if child.tag == f"{_W}tr" else _lines(child, numbers)
        begun = ""
    yield from filter(None, (begun,))


def _row(row: Any, numbers: "_Numbers") -> Iterator[str]:
    cells = [list(_lines(cell, numbers)) for cell in row if cell.tag == f"{_W}tc"]
    if sum(map(len, cells)) > 2 * len(cells):  # a layout, not a table
        yield from (line for cell in cells for line in cell)
    else:
        yield "\t".join(" ".join(cell) for cell in cells)


def _paragraph(paragraph: Any, numbers: "_Numbers") -> Iterator[str]:
    """Yield a paragraph's line, and behind it those of the text boxes that hang on it."""
    parts: list[str] = []
    boxes: list[Any] = []
    _collect(paragraph, parts, boxes)
    text = "".join(parts).strip("\n")
    if text.strip():
        yield from (numbers.of(paragraph) + text).split("\n")
    for box in boxes:
        yield from _lines(box, numbers)


def _collect(element: Any, parts: list[str], boxes: list[Any]) -> None:
    for child in element:
        tag = child.tag
        if tag in _SKIP or not isinstance(tag, str):
            continue
        if tag == f"{_W}t":
            parts.append(child.text or "")
        elif tag in (f"{_W}tab", f"{_W}ptab"):
            parts.append("\t")
        elif tag in (f"{_W}br", f"{_W}cr"):
            parts.append("\n")
        elif tag == f"{_W}noBreakHyphen":
            parts.append("-")
        elif tag == f"{_W}txbxContent":
            boxes.append(child)
        elif tag != f"{_W}r" or child.find(f"{_W}rPr/{_W}vanish") is None:
            _collect(child, parts, boxes)


class _Numbers:
    """The numbers that Word draws in front of paragraphs, counted as Word counts them."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._levels: dict[str, dict[str, tuple[str, str, int]]] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[tuple[str, int], int] = {}
        self._styles: dict[str, Any] = {}
        for style in styles.iter(f"{_W}style") if styles is not None else ():
            self._styles[style.get(f"{_W}styleId", "")] = style.find(f"{_W}pPr/{_W}numPr")
        for kind in numbering.iter(f"{_W}abstractNum") if numbering is not None else ():
            self._levels[kind.get(f"{_W}abstractNumId", "")] = {
                level.get(f"{_W}ilvl", "0"): (
                    _value(level, "numFmt", "decimal"), _value(level, "lvlText", ""), int(_value(level, "start", "1"))
                )
                for level in kind.iter(f"{_W}lvl")
            }  # fmt: skip
        for number in numbering.iter(f"{_W}num") if numbering is not None else ():
            self._abstract[number.get(f"{_W}numId", "")] = _value(number, "abstractNumId", "")

    def of(self, paragraph: Any) -> str:
        """Return the number in front of a paragraph, or nothing; the next of its list gets the next one."""
        properties = paragraph.find(f"{_W}pPr/{_W}numPr")
        if properties is None:
            properties = self._styles.get(_value(paragraph.find(f"{_W}pPr"), "pStyle", ""))
        list_ = self._abstract.get(_value(properties, "numId", ""))
        levels = self._levels.get(list_ or "")
        if not levels or list_ is None:
            return ""
        level = int(_value(properties, "ilvl", "0"))
        self._counts[list_, level] = self._counts.get((list_, level), levels.get(str(level), ("", "", 1))[2] - 1) + 1
        for deeper in range(level + 1, 9):
            self._counts.pop((list_, deeper), None)

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            format_, _, start = levels.get(str(at), ("decimal", "", 1))
            return _written(self._counts.get((list_, at), start), format_)

        format_, text, _ = levels.get(str(level), ("bullet", "", 1))
        return "" if format_ in ("bullet", "none") else re.sub(r"%(\d)", number, text)


def _value(element: Any, name: str, default: str) -> str:
    child = element.find(f"{_W}{name}") if element is not None else None
    return default if child is None else str(child.get(f"{_W}val", default))


def _written(number: int, format_: str) -> str:
    """Write a number as Word's format of that name does.

    >>> [_written(n, "chineseCounting") for n in (3, 10, 12, 20, 21)], _written(3, "decimal")
    (['三', '十', '十二', '二十', '二十一'], '3')
    """
    if not ("chinese" in format_.lower() or "japanese" in format_.lower() or "ideograph" in format_.lower()):
        return str(number)
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    return (_CHINESE[tens] if tens > 1 else "") + ("十" if tens else "") + (_CHINESE[ones] if ones else "")
