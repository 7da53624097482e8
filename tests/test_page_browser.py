"""Pages in a real browser, opened from a file with the network cut: they draw, search, filter, lead to the evidence."""

import csv
import io
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from benchmarks import corpus
from kg import terms
from kg.draw import draw
from kg.graph import reference_graph, report_graph
from kg.pipeline import LeftOut, read_and_extract
from kg.store import Store
from kg.views import views
from kg.vocabulary import vocabulary
from tests import drawn
from tests.test_draw import Fixed, big

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install -e '.[test]'")
expect = playwright.expect  # waits for what it asserts
LONG = 60  # seconds that a loaded machine may take
expect.set_options(timeout=LONG * 1000)

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    *(
        str(Path(os.environ.get(root, "C:/")) / "Google/Chrome/Application/chrome.exe")
        for root in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
    ),
)
ARGUMENTS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
LAPTOP, WIDE, PHONE = (1366, 768), (1920, 1080), (390, 844)
ROOT = Path(__file__).parent.parent
SCREENSHOTS = ROOT / "output" / "screenshots"
# Until all is drawn that was asked for, also what the first drawing asked for.
FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))"
# What is drawn, read from a copy, since to read the picture itself again and again would slow it down.
PIXELS = (
    "(() => { const c = document.querySelector('#network canvas'), copy = document.createElement('canvas');"
    " Object.assign(copy, { width: c.width, height: c.height });"
    " const pen = copy.getContext('2d', { willReadFrequently: true }); pen.drawImage(c, 0, 0);"
    " return pen.getImageData(0, 0, c.width, c.height).data; })()"
)
EVIL = '</script><img src=x onerror="window.hacked=1"><b>\'javascript:window.hacked=2//\u202e\u2066&amp;{{data}}'


def chromium() -> str | None:
    """Return where Chromium or Chrome is installed, if it is."""
    return next(filter(None, map(shutil.which, (*NAMES, *PLACES))), None)


@pytest.fixture(scope="module")
def browser() -> Iterator["playwright.Browser"]:
    path = chromium()
    if path is None:
        pytest.skip(f"no Chromium on the PATH ({', '.join(NAMES)}) or in the usual places")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=list(ARGUMENTS), timeout=LONG * 1000)
        yield browser
        browser.close()


def becomes(look: Callable[[], object], wanted: object) -> None:
    """Look at a page again and again until it is as wanted, since it may answer a click in its own time."""
    end = time.monotonic() + LONG
    while (seen := look()) != wanted and time.monotonic() < end:
        time.sleep(0.02)
    assert seen == wanted


def until(page: Any, expression: str) -> None:
    """Wait until an expression holds; asked from outside, as the page's policy lets nothing be evaluated in it."""
    becomes(lambda: bool(page.evaluate(expression)), True)


class Opened:
    """A page opened from a file, and whatever went wrong in it."""

    def __init__(
        self, browser: "playwright.Browser", html: str, folder: Path, size: tuple[int, int] = LAPTOP, **more: Any
    ) -> None:
        file = folder / "图 & page.html"
        file.write_bytes(html.encode("utf-8"))
        part = more.pop("part", "")
        self.wrong: list[str] = []
        viewport = {"width": size[0], "height": size[1]}
        self.context = browser.new_context(viewport=viewport, offline=True, **more)
        self.context.set_default_timeout(LONG * 1000)
        self.page = self.context.new_page()
        self.page.on("console", lambda message: self.wrong.append(message.text))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.wrong.append(dialog.message), dialog.dismiss()))
        self.page.on(
            "request", lambda request: self.wrong.append(request.url) if request.url != file.as_uri() else None
        )
        self.load(file.as_uri() + part)

    def load(self, address: str) -> None:
        """Load a page, and wait until it is drawn."""
        self.page.goto(address)
        until(self.page, "window.kg !== undefined")
        self.page.evaluate(FRAMES)

    def id_of(self, label: str) -> int:
        return self.page.evaluate("label => kg.data.nodes.findIndex((node) => node.label === label)", label)

    def at(self, label: str) -> dict[str, float]:
        """Return where a node stands on the screen."""
        return self.page.evaluate(
            "id => { const p = kg.network.canvasToDOM(kg.network.getPosition(id));"
            " const box = document.getElementById('network').getBoundingClientRect();"
            " return { x: box.x + p.x, y: box.y + p.y }; }",
            self.id_of(label),
        )

    def hidden(self) -> set[str]:
        """Return the names of the nodes that are not shown."""
        return set(self.page.evaluate("kg.nodes.get().filter((n) => n.hidden).map((n) => kg.data.nodes[n.id].short)"))

    def saved(self, button: str, folder: Path) -> bytes:
        """Press a button of the menu that saves; return what the browser received."""
        self.page.click("#save > summary")
        with self.page.expect_download() as download:
            self.page.click(button)
        self.name = download.value.suggested_filename
        download.value.save_as(folder / "saved")
        return (folder / "saved").read_bytes()


@pytest.fixture
def opened(browser: "playwright.Browser", tmp_path: Path) -> Iterator[Opened]:
    opened = Opened(browser, draw(drawn.store()), tmp_path)
    yield opened
    opened.context.close()
    assert opened.wrong == []


def test_it_opens_and_draws(opened: Opened) -> None:
    page = opened.page
    assert page.title() == page.inner_text("h1") == "报告里的地区、举措、文件与指标"
    assert page.inner_text("#panel h2") == "怎样看这张图"
    counted = (
        f"() => {{ const d = {PIXELS}; const seen = new Map();"
        " for (let i = 0; i < d.length; i += 4) { const k = `${d[i]},${d[i + 1]},${d[i + 2]}`;"
        " seen.set(k, (seen.get(k) || 0) + 1); } return Object.fromEntries(seen); }"
    )
    used = "kg.data.kinds.filter((k) => kg.data.nodes.some((n) => n.kind === k.id)).map((k) => k.color)"
    wanted = {",".join(str(int(color[i : i + 2], 16)) for i in (1, 3, 5)) for color in page.evaluate(used)}
    becomes(lambda: {color for color, number in page.evaluate(counted).items() if number > 20} & wanted, wanted)
    assert page.evaluate(counted).get("0,0,0", 0) < 20  # what a colour that is not known is drawn in


