"""ZIP archives: of reports, and those that Word and other offices' files are.

In: the bytes of one archive. Out: its members, unpacked in memory only; what cannot be unpacked comes as SetAside.
Sizes are counted while unpacking, whatever the archive says of itself.
"""

import io
import lzma
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress

from kg.errors import SetAside

_CHUNK = 1 << 20
#: What reading a damaged archive raises: its own errors, those of packing, and of places where nothing is.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, RuntimeError, OSError, ValueError,
    OverflowError, IndexError, KeyError,
)  # fmt: skip
#: Members by which other formats are known: (start of a member's name, format, what to do).
_OTHERS = (
    ("OFD.xml", "ofd", "it is an OFD file; save it as .pdf or .docx"),
    ("xl/", "xlsx", "it is a spreadsheet, not a report"),
    ("ppt/", "pptx", "it is a slide show, not a report"),
    ("content.xml", "odt", "it is an OpenDocument file; save it as .docx"),
    ("META-INF/container.xml", "epub", "it is an e-book; save the report as .html or .txt"),
)


def opened(data: bytes, most: int) -> zipfile.ZipFile:
    """Open an archive whose members together unpack to no more than so many bytes, or raise SetAside."""
    try:
        file = zipfile.ZipFile(io.BytesIO(data))
        names = file.namelist()
    except _BROKEN:
        raise SetAside("damaged", "the ZIP archive is damaged; fetch it again") from None
    if len(names) > 20_000:
        raise SetAside("size", f"{len(names):,} files in one archive; unpack it and give the folder")
    if "word/document.xml" in names:
        total = sum(_size(file, info, most) for info in file.infolist())
        if total > most:
            raise SetAside("size", f"it unpacks to over {most:,} bytes, which no report does; see --max-unpacked")
    return file


def kind(file: zipfile.ZipFile) -> str:
    """Tell a Word file from an archive of files; raise SetAside for the files of other offices."""
    names = file.namelist()
    if "word/document.xml" in names:
        return "docx"
    for start, format_, advice in _OTHERS:
        if any(name.startswith(start) for name in names):
            raise SetAside("format", f"no reader for {format_} files: {advice}")
    return "zip"


def _size(file: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> int:
    """Count the bytes that a member unpacks to, up to one more than the limit."""
    count = 0
    try:
        with file.open(info) as stream:
            while count <= most and (chunk := stream.read(_CHUNK)):
                count += len(chunk)
    except _BROKEN:
        raise SetAside("damaged", "a part of the file is damaged or locked; fetch it again") from None
    return count


def members(file: zipfile.ZipFile, most_file: int, most: int) -> Iterator[tuple[str, bytes | SetAside]]:
    """Yield (name, bytes or the reason why not) of each file in an archive, in the order of their names."""
    total, times = 0, Counter[str]()
    for info in sorted((i for i in file.infolist() if not i.is_dir()), key=lambda i: (_name(i), i.header_offset)):
        name = _name(info)
        times[name] += 1
        name += f" ({times[name]})" if times[name] > 1 else ""
        if any(part.startswith((".", "__MACOSX")) for part in name.split("/")):
            continue
        if total > most:
            yield name, SetAside("size", f"the archive unpacks to over {most:,} bytes; unpack it and give the folder")
            continue
        if info.flag_bits & 1:
            yield name, SetAside("encrypted", "it is locked with a password in the archive; unpack it first")
            continue
        parts, size = [], 0
        try:
            with file.open(info) as stream:
                while size <= most_file and total <= most and (chunk := stream.read(_CHUNK)):
                    parts.append(chunk)
                    size += len(chunk)
                    total += len(chunk)
        except _BROKEN:
            yield name, SetAside("damaged", "this part of the archive is damaged; fetch the archive again")
            continue
        if size > most_file:
            yield name, SetAside("size", f"over {most_file:,} bytes, which no report is; see --max-bytes")
        elif total > most:
            yield name, SetAside("size", f"the archive unpacks to over {most:,} bytes; unpack it and give the folder")
        else:
            yield name, b"".join(parts)


def _name(info: zipfile.ZipInfo) -> str:
    """Return a member's name; those of Chinese Windows are GBK, whatever the archive says."""
    name = info.filename
    if not info.flag_bits & 0x800:
        with suppress(UnicodeEncodeError, UnicodeDecodeError):
            name = name.encode("cp437").decode("gb18030")
    return "/".join(part for part in name.replace("\\", "/").split("/") if part not in ("", ".", ".."))
