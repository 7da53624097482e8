"""Initiatives: programmes, campaigns, mechanisms, bodies, platforms and brands with a designation of their own.

In: a text and what was found in it before. Out: one Initiative for each distinct one, at its first mention.
Candidates come from a table (known.py), quotations (quotes.py), numbers and head nouns (headnouns.py); the longest
wins, and the wordings of one initiative are merged. A new way of naming is a generator called in `_candidates`.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.extract.headnouns import after_place, headed, numbered, rows
from kg.extract.known import listed, repeated, wordings
from kg.extract.names import Candidate, Words, squash, unmarked, words
from kg.extract.quotes import Quote, quoted
from kg.extract.sections import Outline
from kg.extract.tails import tail_behind
from kg.extract.themes import status_at, theme_of
from kg.model import Header, Initiative, Instrument, Section, Span
from kg.vocabulary import KnownInitiative, Vocabulary

#: A row's kind, and what a head noun says that does not tell it apart: 反诈中心, 农民学法讲堂.
_NEAR = {("platform", "body"), ("body", "platform"), ("platform", "campaign")}
_JOINED_TO = re.compile("[及和与]$")
#: Whose meeting or staff keep a rule of the table.
_WHOSE = re.compile("(?:会|会议|班子|干部|政府|党[委组])$")
_RANK = {"table": 0, "quoted": 1, "numbered": 2, "head-noun": 3}


@dataclass(frozen=True, slots=True)
class _Report:
    """What is known of the report while its initiatives are looked for."""

    text: str
    outline: Outline
    preamble: int
    header: Header
    tables: Vocabulary
    names: Mapping[str, KnownInitiative]
    words: Words


def find(
    text: str, sections: Sequence[Section], instruments: Sequence[Instrument], header: Header, tables: Vocabulary
) -> tuple[Initiative, ...]:
    """Find the initiatives of a report, in the order of their first mentions."""
    preamble = sections[0].start if sections else 0
    report = _Report(text, Outline(sections), preamble, header, tables, wordings(tables), words())
    titles = [(cited.start, cited.end) for cited in instruments if text[cited.start : cited.start + 1] in ("《", "〈")]
    body = header.end if header.end <= preamble else 0  # above the title stands the page's chrome
    text = _hidden(text, titles)
    candidates = [candidate for candidate in _candidates(text, report) if candidate.start >= body]
    found = [_without_place(candidate, report) for candidate in _longest(candidates)]
    groups = _merge(found, report)
    further = _further(groups, text, body)
    made = [_initiative(group, further[number], report) for number, group in enumerate(groups)]
    return tuple(sorted(made, key=lambda initiative: (initiative.start, initiative.end)))


def _hidden(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Blank out the titles of instruments: what stands in them names no initiative."""
    pieces, at = list[str](), 0
    for start, end in sorted(spans):
        if end > at:
            pieces += [text[at:start], "\n" * (end - max(start, at))]
            at = end
    return "".join([*pieces, text[at:]])


def _candidates(text: str, report: _Report) -> list[Candidate]:
    """Collect what may name an initiative."""
    quotes = list(quoted(text, report.words, report.names))
    masked = _mask(text, quotes)
    return [
        *(quote.name for quote in quotes if quote.name),
        *listed(text, quotes, report.header, report.tables, report.words),
        *numbered(masked, report.words),
        *rows(masked, report.words),
        *headed(masked, report.words, report.preamble),
        *after_place(masked, report.header.district),
    ]


def _mask(text: str, quotes: Sequence[Quote]) -> str:
    """Take the marks off short quotations that are no names, so that a name may hold one (农村“三资”专项整治)."""
    pieces, at = list[str](), 0
    for quote in quotes:
        if quote.name is None and quote.end - quote.start <= 6 and text[quote.end - 1] in '”"’':
            pieces += [text[at : quote.start], text[quote.start + 1 : quote.end - 1]]
            at = quote.end
    return "\x01".join([*pieces, text[at:]])


