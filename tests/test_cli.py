"""The command line: each verb, its exit status, and one clear line for what a user can put right."""

import csv
import io
import json
import math
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.cli import main
from kg.cli.verbs import _told
from kg.model import Finding
from kg.questions import questions
from kg.terms import BASE
from tests.conftest import ROOT, SEEDS


class Result:
    """What a call of kg printed, and its exit status."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *arguments: object) -> None:
        with pytest.raises(SystemExit) as stop:
            main([str(a) for a in arguments])
        self.out, self.err = capsys.readouterr()
        self.status = stop.value.code


def test_build(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    call = Result(capsys, "build", SEEDS, "-o", tmp_path / "out")
    assert call.status == 0
    assert all(name in call.out for name in ("000_955d82509a1e6f4c.txt", "永安街道", "2022", "址山镇"))
    assert "5 files: 5 built, 0 set aside." in call.err
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [".build", "graph.html", "graph.ttl", "store"]
    assert "\r" not in call.err and "\x1b" not in call.err  # no progress bar in a pipe


def test_build_sets_files_aside_and_builds_the_others(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    seed = next(SEEDS.glob("002*"))
    (folder / "good.txt").write_bytes(seed.read_bytes())
    (folder / "same.txt").write_bytes(seed.read_bytes())
    (folder / "empty.txt").write_bytes(b"")
    (folder / "\x1b[31mred.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    call = Result(capsys, "build", folder, "-o", tmp_path / "out")
    assert call.status == 1
    assert "4 files: 1 built, 3 set aside." in call.err
    assert "[empty] empty.txt: the file is empty; fetch it again" in call.err
    assert "[duplicate] same.txt: the same report as good.txt, which is built and names this file." in call.err
    assert "[format] \\x1b[31mred.doc: no reader for old Word and WPS files (.doc, .wps)" in call.err


def test_extract(capsys: pytest.CaptureFixture[str]) -> None:
    call = Result(capsys, "extract", next(SEEDS.glob("001*")))
    assert call.status == 0
    source = next(SEEDS.glob("001*")).read_text(encoding="utf-8")
    mentions = [json.loads(line) for line in call.out.splitlines()]
    assert {m["type"] for m in mentions} == {"report", "section", "metric", "instrument", "initiative"}
    assert all(source[m["start"] : m["end"]] == m["quote"] for m in mentions)
    assert mentions[0] | {"start": 0, "end": 0} == {
        "report": "001_a5b6e5cddbb2bf67.txt", "type": "report", "start": 0, "end": 0, "rule": "title-line",
        "quote": "陸渡街道辦事處2023年度法治政府建設年度報告", "title": "陆渡街道办事处2023年度法治政府建设年度报告",
        "issuer": "陆渡街道办事处", "district": "陆渡街道", "district_path": ["江苏省", "苏州市", "太仓市", "陆渡街道"],
        "district_code": "320585002", "parent_code": "320585", "year": 2023, "published": None, "candidates": [], "script": "hant",
    }  # fmt: skip


def test_ask_lists_every_question_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    call = Result(capsys, "ask", "--format", "json")
    assert [(row["name"], row["zh"]) for row in json.loads(call.out)] == [(q.name, q.zh) for q in questions().values()]


def test_ask_in_each_format(capsys: pytest.CaptureFixture[str], output: Path) -> None:
    rows = [["永安街道", "2022", "cites", "1"]]
    ask = ("ask", "who-cites", "--instrument", "信访工作条例", "-g", output)
    assert list(csv.reader(io.StringIO(Result(capsys, *ask, "--format", "csv").out)))[1:] == rows
    assert json.loads(Result(capsys, *ask, "--format=json").out) == [
        {"unit": "永安街道", "year": 2022, "relation": "cites", "mentions": 1}
    ]
    assert Result(capsys, *ask, "--format", "markdown").out.splitlines()[2] == "| 永安街道 | 2022 | 引用 | 1 |"
    table = Result(capsys, *ask)
    told = [line.split() for line in table.out.splitlines()[0::2]]
    assert told == [["地区", "年度", "关系", "次数"], ["永安街道", "2022", "引用", "1"]]
    assert table.err.startswith("某个法律文件出现在哪些报告中")


def test_evidence_belongs_to_its_row_in_every_format(capsys: pytest.CaptureFixture[str], output: Path) -> None:
    ask = ("ask", "who-cites", "--instrument=信访工作条例", "--evidence", "-g", output)
    (row,) = json.loads(Result(capsys, *ask, "--format", "json").out)
    (fact,) = row.pop("evidence")
    assert row == {"unit": "永安街道", "year": 2022, "relation": "cites", "mentions": 1}
    assert (fact["file"], fact["start"], fact["quote"]) == ("000_955d82509a1e6f4c.txt", 1527, "《信訪工作條例》")
    lines = list(csv.reader(io.StringIO(Result(capsys, *ask, "--format", "csv").out)))
    assert lines[0][-5:] == ["file", "start", "end", "quote", "sentence"]
    assert lines[1][:8] == [
        "永安街道",
        "2022",
        "cites",
        "1",
        "000_955d82509a1e6f4c.txt",
        "1527",
        "1535",
        "《信訪工作條例》",
    ]
    assert Result(capsys, *ask).out.splitlines()[2].split() == ["1", "永安街道", "2022", "引用", "1"]


def test_a_question_may_stand_behind_its_parameters(capsys: pytest.CaptureFixture[str], output: Path) -> None:
    behind = Result(capsys, "ask", "--year", "2022", "mediation", "-g", output)
    before = Result(capsys, "ask", "mediation", "--year", "2022", "-g", output)
    assert behind.out == before.out
    assert "year=2022" in before.err


def test_a_full_disk_behind_standard_output(output: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "kg", "export", "-g", str(output)]
        result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    assert result.returncode == 2
    assert "cannot be written" in result.stderr
    assert "Traceback" not in result.stderr


def test_ask_with_evidence_and_explain(capsys: pytest.CaptureFixture[str], output: Path) -> None:
    ask = ("ask", "who-cites", "--instrument=信访工作条例", "-g", output)
    assert "《信訪工作條例》" in Result(capsys, *ask, "--evidence").out
    sparql = Result(capsys, *ask, "--explain").out
    assert [row[:4] for row in kg.query(kg.open(output), sparql).rows] == [("永安街道", 2022, "cites", 1)]


def test_query_takes_text_a_file_and_standard_input(
    capsys: pytest.CaptureFixture[str], output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sparql = "SELECT (COUNT(?r) AS ?n) WHERE { ?r a <https://w3id.org/fazhi/ont#Report> }"
    (tmp_path / "count.rq").write_text(sparql, encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", io.StringIO(sparql))
    for given in (sparql, tmp_path / "count.rq", "-"):
        assert Result(capsys, "query", given, "--format", "csv", "-g", output).out == "n\r\n5\r\n"


def test_view_and_export_write_files(capsys: pytest.CaptureFixture[str], output: Path, tmp_path: Path) -> None:
    assert Result(capsys, "view", "overview", "-g", output, "-o", tmp_path / "v.html").status == 0
    assert "陆渡街道" in (tmp_path / "v.html").read_text(encoding="utf-8")
    assert "overview" in Result(capsys, "view").out
    for name in ("turtle", "nquads"):
        assert Result(capsys, "export", "--format", name, "-g", output, "-o", tmp_path / name).status == 0
        assert (tmp_path / name).stat().st_size > 100_000


def test_view_takes_parameters_in_any_order(capsys: pytest.CaptureFixture[str], output: Path, tmp_path: Path) -> None:
    file = tmp_path / "v.html"
    for words in (
        ["district", "--place", "址山镇"],
        ["--place", "址山镇", "district"],
        ["district", "--place=440784107"],
    ):
        assert Result(capsys, "view", *words, "-g", output, "-o", file).status == 0
        assert "一地历年 · 址山镇" in file.read_text(encoding="utf-8")
    listed = Result(capsys, "view").out
    assert "一项举措如何逐年推开" in listed and "--initiative --place" in listed
    call = Result(capsys, "view", "report", "--report", "街道", "-g", output)
    assert (call.status, call.err.count("\n")) == (2, 1)
    assert "more than one report has this: 东湖街道 2024" in call.err


def test_view_all_writes_a_site(
    capsys: pytest.CaptureFixture[str], output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.cli.drawing._EVERY", math.inf)  # however slow the machine, it does not say how far it is
    call = Result(capsys, "view", "--all", "-g", output, "-o", tmp_path / "site")
    assert call.status == 0
    assert re.fullmatch(r"\d+ pages, \d\.\d MB\. Open .*index\.html in a browser\.\n", call.err)
    assert len(list((tmp_path / "site" / "reports").iterdir())) == 6
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("", encoding="utf-8")
    call = Result(capsys, "view", "--all", "-g", output, "-o", tmp_path / "mine")
    assert call.status == 2 and "holds something else than a site of kg" in call.err


BAD = [
    (("build", "nowhere"), "kg: nowhere: no such file or folder. Give a report, or a folder of reports."),
    (("build", "{tmp}"), "kg: {tmp}: no files here. Give a report, or a folder of reports."),
    (("build", "{tmp}/x.txt", "-o", "{tmp}/o"), "kg: No file is a report:"),
    (("build", "{seeds}", "-o", "{tmp}/x.txt"), "kg: {tmp}/x.txt: is a file; give a folder to write to (-o)."),
    (("extract", "{tmp}/x.txt"), "kg: x.txt: only 4 Chinese characters;"),
    (("ask", "most-cited", "-g", "{tmp}"), "kg: {tmp}: no graph here. Build one: kg build REPORTS -o {tmp}"),
    (("ask", "most-sited"), "kg: No question 'most-sited'. Did you mean 'most-cited'? `kg ask` lists them all."),
    (
        ("ask", "most-cited", "--colour", "red", "-g", "{out}"),
        "kg: most-cited has no parameter --colour. It takes: --kind, --year, --place.",
    ),
    (
        ("ask", "most-cited", "--kind", "-g", "{out}"),
        "kg: '--kind' cannot be read; parameters are given as --name value.",
    ),
    (
        ("ask", "who-cites", "--year", "x", "-g", "{out}"),
        "kg: --year x: a year such as 2023 is wanted, from 2000 to 2099. Of several: 2021-2023, 2021- or 2021,2023.",
    ),
    (("query", "SELECT", "-g", "{out}"), "kg: 'SELECT' is neither SPARQL nor a file that holds it."),
    (("query", "SELECT * WHERE {", "-g", "{out}"), "kg: The SPARQL cannot be read: "),
    (("view", "nothing", "-g", "{out}"), "kg: No view 'nothing'."),
    (("view", "district", "--place", "无此地", "-g", "{out}"), "kg: --place 无此地: nothing of this name is known."),
    (("view", "district", "--store", "x", "-g", "{out}"), "kg: district has no parameter --store. It takes: --place."),
    (("view", "--place=x"), "kg: parameters, but no view. `kg view` lists them all."),
    (("view", "overview", "--limit", "9999", "-g", "{out}"), "kg: --limit 9999: from 1 to 2000 nodes can be drawn."),
    (
        ("view", "overview", "--all", "-g", "{out}"),
        "kg: --all writes every view; leave out the view and its parameters.",
    ),
    (("export", "-g", "{out}", "-o", "{tmp}/no/x"), "kg: {tmp}/no/x: cannot be written (No such file or directory)"),
]


@pytest.mark.parametrize(("arguments", "message"), BAD, ids=[" ".join(a) for a, _ in BAD])
def test_what_a_user_can_put_right(
    capsys: pytest.CaptureFixture[str], output: Path, tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    if "x.txt" in str(arguments):
        (tmp_path / "x.txt").write_text("不是报告。", encoding="utf-8")
    places = {"tmp": tmp_path, "seeds": SEEDS, "out": output}
    call = Result(capsys, *(a.format(**places) if "WHERE" not in a else a for a in arguments))
    assert call.status == 2
    assert message.format(**places) in call.err if "WHERE" not in str(arguments) else message in call.err
    assert "Traceback" not in call.err


def test_check(capsys: pytest.CaptureFixture[str], output: Path) -> None:
    call = Result(capsys, "check", "-g", output, "--format", "json")
    found = json.loads(call.out)
    assert call.status == (1 if found else 0)
    assert [f for f in found if f["severity"] == "violation"] == []
    table = Result(capsys, "check", "-g", output).out
    assert "值得一看" in table and "info " not in table  # words for people, codes for programs


def test_what_was_found_is_told_in_words() -> None:
    found = [Finding("a", "warning", "b", f"{BASE}report/x/observation/3-4", "1")]
    assert _told(found, Path("output")) == (
        "1 found: 1 warning (a report is at fault). One with its sentence: kg explain report:x/observation/3-4"
    )


def test_check_for_machines(capsys: pytest.CaptureFixture[str], output: Path) -> None:
    rows = json.loads(Result(capsys, "check", "-g", output, "--format", "json").out)
    call = Result(capsys, "check", "-g", output, "--format", "sarif")
    assert [result["ruleId"] for result in json.loads(call.out)["runs"][0]["results"]] == [row["check"] for row in rows]
    assert call.err.startswith(f"{len(rows)} found: ")
    places = [(row["file"], row["start"], row["quote"]) for row in rows if row["file"]]
    for file, start, quote in places:
        assert (SEEDS / file).read_text(encoding="utf-8").startswith(quote, start)
    assert ("002_eb5ac5ad1a2ffe07.txt", 1520, "147条") in places  # its parts add up to 75


def test_explain_and_diff(capsys: pytest.CaptureFixture[str], output: Path) -> None:
    call = Result(capsys, "explain", "-g", output, "report:8ff3db47719a/observation/1520-1524")
    assert call.status == 0
    assert "主动公开政府信息【147条】,其中领导信息2条" in call.out
    assert Result(capsys, "explain", "-g", output, "report:8ff3db47719a/observation/1-2").status == 2
    call = Result(capsys, "explain", "-g", output, "nonsense")
    assert call.err.endswith("`kg query` finds IRIs; `kg ask … --evidence --format json` prints them.\n")
    call = Result(capsys, "diff", output, output)
    assert (call.status, call.out, call.err) == (0, "", "No difference in any fact.\n")


def test_a_report_without_a_year_is_told_of(capsys: pytest.CaptureFixture[str], output: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("法治政府建设年度报告\n全年调解纠纷25件，学习宣传民法典。", encoding="utf-8")
    assert Result(capsys, "build", tmp_path / "a.txt", "-o", tmp_path / "out", "--keep-all").status == 0
    lost = "1 report without a year or a place is in few answers; `kg ask units` names them.\n"
    assert Result(capsys, "ask", "units", "-g", tmp_path / "out").err.endswith(lost)
    assert "in few answers" not in Result(capsys, "ask", "units", "-g", output).err


@pytest.mark.parametrize("format", ["trig", "jsonld", "rdfxml", "graphml", "gexf", "cube", "csv", "parquet", "xlsx"])
def test_export_in_every_format(capsys: pytest.CaptureFixture[str], output: Path, tmp_path: Path, format: str) -> None:
    call = Result(capsys, "export", "-g", output, "--format", format, "-o", tmp_path / "out")
    assert (call.status, call.out, call.err) == (0, "", f"{tmp_path / 'out'}\n")
    assert (tmp_path / "out").exists()


def test_export_says_who_publishes(capsys: pytest.CaptureFixture[str], output: Path, tmp_path: Path) -> None:
    (tmp_path / "about.toml").write_text('licence = "https://example.org/licence"\n', encoding="utf-8")
    arguments = ("export", "-g", output, "--about", tmp_path / "about.toml", "-o", tmp_path / "out.ttl")
    assert Result(capsys, *arguments).status == 0
    lines = (tmp_path / "out.ttl").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if "dct:license" in line] == [
        "dataset:fazhi dct:license <https://example.org/licence> ."
    ]


def test_what_differs_between_two_outputs(capsys: pytest.CaptureFixture[str], output: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "某镇2023年法治政府建设年度报告\n全年调解纠纷25件，学习宣传民法典。", encoding="utf-8"
    )
    assert Result(capsys, "build", tmp_path / "a.txt", "-o", tmp_path / "out", "--keep-all").status == 0
    call = Result(capsys, "diff", tmp_path / "out", tmp_path / "out")
    assert (call.status, call.out, call.err) == (0, "", "No difference in any fact.\n")
    call = Result(capsys, "diff", tmp_path / "out", output, "--format", "json")
    (gone,) = (row for row in json.loads(call.out) if row["what"] == "gone")
    assert (call.status, gone["report"], gone["kind"], gone["old"]) == (1, "a.txt", "Report", "2 facts and headings")
    assert call.err.startswith(f"{len(json.loads(call.out))} differences in ")


def test_every_verb_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    for verb in ("build", "extract", "load", "ask", "query", "view", "export", "check", "explain", "diff"):
        call = Result(capsys, verb, "--help")
        assert call.status == 0
        assert f"usage: kg {verb}" in call.out


def test_a_reader_that_goes_away_is_no_error(output: Path) -> None:
    program = f"{sys.executable} -m kg extract {SEEDS} | head -1"
    result = subprocess.run(["bash", "-c", f"set -o pipefail; {program}"], capture_output=True, text=True, cwd=ROOT)
    assert result.stderr == ""
    assert result.returncode == 0


def test_a_progress_bar_on_a_terminal(tmp_path: Path) -> None:
    pty = pytest.importorskip("pty", reason="no pseudo-terminals here")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "kg", "build", str(SEEDS), "-o", str(tmp_path)]
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, cwd=ROOT) as process:
        os.close(theirs)
        shown = b""
        try:
            while data := os.read(ours, 4096):
                shown += data
        except OSError:  # the other end is closed
            pass
    os.close(ours)
    assert process.returncode == 0
    assert "reading" in shown.decode() and "5 of 5 files" in shown.decode()


def test_a_question_in_plain_chinese(capsys: pytest.CaptureFixture[str], output: Path) -> None:
    call = Result(capsys, "ask", "2022年永安街道调解了多少纠纷?", "-g", output, "--format", "json")
    assert call.status == 0
    assert call.err.startswith("Understood as: kg ask mediation --year 2022 --place 永安街道\n")
    assert {(row["unit"], row["year"]) for row in json.loads(call.out)} == {("永安街道", 2022)}
    call = Result(capsys, "ask", "今天天气怎么样", "-g", output)
    assert (call.status, call.out) == (2, "")
    assert "kg: 今天天气怎么样: not sure what is asked." in call.err


def test_an_empty_answer_says_which_years_there_are(capsys: pytest.CaptureFixture[str], output: Path) -> None:
    call = Result(capsys, "ask", "mediation", "--year", "2019", "-g", output)
    assert call.err.splitlines()[2:4] == [
        "No rows: no report in the graph says so.",
        "The graph has reports of 2020, 2022, 2023, 2024; ask for all with --year all.",
    ]
    for place, years in (("永安街道", "2022"), ("杭州市", "no year")):
        call = Result(capsys, "ask", "mediation", "--year", "2019", "--place", place, "-g", output)
        assert call.err.splitlines()[3] == f"Of {place} the graph has reports of {years}; ask for all with --year all."


def test_an_empty_answer_says_what_would_give_rows(capsys: pytest.CaptureFixture[str], output: Path) -> None:
    for all_years in (("--year", "all"), ()):
        call = Result(capsys, "ask", "jumps", "--indicator", "enforcement.fines", *all_years, "-g", output)
        none, near, there = call.err.splitlines()[2:5]
        assert none == "No rows: none found."
        assert near.startswith("Near to it there are: 执法人员数 (--indicator enforcement.officers), ")
        assert there == "The graph has reports of 2020, 2022, 2023, 2024."
    asked = ("ask", "ranking", "-g", output, "--indicator")
    call = Result(capsys, *asked, "disputes.resolved")
    told = "No rows: there are figures, but of part of the year only; ask for them with --partial yes."
    assert call.err.splitlines()[2:] == [told]
    assert "No rows" not in Result(capsys, *asked, "disputes.resolved", "--partial", "yes").err
    assert "partial yes" not in Result(capsys, *asked, "disputes.resolved", "--year", "2019").err
    assert (
        "No rows: no report in the graph says so." in Result(capsys, *asked, "disputes.resolved", "--year", "2019").err
    )


def test_an_empty_answer_names_what_the_reports_have_near_to_it(
    capsys: pytest.CaptureFixture[str], output: Path
) -> None:
    asked = ("ask", "series", "-g", output, "--indicator")
    told = Result(capsys, *asked, "enforcement.fines").err.splitlines()[3]
    assert told.startswith("Near to it there are: 执法人员数 (--indicator enforcement.officers), ")
    assert "Near to it" not in Result(capsys, *asked, "disputes.cases", "--place", "杭州市").err  # nothing is there
    assert "Near to it" not in Result(capsys, *asked, "disputes.cases").err


def test_a_code_in_a_question_is_shown_with_its_name(capsys: pytest.CaptureFixture[str], output: Path) -> None:
    call = Result(capsys, "ask", "北京市海淀区2022年调解了多少纠纷", "-g", output)
    assert " place=北京市海淀区 (110108)\n" in call.err and "Of 北京市海淀区 (110108) the graph has" in call.err
    call = Result(capsys, "ask", "mediation", "--place", "永安街道", "-g", output)
    assert " place=永安街道 (of 7 of this name the one in the graph: 咸安区永安街道 (421202003))\n" in call.err
    call = Result(capsys, "ask", "mediation", "--place", "蔺市街道", "-g", output)
    assert " place=蔺市街道\n" in call.err


def test_an_answer_in_a_file(capsys: pytest.CaptureFixture[str], output: Path, tmp_path: Path) -> None:
    for name, format in (("a.csv", "csv"), ("a.json", "json"), ("a.md", "markdown"), ("a.txt", "table")):
        call = Result(capsys, "ask", "most-cited", "-g", output, "-o", tmp_path / name)
        assert (call.status, call.out) == (0, "")
        shown = Result(capsys, "ask", "most-cited", "-g", output, "--format", format).out
        assert shown.strip() and (tmp_path / name).read_bytes().decode("utf-8") == shown
    for verb in (("ask", "most-cited"), ("query", "SELECT ?s WHERE { ?s a ?c } LIMIT 1")):
        assert Result(capsys, *verb, "-g", output, "-o", tmp_path / "b.dat", "--format", "csv").status == 0
        assert (tmp_path / "b.dat").read_bytes()
    call = Result(capsys, "ask", "most-cited", "-g", output, "-o", tmp_path / "c.dat")
    assert call.status == 2 and "give --format, or a file that ends in .csv" in call.err
    assert not (tmp_path / "c.dat").exists()
    call = Result(capsys, "ask", "most-cited", "-g", output, "-o", tmp_path / "d.csv", "--chart", tmp_path / "d.svg")
    assert call.status == 2 and "not both" in call.err
    assert Result(capsys, "ask", "-o", tmp_path / "e.xlsx").status == 0
    assert (tmp_path / "e.xlsx").read_bytes().startswith(b"PK")


def test_a_spreadsheet(capsys: pytest.CaptureFixture[str], output: Path, tmp_path: Path) -> None:
    import openpyxl

    files = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    for file in files:
        assert Result(capsys, "ask", "most-cited", "-g", output, "--format", "xlsx", "-o", file).status == 0
    assert files[0].read_bytes() == files[1].read_bytes()
    rows = list(openpyxl.load_workbook(files[0]).active.iter_rows(values_only=True))
    assert rows[:2] == [("法律文件", "种类", "报告数", "次数"), ("中华人民共和国民法典", "法律", 5, 9)]


def test_a_chart(capsys: pytest.CaptureFixture[str], output: Path, tmp_path: Path) -> None:
    call = Result(
        capsys, "ask", "ranking", "--indicator", "disputes.cases", "-g", output, "--chart", tmp_path / "a.svg"
    )
    assert (call.status, call.out) == (0, "")
    drawn = (tmp_path / "a.svg").read_text("utf-8")
    assert "<title>某项指标,各地数值如何排列?</title>" in drawn and ">指标：调解纠纷件数</text>" in drawn
    more = ("--year", "latest", "--partial", "yes", "--place", "湖北省", "--chart", tmp_path / "b.svg")
    assert Result(capsys, "ask", "ranking", "--indicator", "调解纠纷件数", "-g", output, *more).status == 0
    told = re.search(">(指标：[^<]+)<", (tmp_path / "b.svg").read_text("utf-8"))
    assert told and told[1] == "指标：调解纠纷件数，报告年度：2022，地区：湖北省，含非全年数字：是"
    call = Result(capsys, "ask", "ranking", "-g", output, "--chart", tmp_path / "a.png")
    assert call.status == 2 and "a chart is written as .svg or .html." in call.err
    call = Result(capsys, "ask", "units", "-g", output, "--chart", tmp_path / "a.svg")
    assert call.status == 2 and "kg: units has no chart. These have one: ranking, " in call.err


def test_what_is_cut_is_said_and_what_takes_too_long_is_ended(capsys: pytest.CaptureFixture[str], output: Path) -> None:
    call = Result(capsys, "ask", "units", "-g", output, "--limit", 2, "--format", "csv")
    assert (call.status, len(call.out.splitlines())) == (0, 3)
    assert "Cut: there are more than these 2 rows; see more of them with --limit N." in call.err
    slow = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    call = Result(capsys, "query", slow, "-g", output, "--timeout", 1)
    assert (call.status, call.out) == (2, "")
    assert "kg: The query takes longer than 1 s; narrow it, or give it more: --timeout N." in call.err


def test_the_sparql_of_a_question_is_ready_to_paste(capsys: pytest.CaptureFixture[str], output: Path) -> None:
    call = Result(capsys, "ask", "who-cites", "--year", 2022, "-g", output, "--explain")
    assert 'VALUES ?year { "2022"^^<http://www.w3.org/2001/XMLSchema#integer> }' in call.out
    pasted = Result(capsys, "query", call.out, "-g", output, "--format", "json")
    asked = Result(capsys, "ask", "who-cites", "--year", 2022, "-g", output, "--format", "json")
    assert (
        [row["unit"] for row in json.loads(pasted.out)]
        == [row["unit"] for row in json.loads(asked.out)]
        == ["永安街道"]
    )


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_knows_every_question_and_parameter(capsys: pytest.CaptureFixture[str], shell: str) -> None:
    call = Result(capsys, "completion", shell)
    assert call.status == 0
    for q in questions().values():
        assert q.name in call.out
        assert all((f"-l {p}" if shell == "fish" else f"--{p}") in call.out for p in q.parameters)


def test_the_script_for_bash_completes() -> None:
    script = subprocess.run(
        [sys.executable, "-m", "kg", "completion", "bash"], capture_output=True, encoding="utf-8"
    ).stdout
    calls = {
        "kg ask ranking --ind": "--indicator",
        "kg ask ranking --indicator disputes.ca": "disputes.cases",
        "kg ask shared": "shared-initiatives",
        "kg que": "query",
    }
    for words, wanted in calls.items():
        at = len(words.split()) - 1
        code = f'{script}\nCOMP_WORDS=({words}); COMP_CWORD={at}; _kg; echo "${{COMPREPLY[@]}}"'
        result = subprocess.run(["bash", "-c", code], capture_output=True, encoding="utf-8")
        assert result.stdout.split() == [wanted], result.stderr


def test_help_imports_no_room_but_the_command_line() -> None:
    code = "import sys, kg.cli; kg.cli.parser_of(()); print(*sorted(m for m in sys.modules if m.startswith('kg')))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    nouns = ["kg.model", "kg.model.answers", "kg.model.document", "kg.model.mentions"]
    assert said == ["kg", "kg.cli", "kg.cli.show", "kg.errors", *nouns, "kg.table"]


def test_a_verb_of_the_package_stays_a_function_whatever_is_imported() -> None:
    code = "import kg.ask, kg.read; from kg.ask import answer; import kg; print(*(f.__name__ for f in (kg.ask, kg.read)), answer.__name__)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said == "ask read answer\n"


def test_the_latest_year_is_told_and_where_it_is_said_what_counts(
    output: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = Result(capsys, "ask", "mediation", "-g", str(output))
    assert call.err.splitlines() == [
        "各地调解了多少纠纷,成功率、涉及金额多少? How many disputes were mediated, with what success, over what sums? "
        "year=latest (2024)",
        "How it counts: kg ask mediation --explain, at its top.",
    ]


def test_the_evidence_of_a_row_stands_in_the_order_of_the_text(
    output: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = Result(capsys, "ask", "who-cites", "--evidence", "--format", "json", "-g", str(output))
    for row in json.loads(call.out):
        places = [(e["file"], e["start"]) for e in row["evidence"]]
        assert places and places == sorted(places)
