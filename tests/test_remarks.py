"""What is told of the files of reports that are built: lost characters, an end that is none, two of one body."""

import json
from pathlib import Path

import pytest

import kg
from kg.cli import run
from kg.read import read_text
from kg.read.remarks import remarks, unfinished
from tests.built import ONE, text

DONE = "一、主要工作\n会议3次。\n"


@pytest.mark.parametrize(
    ("end", "shown"),
    [
        ("二、明年打算\n开展执法", "开展执法"),
        ("扎实推进依法行政,进一步健全", "推进依法行政,进一步健全"),
        ("二、存在问题", "二、存在问题"),
        ("开会研究,", "开会研究,"),
    ],
)
def test_a_text_that_ends_in_the_middle_of_a_sentence(end: str, shown: str) -> None:
    assert unfinished(DONE + end + "\n") == shown


@pytest.mark.parametrize(
    "end",
    [
        "二、明年打算\n开展执法检查。",
        "二、明年打算\n甲镇人民政府\n2024年1月8日",
        "二、明年打算\n甲镇人民政府",
        "特此报告",
        "附件:任务清单、台账",
        "责任编辑:张某,李某",
        "(此件公开发布)",
        "会议3次",
    ],
)
def test_a_text_that_is_whole(end: str) -> None:
    assert unfinished(DONE + end + "\n") is None


def test_lost_characters_are_counted() -> None:
    assert remarks(read_text(f"{DONE}行\ufffd处罚、执\ufffd检查。\n", "a.txt")) == (
        "2 characters lost to bad bytes; kg read shows where",
    )
    assert remarks(read_text(DONE, "a.txt")) == ()


def test_what_a_build_remarks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = tmp_path / "in"
    home.mkdir()
    first = "德清县" + text("新市镇", 2023)
    (home / "a.txt").write_text(first, encoding="utf-8")
    (home / "b.txt").write_text(
        first.replace("会议", "例会").replace("家,", "户,") + "下一步,继续推进\n", encoding="utf-8"
    )
    (home / "c.txt").write_text("德清县" + text("新市镇", 2022, 9), encoding="utf-8")
    (home / "d.txt").write_text("德清县" + text("乾元镇", 2023, 5), encoding="utf-8")
    wanted = {
        "b.txt": [
            "ends in the middle of a sentence (…下一步,继续推进); see whether the file is whole",
            "of the same body and year as a.txt; both are built, and figures count twice",
        ]
    }
    for _ in range(2):  # read, and then as the ledger has it
        summary = kg.build(home, tmp_path / "out", how=ONE)
        assert {report.file: list(report.remarks) for report in summary.reports if report.remarks} == wanted
    assert run(["build", str(home), "-o", str(tmp_path / "out")]) == 0
    said = capsys.readouterr().err
    assert "\n2 remarks on reports that are built:\n  b.txt: ends in" in said
    assert run(["build", str(home), "-o", str(tmp_path / "out"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["remarks"] == 2


@pytest.mark.parametrize(("words", "remarked"), [("另有安排普法的若干事项,", []), ("", ["b.txt"])])
def test_bodies_of_one_name_are_one_where_they_say_the_same(tmp_path: Path, words: str, remarked: list[str]) -> None:
    """Which 城关镇 reports, these texts do not say."""
    home = tmp_path / "in"
    home.mkdir()
    for name, figure in (("a.txt", 1), ("b.txt", 8)):
        own = words * 5 if name == "b.txt" else ""
        (home / name).write_text(text("城关镇", 2023, figure).replace("2023年,", f"2023年,{own}"), encoding="utf-8")
    summary = kg.build(home, tmp_path / "out", how=ONE)
    assert len(summary.reports) == 2
    assert [report.file for report in summary.reports if report.remarks] == remarked


def test_kg_read_tells_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text("新市镇", 2023) + "下一步,继续推进\n", encoding="utf-8")
    assert run(["read", str(path)]) == 0
    assert "\n## remarks (1)\nends in the middle of a sentence (…下一步,继续推进)" in capsys.readouterr().out
    path.write_text(text("新市镇", 2023), encoding="utf-8")
    assert run(["read", str(path)]) == 0
    assert "## remarks" not in capsys.readouterr().out
