"""Builds that are stopped, killed, refused, out of disk, or given files that kill their readers."""

import csv
import os
import pickle
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

import kg
from kg import versions
from kg.build import crew, processes, work
from kg.build.version import version
from kg.errors import InputError
from kg.export import nquads
from kg.pipeline import How
from kg.read import LIMITS, Limits
from tests.built import ASIDE, ONE, TWO, everything, made, text, told
from tests.conftest import ROOT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return made(tmp_path / "in")


def test_a_second_builder_is_refused_and_told_who_builds(folder: Path, tmp_path: Path) -> None:
    with versions.sole_builder(tmp_path / "out"), pytest.raises(InputError) as error:
        kg.build(folder, tmp_path / "out", how=ONE)
    who = f"{tmp_path / 'out'}: process {os.getpid()} on "
    assert str(error.value).startswith(who)
    assert str(error.value).endswith(" is building here; wait until it is done, or stop it.")
    with versions.sole_builder(tmp_path / "out"):  # the lock is free again
        pass


def test_a_reader_keeps_its_snapshot_and_the_last_one_lets_it_go(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    kg.build(folder / "0.txt", output, how=ONE)
    reader, first = kg.open(output), b"".join(nquads(kg.open(output)))
    for name in ("1.txt", "2.txt"):
        kg.build(folder / name, output, how=ONE)
    assert b"".join(nquads(reader)) == first
    assert len(kg.open(output).graphs()) == 2
    assert len(versions_of(output)) == 2
    del reader
    kg.build(folder / "3.txt", output, how=ONE)
    assert len(versions_of(output)) == 1


def versions_of(output: Path) -> list[Path]:
    return [path for path in (output / "store").iterdir() if not path.is_symlink()]


def test_one_rename_publishes_the_store_its_turtle_its_page_and_its_list(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output, names = tmp_path / "out", ["graph.html", "graph.ttl", "set-aside.csv"]
    kg.build(folder, output, how=ONE)
    before, rename, seen = everything(output), Path.replace, list[str]()

    def watched(path: Path, target: Path) -> Path:
        old = everything(output)
        found = rename(path, target)
        seen.extend([Path(target).name] if everything(output) != old else [])
        return found

    (folder / "0.txt").write_text(text("乙镇", 2020, 77), encoding="utf-8")
    (folder / "empty.txt").unlink()
    monkeypatch.setattr(Path, "replace", watched)
    kg.build(folder, output, how=ONE)
    after = everything(output)
    assert seen == ["current"]
    assert [name for name in names if before[name] == after[name]] == []
    links = {path.name: str(path.readlink()) for path in output.iterdir() if path.is_symlink()}
    assert links == {name: f"store/current/{name}" for name in names}


def test_what_killed_builds_left_is_removed_though_nothing_changed(folder: Path, tmp_path: Path) -> None:
    kg.build(folder / "0.txt", tmp_path / "out", how=ONE)
    for name in (".gone-1234", ".new-99-1"):
        (tmp_path / "out" / "store" / name / "db").mkdir(parents=True)
    kg.build(folder / "0.txt", tmp_path / "out", how=ONE)
    assert len(versions_of(tmp_path / "out")) == 1


def test_a_copy_of_an_output_folder_that_follows_links_is_one(folder: Path, tmp_path: Path) -> None:
    kg.build(folder / "0.txt", tmp_path / "out", how=ONE)
    first = everything(tmp_path / "out")
    shutil.copytree(tmp_path / "out", tmp_path / "copy")
    assert everything(tmp_path / "copy") == first
    kg.build([folder / "0.txt", folder / "1.txt"], tmp_path / "copy", how=ONE)
    assert [len(kg.open(tmp_path / name).graphs()) for name in ("out", "copy")] == [2, 3]
    assert len(versions_of(tmp_path / "copy")) == 1


def test_where_there_are_no_links_files_are_copied(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kg.build(folder, tmp_path / "out", how=ONE)

    def refused(path: Path, target: Path) -> None:
        raise PermissionError(f"no links here: {path} to {target}")

    monkeypatch.setattr(Path, "symlink_to", refused)
    for paths in ([folder / "0.txt"], [folder]):
        kg.build(paths, tmp_path / "copied", how=ONE)
    assert everything(tmp_path / "copied") == everything(tmp_path / "out")
    assert not (tmp_path / "copied" / "graph.ttl").is_symlink()


BAD_HAND = """
import os, time
from pathlib import Path
from kg.build import hand, work
read = work._result
def bad(task, limits, tell):
    if "dies" in task.name: os._exit(9)
    if "hangs" in task.name:
        Path(task.path).parent.with_name(f"hangs-{os.getpid()}").touch()
        time.sleep(600)
    if "fails" in task.name: work.read_data = None
    found = read(task, limits, tell)
    return found
work._result = bad
hand.main()
"""


def test_a_file_that_kills_or_hangs_its_reader_costs_only_itself(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, town, figure in (("2-dies", "丑镇", 40), ("3-hangs", "卯镇", 60), ("9-dies", "辰镇", 80)):
        (folder / f"{name}.txt").write_text(text(town, 2020, figure), encoding="utf-8")
    time.sleep(2.1)  # only then the files' times can be trusted
    end_the_late = crew._end_the_late

    def impatient(hands: list[crew._Hand], idle: list[crew._Hand], patience: float) -> None:
        """Wait no longer for a process that hangs; for the others, as long as a busy machine needs."""
        assert patience == 2 * LIMITS.seconds + crew._PATIENCE
        hanging = [h for h in hands if h.process and (tmp_path / f"hangs-{h.process.pid}").exists()]
        end_the_late(hanging, idle, 0)

    monkeypatch.setattr(processes, "_COMMAND", [sys.executable, "-c", BAD_HAND])
    monkeypatch.setattr(crew, "_end_the_late", impatient)
    summary = kg.build(folder, tmp_path / "out", how=TWO)
    lost = {"2-dies.txt": "crash", "3-hangs.txt": "slow", "9-dies.txt": "crash"}
    assert told(summary) == (16, 15, ASIDE | lost)
    assert list((tmp_path / "out" / ".build" / "shards").glob(".*")) == []

    monkeypatch.undo()  # now they can be read, but are not unless it is asked for
    assert told(kg.build(folder, tmp_path / "out", how=ONE)) == (16, 0, ASIDE | lost)
    again = kg.build(folder, tmp_path / "out", how=How(workers=1, retry=True))
    assert told(again) == (16, 5, ASIDE)


#: Dies when it starts, as often as there are files to remove.
LATE_HAND = """
import os, pathlib, sys
left = sorted(pathlib.Path(sys.argv[1]).iterdir())
if left: left[0].unlink(); os._exit(9)
from kg.build import hand
hand.main()
"""


@pytest.mark.parametrize(("times", "starts"), [(3, True), (4, False)])
def test_readers_that_die_while_they_start_are_started_again_a_few_times(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int, starts: bool
) -> None:
    (tmp_path / "left").mkdir()
    for number in range(times):
        (tmp_path / "left" / str(number)).touch()
    monkeypatch.setattr(processes, "_COMMAND", [sys.executable, "-c", LATE_HAND, str(tmp_path / "left")])
    if starts:
        assert told(kg.build(folder / "0.txt", tmp_path / "out", how=ONE)) == (1, 1, {})
        return
    with pytest.raises(InputError, match="The processes that read files do not start"):
        kg.build(folder / "0.txt", tmp_path / "out", how=ONE)


def test_a_file_that_trips_a_rule_costs_only_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(text("乙镇", 2020), encoding="utf-8")
    extract = work.extract
    monkeypatch.setattr(work, "extract", lambda found: 1 / 0 if found.name == "a.txt" else extract(found))
    one, other = work.work([work.Task(str(tmp_path / n), n) for n in ("a.txt", "b.txt")], str(tmp_path / "s"), LIMITS)
    assert one.items is not None and other.items is not None
    message = "a.txt: a fault of kg (ZeroDivisionError: division by zero); report it with this file."
    assert (one.items[0].code, one.items[0].message) == ("fault", message)
    assert (other.items[0].code, other.items[0].year) == ("", 2020)


def test_files_that_vanish_change_or_are_none(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(folder / "pipe")
    gone, changing = work.Task(str(folder / "gone.txt"), "gone.txt"), work.Task(str(folder / "0.txt"), "0.txt")
    read = work.contents

    def written_meanwhile(path: Path, limits: Limits) -> bytes:
        data = read(path, limits)
        path.write_bytes(data + b"\n")
        return data

    monkeypatch.setattr(work, "contents", written_meanwhile)
    results = work.work([gone, changing, work.Task(str(folder / "pipe"), "pipe")], str(tmp_path / "s"), LIMITS)
    assert [r.items and (r.items[0].code, r.items[0].message) for r in results] == [
        ("unreadable", "gone.txt: No such file or directory; check that the file can be opened."),
        ("changing", "0.txt: it changes while it is read; build again when it is written."),
        ("not-a-file", "pipe: a pipe, a socket or a device and no file; leave it out."),
    ]
    assert [r.stand for r in results] == [None] * 3


def test_a_damaged_ledger_is_made_anew(folder: Path, tmp_path: Path) -> None:
    kg.build(folder / "0.txt", tmp_path / "out", how=ONE)
    first = everything(tmp_path / "out")
    (tmp_path / "out" / ".build" / "ledger.sqlite").write_bytes(b"nonsense" * 999)
    assert kg.build(folder / "0.txt", tmp_path / "out", how=ONE).read == 1
    assert everything(tmp_path / "out") == first


def test_a_ledger_with_other_columns_is_made_anew(folder: Path, tmp_path: Path) -> None:
    kg.build(folder / "0.txt", tmp_path / "out", how=ONE)
    first = everything(tmp_path / "out")
    with closing(sqlite3.connect(tmp_path / "out" / ".build" / "ledger.sqlite")) as db:
        db.execute("ALTER TABLE item DROP COLUMN url")
    assert kg.build(folder / "0.txt", tmp_path / "out", how=ONE).read == 1
    assert everything(tmp_path / "out") == first


def test_a_shard_that_is_gone_is_made_anew(folder: Path, tmp_path: Path) -> None:
    kg.build(folder / "0.txt", tmp_path / "out", how=ONE)
    shutil.rmtree(tmp_path / "out" / "store")
    for path in (tmp_path / "out" / ".build" / "shards").iterdir():
        path.unlink()
    kg.build(folder / "0.txt", tmp_path / "out", how=ONE)
    kg.build(folder / "0.txt", tmp_path / "afresh", how=ONE)
    assert everything(tmp_path / "out") == everything(tmp_path / "afresh")


def test_the_list_of_what_was_set_aside(folder: Path, tmp_path: Path) -> None:
    summary = kg.build(folder, tmp_path / "out", how=ONE)
    path = tmp_path / "out" / "set-aside.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows[0] == ["file", "code", "message", "same_as"]
    assert rows[1:] == [[i.file, i.code, i.message, i.same_as or ""] for i in summary.set_aside]
    assert path in summary.outputs
    kg.build(folder / "0.txt", tmp_path / "out", how=ONE)
    assert not path.exists()


def test_large_builds_leave_no_files_that_nobody_opens(folder: Path, tmp_path: Path) -> None:
    kg.build(folder / "0.txt", tmp_path / "out", how=ONE)
    summary = kg.build(folder / "0.txt", tmp_path / "out", how=How(workers=1, files=False))
    assert summary.outputs == [tmp_path / "out" / "store"]
    assert not (tmp_path / "out" / "graph.ttl").exists()
    assert len(kg.build(folder / "0.txt", tmp_path / "out", how=ONE).outputs) == 3


#: `kg build` as a user calls it, but that a file hangs its reader, so that it does not end before it is stopped.
HANGING_BUILD = f"""
import runpy, signal, sys
from kg.build import crew, processes
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever started the tests may have it ignored
processes._COMMAND = [sys.executable, "-c", {BAD_HAND!r}]
crew._PATIENCE = 3600.0
runpy.run_module("kg", run_name="__main__")
"""


def test_ctrl_c_stops_at_once_and_says_how_to_go_on(folder: Path, tmp_path: Path) -> None:
    for at in range(120):
        name = "more-60-hangs" if at == 60 else f"more-{at}"
        (folder / f"{name}.txt").write_text(text("寅镇", 2000 + at % 30, at), encoding="utf-8")
    call = [sys.executable, "-c", HANGING_BUILD, "build", str(folder), "-o", str(tmp_path / "out"), "--workers", "2"]
    pipe, shards = subprocess.PIPE, tmp_path / "out" / ".build" / "shards"
    with subprocess.Popen(call, stdout=pipe, stderr=pipe, encoding="utf-8", cwd=ROOT) as process:
        try:
            # A process that writes its second shard was given more to do, so its first is in the ledger.
            end = time.monotonic() + 600
            while len(list(shards.glob("*.gz"))) < 3:
                assert process.poll() is None and time.monotonic() < end
                time.sleep(0.02)
            process.send_signal(signal.SIGINT)
            _, error = process.communicate(timeout=300)  # it does not wait for its readers, who would take hours
        finally:
            process.kill()
    assert process.returncode == 2
    said = "kg: stopped; the graph that was there is unchanged. The same command goes on from what is done."
    assert error.splitlines()[-1] == said
    assert not (tmp_path / "out" / "store").exists()
    summary = kg.build(folder, tmp_path / "out", how=TWO)
    assert 0 < summary.read < 132


def test_kills_lose_nothing() -> None:
    """A few of the hundred kills of benchmarks/killing.py."""
    run = subprocess.run([sys.executable, "benchmarks/killing.py", "3", "24"], capture_output=True, cwd=ROOT, text=True)
    assert (run.returncode, run.stdout.split(" of ")[0]) == (0, "3 kills"), run.stdout + run.stderr


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_full_disk_is_told_and_leaves_the_old_graph(folder: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(disk)]).returncode:
        pytest.skip("this machine mounts no disks")
    try:
        kg.build(folder / "0.txt", disk / "out", how=ONE)
        before = everything(disk / "out")
        for fill in (300_000, 100_000, 4_096):  # too little room for the page, the store, the ledger
            (disk / "fill").unlink(missing_ok=True)
            room = os.statvfs(disk)
            (disk / "fill").write_bytes(bytes(max(0, room.f_bavail * room.f_frsize - fill)))
            (folder / "0.txt").write_text(text("乙镇", 2020, fill), encoding="utf-8")
            with pytest.raises(InputError) as error:
                kg.build([folder], disk / "out", how=ONE)
            told = str(error.value).partition(" ")[2]
            assert told.startswith(("cannot be written (No space left on device). The", "cannot be written (disk I/O"))
            assert "that was there is unchanged; make room, then run the same command again" in told
            assert everything(disk / "out") == before
        (disk / "fill").unlink()
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere each process opens for itself what reading wants")
def test_processes_are_made_ended_and_outlive_the_one_that_made_them() -> None:
    source = processes.Source()
    with closing(source):
        one, other, third = (source.start(alone=False) for _ in range(3))
        answers = [ready(each) for each in (one, other, third)]
        assert answers == [("done", [])] * 3
        for _ in range(2):
            one.end()  # the second time there is nothing to end
        assert not runs(one.pid)
        assert source._maker
        source._maker._process.kill()
        source._maker._process.wait()
        assert ready(other) == ("done", [])
        with pytest.raises((EOFError, OSError)):  # found out now
            source.start(alone=False)
        fourth = source.start(alone=True)
        assert ready(fourth) == ("done", [])
        for each in (other, third, fourth):
            each.end()
    assert [each.pid for each in (other, third, fourth) if runs(each.pid)] == []
    for each in (one, other, third, fourth):
        each.calls.close()
        each.answers.close()


def test_where_processes_are_not_made_of_one_another_each_opens_all(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kg.build(folder, tmp_path / "here", how=TWO)
    monkeypatch.setattr(processes, "sys", SimpleNamespace(platform="darwin"))
    assert told(kg.build(folder, tmp_path / "there", how=TWO)) == (13, 12, ASIDE)
    assert everything(tmp_path / "there") == everything(tmp_path / "here")


def ready(process: processes.Process) -> object:
    """Give a process no files to read; return what it answers in the end."""
    pickle.dump(([], "", LIMITS, version()), process.calls)
    process.calls.flush()
    assert pickle.load(process.answers) == ("told", -1)
    return pickle.load(process.answers)


def runs(pid: int) -> bool:
    """Tell whether a process is there and no zombie, after a while at most."""
    for _ in range(100):
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return False
        except OSError:
            return False
        time.sleep(0.05)
    return True
