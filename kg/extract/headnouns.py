"""Names without quotation marks: numbered (1+3+N治理模式, 三级调解网络) or built on a head noun (物业纠纷调解委员会).

In: a text in which titles and quotations are masked. Out: Candidates; kg/extract/initiatives.py chooses among them.
How far a name reaches is told by kg/extract/modifiers.py. Head nouns are rows of kg/tables/name_words.csv.
"""

import re
from collections.abc import Iterator

from kg.extract.modifiers import candidate, clause_before, last_head, left_end, specific
from kg.extract.names import Candidate, Words, squash

_CODE = re.compile(r"\d(?<![\d.+]\d)\d?(?:\+(?:\d{1,2}|[NXn]|[一-龥]{1,8})){1,6}(?![\d%.])")
_ADDEND = re.compile(r"[一-龥A-Za-z()]{2,16}$")
_ADDENDS = re.compile(r"(?:\+[一-龥A-Za-z()]{1,16}){1,6}")
_LEVELS = re.compile(r"[两二三四五六]级(?=[一-龥]{2,14}(?:体系|网络|阵地|平台|机制|队伍|团队|模式))")
_LEVEL_NAMES = re.compile("(?:(?:街道|社区|苏木|嘎查|[省市县区旗乡镇街村组户居])(?:\\([一-龥]{1,4}\\))?、?){2,5}$")
#: 首问负责、限时办结、一次性告知制度: parts that have no head noun of their own share the one behind the last.
_PART = re.compile("、[一-龥]{2,8}(?:制度|机制)(?!、)")
_PARTS = re.compile("(?:[一-龥]{3,12}、)(?:[一-龥]{3,9}、){0,4}$")
#: 宪法进机关、进学校、进社区活动
_ENTRY = re.compile("[、,]进[一-龥]{1,4}(?:[、,]进[一-龥]{1,4}){0,8}")
_ENTERED = re.compile("[一-龥]{2,12}?进[一-龥]{1,4}$")
_WHO_ENTERS = re.compile("(?:志愿者|队伍?|团|律师|干部|人员|[员警官]|前后|期间)$")  # what they do, no name
#: One place alone makes a name only as a 活动: 统计法进党校活动.
_ENTRY_ALONE = re.compile(
    "进(?<![走送引推跟改促]进)(?:机关|党校|高校|校园|学校|企业|社区|农村|乡村|村居|军营|家庭|工地|景区|单位|市场|商圈|园区)"
    "(?:系列|主题|专题|宣传|宣讲|普法){0,2}活动"
)
_ENTRIES_OF = re.compile("(?:普法|宣传|主题|系列)*(?:活动)?")
_HOTLINE = re.compile(r"\d(?<!\d\d)\d{4}[一-龥]{0,6}热线")
_WISHES = ("平安", "法治")
_LEVEL = re.compile("(?:自治区|街道|[省市区县旗盟州镇乡])$")
_DAY = re.compile(r"\d(?<!\d\d)\d?[·.]\d{1,2}\x01?(?!个|小时|分钟|万|亿)[一-龥]{2,10}?日(?!常|期)")
_CONJUNCTION = re.compile("^[及与](?!时|会|共)")
#: A square or park is no initiative where it is only the place: 利用柳湖广场开展宣传.
_VENUE = re.compile("(?:利用|依托|选择|选取)$")
_PLACES = ("广场", "公园", "游园")
#: 平台化, 中心组, 岗位, 示范带动, 调解中心主任; 应急管理系统48名同志: who work there
_FOLLOWED = re.compile(
    r"[化性组伍位律头]|(?<=法)[治规制]|(?<=项目)(?:改革|录)|会前|度(?!假)|动(?!态)|员(?!会)|长(?!廊)|副?主任|(?<=系统)(?:\d{1,5}余?[名人个项]|全体|干部|党员|职工)"
    r"|(?<=年)[终末底初度内]|(?<=法)典型案例|(?<=制度)体系|(?<=闭环)(?:管理|监管|运行|化解|处理|处置|治理|解决|流转|整改)|(?<=示范[区县市点])(?:建设|创建)?目标"
)
#: What the work was made a part of: 纳入全县发展总体规划.
_INTO = re.compile("[纳列]入(?:[全我本][省市县区镇乡局街])?$")
#: What is said of an honour, whatever marks were lost: 被命名为“全省节水示范区; or of what one goes by.
_HONOURED = re.compile(
    "(?:获评|荣获|授予|荣膺|喜获|(?:命名|评选?|授予|认定|确认|确定|列)为)了?(?:全[国省市县区]|[国省市县区]家?级)?[“\x01]?$"
    "|[按依参]照$"
)
#: What becomes of a thing that was set up: 河口法务中心挂牌.
_IN_USE = re.compile(
    "(?:正式|成功|全面|建成|顺利)?(?:入选|获评|揭牌|挂牌|投用|启用|投入使用|投入运行|上线|开馆|开园|开放|落成|成立)(?!以来|率)"
)
#: How many characters of modifier name what is worked with: 在法治云岭公众号发布.
_WORKED_WITH = {"平台": 8, "系统": 8, "公众号": 3, "小程序": 3}
#: What a zone or body is told or handed, which is no name of it: 情况已报送示范区; but 信息报送制度.
_TOLD = re.compile("(?:报告|报送|上报|抄报|抄送|汇报|移交|转交)[给至到了]?$")
#: 记录、通报和责任追究制度: all of them together have the head noun.
_LAST_OF = re.compile("[和与及](?!谐|睦|解)")


