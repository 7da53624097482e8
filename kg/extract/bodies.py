"""The names of bodies: which text is one, which one a title begins with, and which one signs.

In: a line, a title or a text. Out: the name as written. A body that is not known yet is a word of _ORGAN.
"""

import re

from kg.divisions import says_only_level
from kg.extract import dates

_ORGAN = (
    "(?:(?:人民|(?<=[省市县区州旗盟镇乡]))政府(?:办公[室厅])?|行政公署|行署|街道办事处|办事处|街道党工委|(?:管理|工作)?委员会|管委会|党委|党工委|党组|公安(?:分)?局"
    "|(?:(?!人民政府|办事处|在|的)[\u4e00-\u9fff]){2,12}?"
    "(?:局|厅|委(?!员会)|办(?!事处|公)|办公室|分局|大队|支队|总队|调查队|中心|[分支]行)|海关|总工会)"
)
#: 中共某县委; 经开区(头屯河区)人民政府, 中国(上海)自由贸易试验区管理委员会.
BODY = re.compile(
    rf"(?:(?:中共)?[\u4e00-\u9fff]{{2,30}}?|[\u4e00-\u9fff]{{2,8}}\([\u4e00-\u9fff]{{2,8}}\)[\u4e00-\u9fff]{{0,24}}?){_ORGAN}"
    r"(?![\u4e00-\u9fff]{0,2}(?:主任|书记|工作)|[局厅部]长)(?<!局局)(?<!厅厅)"
)
#: Between the bodies of a joint report (中共某县委、某县人民政府).
JOINT = re.compile("(?<=委)[ \t、和与]{0,4}(?=[\u4e00-\u9fff]{2,12}人民政府)|[ \t、]{1,4}")
#: A ministry or the like, which only the beginning of a title may name: 部 and 署 end many a word.
_MINISTRY = (
    "(?:[\u4e00-\u9fff]{2,10}?部"
    "|国家[\u4e00-\u9fff]{2,12}?(?:局|委员会)|[\u4e00-\u9fff]{2,8}总[局署]|审计署)(?:党[组委])?"
)
#: A committee of the Party, which reports together with its government.
PARTY = re.compile("中共[\u4e00-\u9fff]{2,14}委(?:员会)?")
#: Such a committee, in short, in front of its government.
_COMMITTEE = re.compile("[\u4e00-\u9fff]{1,12}[省市区县州盟旗]委")
#: Where lines are lost, the body and the date behind the last sentence.
_AT_END = re.compile(
    r"[。;!][ \t]*(?P<body>[\u4e00-\u9fff]{4,30})[ \t]*(?:20\d\d年\d{1,2}月\d{1,2}日|二[〇○零][^。]{4,12}日)\Z"
)
_YEAR_FIRST = re.compile(r"^20\d\d年?度?")


def is_body(name: str) -> bool:
    """Tell whether a text is the name of a body, or of two that report jointly."""
    parts = JOINT.split(name)
    committee = len(parts) > 1 and _COMMITTEE.fullmatch(parts[0])
    return bool(name) and all(BODY.fullmatch(part) or says_only_level(part) for part in parts[1 if committee else 0 :])


def named_body(title: str) -> str | None:
    """Return the body that a title begins with."""
    name = (
        re.split(r"关于|20\d\d|二[〇○零]|(?<!依)法治|依法(?!治[省市区县镇乡街])|年度", _YEAR_FIRST.sub("", title))[0]
        .strip()
        .removesuffix("发布")
    )
    return name if is_body(name) or re.fullmatch(rf"{_MINISTRY}(?: {_MINISTRY})?", name) else None


def signature(text: str) -> str | None:
    """Return the body that signs: on a line near the end, alone or with the date, and the date is near."""
    lines = [line.strip() for line in text[-700:].split("\n") if line.strip() and not line.rstrip().endswith("印发")]
    for i, line in enumerate(lines):
        name = re.split(r"[ \t]+(?=20\d\d|二[〇○零])", line)[0]
        body = BODY.fullmatch(re.sub(r"[ \t]+", "", name)) if len(name) <= 40 else None
        if body and (dates.published("\n".join(lines[max(0, i - 1) : i + 4])) or i >= len(lines) - 2):
            if PARTY.fullmatch(name) and i + 1 < len(lines) and is_body(lines[i + 1]):
                return f"{name} {lines[i + 1]}"  # the committee and the government sign on a line each
            joint = len(JOINT.split(name)) > 1 and is_body(name)
            return re.sub(r"[ \t]+", " ", name) if joint else body.group()
    behind = _AT_END.search(text.rstrip()[-80:])
    return behind["body"] if behind and is_body(behind["body"]) else None
