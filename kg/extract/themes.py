"""What a name's place in the report says of it: its theme, and whether it was done or is planned.

In: the text, its sections and header, and where the name stands. Out: an id of themes.csv; done or planned.
A word that tells a theme is a row of kg/tables/name_words.csv.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from kg.extract.names import Candidate, Words
from kg.extract.sections import Outline
from kg.model import Header
from kg.vocabulary import Vocabulary

_ENTERS = re.compile("[一-龥]{2,6}进")  # 法律进机关、进企业 is about law, not about enterprises
BROAD = ("leadership", "functions", "enforcement", "publicity", "digital")  # in front of a name they tell little
_VAGUE = ("leadership", "functions", "enforcement", "digital", "supervision", "safety")  # behind it they tell nothing
_NOUN = re.compile("[一-龥]{2}")
_DAY = re.compile("(?<![放习事验务访谈待])[节日]$")  # 中华慈善日 is for telling people
_LAW_DAY = re.compile("[法例]宣传[日周月]$")
_LESSON = re.compile(r"^(?!.*(?:法律|普法|农|民法|道德)).*(?:[课讲学]堂|夜校|讲坛|论坛|讲台)(?:[·+].*)?(?:模式|培训)?$")
_STAFF = re.compile(
    "干部|党员|职工|党组会|党委会|传达学习|领导带头|民警|辅警|执法人员|执法队伍|业务骨干|参训|业务培训|中心组|学法用法(?!示范)"
)
_SERVED = ("leadership", "emergency", "disputes", "publicity", "services")  # what a platform may be for
_WATCHES = re.compile("监控|监测|预警|电子|云")
# Both begin with characters as such, so that the search leaps from one to the next.
_YEAR = re.compile(r"20\d\d(?=年)(?<![^。;:\n )]20\d\d)")  # at the head of a sentence
_PLAN = re.compile(
    r"下一步|下步|下阶段|明年|力争|拟(?=[于开建成出])|计划(?=[开建推在于实明])(?<![作度年学行划法]计划)|"
    r"将(?=继续|进一步|持续|深入|着力|全面|加快|大力|探索)"
)
_FAR = ("下", "明")  # what the words of intent that reach far begin with


def theme_of(name: Candidate, text: str, outline: Outline, header: Header, tables: Vocabulary, words: Words) -> str:
    """Say the theme: of the name's own words, else what its sentence, headings and issuer speak of most."""
    return _by_words(name, text, words) or _by_place(name, text, outline, header, tables, words)


def _by_words(name: Candidate, text: str, words: Words) -> str:
    """Return the theme that the name says, or the words that touch it; or nothing."""
    own = words.own_themes_of(name.name)
    own = own or [theme for theme in words.own_themes_of(text[name.start : name.end]) if theme not in _VAGUE]
    beside = _beside(text[max(0, name.start - 8) : name.start], not own, words) if name.rule == "quoted" else ""
    if beside and (not own or beside not in BROAD):
        return beside
    if _LAW_DAY.search(name.name) or (_DAY.search(name.name) and set(own) <= {"functions", "enforcement", "services"}):
        return "publicity"
    if not own:
        does = _behind(text[name.end : name.end + 8], words)
        return does if does not in _VAGUE else ""
    if _LESSON.search(name.name) and _STAFF.search(_around(text, name, "。;\n", 60)):
        return "leadership"
    if "+" in name.name:  # 路长+商户+城管共治机制: what most of its parts are about
        return max(own[::-1], key=own.count)
    if _ENTERS.match(name.name):  # 知识产权进校园 is for telling people
        return "publicity" if own[0] in ("functions", "enforcement") else own[0]
    return _told(name.name, own)


