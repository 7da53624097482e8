"""Which format a file is in, told by its bytes and not by its name; and the reader of each.

In: the bytes of a file. Out: the text as received, from the reader of READERS; SetAside with what to do for a format
that has none. A new format is a module beside this one, its line in READERS, and how it is told in `format_of`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from kg.errors import SetAside
from kg.read import archive, plain
from kg.read.received import Received

# The other rooms are opened by who needs them: text is read without, and they by a process of their own (apart.py).

#: (first bytes, format, what to do), for what is known and has no reader.
_OTHERS: tuple[tuple[bytes, str, str], ...] = (
    (b"{\\rtf", "rtf", "open it in Word or WPS and save it as .docx"),
    (b"Rar!", "rar", "unpack it, or pack it as .zip"),
    (b"7z\xbc\xaf\x27\x1c", "7z", "unpack it, or pack it as .zip"),
    (b"\x1f\x8b", "gzip", "unpack it, or pack it as .zip"),
    (b"BZh", "bzip2", "unpack it, or pack it as .zip"),
    (b"\xfd7zXZ", "xz", "unpack it, or pack it as .zip"),
    (b"\x89PNG", "png", "it is a picture; run it through text recognition (OCR) first"),
    (b"\xff\xd8\xff", "jpeg", "it is a picture; run it through text recognition (OCR) first"),
    (b"GIF8", "gif", "it is a picture; run it through text recognition (OCR) first"),
    (b"II*\0", "tiff", "it is a picture; run it through text recognition (OCR) first"),
    (b"\x7fELF", "program", "it is no document; leave it out"),
    (b"MZ", "program", "it is no document; leave it out"),
    (b"SQLite format 3", "database", "it is no document; leave it out"),
)
_TAG = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|style|script|link)[\s>]|<(?:meta|title|div|table|p|span|br|h[1-6]|font|td|article)(?:\s[^<>]{0,400})?/?>",
    re.IGNORECASE,
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _plain(data: bytes) -> Received:
    text, encoding = plain.decode(data)
    return Received(text, encoding, "txt")


def _docx(data: bytes) -> Received:
    from kg.read import docx

    return docx.read(archive.opened(data, len(data) * 10_000))


def _html(data: bytes) -> Received:
    from kg.read import html

    return html.read(data)


def _pdf(data: bytes) -> Received:
    from kg.read import pdf

    return pdf.read(data)


def _mht(data: bytes) -> Received:
    """A page that a browser saved with all that belongs to it: the part that is the page."""
    from email import message_from_bytes

    message = message_from_bytes(data)
    for part in message.walk():
        content = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(content, bytes):
            received = _html(content)
            address = message["Snapshot-Content-Location"] or part["Content-Location"] or ""
            known = received.metadata.url or not re.match(r"https?://\S{1,300}$", address)
            return received if known else replace(received, metadata=replace(received.metadata, url=address))
    raise SetAside("damaged", "the saved page holds no HTML; save it again as a web page")


READERS: Mapping[str, Callable[[bytes], Received]] = {
    "txt": _plain,
    "html": _html,
    "mht": _mht,
    "docx": _docx,
    "pdf": _pdf,
}


#: JSON begins with a bracket and a quoted key, another bracket or a closing one.
_DATA = re.compile(rb'(?:\xef\xbb\xbf)?\s{0,99}[\[{]\s{0,99}(?:"[^"\n]{1,80}"\s{0,9}[:,\]]|[\[{]|[\]}])')


def format_of(data: bytes, most_unpacked: int = 200_000_000) -> str:
    """Return the format of a file: a name of READERS, or zip. Raise SetAside for one that has no reader.

    >>> format_of(b"<html><body>"), format_of(b"%PDF-1.7"), format_of("1. 第一条 <暂定>".encode())
    ('html', 'pdf', 'txt')
    """
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return archive.kind(archive.opened(data, most_unpacked))
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise SetAside("encrypted", "it is locked with a password; save a copy without one")
        raise SetAside("format", "no reader for old Word and WPS files (.doc, .wps); open it and save it as .docx")
    for magic, format_, advice in _OTHERS:
        if data.startswith(magic):
            raise SetAside("format", f"no reader for {format_} files: {advice}")
    head = data[:8192].replace(b"\0", b"")
    if re.match(rb"\s{0,99}(?:From:|MIME-Version:|Snapshot-Content-Location:)", head) and b"text/html" in head:
        return "mht"
    if _DATA.match(head):
        raise SetAside("format", "no reader for JSON files; save the report's text as .txt")
    tags = _TAG.findall(head)
    whole = any(tag[:5].lower() in (b"<html", b"<body", b"<head", b"<!doc") for tag in tags)
    if whole or len(tags) >= 3 or (tags and head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<")):
        return "html"
    return "txt"


def read(data: bytes, format_: str) -> Received:
    """Return the text that a file of that format holds, or raise SetAside."""
    try:
        return READERS[format_](data)
    except (RecursionError, MemoryError):
        raise SetAside("damaged", "it is nested or packed as no document is; save it again as .txt") from None
