"""The views of queries/views/: their headers, what each draws and where, their parameters, ties, colours and years."""

import csv
import itertools
import math
import re
from importlib import resources
from pathlib import Path

import pytest

import kg
from kg import terms
from kg import views as room
from kg.draw import data
from kg.errors import QueryError
from kg.model import Finding
from kg.page import columns
from kg.page.findings import most
from kg.page.model import Node
from kg.page.plan import Plan, plan
from kg.page.tones import scales
from kg.read import Limits
from kg.store import Store
from kg.views import bind, reports, rule, view, views
from tests import drawn


@pytest.fixture(scope="module")
def spread() -> Store:
    return drawn.store("spread")


def drawn_of(store: Store, name: str, **values: str) -> dict:
    """Return a view's data; `stage` names what is drawn, `panel` what is in the panel alone."""
    found = data(store, name, values)
    found["stage"] = {n["short"] for n in found["nodes"] if not n.get("off")}
    found["panel"] = {n["short"] for n in found["nodes"] if n.get("off")}
    return found


def node(found: dict, short: str, kind: str | None = None) -> dict:
    return next(n for n in found["nodes"] if n["short"] == short and kind in (None, n["kind"]))


def ties(found: dict) -> set[tuple[str, str, int]]:
    names = [n["short"] for n in found["nodes"]]
    return {(names[t["a"]], names[t["b"]], len(t["shared"])) for t in found["links"] if "shared" in t}


@pytest.mark.parametrize("name", ["cited-together", "instruments"])
def test_books_are_not_drawn_as_instruments(name: str, tmp_path: Path) -> None:
    text = "甲街道2023年法治政府建设年度报告\n学习《宪法》、《民法典》和《习近平谈治国理政》第四卷,组织宣讲6场次。\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    kg.build(tmp_path / "a.txt", tmp_path / "out", limits=Limits(keep_all=True))
    store = kg.open(tmp_path / "out")
    assert "习近平谈治国理政" in "".join(store.nquads())
    stage = drawn_of(store, name)["stage"]
    assert {"宪法", "民法典"} <= stage
    assert not any("谈治国理政" in each for each in stage)


def test_the_views() -> None:
    assert [(v.name, v.said["title"]["zh"], v.said["title"]["en"], list(v.parameters)) for v in views().values()] == [
        ("alike", "哪些地区做法相似", "Districts alike", ["place", "year"]),
        ("checks", "检查发现了什么", "What the checks find", ["report"]),
        ("cited-together", "哪些法规文件一起被引用", "Legal instruments cited together", ["place", "year"]),
        ("district", "一地历年", "One district over the years", ["place"]),
        ("initiative", "一项举措，谁在做", "One initiative, and who runs it", ["initiative", "year"]),
        ("instrument", "一份法规文件，谁在引用", "One legal instrument, and who cites it", ["instrument", "year"]),
        ("instruments", "谁引用了哪些法规文件", "Who cites which legal instruments", ["report", "place", "year"]),
        (
            "overview",
            "报告里的地区、举措、文件与指标",
            "Districts, initiatives, legal instruments and indicators of the reports",
            ["report", "place", "year"],
        ),
        ("report", "一份报告", "One report", ["report"]),
        ("spread", "一项举措如何逐年推开", "How an initiative spreads over time", ["initiative", "place"]),
    ]


def test_a_view_that_there_is_not() -> None:
    with pytest.raises(QueryError, match=r"No view 'overwiev'\. Did you mean 'overview'\? There are: alike, checks"):
        view("overwiev")


