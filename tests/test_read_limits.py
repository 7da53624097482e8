"""Bad input: each file is set aside with its reason, soon, and the rest is built."""

import io
import os
import random
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import kg
from kg.errors import SetAside
from kg.model import Document
from kg.read import Limits, apart, read, read_all, read_data, read_text
from kg.read.received import Received
from kg.read.same import Seen, Sketch
from tests.conftest import assert_linear
from tests.reports.made import BODY, TEXT, TITLE, docx, mht, page, pdf, wrapped, zipped


def codes(folder: Path, limits: Limits | None = None) -> dict[str, str]:
    found = read_all([folder], limits or Limits())
    return {str(each).partition(": ")[0]: each.code for each in found if isinstance(each, SetAside)}


def test_sizes(tmp_path: Path) -> None:
    (tmp_path / "large.txt").write_bytes(b"x" * 2001)
    (tmp_path / "bomb.zip").write_bytes(zipped({"a.txt": bytes(900), "b.txt": bytes(900), "c.txt": bytes(2500)}))
    (tmp_path / "bomb.docx").write_bytes(zipped({"word/document.xml": bytes(1_000_000)}))
    assert codes(tmp_path, Limits(max_bytes=2000, max_unpacked=4000)) == {
        "large.txt": "size",
        "bomb.zip/a.txt": "empty",
        "bomb.zip/b.txt": "empty",
        "bomb.zip/c.txt": "size",
        "bomb.docx": "size",
    }


