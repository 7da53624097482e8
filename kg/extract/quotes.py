"""Names in quotation marks: “老槐树”调解室, “1+3+N”治理体系, “书香警营”“清风税务”等活动; not what is only quoted.

In: a text. Out: every quotation, with the Candidate made of it or None; kg/extract/initiatives.py chooses among them.
Set phrases, head nouns and verbs are rows of kg/tables/name_words.csv; patterns here say what stands around a name.
"""

import re
from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from kg.extract.kinds import DATED, GREAT, LABEL, NUMERAL, PLACE, RHYME, kind_of
from kg.extract.names import Candidate, Words, squash, unmarked
from kg.extract.tails import Tail, tail_behind

_QUOTED = re.compile(
    '“([^“”\n。!?]{1,60})”|"([^“”"\n。!?]{1,60})"|‘([^‘’“”\n。!?]{1,40})’|「([^「」\n。!?]{1,40})」|'
    "“([一-龥]{3,8})(?=[,。;])"  # the closing mark was lost
)
PARTS = re.compile("[、,]")
#: Between quotations side by side, also of several places: 东山镇“家门口说事”、西湖乡“红蓝议事亭”.
_LISTED = re.compile("[一-龥]{2,10}[、和及]")  # between two names with head nouns of their own
_ROW = re.compile(
    r"(?:[、,和及与 ]{0,2}|以及)(?:(?<=[、,和及与])"
    r"(?:[一-龥]{1,4}(?:镇|乡|街道|村|社区|县|区|市)|\d{1,4}余?[个支名家处座所]))?"
)
_NOUN = re.compile("(?!对)[一-龥]{2,7}(?<!的)")
_HONOURED = re.compile(
    r"(?:荣获|获评|被?评为|获得|喜获|授予|荣膺|入选|评选为|夺取|夺得|捧得|斩获|摘得|获)(?:了|全[国省市县区])?[级的]?(?:“[^“”]{0,20}”、?){0,4}$"
)
_HONOUR = re.compile(r"(?:先进[集个]体|先进单位)?(?:荣誉)?(?:称号|荣誉|殊荣|美誉|奖项?(?!励)|锦旗|奖牌)|颁奖")
#: What stands behind a saying, a problem, an aim or a slogan.
_NEVER_BEHIND = re.compile(
    r"虚假|违法|专案|的(?:行动|思想)自觉|(?:等[一-龥]{0,10}?(?=问题)|等|这一|(?:的[一-龥]{0,4}?)?(?:突出|工作|总体|战略|社会|基本|根本|治[水理国]|发展)?)"
    r"(?:问题(?!化解)|难题|现象|矛盾(?!纠纷|化解|调)|意识|理念|原则|思想|精神|要求|方[针略]|思路|口号|目标|布局|"
    r"态势|立场|遵循|新(?:阵地|格局|高地|路径|局面|样板|标杆|引擎|动能|名片|篇章|风尚)|尚未|得到(?:有效)?(?:化解|解决|遏制)|(?:具体|总体|工作)?部署|能力(?!提升|建设)|责任感|责任(?!制|机制|区|田|清|状)|氛围|局面|格局|转变|对象|情结|心态|作风|横幅|标语|字样|一词|稿件|作用|优势|"
    r"重担|本领|局限|弊端|短板|困境|瓶颈|顽疾|乱象)|[变到]|[双两三四五多][向端轮维][^,。]{0,2}发力|为(?:目标|导向|原则|题|抓手|主线|核心|主要形式)|[为于]一[体身]|(?:精准|有机|深度|紧密|充分|无缝)(?:匹配|对接|结合|融合|衔接)|"
    r"为主题(?!.{0,3}的|开)|主题,"
)
#: What stands in front of them.
_NEVER_BEFORE = re.compile(
    r"(?:提出|强调|指出|解决|打通|破解|消除|杜绝|防止|避免|化解|摒弃|克服|纠正|拔除|"
    r"做到|确保|实现|达到|体现|变|从|由|向|成为|称为|称之为|所谓|誉为|比喻|认为|存在|属于|有的|不是|而是|就是|为|"
    r"当好|争做|争当|树立|坚定|增强|拥护|领悟|践行|牢记|树牢|捍卫|倡导|弘扬|坚持以|着眼|紧盯|紧扣|锚定|对标|抓住|守住|筑牢|把好|"
    r"清理|治理|整改|按下|啃下|扣好|跨过|敲响|刊发|发表|撰写|题为|横幅|标语|整治|针对|部分|个别|普遍|缺乏|具备|跑出|守牢|变身|化身)(?:了|好|为)?$"
)
#: What is fought against stands in front of a problem, or of the drive that fights it.
_AGAINST = re.compile("(?:治理|整治|清理|整改|化解|防范)$")
_DRIVE = re.compile("(?:工程|行动|计划|活动|平台|机制|模式|工作法|步法)$")
_MAKER = re.compile(
    r"(?:通过|借助|借力|依托|发挥|做实|抓实|"
    r"评选|选树|组织|创新|探索|推动|深化|落实|用好|培育|培养|选聘|推选|争创|出示|亮出|推进|应用|利用|首创|建设|迭代|擦亮|叫响|做强|做优)"
    r"(?:了|好|出|实施|开展|推行|发展|推广|运用)?$"
)
#: A verb of making a few words in front: 打造社区“红石榴驿站”, 打造10个“无讼楼院”.
_MAKER_OF = re.compile(
    r"(?:打造|开展|实行|实施|推行|推出|设立|建设|开设|创新|探索|组建|成立|开通|上线|创建|创设|搭建|首创|推广|擦亮|建成|建立|培育|培养|设置)"
    r"(?:[一-龥]{1,8}|\d{1,4}余?[个家所支名处批项场座条])$"
)
#: A name that begins its clause and does something: ,“法治掌柜”走街串巷; not “民转刑”案件, “零上访”成为常态.
_HEADS_CLAUSE = re.compile(r"(?:^|[,。;:\n])$")
_ACTS = re.compile(
    r"(?!(?:的|成为|渐|逐|案|是|等|之|类|现象|思想|得到|不|已成|问题|以来|期间|时期|规划|精神|要求|理念|意识|目标|"
    r"原则|被|情况|行为|工作|事|人员|企业|单位|价|费|[是有无])).[一-龥]{2}"
)
#: What a name does that is the subject of its clause, or how many there are of it.
_RUNS = re.compile(
    r"(?:今年|全年|累计|共|已|率先|全面|成功|实质|日均|先后|正式)?"
    r"(?:办件|办结|受理|惠及|接待|覆盖|走进|开进|进(?=社区|村|企|校|机关)|推送|收到|发出|走访|化解|调解|处置|收集|"
    r"上线|投入|投用|启用|落地|推开|全覆盖|注册|议定|成了|深受|受到|入选|巡查|立案|刑拘|抓获|收缴|播放|播出|点击|阅读|"
    r"让(?=[\d一-龥]{2,12}[拿少不])|帮助|启动|由\d|配备|获(?=评|全|省|市|群众)|赢得|得到(?!有效|遏|整|解|纠)|延伸到|"
    r"纳入|形成|织密|标注|对接|丰富|常态化|回复|全天候|被(?!动)|为(?:载体|平台|依托|支撑|纽带)|"
    r"等?(?:特色|创新|有效|好)?(?:做法|举措|载体|方式|措施|办法|路径|经验|流程)|"
    r"为[一-龥]{0,4}品牌|在[^,。;]{1,10}(?:推开|推广|启用|落地|运行)|\d{1,6}余?[个支名处场所家座块])"
)
#: 结合“中华慈善日”开展宣传
_DAY = re.compile("[一-龥]{2,12}(?:[日节]|(?:宣传|活动|服务)[周月])")
_USED = re.compile("(?:结合|利用|抓住|借助|围绕|在|[、”])$")
_COUNTED = re.compile(rf"[{NUMERAL}2-9\d]")
_CODE = re.compile(rf"\d{{2,6}}|[{NUMERAL}2-9].{{1,2}}|.{{1,2}}|\w{{1,4}}(?:\+\w{{1,4}}){{1,4}}")
_SUM = re.compile(r"[\w()“”、]{1,16}(?:\+[\w()“”、]{1,16}){1,6}")
_BRACKET = re.compile(r"\([一-龥]{1,4}\)")
_COUNT = re.compile(rf"[{NUMERAL}2-9]个[一-龥]{{1,3}}|[{NUMERAL}2-9]步走")
_ENTERS = re.compile("^[一-龥]{2,4}[五六七八九十N]?进[一-龥]{2}$")
_CHAPTER = re.compile("(?:举措和成效|不足和原因|成效|不足|存在的?问题|工作(?:安排|打算))$")  # of the report itself
_RHYTHM = frozenset("日周旬月季年")
_LIKE = re.compile("(?:型|(?<![模方仪])式|[间尖端头]上)$")
_TOLD_HOW = ("普法", "宣传")  # “指尖上”普法 says how; “旅馆式”管理 is a name
_WEEKLY = re.compile("周[一二三四五六日末][一-龥]{1,4}")  # 周一开讲
_ENTRIES = re.compile("[三四五六七八九十N]进")
_DATED_END = re.compile(r"(?<=[一-龥])(?:20\d\d|\d\.\d版?)$")
_SAYING = re.compile(
    r"[一-龥]{1,4}周年|(?:[一-龥]{2,4}化[、,]?){2,6}|应.{1,2}尽.{1,2}|有.{1,4}找.{1,6}|.{1,8}专案|\d{1,2}[·.]\d{1,2}|谁.{1,3}[、,]?谁.{1,3}"
)
#: What is meant to be reached, or how work is cut up: “法治底色”, “三个聚焦”; names only with a head noun behind.
_SLOGAN = re.compile(
    r"[一-龥]{2,4}(?:效应|底色|名片|动能|引擎|答卷|成色|底气|合力|良方|密码|高地|屏障|防线|根基|标尺|温度|力度)|[红黑白灰]{1,2}名单|"
    r"(?:坚持|牢记|践行|锚定).{3,}|一[个支套批项根把条揽][一-龥]{2}|[减降促提增保防稳控护强优].{2,3}(?:、[减降促提增保防稳控护强优].{2,3})+|"
    r"(?:丰富|扩大|壮大|加强|强化|提升|夯实|拓宽|拓展|突出|狠抓|完善|健全|压实|筑牢|增强|创新)[一-龥]{2,8}"
    r"(?<!行动|计划|工程|活动|机制|平台)(?<![年月周日])|"
    rf"[{NUMERAL}2-9][一-龥]{{1,3}}(?:发力|并举|并进)|"
    rf"[{NUMERAL}2-9]个(?:结合|聚焦|重点|环节|抓手|维度|方面|关键|坚持|必须|确保|突出|强化|同步|到位|亲自|统一|提升|导向|注重"
    "|层面|领域|步骤|阶段|节点|关口|方向|优先|不放过|始终|带头|面向|着力|着眼|加强|更加)"
)
#: What a number in marks counts: “1”个平台.
_COUNTS = re.compile("[个本级套项支张条大]")
#: A day's number, and the day's name behind it: “3.15”消费者权益日 is one name.
_DAY_NUMBER = re.compile(r"\d{1,2}[·.•]\d{1,2}")
_DAY_NAME = re.compile("[一-龥]{2,10}?日")
#: What a campaign against something is called after.
_DRIVES = ("专项治理", "专项整治", "专项行动", "专项整治行动", "整治行动", "行动")
#: “双随机”监管平台 is another thing than 双随机监管.
_OWN_HEAD = ("平台", "系统", "APP", "小程序", "宣讲队", "宣讲团", "领导小组", "专班")

