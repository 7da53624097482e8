"""What a title stands for: its row in tables/laws.csv, its official wording, and the kind of instrument it names.

In: a title as written, between marks or bare. Out: a Law or None, the title to show, the kind.
A new law, short form or alias is a row in tables/laws.csv; a new kind of document is a row in tables/title_heads.csv:
the word that ends its title, and the kind it has when made higher up, by a province or city, or by the district itself.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from importlib.resources.abc import Traversable
from itertools import chain
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.data import table
from kg.text import half_width
from kg.vocabulary import Law, Vocabulary

KINDS = frozenset(
    "constitution law administrative_regulation local_regulation judicial_interpretation party_regulation policy"
    " internal_rule not_instrument".split()
)
#: Kinds of tables/laws.csv that reports are not asked to tell apart.
_TABLE_KINDS = {
    "departmental_rule": "administrative_regulation",
    "supervision_regulation": "administrative_regulation",
    "local_rule": "local_regulation",
    "local_policy": "policy",
}
_SPAN = re.compile(r"\(?((?:19|20)\d\d)年?[-—–−‐―─~至]{0,3}((?:19|20)\d\d)\)?年?\)?")
_WRITTEN_DASH = re.compile(r"(?<=\d\d\d\d)年?([-—–−‐―─~至]{1,3})(?=(?:19|20)\d\d)")
_NO_LETTER = re.compile(r"[\s“”\"'‘’「」『』《》〈〉<>·・、,:]+")
#: 法制 means the laws, 法治 their rule: a government is never built of the former.
_SLIP = re.compile("法制(?=政府|中国|社会)")
_EDITION = re.compile(r"\((?:试行|暂行|[^()]{0,6}(?:19|20)\d\d[^()]{0,12}|修[订正](?!草案)[^()]{0,4})\)?年?$")
_EDITION_OF = re.compile(r"\((?:19|20)\d\d年?版\)$")
_ISSUER_ABOUT = re.compile(
    r"^(?:中共中央|国务院|中央全面依法治国委员会|中央宣传部|司法部|办公厅|办公室|最高人民法院|最高人民检察院){1,4}(?=关于)"
)
_TAIL = re.compile(r"(?:\([^()]{0,20}\)?|(?:19|20)\d\d[-—–~至]?|[年版)〉》”\"'])+$")
_PARTY = re.compile("中国共产党|党委|党组|党政|党内|党员|党支部|党务|党校|干部|纪检|巡视|巡察")
_PICTURED = re.compile("一图读懂|一图看懂|图解|漫画|漫说|动画")
_PARTY_HEADS = frozenset(("条例", "规定", "准则", "规则", "办法", "细则", "章程"))
_LAWLIKE = frozenset(("规定", "办法", "细则", "规则", "补充规定"))
#: What a county can make no law of, and yet is named so: seen as it is.
_NO_LAW = {"not_instrument": "not_instrument", "law": "law"}
#: A title that states something is that of an article or a lecture.
_STATES = re.compile("(?!.*关于)[^关]*(?<![不否])是(?!否)")
_HEADLINE = re.compile("[:：]")  # 某某街道:小窗口里的大文章
_STATE = ("中华人民共和国", "国务院", "国家", "全国")
_REGION = re.compile("(?:中国[(])?[\u4e00-\u9fff]{2,4}[)]?(?:经济特区|自由贸易|自贸|综合保税)")
#: Without marks “八五”普法规划 is the campaign, not the text.
_PLAN_OF_FIVE = re.compile('[“"]?[一二三四五六七八九]五[”"]?普法(?:工作)?规划')
_BARE_HEAD = re.compile("(?:法|法典|条例|规定|办法|细则|准则|规则|章程|党章|纲要|意见|规划|计划|决定|指标体系)$")


class Head(NamedTuple):
    """The word that ends a title, and the kinds it stands for."""

    head: str
    higher: str
    local: str
    own: str
    example: str


@lru_cache(maxsize=4096)
def squash(title: str) -> str:
    """Return the key of a title: without blanks, quotation marks, commas and the name of the state; spans as (a-b).

    法制政府 is a slip of the pen for 法治政府.

    >>> squash("中华人民共和国民法典"), squash("《法治政府建设实施纲要(2015—2020)年》")
    ('民法典', '法治政府建设实施纲要(2015-2020)')
    """
    key = _NO_LETTER.sub("", unicodedata.normalize("NFKC", title)).translate({ord("〔"): "(", ord("〕"): ")"})
    key = _SLIP.sub("法治", key)
    return _SPAN.sub(r"(\1-\2)", key).removeprefix("中华人民共和国")


def stem(key: str) -> str:
    """Return a key without the edition in brackets behind it and the issuer before it.

    >>> stem("国务院办公厅关于加强和改进行政应诉工作的意见"), stem("法治政府建设实施纲要(2015-2020)")
    ('关于加强和改进行政应诉工作的意见', '法治政府建设实施纲要')
    """
    return _ISSUER_ABOUT.sub("", _EDITION.sub("", key))


def load_heads(at: Traversable | None = None) -> dict[str, Head]:
    """Read tables/title_heads.csv. Raise TableError with file and line for a row that breaks the contract."""

    def make(cells: dict[str, str]) -> Head:
        row = Head(*(cells[field] for field in Head._fields))
        if unknown := {row.higher, row.local, row.own} - KINDS:
            raise ValueError(f"{min(unknown)!r} is no kind of instrument")
        return row

    rows = table("title_heads.csv", " ".join(Head._fields), make, unique="head", at=at)
    return {row.head: row for row in rows}


@lru_cache(maxsize=1)
def heads() -> dict[str, Head]:
    """Return the package's own heads; loaded at the first call."""
    return load_heads()


