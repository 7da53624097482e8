"""Pages without a browser: what is drawn, where, with which evidence; that bytes repeat, and that text stays text."""

import csv
import json
import os
import random
import re
import subprocess
import sys
import time
from base64 import b64encode
from hashlib import sha256
from importlib import resources
from pathlib import Path

import networkx as nx
import numpy as np
import pyoxigraph as ox
import pytest

from kg import terms
from kg.check import SEVERITIES
from kg.draw import draw
from kg.errors import QueryError
from kg.page import picture as room
from kg.page import plan, shell, springs
from kg.page.described import Described
from kg.page.evidence import Evidence, Fact, Sentence
from kg.page.model import Link
from kg.page.picture import Picture, picture
from kg.store import Store
from kg.views import view as view_of
from kg.vocabulary import vocabulary
from tests import drawn

PAGE = resources.files("kg.page")


def data_of(page: str) -> dict:
    """Return the data that a page carries."""
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)[1])


def shown(store: Store, view: str = "overview", **more: int) -> Picture:
    """Return the picture of a view."""
    return picture(store.construct(view_of(view).sparql), plan=view_of(view).plan, **more)


def link(found: Picture, a: str, b: str) -> Link:
    """Return the link between the nodes with these short names."""
    return next(each for each in found.links if (found.nodes[each.a].short, found.nodes[each.b].short) == (a, b))


def test_the_overview_draws_everything_once() -> None:
    found = shown(drawn.store())
    assert {(n.kind, n.short, n.reports, n.weight) for n in found.nodes} == {
        ("Report", "甲街道 2023", 1, 7),
        ("Report", "乙镇 2023", 1, 2),
        ("Report", "丙镇 2022", 1, 2),
        ("District", "甲街道", 1, 0),
        ("District", "乙镇", 1, 0),
        ("District", "丙镇", 1, 0),
        ("District", "东城区", 2, 0),
        ("District", "北京市", 2, 0),
        ("District", "上海市", 1, 0),
        ("Initiative", "法律明白人", 2, 2),
        ("Initiative", "𠮷祥议事亭", 1, 1),
        ("LegalInstrument", "宪法", 2, 2),
        ("LegalInstrument", "民法典", 1, 1),
        ("LegalInstrument", "丙镇议事规则", 1, 1),
        ("Metric", "普法活动场次", 2, 3),
        ("Metric", "发放宣传资料份数", 1, 1),
    }
    assert found.left_out == {}


def test_the_other_views_of_reports() -> None:
    instruments = shown(drawn.store(), "instruments")
    assert sorted(n.short for n in instruments.nodes if not n.off) == sorted(
        ["丙镇 2022", "乙镇 2023", "甲街道 2023", "丙镇议事规则", "宪法", "民法典"]
    )
    assert [n.short for n in shown(drawn.store(), "report").nodes] == [
        "丙镇 2022",
        "上海市",
        "丙镇",
        "法律明白人",
        "丙镇议事规则",
    ]


def test_a_link_carries_its_facts_in_the_order_of_the_text() -> None:
    found = shown(drawn.store())
    facts = link(found, "甲街道 2023", "普法活动场次").facts
    first, second = (fact.sentence for fact in facts)
    assert facts == [
        Fact("普法活动", "≥ 40场次", ("done",), "", "40余场次", first, 8, 13),
        Fact("普法活动", "60场次", ("planned",), "", "60场次", second, 8, 12),
    ]
    assert found.sentences[first] == Sentence("全年开展普法活动40余场次,发放宣传资料3000份。", "一、主要举措")
    assert found.sentences[second] == Sentence("计划开展普法活动60场次。", "二、下一步打算")
    assert link(found, "甲街道 2023", "甲街道").facts == []
    assert [f.marks for f in link(found, "丙镇 2022", "丙镇议事规则").facts] == [("issues",)]


def test_every_quote_stands_where_its_fact_says() -> None:
    found = shown(drawn.store())
    quotes = [(found.sentences[f.sentence].text[f.start : f.end], f.quote) for each in found.links for f in each.facts]
    assert len(quotes) == 11
    assert all(marked == quote for marked, quote in quotes)


