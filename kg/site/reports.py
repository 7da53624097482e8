"""The page of a report: its text with the facts marked, its chapters, and beside it the list of its facts.

In: a Report. Out: HTML. Each fact has an address of its own (#observation-561-565). site.js shows the fields of a fact
that is pointed at, as the list has them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.page.evidence import anchor
from kg.page.shell import words
from kg.site.gather import ABOUT, Name, Report, Stated
from kg.site.lists import listed
from kg.site.marked import body
from kg.site.markup import Html, link, page, table, tag
from kg.site.paths import path

#: Class -> what its marks are called.
_CLASSES = {
    "Observation": ("数字", "figures"),
    "Citation": ("文件", "instruments"),
    "Undertaking": ("举措", "initiatives"),
    "Problem": ("问题", "problems"),
    "Commitment": ("打算", "plans"),
}


def report_page(report: Report, called: Mapping[str, Name]) -> str:
    """Return the page of a report. called: what the things are called that it speaks of."""
    source = report.source
    said = [(_say(word), _say(value)) for word, value in report.said]
    above = [listed("Report")]
    if source.district in called:
        above.append(link(f"../{path('District', source.district)}", called[source.district].zh))
    facts = sorted((*report.facts, *report.points), key=lambda stated: (stated.start, stated.iri))

    def mark(stated: Stated | None, inner: Html, whole: bool) -> Html:
        if stated is None:
            return tag("span", inner, class_="outside")
        return tag("mark", inner, id=anchor(stated.iri) if whole else "", class_=stated.cls.lower())

    about = table(("项目 Field", "内容 Value"), said)
    lacking = tag("p", "图谱没有这份报告的全文；用现在的 kg build 重建即有。", class_="note")
    text = list(body(report, mark)) if report.content else [lacking]
    return page(
        "../", source.name, "Report: its text with the facts marked",
        tag("div", tag("details", tag("summary", "报告信息 About this report"), about), *_keys(report), class_="keys"),
        tag("div", _chapters(report, facts), tag("article", *text), _list(facts, called), class_="report"),
        above=above,
    )  # fmt: skip


def _keys(report: Report) -> Iterator[Html]:
    """Yield a switch for each class of facts in the report."""
    classes = [stated.cls for stated in (*report.facts, *report.points)]
    for cls, (zh, en) in _CLASSES.items():
        if number := classes.count(cls):
            box = Html(f'<input type="checkbox" checked id="show-{cls.lower()}">')
            yield tag("label", box, tag("span", f"{zh} {en}", class_=cls.lower()), Html(f" {number}"))


def _say(value: str) -> str:
    return words().get(value, {}).get("zh", value)


def _chapters(report: Report, facts: list[Stated]) -> Html:
    """Return the chapters, each with how many facts stand in it."""
    starts = [start for start, *_ in report.headings]
    items = []
    for n, (start, _, heading, level) in enumerate(report.headings):
        later = [s for s, (*_, other) in zip(starts[n + 1 :], report.headings[n + 1 :], strict=True) if other <= level]
        number = sum(start <= stated.start < (later[0] if later else len(report.content)) for stated in facts)
        way = link(f"#section-{start}", heading)
        items.append(tag("li", way, tag("span", str(number), class_="count"), class_=f"level-{level}"))
    summary = tag("summary", "章节 Chapters")
    return tag("nav", Html(tag("details", summary, tag("ol", *items)).replace("<details>", "<details open>", 1)))


def _name(stated: Stated, called: Mapping[str, Name]) -> str:
    return called[stated.about].zh if stated.about in called else ""


def _list(facts: list[Stated], called: Mapping[str, Name]) -> Html:
    """Return the facts in the order of the text, each with its fields and the ways to its place and to its thing."""
    items = []
    for stated in facts:
        fact, name = stated.fact, _name(stated, called)
        shown = fact.quote if len(fact.quote) < 40 else f"{fact.quote[:38]}……"
        way = link(f"../{path(ABOUT[stated.cls], stated.about)}", name) if name and stated.cls in ABOUT else name
        what = fact.what if fact.what not in (fact.quote, name) and stated.cls in ABOUT else ""
        fields = [
            ("about" if stated.cls in ABOUT else "theme", way), ("value", fact.value), ("what", what),
            ("status", " ".join(map(_say, stated.marks))), ("period", _say(fact.period)),
        ]  # fmt: skip
        told = [tag("span", value, class_=word) for word, value in fields if value]
        to = link(f"#{anchor(stated.iri)}", shown)
        items.append(tag("li", to, tag("p", *told), class_=stated.cls.lower()))
    return tag("aside", tag("h2", f"{len(facts)} 条事实 facts"), tag("ol", *items, class_="facts"))
