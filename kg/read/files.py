"""Which files a user means, and what they are called.

In: paths, as a user types them. Out: files, each once, in the order of their names.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from kg.errors import InputError


def find_files(paths: Iterable[Path]) -> list[tuple[Path, str]]:
    """Return (file, name to show) for each file at or below the paths, sorted by name, each file once.

    A name is the path below the folder given, or the file's own name; two files that would share a name keep their
    paths as given. Hidden files and folders are passed over, links to folders inside a folder are not followed but
    named. Raise InputError for a path that is not there, or if there is no file at all.
    """
    named: list[tuple[Path, str]] = []
    tried = []
    for path in paths:
        tried.append(shown(str(path)))
        if path.is_dir():
            named += [(x, path.name if x == path else x.relative_to(path).as_posix()) for x in _below(path)]
        elif os.path.lexists(path):
            named.append((path, path.name))
        else:
            raise InputError(f"{tried[-1]}: no such file or folder. Give a report, or a folder of reports.")
    if not named:
        raise InputError(f"{', '.join(tried) or 'no path'}: no files here. Give a report, or a folder of reports.")
    known = cache(os.path.realpath)
    files = {_real(path, known): (path, shown(name)) for path, name in sorted(named, reverse=True)}
    counts: dict[str, int] = {}
    for _, name in files.values():
        counts[name] = counts.get(name, 0) + 1
    return sorted(
        ((path, name if counts[name] == 1 else shown(path.as_posix())) for path, name in files.values()),
        key=lambda item: item[1],
    )


def _real(path: Path, known: Callable[[str], str]) -> str:
    """Return what a path leads to. known: os.path.realpath of folders, each asked once."""
    folder, name = os.path.split(path)
    real = f"{known(folder)}{os.sep}{name}"
    return os.path.realpath(path) if name in ("", "..") or path.is_symlink() else real


def _below(folder: Path) -> Iterator[Path]:
    """Yield files, links to folders (so that no loop is walked) and folders that don't open, below a folder."""
    closed: list[Path] = []
    for place, folders, files in os.walk(folder, onerror=lambda error: closed.append(Path(error.filename))):
        links = [name for name in folders if Path(place, name).is_symlink()]
        folders[:] = [name for name in folders if not name.startswith(".") and name not in links]
        yield from (Path(place, name) for name in (*files, *links) if not name.startswith("."))
    yield from closed


def shown(name: str) -> str:
    """Return a file's name as text: one that is not UTF-8 is read as GB 18030, else odd bytes are written out.

    So are characters that would break a line or colour a terminal.
    """
    if any("\udc80" <= c <= "\udcff" for c in name):
        name = "/".join(map(_decoded, os.fsencode(name).split(b"/")))
    return name if name.isprintable() else "".join(c if c.isprintable() else ascii(c)[1:-1] for c in name)


def _decoded(raw: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            return raw.decode(encoding)
    return raw.decode("utf-8", "backslashreplace")