HEAD = "\n".join(f"# {word}-{language}: x" for word in ("title", "nodes", "links", "rule") for language in ("zh", "en"))


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (f"# id: b\n{HEAD}\n", "the header lacks its own id."),
        (f"# id: a\n{HEAD}\n".replace("# rule-en: x\n", ""), "the header lacks rule-en."),
        (f"# id: a\n{HEAD}\n# param: place place | 地区 | a place\n", "the parameter .* is not in the query once."),
        (f"# id: a\n{HEAD}\n# layout: round\n", "layout is one of reports, years, springs, not 'round'."),
    ],
)
def test_a_broken_header(text: str, wrong: str) -> None:
    with pytest.raises(QueryError, match=rf"^queries/views/a\.rq: {wrong}"):
        room._parse("a", text)


def test_a_plan_is_read_from_a_header() -> None:
    head = {"layout": "springs", "tie": "District by Initiative Metric", "stage": "District", "color": "community"}
    assert plan(head, "x") == Plan(
        "springs", ("District",), "District", ("Initiative", "Metric"), "reports", "community"
    )
    assert plan({}, "x") == Plan()


def test_one_district_over_the_years(spread: Store) -> None:
    found = drawn_of(spread, "district")  # of two reports, so the default
    assert found["title"] == {"zh": "一地历年 · 丁镇", "en": "One district over the years · 丁镇"}
    assert found["stage"] == {
        "丁镇 2021",
        "丁镇 2022",
        "丁镇",
        "法律明白人",
        "宪法",
        "民法典",
        "行政复议件数",
        "调解纠纷件数",
    }
    x = {n["short"]: n.get("x", 0) for n in found["nodes"]}
    y = {n["short"]: n.get("y", 0) for n in found["nodes"]}
    assert x["丁镇 2021"] < x["法律明白人"] < x["丁镇 2022"]  # of both years: between and above
    assert y["法律明白人"] < y["丁镇 2021"] == y["丁镇 2022"] < y["民法典"]  # of one year: below
    assert [caption[0] for caption in found["captions"]] == ["2021", "2022"]
    below = drawn_of(spread, "district", place="东城区")
    assert below["title"]["zh"] == "一地历年 · 东城区"
    assert {"丁镇 2021", "丁镇 2022", "戊镇 2022"} < below["stage"]


def test_one_initiative_and_who_runs_it(spread: Store) -> None:
    found = drawn_of(spread, "initiative")
    assert found["title"]["zh"] == "一项举措，谁在做 · 法律明白人"
    assert found["stage"] == {
        "丁镇 2021", "丁镇 2022", "戊镇 2022", "己镇 2023", "丁镇", "戊镇", "己镇", "东城区", "北京市", "上海市", "法律明白人",
        "调解纠纷件数",
    }  # fmt: skip
    assert sorted(theme["zh"] for theme in found["themes"].values()) == ["法治宣传教育", "矛盾纠纷化解"]
    in_2022 = drawn_of(spread, "initiative", year="2022")["nodes"]
    assert {n["short"] for n in in_2022 if n["kind"] == "Report"} == {"丁镇 2022", "戊镇 2022"}
    other = drawn_of(spread, "initiative", initiative="𠮷祥议事亭")
    assert (other["title"]["zh"], {"戊镇 2022", "𠮷祥议事亭"} <= other["stage"]) == (
        "一项举措，谁在做 · 𠮷祥议事亭",
        True,
    )


def test_one_instrument_and_who_cites_it(spread: Store) -> None:
    found = drawn_of(spread, "instrument", instrument="民法典")
    assert found["title"]["en"] == "One legal instrument, and who cites it · 中华人民共和国民法典"
    assert found["stage"] == {"丁镇 2021", "戊镇 2022", "丁镇", "戊镇", "东城区", "北京市", "民法典", "宪法"}


def test_instruments_cited_together(spread: Store) -> None:
    found = drawn_of(spread, "cited-together")
    assert found["stage"] == {"宪法", "民法典", "己镇议事规则"}
    assert ties(found) == {("宪法", "民法典", 2)}
    assert [tone["zh"] for tone in found["tones"]] == ["宪法等", "己镇议事规则"]
    tone = {n["short"]: n["tone"] for n in found["nodes"] if not n.get("off")}
    assert tone == {"宪法": 0, "民法典": 0, "己镇议事规则": 1}