def _longest(found: Sequence[Candidate]) -> list[Candidate]:
    """Keep the longest of candidates that overlap; of equal ones the table's, then the quotation."""
    found = [*found, *_joined(found)]
    listed_at = {candidate.start: candidate for candidate in found if candidate.rule == "table"}
    listed_to = {candidate.end: candidate for candidate in found if candidate.rule == "table"}
    kept: list[Candidate] = []
    taken: list[tuple[int, int]] = []
    for candidate in sorted(found, key=lambda c: (c.start - c.end, _RANK[c.rule], c.start)):
        at = bisect_right(taken, (candidate.start, candidate.end))
        if (at and taken[at - 1][1] > candidate.start) or (at < len(taken) and taken[at][0] < candidate.end):
            continue
        inner, last = listed_at.get(candidate.start), listed_to.get(candidate.end)
        if inner and last and _two(candidate, inner, last):
            continue
        taken.insert(at, (candidate.start, candidate.end))
        if last and candidate.rule == "head-noun" and _JOINED_TO.search(candidate.name[: -len(last.name)]):
            candidate = last  # 重点督办及法治政府建设示范创建: a name of its own behind other work
        elif last and candidate.rule == "head-noun" and _WHOSE.search(candidate.name[: -len(last.name)]):
            candidate = candidate._replace(known=last.known)  # 党组会会前学法制度: whose it is
        if inner and candidate.rule == "head-noun" and candidate.name == f"{inner.name}试点":
            candidate = inner  # 三项制度试点: where the same was tried
        elif (
            inner and not candidate.known and candidate.end - inner.end <= 4
        ):  # the table's name, with a head noun more
            candidate = candidate._replace(known=inner.known)
        kept.append(candidate)
    return sorted(kept, key=lambda c: c.start)


def _two(candidate: Candidate, first: Candidate, last: Candidate) -> bool:
    """Tell whether a long name is two of the table side by side: 中心组学法和常务会议会前学法制度."""
    between = candidate.name[len(first.name) : -len(last.name)]
    return candidate.rule == "head-noun" and first.end < last.start and between[:1] in ("和", "及", "与", "、")


