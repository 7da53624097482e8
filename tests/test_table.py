"""Answers as text: aligned, and harmless wherever they are shown."""

import csv
import io
import json

import pytest

from kg import table
from kg.model import Answer
from kg.questions import question
from kg.table import FORMATS, as_csv, as_json, as_markdown, as_table
from tests.test_ask import EXPECTED

HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@x",
    "\x1b[2J",
    "<script>alert(1)</script>",
    "a|b",
    "[x](javascript:y)",
    "\u202etxt.exe",
    'a"b\n,',
]


def answer(*cells: object) -> Answer:
    return Answer(("name", "n"), tuple((cell, 1) for cell in cells), headings=("名称", "数"))  # type: ignore[misc]


def test_a_formula_is_harmless_in_csv_and_a_number_stays_one() -> None:
    rows = list(csv.reader(io.StringIO(as_csv(Answer(("a", "b"), (("=1+1", -5), ("@x", 2.50)))))))
    assert rows == [["a", "b"], ["'=1+1", "-5"], ["'@x", "2.5"]]


@pytest.mark.parametrize("cell", HOSTILE)
@pytest.mark.parametrize("format", [f for f in FORMATS if f != "json"])
def test_control_characters_are_shown_as_question_marks(cell: str, format: str) -> None:
    text = FORMATS[format](answer(cell))
    assert "\x1b" not in text
    assert "\u202e" not in text


@pytest.mark.parametrize("cell", HOSTILE)
def test_json_keeps_every_character(cell: str) -> None:
    assert json.loads(as_json(answer(cell))) == [{"name": cell, "n": 1}]


def test_markdown_escapes_what_it_would_act_on() -> None:
    assert as_markdown(answer("a|<b>*")).splitlines() == ["| 名称 | 数 |", "| --- | --- |", "| a\\|\\<b\\>\\* | 1 |"]


def test_a_table_aligns_wide_characters() -> None:
    lines = as_table(answer("永安街道", "ab")).splitlines()
    assert [line.rstrip() for line in lines] == [" 名称       数", " ─────────────", " 永安街道    1", " ab          1"]


def test_a_row_of_a_table_is_not_cut_in_a_pipe() -> None:
    assert "长" * 300 in as_table(answer("长" * 300))


def test_empty_answers() -> None:
    assert [FORMATS[f](Answer(("a",), ())) for f in ("csv", "json")] == ["a\r\n", "[]\n"]


def test_what_fits_is_aligned_as_what_has_to_be_folded() -> None:
    answer = Answer(
        ("a", "b", "c"),
        (("法律文件", 12, None), ("x", 2.5, "é永安街道"), ("", 100, "—")),
        headings=("文件", "数 n", "c"),
    )
    cells = [[table.plain(value) for value in row] for row in answer.rows]
    assert table.as_table(answer) == table._folded(["文件", "数 n", "c"], cells, [False, True, False], 500)
    assert max(map(len, table.as_table(answer, 16).splitlines())) <= 16


def test_codes_are_words_in_tables_for_people_and_codes_in_those_for_machines() -> None:
    found = Answer(("kind", "bound", "late"), (("law", "at_least", False),), headings=("种类", "精度", "逾期"))
    assert as_table(found).splitlines()[2].split() == ["法律", "以上", "否"]
    assert as_markdown(found).splitlines()[2] == "| 法律 | 以上 | 否 |"
    assert as_csv(found).splitlines()[1] == "law,at_least,false"
    assert json.loads(as_json(found)) == [{"kind": "law", "bound": "at_least", "late": False}]
    own = Answer(("kind",), (("law",),))  # of a query of a user's own
    assert as_table(own).splitlines()[2].split() == ["law"]


def test_every_code_of_an_expected_answer_has_its_word() -> None:
    coded = set()
    for name, _, rows in (param.values for param in EXPECTED):
        columns = list(question(name).headings)
        for row in rows:
            cells = ((c, v) for c, v in zip(columns, row, strict=True) if c in table.codes() and isinstance(v, str))
            coded |= {(c, v) for c, v in cells if "/" not in v}  # days of a period are no code
    assert len(coded) > 30
    assert {(c, v) for c, v in coded if not all(part in table.codes()[c] for part in v.split(", ")[:1])} == set()


def test_a_period_without_days_is_told_in_words() -> None:
    said = Answer(("period",), (("month",), ("2023-01/2023-06",)), headings=("时段",))
    assert [line.strip() for line in as_table(said).splitlines()[2:]] == ["每月", "2023-01/2023-06"]
    assert "month" in as_csv(said)
