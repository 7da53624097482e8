"""Who publishes a graph, under which licence, and where it can be had: what only the publisher knows, for the
description of the data set (DCAT, VoID) that an export holds.

In: a file of TOML, with any of _FIELDS, and a [[distribution]] for each file to fetch. Out: a store with these triples
in a graph of their own. Nothing is made up: what the file does not say is not said.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from kg import terms
from kg.errors import InputError
from kg.graph import Graph
from kg.store import Store

_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20\x7f]+")
_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"


def _iri(value: Any) -> bool:
    return isinstance(value, str) and _IRI.fullmatch(value) is not None


#: What a file may say, what it has to be, and how to say that.
_FIELDS: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "publisher": (_iri, "the http(s) IRI of who publishes"),
    "publisher_name": (lambda value: isinstance(value, str) and value.strip() != "", "a name"),
    "licence": (_iri, "the http(s) IRI of a licence"),
    "issued": (lambda value: type(value) is date, "a day, without quotation marks: 2026-01-31"),
    "page": (_iri, "an http(s) address"),
    "distribution": (lambda value: isinstance(value, list), "[[distribution]], once for each file to fetch"),
}
_OF_A_FILE: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "url": (_iri, "the http(s) address of a file to fetch"),
    "media_type": (
        lambda value: isinstance(value, str) and _TYPE.fullmatch(value) is not None,
        "a media type: text/turtle",
    ),
}


class Published(Store):
    """A store that also has what a publisher says of it."""

    def __init__(self, store: Store, about: Path) -> None:
        super().__init__(store._inner, store._place)
        self._about = sorted(line[: line.rindex(" <")] + " ." for line in _described(_read(about)).lines)

    def graphs(self) -> list[str]:
        """Return the names of all graphs, that of the publisher's among them."""
        return sorted([*super().graphs(), terms.PUBLISHED])

    def parts(self, graph: str) -> Iterator[list[str]]:
        """Yield a graph in parts, as a Store does."""
        return iter([self._about]) if graph == terms.PUBLISHED else super().parts(graph)


def _read(path: Path) -> dict[str, Any]:
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}).") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{path}: is no TOML: {error}") from None
    _check(path, said, _FIELDS)
    for each in said.get("distribution", ()):
        _check(path, each if isinstance(each, dict) else {}, _OF_A_FILE)
        if "url" not in each:
            raise InputError(f"{path}: a [[distribution]] has no url; give {_OF_A_FILE['url'][1]}.")
    if "publisher_name" in said and "publisher" not in said:
        raise InputError(f"{path}: publisher_name names nobody; give publisher too, {_FIELDS['publisher'][1]}.")
    return said


def _check(path: Path, said: Mapping[str, Any], fields: Mapping[str, tuple[Callable[[Any], bool], str]]) -> None:
    for name, value in said.items():
        if name not in fields:
            raise InputError(f"{path}: there is no {name!r}; there are: {', '.join(fields)}.")
        fits, wanted = fields[name]
        if not fits(value):
            raise InputError(f"{path}: {name} is wrong; wanted is {wanted}.")


def _described(said: Mapping[str, Any]) -> Graph:
    graph, iri = Graph(terms.PUBLISHED), terms.DATASET
    if publisher := said.get("publisher"):
        graph.link(iri, "publisher", publisher)
        graph.a(publisher, "Agent")
        graph.say(publisher, "label", said.get("publisher_name"))
    graph.link(iri, "license", said.get("licence"))
    graph.link(iri, "landingPage", said.get("page"))
    graph.say(iri, "issued", said["issued"].isoformat() if "issued" in said else None, f"{terms.XSD}date")
    for each in said.get("distribution", ()):
        one, kind = f"{iri}/{terms.digest(each['url'])}", each.get("media_type")
        graph.link(iri, "distribution", one)
        graph.link(iri, "dataDump", each["url"])
        graph.a(one, "Distribution")
        graph.link(one, "downloadURL", each["url"])
        graph.link(one, "mediaType", _MEDIA_TYPES + kind if kind else None)
        graph.link(one, "license", said.get("licence"))
    return graph
