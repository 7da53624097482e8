"""What a publisher says of a graph stands in its exports; what cannot be is refused."""

from pathlib import Path

import pytest
from rdflib import Dataset, Literal, URIRef

import kg
from kg import terms
from kg.errors import InputError, QueryError
from kg.export import DESCRIBED, FORMATS, TABLES, export_to
from kg.store import Store
from tests.conftest import ROOT

ABOUT = """
publisher = "https://example.org/office"
publisher_name = "某统计室"
licence = "https://creativecommons.org/licenses/by/4.0/"
issued = 2026-01-31
page = "https://example.org/fazhi"
[[distribution]]
url = "https://example.org/fazhi.ttl.gz"
media_type = "text/turtle"
[[distribution]]
url = "https://example.org/fazhi.csv.zip"
"""


@pytest.fixture
def about(tmp_path: Path) -> Path:
    path = tmp_path / "about.toml"
    path.write_text(ABOUT, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("format", "parser"),
    [("turtle", "turtle"), ("nquads", "nquads"), ("trig", "trig"), ("jsonld", "json-ld"), ("rdfxml", "xml")],
)
def test_it_stands_in_every_format_of_triples(gold_store: Store, about: Path, format: str, parser: str) -> None:
    plain, told = (
        {
            quad[:3]
            for quad in Dataset(default_union=True).parse(data=b"".join(chunks), format=parser).quads()
        }
        for chunks in (kg.export(gold_store, format), kg.export(gold_store, format, about=about))
    )  # fmt: skip
    one, other = (
        f"{terms.DATASET}/{terms.digest(f'https://example.org/fazhi.{end}')}" for end in ("ttl.gz", "csv.zip")
    )
    said = {
        (terms.DATASET, f"{terms.DCT}publisher", URIRef("https://example.org/office")),
        ("https://example.org/office", terms.TYPE, URIRef(f"{terms.PROV}Agent")),
        ("https://example.org/office", terms.LABEL, Literal("某统计室")),
        *((x, f"{terms.DCT}license", URIRef("https://creativecommons.org/licenses/by/4.0/")) for x in (terms.DATASET, one, other)),
        (terms.DATASET, f"{terms.DCT}issued", Literal("2026-01-31", datatype=URIRef(f"{terms.XSD}date"))),
        (terms.DATASET, f"{terms.DCAT}landingPage", URIRef("https://example.org/fazhi")),
        (one, f"{terms.DCAT}mediaType", URIRef("https://www.iana.org/assignments/media-types/text/turtle")),
    }  # fmt: skip
    for file, each in (("ttl.gz", one), ("csv.zip", other)):
        url = URIRef(f"https://example.org/fazhi.{file}")
        said |= {
            (terms.DATASET, f"{terms.DCAT}distribution", URIRef(each)), (terms.DATASET, f"{terms.VOID}dataDump", url),
            (each, terms.TYPE, URIRef(f"{terms.DCAT}Distribution")), (each, f"{terms.DCAT}downloadURL", url),
        }  # fmt: skip
    assert told - plain == {(URIRef(s), URIRef(p), o) for s, p, o in said}
    assert plain - told == set()


def test_a_graph_that_was_published_keeps_its_shapes(gold_store: Store, about: Path) -> None:
    store = Store.of(kg.export(gold_store, "nquads", about=about))
    assert [f for f in kg.check(store) if f.severity == "violation"] == []


def test_the_example_of_the_documentation_is_taken(gold_store: Store, tmp_path: Path) -> None:
    text = (ROOT / "docs" / "EXPORTS.md").read_text(encoding="utf-8")
    (tmp_path / "about.toml").write_text(text.split("```toml\n")[1].split("```")[0], encoding="utf-8")
    data = b"".join(kg.export(gold_store, "nquads", about=tmp_path / "about.toml")).decode()
    graph = [line for line in data.splitlines() if line.endswith(f"<{terms.PUBLISHED}> .")]
    assert len(graph) == 12
    assert sum("https://example.org/fazhi.ttl.gz" in line for line in graph) == 2


WRONG = {
    'licens = "x"': "there is no 'licens'; there are: publisher, publisher_name, licence, issued, page, distribution.",
    'licence = "CC BY"': "licence is wrong; wanted is the http(s) IRI of a licence.",
    'licence = "https://x/> <y"': "licence is wrong; wanted is the http(s) IRI of a licence.",
    'publisher = "javascript:alert(1)"': "publisher is wrong; wanted is the http(s) IRI of who publishes.",
    'issued = "2026-01-31"': "issued is wrong; wanted is a day, without quotation marks: 2026-01-31.",
    'publisher_name = "甲"': "publisher_name names nobody; give publisher too, the http(s) IRI of who publishes.",
    'distribution = "x"': "distribution is wrong; wanted is [[distribution]], once for each file to fetch.",
    "[[distribution]]": "a [[distribution]] has no url; give the http(s) address of a file to fetch.",
    '[[distribution]]\nurl = "https://x/y"\nmedia_type = "Turtle"': "media_type is wrong; wanted is a media type: text/turtle.",
    "publisher = ": "is no TOML: Invalid value (at end of document)",
}


@pytest.mark.parametrize("text", WRONG)
def test_what_cannot_be_is_refused(gold_store: Store, tmp_path: Path, text: str) -> None:
    path = tmp_path / "about.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as refusal:
        kg.export(gold_store, "turtle", about=path)
    assert str(refusal.value) == f"{path}: {WRONG[text]}"


def test_a_file_that_is_not_there(gold_store: Store, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"about\.toml: cannot be read \(No such file or directory\)\.$"):
        kg.export(gold_store, "turtle", about=tmp_path / "about.toml")


@pytest.mark.parametrize("format", sorted({*FORMATS, *TABLES} - set(DESCRIBED)))
def test_formats_without_a_place_for_it_say_so(gold_store: Store, about: Path, tmp_path: Path, format: str) -> None:
    with pytest.raises(
        QueryError, match=f"^{format} has no place for --about; turtle, nquads, trig, jsonld, rdfxml do"
    ):
        export_to(gold_store, format, tmp_path / "out", about=about)
    assert not (tmp_path / "out").exists()
