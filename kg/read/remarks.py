"""What a reader of a report should know of its file: characters that are lost, and an end in the middle of a sentence.

In: a Document. Out: remarks, a line each.
"""

import re

from kg.model import Document

#: So much of the end is shown.
_SHOWN = 12
_NUMERAL = "[一二三四五六七八九十]{1,3}"
#: A heading on a line of its own, behind which something has to come.
_HEADING = re.compile(rf"^(?:{_NUMERAL}、|\({_NUMERAL}\)|第{_NUMERAL}部分)[^。;]{{2,40}}$")
_CHAPTER = re.compile(rf"^{_NUMERAL}、[^。;,]{{2,40}}$")
#: How a sentence ends, and what no sentence is: a body, a date, a number, a letter's form, words of a page.
_ENDED = re.compile("[。!?;…”》)\\]】:.0-9a-zA-Z年月日]$")
_NO_SENTENCE = re.compile(
    "(?:政府|委员会|办公室|办事处|[局厅委办队院所站]|中心|公司|街道|[乡镇县区市省])$"
    "|^(?:附件|附表|抄送|抄报|主送|联系|来源|责任?编|编辑|审核|校对|作者|签发|[上下]一[篇条页个]|分享|打印|关闭|扫一扫|版权|主办|承办|特此|此报|以上|报告人)"
)
_MARKS = re.compile("[,、。;:]")


def remarks(document: Document) -> tuple[str, ...]:
    """Return what to tell of a Document's file."""
    found = []
    if lost := document.text.count("\ufffd"):
        found.append(f"{lost} {'character' if lost == 1 else 'characters'} lost to bad bytes; kg read shows where")
    if end := unfinished(document.text):
        found.append(f"ends in the middle of a sentence (…{end}); see whether the file is whole")
    return tuple(found)


def unfinished(text: str) -> str | None:
    """Return the end of a text that stops in the middle of a sentence, or behind a chapter's heading; else None.

    >>> unfinished("一、做法\\n会议3次。\\n二、打算\\n开展执法"), unfinished("一、做法\\n会议3次。\\n某镇人民政府")
    ('开展执法', None)
    """
    lines = [line for each in text[-2000:].split("\n") if (line := each.strip())]
    if len(lines) < 2:
        return None
    last, before = lines[-1], lines[-2]
    if _ENDED.search(last) or _NO_SENTENCE.search(last):
        return None
    open_ = _HEADING.match(before) or _MARKS.search(last) or _CHAPTER.match(last)
    return last[-_SHOWN:] if open_ else None
