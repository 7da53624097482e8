"""Zeros without a figure: 无行政诉讼败诉案件, 未发生越级上访, 行政复议和行政诉讼均未发生.

In: the text, its headings, instruments and the tables. Out: Denials in the order of the text, one for each noun denied
that the rows of tables/indicator_rules.csv count. What is wished (确保无…), lacking (没有专职人员) or part of a word
(无障碍, 无讼村) is none.
"""

import re
from collections.abc import Iterator, Sequence

from kg.extract import indicators
from kg.extract.finder import Asked, Finder, Rules
from kg.extract.metrics import mask
from kg.model import Denial, Instrument, Section, Span
from kg.vocabulary import Vocabulary

_NOT = re.compile(
    r"(?P<not>(?:从未|曾未|未|没有|均无)(?:发生|出现|产生|收到|受理|接到|新增|办理|引发|制定|出台|印发|发现|存在)过?|不存在|"
    r"没有(?!得到|形成|完全|及时)|无(?=一[起例件宗人户])|(?<![一-鿿])无|(?<=[年度内前均也且现持到镇乡道局县区市省所办])无)"
    r"(?:一(?:[起例件宗人户]|(?=败诉|被|因)))?(?:任何|新的?)?(?:因[^,。;:\n]{2,16}(?:引发|导致|引起)的)?(?P<noun>[^,。;:!?\n■]{2,30})"
)
#: What a negation begins with: one look for it is quicker than trying every wording everywhere.
_FIRST = re.compile("[从曾未没均不无]")
_BEHIND = re.compile("(?P<not>未发生|未出现|没有发生|为零|为0)(?=[,。;\n(]|$)")
_ALL = re.compile("(?:数量?|件数)?(?:均|都|全部|全年)?$")
_MARKS = ",。;:!?\n■"
#: 无 as the beginning of another word, and what is no event.
_WORD = re.compile(
    r"(?:人[机区]|法|证|偿|障碍|关|论|讼|诉讼?(?:村|社区|街道|乡镇|小区)|疑|缝|线|纸|形|须|愧|力|效|烟|感|限|害|主|差[别错]|理|照|牌|固定|不|"
    r"所|从|违建(?:村|社区|街道|小区|创建)|访|黑|毒|邪|传|接触|欠薪|私|序|死角|盲区|缺|遗漏|事故|重大|严重)(?!行政|信访|决策|纠纷|矛盾|复议|诉讼|上访|案)"
)
_SEPARATE = re.compile(r"、|以及|(?<!调)[和及或]")
_END = re.compile(r"(?:的?(?:情况|情形|现象|发生)){1,3}$")
#: What is lacking rather than denied.
_LACKING = re.compile(r"(?:人员|队伍|机构|力量|经费|场所|制度|机制|能力|意识|平台|依据)$")
_WISHED = re.compile(r"确保|力争|防止|避免|杜绝|争取|如|若|努力|目标|是否|凡|对于?|要|将[^近]|创建|打造|“")
#: What a district may have had none of; people, places and money are lacking, not denied.
_DENIED = frozenset(("case", "document", "event"))
_ALSO = frozenset(("decision.matters_reviewed", "supervision.disclosures"))
#: Whose narrower indicators are kinds of cases: to deny one kind is not to deny all.
_OF_KINDS = frozenset(("supervision.losses",))


def find(
    text: str, sections: Sequence[Section], instruments: Sequence[Instrument], tables: Vocabulary
) -> tuple[Denial, ...]:
    """Return the zeros by denial of a text, in its order."""
    masked = mask(text, instruments)
    rules = indicators.rules(tuple(tables.indicators))
    found: dict[int, Denial] = {}
    for match in _negations(masked):
        if _denies(masked, match, sections):
            for denial in _denials(text, match.span("not"), match.span("noun"), rules, tables):
                found.setdefault(denial.start, denial)
    for match in _BEHIND.finditer(masked):
        at = match.start() - len(_ALL.search(masked[max(0, match.start() - 4) : match.start()])[0])  # type: ignore[index]
        begin = max(masked.rfind(mark, max(0, at - 30), at) for mark in _MARKS) + 1
        noun = max(begin, at - 30), at
        if noun[1] - noun[0] > 1 and _denies(masked, match, sections):
            for denial in _denials(text, match.span("not"), noun, rules, tables):
                found.setdefault(denial.start, denial)
    return tuple(found[start] for start in sorted(found))


def _negations(masked: str) -> Iterator[re.Match[str]]:
    """Yield the matches of _NOT, which do not overlap."""
    done = 0
    for first in _FIRST.finditer(masked):
        match = _NOT.match(masked, first.start()) if first.start() >= done else None
        if match:
            done = match.end()
            yield match


def _denies(masked: str, match: re.Match[str], sections: Sequence[Section]) -> bool:
    """Tell whether a match says that there was none, and does not wish it, promise it or begin another word."""
    at = match.start("not")
    role = next((s.role for s in reversed(sections) if s.start <= at < s.body_end), None)
    before = masked[max(masked.rfind(mark, max(0, at - 40), at) for mark in _MARKS) + 1 : at][-40:]
    if role in ("plans", "problems") or _WISHED.search(before):
        return False
    return not (match["not"].endswith("无") and _WORD.match(masked, match.end("not")))


def _denials(
    text: str, no: tuple[int, int], noun: tuple[int, int], rules: Rules, tables: Vocabulary
) -> Iterator[Denial]:
    """Yield what a negation denies: each noun of its list that a row counts, or all of it where one alone is none."""
    start, end = noun
    end -= len(m.group()) if (m := _END.search(text[start:end])) else 0
    pieces, at = list[tuple[int, int]](), start
    for mark in _SEPARATE.finditer(text, start, end) if "被" not in text[start:end] else ():
        pieces.append((at, mark.start()))
        at = mark.end()
    pieces.append((at, end))
    begin = min(no[0], start)
    finder = Finder(text[begin : max(no[1], end)], rules)
    counted = [_counted(finder, text, begin, piece, tables) for piece in pieces]
    if None in counted and len(pieces) > 1:
        pieces, counted = [(start, end)], [_counted(finder, text, begin, (start, end), tables)]
    for i, ((first, last), under) in enumerate(zip(pieces, counted, strict=True)):
        if under:
            whole = begin if i == 0 else first
            until = max(last, no[1]) if i == len(pieces) - 1 else last
            indicator, detail = under
            yield Denial(
                start=whole,
                end=until,
                rule="denial",
                name=text[first:last],
                indicator=indicator,
                indicator_detail=detail,
            )


def _counted(
    finder: Finder, text: str, begin: int, noun: tuple[int, int], tables: Vocabulary
) -> tuple[str, str | None] | None:
    """Return the indicator that counts a noun in cases, documents or times, and the narrower one if no more is denied.

    finder knows the text from begin.
    """
    start, end = noun
    if _LACKING.search(text, start, end):
        return None
    here, whole = Span(start - begin, end - begin), Span(0, end - begin)
    asked = Asked(finder, (here,), whole, here, iter((whole,)), whole.end, "")
    for unit in ("件", "次"):
        row = asked.row(unit)
        indicator = tables.indicators[row.indicator] if row else None
        if indicator and (indicator.dimension in _DENIED or indicator.id in _ALSO):
            detail = asked.row(unit, indicator.id) if indicator.id in _OF_KINDS else None
            return indicator.id, detail.indicator if detail else None
    return None
