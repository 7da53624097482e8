"""What a reader of one format hands on: the text of a file before any repair."""

from dataclasses import dataclass, field

from kg.model import Metadata


@dataclass(frozen=True, slots=True)
class Received:
    """text: all that the file says. outside: spans (rule, start, end) of it that the format shows to be no report.

    lossy: why some of the file may be missing, or None. elsewhere: where the report is, if not in this file; or None.
    """

    text: str
    encoding: str
    format: str
    outside: tuple[tuple[str, int, int], ...] = ()
    metadata: Metadata = field(default_factory=Metadata)
    lossy: str | None = None
    elsewhere: str | None = None
