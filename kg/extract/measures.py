"""Measure words in running text: which rows of tables/units.csv follow a number there, and what they are not.

In: the tables. Out: a pattern of all of them, longest first. A new measure word is a row of tables/units.csv; if it
also begins other words (件 in 件套), those are told in LONGER.
"""

import re

from kg.vocabulary import Vocabulary

#: Units of the table that do not follow a number in running text, or follow dates, ages, ranks and clocks.
UNFIT = frozenset(
    "年 年度 月 个月 周 星期 季度 周年 点 步 级 版 员 队 班 角 人数 人民币 批复 度(电) 部(设备) 百分之 千分之 "
    "万分之 次/年 次/月 万 亿".split()
)
#: Time is a figure only where something took or lasted it, not in “24小时服务” or “15分钟服务圈”.
DURATIONS = frozenset("天 日 小时 个小时 分钟 秒 学时 课时 工作日 个工作日".split())
#: What makes a measure word the beginning of another word: 件 in 件套 is none.
LONGER = dict(
    entry.split(":")
    for entry in (
        "个:多?月|多?小时|年|星期|季度|性|体|别|案(?!例|件) "
        "人:员|民|大代表|才|口|力|均|物|格|士|身|事|文|性|居|脸|工|体|类 "
        "件:套 条:例|款|件 次:生|序|要|日|年|级|数 家:庭|园|长|属|风|政|校|乡|畜 "
        "名:单|称|录 "
        "所:有|在|属|需|辖|谓|以|得 处:理|置|罚|室|级|长|于|境|所|方|突|事|办|分 期:间|限|满|待|望|末|货|权 份:额|子 "
        "场:所|地|景|馆|合|面|域|内|外 项:目(?!标)|链 起:诉(?!讼)|点|草|来|步|初|源|到|重|因|码|立|用|底 "
        "批:准|评|示|判|量|发|捕|办|转|阅 户:籍|口|外|型|主|均 台:账|阶|风|湾|词 部:门|队|分|署|委|长|位|级|落 "
        "本:级|地|市|区|县|镇|街|年|次|辖|单位|人|身|质|着|科|院|部|局|报|村|职|行|案 篇:章|幅 幅:度|员 张:贴 "
        "卷:面|烟 块:状 封:闭|面|堵|存 组:织|建|成|长|员|团|合 片:区 村:民|级|规|支|干|务|庄|落 "
        "社区:民警|干部|书记|工作者 网格:员|长|化|管 位:于|置|列|居|次|阶 例:会|如|外|行|证 "
        "单:位|独|元|纯|一|项|个|行|据|次|身|向 节:约|点|日|假|能|省|目|水 只:有|要|能|是|为|需|得|剩 头:脑|衔|像|条 "
        "套:用|路|餐 种:植|子|族 类:别|型|似 门:口|诊|店|户|槛 道:路|德|理|歉 款:项|式 元:旦|素|件|宵|化|年|月 "
        "分:钟|之|别|类|级|管|局|工|析|布|批|期|享|所|层|为|散|流|组|支|队|公|片|包|区 "
        "成:立|员|果|效|功|为|长|熟|本|都|就|年|人|品|因|绩 平方:米|公里|千米 克:服|难 方:案|面|式|便|法|向|针 "
        "对:[^夫婚新当,。;、)] 笔:试|记|录|者|迹 发:[^子,。;、)] 箱:子 面:[^锦国牌旗,。;、)] 集:[^动微短普法,。;、)] "
        "袋:鼠 瓶:颈 单位:[^,。;、)] 盒:子 "
        "副:[职主书镇乡县市区局校院所科处厅省部队会教秘总食业本产作标省厅股] 尾:[号款气巴数] "
        "日:[^,。;、)压缩减提内] 天:然|津|气 轮:车|椅|换|流|训 把:手|关|握 票:据"
    ).split()
)
#: Here 千 is no number.
_THOUSANDS = ("千克", "千米", "千瓦时", "千分点")
#: Measure words that a bare Chinese numeral may stand before without more ado (两次, 五名, 六家).
PLAIN = frozenset(
    "次 场 场次 名 位 人 人次 家 家次 处 所 件 起 宗 份 册 篇 封 户 户次 辆 台 座 间 例 轮 轮次 批次 堂 节 幅 亩 元 "
    "公里 倍 成 % 个工作日 工作日 个百分点 平方米 ㎡ 学时 小时 天".split()
)


def pattern(tables: Vocabulary) -> str:
    """Return the pattern of the measure words that may follow a number, without those that hold 余, 万 and the like."""
    units = [unit for unit in tables.units if unit not in UNFIT and (unit in _THOUSANDS or unit[0] not in "余万亿百千")]
    words = "|".join(
        re.escape(u) + (f"(?!{LONGER[u]})" if u in LONGER else "") for u in sorted(units, key=lambda u: (-len(u), u))
    )
    first = "".join(sorted({re.escape(u[0]) for u in units}))  # one look: most numbers have none behind them
    return f"(?=[{first}])(?:{words})"