@pytest.mark.parametrize(
    ("start", "quote", "span"),
    [
        ("103", "三处", (3, 5)),  # where it is said to stand
        ("100", "三处", (3, 5)),  # said to stand elsewhere: where it is found
        ("103", "四处", (0, 0)),  # not in the sentence: nothing is marked
        ("9", "三处", (3, 5)),  # said to stand before the sentence
        ("103", "", (0, 0)),
    ],
)
def test_where_a_quote_is_marked(start: str, quote: str, span: tuple[int, int]) -> None:
    fact, sentence = ox.NamedNode(f"x:fact/{start}-105"), ox.NamedNode("x:sentence/100-106")
    said = {"quote": quote, "sentence": sentence}
    triples = [(fact, ox.NamedNode(terms.ONT + n), v if n == "sentence" else ox.Literal(v)) for n, v in said.items()]
    triples.append((sentence, ox.NamedNode(terms.ONT + "text"), ox.Literal("共设立三处。")))
    found = Evidence(Described(triples)).fact(fact.value)
    assert (found.start, found.end) == span


@pytest.mark.parametrize(
    ("said", "marks"),
    [
        ({"rule": "from"}, ("began",)), ({"rule": "to"}, ("done",)), ({"rule": "from", "status": "planned"}, ("planned",)),
        ({"rule": "from", "period": "2022"}, ("done",)), ({"rule": "from", "relation": "cites"}, ("cites",)),
    ],
)  # fmt: skip
def test_what_a_change_began_from_is_marked(said: dict[str, str], marks: tuple[str, ...]) -> None:
    fact = ox.NamedNode("urn:x/observation/1-2")
    triples = [ox.Triple(fact, ox.NamedNode(terms.fz(name)), ox.Literal(value)) for name, value in said.items()]
    assert Evidence(Described(triples)).fact(fact.value).marks == marks


def test_one_report_is_picked_by_its_name() -> None:
    data = data_of(draw(drawn.store(), "overview", report="乙镇2023"))
    assert [n["short"] for n in data["nodes"] if n["kind"] == "Report"] == ["乙镇 2023"]
    assert data["title"]["zh"] == "报告里的地区、举措、文件与指标 · 乙镇 2023 法治政府建设年度报告"
    assert data["totals"]["Report"] == 3


@pytest.mark.parametrize("name", ["丁镇", '" } #', "x\\", 'a"b\nc'])
def test_a_report_that_there_is_not(name: str) -> None:
    with pytest.raises(
        QueryError, match=re.escape(f"--report: no report whose IRI, file name or label holds {name!r}.")
    ):
        draw(drawn.store(), report=name)


def test_an_empty_graph_makes_a_page() -> None:
    data = data_of(draw(Store.of([])))
    assert (data["nodes"], data["links"], data["sentences"], data["totals"]) == ([], [], [], {})


def test_of_too_many_the_most_shared_are_drawn() -> None:
    found = shown(drawn.store(), limit=6)
    assert sorted(n.short for n in found.nodes) == sorted(
        ["甲街道 2023", "乙镇 2023", "丙镇 2022", "普法活动场次", "法律明白人", "宪法"]
    )
    assert found.left_out == {"District": 6, "Initiative": 1, "LegalInstrument": 2, "Metric": 1}


def test_of_too_many_facts_each_link_keeps_its_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST_BYTES", 0)
    monkeypatch.setattr(room, "FACTS_LEAST", 2200)
    found = shown(drawn.store())
    activities = link(found, "甲街道 2023", "普法活动场次")
    assert ([f.value for f in activities.facts], activities.more) == (["≥ 40场次"], 1)
    assert sum(len(each.facts) for each in found.links) == 10


ABOUT = (("Observation", "metric"), ("Undertaking", "initiative"), ("Citation", "instrument"))


def big(reports: int = 40, things: int = 460) -> list[tuple]:
    """Return the triples of reports, each with 30 facts about other things, shared unevenly."""

    def node(path: str) -> ox.NamedNode:
        return ox.NamedNode(terms.BASE + path)

    def term(name: str) -> ox.NamedNode:
        return ox.NamedNode(terms.ONT + name)

    pick, triples = random.Random(1), []
    kind, label = ox.NamedNode(terms.TYPE), ox.NamedNode(terms.LABEL)
    for m in range(things):
        cls = ("Metric", "Initiative", "LegalInstrument")[m % 3]
        triples += [
            (node(f"thing/{m}"), kind, term(cls)),
            (node(f"thing/{m}"), label, ox.Literal(f"关于第{m}项工作的名称")),
        ]
    for r in range(reports):
        report = node(f"report/{r}")
        triples += [(report, kind, term("Report")), (report, label, ox.Literal(f"第{r}镇 2023 法治政府建设年度报告"))]
        for f in range(30):
            m = min(f * 17 + r, things - 1) if f % 3 == 0 else int((things - 1) * pick.random() ** 2)
            fact, sentence = node(f"report/{r}/observation/{f}"), node(f"report/{r}/sentence/{f}")
            cls, about = ABOUT[m % 3]
            text = f"全年累计开展第{m}项工作{f + 7}次," + "推动依法行政水平和群众法治意识不断提升," * 4
            said = {"quote": f"{f + 7}次", "value": str(f + 7), "unitText": "次", "status": "done"}
            triples += [
                (fact, kind, term(cls)),
                (fact, term("report"), report),
                (fact, term(about), node(f"thing/{m}")),
            ]
            triples += [(fact, term("sentence"), sentence), (sentence, term("text"), ox.Literal(text))]
            triples += [(fact, term(name), ox.Literal(value)) for name, value in said.items()]
    return triples


