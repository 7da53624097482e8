"""How exact a figure is: by 约, 超过, 不足 before it, 余, 以上, 左右 behind its number.

In: the text around a number. Out: a Bound, and the words that told it.
"""

import re

from kg.model import Bound

#: What may stand between 至少 and its number.
_DONE = (
    "有|配[备齐]|安排|开展|召开|组织|培[养育训]|设[立置]|举办|建[立成]|新[建增]|打造|创建|聘请|完成|参加|走访|学习|接受"
)
_BEFORE: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    ("at_least", re.compile(r"(?:不少于|不低于|不下于|不小于|至少|超过|超出|超|逾|突破|(?<![,;。、:])破)$")),
    ("at_least", re.compile(rf"至少(?:{_DONE})(?:[^,。;:、\d]{{1,8}})?$")),
    ("at_most", re.compile(r"(?:不超过|不高于|不多于|不大于|低于|少于|至多|最多|不足|不到)$")),
    ("at_most", re.compile(r"(?:不到(?!位)|不足)[^,。;\d]{1,8}的$")),
    ("about", re.compile(r"大?约(?:只有|仅有?|占)$")),
    (
        "about",
        re.compile(
            r"(?:大约|大概|接近|将近|(?<![附邻最靠远亲])近|(?:(?<![节签履合契集预特公制条民失违邀])|(?<=损失))约)$"
        ),
    ),
)
#: 不超过 ends with 超过: the longer wording decides.
_NOT_OVER = re.compile(r"(?:不超过|不超)$")
#: The characters that they end in, and any of them: most numbers have none before them.
_LAST = "于少过出超逾破有备排展开织养育立办多足到的仅占约概近"
_ANY = re.compile("|".join(pattern.pattern for pattern in (_NOT_OVER, *(pattern for _, pattern in _BEFORE))))
BEHIND: dict[str, Bound] = {
    "余": "at_least", "多": "at_least", "来": "about", "以上": "at_least", "之多": "at_least", "以内": "at_most",
    "以下": "at_most", "内": "at_most",
    "左右": "about", "上下": "about", "+": "at_least",
}  # fmt: skip


def bound_of(text: str, start: int, behind: tuple[str | None, ...]) -> Bound:
    """Tell how exact a number is by the words before and behind it: 约160余人 is about."""
    before = text[max(0, start - 12) : start]
    if (before[-1:] in _LAST or "至少" in before) and _ANY.search(before):
        if _NOT_OVER.search(before):
            return "at_most"
        return next(bound for bound, pattern in _BEFORE if pattern.search(before))
    for word in behind:
        if word:
            return BEHIND[word]
    return "exact"


def bound_words(text: str, start: int) -> str:
    """Return the words before a number that tell how exact it is, or 上 that begins it, or nothing."""
    if text.startswith("上", start):
        return "上"
    before = text[max(0, start - 12) : start]
    return next((m[0] for _, pattern in (("", _NOT_OVER), *_BEFORE) if (m := pattern.search(before))), "")
