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


def repair(draft: Draft) -> None:
    """Cut the marks; blanks and quotation marks that were written as entities become what they stand for."""
    text = draft.text
    if "&" in text and ";" in text:
        draft.sub("entity", _ENTITY, _character)
    if (("]" in text and "](" in text) or ("#" in text and "# " in text)) and _SHOWN.search(text):
        for pattern in (_PICTURE, _LINK, _RULE, _OPENING, _EMPHASIS, _ESCAPE):
            draft.sub("markdown", pattern, _kept)
    elif "|" in text and "--" in text:
        draft.sub("markdown", _RULE, _kept)


def _character(match: re.Match[str]) -> Pieces | None:
    """Return the one character that an entity stands for; what stands for none is text."""
    new = unescape(match.group().replace("&amp;", "&", 1))
    return [(new, *match.span())] if len(new) == 1 and new != "\0" else None


def _kept(match: re.Match[str]) -> Pieces:
    kept = match.groupdict().get("kept")
    return [(kept, *match.span("kept"))] if kept else ()