#: “七五”普法领导小组 and “学法用法示范户”培育三年行动 are not what the quoted words alone name.
_OTHER_HEAD = ("领导小组", "专班", "宣讲队", "宣讲团", "三年行动")


class Quote(NamedTuple):
    """A quotation: the span with its marks, the words inside, and the name made of it, if it is one."""

    start: int
    end: int
    inner: str
    name: Candidate | None = None


class _Row(NamedTuple):
    """Quotations side by side: what stands before the first and behind the last, its head noun; whether one names."""

    before: str
    behind: str
    tail: Tail | None
    named: bool = False


def quoted(text: str, words: Words, known: Container[str]) -> Iterator[Quote]:
    """Yield every quotation in the text's order. known: the squashed wordings of initiatives.csv."""
    marks = [Quote(m.start(), m.end(), m[m.lastindex or 0]) for m in _QUOTED.finditer(text)]
    first = last_end = 0
    while first < len(marks):
        last = first
        while last + 1 < len(marks) and _beside(text, marks[last].end, marks[last + 1].start, words):
            last += 1
        tail = tail_behind(text, marks[last].end, words)
        start, end = marks[first].start, marks[last].end
        listed = last_end > 0 and _LISTED.fullmatch(text, last_end, start) is not None
        row = _Row(text[max(0, start - 24) : start], text[end : end + 16], tail, listed)
        judged = [_judge(mark, text, row, mark is marks[last], words, known) for mark in marks[first : last + 1]]
        named = any(mark.name for mark in judged)
        last_end = end if named else 0
        for mark in judged:
            beside = row._replace(named=True)
            yield mark if mark.name or not named else _judge(mark, text, beside, mark is judged[-1], words, known)
        first = last + 1


