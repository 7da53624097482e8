"""Builds on a Dask cluster of several processes, one of which is killed; and shards at a URL."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.build import shards
from kg.errors import InputError
from kg.pipeline import How
from tests.built import everything, text
from tests.conftest import ROOT

distributed = pytest.importorskip("distributed", reason="no Dask here: pip install 'kg-fazhi[cluster]'")


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list["subprocess.Popen[bytes]"]]]:
    """A scheduler and three workers, processes of their own, as on three machines: its address, and the workers."""
    file = tmp_path / "scheduler.json"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    common: dict[str, Any] = {"env": environment, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    start = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
    processes = [subprocess.Popen([*start, "--no-dashboard", "--scheduler-file", str(file)], **common)]
    try:
        address = address_of(file, processes[0])
        worker = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1"]
        for _ in range(3):
            call = [*worker, "--no-nanny", "--no-dashboard", "--host", "127.0.0.1"]
            processes.append(subprocess.Popen(call, **common))
        with distributed.Client(address, timeout=300, set_as_default=False) as client:
            client.wait_for_workers(3, timeout=300)
        yield address, processes[1:]
    finally:
        for process in processes:
            process.kill()
            process.wait()


def address_of(file: Path, scheduler: "subprocess.Popen[bytes]") -> str:
    """Wait until the scheduler has written its file whole; return the address that stands there."""
    while scheduler.poll() is None:
        try:
            address: str = json.loads(file.read_text())["address"]
            return address
        except (OSError, ValueError):
            time.sleep(0.1)
    raise AssertionError("the scheduler has ended")


def test_a_cluster_of_which_a_worker_is_killed_gives_the_same_bytes(
    cluster: tuple[str, list["subprocess.Popen[bytes]"]], tmp_path: Path
) -> None:
    address, workers = cluster
    folder = tmp_path / "in"
    folder.mkdir()
    for at in range(60):
        (folder / f"{at}.txt").write_text(
            text(f"{'甲乙丙丁'[at % 4]}{'东西南'[at % 3]}镇", 2000 + at % 25, at), encoding="utf-8"
        )
    (folder / "empty.txt").write_bytes(b"")
    killed = []

    def kill_one(step: Any) -> None:
        if step.stage == "reading" and step.done > 4 and not killed:
            killed.append(workers[0].pid)
            os.kill(workers[0].pid, signal.SIGKILL)

    how = How(scheduler=address, shards=str(tmp_path / "shared"), workers=3)
    summary = kg.build(folder, tmp_path / "out", kill_one, how=how)
    assert killed
    assert (summary.files, len(summary.reports), [i.code for i in summary.set_aside]) == (61, 60, ["empty"])
    assert not (tmp_path / "out" / ".build" / "shards").exists()
    kg.build(folder, tmp_path / "here", how=How(workers=1))
    assert everything(tmp_path / "out") == everything(tmp_path / "here")


def test_no_scheduler_is_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    client = distributed.Client

    def soon(address: str, timeout: float, **more: Any) -> Any:
        return client(address, timeout=min(timeout, 1), **more)

    monkeypatch.setattr(distributed, "Client", soon)
    (tmp_path / "a.txt").write_text(text("甲镇", 2020), encoding="utf-8")
    with pytest.raises(InputError, match=r"^tcp://127\.0\.0\.1:9: no Dask scheduler answers"):
        kg.build(tmp_path / "a.txt", tmp_path / "out", how=How(scheduler="tcp://127.0.0.1:9"))


@pytest.mark.parametrize("place", ["memory://shards", "{tmp}/shards"])
def test_shards_in_a_folder_and_at_a_url(place: str, tmp_path: Path) -> None:
    place = place.format(tmp=tmp_path)
    one, other = shards.packed("一\n".encode() * 1000), shards.packed(b"two\n")
    assert list(shards.names(place)) == []
    for _ in range(2):
        shards.write(place, "x", one + other)
    assert list(shards.names(place)) == ["x"]
    wanted = [("x", len(one), len(other)), ("x", 0, len(one) + len(other))]
    assert list(shards.read(place, wanted)) == [b"two\n", "一\n".encode() * 1000 + b"two\n"]
    shards.remove(place, "x")
    assert list(shards.names(place)) == []


def test_a_damaged_shard_and_a_url_of_no_kind(tmp_path: Path) -> None:
    shards.write(str(tmp_path), "x", b"no gzip")
    with pytest.raises(InputError, match="damaged; remove this file and build again"):
        list(shards.read(str(tmp_path), [("x", 0, 7)]))
    with pytest.raises(InputError, match="nowhere://x: cannot be opened"):
        list(shards.names("nowhere://x"))
