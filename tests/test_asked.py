"""Questions in plain Chinese: which question of the catalogue is understood, with which parameters, and what is not."""

import pytest

from kg import terms
from kg.asked import _cues, read, understood
from kg.bind import bind
from kg.cues import cue
from kg.errors import QueryError
from kg.extract import places
from kg.questions import NAMES, question, questions
from kg.resolve import resolve
from kg.store import Store
from kg.vocabulary import load
from tests.conftest import cases

#: Of the cases that nobody looks at while the cue words are tuned, how many are understood; it may only rise.
FLOOR = 68


def named(store: Store, name: str, parameters: dict[str, str]) -> dict[str, str]:
    """Return parameters with names as the IRIs that they stand for."""
    kinds = {key: question(name).parameters[key].type for key in parameters}

    def iris(key: str, value: str) -> str:
        return ",".join(sorted(resolve(store, kinds[key], each, key) for each in value.split(",")))

    return {k: iris(k, v) if kinds[k] in NAMES else v for k, v in parameters.items()}


def is_understood(store: Store, case: dict[str, object]) -> bool:
    """Say whether a case is understood as it says; of one that asks nothing, that the catalogue cannot answer it."""
    asks, parameters = case["asks"], case["parameters"]
    assert isinstance(asks, str) and isinstance(parameters, dict)
    try:
        name, found = understood(store, str(case["label"]))
        return name == asks and named(store, name, dict(found)) == named(store, asks, parameters)
    except QueryError as error:
        return asks == "" and "not sure what is asked" in str(error)


@pytest.mark.parametrize("case", cases("asked"))
def test_a_question_is_understood(years_store: Store, case: dict[str, object]) -> None:
    assert is_understood(years_store, case)


def test_questions_that_were_kept_back_are_understood(years_store: Store) -> None:
    kept = [param.values[0] for param in cases("asked_held")]
    assert len(kept) == 78
    assert sum(is_understood(years_store, case) for case in kept) >= FLOOR


@pytest.mark.parametrize(
    "text", ["今天天气怎么样", "2023年的生产总值是多少", "你好", "法治政府", "太仓市2023年", "《民法典》第一条写了什么"]
)
def test_what_the_catalogue_cannot_answer_is_not_answered(years_store: Store, text: str) -> None:
    with pytest.raises(QueryError, match=r"not sure what is asked\. (Nearest: |`kg ask` lists)"):
        understood(years_store, text)


def test_the_nearest_is_offered_where_a_question_is_not_understood(years_store: Store) -> None:
    with pytest.raises(QueryError) as error:
        understood(years_store, "永安和陆渡的普法哪家强")
    assert str(error.value) == (
        "永安和陆渡的普法哪家强: not sure what is asked. Nearest: "
        "普法活动、资料、受众各多少,每场受众多少? (kg ask publicity); 某项指标,各地数值如何排列? (kg ask ranking)"
    )


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("去年哪些报告引用了民法典", {"year": "latest"}), ("去年各镇调解了多少纠纷", {}), ("24年各镇调解了多少纠纷", {"year": "2024"}),
        ("近三年各镇调解了多少纠纷", {"year": "2022-"}), ("近20年各镇调解了多少纠纷", {}),
    ],
)  # fmt: skip
def test_years_that_are_counted_from_now_or_cut_short(years_store: Store, text: str, year: dict[str, str]) -> None:
    found = understood(years_store, text)[1]
    assert {name: value for name, value in found.items() if name == "year"} == year


