"""The catalogue on a third engine: Virtuoso gives the same rows."""

from collections.abc import Iterator

import pytest

import kg
from kg.ask import answer
from kg.bind import bind
from kg.questions import question
from kg.remote import Remote
from kg.store import Store
from tests.test_ask import EXPECTED
from tests.virtuoso import virtuoso_at

#: Where Virtuoso 7 gives other rows from one run to the next: behind fz:containedIn*, and behind MINUS with a sub-select.
LOSES = {
    ("officers", "place", "year"), ("who-cites", "instrument", "place"), ("missing-parts", "year"),
    ("most-cited", "place"), ("most-cited", "place", "year"),
}  # fmt: skip


@pytest.fixture(scope="module")
def virtuoso(years_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Remote]:
    """A Virtuoso that holds the small corpus."""
    output = tmp_path_factory.mktemp("years")
    Store.write((line.encode() for line in years_store.nquads()), output)
    with virtuoso_at(output / "virtuoso") as address:
        kg.load(output, f"{address}/sparql-graph-crud-auth", "dba", "dba")
        yield Remote(f"{address}/sparql", 600, 100_000)


@pytest.mark.parametrize(("name", "parameters", "rows"), EXPECTED)
def test_virtuoso_gives_the_same_rows(
    virtuoso: Remote, years_store: Store, name: str, parameters: dict[str, str], rows: list[list[object]]
) -> None:
    asked = question(name)
    found = answer(virtuoso, asked, bind(years_store, asked, parameters))
    answered = [list(row) for row in found.rows]
    if answered != rows and (name, *sorted(parameters)) in LOSES:
        pytest.xfail("Virtuoso loses rows here, not always the same, whatever the threads it may use")
    assert answered == rows
