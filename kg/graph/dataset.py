"""The description of the data set as a whole: VoID, DCAT, and the program that made it (PROV-O).

In: how many things of each class there are, and how many triples. Out: triples of the reference graph. No time stamps,
so that the same reports give the same bytes: who publishes a graph says when, and under which licence.
"""

from collections import Counter

from kg import terms
from kg.graph.quads import Graph

#: Predicate, Chinese, English.
_SAID = (
    ("dctTitle", "法治政府建设年度报告知识图谱", "Knowledge graph of annual reports on rule-of-law government"),
    (
        "description",
        "报告中的数字、法律文件与举措，各有出处。",
        "Figures, legal instruments and initiatives of the reports, with evidence.",
    ),
    (
        "rights",
        "引文出自各机关公开发布的报告；区划、法律等表的来源见 kg/tables/SOURCES.md。",
        "Quotes are from reports that public bodies have published; "
        "kg/tables/SOURCES.md names the sources of the tables.",
    ),
    ("keyword", "法治政府", "rule-of-law government"),
    ("keyword", "政府年度报告", "government annual reports"),
)
#: The language, and China, in the lists that DCAT suggests.
_CHINESE = "http://id.loc.gov/vocabulary/iso639-1/zh"
_CHINA = "https://sws.geonames.org/1814991/"


def describe(shared: Graph, classes: Counter[str], triples: int) -> None:
    """Describe the data set in the graph of what reports share.

    classes: how many things of each class of the ontology all graphs hold; triples: in all graphs but this one.
    """
    iri, version = terms.DATASET, terms.VERSION
    run, program = f"{terms.BASE}dataset/run-{version}", f"{terms.BASE}dataset/kg-{version}"
    shared.a(iri, "Dataset")
    shared.a(iri, "CatalogedDataset")
    for name, zh, en in _SAID:
        shared.say(iri, name, zh, "@zh")
        shared.say(iri, name, en, "@en")
    shared.link(iri, "language", _CHINESE)
    shared.link(iri, "spatial", _CHINA)
    shared.say(iri, "uriSpace", terms.BASE)
    shared.link(iri, "conformsTo", f"{terms.ONT.rstrip('#')}/{terms.ONTOLOGY_VERSION}")
    for vocabulary in (terms.ONT, terms.SKOS, terms.PROV):
        shared.link(iri, "vocabulary", vocabulary)
    shared.link(iri, "generatedBy", run)
    shared.a(run, "Activity")
    shared.link(run, "associatedWith", program)
    shared.a(program, "SoftwareAgent")
    shared.say(program, "label", f"kg {version}")
    shared.say(program, "softwareVersion", version)
    for cls in sorted(classes):
        part = f"{terms.BASE}dataset/{cls}"
        shared.link(iri, "classPartition", part)
        shared.a(part, "Dataset")
        shared.link(part, "class", terms.CLASS[cls])
        shared.say(part, "entities", classes[cls])
    shared.say(iri, "triples", triples + len(shared) + 1)
