"""How large pages and sites are, how soon made, how fluidly drawn: `python benchmarks/drawing.py [REPORTS …]`.

Reports are the seeds and, from six on, made up (benchmarks/corpus.py; default: 5 and 1000). Writes all of
docs/DRAWING.md. Seconds are of the processor, since machines are shared. Frames are counted in headless Chromium.
"""

import io
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import corpus  # noqa: E402
from kg.draw import MOST, data, drawn, lean  # noqa: E402
from kg.page import shell  # noqa: E402
from kg.page.picture import picture  # noqa: E402
from kg.pipeline import build  # noqa: E402
from kg.store import Store  # noqa: E402
from kg.store import open as open_store  # noqa: E402
from kg.views import bind, views  # noqa: E402
from tests.test_draw import Fixed, big  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

INTRODUCTION = """Written by `python benchmarks/drawing.py`. Five reports are the seeds, more are made up by
`benchmarks/corpus.py`, some of them copies or no reports. Seconds are those of the processor. A page is one file that
holds all it needs; a site shares what its pages have in common."""
FLUID = """As many nodes as there are and a page may hold (`--limit 2000`); the last is made up. Ninety frames each, in
headless Chromium, which draws without a graphics card. Frames a second are those of this machine, whatever else it did;
the milliseconds are of the page's own process alone (30 frames a second leave 33)."""
LAYOUTS = """networkx computes where nodes want to be, besides all centrality and communities: ForceAtlas2 in views
of ties (`alike`, `cited-together`, `checks`); `shell_layout` for one report and for up to 23, which sit on an oval,
each with its own things on shells behind it; `multipartite_layout` for more reports, in two columns, and for years, in
a column a year and rows of what several have. What is left to us (kg/page/layout.py, columns.py, room.py) is to draw
this out to the shape of a screen and to keep things apart with their names, of which networkx's layouts know nothing.
What several reports lead to goes to the free place nearest to their middle: `spring_layout` with the reports held fast
starts there too and ends no better (of seeds, 200 and 1,000 reports as many names can be read, give or take five, and
lines cross up to 2 % more or 12 % less often, in pictures of a dozen up to a third), needs scipy (113 MB) from 500
nodes on, and is chaotic: a change of 1e-14 in the beginning moves nodes by up to 8 % of the picture.

Here is how many names can be read on opening, of reports and of what several reports share, with these layouts and with
ForceAtlas2 alone, both with room made for names; none overlaps another. Of networkx's other layouts (seeds and 1,000
reports, 21 to 800 nodes): `kamada_kawai_layout` always needs scipy; `spring_layout` without anything held fast lets
groups without a tie fly apart. ForceAtlas2 needs numpy alone (73 MB, 0.06 s to import, only when something is drawn).

It is chaotic as networkx starts it: a change of 1e-15 in the beginning moves nodes by a third of the picture. From a
wide circle and in small steps the same change moves them by less than 1e-7 of it, so that whole numbers are the same;
also with numpy's vector instructions switched off, which the tests do, as they do for shells and columns."""
#: A hand that moves the picture, or zooms it, a little in each of 90 frames; returns when each was drawn.
ACT = """async (how) => {
  const canvas = document.querySelector("#network canvas"), drawn = [];
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const say = (type, x, y) => canvas.dispatchEvent(new PointerEvent(type, { bubbles: true, cancelable: true,
    isPrimary: true, pointerId: 1, pointerType: "mouse", button: 0, buttons: type === "pointerup" ? 0 : 1,
    clientX: x, clientY: y }));
  const first = kg.network.getViewPosition(), scale = kg.network.getScale();
  kg.network.on("afterDrawing", () => { if (drawn.at(-1) !== now) drawn.push(now); });
  let now = 0, changed = 0;
  const box = canvas.getBoundingClientRect(), free = [0, 1, 2, 3, 4, 5, 6, 7].map((n) => ({ x: 40 + 20 * n, y: 40 }))
    .find((at) => kg.network.getNodeAt(at) === undefined); // where the ground is taken hold of, and no node
  const [x, y] = [box.left + free.x, box.top + free.y];
  if (how === "moving") say("pointerdown", x, y);
  for (let n = 0; n < 90; n += 1) {
    now = await frame();
    if (how === "moving") say("pointermove", x + 8 * (n % 20), y + 6 * (n % 13));
    else canvas.dispatchEvent(new WheelEvent("wheel", { bubbles: true, cancelable: true, deltaY: n % 20 < 10 ? -60 : 60,
      clientX: 600, clientY: 400 }));
    const here = kg.network.getViewPosition();
    changed += Math.abs(here.x - first.x) > 1 || kg.network.getScale() !== scale;
  }
  if (how === "moving") say("pointerup", x, y);
  return changed < 80 ? [] : drawn;
}"""


