"""A file -> Document. One module a format; repair of broken text is the same for all.

In: paths, as a user types them. Out: Documents, or SetAside with the reason; one file gives one, a ZIP archive one for
each file in it. A new format is told and read in formats.py.
"""

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from operator import attrgetter
from pathlib import Path

from kg.errors import InputError, SetAside
from kg.model import Document, Metadata, Repair
from kg.read.received import Received

# The rooms behind these doors are opened when a file is read: their patterns take 50 ms, which `kg --help` can spare.


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may be. max_bytes: of one file; max_unpacked: of all in an archive; seconds: to read one file.

    keep_all: take every text as a report, whatever its genre.
    """

    max_bytes: int = 50_000_000
    max_unpacked: int = 200_000_000
    seconds: float = 30.0
    keep_all: bool = False


LIMITS = Limits()
#: No report is longer; what is, is a log or a book.
MAX_CHARACTERS = 200_000
_NOTHING_SAID = Metadata()


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
        raw = os.fsencode(name)
        try:
            name = raw.decode("gb18030")
        except UnicodeDecodeError:
            name = raw.decode("utf-8", "backslashreplace")
    return name if name.isprintable() else "".join(c if c.isprintable() else ascii(c)[1:-1] for c in name)


def read(path: str | Path, name: str | None = None, limits: Limits = LIMITS) -> Document:
    """Read one file as a Document. name: what to call it (default: the file's own name).

    Raises SetAside if it is no readable report of this genre; its code names the reason.
    """
    found = [each for _, each in read_each(Path(path), name, limits)]
    if len(found) > 1:
        raise SetAside("archive", f"{name or Path(path).name}: {len(found)} files in one archive; read it with build.")
    if isinstance(found[0], SetAside):
        raise found[0]
    return found[0]


def read_each(
    path: Path, name: str | None = None, limits: Limits = LIMITS
) -> Iterator[tuple[str, Document | SetAside]]:
    """Read one file: its name, and a Document or the reason why not; one for each file in an archive, at least one."""
    name = name or shown(path.name)
    try:
        data = contents(path, limits)
    except SetAside as reason:
        yield name, _named(reason, name)
    else:
        yield from read_data(data, name, limits)


def read_data(data: bytes, name: str, limits: Limits = LIMITS) -> Iterator[tuple[str, Document | SetAside]]:
    """Read a file's bytes as read_each does the file."""
    from kg.read import archive, formats

    try:
        format_ = formats.format_of(data, limits.max_unpacked)
        if format_ != "zip":
            yield name, _document(data, format_, name, limits)
            return
        members = archive.members(archive.opened(data, limits.max_unpacked), limits.max_bytes, limits.max_unpacked)
        empty = True
        for inside, content in members:
            empty = False
            inside = f"{name}/{shown(inside)}"
            yield inside, _member(content, inside, limits)
        if empty:
            raise SetAside("empty", "the archive holds no files; fetch it again")
    except SetAside as reason:
        yield name, _named(reason, name)


def _named(reason: SetAside, name: str) -> SetAside:
    return SetAside(reason.code, f"{name}: {reason}".rstrip(".") + ".")


def contents(path: Path, limits: Limits = LIMITS) -> bytes:
    """Return a regular file's bytes; nothing else is opened, since reading a pipe or a device may never end.

    Raise SetAside, without the file's name, for what cannot be read or is too large.
    """
    try:
        info = path.stat()
        if stat.S_ISDIR(info.st_mode):
            if path.is_symlink():
                raise SetAside("link", "a link to a folder, which is not followed; give the folder itself")
            os.scandir(path).close()
            raise SetAside("not-a-file", "a folder; give a file of it, or build the folder")
        if not stat.S_ISREG(info.st_mode):
            raise SetAside("not-a-file", "a pipe, a socket or a device and no file; leave it out")
        if info.st_size > limits.max_bytes:
            raise SetAside("size", f"over {limits.max_bytes:,} bytes, which no report is; see --max-bytes")
        with path.open("rb") as stream:
            data = stream.read(limits.max_bytes + 1)
    except (OSError, RuntimeError, ValueError) as error:
        why = getattr(error, "strerror", None) or "a loop of links"
        raise SetAside("unreadable", f"{why}; check that the file can be opened") from None
    if len(data) > limits.max_bytes:
        raise SetAside("size", f"over {limits.max_bytes:,} bytes, which no report is; see --max-bytes")
    return data


def _member(content: bytes | SetAside, name: str, limits: Limits) -> Document | SetAside:
    from kg.read import formats

    try:
        if isinstance(content, SetAside):
            raise content
        format_ = formats.format_of(content, limits.max_unpacked)
        if format_ == "zip":
            raise SetAside("nested", "an archive in an archive; unpack it and give the folder")
        return _document(content, format_, name, limits)
    except SetAside as reason:
        return _named(reason, name)


def _document(data: bytes, format_: str, name: str, limits: Limits) -> Document:
    from kg.read import apart, formats, genre

    received = formats.read(data, format_) if format_ == "txt" else apart.read(data, format_, limits.seconds)
    if len(received.text) > MAX_CHARACTERS:
        raise SetAside("size", f"{len(received.text):,} characters of text, which no report has; cut it to the report")
    if received.elsewhere and not limits.keep_all:
        raise SetAside("elsewhere", f"{received.elsewhere}, or take what it has with --keep-all")
    document = _made(received, name)
    why = None if limits.keep_all else genre.not_a_report(document.text, document.metadata)
    if why:
        raise SetAside("not-a-report", f"{why}; leave it out, or take it nevertheless with --keep-all")
    return document


def read_text(source: str, name: str, *, encoding: str = "utf-8", format: str = "txt") -> Document:
    """Make a Document of a text as received, whatever it is."""
    return _made(Received(source, encoding, format), name)


def _made(received: Received, name: str) -> Document:
    from kg.read.repair import clean

    source = received.text
    draft, script, metadata = clean(source, received.outside)
    doubts = list(draft.doubts)
    if received.lossy:
        doubts.append(Repair(f"lossy: {received.lossy}", 0, 0, ""))
    return Document(
        name=name,
        source=source,
        text=draft.text,
        alignment=draft.alignment(),
        sha256=sha256(source.encode("utf-8", "surrogatepass")).hexdigest(),
        format=received.format,
        encoding=received.encoding,
        script=script,
        repairs=tuple(sorted(draft.repairs, key=attrgetter("start", "end", "rule"))),
        cuts=tuple(sorted(draft.cuts, key=attrgetter("start", "end"))),
        doubts=tuple(sorted(doubts, key=attrgetter("start", "end"))),
        metadata=_merged(metadata, received.metadata),
    )


def _merged(labelled: Metadata, headed: Metadata) -> Metadata:
    """Return what the labels of a page say, and else what its head says; its place is what both say."""
    if headed == _NOTHING_SAID:
        return labelled
    trail = " ".join(filter(None, (labelled.trail, headed.trail))) or None
    first = {k: getattr(labelled, k) or getattr(headed, k) for k in Metadata.__slots__}
    return Metadata(**{**first, "trail": trail})


def read_all(paths: Iterable[Path], limits: Limits = LIMITS) -> Iterator[Document | SetAside]:
    """Read every file at or below the paths, in the order of their names; files that are left out come as SetAside."""
    for path, name in find_files(paths):
        yield from (found for _, found in read_each(path, name, limits))
