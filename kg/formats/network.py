"""GraphML and GEXF for Gephi and networkx: what reports speak of, and how often.

In: a Store. Out: chunks, graph by graph: nodes are reports, places, bodies, instruments, initiatives, metrics, themes;
a line stands for all facts by which a report says something of a node (weight), or for a link between two.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg import terms
from kg.formats.triples import Subject, graphs, literal
from kg.formats.xml import escape
from kg.store import Store

_NODES = "Report District ReportingUnit LegalInstrument Initiative Metric Concept".split()
_CLASS = {f"<{terms.CLASS[name]}>": name for name in reversed(_NODES)}
#: By which a fact names what it is about; other links between two nodes are lines of weight 1.
_ABOUT = {f"<{terms.fz(name)}>": name for name in ("metric", "instrument", "initiative")}
_LINKS = {
    f"<{terms.fz(name)}>": name
    for name in ("district", "reportingUnit", "governs", "containedIn", "successor", "theme", "repealedBy")
}


@dataclass(slots=True)
class _Part:
    """The nodes and lines of one graph: {IRI: (class, label, year)}, {(from, to, kind): weight}."""

    nodes: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    edges: Counter[tuple[str, str, str]] = field(default_factory=Counter)


def _part(name: str, subjects: list[Subject]) -> _Part:
    part = _Part()
    for subject in subjects:
        said: dict[str, list[str]] = {}
        for predicate, term in subject.said:
            said.setdefault(predicate, []).append(term)
        kinds = {_CLASS[term] for term in said.get(f"<{terms.TYPE}>", ()) if term in _CLASS}
        iri = subject.iri[1:-1]
        if kinds:
            kind = min(kinds, key=_NODES.index)
            part.nodes[iri] = kind, _label(said), _first(said, "year")
            part.edges.update((iri, term[1:-1], word) for p, word in _LINKS.items() for term in said.get(p, ()))
        else:
            part.edges.update((name, term[1:-1], word) for p, word in _ABOUT.items() for term in said.get(p, ()))
    return part


def _label(said: dict[str, list[str]]) -> str:
    labels = [found for term in said.get(f"<{terms.LABEL}>", ()) if (found := literal(term))]
    return next((found.text for found in labels if found.language == "zh"), labels[0].text if labels else "")


def _first(said: dict[str, list[str]], name: str) -> str:
    found = literal(said.get(f"<{terms.fz(name)}>", [""])[0])
    return found.text if found else ""


def _parts(store: Store) -> Iterator[_Part]:
    return (_part(name, subjects) for name, subjects in graphs(store))


def _nodes(store: Store) -> Iterator[tuple[str, str, str, str]]:
    """Yield every node once: IRI, class, label, year."""
    seen: set[int] = set()  # hashes, since there may be millions of nodes
    for part in _parts(store):
        for iri, (kind, label, year) in part.nodes.items():
            key = int(terms.digest(iri, length=16), 16)
            if key not in seen:
                seen.add(key)
                yield iri, kind, label, year


def _edges(store: Store) -> Iterator[tuple[str, str, str, int]]:
    """Yield every line: from, to, kind, weight."""
    for part in _parts(store):
        for (a, b, kind), weight in sorted(part.edges.items()):
            yield a, b, kind, weight


def graphml(store: Store) -> Iterator[bytes]:
    """Yield the network as GraphML; a node's id is its IRI."""
    keys = "".join(
        f'<key id="{name}" for="{of}" attr.name="{name}" attr.type="{kind}"/>\n'
        for name, of, kind in (
            ("label", "node", "string"), ("type", "node", "string"), ("year", "node", "int"),
            ("kind", "edge", "string"), ("weight", "edge", "int"),
        )
    )  # fmt: skip
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
        f'{keys}<graph edgedefault="directed">\n'
    ).encode()
    for iri, kind, label, year in _nodes(store):
        when = f'<data key="year">{year}</data>' if year else ""
        data = f'<data key="label">{escape(label)}</data><data key="type">{kind}</data>{when}'
        yield f'<node id="{escape(iri)}">{data}</node>\n'.encode()
    for number, (a, b, kind, weight) in enumerate(_edges(store)):
        data = f'<data key="kind">{kind}</data><data key="weight">{weight}</data>'
        yield f'<edge id="e{number}" source="{escape(a)}" target="{escape(b)}">{data}</edge>\n'.encode()
    yield b"</graph>\n</graphml>\n"


def gexf(store: Store) -> Iterator[bytes]:
    """Yield the network as GEXF 1.2; a node's id is its IRI."""
    yield (
        b'<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n'
        b'<graph defaultedgetype="directed" mode="static">\n'
        b'<attributes class="node" mode="static"><attribute id="0" title="type" type="string"/>'
        b'<attribute id="1" title="year" type="integer"/></attributes>\n'
        b'<attributes class="edge" mode="static"><attribute id="2" title="kind" type="string"/></attributes>\n<nodes>\n'
    )
    for iri, kind, label, year in _nodes(store):
        when = f'<attvalue for="1" value="{year}"/>' if year else ""
        values = f'<attvalues><attvalue for="0" value="{kind}"/>{when}</attvalues>'
        yield f'<node id="{escape(iri)}" label="{escape(label)}">{values}</node>\n'.encode()
    yield b"</nodes>\n<edges>\n"
    for number, (a, b, kind, weight) in enumerate(_edges(store)):
        values = f'<attvalues><attvalue for="2" value="{kind}"/></attvalues>'
        ends = f'source="{escape(a)}" target="{escape(b)}" weight="{weight}"'
        yield f'<edge id="{number}" {ends}>{values}</edge>\n'.encode()
    yield b"</edges>\n</graph>\n</gexf>\n"
