"""Values compared rightly: bounds as bounds, units converted, parts of the year apart, a denial no silence.

The reports of reports/compared.toml have figures that a careless comparison gets wrong; each row is checked on two
engines.
"""

import pytest
from rdflib import Dataset

from kg.store import Store
from kg.vocabulary import Vocabulary
from tests.two_engines import answered, answered_by_rdflib, dataset_of, store_of


@pytest.fixture(scope="module")
def store(tables: Vocabulary) -> Store:
    return store_of(tables, "compared.toml")


@pytest.fixture(scope="module")
def second_engine(store: Store) -> Dataset:
    return dataset_of(store)


ASKED = [
    # a target of at most ten is met by eight, one in 万元 by 元; 400余 against 450, and half a year, tell nothing
    ("targets-met", {}, "indicator wanted result met", [
        ("普法活动场次", 30, None, "no result"), ("法治讲座场次", 450, 400, "unclear"), ("行政应诉件数", 10, 8, "met"),
        ("调解涉及金额", 550000, 600000, "met"), ("调解纠纷件数", 200, 150, "missed"),
    ]),
    # from 40余 to 61 may be less than half more; 50万元 and 600000元 are near
    ("jumps", {"indicator": "enforcement.penalties"}, "last now", []),
    ("jumps", {"indicator": "disputes.amount"}, "last now", []),
    ("stated-changes", {}, "stated least most agrees last now", [(20, 20, 20, True, 500000, 600000)]),
    ("court-appearances", {"year": "all"}, "unit year said appearances", [
        ("沙溪镇", 2022, "partial", None), ("沙溪镇", 2023, "denied", 0), ("璜泾镇", 2023, "silent", None),
    ]),
    ("ranking", {"indicator": "disputes.amount"}, "value unit_text quote", [
        (600000, "元", "600000元"), (590000, "元", "59万元"), (500000, "元", "50万元"),
    ]),
    ("ranking", {"year": "2023"}, "value bound", [(61, "exact")]),
    ("ranking", {"year": "2023", "partial": "yes"}, "value bound", [(90, "exact, 2023-01/2023-06"), (61, "exact")]),
    ("series", {"indicator": "disputes.amount", "place": "沙溪镇"}, "year value unit_text amount", [
        (2022, 50, "万元", 500000), (2023, 600000, "元", 600000),
    ]),
    ("series", {"indicator": "publicity.activities"}, "value bound period amount", [
        (10, "at_most", None, 10), (40, "exact", "2023-01/2023-06", None),
    ]),
    # 40余 and 50余 may make a hundred, 20余 and 30余 not
    ("parts-sum", {}, "name whole sum", [("文件", 100, 50)]),
    ("officers", {"year": "2022"}, "officers cases cases_each cases_each_most", [(20, 60, 2.4, 4)]),
    ("delegated-powers", {"year": "2022"}, "powers officers each each_most", [(100, 20, 4, 6.67)]),
    ("publicity", {"year": "2022"}, "activities audience each each_most", [(10, 2000, 200, None)]),
    ("peers", {"indicator": "disputes.amount"}, "value median", [(600000, 595000), (590000, 595000)]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "parameters", "columns", "rows"), ASKED)
def test_values_are_compared_rightly(
    store: Store, name: str, parameters: dict[str, str], columns: str, rows: list[tuple[object, ...]]
) -> None:
    assert answered(store, name, parameters, columns) == rows


@pytest.mark.parametrize(("name", "parameters", "columns", "rows"), ASKED)
def test_a_second_engine_compares_alike(
    store: Store, second_engine: Dataset, name: str, parameters: dict[str, str], columns: str, rows: list[object]
) -> None:
    assert answered_by_rdflib(second_engine, store, name, parameters, columns) == rows


#: Of a change: what it says, in which unit, what the two reports give, whether that agrees.
CHANGED = [
    (5, "场", 10, 10, False), (6, "场", 6, 6, True), (3, "个百分点", 3, 3, True), (4, "件", 4, 4, True),
    (2.1, "万元", 2.1, 2.1, True), (30, "件", -110, -10, True), (3, "个百分点", -2, -2, False),
]  # fmt: skip
_OF_CHANGES = ("stated-changes", {}, "stated in least most agrees")


def test_a_change_may_be_stated_in_what_is_counted(tables: Vocabulary) -> None:
    store = store_of(tables, "changed.toml")
    assert sorted(answered(store, *_OF_CHANGES), key=str) == sorted(CHANGED, key=str)
    assert sorted(answered_by_rdflib(dataset_of(store), store, *_OF_CHANGES), key=str) == sorted(CHANGED, key=str)


def test_a_target_is_met_by_what_any_report_of_the_year_says(tables: Vocabulary) -> None:
    store = store_of(tables, "changed.toml")
    asked = ("targets-met", {}, "indicator wanted result met")
    rows = [("法律援助件数", 5, 4, "missed")]
    assert answered(store, *asked) == rows
    assert answered_by_rdflib(dataset_of(store), store, *asked) == rows


#: What a change began from (由42名) is not the year's, and who came in the year is compared with who came.
BEGAN = [
    ("targets-met", {}, "indicator wanted result met", [
        ("志愿者人数", 30, 28, "missed"), ("执法人员数", 8, None, "no result"), ("网格员人数", 5, 6, "met"),
    ]),
    ("promises", {}, "promise outcome", [("志愿者人数", "figure"), ("执法人员数", "none"), ("网格员人数", "figure")]),
    ("ranking", {"indicator": "enforcement.officers", "year": "2023"}, "value", [(36,)]),
    ("series", {"indicator": "enforcement.officers"}, "year value", [(2022, 40), (2023, 36)]),
    ("series", {"indicator": "enforcement.fines"}, "value period amount", [(7, None, 70000), (5, "2022-01/2022-12", None)]),
    ("perfect-scores", {}, "quote", []),
    # a rate of something narrower is none of the indicator, and has its own name where all are listed
    ("ranking", {"indicator": "disputes.success_rate"}, "value", [(96,)]),
    ("ranking", {"indicator": "disputes.success_rate.hotline"}, "value", [(99,)]),
    ("series", {"indicator": "disputes.success_rate"}, "indicator_ value", [("调解成功率", 96)]),
    ("peers", {"indicator": "disputes.success_rate"}, "value", [(96,)]),
    ("mediation", {}, "indicator value", [("热线诉求办结率", 99), ("调解成功率", 96)]),
    ("litigation", {}, "indicator value", [("复议纠错件数", 3), ("败诉率", 8)]),
    # what is planned is not made
    ("own-documents", {"year": "all"}, "year document", [(2023, "沙溪镇巡查制度")]),
    # what works badly is not done
    ("where-initiative", {"initiative": "码上监督"}, "unit status", [("沙溪镇", "problem")]),
    ("where-initiative", {"initiative": "网格法官"}, "unit status", [("沙溪镇", "done")]),
    ("without-figures", {}, "unit", []),
    ("followers", {"initiative": "网格法官"}, "unit", [("沙溪镇",)]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "parameters", "columns", "rows"), BEGAN)
def test_figures_answer_for_nothing_but_what_they_are(
    tables: Vocabulary, name: str, parameters: dict[str, str], columns: str, rows: list[tuple[object, ...]]
) -> None:
    store = store_of(tables, "began.toml")
    assert answered(store, name, parameters, columns) == rows
    assert answered_by_rdflib(dataset_of(store), store, name, parameters, columns) == rows
