"""What counts, by hand: each question over reports that hold a figure of each kind that counts, and of each that does not.

Left out everywhere: parts, figures of higher and lower places, changes, obligations, restatements, plans, problems. Each
row is checked on two engines.
"""

import pytest
from rdflib import RDFS, Dataset, Graph

from kg import terms
from kg.export import nquads
from kg.store import Store
from kg.vocabulary import Vocabulary
from tests.conftest import ROOT
from tests.two_engines import answered, answered_by_rdflib, dataset_of, store_of


@pytest.fixture(scope="module")
def store(tables: Vocabulary) -> Store:
    return store_of(tables, "counted.toml")


@pytest.fixture(scope="module")
def second_engine(store: Store) -> Dataset:
    return dataset_of(store)


ASKED = [
    # A. coverage and duty
    ("missing-reports", {"year": "2022"}, "unit year reports first last", [("璜泾镇", 2022, 1, 2023, 2023)]),
    # due before 1 April: on that day it is late
    ("publication", {}, "unit year days late", [("沙溪镇", 2022, 0, True), ("沙溪镇", 2023, -1, False)]),
    ("missing-parts", {"year": "all"}, "unit year part", [
        ("沙溪镇", 2022, "first_responsible"), ("沙溪镇", 2023, "first_responsible"), ("沙溪镇", 2023, "plans"),
        ("沙溪镇", 2023, "problems"), ("璜泾镇", 2023, "first_responsible"),
    ]),
    ("problem-response", {}, "unit year", [("沙溪镇", 2023)]),
    # B. levels and rankings
    ("litigation", {"year": "2022"}, "indicator value bound", [
        ("行政复议件数", 12, "exact"), ("行政应诉件数", 20, "at_least"), ("败诉件数", 0, "denied"),
    ]),
    # silence is no zero; a denial of losses speaks of losses only
    ("court-appearances", {"year": "all"}, "unit year said litigations", [
        ("沙溪镇", 2022, "silent", 20), ("沙溪镇", 2023, "silent", None), ("璜泾镇", 2023, "silent", None),
    ]),
    ("silent-units", {"indicator": "supervision.losses"}, "unit year", [("沙溪镇", 2023), ("璜泾镇", 2023)]),
    # a plan speaks
    ("silent-units", {"indicator": "enforcement.inspections", "year": "2022"}, "unit", []),
    ("enforcement", {"year": "2022"}, "indicator value unit_text bound", [
        ("执法案件数", 5, "件", "exact"), ("罚没金额", 1.5, "万元", "exact"),
    ]),
    ("ranking", {"indicator": "disputes.cases"}, "unit year value bound", [
        ("沙溪镇", 2023, 130, "at_least"), ("沙溪镇", 2022, 100, "about"), ("璜泾镇", 2023, 20, "exact"),
    ]),
    ("ranking", {"indicator": "enforcement.fines"}, "year value unit_text", [(2022, 15000, "元"), (2023, 15000, "元")]),
    # there is no share of zero officers
    ("officers", {"year": "2022"}, "officers", []),
    ("mediation", {"year": "2022"}, "indicator value bound period", [
        ("调解纠纷件数", 100, "about", None), ("调解纠纷件数", 40, "exact", "2022-01/2022-06"),
    ]),
    ("legality-review", {"year": "2022"}, "indicator value bound", [
        ("审查合同数", 30, "exact"), ("文件合法性审查数", 50, "about"),
    ]),
    # C. change and comparison
    ("series", {"indicator": "disputes.cases", "place": "沙溪镇"}, "year value bound amount", [
        (2022, 100, "about", 100), (2022, 40, "exact", None), (2023, 130, "at_least", 130),
    ]),
    ("stated-changes", {}, "indicator stated least most agrees last now", [("执法案件数", 1100, 1100, 1100, True, 5, 60)]),
    ("jumps", {"indicator": "enforcement.cases"}, "year last now change magnitude", [(2023, 5, 60, 1100, True)]),
    ("jumps", {"indicator": "disputes.cases"}, "unit", []),
    ("jumps", {"indicator": "enforcement.fines"}, "unit", []),
    ("peers", {}, "unit value median peers times outlier", [
        ("沙溪镇", 130, 75, 2, 1.73, False), ("璜泾镇", 20, 75, 2, 0.27, True),
    ]),
    ("targets-met", {}, "indicator wanted result met", [
        ("执法检查次数", 200, None, "no result"), ("调解纠纷件数", 120, 130, "met"),
    ]),
    ("part-year", {"year": "all"}, "unit value period", [("沙溪镇", 40, "2022-01/2022-06")]),
    # D. legal instruments
    ("most-cited", {}, "instrument_ reports mentions", [("中华人民共和国民法典", 1, 2)]),
    ("who-cites", {"instrument": "民法典"}, "unit year relation mentions", [("沙溪镇", 2022, "cites", 2)]),
    ("time-to-mention", {"instrument": "民法典"}, "unit first years", [("沙溪镇", 2022, 2)]),
    ("who-omits", {"instrument": "民法典", "year": "2023"}, "unit", [("沙溪镇",), ("璜泾镇",)]),
    ("own-documents", {"year": "2022"}, "document", [("沙溪镇合同管理办法",)]),
    ("rulemaking", {"year": "2022"}, "indicator value", [("制定规范性文件数", 3), ("清理废止文件数", 2)]),
    # E. initiatives
    ("where-initiative", {"initiative": "田园法庭"}, "unit year status", [("璜泾镇", 2023, "planned")]),
    ("followers", {}, "unit first years leader", [("沙溪镇", 2022, 0, True), ("璜泾镇", 2023, 1, False)]),
    ("without-figures", {"year": "all"}, "unit year", [("沙溪镇", 2022)]),
    ("delegated-powers", {"year": "2022"}, "powers officers each each_most", [(80, 0, None, None)]),
    ("legal-advisers", {"year": "2022"}, "communities advisers village_advisers literates advisers_each literates_each", [
        (20, 3, 25, 400, 1.25, 20),
    ]),
    # F. problems and promises
    ("returning-problems", {}, "unit", []),
    ("promises", {}, "promise kind outcome", [
        ("执法检查次数", "indicator", "none"), ("调解纠纷件数", "indicator", "figure"),
    ]),
    ("targets", {"year": "2022"}, "name value bound", [("调解纠纷", 120, "exact"), ("执法检查", 200, "exact")]),
    ("perfect-scores", {"year": "all"}, "unit year claim indicator", [
        ("沙溪镇", 2022, "none", "败诉件数"), ("沙溪镇", 2022, "zero", "执法人员数"), ("沙溪镇", 2023, "all", "调解成功率"),
        ("璜泾镇", 2023, "zero", "行政处罚数"),
    ]),
    # G. trust: about 100 may be 130
    ("parts-sum", {}, "name whole sum", []),
    ("contradictions", {}, "name one other", [("法律援助案件", 7, 9)]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "parameters", "columns", "rows"), ASKED)
