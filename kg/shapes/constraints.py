"""What the constraints of SHACL Core demand of the values of a property, as far as ontology/shapes.ttl uses them.

In: terms as text, as in N-Triples. A new constraint is a function and its line in CONSTRAINTS. sh:closed, which is of
all properties of a thing, is in reading.py.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from operator import ge, gt, le, lt
from typing import Any

from kg import terms
from kg.formats.triples import literal

#: How a literal is written, by its datatype.
_FORMS = {
    f"<{terms.XSD}{name}>": re.compile(form)
    for name, form in (
        ("integer", r"[+-]?[0-9]+"), ("decimal", r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)"), ("boolean", "true|false|0|1"),
        ("date", r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), ("gYearMonth", r"[0-9]{4}-(0[1-9]|1[0-2])"), ("gYear", "[0-9]{4}"),
    )
}  # fmt: skip
_NUMBERS = {f"<{terms.XSD}{name}>" for name in ("integer", "decimal", "double", "float")}


@dataclass(frozen=True, slots=True)
class Node:
    """What a constraint looks at beside the values: all that is said of the subject, and what is of which class."""

    said: Mapping[str, Collection[str]]
    is_a: Callable[[str, str], bool]


#: Of the values of a property, those that a constraint finds wrong; "" for too few or too many.
Wrong = Callable[[Collection[str], Node], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Constraint:
    """What a constraint finds wrong; and where it needs not all that is said for that, what it needs.

    fits: whether one value alone is right; cls: of which class each value is to be; counts: only their number matters;
    other: the property whose values they are compared with.
    """

    wrong: Wrong
    fits: Callable[[str], bool] | None = None
    cls: str = ""
    counts: bool = False
    other: str = ""


def text(term: str) -> str:
    """Return what a term says: the text of a literal, or an IRI."""
    found = literal(term)
    return term.strip("<>") if found is None else found.text


def _number(term: str) -> int:
    return int(text(term))


def _datatype(term: str) -> str:
    if term[0] == "<":
        return ""  # an IRI
    tail = term[term.rfind('"') + 1 :]
    return tail[2:] if tail.startswith("^^") else f"<{terms.RDF}langString>" if tail else f"<{terms.XSD}string>"


def _well_formed(term: str) -> str:
    """Return the datatype of a literal that is written as its datatype wants it; else, and for an IRI, nothing."""
    datatype = _datatype(term)
    form = _FORMS.get(datatype)
    if form and not form.fullmatch(text(term)):
        return ""
    if datatype == f"<{terms.XSD}date>":
        try:
            date.fromisoformat(text(term))
        except ValueError:
            return ""
    return datatype


def _size(term: str) -> tuple[str, Decimal | str] | None:
    """Return what a literal is ordered by, after the kind of its datatype; None for what has no order."""
    datatype = _datatype(term)
    if datatype not in _NUMBERS:
        return (datatype, text(term)) if datatype.startswith(f"<{terms.XSD}") else None
    try:
        number = Decimal(text(term))
    except InvalidOperation:
        return None
    return ("number", number) if number.is_finite() else None


def _kept(one: str, other: str, order: Callable[[Any, Any], bool]) -> bool:
    a, b = _size(one), _size(other)
    return a is not None and b is not None and a[0] == b[0] and order(a, b)


def _each(fits: Callable[[str], bool], cached: bool = True) -> Constraint:
    """Return a constraint on each value alone. cached: many values are alike."""
    if cached:
        fits = lru_cache(maxsize=16_384)(fits)
    return Constraint(lambda values, _: [value for value in values if not fits(value)], fits)


def _count(order: Callable[[int, int], bool], limit: int) -> Constraint:
    return Constraint(lambda values, _: () if order(len(values), limit) else [""], counts=True)


def _than(order: Callable[[Any, Any], bool], path: str) -> Constraint:
    def wrong(values: Collection[str], node: Node) -> Iterable[str]:
        others = node.said.get(path, ())
        return [value for value in values if any(not _kept(value, other, order) for other in others)]

    return Constraint(wrong, other=path)


def _one_a_language(values: Collection[str], _: Node) -> Iterable[str]:
    languages = [found.language for value in values if (found := literal(value)) and found.language]
    return [""] if len(set(languages)) < len(languages) else ()


def _pattern(wanted: str) -> Constraint:
    pattern = re.compile(re.sub(r"\$$", r"\\Z", text(wanted)))  # $ also stands before a last line end in Python
    return _each(lambda value: pattern.search(text(value)) is not None)


def _written(wanted: Collection[str]) -> Constraint:
    return _each(lambda value: _well_formed(value) in wanted, cached=bool(_FORMS.keys() & set(wanted)))


def _class(cls: str) -> Constraint:
    return Constraint(lambda values, node: [value for value in values if not node.is_a(value, cls)], cls=cls)


def _length(least: int) -> Constraint:
    return _each(lambda value: len(text(value)) >= least, cached=False)


#: From the parameters of a constraint to what it does.
CONSTRAINTS: Mapping[str, Callable[[Sequence[str]], Constraint]] = {
    "minCount": lambda wanted: _count(ge, _number(wanted[0])),
    "maxCount": lambda wanted: _count(le, _number(wanted[0])),
    "uniqueLang": lambda _: Constraint(_one_a_language),
    "datatype": _written,
    "or": _written,
    "class": lambda wanted: _class(wanted[0]),
    "in": lambda wanted: _each(lambda value: value in wanted),
    "pattern": lambda wanted: _pattern(wanted[0]),
    "minLength": lambda wanted: _length(_number(wanted[0])),
    "minInclusive": lambda wanted: _each(lambda value: _kept(value, wanted[0], ge)),
    "maxInclusive": lambda wanted: _each(lambda value: _kept(value, wanted[0], le)),
    "minExclusive": lambda wanted: _each(lambda value: _kept(value, wanted[0], gt)),
    "lessThan": lambda wanted: _than(lt, wanted[0]),
    "lessThanOrEquals": lambda wanted: _than(le, wanted[0]),
}
