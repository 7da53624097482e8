"""What a fact says by not saying it: a property that is absent has its usual value; see the ontology.

In: the class of a fact, and what it says. Out: the usual values, by property.
"""

from collections.abc import Mapping

#: By class, without prefix: the rule that finds most facts of the kind.
_RULES = {
    "Observation": "figure",
    "Citation": "marks",
    "Undertaking": "table",
    "Problem": "numbered",
    "Commitment": "sentence",
}
_USUAL: Mapping[str, Mapping[str, str]] = {
    "Observation": {
        "metric": "none",
        "status": "done",
        "bound": "exact",
        "whose": "district",
        "period": "the reporting year",
    },
    "Undertaking": {"status": "done"},
}


def usual_rule(kind: str, changed: bool = False, unit: str | None = None) -> str:
    """Return the rule that finds most facts of a class; of figures, most changes, and most shares.

    >>> usual_rule("Citation"), usual_rule("Observation", unit="%"), usual_rule("Observation", True, "%")
    ('marks', 'percent', 'change')
    """
    if kind == "Observation" and (changed or unit == "%"):
        return "change" if changed else "percent"
    return _RULES.get(kind, "")


def usual(kind: str, said: Mapping[str, str]) -> Mapping[str, str]:
    """Return the usual values of a fact of a class, by property. said: what the fact says, by property."""
    found = dict(_USUAL.get(kind, {}))
    changed = "changeDirection" in said
    if changed:
        found["changeVersus"] = "previous_year"
    if kind in _RULES:
        found["rule"] = usual_rule(kind, changed, said.get("unitText"))
    return found
