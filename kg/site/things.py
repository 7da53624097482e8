"""Pages of what reports speak of: a district, an instrument, an initiative, an indicator.

In: a Thing and its name. Out: HTML. Each row has its sentence with the words marked, and the way into the report.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from kg import charts, terms
from kg.model import Answer
from kg.page.described import Described
from kg.page.shell import words
from kg.site.gather import ABOUT, ROWS, Name, Source, Stated, Thing
from kg.site.lists import CALLED, listed
from kg.site.markup import Html, joined, link, page, table, tag, text
from kg.site.paths import fact_path, path

_OTHER = f"{terms.BASE}metric/other"
_DETAILS = "kind documentNumber level code theme promulgated effective repealedOn repealedBy dimension scope".split()


@dataclass(frozen=True, slots=True)
class Near:
    """What is around a place: those it lies in, the nearest first; those in it; the reports of these and its own."""

    around: Sequence[str]
    inside: Sequence[str]
    reports: Sequence[Source]


def details(said: Described, iri: str, called: Mapping[str, Name]) -> Html:
    """Return what the graph says of a thing itself."""
    say = words()
    rows = [("别名", "、".join(said.all(iri, "altLabel")))] if said.all(iri, "altLabel") else []
    for word in _DETAILS:
        for value in said.all(iri, word):
            shown = called[value].zh if value in called else say.get(value, {}).get("zh", value)
            if "://" not in shown:
                rows.append((say.get(word, {}).get("zh", word), shown))
    return table(("项目 Field", "内容 Value"), rows) if rows else Html("")


def thing_page(iri: str, thing: Thing, said: Described, called: Mapping[str, Name]) -> str:
    """Return the page of an instrument, an initiative or an indicator."""
    name = called.get(iri, Name(iri.rpartition("/")[2], ""))
    counts = f"{thing.reports:,} 份报告，{thing.facts:,} 条记录 · {thing.reports:,} reports, {thing.facts:,} records"
    left = thing.facts - len(thing.rows)
    more = tag("p", f"另有较早报告的 {left:,} 条未列出。 {left:,} of older reports are not listed.") if left > 0 else ""
    years: dict[str, set[str]] = {}
    for source, _ in thing.rows:
        years.setdefault(source.year or "—", set()).add(source.iri)
    rows = tuple((year, len(found)) for year, found in sorted(years.items()))
    told = charts.svg(Answer(("year", "reports"), rows), ("bars", "year", "reports"), "各年报告数 Reports a year")
    chart = tag("div", Html(told), class_="drawn") if len(rows) > 1 else Html("")
    kind = CALLED[thing.kind][1]
    return page(
        "../", name.zh, name.en or kind, tag("p", counts), chart,
        details(said, iri, called), tag("h2", "出处 Where it stands"), _rows(thing.rows, called), more,
        above=[listed(thing.kind)],
    )  # fmt: skip


def _rows(rows: Sequence[tuple[Source, Stated]], called: Mapping[str, Name]) -> Html:
    say = words()
    cells = []
    for source, stated in rows:
        fact = stated.fact
        marks = " ".join(say.get(mark, {}).get("zh", mark) for mark in stated.marks)
        place = called[source.district].zh if source.district in called else source.name
        where = link(f"../{path('District', source.district)}" if source.district in called else "", place)
        way = link(f"../{fact_path(stated.iri)}", "报告")
        value = " ".join(filter(None, (fact.value, fact.what)))
        period = say.get(fact.period, {}).get("zh", fact.period)
        cells.append((where, source.year, value, marks, period, sentence(stated), way))
    return tag("div", table(("地区", "年度", "数值与说法", "状态", "期间", "句子", ""), cells), class_="evidence")


def sentence(stated: Stated) -> Html:
    """Return the sentence of a fact with its words marked."""
    body, fact = stated.text, stated.fact
    if fact.end <= fact.start:
        return text(body)
    marked = tag("mark", body[fact.start : fact.end], class_=stated.cls.lower())
    return joined((body[: fact.start], marked, body[fact.end :]))


def district_page(iri: str, thing: Thing, said: Described, called: Mapping[str, Name], near: Near) -> str:
    """Return the page of a place: which reports there are of it and in it, and what its own say year by year."""
    name = called.get(iri, Name(iri.rpartition("/")[2], ""))

    def ways(places: Iterable[str]) -> Html:
        return joined(
            (link(f"../{path('District', each)}", called[each].zh) for each in places if each in called), "、"
        )

    parts: list[object] = []
    parts += [tag("p", "下辖 ", ways(near.inside))] if near.inside else []
    parts += [details(said, iri, called)]
    if near.reports:
        parts += [tag("h2", f"报告 Reports ({len(near.reports):,})"), _reports(near.reports, called)]
    if thing.rows:
        parts += [tag("p", link(f"../views/alike.html#{quote(iri, safe='')}", "与哪些地区做法相似 Districts alike"))]
    for cls, kind in ABOUT.items():
        rows = [(source, stated) for source, stated in thing.rows if stated.cls == cls]
        if rows:
            parts += [tag("h2", " ".join(CALLED[kind])), by_year(rows, kind, called)]
    above = [link(f"../{path('District', each)}", called[each].zh) for each in reversed(near.around) if each in called]
    return page("../", name.zh, "District over the years", *parts, above=[listed("District"), *above])


def _reports(sources: Sequence[Source], called: Mapping[str, Name]) -> Html:
    """Return a table: a place a row, and in it a way to the report of each year."""
    places: dict[str, list[Source]] = {}
    for source in sources[:ROWS]:
        places.setdefault(source.district, []).append(source)
    rows = [
        (
            link(f"../{path('District', place)}", called[place].zh) if place in called else "—",
            joined((link(f"../{path('Report', s.iri)}", s.year or s.name) for s in some), " "),
        )
        for place, some in places.items()
    ]
    left = len(sources) - ROWS
    more = tag("p", f"另有 {left:,} 份未列出，见报告目录。", class_="note") if left > 0 else Html("")
    return joined((table(("地区", "报告年度"), rows), more))


def _aside(stated: Stated, year: str) -> str:
    """Return what makes a fact another thing than a result of the report's year; empty for a result."""
    say, period = words(), stated.fact.period
    start, _, end = period.partition("/")
    whole = start[:4] if (start[4:], end) == ("-01", f"{start[:4]}-12") else period
    when = [] if whole == year else [whole]
    return " ".join([*(say.get(word, {}).get("zh", word) for word in stated.asides), *filter(None, when)])