def test_what_counts(
    store: Store, name: str, parameters: dict[str, str], columns: str, rows: list[tuple[object, ...]]
) -> None:
    assert answered(store, name, parameters, columns) == rows


@pytest.mark.parametrize(("name", "parameters", "columns", "rows"), ASKED)
def test_a_second_engine_counts_alike(
    store: Store, second_engine: Dataset, name: str, parameters: dict[str, str], columns: str, rows: list[object]
) -> None:
    assert answered_by_rdflib(second_engine, store, name, parameters, columns) == rows


def test_counts_hold_where_a_store_infers_what_its_ontology_says(store: Store) -> None:
    ontology = Graph().parse(ROOT / "ontology" / "fazhi.ttl")
    above = {str(below): str(of) for below, of in ontology.subject_objects(RDFS.subPropertyOf) if terms.ONT in of}
    assert above == {terms.fz("quantifies"): terms.fz("undertakes")}
    stated = b"".join(nquads(store))
    inferred = b"".join(
        line.replace(below.encode(), of.encode(), 1) + b"\n"
        for line in stated.splitlines()
        for below, of in above.items()
        if f" <{below}> ".encode() in line
    )
    assert inferred
    wider = Store.of([stated, inferred])
    for name, parameters, columns, rows in ASKED:
        assert answered(wider, name, parameters, columns) == rows, name
