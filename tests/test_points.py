"""Problems admitted and commitments made: their wording, theme and span."""

from typing import Any

import pytest

from kg.extract import points, sections
from tests.conftest import assert_linear, cases


@pytest.mark.parametrize("case", cases("points"))
def test_points(case: dict[str, Any]) -> None:
    text = case["text"]
    found = points.find(text, sections.find(text))
    assert [[p.kind, p.text, p.theme or ""] for p in found] == case["finds"]
    assert all(text[p.start : p.end] == p.text for p in found)


def test_hostile_lines_take_linear_time() -> None:
    def find(line: str) -> object:
        text = f"一、存在问题\n{line}\n二、下一步计划\n{line}"
        return points.find(text, sections.find(text))

    assert_linear(find, ("一是", "不足,", "(一)", "下一步", "。"))
