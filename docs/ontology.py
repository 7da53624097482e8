"""Writes what is made from the ontology and the tables: `make docs`, or `python docs/ontology.py`.

In: ontology/fazhi.ttl, ontology/shapes.ttl, kg/tables/. Out: docs/ontology.html (the documentation, with a diagram),
ontology/context.jsonld, ontology/schemes.ttl. A test compares what is there with what this would write.
"""

import json
import sys
from html import escape
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SH, SKOS, XSD, Graph, URIRef
from rdflib.term import Node

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from kg import terms  # noqa: E402
from kg.formats.triples import subjects  # noqa: E402
from kg.formats.turtle import write_turtle  # noqa: E402
from kg.graph.reference import schemes  # noqa: E402
from kg.vocabulary import vocabulary  # noqa: E402

#: Where each class stands in the diagram (x, y), in the order in which the page explains them.
BOXES = {
    "Report": (440, 100), "Section": (840, 100), "Sentence": (840, 220), "FullText": (640, 20),
    "ReportingUnit": (40, 100), "District": (40, 220), "Fact": (440, 220), "Observation": (120, 360), "Metric": (150, 500),
    "MeasureUnit": (20, 610), "Period": (20, 500), "Citation": (400, 360), "LegalInstrument": (280, 500),
    "InstrumentVersion": (520, 610), "Undertaking": (570, 360), "Initiative": (580, 500), "Problem": (720, 360),
    "Commitment": (860, 360), "Finding": (860, 500),
}  # fmt: skip
#: Those whose links to their own kind are named at their right, since lines leave them below.
BESIDE = ("Observation", "LegalInstrument")
#: What the diagram draws beside the properties whose domain and range are both classes of the ontology.
DRAWN = [("Fact", "report", "Report"), ("Section", "report", "Report")]


def local(iri: object) -> str:
    return str(iri).removeprefix(terms.ONT)


def said(graph: Graph, term: Node, predicate: URIRef, language: str) -> str:
    return next((str(o) for o in graph.objects(term, predicate) if getattr(o, "language", None) == language), "")


def qname(iri: Node) -> str:
    known = {**terms.PREFIXES, "owl": str(OWL), "prov": terms.PROV, "org": "http://www.w3.org/ns/org#",
             "eli": "http://data.europa.eu/eli/ontology#", "dqv": "http://www.w3.org/ns/dqv#", "oa": "http://www.w3.org/ns/oa#",
             "time": "http://www.w3.org/2006/time#",
             "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"}  # fmt: skip
    for prefix, space in known.items():
        if str(iri).startswith(space):
            return f"{prefix}:{str(iri)[len(space) :]}"
    return str(iri)


def context(ontology: Graph) -> str:
    """Return the JSON-LD context: vocabularies, and each property under its own name with its type."""
    found: dict[str, object] = {p: iri for p, iri in sorted(terms.PREFIXES.items()) if not iri.startswith(terms.BASE)}
    for name in sorted(terms.PROPERTIES):
        term, range_ = URIRef(terms.ONT + name), ontology.value(URIRef(terms.ONT + name), RDFS.range)
        if (term, RDF.type, OWL.ObjectProperty) in ontology:
            found[name] = {"@id": f"fz:{name}", "@type": "@id"}
        elif range_ in (XSD.decimal, XSD.date, XSD.gYear, XSD.duration):
            found[name] = {"@id": f"fz:{name}", "@type": f"xsd:{str(range_).rpartition('#')[2]}"}
        else:
            found[name] = f"fz:{name}"
    found |= {"label": "rdfs:label", "altLabel": "skos:altLabel", "prefLabel": "skos:prefLabel"}
    return json.dumps({"@context": found}, ensure_ascii=False, indent=1) + "\n"


def schemes_ttl() -> str:
    """Return the concept schemes of the tables as Turtle."""
    graph = schemes(vocabulary())
    lines = sorted(line[: line.rindex(" <")] + " ." for line in graph.lines)
    head = "# Indicators, themes, units and kinds, from kg/tables/*.csv by docs/ontology.py: edit there, not here.\n"
    return head + write_turtle(subjects(graph.name, lines))


