"""Advertising of betting sites that a mirror put into a text, or in the place of its words.

In: a Draft whose characters are repaired. Out: the same Draft. What stands alone, as a line, a sentence, in brackets or
at a line's parted edge, or tears a word of the genre, is cut as advertisement; what may stand in the place of words
that are gone stays, and is in doubt. A new brand is a row of kind brand in tables/chrome.csv; a row of kind bet is
advertising only where it is sold.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.read.draft import Change, Draft
from kg.read.relatives import advertised, said
from kg.read.words import words

#: What only advertising says of a brand, and what else is said of one.
_SOLD = "官方|官网|网址|登录|登陆|下载|入口|开户|推荐|首页|app|手机版|网页版|投注"
_SAID = f"{_SOLD}|注册|网站|平台|娱乐城?|体育|电竞|棋牌|彩票|真人|在线|网上|客户端|安卓|苹果|最新|中国|中文|国际|版"
_TAIL = rf"(?:[ ·-]?(?:{_SAID}|(?<![a-z])[a-z]{{1,10}}\d{{0,4}}(?!\d|年)|\((?:{_SAID})\))){{0,12}}"
_TORN = "法治政府 依法行政 法治建设 行政执法 行政处罚 行政复议 人民政府 人民调解 年度报告 习近平法治思想".split()
#: What parts a phrase from a line; what ends a sentence; what may stand behind one that is a sentence.
_PARTS, _STOPS, _MARKS = " -_|—–", "。!?;", "。!?;,、"
#: So many characters around a phrase are looked at.
_NEAR = 40


@lru_cache(maxsize=1)
def _phrase() -> re.Pattern[str]:
    """Return what finds a brand with what is said of it, or a bet that is sold."""
    brands, bets = ("|".join(map(re.escape, sorted(words(kind), key=len, reverse=True))) for kind in ("brand", "bet"))
    return re.compile(rf"(?:{brands}){_TAIL}|(?:{bets})(?:{_SAID}){{0,3}}?(?:{_SOLD}){_TAIL}", re.IGNORECASE)


def repair(draft: Draft) -> bool:
    """Cut the advertising that stands for no words of the report; tell whether there may be any."""
    if advertised().isdisjoint(said(draft.text)):
        return False
    draft.change(list(_changes(draft.text)))
    return True


def doubt(draft: Draft) -> None:
    """Tell of the advertising that is left."""
    draft.doubt("advertisement", _phrase())


def _changes(text: str) -> Iterator[Change]:
    at = 0
    for match in _phrase().finditer(text):
        span = _alone(text, *match.span())
        if span and span[0] >= at:
            at = span[1]
            yield "advertisement", *span, ()


def _alone(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span of a phrase with what parts it from the report, or None where it may stand for words of it."""
    before = text[max(0, start - _NEAR) : start].rpartition("\n")[2]
    behind = text[end : end + _NEAR].partition("\n")[0]
    kept, rest = before.rstrip(_PARTS), behind.lstrip(_PARTS)
    first, last = start - len(before) + len(kept), end + len(behind) - len(rest)
    if (not kept or kept[-1] in _STOPS) and (not rest or rest[0] in _MARKS):
        return first, last + len(rest[:1])
    if before[-1:] == "(" and behind[:1] == ")":
        return start - 1, end + 1
    if (not kept and end < last) or (not rest and first < start and kept[-1] not in ",、"):
        return first, last
    if any(before.endswith(word[:i]) and behind.startswith(word[i:]) for word in _TORN for i in range(1, len(word))):
        return start, end
    return None