def test_an_archive_that_lies_about_its_sizes(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": TEXT.encode() * 100}))
    central = data.rindex(b"PK\x01\x02")
    data[central + 24 : central + 28] = (10).to_bytes(4, "little")
    (tmp_path / "liar.zip").write_bytes(bytes(data))
    assert codes(tmp_path) == {"liar.zip/a.txt": "damaged"}


@pytest.mark.parametrize("name", ["liar.zip", "liar.docx"])
def test_an_archive_that_lies_about_its_places(tmp_path: Path, name: str) -> None:
    """The end of the list of members says that the list stands elsewhere; so many bytes before the file's first one."""
    data = bytearray(docx() if name.endswith("docx") else zipped({"a.txt": TEXT.encode()}))
    end = data.rindex(b"PK\x05\x06")
    data[end + 16 : end + 20] = (int.from_bytes(data[end + 16 : end + 20], "little") + 47).to_bytes(4, "little")
    (tmp_path / name).write_bytes(bytes(data))
    assert set(codes(tmp_path).values()) == {"damaged"}


def test_damaged_files_of_every_kind_are_set_aside_or_read() -> None:
    """Whatever bytes are changed, cut off or doubled, nothing but a Document or a reason comes out."""
    files = [zipped({"a.txt": TEXT.encode(), "b.docx": docx()}), docx(), page(), mht(), pdf(wrapped())]
    for seed in range(300):
        dice = random.Random(seed)
        data = bytearray(dice.choice(files))
        if dice.random() < 0.3:
            del data[dice.randrange(len(data)) :]
        for _ in range(dice.randrange(1, 30)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        found = [each for _, each in read_data(bytes(data), "x")]
        assert found
        assert all(isinstance(each, Document | SetAside) for each in found)


def test_a_bomb_of_many_files_ends_soon(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for number in range(40):
            file.writestr(f"{number:02}.txt", bytes(10_000_000))
    (tmp_path / "bomb.zip").write_bytes(stream.getvalue())
    begun = time.process_time()
    found = codes(tmp_path)
    assert time.process_time() - begun < 20
    assert len(found) == 40
    assert found["bomb.zip/39.txt"] == "size"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_pipes_links_and_names(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "up").symlink_to(tmp_path)
    (tmp_path / "gone.txt").symlink_to("nowhere.txt")
    name = os.fsencode(tmp_path) + b"/" + "甲镇".encode("gbk") + b".txt"
    Path(os.fsdecode(name)).write_bytes(TEXT.encode())
    assert codes(tmp_path) == {
        "pipe.txt": "not-a-file", "loop": "unreadable", "sub/up": "link", "gone.txt": "unreadable",
    }  # fmt: skip
    assert [d.name for d in read_all([tmp_path]) if isinstance(d, Document)] == ["甲镇.txt"]
    summary = kg.build([tmp_path], tmp_path / "out")
    assert (summary.files, [r.file for r in summary.reports]) == (5, ["甲镇.txt"])


@pytest.mark.skipif(os.name == "nt", reason="Windows allows no such names")
def test_names_that_would_break_a_line(tmp_path: Path) -> None:
    for name in ("a\nb.txt", "c\x1b[31m.txt", "d\u202e.txt"):
        (tmp_path / name).write_text("", encoding="utf-8")
    (tmp_path / "e.zip").write_bytes(zipped({"f\ng.txt": b""}))
    folder = tmp_path / os.fsdecode(b"x\xff")
    folder.mkdir()
    (folder / os.fsdecode("松柏".encode("gbk"))).write_bytes(b"")
    names = [r"a\nb.txt", r"c\x1b[31m.txt", r"d\u202e.txt", r"e.zip/f\ng.txt", r"x\xff/松柏"]
    assert list(codes(tmp_path)) == names


def test_folders_that_do_not_open_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "shut").mkdir()
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    real = os.scandir

    def scandir(path: str | Path) -> object:
        if Path(path).name == "shut":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert codes(tmp_path) == {"shut": "unreadable"}
    assert codes(tmp_path / "shut") == {"shut": "unreadable"}


def test_a_folder_is_no_link(tmp_path: Path) -> None:
    with pytest.raises(SetAside, match="a folder; give a file") as reason:
        read(tmp_path)
    assert reason.value.code == "not-a-file"


def test_a_line_of_twenty_megabytes(tmp_path: Path) -> None:
    (tmp_path / "line.txt").write_bytes("法治政府".encode() * 1_700_000)
    begun = time.process_time()
    assert codes(tmp_path) == {"line.txt": "size"}
    assert time.process_time() - begun < 5


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stub = tmp_path / "stub.py"
    stub.write_text("import time\ntime.sleep(600)\n", encoding="utf-8")
    apart._end()
    real = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", lambda command, **rest: real([sys.executable, str(stub)], **rest))
    begun = time.monotonic()
    with pytest.raises(SetAside, match=r"took over 0\.5 s") as reason:
        apart.read(page(), "html", 0.5)
    assert reason.value.code == "slow"
    assert time.monotonic() - begun < 300  # not the ten minutes that the reader would take
    monkeypatch.undo()
    assert apart.read(page(), "html", 300).format == "html"


def test_a_reader_that_dies_takes_nothing_along() -> None:
    assert apart.read(page(), "html", 300).format == "html"
    apart._helper().kill()
    apart._helper().wait()
    with pytest.raises(SetAside) as reason:
        apart.read(page(), "html", 300)
    assert reason.value.code == "damaged"
    received = apart.read(page(), "html", 300)
    assert isinstance(received, Received)
    assert received.outside


LATER = [line.replace("2023年", "2024年").replace("2024年1月", "2025年1月").replace("120", "98") for line in BODY]


def _shuffled(text: str) -> str:
    return text.replace("一、主要工作\n", "一、主要工作情况\n")


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (lambda: page().decode(), True),
        (lambda: "首页 > 政务公开\n" + TEXT + "上一篇:无\n", True),
        (lambda: TEXT.replace("规范", "規(guī)范").replace("执法", "執(zhí)法"), True),
        (lambda: _shuffled(TEXT), True),
        (lambda: "\n".join([TITLE.replace("2023", "2024"), *LATER]), False),
        (lambda: TEXT.replace("甲镇", "乙镇"), False),
        (lambda: TEXT.replace("甲镇2023年", "2023年"), True),
        (lambda: TEXT.replace("120次", "102次"), False),
        (lambda: TEXT.replace("120次", "1 20次").replace("2024年1月15日", "2024年1月18日"), True),
        (lambda: "发布时间:2024-03-01,浏览88次\n" + TEXT, True),
        (lambda: TEXT.replace("36件。", "36件。另有好转。"), True),
        (
            lambda: TEXT.replace("4次", "5次").replace("12件", "19件").replace("120次", "88次").replace("36件", "7件"),
            False,
        ),
    ],
    ids=[
        "as a page",
        "with another page around",
        "in another script",
        "with a word more",
        "a year later",
        "a neighbour's with the same figures",
        "with no name in its title",
        "one figure corrected",
        "a figure torn, and signed on another day",
        "shown on another day",
        "with a sentence more",
        "other figures",
    ],
)
def test_the_same_report_is_known_again(tmp_path: Path, other: Callable[[], str], same: bool) -> None:
    (tmp_path / "1.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "2.txt").write_text(other(), encoding="utf-8")
    seen = Seen()
    assert seen.same_as(read(tmp_path / "1.txt")) is None
    assert seen.same_as(read(tmp_path / "2.txt")) == ("1.txt" if same else None)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("甲县水务局", "丁县水务局", False),
        ("甲县城市管理局", "丁县城市管理局", False),
        ("甲市开发区管理委员会", "丁市开发区管理委员会", False),
        ("甲县城关镇", "丁县城关镇", False),
        ("甲县水务局", "水务局", True),
        ("甲县水务局", "关于乙市甲县水务局", True),
        ("甲县水务局", "政务公开\n甲县水务局", True),
        ("乙市甲县水务局", "丁局\n关于甲县水务局", True),
    ],
)
def test_bodies_of_one_name_are_told_by_their_place(one: str, other: str, same: bool) -> None:
    seen = Seen()
    assert seen.same_as(read_text(TEXT.replace("甲镇", one, 1), "1.txt")) is None
    assert seen.same_as(read_text(TEXT.replace("甲镇", other, 1), "2.txt")) == ("1.txt" if same else None)


