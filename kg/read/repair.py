"""Broken text made whole: each rule named, each change recorded, each character led back to the source.

In: the text as received. Out: a Draft of the text that extractors read, its repairs, cuts and doubts; the script; the
metadata. Rules run in the order of RULES. A new kind of damage is a rule here (in mojibake.py, shift.py or garbled.py
if bytes were misread, markup.py for marks of HTML, pinyin.py and adverts.py if those came in, lines.py if lines were
broken, blanks.py if blanks came in) with a positive and a negative case in tests/cases/repair.toml.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from unicodedata import normalize

from kg.model import Metadata, Script
from kg.read import adverts, blanks, chrome, garbled, labels, lines, markup, mojibake, pinyin, repeated, scripts, shift
from kg.read.draft import Draft, Pieces
from kg.read.relatives import BETWEEN_DASHES, DOUBLED, SOUGHT, WATERMARK, said
from kg.read.words import words
from kg.text import WIDE, half_width

_HAN = "\u3400-\u9fff"
_NUMBER = "[一二三四五六七八九十]"
_SHARER = "秘书|文秘|公文|范文|文档|文库|资料|办公|材料"
_SHARERS = (
    f"(?:(?:{_SHARER})(?:(?:{_SHARER}|专业|免费|精品|分享|下载|平台|网站|大全|之家|在线|[网库站]|[ —|-]){{1,9}})?"
    "|[百豆道人原][度丁客人创][文网巴力]?[库巴档]?)"
)
#: Behind these a question mark is one. (A pattern that begins with the mark is found sooner than one that looks back.)
_ASKING = "什么 怎样 如何 为何 与否 是非 多少 好不好 行不行 能不能 会不会 是不是 要不要 有没有 么 谁 哪 吗 呢 几 否"
#: What makes a clause a question wherever it stands; and in so many characters.
_QUESTION, _CLAUSE = re.compile("是否|能否|可否|如何|怎么|怎样|什么|为何|哪[些里个]|谁"), 40
_UNASKED = "".join(rf"(?<!{word}\?)" for word in _ASKING.split())


def _cut(match: re.Match[str]) -> Pieces:
    return ()


def _first(match: re.Match[str]) -> Pieces:
    return [(match[1], match.start(1), match.end(1))]


def _stop(match: re.Match[str]) -> Pieces | None:
    """Put a full stop in the place of a question mark, unless the clause in front of it asks."""
    clause = re.split("[。;,!?\n]", match.string[max(0, match.start() - _CLAUSE) : match.start()])[-1]
    return None if _QUESTION.search(clause) else [("。", match.start("mark"), match.end("mark"))]


#: (name, strings without one of which nothing matches, pattern, what the match becomes)
RULES: tuple[tuple[str, tuple[str, ...], re.Pattern[str], Callable[[re.Match[str]], Pieces | None]], ...] = (
    ("lone-mark", ("?",), re.compile(r"^[ \t]{0,8}\?+[ \t]{0,8}$", re.MULTILINE), _cut),
    ("lost-indent", ("?",), re.compile(rf"^\?{{1,4}}[ \t]{{0,4}}(?=[{_HAN}(\d“《])", re.MULTILINE), _cut),
    ("lost-stop", ("?",), re.compile(
        rf"(?P<mark>\?)(?<=[{_HAN}”》)%]\?){_UNASKED}"
        rf"(?=$|{_NUMBER}{{1,2}}(?:是(?!否)|、)|\({_NUMBER}{{1,3}}\)|[ \t]*(?:同时|此外|现将|下一步|其次|再次),?)",
        re.MULTILINE,
    ), _stop),
    ("inner-blank", (" ",), re.compile(
        rf" (?:(?<=[{_HAN}] )(?<!第{_NUMBER}部分 )(?=\d)(?!20\d\d[-/.年]\d{{1,2}}[-/.月]\d{{1,2}})"
        rf"|(?<=[\d%] )(?<![-:/]\d\d )(?<![-/.]20\d\d )(?<!20\d\d\.\d\d\.\d\d )(?=[{_HAN}])"
        rf"|(?<=\d )(?=%)|(?<=[《“(] )|(?<=\S )(?=[》”),。;、])|(?<=[,;:。、”》)] )(?=[{_HAN}“《(])"
        rf"|(?<=[{_HAN})”》] )(?=[“《(:]))"
    ), _cut),
    ("doubled-mark", DOUBLED[:6], re.compile("([,、。;:])(?:(?<=、),|\\1)"), _first),
    ("doubled-mark", DOUBLED[6:], re.compile("[,、;](?=。)"), _cut),
    ("watermark", (WATERMARK,), re.compile(
        rf"(?<=[{_HAN},、])[ ]?(?:(?:(?<=[ ])[{_HAN}]{{2}})?{_SHARERS}[ ]?[—-]{{0,2}})?[ ]?(?:https?://)?w{{3}}\."
        rf"(?![a-z0-9.-]{{0,40}}gov\.cn)[a-z0-9-]{{2,30}}(?:\.[a-z0-9-]{{2,12}}){{1,3}}/?[ ]?(?=[{_HAN},、。])"
    ), _cut),
    ("watermark", BETWEEN_DASHES, re.compile(
        rf"[—-](?<=[{_HAN}\d,、。][—-])[—-]{{0,3}}[ ]?(?:(?:{_SHARER}|精[品选]|欢迎|免费|下载|分享|可编辑|修改|整理"
        rf"|推荐|仅供|参考|学习|[Ww]ord|版)[, ]?){{2,8}}[—-]{{1,4}}(?=[{_HAN}\d,、。])"
    ), _cut),
)  # fmt: skip
_UNSEEN = frozenset(
    chr(code)
    for first, last in (
        (0x200B, 0x200F),
        (0x202A, 0x202E),
        (0x2060, 0x2069),
        (0, 8),
        (0xB, 0xC),
        (0xE, 0x1F),
        (0x7F, 0x9F),
    )
    for code in range(first, last + 1)
) | {"\ufeff", "\u00ad", "\ufffe"}
_INVISIBLE = re.compile(f"[{''.join(map(re.escape, sorted(_UNSEEN)))}]+")
_WIDE = frozenset("０１２３４５６７８９％．") | {
    chr(code) for first in "Ａａ" for code in range(ord(first), ord(first) + 26)
}
_FULL_WIDTH = re.compile(f"[{''.join(sorted(_WIDE))}]+")
#: Characters without one of which there is nothing invisible, no pinyin, no full-width digit, no text read as Latin-1.
_RARE = re.compile(
    f"[{''.join(map(re.escape, sorted(_UNSEEN | _WIDE)))}\xa1-\xb6\xb8-\u01ff\u2e80-\u2fdf\ue000-\ufaff{garbled.HINTS}]"
)


@lru_cache(maxsize=1)
def _unusual() -> re.Pattern[str]:
    """Return what finds a character of _RARE, or one that conversion to simplified characters changes."""
    return re.compile(f"{_RARE.pattern[:-1]}{scripts.traditional()}]")


@lru_cache(maxsize=1)
def _foreign() -> re.Pattern[str]:
    """Return what finds the same, or what is folded to ASCII: most texts have the one, and many neither."""
    return re.compile(f"{_unusual().pattern[:-1]}{WIDE}]")


#: Radicals and doubles of characters, which PDF files have in the characters' stead.
_RADICAL = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]+")
#: A mark of a list, of a typeface that has no letters.
_BULLET = re.compile("^[ ]{0,60}[\uf020-\uf0ff][ ]{0,4}", re.MULTILINE)
#: Damage that nothing undoes: it stays, and is told of.
_ANY = ("",)
_DOUBTS = (
    ("unreadable", ("\ufffd", "锟"), re.compile("\ufffd+|锟斤拷")),
    ("unreadable", _ANY, re.compile("[\ue000-\uf8ff]+")),
    (
        "lost-character",
        ("?",),
        re.compile(
            rf"\?(?:(?<=[{_HAN}\d%、。;:”》)]\?){_UNASKED}(?=[^\s?”’》)])|(?<=[,、。;:]\?)|(?<=\?\?)(?=[^\s?”’》)]))"
        ),
    ),
)


@lru_cache(maxsize=1)
def _variants() -> tuple[frozenset[str], re.Pattern[str], dict[str, str]]:
    """Return what opencc leaves as it is, and what it should be: words of tables/chrome.csv, and 著 that means 着.

    First the characters without one of which there is none.
    """
    right = words("variant")
    odd = {"著", *(a for wrong, now in right.items() for a, b in zip(wrong, now, strict=True) if a != b)}
    aspect = "(?<![显卓名专原编论巨土昭遗译合拙])著(?![作名称述录书者文])"
    return frozenset(odd), re.compile("|".join([*map(re.escape, right), aspect])), {"著": "着", **right}


def _characters(radicals: str) -> str:
    """Return the characters that radicals stand for.

    >>> _characters("⼈⺠")
    '人民'
    """
    return "".join(words("radical").get(c) or (n if len(n := normalize("NFKC", c)) == 1 else c) for c in radicals)


def clean(source: str, outside: Sequence[tuple[str, int, int]] = ()) -> tuple[Draft, Script, Metadata]:
    """Repair a text as received. outside: spans (rule, start, end) of it that the reader knows to be no report."""
    draft = Draft(source)
    foreign = _foreign().search(source)
    usual = not (foreign and _unusual().search(source, foreign.start())) and scripts.stays(source)
    rare = not usual and _RARE.search(source) is not None
    mojibake.repair_confusions(draft, rare)
    markup.repair(draft)
    shift.repair(draft)
    if rare or "?" in draft.text:
        garbled.repair(draft)
    if rare:
        draft.note("radical", _RADICAL, _characters)
        draft.translate(_RADICAL.sub(lambda match: _characters(match.group()), draft.text))
        draft.note("full-width", _FULL_WIDTH, half_width)
    folded = half_width(draft.text) if foreign or draft.text is not source else source
    simple = folded if usual and draft.text is source else scripts.simplify(folded)
    script = scripts.script(folded, simple)
    draft.translate(simple)
    metadata = labels.metadata(simple, [draft.here(start, end) for _, start, end in outside])
    draft.cut([(rule, *draft.here(start, end)) for rule, start, end in outside])
    before = len(draft.repairs)
    if rare:
        draft.sub("invisible", _INVISIBLE, _cut)
        draft.sub("bullet", _BULLET, _cut)
        pinyin.cut(draft, source)
    pinyin.cut_toneless(draft)
    _repair_characters(draft)
    advertised = adverts.repair(draft)
    lines.repair(draft)
    if script != "hans" and len(draft.repairs) > before:
        draft.translate(scripts.simplify(draft.text))  # phrases that a repair made whole
    repeated.cut(draft)
    chrome.cut(draft)
    _doubt(draft, rare, advertised)
    return draft, script, metadata


def _doubt(draft: Draft, rare: bool, advertised: bool) -> None:
    for name, needs, pattern in _DOUBTS:
        if (rare or needs != _ANY) and any(string in draft.text for string in needs):
            draft.doubt(name, pattern)
    blanks.doubt(draft)
    if advertised:
        adverts.doubt(draft)


def _repair_characters(draft: Draft) -> None:
    odd, wrong, right = _variants()
    if any(character in draft.text for character in odd):
        draft.sub("variant", wrong, lambda m: [(right[m.group()], *m.span())])
    lines.cut_page_numbers(draft)
    blanks.squeeze(draft)
    text, found = draft.text, said(draft.text)
    for rule, needs, pattern, pieces in RULES:
        # of these strings it is known already how often the text has them
        looked = found if draft.text is text and needs[0] in SOUGHT else draft.text
        if any(string in looked for string in needs):
            draft.sub(rule, pattern, pieces)
    blanks.repair(draft)
