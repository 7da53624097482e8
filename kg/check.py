"""What is wrong in a graph: SHACL shapes, and queries/checks/*.rq that must return nothing.

In: a Store. Out: findings, the gravest first. A check is a SELECT with ?focus (a fact), ?value and a header: `# id:`,
`# zh:`, `# en:`, `# severity:` (violation: the graph is at fault; warning: the report is; info: worth a look).
"""

import re
from collections.abc import Iterator

from kg.ask import query
from kg.data import folder
from kg.export import turtle
from kg.model import Finding
from kg.store import Store

SEVERITIES = ("violation", "warning", "info")


def check(store: Store) -> list[Finding]:
    """Run the SHACL shapes and queries/checks/ over the graph; return what they find, the gravest first."""
    found = [*_shapes(store), *_queries(store)]
    return sorted(found, key=lambda f: (SEVERITIES.index(f.severity), f.check, f.focus, f.value, f.message))


def _shapes(store: Store) -> Iterator[Finding]:
    import pyshacl
    from rdflib import SH, Graph, URIRef

    data = Graph().parse(data=b"".join(turtle(store)), format="turtle")
    shapes = Graph().parse(data=(folder("ontology") / "shapes.ttl").read_text(encoding="utf-8"), format="turtle")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, advanced=False, inplace=True)
    for result in report.subjects(SH.resultSeverity):
        messages = sorted(report.objects(result, SH.resultMessage), key=lambda m: m.language != "zh")
        severity = str(report.value(result, SH.resultSeverity)).rsplit("#", 1)[1].lower()
        path = report.value(result, SH.resultPath)
        name = str(path).rsplit("#", 1)[1] if isinstance(path, URIRef) else "shape"
        focus, value = report.value(result, SH.focusNode), report.value(result, SH.value)
        yield Finding(f"shape:{name}", severity, " / ".join(map(str, messages)), str(focus), str(value or ""))


def _queries(store: Store) -> Iterator[Finding]:
    for file in sorted(folder("queries/checks").iterdir(), key=lambda f: f.name):
        if not file.name.endswith(".rq"):
            continue
        text = file.read_text(encoding="utf-8")
        head = dict(re.findall(r"^# ([a-z]+): *(.*)$", text, re.MULTILINE))
        for row in query(store, text).rows:
            focus, value = row[0], row[1]
            yield Finding(head["id"], head["severity"], f"{head['zh']} / {head['en']}", str(focus), str(value))
