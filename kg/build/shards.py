"""Shards: N-Quads of many reports in one gzip file, a member a report, so that one can be taken out of it.

In: a place, which is a folder or an fsspec URL (s3://bucket/folder …), and reports' N-Quads. Out: files NAME.nq.gz that
any tool reads, whole or not at all; the same name for the same reports. fsspec comes with kg[cluster].
"""

import os
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kg.errors import InputError

#: gzip's fastest level: the rest costs more time than it saves bytes.
_LEVEL = 1


def packed(quads: bytes) -> bytes:
    """Return N-Quads as a member of a gzip file; the same bytes everywhere, since it names no time."""
    stream = zlib.compressobj(_LEVEL, zlib.DEFLATED, 31)
    return stream.compress(quads) + stream.flush()


def unpacked(member: bytes) -> bytes:
    """Return the N-Quads of a member, or of several that follow one another."""
    out = []
    while member:
        stream = zlib.decompressobj(31)
        out.append(stream.decompress(member))
        member = stream.unused_data
    return b"".join(out)


def write(place: str, name: str, data: bytes) -> None:
    """Write a shard whole; one of that name holds the same and is replaced. Raises OSError if the place is full."""
    if "://" in place:
        with _fsspec(place).open(f"{place}/{name}.nq.gz", "wb") as stream:
            stream.write(data)
        return
    folder = Path(place)
    folder.mkdir(parents=True, exist_ok=True)
    new = folder / f".{name}.{os.getpid()}"
    try:
        new.write_bytes(data)
        new.replace(folder / f"{name}.nq.gz")
    except OSError:
        new.unlink(missing_ok=True)
        raise


def read(place: str, wanted: Iterable[tuple[str, int, int]]) -> Iterator[bytes]:
    """Yield the N-Quads at each (shard, first byte, bytes); wanted in the order of shards, each is opened once."""
    opened, stream = "", None
    try:
        for name, start, length in wanted:
            if name != opened or stream is None:
                if stream is not None:
                    stream.close()
                path = f"{place}/{name}.nq.gz"
                stream, opened = _fsspec(path).open(path, "rb") if "://" in place else open(path, "rb"), name  # noqa: PTH123, SIM115
            stream.seek(start)
            try:
                quads = unpacked(stream.read(length))
            except zlib.error:
                raise InputError(f"{place}/{name}.nq.gz: damaged; remove this file and build again.") from None
            yield quads
    finally:
        if stream is not None:
            stream.close()


def names(place: str) -> Iterator[str]:
    """Yield the names of the shards in a place."""
    if "://" in place:
        system = _fsspec(place)
        found = system.ls(place, detail=False) if system.exists(place) else []
    else:
        found = [path.name for path in Path(place).iterdir()] if Path(place).is_dir() else []
    for each in found:
        if str(each).endswith(".nq.gz"):
            yield str(each).rsplit("/", 1)[-1].removesuffix(".nq.gz")


def remove(place: str, name: str) -> None:
    """Remove a shard."""
    if "://" in place:
        _fsspec(place).rm(f"{place}/{name}.nq.gz")
    else:
        (Path(place) / f"{name}.nq.gz").unlink(missing_ok=True)


def _fsspec(url: str) -> Any:
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise InputError(f"{url}: URLs want fsspec. Install it: pip install 'kg-fazhi[cluster]'") from None
    try:
        return url_to_fs(url)[0]
    except (ImportError, ValueError) as error:
        raise InputError(f"{url}: cannot be opened ({error}).") from None
