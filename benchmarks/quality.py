"""How well kg reads, measured on annotated reports, beside what other tools get on the same texts.

    python benchmarks/quality.py            prints the tables, and writes them to docs/QUALITY.md

The sets: `seeds` and `tuned` were looked at while rules were written; `held` was not. The peers are optional
(pip install -e '.[peers]'); one that is not installed is left out and said so.
"""

import io
import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
QUALITY = ROOT / "tests" / "quality"
sys.path[:0] = [str(QUALITY), str(ROOT)]

from locate import locate  # noqa: E402
from score import score  # noqa: E402

from kg.cli import run  # noqa: E402
from kg.model import Document  # noqa: E402
from kg.read import read  # noqa: E402
from kg.vocabulary import vocabulary  # noqa: E402
from tests.quality.passages import agreed, right  # noqa: E402

SETS = {
    "seeds": ("five real reports, looked at", QUALITY / "gold", ROOT / "seeds"),
    "tuned": ("written for this project, looked at", QUALITY / "tuned", QUALITY / "tuned"),
    "held": ("written for this project, not looked at", QUALITY / "held", QUALITY / "held"),
}
HEADER = ("title", "issuer", "district", "district_path", "year", "published", "script")


def reports(gold: Path, folder: Path) -> list[Path]:
    """Return the annotated reports of a set."""
    return [next(folder.glob(f"{file.stem}*.txt")) for file in sorted(gold.glob("*.json"))]


def by_kg(paths: list[Path]) -> list[dict[str, Any]]:
    """Return the mentions that kg finds."""
    with redirect_stdout(io.StringIO()) as out:
        run(["extract", *map(str, paths)])
    return [json.loads(line) for line in out.getvalue().splitlines()]


def figure(document: Document, start: int, end: int, value: float, unit: str | None) -> dict[str, Any]:
    """Return a peer's figure as a mention, with the commonest value in every field that the peer does not tell."""
    span = document.span(start, end)
    return {
        "report": document.name, "type": "metric", "start": span.start, "end": span.end,
        "quote": document.source[span.start : span.end], "value": value, "unit": unit, "bound": "exact",
        "indicator": "other", "status": "done", "change": None, "period": None, "value_max": None, "name": "",
    }  # fmt: skip


def by_recognizers(paths: list[Path], measured: bool) -> Iterator[dict[str, Any]]:
    """Yield what Microsoft Recognizers-Text takes for numbers. measured: only those before a measure word of kg's."""
    from recognizers_number import Culture, NumberRecognizer

    recognizer = NumberRecognizer(Culture.Chinese)
    models = (recognizer.get_percentage_model(), recognizer.get_number_model())
    units = sorted((u for u in vocabulary().units if u not in ("年", "月", "日", "%")), key=len, reverse=True)
    measure = re.compile(f"[余多]?({'|'.join(map(re.escape, units))})")
    for path in paths:
        document = read(path)
        taken: set[int] = set()
        for model in models:
            for found in model.parse(document.text):
                start, end = found.start, found.end + 1
                number = str(found.resolution["value"])
                value = float(number.rstrip("%"))
                unit = "%" if number.endswith("%") else None
                if start in taken or ((match := measure.match(document.text, end)) is None and measured and not unit):
                    continue
                if measured and not unit and match:
                    end, unit = match.end(), match[1]
                taken |= set(range(start, end))
                yield figure(document, start, end, value, unit)


def by_cpca(paths: list[Path]) -> Iterator[dict[str, Any]]:
    """Yield the place that cpca finds in the first lines of a report."""
    import cpca

    for path in paths:
        document = read(path)
        row = cpca.transform([document.text[:200].replace("\n", "")]).iloc[0]
        names = [row[level] for level in ("省", "市", "区") if isinstance(row[level], str) and row[level] != "市辖区"]
        yield {"report": document.name, "type": "report", "start": 0, "end": 0, "quote": "",
               "district": names[-1] if names else None, "district_path": names}  # fmt: skip


def by_jionlp(paths: list[Path]) -> Iterator[dict[str, Any]]:
    """Yield the place that JioNLP finds in the first lines of a report, its townships included."""
    import jionlp

    for path in paths:
        document = read(path)
        found = jionlp.parse_location(document.text[:200].replace("\n", ""), town_village=True)
        names = [n for n in (found["province"], found["city"], found["county"], found["town"]) if n]
        names = list(dict.fromkeys(names))
        yield {"report": document.name, "type": "report", "start": 0, "end": 0, "quote": "",
               "district": names[-1] if names else None, "district_path": names}  # fmt: skip


PEERS: dict[str, Callable[[list[Path]], Any]] = {
    "Recognizers-Text": lambda paths: by_recognizers(paths, measured=False),
    "Recognizers-Text with kg's measure words": lambda paths: by_recognizers(paths, measured=True),
    "cpca": by_cpca,
    "JioNLP": by_jionlp,
}


