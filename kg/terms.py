"""IRIs: the only module that spells one.

Classes and properties are those of ontology/fazhi.ttl; a test holds the two together. Data IRIs hold no counter and no
time stamp: the same input gives the same IRIs everywhere.
"""

import re
from collections.abc import Iterable
from hashlib import sha256
from urllib.parse import quote

ONT = "https://w3id.org/fazhi/ont#"
BASE = "https://w3id.org/fazhi/id/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"

PREFIXES = {
    "fz": ONT,
    "rdf": RDF,
    "rdfs": RDFS,
    "xsd": XSD,
    "skos": SKOS,
    "report": f"{BASE}report/",
    "district": f"{BASE}district/",
    "unit": f"{BASE}unit/",
    "instrument": f"{BASE}instrument/",
    "initiative": f"{BASE}initiative/",
    "metric": f"{BASE}metric/",
    "theme": f"{BASE}theme/",
}

CLASSES = frozenset(
    "Report Section Sentence ReportingUnit District LegalInstrument Citation"
    " Initiative Undertaking Metric Observation Problem Commitment".split()
)
PROPERTIES = frozenset(
    # reports and their parts
    "report fileName copyFileName title year published reportingUnit district script sha256 characterCount level role start end text"
    " section sentence"
    # places and bodies
    " code containedIn governs"
    # instruments, initiatives, metrics
    " kind promulgated repealedOn repealedBy theme dimension"
    # facts
    " quote metric value maxValue unitText bound status period changeDirection changeVersus"
    " instrument relation documentNumber initiative rule".split()
)

TYPE = f"{RDF}type"
LABEL = f"{RDFS}label"
CONCEPT = f"{SKOS}Concept"
ALT_LABEL = f"{SKOS}altLabel"


def fz(name: str) -> str:
    """Return the IRI of a term of the ontology. Raise KeyError for a name that is none."""
    if name not in CLASSES and name not in PROPERTIES:
        raise KeyError(name)
    return ONT + name


def digest(*parts: str, length: int = 12) -> str:
    """Return the first hexadecimal digits of the SHA-256 of the parts."""
    return sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:length]


def squash(name: str) -> str:
    """Fold what does not tell names apart: blanks, quotation marks, dashes, kinds of brackets.

    >>> squash("《法治政府建设实施纲要（2021－2025年）》") == squash("法治政府建设实施纲要(2021—2025年)")
    True
    """
    name = re.sub("[—–−‐‑―－]+", "-", name).translate(str.maketrans("〔〕[]【】（）", "()()()()"))
    return re.sub("[\\s“”\"'‘’「」『』《》〈〉·・]", "", name)


def report(sha: str) -> str:
    """Return the IRI of a report by the SHA-256 of its text as received; it is also the name of its graph."""
    return f"{BASE}report/{sha[:12]}"


def fact(report_iri: str, kind: str, start: int, end: int) -> str:
    """Return the IRI of something at source[start:end] of a report. kind: observation, citation, undertaking …"""
    return f"{report_iri}/{kind}/{start}-{end}"


def district(code: str | None, parent_code: str | None, name: str) -> str:
    """Return the IRI of a place by its code, or of an unlisted one by the code above it and its name."""
    return f"{BASE}district/{code}" if code else f"{BASE}district/{parent_code or 'x'}-{digest(name, length=8)}"


def unit(issuer: str, path: Iterable[str]) -> str:
    """Return the IRI of a body that reports."""
    return f"{BASE}unit/{digest(squash(issuer), *path)}"


def instrument(law: str | None, title: str, doc_number: str | None = None) -> str:
    """Return the IRI of an instrument by its id in the table, else by its title and number."""
    return f"{BASE}instrument/{law or digest(squash(title), squash(doc_number or ''))}"


def initiative(known: str | None, name: str) -> str:
    """Return the IRI of an initiative by its id in the table, else by its name."""
    return f"{BASE}initiative/{quote(known) if known else digest(squash(name))}"


def metric(indicator: str) -> str:
    """Return the IRI of an indicator."""
    return f"{BASE}metric/{quote(indicator)}"


def theme(id_: str) -> str:
    """Return the IRI of a theme."""
    return f"{BASE}theme/{quote(id_)}"


#: The graph of what all reports share: places, laws, nationwide initiatives, metrics, themes.
REFERENCE = f"{BASE}graph/reference"
