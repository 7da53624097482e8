"""What follows from the text and the facts of a report, said in a triple of its own, since questions ask for it often.

In: mentions. Out: which figures are results that may be ranked, compared and added; which series a figure continues;
which figures contradict one another, and what parts add up to; a sentence's fingerprint; who reports, and by when; what
answers the problems of last year. Pure functions, with no triple of their own: facts.py and overview.py say it.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from kg import terms
from kg.divisions import says_only_level
from kg.model import Document, Header, Initiative, Metric, Section, Span
from kg.text import sentences
from kg.vocabulary import vocabulary

#: What a sentence says beside its figures, dates and punctuation.
_KEPT = re.compile("[^\\W\\d_〇零一二两三四五六七八九十百千万亿余多]+")
#: A shorter sentence is alike by chance (完善制度), and gets no fingerprint.
_LONG_ENOUGH = 16
#: Shorter names are of many things.
_NAME_ENOUGH = 4


def results(metrics: Sequence[Metric]) -> Collection[tuple[int, int]]:
    """Return the spans of the figures that are results of the district, to be counted once.

    Left out: plans and problems, changes (同比), obligations, restatements, figures of other or lower places, parts of
    a figure of the same indicator, what a change began from (由21个), and what no indicator counts. Figures of a part
    of the year are results, and say so.
    """
    counted = {(m.start, m.end): m.indicator for m in metrics}

    def is_part(metric: Metric) -> bool:
        whole = metric.part_of
        return whole is not None and counted.get((whole.start, whole.end)) == metric.indicator

    return {
        (m.start, m.end)
        for m in metrics
        if m.status == "done"
        and m.whose in ("district", "body")
        and not (m.change or m.norm or m.restates or is_part(m) or _is_base(m))
        and (m.indicator != "other" or m.indicator_detail)
    }


def _is_base(metric: Metric) -> bool:
    """Say whether a change began from a figure, at a time that the report does not tell: it is not the year's."""
    return metric.rule == "from" and metric.period is None


#: What is said of those who or that which came in the year, before a figure: no word of how many there are.
_GAINED = re.compile("(?:新[增招聘建设录]|招[录聘考收]|增[设配补]|(?<!共)(?<!累计)(?<!已)建成)[^,。;:!?、\\d]{0,16}$")
_STOCKS = frozenset(("person", "count"))


def is_gain(metric: Metric, text: str) -> bool:
    """Say whether a figure counts those who came in the year (招录8名), its indicator how many there are."""
    tables, key = vocabulary(), counted_under(metric)
    row = tables.indicators.get(key or "") or tables.indicator_details.get(key or "")
    stock = row is not None and row.dimension in _STOCKS and not row.label_zh.startswith("新")
    return stock and metric.rule != "to" and bool(_GAINED.search(text[max(0, metric.start - 24) : metric.start]))


_LACK = re.compile("[不未缺欠差弱难偏]|滞后|有待|亟")


def is_lacking(initiative: Initiative, sections: Sequence[Section], text: str) -> bool:
    """Say whether a report names an initiative only where it admits problems, and as one (三项制度落实不到位)."""
    return (
        initiative.status == "done"
        and bool(initiative.places)
        and all(
            next((s.role for s in reversed(sections) if s.start <= place.start < s.body_end), "") == "problems"
            and any(_LACK.search(text, *span) for span in _around(place, text))
            for place in initiative.places
        )
    )


def _around(place: Span, text: str) -> Iterator[tuple[int, int]]:
    """Yield the rest of the sentence that a place stands in, before it and behind it."""
    start = max(text.rfind(mark, 0, place.start) for mark in "。;!?\n") + 1
    end = min((at for mark in "。;!?\n" if (at := text.find(mark, place.end)) >= 0), default=len(text))
    yield from ((start, place.start), (place.end, end))


_DEPARTMENT = re.compile("(局|厅|队|中心|(?<![管理党工镇乡道县区市省州盟旗])委(员会)?|(?<!街道)办)$")


def counted_under(metric: Metric) -> str | None:
    """Return the indicator that a figure is counted under, or the narrower one where that is other."""
    return metric.indicator if metric.indicator != "other" else metric.indicator_detail


def is_department(header: Header) -> bool:
    """Say whether a department reports (司法局, 发改委), and not a government, a street's office or a zone (管委会)."""
    return bool(header.issuer and _DEPARTMENT.search(header.issuer))


def is_nameless(header: Header) -> bool:
    """Say whether a body reports that is named only by its level, of a place that the text does not tell: 县教育局."""
    return not header.district and says_only_level(header.issuer or "")


def reporter(header: Header) -> str | None:
    """Return the key of the unit that reports, the same every year: its place, or for a department its own name.

    A department has the place of its government, and is told by its name.

    >>> town = Header(start=0, end=0, rule="", title=None, issuer="太仓市沙溪镇人民政府", district="沙溪镇",
    ...     district_path=(), district_code="320585104", parent_code="320585", year=2023, published=None)
    >>> reporter(town), series(town, "disputes.cases"), due(town)
    ('320585104', '320585104/disputes.cases', '2024-04-01')
    >>> from dataclasses import replace
    >>> reporter(replace(town, issuer="县教育局", district=None, district_code=None, parent_code=None))
    """
    if is_nameless(header):
        return None  # many a county has such a body
    if header.issuer and (is_department(header) or not header.district):
        unit = terms.unit(header.issuer, header.district_path)
    elif header.district:
        unit = terms.district(header.district_code, header.parent_code, header.district)
    else:
        return None
    return unit.rpartition("/")[2]


