"""The figures as an RDF Data Cube (qb:), for tools of official statistics.

In: a Store. Out: Turtle. A cube allows no missing dimension: of the figures those are taken that are results of the
reporting district, of a known place and year and under an indicator. A report may state one indicator several times, so
the statement itself is the last dimension.
"""

from collections.abc import Iterator

from kg import terms
from kg.formats.triples import graphs
from kg.store import Store

_HEAD = f"""@prefix fz: <{terms.ONT}> .
@prefix qb: <http://purl.org/linked-data/cube#> .
@prefix rdfs: <{terms.RDFS}> .
@prefix sdmx-a: <http://purl.org/linked-data/sdmx/2009/attribute#> .
@prefix sdmx-d: <http://purl.org/linked-data/sdmx/2009/dimension#> .
@prefix xsd: <{terms.XSD}> .
@base <{terms.BASE}cube/> .

<figures> a qb:DataSet ; qb:structure <structure> ;
    rdfs:label "法治政府建设年度报告的数字"@zh , "Figures of annual reports on rule-of-law government"@en .

<structure> a qb:DataStructureDefinition ;
    qb:component <c/area> , <c/period> , <c/metric> , <c/statement> , <c/value> , <c/unit> , <c/bound> .
<c/area> a qb:ComponentSpecification ; qb:dimension sdmx-d:refArea ; qb:order 1 .
<c/period> a qb:ComponentSpecification ; qb:dimension sdmx-d:refPeriod ; qb:order 2 .
<c/metric> a qb:ComponentSpecification ; qb:dimension <metric> ; qb:order 3 .
<c/statement> a qb:ComponentSpecification ; qb:dimension <statement> ; qb:order 4 .
<c/value> a qb:ComponentSpecification ; qb:measure <value> .
<c/unit> a qb:ComponentSpecification ; qb:attribute sdmx-a:unitMeasure .
<c/bound> a qb:ComponentSpecification ; qb:attribute <bound> .

sdmx-d:refArea a qb:DimensionProperty ; rdfs:range fz:District ; rdfs:label "地区"@zh , "Area"@en .
sdmx-d:refPeriod a qb:DimensionProperty ; rdfs:range xsd:gYear ; rdfs:label "年度"@zh , "Year"@en .
<metric> a qb:DimensionProperty , qb:CodedProperty ; rdfs:range fz:Metric ; qb:codeList <{terms.scheme("indicators")}> ;
    rdfs:label "指标"@zh , "Metric"@en .
<statement> a qb:DimensionProperty ; rdfs:range fz:Observation ; rdfs:label "陈述"@zh , "Statement"@en .
<value> a qb:MeasureProperty ; rdfs:range xsd:decimal ; rdfs:label "数值"@zh , "Value"@en .
sdmx-a:unitMeasure a qb:AttributeProperty ; rdfs:range xsd:string ; rdfs:label "单位"@zh , "Unit"@en .
<bound> a qb:AttributeProperty ; rdfs:range xsd:string ; rdfs:label "精度"@zh , "Bound"@en .
"""
#: A figure that says one of these is no result of the whole year and district, or repeats or divides another.
_OTHER = {
    f"<{terms.fz(name)}>"
    for name in ("status", "period", "changeDirection", "whose", "norm", "partOf", "restates")
}  # fmt: skip
_EXACT = '"exact"'
_NEEDED = {name: f"<{terms.fz(name)}>" for name in ("metric", "value", "unitText", "bound", "year", "district")}


def cube(store: Store) -> Iterator[bytes]:
    """Yield the data cube, its structure first, then one line an observation."""
    yield _HEAD.encode()
    for name, subjects in graphs(store):
        report = dict(next((s.said for s in subjects if s.iri == f"<{name}>"), ()))
        year, area = report.get(_NEEDED["year"]), report.get(_NEEDED["district"])
        if year is None or area is None:
            continue
        when, lines = f"{year.partition('^^')[0]}^^xsd:gYear", []
        for subject in subjects:
            said = dict(subject.said)
            metric, value = said.get(_NEEDED["metric"]), said.get(_NEEDED["value"])
            if value is None or metric is None or said.keys() & _OTHER:
                continue
            unit = f" ; sdmx-a:unitMeasure {said[_NEEDED['unitText']]}" if _NEEDED["unitText"] in said else ""
            lines.append(
                f"<figure/{terms.digest(subject.iri)}> a qb:Observation ; qb:dataSet <figures>"
                f" ; sdmx-d:refArea {area} ; sdmx-d:refPeriod {when} ; <metric> {metric} ; <statement> {subject.iri}"
                f" ; <value> {value} ; <bound> {said.get(_NEEDED['bound'], _EXACT)}{unit} .\n"
            )
        yield "".join(lines).encode()