def by_year(rows: Sequence[tuple[Source, Stated]], kind: str, called: Mapping[str, Name]) -> Html:
    """Return a table: a thing a row, a year a column, and in the cell what its report says, with the way to it: first
    the results of the year, then plans, changes and the like, each under its name.
    """
    years = sorted({source.year for source, _ in rows})
    cells: dict[str, dict[str, tuple[list[Html], list[Html]]]] = {}
    for source, stated in rows:
        what = stated.fact.what if stated.about in ("", _OTHER) else ""  # nothing else says what is counted
        shown = " ".join(filter(None, (what, stated.fact.value or stated.fact.quote)))
        way = link(f"../{fact_path(stated.iri)}", shown, title=stated.text)
        results, others = cells.setdefault(stated.about, {}).setdefault(source.year, ([], []))
        if aside := _aside(stated, source.year):
            others.append(tag("div", tag("span", aside), " ", way, class_="aside"))
        else:
            results.append(way)
    # Figures under no indicator compare nothing: last.
    order = sorted(cells, key=lambda a: (a in ("", _OTHER), -len(cells[a]), called[a].zh if a in called else a))
    body = []
    for about in order:
        known = called[about].zh if about in called else about.rpartition("/")[2]
        way = link(f"../{path(kind, about)}", known) if about else text("其他")
        found = (cells[about].get(year, ([], [])) for year in years)
        body.append((way, *(joined((joined(results, "；"), *others)) for results, others in found)))
    return table(("名称", *(year or "—" for year in years)), body)
