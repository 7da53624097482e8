"""Who made an instrument: the reporting district itself, or somebody else.

In: the text, the header, where a title (or the list it stands in) begins and ends. Out: yes or no.
The title's own place decides; where it names none, the verb in front of it and that verb's subject do.
"""

import re
from functools import lru_cache

from kg.extract.titles import Titles
from kg.model import Header
from kg.vocabulary import Law

_MADE = (
    "制定|制订|定出|制发|印发|出台|修订|修改|修编|修正|审议|审定|起草|拟定|拟订|草拟|编制|发布|颁布|下发|公布|废止|签发|推出|通过"
    "|形成|建立|健全|完善|确立|编写|编印|编成|编定|配套"
)
_CITED = (
    "按照|根据|依据|依照|遵照|落实|贯彻|执行|学习|宣传|遵守|围绕|对照|结合|实施(?!方案|意见|纲要|细则|办法|规划|计划)|宣讲|解读|普及|参照|遵循|传达|领会|发放|送达|递送|符合|违反"
    "|领学|培训|讲解|严格|转发|承接|推进|推动|运用|适用|推广|严守|学懂|熟悉|掌握|触犯|实行|推行"
)
_VERB = re.compile(
    rf"(?P<made>(?<!(?<!重)新)(?:{_MADE})(?:(?:并|和|、|及)(?:组织)?(?:学习|宣传|宣贯)|(?:了|并|和|、|并且|及)?(?:严格|认真|全面)?(?:实施|落实|执行|推行|实行|贯彻落实)?))|(?P<cited>{_CITED})"
)
_BY_OTHERS = re.compile("^(?:后|的|之后|以来)")
_BY_US = re.compile("(?:我[省市县区旗镇乡街局厅]|我街道|我单位|本[省市县区镇乡局级]|自行|自主)[^,。;]{0,8}$")
_HELPS = re.compile(f"配合|协助|参与|推动(?!了?(?:{_MADE})*$)|督促|指导|支持|邀请|转发")
#: What is done to a text, behind its title or the list that it begins: 《甲》《乙》等2件文件予以废止; 完成《甲》修订.
_LISTED = r"(?:[、和及与]?《[^《》\n]{1,60}》){0,8}"
#: A survey is for a text that may come; where there is a draft already, it is work on the text.
_OF_DRAFT = r"(?:(?<=草案\)》)|(?<=稿\)》))的?"
_SURVEY = r"(?<!草案\)》)(?<!稿\)》)(?:前期)?立法调研"
_ABOUT_IT = re.compile(
    rf"的?(?:前期)?(?:{_SURVEY}|(?:要求|部署)(?![各\d])|精神|贯彻|宣传|普法|学习|目标|任务|实施|配套|解读|培训"
    "|读本|手册|单行本|折页|资料|知识|宣讲|讲座|落实)"
)
_EXAMINED = re.compile(
    rf"{_SURVEY}|(?:开展)?的?(?:立法后|实施后|中期|后)评估|执法检查|(?:贯彻|执行|实施|落实)情况"
    "|配套(?:措施|政策|制度|文件|办法|规定)"
)
_WANTED = re.compile("(?:的|所)?(?:确定|明确|规定的|要求|部署|目标|任务|精神|安排)")
#: Behind what was made: what it holds. 制定《清单》明确28项任务.
_TELLS = re.compile("(?:确定|明确|要求|部署)(?![的,。;、]|任务|目标)")
_ADVERB = "(?:已|已经|正式|相继|先后|陆续|尽快|早日|尽早|及早|年内|如期|适时|顺利){0,2}"
_CAME_OUT = re.compile(
    rf"{_LISTED}(?:等[^,。;《]{{0,10}})?,?{_ADVERB}(?:出台|印发|制定|发布|下发|颁布)(?!后|以来|的|之)"
)
_SETTLED = re.compile(
    _LISTED + "(?:等[^,。;《]{0,12})?(?:已|均|拟|,)?(?:予以|宣布|被)(?:废止|失效|修改|修订|保留|继续有效)"
    "|"
    + _LISTED
    + "(?:等[^,。;《]{0,8})?,?(?:已|先后)?(?:经|由|提交|提请)(?!省|自治区|全国|国务院)"
    + "[^,。;《]{0,16}会议?(?:审议|研究|讨论)?(?:通过|审定|审议)"
    "|" + _LISTED + "(?:等[^,。;《]{0,8})?(?:被)?(?:列入|纳入)[^,。;《]{0,12}决策(?:事项|目录|清单|计划|项目)"
)
#: What becomes of the place's own regulation, said behind it: 《甲省乙条例》年内提请省人大常委会审议.
_PROCEEDS = re.compile(
    rf"{_LISTED}(?:等[^,。;《]{{0,8}})?{_ADVERB}(?:(?:提请|提交|报请|报送|经|由|通过)[^,。;《]{{0,16}}(?:审议|审查|审定|初审|一审|二审|表决|通过|批准)"
    "|(?:进入|完成)[^,。;《]{0,6}(?:审|审议|起草|修[订改])(?![^,。;])|(?:列入|纳入)[^,。;《]{0,16}立法[^,。;《]{0,4}(?:计划|规划|项目))"
)
_WORKED_ON = re.compile(
    rf"{_LISTED}(?:等[^,。;《]{{0,8}})?的?(?:制?修订|修编|编制|修改|制[定订]|起草|审议|立法|{_OF_DRAFT}(?:前期)?立法调研"
    rf"|{_ADVERB}(?:出台|颁布|发布)(?:施行|实施)?)(?:工作|任务)?(?=[,。;、和并]|$)"
)
_COMPLETES = re.compile("完成(?:了|对)?$")
_WORK_ON = re.compile(
    "(?:完成|开展|启动|组织|推[进动]|促成|加快|做好)(?:了|对|好)?(?:[^,。;《》]{2,20}(?:和|及|以及|、))?$"
)
_STATE = re.compile(
    "中共中央|党中央|中央|国务院|全国|国家|最高人民|中华人民共和国|[\u4e00-\u9fff]{2,6}部(?:、[\u4e00-\u9fff]{2,6}部)*关于"
)
#: Ministries and the like, whose reports name no district; what they draft is made by the State Council.
_OF_STATE = re.compile("国家|[\u4e00-\u9fff]{2,8}(?:部|总署|总局)$")
_REGULATION = re.compile(r"条例(?:\([^()]{1,8}\))?$")
_ALWAYS_HIGHER = (
    "中共中央|党中央|中央|国务院|全国人大|国家|最高人民|最高法|最高检|中办|国办|两办|上级"
    "|(?:司法|公安|财政|民政|教育|水利|农业农村|应急管理|生态环境|自然资源|交通运输|住房和城乡建设|中宣)部"
)
_WHEN = (
    r"(?:20\d\d年|\d{1,2}[月日]|今年|去年|年初|年内|近日|近年来|近期|目前|随着|[自为由待 一二三四五六七八九十、])"
    "{0,6}"
)
_LEVELS = ("省|自治区", "市|州|盟", "区|县|旗")
_ENACTED = re.compile("立法|规章|法规|政府令|人大")
#: In an office's sentence, which may call its own documents 法规制度.
_LEGISLATION = re.compile("立法|政府规章|政府令")
_ENACTED_ALL = re.compile(
    "(?:[、和及]?《[^《》]{2,40}》){0,30}(?:等[^,。;《》]{0,6}(?:规章|法规)(?!和?规范性文件|制度)|的?(?:前期)?立法(?!法))"
)
_OFFICE = re.compile(
    "(?<!街道)(?<!地区)(?:局|厅|办公室|办事处|大队|支队|总队|中心|(?<!管理)(?<!工作)委员会|[^管党工省市区县州旗盟镇乡]委)$"
)
#: How an office speaks of itself where nothing names it.
_OF_OFFICE = re.compile(
    "[我本][局厅委]|(?:[局厅]|(?<![省市区县州旗盟])委)党(?:组|委)|(?:^|[,。\n])[\u4e00-\u9fff]{2,10}[局厅](?:坚持|落实|贯彻|认真|深入|全面|切实|积极|紧|对照|按照|围绕|依据|根据)"
)
#: Names of places that are words too: a title that begins with one need not speak of the place.
_WORDS = frozenset(
    "平安 和平 团结 建设 人民 民族 城区 新城 新区 中心 公园 经济 文化 安全 民主 自由 幸福 光明 法治".split()
)
_GENERIC = re.compile(
    "(?:经济技术开发区|高新技术产业开发区|经济开发区|开发区|高新区|管理区|新区|街道|地区|[省市区县旗盟州镇乡]|[^省]{0,7}自治[区州县旗])$"
)
#: Places of the table by name; in a title they stand for the zone that reports.
_ZONES = frozenset("开发区 高新区 经开区 新区 管理区".split())
_BRACKET = re.compile(r"\([^()\n]{0,40}\)")
_SHOWN_BEFORE = re.compile(
    "(?:观看|收看|拍摄|录制|制作|订阅|刊登|刊发|刊载|撰写|播放|推送|演出|编排|创作|签订|签署|签约|颁发|核发|换发|持有|取得|领取|出具|收到"
    "|讲座|专题片|宣传片|纪录片|电影|文章|报纸|杂志|图书|书籍|栏目|题为|阅读|诵读|通读|讲授|主讲)[^,。;《]{0,8}$"
    "|(?:剧|小品|快板|歌曲?|短片|节目|栏目|三句半|相声|舞蹈|视频|动漫|绘本|动画)$"
)
_SHOWN_BEHIND = re.compile(
    "(?:等)?(?:系列)?(?:普法|法治|专题)?(?:宣传片|专题片|纪录片|读本|一书|杂志|期刊|报纸|栏目|专栏|节目|短片|短视频|视频|微电影|动漫|漫画"
    "|专题讲座|讲座|课程|党课|主题课|手册|挂图|海报|歌曲|快板|小品|情景剧|图书|书籍|教材|一文|文章|第[一二三四五]卷)"
    "|等[^,。;《]{0,6}(?:经验|做法|案例)(?=被|获|在|入选|先后|得到)"
)
#: Where something was printed: 在《甲》《乙》等媒体刊发, 被《丙》报道. Of a rule it is said without 在.
_PRINTED_BEFORE = re.compile("(?:在|被|获|登上)(?:《[^《》\n]{1,20}》[、和及]?){0,4}$")
_PRINTED_BEHIND = re.compile(
    _LISTED
    + "(?:等[^,。;《]{0,12})?(?:上|头版|整版|专版|公开){0,2}(?:刊发|刊登|刊载|发表|报道|转载|采用|推介|发稿|点赞)"
)


