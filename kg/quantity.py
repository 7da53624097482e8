"""What a figure's value amounts to: the interval it may lie in, and the same amount in the canonical unit.

In: value, bound and unit of a Metric, and the table of units. Out: numbers. Pure functions.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from kg.model import Bound
from kg.vocabulary import Unit


class Interval(NamedTuple):
    """From minimum to maximum, None where nothing bounds it. inferred: an end follows from 余, 约 or 近, no word."""

    minimum: float | None
    maximum: float | None
    inferred: bool


def interval(value: float, value_max: float | None = None, bound: Bound = "exact", unit: str | None = None) -> Interval:
    """Return between what a figure lies: 400余 is from 400 to below 500, 约400 within half a step of its last digit.

    A share (%) is never more than 100.

    >>> [tuple(interval(v, None, b)) for v, b in ((400, "at_least"), (12, "at_least"), (400, "about"), (60, "at_most"))]
    [(400, 500.0, True), (12, 13.0, True), (350.0, 450.0, True), (0, 60, False)]
    >>> tuple(interval(3, 5)), tuple(interval(7)), tuple(interval(98, bound="at_least", unit="%"))
    ((3, 5, False), (7, 7, False), (98, 99.0, True))
    """
    if value_max is not None:
        return Interval(value, value_max, False)
    step = _step(value)
    if bound == "at_least":
        return Interval(value, _capped(value + step, unit), True)
    if bound == "about":
        return Interval(max(0.0, value - step / 2), _capped(value + step / 2, unit), True)
    return Interval(0, value, False) if bound == "at_most" else Interval(value, value, False)


def _step(value: float) -> float:
    """Return the worth of the last digit that is not zero: 100 of 400, 0.1 of 98.5."""
    digits = Decimal(str(value)).normalize()
    exponent = digits.as_tuple().exponent
    return float(Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0))


def _capped(value: float, unit: str | None) -> float:
    return min(value, 100.0) if unit == "%" else value


def canonical(value: float, unit: str | None, units: Mapping[str, Unit]) -> tuple[float, str | None]:
    """Return an amount in its canonical unit; one that the table does not know stays as it is.

    >>> from kg.vocabulary import vocabulary
    >>> units = vocabulary().units
    >>> [canonical(v, u, units) for v, u in ((3.5, "万元"), (2, "公顷"), (85, "成"), (12, "宗"), (9, None), (1, "铢"))]
    [(35000.0, '元'), (20000.0, '平方米'), (850.0, '%'), (12.0, '宗'), (9, None), (1, '铢')]
    """
    row = units.get(unit) if unit else None
    if row is None:
        return value, unit
    return float(Decimal(str(value)) * Decimal(str(row.factor))), row.canonical
