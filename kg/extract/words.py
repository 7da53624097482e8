"""Word boundaries by jieba's dictionary, and the noun phrases behind and before a figure.

In: short cuts of a report's text. Out: words, phrases. Words are those that jieba.cut(HMM=False) gives; rjieba, the
same in Rust, finds them thirty times as fast. The dictionaries are read at the first call. A term that they cut wrongly
is a row of tables/words.txt; a verb that only carries its object (开展, 发放) is a word of CARRIERS, one that names an
activity (调解) of ACTIVITIES.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib import resources
from importlib.util import find_spec
from pathlib import Path

#: Verbs and adverbs in front of what is counted, which do not belong to its name.
CARRIERS = frozenset(
    "列席 列席会议 参训 前来 上年 去年 开展 组织 举办 召开 举行 进行 实施 发放 派发 分发 散发 印发 张贴 "
    "悬挂 制作 印制 摆放 设置 设立 建立 建成 建设 新建 新增 新设 成立 组建 打造 挂牌 受理 办理 处理 处置 "
    "接待 接收 收到 接受 承接 承办 完成 实现 提供 出具 提出 送达 下达 发出 下发 作出 做出 制定 出台 聘请 "
    "聘任 选聘 配备 配齐 安排 出动 组成 培养 培育 选拔 吸纳 招募 划分 拥有 现有 共有 设有 建有 达到 达 共 "
    "共计 累计 合计 总计 约 全年 今年 本年度 年度 目前 截至 截止 其中 包括 全部 均 已 已经 分别 先后 还 并 "
    "共同 积极 主动 依法 及时 深入 扎实 认真 全面 有效 成功 切实 持续 不断 进一步 大力 广泛 认定 取得 获得 "
    "予以 给予 推动 通过 利用 依托 结合 由 对 为 在 与 和 及 以及 将 把 向 从 到 至 等 了 的 各 各类 各种 "
    "各项 有关 相关 多 每 个 前往 带领 邀请 联合 会同 街道 我镇 我街道 我局 我县 我区 我市 全镇 全区 全县 "
    "全市 全街 全街道 辖区 辖区内 确保 保持 力争 使 让 参与 参加 惠及 覆盖 录入 梳理 摸排 破获 妥善 以 "
    "所有 荣获 获评 入选 获奖 我乡 我办 全乡 全省 同时 共开展 共出动 全 专门 本 专项 我".split()
)
#: What stands between the name and its number.
_TRAILING_WORDS = (
    r", 、 : \( 共计 累计 合计 总计 总共 达到 (?<![传送抵下表])达 (?<!公)共 (?<![节签履合契条违公民失邀])约 "
    "(?<![附邻最])近 超过 超 逾 不少于 不低于 至少 多达 高达 均 (?<!行)为 (?<![拥所持])有 是 了 的 等 分别 "
    r"已 由 从 至 到 仅 突破 (?:稳定|控制|压缩|缩短)[至到在] (?<![调谈])和 与 (?<![惠涉普触])及 上年 "
    r"去年 原来 同比 环比 增长 下降 上升 减少 增加 提高 提升 降低 保持 [较比]20\d\d年 [较比]20\d\d年同期"
    " [较比]上年 [较比]去年 [较比]上一年 同期"
).split()
_TRAILING = re.compile(rf"(?:[ ]|{'|'.join(_TRAILING_WORDS)}){{1,6}}$")
#: What they end in: most names end in something else, and need not be searched.
_TRAILING_END = frozenset((" ", *(word[-1] for word in _TRAILING_WORDS)))
#: What a rise or fall begins from: 由2019年的, 由法定的.
_BASE = re.compile(
    r"[由从](?:20\d\d年[底初末]?|原来|原先|年初|(?:改革|整治|整改|上线|实施|调整|改造)[之以]?前|过去|此前|去年|上年|法定"
    r"|\d{1,2}月份)的?[约近]?$"
)
_SHORTER = re.compile("(?:压缩|压减|缩短|精简)了?$")
#: What a clause may begin with before it says anything.
_LEADING = frozenset("其中 只 仍 仅 共 已 还 累计 共计 今年 全年 年内 目前 明年 计划 拟 力争 另 另有 及 和 、".split())
#: jieba's tags of words that no name holds.
_CLOSED = re.compile(rb"\n([^ ]+) [0-9]+ (?:v|p|c|d|r|vd|vi|u|ul|uj|f)(?=\r?\n)")
#: Verbs that name an activity, and so stay in the name of what is counted (法律咨询, 调解案件).
ACTIVITIES = frozenset(
    "率 度 调解 执法 宣教 学习 普法 宣讲 排查 巡查 检查 审查 演练 处罚 咨询 服务 信访 复议 应诉 诉讼 投诉 "
    "举报 调处 化解 培训 讲座 援助 监督 备案 审核 评查 走访 整治 治理 矫正 帮教 考试 测试 汇报 研究 议事 "
    "观摩 旁听 研讨 座谈 拆除 查处 整改 上访 来访 审批 公开 建议 网办 应急 联动 出庭 败诉 纠错 宣誓 述法 "
    "创建 示范 督察 督查 评议 约谈 劝导 纠正 取证 听证 立案 结案 办件 惠企 助企 志愿 救助 维权 讨薪 征集 "
    "清理 回访 流转 移送 协作 会商 会审 教育 通报 辅导 答题 竞赛 展演 演出 巡演 直播 诉求 值班 例会 抽查 "
    "巡逻 慰问 帮扶 招聘 坐班 服刑 破案 合作 申请 改正 疏导 登记 注册 审理 发案 出警 处警 认证 "
    "许可 验收 招标 拨付 补贴 捐赠".split()
)
_DENIALS = frozenset("不 不予 未 非 无".split())
_MARKS = frozenset(",。;:!?、\n()[]. ")
#: Nouns that are counted together: 议题、协议、执法卷宗等95件.
_TOGETHER = re.compile("[等均]|共(?!同)")
#: Rates that are listed before one number: 合法性审查率、报备率保持100%.
_RATES = re.compile(r"[\u4e00-\u9fff]{1,10}率(?:、[\u4e00-\u9fff]{1,8}率)+$")
_ROW = re.compile(r"(?P<first>[\u4e00-\u9fff]{2,10})(?P<rest>(?:、[\u4e00-\u9fff]{2,8}){1,4})$")
#: A body, or people: what acts.
BODIES = (
    "组织",
    "委员会",
    "调委会",
    "室",
    "中心",
    "队",
    "站",
    "员",
    "部门",
    "机构",
    "企业",
    "单位",
    "顾问",
    "律师",
    "人员",
    "干部",
)
#: What no phrase ends with: a verb behind it still belongs to a noun (重点排污企业).
_ATTRIBUTES = frozenset(
    "重点 主要 重大 一般 普通 民营 涉企 大型 中小 小微 新型 涉嫌 拟 "
    "国家级 省级 自治区级 市级 州级 县级 区级 镇级 乡级 村级".split()
)
_JOINS = frozenset("和 及 与 以及".split())
_LEFT = 20
#: No longer is what _TRAILING takes off.
_TRAIL = 24
_RIGHT = 20
#: The number of a list and the year that a point begins with: 8.组织, 2.2022年查处.
_OPENING = re.compile(r"^\s*(?:\([一二三四五六七八九十]{1,3}\))?(?:\d{1,2}[.、](?=\D|20\d\d年))?(?:20\d\d年度?(?=..))?")
#: Who reports, which the dictionary cuts in two: 我局查处案件.
_OURS = re.compile("(?<!自)我(?:街道|中心|单位|[局厅院所站校省州盟市县旗区镇乡])(?![场部托在有级])")
#: Why something was not done, which is not what is counted: 因资金原因只完成1个.
_REASON = re.compile("(?:因|由于|受)[^,。;:\n]{1,10}(?:原因|影响|限制|制约),?(?=[^,。;:\n]*$)")
_AFFIX = "的了出"
_AFFIXES = re.compile("^(?:[的了]|出(?!庭|警|动|口|版|租|入))+|(?:[的了]|(?<![支演进输退产])出)+$")
_UP_TO_MARK = re.compile(r".*(?=[,。;:!?、\n()\[\] ])", re.DOTALL)
_UP_TO_CLAUSE = re.compile(r".*[,。;:、\n()]", re.DOTALL)


@lru_cache(maxsize=1)
def _cutter() -> Callable[[str, bool], list[str]]:
    """Return what cuts, with the terms of words.txt."""
    import rjieba  # reads its dictionary, which takes 0.1 s, for the cutter that it has; one more would take that again

    for word, count in _own().items():
        rjieba.add_word(word, count, None)
    return rjieba.cut


@lru_cache(maxsize=1)
def _own() -> Mapping[str, int]:
    """Return the terms of words.txt with their weights."""
    lines = (resources.files("kg") / "tables" / "words.txt").read_text(encoding="utf-8").splitlines()
    return {word: int(count) for word, count, _ in (line.rsplit(" ", 2) for line in lines)}


@lru_cache(maxsize=1)
def _closed() -> frozenset[str]:
    """Return the words that no name holds: jieba's, by their tags, without those that words.txt has or ACTIVITIES."""
    spec = find_spec("jieba")
    assert spec is not None and spec.origin is not None  # a dependency
    lines = b"\n" + (Path(spec.origin).parent / "dict.txt").read_bytes()  # bytes are searched in half the time
    return frozenset(b"\n".join(_CLOSED.findall(lines)).decode().split("\n")) - _own().keys() - ACTIVITIES


