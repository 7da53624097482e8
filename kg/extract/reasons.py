"""Why each field of each mention is what it is, for `kg extract --explain`.

In: a Document, what was found in it, and the tables. Out: a dictionary of reasons for each mention, in the order of
records.py: the header, sections, metrics, denials, instruments, initiatives, points. Made only when asked for.
"""

from collections.abc import Iterator, Sequence

from kg.divisions import Place
from kg.extract import figure_reasons, places
from kg.extract.names import words
from kg.extract.roles import role_of
from kg.model import Denial, Document, Extraction, Header, Initiative, Instrument, Point, Section
from kg.vocabulary import Vocabulary

Reasons = dict[str, str]


def reasons(document: Document, found: Extraction, tables: Vocabulary) -> Iterator[Reasons]:
    """Yield the reasons of each mention."""
    text, sections = document.text, found.sections
    yield _header(document, found.header, tables)
    for section in found.sections:
        yield _section(section)
    yield from figure_reasons.reasons(text, sections, found.instruments, found.header, tables)
    for denial in found.denials:
        yield _denial(text, denial)
    for cited in found.instruments:
        yield _instrument(cited, tables)
    for initiative in found.initiatives:
        yield _initiative(text, initiative, sections, tables)
    for point in found.points:
        yield _point(point, sections)


def _heading(at: int, sections: Sequence[Section]) -> str:
    """Return the heading of the chapter that an offset stands in."""
    chapter = next((s for s in reversed(sections) if s.start <= at < s.body_end), None)
    return f"the heading “{chapter.heading}”" if chapter else "no heading above it"


def _header(document: Document, header: Header, tables: Vocabulary) -> Reasons:
    """Say where each field of the header stands: in the title, in a line of the text, on the page, in the table."""
    title, meta = header.title or "", document.metadata
    why = {"rule": header.rule}
    if header.title:
        why["title"] = _where(document, title)
    if header.issuer:
        page = header.issuer in (meta.publisher or "", meta.source or "")
        why["issuer"] = "what the page says of it" if page else _where(document, header.issuer, title)
    if header.district:
        why["district"] = _where(document, header.district, title)
    if header.district_code:
        names = [p for p in tables.places_by_name.get(header.district or "", ()) if p.code == header.district_code]
        why["district_code"] = f"places.csv {names[0].id}, {names[0].name}" if names else "places.csv"
        why["district_code"] += _told_apart(document.text, names[0], tables) if names else ""
    elif header.candidates:
        why["district_code"] = f"not decided between {len(header.candidates)} places of the name in places.csv"
    elif header.parent_code:
        why["district_code"] = f"not decided in places.csv; {header.parent_code} is the nearest place above"
    if header.year:
        why["year"] = "in the title" if str(header.year) in title else _where(document, str(header.year), title)
    if header.published:
        page = header.published in (meta.published, meta.signed, meta.updated)
        why["published"] = "what the page says of it" if page else "the date below the title or at the foot"
    return why


def _told_apart(text: str, place: Place, tables: Vocabulary) -> str:
    """Say what decides between the places of one name; nothing where there is only one."""
    listed = tables.places_by_name[place.name]
    many = len({each.code for each in listed})
    if many < 2:
        return ""
    names = places.named_in(text, tables)
    others = [places.support(each, tables, text, names) for each in listed if each.code != place.code]
    decides = places.support(place, tables, text, names) > max(others)
    said = ", ".join(name for name, _ in places.spoken_above(place, tables, text, names))
    evidence = f"the text names {said}" if decides else "it is led as the text says, or the only one of today"
    return f", of {many} places of the name: {evidence}"


def _where(document: Document, said: str, title: str = "") -> str:
    """Say where words stand in a report."""
    if title and said in title:
        return "in the title"
    at = document.text.find(said)
    if at < 0:
        return "put together from the title, the signature and the names in the text"
    return f"in line {document.text.count(chr(10), 0, at) + 1} of the text"


def _section(section: Section) -> Reasons:
    if role_of(section.heading) == section.role:
        role = f"by its words, “{section.heading}”"
    elif section.role == "achievements":
        role = "its words tell of no other part of a report"
    else:
        role = "as the chapter that it stands in, or the headings around it"
    return {"rule": f"a heading by {section.rule}", "role": role}


def _denial(text: str, denial: Denial) -> Reasons:
    said = text[denial.start : denial.end].replace(denial.name, "…")
    return {"rule": f"a negation, “{said}”", "indicator": f"a row of indicator_rules.csv counts “{denial.name}”"}


def _instrument(cited: Instrument, tables: Vocabulary) -> Reasons:
    law = tables.laws.get(cited.law or "")
    why = {"rule": cited.rule}
    if law:
        why |= {"title": f"laws.csv {law.id}, {law.title}", "kind": f"laws.csv {law.id}: {law.kind}"}
    else:
        why |= {"title": "as written; no row of laws.csv has it", "kind": "by the words of its title and issuer"}
    why["relation"] = "made by the reporting district" if cited.relation == "issues" else "no word of making before it"
    if cited.doc_number:
        why["doc_number"] = f"beside the title, {cited.doc_number}"
    return why


def _initiative(text: str, found: Initiative, sections: Sequence[Section], tables: Vocabulary) -> Reasons:
    lexicon, row = words(), tables.initiatives.get(found.known or "")
    said = text[found.start : found.end]
    why = {"rule": f"{found.rule}: “{said}”"}
    if row:
        why["name"] = why["kind"] = why["theme"] = f"initiatives.csv {row.id}, {row.name}"
    else:
        ends = (said[-n:] for n in range(min(len(said), 8), 1, -1))
        head = next((end for end in ends if end in lexicon.kinds), "")
        why["kind"] = f"name_words.csv, head noun {head}" if head else "by the form of the name and the verb before it"
        own = [said[a:b] for _, a, b in lexicon.themes.find_matches_as_indexes(said)]
        why["theme"] = (
            f"name_words.csv, {'、'.join(own)} in the name" if own else "what its sentence and headings speak of"
        )
    why["status"] = f"by {_heading(found.start, sections)} and the words before it"
    return why


def _point(point: Point, sections: Sequence[Section]) -> Reasons:
    why = {"rule": point.rule, "kind": f"by {_heading(point.start, sections)}"}
    return why | ({"theme": "what the sentence speaks of"} if point.theme else {})
