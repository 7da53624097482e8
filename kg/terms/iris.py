"""IRIs of data. They hold no counter and no time stamp: the same input gives the same IRIs everywhere."""

import re
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from urllib.parse import quote

from kg.terms.ontology import BASE


def digest(*parts: str, length: int = 12) -> str:
    """Return the first hexadecimal digits of the SHA-256 of the parts."""
    return sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:length]


_BRACKETS = str.maketrans("〔〕[]【】（）", "()()()()")
_DASHES = re.compile("[—–−‐‑―－]+")
_NOTHING = re.compile("[\\s“”\"'‘’「」『』《》〈〉·・]")


def squash(name: str) -> str:
    """Fold what does not tell names apart: blanks, quotation marks, dashes, kinds of brackets.

    >>> squash("《法治政府建设实施纲要（2021－2025年）》") == squash("法治政府建设实施纲要(2021—2025年)")
    True
    """
    return _NOTHING.sub("", _DASHES.sub("-", name).translate(_BRACKETS))


def report(sha: str) -> str:
    """Return the IRI of a report by the SHA-256 of its text as received; it is also the name of its graph."""
    return f"{BASE}report/{sha[:12]}"


def fact(report_iri: str, kind: str, start: int, end: int) -> str:
    """Return the IRI of something at source[start:end] of a report. kind: observation, citation, undertaking …"""
    return f"{report_iri}/{kind}/{start}-{end}"


_SPAN = re.compile(r"/(\d+)-(\d+)$")


def span(iri: str) -> tuple[int, int] | None:
    """Return the start and end that the IRI of a fact, sentence or section has; None for another IRI.

    >>> span(fact(report("2af23e953ced"), "citation", 112, 118)), span(report("2af23e953ced"))
    ((112, 118), None)
    """
    match = _SPAN.search(iri)
    return (int(match[1]), int(match[2])) if match else None


def full_text(report_iri: str) -> str:
    """Return the IRI of the whole text of a report."""
    return f"{report_iri}/text"


def district(code: str | None, parent_code: str | None, name: str) -> str:
    """Return the IRI of a place by its code, or of an unlisted one by the code above it and its name."""
    return f"{BASE}district/{code}" if code else f"{BASE}district/{parent_code or 'x'}-{digest(name, length=8)}"


def unit(issuer: str, path: Iterable[str]) -> str:
    """Return the IRI of a body that reports."""
    return f"{BASE}unit/{digest(squash(issuer), *path)}"


def instrument(law: str | None, title: str, doc_number: str | None = None, maker: str = "") -> str:
    """Return the IRI of an instrument by its id in the table, else by its title, number and, of a body's own, maker."""
    parts = [squash(title), squash(doc_number or ""), *([maker] if maker else [])]
    return f"{BASE}instrument/{law or digest(*parts)}"


def version(law: str, adopted: str) -> str:
    """Return the IRI of a text of a listed instrument, by the day on which it was adopted.

    >>> version("law-8eb67004", "2021-01-22")
    'https://w3id.org/fazhi/id/version/law-8eb67004-2021-01-22'
    """
    return f"{BASE}version/{law}-{adopted}"


def initiative(known: str | None, name: str) -> str:
    """Return the IRI of an initiative by its id in the table, else by its name."""
    return f"{BASE}initiative/{quote(known) if known else digest(squash(name))}"


@lru_cache(maxsize=4096)
def metric(indicator: str) -> str:
    """Return the IRI of an indicator."""
    return f"{BASE}metric/{quote(indicator)}"


@lru_cache(maxsize=256)
def theme(id_: str) -> str:
    """Return the IRI of a theme."""
    return f"{BASE}theme/{quote(id_)}"


def former(place_id: str) -> str:
    """Return the IRI of a place that is no more, by its id in the table: code and last year.

    >>> former("110103@2009")
    'https://w3id.org/fazhi/id/district/110103-2009'
    """
    return f"{BASE}district/{quote(place_id.replace('@', '-'))}"


@lru_cache(maxsize=4096)
def measure(unit: str) -> str:
    """Return the IRI of a unit of measure or measure word."""
    return f"{BASE}measure/{quote(unit, safe='')}"


@lru_cache(maxsize=4096)
def period(text: str) -> str:
    """Return the IRI of a period.

    >>> period("2020-01/2020-11")
    'https://w3id.org/fazhi/id/period/2020-01--2020-11'
    """
    return f"{BASE}period/{quote(text.replace('/', '--'), safe='')}"


def kind(code: str) -> str:
    """Return the IRI of a code (a kind, a role, a bound …)."""
    return f"{BASE}kind/{quote(code)}"


def scheme(name: str) -> str:
    """Return the IRI of a concept scheme."""
    return f"{BASE}scheme/{quote(name)}"


def file_uri(name: str) -> str:
    """Return a file's name as a relative URI reference.

    >>> file_uri("某镇 2020.txt")
    '%E6%9F%90%E9%95%87%202020.txt'
    """
    return quote(name)


def finding(check: str, *parts: str) -> str:
    """Return the IRI of what a check found."""
    return f"{BASE}finding/{quote(check, safe='')}-{digest(*parts)}"


#: The graph of what all reports share: places, laws, nationwide initiatives, metrics, themes.
REFERENCE = f"{BASE}graph/reference"
#: The graph of what checks found.
FINDINGS = f"{BASE}graph/findings"
#: The graph of who publishes the data set, and where it can be had; an export may have it.
PUBLISHED = f"{BASE}graph/published"
#: The data set as a whole, the program that makes it, and the run of the program.
DATASET = f"{BASE}dataset/fazhi"
