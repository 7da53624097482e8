"""Zeros without a figure: the cases of tests/cases/denials.toml."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from kg.extract import denials
from kg.model import Role, Section
from kg.vocabulary import vocabulary
from tests.conftest import assert_linear

CASES = tomllib.loads((Path(__file__).parent / "cases" / "denials.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["label"]) for case in CASES])
def test_denials(case: dict[str, Any]) -> None:
    text, role = case["text"], case.get("role", "achievements")
    chapters = sections(text, role)
    found = denials.find(text, chapters, (), vocabulary())
    told = [
        [text[d.start : d.end], d.name, d.indicator, *([d.indicator_detail] if d.indicator_detail else [])]
        for d in found
    ]
    assert told == case["finds"]


def sections(text: str, role: Role) -> list[Section]:
    return [Section(start=0, end=0, rule="", heading="", level=1, role=role, body_end=len(text))]


@pytest.mark.parametrize("piece", ["无", "未发生", "无一", "无因", "、", "和", "未", "一", "无行政复议、"])
def test_hostile_lines_take_no_time(piece: str) -> None:
    assert_linear(lambda text: denials.find(text, (), (), vocabulary()), [piece], 12_500 // len(piece))
