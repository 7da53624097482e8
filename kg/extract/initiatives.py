"""Initiatives: programmes, campaigns, mechanisms, bodies, platforms and brands with a designation of their own.

In: a text and what was found in it before. Out: one Initiative for each distinct one, at its first mention.
Candidates come from the table initiatives.csv (here), from quotations (quotes.py), from numbers and head nouns
(headnouns.py); the longest wins, wordings of one initiative are merged. A new initiative is a row of initiatives.csv.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.extract.headnouns import headed, numbered
from kg.extract.names import SQUASH, Candidate, Words, squash, words
from kg.extract.quotes import Quote, quoted
from kg.model import Header, Initiative, Instrument, Section, Span
from kg.vocabulary import KnownInitiative, Vocabulary

_PLAN = re.compile(r"下一步|下步|下阶段|明年|力争|拟(?=[于开建成出])|(?<![作度年学行划法])计划(?=[开建推在于实明])|将(?=持?继续|进一步|持续|深入|着力|全面|加快|大力|探索)")
_HIGHER = re.compile(r"(?:中央|全国|国家|省委|市委|区委|县委|州委|旗委)(?:、?[省市区县州旗]委)?$")
_WIDER = {"省": "省", "市": "市省", "区": "区市省", "县": "县市省", "州": "州省", "旗": "旗市省"}


def find(
    text: str, sections: Sequence[Section], instruments: Sequence[Instrument], header: Header, tables: Vocabulary
) -> tuple[Initiative, ...]:
    """Find the initiatives of a report, in the order of their first mentions."""
    lexicon = words()
    names = _wordings(tables)
    titles = [(cited.start, cited.end) for cited in instruments if text[cited.start : cited.start + 1] in "《〈"]
    quotes = [quote for quote in quoted(text, lexicon, names) if not _inside(quote.start, quote.end, titles)]
    masked = _mask(text, titles, quotes)
    preamble = sections[0].start if sections else 0
    found = [quote.name for quote in quotes if quote.name]
    found += _listed(text, quotes, titles, header, names, lexicon)
    found += numbered(masked, lexicon)
    found += headed(masked, lexicon, preamble)
    groups = _merge(_longest(found), names, header, lexicon)
    made = [_initiative(text, group, sections, names, header, tables, lexicon) for group in groups]
    return tuple(sorted(made, key=lambda initiative: (initiative.start, initiative.end)))


@lru_cache(maxsize=4)
def _automaton(names: tuple[str, ...]) -> AhoCorasick:
    return AhoCorasick(names, matchkind=MatchKind.LeftmostLongest)


_WORDINGS: dict[int, tuple[Vocabulary, Mapping[str, KnownInitiative]]] = {}


def _wordings(tables: Vocabulary) -> Mapping[str, KnownInitiative]:
    """Return every wording of the table as it is compared; made once for each Vocabulary."""
    held = _WORDINGS.get(id(tables))
    if held is None or held[0] is not tables:
        held = _WORDINGS[id(tables)] = (tables, {squash(name): row for name, row in tables.initiative_names.items()})
    return held[1]


def _inside(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    at = bisect_right(spans, (start, len("x") << 40)) - 1
    return at >= 0 and end <= spans[at][1]


def _mask(text: str, titles: Sequence[tuple[int, int]], quotes: Sequence[Quote]) -> str:
    """Blank out titles, and take the marks off short quotations that are no names (农村集体“三资”管理整治行动)."""
    masked = list(text)
    for start, end in titles:
        masked[start:end] = "\n" * (end - start)
    for quote in quotes:
        if quote.name is None and quote.end - quote.start <= 6:
            masked[quote.start] = masked[quote.end - 1] = "\x01"
    return "".join(masked)


def _listed(
    text: str,
    quotes: Sequence[Quote],
    titles: Sequence[tuple[int, int]],
    header: Header,
    names: Mapping[str, KnownInitiative],
    lexicon: Words,
) -> Iterator[Candidate]:
    """Yield the wordings of initiatives.csv that the text has, with their quotation marks."""
    places = [at for at, c in enumerate(text) if SQUASH.get(ord(c), c) is not None]
    plain = text.translate(SQUASH)
    spans = [(quote.start, quote.end) for quote in quotes]
    wordings = tuple(names)
    for index, first, last in _automaton(wordings).find_matches_as_indexes(plain):
        start, end = places[first], places[last - 1] + 1
        wording = wordings[index]
        if _inside(start, end, titles) or (wording[0].isdigit() and text[start - 1 : start].isdigit()):
            continue
        whole = _with_marks(text, start, end, quotes, spans)
        if whole is None:
            continue
        bare = whole == (start, end) and text[end - 1] not in "”\"’」"
        start, end = whole
        if bare and (len(wording) < 3 or lexicon.has("general", wording) or _is_others(text, start, names[wording], header)):
            continue
        name = re.sub("[“”\"‘’]", "", text[start:end])
        yield Candidate(start, end, name, wording, names[wording].kind, "table", wording)


def _with_marks(
    text: str, start: int, end: int, quotes: Sequence[Quote], spans: Sequence[tuple[int, int]]
) -> tuple[int, int] | None:
    """Take a wording's quotation marks in; None if the wording is a part of a longer quotation."""
    first = bisect_right(spans, (start, 1 << 60)) - 1
    last = bisect_right(spans, (end - 1, 1 << 60)) - 1
    for at in {first, last} - {-1}:
        quote = quotes[at]
        if end <= quote.start or start >= quote.end:
            continue
        if start <= quote.start + 1 and end >= quote.end - 1:
            start, end = min(start, quote.start), max(end, quote.end)
        elif text[start:end] not in re.split("[、,]", quote.inner):
            return None
    return start, end


