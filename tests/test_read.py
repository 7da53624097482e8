"""Reading: encodings, repair and its alignment, what is no report, and paths that cannot be read."""

import random
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError, SetAside
from kg.model import Document
from kg.read import find_files, read, read_all, read_text
from kg.read.plain import decode
from kg.read.scripts import simplify, stays, traditional
from kg.vocabulary import Vocabulary
from tests.conftest import SEEDS, assert_linear, cases

#: Rules that are functions, not rows of RULES.
ELSEWHERE = {
    "utf8-as-latin1", "gbk-as-latin1", "utf8-as-gbk", "shifted-bytes", "full-width",
    "radical", "entity", "markdown", "invisible", "pinyin", "variant", "page-break", "page-number", "line-join", "line-split",
    "advertisement", "bullet", "escape", "tag", "running-head",
}  # fmt: skip
REPORT = "甲镇2023年法治政府建设年度报告\n2023年,我镇深入推进依法行政,开展普法宣传活动12场次,发放资料3000余份。\n" * 4


@pytest.mark.parametrize("case", cases("repair"))
def test_repair(case: dict[str, Any]) -> None:
    document = read_text(case["source"], "case.txt")
    assert document.text == case["text"]
    assert [repair.rule for repair in document.repairs] == case["rules"]
    assert [doubt.rule for doubt in document.doubts] == case.get("doubts", [])
    assert len(document.alignment.starts) == len(document.alignment.ends) == len(document.text)


def test_a_simplified_text_keeps_the_names_of_all_places(tables: Vocabulary) -> None:
    assert [name for name in tables.places_by_name if simplify(name) != name] == []
    assert simplify("乾县以此为藉口,推进藉口镇的若乾工作") == "乾县以此为借口,推进藉口镇的若干工作"
    assert simplify("幹部隊伍建設和乾縣規劃,骨乾企業發展") == "干部队伍建设和乾县规划,骨干企业发展"


def test_every_rule_has_a_case() -> None:
    from kg.read.repair import RULES

    seen = {rule for case in cases("repair") for rule in case.values[0]["rules"]}
    assert seen == {name for name, *_ in RULES} | ELSEWHERE


@pytest.mark.parametrize("seed", range(60))
def test_every_character_leads_back_in_order(seed: int) -> None:
    """Random texts of damaged pieces: spans never go back, unchanged characters map to themselves."""
    dice = random.Random(seed)
    pieces = [case.values[0]["source"] for case in cases("repair")] + ["法治", "12 件", "。", ",", "\n", "(", ")", "?"]
    source = "".join(dice.choice(pieces) for _ in range(12))
    document = read_text(source, "random.txt")
    repairs = document.repairs
    starts, ends = list(document.alignment.starts), list(document.alignment.ends)
    assert starts == sorted(starts)
    assert ends == sorted(ends)
    assert all(0 <= start < end <= len(source) for start, end in zip(starts, ends, strict=True))
    assert read_text(source, "again.txt") == replace(document, name="again.txt")
    assert all(0 <= repair.start < repair.end <= len(source) for repair in repairs)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings(encoding: str) -> None:
    text, _ = decode(REPORT.encode(encoding))
    assert text.removeprefix("\ufeff") == REPORT


@pytest.mark.parametrize("encoding", ["big5", "gb18030", "utf-8"])
def test_traditional_text_in_its_encodings(encoding: str) -> None:
    text = "本區依法行政工作報告,推動法治政府建設,加強行政執法監督。" * 5
    assert decode(text.encode(encoding)) == (text, encoding)


@pytest.mark.parametrize("text", ["法治政府建设", "本镇开展普法宣传3次。", "依法行政"])
def test_short_gbk_is_not_taken_for_big5(text: str) -> None:
    assert decode(text.encode("gbk")) == (text, "gb18030")


def test_a_page_whose_first_characters_are_no_chinese() -> None:
    """A long script at its head says nothing of a page's encoding."""
    text = "<script>" + "var a = 0;\n" * 400 + f"</script><p>{REPORT}"
    assert decode(text.encode("gb18030")) == (text, "gb18030")


