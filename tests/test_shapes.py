"""The shapes find each kind of damage to a graph, and nothing in a graph that is whole; pySHACL finds the same."""

import re
from collections.abc import Callable

import pytest
from rdflib import RDF, RDFS, SH, Graph, URIRef
from rdflib.collection import Collection

import kg
from kg import terms
from kg.graph import reference_graph, report_graph
from kg.read import read_text
from kg.store import Store
from kg.vocabulary import Vocabulary
from tests.conftest import ROOT
from tests.test_check import by_pyshacl, by_us
from tests.test_graph import TEXT, small

ONTOLOGY = Graph().parse(ROOT / "ontology" / "fazhi.ttl")
SHAPES = Graph().parse(ROOT / "ontology" / "shapes.ttl")
REPORT = terms.report(read_text(TEXT, "").sha256)


def place(kind: str, words: str) -> str:
    """Return the IRI of what stands at these words."""
    start = TEXT.index(words)
    return terms.fact(REPORT, kind, start, start + len(words))


FIGURE, RANGE, DENIAL = (place("observation", words) for words in ("400余件", "3至5万元", "无败诉案件"))
CITATION, PROBLEM = place("citation", "《信访工作条例》"), place("problem", "力量不足")
Damage = Callable[[str], str]


@pytest.fixture(scope="module")
def whole(tables: Vocabulary) -> str:
    """The N-Quads of a report with one fact of every kind."""
    document = read_text(TEXT, "某镇.txt")
    graph = report_graph(document, small(document, law="party-00658c29"))
    return (graph.nquads() + reference_graph([graph], tables).nquads()).decode()


def adding(subject: str, predicate: str, value: str) -> Damage:
    return lambda quads: f"{quads}<{subject}> <{predicate}> {value} <{REPORT}> .\n"


def without(subject: str, predicate: str) -> Damage:
    return lambda quads: re.sub(f"(?m)^<{re.escape(subject)}> <{re.escape(predicate)}> .*\n", "", quads)


def instead(subject: str, predicate: str, value: str) -> Damage:
    return lambda quads: adding(subject, predicate, value)(without(subject, predicate)(quads))


FZ, TYPE = terms.ONT, terms.TYPE
DAMAGES: dict[str, tuple[Damage, list[tuple[str, str, str]]]] = {
    "none": (lambda quads: quads, []),
    "an unknown property": (
        adding(FIGURE, f"{FZ}colour", '"red"'),
        [("shape:colour", FIGURE, "Things of this class have no such property")],
    ),
    "a property of another vocabulary": (
        adding(REPORT, f"{terms.SKOS}note", '"red"'),
        [("shape:note", REPORT, "Things of this class have no such property")],
    ),
    "a property of another class": (
        adding(CITATION, f"{FZ}value", f'"3"^^<{terms.XSD}decimal>'),
        [("shape:value", CITATION, "Things of this class have no such property")],
    ),
    "a fact without its class": (
        without(FIGURE, TYPE),
        [
            ("shape:partOf", RANGE, "The whole of a part is wrong"),
            ("shape:restates", RANGE, "The figure that is restated is wrong"),
            ("shape:type", FIGURE, "A thing is of no class"),
        ],
    ),
    "a fact that nothing links to, without its class": (
        without(PROBLEM, TYPE),
        [("shape:type", PROBLEM, "A thing is of no class")],
    ),
    "a class that there is not": (
        instead(PROBLEM, TYPE, f"<{FZ}Trouble>"),
        [("shape:type", PROBLEM, "A thing is of a class that the ontology has not")],
    ),
    "a report without its class": (
        without(REPORT, TYPE),
        [
            *(("shape:report", fact, "A fact has no report") for fact in (CITATION, FIGURE, RANGE, DENIAL)),
            ("shape:report", PROBLEM, "A fact has no report"),
            ("shape:report", place("section", "一、成效"), "A section belongs to no report"),
            ("shape:report", place("undertaking", "調解糾紛"), "A fact has no report"),
            ("shape:type", REPORT, "A thing is of no class"),
        ],
    ),
    "a denial that counts something": (
        instead(DENIAL, f"{FZ}value", f'"2"^^<{terms.XSD}decimal>'),
        [("shape:value", DENIAL, "The value of a denial is not zero")],
    ),
    "a change that is measured against something and goes nowhere": (
        without(FIGURE, f"{FZ}changeDirection"),
        [("shape:changeDirection", FIGURE, "A change has no direction")],
    ),
    "a change that is measured against two things": (
        adding(FIGURE, f"{FZ}changeVersus", '"other"'),
        [("shape:changeVersus", FIGURE, "A change is measured against several things")],
    ),
    "ends that were inferred from no word": (
        without(FIGURE, f"{FZ}bound"),
        [("shape:bound", FIGURE, "Inferred ends have no bound")],
    ),
    "a link to a thing of another class": (
        adding(REPORT, f"{FZ}undertakes", f"<{terms.instrument('party-00658c29', '')}>"),
        [("shape:undertakes", REPORT, "What the report undertakes is no initiative")],
    ),
    "a link to nothing": (
        instead(CITATION, f"{FZ}instrument", f"<{terms.instrument('law-0', '')}>"),
        [("shape:instrument", CITATION, "A citation has no instrument")],
    ),
    "two of what there is one of": (
        adding(REPORT, f"{FZ}title", '"又一个标题"@zh'),
        [("shape:title", REPORT, "The title is wrong")],
    ),
}