def numbered(text: str, words: Words) -> Iterator[Candidate]:
    """Yield the names that have a number or a sum for a designation, with the head noun behind it."""
    if "+" in text:
        for match in _CODE.finditer(text):
            found = last_head(text, match.end(), words)
            if found:
                end, kind = found
                yield candidate(text, match.start(), end, squash(match.group()), kind, "numbered")
        yield from _sums(text, words)
    for match in _LEVELS.finditer(text):
        found = last_head(text, match.end(), words)
        if found:
            levels = _LEVEL_NAMES.search(text, max(0, match.start() - 14), match.start())
            start = levels.start() if levels else match.start()
            yield candidate(text, start, found[0], "", found[1], "numbered")
    for match in _HOTLINE.finditer(text) if "热线" in text else ():
        yield candidate(text, match.start(), match.end(), "", "platform", "numbered")
    for match in _DAY.finditer(text) if "·" in text or "." in text else ():
        marked = text.endswith("\x01", 0, match.start())
        yield candidate(text, match.start() - marked, match.end(), "", "campaign", "numbered")


def rows(text: str, words: Words) -> Iterator[Candidate]:
    """Yield the names that are a row of like parts: 首问负责、限时办结制度, 宪法进机关、进学校活动."""
    for match in _PART.finditer(text):
        first = match.start() + 1
        parts = _PARTS.search(text, max(0, first - 52), first)
        if parts is None or "的" in parts.group() + match.group() or match.group().endswith(words.not_named):
            continue
        clauses = parts.group()[:-1].split("、")
        offset, made = left_end(clauses[0], words)
        verbs, clauses[0] = clauses[0][:offset], clauses[0][offset:]
        made = (made or words.makes(verbs)) and not verbs.endswith("执行")  # what is carried out is the general law
        if made and len(clauses[0]) >= 3 and not any(words.ends_in_head(clause) for clause in clauses):
            yield candidate(text, parts.start() + offset, match.end(), "", "mechanism", "head-noun")
    for match in _ENTRY.finditer(text):
        entered = _ENTERED.search(text, max(0, match.start() - 18), match.start())
        if entered and not _WHO_ENTERS.search(entered.group()[: entered.group().rindex("进")]):
            offset = left_end(entered.group()[: entered.group().rindex("进")], words)[0]
            end = _ENTRIES_OF.match(text, match.end())[0]  # type: ignore[index]  # the pattern also matches nothing
            name = candidate(text, entered.start() + offset, match.end(), "", "campaign", "head-noun")
            yield name._replace(end=match.end() + len(end))
    for match in _ENTRY_ALONE.finditer(text):
        clause = re.split('[,。;:!?、\n"“”]', text[max(0, match.start() - 14) : match.start()])[-1]
        offset, made = left_end(clause, words)
        if made and 2 <= len(clause) - offset <= 8 and not _WHO_ENTERS.search(clause):
            yield candidate(text, match.start() - len(clause) + offset, match.end(), "", "campaign", "head-noun")


