"""What is wrong in a graph: SHACL shapes, and queries/checks/*.rq that must return nothing.

In: a Store. Out: findings, the gravest first; findings.py writes them for other programs. A check is a SELECT with
?focus (a fact), ?value and a header: `# id:`, `# zh:`, `# en:`, `# severity:` (violation: the graph is at fault;
warning: the report is; info: worth a look). It is asked of a slice of the reports at a time (slices.py), beside what
the reports share; all reports of one body are in one slice. One that compares bodies has `# beyond:` in its header, and
gives ?focus, ?number and ?peers: found is what is over so many times the mean of its peers. So the time grows as the
reports do, and the memory does not.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.ask import query
from kg.check.findings import places, sarif, triples
from kg.check.slices import slices
from kg.data import folder
from kg.model import Finding, Value
from kg.store import Store

__all__ = ["SEVERITIES", "Check", "check", "checks", "places", "sarif", "triples"]

SEVERITIES = ("violation", "warning", "info")


@dataclass(frozen=True, slots=True)
class Check:
    """A query of queries/checks/. beyond: how many times its peers' mean a number may be; 0 if none are compared."""

    id: str
    severity: str
    zh: str
    en: str
    beyond: int
    sparql: str

    def found(self, focus: Value, value: Value) -> Finding:
        """Return a finding of this check."""
        return Finding(self.id, self.severity, f"{self.zh} / {self.en}", str(focus), str(value))


def checks() -> list[Check]:
    """Return the queries of queries/checks/, by name."""
    found = []
    for file in sorted(folder("queries/checks").iterdir(), key=lambda f: f.name):
        if file.name.endswith(".rq"):
            text = file.read_text(encoding="utf-8")
            head = {"beyond": "0"} | dict(re.findall(r"^# ([a-z]+): *(.*)$", text, re.MULTILINE))
            found.append(Check(head["id"], head["severity"], head["zh"], head["en"], int(head["beyond"]), text))
    return found


def check(store: Store) -> list[Finding]:
    """Run the SHACL shapes and queries/checks/ over the graph; return what they find, the gravest first."""
    found, queries, peers = set[Finding](), checks(), defaultdict[tuple[Check, Value], _Peers](_Peers)
    for part in slices(store, (each.sparql for each in queries), found):
        for each in queries:
            for focus, value, *group in query(part, each.sparql).rows:
                if each.beyond:
                    peers[each, group[0]].add(str(focus), value)
                else:
                    found.add(each.found(focus, value))
    found |= {each.found(*at) for (each, _), group in peers.items() for at in group.beyond(each.beyond)}
    return sorted(found, key=lambda f: (SEVERITIES.index(f.severity), f.check, f.focus, f.value, f.message))


@dataclass(slots=True)
class _Peers:
    """How many numbers of a group there are, what they add up to, and the greatest with what it was read from."""

    count: int = 0
    total: float = 0.0
    greatest: float = 0.0
    facts: list[str] = field(default_factory=list)

    def add(self, fact: str, number: Value) -> None:
        if not isinstance(number, int | float):
            return
        self.count, self.total = self.count + 1, self.total + number
        if number > self.greatest:
            self.greatest, self.facts = number, []
        if number == self.greatest:
            self.facts.append(fact)

    def beyond(self, times: int) -> Iterator[tuple[str, str]]:
        """Yield the facts whose number is over so many times the mean of nine or more others, and both."""
        mean = (self.total - self.greatest) / (self.count - 1) if self.count > 9 else math.inf
        if self.greatest > times * mean:
            yield from ((fact, f"{self.greatest:.12g} : {round(mean, 1):.12g}") for fact in self.facts)