@pytest.mark.parametrize("kind", DAMAGES)
def test_damage_is_found_and_nothing_else(kind: str, whole: str) -> None:
    damage, expected = DAMAGES[kind]
    broken = damage(whole)
    assert (broken == whole) == (kind == "none")
    store = Store.of([broken.encode()])
    found = [f for f in kg.check(store) if f.check.startswith("shape:") and f.severity == "violation"]
    assert {(f.check, f.focus, f.message.partition(" / ")[2]) for f in found} == set(expected)
    data = Graph().parse(data=re.sub(r"(?m) <[^ ]*> \.$", " .", broken), format="nt")
    assert by_us(store) == by_pyshacl(data)


def test_every_shape_of_a_class_is_closed_and_says_why_in_both_languages() -> None:
    shared = URIRef(
        "https://w3id.org/fazhi/shapes#Evidence"
    )  # of the classes of facts, which have closed ones of their own
    for shape in set(SHAPES.subjects(SH.targetClass)) - {shared}:
        assert SHAPES.value(shape, SH.closed).toPython() is True  # type: ignore[union-attr]
        assert sorted(m.language for m in SHAPES.objects(shape, SH.message)) == ["en", "zh"]  # type: ignore[attr-defined]


def test_a_closed_shape_allows_the_properties_that_the_ontology_gives_the_class() -> None:
    facts = {"Observation", "Citation", "Undertaking", "Problem", "Commitment"}
    given: dict[str, set[str]] = {name: set() for name in terms.CLASSES}
    for prop, domain in ONTOLOGY.subject_objects(RDFS.domain):
        name = str(domain).removeprefix(terms.ONT)
        for cls in facts if name == "Fact" else {name}:
            given[cls].add(str(prop).removeprefix(terms.ONT))
    wide = {
        str(p).removeprefix(terms.ONT)
        for p in ONTOLOGY.subjects(RDF.type)
        if not list(ONTOLOGY.objects(p, RDFS.domain))
    }
    for shape in SHAPES.subjects(SH.closed):
        allowed = {SHAPES.value(one, SH.path) for one in SHAPES.objects(shape, SH.property)}
        allowed |= set(Collection(SHAPES, SHAPES.value(shape, SH.ignoredProperties)))  # type: ignore[arg-type]
        names = {str(p).removeprefix(terms.ONT) for p in allowed if str(p).startswith(terms.ONT)}
        classes = [str(c).removeprefix(terms.ONT) for c in SHAPES.objects(shape, SH.targetClass)]
        for cls in classes:
            assert names - wide == given[cls], cls


def test_the_classes_that_there_may_be_are_those_of_the_ontology() -> None:
    (head,) = (h for shape in SHAPES.subjects(SH.path, RDF.type) if (h := SHAPES.value(shape, SH["in"])) is not None)
    members = {str(term) for term in Collection(SHAPES, head)}
    assert {m.removeprefix(terms.ONT) for m in members if m.startswith(terms.ONT)} == terms.CLASSES


def test_what_every_class_must_have_leads_to_the_shape_of_typed_things() -> None:
    """Whatever loses its class still has one of the properties by which it is looked at."""
    typed = set(SHAPES.objects(URIRef("https://w3id.org/fazhi/shapes#Typed"), SH.targetSubjectsOf))
    needed: dict[str, set[URIRef]] = {name: set() for name in terms.CLASSES}
    for shape, cls in SHAPES.subject_objects(SH.targetClass):
        for one in SHAPES.objects(shape, SH.property):
            if SHAPES.value(one, SH.minCount) is not None:
                needed[str(cls).removeprefix(terms.ONT)].add(SHAPES.value(one, SH.path))  # type: ignore[arg-type]
    assert {name for name, paths in needed.items() if not paths & typed} == set()
