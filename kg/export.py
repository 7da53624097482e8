"""The graph in the formats of other tools.

In: a Store. Out: lines of text, in the same order on every machine.
A new format is a module of formats/ and its line in FORMATS.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from kg import terms
from kg.errors import InputError, QueryError
from kg.formats import tables, writers
from kg.formats.cube import cube
from kg.formats.jsonld import jsonld
from kg.formats.network import gexf, graphml
from kg.formats.published import Published
from kg.formats.turtle import trig
from kg.formats.turtle import turtle as turtle
from kg.formats.xml import rdfxml
from kg.store import Store


def nquads(store: Store) -> Iterator[bytes]:
    """Yield all graphs as sorted N-Quads."""
    for line in store.nquads():
        yield line.encode()


FORMATS: Mapping[str, Callable[[Store], Iterator[bytes]]] = {
    "turtle": turtle,
    "nquads": nquads,
    "trig": trig,
    "jsonld": jsonld,
    "rdfxml": rdfxml,
    "graphml": graphml,
    "gexf": gexf,
    "cube": cube,
}
#: Those that describe the data set.
DESCRIBED = ("turtle", "nquads", "trig", "jsonld", "rdfxml")
#: A namespace: nothing that has to be escaped in any format.
_BASE = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]+)?/([A-Za-z0-9._~/-]*/)?")
#: Formats of more than one table, that are written to a folder or file.
TABLES = tuple(writers.FORMATS)
#: The formats of a file, by the end of its name; the first is meant where none is given.
_SUFFIXES: Mapping[str, tuple[str, ...]] = {
    ".ttl": ("turtle", "cube"),
    ".nq": ("nquads",),
    ".trig": ("trig",),
    ".jsonld": ("jsonld",),
    ".json": ("jsonld",),
    ".rdf": ("rdfxml",),
    ".graphml": ("graphml",),
    ".gexf": ("gexf",),
    ".xml": ("rdfxml", "graphml", "gexf"),
    ".xlsx": ("xlsx",),
    ".csv": ("csv",),
    ".parquet": ("parquet",),
}


def format_of(path: Path, given: str | None = None) -> str:
    """Return the format of a file: the one given, else that of its name, else turtle. Raises InputError for a name
    that promises another format, or that says nothing where nothing is given.

    >>> format_of(Path("facts.xlsx")), format_of(Path("figures.ttl"), "cube"), format_of(Path("graph"))
    ('xlsx', 'cube', 'turtle')
    """
    suffix = path.suffix.lower()
    named = _SUFFIXES.get(suffix, ())
    if given:
        if named and given not in named:
            raise InputError(f"{path}: a name that ends in {suffix} is for {' or '.join(named)}, not for {given}.")
        return given
    if suffix and not named:
        raise InputError(f"{path}: give --format, or a name that ends in {', '.join(_SUFFIXES)}.")
    if named and named[0] in ("csv", "parquet"):
        raise InputError(f"{path}: {named[0]} makes a folder with a file for each table: --format {named[0]} -o FOLDER")
    return named[0] if named else "turtle"


def export(store: Store, format: str = "turtle", base: str = terms.BASE, about: Path | None = None) -> Iterator[bytes]:
    """Yield the graph as UTF-8 in a format of FORMATS, in the same order on every machine.

    base: the namespace of the data, for one who publishes them under another; the ontology keeps its own. about: a
    file that says who publishes them (formats/published.py). Raises QueryError for a format that there is not, and for
    a base that is none, and InputError for a file that says what cannot be.
    """
    if format in TABLES:
        raise QueryError(f"{format} makes tables, which want a place: give a file or folder with -o.")
    if format not in FORMATS:
        raise QueryError(f"No format {format!r}. There are: {', '.join((*FORMATS, *TABLES))}.")
    _check_about(format, about)
    chunks = FORMATS[format](Published(store, about) if about else store)
    if base == terms.BASE:
        return chunks
    _check_base(store, base)
    return (chunk.replace(terms.BASE.encode(), base.encode()) for chunk in chunks)


def _check_base(store: Store, base: str) -> None:
    """Raise QueryError for what cannot stand before a local name, or if a text would be changed with the IRIs."""
    if not _BASE.fullmatch(base):
        raise QueryError(f"{base!r} is no namespace; one is like https://example.org/id/ and ends in /.")
    _, rows = store.select(f"""
        SELECT ?s {{ ?s ?p ?o FILTER(ISLITERAL(?o) && CONTAINS(STR(?o), "{terms.BASE}"))
          FILTER(?p != <{terms.VOID}uriSpace>) }} LIMIT 1""")
    for (subject,) in rows:
        raise QueryError(f"{subject}: its text holds {terms.BASE}, which --base would change; export without it.")


def _check_about(format: str, about: Path | None) -> None:
    if about and format not in DESCRIBED:
        raise QueryError(f"{format} has no place for --about; {', '.join(DESCRIBED)} do.")


def export_to(store: Store, format: str, path: Path, base: str = terms.BASE, about: Path | None = None) -> None:
    """Write the graph to a file in any format; csv and parquet make a folder with one file a table.

    base, about: as for export. Raises QueryError for a format or a base that there is not, and InputError if the path
    cannot be written.
    """
    try:
        if format in TABLES:
            _check_about(format, about)
            if base != terms.BASE:
                _check_base(store, base)
            tables.write(store, format, path, base)
            return
        chunks = export(store, format, base, about)
        with path.open("wb") as stream:
            stream.writelines(chunks)
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror}); give another place with -o.") from None
