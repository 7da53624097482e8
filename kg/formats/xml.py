"""Text in XML, and the graph as RDF/XML.

In: a Store. Out: chunks. XML has no way to write some control characters; they become U+FFFD, in all formats on XML.
"""

import re
from collections.abc import Iterator

from kg import terms
from kg.formats.triples import graphs, literal
from kg.store import Store

#: What XML 1.0 cannot hold, however it is written.
_NEVER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MARKS = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
_MARK = re.compile('[&<>"\r\n\t]')
#: The namespaces of all predicates.
_SPACES = {iri: name for name, iri in terms.PREFIXES.items() if not iri.startswith(terms.BASE)}


def escape(text: str) -> str:
    r"""Write text so that it stays text in XML, in an element or an attribute.

    >>> escape('<a b="1">&\x00')
    '&lt;a b=&quot;1&quot;&gt;&amp;\ufffd'
    """
    return _MARK.sub(lambda m: _MARKS[m.group()], _NEVER.sub("\ufffd", text))


def _name(predicate: str) -> str:
    cut = max(predicate.rfind("#"), predicate.rfind("/")) + 1
    return f"{_SPACES[predicate[1:cut]]}:{predicate[cut:-1]}"


def rdfxml(store: Store) -> Iterator[bytes]:
    """Yield the union of all graphs as RDF/XML."""
    spaces = "".join(f'\n  xmlns:{name}="{escape(iri)}"' for iri, name in sorted(_SPACES.items()))
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{spaces}>\n'.encode()
    for _, subjects in graphs(store):
        lines = []
        for subject in subjects:
            lines.append(f'<rdf:Description rdf:about="{escape(subject.iri[1:-1])}">\n')
            lines += [_element(_name(predicate), term) for predicate, term in subject.said]
            lines.append("</rdf:Description>\n")
        yield "".join(lines).encode()
    yield b"</rdf:RDF>\n"


def _element(name: str, term: str) -> str:
    said = literal(term)
    if said is None:
        return f'  <{name} rdf:resource="{escape(term[1:-1])}"/>\n'
    language = f' xml:lang="{said.language}"' if said.language else ""
    datatype = f' rdf:datatype="{escape(said.datatype)}"' if said.datatype else ""
    return f"  <{name}{language}{datatype}>{escape(said.text)}</{name}>\n"