def _joined(found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield what a name of the table and the head noun behind its quotation make: 行政复议“掌上办”+平台."""
    ends = {candidate.end: candidate for candidate in found if candidate.rule == "table"}
    for quote in found:
        if quote.rule != "quoted" or quote.kind not in ("platform", "body", "mechanism"):
            continue
        for size in (2, 3):
            row = ends.get(quote.end - size)
            if row and row.start < quote.start < row.end and quote.name.endswith(quote.name[-size:]):
                yield row._replace(end=quote.end, name=row.name + quote.name[-size:], kind=quote.kind, rule="quoted")


def _without_place(candidate: Candidate, report: _Report) -> Candidate:
    """Take the report's own place off a name, if enough is left (云山镇法治建设领导小组, but 云山镇调委会)."""
    district = report.header.district
    if not district or not candidate.name.startswith(district) or report.text[candidate.start] in '“"‘':
        return candidate
    ours = re.sub("^(?:人民政府|办事处|党工?委)", "", candidate.name[len(district) :])
    if len(ours) < 7:
        return candidate
    start = candidate.start + len(candidate.name) - len(ours)
    while start < candidate.end and not report.text.startswith(ours[0], start):  # marks stand in the text alone
        start += 1
    start -= report.text[start - 1] in "“‘"
    known = candidate.known or (squash(ours) if squash(ours) in report.names else "")
    return candidate._replace(start=start, name=ours, core=squash(ours), known=known)


def _merge(found: Sequence[Candidate], report: _Report) -> list[list[Candidate]]:
    """Put the mentions of one initiative together, whatever their wording."""
    groups: list[list[Candidate]] = []
    keys: dict[str, list[Candidate]] = {}
    alike: defaultdict[tuple[str, str], list[list[Candidate]]] = defaultdict(list)
    for candidate in found:
        row = report.names.get(candidate.known)
        cores = [squash(candidate.name), candidate.core]
        if row and not report.words.has("class", row.id):
            who = "员" if candidate.name.endswith("员") and row.kind != "body" else ""  # 法治观察员 of 法治观察点
            cores.insert(0, f"#{row.id}{who}")
        shapes = [(candidate.kind, shape) for shape in (cores[-1][-6:], cores[-1][:2] + "…" + cores[-1][-2:])]
        group = next((keys[core] for core in cores if core in keys), None)
        group = group or next((g for s in shapes for g in alike[s][:20] if _same_end(candidate, g[0])), None)
        if group is None:
            group = []
            groups.append(group)
            for shape in shapes:
                alike[shape].append(group)
        group.append(candidate)
        for core in cores:
            keys.setdefault(core, group)
    return groups


def _further(groups: Sequence[Sequence[Candidate]], text: str, body: int) -> Mapping[int, list[Span]]:
    """Find the other places that repeat a name in words that name nothing alone (“老槐树”接待群众30人)."""
    owners: dict[str, int] = {}
    alone: dict[str, bool] = {}  # whether a wording counts without quotation marks
    for number, group in enumerate(groups):
        for candidate in group:
            name = squash(candidate.name)
            for wording in (name, candidate.core):
                if len(wording) > 2 and not wording.isdigit():
                    owners.setdefault(wording, number)
                    alone[wording] = alone.get(wording, False) or (wording == name and len(wording) > 4)
    taken = sorted((candidate.start, candidate.end) for group in groups for candidate in group)
    places: defaultdict[int, list[Span]] = defaultdict(list)
    for wording, start, end in repeated(text, alone) if alone else ():
        at = bisect_right(taken, (start, end))
        free = (at == 0 or taken[at - 1][1] <= start) and (at == len(taken) or end <= taken[at][0])
        if free and start >= body:
            places[owners[wording]].append(Span(start, end))
    return places


def _same_end(one: Candidate, other: Candidate) -> bool:
    """Tell whether one wording shortens the other.

    It leaves out the beginning (依法治处工作领导小组 of 全面依法治处工作领导小组), or the middle of a counted name
    (四大调解室 of 四大专业调解室; but 行政执法制度 and 行政执法责任制度 are two).
    """
    short, long = sorted((one.core, other.core), key=len)
    if (one.known and other.known) or len(short) < 5 or 2 * len(short) <= len(long):
        return False
    if len(short) >= 6 and long.endswith(short):
        return True
    rest = iter(long)
    counted = short[0] in "两三四五六七八九十"
    return counted and short[:2] == long[:2] and short[-2:] == long[-2:] and all(c in rest for c in short)


def _initiative(group: Sequence[Candidate], further: Sequence[Span], report: _Report) -> Initiative:
    """Make one Initiative of its mentions: the first gives the span, the table's own name is preferred."""
    first = group[0]
    row = next((report.names[c.known] for c in group if c.known), None)
    kind = first.kind
    if row and first.known:
        own = _own_kind(group, row, report)
        kind = own if own and (row.kind, own) not in _NEAR else row.kind
        kind = "body" if first.name.endswith(("员", "队", "团")) and row.kind == "platform" else kind  # 法治观察员
        kind = _kind_behind(first, report) or kind
    name = _official(group, row, report) if row and row.kind == kind else first.name
    everywhere = row is not None and (row.scope == "national" or row.scope in report.header.district_path)
    context = (report.text, report.outline, report.header)
    places = sorted([*(Span(c.start, c.end) for c in group), *further])
    return Initiative(
        start=places[0].start,
        end=places[0].end,
        rule=first.rule,
        name=name,
        variants=tuple(dict.fromkeys(c.name for c in group if c.name != name)),
        kind=kind,
        theme=row.theme
        if row and (kind == row.kind or kind != "platform")
        else theme_of(first, *context, report.tables, report.words),
        status=status_at(places[0].start, *context),
        known=row.id if row and everywhere else None,
        places=tuple(places),
    )


def _own_kind(group: Sequence[Candidate], row: KnownInitiative, report: _Report) -> str:
    """Return the kind that a mention's own head noun says, in its name or behind it, or nothing.

    “法援惠民生”工程 is another thing than the campaign; not so “无事不扰”试点, nor what stands alone elsewhere.
    """
    first, lexicon = group[0], report.words
    if squash(first.name) != squash(row.name) and (own := _head_kind(first.name, lexicon)):
        return own
    wordings = [unmarked(report.text[candidate.start : candidate.end]) for candidate in group]
    if any(squash(wording) == squash(row.name) for wording in wordings) or wordings[0].endswith(
        ("试点", "项目", "窗口")
    ):
        return ""
    own = _head_kind(wordings[0], lexicon)
    return "" if own in ("campaign", "body") else own  # “无讼社区”法官调解工作室 works for the programme


def _official(group: Sequence[Candidate], row: KnownInitiative, report: _Report) -> str:
    """Return the table's own name if a mention has it, alone or with more words around it; else the first wording."""
    if report.words.has("class", row.id):
        return group[0].name
    official = squash(row.name)
    first = squash(group[0].name)
    if first in official:
        return row.name if first.isdigit() else group[0].name  # “3·15” is a day's short name
    longer = official in first and (len(first) - len(official) > 4 or first[0].isdigit())  # 12·4国家宪法日
    return row.name if not longer and any(official in squash(c.name) for c in group) else group[0].name


def _kind_behind(name: Candidate, report: _Report) -> str:
    """Return the kind of the head noun right behind the quotation marks of a name (“法治体检”机制), or nothing."""
    if report.text.startswith(("平台", "系统", "小程序"), name.end) and report.names[name.known].kind == "mechanism":
        return "platform"  # “一站式”解纷平台
    mark = max(report.text.rfind(mark, name.start, name.end) for mark in ("”", '"', "’"))
    tail = tail_behind(report.text, mark + 1, report.words) if mark > name.start else None
    plain = tail is not None and tail.joined and tail.words in ("机制", "制度", "模式", "平台", "系统")
    return tail.kind if tail and plain else ""


def _head_kind(name: str, lexicon: Words) -> str:
    """Return the kind of the head noun that ends a name of the table, or nothing."""
    for size in range(min(len(name) - 1, 8), 1, -1):
        kind = lexicon.kinds.get(name[-size:])
        if kind and not lexicon.has("loose", name[-size:]):
            return kind
    return ""
