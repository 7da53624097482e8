"""Why each field of a metric is what it is: the row, the words, the heading that decided it.

In: the same as metrics.read, which is run again. Out: for each metric the reason of each field, in plain words.
Made only when asked for, so that finding metrics does not pay for it.
"""

from collections.abc import Iterator, Sequence

from kg.extract import owners, standing
from kg.extract.bounds import BEHIND, bound_words
from kg.extract.finder import Rule
from kg.extract.metrics import mask, read
from kg.extract.periods import Calendar, frequency
from kg.extract.reading import Reading
from kg.extract.sections import Outline
from kg.extract.surroundings import around
from kg.model import Header, Instrument, Section, Span
from kg.vocabulary import Vocabulary

Reasons = dict[str, str]


def reasons(
    text: str, sections: Sequence[Section], instruments: Sequence[Instrument], header: Header, tables: Vocabulary
) -> Iterator[Reasons]:
    """Yield the reasons of each metric of a text, in the order of metrics.find."""
    masked = mask(text, instruments)
    whose, calendar = owners.Owners(masked, header, tables), Calendar(masked, header.year)
    outline = Outline(sections)
    for reading in read(text, sections, instruments, header, tables):
        metric, setting = reading.metric, reading.setting
        why = {"rule": _rule(text, reading), "name": _name(reading), "indicator": _indicator(text, reading, outline)}
        if reading.detail:
            why["indicator_detail"] = _row(text, reading, reading.detail, "indicator_detail_rules.csv", outline)
        if metric.bound != "exact":
            why["bound"] = f"by “{_bound(text, reading)}”"
        why["status"] = standing.status_reason(masked, setting, outline, header.year)
        if metric.period:
            why["period"] = _period(masked, reading, calendar)
        if metric.change:
            begin = max(text.rfind(mark, 0, metric.start) for mark in ",;。、(\n") + 1
            why["change"] = f"“{text[begin : metric.start]}” before the figure"
        if metric.part_of:
            why["part_of"] = (
                f"a part of “{_at(text, metric.part_of)}”: “{_between(text, metric.part_of, metric.start)}”"
            )
        if metric.restates:
            why["restates"] = f"the same value, unit and thing counted as “{_at(text, metric.restates)}” before"
        subject = whose.subject(setting)[1]
        why["whose"] = f"the subject “{subject}”" if subject else "no other subject in the sentence"
        if metric.norm:
            why["norm"] = f"an obligation: “{text[setting.clause.start : metric.end]}”"
        yield why


def _at(text: str, span: Span) -> str:
    return text[max(span.start - 8, text.rfind("\n", 0, span.start) + 1) : span.end]


def _between(text: str, whole: Span, at: int) -> str:
    said = text[whole.end : at] if whole.end <= at else text[at : whole.start]
    return said if len(said) <= 40 else said[:19] + "…" + said[-20:]


def _rule(text: str, reading: Reading) -> str:
    metric = reading.metric
    unit = f"measure word {metric.unit}" if metric.unit else "no measure word"
    return f"{metric.rule}: “{text[metric.start : metric.end]}”, {unit}"


def _name(reading: Reading) -> str:
    setting = reading.setting
    if setting.inherits:
        return "as the figure before it in the sentence"
    if setting.phrase:
        return f"the noun behind the figure, “{setting.phrase}”"
    return (
        f"the noun before the figure, “{setting.noun}”" if setting.noun else "from the figure before it, or its clause"
    )


def _indicator(text: str, reading: Reading, outline: Outline) -> str:
    told = _row(text, reading, reading.row, "indicator_rules.csv", outline) if reading.row else "no row fits"
    if reading.weighed:
        return (
            f"by weight (indicator_weights.csv; # is a digit): {', '.join(reading.weighed())}; against the rows: {told}"
        )
    if reading.row:
        return told
    if reading.metric.indicator != "other":
        if reading.metric.rule == "cell":
            return "as most cells of its column, whose sum it is or is a part of"
        return "a part of the figure before it (其中, 包括, 分别), which has this indicator"
    return "no row of indicator_rules.csv fits"


def _row(text: str, reading: Reading, row: Rule, table: str, outline: Outline) -> str:
    """Name a row and the words of it that stand around the figure, from near to far."""
    setting = reading.setting
    where = (*setting.counted, setting.borrowed) if setting.borrowed else setting.counted
    own = " ".join(text[span.start : span.end] for span in where)
    behind = text[setting.figure.end : setting.figure.end + 12]
    clause = text[setting.clause.start : setting.clause.end]
    far = [text[span.start : span.end] for span in around(text, setting, outline)]
    told = []
    for place, groups, said in (
        ("counted", row.counted, own),
        ("clause", row.clause, clause),
        ("about", row.about, ""),
    ):
        for group in groups:
            texts = far if place == "about" else [said]
            found = next((w for t in texts for w in sorted(group, key=lambda word: (-len(word), word)) if w in t), None)
            next_ = next((w for w in sorted(group) if w[0] == "^" and behind.startswith(w[1:])), None)
            told.append(f"{place} {found or next_ or '*'}")
    return f"{table} line {row.line}: {', '.join([*told, f'unit {setting.figure.unit}'])}"


def _bound(text: str, reading: Reading) -> str:
    metric = reading.metric
    inside = [word for word in BEHIND if word in text[metric.start : metric.end]]
    return bound_words(text, metric.start) or "".join(inside[:1]) or "the figure it is said with"


def _period(masked: str, reading: Reading, calendar: Calendar) -> str:
    setting, metric = reading.setting, reading.metric
    if frequency(masked[setting.clause.start : metric.start]):
        return "每 before the figure"
    if metric.rule == "cell":
        return "the year of its column, or what the table's caption says"
    time = calendar.governs(masked, setting.sentence.start, metric.start)
    if time:
        return f"“{masked[time.start : time.end]}” in the sentence"
    return "what the report says all data cover"
