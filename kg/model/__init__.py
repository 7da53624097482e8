"""The nouns: what the rooms hand to each other. Frozen, and without work of their own.

A Document is a report as read; mentions are what was found in it; an Answer is what a graph says. A new one stands in
the module of its kind, and in the list below.
"""

from kg.model.answers import Answer, Evidence, Finding, Value
from kg.model.document import Alignment, Document, Metadata, Repair, Script, Span
from kg.model.mentions import (
    Bound,
    Change,
    Denial,
    Extraction,
    Header,
    Initiative,
    Instrument,
    Mention,
    Metric,
    Point,
    Role,
    Section,
    Status,
    Whose,
)

__all__ = [
    "Alignment",
    "Answer",
    "Bound",
    "Change",
    "Denial",
    "Document",
    "Evidence",
    "Extraction",
    "Finding",
    "Header",
    "Initiative",
    "Instrument",
    "Mention",
    "Metadata",
    "Metric",
    "Point",
    "Repair",
    "Role",
    "Script",
    "Section",
    "Span",
    "Status",
    "Value",
    "Whose",
]