class Fixed:
    """Stands in for a store: whatever is asked, it constructs the same triples."""

    def __init__(self, triples: list[tuple]) -> None:
        self.triples = triples

    def construct(self, _: str) -> list[tuple]:
        return self.triples

    def select(self, _: str) -> tuple[list[str], list[tuple]]:
        return ["class", "n"], []


def pace() -> float:
    """Return how many seconds a million steps of Python take on this machine, as busy as it is."""
    begun, total = time.process_time(), 0
    for step in range(4_000_000):
        total += step
    return (time.process_time() - begun) / 4


def test_a_page_of_500_nodes_is_light_and_soon_made() -> None:
    begun = time.process_time()
    page = draw(Fixed(big()))  # type: ignore[arg-type]
    seconds = time.process_time() - begun
    data = data_of(page)
    assert len(data["nodes"]) == 500
    assert sum(len(each.get("facts", ())) for each in data["links"]) > 1000
    assert len(page.encode()) <= 1_200_000
    assert seconds < 150 * pace()


def test_of_1500_reports_the_newest_40_are_soon_drawn() -> None:
    lines = b"".join(drawn.quads())
    copies = (re.sub(rb"/report/[0-9a-f]{6}", b"/report/%06x" % n, lines) for n in range(500))
    store = Store.of(copies)
    begun = time.process_time()
    data = data_of(draw(store))
    assert time.process_time() - begun < 3
    assert data["totals"] == {"Report": 1500, "District": 6, "Initiative": 2, "LegalInstrument": 3, "Metric": 2}
    assert {n["short"] for n in data["nodes"] if n["kind"] == "Report"} == {"乙镇 2023"}
    assert sum(n["kind"] == "Report" for n in data["nodes"]) == 40


