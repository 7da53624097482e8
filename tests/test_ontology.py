"""The ontology, the terms that code spells, the shapes and the queries speak of the same things."""

import re
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SH, SKOS, XSD, Graph, URIRef

from kg import terms
from kg.graph import reference_graph, report_graph
from kg.read import read_text
from kg.store import Store
from kg.vocabulary import Vocabulary
from tests.conftest import ROOT
from tests.test_graph import TEXT, small

ONTOLOGY = Graph().parse(ROOT / "ontology" / "fazhi.ttl")
SHAPES = Graph().parse(ROOT / "ontology" / "shapes.ttl")
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
QUERIES = sorted((ROOT / "queries").rglob("*.rq"))


def defined(*classes: URIRef) -> set[str]:
    given_up = set(ONTOLOGY.subjects(OWL.deprecated))
    found = {str(s) for c in classes for s in ONTOLOGY.subjects(RDF.type, c) if s not in given_up}
    return {term.removeprefix(terms.ONT) for term in found if term.startswith(terms.ONT)}


def test_code_and_ontology_have_the_same_terms() -> None:
    assert defined(OWL.Class) == terms.CLASSES | terms.ABSTRACT
    assert defined(OWL.ObjectProperty, OWL.DatatypeProperty) == terms.PROPERTIES


@pytest.mark.parametrize("name", sorted(terms.CLASSES | terms.ABSTRACT | terms.PROPERTIES))
def test_every_term_is_labelled_and_defined_in_both_languages(name: str) -> None:
    term = URIRef(terms.ONT + name)
    for predicate in (RDFS.label, SKOS.definition):
        assert sorted(str(o.language) for o in ONTOLOGY.objects(term, predicate)) == ["en", "zh"]  # type: ignore[attr-defined]


def test_every_term_of_another_vocabulary_is_declared() -> None:
    """A reader of OWL 2 DL wants to know what each is; and none is declared that is not used."""
    declared = {s for kind in KINDS for s in ONTOLOGY.subjects(RDF.type, kind)}
    named = {t for t in ONTOLOGY.predicates() if not str(t).startswith((str(RDF), str(RDFS), str(OWL)))}
    for link in (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range):
        named |= {t for t in ONTOLOGY.objects(None, link) if not str(t).startswith((str(XSD), str(RDF)))}
    assert {t for t in declared | named if not str(t).startswith(terms.ONT)} == named - {
        t for t in named if str(t).startswith(terms.ONT)
    }
    assert named <= declared
    for term in declared:
        assert len([kind for kind in KINDS if (term, RDF.type, kind) in ONTOLOGY]) == 1, term


def test_code_lists_are_those_of_the_schemes() -> None:
    schemes = Graph().parse(ROOT / "ontology" / "schemes.ttl")
    named = {o for o in ONTOLOGY.objects(None, RDFS.seeAlso) if str(o).startswith(terms.BASE)}
    groups = set(schemes.subjects(SKOS.topConceptOf, URIRef(terms.scheme("kinds"))))
    assert named == groups


def test_what_follows_from_others_says_so() -> None:
    said = ONTOLOGY.subject_objects(SKOS.definition)
    following = {str(s).removeprefix(terms.ONT) for s, text in said if str(text).startswith("Follows from")}
    assert following == terms.DERIVED


def test_every_class_has_a_shape() -> None:
    assert {str(o).removeprefix(terms.ONT) for o in SHAPES.objects(None, SH.targetClass)} == terms.CLASSES


def test_shapes_speak_both_languages_and_use_defined_terms() -> None:
    for shape in SHAPES.objects(None, SH.property):
        assert sorted(str(m.language) for m in SHAPES.objects(shape, SH.message)) == ["en", "zh"]  # type: ignore[attr-defined]
    used = {str(t) for triple in SHAPES for t in triple if str(t).startswith(terms.ONT)}
    assert {t.removeprefix(terms.ONT) for t in used} <= terms.CLASSES | terms.PROPERTIES


@pytest.mark.parametrize("path", QUERIES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_queries_use_only_defined_terms(path: Path) -> None:
    used = set(re.findall(r"\bfz:(\w+)", path.read_text(encoding="utf-8")))
    assert used
    assert used <= terms.CLASSES | terms.PROPERTIES


#: Queries that speak of what figures count and need no mark of what is no result, and why.
NEED_NO_MARK = {
    "answers/figures": "lists every figure",
    "answers/perfect-scores": "also of figures that no indicator counts, which have no mark",
    "answers/promises": "by fz:series, which only results and plans have",
    "answers/silent-units": "a plan speaks, too",
    "answers/targets-met": "by fz:series, which only results and plans have",
    "checks/rate-against-counts": "a part or a restatement has to fit its sentence, too",
    "checks/share-over-100": "a share may not be more wherever it stands",
    "views/checks": "draws what was found",
    "views/district": "draws every figure",
    "views/initiative": "draws every figure",
    "views/overview": "draws every figure",
    "views/report": "draws every figure",
}


def test_a_query_leaves_out_what_is_no_result_or_has_a_reason_not_to() -> None:
    texts = {f"{path.parent.name}/{path.stem}": path.read_text(encoding="utf-8") for path in QUERIES}
    asked = {name: text for name, text in texts.items() if re.search(r"\bfz:(?:metric|detail)\b", text)}
    left_out = r"FILTER NOT EXISTS \{[^{}]*\bfz:uncounted\b"
    assert {name for name, text in asked.items() if not re.search(left_out, text)} == NEED_NO_MARK.keys()


def test_a_term_that_is_given_up_says_what_takes_its_place() -> None:
    given_up = set(ONTOLOGY.subjects(OWL.deprecated))
    assert given_up == {URIRef(terms.ONT + name) for name in ("start", "result")}
    assert given_up <= set(ONTOLOGY.subjects(RDFS.seeAlso))


def test_a_code_that_graphs_leave_unsaid_is_a_concept_all_the_same() -> None:
    schemes = Graph().parse(ROOT / "ontology" / "schemes.ttl")
    unsaid = {str(schemes.value(s, SKOS.notation)) for s in schemes.subjects(SKOS.scopeNote)}
    assert unsaid == {"previous_year"}


def test_graphs_use_every_term_and_no_other(gold_store: Store, tables: Vocabulary) -> None:
    """The seeds, one fact of every kind, a repealed law, and a finding."""
    document = read_text(TEXT, "某镇.txt")
    graph = report_graph(document, small(document, law="party-00658c29"))
    graph.refers.laws |= {law.id for law in tables.laws.values() if law.repealed_by}
    graph.refers.places.add("110101")
    stores = [gold_store, Store.of([graph.nquads(), reference_graph([graph], tables).nquads()])]
    used = {t.value for store in stores for q in store.quads() for t in (q.predicate, q.object) if hasattr(t, "value")}
    here = {t.removeprefix(terms.ONT) for t in used if t.startswith(terms.ONT)} - {""}
    findings = {"Finding", "check", "severity", "about", "found"}  # test_check.py
    later = {"copyFileName", "url", "copyUrl", "contradicts", "sumOfParts"}  # test_read_limits.py, test_derived.py
    assert here | findings | later == terms.CLASSES | terms.PROPERTIES
