"""What `kg ask --chart FILE` writes: the picture of an answer, and in words what was asked.

In: an answer, its question, and the parameters that it was asked with. Out: bytes of SVG or HTML, by the file's name.
"""

from collections.abc import Mapping
from pathlib import Path

from kg import charts
from kg.errors import InputError, QueryError
from kg.model import Answer
from kg.questions import ALL, Question, questions
from kg.store import Source
from kg.vocabulary import vocabulary

_MAKERS = {".svg": charts.svg, ".html": charts.page, ".htm": charts.page}


def draw(path: Path, source: Source, asked: Question, used: Mapping[str, str], found: Answer) -> bytes:
    """Return the picture of an answer. Raises QueryError for a question that has none, InputError for another file."""
    if not asked.chart:
        drawn = ", ".join(q.name for q in questions().values() if q.chart)
        raise QueryError(f"{asked.name} has no chart. These have one: {drawn}.")
    maker = _MAKERS.get(path.suffix.lower())
    if maker is None:
        raise InputError(f"{path}: a chart is written as .svg or .html.")
    said = (in_words(asked, used), charts.mixed(charts.levels_of(source), found, asked.chart))
    return maker(found, asked.chart, asked.zh, "\n".join(filter(None, said))).encode("utf-8")


def in_words(asked: Question, used: Mapping[str, str]) -> str:
    """Return what a question is asked of, in Chinese.

    >>> from kg.questions import question
    >>> in_words(question("ranking"), {"indicator": "disputes.cases", "year": "2023", "partial": "no"})
    '指标：调解纠纷件数，报告年度：2023'
    """
    tables, told = vocabulary(), []
    for name, value in used.items():
        parameter = asked.parameters[name]
        if parameter.type == "yesno" and value == parameter.default:
            continue  # as usual
        row = tables.indicators.get(value) or tables.indicator_details.get(value)
        shown = row.label_zh if row else {ALL: "全部", "yes": "是", "no": "否"}.get(value, value)
        told.append(f"{parameter.zh.partition('（')[0]}：{shown}")
    return "，".join(told)
