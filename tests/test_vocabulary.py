"""The tables: they load, they are sound, and what is wrong in one is said with file and line."""

import shutil
from pathlib import Path

import pytest

from kg.errors import TableError
from kg.vocabulary import Vocabulary, load
from tests.conftest import ROOT

TABLES = ROOT / "kg" / "tables"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Small tables that load."""
    for name in ("themes", "units", "indicators", "indicator_details"):
        shutil.copy(TABLES / f"{name}.csv", tmp_path)
    for name in ("initiatives", "laws", "places"):
        lines = (TABLES / f"{name}.csv").read_text(encoding="utf-8").splitlines(keepends=True)
        (tmp_path / f"{name}.csv").write_text("".join(lines[:3]), encoding="utf-8")
    return tmp_path


def test_the_small_tables_load(folder: Path) -> None:
    assert len(load(folder).laws) == 2


@pytest.mark.parametrize(
    ("table", "change", "message"),
    [
        (
            "laws",
            lambda t: t + t.splitlines()[1] + "\n",
            r"tables/laws\.csv:4: id 'const-660241bd' is already on line 2\.",
        ),
        ("laws", lambda t: t.replace(",title,", ",titel,"), r"tables/laws\.csv:1: no column 'title'\."),
        ("laws", lambda t: t + "x,y\n", r"tables/laws\.csv:4: 14 cells are wanted\."),
        ("units", lambda t: t + "丈,米,length,x,,,\n", r"tables/units\.csv:\d+: factor 'x' is no number\."),
        ("themes", lambda t: t + ",a,b,c\n", r"tables/themes\.csv:14: id is empty\."),
        (
            "places",
            lambda t: t + "9,9,某县,,county,县,8,current,,,,x\n",
            r"tables/places\.csv:4: parent_code '8' is the id of no row\.",
        ),
        (
            "indicators",
            lambda t: t + "a.b,甲,A,nothing,count,x\n",
            r"tables/indicators\.csv:\d+: theme 'nothing' is the id of no row\.",
        ),
    ],
)
def test_what_is_wrong_is_said_with_file_and_line(folder: Path, table: str, change: object, message: str) -> None:
    path = folder / f"{table}.csv"
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")  # type: ignore[operator]
    with pytest.raises(TableError, match=message):
        load(folder)


def test_a_missing_table_and_one_in_another_encoding(folder: Path) -> None:
    (folder / "themes.csv").write_bytes("id,label_zh,label_en,definition\nx,中,y,z\n".encode("gbk"))
    with pytest.raises(TableError, match=r"tables/themes\.csv: 'utf-8' codec"):
        load(folder)
    (folder / "themes.csv").unlink()
    with pytest.raises(TableError, match=r"tables/themes\.csv: no such table"):
        load(folder)


def test_no_wording_of_an_initiative_belongs_to_two(tables: Vocabulary) -> None:
    names = [name for row in tables.initiatives.values() for name in (row.name, *row.aliases)]
    assert sorted({n for n in names if names.count(n) > 1}) == []


def test_no_title_belongs_to_two_instruments(tables: Vocabulary) -> None:
    titles = [law.title for law in tables.laws.values()]
    assert len(titles) == len(set(titles))


def test_no_instrument_is_in_force_before_it_is_made(tables: Vocabulary) -> None:
    days = [(law.promulgated, law.effective, law.title) for law in tables.laws.values()]
    assert [row for row in days if row[0] > row[1] and len(row[0]) == len(row[1]) == 10] == []


def test_every_place_leads_up_to_a_province(tables: Vocabulary) -> None:
    current = [p for p in tables.places.values() if p.status == "current" and p.level == "township"]
    assert len(current) > 40_000
    provinces = {p.name for p in tables.places.values() if p.level == "province"}
    assert [p.id for p in current if tables.path(p)[0] not in provinces] == []
