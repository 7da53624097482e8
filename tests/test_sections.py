"""Headings, their levels and roles, and the text they govern."""

from typing import Any

import pytest

from kg.extract.sections import Outline, find
from tests.conftest import assert_linear, cases


@pytest.mark.parametrize("case", cases("sections"))
def test_sections(case: dict[str, Any]) -> None:
    found = find(case["text"])
    assert [[s.level, s.role, s.heading] for s in found] == case["finds"]
    assert all(case["text"][s.start : s.end] == s.heading for s in found)


def test_bodies_nest() -> None:
    text = "一、甲工作\n(一)乙事项。丙。\n二、丁工作\n戊"
    first, second, third = find(text)
    assert (first.body_end, second.body_end, third.body_end) == (third.start, third.start, len(text))
    outline = Outline([first, second, third])
    assert [outline.at(text.index(sign)) for sign in "一丙戊"] == [[first], [second, first], [third]]
    assert Outline(()).at(3) == []


def test_hostile_lines_take_linear_time() -> None:
    assert_linear(
        find, ("一、", "(一)", "1.", "一是", " ", "。一、", "(", "甲\n", "甲乙丙丁。", "一、甲乙丙(一)", "一、甲乙丙:")
    )
