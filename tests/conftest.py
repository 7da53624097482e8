"""What several tests share: the seeds, and a graph made from their annotation, which no extractor can change."""

import json
import time
import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.extract import points
from kg.extract.sections import body_ends
from kg.graph import Graph, reference_graph, report_graph
from kg.model import Change, Document, Extraction, Header, Initiative, Instrument, Metric, Section, Span
from kg.read import find_files, read
from kg.store import Store
from kg.terms import squash
from kg.vocabulary import Vocabulary, vocabulary
from tests.quality.locate import locate
from tests.reports import years

collect_ignore = ["quality"]  # the scorer is a program of its own

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
GOLD = ROOT / "tests" / "quality" / "gold"


def cases(name: str, key: str = "case") -> list[Any]:
    """Return the cases of tests/cases/<name>.toml as pytest parameters, under their labels."""
    with (ROOT / "tests" / "cases" / f"{name}.toml").open("rb") as stream:
        return [pytest.param(case, id=case["label"]) for case in tomllib.load(stream)[key]]


def assert_linear(function: Callable[[str], object], pieces: Iterable[str], repeat: int = 4_000) -> None:
    """Check that a piece repeated eight times as often takes less than forty times as long: nothing is quadratic.

    Seconds would tell of the machine. What takes less than one is soon done on any.
    """
    for piece in pieces:
        function(piece)  # opens what is opened once
        spent = []
        for times in (repeat, 8 * repeat):
            begun = time.process_time()
            function(piece * times)
            spent.append(time.process_time() - begun)
        assert spent[1] < max(40 * spent[0], 1), f"{piece!r}: {spent}"


@pytest.fixture(scope="session")
def tables() -> Vocabulary:
    return vocabulary()


@pytest.fixture(scope="session")
def seeds() -> dict[str, Document]:
    return {name: read(path, name) for path, name in find_files([SEEDS])}


@pytest.fixture(scope="session")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a build of the seeds: to be read, not to be built in."""
    folder = tmp_path_factory.mktemp("built")
    kg.build([SEEDS], folder)
    return folder


def _spans(document: Document, items: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], int, int]]:
    """Yield each annotated item with its span on the cleaned text."""
    to_text = {at: i for i, at in reversed(list(enumerate(document.alignment.starts)))}
    for item in items:
        start, end = locate(document.source, item)
        while end not in to_text and end < len(document.source):
            end += 1
        yield item, to_text[start], to_text.get(end, len(document.text))


def annotated(document: Document, gold: dict[str, Any], tables: Vocabulary) -> Extraction:
    """Return what a careful reader found in a seed, as an extractor would give it."""
    laws = {squash(name): law.id for law in tables.laws.values() for name in (law.title, *law.aliases)}
    head = gold["report"]
    path = tuple(head["district_path"])
    place = next((p for p in tables.places_by_name.get(head["district"], ()) if tables.path(p) == path), None)
    header = Header(
        start=0, end=0, rule="annotated", title=head["title"], issuer=head["issuer"], district=head["district"],
        district_path=path, district_code=place.code if place else None, parent_code=place.parent_code if place else None,
        year=head["year"], published=head["published"],
    )  # fmt: skip
    headings = list(_spans(document, gold["sections"]))
    ends = body_ends([(start, item["level"]) for item, start, _ in headings], len(document.text))
    sections = [
        Section(
            start=s, end=e, rule="annotated", heading=document.text[s:e], level=i["level"], role=i["role"], body_end=b
        )
        for (i, s, e), b in zip(headings, ends, strict=True)
    ]
    metrics = [
        Metric(
            start=s, end=e, rule="annotated", value=i["value"], value_max=i.get("value_max"), unit=i["unit"],
            bound=i["bound"], name=i["name"], indicator=i["indicator"], status=i["status"],
            change=Change(**i["change"]) if i["change"] else None, period=i["period"],
        )
        for i, s, e in _spans(document, gold["metrics"])
    ]  # fmt: skip
    instruments = [
        Instrument(
            start=s, end=e, rule="annotated", title=i["title"], kind=i["kind"], doc_number=i["doc_number"],
            relation=i["relation"], law=laws.get(squash(i["title"])),
        )
        for i, s, e in _spans(document, gold["instruments"])
    ]  # fmt: skip
    names = {squash(name): row.id for name, row in tables.initiative_names.items()}
    initiatives = [
        Initiative(
            start=s, end=e, rule="annotated", name=i["name"], variants=tuple(i["variants"]), kind=i["kind"],
            theme=i["theme"], status=i["status"], known=names.get(squash(i["name"])), places=(Span(s, e),),
        )
        for i, s, e in _spans(document, gold["initiatives"])
    ]  # fmt: skip
    found = points.find(document.text, sections)  # the annotation has none: of its sections, what the extractor finds
    return Extraction(header, sections, metrics, instruments, initiatives, found)


@pytest.fixture(scope="session")
def gold_graphs(seeds: dict[str, Document], tables: Vocabulary) -> list[Graph]:
    """The graphs of the seeds' annotation."""
    return [
        report_graph(document, annotated(document, json.loads((GOLD / f"{name[:3]}.json").read_text("utf-8")), tables))
        for name, document in seeds.items()
    ]


@pytest.fixture(scope="session")
def gold_store(gold_graphs: list[Graph], tables: Vocabulary) -> Store:
    """A store in memory with the graph of the seeds' annotation."""
    return Store.of(g.nquads() for g in [*gold_graphs, reference_graph(gold_graphs, tables)])


@pytest.fixture(scope="session")
def years_store(gold_graphs: list[Graph], tables: Vocabulary) -> Store:
    """A store in memory with the seeds, and the reports of three towns and a department over three years."""
    graphs = [*gold_graphs, *(report_graph(*report) for report in years.reports(tables))]
    return Store.of(g.nquads() for g in [*graphs, reference_graph(graphs, tables)])