def _by_place(name: Candidate, text: str, outline: Outline, header: Header, tables: Vocabulary, words: Words) -> str:
    """Return what the name's sentence, headings and issuer speak of most."""
    start = name.start
    votes = Counter(words.themes_of(_around(text, name, "。;\n", 200)))
    votes.update(words.themes_of(_around(text, name, ",。;:\n", 60)))  # its own clause counts twice
    votes.update(words.hints_of(name.name))
    if name.kind not in ("platform", "campaign") and "法治" in name.name:  # “法治云岭”建设, 法治副镇长制度
        votes["leadership"] += 2
    for section in reversed(outline.at(start)):
        for theme in words.themes_of(section.heading):
            votes[theme] += section.level
    if not votes:
        votes.update(words.themes_of(header.issuer or header.title or ""))
    order = list(tables.themes)
    return min(votes, key=lambda theme: (-votes[theme], order.index(theme))) if votes else "leadership"


def _around(text: str, name: Candidate, marks: str, reach: int) -> str:
    """Return what stands around a name up to the nearest of the marks, at most `reach` characters on either side."""
    start, end = name.start, name.end
    left = max(text.rfind(mark, max(0, start - reach), start) + 1 for mark in marks)
    right = min((at for mark in marks if (at := text.find(mark, end, end + reach)) >= 0), default=end + reach)
    return text[max(left, start - reach, 0) : right]


def _told(name: str, own: Sequence[str]) -> str:
    """Return the last theme of a name's words; that it is a platform tells less than what it is for.

    >>> _told("诉前联调平台", ["disputes", "digital"]), _told("工资监控平台", ["disputes", "digital"])
    ('disputes', 'digital')
    """
    if own[-1] == "digital" and own.count("digital") == 1 and not _WATCHES.search(name):
        return next((theme for theme in reversed(own) if theme in _SERVED), "digital")
    return own[-1]


def status_at(start: int, text: str, outline: Outline, header: Header) -> Literal["done", "planned"]:
    """Tell planned from done: by the section, a later year that begins a sentence in front, or words of intent."""
    here = outline.at(start)
    if here and here[0].role == "plans":
        return "planned"
    paragraph = max(text.rfind("\n", max(0, start - 400), start) + 1, start - 400, 0)
    sentence = max(text.rfind("。", paragraph, start), text.rfind(";", paragraph, start)) + 1
    years, intents = _times(text)
    if header.year and any(year > header.year for at, year in years if paragraph <= at and at + 4 <= start):
        return "planned"
    near = intents[bisect_left(intents, (paragraph, 0, False)) : bisect_left(intents, (start, 0, False))]
    return "planned" if any((far or at >= sentence) and end <= start for at, end, far in near) else "done"


@lru_cache(maxsize=2)
def _times(text: str) -> tuple[list[tuple[int, int]], list[tuple[int, int, bool]]]:
    """Return the years that begin a sentence, and the words of intent: from, to, and whether they reach far."""
    years = [(match.start(), int(match.group())) for match in _YEAR.finditer(text)]
    return years, [(match.start(), match.end(), match.group().startswith(_FAR)) for match in _PLAN.finditer(text)]


def _beside(before: str, near: bool, words: Words) -> str:
    """Return the theme of the word that touches a quotation (信访“首接首办”责任制), or nothing.

    near: whether a noun of two characters may stand between (燃气安全“敲门”行动).
    """
    found = [(words.theme_words[index], end) for index, _, end in words.themes.find_matches_as_indexes(before)]
    if not found:
        return ""
    word, end = found[-1]
    between = before[end:]
    tells = near and not words.has("weak", word)  # 校园安全“日巡查”
    touches = not between or (tells and _NOUN.fullmatch(between) and not words.opening.match(between))
    return words.by_role["theme"][word][0] if touches else ""


def _behind(behind: str, words: Words) -> str:
    """Return the theme of what a name does, by the word that follows it (“徐姐工作室”化解纠纷), or nothing."""
    for index, start, _ in words.themes.find_matches_as_indexes(behind):
        return words.theme_values[index] if start == 0 else ""
    return ""
