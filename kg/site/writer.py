"""The order in which a site is written: what is shared, reports, things, views, answers, the first page.

In: a store and a folder. Out: the number of pages and bytes. A folder that holds something else is left alone.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path

from kg import charts, terms
from kg.draw import LIMIT, data
from kg.errors import InputError
from kg.page import shell
from kg.page.described import Described
from kg.questions import questions
from kg.site import front, things
from kg.site.gather import Name, Source, Thing, above, add, names, read_report, report_iris
from kg.site.lists import chosen_by, list_page, province
from kg.site.markup import link
from kg.site.paths import FOLDERS, path
from kg.site.reports import report_page
from kg.store import Store
from kg.views import views

#: Says that a folder is ours to write anew.
_MARK = "assets/site.css"
_OWN = ("assets", "views", "answers", *FOLDERS.values())


#: Is told what is being written, how many of it are, and of how many.
Tell = Callable[[str, int, int], None]


def _silent(_what: str, _done: int, _of: int) -> None:
    """Tell nobody."""


class _Folder:
    """Where pages go; counts them."""

    def __init__(self, top: Path) -> None:
        self.top, self.pages, self.bytes = top, 0, 0
        if top.is_dir() and any(top.iterdir()) and not (top / _MARK).is_file():
            raise InputError(f"{top}: holds something else than a site of kg; give an empty or a new folder with -o.")
        for name in _OWN:
            shutil.rmtree(top / name, ignore_errors=True)
            (top / name).mkdir(parents=True)

    def write(self, address: str, text: str) -> None:
        """Write a page or a part that pages share."""
        written = text.encode("utf-8", "replace")
        (self.top / address).write_bytes(written)
        self.pages += address.endswith(".html")
        self.bytes += len(written)


def site(store: Store, top: Path, limit: int = LIMIT, tell: Tell = _silent) -> tuple[int, int]:
    """Write the site of a graph into a folder; return how many pages and bytes. limit: nodes of a view at most.

    tell: is told what is being written, how many of it are, and of how many. Raise InputError if the folder cannot be
    written, or holds something else.
    """
    try:
        folder = _Folder(Path(top))
        _assets(folder)
        called, over = names(store), above(store)
        found, reports = _reports(store, folder, called, over, tell)
        _things(store, folder, found, reports, called, over, tell)
        _views(store, folder, limit, tell)
        counts = {kind: sum(thing.kind == kind for thing in found.values()) for kind in FOLDERS}
        pages = _pages(found, called)
        _front(store, folder, {**counts, "Report": len(report_iris(store))}, called, pages, tell)
    except OSError as error:
        raise InputError(f"{top}: cannot be written ({error.strerror}); give another folder with -o.") from None
    return folder.pages, folder.bytes


def _assets(folder: _Folder) -> None:
    folder.write("assets/vis-network.min.js", shell.vis())
    folder.write("assets/page.js", shell.script())
    folder.write("assets/page.css", shell.part("page.css"))
    for name in ("site.js", "site.css"):
        text = (resources.files("kg.site") / name).read_text(encoding="utf-8").replace("\r\n", "\n")
        folder.write(f"assets/{name}", text + (charts.STYLE if name == "site.css" else ""))


def _reports(
    store: Store, folder: _Folder, called: Mapping[str, Name], over: Mapping[str, str], tell: Tell
) -> tuple[dict[str, Thing], dict[str, list[Source]]]:
    """Write the pages of the reports one by one; return what they speak of, and the reports of each place and in it."""
    found: dict[str, Thing] = {}
    reports: dict[str, list[Source]] = {}
    rows = []
    iris = report_iris(store)
    for n, iri in enumerate(iris):
        tell("报告 reports", n, len(iris))
        report = read_report(store, iri, called)
        folder.write(path("Report", iri), report_page(report, called))
        add(found, report)
        place = report.source.district
        places = [place, *_around(place, over)] if place else []
        for each in places:
            reports.setdefault(each, []).append(report.source)
        name = link(path("Report", iri).rpartition("/")[2], report.source.name)
        rows.append((name, province(places, called), report.source.year, len(report.facts)))
    folder.write("reports/index.html", list_page("Report", rows))
    return found, reports


def _things(
    store: Store,
    folder: _Folder,
    found: dict[str, Thing],
    reports: Mapping[str, Sequence[Source]],
    called: Mapping[str, Name],
    over: Mapping[str, str],
    tell: Tell,
) -> None:
    """Write the pages of what the reports speak of, and of the places that their districts lie in; and the lists."""
    inside: dict[str, set[str]] = {}
    for place in [iri for iri, thing in found.items() if thing.kind == "District"]:
        for each in _around(place, over):
            inside.setdefault(each, set()).add(place)
            found.setdefault(each, Thing("District"))
            place = each
    rows: dict[str, list[Sequence[object]]] = {kind: [] for kind in FOLDERS if kind != "Report"}
    order = sorted(found, key=lambda iri: (-found[iri].reports, -found[iri].facts, iri))
    for n, iri in enumerate(order):
        tell("地区、文件、举措、指标 things", n, len(order))
        thing, around = found[iri], list(_around(iri, over))
        query = f"CONSTRUCT {{ <{iri}> ?p ?o }} WHERE {{ GRAPH <{terms.REFERENCE}> {{ <{iri}> ?p ?o }} }}"
        said = Described(store.construct(query))
        if thing.kind == "District":
            near = things.Near(around, sorted(inside.get(iri, ())), reports.get(iri, ()))
            page = things.district_page(iri, thing, said, called, near)
        else:
            page = things.thing_page(iri, thing, said, called)
        folder.write(path(thing.kind, iri), page)
        name = called[iri].zh if iri in called else iri.rpartition("/")[2]
        chosen = chosen_by(iri, thing.kind, said, called, around)
        way = link(path(thing.kind, iri).rpartition("/")[2], name)
        rows[thing.kind].append((way, *chosen, thing.reports, thing.facts))
        thing.rows.clear()
    for kind, some in rows.items():
        folder.write(f"{FOLDERS[kind]}/index.html", list_page(kind, some))


def _around(place: str, over: Mapping[str, str]) -> Iterator[str]:
    """Yield the places that a place lies in, the nearest first."""
    seen = {place}
    while (place := over.get(place, "")) and place not in seen:
        seen.add(place)
        yield place


def _views(store: Store, folder: _Folder, limit: int, tell: Tell) -> None:
    known = {file for kind in FOLDERS for file in _files(folder, FOLDERS[kind])}

    def page_of(kind: str, iri: str) -> str:
        address = path(kind, iri)
        return f"../{address}" if address in known else ""

    for n, name in enumerate(views()):
        tell("图 views", n, len(views()))
        folder.write(f"views/{name}.html", shell.page(data(store, name, {}, limit, page_of), "../"))


def _files(folder: _Folder, name: str) -> Iterator[str]:
    return (f"{name}/{file.name}" for file in (folder.top / name).iterdir())


def _pages(found: Mapping[str, Thing], called: Mapping[str, Name]) -> dict[str, str]:
    """Return the address of each thing's page by its name, but for names that two things have."""
    named: dict[str, list[str]] = {}
    for iri, thing in found.items():
        if iri in called:
            named.setdefault(called[iri].zh, []).append(path(thing.kind, iri))
    return {name: addresses[0] for name, addresses in named.items() if len(addresses) == 1}


def _front(
    store: Store,
    folder: _Folder,
    counts: Mapping[str, int],
    called: Mapping[str, Name],
    pages: Mapping[str, str],
    tell: Tell,
) -> None:
    answers, silent = [], []
    newest, levels = front.newest(store), charts.levels_of(store)
    for n, question in enumerate(questions().values()):
        tell("问与答 answers", n, len(questions()))
        answer = front.answered(store, question)
        if answer is None:
            silent.append(question)
            continue
        told = front.asked_of(question, called, newest, charts.mixed(levels, answer, question.chart))
        folder.write(f"answers/{question.name}.html", front.answer_page(question, answer, told, pages))
        answers.append((question, answer, told))
    folder.write("index.html", front.front_page(counts, list(views().values()), answers, silent, pages))