def processor(work: Callable[[], object]) -> float:
    """Return the seconds of the processor that work takes."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def graph(number: int, folder: Path) -> Store:
    """Build and open a graph of the seeds (up to five reports), or of so many made-up reports."""
    reports = ROOT / "seeds"
    if number > 5:
        reports = folder / "reports"
        corpus.write(number, reports)
    build([reports], folder / "built")
    return open_store(folder / "built")


def pages(store: Store) -> Iterator[str]:
    """Yield lines about each view as a page."""
    yield "| view | KB | seconds |\n|---|---|---|"
    for name in views():
        page: list[str] = []
        seconds = processor(lambda n=name, p=page: p.append(drawn(store, n, {})))  # type: ignore[misc]
        yield f"| {name} | {len(page[0].encode()) / 1000:,.0f} | {seconds:.1f} |"


def sites(number: int, folder: Path) -> str:
    """Return a line about the site of a graph, written by a process of its own whose memory is its peak."""
    code = (
        "import re, sys, time; from pathlib import Path; from kg.site import site; from kg.store import open;"
        "begun = time.process_time(); pages, size = site(open(sys.argv[1]), Path(sys.argv[2]));"
        # Not the peak of getrusage, which a process begins with as its parent had it.
        "peak = re.search(r'VmHWM:\\s*(\\d+)', Path('/proc/self/status').read_text())[1];"
        "print(pages, size, time.process_time() - begun, peak)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(folder / "built"), str(folder / "site")],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    made, size, seconds, peak = run.stdout.split()
    megabytes = int(size) / 1e6
    return f"| {number:,} | {int(made):,} | {megabytes:,.1f} | {float(seconds):,.1f} | {int(peak) / 1024:,.0f} |"


#: Names that can be read: of reports, and of what several reports share.
READ = """() => {
  const nodes = kg.data.nodes.filter((node) => !node.off), shown = kg.names().map(({ id }) => kg.data.nodes[id]);
  const shared = (node) => node.kind !== "Report" && node.reports > 1;
  const count = (some) => [some.filter((node) => node.kind === "Report"), some.filter(shared)];
  const [all, read] = [count(nodes), count(shown)];
  return all.map((some, i) => (some.length ? `${read[i].length} / ${some.length}` : "—")).join(" | "); }"""


def legible(stores: Mapping[int, Store], scratch: Path) -> Iterator[str]:
    """Yield lines about the names that can be read on a laptop and on a telephone, by views and layouts."""
    yield "| reports | view | layout | on a laptop: reports | shared | on a telephone: reports | shared |"
    yield "|---|---|---|---|---|---|---|"
    with browser() as chromium:
        for number, store in stores.items() if chromium else ():
            for name in ("overview", "report", "initiative", "instrument", "instruments", "district", "spread"):
                own = views()[name].plan.layout
                for layout, called in ((own, own), ("springs", "ForceAtlas2")):
                    plan = replace(views()[name].plan, layout=layout)
                    triples = store.construct(bind(store, views()[name], {}))
                    found = {**data(store, name, {}), **lean(picture(triples, 500, plan))}
                    file = scratch / "page.html"
                    file.write_text(shell.page(found), encoding="utf-8")
                    cells = [_read(chromium, file, size) for size in ((1366, 768), (390, 844))]
                    yield f"| {number:,} | {name} | {called} | {' | '.join(cells)} |"


def _read(chromium: "Browser", file: Path, size: tuple[int, int]) -> str:
    page = chromium.new_page(viewport={"width": size[0], "height": size[1]})
    page.goto(file.as_uri())
    page.wait_for_selector("#panel h2")
    page.wait_for_timeout(500)
    cells = str(page.evaluate(READ))
    page.close()
    return cells


@contextmanager
def browser() -> Iterator["Browser | None"]:
    """Open headless Chromium; None where there is none."""
    try:
        from playwright.sync_api import sync_playwright

        from tests.test_page_browser import ARGUMENTS, chromium
    except ImportError:
        yield None
        return
    if (path := chromium()) is None:
        yield None
        return
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield opened
        opened.close()


def frames(pages: Iterable[tuple[str, str]], scratch: Path) -> Iterator[str]:
    """Yield lines about how pages are drawn while a mouse moves and zooms them. pages: what each is, and its HTML."""
    yield "| picture | nodes | lines | by | frames a second, median | ms of the processor a frame |"
    yield "|---|---|---|---|---|---|"
    with browser() as chromium:
        for what, html in pages if chromium else ():
            file = scratch / "page.html"
            file.write_text(html, encoding="utf-8")
            page = chromium.new_page(viewport={"width": 1366, "height": 768})
            page.goto(file.as_uri())
            page.wait_for_selector("#panel h2")
            nodes, lines = page.evaluate("[kg.nodes.length, kg.edges.length]")
            for how in ("moving", "zooming"):
                yield f"| {what} | {nodes:,} | {lines:,} | {how} | {_counted(page, how)} |"
            page.close()


def _counted(page: "Page", how: str) -> str:
    """Return, as cells, frames a second and ms of the page's own process a frame, while somebody acts on the page."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")

    def used() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return next(float(each["value"]) for each in metrics if each["name"] == "ProcessTime")

    before = used()
    drawn = page.evaluate(ACT, how)
    spent = used() - before
    gaps = sorted(later - earlier for earlier, later in pairwise(drawn))
    if not gaps:  # the picture did not follow the mouse
        return "— | —"
    return f"{1000 / gaps[len(gaps) // 2]:.0f} | {1000 * spent / len(drawn):.1f}"