def cut(text: str) -> list[str]:
    """Cut a text into words.

    >>> cut("街道执法人员持证上岗")
    ['街道', '执法人员', '持证上岗']
    """
    return _cutter()(text, False)


@lru_cache(maxsize=1 << 14)
def behind(text: str) -> str:
    """Return the noun phrase that a text begins with, up to its first verb, conjunction or mark; "" if it has none.

    >>> [behind(t) for t in ("社区建立党建普法点", "“法律明白人”队伍,充分", "取得了执法证", "村(社区)调委会。")]
    ['社区', '“法律明白人”队伍', '', '村(社区)调委会']
    """
    closed = _closed()
    phrase, quoted = "", False
    for word in cut(text[:_RIGHT]):
        kept = phrase and word in ("组织", "以上", "(", ")")  # 人民调解组织, 副科级以上干部
        ends = not kept and (word in closed or word in CARRIERS or word[0] in _MARKS)
        inside = quoted or ("(" in phrase and phrase.count("(") > phrase.count(")"))  # 村(居)代办点
        goes_on = phrase and (word == "的" or (phrase in _ATTRIBUTES and word not in _JOINS))
        if ends and not inside and (word[0] in _MARKS or not goes_on):
            break
        if word[:2] in ACTIVITIES and phrase.endswith(BODIES):  # 调解组织调解纠纷: what the body does
            break
        quoted = word == "“" or (quoted and word != "”")
        phrase += word
    if phrase.count("(") != phrase.count(")"):
        phrase = phrase.rpartition("(")[0]
    return phrase.rstrip("的")