def _beside(text: str, end: int, start: int, words: Words) -> bool:
    """Tell whether two quotations stand side by side: with nothing, a place or a noun between.

    户政“跨省通办”、机动车登记“免拓印”, but not 增强“四个意识”、做到“两个维护”.
    """
    if _ROW.fullmatch(text, end, start):
        return True
    noun = text[end + 1 : start]
    listed = text[end] == "、" and _NOUN.fullmatch(noun)
    return bool(listed) and not words.opening.match(noun) and not _NEVER_BEFORE.search(noun)


def _judge(mark: Quote, text: str, row: _Row, last: bool, words: Words, known: Container[str]) -> Quote:
    """Make a name of a quotation if it is one. last: whether the head noun behind the row stands behind it."""
    inner = unmarked(mark.inner.strip())
    phrase = all(words.has("phrase", part) for part in PARTS.split(inner)) and squash(inner) not in known
    bare = words.kinds.get(inner) == "platform" and not words.has("named", inner)  # 综合执法“云平台”
    if not inner or bare or ((phrase or words.has("phrase", inner)) and not (last and _names_drive(row.tail))):
        return mark
    if _HONOURED.search(row.before) or _HONOUR.match(row.behind):
        return mark
    if inner.isdigit() and _COUNTS.match(row.behind):
        return mark
    if last and _DAY_NUMBER.fullmatch(inner) and _DAY_NAME.match(row.behind):
        return mark
    own = row.tail if last else None
    if own and text[mark.end] == "的" and own.words != "模式" and len(PARTS.split(inner)) > 2 and "+" not in inner:
        own, row = None, row._replace(tail=None)
    tail = own if own and own.joined else None
    core = squash(inner)
    wording = _wording(core, squash(tail.words) if tail else "", known)
    if tail and tail.words.endswith(_OTHER_HEAD):
        wording = wording if wording == core + tail.words else ""
    elif tail and wording and wording != core:
        size = len(wording) - len(core)
        tail = tail._replace(end=tail.end - len(tail.words) + size, words=tail.words[:size], keeps=True)
    code = _CODE.fullmatch(inner) is not None
    if not wording and not _is_name(inner, row, words, known):
        return mark
    if len(inner) < 3 and not (tail or row.tail or wording or _ENTRIES.fullmatch(inner)):
        return mark
    more = tail is None or wording != core or tail.words.endswith(_OWN_HEAD) or tail.specific
    kept = tail is not None and (code or (tail.keeps and more))
    name = inner + tail.words if tail and kept else inner
    end = tail.end if tail else mark.end
    strong = row.tail is not None and row.tail.strong
    kind = "" if own or not strong else words.kinds.get(words.head_of(inner), "")  # the row's head noun is not its own
    kind = kind or kind_of(inner, row.before, row.behind, row.tail.kind if row.tail else "", strong, words)
    return mark._replace(name=Candidate(mark.start, end, name, core, kind, "quoted", wording or _undated(core, known)))


