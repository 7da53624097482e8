"""The sound of a character, which some mirrors put in brackets behind it: 規(guī)范, 法(fa)治(zhi), 局(ju)(ju).

In: a Draft in simplified characters, and the text as received. Out: the same Draft without what mirrors put there, each
cut recorded as pinyin. Glosses of rare characters, which a writer put there, stay.
"""

import re

from kg.read.draft import Draft, Pieces

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹ"
_SYLLABLE = rf"[a-z]{{0,3}}[{_TONED}][a-z{_TONED}]{{0,3}}"
_HAN = "\u3400-\u9fff"
_PINYIN = re.compile(rf"\((?<=[{_HAN}]\(){_SYLLABLE}\)", re.IGNORECASE)
#: A syllable without its tone, which may stand there more than once.
_BARE = (
    "(?:[zcs]h|[bpmfdtnlgkhjqxzcsryw])?"
    "(?:i?a|i?ao|[iu]?an|[iu]?ang|u?ai|[iu]?e|ei|u?en|eng|er|i|in|ing|iong|iu|o|ong|ou|u|ua|ui|un|uo|v|ve)"
)
_TONELESS = re.compile(rf"\((?<=[{_HAN}]\(){_BARE}\)(?:\({_BARE}\))*")
#: So many glosses in one text are no glosses; and so many of syllables without a tone, so many of them different.
_MANY, _MANY_TONELESS, _DIFFERENT = 3, 8, 4


def cut(draft: Draft, source: str) -> None:
    """Cut toned syllables: always behind a traditional character, behind a common one if the text is full of them."""
    many = len(_PINYIN.findall(draft.text)) >= _MANY

    def pieces(match: re.Match[str]) -> Pieces | None:
        at = match.start() - 1
        converted = source[draft.starts[at]] != draft.text[at]
        return () if converted or (many and _is_common(draft.text[at])) else None

    draft.sub("pinyin", _PINYIN, pieces)


def cut_toneless(draft: Draft) -> None:
    """Cut syllables without tones, if the text is full of them: (a) and (an) alone may number and abbreviate."""
    found = _TONELESS.findall(draft.text)
    if len(found) >= _MANY_TONELESS and len(set(found)) >= _DIFFERENT:
        draft.sub("pinyin", _TONELESS, lambda match: ())


def _is_common(character: str) -> bool:
    """Tell a character of the first level of GB 2312: the 3,755 commonest."""
    try:
        return b"\xb0" <= character.encode("gb2312")[:1] <= b"\xd7"
    except UnicodeEncodeError:
        return False
