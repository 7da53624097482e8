"""The tables: they load, they are sound, and what is wrong in one is said with file and line."""

import shutil
from pathlib import Path

import pytest

from kg.data import columns, lines
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
        _ = load(folder).places


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


@pytest.mark.parametrize("text", ["a,b,c\n1,2,3\n4,,6\n", 'a,b,c\n1,"2",3\n4,,6\n', "a,b,c\r\n1,2,3\r\n4,,6\r\n"])
def test_a_table_reads_the_same_with_quotation_marks_and_other_line_ends(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.csv").write_bytes(text.encode())
    assert list(lines("x.csv", "c a", unique="a", at=tmp_path)) == [(2, ("3", "1")), (3, ("6", "4"))]
    assert [list(column) for column in columns("x.csv", "c b", at=tmp_path)] == [["3", "6"], ["2", ""]]
    assert [list(column) for column in columns("x.csv", "b", at=tmp_path)] == [["2", ""]]


@pytest.mark.parametrize("text", ["a,b\n1,2\n3,4,5\n6\n", 'a,b\n1,"2"\n3,4,5\n6\n'])
def test_a_line_too_long_is_not_made_up_for_by_one_too_short(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.csv").write_text(text, encoding="utf-8")
    with pytest.raises(TableError, match=r"tables/x\.csv:3: 2 cells are wanted\."):
        list(lines("x.csv", "a b", at=tmp_path))


def test_places_are_found_by_all_that_names_them(tables: Vocabulary) -> None:
    (huaqiao,) = [p for p in tables.places_by_name["花桥镇"] if "昆山市" in tables.path(p)]
    assert tables.places[huaqiao.id] == tables.places_by_code[huaqiao.code] == huaqiao
    assert huaqiao in tables.places_by_short["花桥"]
    assert "花桥镇" in tables.names_below[huaqiao.parent_code]
    assert tables.places_by_name.get("无此镇") is None
    assert "无此镇" not in tables.places_by_name
    assert "市辖区" not in tables.places_by_name  # a placeholder
    assert "市辖区" not in tables.names_below["11"]


def test_the_names_of_places_in_a_text_are_told_without_all_that_is_known_of_them(folder: Path) -> None:
    tables = load(folder)
    assert tables.places_in("北京市各区2023年办理了多少件") == ["北京市"]
    assert tables.places_in("各街道办理了多少件") == []
    assert "places" not in vars(tables)
