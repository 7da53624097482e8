"""The graphs of a new version for its Turtle: reports from the shards, in half the time that the store would take.

In: a Join of few reports, the place of the shards, and the version's store, which has the graph that reports share.
Out: the lines that the store would give.
"""

from collections import defaultdict
from collections.abc import Iterator

from kg import terms
from kg.build import shards
from kg.build.join import Join
from kg.store import Store


class Written:
    """The graphs of a version that is complete but for its Turtle."""

    def __init__(self, join: Join, place: str, store: Store) -> None:
        self._place, self._store = place, store
        self._standing = join.standing()
        self._copies = defaultdict[str, list[bytes]](list)
        for name, quads in join.copies():
            self._copies[name].append(quads)

    def graphs(self) -> list[str]:
        """Return the names of all named graphs, sorted."""
        return sorted([*self._standing, terms.REFERENCE])

    def parts(self, graph: str) -> Iterator[list[str]]:
        """Yield a named graph in parts that follow one another, each as sorted lines of N-Triples."""
        if graph == terms.REFERENCE:
            yield from self._store.parts(graph)
            return
        quads = b"".join([*shards.read(self._place, [self._standing[graph]]), *self._copies[graph]])
        end = f" <{graph}> ."
        yield sorted({line.removesuffix(end) + " ." for line in quads.decode("utf-8").split("\n") if line})