def test_the_search_finds_a_node_and_shows_its_evidence(opened: Opened) -> None:
    page = opened.page
    page.fill("#search", "普法活动")
    becomes(page.locator("#found li").all_inner_texts, ["普法活动场次"])
    page.keyboard.press("Enter")
    becomes(lambda: page.inner_text("#panel h2"), "普法活动场次")
    expect(page.locator("#found")).to_be_hidden()
    becomes(page.locator("#panel mark").all_inner_texts, ["十二場", "40余场次", "60场次"])
    first = page.locator("#panel blockquote").first
    becomes(first.locator("span").inner_text, "我鎮開展普法活動十二場,學習憲法。")
    becomes(first.locator("footer").inner_text, "乙镇 2023 法治政府建设年度报告 · 一、工作情况")
    reports = ["乙镇 2023 法治政府建设年度报告", "甲街道 2023 法治政府建设年度报告"]
    becomes(page.locator("#panel .item > a").all_inner_texts, reports)
    becomes(page.locator("#panel .tag").all_inner_texts, ["计划"])
    becomes(lambda: page.evaluate("kg.network.getSelectedNodes()"), [opened.id_of("普法活动场次")])


def test_the_search_knows_other_names_and_says_when_there_is_none(opened: Opened) -> None:
    page = opened.page
    page.fill("#search", "publicity")
    becomes(page.locator("#found li").all_inner_texts, ["普法活动场次"])
    page.fill("#search", "宪")
    becomes(page.locator("#found li").all_inner_texts, ["中华人民共和国宪法"])
    page.fill("#search", "没有这个")
    becomes(page.locator("#found li").all_inner_texts, ["没有匹配的名称"])
    page.keyboard.press("Enter")
    page.evaluate(FRAMES)  # nothing is to happen
    assert page.inner_text("#panel h2") == "怎样看这张图"


def test_a_click_opens_the_panel_and_links_step_along_and_back(opened: Opened) -> None:
    page = opened.page
    spot = opened.at("法律明白人")
    page.mouse.click(spot["x"], spot["y"])
    expect(page.locator("#panel h2")).to_have_text("法律明白人")
    becomes(page.locator("#panel mark").all_inner_texts, ["法律明白人", "“法律明白人”队伍"])
    where = ["丙镇 2022 法治政府建设年度报告 · （无标题段落）", "甲街道 2023 法治政府建设年度报告 · 一、主要举措"]
    becomes(page.locator("#panel blockquote footer").all_inner_texts, where)
    page.click("#panel .item > a >> text=甲街道 2023")
    becomes(lambda: page.inner_text("#panel h2"), "甲街道 2023 法治政府建设年度报告")
    becomes(page.locator("#panel h3").all_inner_texts, ["地区\n1", "举措\n2", "法规文件\n2", "指标\n2"])
    details = ["甲街道人民政府", "2023", "2024-01-15", "简体", "a/甲街道2023.txt"]
    becomes(page.locator("#panel dd").all_inner_texts, details)
    page.go_back()
    expect(page.locator("#panel h2")).to_have_text("法律明白人")
    becomes(page.locator(".crumbs button").all_inner_texts, ["总览", "法律明白人"])
    page.click(".crumbs button >> text=总览")
    becomes(lambda: page.inner_text("#panel h2"), "怎样看这张图")


def test_a_click_on_a_line_shows_what_ties_its_ends(opened: Opened) -> None:
    page = opened.page
    ends = "(a, b) => kg.data.links.findIndex((l) => kg.data.nodes[l.a].short === a && kg.data.nodes[l.b].short === b)"
    click = "line => kg.network.body.emitter.emit('click', { nodes: [], edges: [line] })"
    page.evaluate(click, page.evaluate(f"([a, b]) => ({ends})(a, b)", ["甲街道 2023", "普法活动场次"]))
    becomes(page.locator("#panel h2 a").all_inner_texts, ["甲街道 2023 法治政府建设年度报告", "普法活动场次"])
    becomes(page.locator("#panel mark").all_inner_texts, ["40余场次", "60场次"])
    page.evaluate(click, page.evaluate(f"([a, b]) => ({ends})(a, b)", ["甲街道 2023", "甲街道"]))
    becomes(lambda: page.inner_text("#panel .how"), "所在地区")
    page.click("#panel h2 a >> nth=1")
    becomes(lambda: page.inner_text("#panel h2"), "甲街道")


def test_a_large_picture_keeps_its_nodes_while_it_is_moved_and_zoomed(
    browser: "playwright.Browser", tmp_path: Path
) -> None:
    opened = Opened(browser, draw(Fixed(big())), tmp_path)  # type: ignore[arg-type]
    page = opened.page
    blue = (
        f"() => {{ const d = {PIXELS}; let n = 0;"
        " for (let i = 0; i < d.length; i += 4) n += d[i] === 14 && d[i + 1] === 94 && d[i + 2] === 206; return n; }"
    )
    before = page.evaluate("kg.network.getViewPosition().x")
    page.evaluate("() => { window.drawn = 0; kg.network.on('afterDrawing', () => { window.drawn += 1; }); }")
    page.mouse.move(200, 70)  # where no node is
    page.mouse.down()
    for n in range(10):
        page.mouse.move(200 + 2 * n, 70)
    until(page, "window.drawn >= 1")
    becomes(lambda: page.evaluate(blue) > 500, True)
    page.wait_for_timeout(300)  # in which no more is to be drawn
    assert page.evaluate(blue) > 500 and page.evaluate("window.drawn") < 25
    page.mouse.up()
    until(page, f"kg.network.getViewPosition().x < {before}")
    page.evaluate(
        "() => { kg.network.on('afterDrawing', () => {"
        f" if (kg.network.renderer.dragging) window.blue ??= ({blue})(); }}); }}"
    )
    for _ in range(50):  # the wheel turns until a drawing is seen in which its nodes are drawn all at once
        page.mouse.wheel(0, -12)
        page.wait_for_timeout(50)
        if page.evaluate("window.blue !== undefined"):
            break
    assert page.evaluate("window.blue") > 500
    until(page, "!kg.network.renderer.dragging")  # and all is drawn again when it stands still
    opened.context.close()
    assert opened.wrong == []


