"""The version of the extractors: a digest of the code and tables that a report's graph depends on.

In: the package's own files, and the versions of the packages that read. Out: twelve hexadecimal digits.
"""

from functools import lru_cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path

#: Rooms and files of kg that a report's graph depends on; and packages.
_ROOMS = ("read", "extract", "graph", "model", "tables", "terms")
_FILES = "data divisions quantity text vocabulary build/task build/work".split()
_PACKAGES = ("ahocorasick-rs", "jieba", "lxml", "opencc", "pypdf", "rjieba")


@lru_cache(maxsize=1)
def version(home: Path = Path(__file__).parent.parent) -> str:
    """Return the version of what reads, extracts and makes graphs; home: the package's folder."""
    found = sha256()
    inside = (path for room in _ROOMS for path in (home / room).rglob("*") if path.suffix in (".py", ".csv", ".txt"))
    for path in sorted((*inside, *(path for name in _FILES if (path := home / f"{name}.py").exists()))):
        found.update(path.relative_to(home).as_posix().encode() + b"\0")
        found.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    for name in _PACKAGES:
        try:
            found.update(f"{name} {metadata.version(name)}\n".encode())
        except metadata.PackageNotFoundError:
            continue
    return found.hexdigest()[:12]