def head_of(title: str) -> Head | None:
    """Return the row of the longest head word that ends a title, whatever edition follows in brackets.

    >>> head_of("推进街道赋权工作实施方案(试行)").head
    '方案'
    """
    title = _TAIL.sub("", title)
    rows = (heads().get(title[-n:]) for n in range(5, 0, -1))
    return next((row for row in rows if row), None)


class Titles:
    """The laws of a Vocabulary by every wording of their titles."""

    def __init__(self, tables: Vocabulary) -> None:
        self.tables = tables
        self.index: dict[str, list[Law]] = {}
        self.inner: dict[str, list[Law]] = {}  # by titles without the name of the state before a law they speak of
        for law in tables.laws.values():
            keys = [squash(name) for name in (law.title, law.short, *law.aliases, *law.weak_aliases) if name]
            for key in dict.fromkeys(chain(keys, map(stem, keys))):
                self.index.setdefault(key, []).append(law)
                if "中华人民共和国" in key:
                    self.inner.setdefault(key.replace("中华人民共和国", ""), []).append(law)
        self.weak = frozenset(name for law in tables.laws.values() for name in law.weak_aliases)

    @cached_property
    def bare(self) -> tuple[list[str], AhoCorasick]:
        """The names that may stand without marks, and the automaton that finds the longest of them."""
        names = sorted(set(chain.from_iterable(map(_bare_names, self.tables.laws.values()))))
        return names, AhoCorasick(names, matchkind=MatchKind.LeftmostLongest)

    @cached_property
    def place_starts(self) -> frozenset[str]:
        """The first two characters of the names of places."""
        return frozenset(name[:2] for name in self.tables.places_by_name)

    def find(self, written: str, year: int | None) -> Law | None:
        """Return the law that a title names; among several editions, the one in force in the year, else None."""
        key = squash(written)
        if key in self.index:
            return _in_force(self.index[key], year)
        rows = self.index.get(key) or self.index.get(stem(key)) or self.inner.get(stem(key))
        span = _SPAN.search(key)
        if rows and span:  # a span with one slip of the pen still names its edition
            rows = [law for law in rows if set(span.groups()) & set(_years(law.title))]
        return _in_force(rows, year) if rows else None

    def official(self, law: Law, written: str) -> str:
        """Return the official title, with the dash of its years as written."""
        title = half_width(law.title)
        if edition := _EDITION_OF.search(half_width(written)):  # (2021年版): which of several it is
            return title.removesuffix(edition[0]) + edition[0]
        if not re.search(r"\d{4}", title):
            return title
        if not re.search(r"\d{4}", written):
            title = re.sub(r"\((?:19|20)\d\d年\)$", "", title)
        dash = _WRITTEN_DASH.search(written)
        return _WRITTEN_DASH.sub(dash[1], title) if dash else title

    def places(self, title: str) -> Iterator[tuple[str, str]]:
        """Yield the places that lead a title, from the widest, as (name, level)."""
        title = title.removeprefix("中共")
        while title[:2] in self.place_starts:  # most titles begin with no place
            leading = (title[:n] for n in range(11, 1, -1) if n > 2 or title[1:2] == "县")
            name = next((n for n in leading if n in self.tables.places_by_name), None)
            if not name:
                return
            title = title[len(name) :]
            yield name, self.tables.places_by_name[name][0].level

    def kind(self, title: str, law: Law | None, own: bool, enacted: bool | None = False, order: bool = False) -> str:
        """Return the kind of an instrument. own: the reporting district made it. order: an order published it.

        enacted: the words around speak of legislation; None: it certainly is an office's ordinary document.
        """
        if _PICTURED.match(title) or (law is None and _STATES.match(title)):
            return "not_instrument"
        if law:
            kind = _TABLE_KINDS.get(law.kind, law.kind)
            return "internal_rule" if own and kind == "policy" else kind
        head = head_of(title)
        if head is None:
            return "internal_rule" if own and not _HEADLINE.search(title) else "not_instrument"
        if title.startswith(("最高人民法院", "最高人民检察院")) and head.higher != "not_instrument":
            return "judicial_interpretation" if head.head not in ("报告", "意见", "通知") else "policy"
        if title.startswith(("全国人民代表大会", "全国人大")) and head.head in ("决定", "决议", "补充规定"):
            return "law"  # what the legislature decides
        level = next(reversed([level for _, level in self.places(title)]), "")
        local = level in ("province", "prefecture") or (not level and _REGION.match(title))
        if own:
            legal = enacted or (enacted is False and level != "prefecture" and head.head in ("规定", "办法"))
            return head.local if local and legal and head.local == "local_regulation" else head.own
        if head.head in _PARTY_HEADS and (local or not level) and _PARTY.search(title):
            return "party_regulation"
        if enacted is None and head.head in _LAWLIKE:
            return "policy"
        if order and local and head.head in _LAWLIKE:
            return "local_regulation"
        if level and not local:
            return _NO_LAW.get(head.higher, "policy")
        if not local and head.head in _LAWLIKE and re.search(r"\((?:试行|暂行)\)", title):
            return "policy"
        if head.head == "条例" and not title.startswith(_STATE):  # the table holds the nation's; this is somebody's own
            return "local_regulation"
        return head.local if local else head.higher


