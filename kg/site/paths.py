"""Where the page of a thing is, from the top of the site. A class with pages of its own is a line of FOLDERS."""

import re

from kg import terms
from kg.page.evidence import anchor

#: Class -> the folder of its pages.
FOLDERS = {
    "Report": "reports",
    "District": "districts",
    "Initiative": "initiatives",
    "LegalInstrument": "instruments",
    "Metric": "indicators",
}
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,80}")
_FACT = re.compile(re.escape(terms.BASE) + r"report/(\w+)/([a-z]+)/(\d+-\d+)")


def path(kind: str, iri: str) -> str:
    """Return the address of a thing's page; an empty text for a class without pages.

    >>> path("Initiative", "https://w3id.org/fazhi/id/initiative/law-clear-person")
    'initiatives/law-clear-person.html'
    """
    name = iri.rpartition("/")[2]
    if not _PLAIN.fullmatch(name) or name == "index":  # not a file's name on every machine
        name = terms.digest(iri)
    return f"{FOLDERS[kind]}/{name}.html" if kind in FOLDERS else ""


def fact_path(iri: str) -> str:
    """Return the address of a fact in the page of its report; an empty text for what is no fact.

    >>> fact_path("https://w3id.org/fazhi/id/report/2af23e953ced/observation/561-565")
    'reports/2af23e953ced.html#observation-561-565'
    """
    match = _FACT.fullmatch(iri)
    return f"reports/{match[1]}.html#{anchor(iri)}" if match else ""
