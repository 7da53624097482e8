"""How far a name reaches that is built on a head noun, and whether its modifier is specific enough to name.

In: the words of a clause before a head noun, or behind a number. Out: where the name begins or ends; a Candidate.
The left end of a name is decided by the clause: its last verb of making, its function words, its numbers. Verbs and
modifiers that specify nothing are rows of kg/tables/name_words.csv.
"""

import re
from functools import lru_cache

from kg.extract.names import JOINS, Candidate, Words, squash, unmarked

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
_TRIVIAL = re.compile(r"工作$|建设$|运行$|运行管理$|[两二三四五六]级$")
_RUN_END = re.compile(
    "的|[与及将了]|为|在(?!线)|和(?!谐|解)|化解(?!机制|模式)|作用|优势|一是"
    "|办理(?!机制|模式|制度|流程|平台|系统|中心|大厅|窗口|专区|点)"
)
_OWN = re.compile(r"^[全本]?(?:镇|乡|街道办?|办事处|县|市|区|局|村|社区)(?=党|全面|依法|法治|平安|综|政|信访|普法)")
#: In front of a long name the district's own level is none of it: 县殡葬领域突出问题专项整治工作专班.
_OWN_LEVEL = re.compile("(?:[县市区镇乡旗]|街道)(?!政府|[委直级人域乡城县场民长内属外容街公镇(])(?=.{12})")


def clause_before(text: str, at: int) -> str:
    """Return the words of a clause before a head noun at `at`."""
    clause = text[max(0, at - 32) : at]
    stop = 0
    for mark in _STOP.finditer(clause):
        stop = mark.end()
    clause = clause[stop:]
    return clause[clause.rfind("(") + 1 :] if "(" in clause and ")" not in clause else clause


@lru_cache(maxsize=1024)
def left_end(clause: str, words: Words) -> tuple[int, bool]:
    """Say where the name that ends with the clause begins, and whether a verb of making stands before it.

    >>> from kg.extract.names import words
    >>> clause = "街道建立健全重大案件会商"
    >>> clause[left_end(clause, words())[0]:]
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


def specific(modifier: str, head: str, made: bool, words: Words) -> bool:
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


def last_head(text: str, at: int, words: Words) -> tuple[int, str] | None:
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


def candidate(text: str, start: int, end: int, core: str, kind: str, rule: str) -> Candidate:
    name = unmarked(text[start:end])
    own = _OWN.match(name) or _OWN_LEVEL.match(name) if rule == "head-noun" else None
    if own and len(name) - own.end() >= 6:
        start, name = start + own.end(), name[own.end() :]
    return Candidate(start, end, name, core or squash(name), kind, rule)
