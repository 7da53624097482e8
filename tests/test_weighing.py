"""Words that outweigh the row that was found for a figure: the table, what it changes, and what it leaves."""

from importlib.resources.abc import Traversable
from pathlib import Path

import pytest

from kg.errors import TableError
from kg.extract import metrics, weighing
from kg.vocabulary import vocabulary
from tests.quality.passages import HEADER


def both(text: str) -> list[tuple[str, str]]:
    """Return for each figure of a text its indicator by the rows, and in the end."""
    rows = metrics.by_rows(text, (), (), HEADER, vocabulary())[1]
    return [
        (row.metric.indicator, metric.indicator)
        for row, metric in zip(rows, metrics.find(text, (), (), HEADER, vocabulary()), strict=True)
    ]


def test_pieces_of_a_figure() -> None:
    page, (first, second), _ = metrics.by_rows("全年调解纠纷1,200件,其中邻里纠纷36件。", (), (), HEADER, vocabulary())
    text = weighing.numberless(page.text)
    assert weighing.pieces(text, first, None) == {
        "unit": {"件"},
        "before": {""},
        "part_of": set(),
        "name": {*"调解纠纷", "调解", "解纠", "纠纷", "调解纠", "解纠纷"},
        "near": {"全年", "年调", "调解", "解纠", "纠纷"},
        "clause": {"全年", "年调", "调解", "解纠", "纠纷"},
        "behind": set(),
    }
    of = weighing.pieces(text, second, first.metric)
    assert of["near"] == {"其中", "中邻", "邻里", "里纠", "纠纷"}
    assert {"纷#", "#,", "##", "#件", "件,", ",其"} <= of["clause"]  # whatever the number is
    assert of["before"] == of["part_of"] == {first.metric.indicator}


NOTHING: dict[str, dict[str, tuple[tuple[int, int], ...]]] = {place: {} for place in weighing.PLACES}
NUMBER = {"disputes.cases": 0, "other": 1, "publicity.lectures": 2}


def weighs(monkeypatch: pytest.MonkeyPatch, of: dict[str, dict[str, tuple[tuple[int, int], ...]]]) -> None:
    """Let nothing weigh anything but what is given."""
    scale = weighing.Weights(NUMBER, (0, 0, 0), NOTHING | of, {})
    monkeypatch.setattr(weighing, "weights", lambda: scale)


SAID = {"name": {"纠纷": ((2, 2500),)}, "near": {"台账": ((1, 2500),)}}


def test_words_outweigh_a_row_of_their_unit_only(monkeypatch: pytest.MonkeyPatch) -> None:
    weighs(monkeypatch, SAID)
    assert both("排查纠纷12件。") == [("disputes.cases", "disputes.cases")]  # no lecture is counted in 件
    assert both("排查建立台账的纠纷12件。") == [("disputes.cases", "other")]


def test_a_sentence_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    weighs(monkeypatch, {"before": {"disputes.cases": ((1, 2500),)}})
    same = ("disputes.cases", "disputes.cases")
    assert both("排查纠纷12件,受理纠纷30件。") == [same, ("disputes.cases", "other")]
    assert both("排查纠纷12件。受理纠纷30件。") == [same, same]


def test_light_words_leave_the_row(monkeypatch: pytest.MonkeyPatch) -> None:
    weighs(monkeypatch, {"near": {"台账": ((1, weighing.ROW),)}})
    assert both("排查建立台账的纠纷12件。") == [("disputes.cases", "disputes.cases")]


def test_what_outweighed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    weighs(monkeypatch, SAID)
    page, readings, _ = metrics.by_rows("排查建立台账的纠纷12件。", (), (), HEADER, vocabulary())
    (reading,) = weighing.weighed(page, readings)
    assert reading.weighed == ("“台账” just before",)


def test_the_table_knows_its_indicators() -> None:
    scale = weighing.weights()
    assert set(scale.number) == set(vocabulary().indicators)
    assert set(scale.of) == set(weighing.PLACES)


def test_silence_of_the_rows_weighs_less(monkeypatch: pytest.MonkeyPatch) -> None:
    weighs(monkeypatch, {"near": {"台账": ((2, weighing.SILENCE + 1),)}, "name": {"纠纷": ((1, weighing.ROW),)}})
    assert both("制作台账展板12场。") == [("other", "publicity.lectures")]
    assert both("排查纠纷12件。") == [("disputes.cases", "disputes.cases")]


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("nearby,纠纷,other,100", "place 'nearby' is none of bias, unit, "),
        ("name,纠纷,disputes,100", "indicator 'disputes' is not in indicators.csv"),
        ("name,纠纷,other,1.5", "invalid literal for int"),
    ],
)
def test_a_broken_table_says_where(row: str, complaint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "indicator_weights.csv").write_text(",".join(weighing.COLUMNS) + "\n" + row + "\n", encoding="utf-8")
    folder: Traversable = tmp_path
    with pytest.raises(TableError, match=rf"^tables/indicator_weights\.csv:2: {complaint}"):
        weighing.load(folder)
