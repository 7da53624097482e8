"""What `kg extract --explain` says: a reason for every field that is not a default, and the right one."""

from pathlib import Path

import pytest

import kg
from kg.extract import records, weighing
from kg.extract.reasons import reasons
from kg.read import read_text
from kg.vocabulary import vocabulary

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))
REPORT = """永平镇2023年法治政府建设年度报告

一、工作情况
截至11月,司法所调解矛盾纠纷约120件,其中邻里纠纷80件、物业纠纷40件,同比下降8%。要求每季度学法不少于1次。
全年无行政诉讼败诉案件。学习《中华人民共和国行政处罚法》。
二、下一步打算
调解矛盾纠纷150件。
永平镇人民政府
2024年1月10日
"""


def explained(tmp_path: Path) -> list[tuple[str, dict[str, str]]]:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    document = kg.read(path, path.name)
    found = kg.extract(document)
    told = reasons(document, found, vocabulary())
    return [(m["quote"], why) for m, why in zip(records.mentions(document, found), told, strict=True)]


def test_each_field_has_its_reason(tmp_path: Path) -> None:
    why = dict(explained(tmp_path))
    assert why["120件"]["bound"] == "by “约”"
    assert why["120件"]["period"] == "“截至11月” in the sentence"
    assert why["120件"]["whose"] == "the subject “司法所”"
    assert why["120件"]["name"].startswith("the noun before the figure, ")
    assert why["120件"]["indicator"].startswith("indicator_rules.csv line ")
    assert why["80件"]["part_of"] == "a part of “所调解矛盾纠纷约120件”: “,其中邻里纠纷”"
    assert why["80件"]["indicator_detail"].startswith("indicator_detail_rules.csv line ")
    assert why["8%"]["change"] == "“同比下降” before the figure"
    assert why["1次"]["norm"] == "an obligation: “要求每季度学法不少于1次”"
    assert why["150件"]["status"] == "the chapter “二、下一步打算”"
    assert why["一、工作情况"]["role"] == "its words tell of no other part of a report"
    assert why["二、下一步打算"]["role"] == "by its words, “二、下一步打算”"
    assert why["无行政诉讼败诉案件"]["indicator"] == "a row of indicator_rules.csv counts “行政诉讼败诉案件”"
    assert "中华人民共和国行政处罚法" in why["《中华人民共和国行政处罚法》"]["title"]


def test_what_outweighed_the_rows_is_said_with_the_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "indicator_weights.csv").write_text("place,piece,weights\nname,邻里,other 25\n", encoding="utf-8")
    scale = weighing.load(tmp_path)
    monkeypatch.setattr(weighing, "weights", lambda: scale)
    said = dict(explained(tmp_path))["80件"]["indicator"]
    assert said.startswith("by weight (indicator_weights.csv; # is a digit): “邻里” in the name; against the rows: ")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("康县城关镇2023年法治政府建设年度报告", "places.csv 621224100, 城关镇, of 125 places of the name: the text names 康县"),
        ("中村乡2023年法治政府建设年度报告\n在市委、市政府领导下,中村乡依法行政。",
         "places.csv 532302201, 中村乡, of 6 places of the name: it is led as the text says, or the only one of today"),
        ("白龙乡2023年法治政府建设年度报告\n白龙乡确保定期学法。",  # and not 保定
         "places.csv 130607204, 白龙乡, of 2 places of the name: it is led as the text says, or the only one of today"),
        ("城关镇2023年法治政府建设年度报告", "not decided between 125 places of the name in places.csv"),
        ("址山镇2023年法治政府建设年度报告", "places.csv 440784107, 址山镇"),
    ],
)  # fmt: skip
def test_what_decides_between_places_of_one_name(text: str, why: str) -> None:
    document = read_text(text + "\n一、主要做法\n开会4次。\n", "a.txt")
    assert next(reasons(document, kg.extract(document), vocabulary()))["district_code"] == why


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_every_mention_is_explained(path: Path) -> None:
    document = kg.read(path, path.name)
    found = kg.extract(document)
    told = list(reasons(document, found, vocabulary()))
    assert len(told) == len(list(records.mentions(document, found)))
    assert all(why["rule"] for why in told)