def test_districts_alike(spread: Store) -> None:
    found = drawn_of(spread, "alike")
    assert found["stage"] == {"丁镇", "戊镇", "己镇"}
    assert {"法律明白人", "宪法", "丁镇 2021"} < found["panel"]
    assert ties(found) == {("丁镇", "戊镇", 3), ("丁镇", "己镇", 1), ("戊镇", "己镇", 1)}
    names = [n["short"] for n in found["nodes"]]
    share = {(names[t["a"]], names[t["b"]]): t["share"] for t in found["links"] if "share" in t}
    assert share == {("丁镇", "戊镇"): 0.75, ("丁镇", "己镇"): 0.25, ("戊镇", "己镇"): 0.2}  # Jaccard: 3/4, 1/4, 1/5
    assert drawn_of(spread, "alike", place="上海市")["stage"] == {"己镇"}


def test_an_initiative_spreads_over_the_years(spread: Store) -> None:
    found = drawn_of(spread, "spread")
    assert found["stage"] == {"法律明白人", "丁镇 2021", "丁镇 2022", "戊镇 2022", "己镇 2023"}
    x = {n["short"]: n.get("x", 0) for n in found["nodes"] if not n.get("off")}
    assert x["丁镇 2021"] < min(x["丁镇 2022"], x["戊镇 2022"]) < x["己镇 2023"]
    tones = [(found["tones"][n["tone"]]["zh"], n["short"]) for n in found["nodes"] if n["kind"] == "Report"]
    assert sorted(tones) == [("2021", "丁镇 2021"), ("2022", "丁镇 2022"), ("2022", "戊镇 2022"), ("2023", "己镇 2023")]
    assert node(found, "法律明白人")["years"] == [2021, 2022, 2023]
    assert drawn_of(spread, "spread", place="上海市")["stage"] == {"法律明白人", "己镇 2023"}


