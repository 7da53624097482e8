"""What the reports share, described once: the data set, metrics, themes, and the table rows that graphs refer to.

In: the graphs of reports, and the tables. Out: the reference graph. schemes() gives all concepts of the tables, for
ontology/schemes.ttl.
"""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from kg import terms
from kg.data import table
from kg.divisions import Place
from kg.graph.dataset import describe
from kg.graph.quads import Described, Graph, Shared
from kg.graph.versions import versions
from kg.vocabulary import Vocabulary

#: Concept schemes of the tables: name, Chinese, English.
_SCHEMES = {
    "indicators": ("指标", "Indicators"),
    "themes": ("主题", "Themes"),
    "units": ("单位与量词", "Units and measure words"),
    "kinds": ("种类与代码", "Kinds and codes"),
}
#: The datatype of a date by its length: as precise as it is known.
_DAYS = {0: "date", 4: "gYear", 7: "gYearMonth", 10: "date"}
_DURATIONS = {"week": "P7D", "month": "P1M", "quarter": "P3M", "year": "P1Y"}


class Summed(Protocol):
    """A graph, or several as one: what they refer to, how many things of each class they have, how many triples."""

    @property
    def refers(self) -> Shared: ...
    @property
    def classes(self) -> Counter[str]: ...
    def __len__(self) -> int: ...


def reference_graph(graphs: Iterable[Summed], tables: Vocabulary) -> Graph:
    """Return the graph of the metrics, the themes, and all other table rows that the reports' graphs refer to."""
    shared, refers, classes, triples = Graph(terms.REFERENCE), Shared(), Counter[str](), 0
    for graph in graphs:
        refers.update(graph.refers)
        classes.update(graph.classes)
        triples += len(graph)
    for code in sorted(refers.places):
        place = tables.places_by_code[code]
        for each in (place, *tables.ancestors(place)):
            _place(shared, each, tables)
    for id_ in sorted(set(_with_successors(refers.laws, tables))):
        _law(shared, id_, tables)
        _versions(shared, id_, tables)
    for id_ in sorted(refers.initiatives):
        _initiative(shared, id_, tables)
    for text in sorted(refers.periods):
        _period(shared, text)
    _local(shared, refers.local)
    _schemes(shared, ("indicators", "themes", "units"))
    _themes(shared, tables)
    _metrics(shared, tables, refers.details)
    _units(shared, tables, (unit for unit in refers.units if unit in tables.units))
    every = classes + shared.classes
    describe(shared, Counter({cls: every[cls] for cls in terms.CLASSES if every[cls]}), triples)
    return shared


def _local(shared: Graph, described: Counter[Described]) -> None:
    """Describe each thing that the tables lack once, as most reports do: one label, one kind, one theme."""
    once: dict[str, Described] = {}
    for each in sorted(described, key=lambda d: (-described[d], d)):
        once.setdefault(each.iri, each)
    for each in once.values():
        add_described(shared, each)


def add_described(shared: Graph, each: Described) -> None:
    """Say of a thing that the tables lack what a report says of it."""
    shared.a(each.iri, each.cls)
    for predicate, value, kind in each.said:
        shared.say(each.iri, predicate, value, kind)
    for predicate, target in each.linked:
        shared.link(each.iri, predicate, target)


def schemes(tables: Vocabulary) -> Graph:
    """Return all concepts of the tables, in use or not: indicators, themes, units, kinds."""
    graph = Graph(f"{terms.BASE}scheme")
    _schemes(graph, _SCHEMES)
    _themes(graph, tables)
    _metrics(graph, tables, tables.indicator_details)
    _units(graph, tables, tables.units)
    for group, code, zh, en, *notes in table("codes.csv", "group code zh en note_zh note_en", lambda c: [*c.values()]):
        parent, iri = terms.kind(group), terms.kind(f"{group}/{code}" if code else group)
        _concept(graph, iri, "kinds", code or group, (zh, en), top=not code)
        for note, language in zip(notes, ("@zh", "@en"), strict=True):
            graph.say(iri, "scopeNote", note or None, language)
        graph.link(iri, "broader", parent if code else None)
    return graph


def _schemes(graph: Graph, names: Iterable[str]) -> None:
    for name in names:
        iri = terms.scheme(name)
        graph.a(iri, "ConceptScheme")
        for label, language in zip(_SCHEMES[name], ("@zh", "@en"), strict=True):
            graph.say(iri, "label", label, language)
            graph.say(iri, "prefLabel", label, language)


def _concept(graph: Graph, iri: str, scheme: str, notation: str, labels: Sequence[str], top: bool = False) -> None:
    graph.a(iri, "Concept")
    graph.say(iri, "notation", notation)
    graph.link(iri, "inScheme", terms.scheme(scheme))
    if top:
        graph.link(iri, "topConceptOf", terms.scheme(scheme))
    for label, language in zip(labels, ("@zh", "@en"), strict=False):
        graph.say(iri, "label", label, language)
        graph.say(iri, "prefLabel", label, language)


def _themes(graph: Graph, tables: Vocabulary) -> None:
    for id_, theme in tables.themes.items():
        _concept(graph, terms.theme(id_), "themes", id_, (theme.label_zh, theme.label_en), top=True)
        graph.say(terms.theme(id_), "definition", theme.definition or None, "@zh")


