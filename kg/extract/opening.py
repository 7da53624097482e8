"""The first sentences of a report: what they say without those it is sent to, and where each names its subject.

In: a text. Out: its opening, of the same length as there, and offsets in it.
"""

import re

_LENGTH = 1200
#: To whom the report is sent: a line of bodies that ends with a colon.
_ADDRESSEE = re.compile(
    "^(?![^\n]{0,60}(?:如下|现将))[^\n。;]{2,60}:[ \t]*$"
    r"|\A[^\n。;,:]{2,40}(?:委|政府|委员会|委办|办公室|局|厅):(?=[ \t]{0,8}(?:20\d\d|今年|一年|按|根据|现将|为))",
    re.MULTILINE,
)
_LEADS = r"\n|[。;:]|20\d\d年(?:度|以?来)?,?|今年以?来,|一年(?:以?来)?,|[领指]导下,|支持下,|现将|要求,"
#: Where a sentence names its subject: 2024年,某市坚持…; 现将某市2024年…情况报告如下.
SUBJECT = re.compile(rf"(?:^|{_LEADS})[ \t]{{0,8}}(?=[\u4e00-\u9fff])")
#: What a place or a body does, or has done in its name, where it is the subject.
DOES = re.compile(
    r"(?:\([^()\n]{2,30}\))?(?:[党省市县区州旗]?委|人民政府|政府|党工委|办事处)?(?:[和、]?(?:[省市县区州旗镇乡]?(?:人民)?政府|管委会|办事处))?"
    "(?:20|坚|深|认真|全[面力]|扎实|持续|紧|以|在|始终|高度|严|积极|切实|法治|依法|牢|聚[焦力]|立足|围绕|把|将|贯彻|落实|推[进动]"
    "|加[快强大]|着[力眼]|年度|成功|荣?获|入选|不断|大力|统筹|结合|对[照标]|根据|按照|通过|依托|进一步|充分|主动|突出|践行|学习"
    "|锚定|树立|忠实|强化|健全|完善|优化|稳步|有[序力效]|奋力|狠?抓|继续|创新|探索|致力|采取)"
)
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
