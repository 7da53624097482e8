"""Marks of HTML and Markdown that a text was written with: entities, headings, emphasis, links, rules of tables.

In: a Draft as received. Out: the same Draft, each mark cut under its rule, so that the words are left. A text is
Markdown if it has links or headings of it: asterisks alone may mask a name.
"""

import re
from html import unescape

from kg.read.draft import Draft, Pieces

_ENTITY = re.compile(r"&(?:amp;)?(?:#\d{2,6}|#[xX][\da-fA-F]{2,5}|[a-zA-Z][a-zA-Z\d]{1,7});")
_ADDRESS = r"\((?:[^()\s]|\([^()\s]{0,99}\)){0,999}(?:[ ]\"[^\"\n]{0,200}\")?\)"
_SHOWN = re.compile(rf"^[ ]{{0,3}}#{{1,6}}[ ]\S|\]{_ADDRESS}", re.MULTILINE)
_PICTURE = re.compile(rf"!\[[^\[\]\n]{{0,300}}\]{_ADDRESS}")
_LINK = re.compile(rf"\[(?P<kept>[^\[\]\n]{{0,300}})\]{_ADDRESS}")
_RULE = re.compile(r"^[ |:-]{0,9}-{3}[ |:-]{0,300}\n", re.MULTILINE)
_OPENING = re.compile(r"^[ ]{0,3}(?:#{1,6}[ ]|>[ ]?)", re.MULTILINE)
_EMPHASIS = re.compile(r"(?<!\*)\*\*(?!\*)|(?<!_)__(?!_)")
_ESCAPE = re.compile(r"\\(?P<kept>[\\`*_{}\[\]()#+.!|>~-])")


_TAG = re.compile(
    r"<(?P<end>br|/p|/div|/h[1-6]|/li|/tr)?(?:(?(end)|/?(?:strong|b|i|u|em|span|font|p|div|h[1-6]|a|li|ul|tr|td|table|tbody"
    r"|section|o:p|center)))(?:\s[^<>]{0,300})?/?>",
    re.IGNORECASE,
)
#: Characters as programs write them; so many of them are no slip.
#: A character beyond the first 65,536 is written as two.
_WRITTEN = re.compile(
    r"(?<![A-Za-z]:)(?<![A-Za-z\d])(?:(?:\\r)?\\n|\\[rt])(?![A-Za-z])"
    r"|\\ud[89ab][\da-f]{2}\\ud[c-f][\da-f]{2}|\\u[\da-f]{4}|\\xa0",
    re.IGNORECASE,
)
_MANY = 3


def repair(draft: Draft) -> None:
    """Cut the marks; blanks and quotation marks that were written as entities become what they stand for."""
    if "\\" in draft.text and len(_WRITTEN.findall(draft.text)) >= _MANY:
        draft.sub("escape", _WRITTEN, _as_meant)
    if "<" in draft.text and ("</" in draft.text or "/>" in draft.text):
        draft.sub("tag", _TAG, _line_end)
    text = draft.text
    if "&" in text and ";" in text:
        draft.sub("entity", _ENTITY, _character)
    if (("]" in text and "](" in text) or ("#" in text and "# " in text)) and _SHOWN.search(text):
        for pattern in (_PICTURE, _LINK, _RULE, _OPENING, _EMPHASIS, _ESCAPE):
            draft.sub("markdown", pattern, _kept)
    elif "|" in text and "--" in text:
        draft.sub("markdown", _RULE, _kept)


def _as_meant(match: re.Match[str]) -> Pieces | None:
    """Return the character that is written; half of one, or one that controls a terminal, is text."""
    written = match.group()
    if written[1] in "uU":
        units = bytes.fromhex("".join(re.split(r"\\u", written, flags=re.IGNORECASE)))
        new = units.decode("utf-16-be", "replace")
        return [(new, *match.span())] if new >= " " and new[0] not in "\x7f\ufffd" else None
    return [("\n" if written[-1] in "nr" else " ", *match.span())]


def _line_end(match: re.Match[str]) -> Pieces:
    """A tag that ends a line leaves a line's end, unless one stands there."""
    return [("\n", *match.span())] if match["end"] and match.string[match.end() : match.end() + 1] not in "\r\n" else ()


def _character(match: re.Match[str]) -> Pieces | None:
    """Return the one character that an entity stands for; what stands for none is text."""
    new = unescape(match.group().replace("&amp;", "&", 1))
    return [(new, *match.span())] if len(new) == 1 and new != "\0" else None


def _kept(match: re.Match[str]) -> Pieces:
    kept = match.groupdict().get("kept")
    return [(kept, *match.span("kept"))] if kept else ()
