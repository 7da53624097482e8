"""The site: every link leads somewhere, text stays text, evidence is marked, other people's folders are left alone."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

import kg
from kg import terms
from kg.errors import InputError
from kg.model import Answer
from kg.page.evidence import Fact
from kg.page.shell import words
from kg.questions import questions
from kg.read import Limits
from kg.site import front, markup, site, things
from kg.site.front import chart
from kg.site.gather import Name, Report, Source, Stated
from kg.site.lists import list_page, province
from kg.site.marked import body
from kg.site.markup import Html, link, tag
from kg.site.paths import fact_path, path
from kg.store import Store
from kg.table import codes
from kg.views import views
from tests import drawn
from tests.test_page_browser import EVIL, browser, expect, hostile  # noqa: F401

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def spread(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the reports of cases/spread.toml."""
    folder = tmp_path_factory.mktemp("site") / "网站 & site"
    site(drawn.store("spread"), folder)
    return folder


def pages(folder: Path) -> Iterator[tuple[str, str]]:
    for file in sorted(folder.rglob("*.html")):
        yield file.relative_to(folder).as_posix(), file.read_text(encoding="utf-8")


class Outline(HTMLParser):
    """What a page leads to, what it names, and which elements it has."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ways: list[str] = []
        self.names: set[str] = set()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.text: list[str] = []
        self.feed(html)

    def handle_starttag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(name)
        for key, value in attributes:
            self.attributes.add(key)
            if key in ("href", "src"):
                self.ways.append(value or "")
            if key == "id":
                self.names.add(value or "")

    def handle_data(self, text: str) -> None:
        self.text.append(text)


def test_what_is_written(spread: Path) -> None:
    folders: dict[str, list[str]] = {}
    for name, _ in pages(spread):
        folders.setdefault(name.rpartition("/")[0], []).append(name.rpartition("/")[2])
    assert folders[""] == ["index.html"]
    assert sorted(folders["views"]) == sorted(f"{name}.html" for name in views())
    assert (
        len(folders["reports"]) == 5 and len(folders["districts"]) == 3 + 3 + 1
    )  # with 东城区, 北京市, 上海市; the list
    assert "law-clear-person.html" in folders["initiatives"] and "const-660241bd.html" in folders["instruments"]
    assert set(folders["answers"]) <= {f"{name}.html" for name in questions()}
    assert sorted(f.name for f in (spread / "assets").iterdir()) == [
        "page.css", "page.js", "site.css", "site.js", "vis-network.min.js",
    ]  # fmt: skip


def test_every_link_leads_somewhere(spread: Path) -> None:
    outlines = {name: Outline(html) for name, html in pages(spread)}
    lost = set()
    for name, outline in outlines.items():
        for way in outline.ways:
            target, _, part = way.partition("#")
            there = ((spread / name).parent / unquote(target)).resolve() if target else spread / name
            if not there.is_file():
                lost.add((name, way))
            elif part and there.parent.name == "views":  # a node
                if f'"iri":"{unquote(part)}"' not in there.read_text(encoding="utf-8"):
                    lost.add((name, way))
            elif part and part not in outlines[there.relative_to(spread.resolve()).as_posix()].names:
                lost.add((name, way))
    assert lost == set()


def test_pages_in_the_data_of_views_exist(spread: Path) -> None:
    ways = set()
    for name in views():
        ways |= set(re.findall(r'"href":"([^"]+)"', (spread / f"views/{name}.html").read_text(encoding="utf-8")))
    assert "../initiatives/law-clear-person.html" in ways
    assert {way for way in ways if not (spread / "views" / way).is_file()} == set()


def report_of(folder: Path, name: str) -> str:
    """Return the page of the report of that name."""
    (html,) = [html for file, html in pages(folder) if file.startswith("reports/") and f"<h1>{name}" in html]
    return html


def test_a_report_has_its_text_with_the_facts_marked(spread: Path) -> None:
    html = report_of(spread, "丁镇 2022")
    marked = re.findall(r'<mark id="([a-z]+)-[\d-]+" class="(\w+)">(.*?)</mark>', html)
    assert [(kind, cls, re.sub("<[^>]+>", "", inner)) for kind, cls, inner in marked] == [
        ("undertaking", "undertaking", "法律明白人"),
        ("observation", "observation", "60件"),
        ("observation", "observation", "20件"),
        ("observation", "observation", "46件"),
        ("citation", "citation", "宪法"),
    ]
    article = re.sub("<[^>]+>", "", re.search(r"<article>(.*?)</article>", html, re.DOTALL)[1])
    assert article == "法律明白人达到50名,全年共60件纠纷,其中土地纠纷20件、邻里纠纷46件。学习宪法。"
    items = re.findall(r'<li class="(\w+)"><a href="#([a-z]+)-[\d-]+">(.*?)</a>(.*?)</li>', html)
    told = [(cls, kind, to, re.findall(r'<span class="(\w+)">(?:<a [^>]+>)?(.*?)<', f)) for cls, kind, to, f in items]
    assert told[:2] == [
        ("undertaking", "undertaking", "法律明白人", [("about", "法律明白人"), ("status", "已做")]),
        ("observation", "observation", "60件", [
            ("about", "调解纠纷件数"), ("value", "60件"), ("what", "纠纷"), ("status", "已做"),
        ]),
    ]  # fmt: skip
    assert dict(told[2][3])["status"] == "已做 其中"  # a part of the 60


def test_chapters_are_headings_with_the_number_of_their_facts(tmp_path: Path) -> None:
    site(drawn.store(), tmp_path)
    html = report_of(tmp_path, "甲街道 2023")
    body = re.search(r"<article>(.*?)</article>", html, re.DOTALL)[1]
    assert re.sub("<(?!/?h2|/?p)[^>]+>", "", body) == (
        '<h2 id="section-0">一、主要举措</h2>'
        "<p>全年开展普法活动40余场次,发放宣传资料3000份。组织学习《中华人民共和国宪法》和民法典。</p>"
        "<p>建成“法律明白人”队伍,设立“𠮷祥议事亭”三处。</p>"
        '<h2 id="section-79">二、下一步打算</h2><p>计划开展普法活动60场次。</p>'
    )
    chapters = re.findall(r'<li class="level-1"><a href="#(.*?)">(.*?)</a><span class="count">(\d+)</span>', html)
    assert chapters == [("section-0", "一、主要举措", "6"), ("section-79", "二、下一步打算", "1")]


def test_headings_below_a_chapter_are_of_the_next_level(tmp_path: Path) -> None:
    text = "甲街道2023年法治政府建设年度报告\n一、主要举措\n(一)加强普法\n开展普法活动40场次。\n二、存在问题\n普法形式单一。\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    kg.build(tmp_path / "a.txt", tmp_path / "out", limits=Limits(keep_all=True))
    site(kg.open(tmp_path / "out"), tmp_path / "site")
    html = report_of(tmp_path / "site", "甲街道 2023")
    assert re.findall(r'<(h[234]) id="section-\d+">(.*?)</', html) == [
        ("h2", "一、主要举措"), ("h3", "(一)加强普法"), ("h2", "二、存在问题")
    ]  # fmt: skip


def stated(name: str, start: int, quote: str) -> Stated:
    """Return a fact at a place of the text."""
    return Stated(f"x/observation/{name}", "Observation", "", Fact("", "", (), "", quote, None, 0, 0), start, "", "")


def shown(content: str, facts: Sequence[Stated], **more: object) -> list[str]:
    """Return the blocks of a text, each fact as [name:…], or as [~…] where it goes on; what is outside as {…}."""
    report = Report(Source("x", "", "", ""), (("title", "某镇报告"),), content, tuple(facts), (), (), (), ())
    for word, value in more.items():
        report = replace(report, **{word: value})  # type: ignore[arg-type]

    def mark(fact: Stated | None, inner: Html, whole: bool) -> Html:
        name = fact.iri.rpartition("/")[2] if fact else ""
        return Html(f"[{name}:{inner}]" if fact and whole else f"[~{inner}]" if fact else f"{{{inner}}}")

    return [each.replace("<bdi>", "").replace("</bdi>", "") for each in body(report, mark)]


def test_facts_within_facts_are_marked_and_those_that_overlap_are_cut() -> None:
    facts = [
        stated("all", 0, "全年调解20件纠纷"),
        stated("20", 4, "20件"),
        stated("same", 4, "20件"),
        stated("on", 7, "纠纷,成功"),
    ]
    assert shown("全年调解20件纠纷,成功率高。", facts) == [
        "<p>[all:全年调解[20:[same:20件]][on:纠纷]][~,成功]率高。</p>"
    ]


def test_lines_are_paragraphs_but_where_a_sentence_runs_over_them() -> None:
    text = "某镇报告\n\n全年调解\n20件。\n完毕"
    assert shown(text, [stated("n", 11, "20件")], sentences=((6, 15),)) == [
        '<p class="title">某镇报告</p>', "<p>全年调解\n[n:20件]。</p>", "<p>完毕</p>",
    ]  # fmt: skip
    assert shown(text, [])[1:3] == ["<p>全年调解</p>", "<p>20件。</p>"]


def test_what_is_outside_the_report_is_greyed_and_headings_keep_their_stop() -> None:
    text = "首页 > 公开\n(一)强化学习。全年 第3页 共20次。\n打印"
    around = [(text.index(each), text.index(each) + len(each)) for each in ("首页 > 公开", "第3页", "打印")]
    found = shown(text, [], outside=tuple(around), headings=((8, 15, "(一)强化学习", 2),))
    assert found == [
        '<p class="outside">{首页 &gt; 公开}</p>', '<h3 id="section-8">(一)强化学习。</h3>',
        "<p>全年 {第3页} 共20次。</p>", '<p class="outside">{打印}</p>',
    ]  # fmt: skip


def test_a_report_whose_text_the_graph_lacks_says_so(tmp_path: Path) -> None:
    lines = b"".join(drawn.quads()).splitlines(keepends=True)
    site(Store.of([b"".join(line for line in lines if b"ont#content>" not in line)]), tmp_path)
    assert "图谱没有这份报告的全文" in report_of(tmp_path, "甲街道 2023")


def test_a_thing_has_its_sentences_and_the_way_to_the_report(spread: Path) -> None:
    html = (spread / "initiatives/law-clear-person.html").read_text(encoding="utf-8")
    rows = re.findall(r"<tr>(.*?)</tr>", html.partition("<h2>出处")[2], re.DOTALL)[1:]
    cells = [[re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)] for row in rows]
    assert [(c[0], c[1], c[5]) for c in cells] == [
        ("己镇", "2023", "培养法律明白人;"),
        ("丁镇", "2022", "法律明白人达到50名,全年共60件纠纷,其中土地纠纷20件、邻里纠纷46件。"),
        ("戊镇", "2022", "借鉴邻镇经验培养法律明白人。"),
        ("丁镇", "2021", "率先推行“法律明白人”培养。"),
    ]
    assert all(re.search(r'<mark class="undertaking">“?法律明白人”?</mark>', row) for row in rows)
    assert "4 份报告，4 条记录" in html


def test_a_district_has_its_years_side_by_side(spread: Path) -> None:
    (html,) = [html for name, html in pages(spread) if name.startswith("districts/") and "<h1>丁镇" in html]
    above = re.findall("<a [^>]+>(.*?)</a>", re.search("<header>(.*?)</header>", html)[1])
    assert above == ["目录 Contents", "地区 Districts", "北京市", "东城区"]
    heads = [re.findall(r"<th>(.*?)</th>", table) for table in re.findall(r"<table>.*?</table>", html, re.DOTALL)]
    assert heads.count(["名称", "2021", "2022"]) == 3  # figures, instruments, initiatives
    (disputes,) = [row for row in re.findall(r"<tr>.*?</tr>", html) if "调解纠纷件数" in row]
    cells = re.findall(r"<td>(.*?)</td>", disputes)
    assert "aside" not in cells[1] and re.sub("<div[^>]*>", "|", cells[2]).count("|") == 2
    assert re.sub("<[^>]+>", "", cells[2]) == "60件其中 20件其中 46件"


@pytest.mark.parametrize(
    ("asides", "period", "shown"),
    [
        ((), "", "3件"),
        ((), "2022-01/2022-12", "3件"),
        ((), "2021-01/2021-12", "2021 3件"),
        ((), "2022-01/2022-06", "2022-01/2022-06 3件"),
        (("planned",), "2023-01/2023-12", "计划 2023 3件"),
        (("problem", "down"), "", "问题 下降 3件"),
        (("before",), "", "原为 3件"),
    ],
)
def test_what_is_no_result_of_the_year_stands_apart(asides: tuple[str, ...], period: str, shown: str) -> None:
    about = f"{terms.BASE}metric/x"
    rows = [
        (
            Source("r", "甲镇 2022", "2022", "d"),
            Stated(f"{terms.BASE}report/r/observation/{n}-{n}", "Observation", about, fact, n, "", "", of),
        )
        for n, (fact, of) in enumerate(
            [(Fact("", "3件", (), period, "", None, 0, 2), asides), (Fact("", "9件", (), "", "", None, 0, 2), ())]
        )
    ]
    cell = re.findall("<td>(.*?)</td>", things.by_year(rows, "Metric", {about: Name("丙", "")}))[1]
    told = [re.sub("<[^>]+>", "", part) for part in re.split("<div[^>]*>", cell)]
    assert told == (["9件", shown] if shown != "3件" else ["3件；9件"])


def test_a_figure_under_no_indicator_says_what_it_counts() -> None:
    stated = Stated(
        f"{terms.BASE}report/r/observation/1-2",
        "Observation",
        "",
        Fact("持证率", "82%", (), "", "", None, 0, 2),
        1,
        "",
        "",
    )
    html = things.by_year([(Source("r", "甲镇 2022", "2022", "d"), stated)], "Metric", {})
    assert ">持证率 82%</a>" in html


@pytest.mark.parametrize(
    ("other", "last"), [([f"{terms.BASE}metric/other"], r"<a href=[^>]+>other</a>"), ([""], "其他")]
)
def test_figures_under_no_indicator_come_last(other: list[str], last: str) -> None:
    fact = Fact("", "3件", (), "", "", None, 0, 2)
    source = Source("r", "甲镇 2023", "2023", "d")
    rows = [
        (source, Stated(f"{terms.BASE}report/r/observation/{n}-{n}", "Observation", about, fact, n, "", ""))
        for n, about in enumerate([*other] * 3 + [f"{terms.BASE}metric/x"])
    ]
    table = things.by_year(rows, "Metric", {about: Name("丙", "") for about in (f"{terms.BASE}metric/x",)})
    (first, second) = re.findall(r"<tr><td>(.*?)</td>", table)
    assert re.fullmatch(r"<a href=[^>]+>丙</a>", first) and re.fullmatch(last, second)


def test_a_sentence_in_a_table_has_room() -> None:
    assert re.findall("<td[^>]*>", markup.table(("甲", "乙", "丙"), [("短", "长" * 31, 3)])) == [
        "<td>", '<td class="long">', '<td class="number">',
    ]  # fmt: skip


def test_lists_say_what_things_are_chosen_by(spread: Path) -> None:
    def rows(name: str) -> list[list[str]]:
        html = (spread / name / "index.html").read_text(encoding="utf-8")
        table = re.search(r'<table class="list">.*?<tbody>(.*?)</tbody>', html, re.DOTALL)[1]
        return [
            [re.sub("<[^>]+>", "", c) for c in re.findall("<td[^>]*>(.*?)</td>", row)]
            for row in re.findall("<tr>(.*?)</tr>", table)
        ]

    assert rows("reports") == [
        ["己镇 2023 法治政府建设年度报告", "上海市", "2023", "2"],
        ["丁镇 2022 法治政府建设年度报告", "北京市", "2022", "5"],
        ["戊镇 2022 法治政府建设年度报告", "北京市", "2022", "4"],
        ["丁镇 2021 法治政府建设年度报告", "北京市", "2021", "4"],
    ]
    assert ["法律明白人", "组织", "法治宣传教育", "4", "4"] in rows("initiatives")
    assert ["中华人民共和国宪法", "宪法", "3", "3"] in rows("instruments")
    assert ["东城区", "北京市", "县级", "0", "0"] in rows("districts")


def test_a_place_whose_province_is_not_known_has_none() -> None:
    called = {f"{terms.BASE}district/{code}": Name(zh, "") for code, zh in (("14", "山西省"), ("x-1", "某镇"))}
    town, shanxi = f"{terms.BASE}district/x-1", f"{terms.BASE}district/14"
    assert [province(places, called) for places in ([town, shanxi], [shanxi], [town], [])] == [
        "山西省",
        "山西省",
        "",
        "",
    ]


def test_reports_are_counted_by_province_and_year() -> None:
    some = [(link("a.html", f"{n}"), "山西省" if n % 2 else "", str(2020 + n % 3), n) for n in range(21)]
    html = list_page("Report", some)
    assert '<a href="#%E7%9C%81%E7%BA%A7=%E5%B1%B1%E8%A5%BF%E7%9C%81&amp;%E5%B9%B4%E5%BA%A6=2021">4</a>' in html
    assert html.count("<tr>") == 1 + 2 + 1 + 21
    assert "<details" not in list_page("Report", some[:20])


def test_the_first_page_answers(spread: Path) -> None:
    html = (spread / "index.html").read_text(encoding="utf-8")
    for name in views():
        assert f'href="views/{name}.html"' in html
    for question in questions().values():
        assert question.zh in html
    assert html.count("<svg ") == 4
    asked = re.findall(r'<section id="([\w-]+)">', html)
    assert asked == re.findall(r'<a href="#([\w-]+)">', html)
    assert asked[0] == "shared-initiatives"
    assert {question.group for question in questions().values()} == set(front._GROUPS)


def test_an_answer_says_what_it_was_asked_of() -> None:
    called = {f"{terms.BASE}metric/disputes.cases": Name("矛盾纠纷件数", "")}
    told = [front.asked_of(questions()[name], called, "2024") for name in ("peers", "shared-initiatives")]
    assert told == [tag("p", "指标：矛盾纠纷件数，报告年度：2024", class_="note"), ""]


def test_every_code_has_a_name() -> None:
    codes = {
        row["code"] for row in csv.DictReader((ROOT / "kg/tables/codes.csv").read_text(encoding="utf-8").splitlines())
    }
    for file in (ROOT / "queries/answers").glob(
        "*.rq"
    ):  # what a question says itself, in lines that are none of its head
        lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not re.match("# [a-z]+: ", line)]
        codes |= set(re.findall(r'"([a-z][a-z_ ]+)"', "\n".join(lines))) - {"zh", "en", "from"}  # the last a rule
    assert {"met", "none", "at_least"} <= codes
    assert sorted(code for code in codes if front._cell(code, "", {}) == code) == [""]
    assert (front._cell("none", "", {}), front._cell("共12件", "", {})) == ("没有", "共12件")


def test_codes_in_an_answer_are_said_in_words() -> None:
    found = Answer(("a", "b", "c", "d"), (("at_least", True, 3, "某镇"),))
    assert re.findall(r"<td[^>]*>(.*?)</td>", front.rows(found, 1, "", {})) == ["以上", "是", "3", "某镇"]


def test_codes_are_said_in_the_words_of_the_command_line() -> None:
    for column in ("bound", "said", "met"):
        told = codes()[column]
        assert {code: words()[code]["zh"] for code in told} == dict(told)
    found = Answer(
        ("bound", "claim"), (("at_least, 2023-01/2023-06", "all"), ("denied", "all")), headings=("精度", "说法")
    )
    cells = re.findall(r"<td[^>]*>(.*?)</td>", front.rows(found, 2, "", {}))
    assert cells == ["以上, 2023-01/2023-06", "百分之百", "自称没有", "百分之百"]  # not 全部, which all means elsewhere


def test_every_period_that_recurs_has_a_name() -> None:
    found = Answer(("period",), tuple((each,) for each in ("month", "quarter", "week", "2023-01/2023-06")))
    cells = re.findall(r"<td[^>]*>(.*?)</td>", front.rows(found, 4, "", {}))
    assert cells == ["月度", "季度", "每周", "2023-01/2023-06"]


def test_an_answer_of_the_latest_year_says_how_to_see_the_others() -> None:
    pages = [
        front.answer_page(questions()[name], Answer(("a",), ()), Html(""), {})
        for name in ("litigation", "shared-initiatives")
    ]
    assert ["kg ask litigation --year all" in pages[0], "最新年度" in pages[1]] == [True, False]


def test_names_in_an_answer_lead_to_their_pages(spread: Path) -> None:
    html = (spread / "answers/shared-initiatives.html").read_text(encoding="utf-8")
    assert '<td><a href="../initiatives/law-clear-person.html">法律明白人</a></td>' in html
    found = Answer(("a", "b"), (("某镇", "某村"),))
    assert '<td><a href="../x.html">某镇</a></td><td>某村</td>' in front.rows(found, 1, "../", {"某镇": "x.html"})


def test_the_same_graph_gives_the_same_bytes(spread: Path, tmp_path: Path) -> None:
    site(drawn.store("spread"), tmp_path)

    def prints(folder: Path) -> dict[str, str]:
        return {f.relative_to(folder).as_posix(): sha256(f.read_bytes()).hexdigest() for f in folder.rglob("*.*")}

    assert prints(tmp_path) == prints(spread)


def test_an_old_site_is_replaced_and_another_folder_left_alone(tmp_path: Path) -> None:
    site(drawn.store("spread"), tmp_path)
    (tmp_path / "reports" / "old.html").write_text("old", encoding="utf-8")
    site(drawn.store("spread"), tmp_path)
    assert not (tmp_path / "reports" / "old.html").exists()
    other = tmp_path / "letters"
    (other / "reports").mkdir(parents=True)
    (other / "reports" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(
        InputError, match="holds something else than a site of kg; give an empty or a new folder with -o"
    ):
        site(drawn.store("spread"), other)
    assert (other / "reports" / "mine.txt").read_text(encoding="utf-8") == "mine"


def test_an_empty_graph_makes_a_site(tmp_path: Path) -> None:
    site(Store.of([]), tmp_path)
    assert "法治政府建设年度报告" in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    site(hostile("year"), tmp_path)
    allowed = set(
        "html head meta title link body header main h1 h2 h3 h4 h5 h6 p a bdi span ul li section article table thead tbody"
        " tr th td mark nav label input ol dl dt dd summary details aside svg g rect text path polyline circle script div input nav button details summary aside output noscript".split()
    )
    seen = 0
    for name, html in pages(tmp_path):
        outline = Outline(html)
        assert set(outline.tags) <= allowed, name
        assert outline.attributes.isdisjoint({"onerror", "onclick", "style"}), name
        assert outline.tags.count("script") == (3 if name.startswith("views/") else 1), name
        assert all(not way.startswith(("http", "javascript", "//")) for way in outline.ways), name
        if EVIL.split("\u202e")[0][:30] in "".join(outline.text):
            seen += 1
        if not name.startswith("views/"):
            assert "\u202e" not in re.sub(r"<bdi>.*?</bdi>", "", html, flags=re.DOTALL), name
    assert seen > 5


def test_names_of_files_are_plain() -> None:
    assert (
        path("Initiative", f"{terms.BASE}initiative/a%2F..%2Fb")
        == f"initiatives/{terms.digest(terms.BASE + 'initiative/a%2F..%2Fb')}.html"
    )
    assert path("District", f"{terms.BASE}district/index").startswith("districts/") and not path(
        "District", f"{terms.BASE}district/index"
    ).endswith("index.html")
    assert path("Theme", "x") == ""
    assert fact_path(f"{terms.BASE}instrument/law-1") == ""
    assert tag("a", Html("&amp;"), "\u202e<", title='\u202e"x') == '<a title="&quot;x">&amp;<bdi>\u202e&lt;</bdi></a>'


def test_a_chart_where_there_is_something_to_draw() -> None:
    ranking, units = questions()["most-cited"], questions()["units"]
    rows = (("甲法", "law", 3, 4), ("乙法<", "law", 1, 1))
    drawn_chart = chart(ranking, Answer(("instrument_", "kind", "reports", "mentions"), rows))
    assert "乙法&lt;</text>" in drawn_chart and drawn_chart.count("<rect") == 3  # the ground, and two bars
    assert chart(ranking, Answer(("instrument_", "kind", "reports", "mentions"), ())) == ""
    assert chart(units, Answer(("unit",), (("甲",),))) == ""


def test_an_answer_says_what_it_was_asked_of_and_what_to_know_of_it() -> None:
    ranking, units = questions()["ranking"], questions()["units"]
    told = front.asked_of(ranking, {}, "2023", "层级不同")
    assert told.startswith('<p class="note">指标：') and told.endswith("。层级不同</p>")
    assert "层级" not in front.asked_of(ranking, {}, "2023") and front.asked_of(units, {}, "2023") == ""


def test_it_opens_without_a_server(browser: "object", spread: Path) -> None:  # noqa: F811
    context = browser.new_context(offline=True)  # type: ignore[attr-defined]
    page, wrong = context.new_page(), []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "request", lambda request: wrong.append(request.url) if not request.url.startswith(spread.as_uri()) else None
    )
    heading, names = page.locator("h1"), page.locator("table.list tbody tr a")
    chosen = page.locator("mark:target")

    def follow(way: str, title: str) -> None:
        """Follow a link to another page, and wait until that page is there and its scripts have run."""
        page.click(way)
        expect(heading).to_have_text(title)
        page.wait_for_load_state()

    page.goto((spread / "index.html").as_uri())
    follow("a >> text=哪些地区做法相似", "哪些地区做法相似")
    page.evaluate("kg.select(kg.data.nodes.findIndex((node) => node.label === '法律明白人'))")
    expect(page.locator("#panel mark")).to_have_count(4)
    follow("#panel blockquote footer a >> text=己镇 2023", "己镇 2023 法治政府建设年度报告")
    expect(chosen).to_have_text("法律明白人")
    page.go_back()
    expect(page.locator("#panel h2")).to_have_text("法律明白人")
    follow("#panel .page", "法律明白人")
    follow("td a >> text=报告", "己镇 2023 法治政府建设年度报告")
    expect(chosen).to_have_text("法律明白人")
    chosen.hover()
    expect(page.locator("#card")).to_be_visible()
    expect(page.locator("#card")).to_have_text("类别 举措 initiatives 所指 法律明白人 状态 已做", use_inner_text=True)
    page.uncheck("#show-undertaking")
    expect(page.locator(".facts > .undertaking")).to_be_hidden()
    expect(page.locator(".facts > .citation")).to_be_visible()
    page.click(".facts > .citation a")
    expect(chosen).to_have_text("《己镇议事规则》")
    follow("header a >> nth=0", "法治政府建设年度报告")
    follow(".lists a >> text=报告", "报告")
    expect(names).to_have_count(4)
    page.fill(".finder input", "丁镇 2022")
    expect(names).to_have_text(["丁镇 2022 法治政府建设年度报告"])
    page.fill(".finder input", "")
    page.select_option(".finder select >> nth=0", "上海市")
    expect(names).to_have_text(["己镇 2023 法治政府建设年度报告"])
    page.goto((spread / "reports" / "index.html").as_uri() + "#年度=2021")
    page.reload()
    expect(names).to_have_text(["丁镇 2021 法治政府建设年度报告"])
    page.select_option(".finder select >> nth=1", "")
    page.click("th .sort >> text=记录")
    expect(page.locator("tbody tr td:last-child")).to_have_text(["5", "4", "4", "2"])
    context.close()
    assert wrong == []


def test_paper_is_light_whatever_the_screen(browser: "object", spread: Path) -> None:  # noqa: F811
    context = browser.new_context(offline=True, color_scheme="dark")  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto((spread / "index.html").as_uri())
    ink = "getComputedStyle(document.body).color"
    ground = "getComputedStyle(document.querySelector('.chart .ground')).fill"
    assert (page.evaluate(ink), page.evaluate(ground)) == ("rgb(230, 235, 240)", "rgb(26, 33, 42)")
    page.emulate_media(media="print")
    assert (page.evaluate(ink), page.evaluate(ground)) == ("rgb(29, 39, 51)", "rgb(255, 255, 255)")
    context.close()
