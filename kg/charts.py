"""An answer as a picture: bars of a ranking, lines of a series, a network of pairs, who followed whom.

In: an Answer and what its question says of its chart (kind, columns). Out: SVG that needs nothing else, the same bytes
everywhere, on white; page() puts it into HTML with the rows below it, and STYLE makes it dark where that is.
A new kind of chart is a function and its line in KINDS.
"""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from html import escape
from textwrap import wrap

from kg import terms
from kg.errors import QueryError
from kg.model import Answer, Value
from kg.store import Source
from kg.table import plain

#: Eight colours that differ for those too who see few, and in print (Okabe and Ito, but for yellow).
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#5a3fc0", "#444444")
#: The same on a dark ground.
_ON_DARK = ("#56a9e0", "#f2854b", "#35c295", "#e9a9cc", "#f0b53f", "#a8dcff", "#8a6cff", "#f6f7f9")
_FONT = "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif"
#: Pixels; so wide a picture fits a telephone, where it is read at two thirds of its size.
_WIDTH = 560
#: Characters of a line under the title.
_LINE = 44
#: What levels of places are called, the highest first.
_LEVELS = {"province": "省级", "prefecture": "地级", "county": "县级", "township": "乡级"}
#: The most bars, lines, pairs, or units of a year that a picture can show; the title says what is left out.
_MOST = {"bars": 40, "lines": 8, "network": 40, "follow": 12}
#: What the colours of a picture are within HTML that is read on a dark screen: f0 … fill, s0 … stroke with a colour.
STYLE = "@media screen and (prefers-color-scheme:dark){{{}}}\n".format(
    ".chart{fill:#e6ebf0}.chart .ground{fill:#1a212a}.chart .soft{fill:#a3aeb9}.chart .rule{stroke:#46525e}"
    ".chart .halo{stroke:#1a212a}"
    + "".join(f".chart .f{i}{{fill:{c}}}.chart .s{i}{{stroke:{c}}}" for i, c in enumerate(_ON_DARK))
)


def svg(answer: Answer, chart: Sequence[str], title: str, said: str = "") -> str:
    """Return an answer as SVG. chart: the kind, and the columns that it takes. said: what it was asked of, and what to
    know of it, in lines under the title. Raises QueryError for no rows.
    """
    kind, *columns = chart
    at = [answer.columns.index(name) for name in columns]
    rows = [tuple(row[i] for i in at) for row in answer.rows]
    numeric = {"bars": 1, "lines": 1, "network": 2, "follow": 1}[kind]
    rows = [row for row in rows if isinstance(row[numeric], int | float)]
    if not rows:
        raise QueryError("No chart: the answer has no rows with a number; ask without --chart to see it.")
    body, height, left_out = KINDS[kind](rows)
    lines = [part for line in said.splitlines() for part in wrap(line, _LINE)]
    down = 20 * len(lines)
    note = answer.headings[at[numeric]] if answer.headings else ""  # what is counted
    note += f"（另有 {left_out} 项未画出 / {left_out} more not shown）" if left_out else ""
    under = [_text(16, 48 + 20 * n, line, size=12, class_="soft", fill="#666") for n, line in enumerate([*lines, note])]
    head = _text(16, 28, title, size=17, font_weight="bold") + "".join(under if note else under[:-1])
    body, height = (f'<g transform="translate(0 {down})">{body}</g>' if down else body), height + down
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}"'
        f' font-family="{_FONT}" fill="#1d2733" class="chart" role="img"><title>{escape(title)}</title>'
        f'<rect width="100%" height="100%" fill="#fff" class="ground"/>{head}{body}</svg>\n'
    )


def mixed(levels: Mapping[str, str], answer: Answer, chart: Sequence[str]) -> str:
    """Say that units of several levels stand on one axis: a county's numbers are those of all of its towns. levels: the
    level of each unit (levels_of); empty where all are of one.
    """
    if "unit" not in chart[1:] or chart[0] not in ("bars", "lines"):
        return ""
    at = answer.columns.index("unit")
    units = dict.fromkeys(plain(row[at]) for row in answer.rows)
    found = Counter(levels[unit] for unit in units if unit in levels)
    told = "、".join(f"{_LEVELS[level]}{found[level]}" for level in _LEVELS if found[level])
    return f"层级不同，不宜直接相比（several levels）：{told}" if len(found) > 1 else ""