def diagram(ontology: Graph) -> str:
    """Return the classes and the properties between them as SVG."""
    lines = set(DRAWN)
    for term in ontology.subjects(RDF.type, OWL.ObjectProperty):
        ends = local(ontology.value(term, RDFS.domain)), local(ontology.value(term, RDFS.range))
        if local(term) in terms.DERIVED:
            continue  # said for the sake of questions, and not new
        if ends[0] in BOXES and ends[1] in BOXES:
            lines.add((ends[0], local(term), ends[1]))
    out, loops, seen = [], {}, {}
    for below, above in ontology.subject_objects(RDFS.subClassOf):
        if local(above) in BOXES:
            (x1, y1), (x2, y2) = BOXES[local(below)], BOXES[local(above)]
            out.append(f'<polyline class="is" points="{x1 + 60},{y1 + 18} {x2 + 60},{y2 + 18}"/>')
    out.sort()
    for a, name, b in sorted(lines):
        if a == b:
            loops.setdefault(a, []).append(name)
            continue
        (x1, y1), (x2, y2) = BOXES[a], BOXES[b]
        number = seen[frozenset((a, b))] = seen.get(frozenset((a, b)), 0) + 1
        x1, y1, x2, y2 = x1 + 60, y1 + 18, x2 + 60, y2 + 18
        t = 0.5 if number == 1 else 0.7
        x, y = x1 + (x2 - x1) * t, y1 + (y2 - y1) * t
        out.append(f'<polyline points="{x1},{y1} {x:.0f},{y:.0f} {x2},{y2}" marker-mid="url(#to)"/>')
        out.append(f'<text class="p" x="{x:.0f}" y="{y - 6:.0f}">{name}</text>')
    for name, (x, y) in BOXES.items():
        zh = said(ontology, URIRef(terms.ONT + name), RDFS.label, "zh")
        out.append(f'<a href="#{name}"><rect x="{x}" y="{y}" width="120" height="36" rx="5"/>')
        out.append(
            f'<text x="{x + 60}" y="{y + 15}">{zh}</text><text class="e" x="{x + 60}" y="{y + 29}">{name}</text></a>'
        )
        if name in loops:
            at = f'class="p s" x="{x + 126}" y="{y + 22}"' if name in BESIDE else f'class="p" x="{x + 60}" y="{y + 50}"'
            out.append(f"<text {at}>↺ {', '.join(sorted(loops[name]))}</text>")
    arrow = '<marker id="to" viewBox="0 0 8 8" refX="4" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
    arrow += '<path d="M0 0L8 4L0 8z" fill="#7b8794"/></marker>'
    return f'<svg viewBox="0 0 1000 670" role="img" aria-label="classes"><defs>{arrow}</defs>{"".join(out)}</svg>'


def page(ontology: Graph, shapes: Graph) -> str:
    """Return the documentation as a page that needs nothing else."""
    head = URIRef(terms.ONT.rstrip("#"))
    version = ontology.value(head, OWL.versionInfo)
    parts = [f"<h1>法治政府建设年度报告本体 <small>Ontology of annual reports on rule-of-law government · {version}</small></h1>",
             f"<p>{escape(said(ontology, head, URIRef(terms.DCT + 'description'), 'zh'))} "
             f"{escape(said(ontology, head, URIRef(terms.DCT + 'description'), 'en'))}</p>",
             f"<p><code>@prefix fz: &lt;{terms.ONT}&gt; .</code> · <a href=\"../ontology/fazhi.ttl\">fazhi.ttl</a> · "
             '<a href="../ontology/shapes.ttl">shapes.ttl</a> · <a href="../ontology/schemes.ttl">schemes.ttl</a> · '
             '<a href="../ontology/context.jsonld">context.jsonld</a></p>', diagram(ontology)]  # fmt: skip
    parts.append("<p>虚线：种类属于；箭头：属性，由其他属性得出的不画。→ 所见：代码表，或别的词汇中相近的词。"
                 " Dashed: is a kind of; arrows: properties, but for those that follow from others. → see also: the list of codes, or a near term elsewhere.</p>")  # fmt: skip
    parts.append("<h2>类 Classes</h2>")
    parts += [_class(ontology, shapes, name) for name in BOXES]
    parts.append(
        "<h2>属性 Properties</h2><table><tr><th>名称 name</th><th>定义 definition</th><th>domain → range</th></tr>"
    )
    parts += [_property(ontology, name) for name in sorted(terms.PROPERTIES)]
    parts.append("</table>")
    return (
        '<!doctype html>\n<html lang="zh"><head><meta charset="utf-8"><title>fz: 法治政府建设年度报告本体</title>\n'
        f"<style>{STYLE}</style></head><body>\n" + "\n".join(parts) + "\n</body></html>\n"
    )


