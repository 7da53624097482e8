"""What `kg build` prints: a summary for machines, how far it is, and what it refuses."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from kg.build.summary import Step
from kg.cli import building, run
from tests.built import text
from tests.conftest import SEEDS


def test_the_summary_for_machines(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(text("甲镇", 2020), encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    assert run(["build", str(tmp_path), "-o", str(tmp_path / "out"), "--json", "--no-files"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told.pop("seconds") > 0 and told.pop("triples") > 1000 and told.pop("facts") > 10
    outputs = [str(tmp_path / "out" / "store"), str(tmp_path / "out" / "set-aside.csv")]
    assert told == {
        "files": 2,
        "built": 1,
        "read": 2,
        "renewed": False,
        "set_aside": {"empty": 1},
        "remarks": 0,
        "outputs": outputs,
    }


def test_a_log_has_a_line_now_and_then(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter((0.0, 1.0, 5.0, 12.0, 13.0, 14.0))
    monkeypatch.setattr(building, "time", SimpleNamespace(monotonic=lambda: next(clock)))  # nobody else's clock
    with building.Telling() as tell:
        tell(Step("reading", 0, 1000, renewed=True))
        tell(Step("reading", 100, 1000, 2000, renewed=True))
        tell(Step("reading", 220, 1000, 4400, renewed=True))
        tell(Step("reading", 230, 1000, 4500, renewed=True))
        tell(Step("joining", 100, 100))
    assert capsys.readouterr().err.splitlines() == [
        "Other extractors made what is here; all files are read again.",
        "reading: 220 of 1,000 files, 4,400 facts, 20 a second, 0:39 left",
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--engine", "dask"), "--engine dask and --scheduler ADDRESS go together; without them this machine reads."),
        (("--scheduler", "tcp://x:1"), "--engine dask and --scheduler ADDRESS go together"),
    ],
)
def test_what_does_not_go_together(arguments: tuple[str, ...], message: str, tmp_path: Path) -> None:
    with pytest.raises(building.InputError) as error:
        run(["build", str(SEEDS), "-o", str(tmp_path), *arguments])
    assert str(error.value).startswith(message)


def test_long_lists_are_cut_and_say_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    from kg.build.summary import Built, LeftOut, Summary

    reports = [Built(f"{n}.txt", None, None, 1, 2, 3) for n in range(250)]
    left = [LeftOut(f"{n}.txt", "empty", f"{n}.txt: empty.") for n in range(30)]
    building.show_summary(Summary(280, reports, left, 12345, 6.7, [tmp_path / "store"], 280), tmp_path)
    said = capsys.readouterr()
    assert "199.txt" in said.out and "200.txt" not in said.out
    assert said.err.splitlines()[:3] == [
        "and 50 more reports.",
        "",
        f"30 files were set aside (all in {tmp_path / 'set-aside.csv'}):",
    ]
    assert said.err.splitlines()[-5:] == [
        "  and 10 more.",
        "",
        "280 files: 250 built, 30 set aside. 280 had to be read; 12,345 triples in 6.7 s.",
        f"  {tmp_path / 'store'}",
        f"Ask it: kg ask -g {tmp_path}. Look at it: kg view overview -g {tmp_path}.",
    ]
