"""What a fact says by not saying it: a property that is absent has its usual value; see the ontology.

In: the class of a fact. Out: the usual values, by property.
"""

from collections.abc import Mapping

from kg.graph.facts import COMMON_RULES

#: By class, without prefix, and by property.
USUAL: Mapping[str, Mapping[str, str]] = {
    "Observation": {
        "status": "done",
        "bound": "exact",
        "whose": "district",
        "period": "the reporting year",
        "rule": COMMON_RULES["observation"],
    },
    "Citation": {"rule": COMMON_RULES["citation"]},
    "Undertaking": {"status": "done", "rule": COMMON_RULES["undertaking"]},
    "Problem": {"rule": COMMON_RULES["problem"]},
    "Commitment": {"rule": COMMON_RULES["commitment"]},
}
