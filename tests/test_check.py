"""Checks: each finds what it is for and nothing beside it; findings are read by other programs."""

import json
import re
import sys
import tomllib
from copy import deepcopy
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import RDF, SH, Dataset, Graph

import kg
from kg import terms
from kg.check import SEVERITIES, sarif, triples
from kg.errors import QueryError
from kg.graph import Graph as Lines
from kg.graph import reference_graph, report_graph
from kg.model import Document, Finding
from kg.shapes import shapes
from kg.store import Store
from kg.vocabulary import Vocabulary
from tests.conftest import ROOT, cases

CHECKS = {file.stem for file in (ROOT / "queries" / "checks").glob("*.rq")}


def built(case: dict[str, Any]) -> Store:
    """Return a store of the reports of a case: each a year, a district, and figures or citations by name."""
    graphs = []
    shared = Lines(terms.REFERENCE)
    for id_, row in case.get("instruments", {}).items():
        iri = terms.instrument(id_, "")
        shared.say(iri, "label", row.pop("title"), "@zh")
        for name, value in row.items():
            shared.say(iri, name, value, f"{terms.XSD}date")
    shared.say(terms.metric("disputes.success_rate"), "dimension", "ratio")
    for unit, (canonical, factor) in case.get("units", {}).items():
        shared.say(terms.measure(unit), "notation", unit)
        shared.say(terms.measure(canonical), "notation", canonical)
        shared.link(terms.measure(unit), "canonicalUnit", terms.measure(canonical))
        shared.say(terms.measure(unit), "factor", float(factor))
    for number, report in enumerate(case["reports"]):
        graph = Lines(f"{terms.BASE}report/{number:012d}")
        place = f"{terms.BASE}district/{report.get('district', number)}"
        graph.say(graph.name, "year", report["year"])
        graph.say(graph.name, "reporter", report.get("body", place.rpartition("/")[2]))
        graph.link(graph.name, "district", place)
        shared.say(place, "level", "county")
        for at, fact in enumerate(report["facts"]):
            iri = f"{graph.name}/observation/{at}-{at + 1}"
            graph.link(iri, "report", graph.name)
            sentence = f"{graph.name}/sentence/{fact.pop('sentence', 0)}-99"
            graph.link(iri, "sentence", sentence)
            if "label" in fact:
                quote = f"{fact['value']}{fact['unitText']}"
                graph.say(iri, "quote", quote)
                graph.say(sentence, "text", f"{fact.pop('before', fact['label'])}{quote}。")
            for name, value in fact.items():
                if name in ("partOf", "restates"):
                    graph.link(iri, name, f"{graph.name}/observation/{value}-{value + 1}")
                elif name == "period":
                    first, last = value.split("/")
                    graph.link(iri, name, terms.period(value))
                    shared.say(terms.period(value), "firstDay", first, f"{terms.XSD}date")
                    shared.say(terms.period(value), "lastDay", last, f"{terms.XSD}date")
                elif name == "instrument":
                    graph.link(iri, name, terms.instrument(value, ""))
                elif name == "metric":
                    graph.link(iri, name, terms.metric(value))
                else:
                    graph.say(
                        iri,
                        name,
                        float(value) if name.lower().endswith("value") else value,
                        "@zh" if name == "label" else "",
                    )
        graphs.append(graph)
    return Store.of(g.nquads() for g in [*graphs, shared])


@pytest.mark.parametrize("case", cases("checks"))
def test_a_check_finds_what_it_is_for(case: dict[str, Any]) -> None:
    found = [f for f in kg.check(built(case)) if f.check in CHECKS]
    assert [[f.check, f.severity, f.focus.removeprefix(f"{terms.BASE}report/"), f.value] for f in found] == case[
        "finds"
    ]