def test_two_places_are_both_asked_of_and_of_homonyms_none_is_guessed(years_store: Store) -> None:
    assert understood(years_store, "沙溪镇和璜泾镇调解了多少纠纷") == ("mediation", {"place": "沙溪镇,璜泾镇"})
    assert understood(years_store, "沙溪和璜泾调解了多少纠纷") == ("mediation", {"place": "沙溪镇,璜泾镇"})
    names = {"place": "沙溪镇,璜泾镇"}
    assert understood(years_store, "沙溪镇2022年调解纠纷和璜泾镇2022年调解纠纷各多少") == (
        "mediation",
        {"year": "2022", **names},
    )
    assert understood(years_store, "沙溪镇调解的纠纷比璜泾镇多多少")[1]["place"] == names["place"]
    assert understood(years_store, "太仓市2022年和同级比，沙溪镇调解了多少纠纷")[1]["place"] == "320585101"
    both = b"".join(
        f'<x:{i}> <{terms.TYPE}> <{terms.ONT}District> <x:g> .\n<x:{i}> <{terms.RDFS}label> "{name}"@zh <x:g> .\n'.encode()
        for i, name in enumerate(("东湖区", "东湖街道"))
    )
    with pytest.raises(QueryError, match="东湖 may be 东湖区, 东湖街道; write its name in full"):
        understood(Store.of([both]), "东湖调解了多少纠纷")


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("火星市2023年调解了多少纠纷", "火星市"), ("2023年火星市调解了多少纠纷", "火星市"),
        ("请问火星市2023年调解了多少纠纷", "火星市"), ("太仓市火星镇调解了多少纠纷", "火星镇"),
        ("沙溪镇和火星乡调解了多少纠纷", "火星乡"), ("火星县调解了多少纠纷", "火星县"), ("2023年度火星市罚款多少", "火星市"),
    ],
)  # fmt: skip
def test_a_place_that_nothing_is_known_of_is_not_passed_over(years_store: Store, text: str, unknown: str) -> None:
    with pytest.raises(QueryError) as error:
        understood(years_store, text)
    assert str(error.value) == f"{text}: {unknown}: nothing of this name is known."


def test_the_nearest_place_is_offered_for_a_misspelt_one(years_store: Store) -> None:
    with pytest.raises(QueryError, match=r"^黄泾镇2023年罚款多少: 黄泾镇: nothing .*Did you mean .*璜泾镇 \(320585"):
        understood(years_store, "黄泾镇2023年罚款多少")


@pytest.mark.parametrize(
    "place",
    [
        "", "各街道", "全省", "全省各市县", "该县", "本区", "辖区", "开发区", "高新区", "乡镇", "各乡镇", "镇街", "城区", "贫困县",
        "试点街道", "设区市", "下属各镇", "我市", "社区", "地区", "行政区划", "市场监管", "城市管理", "乡村振兴", "苏南地区", "两个镇",
        "县级市", "东部省份", "其他街道", "另外街道", "少数民族乡", "自贸区", "相邻县", "经济强县", "革命老区",
        "西部省市", "特别行政区", "功能区", "居民区", "优秀街道",
    ],
)  # fmt: skip
def test_what_is_no_name_of_a_place_is_no_unknown_one(years_store: Store, place: str) -> None:
    for text in (f"{place}2023年罚款多少", f"2023年{place}罚款多少", f"太仓市{place}2023年罚款多少"):
        name, found = understood(years_store, text)
        assert (name, found.get("year")) == ("enforcement", "2023")


def test_an_indicator_is_not_guessed(years_store: Store) -> None:
    with pytest.raises(QueryError, match=r"not sure what is asked\. Nearest: .*各地调解了多少纠纷"):
        understood(years_store, "哪个镇的纠纷最多")


def test_what_is_understood_can_be_asked(years_store: Store) -> None:
    name, found = understood(years_store, "江苏省太仓市沙溪镇2022年调解了多少起纠纷?")
    assert (name, found) == ("mediation", {"year": "2022", "place": "320585101"})
    assert "<https://w3id.org/fazhi/id/district/320585101>" in bind(years_store, question(name), found)


def test_a_place_is_understood_without_its_suffix_where_the_graph_has_it(years_store: Store) -> None:
    assert understood(years_store, "太仓各镇调解了多少纠纷")[1] == {"place": "太仓市"}


