"""The stores of one output folder, of which one is in force; and locks that die with the process that holds them.

    output/store/current        a link to the one in force; put in place by one rename, which publishes it
    output/store/NAME/db/       an Oxigraph store that is never written to again
    output/store/NAME/held      locked by every reader, so that a store in use is not removed
    output/graph.ttl …          links to files of the one in force, so that the same rename publishes them
    output/.build/              what builds keep (kg/build/), and their lock

In: an output folder. Out: the path of the store in force, or of a new one.
"""

import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import IO

from kg.errors import InputError

_NAME = "current"
#: What a version may have beside its store, and the output folder then has by a link.
SHOWN = ("graph.ttl", "graph.html", "set-aside.csv")
_numbers = count()


class Busy(Exception):
    """Somebody else holds the lock; the text is what they wrote into it."""


class Held:
    """A lock on a file, held until it is closed, forgotten, or its process ends."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._number = os.dup(stream.fileno())  # a stream that is garbage before its owner would warn
        stream.close()

    def note(self, text: str) -> None:
        """Say in the file who holds it."""
        os.ftruncate(self._number, 0)
        os.write(self._number, text.encode())

    def close(self) -> None:
        """Give the lock up."""
        if self._number >= 0:
            os.close(self._number)
            self._number = -1

    __del__ = close


def lock(path: Path, shared: bool = False) -> Held:
    """Lock a file, made if need be. Raise Busy at once if it is held."""
    stream = path.open("rb" if shared else "ab+")
    try:
        _lock(stream, shared)
    except OSError:
        stream.seek(0)
        text = stream.read(200).decode("utf-8", "replace")
        stream.close()
        raise Busy(text) from None
    return Held(stream)


def _lock(stream: IO[bytes], shared: bool) -> None:
    if os.name == "nt":
        import msvcrt

        stream.seek(1 << 30)  # a byte beyond the text, which stays readable
        kind = msvcrt.LK_NBLCK  # type: ignore[attr-defined]
        if not shared:  # Windows has no shared lock of this kind; there an open file cannot be removed anyway
            msvcrt.locking(stream.fileno(), kind, 1)  # type: ignore[attr-defined]
        return
    import fcntl

    fcntl.flock(stream, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)


@contextmanager
def sole_builder(output: Path) -> Iterator[Path]:
    """Hold the lock of an output folder; yields the folder that builds keep. Raise InputError if it is held."""
    folder = output / ".build"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        held = lock(folder / "lock")
    except Busy as busy:
        who = str(busy).strip() or "another process"
        raise InputError(f"{output}: {who} is building here; wait until it is done, or stop it.") from None
    try:
        held.note(f"process {os.getpid()} on {socket.gethostname()}\n")
        yield folder
    finally:
        held.close()


def current(output: Path) -> Path | None:
    """Return the folder of the store in force, or None."""
    pointer = output / "store" / _NAME
    if pointer.is_dir() and not pointer.is_symlink():  # a copy of an output folder, made by what follows links
        return pointer
    try:
        name = str(pointer.readlink()) if pointer.is_symlink() else pointer.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return pointer.with_name(name) if name and name == Path(name).name else None


@dataclass(frozen=True, slots=True)
class InForce:
    """A version that was in force when it was asked for; it is not removed as long as this is held."""

    path: Path
    held: Held

    @property
    def db(self) -> Path:
        """The folder of the Oxigraph store."""
        return self.path / "db"


def in_force(output: Path) -> InForce | None:
    """Return the version in force, or None if there is none."""
    for _ in range(9):  # a build may put another one in force, and remove this one, before it is locked
        place = current(output)
        if place is None:
            return None
        try:
            held = lock(place / "held", shared=True)
        except (OSError, Busy):
            continue
        if (place / "held").exists():
            return InForce(place, held)
    return None


def new(output: Path) -> Path:
    """Return an empty folder for a store to be; those that other builds left are removed. Only for a sole_builder."""
    home = output / "store"
    _clear(home)
    place = home / f".new-{os.getpid()}-{next(_numbers)}"
    place.mkdir(parents=True)
    (place / "held").touch()
    return place


def branch(old: Path, made: Path) -> None:
    """Let a new store begin as the old one: with links to its files, which never change, and copies of its lists."""
    (made / "db").mkdir()
    for path in (old / "db").iterdir():
        if path.suffix == ".sst":
            try:
                os.link(path, made / "db" / path.name)
                continue
            except OSError:
                pass  # a file system without links
        if path.name != "LOCK":
            shutil.copyfile(path, made / "db" / path.name)


def publish(output: Path, made: Path, name: str) -> Path:
    """Put a store in force under its name, and remove those that nobody reads; one of that name is taken as it is."""
    home = output / "store"
    place = home / name
    if place.exists():
        shutil.rmtree(made, ignore_errors=True)
    else:
        for path in made.iterdir():
            if path.is_file():  # the store has seen to its own
                with path.open("r+b") as stream:
                    os.fsync(stream.fileno())
        made.rename(place)
    for file in SHOWN:  # links that lead nowhere yet, so that the next rename shows all at once
        if (place / file).exists() and not os.path.lexists(output / file):
            _point(output / file, Path("store", _NAME, file))
    _point(home / _NAME, Path(name))
    show(output)
    sweep(output)
    return place


def show(output: Path) -> None:
    """See that the output folder has links to those files that the version in force has, and no others."""
    version = current(output)
    for file in SHOWN:
        link = output / file
        if version is None or not (version / file).exists():
            link.unlink(missing_ok=True)
        elif not (link.exists() and link.samefile(version / file)):
            _point(link, Path("store", _NAME, file))


def _point(link: Path, target: Path) -> None:
    """Let a link lead to a path beside it, by one rename.

    Where there are no links (some kinds of Windows and of shared folders), a name is written down, a file is copied.
    """
    new = link.with_name(f".{link.name}.new")
    new.unlink(missing_ok=True)
    if link.is_dir() and not link.is_symlink():
        link.rename(link.with_name(f".gone-{link.name}"))
    try:
        new.symlink_to(target)
    except OSError:
        if link.name == _NAME:
            new.write_text(f"{target}\n", encoding="utf-8")
        else:
            version = current(link.parent)
            if version is None or not (version / target.name).exists():
                return
            shutil.copyfile(version / target.name, new)
    new.replace(link)


def _clear(home: Path) -> None:
    """Remove what builds left that were killed while they made a store or removed one."""
    for left in (*home.glob(".new-*"), *home.glob(".gone-*")):
        shutil.rmtree(left, ignore_errors=True)


def sweep(output: Path) -> None:
    """Remove the stores that are neither in force nor read by anybody, and halves. Only for a sole_builder."""
    home, kept = output / "store", current(output)
    _clear(home)
    for place in home.iterdir():
        if place == kept or place.name == _NAME or not (place / "held").exists():
            continue
        gone = home / f".gone-{place.name.lstrip('.')}"
        try:
            held = lock(place / "held")
            if os.name == "nt":
                held.close()  # what is open there has to stay where it is
            place.rename(gone)  # first out of the way, so that no half of it has its name
        except (Busy, OSError):
            continue
        held.close()
        shutil.rmtree(gone, ignore_errors=True)
