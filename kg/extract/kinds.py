"""The kind of a quoted name: by its head noun, its form, its own last word, or the verbs around it.

In: the words inside the quotation marks and what stands before and behind them. Out: one of names.KINDS.
A head noun or ending is a row of kg/tables/name_words.csv; a verb that tells a kind stands in `_VERBS` here.
"""

import re

from kg.extract.names import Words

NUMERAL = "一二两三四五六七八九十百双零"
#: Verses of numbers: 四必访、三访四查五帮
RHYME = re.compile(rf"(?:[{NUMERAL}2-9][^、,+{NUMERAL}\d]{{1,3}}){{2,6}}")
PLACE = re.compile("(?:平安|清廉|无讼|无废|无诈|诚信|枫桥式)[一-龥]{2,4}")
#: What kind of thing a quotation names, in front of it: 微信公众号“法润云山”.
LABEL = re.compile(r"(?:公众号|微信号|特色项目|抖音号|视频号|小程序|APP|品牌|栏目|专栏|热线|应用|载体|工作法|平台)$")
DATED = re.compile("[一-龥·]{2,12}20[1-3][0-9]")  # 昆仑2020
_DIGITAL = re.compile("[一-龥]{0,4}(?:掌上|智慧|数字|云上|云端|浙里)[一-龥]{1,4}|[一-龥]{0,4}[A-Za-z@][一-龥]{1,6}")
GREAT = re.compile("大[一-龥]{2}(?:、大[一-龥]{2})+")  # 大走访、大排查、大化解
#: 一厅三站, 两室一亭: all that is counted is built.
_BUILT = re.compile(rf"^(?:[{NUMERAL}2-9](?:[站园馆厅亭廊室台院坊屋]|基地|中心|公园|广场|驿站)){{2,4}}$")
_ENTERS = re.compile("[一-龥]{2,6}进[一-龥]{2,3}")  # 民法典进农村
#: A lecture hall is a place where one builds on it, else a series of lectures.
_HALL = re.compile("讲堂$")
_BUILT_ON = re.compile("(?:依托|打造|建成|建设|设立|搭建)[^,。;]{0,4}$")
_OPENED = re.compile("(?:开展|组织)[^,。;]{0,4}$")
#: For each kind the verbs in front of a name, and what behind it, that tell the kind.
_VERBS = (
    ("campaign", "开展|举办|组织|启动|发起|掀起|评选", r"\d+余?[场期次]|动员|启动仪式|誓师"),
    ("programme", "创建|争创", ""),
    ("body", "成立|组建|聘请|招募|选聘|选派|配备", r"\d+余?[支名]|接待|走访|劝和"),
    ("platform", "依托|借助|上线|开通|开发|启用|升级|建成|设立|设置|登录|入驻|搭建|开设",
     r"为(?:载体|平台)|上线|累计注册|注册|推送|播放|播出|点击|阅读|收到|收集|标注|安装|接入|\d+余?[处座家]"),
)  # fmt: skip
_TOLD = tuple(
    (kind, re.compile(rf"(?:{before})[^,。;]{{0,8}}$"), re.compile(behind) if behind else None)
    for kind, before, behind in _VERBS
)


def kind_of(inner: str, before: str, behind: str, tail: str, strong: bool, words: Words) -> str:
    """Say the kind of a quoted name. tail: the kind of the head noun behind it, or nothing; strong: a real one.

    >>> from kg.extract.names import words
    >>> kind_of("云岭安", "全县上线", ",注册用户2万人", "", False, words())
    'platform'
    """
    if _HALL.search(inner) and _BUILT_ON.search(before):
        return "platform"
    if tail and strong:
        head = words.ending(inner) if tail == "campaign" else ""
        of_people = head == "body" and inner.endswith(("室", "会", "队", "团", "所"))  # “老街坊议事会”等品牌
        return head if of_people else tail
    label = LABEL.search(before)
    if label and label.group() in words.kinds:
        return words.kinds[label.group()]
    if (
        PLACE.fullmatch(inner) and inner[-1] not in "长员人队" and not any(inner[-n:] in words.least for n in (2, 3))
    ):  # but 平安驿站
        return "programme"
    if DATED.fullmatch(inner):
        return "campaign"
    own = words.ending(inner)
    if GREAT.fullmatch(inner) or ("、" in inner and own != "body" and before.endswith(("开展", "组织"))):
        return "campaign"
    if "+" in inner or ("、" in inner and own != "body") or RHYME.fullmatch(inner):  # but 法治带头人、法律明白人
        own = "platform" if _BUILT.search(inner) else "mechanism"
    if tail == "mechanism" and _OPENED.search(before):  # 开展“夜鹰”扬尘治理
        return "campaign"
    if tail and ((tail == "campaign" and "+" not in inner and not words.head_of(inner)) or not own):
        return tail
    held = own == "platform" and before.endswith(("开展", "举办", "开办"))  # 开展“周末法律超市”
    if held or _ENTERS.fullmatch(inner):
        return "campaign"
    if own:
        return own
    if _DIGITAL.fullmatch(inner):
        return "platform"
    for kind, in_front, after in _TOLD:
        if in_front.search(before) or (after and after.match(behind)):
            return kind
    return "mechanism"