def test_marks_count_code_points(opened: Opened) -> None:
    opened.page.evaluate("id => kg.select(id)", opened.id_of("𠮷祥议事亭"))
    becomes(lambda: opened.page.inner_text("#panel mark"), "“𠮷祥议事亭”")
    becomes(lambda: opened.page.inner_text("#panel blockquote span"), "建成“法律明白人”队伍,设立“𠮷祥议事亭”三处。")


def test_findings_are_counted_as_such(browser: "playwright.Browser", tmp_path: Path) -> None:
    opened = Opened(browser, draw(drawn.store("spread"), "checks"), tmp_path)
    told = opened.page.locator("#panel .item:has(a)").filter(has_text="法治政府建设年度报告")
    becomes(lambda: set(told.locator(".how").all_inner_texts()), {"1 处发现", ""})
    assert opened.wrong == []
    opened.context.close()


def test_pointing_at_a_node_shows_the_essentials(opened: Opened) -> None:
    page, spot = opened.page, opened.at("普法活动场次")
    assert not page.is_visible("#tip")
    page.mouse.move(spot["x"], spot["y"])
    expect(page.locator("#tip")).to_have_text("普法活动场次指标 · 2 份报告 · 3 条记录 · 202312场; ≥ 40场次")
    page.hover("#panel h2")
    expect(page.locator("#tip")).to_be_hidden()


def test_the_legend_filters(opened: Opened) -> None:
    page = opened.page
    buttons = [
        "报告\n3", "地区\n6", "举措\n2", "法规文件\n3", "指标\n2", "只看多份报告共有的",
        "矛盾纠纷化解\n1", "法治宣传教育\n3", "2022", "2023", "按本图", "报告数", "记录数", "连线", "居间",
        "按本图", "年度", "主题",
    ]  # fmt: skip
    becomes(page.locator("#legend button").all_inner_texts, buttons)
    becomes(opened.hidden, set())
    page.click("#legend [data-kind=Metric]")
    becomes(opened.hidden, {"普法活动场次", "发放宣传资料份数"})
    expect(page.locator("#legend [data-kind=Metric]")).to_have_attribute("aria-pressed", "false")
    page.click("#legend [data-kind=Metric]")
    page.click("#legend .shared")
    alone = {"甲街道", "乙镇", "丙镇", "上海市", "𠮷祥议事亭", "民法典", "丙镇议事规则", "发放宣传资料份数"}
    becomes(opened.hidden, alone)
    page.fill("#search", "民法典")
    page.keyboard.press("Enter")
    becomes(lambda: "民法典" in opened.hidden(), False)  # what was looked for is shown


def test_themes_and_years_filter_and_all_comes_back(opened: Opened) -> None:
    page = opened.page
    page.click("#legend [data-theme=disputes]")
    becomes(opened.hidden, {"𠮷祥议事亭"})
    page.click("#legend [data-year='2023']")
    without = {
        "𠮷祥议事亭", "甲街道 2023", "乙镇 2023", "甲街道", "乙镇", "东城区", "北京市", "宪法", "民法典",
        "普法活动场次", "发放宣传资料份数",
    }  # fmt: skip
    becomes(opened.hidden, without)
    page.click("#legend .reset")
    becomes(opened.hidden, set())
    becomes(page.locator("#legend .reset").count, 0)


def test_the_slider_shows_the_years_one_after_another(browser: "playwright.Browser", tmp_path: Path) -> None:
    opened = Opened(browser, draw(drawn.store("spread"), "spread"), tmp_path)
    page = opened.page
    becomes(lambda: page.inner_text("#until-text"), "截至 2023")
    page.fill("#until", "0")
    becomes(lambda: page.inner_text("#until-text"), "截至 2021")
    becomes(opened.hidden, {"丁镇 2022", "戊镇 2022", "己镇 2023"})
    page.fill("#until", "1")
    becomes(opened.hidden, {"己镇 2023"})
    page.click("#play")
    becomes(lambda: page.inner_text("#until-text"), "截至 2023")
    becomes(opened.hidden, set())
    becomes(page.locator("#legend [data-tone]").all_inner_texts, ["2021\n1", "2022\n2", "2023\n1"])
    page.click("#legend [data-tone='1']")
    becomes(opened.hidden, {"丁镇 2022", "戊镇 2022"})
    opened.context.close()
    assert opened.wrong == []


