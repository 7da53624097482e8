"""A file -> Document. One module a format; repair of broken text is the same for all.

In: paths, as a user types them. Out: Documents, or SetAside with the reason.
A new format is a module here and its line in READERS.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from kg.errors import InputError, SetAside
from kg.model import Document
from kg.read import genre, plain
from kg.read.repair import clean

#: A reader turns the bytes of a file into (text as received, name of the encoding), or raises SetAside.
Reader = Callable[[bytes], tuple[str, str]]

READERS: Mapping[str, Reader] = {
    ".txt": plain.decode,
    ".text": plain.decode,
    ".md": plain.decode,
}

MAX_BYTES = 50_000_000


def find_files(paths: Iterable[Path]) -> list[tuple[Path, str]]:
    """Return (file, name to show) for each file at or below the paths, sorted by name, each file once.

    A name is the path below the folder given, or the file's own name; two files that would share a name keep their
    paths as given. Hidden files and folders are passed over. Raise InputError for a path that is not there, or if
    there is no file at all.
    """
    named: list[tuple[Path, str]] = []
    tried = []
    for path in paths:
        tried.append(str(path))
        if path.is_dir():
            inside = (p for p in path.rglob("*") if not any(part.startswith(".") for part in p.relative_to(path).parts))
            named += [(p, p.relative_to(path).as_posix()) for p in inside if p.is_file()]
        elif path.exists():
            named.append((path, path.name))
        else:
            raise InputError(f"{path}: no such file or folder. Give a report, or a folder of reports.")
    if not named:
        raise InputError(f"{', '.join(tried) or 'no path'}: no files here. Give a report, or a folder of reports.")
    files = {path.resolve(): (path, name) for path, name in sorted(named, reverse=True)}
    names = [name for _, name in files.values()]
    return sorted(
        ((path, name if names.count(name) == 1 else path.as_posix()) for path, name in files.values()),
        key=lambda item: item[1],
    )


def read(path: str | Path, name: str | None = None) -> Document:
    """Read one file as a Document. name: what to call it (default: the file's own name).

    Raises SetAside if it is no readable report of this genre; its code names the reason.
    """
    path = Path(path)
    name = name or path.name
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise SetAside(
            "format", f"{name}: no reader for {path.suffix or 'nameless'!r} files; save it as {', '.join(READERS)}."
        )
    try:
        if path.stat().st_size > MAX_BYTES:
            raise SetAside("size", f"{name}: over {MAX_BYTES:,} bytes, which no report is; cut it to the report.")
        data = path.read_bytes()
    except OSError as error:
        raise SetAside("unreadable", f"{name}: {error.strerror}; check that the file can be opened.") from None
    try:
        source, encoding = reader(data)
    except SetAside as reason:
        raise SetAside(reason.code, f"{name}: {reason}") from None
    document = read_text(source, name, encoding=encoding, format=path.suffix.lower().lstrip("."))
    if why := genre.not_a_report(document.text):
        raise SetAside("not-a-report", f"{name}: {why}; leave it out, or check that the file holds the whole report.")
    return document


def read_text(source: str, name: str, *, encoding: str = "utf-8", format: str = "txt") -> Document:
    """Make a Document of a text as received, whatever it is."""
    draft, script, metadata = clean(source)
    digest = sha256(source.encode("utf-8", "surrogatepass")).hexdigest()
    repairs = tuple(sorted(draft.repairs, key=lambda repair: (repair.start, repair.end, repair.rule)))
    return Document(
        name,
        source,
        draft.text,
        draft.alignment(),
        digest,
        format,
        encoding,
        script,
        repairs,
        tuple(draft.cuts),
        tuple(draft.doubts),
        metadata,
    )


def read_all(paths: Iterable[Path]) -> Iterator[Document | SetAside]:
    """Read every file at or below the paths, in the order of their names; files that are left out come as SetAside."""
    for path, name in find_files(paths):
        try:
            yield read(path, name)
        except SetAside as reason:
            yield reason