@pytest.mark.parametrize("case", [case for case in cases("checks") if len(case.values[0]["reports"]) > 1])
def test_a_check_finds_the_same_where_each_body_is_a_slice_of_its_own(
    case: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reports of one body are compared however many others there are, and bodies across slices."""
    store = built(deepcopy(case))
    found = kg.check(store)
    monkeypatch.setattr(sys.modules["kg.check.slices"], "_SLICE", 1)
    assert kg.check(store) == found


def test_every_check_has_a_case_that_it_finds_and_one_that_it_does_not() -> None:
    with (ROOT / "tests" / "cases" / "checks.toml").open("rb") as stream:
        rows = tomllib.load(stream)["case"]
    assert {find[0] for row in rows for find in row["finds"]} == CHECKS
    assert {row["of"] for row in rows if not row["finds"]} == CHECKS


def test_the_seed_whose_parts_do_not_sum(seeds: dict[str, Document], tables: Vocabulary) -> None:
    """It states 147 and lists parts that sum to 75."""
    document = next(document for name, document in seeds.items() if name.startswith("002"))
    graph = report_graph(document, kg.extract(document))
    found = kg.check(Store.of([graph.nquads(), reference_graph([graph], tables).nquads()]))
    short = [finding for finding in found if finding.check == "parts-fall-short"]
    assert [(finding.value, finding.severity) for finding in short] == [("75 < 147", "info")]


def test_the_graph_of_the_seeds_keeps_its_shapes(gold_store: Store) -> None:
    assert [f for f in kg.check(gold_store) if f.severity == "violation"] == []


BROKEN = f"""
    @prefix fz: <{terms.ONT}> . @prefix rdfs: <{terms.RDFS}> . @prefix r: <https://w3id.org/fazhi/id/report/> .
    @prefix xsd: <{terms.XSD}> .
    r:a a fz:Report ; fz:sha256 "abc" ; fz:script "latin" ; fz:year "2023" ; fz:characterCount 1 , 2 ; fz:district r:a .
    r:o a fz:Observation ; fz:value -3.0 ; fz:inferredMaxValue -4.0 ; fz:bound "roughly" ; fz:status "done" , "planned" ;
        fz:report r:a ; fz:quote "" ; fz:norm false ; fz:partOf r:a .
    r:m a fz:Metric ; rdfs:label "甲"@zh , "乙"@zh . r:s a fz:Section ; rdfs:label "一" ; fz:headingLevel 7 ; fz:report r:a .
    r:p a fz:Period ; rdfs:label "always" ; fz:firstDay "2020-02-01"^^xsd:date ; fz:lastDay "2020-01-01"^^xsd:date .
    r:v a fz:InstrumentVersion ; fz:versionOf r:a ; fz:adopted "2020-03-01"^^xsd:date ; fz:inForceFrom "2020-02-01"^^xsd:date ;
        fz:inForceUntil "2020-01-01"^^xsd:date . r:l a fz:LegalInstrument ; fz:promulgated "2020-03" ; fz:effective 2020 .
    r:d a fz:District ; rdfs:label "某"@zh ; fz:code "1" ; fz:level "moon" . r:u a fz:MeasureUnit ; fz:factor 0.0 .
    r:b a fz:Report ; fz:published "2023-02-31"^^xsd:date ; fz:characterCount "many"^^xsd:integer .
"""


def by_pyshacl(data: Graph) -> set[tuple[str, str, str]]:
    """Return (severity, path, focus) of all results of the reference implementation."""
    ontology = Graph().parse(ROOT / "ontology" / "shapes.ttl")
    _, report, _ = pyshacl.validate(data, shacl_graph=ontology, advanced=False)
    return {
        (
            str(report.value(result, SH.resultSeverity)).rpartition("#")[2].lower(),
            str(report.value(result, SH.resultPath)).rpartition("#")[2],
            str(report.value(result, SH.focusNode)),
        )
        for result in report.subjects(RDF.type, SH.ValidationResult)
    }


def by_us(store: Store) -> set[tuple[str, str, str]]:
    found = [f for f in kg.check(store) if f.check.startswith("shape:")]
    return {(f.severity, f.check.removeprefix("shape:"), f.focus) for f in found}


def test_we_find_what_pyshacl_finds_in_broken_data() -> None:
    quads = Lines("x:g")
    data = Graph().parse(data=BROKEN, format="turtle")
    quads.lines |= {f"{line[:-2]} <x:g> .\n": None for line in data.serialize(format="nt").splitlines() if line}
    found = by_us(Store.of([quads.nquads()]))
    assert found == by_pyshacl(data)
    assert len({path for _, path, _ in found}) > 20


@pytest.mark.parametrize("written", ["NaN", "1e3", "Infinity", "", "3,5", "many"])
def test_a_number_is_written_as_its_datatype_wants_it(written: str) -> None:
    """pySHACL stops at NaN."""
    graph = Lines(f"{terms.BASE}report/{'1' * 12}")
    fact = f"{graph.name}/observation/0-1"
    graph.a(fact, "Observation")
    graph.say(fact, "value", written, f"{terms.XSD}decimal")
    found = {(f.check, f.value) for f in kg.check(Store.of([graph.nquads()]))}
    assert ("shape:value", written) in found


def test_slices_of_any_size_find_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    label = "parts and whole are compared in one unit and with their bounds"
    (case,) = (row for row in cases("checks") if row.values[0]["label"] == label)  # type: ignore[index,call-overload]
    store = built(case.values[0])  # type: ignore[arg-type]
    whole = kg.check(store)
    assert len(whole) == 3
    monkeypatch.setattr(sys.modules["kg.check.slices"], "_SLICE", 1)
    assert kg.check(store) == whole


def test_a_thing_may_be_described_in_another_graph() -> None:
    one, other = Lines(f"{terms.BASE}report/{'1' * 12}"), Lines(f"{terms.BASE}report/{'2' * 12}")
    one.a(f"{one.name}/section/0-1", "Section")
    one.link(f"{one.name}/section/0-1", "report", other.name)
    missing = {f.message for f in kg.check(Store.of([one.nquads()]))}
    other.a(other.name, "Report")
    found = {f.message for f in kg.check(Store.of([one.nquads(), other.nquads()])) if f.focus != other.name}
    assert missing - found == {"章节不属于任何报告 / A section belongs to no report"}


def test_we_find_what_pyshacl_finds_in_the_seeds(gold_store: Store) -> None:
    data = Graph()
    for s, p, o, _ in (
        Dataset(default_union=True).parse(data=b"".join(kg.export(gold_store, "nquads")), format="nquads").quads()
    ):
        data.add((s, p, o))
    assert by_us(gold_store) == by_pyshacl(data)


FOUND = [
    Finding(
        "share-over-100",
        "warning",
        "比率超过百分之百 / A share is over 100 %",
        f"{terms.BASE}report/x/observation/1-2",
        "120",
    ),
    Finding(
        "shape:value",
        "violation",
        '数据没有"数值" / An observation has no value',
        f"{terms.BASE}report/x/observation/3-4",
        "",
    ),
]


def test_findings_are_triples_that_keep_their_shape() -> None:
    data = triples(FOUND)
    assert data == triples(FOUND[::-1])
    store = Store.of([data])
    assert kg.check(store) == []
    rows = kg.query(
        store,
        f"""PREFIX fz: <{terms.ONT}> PREFIX rdfs: <{terms.RDFS}>
        SELECT ?check ?severity ?about ?found ?zh {{ ?f a fz:Finding ; fz:check ?check ; fz:severity ?severity ; fz:about ?about ;
          rdfs:label ?zh OPTIONAL {{ ?f fz:found ?found }} FILTER(LANG(?zh) = "zh") }} ORDER BY ?check""",
    ).rows
    assert rows == (
        ("shape:value", "violation", f"{terms.BASE}report/x/observation/3-4", None, '数据没有"数值"'),
        ("share-over-100", "warning", f"{terms.BASE}report/x/observation/1-2", "120", "比率超过百分之百"),
    )
    used = {q.predicate.value.removeprefix(terms.ONT) for q in ox.parse(data, format=ox.RdfFormat.N_QUADS)}  # type: ignore[union-attr]
    assert {"check", "severity", "about", "found"} <= used


def test_sarif_leads_to_the_place_in_the_file(gold_store: Store) -> None:
    answer = kg.ask(gold_store, "figures", text=".txt", most="all")
    fact, row = answer.evidence[0][0], dict(zip(answer.columns, answer.rows[0], strict=True))
    log = json.loads(
        sarif(gold_store, [Finding("share-over-100", "warning", "比率 / A share", fact, "120"), *FOUND[1:]])
    )
    assert log["version"] == "2.1.0"
    run = log["runs"][0]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["shape:value", "share-over-100"]
    first, second = run["results"]
    assert (first["ruleId"], first["ruleIndex"], first["level"]) == ("share-over-100", 1, "warning")
    assert first["message"] == {"text": "比率 / A share: 120"}
    assert first["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": row["file"]},
        "region": {
            "charOffset": row["start"],
            "charLength": row["end"] - row["start"],
            "snippet": {"text": row["quote"]},
        },  # type: ignore[operator]
    }
    assert (second["level"], second["locations"]) == (
        "error",
        [{"logicalLocations": [{"fullyQualifiedName": FOUND[1].focus}]}],
    )
    assert run["columnKind"] == "unicodeCodePoints"


def test_sarif_keeps_the_rules_of_its_standard(gold_store: Store) -> None:
    """What the schema of SARIF 2.1.0 demands of the objects that are written, and allows in them (OASIS, section 3)."""
    fact = kg.ask(gold_store, "figures", text=".txt").evidence[0][0]
    places = [fact, f"{terms.BASE}metric/other", f"{terms.BASE}report/x/%22"]
    log = json.loads(sarif(gold_store, [Finding("a", s, "甲 / a", p, "") for s in SEVERITIES for p in places]))
    allowed = {
        "log": {"$schema", "version", "runs"}, "run": {"tool", "columnKind", "results"},
        "driver": {"name", "version", "informationUri", "rules"}, "rule": {"id", "shortDescription"},
        "result": {"ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"},
        "location": {"logicalLocations", "physicalLocation"}, "region": {"charOffset", "charLength", "snippet"},
    }  # fmt: skip
    assert set(log) == allowed["log"] and log["version"] == "2.1.0"
    for run in log["runs"]:
        driver = run["tool"]["driver"]
        assert set(run) == allowed["run"] and set(run["tool"]) == {"driver"} and set(driver) <= allowed["driver"]
        assert run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints") and driver["name"]
        assert all(set(rule) == allowed["rule"] and rule["shortDescription"]["text"] for rule in driver["rules"])
        assert len({rule["id"] for rule in driver["rules"]}) == len(driver["rules"])
        assert len(run["results"]) == 9
        for result in run["results"]:
            assert set(result) == allowed["result"] and result["message"]["text"]
            assert result["level"] in ("none", "note", "warning", "error")
            assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
            assert all(isinstance(value, str) for value in result["partialFingerprints"].values())
            for location in result["locations"]:
                assert set(location) <= allowed["location"]
                if physical := location.get("physicalLocation"):
                    region = physical["region"]
                    assert re.fullmatch(r"(?:[\w.~/-]|%[0-9A-F]{2})+", physical["artifactLocation"]["uri"], re.ASCII)
                    assert set(region) == allowed["region"] and region["snippet"]["text"]
                    assert region["charOffset"] >= 0 and region["charLength"] == len(region["snippet"]["text"])
    levels = {result["level"] for result in log["runs"][0]["results"]}
    assert levels == {"error", "warning", "note"}
    assert sum("physicalLocation" in result["locations"][0] for result in log["runs"][0]["results"]) == 3


def test_severities_are_those_of_the_checks() -> None:
    for file in (ROOT / "queries" / "checks").glob("*.rq"):
        head = dict(
            line[2:].split(": ", 1) for line in file.read_text(encoding="utf-8").splitlines() if line.startswith("# ")
        )
        assert head["id"] == file.stem
        assert head["severity"] in SEVERITIES
        assert head["zh"] and head["en"]


def test_a_constraint_that_is_not_understood_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    text = (ROOT / "ontology" / "shapes.ttl").read_text(encoding="utf-8")
    (tmp_path / "shapes.ttl").write_text(text.replace("sh:minLength 1", "sh:maxLength 9", 1), encoding="utf-8")
    monkeypatch.setattr("kg.shapes.reading.folder", lambda name: tmp_path)
    with pytest.raises(
        QueryError, match=r"^ontology/shapes\.ttl: sh:maxLength is not understood; see kg/shapes/constraints\.py\.$"
    ):
        list(shapes())