def test_districts_alike_lead_to_both_sentences(browser: "playwright.Browser", tmp_path: Path) -> None:
    opened = Opened(browser, draw(drawn.store("spread"), "alike"), tmp_path)
    page, spot = opened.page, opened.at("丁镇")
    page.mouse.click(spot["x"], spot["y"])
    expect(page.locator("#panel h2")).to_have_text("丁镇")
    first = page.locator("#panel .item", has_text="戊镇").first
    becomes(first.locator("summary").first.inner_text, "相似 75% · 3 项共有")
    if first.locator("details").first.get_attribute("open") is None:
        first.locator("summary").first.click()
    shared = first.locator(".item", has_text="法律明白人")
    becomes(shared.locator("mark").all_text_contents, ["“法律明白人”", "法律明白人", "法律明白人"])
    where = [f"{report} 法治政府建设年度报告 · （无标题段落）" for report in ("丁镇 2021", "丁镇 2022", "戊镇 2022")]
    becomes(shared.locator("footer").all_text_contents, where)
    # What is in the panel alone: its districts stay bright.
    page.evaluate("id => kg.select(id, true)", opened.id_of("法律明白人"))
    bright = "kg.nodes.get().filter((n) => n.opacity === 1).map((n) => kg.data.nodes[n.id].short).sort()"
    becomes(lambda: set(page.evaluate(bright)), {"丁镇", "己镇", "戊镇"})
    opened.context.close()
    assert opened.wrong == []


def test_the_closest_are_listed_and_a_pair_has_an_address(browser: "playwright.Browser", tmp_path: Path) -> None:
    opened = Opened(browser, draw(drawn.store("spread"), "alike"), tmp_path)
    page = opened.page
    pairs = page.locator("#panel .pair")
    shares = [
        int(text.split()[1].rstrip("%")) for text in page.locator("#panel .pair + .fact > summary").all_inner_texts()
    ]
    assert shares == sorted(shares, reverse=True) and len(shares) == 3
    first = pairs.first.inner_text()
    pairs.first.click()
    becomes(lambda: page.inner_text("#panel h2"), first)
    assert page.evaluate("location.hash").count("|") == 1
    page.click("#panel .crumbs button")
    becomes(lambda: page.inner_text("#panel h2"), "怎样看这张图")
    page.go_back()
    becomes(lambda: page.inner_text("#panel h2"), first)
    page.click("#language")  # what is looked at stays
    becomes(lambda: page.inner_text("#panel h2"), first)
    opened.context.close()
    assert opened.wrong == []


def test_two_nodes_are_compared_whether_a_line_joins_them_or_not(opened: Opened) -> None:
    page = opened.page
    page.evaluate("id => kg.select(id)", opened.id_of("甲街道"))
    page.click("#panel .compare")
    assert page.inner_text("#panel .compare") == "请点选另一点，或用搜索选定"
    page.fill("#search", "乙镇")
    page.locator("#found li").get_by_text("乙镇", exact=True).click()
    playwright.expect(page.locator("#panel h2")).to_have_text("甲街道 — 乙镇")
    assert page.locator("#panel summary").first.inner_text() == "相似 33% · 2 项共有"
    assert page.locator("#panel mark").all_text_contents() == [
        "《中华人民共和国宪法》",
        "憲法",
        "40余场次",
        "60场次",
        "十二場",
    ]
    alone = page.locator("#panel > details > summary").all_inner_texts()[1:]
    assert alone == ["甲街道 独有： 4", "乙镇 独有： 0"]
    bright = page.evaluate("kg.nodes.get().filter((n) => n.opacity === 1).map((n) => kg.data.nodes[n.id].short)")
    assert set(bright) == {"甲街道", "乙镇", "甲街道 2023", "乙镇 2023", "宪法", "普法活动场次", "东城区"}
    page.keyboard.press("Escape")
    assert page.inner_text("#panel h2") == "怎样看这张图"


def test_two_things_are_compared_by_their_reports(opened: Opened) -> None:
    opened.page.evaluate("ids => kg.compare(...ids)", [opened.id_of("普法活动场次"), opened.id_of("法律明白人")])
    assert opened.page.locator("#panel summary").first.inner_text() == "同时出现于 1 份报告"
    assert opened.page.locator("#panel details >> nth=0 >> .item > a").all_text_contents() == [
        "甲街道 2023 法治政府建设年度报告"
    ]


def test_size_stands_for_what_the_reader_chooses(opened: Opened) -> None:
    page = opened.page
    sizes = "() => Object.fromEntries(kg.nodes.get().map((n) => [kg.data.nodes[n.id].short, n.size]))"
    before = page.evaluate(sizes)
    assert page.locator("#legend .sizes button").all_inner_texts() == ["按本图", "报告数", "记录数", "连线", "居间"]
    page.click("#legend [data-measure=lines]")
    after = page.evaluate(sizes)
    assert max(after, key=after.get) == "甲街道 2023" and after["甲街道 2023"] == max(before.values())
    assert after["民法典"] < after["宪法"]
    page.click("#legend [data-measure='']")
    assert page.evaluate(sizes) == before
    page.evaluate("id => kg.select(id)", opened.id_of("甲街道 2023 法治政府建设年度报告"))
    assert page.inner_text("#panel .standing") == "连线 7 (1 / 16) · 居间 75.4% (1 / 16)"


def test_a_link_leads_to_a_node(browser: "playwright.Browser", tmp_path: Path) -> None:
    part = f"#{terms.BASE}initiative/law-clear-person"
    opened = Opened(browser, draw(drawn.store()), tmp_path, part=part)
    becomes(lambda: opened.page.inner_text("#panel h2"), "法律明白人")
    broken = Opened(browser, draw(drawn.store()), tmp_path, part="#%E0%A4%A")
    assert broken.page.inner_text("#panel h2") == "怎样看这张图"
    for each in (opened, broken):
        each.context.close()
        assert each.wrong == []


def test_the_keyboard_steps_along(opened: Opened) -> None:
    page = opened.page
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#search")).not_to_be_focused()
    page.keyboard.press("ArrowRight")
    first, height = "甲街道 2023 法治政府建设年度报告", "kg.network.getPosition(kg.network.getSelectedNodes()[0]).y"
    becomes(lambda: page.inner_text("#panel h2"), first)
    before = page.evaluate(height)
    page.keyboard.press("ArrowDown" if before < 0 else "ArrowUp")
    until(page, f"{height} {'>' if before < 0 else '<'} {before}")
    page.keyboard.press("Backspace")
    becomes(lambda: page.inner_text("#panel h2"), first)
    page.keyboard.press("Escape")
    becomes(lambda: page.inner_text("#panel h2"), "怎样看这张图")
    page.keyboard.press("d")
    until(page, "document.documentElement.dataset.look === 'dark'")


