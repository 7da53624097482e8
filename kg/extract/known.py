"""Names of the table initiatives.csv where they stand in a text, with or without quotation marks inside them.

In: a text and its quotations. Out: Candidates with `known` set; kg/extract/initiatives.py chooses among them.
A new initiative is a row of initiatives.csv; a wording that is an ordinary word too gets a row with the role `general`
in name_words.csv, and then counts only in quotation marks.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from kg.extract.kinds import NUMERAL
from kg.extract.names import DROPPED, Candidate, Words, squash, unmarked
from kg.extract.quotes import PARTS, Quote
from kg.model import Header
from kg.vocabulary import KnownInitiative, Vocabulary

_HIGHER = re.compile(r"(?:中央|全国|国家|[省市区县州旗]委)(?:、?[省市区县州旗]委)?$")
#: What others do, and the reporter only helps with: 配合省委依法治省办开展法治督察.
_HELPED = re.compile("(?:配合|接受|迎接)[^,。;\n]{0,14}$")
#: 年检、抽查、约谈+三项制度: what a list in front counts.
_LIST = re.compile("(?<=[一-龥])、(?![一-龥]{0,2}(?:审核|记录|公示))[一-龥]{2,4}$")
#: An office reports, and the committees of its own city are above it.
_OFFICE = re.compile("(?:[局厅]|支队|大队)$")
#: What makes a rule of ordinary work: 领导接访制度.
_RULE = re.compile("(?:工作)?(?:制度|机制)(?!体系|改革|建设|化)")
_LAST = 1 << 60


@lru_cache(maxsize=1)
def wordings(tables: Vocabulary) -> Mapping[str, KnownInitiative]:
    """Return every wording of the table as it is compared."""
    return {squash(name): row for name, row in tables.initiative_names.items()}


@lru_cache(maxsize=1)
def _automaton(tables: Vocabulary) -> tuple[tuple[str, ...], AhoCorasick]:
    """Return the wordings, and what finds the longest of them."""
    ordered = tuple(wordings(tables))
    return ordered, AhoCorasick(ordered, matchkind=MatchKind.LeftmostLongest)


@lru_cache(maxsize=2)
def _plain(text: str) -> tuple[str, list[int]]:
    """Return a text as names are compared, and before which of its characters one was dropped."""
    return squash(text), [match.start() - before for before, match in enumerate(DROPPED.finditer(text))]


def occurrences(text: str, ordered: tuple[str, ...], automaton: AhoCorasick) -> Iterator[tuple[str, int, int]]:
    """Yield (squashed name, start, end) wherever the text has one, whatever marks and blanks stand inside it."""
    plain, dropped = _plain(text)
    for index, first, last in automaton.find_matches_as_indexes(plain):
        name = ordered[index]
        if not (name[0].isdigit() and plain[first - 1 : first].isdigit()):
            yield name, first + bisect_right(dropped, first), last + bisect_right(dropped, last - 1)


def repeated(text: str, names: Mapping[str, bool]) -> Iterator[tuple[str, int, int]]:
    """Yield (squashed name, start, end) of every mention of a report's names. names: whether one counts unquoted."""
    ordered = tuple(names)
    kind = Implementation.NoncontiguousNFA  # quickest to make, and it is used once
    automaton = AhoCorasick(ordered, matchkind=MatchKind.LeftmostLongest, implementation=kind)
    for name, start, end in occurrences(text, ordered, automaton):
        marked = text[start - 1 : start] in ("“", '"', "‘") and text[end : end + 1] in ("”", '"', "’")
        if marked or names[name]:
            yield name, start - marked, end + marked


def listed(text: str, quotes: Sequence[Quote], header: Header, tables: Vocabulary, words: Words) -> Iterator[Candidate]:
    """Yield the longest wordings of the table that the text has, each with its quotation marks."""
    spans, names = [(quote.start, quote.end) for quote in quotes], wordings(tables)
    for wording, start, end in occurrences(text, *_automaton(tables)):
        whole = _with_marks(text, start, end, quotes, spans)
        if whole is None:
            continue
        start, end = whole
        end += text.startswith("队", end) and wording.endswith("团")  # 法律顾问团队
        if not DROPPED.match(text, end - 1):
            ordinary = len(wording) < 3 or words.has("general", wording) or text.startswith("率", end)  # 掌上执法率
            row = names[wording]
            rule = _RULE.match(text, end) if ordinary and len(wording) > 3 else None
            rule = rule if row.kind in ("mechanism", "campaign") else None
            helps = (rule or row.kind == "mechanism") and _HELPED.search(text, max(0, start - 20), start)
            counts = wording[0] in NUMERAL and _LIST.search(text, max(0, start - 8), start)
            if helps or counts or _is_others(text, start, row, header):
                continue
            if rule:
                name = unmarked(text[start : rule.end()])
                yield Candidate(start, rule.end(), name, wording, "mechanism", "table", wording)
            if ordinary:
                continue
        yield Candidate(start, end, unmarked(text[start:end]), wording, names[wording].kind, "table", wording)


def _with_marks(
    text: str, start: int, end: int, quotes: Sequence[Quote], spans: Sequence[tuple[int, int]]
) -> tuple[int, int] | None:
    """Take a wording's quotation marks in; None if the wording is a part of a longer quotation."""
    for at in {bisect_right(spans, (start, _LAST)) - 1, bisect_right(spans, (end - 1, _LAST)) - 1} - {-1}:
        quote = quotes[at]
        if end <= quote.start or start >= quote.end:
            continue
        if start <= quote.start + 1 and end >= quote.end - 1:
            start, end = min(start, quote.start), max(end, quote.end)
        elif text[start:end] not in PARTS.split(quote.inner):
            return None
    return start, end


def _is_others(text: str, start: int, row: KnownInitiative, header: Header) -> bool:
    """Tell whether a body belongs to a higher level than the report's own (区委全面依法治区委员会, in a town).

    A bureau has no committee of the Party's own level either.
    """
    above = _HIGHER.search(text, max(0, start - 8), start) if row.kind == "body" else None
    own = (header.district or " ")[-1]
    return above is not None and (bool(_OFFICE.search(header.issuer or "")) or not above.group().endswith(own + "委"))
