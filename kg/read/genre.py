"""Is this text an annual report on rule-of-law government?

Two signs are asked for: that the text speaks of the genre's subject, and that it is long enough to report on it.
"""

import re

_SUBJECT = re.compile("法治政府|依法行政|法治建设|依法治[国省市区县镇乡街]|法治(?:街道|乡镇|社会)")
_HAN = re.compile("[\u3400-\u9fff]")
MIN_CHARACTERS = 100


def not_a_report(text: str) -> str | None:
    """Return why a cleaned text is no report of this genre, or None if it is one.

    >>> not_a_report("今日天气晴。" * 50)
    'nothing in it speaks of 法治政府 or 依法行政'
    """
    count = len(_HAN.findall(text))
    if count < MIN_CHARACTERS:
        return f"only {count} Chinese characters"
    if not _SUBJECT.search(text):
        return "nothing in it speaks of 法治政府 or 依法行政"
    return None
