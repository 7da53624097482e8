"""Instruments: every sentence of cases/instruments.toml, the tables behind them, and texts meant to break it."""

import itertools
import tomllib
from pathlib import Path

import pytest

from kg.errors import TableError
from kg.extract import instruments
from kg.extract.titles import head_of, heads, load_heads, squash, titles
from kg.model import Header
from kg.text import half_width
from kg.vocabulary import vocabulary
from tests.conftest import assert_linear

CASES = tomllib.loads((Path(__file__).parent / "cases" / "instruments.toml").read_text(encoding="utf-8"))


def header(issuer=None, district=None, path=(), year=2023):
    return Header(
        start=0, end=0, rule="test", title=None, issuer=issuer, district=district, district_path=tuple(path),
        district_code=None, parent_code=None, year=year or None, published=None,
    )  # fmt: skip


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["label"])
def test_case(case):
    text = case["text"]
    head = header(**CASES["who"][case.get("who", "county")], year=case.get("year", 2023))
    found = [
        [text[one.start : one.end], one.title, one.kind, one.relation, one.doc_number or "", one.law is not None]
        for one in instruments.find(text, (), head, vocabulary())
    ]
    assert found == case["finds"]


def test_every_law_is_found_by_its_own_title_between_marks():
    known = titles(vocabulary())
    assert [law.id for law in vocabulary().laws.values() if known.find(law.title, 2026) != law] == []


def test_every_law_keeps_its_official_title():
    known = titles(vocabulary())
    assert [
        law.id for law in vocabulary().laws.values() if known.official(law, law.title) != half_width(law.title)
    ] == []


def test_no_wording_belongs_to_two_laws():
    owner = {}
    for law in vocabulary().laws.values():
        for name in {squash(name) for name in (law.title, law.short, *law.aliases, *law.weak_aliases) if name}:
            owner.setdefault(name, []).append(law.id)
    assert {name: ids for name, ids in owner.items() if len(ids) > 1} == {}


def test_every_head_is_the_one_that_its_example_ends_in():
    assert {row.head: head_of(row.example).head for row in heads().values()} == {head: head for head in heads()}


HEADER = "head,higher,local,own,example\n"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("head,kind\n", "tables/title_heads.csv:1: no column 'higher'."),
        (HEADER + "条例,law,law\n", "tables/title_heads.csv:2: 5 cells are wanted."),
        (HEADER + "条例,law,law,lore,某条例\n", "tables/title_heads.csv:2: 'lore' is no kind of instrument."),
        (HEADER + "法,law,law,law,某法\n" * 2, "tables/title_heads.csv:3: head '法' is already on line 2."),
        (None, "tables/title_heads.csv: no such table. Install kg anew."),
    ],
)
def test_a_broken_table_says_where(tmp_path, content, message):
    if content is not None:
        content = content.replace("某法\n法", "某法\n法")
        (tmp_path / "title_heads.csv").write_text(content, encoding="utf-8")
    with pytest.raises(TableError) as error:
        load_heads(tmp_path)
    assert str(error.value) == message


PIECES = "《 》 〈 法 、 ( “ ” 省 , 。 2 < > 〔 《〈 《》 宪法 “宪法” 制定 简称 《民法典 《纲要》 《甲》〔 《陇西县停车办法》、 (以下简称《 条例 << 省《 2021-".split()


@pytest.mark.parametrize("piece", PIECES)
def test_long_lines_of_one_kind_take_linear_time(piece):
    head = header("陇西县人民政府", "陇西县", ("甘肃省", "陇西县"))

    def find_all(text: str) -> None:
        found = instruments.find(text, (), head, vocabulary())
        assert all(0 <= one.start < one.end <= len(text) for one in found)

    assert_linear(find_all, [piece], 12_500 // len(piece))


def test_mentions_are_ordered_and_apart_whatever_the_marks():
    text = "制定《甲办法》〈乙〉《丙《丁》戊《己〈庚》、宪法《民法典》》,学习“宪法”<<党章>>《》《 》。"
    spans = [(one.start, one.end) for one in instruments.find(text, (), header(), vocabulary())]
    assert spans == sorted(spans)
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(spans))