def series(header: Header, indicator: str | None, gained: bool = False) -> str | None:
    """Return the key that one unit's figures of one indicator share over the years; None where one is not known.

    gained: of the figures that count what came in the year, which are not compared with how many there are.
    """
    unit = reporter(header)
    return f"{unit}/{indicator}{'/gained' * gained}" if unit and indicator else None


def due(header: Header) -> str | None:
    """Return the day before which the report is due: 1 April of the next year, from departments 1 March."""
    if header.year is None:
        return None
    return f"{header.year + 1}-{'03' if is_department(header) else '04'}-01"


#: What may stand between a wording and its figure, or before it, and changes nothing.
_FILLING = re.compile("全年|今年以来|今年|本年度|截至年底|累计|[共计已约近了达,、]")
_CAMPAIGN = re.compile("期间|行动")


def contradictions(
    metrics: Sequence[Metric], text: str, sentence: Callable[[int], tuple[int, int]]
) -> Iterator[tuple[Metric, Metric]]:
    """Yield results of one wording, indicator, unit and period with another exact value, each with the first of them.

    The wording reaches back to the verb (破获刑事案件 is no 立刑事案件). Left out are parts, ranges, figures of one
    sentence, of a single body or a campaign, and short wordings, which name too many things (罚没款).
    sentence: the span of the one that a position stands in.
    """
    counting, first = results(metrics), dict[tuple[object, ...], Metric]()
    for metric in metrics:
        exact = metric.bound == "exact" and metric.value_max is None and metric.part_of is None
        if not exact or metric.whose != "district" or (metric.start, metric.end) not in counting:
            continue
        start, end = sentence(metric.start)
        if len(metric.name) < _NAME_ENOUGH or _CAMPAIGN.search(text, start, end):
            continue
        wording = _FILLING.sub("", text[start : metric.start])[-max(len(metric.name), 6) :]
        other = first.setdefault((wording, metric.name, metric.indicator, metric.unit, metric.period), metric)
        if other.value != metric.value and sentence(other.start) != (start, end):
            yield metric, other


def sums(metrics: Sequence[Metric]) -> Mapping[tuple[int, int], float]:
    """Return what the parts of a figure add up to, by its span: two parts or more in its unit, shares left out."""
    units = {(m.start, m.end): m.unit for m in metrics if not m.change and m.unit != "%"}
    parts: dict[tuple[int, int], list[float]] = {}
    for metric in metrics:
        whole = metric.part_of and (metric.part_of.start, metric.part_of.end)
        if whole and metric.unit and not (metric.change or metric.restates) and units.get(whole) == metric.unit:
            parts.setdefault(whole, []).append(metric.value)
    return {whole: round(sum(values), 6) for whole, values in parts.items() if len(values) > 1}


_LAST_YEAR, _PUT_RIGHT = re.compile("(?:[上去]|上一|前一)年"), re.compile("整改|解决|改进|改正|销号")

#: A heading of a part that tells nothing else.
_ANSWERS = re.compile(f"(?:{_PUT_RIGHT.pattern})(?:的?(?:落实|完成)?(?:情况|结果|成效))?$")


def responses(text: str, year: int | None, sections: Sequence[Section] = ()) -> Iterator[Span]:
    """Yield the sentences that say how problems of last year were put right, by themselves or with their heading.

    >>> text = "针对2022年度存在的3个问题,已全部整改到位。今年存在的问题有待整改。"
    >>> [text[span.start : span.end] for span in responses(text, 2023)]
    ['针对2022年度存在的3个问题,已全部整改到位。']
    """
    headings = [s for s in sections if _ANSWERS.search(s.heading)]
    for start, end in sentences(text):
        heading = next((s for s in reversed(headings) if s.start <= start < s.body_end), None)
        if heading and end <= heading.end:
            continue  # what stands under it says how
        said = (heading.heading if heading else "") + text[start:end]
        if "问题" not in said or not _PUT_RIGHT.search(said):
            continue
        if _LAST_YEAR.search(said) or (year is not None and f"{year - 1}年" in said):
            yield Span(start, end)


def fingerprint(sentence: str, places: Sequence[str]) -> str | None:
    """Return what sentences share that differ in figures, dates, punctuation and the names of places only.

    places: names that are left out, the longest first. None for a sentence of few characters.

    >>> one = fingerprint("2022年,沙溪镇开展执法检查120余次,查处违法行为36起。", ["沙溪镇", "沙溪"])
    >>> one == fingerprint("2023年浮桥镇开展执法检查八十次,查处违法行为7起", ["浮桥镇"]), fingerprint("完善制度。", [])
    (True, None)
    """
    for name in places:
        sentence = sentence.replace(name, "")
    kept = "".join(_KEPT.findall(sentence))
    return terms.digest(kept) if len(kept) >= _LONG_ENOUGH else None


def left_out(document: Document) -> list[tuple[int, int]]:
    """Return the spans of the source that are of the page around the report, joined where only blanks are between."""
    spans: list[tuple[int, int]] = []
    for cut in document.cuts:
        if spans and not document.source[spans[-1][1] : cut.start].strip():
            spans[-1] = (spans[-1][0], max(spans[-1][1], cut.end))
        else:
            spans.append((cut.start, cut.end))
    return spans
