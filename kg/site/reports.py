"""The page of a report: its text as far as the graph holds it, with the facts marked, each with its fields.

In: a Report. Out: HTML. The graph holds the sentences that a fact stands in, and the headings; what is between them is
counted, not shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kg.page.shell import words
from kg.site.gather import ABOUT, Name, Report, Stated
from kg.site.markup import Html, joined, link, page, plain, table, tag, text
from kg.site.paths import anchor, path

#: A stretch of the text as received: where it begins, the text, and the level if it is a heading.
_Piece = tuple[int, str, int]


def report_page(report: Report, called: Mapping[str, Name]) -> str:
    """Return the page of a report. called: what the things are called that it speaks of."""
    source = report.source
    pieces = list(_pieces(report))
    shown = sum(len(piece) for _, piece, _ in pieces)
    said = [(words().get(word, {}).get("zh", word), _say(value)) for word, value in report.said]
    if source.district in called:
        said.insert(0, ("地区", link(f"../{path('District', source.district)}", called[source.district].zh)))
    note = f"图谱存有 {report.characters:,} 字中的约 {shown:,} 字：带有事实的句子与标题；其间略去的字数标在原处。"
    keys = joined((tag("mark", name, class_=cls.lower()) for cls, name in _CLASSES.items()), " ")
    body = tag("article", *_body(pieces, report.facts, called))
    return page(
        "../", source.name, "Report: its text with the facts marked",
        table(("项目 Field", "内容 Value"), said), tag("p", note, class_="note"), tag("p", keys, class_="keys"), body,
        tag("h2", "全部事实 All facts"), _facts(report.facts, called),
    )  # fmt: skip


_CLASSES = {"Observation": "数字 figure", "Citation": "文件 instrument", "Undertaking": "举措 initiative"}


def _say(value: str) -> str:
    return words().get(value, {}).get("zh", value)


def _pieces(report: Report) -> Iterator[_Piece]:
    """Yield headings and sentences in the order of the text; of what two share, the second has only the rest."""
    both = [*((s, t, level) for s, t, level in report.headings), *((s, t, 0) for s, t in report.sentences)]
    end = 0
    for start, piece, level in sorted(both, key=lambda each: (each[0], -each[2], -len(each[1]))):
        cut = max(0, end - start)
        if cut < len(piece):
            yield start + cut, piece[cut:], level
            end = start + len(piece)


def _body(pieces: Sequence[_Piece], facts: Sequence[Stated], called: Mapping[str, Name]) -> Iterator[Html]:
    """Yield headings and paragraphs, and between them how much is left out."""
    paragraph: list[object] = []
    end = 0
    for start, piece, level in pieces:
        gap = start - end
        if level or gap > 2:
            if paragraph:
                yield tag("p", *paragraph)
            paragraph = []
        if gap > 2:
            yield tag("p", f"…… 略 {gap} 字", class_="gap")
        if level:
            yield tag(f"h{min(6, level + 1)}", piece)
        else:
            paragraph += _marked(start, piece, facts, called)
        end = start + len(piece)
    if paragraph:
        yield tag("p", *paragraph)


def _marked(start: int, piece: str, facts: Sequence[Stated], called: Mapping[str, Name]) -> Iterator[object]:
    """Yield a sentence with its facts marked; where two overlap, the second is a sign behind the first."""
    end, done = start + len(piece), start
    within = [f for f in facts if start <= f.start and f.start + len(f.fact.quote) <= end and f.fact.quote]
    for stated in sorted(within, key=lambda f: (f.start, -len(f.fact.quote), f.iri)):
        stop = stated.start + len(stated.fact.quote)
        if stated.start < done:
            yield _mark(stated, "◆", called)
            continue
        yield piece[done - start : stated.start - start]
        yield _mark(stated, piece[stated.start - start : stop - start], called)
        done = stop
    yield piece[done - start :]


def _mark(stated: Stated, shown: str, called: Mapping[str, Name]) -> Html:
    """Return a fact marked, with its fields to be seen when pointed at, and a way to the page of what it is about."""
    name = called[stated.about].zh if stated.about in called else ""
    fact = stated.fact
    fields = [_CLASSES[stated.cls], name, fact.what, fact.value, *map(_say, fact.marks), fact.period, stated.section]
    way = f"../{path(ABOUT[stated.cls], stated.about)}" if name else ""
    inner = link(way, shown) if way else text(shown)
    return tag("mark", inner, id=anchor(stated.iri), class_=stated.cls.lower(), title=" · ".join(filter(None, fields)))


def _facts(facts: Sequence[Stated], called: Mapping[str, Name]) -> Html:
    rows = []
    for stated in facts:
        fact, name = stated.fact, called[stated.about].zh if stated.about in called else ""
        way = f"../{path(ABOUT[stated.cls], stated.about)}" if name else ""
        place = Html(f'<a href="#{plain(anchor(stated.iri))}">{stated.start:,}</a>')
        marks = " ".join(map(_say, fact.marks))
        rows.append(
            (place, _CLASSES[stated.cls], link(way, name), fact.value, fact.what, marks, fact.period, fact.quote)
        )
    headings = ("位置", "类别", "名称", "数值", "报告的说法", "状态", "期间", "引文")
    return table(headings, rows)
