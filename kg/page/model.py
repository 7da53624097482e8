"""What a picture is made of: kinds, tones, nodes, links, and the joins that links come from. No work here."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.page.evidence import Fact


@dataclass(frozen=True, slots=True)
class Kind:
    """A class that is drawn: a row of classes.csv. color, dark: on a light and on a dark ground."""

    id: str
    zh: str
    en: str
    color: str
    dark: str
    shape: str


@dataclass(frozen=True, slots=True)
class Tone:
    """A colour that means something other than the class: a year, a community, a severity."""

    zh: str
    en: str
    color: str
    dark: str


@dataclass(slots=True)
class Node:
    """Something that a page knows.

    details: (word, value) or (word, Chinese, English). reports: how many reports lead to it; weight: how many facts do;
    years: of those reports. tone: its place among the tones, or -1 for the colour of its class. off: it is in the panel
    alone, and not drawn. between: the share of the shortest ways between others that lead through it. x, y, size: its
    place. side: where a report's name has room. href: its page on a site.
    """

    iri: str
    kind: str
    label: str
    label_en: str
    short: str
    aliases: list[str]
    details: list[tuple[str, ...]]
    reports: int
    weight: int
    years: list[int]
    theme: str = ""
    tone: int = -1
    off: bool = False
    between: float = 0.0
    x: int = 0
    y: int = 0
    size: int = 0
    side: str = ""
    href: str = ""


@dataclass(slots=True)
class Link:
    """A line between two nodes, by their place in the list of nodes.

    more: how many of its facts were left off. Of a tie: shared, the nodes that both ends share; share, how alike.
    """

    a: int
    b: int
    word: str
    facts: list[Fact] = field(default_factory=list)
    more: int = 0
    shared: list[int] = field(default_factory=list)
    share: float = 0.0


@dataclass(frozen=True, slots=True, order=True)
class Join:
    """One reason for a link: a triple between two nodes, or a fact (then `fact` is its IRI, `start` its place)."""

    a: str
    b: str
    word: str
    start: int = 0
    fact: str = ""
