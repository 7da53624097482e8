"""The first page of the site, and a page for each question with its answer.

In: a store, and what was counted on the way. Out: HTML. Questions are asked with the defaults of their parameters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kg import charts, terms
from kg.ask import ask
from kg.bind import latest
from kg.errors import KgError
from kg.model import Answer, Value
from kg.page.shell import words
from kg.questions import Question
from kg.site.gather import Name
from kg.site.lists import CALLED
from kg.site.markup import Html, joined, link, page, table, tag
from kg.site.paths import FOLDERS, fact_path
from kg.store import Store
from kg.table import in_words, plain
from kg.views import View

#: Views that a reader new to the graph looks at first.
_FIRST_VIEWS = ("overview", "alike", "district", "initiative", "spread", "instrument", "instruments")
#: Groups of questions, as their headers have them, in the order in which a new reader wants their answers.
_GROUPS = {
    "E": "举措：谁在做，谁跟进 Initiatives",
    "D": "法规文件：谁引用什么 Legal instruments",
    "B": "各地的数字 Figures",
    "C": "比较：逐年、同级 Comparisons",
    "F": "问题与计划 Problems and plans",
    "A": "报告本身 The reports themselves",
    "G": "核对：出处与疑点 Evidence and doubts",
}
_BRACKETS = re.compile(r"[（(][^）)]*[）)]")
#: Rows of an answer that are shown at most, and of them on the first page.
_ROWS, _FIRST = 500, 8


#: A question, its answer, and what it was asked of.
Answered = tuple[Question, Answer, Html]


def answered(store: Store, question: Question) -> Answer | None:
    """Return the answer to a question as it stands, or None where it needs a parameter that the graph cannot fill."""
    try:
        return ask(store, question.name)
    except KgError:
        return None


def newest(store: Store) -> str:
    """Return the latest year that there is a report of, or an empty text."""
    try:
        return str(latest(store))
    except KgError:
        return ""


def asked_of(question: Question, called: Mapping[str, Name], newest: str, warning: str = "") -> Html:
    """Return a note that says what a question was asked of. newest: the latest year that there is a report of. warning:
    what else to know of the answer.
    """
    said = {"latest": newest, "no": words()["false"]["zh"]}
    found = []
    for parameter in question.parameters.values():
        if value := parameter.default:
            known = called.get(f"{terms.BASE}metric/{value}")
            shown = known.zh if known else said.get(value) or words().get(value, {}).get("zh", value)
            found.append(f"{_BRACKETS.sub('', parameter.zh)}：{shown}")
    note = "。".join(filter(None, ("，".join(found), warning)))
    return tag("p", note, class_="note") if note else Html("")


def answer_page(question: Question, found: Answer, told: Html, pages: Mapping[str, str]) -> str:
    """Return the page of an answer: a chart where there is something to compare, the rows, ways to the evidence.

    told: what the question was asked of. pages: the addresses of what is known by a name of its own.
    """
    left = len(found.rows) - _ROWS
    more = tag("p", f"另有 {left:,} 行；全部: kg ask {question.name}") if left > 0 else ""
    body = (
        rows(found, _ROWS, "../", pages)
        if found.rows
        else tag("p", "没有一份报告这样说。No report in the graph says so.")
    )
    return page("../", question.zh, question.en, told, _other_years(question), chart(question, found), body, more)


def _other_years(question: Question) -> Html:
    """Return how to see the other years of an answer that is of the latest alone."""
    years = [p.name for p in question.parameters.values() if p.type == "year" and p.default == "latest"]
    if not years:
        return Html("")
    asked = f"kg ask {question.name} " + " ".join(f"--{name} all" for name in years)
    return tag("p", f"这里只有最新年度；各年: {asked}。Only the latest year; all years: {asked}", class_="note")


def rows(found: Answer, most: int, up: str, pages: Mapping[str, str]) -> Html:
    """Return the first rows of an answer as a table; a row with evidence leads to it, and a name to its page."""
    headings = [*(found.headings or found.columns), *(["出处"] if any(found.evidence) else [])]
    body = []
    told = in_words(replace(found, rows=found.rows[:most]))
    for n, row in enumerate(told.rows):
        facts = found.evidence[n] if n < len(found.evidence) else ()
        ways = [link(f"{up}{way}", str(i)) for i, fact in enumerate(facts[:5], 1) if (way := fact_path(fact))]
        more = [f"…共 {len(facts)}"] if len(facts) > 5 else []
        body.append(
            [
                *(_cell(value, up, pages) for value in row),
                *([tag("span", joined([*ways, *more], " "), class_="ways")] if any(found.evidence) else []),
            ]
        )
    return table(headings, body)


def _cell(value: Value, up: str, pages: Mapping[str, str]) -> object:
    """Return a value as it is shown: a number as one, a code by its name, a name as the way to its page."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and value in pages:
        return link(f"{up}{pages[value]}", value)
    shown = plain(value)
    return (words().get(f"answer_{shown}") or words().get(shown, {})).get("zh", shown)


