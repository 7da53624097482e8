"""Whose a figure is: the reporting district's, a body's of its own, a lower unit's, or a higher level's.

In: text with names masked, and the header. Out: Whose, by the last subject that a clause of the sentence begins with:
全省… in a county's report is higher, 三里村… subordinate, 司法所… a body's; the district's where no clause has one,
and of all its lower units together (各村…), but not of each of them (各村均…).
"""

import re
from collections.abc import Iterator

from kg.extract.surroundings import Setting
from kg.model import Header, Whose
from kg.vocabulary import Vocabulary

_ACTS = (
    "共|全年|累计|年内|今年|依法|积极|主动|成功|先后|开展|组织|受理|办理|调解|化解|排查|接待|解答|提供|出具|审查|审核|查处|立案|"
    "检查|巡查|召开|举办|发放|走访|处置|处理|培训|宣讲|参与|完成|收到|审理|审结|作出|出动|破获|抓获|巡逻|代理|列席|评查|研究|"
    "新增|建成|还|也|均|分别|已|现有|深入|结合|利用|自|通过"
)
_BODIES = (
    "委员会|办公室|领导小组|[大中支]队|执法队|派出所|司法所|调委会|调解室|调解中心|工作站|服务站|服务中心|综治中心|"
    "[一-鿿]{2}局|法律顾问|公职律师|律师|协会|商会|网格员|志愿者"
)
_HAN = "[一-鿿]"
#: A clause's first words that are no subject: setting up a committee is the district's doing.
_NOT_FIRST = (
    "设|成立|建|组|新|依托|通过|由|联合|会同|在|对|向|为|与|和|推|指导|加强|发挥|充分|整合|完善|健全|落实|督促|要求|召开|开展|支持|"
    "聘|邀|培|选|配|挂|打造|利用|以|从|到|经|将|把|让|使|促|引|动员|协调|配合|接受|按|根据|各|全|我|本|其中|每|共|现|并|已|深化|实行"
)
_SUBJECT = re.compile(
    r"(?:^(?:[一二三四五六七八九十]{1,2}是|\([一二三四五六七八九十]{1,3}\)|\d{1,2}[.、])?|(?<=[,;:(]))(?:(?:20\d\d年度?|[今去]年|全年|年内|目前|其中|而|同时|另外|期间|截至目前)[,以来]{0,3})?(?:"
    rf"(?P<own>(?:涉及?)?我{_HAN}|本{_HAN}|(?:街道|[镇乡县区市省州旗盟]|党)(?:党?工?委|政府|办事处|人大|政协))"
    r"|(?P<all>全(?:自治区|街道|[国省市州盟县旗区镇乡街局厅院系]))(?!面|体|力|程|过程|覆盖|员|部|年|方位|链条|范围|上下)"
    r"|(?P<lower>各(?:行政)?(?:村居?|社区|乡镇|镇街?|街道|[县区市州旗盟]|区县|市县|县区|县市|市州|盟市|旗县)(?:\((?:社区|居|镇|街道)\))?(?!级|类))"
    r"|(?P<parts>各(?:部门|单位|成员单位|执法单位|执法部门|派出所|所队|司法所|站所|科室|调委会|人民调解委员会))"
    rf"|(?P<named>(?!{_NOT_FIRST}){_HAN}{{1,4}}(?:村|社区|镇|乡|街道|县|区|市|旗))(?=(?:{_ACTS}))"
    rf"|(?P<body>(?!{_NOT_FIRST})(?:{_HAN}|[()]){{0,10}}?(?:{_BODIES}))(?=(?:{_ACTS})))"
)
#: Where a subject may begin: one look for these places is quicker than trying it everywhere.
_BEGINS = re.compile(r"\A|[,;:(]")
#: The district's own place among others: 居全省第3, 高于全市平均2个百分点.
_RANKED = re.compile(r"排名|位列|位居|居|第|前列|高于|低于|好于|领先|占|首个|唯一|推广|试点|示范")
#: What each of the lower units has, or has on the average.
_EACH = re.compile("[^,。;]{0,8}(?:平均|[均每])")
_RANKS = {"国": 0, "省": 1, "自治区": 1, "市": 2, "州": 2, "盟": 2, "县": 3, "旗": 3, "区": 3}
_TOWNS = ("镇", "乡", "街道", "苏木", "街")


