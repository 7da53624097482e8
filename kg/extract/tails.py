"""The head noun behind a quotation: “老槐树”+调解室, “书香警营”“清风税务”等+活动.

In: a text and where a quotation, or a row of them, ends. Out: a Tail or None. A head noun is a row of
kg/tables/name_words.csv with the role tail, named, made or loose; what ends the search for one is a pattern here.
"""

import re
from typing import NamedTuple

from kg.extract.names import Words

_BRACKET = re.compile(r"\([^()\n]{1,60}\)")
#: What may stand between a quotation and its head noun; a row's head noun is none of the name.
_LEAD = re.compile(
    r"为主题的?|主题|的(?=工作|模式|[一-龥]{2,6}(?:机制|模式))|"
    r"(?P<row>等(?:\d{1,3}余?[项个种类场]|一系列|系列|各类)?|[两三四五六七八九十\d]{1,3}[支个家项类所](?=[一-龥]))"
)
_WINDOW = re.compile(r"[一-龥A-Za-z0-9+]{0,16}")
_WINDOW_END = re.compile(
    r"为|的|要求(?=[编做开推落制建深认切严])|担任|在(?!线)|了|中(?!心|队)|中心(?=任务|工作|环节|大局)|将|与|及|和(?!谐|事|解)|作用|优势|使用率|成为|纳入|引领|"
    r"组织(?=[学开参召]|执法|队伍|干部|党员|群众|人员|职工|民警|企业|[村居]民)|"
    r"[一二三四]是|\d{1,4}余?[场次期批个件](?!月)|均(?!衡)|由(?<!自由)|有效|提供|全部|签[订署]|入选|获评|荣获|被评|点对点|传达|带动|动员|暨|案(?=入选|被)|主题(?=,|。|$)|走进|走访(?!活动)|受理|惠及|覆盖|参与|接待|推送|解答|开进|深入|收到|让|使(?!用)"
)

#: “春雷”清源等专项整治: one of several.
_ONE_OF = re.compile("(?<=[一-龥]{2})等(?!级|待|同|额)")

#: “三合一”+进高校
_ENTERS = re.compile(
    "进(?:机关|校园|军营|学校|高校|党校|社区|[农乡]村|企业|单位|家庭|网[络格]|景区|工地|市场|商超|商圈|园区|村[组居]|万家|课堂)"
)
_VERSION = re.compile(r"\d\.\d版?(?=[一-龥])")
#: What a name does, with what it does it to: “徐姐”化解纠纷, but “综合查一次”检查.
_DOES = re.compile("(?:化解|办理|宣传|检查|服务|监督|保障|管理)(?!工作|全|等|教育|活动|机制|模式|平台|体系)[一-龥]")

_HANDLES = re.compile("(?:化解|办理)(?!工作|机制|模式|平台|体系|点)")  # “2号章”办理审批事项


class Tail(NamedTuple):
    """A head noun behind a quotation: where it ends, the words from the mark to there, its kind and strength."""

    end: int
    words: str
    kind: str
    strong: bool
    joined: bool
    keeps: bool

    @property
    def specific(self) -> bool:
        """Whether it says more than what kind of mechanism it is: 应急联动机制."""
        return self.kind == "mechanism" and len(self.words) > 4


def tail_behind(text: str, end: int, words: Words) -> Tail | None:
    """Find the head noun behind a quotation that ends at `end`."""
    bracket = _BRACKET.match(text, end)
    at = bracket.end() if bracket else end
    enters = _ENTERS.match(text, end)
    if enters and text[end - 2] not in "员官师队长警":  # “三官两员”进网格: they go there
        return Tail(enters.end(), enters.group(), "campaign", True, True, True)
    lead = _LEAD.match(text, at)
    at = lead.end() if lead else at
    at += text[at : at + 1] == " "
    first = at  # “智慧城管”2.0平台
    version = _VERSION.match(text, at)
    at = version.end() if version else at
    window, found = _window(text, at, words)
    strong = loose = None
    for index, start, stop_at in found:
        if stop_at > len(window):
            break
        word = words.tail_words[index]
        if word not in words.by_role["loose"]:
            strong = (word, stop_at)
        elif start <= 4 and not _DOES.match(window, start) and not (start and _HANDLES.match(window)):
            loose = (word, stop_at)
    if strong is None and loose is None:
        return None
    word, stop_at = strong or loose  # type: ignore[misc]
    if strong and window.startswith("创建", stop_at):  # “法治税务”示范基地创建
        word, stop_at = "示范创建", stop_at + 2
    joined = bracket is None and not (lead and lead["row"])
    kind = words.kinds[word]
    keeps = strong is not None and (kind != "campaign" or word in words.by_role["named"] or word.endswith("行动"))
    if strong and (row := _ONE_OF.search(text, at, at + stop_at)):  # the head noun is that of all, and no part of it
        return Tail(row.start(), text[first : row.start()], kind, True, joined, True)
    return Tail(at + stop_at, text[first : at + stop_at], kind, strong is not None, joined, keeps)


def _window(text: str, at: int, words: Words) -> tuple[str, list[tuple[int, int, int]]]:
    """Return what may belong to a name from `at` on, up to a verb that goes on, and the head nouns found there."""
    window = _WINDOW.match(text, at)[0]  # type: ignore[index]  # the pattern also matches nothing
    stop = _WINDOW_END.search(window)
    window = window[: stop.start()] if stop else window
    found = words.tails.find_matches_as_indexes(window)
    heads = {start for index, start, _ in found if len(words.tail_words[index]) > 2}  # “护蕾”培育工程
    for verb in words.opening.finditer(window):
        ahead = verb.start() in heads or (verb.start() == 0 and verb.end() in heads)  # “护蕾”培育三年行动
        if not ahead and verb.group() not in words.kinds and words.makes(verb.group()):
            return window[: verb.start()], found
    return window, found
