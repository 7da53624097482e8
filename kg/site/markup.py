"""HTML that no text breaks out of: elements, tables, and the frame of a page.

In: text of any content. Out: Html, which alone is put into a page as it is; all other text is escaped. Text that is
written from right to left, or holds a mark that turns the direction, is put into <bdi>, so that it turns nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from kg.page.shell import policy

_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
#: Hebrew, Arabic and their like, and the marks above.
_APART = re.compile(
    "[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_SENTENCE = 30  # characters of a cell that are taken for a sentence


class Html(str):
    """Markup of our own."""

    __slots__ = ()


def text(value: object) -> Html:
    """Return a text as markup, apart from what stands around it where it needs to be.

    >>> text("<b>"), text(Html("<b>x</b>")), text("\u05d0")
    ('&lt;b&gt;', '<b>x</b>', '<bdi>\u05d0</bdi>')
    """
    if isinstance(value, Html):
        return value
    escaped = _escaped(str(value))
    return Html(f"<bdi>{escaped}</bdi>" if _APART.search(escaped) else escaped)


def plain(value: object) -> str:
    """Return a text escaped and without marks that turn the direction of writing, for where there is no <bdi>."""
    shown = str(value)
    return shown if shown.isalnum() and shown.isascii() else _escaped(_TURNING.sub("", shown))


def _escaped(value: str) -> str:
    if value.isalnum():  # most are, and hold nothing to be escaped
        return value
    return escape(_CONTROL.sub("\ufffd", value))


def tag(name: str, *children: object, **attributes: object) -> Html:
    """Return an element. An attribute's name ends in _ where Python has it for itself; without a value it is left out.
    True is an attribute that needs none.

    >>> tag("a", "甲 & 乙", href="x.html?a=1&b", class_="")
    '<a href="x.html?a=1&amp;b">甲 &amp; 乙</a>'
    """
    said = "".join(
        f" {key.rstrip('_').replace('_', '-')}" + ("" if value is True else f'="{plain(value)}"')
        for key, value in attributes.items()
        if value not in ("", None)
    )
    return Html(f"<{name}{said}>{''.join(map(text, children))}</{name}>")


def link(address: str, name: object, **attributes: object) -> Html:
    """Return a link; the bare name where there is no address."""
    return tag("a", name, href=address, **attributes) if address else text(name)


def joined(parts: Iterable[object], between: str = "") -> Html:
    """Return parts as one piece of markup."""
    return Html(between.join(map(text, parts)))


def table(headings: Sequence[object], rows: Iterable[Sequence[object]]) -> Html:
    """Return a table; numbers are to the right, and a sentence has room."""

    def cell(value: object) -> Html:
        kind = "number" if isinstance(value, int | float) else ""
        return tag("td", value, class_="long" if type(value) is str and len(value) > _SENTENCE else kind)

    head = tag("tr", *(tag("th", heading) for heading in headings))
    body = [tag("tr", *map(cell, row)) for row in rows]
    return tag("table", tag("thead", head), tag("tbody", *body))


def page(up: str, zh: str, en: str, *parts: object, above: Sequence[Html] = ()) -> str:
    """Return a page. up: the way to the top of the site; zh, en: its title; above: the ways to what it is a part of."""
    home = tag("nav", joined([link(f"{up}index.html", "目录 Contents"), *above], " › ")) if up else ""
    heading = tag("header", home, tag("h1", zh), tag("p", en, class_="en"))
    return (
        f'<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{plain(policy(up))}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f'<title>{plain(zh)}</title>\n<link rel="stylesheet" href="{up}assets/site.css">\n'
        f'<script src="{up}assets/site.js" defer></script>\n</head>\n'
        f"<body>\n{heading}\n{tag('main', *parts)}\n</body>\n</html>\n"
    )