def test_the_same_report_on_one_line() -> None:
    work = "".join(f"第{n}项任务完成{7 * n}件,惠及群众{31 * n}人次,按期办结率达到{90 + n}%。" for n in range(1, 9))
    text, seen = TEXT.replace(BODY[2], BODY[2] + work), Seen()
    assert seen.same_as(read_text(text, "1.txt")) is None
    assert seen.same_as(read_text(text.replace("\n", ""), "2.txt")) == "1.txt"
    assert seen.same_as(read_text(text.replace("\n", "").replace("甲镇", "乙镇"), "3.txt")) is None


def test_one_report_in_the_graph_names_both_files(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "in" / "b.html").write_bytes(page())
    summary = kg.build([tmp_path / "in"], tmp_path / "out")
    assert [(item.file, item.code, item.same_as) for item in summary.set_aside] == [("b.html", "duplicate", "a.txt")]
    query = "SELECT ?file ?copy { ?r <https://w3id.org/fazhi/ont#fileName> ?file ; <https://w3id.org/fazhi/ont#copyFileName> ?copy }"
    assert kg.query(kg.open(tmp_path / "out"), query).rows == (("a.txt", "b.html"),)


def test_one_report_in_the_graph_names_the_addresses_of_both_pages(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in "abc":
        saved = f"<!-- saved from url=(0030)https://www.{name}.gov.cn/1.html -->".encode()
        (tmp_path / "in" / f"{name}.html").write_bytes(saved + page())
    (tmp_path / "in" / "d.html").write_bytes(saved + page() + b" ")
    summary = kg.build([tmp_path / "in"], tmp_path / "out")
    query = "SELECT ?url ?copy { ?r <https://w3id.org/fazhi/ont#url> ?url ; <https://w3id.org/fazhi/ont#copyUrl> ?copy } ORDER BY ?copy"
    first, *others = (f"https://www.{name}.gov.cn/1.html" for name in "abc")
    store = kg.open(tmp_path / "out")
    assert kg.query(store, query).rows == tuple((first, other) for other in others)
    assert kg.query(store, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }").rows == ((summary.triples,),)


PIECES = (
    "1", " ", "(", "“", "《", "?", "法", "法 ", "1 ", "(一)", "一、", "。", "、,", "?。ㄒ唬", "?,F(xiàn)", "銆锛鐨", "\u200b", "www.",
    "- 1 -\n", "索引号:", "首页>", "来源:", "规(guī)", "Ã¦", "|", "2023年", "×", "．", "著", "\ufffd",
    "?！", "?笆奈濉", "?,", "鐨勫", "骞\ufffd", "⼈", "一、 ", "(一", "\n。ㄇ", "- 1",
    "?０炖硇姓捶ò讣", "?Ｈ嫱", "&amp;", "# ", "**", "[", "](", "2024-1-1 ", "我坚持",
)  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
def test_hostile_lines_take_linear_time(piece: str) -> None:
    for hostile in (piece, piece * 9 + "\n"):
        assert_linear(lambda text: read_text(text, "hostile.txt"), [hostile], max(2_000 // len(hostile), 1))


@pytest.mark.parametrize("piece", ["一", "1", "十余件", "36件,"])
def test_a_sketch_of_a_hostile_line_takes_linear_time(piece: str) -> None:
    assert_linear(Sketch.of, [piece], 2_000)


def test_a_corrected_version_is_no_copy_and_shown_against_the_other(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "in" / "b.txt").write_text(TEXT.replace("36件", "63件"), encoding="utf-8")
    summary = kg.build([tmp_path / "in"], tmp_path / "out")
    assert ([item.file for item in summary.reports], summary.set_aside) == (["a.txt", "b.txt"], [])
    differ = [found.value for found in kg.check(kg.open(tmp_path / "out")) if found.check == "versions-differ"]
    assert differ in (["行政处罚案件 36 / 63"], ["行政处罚案件 63 / 36"])
