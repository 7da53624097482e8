"""The first sentences of a report: what they say without those it is sent to, and where each names its subject.

In: a text. Out: its opening, of the same length as there, and offsets in it.
"""

import re

_LENGTH = 1200
#: To whom the report is sent: a line of bodies that ends with a colon.
_ADDRESSEE = re.compile("^(?![^\n]{0,60}(?:如下|现将))[^\n。;]{2,60}:[ \t]*$", re.MULTILINE)
_LEADS = r"\n|[。;:]|20\d\d年(?:度|以来)?,?|今年以来,|一年来,|[领指]导下,|支持下,|现将|按照要求,"
#: Where a sentence names its subject: 2024年,某市坚持…; 现将某市2024年…情况报告如下.
SUBJECT = re.compile(rf"(?:^|{_LEADS})[ \t]{{0,8}}(?=[\u4e00-\u9fff])")
_BEFORE = re.compile(rf"(?:{_LEADS})[ \t]{{0,8}}$")


def opening(text: str) -> str:
    """Return the first sentences of a text, with blanks for the lines of those it is sent to.

    >>> opening("区政府:\\n2024年,我镇")
    '    \\n2024年,我镇'
    """
    return _ADDRESSEE.sub(lambda match: " " * len(match.group()), text[:_LENGTH])


def is_subject(text: str, at: int) -> bool:
    """Tell whether a sentence of an opening names its subject there.

    >>> is_subject("2024年,我镇", 6), is_subject("2024年,我镇", 7)
    (True, False)
    """
    return not text[:at].strip(" \t") or _BEFORE.search(text[max(0, at - 20) : at]) is not None
