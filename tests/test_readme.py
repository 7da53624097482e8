"""The README tells the truth: what its commands print is what stands there.

`python -m tests.test_readme` writes today's output into it.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

README = ROOT / "README.md"
CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)
CALL = re.compile(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
PYTHON = re.compile(r"```python\n(.*?)```\n\n```text\n(.*?)```", re.DOTALL)


def call(command: str, folder: Path) -> str:
    """Return what a command of the README prints on standard output, run in a folder that holds seeds/."""
    words = shlex.split(command)
    assert words[0] == "kg"
    result = subprocess.run(
        [sys.executable, "-m", "kg", *words[1:]], cwd=folder, capture_output=True, encoding="utf-8", env=environment()
    )
    assert result.returncode == 0, result.stderr
    return result.stdout.replace("\r\n", "\n")


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}


def todays(text: str, folder: Path) -> str:
    """Return the README's text with every output as it is now."""
    shutil.copytree(ROOT / "seeds", folder / "seeds", dirs_exist_ok=True)

    def block(match: re.Match[str]) -> str:
        return "```console\n" + "".join(f"$ {c}\n{call(c, folder)}" for c, _ in CALL.findall(match[1])) + "```"

    def program(match: re.Match[str]) -> str:
        code = match[1]
        result = subprocess.run(
            [sys.executable, "-c", code], cwd=folder, capture_output=True, encoding="utf-8", env=environment()
        )
        assert result.returncode == 0, result.stderr
        return f"```python\n{code}```\n\n```text\n{result.stdout}```"

    return PYTHON.sub(program, CONSOLE.sub(block, text))


def test_the_readme_tells_the_truth(tmp_path: Path) -> None:
    text = README.read_text(encoding="utf-8")
    assert len(CONSOLE.findall(text)) == 3
    assert len(PYTHON.findall(text)) == 1
    assert todays(text, tmp_path) == text


@pytest.mark.skipif(not (ROOT / ".venv" / ".run").exists(), reason="make has not set up .venv here")
def test_make_builds_and_answers() -> None:
    result = subprocess.run(["make"], cwd=ROOT, capture_output=True, encoding="utf-8")
    assert result.returncode == 0, result.stderr
    assert "5 files: 5 built, 0 set aside." in result.stderr
    assert "output/graph.html" in result.stdout
    assert (ROOT / "output" / "graph.html").stat().st_size > 100_000


def test_the_files_it_links_are_there() -> None:
    text = README.read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#]+)\)", text)
    assert len(links) >= 4
    assert [link for link in links if not (ROOT / link).exists()] == []


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as scratch:
        README.write_text(todays(README.read_text(encoding="utf-8"), Path(scratch)), encoding="utf-8")