def _names_drive(tail: Tail | None) -> bool:
    """Tell whether a head noun makes a name of a set phrase: “新官不理旧账”专项治理, “五老”调解队, not “一把手”工程."""
    return tail is not None and (
        tail.words in _DRIVES
        or (tail.strong and tail.joined and (tail.kind == "body" or (tail.kind == "platform" and len(tail.words) > 3)))
    )


def _wording(inner: str, tail: str, known: Container[str]) -> str:
    """Return the longest wording of the table that is the quoted words and a part of the head noun, or nothing.

    >>> _wording("八五", "普法工作经验", {"八五普法", "八五普法工作"})
    '八五普法工作'
    """
    return next((inner + tail[:size] for size in range(len(tail), -1, -1) if inner + tail[:size] in known), "")


def _undated(core: str, known: Container[str]) -> str:
    """Return the wording of the table that a name with a year stands for (昆仑2020: 昆仑行动), or nothing."""
    base = core[:-4] if DATED.fullmatch(core) else ""
    return next((base + head for head in ("行动", "专项行动") if base and base + head in known), "")


def _is_name(inner: str, row: _Row, words: Words, known: Container[str]) -> bool:
    """Tell a name from a slogan, a word of emphasis or a saying, by its form and by what stands around it."""
    if _CHAPTER.search(inner):
        return False
    undated = _DATED_END.sub("", inner)
    inner = undated if words.ends_in_head(undated) else inner  # “春雷行动2023”
    serves = row.behind.startswith("作用") and words.ends_in_head(inner)  # 发挥“民情直通车”作用
    joined = row.behind.startswith("为抓手") and (_SUM.fullmatch(inner) or _ENTERS.search(inner))  # 以“党建+网格”为抓手
    if (_NEVER_BEHIND.match(row.behind) and not serves and not joined) or _SAYING.fullmatch(inner):
        return False
    if row.tail and row.tail.strong:
        return True
    if _SLOGAN.fullmatch(inner):
        return False
    against = _AGAINST.search(row.before) and _DRIVE.search(inner)  # 校外培训治理“五清工程”
    if (_NEVER_BEFORE.search(row.before) and not against and not row.named) or (
        _LIKE.search(inner) and not (row.tail and row.tail.words not in _TOLD_HOW)
    ):
        return False
    parts = PARTS.split(inner)
    plain = _BRACKET.sub("", inner)  # 一河(湖)一策
    if _ENTERS.search(inner) or any(form.fullmatch(plain) for form in (_ENTRIES, RHYME, _SUM, PLACE, GREAT, _WEEKLY)):
        return True
    made = words.made_before.search(row.before) or _MAKER.search(row.before) or _MAKER_OF.search(row.before)
    if len(parts) > 1:
        rhymes = bool(made) and (_alike(parts) or any(squash(part) in known for part in parts))
        return rhymes or all(len(part) <= 5 and _COUNTED.match(part) for part in parts)
    if not 2 <= len(inner) <= (24 if made and words.ends_in_head(inner) else 14):
        return False
    if DATED.fullmatch(inner):
        return True
    if made or row.tail or LABEL.search(row.before) or words.ends_in_head(inner):
        return True
    if len(inner) < 3:
        return False
    if _DAY.fullmatch(inner) and _USED.search(row.before):
        return True
    if _HEADS_CLAUSE.search(row.before) and _ACTS.match(row.behind) and len(inner) <= 8:
        return True
    return row.named or _RUNS.match(row.behind) is not None or _COUNT.fullmatch(inner) is not None


def _alike(parts: Sequence[str]) -> bool:
    """Tell whether parts are made alike: 村里办、码上办; 大走访、大提升; 日巡查、周研判、月调度."""
    if len({part[-1:] for part in parts}) == 1 and all(3 <= len(part) <= 6 for part in parts):
        return True
    size = sum(map(len, parts)) + len(parts) - 1
    if any(len({part[:n] for part in parts}) == 1 and size < 4 * n * len(parts) for n in (1, 2)):
        return True
    firsts = {part[:1] for part in parts}
    return len(firsts) == len(parts) and firsts <= _RHYTHM
