"""Traditional to simplified characters, of the same length, so that every character keeps its place."""

import re
from collections.abc import Callable
from functools import lru_cache
from operator import ne
from typing import Any

from kg.model import Script

_HAN = re.compile("[\u3400-\u9fff]+")
_LOOKED_AT = 1000


@lru_cache(maxsize=1)
def _converter() -> Callable[[str], Any]:
    from opencc import OpenCC

    convert: Callable[[str], Any] = OpenCC("t2s").convert
    return convert


def simplify(text: str) -> str:
    """Return the text in simplified characters, of the same length.

    >>> simplify("規範執法,對外公佈")
    '规范执法,对外公布'
    """
    convert = _converter()
    out: str = convert(text)
    if len(out) == len(text):
        return out
    lines = ((line, convert(line)) for line in text.split("\n"))  # a phrase was rewritten: find its line
    return "\n".join(new if len(new) == len(old) else "".join(map(simple_of, old)) for old, new in lines)


@lru_cache(maxsize=8192)
def simple_of(character: str) -> str:
    """Return the simplified form of one character."""
    simple: str = _converter()(character)
    return simple if len(simple) == 1 else character


def script(text: str, simple: str) -> Script:
    """Tell the script by how many characters the conversion changes: hans hardly any, hant more than one in ten."""
    if text == simple:
        return "hans"
    step = len(text) // _LOOKED_AT + 1  # every so many characters tell as much as all of them
    text, simple = text[::step], simple[::step]
    han = sum(map(len, _HAN.findall(text))) or 1
    changed = sum(map(ne, text, simple)) / han
    return "hans" if changed < 0.01 else "hant" if changed > 0.1 else "mixed"