def _is_others(text: str, start: int, row: KnownInitiative, header: Header) -> bool:
    """Tell whether a body belongs to a higher level than the report's own (区委全面依法治区委员会 in a town's report)."""
    above = _HIGHER.search(text, max(0, start - 8), start) if row.kind == "body" else None
    own = (header.district or " ")[-1]
    return above is not None and not above.group().endswith(own + "委")


def _longest(found: list[Candidate]) -> list[Candidate]:
    """Keep the longest of candidates that overlap; a quotation before the table, the table before the rest."""
    rank = {"table": 0, "quoted": 1, "numbered": 2, "head-noun": 3}
    kept: list[Candidate] = []
    taken: list[tuple[int, int]] = []
    for candidate in sorted(found, key=lambda c: (c.start - c.end, rank[c.rule], c.start)):
        at = bisect_right(taken, (candidate.start, candidate.end))
        if (at and taken[at - 1][1] > candidate.start) or (at < len(taken) and taken[at][0] < candidate.end):
            continue
        taken.insert(at, (candidate.start, candidate.end))
        kept.append(candidate)
    return sorted(kept, key=lambda c: c.start)


def _merge(
    found: Sequence[Candidate], names: Mapping[str, KnownInitiative], header: Header, lexicon: Words
) -> list[list[Candidate]]:
    """Put the mentions of one initiative together, whatever their wording."""
    groups: dict[str, list[Candidate]] = {}
    keys: dict[str, str] = {}
    for candidate in found:
        ours = _without_place(candidate.name, header)
        if ours != candidate.name:
            start = candidate.start + len(candidate.name) - len(ours)
            known = candidate.known or (squash(ours) if squash(ours) in names else "")
            candidate = replace(candidate, name=ours, core=squash(ours), start=start, known=known)
        row = names.get(candidate.known)
        row = row if row and not lexicon.has("class", row.id) else None
        cores = [*([f"#{row.id}"] if row else []), squash(candidate.name), candidate.core]
        key = next((keys[core] for core in cores if core in keys), None) or _same_end(cores[-1], candidate, groups)
        key = key or cores[0]
        groups.setdefault(key, []).append(candidate)
        for core in cores:
            keys.setdefault(core, key)
    return list(groups.values())


def _same_end(core: str, candidate: Candidate, groups: Mapping[str, list[Candidate]]) -> str | None:
    """Find the group of a longer or shorter wording of the same name.

    They end alike (依法治处工作领导小组, 全面依法治处工作领导小组), or one leaves characters out (四大专业调解室, 四大调解室).
    """
    for key, group in groups.items():
        if group[0].kind != candidate.kind or (group[0].known and candidate.known):
            continue
        short, long = sorted((core, group[0].core), key=len)
        if len(short) < 5 or 2 * len(short) <= len(long):
            continue
        if (len(short) >= 6 and long.endswith(short)) or (short[:2] == long[:2] and short[-2:] == long[-2:] and _left_out(short, long)):
            return key
    return None