def test_physics_is_off_until_it_is_asked_for(opened: Opened) -> None:
    page, places = opened.page, "JSON.stringify(kg.network.getPositions())"
    before = page.evaluate(places)
    page.wait_for_timeout(300)
    assert page.evaluate(places) == before
    page.click("#move")
    until(page, f"{places} !== {before!r}")
    page.click("#fit")  # back to where all was
    until(page, f"{places} === {before!r}")
    expect(page.locator("#move")).to_have_attribute("aria-pressed", "false")


def test_it_speaks_english(opened: Opened) -> None:
    page = opened.page
    page.click("#language")
    becomes(lambda: page.inner_text("h1"), "Districts, initiatives, legal instruments and indicators of the reports")
    page.evaluate("id => kg.select(id)", opened.id_of("普法活动场次"))
    becomes(lambda: page.inner_text("#panel h2"), "Publicity activities")
    becomes(page.locator("#panel .tag").all_inner_texts, ["planned"])


def test_the_picture_can_be_saved(opened: Opened, tmp_path: Path) -> None:
    assert opened.saved("#png", tmp_path).startswith(b"\x89PNG")
    assert opened.name == "报告里的地区、举措、文件与指标.png"
    svg = ElementTree.fromstring(opened.saved("#svg", tmp_path))
    space = "{http://www.w3.org/2000/svg}"
    assert [len(svg.findall(f"{space}{tag}")) for tag in ("path", "line")] == [16, 17]
    assert {"甲街道 2023", "宪法", "法律明白人"} <= {text.text for text in svg.findall(f"{space}text")}


def test_what_is_selected_can_be_saved_as_a_table(opened: Opened, tmp_path: Path) -> None:
    opened.page.evaluate("id => kg.select(id)", opened.id_of("普法活动场次"))
    text = opened.saved("#csv", tmp_path).decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text))
    assert head == ["报告", "类别", "名称", "数值", "报告的说法", "状态", "期间", "引文", "句子", "标题", "发现"]
    assert [row[:6] + row[7:8] for row in rows] == [
        ["乙镇 2023 法治政府建设年度报告", "指标", "普法活动场次", "12场", "普法活动", "已做", "十二場"],
        ["甲街道 2023 法治政府建设年度报告", "指标", "普法活动场次", "≥ 40场次", "普法活动", "已做", "40余场次"],
        ["甲街道 2023 法治政府建设年度报告", "指标", "普法活动场次", "60场次", "普法活动", "计划", "60场次"],
    ]


def test_a_cell_is_no_formula(opened: Opened) -> None:
    opened.page.evaluate("kg.data.nodes.forEach((node) => { node.label = '=1+1'; })")
    assert (
        opened.page.evaluate("kg.csvText()").count('"\'=1+1"') == 2 * 18
    )  # both ends of every fact, and of every link without one
    assert '"=' not in opened.page.evaluate("kg.csvText()")


def test_paper_gets_a_light_picture_and_no_buttons(browser: "playwright.Browser", tmp_path: Path) -> None:
    opened = Opened(browser, draw(drawn.store()), tmp_path, color_scheme="dark")
    page = opened.page
    until(page, "document.documentElement.dataset.look === 'dark'")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    until(page, "document.documentElement.dataset.look === 'light'")
    for part in ("#title", "#paper svg", "#legend", "#panel"):
        expect(page.locator(part)).to_be_visible()
    for part in ("#network canvas", "#tools", "#search", "#years", "#keys"):
        expect(page.locator(part)).to_be_hidden()
    becomes(lambda: "甲街道 2023" in page.locator("#paper text").all_text_contents(), True)
    assert page.pdf().startswith(b"%PDF")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    until(page, "document.documentElement.dataset.look === 'dark'")
    opened.context.close()
    assert opened.wrong == []


def hostile(*kept: str) -> Store:
    """Return the store of the cases with hostile text in every literal but positions (and what is kept), and in an IRI."""
    inner = ox.Store()
    places = {terms.fz(name) for name in kept}
    for quad in drawn.store().quads():
        value = quad.object
        if isinstance(value, ox.Literal) and quad.predicate.value not in places:
            value = ox.Literal(EVIL + value.value, language=value.language)
        inner.add(ox.Quad(quad.subject, quad.predicate, value, quad.graph_name))
    node = ox.NamedNode("javascript:window.hacked=3//<img>".replace("<", "%3C").replace(">", "%3E"))
    inner.add(ox.Quad(node, ox.NamedNode(terms.TYPE), ox.NamedNode(terms.fz("Metric")), ox.NamedNode(terms.REFERENCE)))
    for subject in {q.subject for q in inner if q.predicate.value == terms.fz("metric")}:
        inner.add(ox.Quad(subject, ox.NamedNode(terms.fz("metric")), node, ox.NamedNode(terms.REFERENCE)))
    return Store(inner)


