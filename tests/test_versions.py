"""Laws have texts, each in force from one day to another, and a citation is of the text of its report's year."""

from dataclasses import replace
from pathlib import Path

import pytest

import kg
from kg.errors import TableError
from kg.graph import reference_graph, report_graph
from kg.graph.versions import Version, earlier, in_force, versions
from kg.read import read_text
from kg.store import Store
from kg.vocabulary import Vocabulary
from tests.test_graph import TEXT, small


def law(tables: Vocabulary, title: str) -> str:
    return next(row.id for row in tables.laws.values() if row.title in (title, f"中华人民共和国{title}"))


def test_texts_follow_each_other_without_a_gap(tables: Vocabulary) -> None:
    assert versions(law(tables, "行政处罚法"), tables) == (
        Version("1996-03-17", "1996-10-01", "2009-08-26"),
        Version("2009-08-27", "2009-08-27", "2017-12-31"),
        Version("2017-09-01", "2018-01-01", "2021-07-14"),
        Version("2021-01-22", "2021-07-15", ""),
    )


@pytest.mark.parametrize(
    ("title", "year", "adopted"),
    [
        ("行政处罚法", 1995, None),  # not made yet
        ("行政处罚法", 2017, "2009-08-27"),  # amended in that year, in force in the next
        ("行政处罚法", 2021, "2021-01-22"),  # two texts in one year: the one at its end
        ("行政复议法", 2023, "2017-09-01"),
        ("行政复议法", 2024, "2023-09-01"),
        ("合同法", 2020, "1999-03-15"),
        ("合同法", 2021, None),  # the civil code took its place on the first day
        ("民法典", 2021, "2020-05-28"),
        ("信访条例", 2022, "2005-01-10"),  # repealed in that year
        ("信访条例", 2023, None),
        ("信访工作条例", 2022, "2022-01-24"),
        ("人民调解法", 2024, "2010-08-28"),  # never amended
        ("法治政府建设实施纲要（2015－2020年）", 2019, None),  # the tables have no day for it
    ],
)
def test_the_text_in_force_in_a_year(tables: Vocabulary, title: str, year: int, adopted: str | None) -> None:
    found = in_force(law(tables, title), year, tables)
    assert (found.adopted if found else None) == adopted


def test_the_two_tables_agree(tables: Vocabulary) -> None:
    """The texts of a law lead up to the one that laws.csv has, and begin no earlier than that says."""
    assert len(earlier(tables)) > 70
    for id_, rows in earlier(tables).items():
        row, days = tables.laws[id_], [text.adopted for text in versions(id_, tables)]
        assert days[-1] == (row.last_amended or row.promulgated), row.title
        assert min(rows) >= row.promulgated, row.title
        starts = [text.effective for text in versions(id_, tables)]
        assert starts == sorted(set(starts)), row.title


def test_every_law_has_texts_in_order(tables: Vocabulary) -> None:
    known = [versions(id_, tables) for id_ in tables.laws]
    assert sum(map(bool, known)) > 2000
    assert [texts for texts in known if any(text.until and text.until < text.effective for text in texts)] == []


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("law-0,2000-01-01,2000-01-01,x", "law 'law-0' is the id of no row"),
        ("law-8eb67004,2000-02-01,2000-01-01,x", "2000-01-01 is before the day of adoption"),
        (
            "law-8eb67004,2000-02-01,2000-03-01,x\nlaw-8eb67004,1999-02-01,1999-03-01,x",
            "the texts of a law stand in the order of their days",
        ),
        ("law-8eb67004,2000-02-30,2000-03-01,x", "day is out of range for month"),
    ],
)
def test_what_is_wrong_in_the_table_is_said_with_its_line(
    tables: Vocabulary, tmp_path: Path, rows: str, message: str
) -> None:
    (tmp_path / "law_versions.csv").write_text(f"law,adopted,effective,name\n{rows}\n", encoding="utf-8")
    with pytest.raises(TableError, match=rf"^tables/law_versions\.csv:[23]: {message}\.$"):
        earlier(tables, tmp_path)


def test_a_citation_is_of_the_text_of_its_year(tables: Vocabulary) -> None:
    document = read_text(TEXT, "某镇.txt")
    found = small(document, law=law(tables, "行政处罚法"))
    graphs = []
    for year in (2020, 2022, None):
        each = read_text(TEXT.replace("2023", str(year)), f"{year}.txt")
        graphs.append(report_graph(each, replace(found, header=replace(found.header, year=year))))
    store = Store.of(g.nquads() for g in [*graphs, reference_graph(graphs, tables)])
    rows = kg.query(
        store,
        """PREFIX fz: <https://w3id.org/fazhi/ont#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        SELECT ?year ?label ?from ?until WHERE {
          ?fact fz:version ?text ; fz:instrument ?law ; fz:report/fz:year ?year .
          ?text fz:versionOf ?law ; rdfs:label ?label ; fz:inForceFrom ?from OPTIONAL { ?text fz:inForceUntil ?until } }
        ORDER BY ?year""",
    ).rows
    assert rows == (
        (2020, "中华人民共和国行政处罚法（2017-09-01）", "2018-01-01", "2021-07-14"),
        (2022, "中华人民共和国行政处罚法（2021-01-22）", "2021-07-15", None),
    )
    assert [finding for finding in kg.check(store) if finding.severity == "violation"] == []