@lru_cache(maxsize=8)
def _higher(level: int, own: str) -> re.Pattern[str]:
    """Return the pattern of bodies above a level (0 province … 3 township) at the beginning of a clause."""
    above = [name for names in _LEVELS[:level] for name in names.split("|") if name != own]
    organs = "委|政府|人民政府|人大|直|级|[\u4e00-\u9fff]{0,8}(?:局|厅|办|院)"
    local = f"|(?:{'|'.join(above)})(?:{organs})" if above else ""
    return re.compile(
        f"{_WHEN}(?:{_ALWAYS_HIGHER}{local}|(?!提请|报请|报送|建议)[\u4e00-\u9fff]{{2,3}}(?:省委|省政府|省人大))"
    )


class Maker:
    """Tells, for one report, whether the reporting district made what a title names."""

    def __init__(self, text: str, header: Header, known: Titles) -> None:
        self.text = text
        self.known = known
        self.district = header.district or ""
        self.office = bool(header.issuer and _OFFICE.search(header.issuer)) and "人民政府" not in (header.issuer or "")
        self.office |= not header.issuer and bool(_OF_OFFICE.search(text, 0, 600))
        self.issuer = header.issuer or "\0"
        self.year = header.year
        stem = _GENERIC.sub("", self.district)
        self.stem = stem if len(stem) > 1 and stem not in _WORDS else "\0"
        end = self.district[-1:]
        level = next((i for i, names in enumerate(_LEVELS) if end and end in names), 3)
        if self.district.endswith("自治区"):
            level = 0
        if end == "市" and len(header.district_path) == 3:
            level = 2
        self.higher = _higher(level, end)
        self.national = not self.district and bool(_OF_STATE.match(header.issuer or ""))
        self.legislates = level < 2 or self.district.endswith(("自治县", "自治旗"))

    def owns(self, written: str, law: Law | None, start: int, end: int) -> bool:
        """Return whether the district made the text of this title; start: of the list that the title stands in."""
        if law and law.kind not in ("administrative_regulation", "departmental_rule", "local_regulation", "local_rule"):
            return False
        of_issuer = self._led_by_issuer(written)
        if _STATE.match(written) and not (self.national and of_issuer):
            return False
        if law and law.title.endswith("条例") and not self.legislates:
            return False
        if self.national and _REGULATION.search(written):
            return False
        if of_issuer:
            return True
        title = written.removeprefix("中共")
        led = [name for name, _ in self.known.places(title) if name not in _ZONES]
        ours = self.district in led[-1:] or title.startswith(self.district or "\0")
        if ours or (not led and title.startswith(self.stem)):
            return not self.office or self._verb(start, end, named=True)
        if led and self.district:
            return False
        return self._verb(start, end, known=law is not None)

    def _led_by_issuer(self, written: str) -> bool:
        return written.removeprefix("中共").startswith(self.issuer)

    def uses(self, start: int, end: int) -> bool:
        """Return whether the clause carries out, studies or goes by the text, rather than makes it."""
        clause = re.split("[,:。;!?\n]", _BRACKET.sub("", self.text[max(0, start - 60) : start]))[-1]
        if self._works_on(clause, end, named=True):
            return False
        verbs = list(_VERB.finditer(clause))
        if verbs and verbs[-1]["cited"]:
            return True
        tells = verbs and _TELLS.match(self.text, end)
        return bool(_EXAMINED.match(self.text, end) or (_WANTED.match(self.text, end) and not tells))

    def makes(self, law: Law) -> bool:
        """Return whether the district's name leads the law's own title."""
        return bool(self.district) and self.district in [name for name, _ in self.known.places(law.title)]

    def enacts(self, start: int, end: int) -> bool:
        """Return whether the words before, in the same sentence, speak of legislation, or 等规章 behind."""
        before = re.split("[。;!?\n]", self.text[max(0, start - 60) : start])[-1]
        return bool(_ENACTED.search(before) or _ENACTED_ALL.match(self.text, end))

    def proposes(self, written: str, start: int, end: int) -> bool:
        """Return whether an office speaks of a rule or regulation, by the words around, which is not its to make."""
        if not self.office or self._led_by_issuer(written):
            return False
        before = re.split("[。;!?\n]", self.text[max(0, start - 60) : start])[-1]
        return bool(_LEGISLATION.search(before) or _ENACTED_ALL.match(self.text, end))

    def shows(self, start: int, end: int) -> bool:
        """Return whether the words around say that it is a film, a newspaper, a contract and the like."""
        if _SHOWN_BEHIND.match(self.text, end) or _SHOWN_BEFORE.search(self.text[max(0, start - 20) : start]):
            return True
        printed = _PRINTED_BEFORE.search(self.text, max(0, start - 60), start)
        return bool(printed and _PRINTED_BEHIND.match(self.text, end))

    def renames(self, law: Law, start: int, end: int) -> bool:
        """Return whether a bare name of a national plan stands for the district's own plan of that name."""
        return law.kind == "policy" and self._verb(start, end)

    def _works_on(self, clause: str, end: int, named: bool) -> bool:
        behind = _WORKED_ON.match(self.text, end) or (named and _PROCEEDS.match(self.text, end))
        return bool(behind and _WORK_ON.search(clause))

    def _settled(self, clause: str, end: int, named: bool) -> bool:
        """Return whether the words behind say what was done to the text, and nothing before says that others did it.

        What bears the name of the place is the place's own where an office helped to complete it.
        """
        worked_on = self._works_on(clause, end, named)
        if not (worked_on or _SETTLED.match(self.text, end) or (named and _PROCEEDS.match(self.text, end))):
            return False
        verbs = list(_VERB.finditer(clause))
        cited = bool(verbs and verbs[-1]["cited"] and not worked_on)
        if named and _COMPLETES.search(clause):
            return not cited
        return not (cited or self.higher.match(clause) or _HELPS.search(clause))

    def _verb(self, start: int, end: int, named: bool = False, known: bool = False) -> bool:
        """Return whether the words around say that the district made it. named: the title bears the place's name.

        known: a law of that title is known, so that it may have come out elsewhere.
        """
        before = re.split("[。;!?\n]", self.text[max(0, start - 90) : start])[-1]
        clauses = re.split("[,:]", before)
        before = clauses[-1] if clauses[-1].startswith(("把", "将")) else ",".join(clauses[-2:])
        if self._settled(clauses[-1], end, named):
            return True
        verbs = list(_VERB.finditer(before))
        if not verbs:
            return bool(not known and _CAME_OUT.match(self.text, end)) and not self.higher.match(clauses[-1])
        verb = verbs[-1]
        if verb["cited"] or _ABOUT_IT.match(self.text, end):
            return False
        clause = before[: verb.start()].rpartition(",")[2]
        if _BY_OTHERS.match(before[verb.end() :]):
            return bool(_BY_US.search(clause))
        return not self.higher.match(clause) and not _HELPS.search(clause)