def test_hostile_text_stays_text(browser: "playwright.Browser", tmp_path: Path) -> None:
    opened = Opened(browser, draw(hostile()), tmp_path)
    page = opened.page
    before = page.evaluate("document.querySelectorAll('body *:not(#tip *)').length")
    count = page.evaluate("kg.data.nodes.length")
    assert count == 17
    for id_ in range(count):
        page.evaluate("id => kg.select(id)", id_)
        node = page.evaluate("id => kg.data.nodes[id]", id_)
        becomes(lambda: page.inner_text("#panel h2").replace("\u00a0", " "), node["label"])
        assert page.locator("#panel img, #panel b b, #panel script").count() == 0
        assert page.evaluate("[...document.links].every((a) => a.href.startsWith(location.href.split('#')[0] + '#'))")
        spot = opened.at(node["label"])
        page.mouse.move(spot["x"], spot["y"])
    page.fill("#search", "onerror")
    becomes(page.locator("#found li").count, 12)
    assert page.locator("#found li").first.inner_text().startswith(EVIL)
    page.keyboard.press("Enter")
    expect(page.locator("#found")).to_be_hidden()
    page.evaluate("kg.compare(0, 1)")
    assert page.locator("#panel img, #panel b b, #panel script").count() == 0
    html = opened.saved("#copy", tmp_path).decode("utf-8")
    assert (html.count("</script>"), html.count("<img")) == (3, 0)
    page.click("#language")
    page.evaluate("kg.select(null)")
    assert page.evaluate("document.scripts.length") == 3
    assert page.evaluate("document.querySelectorAll('img, iframe, object, embed, link').length") == 0
    assert page.evaluate("window.hacked") is None
    becomes(lambda: page.evaluate("document.querySelectorAll('body *:not(#tip *)').length"), before)
    opened.context.close()
    assert opened.wrong == []


def test_the_policy_stops_a_script_that_was_slipped_in(browser: "playwright.Browser", tmp_path: Path) -> None:
    html = draw(drawn.store()).replace(
        "</main>", "</main><script>window.hacked = 1</script><img src=http://x.invalid/>"
    )
    opened = Opened(browser, html, tmp_path)
    assert opened.page.evaluate("window.hacked") is None
    becomes(lambda: len([w for w in opened.wrong if "Content Security Policy" in w]), 2)
    opened.context.close()


COVERED = """() => { // names that meet each other, stand on a node that can be seen, or are cut off; in pixels
  const scale = kg.network.getScale(), found = [], names = kg.names(), box = document.getElementById("network");
  const spots = kg.nodes.getIds().map((id) => ({ id, ...kg.network.getPosition(id), size: kg.data.nodes[id].size * scale }));
  names.forEach((name, i) => {
    const [left, top, right, bottom] = name.box, meets = (l, t, r, b) => left < r && l < right && top < b && t < bottom;
    for (const other of names.slice(0, i)) if (meets(...other.box)) found.push([name.text, other.text]);
    for (const s of spots) if (s.id !== name.id && s.size >= 6 && meets(s.x * scale - s.size + 1, s.y * scale - s.size + 1,
      s.x * scale + s.size - 1, s.y * scale + s.size - 1)) found.push([name.text, kg.data.nodes[s.id].short]);
    const spot = kg.network.canvasToDOM({ x: left / scale, y: top / scale });
    if (spot.x < 0 || spot.y < 0 || spot.x + right - left > box.clientWidth) found.push([name.text, "cut off"]);
  });
  return found; }"""


NAMED = "kg.names().filter(({ id }) => kg.data.nodes[id].kind === 'Report').length"


@pytest.mark.parametrize("view", list(views()))
def test_the_seeds_make_a_picture(browser: "playwright.Browser", tmp_path: Path, gold_store: Store, view: str) -> None:
    html = draw(gold_store, view)
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    opened = Opened(browser, html, tmp_path)
    page = opened.page
    drawn_reports = page.evaluate("kg.data.nodes.filter((n) => !n.off && n.kind === 'Report').length")
    for size, scheme in ((LAPTOP, "light"), (WIDE, "dark"), (PHONE, "light")):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.emulate_media(color_scheme=scheme)
        opened.load(page.url)
        # Every report has its name; where names have room may be looked for again after the first drawing.
        becomes(lambda: (page.evaluate(NAMED), page.evaluate(COVERED)), (drawn_reports, []))
        picture = SCREENSHOTS / f"{view}-{size[0]}-{scheme}.png"
        page.screenshot(path=picture)
        assert picture.stat().st_size > 20_000  # a blank page of this size has about 5,000
        across = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert across == 0  # nothing sticks out to the right, a title neither
    opened.context.close()
    assert opened.wrong == []


# How far the outermost nodes stand inside the picture's left, top, right and bottom edge, in pixels; less than 0: cut off.
ROOM = (
    "(() => { const box = document.getElementById('network'), scale = kg.network.getScale();"
    " const ends = kg.nodes.getIds().map((id) => { const p = kg.network.canvasToDOM(kg.network.getPosition(id));"
    " const s = kg.data.nodes[id].size * scale;"
    " return [p.x - s, p.y - s, box.clientWidth - p.x - s, box.clientHeight - p.y - s]; });"
    " return [0, 1, 2, 3].map((side) => Math.round(Math.min(...ends.map((end) => end[side])))); })()"
)


@pytest.mark.parametrize("view", ["overview", "report", "cited-together", "spread"])
def test_the_whole_picture_stays_whole_in_a_window_of_another_size(
    browser: "playwright.Browser", tmp_path: Path, gold_store: Store, view: str
) -> None:
    opened = Opened(browser, draw(gold_store, view), tmp_path, (1400, 700))
    page = opened.page
    for width, height in ((1400, 900), (1366, 850), (1000, 700), (1400, 900)):
        page.evaluate("document.title = ''; kg.network.once('resize', () => { document.title = 'resized'; })")
        page.set_viewport_size({"width": width, "height": height})
        becomes(page.title, "resized")
        resized = page.evaluate(ROOM)  # without waiting for a frame: who takes a picture of a page waits for none
        page.click("#fit")
        page.wait_for_timeout(500)  # until the picture has glided to where it is whole
        assert min(resized) >= 0
        assert resized == page.evaluate(ROOM)  # as large as it can be
    opened.context.close()
    assert opened.wrong == []


