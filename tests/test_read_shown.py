"""`kg read` shows how a file was read; what its page says reaches the header."""

from pathlib import Path

import pytest

from kg.cli import run
from kg.extract import extract
from kg.extract.header import find
from kg.model import Metadata
from kg.read import read_text
from kg.vocabulary import Vocabulary
from tests.reports.made import TITLE, page, zipped

SOURCE = "来源:甲镇人民政府 发布时间:2024-01-20\n甲镇2023年法治政府建設年度報告\n2023年,完成 236 项?走访\n"
BODY = "一、主要工作\n" + "全镇深入推进法治政府建设,各项工作取得明显成效。" * 6 + "\n"


def printed(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    status = run([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return status, out, err


def test_read(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "r.txt"
    path.write_text(SOURCE + BODY, encoding="utf-8")
    status, out, err = printed(capsys, "read", path)
    assert (status, err) == (0, "")
    head, text = out.split("\n## text\n")
    assert head == (
        "# r.txt\n"
        f"txt, utf-8, mixed, {len(SOURCE + BODY)} characters received, {len(SOURCE + BODY) - 28} in the text\n"
        "source: 甲镇人民政府\npublished: 2024-01-20\n"
        "\n## repaired (2)\n52-53 inner-blank: ' '\n56-57 inner-blank: ' '\n"
        "\n## cut (1)\n0-26 label-line: '来源:甲镇人民政府 发布时间:2024-01-20\\n'\n"
        "\n## in doubt (1)\n58-59 lost-character: '?'\n"
    )
    assert text == "甲镇2023年法治政府建设年度报告\n2023年,完成236项?走访\n" + BODY + "\n"


def test_read_shows_the_difference(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "r.txt"
    path.write_text(SOURCE + BODY, encoding="utf-8")
    _, out, _ = printed(capsys, "read", "--diff", path)
    assert out.split("\n## received (-) and text (+)\n")[1].split("\n")[:6] == [
        "- 来源:甲镇人民政府 发布时间:2024-01-20",
        "- 甲镇2023年法治政府建設年度報告",
        "+ 甲镇2023年法治政府建设年度报告",
        "- 2023年,完成 236 项?走访",
        "+ 2023年,完成236项?走访",
        "  一、主要工作",
    ]


def test_read_an_archive_and_what_is_no_report(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    path.write_bytes(zipped({"a.html": page(), "b.txt": "今日天气晴朗。".encode() * 30}))
    status, out, err = printed(capsys, "read", path)
    assert status == 1
    assert [line for line in out.split("\n") if line.startswith("# ")] == ["# all.zip/a.html"]
    assert err == (
        f"kg: {path}/b.txt: nothing in it speaks of 法治政府 or 依法行政; leave it out, or take it nevertheless with --keep-all.\n"
    )
    status, out, err = printed(capsys, "read", path, "--keep-all")
    assert (status, err) == (0, "")
    assert [line for line in out.split("\n") if line.startswith("# ")] == ["# all.zip/a.html", "# all.zip/b.txt"]


def test_limits_are_set_on_the_command_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "r.txt"
    path.write_text(SOURCE + BODY, encoding="utf-8")
    status, _, err = printed(capsys, "read", path, "--max-bytes", "100")
    assert (status, err) == (1, f"kg: {path}: over 100 bytes, which no report is; see --max-bytes.\n")
    with pytest.raises(SystemExit):
        run(["read", str(path), "--max-bytes", "0"])
    assert "--max-bytes: invalid" in capsys.readouterr().err


def test_figures_of_the_page_are_no_metrics() -> None:
    document = read_text("来源:甲镇 浏览次数:236 阅读量:18次\n" + TITLE + "\n" + BODY, "r.txt")
    assert extract(document).metrics == ()


def test_the_page_says_what_the_text_does_not(tables: Vocabulary) -> None:
    text = "2023年,我镇深入推进依法行政,现将有关情况报告如下。"
    page_ = Metadata(
        title="德清县新市镇2023年法治政府建设年度报告", publisher="德清县新市镇人民政府", published="2024-01-20", signed="2024-01-15",
    )  # fmt: skip
    head = find(text, tables, page_)
    assert (head.title, head.rule, head.issuer, head.published) == (
        page_.title,
        "page-title",
        "德清县新市镇人民政府",
        "2024-01-20",
    )
    assert head.district_path == ("浙江省", "湖州市", "德清县", "新市镇")
    assert find(text, tables).title is None


def test_the_text_goes_before_the_page(tables: Vocabulary) -> None:
    text = "德清县新市镇人民政府2023年法治政府建设年度报告\n2023年,我镇依法行政。\n德清县新市镇人民政府\n2024年1月10日"
    head = find(
        text, tables, Metadata(title="甲镇2022年法治政府建设年度报告", source="德清县司法局", signed="2024-01-15")
    )
    assert (head.issuer, head.published, head.year) == ("德清县新市镇人民政府", "2024-01-10", 2023)


def test_breadcrumbs_tell_namesakes_apart(tables: Vocabulary) -> None:
    text = "城关镇2023年法治政府建设年度报告\n2023年,城关镇依法行政。"
    assert find(text, tables).district_code is None
    assert find(text, tables, Metadata(trail="甘肃省陇南市康县人民政府 > 政务公开")).district_path[-2:] == (
        "康县",
        "城关镇",
    )


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("a.pdf", "it is neither a .pdf file nor text; fetch it again"),
        ("a.txt", "the file is not text; save it as a text file in UTF-8"),
    ],
)
def test_an_error_names_the_path_as_given(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, advice: str
) -> None:
    path = tmp_path / name
    path.write_bytes(bytes(range(256)) * 9)
    assert printed(capsys, "read", path) == (1, "", f"kg: {path}: {advice}.\n")


def test_a_file_in_an_archive_is_named_behind_the_path_of_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"b.txt": b""}))
    status, _, err = printed(capsys, "read", path)
    assert status == 1
    assert err.startswith(f"kg: {path}/b.txt: ")