def test_the_columns_of_many_years_fill_the_screen() -> None:
    def some(kind: str, number: int, years: list[int]) -> Node:
        return Node(f"i:{kind}/{number}", kind, f"{number}", "", f"{number}", [], [], 40, 1, years, size=20)

    nodes = [some("Report", n, [2010 + n // 4]) for n in range(40)] + [some("Initiative", 0, list(range(2010, 2020)))]
    captions = columns.place(nodes, range(41), [*([n] for n in range(40)), list(range(40))])
    assert [text for text, _, _ in captions] == [str(year) for year in range(2010, 2020)]
    assert [x for _, x, _ in captions] == [n * 200 for n in range(10)]  # one report beside another in no year
    assert {y for _, _, y in captions} == {-64}
    assert sorted({node.y for node in nodes}) == [-162, 0, 112, 224, 336]
    assert (nodes[40].x, {node.size for node in nodes}) == (900, {16, 22})


def test_many_names_in_columns_stand_beside_their_nodes() -> None:
    nodes = [Node(f"i:{n}", "Report", "", "", "", [], [], 1, 1, [2020], size=90) for n in range(300)]
    columns.place(nodes, range(300), [[n] for n in range(300)])
    assert {node.side for node in nodes} == {"right"}
    ys, xs = sorted({node.y for node in nodes}), sorted({node.x for node in nodes})
    assert {node.size for node in nodes} == {13}  # none reaches into the next row, or under the next name
    assert {b - a for a, b in itertools.pairwise(ys)} == {32} and min(b - a for a, b in itertools.pairwise(xs)) >= 168


def test_what_several_years_have_stands_in_rows_by_when() -> None:
    reports = [Node(f"i:{n}", "Report", f"{n}", "", f"{n}", [], [], 1, 1, [2020 + n], size=20) for n in range(3)]
    owners = [[1, 2], [0, 1], [0, 1, 2]]
    shared = [Node(f"j:{n}", "Metric", "", "", "", [], [], len(of), 1, [], size=9) for n, of in enumerate(owners)]
    columns.place([*reports, *shared], range(6), [[0], [1], [2], *owners])
    assert [node.x for node in shared] == [reports[1].x + x for x in (208, -208, 0)]
    assert {node.y for node in shared} == {-162}


def test_what_leads_from_one_to_another_is_between(spread: Store) -> None:
    found = drawn_of(spread, "instruments")
    between = {n["short"]: n["between"] for n in found["nodes"] if n.get("between")}
    assert between == {"宪法": 0.2333, "丁镇 2021": 0.0667, "戊镇 2022": 0.0667, "民法典": 0.0333}


def test_checks_and_their_findings(spread: Store) -> None:
    found = drawn_of(spread, "checks")
    assert found["stage"] == {
        "丁镇 2021", "丁镇 2022", "戊镇 2022", "己镇 2023", "丁镇", "戊镇", "己镇", "各部分之和大于总数", "地区不在区划表内",
    }  # fmt: skip
    assert [tone["zh"] for tone in found["tones"]] == ["报告之误"]
    names = [n["short"] for n in found["nodes"]]
    told = {(names[each["a"]], names[each["b"]]): each for each in found["links"] if each["word"] == "check"}
    unlisted = {(place, "地区不在区划表内") for place in ("丁镇", "戊镇", "己镇")}
    assert set(told) == {("丁镇 2022", "各部分之和大于总数"), *unlisted}
    link = told["丁镇 2022", "各部分之和大于总数"]
    (fact,) = link["facts"]
    assert (fact["value"], fact["quote"], fact["note"]) == ("60件", "60件", "66 > 60")
    sentence = found["sentences"][fact["sentence"]]["text"]
    assert sentence[fact["start"] : fact["end"]] == "60件"
    assert drawn_of(Store.of([]), "checks")["stage"] == set()  # nothing found: nothing drawn, and not the whole graph


def test_the_rule_names_the_numbers_that_have_grown() -> None:
    assert rule(view("overview"))["en"] == "the 40 newest reports; of what they say, what most of them share"
    assert rule(view("overview"), 4)["zh"] == "最新的 160 份报告；再多则取最多报告提到的"
    assert rule(view("report"), 4) == view("report").said["rule"]


def test_of_too_many_findings_those_of_the_reports_with_most_are_drawn() -> None:
    def of(report: str, number: int) -> list[Finding]:
        return [Finding("c", "info", "", f"{terms.BASE}report/{report}/observation/{n}-9", "") for n in range(number)]

    found = [*of("a", 1), *of("b", 3), *of("c", 2)]
    assert most(found, 6) == (found, 0)
    assert most(found, 5) == ([*of("b", 3), *of("c", 2)], 1)
    assert most(found, 2) == (of("b", 3), 2)


def test_names_are_resolved_and_homonyms_offered(spread: Store) -> None:
    with pytest.raises(
        QueryError, match=r"--initiative 法律明白: nothing of this name is known\. Did you mean 法律明白人"
    ):
        data(spread, "initiative", {"initiative": "法律明白"})
    with pytest.raises(QueryError, match=r"--place 鼓楼区: more than one has this name\. Give a code: .*\(320106\)"):
        data(spread, "district", {"place": "鼓楼区"})
    with pytest.raises(QueryError, match=r"--year 22: a year such as 2023 is wanted, from 2000 to 2099\."):
        data(spread, "overview", {"year": "22"})
    with pytest.raises(QueryError, match=r"alike has no parameter --report\. It takes: --place, --year\."):
        data(spread, "alike", {"report": "丁镇"})
    with pytest.raises(QueryError, match=r"The view 'overview' finds nothing of --year 2001\."):
        data(spread, "overview", {"year": "2001"})
    with pytest.raises(QueryError, match=r"--limit 2001: from 1 to 2000 nodes can be drawn\."):
        data(spread, "overview", {}, 2001)


def test_one_report_is_wanted_where_one_is_drawn(spread: Store) -> None:
    with pytest.raises(
        QueryError, match=r"--report 丁镇: more than one report has this: 丁镇 2021 .*2021/丁镇\.txt\), 丁镇 2022"
    ):
        data(spread, "report", {"report": "丁镇"})
    assert node(drawn_of(spread, "report", report="2022/丁镇"), "丁镇 2022")["weight"] == 5
    assert len(reports(spread, "丁镇", one=False)) == 2
    assert "VALUES ?report { UNDEF }" not in bind(spread, view("overview"), {"report": "丁镇"})


def test_in_a_small_picture_of_ties_the_proof_has_its_room(spread: Store) -> None:
    found = data(spread, "alike", {}, 7)
    kinds = [n["kind"] for n in found["nodes"]]
    assert (kinds.count("District"), kinds.count("Report"), len(kinds)) == (2, 2, 7)
    assert found["left_out"] == {"District": 1, "Initiative": 1, "LegalInstrument": 0, "Report": 2} | {
        kind: number for kind, number in found["left_out"].items() if kind in ("Initiative", "LegalInstrument")
    }


# ---- colours ---------------------------------------------------------------------------------------------------------
PAPER = {"color": "#FAFAF7", "dark": "#12181F"}
#: Deuteranopia as of Machado, Oliveira and Fernandes (2009), on linear RGB.
GREEN_BLIND = ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881))


def linear(color: str) -> list[float]:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]