def test_a_county_is_understood_without_its_suffix_where_the_graph_lacks_it(years_store: Store) -> None:
    assert understood(years_store, "洛阳各镇调解了多少纠纷")[1] == {"place": "洛阳市"}
    assert understood(years_store, "香港2023年罚款多少")[1] == {"year": "2023", "place": "香港特别行政区"}
    assert understood(years_store, "太仓和洛阳2023年罚款多少")[1] == {"year": "2023", "place": "太仓市,洛阳市"}
    assert understood(years_store, "公安机关2023年罚款多少")[1] == {"year": "2023"}  # no 公安县
    with pytest.raises(QueryError, match="朝阳 may be 朝阳区, 朝阳县, 朝阳市; write its name in full"):
        understood(years_store, "朝阳2023年罚款多少")


@pytest.mark.parametrize(
    "text",
    ["太舱2023年调解了多少纠纷", "2023年太舱调解了多少纠纷", "太舱各镇调解了多少纠纷", "沙溪镇和太舱调解了多少纠纷"],
)
def test_a_misspelt_place_without_its_suffix_is_not_passed_over(years_store: Store, text: str) -> None:
    with pytest.raises(QueryError, match=r"太舱: nothing of this name is known\. Did you mean .*太仓"):
        understood(years_store, text)


@pytest.mark.parametrize("words", ["基层", "街道", "民间", "行政", "司法", "农村"])
def test_words_are_no_misspelt_places(years_store: Store, words: str) -> None:
    for text in (f"{words}2023年调解了多少纠纷", f"2023年{words}调解了多少纠纷"):
        assert understood(years_store, text) == ("mediation", {"year": "2023"})


def test_what_is_part_of_a_longer_name_is_no_place(years_store: Store) -> None:
    both = b"".join(
        f'<x:{i}> <{terms.TYPE}> <{terms.ONT}District> <x:g> .\n<x:{i}> <{terms.RDFS}label> "{name}"@zh <x:g> .\n'.encode()
        for i, name in enumerate(("长江街道", "建设镇", "枫桥镇"))
    )
    store = Store.of([both])
    assert understood(store, "哪些报告没有提到长江保护法") == ("who-omits", {"instrument": "长江保护法"})
    assert understood(store, "哪些单位在推行枫桥经验") == ("where-initiative", {"initiative": "枫桥经验"})
    assert understood(store, "长江2023年罚款多少")[1]["place"] == "长江街道"


def test_every_question_has_its_cue_words() -> None:
    assert {cue.means for cue in _cues()} == set(questions())


def test_cue_words_are_read() -> None:
    either, near, neither = cue("x", "没|未 报告"), cue("x", "没>发布"), cue("x", "报告 !引用")
    assert [either.fits(text) for text in ("未见报告", "报告没了", "没有年报")] == [True, True, False]
    assert [near.fits(text) for text in ("没有发布", "发布没有", "没有人知道在哪里会发布")] == [True, False, False]
    assert [neither.fits(text) for text in ("报告", "引用的报告")] == [True, False]
    with pytest.raises(ValueError, match=r"'@nothing' is no row of asked_words.csv"):
        cue("x", "@nothing")


def test_everyday_words_name_an_indicator_and_quotes_an_initiative_of_the_graph(years_store: Store) -> None:
    assert understood(years_store, "哪个镇罚款最多") == ("ranking", {"indicator": "enforcement.fines"})
    assert understood(years_store, "谁率先推行“田园法庭”")[1] == {"initiative": "田园法庭"}
    with pytest.raises(QueryError, match="not sure what is asked"):
        understood(years_store, "谁率先推行“无此做法”")


def test_a_place_that_the_graph_lacks_is_known_by_its_code(years_store: Store) -> None:
    name, found = understood(years_store, "南京市鼓楼区2023年调解了多少纠纷")
    assert (name, found) == ("mediation", {"year": "2023", "place": "320106"})
    assert "district/320106>" in bind(years_store, question(name), found)
    with pytest.raises(
        QueryError, match=r"鼓楼区: more than one has this name. Give a code: 江苏省南京市鼓楼区 \(320106\)"
    ):
        bind(years_store, question(name), {"place": "鼓楼区"})