def main() -> None:
    numbers = [int(each) for each in sys.argv[1:]] or [5, 1000]
    out = io.StringIO()

    def say(line: str) -> None:
        print(line, flush=True)
        print(line, file=out)

    say(f"# Pages and sites: how large, how soon, how fluid\n\n{INTRODUCTION}")
    overviews, stores = [], {}
    with tempfile.TemporaryDirectory(prefix="drawing-") as scratch:
        for number in numbers:
            folder = Path(scratch) / str(number)
            store = stores[number] = graph(number, folder)
            say(f"\n## {number:,} reports\n")
            for line in pages(store):
                say(line)
            overviews.append((f"overview of {number:,} reports", drawn(store, "overview", {}, MOST)))
            say("\n| reports | pages of the site | megabytes | seconds | peak memory in MB |\n|---|---|---|---|---|")
            say(sites(number, folder))
        say(f"\n## Layouts\n\n{LAYOUTS}\n")
        for line in legible(stores, Path(scratch)):
            say(line)
        say(f"\n## While a picture is moved and zoomed\n\n{FLUID}\n")
        most = drawn(Fixed(big(160, MOST - 160)), "overview", {}, MOST)  # type: ignore[arg-type]
        for line in frames([*overviews, ("made up", most)], Path(scratch)):
            say(line)
    (ROOT / "docs" / "DRAWING.md").write_text(out.getvalue(), encoding="utf-8")


if __name__ == "__main__":
    main()
