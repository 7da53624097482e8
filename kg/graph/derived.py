"""What follows from the facts of a report, said again in a triple of its own, since questions ask for it often.

In: mentions. Out: which figures are results that may be ranked, compared and added; which series a figure continues; a
sentence's fingerprint. Pure functions, with no triple of their own: facts.py says what they return.
"""

import re
from collections.abc import Collection, Sequence

from kg import terms
from kg.model import Header, Metric

_LEFT_OUT = re.compile("[\\W\\d_〇零一二两三四五六七八九十百千万亿余多]+")
#: A shorter sentence is alike by chance (完善制度), and gets no fingerprint.
_LONG_ENOUGH = 16


def results(metrics: Sequence[Metric]) -> Collection[tuple[int, int]]:
    """Return the spans of the figures that are results of the district, to be counted once.

    Left out: plans and problems, changes (同比), obligations, restatements, figures of other or lower places, parts of
    a figure of the same indicator, and what no indicator counts. Figures of a part of the year are results, and say so.
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
        and not (m.change or m.norm or m.restates or is_part(m))
        and (m.indicator != "other" or m.indicator_detail)
    }


_DEPARTMENT = re.compile("(局|厅|队|中心|(?<![管理党工镇乡道县区市省州盟旗])委(员会)?|(?<!街道)办)$")


def counted_under(metric: Metric) -> str | None:
    """Return the indicator that a figure is counted under, or the narrower one where that is other."""
    return metric.indicator if metric.indicator != "other" else metric.indicator_detail


def series(header: Header, indicator: str | None) -> str | None:
    """Return the key that one unit's figures of one indicator share over the years.

    The unit is the place that reports; a department, whose place is also its government's, is told by its name.

    >>> town = Header(start=0, end=0, rule="", title=None, issuer="太仓市沙溪镇人民政府", district="沙溪镇",
    ...     district_path=(), district_code="320585104", parent_code="320585", year=2023, published=None)
    >>> series(town, "disputes.cases"), series(town, None)
    ('320585104/disputes.cases', None)
    """
    if indicator is None or not (header.district or header.issuer):
        return None
    if header.issuer and (_DEPARTMENT.search(header.issuer) or not header.district):
        unit = terms.unit(header.issuer, header.district_path)
    else:
        unit = terms.district(header.district_code, header.parent_code, header.district or "")
    return f"{unit.rpartition('/')[2]}/{indicator}"


def fingerprint(sentence: str, places: Collection[str]) -> str | None:
    """Return what sentences share that differ in figures, dates, punctuation and the names of places only.

    places: names that are left out. None for a sentence of few characters.

    >>> one = fingerprint("2022年,沙溪镇开展执法检查120余次,查处违法行为36起。", ["沙溪镇", "沙溪"])
    >>> one == fingerprint("2023年浮桥镇开展执法检查八十次,查处违法行为7起", ["浮桥镇"]), fingerprint("完善制度。", [])
    (True, None)
    """
    for name in sorted(places, key=len, reverse=True):
        sentence = sentence.replace(name, "")
    kept = _LEFT_OUT.sub("", sentence)
    return terms.digest(kept) if len(kept) >= _LONG_ENOUGH else None