def test_what_a_reader_has_zoomed_into_is_kept_in_a_window_of_another_size(opened: Opened) -> None:
    page = opened.page
    for _ in range(4):
        page.keyboard.press("+")
    page.evaluate(FRAMES)
    before = page.evaluate("kg.network.getScale()")
    page.set_viewport_size({"width": 1366, "height": 850})
    becomes(lambda: page.evaluate("kg.network.getScale()") != before, True)
    page.evaluate(FRAMES)
    assert page.evaluate("kg.network.getScale()") > before  # not brought back to the whole


def test_on_a_telephone_forty_reports_have_their_names(browser: "playwright.Browser", tmp_path: Path) -> None:
    opened = Opened(browser, draw(Fixed(big())), tmp_path, PHONE)  # type: ignore[arg-type]
    assert opened.page.evaluate("kg.data.nodes.filter((n) => n.kind === 'Report').length") == 40
    becomes(lambda: (opened.page.evaluate(NAMED), opened.page.evaluate(COVERED)), (40, []))
    opened.context.close()
    assert opened.wrong == []


@pytest.fixture(scope="module", params=["tuned", "hundred"])
def many(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A graph of the seeds and the reports that rules were tuned on; one of a hundred made-up reports."""
    folders = [ROOT / "seeds", ROOT / "tests" / "quality" / "tuned"]
    if request.param == "hundred":
        folders = [tmp_path_factory.mktemp("hundred")]
        corpus.write(100, folders[0])
    made = (found for found in read_and_extract(folders) if not isinstance(found, LeftOut))
    graphs = [report_graph(document, extraction) for _, document, extraction in made]
    return Store.of(g.nquads() for g in (*graphs, reference_graph(graphs, vocabulary())))


def test_of_many_reports_every_one_has_its_name(browser: "playwright.Browser", tmp_path: Path, many: Store) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    for view in views():
        opened = Opened(browser, draw(many, view), tmp_path)
        number = opened.page.evaluate("kg.data.nodes.filter((n) => !n.off && n.kind === 'Report').length")
        becomes(lambda page=opened.page: page.evaluate(COVERED), [])
        assert opened.page.evaluate(NAMED) == number, view
        opened.page.screenshot(path=SCREENSHOTS / f"{view}-{len(many.graphs())}-reports.png")
        opened.context.close()
        assert opened.wrong == []


def test_of_two_hundred_reports_in_five_years_every_one_has_its_name(
    browser: "playwright.Browser", tmp_path: Path
) -> None:
    dated = [
        (ox.NamedNode(f"{terms.BASE}report/{n}"), ox.NamedNode(terms.fz("year")), ox.Literal(str(2019 + n % 5)))
        for n in range(200)
    ]
    opened = Opened(browser, draw(Fixed([*big(200, 30), *dated]), "spread"), tmp_path)  # type: ignore[arg-type]
    becomes(lambda: opened.page.evaluate(NAMED), 200)
    assert opened.page.evaluate(COVERED) == []
    opened.context.close()
    assert opened.wrong == []


def test_the_way_from_one_to_another_is_shown(opened: Opened) -> None:
    page = opened.page
    page.evaluate("ids => kg.compare(...ids)", [opened.id_of("中华人民共和国民法典"), opened.id_of("丙镇议事规则")])
    way = [
        "中华人民共和国民法典",
        "甲街道 2023 法治政府建设年度报告",
        "法律明白人",
        "丙镇 2022 法治政府建设年度报告",
        "丙镇议事规则",
    ]
    becomes(page.locator("#panel .way a").all_text_contents, way)
    page.click("#panel .way a >> text=法律明白人")
    becomes(lambda: page.inner_text("#panel h2"), "法律明白人")


def test_a_click_on_a_line_leaves_its_ends_bright(browser: "playwright.Browser", tmp_path: Path) -> None:
    opened = Opened(browser, draw(drawn.store("spread"), "alike"), tmp_path)
    page = opened.page
    ends = "kg.data.links.findIndex((l) => l.shared.length && [l.a, l.b].every((n) => ['丁镇', '戊镇'].includes(kg.data.nodes[n].short)))"
    page.evaluate(f"kg.network.body.emitter.emit('click', {{ nodes: [], edges: [{ends}] }})")
    bright = "kg.nodes.get().filter((n) => n.opacity === 1).map((n) => kg.data.nodes[n.id].short)"
    # What they share is drawn between them, as long as it is looked at.
    things = ["宪法", "民法典", "法律明白人"]
    becomes(lambda: sorted(page.evaluate(bright)), sorted(["丁镇", "戊镇", *things]))
    drawn_between = "kg.edges.getIds().filter((id) => String(id).startsWith('guest')).length"
    assert page.evaluate(drawn_between) == 2 * len(things)
    spot = opened.at("法律明白人")
    ends = [opened.at("丁镇"), opened.at("戊镇")]
    assert min(end["x"] for end in ends) - 1 <= spot["x"] <= max(end["x"] for end in ends) + 80
    shared = page.locator("#panel .item", has_text="法律明白人")
    becomes(shared.locator("summary .how").all_text_contents, ["丁镇 2021", "丁镇 2022", "戊镇 2022"])
    page.keyboard.press("Escape")
    becomes(lambda: len(page.evaluate(bright)), 3)
    assert (page.evaluate("kg.nodes.length"), page.evaluate(drawn_between)) == (3, 0)
    opened.context.close()
    assert opened.wrong == []


def test_what_is_beside_a_node_can_be_drawn_and_put_away(browser: "playwright.Browser", tmp_path: Path) -> None:
    opened = Opened(browser, draw(drawn.store("spread"), "spread"), tmp_path)
    page, name = opened.page, "丁镇 2021 法治政府建设年度报告"
    before = page.evaluate("kg.nodes.length")
    page.evaluate("id => kg.select(id)", opened.id_of(name))
    page.click("#panel .acts >> text=画出相邻的 1")
    becomes(lambda: page.evaluate("kg.nodes.length"), before + 1)
    page.evaluate("id => kg.select(id)", opened.id_of("丁镇"))  # it stays while it or its neighbour is looked at
    assert "丁镇" in kg_names(page) and "<line" in page.evaluate("kg.svgPicture()")
    page.evaluate("id => kg.select(id)", opened.id_of(name))
    page.click("#panel .acts >> text=收起")
    becomes(lambda: page.evaluate("kg.nodes.length"), before)
    opened.context.close()
    assert opened.wrong == []


def kg_names(page: "playwright.Page") -> list[str]:
    page.evaluate(FRAMES)
    return page.evaluate("kg.names().map(({ text }) => text)")


def test_a_node_in_the_way_is_hidden_and_comes_back(opened: Opened) -> None:
    page = opened.page
    page.evaluate("id => kg.select(id)", opened.id_of("东城区"))
    page.click("#panel .acts >> text=隐去此点")
    becomes(opened.hidden, {"东城区"})
    page.click("#legend .reset")
    becomes(opened.hidden, set())
    page.evaluate("id => kg.select(id)", opened.id_of("东城区"))
    page.keyboard.press("Delete")
    becomes(opened.hidden, {"东城区"})
    page.fill("#search", "东城区")  # who looks for it sees it
    page.keyboard.press("Enter")
    becomes(opened.hidden, set())


def test_colour_stands_for_what_the_reader_chooses(browser: "playwright.Browser", tmp_path: Path) -> None:
    opened = Opened(browser, draw(drawn.store("spread"), "instruments"), tmp_path)
    page = opened.page
    hues = "kg.nodes.get().map((n) => [kg.data.nodes[n.id].short, n.color.background])"
    before = dict(page.evaluate(hues))
    page.click("#legend [data-color='year']")
    becomes(page.locator("#legend [data-tone]").all_inner_texts, ["2021\n3", "2022\n2", "2023\n2"])
    after = dict(page.evaluate(hues))
    assert (
        len({after[f"丁镇 {year}"] for year in (2021, 2022)}) == 2
        and len({before["丁镇 2021"], before["丁镇 2022"]}) == 1
    )
    assert after["丁镇 2022"] == after["戊镇 2022"]
    page.click("#legend [data-tone='0']")  # what is coloured can be hidden
    becomes(lambda: "丁镇 2021" in opened.hidden(), True)
    page.click("#legend [data-color='']")
    becomes(lambda: dict(page.evaluate(hues)), before)
    assert opened.hidden() == set()
    opened.context.close()
    assert opened.wrong == []


def test_the_picture_is_told_in_figures(browser: "playwright.Browser", tmp_path: Path) -> None:
    opened = Opened(browser, draw(drawn.store("spread"), "instruments"), tmp_path)
    page = opened.page
    page.click("#panel .stats summary")
    nodes, lines = page.evaluate("[kg.nodes.length, kg.edges.length]")
    told = page.locator("#panel .stats dd").all_inner_texts  # told when the browser says that it is open
    becomes(lambda: told()[:3], [str(nodes), str(lines), f"{round(20 * lines / nodes) / 10:g}"])
    assert page.locator("#panel .stats .item").first.inner_text() == "中华人民共和国宪法23.3%"
    page.click("#legend [data-kind='LegalInstrument']")
    page.click("#panel .stats summary")
    becomes(told, [])
    page.click("#panel .stats summary")
    reports = page.evaluate("kg.nodes.get().filter((node) => !node.hidden).length")
    becomes(lambda: told()[:5], [str(reports), "0", "0", "0%", str(reports)])
    opened.context.close()
    assert opened.wrong == []


def test_the_search_knows_what_else_is_said_of_a_node(opened: Opened) -> None:
    page = opened.page
    page.fill("#search", "甲街道2023.txt")
    becomes(page.locator("#found li").all_inner_texts, ["甲街道 2023 法治政府建设年度报告\na/甲街道2023.txt"])
    page.fill("#search", "法律")  # a name before a kind
    becomes(lambda: page.locator("#found li").first.inner_text(), "法律明白人")


def test_a_copy_of_the_page_opens_as_it_was_seen(opened: Opened, browser: "playwright.Browser", tmp_path: Path) -> None:
    page, moved = opened.page, opened.id_of("法律明白人")
    page.evaluate("id => kg.network.moveNode(id, 1234, -567)", moved)
    page.click("#legend [data-kind=Metric]")
    page.click("#language")
    page.click("#look")
    html = opened.saved("#copy", tmp_path).decode("utf-8")
    copy = Opened(browser, html, tmp_path)
    assert copy.page.evaluate("id => kg.network.getPosition(id)", moved) == {"x": 1234, "y": -567}
    assert copy.hidden() == {"普法活动场次", "发放宣传资料份数"}
    assert copy.page.inner_text("h1").startswith("Districts, initiatives")
    assert copy.page.evaluate("document.documentElement.dataset.look") == "dark"
    again = copy.saved("#copy", tmp_path).decode("utf-8")
    assert len(again) == pytest.approx(len(html), abs=100)
    copy.context.close()
    assert copy.wrong == []


def test_things_of_few_reports_can_be_hidden(browser: "playwright.Browser", tmp_path: Path) -> None:
    opened = Opened(browser, draw(Fixed(big())), tmp_path)  # type: ignore[arg-type]
    page = opened.page
    steps = page.locator("#legend .steps button")
    becomes(lambda: steps.all_inner_texts()[:2], ["≥ 3", "≥ 5"])
    steps.nth(1).click()
    wanted = "kg.data.nodes.filter((n) => n.kind !== 'Report' && n.reports < 5).map((n) => n.short)"
    becomes(lambda: opened.hidden() == set(page.evaluate(wanted)) != set(), True)
    page.click("#legend .reset")
    becomes(opened.hidden, set())
    opened.context.close()
    assert opened.wrong == []