@lru_cache(maxsize=1 << 14)
def before(text: str) -> str:
    """Return the noun phrase that a text ends with, without 共, 累计, 达 behind and the verb that carries it in front.

    >>> [before(t) for t in ("发放各类宣传资料共计", "为企业提供法律咨询", "调解成功率达", "排查出安全隐患")]
    ['宣传资料', '法律咨询', '调解成功率', '安全隐患']
    >>> [before(t) for t in ("悬挂横幅、喷绘、挂图等", "办结率、满意率均达", "审查率、报备率保持", "调解、化解积案")]
    ['横幅、喷绘、挂图', '办结率、满意率', '审查率、报备率', '化解积案']
    """
    closed = _closed()
    text = _without_opening(text)
    text = _BASE.sub("", text) if text.endswith(("的", "约", "近", "年", "底", "来", "初")) else text
    whole = _untrailed(text)
    tail = whole[-_LEFT:]
    passed = _UP_TO_MARK.match(tail)
    words = cut(tail[passed.end() :] if passed else tail)
    if not passed and len(whole) > _LEFT:  # the first word may lack its beginning
        words = words[1:]
    together = passed and (_TOGETHER.search(text, len(whole)) or _RATES.search(tail))
    if together and (row := _ROW.search(tail)):  # 横幅、喷绘、挂图等
        return (before(row["first"]) or row["first"]) + row["rest"]
    while len(words) > 1 and words[-1] in closed:  # 电诈案件发案: the verb behind the noun
        words.pop()
    first = last = len(words)
    for word in reversed(words):
        if word in _DENIALS and first < last:  # 不合格事项, 不予立案案件
            first -= 1
            break
        joined = first < last and words[-1].endswith("率") and word in closed  # 和解率: the verb makes a noun with 率
        if word in CARRIERS or word[0] in _MARKS or (word in closed and not joined):
            break
        first -= 1
    return _plain("".join(words[first:]))


def _without_opening(text: str) -> str:
    """Return a text with marks in place of the number or year that it begins with, and of 我局 and the like."""
    if text[:1].isdecimal() or text[:1].isspace() or text[:1] == "(":
        text = _OPENING.sub(lambda match: "," * len(match[0]), text)
    if text.startswith(("因", "由于", "受")):
        text = _REASON.sub(lambda match: "," * len(match[0]), text)
    return _OURS.sub(lambda match: "," * len(match[0]), text) if "我" in text else text


def _plain(phrase: str) -> str:
    """Return a phrase without 的, 了, 出 around it."""
    return _AFFIXES.sub("", phrase) if phrase[:1] in _AFFIX or phrase[-1:] in _AFFIX else phrase


def _untrailed(text: str) -> str:
    """Return a text without what stands between a name and its number (共计, 达)."""
    end = _TRAILING.search(text, max(0, len(text) - _TRAIL)) if text[-1:] in _TRAILING_END else None
    return text[: end.start()] if end else text


@lru_cache(maxsize=1 << 14)
def said(text: str) -> str:
    """Return what a text says at its end, after its last mark: without what only leads to the number, or a carrier.

    >>> [said(t) for t in ("企业开办平均用时由", "其中,宣布失效", "发放")]
    ['企业开办平均用时', '宣布失效', '']
    """
    text = _untrailed(_SHORTER.sub("", _BASE.sub("", _without_opening(text))))
    passed = _UP_TO_CLAUSE.match(text)
    words = cut((text[passed.end() :] if passed else text)[-_LEFT:].strip())
    while words and (words[0] in _LEADING or words[0] in CARRIERS):
        words.pop(0)
    return _plain("".join(words))