def luminance(color: list[float]) -> float:
    return 0.2126 * color[0] + 0.7152 * color[1] + 0.0722 * color[2]


def contrast(a: str, b: str) -> float:
    low, high = sorted((luminance(linear(a)), luminance(linear(b))))
    return (high + 0.05) / (low + 0.05)


def lab(color: list[float]) -> tuple[float, float, float]:
    r, g, b = color
    f = [
        t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116
        for t in ((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505, luminance(color), (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089)
    ]  # fmt: skip
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


def apart(a: str, b: str, seen: tuple = GREEN_BLIND) -> float:
    """Return how far two colours are apart (CIE76) for an eye that is green-blind."""
    both = [[min(1, max(0, sum(m * c for m, c in zip(row, linear(x), strict=True)))) for row in seen] for x in (a, b)]
    return math.dist(*map(lab, both))


def classes() -> list[dict[str, str]]:
    return list(csv.DictReader((resources.files("kg.page") / "classes.csv").read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("look", ["color", "dark"])
def test_colours_stand_out_and_are_told_apart_by_the_green_blind(look: str) -> None:
    scale = {name: [getattr(tone, look) for tone in steps.values()] for name, steps in scales().items()}
    scale["class"] = [row[look] for row in classes()]
    weak = {(name, color) for name, colors in scale.items() for color in colors if contrast(color, PAPER[look]) < 3}
    assert weak == set()
    least = {"class": 30, "community": 30, "severity": 30, "year": 12}  # years run from light to dark, and are written
    near = {
        (name, a, b)
        for name, colors in scale.items()
        for a, b in itertools.combinations(colors, 2)
        if apart(a, b) < least[name]
    }
    assert near == set()


def test_green_and_red_would_be_seen_as_too_near() -> None:
    assert apart("#5A8A00", "#B35C00") < 30 < apart("#5A8A00", "#B35C00", ((1, 0, 0), (0, 1, 0), (0, 0, 1)))


def test_the_style_sheet_has_the_grounds_that_colours_are_measured_on() -> None:
    style = (resources.files("kg.page") / "page.css").read_text(encoding="utf-8")
    assert [ground.upper() for ground in re.findall(r"--ground: (#\w+)", style)] == list(PAPER.values())
