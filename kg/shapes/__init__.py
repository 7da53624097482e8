"""The SHACL shapes of ontology/shapes.ttl, applied to one thing of a graph after another, so that a graph of any size
is checked in little memory.

In: things, with what is said of them as text, as in N-Triples. Out: what the shapes of their class and of their
properties find wrong. Things that say the same properties are looked at in the same way, which is thought out once
(Plan): only where something is wrong are all shapes gone through. A test compares the findings with pySHACL's.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kg import terms
from kg.shapes.constraints import Node, text
from kg.shapes.reading import Shape, shapes

__all__ = ["Plan", "Shape", "Shapes", "shapes"]

_TYPE = f"<{terms.TYPE}>"
IsA = Callable[[str, str], bool]
Fits = tuple[int, Callable[[str], bool]]


@dataclass(frozen=True, slots=True)
class Plan:
    """How to look at the things that say certain properties and are of certain classes.

    sound: the number of values of each, and which they are, is right. fits: at which place is what is judged alone;
    links: at which place is a thing of which class; whole: what needs more than a value.
    """

    sound: bool
    fits: Sequence[Fits]
    links: Sequence[tuple[int, str]]
    whole: Sequence[Shape]


class Shapes:
    """All shapes, by their target."""

    def __init__(self) -> None:
        self._of = defaultdict[str, list[Shape]](list)
        for shape in shapes():
            self._of[shape.target].append(shape)
        self._plan = lru_cache(maxsize=16_384)(self._thought_out)

    def wrong(self, said: tuple[str, ...], values: Sequence[str], is_a: IsA) -> Iterator[tuple[Shape, str]]:
        """Yield each shape that a thing does not keep, with the value at fault.

        said: its properties, one for each of the values; is_a: whether a thing is of a class.
        """
        classes = tuple(value for predicate, value in zip(said, values, strict=True) if predicate == _TYPE)
        plan = self._plan(said, classes)
        if (
            not plan.sound
            or not all(fits(values[at]) for at, fits in plan.fits)
            or not all(is_a(values[at], cls) for at, cls in plan.links)
            or (plan.whole and any(_each_wrong(plan.whole, said, values, is_a)))
        ):
            yield from _each_wrong(self._targeting(said, classes), said, values, is_a)

    def _targeting(self, said: Sequence[str], classes: Sequence[str]) -> list[Shape]:
        return [shape for target in dict.fromkeys((*classes, *said)) for shape in self._of.get(target, ())]

    def _thought_out(self, said: tuple[str, ...], classes: tuple[str, ...]) -> Plan:
        sound, fits, links, whole = True, list[Fits](), list[tuple[int, str]](), list[Shape]()
        nobody = Node({}, lambda *_: False)
        for shape in self._targeting(said, classes):
            places = [at for at, predicate in enumerate(said) if predicate == shape.path]
            found = shape.constraint
            if found is None:
                sound = sound and shape.allowed.issuperset(said)
            elif found.counts:
                sound = sound and not list(found.wrong([""] * len(places), nobody))
            elif shape.path == _TYPE and found.fits:
                sound = sound and all(map(found.fits, classes))
            elif found.fits:
                fits += [(at, found.fits) for at in places]
            elif found.cls:
                links += [(at, found.cls) for at in places]
            elif places and (not found.other or found.other in said):
                whole.append(shape)
        return Plan(sound, fits, links, whole)


def _each_wrong(
    shapes: Sequence[Shape], said: Sequence[str], values: Sequence[str], is_a: IsA
) -> Iterator[tuple[Shape, str]]:
    by: dict[str, list[str]] = {}
    for predicate, value in zip(said, values, strict=True):
        by.setdefault(predicate, []).append(value)
    node = Node(by, is_a)
    for shape in shapes:
        if shape.constraint is not None:
            yield from ((shape, text(value)) for value in shape.constraint.wrong(by.get(shape.path, ()), node))
            continue
        for predicate in by.keys() - shape.allowed:
            yield from ((replace(shape, path=predicate), text(value)) for value in by[predicate])
