"""The order in which a site is written: what is shared, reports, things, views, answers, the first page.

In: a store and a folder. Out: the number of pages and bytes. A folder that holds something else is left alone.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path

from kg import terms
from kg.draw import LIMIT, data
from kg.errors import InputError
from kg.page import shell
from kg.page.described import Described
from kg.questions import questions
from kg.site import front, things
from kg.site.gather import Name, Thing, above, add, names, read_report, report_iris
from kg.site.paths import FOLDERS, path
from kg.site.reports import report_page
from kg.store import Store
from kg.views import views

#: Says that a folder is ours to write anew.
_MARK = "assets/site.css"
_OWN = ("assets", "views", "answers", *FOLDERS.values())


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


def site(store: Store, top: Path, limit: int = LIMIT) -> tuple[int, int]:
    """Write the site of a graph into a folder; return how many pages and bytes. limit: nodes of a view at most.

    Raise InputError if the folder cannot be written, or holds something else.
    """
    try:
        folder = _Folder(Path(top))
        _assets(folder)
        called = names(store)
        found, reports = _reports(store, folder, called)
        _things(store, folder, found, called)
        _views(store, folder, limit)
        counts = {kind: sum(thing.kind == kind for thing in found.values()) for kind in FOLDERS}
        _front(store, folder, {**counts, "Report": reports})
    except OSError as error:
        raise InputError(f"{top}: cannot be written ({error.strerror}); give another folder with -o.") from None
    return folder.pages, folder.bytes


def _assets(folder: _Folder) -> None:
    folder.write("assets/vis-network.min.js", shell.vis())
    folder.write("assets/page.js", shell.script())
    folder.write("assets/page.css", shell.part("page.css"))
    style = (resources.files("kg.site") / "site.css").read_text(encoding="utf-8").replace("\r\n", "\n")
    folder.write(_MARK, style)


def _reports(store: Store, folder: _Folder, called: Mapping[str, Name]) -> tuple[dict[str, Thing], int]:
    """Write the pages of the reports one by one; return what they speak of, and their number."""
    found: dict[str, Thing] = {}
    rows = []
    for iri in report_iris(store):
        report = read_report(store, iri, called)
        folder.write(path("Report", iri), report_page(report, called))
        add(found, report)
        rows.append((iri, report.source.name, 1, len(report.facts)))
    folder.write("reports/index.html", things.list_page("Report", rows))
    return found, len(rows)


def _things(store: Store, folder: _Folder, found: dict[str, Thing], called: Mapping[str, Name]) -> None:
    """Write the pages of what the reports speak of, and of the places that their districts lie in; and the lists."""
    over = above(store)
    inside: dict[str, set[str]] = {}
    for place in [iri for iri, thing in found.items() if thing.kind == "District"]:
        for each in _around(place, over):
            inside.setdefault(each, set()).add(place)
            found.setdefault(each, Thing("District"))
            place = each
    for iri, thing in found.items():
        query = f"CONSTRUCT {{ <{iri}> ?p ?o }} WHERE {{ GRAPH <{terms.REFERENCE}> {{ <{iri}> ?p ?o }} }}"
        said = Described(store.construct(query))
        if thing.kind == "District":
            near = sorted(inside.get(iri, ()))
            page = things.district_page(iri, thing, said, called, near, list(_around(iri, over)))
        else:
            page = things.thing_page(iri, thing, said, called)
        folder.write(path(thing.kind, iri), page)
    for kind in [kind for kind in FOLDERS if kind != "Report"]:
        some = [(iri, thing) for iri, thing in found.items() if thing.kind == kind]
        some.sort(key=lambda each: (-each[1].reports, -each[1].facts, each[0]))
        rows = [(i, called[i].zh if i in called else i.rpartition("/")[2], t.reports, t.facts) for i, t in some]
        folder.write(f"{FOLDERS[kind]}/index.html", things.list_page(kind, rows))


def _around(place: str, over: Mapping[str, str]) -> Iterator[str]:
    """Yield the places that a place lies in, the nearest first."""
    seen = {place}
    while (place := over.get(place, "")) and place not in seen:
        seen.add(place)
        yield place


def _views(store: Store, folder: _Folder, limit: int) -> None:
    known = {file for kind in FOLDERS for file in _files(folder, FOLDERS[kind])}

    def page_of(kind: str, iri: str) -> str:
        address = path(kind, iri)
        return f"../{address}" if address in known else ""

    for name in views():
        folder.write(f"views/{name}.html", shell.page(data(store, name, {}, limit, page_of), "../"))


def _files(folder: _Folder, name: str) -> Iterator[str]:
    return (f"{name}/{file.name}" for file in (folder.top / name).iterdir())


def _front(store: Store, folder: _Folder, counts: Mapping[str, int]) -> None:
    answers, silent = [], []
    for question in questions().values():
        answer = front.answered(store, question)
        if answer is None:
            silent.append(question)
            continue
        folder.write(f"answers/{question.name}.html", front.answer_page(question, answer))
        answers.append((question, answer))
    folder.write("index.html", front.front_page(counts, list(views().values()), answers, silent))