def _metrics(graph: Graph, tables: Vocabulary, details: Iterable[str]) -> None:
    """Describe all indicators, so that silence on one can be asked about, and those narrower ones that are wanted."""
    narrower = {id_: tables.indicator_details[id_] for id_ in sorted(details)}
    for id_, detail in narrower.items():
        graph.link(terms.metric(id_), "broader", terms.metric(detail.broader))
    for id_, row in (*tables.indicators.items(), *narrower.items()):
        iri = terms.metric(id_)
        graph.a(iri, "Metric")
        _concept(graph, iri, "indicators", id_, (row.label_zh, row.label_en), top=id_ in tables.indicators)
        graph.say(iri, "definition", row.definition or None, "@zh")
        graph.say(iri, "dimension", row.dimension or None)
        graph.link(iri, "theme", terms.theme(row.theme) if row.theme else None)


def _units(graph: Graph, tables: Vocabulary, wanted: Iterable[str]) -> None:
    with_canonical = {each for unit in wanted for each in (unit, tables.units[unit].canonical)}
    for name in sorted(with_canonical & tables.units.keys()):
        row, iri = tables.units[name], terms.measure(name)
        graph.a(iri, "MeasureUnit")
        graph.a(iri, "Concept")
        graph.say(iri, "label", name, "@zh")
        graph.say(iri, "prefLabel", name, "@zh")
        graph.say(iri, "notation", name)
        graph.link(iri, "inScheme", terms.scheme("units"))
        graph.say(iri, "dimension", row.dimension)
        graph.say(iri, "ucumCode", row.ucum or None, f"{terms.PREFIXES['qudt']}UCUMcs")
        if row.canonical != name:
            graph.link(iri, "canonicalUnit", terms.measure(row.canonical))
            graph.say(iri, "factor", row.factor)


def _period(shared: Graph, text: str) -> None:
    iri = terms.period(text)
    shared.a(iri, "Period")
    shared.say(iri, "label", text)
    if text in _DURATIONS:
        shared.say(iri, "duration", _DURATIONS[text], f"{terms.XSD}duration")
        return
    first, _, last = text.partition("/")
    year, month = int(last[:4]), int(last[5:7])
    shared.say(iri, "firstDay", f"{first}-01", f"{terms.XSD}date")
    shared.say(iri, "lastDay", f"{last}-{monthrange(year, month)[1]:02}", f"{terms.XSD}date")


def _initiative(shared: Graph, id_: str, tables: Vocabulary) -> None:
    row, iri = tables.initiatives[id_], terms.initiative(id_, "")
    shared.a(iri, "Initiative")
    shared.say(iri, "label", row.name, "@zh")
    shared.say(iri, "kind", row.kind)
    shared.say(iri, "scope", row.scope or None)
    shared.link(iri, "theme", terms.theme(row.theme) if row.theme else None)
    for name in row.aliases:
        shared.say(iri, "altLabel", name, "@zh")


def _with_successors(laws: Iterable[str], tables: Vocabulary) -> Iterator[str]:
    for id_ in laws:
        while id_:
            yield id_
            id_ = tables.laws[id_].repealed_by


def _law(shared: Graph, id_: str, tables: Vocabulary) -> None:
    law, iri = tables.laws[id_], terms.instrument(id_, "")
    shared.a(iri, "LegalInstrument")
    shared.say(iri, "label", law.title, "@zh")
    for name in sorted({law.short, *law.aliases} - {"", law.title}):
        shared.say(iri, "altLabel", name, "@zh")
    shared.say(iri, "kind", law.kind)
    shared.say(iri, "issuer", law.issuer or None, "@zh")
    for name, day in (
        ("promulgated", law.promulgated),
        ("effective", law.effective),
        ("lastAmended", law.last_amended),
        ("repealedOn", law.repealed_on),
    ):
        shared.say(iri, name, day or None, f"{terms.XSD}{_DAYS[len(day)]}")
    shared.say(iri, "legalStatus", law.status if law.status != "unknown" else None)
    if law.repealed_by:
        shared.link(iri, "repealedBy", terms.instrument(law.repealed_by, ""))


def _versions(shared: Graph, id_: str, tables: Vocabulary) -> None:
    """Describe the texts of a law that are known, each under its own dates."""
    day = f"{terms.XSD}date"
    for text in versions(id_, tables):
        iri = terms.version(id_, text.adopted)
        shared.a(iri, "InstrumentVersion")
        shared.say(iri, "label", f"{tables.laws[id_].title}（{text.adopted}）", "@zh")
        shared.link(iri, "versionOf", terms.instrument(id_, ""))
        shared.say(iri, "adopted", text.adopted, day)
        shared.say(iri, "inForceFrom", text.effective, day)
        shared.say(iri, "inForceUntil", text.until or None, day)


def _place(shared: Graph, place: Place, tables: Vocabulary) -> None:
    iri = terms.district(place.code, None, place.name)
    shared.a(iri, "District")
    shared.say(iri, "label", place.name, "@zh")
    shared.say(iri, "code", place.code)
    shared.say(iri, "level", place.level)
    above = next(tables.ancestors(place), None)
    shared.link(iri, "containedIn", terms.district(above.code, None, above.name) if above else None)
    for old in tables.former_places.get(place.code, ()):
        gone = terms.former(old.id)
        shared.a(gone, "District")
        shared.say(gone, "label", old.name, "@zh")
        shared.say(gone, "code", old.code)
        shared.say(gone, "level", old.level)
        shared.say(gone, "validUntil", old.valid_to or None, f"{terms.XSD}gYear")
        shared.link(gone, "successor", iri)
        if old.code == place.code and old.name != place.name:
            shared.say(iri, "altLabel", old.name, "@zh")
