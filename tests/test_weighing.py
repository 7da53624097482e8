"""Words that outweigh the row that was found for a figure: the table, what it changes, and what it leaves."""

from pathlib import Path

import pytest

import kg
from kg.errors import TableError
from kg.extract import header, metrics, sections, weighing
from kg.vocabulary import vocabulary
from tests.quality.passages import HEADER, under

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))


def both(text: str, heading: str = "") -> list[tuple[str, str]]:
    """Return for each figure of a text its indicator by the rows, and in the end."""
    whole, outline = under(heading, text)
    rows = metrics.by_rows(whole, outline, (), HEADER, vocabulary())[1]
    return [
        (row.metric.indicator, metric.indicator)
        for row, metric in zip(rows, metrics.find(whole, outline, (), HEADER, vocabulary()), strict=True)
    ]


def test_pieces_of_a_figure() -> None:
    whole, outline = under("三、化解纠纷", "全年调解纠纷1,200件,其中邻里纠纷36件左右;同比下降8%。")
    page, (first, second, third), _ = metrics.by_rows(whole, outline, (), HEADER, vocabulary())
    cut = weighing.Cut(page, weighing.weights())
    assert cut.pieces(first, None) == {
        "unit": {"件"},
        "before": {""},
        "part_of": set(),
        "name": {*"调解纠纷", "调解", "解纠", "纠纷"},
        "near": {"全年", "年调", "调解", "解纠", "纠纷"},
        "clause": {"全年", "年调", "调解", "解纠", "纠纷"},
        "behind": set(),
        "heading": {"三、", "、化", "化解", "解纠", "纠纷"},
    }
    of = cut.pieces(second, first.metric)
    assert {"纷#", "#,", "##", "#件", "件,", ",其"} <= of["clause"]  # whatever the number is
    assert of["near"] == {"其中", "中邻", "邻里", "里纠", "纠纷"}
    assert of["before"] == of["part_of"] == {first.metric.indicator}
    of = cut.pieces(third, second.metric)
    assert of["unit"] == {"±%"}  # it is a change
    assert of["clause"] == {"同比", "比下", "下降"}  # no further than the semicolon


def weighs(monkeypatch: pytest.MonkeyPatch, folder: Path, *rows: str) -> None:
    """Let nothing weigh anything but what these rows say."""
    table = "\n".join((",".join(weighing.COLUMNS), *rows)) + "\n"
    (folder / "indicator_weights.csv").write_text(table, encoding="utf-8")
    scale = weighing.load(folder)
    monkeypatch.setattr(weighing, "weights", lambda: scale)


SAID = ("name,纠纷,publicity.lectures 25", "clause,台账,other 28 disputes.cases -3")


def test_words_outweigh_a_row_of_their_unit_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    weighs(monkeypatch, tmp_path, *SAID)
    assert both("排查纠纷12件。") == [("disputes.cases", "disputes.cases")]  # no lecture is counted in 件
    assert both("排查建立台账的纠纷12件。") == [("disputes.cases", "other")]


def test_headings_and_what_is_behind_weigh_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    weighs(monkeypatch, tmp_path, "heading,维权,disputes.petitions 10", "behind,已结,disputes.petitions 9")
    same, other = ("disputes.cases", "disputes.cases"), ("disputes.cases", "disputes.petitions")
    assert both("排查纠纷12件已结案。") == both("排查纠纷12件。", "二、依法维权") == [same]
    assert both("排查纠纷12件已结案。", "二、依法维权") == [other]


def test_a_sentence_begins_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    weighs(monkeypatch, tmp_path, "before,disputes.cases,other 25")
    same = ("disputes.cases", "disputes.cases")
    assert both("排查纠纷12件,受理纠纷30件。") == [same, ("disputes.cases", "other")]
    assert both("排查纠纷12件。受理纠纷30件。") == [same, same]


def test_light_words_leave_the_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    weighs(monkeypatch, tmp_path, f"clause,台账,other {weighing.ROW}")
    assert both("排查建立台账的纠纷12件。") == [("disputes.cases", "disputes.cases")]
    weighs(monkeypatch, tmp_path, f"clause,台账,other {weighing.ROW + 1}")
    assert both("排查建立台账的纠纷12件。") == [("disputes.cases", "other")]


