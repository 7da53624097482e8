"""What a text reads as: a report on rule-of-law government, or one of its relatives.

In: a cleaned text. Out: which relative it is, or None. A relative is known by its turns of speech (rows of kind sign in
tables/genre.csv, a new one is a row there), or by speaking of one task alone (kind topic). A report is known by its
parts (kind part): an opening, problems, next steps, whose duty it is; and by tasks of many kinds, done and counted.
"""

import re
from collections import Counter
from functools import lru_cache
from itertools import islice
from typing import Any

from kg.read.words import words

SUBJECTS = ("法治政府", "法制政府", "依法行政", "法治建设", "依法治", "法治街道", "法治乡镇", "法治社会")
#: (which relative, what it is full of, how often at least for each time that the genre's subject is named)
_FULL_OF = (
    ("政府信息公开年度报告", ("主动公开", "依申请公开", "政府信息公开"), 1.5),
    (
        "政府工作报告",
        (
            "各位代表",
            "生产总值",
            "固定资产投资",
            "财政收入",
            "预算收入",
            "招商引资",
            "社会消费品",
            "规上工业",
            "请予审议",
        ),
        1.0,
    ),
    ("行政复议报告", ("行政复议案件", "行政复议申请", "复议机关", "行政复议机构"), 2.0),
    ("论文", ("摘要", "关键词", "参考文献", "本文", "学者", "笔者"), 0.5),
)
#: Marks that stand twice, and what a watermark has, which repair.py looks for.
DOUBLED = (",,", "、、", "。。", ";;", "::", "、,", ",。", "、。", ";。")
WATERMARK, BETWEEN_DASHES = "www.", ("精品", "欢迎", "可编辑", "仅供")
SOUGHT = frozenset((*DOUBLED, WATERMARK, *BETWEEN_DASHES))
#: What was done, counted.
_FIGURE = re.compile(r"\d[余多万]{0,2}(?:[次件人个名份场起家条户批%卷处元宗期项篇]|公里|平方米)")
#: A report has so many of its parts, or of its tasks with a figure each; fewer than so many signs are no relative's.
_LEAST, _SIGNS = 3, 3
#: A text with so much of a report is one, though it names its subject only now and then.
_SURE = 6
_EARLY = re.compile("法治政府|依法行政")
#: Tasks on which reports of their own are written.
_OTHERS_TASKS = ("普法", "信访", "复议应诉", "公开", "法律服务")
#: The share of one task that makes a text one on that task, and how often it must be named.
_ALONE, _OFTEN = 0.6, 6
#: Signs of one person's report that a body's may have too; the others in which 我 or 本人 speaks it has not.
_OF_ANYBODY = ("我在", "本人")
_ARTICLE = re.compile(r"^[ ]{0,8}第[一二三四五六七八九十]{1,3}条", re.MULTILINE)
_ANSWER = re.compile("^[ ]{0,8}答:", re.MULTILINE)


@lru_cache(maxsize=2)
def _automaton(whole: bool) -> Any:
    """Return what finds all that every text is searched for in one pass, or the whole table's words."""
    from ahocorasick_rs import AhoCorasick, Implementation

    full = {word for _, its_words, _ in _FULL_OF for word in its_words}
    every = {*SUBJECTS, *full, *advertised(), *SOUGHT}
    wanted = {*words("sign"), *words("topic"), *words("part")} if whole else every
    return AhoCorasick(sorted(wanted), implementation=Implementation.DFA)


@lru_cache(maxsize=1)
def advertised() -> frozenset[str]:
    """Return the words of advertising, in the forms in which they are looked for."""
    return frozenset(x for w in (*words("brand"), *words("bet")) for x in (w, w.upper(), w.capitalize()))


@lru_cache(maxsize=1)
def said(text: str) -> Counter[str]:
    """Return how often a text has each string that every text is searched for: once, for adverts.py, repair.py too."""
    return Counter(_automaton(whole=False).find_matches_as_strings(text, overlapping=True))


def full_of_other(text: str, margin: int = 1) -> str | None:
    """Tell a relative by its words: so many times as often as the genre's subject is named."""
    found = said(text)
    subject = sum(found[word] for word in SUBJECTS)
    for name, its_words, times in _FULL_OF:
        its = sum(found[word] for word in its_words)
        if its >= 4 * margin and its > margin * times * subject:
            return f"it reads as {name}: {its} times its words, {subject} times those of 法治政府"
    return None


def reads_as(text: str) -> str | None:
    """Return why a text without a title is none: a relative's signs, one task, or no report's parts."""
    found = _automaton(whole=True).find_matches_as_strings(text, overlapping=True)
    signs, topics, its_parts = words("sign"), words("topic"), words("part")
    said = set(found)
    kinds = Counter(signs[word] for word in said if word in signs)
    if sum(signs.get(word) == "个人述职" and word[0] in "我本" and word not in _OF_ANYBODY for word in said) > 1:
        return "it reads as 个人述职: one person speaks in it"
    if "第一条" in text and (articles := len(_ARTICLE.findall(text))) >= _SIGNS:
        kinds["法规或制度"] += articles
    if "答:" in text:
        kinds["解读"] += len(_ANSWER.findall(text))
    tasks = Counter(topics[word] for word in found if word in topics)
    parts = {its_parts[word] for word in said if word in its_parts}
    figures = sum(1 for _ in islice(_FIGURE.finditer(text), len(tasks)))
    own = len(parts) + ("opening" in parts) + figures
    kind, its = max(kinds.items(), key=lambda item: item[1], default=("", 0))
    if its >= _SIGNS and its > own:
        return f"it reads as {kind}: {its} of its signs, {own} of a report's"
    topic, its = max(((task, tasks[task]) for task in _OTHERS_TASKS), key=lambda item: item[1])
    if its >= _OFTEN and its >= _ALONE * tasks.total():
        return f"it speaks of {topic} alone: {its} times, {tasks.total() - its} times of all other tasks"
    subject = sum(map(text.count, SUBJECTS))
    if own < _SURE and len(text) > 500 and subject * 1200 < len(text) and not _EARLY.search(text[:600]):
        return f"it names its subject only {subject} times in {len(text):,} characters"
    if own < _LEAST:
        return "it has hardly anything of a report: what was done, what is wanting, what comes next"
    return None