def _sums(text: str, words: Words) -> Iterator[Candidate]:
    """Yield the names that join words with +: 专业机构+社工+志愿者服务模式."""
    at = text.find("+")
    while at >= 0:
        rest = _ADDENDS.match(text, at)
        first = _ADDEND.search(text[max(0, at - 16) : at])
        end = rest.end() if rest else at + 1
        if rest and first:
            start = at - len(first.group()) + left_end(first.group(), words)[0]
            found = last_head(text, text.rfind("+", at, end) + 1, words)
            if found and start <= at - 2:
                yield candidate(text, start, found[0], "", found[1], "numbered")
        at = text.find("+", end)


def after_place(text: str, district: str | None) -> Iterator[Candidate]:
    """Yield what is called after the district itself: 平安云岭建设, 法治云岭 in 云岭县."""
    stem = _LEVEL.sub("", district or "")
    at = text.find(stem) if len(stem) > 1 else -1
    while at >= 0:
        start, end = at - 2, at + len(stem)
        led = text[max(0, start) : at] in _WISHES and text[start - 1 : start] != "“"
        built = text.startswith(("建设", "创建"), end)
        if led and (built or text.startswith(tuple(f"、{wish}{stem}建设" for wish in _WISHES), end)):
            yield candidate(text, start, end + 2 * built, text[start:end], "programme", "numbered")
        at = text.find(stem, at + 1)


def headed(text: str, words: Words, start: int) -> Iterator[Candidate]:
    """Yield the names built on a head noun, from `start` (the end of the preamble) on."""
    listed = -1  # where the last name of a list ended: its verb counts for the next name too
    for index, at, end in words.heads.find_matches_as_indexes(text):
        if at < start:
            continue
        head = words.head_words[index]
        if head[-1] == "制" and text.startswith("度", end):  # 列席制度, though 列席制 is a head noun too
            head, at, end = "制度", end - 1, end + 1
        if _FOLLOWED.match(text, end):
            continue
        clause = clause_before(text, at)
        offset, made = left_end(clause, words)
        made = made or (words.kinds[head] != "body" and _listed(text, at - len(clause), words))
        made = made or (words.kinds[head] != "body" and words.makes(clause[:offset]))
        modifier = _CONJUNCTION.sub("", clause[offset:])
        if _LAST_OF.search(modifier) and text.startswith("、", at - len(clause) - 1):
            continue
        if words.opening.fullmatch(modifier):  # 改造法治楼道, 调整领导小组
            modifier = ""
        left = at - len(modifier)
        if _only_mentioned(text, left, clause[:offset], modifier, head, made, words.kinds[head]):
            continue
        made = made or _in_use(text, left, end, head)
        joined = text[listed:left] in ("、", "和", "与", "及", "以及") if 0 <= listed < left else False
        if made or joined:
            listed = end
        if not specific(modifier, head, made or joined, words):
            continue
        listed = end
        yield candidate(text, left, end, "", words.kinds[head], "head-noun")


def _only_mentioned(text: str, left: int, said: str, modifier: str, head: str, made: bool, kind: str) -> bool:
    """Tell whether a thing is only an honour, told something, a venue, or what work was made a part of.

    left: where its name begins; said: the words of its clause before it; made: whether they bring it about.
    """
    if _HONOURED.search(text, max(0, left - 12), left) or _HONOURED.search(said):
        return True
    if (head.endswith("区") or (kind == "body" and not made)) and _TOLD.search(modifier):
        return True
    if head in _PLACES and _VENUE.search(said) and "法" not in modifier:
        return True
    return kind == "programme" and _INTO.search(said) is not None


def _in_use(text: str, left: int, end: int, head: str) -> bool:
    """Tell whether what stands around text[left:end] says that the thing was opened, or that it is worked with."""
    if _IN_USE.match(text, end):
        return True
    long = _WORKED_WITH.get(head)
    return long is not None and end - len(head) - left >= long and text.endswith(("在", "通过"), 0, left)


def _listed(text: str, start: int, words: Words) -> bool:
    """Tell whether a name's clause goes on with a list that a verb of making begins: 建立任前考试、会前学法制度."""
    if start < 1 or text[start - 1] != "、":
        return False
    first = max(text.rfind(mark, max(0, start - 90), start) + 1 for mark in ",。;:\n")
    return words.verbs.match(text, first, start) is not None
