"""Names in quotation marks: “老槐树”调解室, “1+3+N”治理体系, “书香警营”“清风税务”等活动; not what is only quoted.

In: a text. Out: every quotation, with the Candidate made of it or None; kg/extract/initiatives.py chooses among them.
Set phrases, head nouns and verbs are rows of kg/tables/name_words.csv; patterns here say what stands around a name.
"""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace

from kg.extract.names import Candidate, Words, squash

_QUOTED = re.compile('“([^“”\n。!?]{1,60})”|"([^“”"\n。!?]{1,60})"|‘([^‘’“”\n。!?]{1,40})’|「([^「」\n。!?]{1,40})」')
_ROW = re.compile(r"[、,和及与 ]{0,2}|以及")
_HONOURED = re.compile(
    r"(?:荣获|获评|被?评为|获得|喜获|授予|荣膺|入选|评选为|获)(?:了|全[国省市县区])?[级的]?(?:“[^“”]{0,20}”、?){0,4}$"
)
_HONOUR = re.compile(r"(?:先进[集个]体|先进单位)?(?:荣誉)?(?:称号|荣誉|殊荣|美誉|奖项?(?!励)|锦旗|奖牌)")
#: What stands behind a saying, a problem, an aim or a slogan.
_NEVER_BEHIND = re.compile(
    r"(?:等|这一|(?:的[一-龥]{0,4}?)?(?:突出|工作|总体|战略|社会)?)"
    r"(?:问题(?!化解)|难题|现象|矛盾(?!纠纷|化解|调)|意识|理念|原则|思想|精神|要求|方针|思路|口号|目标|布局|"
    r"责任感|责任(?!制|区|田|清|状)|氛围|局面|格局|转变|对象|情结|心态|作风|横幅|标语|字样|一词|稿件|作用|优势|"
    r"重担|本领)|[变到]|[双两三四五多][向端轮维][^,。]{0,2}发力|为(?:目标|导向|原则|题|抓手|主线|核心|主要形式)|"
    r"为主题(?!.{0,3}的|开)|主题,"
)
#: What stands in front of them.
_NEVER_BEFORE = re.compile(
    r"(?:解决|打通|破解|消除|杜绝|防止|避免|化解|摒弃|克服|纠正|拔除|"
    r"做到|确保|实现|达到|体现|变|从|由|向|成为|称为|称之为|所谓|誉为|比喻|认为|存在|属于|有的|不是|而是|就是|为|"
    r"当好|争做|争当|树立|坚定|增强|拥护|领悟|践行|牢记|树牢|捍卫|倡导|弘扬|坚持以|着眼|紧盯|抓住|守住|筑牢|把好|"
    r"按下|啃下|扣好|跨过|敲响|刊发|发表|撰写|题为|横幅|标语)(?:了|好|为)?$"
)
_MAKER = re.compile(
    r"(?:创新|探索|推动|深化|落实|用好|培育|培养|选聘|推选|争创|推进|应用|利用|首创|建设|迭代|擦亮|叫响|做强|做优)"
    r"(?:了|好|出|实施|开展|推行|发展|推广|运用)?$"
)
_NUMERAL = "一二两三四五六七八九十百双零"
_RHYME = re.compile(rf"(?:[{_NUMERAL}2-9][^、,+{_NUMERAL}\d]{{1,3}}){{2,6}}")
_COUNTED = re.compile(rf"[{_NUMERAL}2-9\d]")
_CODE = re.compile(rf"\d{{2,6}}|[{_NUMERAL}2-9].{{1,2}}|.{{1,2}}|\w{{1,4}}(?:\+\w{{1,4}}){{1,4}}")
_SUM = re.compile(r"[\w()“”、]{1,16}(?:\+[\w()“”、]{1,16}){1,6}")
_SAYING = re.compile(r"应.{1,2}尽.{1,2}|\d{1,2}[·.]\d{1,2}|谁.{1,3}[、,]?谁.{1,3}")
_BRACKET = re.compile(r"\([^()\n]{1,60}\)")
#: What may stand between a quotation and its head noun; a row's head noun is none of the name.
_LEAD = re.compile(
    r"为主题的?|主题|的(?=工作|[一-龥]{2,6}(?:机制|模式))|"
    r"(?P<row>等(?:\d{1,3}余?[项个种类场]|一系列|系列|各类)?|[两三四五六七八九十\d]{1,3}[支个家项类所](?=[一-龥]))"
)
_WINDOW = re.compile(r"[一-龥A-Za-z0-9+]{0,16}")
_WINDOW_END = re.compile(
    r"为|的|在(?!线)|了|中(?!心|队)|将|与|及|和(?!谐|事|解)|作用|优势|使用率|成为|纳入|引领|组织(?=[学开参召])|"
    r"[一二三四]是|有效|全部|主题(?=,|。|$)"
)


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: the span with its marks, the words inside, and the name made of it, if it is one."""

    start: int
    end: int
    inner: str
    name: Candidate | None = None


@dataclass(frozen=True, slots=True)
class _Tail:
    """A head noun behind a quotation: where it ends, the words from the mark to there, its kind and strength."""

    end: int
    words: str
    kind: str
    strong: bool
    joined: bool
    keeps: bool


def quoted(text: str, words: Words, known: Container[str]) -> Iterator[Quote]:
    """Yield every quotation in the text's order. known: the squashed wordings of initiatives.csv."""
    marks = [Quote(m.start(), m.end(), m[m.lastindex or 0]) for m in _QUOTED.finditer(text)]
    first = 0
    while first < len(marks):
        last = first
        while last + 1 < len(marks) and _ROW.fullmatch(text, marks[last].end, marks[last + 1].start):
            last += 1
        tail = _tail(text, marks[last].end, words)
        for mark in marks[first : last + 1]:
            yield _judge(mark, text, tail if mark is marks[last] else None, tail, words, known)
        first = last + 1


