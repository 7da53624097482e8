"""Initiatives: sentences in many styles, how wordings are merged, and what the tables promise."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import TableError
from kg.extract import initiatives, names
from kg.model import Header, Instrument, Section
from kg.vocabulary import vocabulary
from tests.conftest import assert_linear

TABLE = tomllib.loads((Path(__file__).parent / "cases" / "initiatives.toml").read_text(encoding="utf-8"))
CASES = TABLE["case"]


def titles(text):
    """The instruments of a test sentence: whatever stands in 《》."""
    starts = [at for at, c in enumerate(text) if c == "《"]
    return [
        Instrument(start=at, end=text.index("》", at) + 1, rule="test", title="", kind="policy", doc_number=None,
                   relation="cites", law=None)
        for at in starts
    ]  # fmt: skip


def header_of(district, path=()):
    return Header(
        start=0,
        end=0,
        rule="test",
        title=None,
        issuer=None,
        district=district,
        district_path=path or ((district,) if district else ()),
        district_code=None,
        parent_code=None,
        year=None,
        published=None,
    )


def section(start, heading, body_end, role="achievements"):
    end = start + len(heading)
    return Section(start=start, end=end, rule="test", heading=heading, level=1, role=role, body_end=body_end)


def find(text, district="云山镇", path=(), heading="", role="achievements"):
    header = header_of(district, tuple(path))
    outline = []
    if heading or role != "achievements":
        outline = [section(0, heading, len(heading) + 1 + len(text), role)]
        text = f"{heading}\n{text}"
    found = initiatives.find(text, outline, titles(text), header, vocabulary())
    return text, found


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_sentences(case):
    text, found = find(case["text"], **{k: case[k] for k in ("district", "path", "heading", "role") if k in case})
    said = [" | ".join((text[i.start : i.end], i.name, i.kind, i.theme, i.status)) for i in found]
    assert said == case["finds"]


@pytest.mark.parametrize("case", TABLE["told"], ids=[case["text"][:20] for case in TABLE["told"]])
def test_names_with_kind_and_theme(case):
    _, found = find(case["text"], district="云岭县", path=("云南省", "云岭县"))
    assert [" | ".join((i.name, i.kind, i.theme)) for i in found] == case["finds"]


@pytest.mark.parametrize("case", TABLE["named"], ids=[case["text"][:20] for case in TABLE["named"]])
def test_names(case):
    _, found = find(case["text"], district="云岭县", path=("云南省", "云岭县"))
    assert [i.name for i in found] == case["names"]


@pytest.mark.xfail(reason="not yet right", strict=True)
@pytest.mark.parametrize("case", TABLE["not_yet"], ids=[case["text"][:20] for case in TABLE["not_yet"]])
def test_names_not_yet_right(case):
    _, found = find(case["text"], district="云岭县", path=("云南省", "云岭县"))
    assert [i.name for i in found] == case["names"]


def test_known_names_their_row_and_every_place():
    text, found = find("推行“三项制度”。全面落实行政执法三项制度,“三项制度”执行率100%。")
    (only,) = found
    assert (only.known, only.name, only.variants) == ("enforcement-three-systems", "三项制度", ("行政执法三项制度",))
    places = [text[place.start : place.end] for place in only.places]
    assert places == ["“三项制度”", "行政执法三项制度", "“三项制度”"]


def test_a_name_that_is_repeated_without_its_head_noun_counts_as_a_place():
    text, found = find("老槐树下话家常。打造“老槐树”调解工作室。“老槐树”接待群众30人,老槐树调解工作室获群众好评。")
    assert [(i.name, [text[p.start : p.end] for p in i.places]) for i in found] == [
        ("老槐树调解工作室", ["“老槐树”调解工作室", "“老槐树”", "老槐树调解工作室"])
    ]


@pytest.mark.parametrize(
    ("path", "known"),
    [(("广东省", "深圳市", "罗湖区"), "sz-1-9-n"), (("四川省", "成都市", "锦江区"), None), ((), None)],
)
def test_a_regional_name_is_known_in_its_region_only(path, known):
    _, found = find("健全“1+9+N”联调机制。", district="云山街道", path=path)
    assert [(i.name, i.known) for i in found] == [("1+9+N联调机制", known)]


def test_the_preamble_names_nothing_by_a_head_noun():
    text = "健全重大案件集体会商监督机制,现将情况报告如下:\n一、主要工作\n建立执法人员轮岗交流制度。"
    outline = [section(25, "一、主要工作", len(text))]
    found = initiatives.find(text, outline, [], header_of(None), vocabulary())
    assert [i.name for i in found] == ["执法人员轮岗交流制度"]


def test_what_stands_above_the_title_is_page_chrome():
    text = "一网通办 平安建设\n云山镇2023年法治政府建设年度报告\n一、主要工作\n推进平安建设。"
    title, heading = text.index("云山镇"), text.index("一、主")
    header = replace(header_of("云山镇"), start=title, end=heading - 1)
    outline = [section(heading, "一、主要工作", len(text))]
    found = initiatives.find(text, outline, [], header, vocabulary())
    assert [(i.start, i.name) for i in found] == [(text.rindex("平安"), "平安建设")]


def test_a_head_noun_more_is_the_same_initiative():
    text, found = find("推进一村(社区)一法律顾问。依托一村(社区)一法律顾问工作平台解答咨询。")
    assert [(i.known, [text[p.start : p.end] for p in i.places]) for i in found] == [
        ("village-legal-adviser", ["一村(社区)一法律顾问", "一村(社区)一法律顾问工作平台"])
    ]


@pytest.mark.parametrize(
    ("text", "names_", "variants"),
    [
        ("设立四大专业调解室,四大调解室受理纠纷9件。", ["四大专业调解室"], [("四大调解室",)]),
        (
            "健全重大案件会商研判制度、重大案件会商制度。",
            ["重大案件会商研判制度", "重大案件会商制度"],
            [(), ()],
        ),
    ],
)
def test_what_shortens_a_counted_name_is_the_same(text, names_, variants):
    _, found = find(text)
    assert ([i.name for i in found], [i.variants for i in found]) == (names_, variants)


HOSTILE = [
    "“",
    "”",
    '"',
    "机制",
    "建立",
    "一",
    "(",
    "1+",
    "甲+",
    "“甲”",
    "“甲”制度、",
    "和",
    "法治",
    " ",
    "·",
    "平安建设",
    "的",
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_long_lines_take_no_time(unit):
    assert_linear(lambda text: find(f"{text}机制"), [unit], 12_500 // len(unit))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("词,named,campaign,2\n词,named,campaign,2\n", "tables/name_words.csv:3: '词' already has the role named."),
        ("词,nomen,,\n", "tables/name_words.csv:2: no role 'nomen'; there are named,"),
        ("词,named,thing,2\n", "tables/name_words.csv:2: a head noun wants a kind and a number, not 'thing' and '2'."),
        ("词,named,body,x\n", "tables/name_words.csv:2: a head noun wants a kind and a number, not 'body' and 'x'."),
        (",phrase,,\n", "tables/name_words.csv:2: word is empty."),
        ("词,phrase\n", "tables/name_words.csv:2: 4 cells are wanted."),
    ],
)
def test_a_row_that_breaks_the_contract_is_named(tmp_path, rows, said):
    (tmp_path / "name_words.csv").write_text("word,role,value,least\n" + rows, encoding="utf-8")
    with pytest.raises(TableError) as error:
        names.load(tmp_path)
    assert str(error.value).startswith(said)


def test_a_table_with_other_columns_is_refused(tmp_path):
    (tmp_path / "name_words.csv").write_text("words,role,value,least\n", encoding="utf-8")
    with pytest.raises(TableError, match=r"name_words\.csv:1: no column 'word'"):
        names.load(tmp_path)


def test_the_tables_refer_to_each_other():
    words, tables = names.words(), vocabulary()
    assert {theme for theme, _ in words.by_role["theme"].values()} <= set(tables.themes)
    assert set(words.by_role["class"]) <= set(tables.initiatives)
    assert set(words.by_role["general"]) <= {*tables.initiative_names, *map(names.squash, tables.initiative_names)}
    assert {row.kind for row in tables.initiatives.values()} <= set(names.KINDS)


def test_no_wording_stands_in_two_rows():
    seen = {}
    twice = []
    for row in vocabulary().initiatives.values():
        for wording in (row.name, *row.aliases):
            if seen.setdefault(names.squash(wording), row.id) != row.id:
                twice.append((wording, seen[names.squash(wording)], row.id))
    assert twice == []


def test_no_set_phrase_is_an_initiative():
    phrases = names.words().by_role["phrase"]
    assert [wording for wording in vocabulary().initiative_names if wording in phrases] == []
