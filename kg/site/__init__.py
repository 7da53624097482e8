"""The graph as a folder of pages that opens without a server: answers, views, and a page for each thing.

In: a store and a folder. Out: index.html; answers/, views/, reports/, districts/, instruments/, initiatives/,
indicators/, linked to each other, and what they share once in assets/. Reports are read one by one, the newest first.

    paths.py    where the page of a thing is
    markup.py   HTML that no text breaks out of; the frame of a page
    gather.py   a report's graph -> what its page and the pages of things show
    marked.py   a report's text as blocks, with its facts marked; reports.py: the page around it
    things.py   pages of districts, instruments, initiatives, indicators; lists.py: the lists of all of a class
    front.py    the first page, and those of the answers
"""

from kg.site.writer import site

__all__ = ["site"]
