"""All that reading a report opens at its first use - tables, dictionaries, patterns - opened by reading one.

In: nothing. Out: nothing; the processes that hand.py makes of this one find it open.
"""

from kg.build.version import version
from kg.build.work import item_of
from kg.read import LIMITS, read_data
from kg.vocabulary import complete

#: It has what reports have: a title, headings, figures and rates, laws with and without marks, places, names, plans;
#: and some traditional characters.
_REPORT = """江苏省太仓市沙溪镇2023年法治政府建设年度报告
2023年,沙溪镇坚持以习近平新时代中国特色社会主义思想为指导,深入贯彻习近平法治思想,现将法治政府建设情况报告如下:
一、主要举措和成效
(一)依法履行职能。认真落实《法治政府建设实施纲要(2021—2025年)》和《中华人民共和国行政处罚法》,对照优化营商环境条例,
梳理权责清单120项,同比增长12.5%,其中行政许可事项36项,办结率达100%。全年未发生行政复议被纠错案件。
(二)化解矛盾纠纷。依託“法润沙溪”工作室、镇综治中心和人民調解委员会,调解矛盾纠纷945起,成功率98.6%,涉及金额约300余万元;
组织开展“八五”普法、宪法宣传周等活动20余场次,发放宣传资料8000余份,受教育群众1.2万人次,较上年增加三百人。
(三)规范行政执法。开展综合行政执法检查56次,查处违法案件17件,罚款2.3万元,整改率为100%;持证执法人员增至14名。
二、存在的不足和原因
一是法治宣传形式不够新;二是基层执法力量不足。
三、下一年度工作安排
2024年计划开展法治培训4场,推进“法治驿站”建设,力争办结率不低于95%。
沙溪镇人民政府
2024年1月15日
"""


def warm() -> None:
    """Read a report that nobody wrote."""
    complete()
    version()
    for name, found in read_data(_REPORT.encode(), "报告.txt", LIMITS):
        item_of(name, found)