def test_line_ends_become_newlines() -> None:
    assert decode("一\r\n二\r三\n".encode())[0] == "一\n二\n三\n"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t\n", "empty"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), "format"),
        ("noise.txt", bytes(range(128, 256)) * 40, "binary"),
        ("russian.txt", ("Отчёт о работе администрации" * 20).encode("cp1251"), "encoding"),
        ("report.wps", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "format"),
        ("weather.txt", ("今日天气晴朗,适宜出行。" * 30).encode(), "not-a-report"),
        ("short.txt", "法治政府建设".encode(), "not-a-report"),
    ],
)
def test_files_that_are_left_out(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(data)
    (reason,) = read_all([tmp_path])
    assert isinstance(reason, SetAside)
    assert reason.code == code
    assert str(reason).startswith(f"{name}: ")
    assert "\n" not in str(reason)


def test_names_are_below_the_folder_and_unique(tmp_path: Path) -> None:
    for name in ("b/2.txt", "a.txt", "b/.hidden.txt", ".git/x.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(REPORT, encoding="utf-8")
    assert [name for _, name in find_files([tmp_path])] == ["a.txt", "b/2.txt"]
    assert [name for _, name in find_files([tmp_path, tmp_path / "a.txt"])] == ["a.txt", "b/2.txt"]
    assert [name for _, name in find_files([tmp_path / "b" / "2.txt"])] == ["2.txt"]


def test_two_folders_with_a_file_of_one_name(tmp_path: Path) -> None:
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "r.txt").write_text(REPORT, encoding="utf-8")
    names = [name for _, name in find_files([tmp_path / "x", tmp_path / "y"])]
    assert names == [(tmp_path / "x" / "r.txt").as_posix(), (tmp_path / "y" / "r.txt").as_posix()]


def test_a_missing_path_and_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere: no such file or folder"):
        find_files([tmp_path / "nowhere"])
    with pytest.raises(InputError, match="no files here"):
        find_files([tmp_path])


def test_the_seeds(seeds: dict[str, Document]) -> None:
    assert [(name[:3], d.script, d.encoding) for name, d in seeds.items()] == [
        ("000", "hant", "utf-8"), ("001", "hant", "utf-8"), ("002", "hans", "utf-8"), ("003", "hans", "utf-8"),
        ("004", "hans", "utf-8"),
    ]  # fmt: skip
    assert all((SEEDS / name).read_text(encoding="utf-8") == d.source for name, d in seeds.items())


def test_a_hostile_line_takes_linear_time() -> None:
    assert_linear(
        lambda text: read_text(text, "hostile.txt"),
        ("(", "1 ", "?", "  ", "法(", "、,", "。。", "..", "…1\n", "{{", " |", "乾"),
    )


def test_read_gives_the_name_it_is_told(tmp_path: Path) -> None:
    path = tmp_path / "r.txt"
    path.write_text(REPORT, encoding="utf-8")
    assert (read(path).name, read(path, "a/r.txt").name, read(str(path)).format) == ("r.txt", "a/r.txt", "txt")


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "utf-16-le", "utf-16-be", "utf-8"])
def test_pieces_of_reports_in_every_encoding(encoding: str, seeds: dict[str, Document]) -> None:
    """Any twenty characters of the seeds come back: Big5 of the traditional ones, else of all."""
    dice = random.Random(encoding)
    sources = [d.source for d in seeds.values() if encoding != "big5" or d.script == "hant"]
    for source in sources:
        for _ in range(60):
            at = dice.randrange(len(source) - 20)
            piece = source[at : at + 20].encode(encoding, "ignore").decode(encoding)
            if sum(c > "\u3400" for c in piece) >= 8:
                assert decode(piece.encode(encoding))[0] == piece


def test_a_few_broken_bytes_do_not_hide_an_encoding() -> None:
    for encoding in ("utf-8", "gb18030"):
        data = REPORT.encode(encoding)
        text, found = decode(data[:300] + b"\xff" + data[300:-1])
        assert found == encoding
        assert text.startswith(REPORT[:80])