def _tail(text: str, end: int, words: Words) -> _Tail | None:
    """Find the head noun behind a quotation that ends at `end`."""
    bracket = _BRACKET.match(text, end)
    at = bracket.end() if bracket else end
    lead = _LEAD.match(text, at)
    at = lead.end() if lead else at
    window = _WINDOW.match(text, at)[0]  # type: ignore[index]  # the pattern also matches nothing
    stop = _WINDOW_END.search(window)
    window = window[: stop.start()] if stop else window
    for verb in words.opening.finditer(window):
        if verb.group() not in words.kinds and words.makes(verb.group()):
            window = window[: verb.start()]
            break
    strong = loose = None
    for index, start, stop_at in words.tails.find_matches_as_indexes(window):
        word = words.tail_words[index]
        if word not in words.by_role["loose"]:
            strong = (word, stop_at)
        elif start <= 4:
            loose = (word, stop_at)
    if strong is None and loose is None:
        return None
    word, stop_at = strong or loose  # type: ignore[misc]
    joined = bracket is None and not (lead and lead["row"])
    kind = words.kinds[word]
    keeps = strong is not None and (kind != "campaign" or word in words.by_role["named"] or word.endswith("行动"))
    return _Tail(at + stop_at, window[:stop_at], kind, strong is not None, joined, keeps)


def _judge(mark: Quote, text: str, own: _Tail | None, row: _Tail | None, words: Words, known: Container[str]) -> Quote:
    """Make a name of a quotation if it is one. own: the head noun behind it; row: that behind the last of its row."""
    inner = mark.inner.strip()
    before, behind = text[max(0, mark.start - 24) : mark.start], text[mark.end : mark.end + 16]
    if not inner or all(words.has("phrase", part) for part in re.split("[、,]", inner)) or words.has("phrase", inner):
        return mark
    if _HONOURED.search(before) or _HONOUR.match(behind):
        return mark
    if own and text[mark.end] == "的" and len(re.split("[、,]", inner)) > 2 and "+" not in inner:
        own = row = None
    tail = own if own and own.joined else None
    core = squash(inner)
    wording = _wording(core, squash(tail.words) if tail else "", known)
    if tail and wording and wording != core:
        more = len(wording) - len(core)
        tail = replace(tail, end=tail.end - len(tail.words) + more, words=tail.words[:more], keeps=True)
    code = _CODE.fullmatch(inner) is not None
    if not wording and not _is_name(inner, before, behind, own or row, words):
        return mark
    if len(inner) < 3 and not (tail or row or wording):
        return mark
    kept = tail is not None and (code or (tail.keeps and wording != core))
    name = inner + tail.words if tail and kept else inner
    end = tail.end if tail else mark.end
    kind = _kind(inner, before, own or row, words)
    return replace(mark, name=Candidate(mark.start, end, name, core, kind, "quoted", wording))


def _wording(inner: str, tail: str, known: Container[str]) -> str:
    """Return the longest wording of the table that is the quoted words and a part of the head noun, or nothing.

    >>> _wording("八五", "普法工作经验", {"八五普法", "八五普法工作"})
    '八五普法工作'
    """
    return next((inner + tail[:size] for size in range(len(tail), -1, -1) if inner + tail[:size] in known), "")


def _is_name(inner: str, before: str, behind: str, tail: _Tail | None, words: Words) -> bool:
    """Tell a name from a slogan, a word of emphasis or a saying, by its form and by what stands around it."""
    if _NEVER_BEHIND.match(behind) or _SAYING.fullmatch(inner):
        return False
    if tail and tail.strong:
        return True
    if _NEVER_BEFORE.search(before):
        return False
    parts = re.split("[、,]", inner)
    if _RHYME.fullmatch(inner) or _SUM.fullmatch(inner):
        return True
    if len(parts) > 1:
        return all(len(part) <= 5 and _COUNTED.match(part) for part in parts)
    if not 2 <= len(inner) <= 14:
        return False
    made = words.made_before.search(before) or _MAKER.search(before)
    return bool(made) or tail is not None or words.ends_in_head(inner)


def _kind(inner: str, before: str, tail: _Tail | None, words: Words) -> str:
    """Say the kind of a quoted name: by the head noun behind, its own last word, or the verb in front."""
    if tail and tail.strong:
        return tail.kind
    own = words.ending(inner)
    if tail and (tail.kind == "campaign" or not own):
        return tail.kind
    if own:
        return own
    if re.search(r"(?:开展|举办|组织|启动|发起)[^,。;]{0,8}$", before):
        return "campaign"
    return "programme" if re.search(r"(?:创建|争创)[^,。;]{0,6}$", before) else "mechanism"
