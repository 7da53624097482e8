"""Exports: other programs open them, and read back the same triples; no text breaks out of its place."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import networkx as nx
import pyoxigraph as ox
import pytest
from rdflib import Dataset, Graph

import kg
from kg import terms
from kg.errors import InputError, QueryError
from kg.export import FORMATS, TABLES, export_to, format_of
from kg.extract.records import mentions
from kg.formats import tables as sheets
from kg.formats import writers
from kg.formats.jsonld import context
from kg.graph import reference_graph, report_graph
from kg.graph.quads import Graph as Lines
from kg.model import Document
from kg.read import read_text
from kg.store import Store
from kg.vocabulary import Vocabulary
from tests.conftest import ROOT
from tests.readers import OFFICE, RAPPER, RIOT, RIOT_JSONLD, riot

HOSTILE = [
    '"', "\\", "\\u0041", "\n\r\t\x0b", "<a> .", '" . <x:y> <x:y> "', "]]>", "<!--", "&amp;", "'''", '"""', "}", "#", "{{", "${x}",
    "javascript:alert(1)", "=1+1", "\u2028\ufeff😀\u202e", "@prefix", "^^<x:y>", "a" * 10_000, "\x7f\x85",
]  # fmt: skip
RDF = {
    "turtle": ox.RdfFormat.TURTLE,
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
RAPTOR = {"turtle": "turtle", "nquads": "nquads", "trig": "trig", "rdfxml": "rdfxml"}


@pytest.fixture(scope="module")
def hostile() -> Store:
    """A store whose names are what would break out of a careless writer."""
    graph = Lines(f"{terms.BASE}report/abababababab")
    graph.a(graph.name, "Report")
    graph.say(graph.name, "year", 2023)
    graph.link(graph.name, "district", terms.district("44", None, ""))
    for number, text in enumerate(HOSTILE):
        fact = terms.fact(graph.name, "observation", number, number + 1)
        graph.a(fact, "Observation")
        graph.link(fact, "report", graph.name)
        graph.say(fact, "label", text, "@zh")
        graph.link(fact, "metric", terms.metric("disputes.cases"))
        graph.say(fact, "unitText", text)
        law = terms.instrument(f"law-{number}", "")
        graph.a(law, "LegalInstrument")
        graph.say(law, "label", text, "@zh")
        graph.say(fact, "value", number + 0.5)
        graph.say(fact, "quote", text)
    return Store.of([graph.nquads()])


def written(store: Store, format: str) -> bytes:
    return b"".join(kg.export(store, format))


def of_class(store: Store, name: str) -> set[str]:
    _, rows = store.select(f"SELECT ?s WHERE {{ ?s a <{terms.fz(name)}> }}")
    return {s.value for (s,) in rows}  # type: ignore[union-attr]


def triples(store: Store) -> set[str]:
    return {str(quad.triple) for quad in store.quads()}


def parsed(data: bytes, format: str) -> set[str]:
    """Read with Oxigraph: graphs dropped, as Turtle and RDF/XML have none."""
    return {str(quad.triple) for quad in ox.parse(data, format=RDF[format])}  # type: ignore[union-attr]


def by_rdflib(data: bytes, format: str) -> set[str]:
    name = {"rdfxml": "xml", "jsonld": "json-ld"}.get(format, format)
    if format in ("turtle", "rdfxml"):
        lines = Graph().parse(data=data, format=name).serialize(format="nt")
    else:
        union = Graph()
        for s, p, o, _ in Dataset(default_union=True).parse(data=data, format=name).quads((None, None, None, None)):
            union.add((s, p, o))
        lines = union.serialize(format="nt")
    return parsed(lines.encode(), "nquads")


@pytest.mark.parametrize("format", RDF)
def test_two_programs_read_the_same_triples(gold_store: Store, format: str) -> None:
    data = written(gold_store, format)
    assert parsed(data, format) == triples(gold_store)
    assert by_rdflib(data, format) == triples(gold_store)
    assert written(gold_store, format) == data


@pytest.mark.parametrize("format", RDF)
def test_what_reports_share_comes_in_parts(gold_store: Store, monkeypatch: pytest.MonkeyPatch, format: str) -> None:
    """However many instruments and places there are, only so many are in memory at a time."""
    whole = written(gold_store, format)
    monkeypatch.setattr("kg.store._PART", 50)
    data = written(gold_store, format)
    assert by_rdflib(data, format) == triples(gold_store)
    assert data == whole or format in ("trig", "jsonld")  # which name the graph again for each part


HOSTILE_REPORT = """蓝湾镇2023年法治政府建设年度报告
一、主要成效
(一)规范执法。落实《=cmd|' /C calc'A0管理办法》《<script>alert(1)</script>实施方案》《\\u0022反斜\\线" . <x:y> <z>管理规定》《javascript:alert(1)工作条例》。
打造“</title><img src=x onerror=alert(1)>工作室”3个,成立“网格{long}”领导小组,调解“]]>&amp;<!--”纠纷945件,成功率98%。
制定《@SUM(1+1)制度》《'''三引号办法》,建立“{{x}}${y}”机制,检查“\u202e倒序\u2028”企业30家。
二、存在问题
一是"执法<b>力量</b>"不足。
"""


@pytest.mark.parametrize("format", RDF)
def test_a_hostile_report_stays_text(tables: Vocabulary, format: str) -> None:
    """From the file to the format: what is found in a report that would break out, two programs read alike."""
    document = read_text(HOSTILE_REPORT.replace("{long}", "治理" * 5_000), '=cmd "蓝湾<镇>.txt')
    graph = report_graph(document, kg.extract(document))
    store = Store.of([graph.nquads(), reference_graph([graph], tables).nquads()])
    names = {
        value.value
        for (value,) in store.select(
            f"SELECT ?n {{ ?i a <{terms.fz('LegalInstrument')}> ; ?p ?n FILTER(ISLITERAL(?n)) }}"
        )[1]
    }  # type: ignore[union-attr]
    assert {"<script>alert(1)</script>实施方案", "=cmd|' /C calc'A0管理办法", "@SUM(1+1)制度"} <= names
    data, expected = written(store, format), triples(store)
    expected = in_xml(expected) if format == "rdfxml" else expected
    assert parsed(data, format) == by_rdflib(data, format) == expected


@pytest.mark.parametrize("format", ["nquads", "trig", "jsonld"])
def test_the_graph_of_each_report_is_kept(gold_store: Store, format: str) -> None:
    names = {quad.graph_name.value for quad in ox.parse(written(gold_store, format), format=RDF[format])}  # type: ignore[union-attr]
    assert names == set(gold_store.graphs())


@RAPPER
@pytest.mark.parametrize("format", RAPTOR)
def test_raptor_reads_the_same_triples(gold_store: Store, hostile: Store, tmp_path: Path, format: str) -> None:
    for store in (gold_store, hostile):
        file = tmp_path / "graph"
        file.write_bytes(written(store, format))
        command = ["rapper", "-q", "-i", RAPTOR[format], "-o", "ntriples", str(file)]
        result = subprocess.run(command, capture_output=True)
        assert (result.returncode, result.stderr) == (0, b"")
        expected = triples(store)
        assert parsed(result.stdout, "nquads") == (in_xml(expected) if format == "rdfxml" else expected)


def in_xml(lines: set[str]) -> set[str]:
    """U+000B cannot be written in XML."""
    return {re.sub(r"\x0b|\\u000B", "\ufffd", line) for line in lines}


@RIOT
@pytest.mark.parametrize("format", RDF)
def test_riot_reads_the_same_triples(gold_store: Store, hostile: Store, tmp_path: Path, format: str) -> None:
    """And has nothing to say of them: riot warns of IRIs and literals that are well formed and still bad."""
    for store in (gold_store, hostile):
        file = tmp_path / "graph"
        file.write_bytes(written(store, format))
        syntax = RIOT_JSONLD if format == "jsonld" else format
        result = riot("--check", "--strict", f"--syntax={syntax}", "--output=nquads", str(file))
        assert (result.returncode, result.stderr) == (0, b"")
        expected = triples(store)
        assert parsed(result.stdout, "nquads") == (in_xml(expected) if format == "rdfxml" else expected)


@OFFICE
def test_libreoffice_opens_the_workbook(gold_store: Store, hostile: Store, tmp_path: Path) -> None:
    """Every sheet, as CSV: the same rows that kg writes as CSV, and no cell that is taken for a formula."""
    for name, store in (("gold", gold_store), ("hostile", hostile)):
        folder = tmp_path / name
        export_to(store, "csv", folder / "ours")
        export_to(store, "xlsx", folder / "tables.xlsx")
        every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
        command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
        command += ["--convert-to", every_sheet, "--outdir", str(folder), str(folder / "tables.xlsx")]
        subprocess.run(command, check=True, capture_output=True, timeout=900)
        for sheet in sheets.columns():
            theirs, ours = folder / f"tables-{sheet}.csv", folder / "ours" / f"{sheet}.csv"
            assert shown(theirs.read_text(encoding="utf-8")) == shown(ours.read_text(encoding="utf-8-sig")), sheet


def shown(table: str) -> list[list[str]]:
    """Return what one sees in the cells: no blanks, nothing that cannot be printed, no mark before a formula."""
    rows = csv.reader(io.StringIO(table, newline=""))
    return [["".join(c for c in cell if c.isprintable() and c not in " '\ufffd") for cell in row] for row in rows]


@pytest.mark.parametrize("format", RDF)
def test_hostile_text_stays_text(hostile: Store, format: str) -> None:
    expected = triples(hostile)
    assert parsed(written(hostile, format), format) == (in_xml(expected) if format == "rdfxml" else expected)


def test_turtle_is_for_reading(gold_store: Store) -> None:
    text = written(gold_store, "turtle").decode()
    assert text.startswith("@prefix dataset: <https://w3id.org/fazhi/id/dataset/> .\n")
    assert len(re.findall("^@prefix", text, re.MULTILINE)) == len(terms.PREFIXES)
    reports = text.split("@base <https://w3id.org/fazhi/id/report/")[1:]
    assert len(reports) == 5
    for report in reports:
        subjects = re.findall(r"^(\S+) a fz:(\w+) ;$", report, re.MULTILINE)
        assert subjects[0][1] == "Report"
        starts = [int(found[1]) for iri, _ in subjects if (found := re.match(r"<\w+/(\d+)-\d+>", iri))]
        assert starts == sorted(starts)
        assert len(starts) > 50


def test_nquads_are_sorted_within_their_graph(gold_store: Store) -> None:
    lines = written(gold_store, "nquads").decode().splitlines()
    assert len(lines) == len(gold_store)
    graph_of = [line.rsplit(" ", 2)[1] for line in lines]
    assert graph_of == sorted(graph_of)
    assert all(a < b for a, b in pairwise(lines) if a.rsplit(" ", 2)[1] == b.rsplit(" ", 2)[1])


def test_jsonld_stands_under_the_published_context(gold_store: Store) -> None:
    document = json.loads(written(gold_store, "jsonld"))
    assert document["@context"] == {"@base": terms.BASE, **context()}
    facts = [node for graph in document["@graph"] for node in graph["@graph"] if node.get("@type") == "fz:Observation"]
    assert len(facts) == len(of_class(gold_store, "Observation"))
    metrics = [fact["metric"] for fact in facts if "metric" in fact]
    assert metrics and all(metric.startswith("metric/") for metric in metrics)
    assert all(isinstance(fact["value"], str) for fact in facts)


def expected_network(store: Store) -> tuple[set[str], dict[tuple[str, str], int]]:
    """Return what a network has to hold, as SPARQL says: reports and their instruments, and how often each is cited."""
    _, rows = store.select(f"""
        PREFIX fz: <{terms.ONT}> SELECT ?report ?instrument (COUNT(?fact) AS ?n) WHERE {{
          ?fact fz:report ?report ; fz:instrument ?instrument }} GROUP BY ?report ?instrument""")
    lines = {(r.value, i.value): int(n.value) for r, i, n in rows}  # type: ignore[union-attr]
    return {end for line in lines for end in line}, lines


@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_networkx_opens_the_network_with_labels_types_and_weights(
    gold_store: Store, tmp_path: Path, format: str
) -> None:
    file = tmp_path / f"graph.{format}"
    export_to(gold_store, format, file)
    graph: Any = nx.read_graphml(file) if format == "graphml" else nx.read_gexf(file)
    nodes, lines = expected_network(gold_store)
    assert nodes <= set(graph.nodes)
    assert {"Report", "District", "LegalInstrument", "Initiative", "Metric"} <= {
        d["type"] for _, d in graph.nodes(data=True)
    }
    assert [n for n, data in graph.nodes(data=True) if not data.get("label")] == []
    cited = {(a, b): int(d["weight"]) for a, b, d in graph.edges(data=True) if d["kind"] == "instrument"}
    assert cited == lines


@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_networks_of_hostile_names(hostile: Store, format: str) -> None:
    data = io.BytesIO(written(hostile, format))
    graph = nx.read_graphml(data) if format == "graphml" else nx.read_gexf(data)
    labels = {iri: data["label"] for iri, data in graph.nodes(data=True) if "/instrument/" in iri}
    expected = {
        terms.instrument(f"law-{number}", ""): text.replace("\x0b", "\ufffd") for number, text in enumerate(HOSTILE)
    }
    assert labels == expected
    assert len(graph.nodes) == len(expected) + 3  # the report, its district, the metric


def test_a_cube_of_hostile_units(hostile: Store) -> None:
    unit = "http://purl.org/linked-data/sdmx/2009/attribute#unitMeasure"
    quads = ox.parse(written(hostile, "cube"), format=ox.RdfFormat.TURTLE)
    said = [q.object.value for q in quads if q.predicate.value == unit]  # type: ignore[union-attr]
    assert sorted(said) == sorted(HOSTILE)


CONSTRAINTS = {  # of the RDF Data Cube Recommendation, section 11: each must be false
    "IC-1 one data set": "?o a qb:Observation . FILTER NOT EXISTS { ?o qb:dataSet ?d }",
    "IC-2 one structure": "?d a qb:DataSet . FILTER NOT EXISTS { ?d qb:structure ?s }",
    "IC-3 a measure": "?s a qb:DataStructureDefinition . FILTER NOT EXISTS { ?s qb:component/qb:measure ?m }",
    "IC-4 dimensions have a range": "?d a qb:DimensionProperty . FILTER NOT EXISTS { ?d <http://www.w3.org/2000/01/rdf-schema#range> ?r }",
    "IC-11 all dimensions": "?o qb:dataSet/qb:structure/qb:component/qb:dimension ?d . FILTER NOT EXISTS { ?o ?d ?v }",
    "IC-14 all measures": "?o qb:dataSet/qb:structure/qb:component/qb:measure ?m . FILTER NOT EXISTS { ?o ?m ?v }",
}


def test_the_data_cube_keeps_its_constraints(gold_store: Store) -> None:
    inner = ox.Store()
    inner.load(written(gold_store, "cube"), format=ox.RdfFormat.TURTLE)
    for name, pattern in CONSTRAINTS.items():
        assert not inner.query(f"PREFIX qb: <http://purl.org/linked-data/cube#> ASK {{ {pattern} }}"), name
    rows = list(
        inner.query("""
        PREFIX qb: <http://purl.org/linked-data/cube#> PREFIX d: <http://purl.org/linked-data/sdmx/2009/dimension#>
        PREFIX c: <https://w3id.org/fazhi/id/cube/>
        SELECT ?a ?p ?m ?s ?v WHERE { ?o a qb:Observation ; d:refArea ?a ; d:refPeriod ?p ; c:metric ?m ; c:statement ?s ; c:value ?v }""")
    )  # type: ignore[arg-type]
    assert len({tuple(map(str, row))[:4] for row in rows}) == len(rows) > 50  # IC-12: no two with the same dimensions
    stated = {(str(q.subject), str(q.object)) for q in gold_store.quads() if q.predicate.value == terms.fz("value")}
    assert {(str(row["s"]), str(row["v"])) for row in rows} <= stated  # type: ignore[index]


@pytest.fixture(scope="module", params=TABLES)
def opened(request: pytest.FixtureRequest, gold_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Write the tables in one format and open them with another program: {sheet: (columns, rows)}."""
    polars, openpyxl = pytest.importorskip("polars"), pytest.importorskip("openpyxl")
    pytest.importorskip("pyarrow")
    path = tmp_path_factory.mktemp("tables") / ("tables.xlsx" if request.param == "xlsx" else "tables")
    export_to(gold_store, request.param, path)
    if request.param == "xlsx":
        book = openpyxl.load_workbook(path, read_only=True)
        found = {sheet.title: list(sheet.values) for sheet in book}
        return {name: (list(rows[0]), [list(row) for row in rows[1:]]) for name, rows in found.items()}
    frames = {
        file.stem: polars.read_csv(file, infer_schema_length=None)
        if request.param == "csv"
        else polars.read_parquet(file)
        for file in sorted(path.iterdir())
    }
    return {name: (frame.columns, [list(row) for row in frame.rows()]) for name, frame in frames.items()}


def test_tables_hold_every_fact_with_its_evidence(opened: Any, gold_store: Store, seeds: dict[str, Document]) -> None:
    assert set(opened) == {"reports", "observations", "citations", "initiatives", "problems", "dictionary"}
    for name, cls in (
        ("reports", "Report"),
        ("observations", "Observation"),
        ("citations", "Citation"),
        ("initiatives", "Undertaking"),
    ):
        columns, rows = opened[name]
        wanted = of_class(gold_store, cls)
        assert {row[columns.index("report" if name == "reports" else "fact")] for row in rows} == wanted
        assert len(rows) == len(wanted)
        assert columns == [c.column for c in sheets.columns()[name]]
    columns, rows = opened["observations"]
    for row in rows:
        fact = dict(zip(columns, row, strict=True))
        source = seeds[fact["file"]].source[int(fact["start"]) : int(fact["end"])]
        assert plain(fact["quote"]) == plain(source)
        assert fact["value"] == float(fact["value"])


def plain(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_every_column_is_in_the_dictionary(opened: Any) -> None:
    _, rows = opened["dictionary"]
    assert {(row[0], row[1]) for row in rows} == {
        (name, column) for name, (columns, _) in opened.items() for column in columns if name != "dictionary"
    }
    assert all(row[3] and row[4] for row in rows)


def test_a_sheet_that_is_full_goes_on_in_another(
    gold_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    openpyxl = pytest.importorskip("openpyxl")

    def written() -> dict[str, list[tuple[Any, ...]]]:
        export_to(gold_store, "xlsx", tmp_path / "out.xlsx")
        return {sheet.title: list(sheet.values) for sheet in openpyxl.load_workbook(tmp_path / "out.xlsx")}

    whole = written()["observations"]
    monkeypatch.setattr(writers._Xlsx, "_ROWS", 61)
    parts = [rows for name, rows in written().items() if name.startswith("observations")]
    assert [rows[0] for rows in parts] == [whole[0]] * len(parts)
    assert [row for rows in parts for row in rows[1:]] == whole[1:]
    assert [len(rows) for rows in parts[:-1]] == [61] * ((len(whole) - 2) // 60)


def test_cells_that_begin_like_a_formula_are_harmless(hostile: Store, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    export_to(hostile, "csv", tmp_path / "csv")
    text = (tmp_path / "csv" / "observations.csv").read_bytes().decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert "'=1+1" in cells
    assert [c for c in cells if c.startswith(("=", "+", "@"))] == []
    export_to(hostile, "xlsx", tmp_path / "tables.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "tables.xlsx")["observations"]
    found = {cell.value: cell.data_type for row in sheet.iter_rows() for cell in row}
    assert found["=1+1"] == "s"  # a string, no formula


@pytest.mark.parametrize("format", TABLES)
def test_tables_hold_hostile_text_as_it_is(hostile: Store, tmp_path: Path, format: str) -> None:
    """In a CSV file a formula has a mark in front; no workbook holds control characters, but none breaks out."""
    polars, openpyxl = pytest.importorskip("polars"), pytest.importorskip("openpyxl")
    export_to(hostile, format, tmp_path / ("out.xlsx" if format == "xlsx" else "out"))
    if format == "xlsx":
        rows = list(openpyxl.load_workbook(tmp_path / "out.xlsx")["observations"].values)
        assert [row[rows[0].index("name")] for row in rows[1:]] == [openpyxl_text(text) for text in HOSTILE]
    elif format == "csv":
        with (tmp_path / "out" / "observations.csv").open(encoding="utf-8-sig", newline="") as stream:
            names = [row["name"] for row in csv.DictReader(stream)]
        assert names == [f"'{text}" if text[0] in "=@+-\t\r" else text for text in HOSTILE]
    else:
        assert polars.read_parquet(tmp_path / "out" / "observations.parquet")["name"].to_list() == HOSTILE


def openpyxl_text(text: str) -> str:
    """Control characters are written as the standard has it (_x000B_), which openpyxl does not read back."""
    return re.sub(r"[\x00-\x08\x0b-\x1f]", lambda m: f"_x{ord(m[0]):04X}_", text)


EXPORT_ALL = """
import hashlib, pathlib, sys, kg
from kg.export import FORMATS, TABLES, export_to, format_of
store, out = kg.open(sys.argv[1]), pathlib.Path(sys.argv[2])
for format in (*FORMATS, *TABLES):
    export_to(store, format, out / format)
for file in sorted(path for path in out.rglob("*") if path.is_file()):
    print(file.relative_to(out).as_posix(), hashlib.sha256(file.read_bytes()).hexdigest())
"""


def test_every_format_is_the_same_bytes_anywhere(gold_store: Store, tmp_path: Path) -> None:
    """With another hash seed, locale, encoding and time zone."""
    pytest.importorskip("pyarrow")
    pytest.importorskip("xlsxwriter")
    Store.write([b"".join(kg.export(gold_store, "nquads"))], tmp_path)
    seen = []
    for environment in (
        {"PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8", "TZ": "Asia/Shanghai"},
        {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "America/New_York", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ):
        out = tmp_path / environment["PYTHONHASHSEED"]
        out.mkdir()
        command = [sys.executable, "-c", EXPORT_ALL, str(tmp_path), str(out)]
        result = subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env={**os.environ, **environment})
        seen.append(result.stdout.split())
    assert seen[0] == seen[1]
    assert len(seen[0]) == 2 * (len(FORMATS) + 2 * len(sheets.columns()) + 1)


@pytest.mark.parametrize("format", ["csv", "xlsx", "parquet"])
def test_tables_are_the_same_bytes_twice(gold_store: Store, tmp_path: Path, format: str) -> None:
    pytest.importorskip("pyarrow")
    pytest.importorskip("xlsxwriter")
    for name in ("a", "b"):
        export_to(gold_store, format, tmp_path / name)
    a, b = (sorted((tmp_path / n).iterdir()) if format != "xlsx" else [tmp_path / n] for n in "ab")
    assert [file.read_bytes() for file in a] == [file.read_bytes() for file in b]


def test_a_package_that_is_missing_is_named(gold_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(InputError, match=r"xlsx needs the package xlsxwriter: pip install 'kg-fazhi\[tables\]'"):
        export_to(gold_store, "xlsx", tmp_path / "t.xlsx")


@pytest.mark.parametrize("format", RDF)
def test_another_namespace_for_the_data(gold_store: Store, format: str) -> None:
    base = "http://example.org:8080/laws/id/"
    data = b"".join(kg.export(gold_store, format, base))
    assert parsed(data, format) == {triple.replace(terms.BASE, base) for triple in triples(gold_store)}


@pytest.mark.parametrize("format", ["csv", "parquet", "xlsx"])
def test_another_namespace_in_tables(gold_store: Store, tmp_path: Path, format: str) -> None:
    polars = pytest.importorskip("polars")
    base, place = "https://example.org/id/", tmp_path / ("t.xlsx" if format == "xlsx" else "t")
    export_to(gold_store, format, place, base)
    if format == "xlsx":
        rows = list(pytest.importorskip("openpyxl").load_workbook(place)["citations"].values)
        found = {row[rows[0].index("instrument")] for row in rows[1:]}
    else:
        read = polars.read_csv if format == "csv" else polars.read_parquet
        found = set(read(place / f"citations.{format}")["instrument"].to_list())
    assert found == {iri.replace(terms.BASE, base) for iri in expected_network(gold_store)[0] if "/instrument/" in iri}


@pytest.mark.parametrize(
    "base",
    [
        "",
        "example",
        "https://example.org",
        "https://example.org/a b/",
        'http://x/"><a/',
        "urn:x:",
        "https://example.org/id#",
    ],
)
def test_what_is_no_namespace(gold_store: Store, base: str) -> None:
    with pytest.raises(QueryError, match=r"is no namespace; one is like https://example\.org/id/ and ends in /\.$"):
        kg.export(gold_store, "turtle", base)


def test_a_text_that_another_namespace_would_change() -> None:
    graph = Lines(f"{terms.BASE}report/abababababab")
    graph.say(graph.name, "title", f"见 <{terms.BASE}report/1>", "@zh")
    with pytest.raises(QueryError, match=r"its text holds https://w3id\.org/fazhi/id/, which --base would change"):
        kg.export(Store.of([graph.nquads()]), "nquads", "https://example.org/id/")


@pytest.mark.parametrize(
    ("name", "given", "format"),
    [
        ("a.xlsx", None, "xlsx"), ("a.TTL", None, "turtle"), ("a.xml", None, "rdfxml"), ("a", None, "turtle"),
        ("a.ttl", "cube", "cube"), ("a.xml", "gexf", "gexf"), ("a.dat", "nquads", "nquads"), ("a.csv", "csv", "csv"),
    ],
)  # fmt: skip
def test_the_format_of_a_file_is_that_of_its_name(name: str, given: str | None, format: str) -> None:
    assert format_of(Path(name), given) == format


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        ("a.xlsx", "turtle", r"^a\.xlsx: a name that ends in \.xlsx is for xlsx, not for turtle\.$"),
        ("a.ttl", "xlsx", r"is for turtle or cube, not for xlsx\.$"),
        ("a.doc", None, r"^a\.doc: give --format, or a name that ends in \.ttl, .*\.parquet\.$"),
        ("a.csv", None, r"^a\.csv: csv makes a folder with a file for each table: --format csv -o FOLDER$"),
    ],
)
def test_a_name_that_promises_another_format(name: str, given: str | None, told: str) -> None:
    with pytest.raises(InputError, match=told):
        format_of(Path(name), given)


def test_usual_values_stand_in_the_tables(tables: Vocabulary, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    text = (
        "南坪县2023年法治政府建设情况报告\n一、主要成效\n全年调解纠纷46件，其中上半年调解纠纷20件。"
        "执法人员由12名增加到15名。\n二、2024年工作计划\n力争调解纠纷50件以上。\n"
    )
    document = read_text(text, "a.txt")
    graph = report_graph(document, kg.extract(document))
    export_to(Store.of([graph.nquads(), reference_graph([graph], tables).nquads()]), "xlsx", tmp_path / "a.xlsx")
    head, *rows = openpyxl.load_workbook(tmp_path / "a.xlsx")["observations"].values
    found = {(fact := dict(zip(head, row, strict=True)))["quote"]: fact for row in rows}
    said = {quote: (fact["status"], fact["bound"], fact["period"]) for quote, fact in found.items()}
    assert said["46件"] == ("done", "exact", "2023-01/2023-12")
    assert said["20件"] == ("done", "exact", "2023-01/2023-06")
    assert said["15名"] == ("done", "exact", "2023-01/2023-12")
    assert said["12名"] == ("done", "exact", None)
    status, bound, period = said["50件以上"]
    assert (status, bound) == ("planned", "at_least") and period != "2023-01/2023-12"
    assert {fact["whose"] for fact in found.values()} == {"district"} and all(fact["rule"] for fact in found.values())
    assert {fact["change_versus"] for fact in found.values()} == {None}


def test_what_cannot_be_exported(gold_store: Store, tmp_path: Path) -> None:
    with pytest.raises(
        QueryError, match=r"^No format 'hdt'\. There are: turtle, nquads, trig, jsonld, .*, csv, parquet, xlsx\.$"
    ):
        kg.export(gold_store, "hdt")
    with pytest.raises(QueryError, match=r"^csv makes tables, which want a place: give a file or folder with -o\.$"):
        kg.export(gold_store, "csv")
    with pytest.raises(InputError, match=r"cannot be written .* give another place with -o\.$"):
        export_to(gold_store, "turtle", tmp_path / "no" / "such" / "folder.ttl")
    assert set(FORMATS) & set(TABLES) == set()


def test_mentions_are_json_with_exact_quotes(seeds: dict[str, Document]) -> None:
    for document in seeds.values():
        for mention in mentions(document, kg.extract(document)):
            assert document.source[mention["start"] : mention["end"]] == mention["quote"]
            assert json.loads(json.dumps(mention)) == json.loads(json.dumps(mention, ensure_ascii=False))
