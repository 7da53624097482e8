"""Names without quotation marks: numbered (1+3+N治理模式, 三级调解网络) or built on a head noun (物业纠纷调解委员会).

In: a text in which titles and quotations are masked. Out: Candidates; kg/extract/initiatives.py chooses among them.
The left end of a name is decided by the clause: its last verb of making, its function words, its numbers. Head nouns,
verbs and modifiers that specify nothing are rows of kg/tables/name_words.csv.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.extract.names import JOINS, Candidate, Words, squash, unmarked

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
_BEHIND = re.compile(r"[一-龥A-Za-z]{0,14}")
_STOP = re.compile(
    r"[,.。;:!?、“”\"‘’\n《》〈〉\t +)](?:(?<!\))"
    r"|(?<!\(街道\))(?<!\(社区\))(?<!\([镇街居]\))(?<![园户店场市区县]\))(?<!机构\))(?!人民|公共|法律|一|调))"
)
#: Each wording begins with a character as such, by which the search passes it over.
_CUT = re.compile(
    "|".join(
        (
            r"以及|N个|共设|首家|首个|首批|入围|提请|有关|相关|暨(?<=[会议动式]暨)|建设[和与及]|第[一二三四五六\d]{1,2}[次批轮期届]|获评|入选|荣获|被评为|获选|纳入",
            r"的(?<!目的)|了|为(?<![行作]为)(?<!(?<!确)认为)(?!民)|对(?<![应针绝]对)(?!接|口|象|外)[标照]?|由(?<!自由)(?!于)|将|把|使(?!用)得?|让|并(?!联|轨)",
            r"通过|进行(?!政|业|为)|于(?<![由关基对属位等])(?=[乡镇县市区街省综])|(?<![警军校政医检][企地民家校村社])共建(?!共)|[省市区县]政府(?=重大|法律|立法|规范|行政)",
            r"以(?!案|及|学|法)|按(?!揭)照?|是(?!非)|经(?<![财神]经)(?!营|济|费|验)|在(?!线|册|职|校|押)|等(?<![平中高上初优]等)(?!级)",
            r"设(?<=[天处口村边头内里镇乡街道县市区]设)(?![立置施计备区])|新[画增]|其中|列入(?!$)|(?<!所长)(?<!责人)列席(?!$)|录入|作为|分别|办(?<![帮代督领承协主经包交立联举开网通一]办)(?![公理事案法学件证税结成好实医])|打好|办好|打赢|全力|走进|前往|参观|跟进|及时调整|赴|人次|件次|万元|原有|现有|实现|含(?!量|金)|都|除(?!险|隐|患|四|恶|害)|均(?!衡)|先(?!锋|进|行|导)|征询|征求(?!意见$)|听取(?![一-龥]{0,8}意见$)|担任|[一二三四五六七八九十]是",
            r"(?:认真|积极|深入|持续|扎实|大力|切实|进一步|继续|充分|不断|稳步|率先|定期|加快|着力)(?!性|分子)",
            r"[该各本我其](?:镇|乡|街道|县|市|区|局|院|委|厅|旗|单位|部门|类|种|项|级|地)?|分局(?![长党领])",
            r"年(?<![三五百成青老少学童]年)(?!度[述目报考])度?(?!行动|三|五|轻|级|终)|[一二两三四五六七八九十](?:个|处|家|支|座)",
            r"\d(?<![a-z\d+]\d)(?!(?<=1)(?:2\d{3}|1\d|2\d)(?!\d|[余多个支名人件起次]))\d{0,8}(?!\d)[余多]?万?(?!小时|分钟)(?:[个家所支名处批项场次件条座月]小?区?(?!级)|人(?![民大社才员])|公里)?",
        )
    )
)
_CONJUNCTION = re.compile("^[及与](?!时|会|共)")
_TRIED = re.compile("(?:创建(?<=示范创建)|试点(?<=改革试点))(?:工作|$)")  # part of a name: 示范创建工作领导小组
#: Who work in a sector, where nobody builds it: 确保城市管理系统全员持证.
_SECTOR = re.compile("(?:城市|市容|应急)管理系统|[一-龥]{2}监管系统")
#: A department's sector, whatever is built there: 推进县卫生健康系统法治建设.
_DEPARTMENTS = re.compile(
    "(?:^|[省市县区旗盟州镇])(?:卫生健康|卫健|住房和?城乡建设|住建|文化和?(?:广电)?旅游|文旅|自然资源(?:和规划)?|生态环境"
    "|人力资源和?社会保障|人社|农业农村|交通运输|司法行政|医疗保障|医保|退役军人(?:事务)?|工业和信息化|教育体育|教体"
    "|消防救援|发展(?:和)?改革|财政|民政|税务|审计|统计|商务|水利|林业|气象|国资)系统$"
)
_WHOLE = re.compile(
    "设[施计备区]|依法(?:行政|治)|组织(?:部|机构)|规范(?:性文件|涉企)|等级|全面依法|联合(?:执法|会)|创新(?:创业|券)"
)
_OTHERS = re.compile(r"(?:中共)?(?:中央|国务院|全国|省级|[省市区县](?:委|政府|直|人民|公安))")
#: What speaks of several, and names none of them: 一系列特色调解室.
_MANY = ("一系列", "系列", "各类", "不同", "多个", "多种", "这些", "上述", "此类")
#: A square or park is no initiative where it is only the place: 利用柳湖广场开展宣传.
_VENUE = re.compile("(?:利用|依托|选择|选取)$")
_PLACES = ("广场", "公园", "游园")
_TRIVIAL = re.compile(r"工作$|建设$|运行$|运行管理$|[两二三四五六]级$")
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
_RUN_END = re.compile(
    "的|[与及将了]|为|在(?!线)|和(?!谐|解)|化解(?!机制|模式)|作用|优势|一是"
    "|办理(?!机制|模式|制度|流程|平台|系统|中心|大厅|窗口|专区|点)"
)
_OWN = re.compile(r"^[全本]?(?:镇|乡|街道办?|办事处|县|市|区|局|村|社区)(?=党|全面|依法|法治|平安|综|政|信访|普法)")
#: In front of a long name the district's own level is none of it: 县殡葬领域突出问题专项整治工作专班.
_OWN_LEVEL = re.compile("(?:[县市区镇乡旗]|街道)(?!政府|[委直级人域乡城县场民长内属外容街公镇(])(?=.{12})")


def numbered(text: str, words: Words) -> Iterator[Candidate]:
    """Yield the names that have a number or a sum for a designation, with the head noun behind it."""
    if "+" in text:
        for match in _CODE.finditer(text):
            found = _last_head(text, match.end(), words)
            if found:
                end, kind = found
                yield _candidate(text, match.start(), end, squash(match.group()), kind, "numbered")
        yield from _sums(text, words)
    for match in _LEVELS.finditer(text):
        found = _last_head(text, match.end(), words)
        if found:
            levels = _LEVEL_NAMES.search(text, max(0, match.start() - 14), match.start())
            start = levels.start() if levels else match.start()
            yield _candidate(text, start, found[0], "", found[1], "numbered")
    for match in _HOTLINE.finditer(text) if "热线" in text else ():
        yield _candidate(text, match.start(), match.end(), "", "platform", "numbered")
    for match in _DAY.finditer(text) if "·" in text or "." in text else ():
        marked = text.endswith("\x01", 0, match.start())
        yield _candidate(text, match.start() - marked, match.end(), "", "campaign", "numbered")


def rows(text: str, words: Words) -> Iterator[Candidate]:
    """Yield the names that are a row of like parts: 首问负责、限时办结制度, 宪法进机关、进学校活动."""
    for match in _PART.finditer(text):
        first = match.start() + 1
        parts = _PARTS.search(text, max(0, first - 52), first)
        if parts is None or "的" in parts.group() + match.group() or match.group().endswith(words.not_named):
            continue
        clauses = parts.group()[:-1].split("、")
        offset, made = _left(clauses[0], words)
        verbs, clauses[0] = clauses[0][:offset], clauses[0][offset:]
        made = (made or words.makes(verbs)) and not verbs.endswith("执行")  # what is carried out is the general law
        if made and len(clauses[0]) >= 3 and not any(words.ends_in_head(clause) for clause in clauses):
            yield _candidate(text, parts.start() + offset, match.end(), "", "mechanism", "head-noun")
    for match in _ENTRY.finditer(text):
        entered = _ENTERED.search(text, max(0, match.start() - 18), match.start())
        if entered and not _WHO_ENTERS.search(entered.group()[: entered.group().rindex("进")]):
            offset = _left(entered.group()[: entered.group().rindex("进")], words)[0]
            end = _ENTRIES_OF.match(text, match.end())[0]  # type: ignore[index]  # the pattern also matches nothing
            name = _candidate(text, entered.start() + offset, match.end(), "", "campaign", "head-noun")
            yield name._replace(end=match.end() + len(end))
    for match in _ENTRY_ALONE.finditer(text):
        clause = re.split('[,。;:!?、\n"“”]', text[max(0, match.start() - 14) : match.start()])[-1]
        offset, made = _left(clause, words)
        if made and 2 <= len(clause) - offset <= 8 and not _WHO_ENTERS.search(clause):
            yield _candidate(text, match.start() - len(clause) + offset, match.end(), "", "campaign", "head-noun")


def _sums(text: str, words: Words) -> Iterator[Candidate]:
    """Yield the names that join words with +: 专业机构+社工+志愿者服务模式."""
    at = text.find("+")
    while at >= 0:
        rest = _ADDENDS.match(text, at)
        first = _ADDEND.search(text[max(0, at - 16) : at])
        end = rest.end() if rest else at + 1
        if rest and first:
            start = at - len(first.group()) + _left(first.group(), words)[0]
            found = _last_head(text, text.rfind("+", at, end) + 1, words)
            if found and start <= at - 2:
                yield _candidate(text, start, found[0], "", found[1], "numbered")
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
            yield _candidate(text, start, end + 2 * built, text[start:end], "programme", "numbered")
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
        clause = _clause(text, at)
        offset, made = _left(clause, words)
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
        if not _names(modifier, head, made or joined, words):
            continue
        listed = end
        yield _candidate(text, left, end, "", words.kinds[head], "head-noun")


def _clause(text: str, at: int) -> str:
    """Return the words of a clause before a head noun at `at`."""
    clause = text[max(0, at - 32) : at]
    stop = 0
    for mark in _STOP.finditer(clause):
        stop = mark.end()
    clause = clause[stop:]
    return clause[clause.rfind("(") + 1 :] if "(" in clause and ")" not in clause else clause


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


@lru_cache(maxsize=1024)
def _left(clause: str, words: Words) -> tuple[int, bool]:
    """Say where the name that ends with the clause begins, and whether a verb of making stands before it.

    >>> from kg.extract.names import words
    >>> clause = "街道建立健全重大案件会商"
    >>> clause[_left(clause, words())[0]:]
    '重大案件会商'
    """
    at = 0
    for pattern in (words.joined, _CUT, words.verbs) if JOINS.search(clause) else (_CUT, words.verbs):
        for match in pattern.finditer(clause, at):
            if not _TRIED.match(clause, match.start()):
                at = match.end()
    made = at > 0 and words.verbs.search(clause, 0, at) is not None
    if clause.startswith("设", at) and not _WHOLE.match(clause, at):  # 设基层联系点
        at += 1
    while match_ := words.opening.match(clause, at):
        making = words.by_role["opening"].get(match_.group(), ("", 0))[0]
        if match_.end() >= len(clause) or _WHOLE.match(clause, at) or (made and making):
            break
        at = match_.end()
    return at, made


def _names(modifier: str, head: str, made: bool, words: Words) -> bool:
    """Tell whether a modifier is specific enough to make a name with its head noun."""
    named = head in words.by_role["named"]
    core = squash(modifier) if named else _TRIVIAL.sub("", squash(modifier))
    if (not named and not made) or modifier.startswith("工作"):
        return False
    if len(core) < words.least[head] or len(modifier) > 26 or modifier.endswith(("和", "与", "及")):
        return False
    if (modifier + head).endswith(words.not_named) or words.has("phrase", modifier + head):
        return False
    sector = head.endswith("系统") and (modifier.startswith("全") or (not made and _SECTOR.search(modifier + head)))
    if sector or _DEPARTMENTS.search(modifier + head):  # 全省市场监管系统: all who work there
        return False
    if words.kinds[head] == "body" and _OTHERS.match(modifier):
        return False
    if modifier.endswith("新") and (words.kinds[head] == "mechanism" or head == "阵地"):  # 探索纠纷调处新模式: an aim
        return False
    at = 0
    while match := words.generic.match(core, at):
        at = match.end()
    if len(core) == at and core.startswith(_MANY):
        return False
    return len(core) - at >= 2 or len(core) >= (4 if named else 6) or (not words.least[head] and (named or made))


def _last_head(text: str, at: int, words: Words) -> tuple[int, str] | None:
    """Find the last head noun of the word run at `at`: where it ends, and its kind."""
    run = _BEHIND.match(text, at)[0]  # type: ignore[index]  # the pattern also matches nothing
    stop = _RUN_END.search(run)
    run = run[: stop.start()] if stop else run
    best = None
    for index, _, end in words.tails.find_matches_as_indexes(run):
        word = words.tail_words[index]
        if word not in words.by_role["loose"] or best is None:
            end += word.endswith("队") and run.startswith("伍", end)  # 护林队伍
            best = (at + end, words.kinds[word], word not in words.by_role["loose"])
    return best[:2] if best and best[2] else None


def _candidate(text: str, start: int, end: int, core: str, kind: str, rule: str) -> Candidate:
    name = unmarked(text[start:end])
    own = _OWN.match(name) or _OWN_LEVEL.match(name) if rule == "head-noun" else None
    if own and len(name) - own.end() >= 6:
        start, name = start + own.end(), name[own.end() :]
    return Candidate(start, end, name, core or squash(name), kind, rule)