@pytest.mark.parametrize("triples", [big(), list(drawn.store().construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"))])
def test_no_node_stands_on_another(triples: list[tuple]) -> None:
    nodes = picture(triples).nodes
    for i, a in enumerate(nodes):
        for b in nodes[:i]:
            apart = ((a.x - b.x) ** 2 + (a.y - b.y) ** 2) ** 0.5
            assert apart > a.size + b.size, (a.label, b.label)


def test_the_order_of_the_triples_leaves_no_trace() -> None:
    triples = big()
    page = draw(Fixed(triples))  # type: ignore[arg-type]
    random.Random(2).shuffle(triples)
    assert draw(Fixed(triples)) == page  # type: ignore[arg-type]


def test_same_bytes_in_another_process_and_pyvis_not_imported() -> None:
    script = (
        "import sys, hashlib; from tests import drawn; from kg.draw import draw; assert 'networkx' not in sys.modules;"
        "page = draw(drawn.store()); assert 'pyvis' not in sys.modules;"
        "print(hashlib.sha256(page.encode()).hexdigest())"
    )
    here = os.pathsep.join([str(Path(__file__).parent.parent), os.environ.get("PYTHONPATH", "")])
    env = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": here, "PYTHONUTF8": "0", "LC_ALL": "C"}
    run = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == sha256(draw(drawn.store()).encode()).hexdigest()


def places(layout: str = "springs", reports: int = 6) -> list[tuple[int, int]]:
    """Return where a layout puts the nodes of a made-up view."""
    return [(node.x, node.y) for node in picture(big(reports, 60), plan=plan.Plan(layout=layout)).nodes]


def all_places() -> list[list[tuple[int, int]]]:
    return [places(), places("reports"), places("reports", 1), places("reports", 30), places("years")]


def test_what_differs_in_the_last_bit_is_placed_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    layout, chance = nx.forceatlas2_layout, random.Random(1)

    def shaken(graph: nx.Graph, pos: dict, **more: object) -> dict:
        return layout(graph, {i: spot * (1 + chance.uniform(-1e-15, 1e-15)) for i, spot in pos.items()}, **more)

    found = places()
    monkeypatch.setattr(nx, "forceatlas2_layout", shaken)
    assert places() == found
    monkeypatch.setattr(springs, "_START", 1)  # from a start as near as networkx's own, nothing would be sure
    assert places() != places()


def test_other_processors_draw_the_same() -> None:
    known = np.show_config(mode="dicts")["SIMD Extensions"]["found"]
    script = "from tests.test_draw import all_places; print(all_places())"
    env = {**os.environ, "NPY_DISABLE_CPU_FEATURES": " ".join(known), "OPENBLAS_CORETYPE": "Nehalem"}
    run = subprocess.run(
        [sys.executable, "-c", script], env=env, capture_output=True, text=True, check=True, cwd=PAGE.parent.parent
    )
    assert run.stdout.strip() == str(all_places())


@pytest.mark.parametrize("number", [0, 1, 2])
def test_few_nodes_are_placed_too(number: int) -> None:
    nodes = picture(big(1, 1)).nodes[:number]
    springs.place(nodes, [(0, 1, 1.0)][: number - 1] if number else [], [], range(number))
    assert len({(node.x, node.y) for node in nodes}) == number


def test_the_policy_names_the_scripts_and_nothing_else() -> None:
    page = draw(drawn.store())
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)[1]
    hashes = {
        tag: [f"'sha256-{b64encode(sha256(body.encode()).digest()).decode()}'" for body in bodies]
        for tag, bodies in (("script", re.findall(r"<script>(.*?)</script>", page, re.DOTALL)),
                            ("style", re.findall(r"<style>(.*?)</style>", page, re.DOTALL)))
    }  # fmt: skip
    assert [len(found) for found in hashes.values()] == [2, 1]
    assert policy == (
        f"default-src 'none'; script-src {' '.join(hashes['script'])}; style-src {hashes['style'][0]};"
        " img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def test_the_page_asks_for_nothing() -> None:
    page = draw(drawn.store())
    frame = re.sub(r"(<script[^>]*>).*?(</script>)", r"\1\2", page, flags=re.DOTALL)
    assert re.findall(r"<link|<iframe|<object|<base|\bsrc=|@import|url\(|https?:", frame) == []
    assert "\r" not in page
    page.encode("utf-8")


def test_no_text_ends_the_block_it_stands_in() -> None:
    evil = "</script><script>alert(1)</script><!-- {{title}} &amp;\u2028\u2029\x00\x85\u202e"
    triples = [
        (ox.NamedNode("javascript:alert(1)"), ox.NamedNode(terms.TYPE), ox.NamedNode(terms.fz("Metric"))),
        (ox.NamedNode("javascript:alert(1)"), ox.NamedNode(terms.LABEL), ox.Literal(evil)),
    ]
    page = draw(Fixed(triples))  # type: ignore[arg-type]
    assert data_of(page)["nodes"][0]["label"] == evil
    assert page.count("</script>") == 3
    assert [c for c in "\u2028\u2029\x00" if c in page] == []


def test_every_word_that_the_page_says_has_its_row() -> None:
    rows = list(csv.DictReader((PAGE / "words.csv").read_text(encoding="utf-8").splitlines()))
    words = [row["word"] for row in rows]
    assert len(words) == len(set(words))
    assert [row for row in rows if None in row or not all(row.values())] == []
    script = shell.script()
    said = {*re.findall(r'say\("([\w-]+)"\)', script), *re.findall(r'line\("(\w+)"', script)}
    said |= {*room.DETAILS, *room.FACTS.values(), "containedIn", "district", "alike", "together"}
    said |= {f"{word}_{value}" for word in ("size", "color") for value in plan.ALLOWED[word] if value != "class"}
    for listed in re.findall(r"\[([^\[\]]+)\](?:\.map\(say\)|\) byId\(id\).textContent = say\(id\))", script):
        said |= set(re.findall(r'"([\w-]+)"', listed)) - {"save-name"}
    tables = vocabulary()
    codes = {
        *(row.kind for row in tables.laws.values()),
        *(row.kind for row in tables.initiatives.values()),
        *(row.level for row in tables.places.values()),
        *"done planned problem cites issues up down hans hant mixed internal_rule not_instrument".split(),
        *SEVERITIES,
    }
    assert (said | codes) - set(words) == set()


def test_every_part_of_the_script_is_read_and_short() -> None:
    files = {path.name.removesuffix(".js"): path for path in PAGE.iterdir() if path.name.endswith(".js")}
    assert set(files) == set(shell.SCRIPTS)
    assert {name for name, path in files.items() if len(path.read_text(encoding="utf-8").splitlines()) > 250} == set()