def _names(graph: Graph, term: URIRef, predicate: URIRef) -> str:
    return " · ".join(f"<code>{escape(qname(o))}</code>" for o in sorted(graph.objects(term, predicate)))


def _class(ontology: Graph, shapes: Graph, name: str) -> str:
    term = URIRef(terms.ONT + name)
    rows = []
    for shape in sorted(shapes.subjects(SH.targetClass, term)):
        for one in shapes.objects(shape, SH.property):
            least, most = shapes.value(one, SH.minCount) or 0, shapes.value(one, SH.maxCount) or "n"
            path = qname(shapes.value(one, SH.path))
            rows.append(
                (path, f"{least}..{most}", said(shapes, one, SH.message, "zh"), said(shapes, one, SH.message, "en"))
            )
    above = _names(ontology, term, RDFS.subClassOf)
    checks = "".join(
        f"<tr><td><code>{p}</code></td><td>{n}</td><td>{escape(zh)} {escape(en)}</td></tr>"
        for p, n, zh, en in sorted(rows)
    )
    closed = any(shapes.value(shape, SH.closed) for shape in shapes.subjects(SH.targetClass, term))
    if closed:
        checks += '<tr><td colspan="3">没有别的属性。 No other properties.</td></tr>'
    details = f"<details><summary>shapes</summary><table>{checks}</table></details>" if checks else ""
    return (
        f'<section id="{name}"><h3>{said(ontology, term, RDFS.label, "zh")} <code>fz:{name}</code></h3>'
        f"<p>{escape(said(ontology, term, SKOS.definition, 'zh'))}<br>{escape(said(ontology, term, SKOS.definition, 'en'))}</p>"
        f"<p>{'⊑ ' + above if above else ''}</p>{details}</section>"
    )


def _property(ontology: Graph, name: str) -> str:
    term = URIRef(terms.ONT + name)
    above = _names(ontology, term, RDFS.subPropertyOf)
    beside = _names(ontology, term, RDFS.seeAlso)
    texts = [said(ontology, term, of, language) for of in (SKOS.definition, RDFS.comment) for language in ("zh", "en")]
    ends = f"{_names(ontology, term, RDFS.domain) or '—'} → {_names(ontology, term, RDFS.range) or '—'}"
    return (
        f'<tr id="{name}"><td><code>fz:{name}</code><br>{said(ontology, term, RDFS.label, "zh")} {said(ontology, term, RDFS.label, "en")}</td>'
        f"<td>{'<br>'.join(escape(told) for told in texts if told)}"
        f"{'<br>⊑ ' + above if above else ''}{'<br>→ ' + beside if beside else ''}</td><td>{ends}</td></tr>"
    )


STYLE = (
    "body{font:15px/1.6 system-ui,'Noto Sans CJK SC',sans-serif;max-width:1040px;margin:2em auto;padding:0 1em;color:#222}"
    "small{font-size:55%;color:#666}code{background:#f3f4f6;padding:0 3px;border-radius:3px}table{border-collapse:collapse;width:100%}"
    "td,th{border-top:1px solid #ddd;padding:4px 8px;text-align:left;vertical-align:top}svg{width:100%;height:auto}"
    "rect{fill:#eef4fb;stroke:#0b3c5d}polyline{stroke:#b6bfca;fill:none}polyline.is{stroke-dasharray:4 3;stroke:#0b3c5d}svg text{font-size:13px;text-anchor:middle}svg text.e{font-size:10px;fill:#555}"
    "svg text.p{font-size:11px;fill:#8a4b00;paint-order:stroke;stroke:#fff;stroke-width:3px}svg text.s{text-anchor:start}a{color:#0b3c5d}"
)


def made() -> dict[Path, str]:
    """Return all files as they should be."""
    ontology = Graph().parse(ROOT / "ontology" / "fazhi.ttl")
    shapes = Graph().parse(ROOT / "ontology" / "shapes.ttl")
    return {
        ROOT / "docs" / "ontology.html": page(ontology, shapes),
        ROOT / "ontology" / "context.jsonld": context(ontology),
        ROOT / "ontology" / "schemes.ttl": schemes_ttl(),
    }


if __name__ == "__main__":
    for path, text in made().items():
        path.write_text(text, encoding="utf-8", newline="\n")
        print(path.relative_to(ROOT))