def test_what_a_name_says_clearly_is_not_asked_further(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lead = weighing.SURE - weighing.ROW
    weighs(monkeypatch, tmp_path, f"name,纠纷,disputes.cases {lead}", "clause,台账,other 50")
    assert both("排查建立台账的纠纷12件。") == [("disputes.cases", "disputes.cases")]
    weighs(monkeypatch, tmp_path, f"name,纠纷,disputes.cases {lead - 1}", "clause,台账,other 50")
    assert both("排查建立台账的纠纷12件。") == [("disputes.cases", "other")]


def test_what_outweighed_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    weighs(monkeypatch, tmp_path, *SAID)
    page, readings, _ = metrics.by_rows("排查建立台账的纠纷12件。", (), (), HEADER, vocabulary())
    (reading,) = weighing.weighed(page, readings)
    assert reading.weighed is not None
    assert reading.weighed() == ("“台账” in the sentence before",)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_figures_weigh_what_their_pieces_weigh_one_by_one(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence that goes on is not looked up anew, and words that were said before are not: the sums are the same."""
    monkeypatch.setattr(weighing, "SURE", 1 << 15)  # so that every word is asked
    document, tables, scale = kg.read(path), vocabulary(), weighing.weights()
    head, outline = header.find(document.text, tables, document.metadata), sections.find(document.text)
    page, readings, _ = metrics.by_rows(document.text, outline, (), head, tables)
    cut, last = weighing.Cut(page, scale), None
    for reading in readings:
        if last and last.end <= reading.setting.sentence.start:
            last = None
        own = reading.metric.indicator
        total = dict.fromkeys(scale.indicators, 0)
        total[own] += weighing.ROW if reading.row or own != "other" else weighing.SILENCE
        for place, found in {"bias": {""}, **cut.pieces(reading, last)}.items():
            for piece in found & scale.of[place].cells.keys():
                words = scale.of[place].cells[piece][1].split()
                for indicator, weight in zip(words[::2], words[1::2], strict=True):
                    total[indicator] += int(weight)
        most = max(total, key=lambda indicator: total[indicator])
        assert (cut.better(reading, last) or own) == (own if total[own] == total[most] else most)
        last = reading.metric


def test_the_table_is_whole_and_no_sum_of_it_leaves_its_lane() -> None:
    scale = weighing.load(Path(weighing.__file__).parent.parent / "tables")
    assert all(scale.of[place].cells for place in weighing.PLACES)
    weights = [int(w) for held in scale.of.values() for _, cell in held.cells.values() for w in cell.split()[1::2]]
    assert max(map(abs, weights)) <= weighing.HEAVIEST


def test_silence_of_the_rows_weighs_less(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = (f"clause,台账,publicity.lectures {weighing.SILENCE + 1}", f"name,纠纷,other {weighing.ROW}")
    weighs(monkeypatch, tmp_path, *rows)
    assert both("制作台账展板12场。") == [("other", "publicity.lectures")]
    assert both("排查纠纷12件。") == [("disputes.cases", "disputes.cases")]


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("nearby,纠纷,other 100", "place 'nearby' is none of bias, unit, "),
        ("name,纠纷,disputes 100", "indicator 'disputes' is not in indicators.csv"),
        ("name,纠纷,other 1.5", "weights are pairs of an indicator and a whole number"),
        ("name,纠纷,other 15 disputes.cases", "weights are pairs of an indicator and a whole number"),
        ("name,纠纷,other 51", "no weight is above 50"),
        ("name,纠纷", "3 cells are wanted"),
    ],
)
def test_a_broken_table_says_where(row: str, complaint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TableError, match=rf"^tables/indicator_weights\.csv:2: {complaint}"):
        weighs(monkeypatch, tmp_path, row)


def test_a_piece_that_stands_twice_in_the_table_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TableError, match=r"^tables/indicator_weights\.csv:3: name '纠纷' stands in line 2 too"):
        weighs(monkeypatch, tmp_path, "name,纠纷,other 5", "name,纠纷,other 6")


def test_a_piece_without_weights_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TableError, match=r"^tables/indicator_weights\.csv:2: name '纠纷' has no weights"):
        weighs(monkeypatch, tmp_path, "name,纠纷,")
