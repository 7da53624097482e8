"""An answer as a picture: bars of a ranking, lines of a series, a network of pairs, who followed whom.

In: an Answer and what its question says of its chart (kind, columns). Out: SVG that needs nothing else, the same bytes
everywhere, on white; page() puts it into HTML with the rows below it, and STYLE makes it dark where that is.
A new kind of chart is a function and its line in KINDS.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from html import escape
from itertools import pairwise

from kg.errors import QueryError
from kg.model import Answer, Value
from kg.table import plain

#: Eight colours that differ for those too who see few, and in print (Okabe and Ito, but for yellow).
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#5a3fc0", "#444444")
#: The same on a dark ground.
_ON_DARK = ("#56a9e0", "#f2854b", "#35c295", "#e9a9cc", "#f0b53f", "#a8dcff", "#8a6cff", "#f6f7f9")
_FONT = "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif"
#: Pixels; bars and lines fit a telephone, where they are read at two thirds of their size.
_WIDTH, _NARROW = 960, 560
#: The most bars, lines, pairs, or units of a year that a picture can show; the title says what is left out.
_MOST = {"bars": 40, "lines": 8, "network": 40, "follow": 12}
#: What the colours of a picture are within HTML that is read on a dark screen: f0 … fill, s0 … stroke with a colour.
STYLE = "@media screen and (prefers-color-scheme:dark){{{}}}\n".format(
    ".chart{fill:#e6ebf0}.chart .ground{fill:#1a212a}.chart .soft{fill:#a3aeb9}.chart .rule{stroke:#46525e}"
    ".chart .halo{stroke:#1a212a}"
    + "".join(f".chart .f{i}{{fill:{c}}}.chart .s{i}{{stroke:{c}}}" for i, c in enumerate(_ON_DARK))
)


def svg(answer: Answer, chart: Sequence[str], title: str) -> str:
    """Return an answer as SVG. chart: the kind, and the columns that it takes. Raises QueryError for no rows."""
    kind, *columns = chart
    at = [answer.columns.index(name) for name in columns]
    rows = [tuple(row[i] for i in at) for row in answer.rows]
    numeric = {"bars": 1, "lines": 1, "network": 2, "follow": 1}[kind]
    rows = [row for row in rows if isinstance(row[numeric], int | float)]
    if not rows:
        raise QueryError("No chart: the answer has no rows with a number; ask without --chart to see it.")
    body, height, left_out = KINDS[kind](rows)
    width = _NARROW if kind in ("bars", "lines") else _WIDTH
    note = answer.headings[at[numeric]] if answer.headings else ""  # what is counted
    note += f"（另有 {left_out} 项未画出 / {left_out} more not shown）" if left_out else ""
    head = _text(16, 28, title, size=17, font_weight="bold") + (
        _text(16, 48, note, size=12, class_="soft", fill="#666") if note else ""
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        f' font-family="{_FONT}" fill="#1d2733" class="chart" role="img"><title>{escape(title)}</title>'
        f'<rect width="100%" height="100%" fill="#fff" class="ground"/>{head}{body}</svg>\n'
    )


def page(answer: Answer, chart: Sequence[str], title: str) -> str:
    """Return an answer as a page of HTML: its picture, and its rows."""
    headings = "".join(f"<th>{escape(h)}</th>" for h in answer.headings or answer.columns)
    rows = "".join("<tr>" + "".join(f"<td>{escape(plain(v))}</td>" for v in row) + "</tr>\n" for row in answer.rows)
    style = (
        f"body{{font-family:{_FONT};margin:1rem}}svg{{max-width:100%;height:auto}}table{{border-collapse:collapse}}"
        "td,th{border-bottom:1px solid #8886;padding:.2rem .6rem;text-align:left}:root{color-scheme:light dark}"
        f"@media screen and (prefers-color-scheme:dark){{body{{background:#12181f;color:#e6ebf0}}}}{STYLE}"
    )
    return (
        f'<!DOCTYPE html>\n<html lang="zh"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{style}</style></head>\n<body>\n{svg(answer, chart, title)}"
        f"<table><thead><tr>{headings}</tr></thead><tbody>\n{rows}</tbody></table></body></html>\n"
    )


def _fill(i: int) -> str:
    return f'fill="{_COLOURS[i]}" class="f{i}"'


def _stroke(i: int) -> str:
    return f'fill="none" stroke="{_COLOURS[i]}" class="s{i}"'


def _text(x: float, y: float, text: str, anchor: str = "start", size: int = 13, **more: str) -> str:
    style = "".join(f' {name.rstrip("_").replace("_", "-")}="{value}"' for name, value in more.items())
    return f'<text x="{x:g}" y="{y:g}" font-size="{size}" text-anchor="{anchor}"{style}>{escape(text)}</text>'


def _cut(value: Value, most: int) -> str:
    text = plain(value)
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _number(value: float) -> str:
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def _bars(rows: Sequence[tuple[Value, ...]]) -> tuple[str, int, int]:
    shown, left, right, top, step = rows[: _MOST["bars"]], 215, 90, 64, 24
    greatest = max(max(float(row[1] or 0) for row in shown), 0) or 1
    least = min(min(float(row[1] or 0) for row in shown), 0)
    scale = (_NARROW - left - right) / (greatest - least)
    zero, parts = left - least * scale, list[str]()
    for i, (name, value, *more) in enumerate(shown):
        y, size = top + i * step, float(value or 0) * scale
        parts.append(_text(left - 8, y + 14, " ".join([_cut(name, 13), *map(plain, more)]), "end"))
        x = zero + min(size, 0)
        parts.append(f'<rect x="{x:.1f}" y="{y}" width="{abs(size):.1f}" height="18" {_fill(0)}/>')
        parts.append(_text(zero + max(size, 0) + 6, y + 14, _number(float(value or 0)), size=12))
    parts.append(f'<path d="M{zero:.1f} {top - 4}V{top + len(shown) * step}" stroke="#888" class="rule"/>')
    return "".join(parts), top + len(shown) * step + 16, len(rows) - len(shown)


def _ticks(greatest: float) -> list[float]:
    """Return four or five round numbers from 0 on.

    >>> _ticks(945), _ticks(7)
    ([0, 200, 400, 600, 800, 1000], [0, 2, 4, 6, 8])
    """
    step = 10 ** math.floor(math.log10(greatest / 4)) if greatest > 0 else 1
    step = next(m * step for m in (1, 2, 5, 10) if m * step * 5 >= greatest)
    return [round(i * step, 10) for i in range(math.ceil(greatest / step) + 1)]


def _lines(rows: Sequence[tuple[Value, ...]]) -> tuple[str, int, int]:
    series: dict[str, dict[int, float]] = {}
    for year, value, name in rows:  # of several figures of a year the first, which is the greatest
        series.setdefault(plain(name), {}).setdefault(int(year or 0), float(value or 0))
    names = sorted(series, key=lambda n: (-len(series[n]), -max(series[n].values()), n))[: _MOST["lines"]]
    years = sorted({year for name in names for year in series[name]})
    ticks = _ticks(max(max(series[name].values()) for name in names))
    left, top, bottom, width = 82, 70, 360, _NARROW - 82 - 34

    def at(year: int, value: float) -> tuple[float, float]:
        across = (year - years[0]) / max(1, years[-1] - years[0])
        return left + across * width, bottom - value / (ticks[-1] or 1) * (bottom - top)

    parts = []
    for tick in ticks:
        y = at(years[0], tick)[1]
        parts.append(f'<path d="M{left} {y:.1f}H{left + width}" stroke="#ddd" class="rule"/>')
        parts.append(_text(left - 8, y + 4, _number(tick), "end", 12))
    parts += [_text(at(year, 0)[0], bottom + 22, str(year), "middle", 12) for year in years]
    for i, name in enumerate(names):
        points = [at(*point) for point in sorted(series[name].items())]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(f'<polyline points="{path}" {_stroke(i)} stroke-width="2.5"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" {_fill(i)}/>' for x, y in points]
        x, y = left + i % 2 * width / 2, bottom + 52 + i // 2 * 22
        parts.append(f'<rect x="{x:g}" y="{y - 11}" width="12" height="12" {_fill(i)}/>')
        parts.append(_text(x + 18, y, _cut(name, 15)))
    return "".join(parts), bottom + 48 + math.ceil(len(names) / 2) * 22, len(series) - len(names)


def _network(rows: Sequence[tuple[Value, ...]]) -> tuple[str, int, int]:
    """Pairs on a circle, a line the thicker the more they have in common."""
    shown = rows[: _MOST["network"]]
    names = sorted({plain(name) for row in shown for name in row[:2]})
    greatest, middle, radius = max(float(row[2] or 0) for row in shown), (_WIDTH / 2, 400), 235
    place = {}
    for i, name in enumerate(names):
        angle = 2 * math.pi * i / len(names) - math.pi / 2
        place[name] = angle, middle[0] + radius * math.cos(angle), middle[1] + radius * math.sin(angle)
    parts = []
    for one, other, value, *_ in reversed(shown):
        (_, x, y), (_, p, q) = place[plain(one)], place[plain(other)]
        number = float(value or 0)
        share = number / greatest
        parts.append(
            f'<path d="M{x:.1f} {y:.1f}Q{middle[0]:g} {middle[1]} {p:.1f} {q:.1f}" {_stroke(0)}'
            f' stroke-width="{1 + 5 * share:.1f}" opacity="{0.25 + 0.5 * share:.2f}">'
            f"<title>{_number(number)}</title></path>"
        )
    height = _apart({name: y + 16 * math.sin(angle) + 4 for name, (angle, _, y) in place.items()}, place, middle)
    for name, (angle, x, y) in place.items():
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" {_fill(1)}/>')
        across, anchor = x + 12 * math.cos(angle), "start" if math.cos(angle) > -1e-9 else "end"
        parts.append(_text(across, height[name], _cut(name.removeprefix("中华人民共和国"), 17), anchor, 12))
    return "".join(parts), 740, len(rows) - len(shown)


def _apart(
    height: Mapping[str, float], place: Mapping[str, tuple[float, float, float]], middle: tuple[float, float]
) -> dict[str, float]:
    """Return how high names stand round a circle, moved up or down where two of a side would meet."""
    found = {}
    for side, half in ((1, 1), (1, -1), (-1, 1), (-1, -1)):  # a quarter at a time, from the middle outwards
        last = -math.inf
        some = [
            n
            for n, (_, x, y) in place.items()
            if (x >= middle[0] - 1e-6) == (side > 0) and (y >= middle[1]) == (half > 0)
        ]
        for name in sorted(some, key=lambda n: half * height[n]):
            last = max(half * height[name], last + 15)
            found[name] = half * last
    return found


def _follow(rows: Sequence[tuple[Value, ...]]) -> tuple[str, int, int]:
    """Years from left to right, under each the units that began then, joined to those before them."""
    began: dict[int, list[Value]] = {}
    for unit, year, *_ in rows:
        began.setdefault(int(year or 0), []).append(unit)
    years, most = sorted(began), _MOST["follow"]
    more = {year: max(0, len(began[year]) - most) for year in years}
    under = {year: began[year][:most] for year in years}
    step, top = min(220, (_WIDTH - 60) / len(years)), 96
    across = {year: 70 + k * step for k, year in enumerate(years)}
    place = {(year, i): (across[year], top + i * 30) for year in years for i in range(len(under[year]))}
    parts = [_text(across[year], top - 22, str(year), "middle", 13, font_weight="bold") for year in years]
    for before, year in pairwise(years):
        x, y = place[before, 0]
        for i in range(len(under[year])):
            p, q = place[year, i]
            parts.append(
                f'<path d="M{x + 6:.1f} {y}C{x + step / 2:.1f} {y} {p - step / 2:.1f} {q} {p - 6:.1f} {q}" fill="none"'
                ' stroke="#aaa" class="rule"/>'
            )
    for (year, i), (x, y) in place.items():
        parts.append(f'<circle cx="{x:.1f}" cy="{y}" r="6" {_fill(int(year == years[0]))}/>')
        name = _cut(under[year][i], max(4, int(step / 12) - 2))
        halo = {"stroke": "#fff", "stroke_width": "3", "paint_order": "stroke", "class_": "halo"}  # over the lines
        parts.append(_text(x + 10, y + 18, name, size=12, **halo))
    parts += [
        _text(across[y], top + 30 * most + 10, f"+{n}", "middle", 12, class_="soft", fill="#666")
        for y, n in more.items()
        if n
    ]
    return "".join(parts), top + 30 * max(map(len, under.values())) + 30, sum(more.values())


KINDS: Mapping[str, Callable[[Sequence[tuple[Value, ...]]], tuple[str, int, int]]] = {
    "bars": _bars,
    "lines": _lines,
    "network": _network,
    "follow": _follow,
}
