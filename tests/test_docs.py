"""What is made from the ontology and the tables is what stands in the repository."""

import importlib.util
import json
import subprocess
from typing import Any

import owlrl
import pytest
from rdflib import OWL, RDF, SKOS, Graph, Namespace, URIRef

from kg import terms
from kg.vocabulary import Vocabulary
from tests.conftest import ROOT
from tests.readers import RAPPER, RIOT, riot

ERR = Namespace("http://www.daml.org/2002/03/agents/agent-ont#")


def program() -> Any:
    spec = importlib.util.spec_from_file_location("docs_ontology", ROOT / "docs" / "ontology.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_what_is_made_is_current() -> None:
    """`make docs` writes it anew."""
    made = program().made()
    assert {path.name for path in made} == {"ontology.html", "context.jsonld", "schemes.ttl"}
    assert [path.name for path, text in made.items() if path.read_text(encoding="utf-8") != text] == []


def test_the_page_shows_every_term_once_and_asks_for_nothing() -> None:
    page = (ROOT / "docs" / "ontology.html").read_text(encoding="utf-8")
    assert [name for name in terms.CLASSES | terms.PROPERTIES if page.count(f' id="{name}"') != 1] == []
    assert [name for name in terms.CLASSES if f'<a href="#{name}"><rect' not in page] == []
    assert "<script" not in page
    assert 'src="' not in page


def test_the_context_types_every_property() -> None:
    context = json.loads((ROOT / "ontology" / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    assert set(context) >= terms.PROPERTIES
    assert context["report"] == {"@id": "fz:report", "@type": "@id"}
    assert context["value"] == {"@id": "fz:value", "@type": "xsd:decimal"}


def test_every_row_of_the_tables_is_a_concept_of_its_scheme(tables: Vocabulary) -> None:
    graph = Graph().parse(ROOT / "ontology" / "schemes.ttl")
    for scheme, rows in (
        ("indicators", {**tables.indicators, **tables.indicator_details}),
        ("themes", tables.themes),
        ("units", tables.units),
    ):
        members = set(graph.subjects(SKOS.inScheme, URIRef(terms.scheme(scheme))))
        assert {str(graph.value(member, SKOS.notation)) for member in members} == set(rows)
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        languages = sorted(str(label.language) for label in graph.objects(concept, SKOS.prefLabel))  # type: ignore[attr-defined]
        of_units = (concept, SKOS.inScheme, URIRef(terms.scheme("units"))) in graph  # measure words have no English
        assert languages == (["zh"] if of_units else ["en", "zh"])
    tops = set(graph.subjects(SKOS.topConceptOf))
    assert {c for c in graph.subjects(RDF.type, SKOS.Concept) if (c, SKOS.broader, None) not in graph} - tops == set(
        graph.subjects(SKOS.inScheme, URIRef(terms.scheme("units")))
    )


def test_codes_and_shapes_allow_the_same_values() -> None:
    from rdflib import SH
    from rdflib.collection import Collection

    shapes, schemes = Graph().parse(ROOT / "ontology" / "shapes.ttl"), Graph().parse(ROOT / "ontology" / "schemes.ttl")
    groups = {"script": "script", "bound": "bound", "whose": "whose", "relation": "relation", "role": "role", "level": "level",
              "changeDirection": "direction", "changeVersus": "versus", "legalStatus": "legal-status", "severity": "severity"}  # fmt: skip
    for name, group in groups.items():
        allowed: set[str] = set()
        for shape in shapes.subjects(SH.path, URIRef(terms.fz(name))):
            allowed |= {
                str(v)
                for head in shapes.objects(shape, SH["in"])
                for v in Collection(shapes, head)
                if not str(v).isdigit()
            }
        concepts = set(schemes.subjects(SKOS.broader, URIRef(terms.kind(group))))
        unsaid = set(schemes.subjects(SKOS.scopeNote))  # a graph says these by leaving the property out
        assert allowed == {str(schemes.value(concept, SKOS.notation)) for concept in concepts - unsaid}, name


def errors(*data: str) -> list[str]:
    """Return what OWL 2 RL finds inconsistent in the ontology with some data."""
    graph = Graph().parse(ROOT / "ontology" / "fazhi.ttl")
    for each in data:
        graph.parse(data=each, format="turtle")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return sorted(str(message) for message in graph.objects(None, ERR.error))


@pytest.mark.filterwarnings("ignore")
def test_the_ontology_is_consistent_under_owl_2_rl() -> None:
    """With one thing of every class and one triple of every object property; and an inconsistency would be seen."""
    ontology = Graph().parse(ROOT / "ontology" / "fazhi.ttl")
    lines = [f"<x:{name}> a <{terms.fz(name)}> ." for name in sorted(terms.CLASSES)]
    for term in ontology.subjects(RDF.type, OWL.ObjectProperty):
        domain, range_ = (ontology.value(term, URIRef(f"{terms.RDFS}{end}")) for end in ("domain", "range"))
        a, b = (str(end).removeprefix(terms.ONT) if end else "any" for end in (domain, range_))
        lines.append(f"<x:{a}> <{term}> <x:{b}> .")
    assert errors("\n".join(lines)) == []
    assert errors(f"<x:a> a <{terms.fz('Report')}> , <{terms.fz('District')}> .") != []


@RAPPER
@pytest.mark.parametrize("name", ["fazhi.ttl", "shapes.ttl", "schemes.ttl"])
def test_raptor_reads_what_is_published(name: str) -> None:
    command = ["rapper", "-q", "-c", "-i", "turtle", str(ROOT / "ontology" / name)]
    result = subprocess.run(command, capture_output=True)
    assert (result.returncode, result.stderr) == (0, b"")


@RIOT
def test_riot_reads_what_is_published() -> None:
    files = [str(path) for path in sorted((ROOT / "ontology").glob("*.ttl"))]
    result = riot("--validate", "--strict", *files)
    assert (result.returncode, result.stdout, result.stderr) == (0, b"", b"")
