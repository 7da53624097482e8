"""The notebooks of examples/ run, cell by cell, over the graph of the seeds."""

import ast
import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT


def run(notebook: Path) -> list[Any]:
    """Run the code of a notebook; return what each cell's last line gives, as the notebook would show it."""
    shown, names = [], dict[str, Any]()
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        body = ast.parse("".join(cell["source"])).body
        last = body.pop() if isinstance(body[-1], ast.Expr) else None
        exec(compile(ast.Module(body, []), str(notebook), "exec"), names)
        shown.append(eval(compile(ast.Expression(last.value), str(notebook), "eval"), names) if last else None)
    return shown


def test_the_notebook_runs(
    output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "output").symlink_to(output)
    monkeypatch.chdir(tmp_path)
    laws, _, roles, shared = run(ROOT / "examples" / "asking.ipynb")
    assert laws.iloc[0].to_dict() == {"instrument_": "中华人民共和国民法典", "kind": "law", "reports": 5, "mentions": 9}
    assert "永安街道 80000 | 000_955d82509a1e6f4c.txt" in capsys.readouterr().out
    assert list(roles["role"]) == ["achievements", "plans", "problems"]
    assert shared[0][0] == 3


def test_outputs_are_not_kept() -> None:
    for notebook in (ROOT / "examples").glob("*.ipynb"):
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        assert [c for c in cells if c.get("outputs")] == []
