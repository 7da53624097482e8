"""What a text without a title of its own reads as: a report on rule-of-law government, or one of its relatives.

In: a cleaned text. Out: which relative it is, or None. A relative is known by its turns of speech (rows of kind sign in
tables/chrome.csv, a new one is a row there), by speaking of one task alone (rows of kind topic), or by what it leaves
open. A report is known by its parts: an opening, problems, next steps, whose duty it is, and tasks of many kinds.
"""

import re
from collections import Counter
from functools import lru_cache
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
#: The parts of a report, each with how much it shows one.
_PARTS = (
    (re.compile("现将.{0,40}(?:报告|汇报|总结|情况)如下|现总结如下"), 2),
    (re.compile("不足|短板|差距|困难|薄弱|存在.{0,12}问题|主要问题|问题[:是]"), 1),
    (re.compile(
        "下一?步|今后|[来明]年|新的一年|打算[:是]|(?:下一?年度?|20[1-3]\\d年)(?:工作)?(?:计划|打算|安排|要|将|继续|重点)"
    ), 1),
    (re.compile("第一责任人"), 1),
    (re.compile("我(?:省|市|县|区|旗|州|镇|乡|街道|局|分局|厅|委|办|处)"), 1),
)  # fmt: skip
#: What was done, counted.
_FIGURE = re.compile(r"\d[余多万]{0,2}(?:[次件人个名份场起家条户批%卷处元宗期项篇]|公里|平方米)")
#: A report has so many of its parts, or of its tasks with a figure each; fewer than so many signs are no relative's.
_LEAST, _SIGNS = 3, 3
#: Tasks on which reports of their own are written.
_OTHERS_TASKS = ("普法", "信访", "复议应诉", "公开", "法律服务")
#: The share of one task that makes a text one on that task, and how often it must be named.
_ALONE, _OFTEN = 0.6, 6
_ARTICLE = re.compile(r"^[ ]{0,8}第[一二三四五六七八九十]{1,3}条", re.MULTILINE)


@lru_cache(maxsize=1)
def _automaton() -> tuple[Any, dict[str, str], dict[str, str]]:
    from ahocorasick_rs import AhoCorasick

    signs, topics = words("sign"), words("topic")
    full = {word for _, its_words, _ in _FULL_OF for word in its_words}
    return AhoCorasick(sorted({*signs, *topics, *SUBJECTS, *full})), signs, topics


def counts(text: str) -> Counter[str]:
    """Count all the words of the tables in a text, in one pass."""
    return Counter(_automaton()[0].find_matches_as_strings(text, overlapping=True))


def full_of_other(found: Counter[str], margin: int = 1) -> str | None:
    """Tell a relative by its words: so many times as often as the genre's subject is named."""
    subject = sum(found[word] for word in SUBJECTS)
    for name, its_words, times in _FULL_OF:
        its = sum(found[word] for word in its_words)
        if its >= 4 * margin and its > margin * times * subject:
            return f"it reads as {name}: {its} times its words, {subject} times those of 法治政府"
    return None


def reads_as(text: str, found: Counter[str]) -> str | None:
    """Return why a text without a title is none: a relative's signs, one task, or no report's parts."""
    _, signs, topics = _automaton()
    tasks = Counter[str]()
    for word, topic in topics.items():
        tasks[topic] += found[word]
    tasks = +tasks
    figures = len(_FIGURE.findall(text))
    own = sum(weight for pattern, weight in _PARTS if pattern.search(text)) + min(len(tasks), figures)
    kinds = Counter(kind for word, kind in signs.items() if found[word])
    if (articles := len(_ARTICLE.findall(text))) >= _SIGNS:
        kinds["法规或制度"] += articles
    kind, its = max(kinds.items(), key=lambda item: item[1], default=("", 0))
    if its >= _SIGNS and its > own:
        return f"it reads as {kind}: {its} of its signs, {own} of a report's"
    topic, its = max(((task, tasks[task]) for task in _OTHERS_TASKS), key=lambda item: item[1])
    if its >= _OFTEN and its >= _ALONE * tasks.total():
        return f"it speaks of {topic} alone: {its} times, {tasks.total() - its} times of all other tasks"
    if own < _LEAST:
        return "it has hardly anything of a report: what was done, what is wanting, what comes next"
    return None
