"""How a view is drawn, as its header says.

layout: reports   what one report leads to is behind it, what several lead to between them (reports)
        years     a column a year
        springs   by strength of the ties below, or of all lines
stage:  classes   the classes that are drawn; things of others are in the panel alone (all of them)
tie:    A by B …  draw lines between things of class A that share things of the classes B
size:   reports   reports | facts | ties: what a node is the larger for (reports)
color:  class     class | year | community | severity (class)
about:  class     the class of the one thing that the view is about, named in its title
findings: yes     the query's ?focus is bound to what kg.check finds
"""

from collections.abc import Mapping
from dataclasses import dataclass

from kg.errors import QueryError

#: Field -> what it may say, its default first.
ALLOWED = {
    "layout": ("reports", "years", "springs"),
    "size": ("reports", "facts", "ties"),
    "color": ("class", "year", "community", "severity"),
    "findings": ("", "yes"),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """See above. tied: the class A, or an empty text; by: the classes B."""

    layout: str = "reports"
    stage: tuple[str, ...] = ()
    tied: str = ""
    by: tuple[str, ...] = ()
    size: str = "reports"
    color: str = "class"
    about: str = ""
    findings: bool = False


def plan(head: Mapping[str, str], where: str) -> Plan:
    """Read a plan from a header. where: what the message of a QueryError begins with."""
    fields = {name: head.get(name, allowed[0]) for name, allowed in ALLOWED.items()}
    for name, value in fields.items():
        if value not in ALLOWED[name]:
            raise QueryError(f"{where}: {name} is one of {', '.join(filter(None, ALLOWED[name]))}, not {value!r}.")
    tied, _, by = head.get("tie", "").partition(" by ")
    return Plan(
        layout=fields["layout"],
        stage=tuple(head.get("stage", "").split()),
        tied=tied,
        by=tuple(by.split()),
        size=fields["size"],
        color=fields["color"],
        about=head.get("about", ""),
        findings=bool(fields["findings"]),
    )
