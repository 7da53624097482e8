"""Document -> mentions. One module a kind, each with one verb: find.

Every finder is a pure function of the text and the tables, and names the rule behind each mention. Order matters only
where one kind needs another: headings give roles, titles in 《》 hide the figures and names inside them.
"""

from kg.model import Document, Extraction
from kg.vocabulary import Vocabulary, vocabulary


def extract(document: Document, tables: Vocabulary | None = None) -> Extraction:
    """Find all mentions in a document, each with its span.

    tables: the Vocabulary to use (default: the package's own).
    """
    # here, since their patterns take 0.15 s to compile, which `kg ask` and `kg --help` need not wait for
    from kg.extract import denials, header, initiatives, instruments, metrics, points, sections

    tables = tables or vocabulary()
    text = document.text
    head = header.find(text, tables, document.metadata)
    outline = sections.find(text)
    cited = instruments.find(text, outline, head, tables)
    return Extraction(
        header=head,
        sections=outline,
        instruments=cited,
        metrics=metrics.find(text, outline, cited, head, tables),
        initiatives=initiatives.find(text, outline, cited, head, tables),
        points=points.find(text, outline),
        denials=denials.find(text, outline, cited, tables),
    )