def chart(question: Question, found: Answer) -> Html:
    """Return the picture of an answer, if its question has one and there is something to draw."""
    try:
        told = charts.svg(found, question.chart, question.zh) if question.chart and found.rows else ""
        return tag("div", Html(told), class_="drawn") if told else Html("")
    except KgError:  # no row with a number
        return Html("")


def front_page(
    counts: Mapping[str, int],
    views: Sequence[View],
    answers: Sequence[Answered],
    silent: Sequence[Question],
    pages: Mapping[str, str],
) -> str:
    """Return the first page. counts: pages of each class; silent: questions that a site cannot answer."""
    lists = [
        tag(
            "li",
            link(f"{folder}/index.html", f"{CALLED[kind][0]} {CALLED[kind][1]}"),
            f" {counts[kind]:,}",
            class_="big",
        )
        for kind, folder in _lists(counts)
    ]
    pictures = [
        tag("li", link(f"views/{view.name}.html", said["title"]["zh"]), tag("span", said["title"]["en"], class_="en"),
            tag("p", f"点：{said['nodes']['zh']}；线：{said['links']['zh']}"))
        for view in sorted(views, key=_order) for said in [view.said]
    ]  # fmt: skip
    empty = [(q, "没有一份报告这样说") for q, found, _ in answers if not found.rows]
    others: list[tuple[object, str]] = [(link(f"answers/{q.name}.html", q.zh), why) for q, why in empty]
    others += [(q.zh, f"kg ask {q.name} {' '.join(f'--{name} …' for name in q.parameters)}") for q in silent]
    return page(
        "", "法治政府建设年度报告", "Annual reports on rule-of-law government: answers, pictures, reports",
        tag("p", _HOW), tag("ul", *lists, class_="lists"),
        tag("h2", "图 Pictures"), tag("ul", *pictures, class_="cards"),
        tag("h2", "问与答 Questions and answers"), _contents(answers), *_asked(answers, pages),
        tag("h2", "其余问题 Other questions"), table(("问题", "说明"), others),
    )  # fmt: skip


def _groups(answers: Sequence[Answered]) -> Iterator[tuple[str, list[Answered]]]:
    """Yield the name of each group of questions, with those that have an answer: first those about all there is."""
    for group, name in _GROUPS.items():
        some = [(q, found, told) for q, found, told in answers if found.rows and q.group == group]
        if some:
            yield name, sorted(some, key=lambda each: bool(each[0].parameters))


def _contents(answers: Sequence[Answered]) -> Html:
    """Return the questions that are answered below, group by group, each with the way to its answer."""
    groups = [
        tag("div", tag("h3", name), tag("ul", *(tag("li", link(f"#{q.name}", q.zh)) for q, *_ in some)))
        for name, some in _groups(answers)
    ]
    return tag("nav", *groups, class_="contents")


def _asked(answers: Sequence[Answered], pages: Mapping[str, str]) -> Iterator[Html]:
    """Yield the questions with the first rows of their answers, under the names of their groups."""
    for name, some in _groups(answers):
        yield tag("h2", name)
        for q, found, told in some:
            heading = tag("h3", link(f"answers/{q.name}.html", q.zh), tag("span", q.en, class_="en"))
            all_rows = link(f"answers/{q.name}.html", f"共 {len(found.rows):,} 行 rows")
            parts = (told, chart(q, found), rows(found, _FIRST, "", pages), tag("p", all_rows, class_="note"))
            yield tag("section", heading, *parts, id=q.name)


_HOW = (
    "每个数字、每份文件、每项举措都有出处：点表中“出处”一栏的序号，或图中的点和线，就到报告原文的那一句。"
    " Every figure leads to its sentence: click a number under 出处, or a node or line of a picture."
)


def _order(view: View) -> tuple[int, str]:
    """Return what sorts the views that a new reader looks at first to the front."""
    known = view.name in _FIRST_VIEWS
    return _FIRST_VIEWS.index(view.name) if known else len(_FIRST_VIEWS), view.name


def _lists(counts: Mapping[str, int]) -> list[tuple[str, str]]:
    return [(kind, folder) for kind, folder in FOLDERS.items() if counts.get(kind)]
