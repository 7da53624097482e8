"""The house: imports go down only, and each file is one room."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "kg"
#: From the roof to the ground; a module may import from lower floors, and from its own folder.
FLOORS = (
    {"__main__"},
    {"cli"},
    {"worker"},
    {"pipeline", "site"},
    {"build"},
    {"draw"},
    {"check", "explain", "diff", "load", "views"},
    {"opened", "asked"},
    {"named"},
    {"ask", "export", "when"},
    {"page"},
    {"bind", "limits", "remote", "shapes"},
    {"formats", "resolve", "results", "charts"},
    {"store", "table"},
    {"versions", "fill", "ahead"},
    {"read", "extract", "graph"},
    {"quantity"},
    {"vocabulary", "terms", "text"},
    {"questions", "cues", "divisions"},
    {"data"},
    {"model"},
    {"errors"},
)
FLOOR = {room: height for height, rooms in enumerate(FLOORS) for room in rooms}
FILES = sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """Return the rooms of kg that a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "kg":
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("kg."):
            found.add(node.module.split(".")[1])
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("kg.")}
    return found


@pytest.mark.parametrize("path", [f for f in FILES if f.name != "__init__.py" or f.parent != PACKAGE], ids=str)
def test_imports_go_down(path: Path) -> None:
    own = room(path)
    assert own in FLOOR, f"{own} stands on no floor"
    upward = {name for name in imported(path) if name != own and FLOOR.get(name, 99) <= FLOOR[own]}
    assert upward == set()


def test_a_wrong_import_would_be_seen(tmp_path: Path) -> None:
    file = tmp_path / "store.py"
    file.write_text("def f():\n    from kg.pipeline import build\n    import kg.cli\n", encoding="utf-8")
    assert imported(file) == {"pipeline", "cli"}


@pytest.mark.parametrize("path", FILES, ids=str)
def test_a_file_is_one_room(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def test_the_heavy_packages_are_imported_lazily() -> None:
    heavy = {"rdflib", "networkx", "pyvis", "pyshacl", "jieba", "rjieba", "rich"}
    for path in (f for f in FILES if room(f) != "page"):  # itself imported lazily, by draw
        tops = ast.parse(path.read_text(encoding="utf-8")).body
        names = {a.name.split(".")[0] for n in tops if isinstance(n, ast.Import) for a in n.names}
        names |= {(n.module or "").split(".")[0] for n in tops if isinstance(n, ast.ImportFrom)}
        assert not names & heavy, path