def test_a_short_text_with_bad_bytes_is_read_and_says_where() -> None:
    whole = "甲镇2024年法治政府建设年度报告\n全年办理行政处罚案件44件,持证执法人员11名。"
    whole += "召开会议研究法治工作4次,开展执法检查9次,对重大行政决策进行合法性审查,依法公开政务信息。"
    data = whole.encode("gb18030")
    at, there = data.index("行政处罚".encode("gb18030")), data.index("人员".encode("gb18030"))
    bad = data[:at] + b"\xff" + data[at + 1 : there + 1] + b"\0" + data[there + 2 :]
    text, found = decode(bad)
    assert (text, found) == (whole.replace("行政处", "\ufffd政处").replace("人员", "\ufffd\0员"), "gb18030")
    doubts = [(doubt.rule, text[doubt.start : doubt.end]) for doubt in read_text(text, "a.txt").doubts]
    assert doubts == [("unreadable", "\ufffd")] * 2


def test_a_bad_byte_put_in_takes_nothing_with_it() -> None:
    whole = "甲镇2024年法治政府建设年度报告\n全年办理行政处罚案件44件,持证执法人员11名。" * 2
    data = whole.encode("gb18030")
    at = data.index("行政处罚".encode("gb18030"))
    assert decode(data[:at] + b"\xff" + data[at:]) == (whole.replace("行政", "\ufffd行政", 1), "gb18030")


def test_a_short_text_that_is_mostly_bad_bytes_is_none() -> None:
    data = "甲镇2024年法治政府建设年度报告,办理案件44件。".encode("gb18030")
    broken = b"".join(b"\xff" + data[i : i + 1] for i in range(len(data)))
    with pytest.raises(SetAside):
        decode(broken)


def test_conversion_is_passed_over_only_where_it_changes_nothing() -> None:
    """What is no character of traditional() stays, alone and within the phrases that opencc has."""
    usual = "".join(c for c in map(chr, range(0x4E00, 0xA000)) if c not in traditional())
    assert simplify(usual) == usual
    phrases = ("破坏", "损坏", "覆盖", "毛坏", "答覆", "深沈", "藉此", "明瞭", "衹得", "海哩", "甦醒", "彷彿", "什么")
    for phrase in phrases:
        passed_over = not any(c in traditional() for c in phrase) and stays(phrase)
        assert not passed_over or simplify(phrase) == phrase
        assert read_text(phrase, "x").text == simplify(phrase)
    found = find_spec("jieba")
    assert found and found.origin
    words = (line.split(" ")[0] for line in (Path(found.origin).parent / "dict.txt").read_text("utf-8").splitlines())
    usual = "\n".join(word for word in words if not any(c in traditional() for c in word) and stays(word))
    assert simplify(usual) == usual
    assert stays("覆盖全县,破坏环境")
    assert not stays("答覆")


def test_a_file_cut_short_in_a_character_is_read_in_its_encoding() -> None:
    whole = REPORT * 9
    assert decode(f"{whole}年".encode()[:-1]) == (f"{whole}\ufffd", "utf-8")
    assert decode(whole.encode("gb18030") + b"\xc4") == (f"{whole}\ufffd", "gb18030")
    assert decode("甲镇扎实推进依法行政工作".encode("gb18030")[:-1]) == ("甲镇扎实推进依法行政工\ufffd", "gb18030")


def test_a_text_that_begins_with_the_mark_of_another_encoding() -> None:
    assert decode(b"\xef\xbb\xbf" + (REPORT * 2).encode("gb18030")) == (REPORT * 2, "gb18030")
    assert decode(b"\xef\xbb\xbf" + REPORT.encode() + b"\xff") == (f"\ufeff{REPORT}\ufffd", "utf-8")


def test_characters_that_hong_kong_added_to_big5() -> None:
    text = "甲鎮着力推進依法行政,鎮人民政府領導在這裏研究法治政府建設工作,完成執法檢查任務,持之以恒。" * 2
    assert decode(text.encode("big5hkscs")) == (text, "big5")


def test_a_text_in_a_known_encoding_that_is_broken_behind_its_head() -> None:
    """Bytes of none are kept as what nobody can read; a file that is mostly such bytes is none."""
    whole = (REPORT * 4).encode()
    text, found = decode(whole + b"\xed\xa0\x80" * 20)
    assert (text, found) == (REPORT * 4 + "\ufffd" * 60, "utf-8")
    with pytest.raises(SetAside) as reason:
        decode(whole + b"\xed\xa0\x80" * 800)
    assert reason.value.code == "binary"
