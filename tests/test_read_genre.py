"""What stands around a report, and what is none: pages' lines and near relatives."""

from typing import Any

import pytest

from kg.model import Metadata
from kg.read import read_text
from kg.read.genre import not_a_report
from kg.read.words import KINDS, words
from tests.conftest import cases

#: What brings a case's text to the length of a report, and says nothing.
FILLING = "\n为此,各单位提高认识,明确责任,加强协调,狠抓落实,按照时间节点认真完成各项任务,确保工作取得实效。" * 3


@pytest.mark.parametrize("case", cases("genre"))
def test_genre(case: dict[str, Any]) -> None:
    reason = not_a_report(case["text"] + FILLING)
    if "why" in case:
        assert reason is not None
        assert case["why"] in reason
    else:
        assert reason is None


def test_a_byline_at_its_end_shows_a_news_item() -> None:
    text = (
        "甲镇扎实推进法治政府建设"
        + FILLING
        + "今年以来,甲镇组织学法4次,开展联合执法12次,调解纠纷31件,不断提升依法行政水平。"
    )
    assert not_a_report(f"{text}(甲镇 张某)") == "it reads as 新闻"
    assert not_a_report(f"{text}存在的不足是执法力量薄弱。下一步,加强培训。\n(甲镇 张某)") is None


@pytest.mark.parametrize("case", cases("chrome"))
def test_page_lines(case: dict[str, Any]) -> None:
    document = read_text(case["source"], "case.txt")
    assert document.text == case["text"]
    assert [cut.rule for cut in document.cuts] == case["rules"]
    assert document.metadata == Metadata(**case.get("metadata", {}))


def test_every_kind_of_word_is_there() -> None:
    assert all(words(kind) for kind in KINDS)


def test_the_words_name_fields_of_the_metadata() -> None:
    assert set(words("label").values()) - {""} <= set(Metadata.__slots__)