def _rank(header: Header) -> int | None:
    """Return how far below the country the district stands: province 1, prefecture 2, county 3, town 4."""
    district = header.district or ""
    if not district:
        return None
    if district.endswith(_TOWNS):
        return 4
    if len(header.district_path) == 1:
        return 1
    if district.endswith("市"):
        return 2 if len(header.district_path) == 2 else 3
    return 2 if district.endswith(("州", "盟", "地区")) else 3


class Owners:
    """Asked about the figures of a text in their order."""

    def __init__(self, masked: str, header: Header, tables: Vocabulary) -> None:
        self.masked, self.header, self.rank = masked, header, _rank(header)
        self.children = tables.names_below.get(header.district_code or "", frozenset())
        self.sentence, self.ahead = -1, iter(list[tuple[int, Whose, str]]())
        self.last: tuple[Whose, str] = "district", ""
        self.following: tuple[int, Whose, str] | None = None

    def of(self, setting: Setting) -> Whose:
        """Return whose a figure is."""
        whose, _ = self.subject(setting)
        if whose == "higher" and _RANKED.search(self.masked, setting.clause.start, setting.figure.start):
            return "district"
        return whose

    def subject(self, setting: Setting) -> tuple[Whose, str]:
        """Return the last subject before a figure in its sentence, and whose the figure is by it."""
        start, at = setting.sentence.start, setting.figure.start
        if start != self.sentence:
            self.sentence, self.ahead, self.last = start, self._subjects(start), ("district", "")
            self.following = next(self.ahead, None)
        while self.following and self.following[0] <= at:
            self.last, self.following = self.following[1:], next(self.ahead, None)
        return self.last

    def _subjects(self, start: int) -> Iterator[tuple[int, Whose, str]]:
        """Yield the subjects of the sentence from start on: where each ends, whose its figures are, and its words."""
        stop = min(end if (end := self.masked.find(mark, start)) >= 0 else len(self.masked) for mark in "。\n")
        sentence = self.masked[start : min(stop, start + 640)].lstrip()
        start = stop - len(sentence) if stop <= start + 640 else start + 640 - len(sentence)
        done = 0
        for mark in _BEGINS.finditer(sentence):
            m = _SUBJECT.match(sentence, mark.end()) if mark.end() >= done else None
            if m:
                done = m.end()
                yield start + done, self._whose(m), m.group()

    def _whose(self, m: re.Match[str]) -> Whose:
        if m["all"]:
            return self._level(m["all"][1:])
        if m["lower"]:
            return "subordinate" if _EACH.match(m.string, m.end()) else "district"
        if m["named"]:
            return self._place(m["named"])
        if m["parts"]:
            return "body"
        if m["body"]:
            return "district" if self._is_own(m["body"]) else "body"
        return "district"

    def _place(self, name: str) -> Whose:
        """Tell where a named place stands: villages and towns are below, counties only where the table says so."""
        if self._is_own(name):
            return "district"
        if name in self.header.district_path:
            return "higher"
        return "district" if name[-1] in "县区市旗" and name not in self.children else "subordinate"

    def _is_own(self, subject: str) -> bool:
        """Tell whether a subject is the reporting body or its district: 县公安局 in 绥德县公安局's report."""
        names = [name for name in (self.header.issuer, self.header.district) if name]
        return any(name.endswith(subject) or subject.endswith(name) for name in names)

    def _level(self, of: str) -> Whose:
        """Tell whether 全省, 全市 … is the district itself or stands above it."""
        district, rank = self.header.district or "", self.rank
        if of not in _RANKS or rank is None or district.endswith(of):
            return "district"
        level = _RANKS[of]
        if of == "区" and rank < 4:  # 全区 of an autonomous region, or of this district
            path = self.header.district_path
            level = 1 if path and path[0].endswith("自治区") else 4
        return "higher" if level < rank else "district"
