"""The list of all things of a class: a table that site.js makes searchable, sortable and paged.

In: rows. Out: HTML. Without a script all rows are there. Reports have a table of how many there are before it, a
province a row and a year a column, whose numbers choose among the rows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote

from kg import terms
from kg.page.described import Described
from kg.page.shell import words
from kg.site.gather import Name
from kg.site.markup import Html, joined, link, page, table, tag

#: Class -> what its pages are called.
CALLED = {
    "Report": ("报告", "Reports"),
    "District": ("地区", "Districts"),
    "Initiative": ("举措", "Initiatives"),
    "LegalInstrument": ("法规文件", "Legal instruments"),
    "Metric": ("指标", "Indicators"),
}
#: What the things of a class are chosen by: names of columns.
CHOICES = {
    "Report": ("省级", "年度"),
    "District": ("省级", "层级"),
    "Initiative": ("类别", "主题"),
    "LegalInstrument": ("类别",),
    "Metric": ("主题",),
}
_PROVINCE = re.compile(re.escape(terms.BASE) + r"district/\d\d")
_OTHER = {"Report": ("记录 Records",)}
_COUNTS = ("报告 Reports", "记录 Records")


def list_page(kind: str, rows: Sequence[Sequence[object]]) -> str:
    """Return the list of all things of a class. rows: a link, what the thing is chosen by, and numbers."""
    zh, en = CALLED[kind]
    chosen = CHOICES[kind]
    heads = [tag("th", "名称 Name"), *(tag("th", each, data_choice=True) for each in chosen)]
    heads += [tag("th", each) for each in _OTHER.get(kind, _COUNTS)]
    body = (
        tag("tr", *(tag("td", cell, class_="number" if isinstance(cell, int) else "") for cell in row)) for row in rows
    )
    listed = tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *body), class_="list")
    counts = _counts([(str(row[1]), str(row[2])) for row in rows]) if kind == "Report" and len(rows) > 20 else ""
    return page("../", zh, en, counts, tag("div", class_="finder"), listed)


def _counts(rows: Iterable[tuple[str, str]]) -> Html:
    """Return how many reports each province has of each year, as links that choose them."""
    found = Counter(rows)
    provinces = sorted({place for place, _ in found}, key=lambda place: (not place, place))
    years = sorted({year for _, year in found})

    def way(place: str, year: str, number: int) -> Html:
        asked = "&".join(f"{quote(n)}={quote(v)}" for n, v in (("省级", place), ("年度", year)) if v)
        return joined([link(f"#{asked}", str(number))]) if number else joined([""])

    body = [
        (
            link(f"#{quote('省级')}={quote(place)}", place) if place else "—",
            *(way(place, year, found[place, year]) for year in years),
        )
        for place in provinces
    ]
    told = table(("省级 Province", *(year or "—" for year in years)), body)
    return tag("details", tag("summary", "各省各年报告数 Reports by province and year"), told, class_="counts")


def province(places: Sequence[str], called: Mapping[str, Name]) -> str:
    """Return the name of the province in which a place lies, as far as it is known. places: it and those around it."""
    top = places[-1] if places else ""
    return called[top].zh if _PROVINCE.fullmatch(top) and top in called else ""


def chosen_by(iri: str, kind: str, said: Described, called: Mapping[str, Name], around: Sequence[str]) -> list[str]:
    """Return what a thing is chosen by: see CHOICES. around: the places that a place lies in, the nearest first."""
    say = words()
    if kind == "District":
        level = said.first(iri, "level")
        return [province([iri, *around], called), say.get(level, {}).get("zh", level)]
    names = {"类别": "kind", "主题": "theme"}
    values = [said.first(iri, names[choice]) for choice in CHOICES[kind]]
    return [called[v].zh if v in called else say.get(v, {}).get("zh", v) for v in values]