def test_a_question_has_the_places_that_a_report_with_its_words_has() -> None:
    texts = ["江苏省太仓市沙溪镇和璜泾镇2023年", "市委和县委说什么", "各县市辖区办了多少", "市区花桥镇"]
    found = []
    for find in (places.find, places.find_few):
        tables = load()
        found.append([[each.name for each in find(text, tables)] for text in texts])
        assert ("places" in vars(tables)) == (find is places.find)
    assert found[0] == found[1] == [["江苏省", "太仓市", "沙溪镇", "璜泾镇"], [], [], ["花桥镇"]]


def test_a_year_to_come_is_planned_for_in_the_latest_reports(years_store: Store) -> None:
    assert understood(years_store, "2025年各单位有什么计划") == ("commitments", {"year": "2024"})
    assert understood(years_store, "2023年的报告里有什么计划")[1] == {"year": "2023"}


def test_the_year_of_the_outcome_is_asked_for(years_store: Store) -> None:
    assert understood(years_store, "2022年定的目标2023年完成了吗") == ("targets-met", {"year": "2023"})


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("1999年沙溪镇调解了多少纠纷", "1999"), ("一九九九年沙溪镇调解了多少纠纷", "1999"), ("2102年沙溪镇调解了多少纠纷", "2102"),
        ("二〇二三年沙溪镇调解了多少纠纷", "2023"), ("二O二三年沙溪镇调解了多少纠纷", "2023"), ("２０２３年沙溪镇调解了多少纠纷", "2023"),
        ("沙溪镇调解了多少纠纷，有1999至2500件吗", None), ("沙溪镇调解了多少纠纷，有二零二三件吗", None),
    ],
)  # fmt: skip
def test_a_year_of_another_century_or_in_other_digits_is_not_dropped(
    years_store: Store, text: str, year: str | None
) -> None:
    assert understood(years_store, text)[1].get("year") == year


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("去年调解了多少纠纷", "去年: counted from the latest year of the reports; name a year for another."),
        ("太仓市水务局罚款多少", "水务局: not asked; no question takes one body, and the answer is of the place."),
        ("水务局2023年罚款多少", "水务局: not asked; no question takes one body, and the answer is of all."),
        ("纠纷调解数的变化趋势，2023年", "2023年: not asked; series takes no year."),
        (
            "2023年执法人员不足的问题有哪些",
            "执法人员数: not asked; problems takes no indicator, and the answer is not of it alone.",
        ),
        ("2023年行政处罚减少最多的前三名是谁", None),
        ("2023年哪些报告提到行政复议法", None),
        ("2023年罚款减少的排名", "减少: not asked; the answer does not tell what rose or fell."),
    ],
)
def test_what_is_passed_over_is_said(years_store: Store, text: str, note: str | None) -> None:
    assert read(years_store, text)[2] == ((note,) if note else ())


@pytest.mark.parametrize(
    "text",
    [
        "2022年太仓市罚款多少",
        "太仓市各局罚款多少",
        "太仓市局长出庭几次",
        "去年的问题整改落实得怎么样",
        "2023年去年的承诺兑现了吗",
    ],
)
def test_nothing_is_said_where_all_is_asked(years_store: Store, text: str) -> None:
    assert read(years_store, text)[2] == ()


def test_an_initiative_or_a_short_law_may_be_mentioned_by_any_common_wording(years_store: Store) -> None:
    for text in ("哪些报告提到了枫桥经验", "枫桥经验在哪些地方", "枫桥经验出现在哪里"):
        assert understood(years_store, text) == ("where-initiative", {"initiative": "枫桥经验"})
    for text in ("谁引用了水法", "水法被哪些单位引用", "2023年水法被谁引用"):
        name, found = understood(years_store, text)
        assert (name, found["instrument"]) == ("who-cites", "水法")
    for text in ("谁引用了节水法规", "哪些报告引用了水法规", "哪些报告没有提到枫桥经验"):
        with pytest.raises(QueryError, match="not sure what is asked"):
            understood(years_store, text)


@pytest.mark.parametrize(("name", "message"), [("罚款", r"Did you mean 罚没金额\?"), ("天气", "is known.$")])
def test_an_everyday_word_for_an_indicator_is_answered_with_its_label(
    years_store: Store, name: str, message: str
) -> None:
    with pytest.raises(QueryError, match=message):
        resolve(years_store, "indicator", name, name)
