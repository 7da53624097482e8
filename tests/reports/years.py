"""The reports of years.toml, compared.toml and the like: texts with what is found in them marked -> Documents and their mentions."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.extract import points, sections
from kg.model import Change, Denial, Document, Extraction, Header, Initiative, Instrument, Metric, Span
from kg.read import read_text
from kg.terms import squash
from kg.vocabulary import Vocabulary

_MARK = re.compile(r"\{([^|{}]+)\|([^{}]+)\}")


def reports(tables: Vocabulary, name: str = "years.toml") -> Iterator[tuple[Document, Extraction]]:
    """Yield each report of a file with what is marked in it."""
    with (Path(__file__).parent / name).open("rb") as stream:
        given = tomllib.load(stream)["report"]
    for report in given:
        yield _report(report, tables)


def _report(given: Mapping[str, Any], tables: Vocabulary) -> tuple[Document, Extraction]:
    text, marks, at = "", list[tuple[int, int, str]](), 0
    marked = given["text"].lstrip("\n")
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        marks.append((len(text), len(text) + len(match[1]), match[2]))
        text, at = text + match[1], match.end()
    document = read_text(text + marked[at:], given["file"])
    assert document.text.strip() == document.source.strip(), given["file"]
    place = tables.places_by_code[given["place"]]
    title = document.text.split("\n")[0]
    header = Header(
        start=0, end=len(title), rule="marked", title=title, issuer=given["issuer"], district=place.name,
        district_path=tables.path(place), district_code=place.code, parent_code=place.parent_code, year=given["year"],
        published=given.get("published"),
    )  # fmt: skip
    outline = sections.find(document.text)
    named: dict[str, Span] = {}
    found: dict[str, list[Any]] = {"m": [], "d": [], "i": [], "v": []}
    for start, end, note in marks:
        kind, *words = note.split(" ")
        plain = [word for word in words if "=" not in word]
        more = dict(word.split("=", 1) for word in words if "=" in word)
        if "id" in more:
            named[more["id"]] = Span(start, end)
        place_of = {"start": start, "end": end, "rule": "marked"}
        found[kind].append(_MAKERS[kind](place_of, document.text[start:end], plain, more, named, tables))
    return document, Extraction(
        header, outline, tuple(found["m"]), tuple(found["i"]), tuple(found["v"]),
        tuple(points.find(document.text, outline)), tuple(found["d"]),
    )  # fmt: skip


def _metric(
    at: Any, text: str, plain: list[str], more: dict[str, str], named: dict[str, Span], _: Vocabulary
) -> Metric:
    indicator, value, unit, *flags = plain
    at = {**at, "rule": more.get("rule", at["rule"])}
    direction = "up" if "up" in more else "down" if "down" in more else None
    return Metric(
        **at, value=float(value), value_max=float(more["max"]) if more.get("max") else None, unit=unit,
        bound=more.get("bound", "exact"), name=more["name"], indicator=indicator, status=more.get("status", "done"),
        change=Change(direction, "previous_year") if direction else None, period=more.get("period"),
        indicator_detail=more.get("detail"), part_of=named.get(more.get("of", "")), restates=named.get(more.get("again", "")),
        whose=more.get("whose", "district"), norm="norm" in flags,
    )  # type: ignore[arg-type] # fmt: skip


def _denial(at: Any, text: str, plain: list[str], more: dict[str, str], *_: object) -> Denial:
    return Denial(**at, name=more["name"], indicator=plain[0])


def _instrument(at: Any, text: str, plain: list[str], _: object, __: object, tables: Vocabulary) -> Instrument:
    title = text.strip("《》")
    laws = {squash(name): law for law in tables.laws.values() for name in (law.title, law.short, *law.aliases)}
    law = laws.get(squash(title))
    return Instrument(
        **at, title=title, kind=plain[0], doc_number=None, relation=plain[1], law=law.id if law else None  # type: ignore[arg-type]
    )  # fmt: skip


def _initiative(
    at: Any, text: str, plain: list[str], more: dict[str, str], _: object, tables: Vocabulary
) -> Initiative:
    name = more.get("name", text.strip("“”"))
    known = {squash(n): row.id for n, row in tables.initiative_names.items()}
    return Initiative(
        **at, name=name, variants=(), kind=plain[0], theme=plain[1], status="planned" if "planned" in plain else "done",
        known=known.get(squash(name)), places=(Span(at["start"], at["end"]),),
    )  # fmt: skip


_MAKERS: Mapping[str, Any] = {"m": _metric, "d": _denial, "i": _instrument, "v": _initiative}
