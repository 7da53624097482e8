"""Bars, as SVG that needs no script. In: labels and numbers. Out: markup."""

from collections.abc import Sequence

from kg.site.markup import Html, plain, tag

_ROW, _NAMES, _BARS, _NUMBERS = 22, 190, 300, 90
_LETTERS = 14


def bars(rows: Sequence[tuple[str, float]]) -> Html:
    """Return a chart of horizontal bars; an empty text where there is nothing to compare."""
    most = max((value for _, value in rows), default=0)
    if len(rows) < 2 or most <= 0:
        return Html("")
    drawn = []
    for n, (name, value) in enumerate(rows):
        y, wide = n * _ROW, max(1, round(_BARS * max(0, value) / most))
        short = name if len(name) <= _LETTERS else f"{name[: _LETTERS - 1]}…"
        label = tag("title", Html(plain(f"{name} {value:,g}")))
        drawn.append(tag("g", label, _text(_NAMES - 8, y, short, "end"), Html(
            f'<rect x="{_NAMES}" y="{y + 3}" width="{wide}" height="{_ROW - 7}" rx="2"></rect>'
        ), _text(_NAMES + wide + 6, y, f"{value:,g}", "start")))  # fmt: skip
    size = f"0 0 {_NAMES + _BARS + _NUMBERS} {_ROW * len(rows)}"
    return tag("svg", *drawn, viewBox=size, class_="chart", role="img")


def _text(x: int, y: int, value: str, side: str) -> Html:
    inner = Html(plain(value))  # SVG has no <bdi>; the style sheet keeps it apart
    return tag("text", inner, x=x, y=y + _ROW - 8, **{"text-anchor": side})
