"""Which part of a report a heading names: achievements, problems, plans or other.

In: a heading. Out: its role, or None where its own words name none. A new wording of a part is a word in ROLES.
"""

import re

from kg.model import Role

NUMERAL = "[一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾]{1,3}"
#: What stands for a number that was taken out of a copy: *、 (×).
MASK = "[*×]{1,2}"
_NUMBER = re.compile(rf"^[ \t]*[(第]?(?:{NUMERAL}|\d+|{MASK}|[㈠-㈩])(?:部分|章)?[)、.,: ]*")
_YEAR = r"(?:20\d\d|明|来|新的?一|下一?)[ ]?年度?"
#: First match wins; what nothing matches is an achievement.
ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (
        "other",
        re.compile(
            "其他(?:需要|(?:有关|相关)?(?:情况|事项)$)|需要(?:报告|说明)的|^(?!.*下一?步).*(?:工作|意见|相关|有关|几点|对策)(?:和|、)?建议$|附[件表]"
        ),
    ),
    (
        "problems",
        re.compile(
            "存在.{0,12}(?:问题|不足|困难|短板|差距|薄弱)|(?:问题|不足|短板|困难|差距)[^,]{0,6}(?:原因|分析)|主要(?:问题|不足|困难)"
            "|(?:发现|查找|查摆)的?(?:主要)?问题|^原因(?:分析|剖析)|形势[和与及、]挑战"
            "|(?:问题|不足)(?:和|与|及|、)(?:不足|困难|问题|短板|差距)|^(?!.{0,6}(?:补齐|补强|破解|攻克|解决))[^,]{0,8}(?:不足之处|薄弱环节|短板弱项)"
            "|^(?!.{0,4}(?:解决|化解|整改|聚焦)).{0,4}(?:困难|问题|不足|短板)$"
            "|(?:工作|当前|目前|面临|改进|[上中])的(?:主要|突出)?(?:困难|问题|不足|短板|差距)$"
            "|^(?!.{0,4}(?:解决|化解|整改|聚焦|坚持|紧盯|围绕)).{0,8}(?:问题|不足|困难|短板|差距)(?:和|与|及|以及|、)(?:下一?步|对策|挑战|整改(?!情况)|改进(?!情况)|难点)"
            "|(?:形势|挑战)(?:和|与|及|、)(?:困难|问题|不足)|^还?(?:需要?|有待)改进的|问题剖析|(?:亟[待需]|有待|尚需|^需要)解决的|问题(?:和|与|及|、)建议|难点(?:和|与|及|、)问题|(?:中|工作|建设)的(?:主要)?(?:难点|堵点|痛点)(?:和|、|$)"
        ),
    ),
    (
        "plans",
        re.compile(
            "下一?步|下一?阶段|今后|接下来|努力方向|^未来|(?:工作|年度?|下步)[^,]{0,8}(?:计划(?!公开|管理)|打算|安排(?!部署)|思路|设想|展望|谋划)"
            f"|{_YEAR}[^,]{{0,14}}(?:计划|打算|安排|思路|设想|展望|重点|目标|任务|(?:要点|规划)$)"
            "|(?:改进|整改)(?:措施|方向|打算)|^(?:计划|打算|展望)"
        ),
    ),
)
#: What was done and what is lacking, in one chapter: its points say which is which.
_BOTH = re.compile(
    "(?:做法|成效|成绩|举措|措施|(?:开展|完成|落实)情况)[、和及与]{1,2}(?:存在|主要|面临)?的?(?:问题|不足|困难|短板)"
)
#: What was done about last year's problems, or of this year's plan.
_DONE = re.compile(
    "(?:问题|不足)的?整改[^,]{0,6}(?:情况|工作|成效)$|(?:目标|任务|计划|要点|重点|安排)[^,]{0,6}(?:完成|落实|执行|推进|开展|实施|进展)情况$|^(?:认真|严格|全面|扎实)?(?:落实|制定|完成|执行|编制)[^,]{0,8}(?:计划|要点|任务|安排)"
    "|^(?:紧扣|围绕|对照|对标|按照|根据|依据)[^,]{0,24}(?:计划|要点|任务|安排|部署)[^,]{0,8},"
    "|^(?:上一?|去)年度?(?:原|原先)?(?:计划|打算|安排)"  # a plan that was: 上年计划新建广场2个
)


def role_of(heading: str) -> Role | None:
    """Return the part that a heading's own words name, or None.

    >>> [role_of(h) for h in ("三、2025年工作计划", "二、存在的不足和原因", "(一)着力解决群众反映的问题")]
    ['plans', 'problems', None]
    """
    words = _NUMBER.sub("", heading).strip("。:;【】 \t")
    if _BOTH.search(words) or _DONE.search(words):
        return None
    return next((role for role, pattern in ROLES if pattern.search(words)), None)