def levels_of(source: Source) -> Mapping[str, str]:
    """Return the level of each unit that reports, by the name that answers give it."""
    _, rows = source.select(f"""
        PREFIX fz: <{terms.ONT}>
        SELECT DISTINCT ?label ?level {{
          ?report a fz:Report ; <{terms.LABEL}> ?label ; fz:district ?district . ?district fz:level ?level
        }} ORDER BY ?label ?level""")
    texts = [[str(getattr(term, "value", "")) for term in row] for row in rows]
    return {label.partition(" ")[0]: level for label, level in texts if level in _LEVELS}


def page(answer: Answer, chart: Sequence[str], title: str, said: str = "") -> str:
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
        f"<style>{style}</style></head>\n<body>\n{svg(answer, chart, title, said)}"
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
    scale = (_WIDTH - left - right) / (greatest - least)
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
    left, top, bottom, width = 82, 70, 360, _WIDTH - 82 - 34

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
    """Names in a column, the strongest pairs first, and an arc for each pair, the thicker the more they share."""
    shown, left, top, step = rows[: _MOST["network"]], 226, 74, 21
    names = list(dict.fromkeys(plain(name) for row in shown for name in row[:2]))
    at = {name: top + i * step for i, name in enumerate(names)}
    greatest = max(float(row[2] or 0) for row in shown)
    tallest = max(abs(at[plain(one)] - at[plain(other)]) / 2 for one, other, *_ in shown) or 1
    flat = min(1, (_WIDTH - left - 16) / tallest)  # an arc that is too wide for the picture is drawn flatter
    parts = []
    for one, other, value, *_ in reversed(shown):
        first, last = sorted((at[plain(one)], at[plain(other)]))
        number, tall = float(value or 0), (last - first) / 2
        share = number / greatest
        parts.append(
            f'<path d="M{left} {first}A{tall * flat:.1f} {tall:.1f} 0 0 1 {left} {last}" {_stroke(0)}'
            f' stroke-width="{1 + 5 * share:.1f}" opacity="{0.25 + 0.5 * share:.2f}">'
            f"<title>{_number(number)}</title></path>"
        )
    for name, y in at.items():
        parts.append(f'<circle cx="{left}" cy="{y}" r="5" {_fill(1)}/>')
        parts.append(_text(left - 10, y + 4, _cut(name.removeprefix("中华人民共和国"), 17), "end", 12))
    return "".join(parts), top + len(names) * step, len(rows) - len(shown)


def _follow(rows: Sequence[tuple[Value, ...]]) -> tuple[str, int, int]:
    """Years from above to below, beside each the units that began then, joined to those before them."""
    began: dict[int, list[Value]] = {}
    for unit, year, *_ in rows:
        began.setdefault(int(year or 0), []).append(unit)
    years, most, more, line = sorted(began), _MOST["follow"], 0, 84
    parts, y, before = list[str](), 84, None
    for year in years:
        parts.append(_text(16, y + 5, str(year), size=14, font_weight="bold"))
        some, left_out = began[year][:most], len(began[year][most:])
        more += left_out
        if before is not None:
            parts.append(f'<path d="M{line} {before}V{y}H{line + 16}" fill="none" stroke="#aaa" class="rule"/>')
        before = y
        for i, unit in enumerate(some):
            x, down = line + 22 + i % 4 * 112, y + i // 4 * 24
            parts.append(f'<circle cx="{x}" cy="{down}" r="5" {_fill(int(year == years[0]))}/>')
            parts.append(_text(x + 9, down + 4, _cut(unit, 8), size=12))
        y += (len(some) - 1) // 4 * 24 + 40
        if left_out:
            parts.append(_text(line + 16, y - 16, f"+{left_out:,}", size=12, class_="soft", fill="#666"))
            y += 16
    return "".join(parts), y - 10, more


KINDS: Mapping[str, Callable[[Sequence[tuple[Value, ...]]], tuple[str, int, int]]] = {
    "bars": _bars,
    "lines": _lines,
    "network": _network,
    "follow": _follow,
}
