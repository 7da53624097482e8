"""One report as sites of many kinds show it: all of its lines are the text, nothing else is, and its labels are read."""

import pytest

from kg.read import LIMITS, _document
from tests.reports import pages


@pytest.mark.parametrize("make", pages.MAKERS.values(), ids=pages.MAKERS)
def test_a_page_of_any_site_is_the_report(make: pages.Callable[[], pages.Layout]) -> None:
    layout = make()
    document = _document(layout.page, "html", "page.html", LIMITS)
    assert [line.strip() for line in document.text.split("\n") if line.strip()] == list(pages.TEXT)
    assert [word for word in layout.around if word in document.text] == []
    assert {key: getattr(document.metadata, key) for key in layout.metadata} == layout.metadata
    assert document.doubts == ()
