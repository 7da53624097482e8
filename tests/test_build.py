"""Builds that go on: only what changed is read, every file accounted for, and every byte the same."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

import kg
from kg.build import version, work
from kg.errors import InputError
from kg.read import LIMITS
from tests.built import ASIDE, ONE, TWO, everything, made, text, told
from tests.conftest import ROOT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return made(tmp_path / "in")


def test_only_what_changed_is_read_and_the_bytes_are_those_of_a_first_build(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    time.sleep(2.1)  # only then the files' times can be trusted
    assert told(kg.build(folder, output, how=ONE)) == (13, 12, ASIDE)
    first = everything(output)
    assert told(kg.build(folder, output, how=ONE)) == (13, 0, ASIDE)
    assert everything(output) == first

    (folder / "0.txt").write_text(text("乙镇", 2020, 50), encoding="utf-8")  # changed: its copy stands for itself now
    (folder / "1.txt").unlink()
    (folder / "new.txt").write_text(text("寅镇", 2022, 30), encoding="utf-8")
    (folder / "2.txt").rename(folder / "3b.txt")
    summary = kg.build(folder, output, how=ONE)
    assert {item.file: item.code for item in summary.set_aside} == {"empty.txt": "empty", "two.zip/b.txt": "empty"}
    afresh = kg.build(folder, tmp_path / "afresh", how=TWO)
    assert everything(output) == everything(tmp_path / "afresh")
    assert summary.reports == afresh.reports
    assert summary.triples == afresh.triples == len(kg.open(output))


def test_files_that_are_only_looked_at_again_were_not_read(folder: Path, tmp_path: Path) -> None:
    kg.build(folder, tmp_path / "out", how=ONE)  # so soon after they were written, their times tell nothing
    for name, town in (("new-1.txt", "寅镇"), ("new-2.txt", "卯镇")):
        (folder / name).write_text(text(town, 2022, 30), encoding="utf-8")
    assert told(kg.build(folder, tmp_path / "out", how=ONE)) == (15, 2, ASIDE)


def test_a_file_of_the_same_size_and_time_with_other_content_is_read(folder: Path, tmp_path: Path) -> None:
    path = folder / "0.txt"
    kg.build(path, tmp_path / "out", how=ONE)
    info = path.stat()
    path.write_text(text("乙镇", 2020, 0).replace("3600", "3601").replace("120次", "121次"), encoding="utf-8")
    os.utime(path, ns=(info.st_atime_ns, info.st_mtime_ns))
    assert path.stat().st_size == info.st_size
    assert kg.build(path, tmp_path / "out", how=ONE).read == 1
    rows = kg.query(
        kg.open(tmp_path / "out"), 'SELECT ?q { ?f <https://w3id.org/fazhi/ont#quote> ?q FILTER(?q = "121次") }'
    )
    assert rows.rows == (("121次",),)


def test_what_other_extractors_made_is_made_anew(folder: Path, tmp_path: Path) -> None:
    for name in ("kg", "ontology", "queries"):
        shutil.copytree(ROOT / name, tmp_path / "code" / name, ignore=shutil.ignore_patterns("__pycache__"))
    for path in sorted(folder.glob("[2-9]*")):
        path.unlink()
    time.sleep(2.1)
    call = [sys.executable, "-m", "kg", "build", str(folder), "-o", str(tmp_path / "out"), "--json", "--workers", "1"]
    said = []
    for change in ("", "", "\n# another rule\n"):
        with (tmp_path / "code/kg/extract/periods.py").open("a", encoding="utf-8") as stream:
            stream.write(change)
        run = subprocess.run(call, capture_output=True, cwd=tmp_path / "code", encoding="utf-8")
        summary = json.loads(run.stdout)
        said.append((run.returncode, summary["read"], summary["renewed"], "Other extractors made" in run.stderr))
    assert said == [(1, 6, False, False), (1, 0, False, False), (1, 6, True, True)]


def test_the_version_is_that_of_code_and_tables(tmp_path: Path) -> None:
    package = tmp_path / "kg"
    for name in ("extract/x.py", "tables/x.csv", "cli/x.py"):
        (package / name).parent.mkdir(parents=True)
        (package / name).write_text("1", encoding="utf-8")
    seen = [version.version(package)]
    for name in ("cli/x.py", "extract/x.py", "tables/x.csv"):
        version.version.cache_clear()
        (package / name).write_text("2", encoding="utf-8")
        seen.append(version.version(package))
    version.version.cache_clear()
    assert seen[0] == seen[1]
    assert len(set(seen)) == 3


def test_the_version_is_of_files_that_exist() -> None:
    home = Path(version.__file__).parent.parent
    named = [*(home / room for room in version._ROOMS), *(home / f"{name}.py" for name in version._FILES)]
    assert [path for path in named if not path.exists()] == []


def test_another_version_on_a_worker_is_told(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="another version of kg"):
        work.work([], str(tmp_path), LIMITS, at="000000000000")