def _bare_names(law: Law) -> Iterator[str]:
    lawlike = law.kind in ("constitution", "law")
    for name in (law.title, law.short, *law.aliases):
        name = half_width(name)
        short = _EDITION.sub("", name)
        long = len(short) >= (4 if name == law.title else 6)
        if short.startswith("新") or _PLAN_OF_FIVE.fullmatch(short):  # 新行政处罚法: the name begins behind 新
            continue
        if lawlike or name == "党章" or (long and _BARE_HEAD.search(short) and "〔" not in name):
            yield short


def _years(title: str) -> tuple[str, ...]:
    span = _SPAN.search(squash(title))
    return span.groups() if span else ()


def _in_force(laws: Iterable[Law], year: int | None) -> Law | None:
    """Return the only law, or the one last made by the year's end; None where that stays open."""
    laws = list(laws)
    if len(laws) == 1:
        return laws[0]
    made = [law for law in laws if year and law.promulgated[:4].isdigit() and int(law.promulgated[:4]) <= year]
    return max(made, key=lambda law: (law.promulgated, law.id)) if made else None


_cache: list[Titles] = []


def titles(tables: Vocabulary) -> Titles:
    """Return the Titles of a Vocabulary; those last asked for are kept."""
    if not _cache or _cache[0].tables is not tables:
        _cache[:] = [Titles(tables)]
    return _cache[0]