def by_reader(paths: list[Path]) -> Iterator[dict[str, Any]]:
    """Yield the mentions that a reader found, from the annotation beside each report."""
    types = {"metrics": "metric", "instruments": "instrument", "initiatives": "initiative", "sections": "section"}
    for path in paths:
        found, text = (
            json.loads(path.with_suffix(".json").read_text(encoding="utf-8")),
            path.read_text(encoding="utf-8"),
        )
        yield {"report": path.name, "type": "report", "start": 0, "end": 0, "quote": "", **found["report"]}
        for key, kind in types.items():
            for item in found[key]:
                start, end = locate(text, item)
                yield {**item, "report": path.name, "type": kind, "start": start, "end": end, "quote": text[start:end]}


def kg_table() -> Iterator[str]:
    """Yield the lines of the table of kg's own figures, and what one reader gets when another is right."""
    yield "| set | reports | metrics | instruments | initiatives | sections | " + " | ".join(HEADER) + " |"
    yield "|---" * (6 + len(HEADER)) + "|"
    for name, (_, gold, folder) in SETS.items():
        yield _line(name, gold, folder, by_kg)
    second = QUALITY / "held_second"
    yield _line("of `held`, by a second reader", second, QUALITY / "held", by_kg)
    yield _line("the same, what the first reader gets", second, QUALITY / "held", by_reader)


def _line(name: str, gold: Path, folder: Path, find: Callable[[list[Path]], Any]) -> str:
    paths = reports(gold, folder)
    figures, _ = score(gold, folder, list(find(paths)))
    found = (figures[kind] for kind in ("metric", "instrument", "initiative"))
    kinds = [f"{each['f1']:.3f} ({each['joint_f1']:.3f})" for each in found]
    header = [f"{figures['report']['fields'].get(f, 1):.2f}" for f in HEADER]
    cells = [name, str(len(paths)), *kinds, f"{figures['section']['f1']:.3f}", *header]
    return f"| {' | '.join(cells)} |"


def fields_table() -> Iterator[str]:
    """Yield the lines of the table of single fields."""
    kinds = {"metric": ("indicator", "name", "bound", "status", "period", "change"),
             "instrument": ("kind", "relation"), "initiative": ("kind", "theme", "status", "exact")}  # fmt: skip
    columns = [(kind, field) for kind, fields in kinds.items() for field in fields]
    yield "| set | " + " | ".join(f"{kind} {field}" for kind, field in columns) + " |"
    yield "|---" * (1 + len(columns)) + "|"
    for name, (_, gold, folder) in SETS.items():
        figures, _ = score(gold, folder, by_kg(reports(gold, folder)))
        yield f"| {name} | " + " | ".join(f"{figures[k]['fields'][f]:.2f}" for k, f in columns) + " |"


def passages() -> Iterator[str]:
    """Yield how many figures of the marked passages are counted under the right indicator."""
    for name in ("tuned", "held"):
        good, total = right(QUALITY / f"figures_{name}.toml")
        yield f"- `figures_{name}.toml`: {good} of {total} ({good / total:.3f})"
    good, total = agreed(QUALITY / "figures_held.toml", QUALITY / "figures_held_second.toml")
    yield f"- two readers of `figures_held.toml`, of one another: {good} of {total} ({good / total:.3f})"


def peers_table() -> Iterator[str]:
    """Yield the lines of the table of other tools, on the texts of all sets."""
    yield "| tool | set | metrics | district | district_path |"
    yield "|---|---|---|---|---|"
    for tool, find in PEERS.items():
        for name, (_, gold, folder) in SETS.items():
            try:
                figures, _ = score(gold, folder, list(find(reports(gold, folder))))
            except ImportError as error:
                yield f"| {tool} | | not installed ({error.name}) | | |"
                break
            metric, header = figures["metric"], figures["report"]["fields"]
            counted = f"{metric['f1']:.3f} ({metric['joint_f1']:.3f})" if metric["f1"] else ""
            placed = [f"{header[f]:.2f}" if not metric["f1"] else "" for f in ("district", "district_path")]
            yield f"| {tool} | {name} | {counted} | {' | '.join(placed)} |"


def main() -> None:
    """Print the tables and write docs/QUALITY.md."""
    sets = "\n".join(f"- `{name}`: {text}" for name, (text, _, _) in SETS.items())
    text = f"""# Measured quality

By `python benchmarks/quality.py`, with the scorer and the annotation of `tests/quality/`. F1, and in brackets the F1 of
those found with every field right; of headers and single fields, the share that is right.

{sets}

What words weigh for an indicator is learned from `seeds` and `tuned`, which therefore look better than reports will:
`held` tells.

{chr(10).join(kg_table())}

{chr(10).join(fields_table())}

Single passages of many departments, each figure marked with its indicator by a reader; found and counted rightly:

{chr(10).join(passages())}

Other tools on the same texts. They were not made for these reports: what they do not tell (what a figure counts, its
period and status) is filled with the commonest value.

{chr(10).join(peers_table())}
"""
    (ROOT / "docs" / "QUALITY.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
