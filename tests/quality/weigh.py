"""Learn kg/tables/indicator_weights.csv from the marked texts: `python -m tests.quality.weigh`.

In: the annotated reports that may be looked at (seeds and tuned/), the marked passages (figures_tuned.toml,
figures_marked.toml, the tests' own), the examples of the rules; none of the texts that are kept back. Out: the table.
Each figure is found by the program itself and cut into pieces as it will be; a linear support vector machine of many
classes (Crammer and Singer's) says what each piece weighs, rounded so that half of the pieces weigh nothing. Needs
scikit-learn. To mend what a figure is counted under, mark a passage and run this again.
"""

import csv
import json
import re
import sys
import tomllib
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from locate import locate  # noqa: E402

from kg.extract import header, indicators, instruments, metrics, sections  # noqa: E402
from kg.extract.reading import Page, Reading  # noqa: E402
from kg.extract.weighing import COLUMNS, PLACES, Cut, Weights  # noqa: E402
from kg.read import read  # noqa: E402
from kg.vocabulary import vocabulary  # noqa: E402
from tests.quality.passages import HEADER, under  # noqa: E402

TABLE = HERE.parent.parent / "kg" / "tables" / "indicator_weights.csv"
#: How much a piece of each place counts beside one of a name; found by trying, on folds of the same texts.
STRENGTH = {"unit": 2.0, "clause": 0.5, "behind": 0.7, "heading": 0.5}
#: Pieces that fewer figures have are left out.
LEAST = 3
PENALTY = 0.1
#: Weights a unit of the machine's scale: what weighs less than half a weight is left out.
SCALE = 25

#: A figure and its indicator; none stands for what the rows say.
_MARKED = re.compile(r"\[([^\[\]]+)\]\(([a-z_.]*)\)")
Example = tuple[dict[tuple[str, str], float], str]


def examples() -> Iterator[Example]:
    """Yield the pieces of every marked figure that is found, and its indicator."""
    ours = HERE.parent / "cases" / "indicators.toml"
    for file in (HERE / "figures_tuned.toml", HERE / "figures_marked.toml", *[ours] * 4):  # what tests hold counts more
        for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]:
            yield from _passage(case["text"], case.get("heading", ""))
    details = vocabulary().indicator_details
    for rule in indicators.load(vocabulary().indicators):
        yield from _passage(rule.example.replace("]", f"]({rule.indicator})"))
        yield from _passage(rule.counter_example.replace("]", "]()"))  # of what the rows say that it is
    for rule in indicators.load(details, name="indicator_detail_rules.csv"):
        yield from _passage(rule.example.replace("]", f"]({details[rule.indicator].broader})"))
    for gold, folder in ((HERE / "gold", HERE.parent.parent / "seeds"), (HERE / "tuned", HERE / "tuned")):
        for file in sorted(gold.glob("*.json")):
            yield from _report(file, next(folder.glob(f"{file.stem}*.txt")))


def _passage(marked: str, heading: str = "") -> Iterator[Example]:
    text, outline = under(heading, _MARKED.sub(r"\1", marked))
    shift, said = len(text) - len(_MARKED.sub(r"\1", marked)), []
    for match in _MARKED.finditer(marked):
        start = match.start() + shift
        said.append((start, start + len(match[1]), match[2]))
        shift -= len(match[0]) - len(match[1])
    page, readings, _ = metrics.by_rows(text, outline, (), HEADER, vocabulary())
    yield from _examples(page, readings, said)


def _report(gold: Path, path: Path) -> Iterator[Example]:
    document = read(path)
    text, tables = document.text, vocabulary()
    head, outline = header.find(text, tables, document.metadata), sections.find(text)
    cited = instruments.find(text, outline, head, tables)
    page, readings, _ = metrics.by_rows(text, outline, cited, head, tables)
    items = json.loads(gold.read_text(encoding="utf-8"))["metrics"]
    placed = {locate(document.source, item): item["indicator"] for item in items if not item.get("optional")}
    source = [document.span(r.metric.start, r.metric.end) for r in readings]
    said = []
    for (start, end), indicator in placed.items():
        for reading, span in zip(readings, source, strict=True):
            if span.start < end and start < span.end:
                said.append((reading.metric.start, reading.metric.end, indicator))
                break
    yield from _examples(page, readings, said)


def _examples(page: Page, readings: list[Reading], said: list[tuple[int, int, str]]) -> Iterator[Example]:
    """Yield the examples of a page; said: where figures stand, and under which indicator they are counted."""
    cutter = Cut(page, Weights())
    last = None
    for reading in readings:
        metric = reading.metric
        if last and last.end <= reading.setting.sentence.start:
            last = None
        indicator = next((name for start, end, name in said if start < metric.end and metric.start < end), None)
        if indicator is not None:
            metric = replace(metric, indicator=indicator or metric.indicator)
            cut = cutter.pieces(reading, last)
            found = {(place, piece): STRENGTH.get(place, 1.0) for place in cut for piece in cut[place]}
            yield {each: strength for each, strength in found.items() if each[0] != "bias"}, metric.indicator
        last = metric


def main() -> None:
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.svm import LinearSVC

    cut, said = zip(*examples(), strict=True)
    print(f"{len(said)} figures", file=sys.stderr)
    names = DictVectorizer()
    matrix = names.fit_transform([{"\t".join(k): v for k, v in c.items()} for c in cut]).tocsr()
    kept = (matrix > 0).sum(axis=0).A1 >= LEAST
    matrix = matrix[:, kept]
    matrix.indices, matrix.indptr = matrix.indices.astype("int32"), matrix.indptr.astype("int32")
    warnings.simplefilter("ignore")  # it need not converge to the last digit
    machine = LinearSVC(C=PENALTY, multi_class="crammer_singer", max_iter=300, tol=1e-2, random_state=0)
    machine.fit(matrix, said)
    rows = [("bias", "", machine.intercept_)]
    columns = [str(name) for name, keep in zip(names.get_feature_names_out(), kept, strict=True) if keep]
    for number, column in enumerate(columns):
        place, _, piece = column.partition("\t")
        rows.append((place, piece, machine.coef_[:, number] * STRENGTH.get(place, 1.0)))
    _write(rows, machine.classes_)


def _write(rows: list[tuple[str, str, Any]], indicators: Sequence[str]) -> None:
    """Write the table; rows: place, piece, and what it weighs for each indicator."""
    with TABLE.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(COLUMNS)
        for place, piece, scales in sorted(rows, key=lambda row: (PLACES.index(row[0]), row[1])):
            whole = [(round(SCALE * float(each)), name) for each, name in zip(scales, indicators, strict=True)]
            cell = " ".join(f"{name} {weight}" for weight, name in sorted(whole, key=lambda w: (-w[0], w[1])) if weight)
            if cell:
                table.writerow((place, piece, cell))


if __name__ == "__main__":
    main()
