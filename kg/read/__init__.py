"""A file -> Document. One module a format; repair of broken text is the same for all.

In: paths, as a user types them. Out: Documents, or SetAside with the reason; one file gives one, a ZIP archive one for
each file in it. files.py finds the files; a new format is told and read in formats.py.
"""

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from operator import attrgetter
from pathlib import Path, PurePath

from kg.errors import SetAside
from kg.model import Document, Metadata, Repair
from kg.read.files import find_files as find_files
from kg.read.files import shown
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
#: Names of files that are broken if they hold neither their format nor text: nothing of them can be saved as text.
_NO_TEXT = frozenset((".pdf", ".docx", ".doc", ".wps", ".rtf", ".ofd", ".xlsx", ".xls", ".zip", ".rar", ".7z"))


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
    suffix = PurePath(name).suffix.lower()
    why = str(reason)
    if reason.code in ("binary", "encoding") and suffix in _NO_TEXT:
        why = f"it is neither a {suffix} file nor text; fetch it again"
    return SetAside(reason.code, f"{name}: {why}".rstrip(".") + ".")


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
