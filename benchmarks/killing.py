"""Kill builds at random moments, and see that nothing is lost: `python benchmarks/killing.py 100`.

A folder of made-up reports is built undisturbed; then it is built again, each time over the graph of an older state of
the folder, by a process that is killed (-9; alone, or with its workers) at a random moment, as often as it takes, until
one lives to its end. After every kill the old or the new graph has to be there, whole, with its Turtle,
page and list; in the end every byte has to be
that of the undisturbed build. Prints what it saw; exit status 1 if anything was wrong.
"""

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import corpus  # noqa: E402

import kg  # noqa: E402
from kg.export import nquads  # noqa: E402


def command(folder: Path, output: Path) -> list[str]:
    """Return the call of a build by two workers."""
    return [sys.executable, "-m", "kg", "build", str(folder), "-o", str(output), "--workers", "2", "--json"]


def everything(output: Path) -> tuple[str, ...]:
    """Return digests of all that readers see: the graph, its Turtle, its page, the list of files set aside."""
    paths = [output / name for name in ("graph.ttl", "graph.html", "set-aside.csv")]
    found = [b"".join(nquads(kg.open(output))), *(path.read_bytes() if path.exists() else b"" for path in paths)]
    return tuple(hashlib.sha256(each).hexdigest() for each in found)


def change(folder: Path) -> None:
    """Make a later state of a folder: some reports gone, some changed, some new."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    for path in files[::10]:
        path.unlink()
    for at, path in enumerate(files[1::10]):
        path.write_bytes(corpus.report(5000 + at)[1])
    for at in range(len(files) // 10):
        (folder / f"new-{at}.txt").write_bytes(corpus.report(6000 + at)[1])


def main(kills: int, count: int, seed: int) -> int:
    """Kill so many builds of so many reports."""
    dice, wrong, killed, rounds, seen = random.Random(seed), 0, 0, 0, {"old": 0, "new": 0}
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch)
        corpus.write(count, home / "in")
        run = {"cwd": ROOT, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run(command(home / "in", home / "old"), check=False, **run)  # type: ignore[call-overload]
        change(home / "in")
        begun = time.monotonic()
        subprocess.run(command(home / "in", home / "new"), check=False, **run)  # type: ignore[call-overload]
        longest = time.monotonic() - begun
        old, new = everything(home / "old"), everything(home / "new")
        while killed < kills:
            output, rounds = home / f"round-{rounds}", rounds + 1
            shutil.copytree(home / "old", output, symlinks=True)
            if dice.random() < 0.5:  # nothing kept: all has to be read
                shutil.rmtree(output / ".build")
            while True:
                process = subprocess.Popen(command(home / "in", output), start_new_session=True, **run)  # type: ignore[call-overload]
                try:
                    process.wait(dice.uniform(0, longest * 1.2) if killed < kills else None)
                    break
                except subprocess.TimeoutExpired:
                    (os.killpg if dice.random() < 0.5 else os.kill)(process.pid, signal.SIGKILL)
                    process.wait()
                killed += 1
                found = everything(output)
                seen["old" if found == old else "new"] += 1
                if found not in (old, new):
                    wrong += 1
                    print(f"kill {killed}: what is there is neither all old nor all new", flush=True)
            if process.returncode not in (0, 1) or everything(output) != new:
                wrong += 1
                print(f"round {rounds}: status {process.returncode}, and not the same bytes", flush=True)
            left = sorted(path.name for path in (output / "store").iterdir())
            if len(left) > 2:
                print(f"round {rounds}: left {left}", flush=True)
            shutil.rmtree(output)
        print(f"{killed} kills of builds of {count} reports in {rounds} rounds: after a kill {seen['old']} times the")
        print(f"old graph, {seen['new']} times the new one; {wrong} wrong. An undisturbed build took {longest:.1f} s.")
    return 1 if wrong else 0


if __name__ == "__main__":
    arguments = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*(arguments + [100, 150, 1][len(arguments) :])))
