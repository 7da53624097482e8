"""The verb that draws: `kg view` (the list of views, one of them as a page, or all of them and more as a site).

In: parsed arguments. Out: a file or a folder, and on standard error where it is.
"""

import argparse
import time

import kg
from kg.cli import options
from kg.cli.show import show, tell
from kg.draw import LIMIT, MOST, drawn
from kg.errors import InputError, QueryError
from kg.model import Answer
from kg.site import site
from kg.views import views

#: Seconds after which it is said again how far a site is.
_EVERY = 10


def view_options(sub: options.Parser) -> None:
    """Add the options of `kg view`."""
    sub.add_argument("view", nargs="?", metavar="VIEW", help="its name; parameters follow as --name value")
    sub.add_argument("--all", action="store_true", help="write a site: all views, answers, reports, places, laws")
    text = f"nodes at most, up to {MOST} (default: {LIMIT})"
    sub.add_argument("--limit", type=int, metavar="N", default=LIMIT, help=text)
    options.file(sub, "where to write (default: VIEW.html, with --all the folder site, in the graph's folder)")
    options.graph(sub)


def view(args: argparse.Namespace) -> int:
    """List the views, write one as a page, or all of them and more as a site."""
    args.view, rest = options.in_order(args.view, args.rest, views())
    values = options.parameters(rest)
    if args.all:
        if args.view or values:
            raise QueryError("--all writes every view; leave out the view and its parameters.")
        return _site(args)
    if args.view is None:
        if values:
            raise QueryError("parameters, but no view. `kg view` lists them all.")
        _list_views()
        return 0
    page = drawn(kg.open(args.graph), args.view, values, args.limit)
    output = args.output or args.graph / f"{args.view}.html"
    try:
        output.write_bytes(page.encode("utf-8"))
    except OSError as error:
        raise InputError(f"{output}: cannot be written ({error.strerror}); give another file with -o.") from None
    tell(f"{output}")
    return 0


def _list_views() -> None:
    rows = tuple(
        (v.name, v.said["title"]["zh"], v.said["title"]["en"], " ".join(f"--{name}" for name in v.parameters))
        for v in views().values()
    )
    show(Answer(("name", "zh", "en", "parameters"), rows, headings=("名称", "视图", "view", "参数")))


def _site(args: argparse.Namespace) -> int:
    output = args.output or args.graph / "site"
    said = begun = time.monotonic()

    def how_far(what: str, done: int, of: int) -> None:
        nonlocal said
        if (now := time.monotonic()) - said >= _EVERY:
            said = now
            tell(f"{what}: {done:,} of {of:,}, {now - begun:,.0f} s")

    pages, size = site(kg.open(args.graph), output, args.limit, how_far)
    tell(f"{pages} pages, {size / 1e6:,.1f} MB. Open {output / 'index.html'} in a browser.")
    return 0
