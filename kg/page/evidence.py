"""Facts as a reader sees them: the figure, how it is meant, and the sentence it was read from.

In: a Described. Out: Facts, and the Sentences that they point into, each sentence once.
A kind of fact is a line of FACTS; the words of its codes are rows of words.csv.
"""

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from kg import terms
from kg.page.described import Described

#: Class of a fact -> the term by which it names what the report says something about. A finding names its check, and
#: stands where the fact does that it is `about`.
FACTS = {
    "Observation": "metric",
    "Citation": "instrument",
    "Undertaking": "initiative",
    "QualityAnnotation": "check",
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as received, under its heading."""

    text: str
    section: str


@dataclass(frozen=True, slots=True)
class Fact:
    """What a report says of something: marks are words of words.csv; start and end stand in the sentence's text.

    note: what a check found; place: the fact's own place in the page of its report (observation-561-565), on a site.
    """

    what: str
    value: str
    marks: tuple[str, ...]
    period: str
    quote: str
    sentence: int | None
    start: int
    end: int
    note: str = ""
    place: str = field(default="", compare=False)


def amount(value: str, most: str, unit: str, bound: str) -> str:
    """Write a figure with its bound and unit.

    >>> amount("300", "", "人", "at_least"), amount("59.50", "", "%", "exact"), amount("3", "5", "次", "about")
    ('≥ 300人', '59.5%', '≈ 3–5次')
    """
    sign = {"at_least": "≥ ", "at_most": "≤ ", "about": "≈ "}.get(bound, "")
    return sign + "–".join(_number(n) for n in (value, most) if n) + unit


def anchor(iri: str) -> str:
    """Return the name of a fact's place in the page of its report.

    >>> anchor("https://w3id.org/fazhi/id/report/2af23e953ced/observation/561-565")
    'observation-561-565'
    """
    return "-".join(iri.rsplit("/", 2)[1:])


def _number(text: str) -> str:
    try:
        plain = f"{Decimal(text):,f}"
    except InvalidOperation:
        return text
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


class Evidence:
    """Facts made one by one; `sentences` grows with them, in the order in which they are asked for."""

    def __init__(self, described: Described) -> None:
        self.sentences: list[Sentence] = []
        self._described = described
        self._places: dict[str, int] = {}
        self._weighed: set[str] = set()

    def weigh(self, iri: str) -> int:
        """Return about how many bytes a fact adds to a page; its sentence counts once."""
        iri = self._described.first(iri, "about") or iri
        sentence = self._described.first(iri, "sentence")
        texts = [self._described.label(iri), self._described.first(iri, "quote")]
        if sentence not in self._weighed:
            self._weighed.add(sentence)
            texts.append(self._described.first(sentence, "text"))
        return 160 + sum(len(text.encode()) for text in texts)

    def fact(self, iri: str) -> Fact:
        """Return the fact of that IRI, as a reader sees it."""
        note, iri = self._described.first(iri, "found"), self._described.first(iri, "about") or iri

        def get(name: str) -> str:
            return self._described.first(iri, name)

        value = amount(get("value"), get("maxValue"), get("unitText"), get("bound")) if get("value") else ""
        began = get("rule") == "from" and not get("period")  # 由23名增加到29名: at a time that is not told
        done = "" if get("relation") else "began" if began else "done"  # so, unless something else is said
        marks = tuple(word for word in (get("relation"), get("status") or done, get("changeDirection")) if word)
        period = self._described.label(get("period"))
        sentence = self._sentence(get("sentence"))
        start, end = (0, 0) if sentence is None else self._span(iri, sentence)
        what = self._described.label(iri) or (self._about(iri) if note else "")
        return Fact(what, value, marks, period, get("quote"), sentence, start, end, note, anchor(iri))

    def _about(self, iri: str) -> str:
        """Return the name of what a fact is about."""
        names = (self._described.label(self._described.first(iri, term)) for term in FACTS.values())
        return next(filter(None, names), "")

    def _sentence(self, iri: str) -> int | None:
        """Return the place of a sentence among the sentences, or None if the view does not hold its text."""
        text = self._described.first(iri, "text")
        if text and iri not in self._places:
            self._places[iri] = len(self.sentences)
            self.sentences.append(Sentence(text, self._described.label(self._described.first(iri, "section"))))
        return self._places.get(iri)

    def _span(self, iri: str, sentence: int) -> tuple[int, int]:
        """Return where the quote stands in its sentence, in code points; (0, 0) if it does not."""
        text, quote = self.sentences[sentence].text, self._described.first(iri, "quote")
        own, around = terms.span(iri), terms.span(self._described.first(iri, "sentence"))
        at = own[0] - around[0] if own and around else -1
        if at < 0 or text[at : at + len(quote)] != quote:
            at = text.find(quote)
        return (at, at + len(quote)) if quote and at >= 0 else (0, 0)