def _left_out(short: str, long: str) -> bool:
    """Tell whether the short wording is the long one with characters left out.

    >>> _left_out("四大调解室", "四大专业调解室"), _left_out("三大调解室", "四大专业调解室")
    (True, False)
    """
    rest = iter(long)
    return all(c in rest for c in short)


def _without_place(name: str, header: Header) -> str:
    """Take the report's own place off a name, if enough is left.

    >>> from types import SimpleNamespace
    >>> _without_place("云山镇法治建设领导小组", SimpleNamespace(district="云山镇"))
    '法治建设领导小组'
    """
    district = header.district
    if not district or not name.startswith(district):
        return name
    rest = re.sub("^(?:人民政府|办事处|党工?委)", "", name[len(district) :])
    return rest if len(rest) >= 7 else name


def _initiative(
    text: str,
    group: Sequence[Candidate],
    sections: Sequence[Section],
    names: Mapping[str, KnownInitiative],
    header: Header,
    tables: Vocabulary,
    lexicon: Words,
) -> Initiative:
    """Make one Initiative of its mentions."""
    first = group[0]
    row = next((names[c.known] for c in group if c.known), None)
    known = row if row and _in_scope(row, header) else None
    plain = squash(row.name) if row and squash(row.name) not in squash(first.name) else None
    name = next((c.name for c in group if squash(c.name) == plain), first.name)
    variants = tuple(dict.fromkeys(c.name for c in group if c.name != name))
    kind = first.kind
    if row and first.rule in ("table", "quoted"):
        own = _head_kind(first.name, lexicon)
        kind = own if own and {own, row.kind} != {"platform", "body"} else row.kind
    return Initiative(
        start=first.start,
        end=first.end,
        rule=first.rule,
        name=name,
        variants=variants,
        kind=kind,
        theme=row.theme if row else _theme(text, first, sections, tables, lexicon),
        status=_status(text, first.start, sections),
        known=known.id if known else None,
        places=tuple(Span(c.start, c.end) for c in group),
    )


def _in_scope(row: KnownInitiative, header: Header) -> bool:
    """Tell whether a row's name may mean that initiative here: everywhere, or in the province or city that runs it."""
    return row.scope == "national" or row.scope in header.district_path


def _head_kind(name: str, lexicon: Words) -> str:
    """Return the kind of the head noun that ends a name of the table, or nothing."""
    for size in range(min(len(name) - 1, 8), 1, -1):
        word = name[-size:]
        if word in lexicon.kinds and word not in lexicon.by_role["loose"]:
            return lexicon.kinds[word]
    return ""


def _theme(text: str, first: Candidate, sections: Sequence[Section], tables: Vocabulary, lexicon: Words) -> str:
    """Say the theme: of the name's last theme word, else what sentence and headings speak of most."""
    own = lexicon.themes_of(first.name)
    if own:
        return own[-1]
    left = max(text.rfind(mark, max(0, first.start - 200), first.start) for mark in "。;\n") + 1
    right = min((at for mark in "。;\n" if (at := text.find(mark, first.end, first.end + 150)) > 0), default=first.end + 150)
    votes = Counter(lexicon.themes_of(text[left:right]))
    for section in sections:
        if section.start <= first.start < section.body_end:
            for theme in lexicon.themes_of(section.heading):
                votes[theme] += section.level
    order = list(tables.themes)
    return min(votes, key=lambda theme: (-votes[theme], order.index(theme))) if votes else "leadership"


def _status(text: str, start: int, sections: Sequence[Section]) -> Literal["done", "planned"]:
    """Tell planned from done, by the section and by words of intent in front in the same paragraph."""
    here = [section for section in sections if section.start <= start < section.body_end]
    if here and here[-1].role == "plans":
        return "planned"
    line = max(text.rfind("\n", 0, start) + 1, start - 400)
    sentence = max(text.rfind("。", line, start), text.rfind(";", line, start)) + 1
    for match in _PLAN.finditer(text, line, start):
        if match.start() >= sentence or match.group()[:2] in ("下一", "下步", "下阶", "明年"):
            return "planned"
    return "done"
