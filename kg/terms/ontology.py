"""The classes and properties of ontology/fazhi.ttl, and those of other vocabularies that graphs use.

A test holds them and the ontology together. A new term is a name in the list of its kind.
"""

ONT = "https://w3id.org/fazhi/ont#"
BASE = "https://w3id.org/fazhi/id/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCT = "http://purl.org/dc/terms/"
DCAT = "http://www.w3.org/ns/dcat#"
VOID = "http://rdfs.org/ns/void#"
PROV = "http://www.w3.org/ns/prov#"

#: Of the program and of the ontology, as their IRIs have them.
VERSION, ONTOLOGY_VERSION = "0.1.0", "0.5.0"

PREFIXES = {
    "fz": ONT,
    "rdf": RDF,
    "rdfs": RDFS,
    "xsd": XSD,
    "skos": SKOS,
    "dct": DCT,
    "dcat": DCAT,
    "void": VOID,
    "prov": PROV,
    "schema": "https://schema.org/",
    "qudt": "http://qudt.org/schema/qudt/",
    "report": f"{BASE}report/",
    "district": f"{BASE}district/",
    "unit": f"{BASE}unit/",
    "instrument": f"{BASE}instrument/",
    "version": f"{BASE}version/",
    "initiative": f"{BASE}initiative/",
    "metric": f"{BASE}metric/",
    "theme": f"{BASE}theme/",
    "measure": f"{BASE}measure/",
    "period": f"{BASE}period/",
    "kind": f"{BASE}kind/",
    "scheme": f"{BASE}scheme/",
    "dataset": f"{BASE}dataset/",
}

CLASSES = frozenset(
    "Report FullText Section Sentence ReportingUnit District LegalInstrument InstrumentVersion Citation Initiative"
    " Undertaking Metric Observation Problem Commitment Period MeasureUnit Finding".split()
)
#: What the classes of facts have in common; nothing is said to be one.
ABSTRACT = frozenset(["Fact"])
PROPERTIES = frozenset(
    # reports and their parts
    "report fileName copyFileName url copyUrl title year published reportingUnit district script sha256"
    " characterCount factCount figureCount headingLevel role text"
    " section sentence fingerprint fullText content leftOut"
    # what follows from the facts of a report
    " due reporter part cites undertakes quantifies admits response"
    # places and bodies
    " code level containedIn governs validUntil successor"
    # instruments, initiatives, metrics, units, periods
    " kind issuer promulgated effective lastAmended legalStatus repealedOn repealedBy theme dimension scope"
    " versionOf adopted inForceFrom inForceUntil"
    " canonicalUnit factor firstDay lastDay duration"
    # facts
    " quote metric detail uncounted series contradicts sumOfParts value maxValue inferredMinValue inferredMaxValue"
    " canonicalValue unitText bound status period changeDirection changeVersus partOf restates whose norm"
    " byDenial instrument version relation documentNumber initiative rule"
    # findings
    " check severity about found".split()
)
#: Those of them that say in one triple what others say already, so that questions over many reports are quick.
DERIVED = frozenset(
    "factCount figureCount fingerprint due reporter part cites undertakes quantifies admits uncounted series"
    " contradicts sumOfParts".split()
)
#: Terms of other vocabularies that graphs use, by the name that code gives them.
BORROWED = {
    "label": f"{RDFS}label",
    "altLabel": f"{SKOS}altLabel",
    "prefLabel": f"{SKOS}prefLabel",
    "definition": f"{SKOS}definition",
    "scopeNote": f"{SKOS}scopeNote",
    "notation": f"{SKOS}notation",
    "inScheme": f"{SKOS}inScheme",
    "topConceptOf": f"{SKOS}topConceptOf",
    "broader": f"{SKOS}broader",
    "dctTitle": f"{DCT}title",
    "description": f"{DCT}description",
    "rights": f"{DCT}rights",
    "language": f"{DCT}language",
    "spatial": f"{DCT}spatial",
    "conformsTo": f"{DCT}conformsTo",
    "triples": f"{VOID}triples",
    "entities": f"{VOID}entities",
    "vocabulary": f"{VOID}vocabulary",
    "uriSpace": f"{VOID}uriSpace",
    "classPartition": f"{VOID}classPartition",
    "class": f"{VOID}class",
    "keyword": f"{DCAT}keyword",
    "landingPage": f"{DCAT}landingPage",
    "distribution": f"{DCAT}distribution",
    "downloadURL": f"{DCAT}downloadURL",
    "mediaType": f"{DCAT}mediaType",
    "dataDump": f"{VOID}dataDump",
    "publisher": f"{DCT}publisher",
    "license": f"{DCT}license",
    "issued": f"{DCT}issued",
    "generatedBy": f"{PROV}wasGeneratedBy",
    "associatedWith": f"{PROV}wasAssociatedWith",
    "softwareVersion": "https://schema.org/softwareVersion",
    "ucumCode": "http://qudt.org/schema/qudt/ucumCode",
}
#: IRIs of classes, by the name that code gives them.
CLASS = {name: ONT + name for name in CLASSES} | {
    "Concept": f"{SKOS}Concept",
    "ConceptScheme": f"{SKOS}ConceptScheme",
    "Dataset": f"{VOID}Dataset",
    "CatalogedDataset": f"{DCAT}Dataset",
    "Activity": f"{PROV}Activity",
    "SoftwareAgent": f"{PROV}SoftwareAgent",
    "Agent": f"{PROV}Agent",
    "Distribution": f"{DCAT}Distribution",
}

TYPE = f"{RDF}type"
LABEL = f"{RDFS}label"


def fz(name: str) -> str:
    """Return the IRI of a term of the ontology. Raise KeyError for a name that is none."""
    if name not in CLASSES and name not in PROPERTIES:
        raise KeyError(name)
    return ONT + name
