"""Promises: the same input gives the same bytes, every fact leads to its evidence, nothing is lost in silence."""

import hashlib
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

import kg
from kg import terms
from kg.export import nquads
from kg.extract import extract
from kg.read import read_text
from tests.conftest import ROOT, SEEDS


def digests(folder: Path) -> dict[str, str]:
    found = {name: (folder / name).read_bytes() for name in ("graph.ttl", "graph.html")}
    found["store"] = b"".join(nquads(kg.open(folder)))
    return {name: hashlib.sha256(data).hexdigest() for name, data in found.items()}


def test_same_input_same_bytes(tmp_path: Path) -> None:
    """Files in another order, another hash seed, locale and time zone: the same Turtle, page and triples."""
    files = sorted(SEEDS.glob("*.txt"))
    settings: list[tuple[list[Path], dict[str, str]]] = [
        (
            [SEEDS],
            {
                "PYTHONHASHSEED": "0",
                "LC_ALL": "C",
                "TZ": "America/New_York",
                "PYTHONUTF8": "0",
                "PYTHONCOERCECLOCALE": "0",
            },
        ),
        (files[::-1], {"PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8", "TZ": "Asia/Shanghai"}),
    ]
    seen = []
    for number, (paths, environment) in enumerate(settings):
        output = tmp_path / str(number)
        command = [sys.executable, "-m", "kg", "build", *map(str, paths), "-o", str(output)]
        subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env={**os.environ, **environment})
        seen.append(digests(output))
    assert seen[0] == seen[1]


def test_building_again_changes_nothing(tmp_path: Path) -> None:
    kg.build([SEEDS], tmp_path)
    before = digests(tmp_path)
    kg.build([SEEDS], tmp_path)
    assert digests(tmp_path) == before
    assert sorted(p.name for p in tmp_path.iterdir()) == [".build", "graph.html", "graph.ttl", "store"]


def test_no_text_breaks_the_extractors() -> None:
    """Pieces of reports with marks and figures strewn into them: each fact found stands where it says."""
    chance = random.Random(20)
    texts = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    marks = "、,。;:“”《》()[]【】〔〕〈〉\"'%·—-~.0123456789一二三百千万亿半余多分之个件次年月日率达至近 \n第是其中?!"
    found = 0
    for _ in range(300):
        pieces = [(text, chance.randrange(len(text))) for text in chance.choices(texts, k=4)]
        letters = list("".join(text[at : at + chance.randrange(5, 300)] for text, at in pieces))
        for _ in range(chance.randrange(5, 120)):
            at = chance.randrange(len(letters))
            letters[at : at + chance.randrange(2)] = chance.choice(marks)
        document = read_text("".join(letters), "strewn.txt")
        mentions = extract(document)
        for facts in (mentions.metrics, mentions.instruments, mentions.initiatives):
            assert all(0 <= fact.start < fact.end <= len(document.text) for fact in facts)
            found += len(facts)
    assert found > 1000


def test_an_output_folder_inside_the_input_is_not_read(tmp_path: Path) -> None:
    shutil.copytree(SEEDS, tmp_path / "in")
    for _ in range(2):
        summary = kg.build(str(tmp_path / "in"), tmp_path / "in" / "output")
        assert (summary.files, len(summary.set_aside)) == (5, 0)


def test_every_fact_leads_to_its_evidence(tmp_path: Path) -> None:
    """source[start:end] == quote, and the quote stands in its sentence, for every fact of the built graph."""
    kg.build([SEEDS, ROOT / "tests" / "quality" / "tuned"], tmp_path)
    rows = kg.query(
        kg.open(tmp_path),
        f"""PREFIX fz: <{terms.ONT}> PREFIX xsd: <{terms.XSD}>
        SELECT ?file ?start ?quote ?text WHERE {{
          VALUES ?class {{ fz:Observation fz:Citation fz:Undertaking }}
          ?fact a ?class
          OPTIONAL {{ ?fact fz:report/fz:fileName ?file }}
          BIND(xsd:integer(STRBEFORE(REPLACE(STR(?fact), "^.*/", ""), "-")) AS ?start)
          OPTIONAL {{ ?fact fz:quote ?quote }}
          OPTIONAL {{ ?fact fz:sentence/fz:text ?text }} }}""",
    ).rows
    assert len(rows) > 1000
    sources = {
        p.name: p.read_text(encoding="utf-8") for p in [*SEEDS.iterdir(), *(ROOT / "tests/quality/tuned").iterdir()]
    }
    wrong = [(f, s, q) for f, s, q, t in rows if not sources[f].startswith(q, s) or q not in t]  # type: ignore[index,operator,arg-type]
    assert wrong == []


def test_nothing_is_lost_in_silence(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    shutil.copytree(SEEDS, folder)
    contents: dict[str, Callable[[], bytes]] = {
        "empty.txt": lambda: b"",
        "copy.txt": lambda: (next(SEEDS.glob("000*"))).read_bytes(),
        "binary.txt": lambda: bytes(range(256)) * 4,
        "sub/note.md": lambda: "今日无事。".encode(),
        "scan.pdf": lambda: b"%PDF-1.4",
    }
    (folder / "sub").mkdir()
    for name, content in contents.items():
        (folder / name).write_bytes(content())
    summary = kg.build([folder], tmp_path / "out")
    assert summary.files == sum(p.is_file() for p in folder.rglob("*")) == len(summary.reports) + len(summary.set_aside)
    assert {item.file: item.code for item in summary.set_aside} == {
        "empty.txt": "empty",
        "copy.txt": "duplicate",
        "binary.txt": "binary",
        "sub/note.md": "not-a-report",
        "scan.pdf": "damaged",
    }


def test_no_blank_nodes_and_no_time_stamps(output: Path) -> None:
    for quad in kg.open(output).quads():
        assert isinstance(quad.subject, ox.NamedNode)
        assert isinstance(quad.object, ox.NamedNode | ox.Literal)
        if isinstance(quad.object, ox.Literal):
            assert quad.object.datatype.value != f"{terms.XSD}dateTime"
