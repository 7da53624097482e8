"""Made-up reports as the sites of many governments show them: real places, invented facts, each in its own markup.

SITES: name -> a function that makes the page, the report's lines in it, words of the chrome that must not be in the
text, and the header that a careful reader takes from the page. A new kind of site is an entry there.
"""

from collections.abc import Callable
from typing import Any, NamedTuple


class Site(NamedTuple):
    """A page; the lines of the report in it; words that stand around it; the header."""

    page: str
    lines: tuple[str, ...]
    around: tuple[str, ...]
    header: dict[str, Any]


def _page(title: str, body: str, head: str = "") -> str:
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>{head}'
        f"<style>body{{margin:0}}</style></head><body>{body}</body></html>"
    )


def _p(lines: tuple[str, ...], tag: str = "<p>{}</p>") -> str:
    return "".join(tag.format(line) for line in lines)


def _links(*words: str) -> str:
    return "".join(f'<li><a href="/{i}.html">{word}</a></li>' for i, word in enumerate(words))


_NAV = _links("首页", "要闻动态", "政务公开", "办事服务", "互动交流", "数据开放", "走进本地")


def _fujian() -> Site:
    """A list of labels above, the publisher a committee and its office; clock, share buttons, QR code."""
    title = "石狮市湖滨街道2025年法治政府建设情况报告"
    lines = (
        "2025年,湖滨街道把法治要求融入城市治理各环节,依法行政水平持续提升。现将有关情况报告如下:",
        "一、推进法治政府建设的主要举措与成效",
        "(一)优化职能体系,提升治理效能",
        "街道新增权责事项4项,全年办理便民服务事项2316件,按期办结率100%。",
        "(二)规范执法行为,维护公平秩序",
        "综合执法队开展联合检查73次,拆除违建1860平方米,无行政败诉案件。",
        "二、存在的不足",
        "部分社区普法阵地利用率不高,执法辅助人员流动较快。",
        "三、2026年工作安排",
        "推动法律顾问下沉社区,每月坐班不少于2天。",
    )
    body = (
        f'<div class="top"><a href="/">设为首页</a><a href="/f">收藏本站</a><span>无障碍浏览</span></div><ul class="nav">{_NAV}</ul>'
        '<div class="location">当前位置:<a>首页</a> &gt; <a>政务公开</a> &gt; <a>镇(街道)公开</a> &gt; <a>湖滨街道</a></div>'
        '<div class="xxgk_detail"><ul class="xl_head"><li><b>索 引 号:</b>QZ06902-0100-2026-00002</li>'
        "<li><b>备注/文号:</b>狮湖委〔2026〕1号</li>"
        "<li><b>发布机构:</b>中共石狮市委湖滨街道工作委员会 石狮市湖滨街道办事处</li>"
        f'<li><b>公文生成日期:</b>2026-01-06</li></ul><h1 class="tit">{title}</h1>'
        '<div class="time">时间:2026-01-08 16:20 <span>浏览量:<i>37</i></span></div>'
        f'<div class="TRS_Editor">{_p(lines, "<p>　　{}</p>")}</div><div class="share">分享到:<a>微信</a><a>微博</a></div>'
        "<div class='ewm'><img src='q.png'><p>扫一扫在手机上查看当前页面</p></div></div>"
        '<div class="foot">主办单位:石狮市人民政府办公室 网站标识码:3505810001 闽ICP备05000001号</div>'
    )
    header = {
        "title": title,
        "issuer": "中共石狮市委湖滨街道工作委员会 石狮市湖滨街道办事处",
        "district_path": ["福建省", "泉州市", "石狮市", "湖滨街道"],
        "year": 2025,
        "published": "2026-01-08",
    }
    around = ("设为首页", "分享到", "扫一扫", "ICP", "公文生成日期", "浏览量")
    return Site(_page(f"{title}_湖滨街道_石狮市人民政府", body), (title, *lines), around, header)


def _chongqing() -> Site:
    """An index table printed twice for two widths of screen; the document's own title over two lines."""
    lines = (
        "重庆市梁平区屏锦镇人民政府",
        "关于2025年法治政府建设情况的报告",
        "2025年,我镇紧紧围绕中心工作,把法治建设摆在突出位置,各项任务有序推进。现将年度情况报告如下:",
        "一、主要工作与成效",
        "(一)加强组织领导,压实法治责任。全年召开专题会议5次,研究重大事项11项。",
        "(二)规范行政执法,提升执法质效。办理案件36件,罚款4.2万元,评查案卷12份。",
        "二、存在问题与不足",
        "村级法治力量薄弱,法律明白人作用发挥不充分。",
        "三、2026年工作打算",
        "分片组织培训8期,实现法律明白人轮训全覆盖。",
    )
    cells = (
        ("索引号", "11500228709312345X/2026-00006"),
        ("发文字号", ""),
        ("发布机构", "梁平区屏锦镇"),
        ("主题分类", "公安、安全、司法"),
        ("成文日期", "2026-01-29"),
        ("发布日期", "2026-02-04"),
        ("体裁分类", "工作报告"),
        ("有效性", ""),
    )
    wide = "".join(f"<td>[ {a} ]</td><td>{b}</td>" + ("</tr><tr>" if i % 2 else "") for i, (a, b) in enumerate(cells))
    narrow = "".join(f"<p><span>[ {a} ]</span><span>{b}</span></p>" for a, b in cells)
    page_title = "重庆市梁平区屏锦镇人民政府关于2025年度法治政府建设情况的报告"
    body = (
        f'<div class="header"><h2>重庆市梁平区人民政府</h2><ul>{_NAV}</ul></div>'
        '<div class="crumb">您当前的位置:<a>首页</a>&gt;<a>政务公开</a>&gt;<a>政府信息公开目录</a>&gt;<a>法治政府建设年度报告</a></div>'
        f'<table class="pc"><tr>{wide}</tr></table><div class="phone">{narrow}</div>'
        f'<p class="tit">{page_title}</p><div class="document">{_p(lines)}</div>'
        '<div class="tool"><a>打印</a><a>关闭窗口</a></div>'
        '<div class="footer"><p>主办:重庆市梁平区人民政府办公室</p><p>渝公网安备 50022802500001号</p></div>'
    )
    header = {
        "title": "重庆市梁平区屏锦镇人民政府关于2025年法治政府建设情况的报告",
        "issuer": "重庆市梁平区屏锦镇人民政府",
        "district_path": ["重庆市", "梁平区", "屏锦镇"],
        "year": 2025,
        "published": "2026-02-04",
    }
    around = ("索引号", "渝公网安备", "关闭窗口", "体裁分类", "当前的位置")
    return Site(_page(f"{page_title}_重庆市梁平区人民政府", body), (page_title, *lines), around, header)


def _guangdong() -> Site:
    """No title in the article, which the page's head gives; the index in cells; 街 for 街道."""
    title = "同和街2024年法治政府建设年度报告"
    lines = (
        "2024年,同和街坚持依法行政与城市更新同步推进,法治白云建设任务落地见效。现将情况报告如下:",
        "一、主要举措和成效",
        "(一)强化组织领导",
        "1.落实第一责任人职责。街党工委专题研究法治议题6次。",
        "2.强化学规学法。组织学法考试2次,优秀率100%。",
        "(二)强化执法监督",
        "全年立案查处案件241宗,罚款18.3万元,化解纠纷306宗。",
        "二、存在不足",
        "流动人口普法针对性不强,执法协作机制仍需完善。",
        "三、2025年工作思路",
        "建设园区法治驿站3个,深化综合执法改革。",
    )
    body = (
        '<div class="gkml-top">政府信息公开 <a>规章库</a></div><div class="classify"><table><tr><td>索引号:</td>'
        "<td>11440111MB2C00001X/2024-00031</td><td>分类:</td><td>法治政府</td></tr><tr><td>发布机构:</td>"
        "<td>广州市白云区人民政府同和街道办事处</td><td>成文日期:</td><td>2024-12-19</td></tr><tr><td>名称:</td>"
        f"<td colspan=3>{title}</td></tr><tr><td>文号:</td><td></td><td>发布日期:</td><td>2024-12-23</td></tr></table></div>"
        f'<div class="article-content">{_p(lines, "<p style=text-indent:2em>{}</p>")}</div>'
        '<div class="copy">版权所有:广州市白云区人民政府 <a>网站地图</a> 粤ICP备00000009号</div>'
    )
    header = {
        "title": title,
        "issuer": "广州市白云区人民政府同和街道办事处",
        "district_path": ["广东省", "广州市", "白云区", "同和街道"],
        "year": 2024,
        "published": "2024-12-23",
    }
    around = ("索引号", "规章库", "网站地图", "ICP")
    return Site(_page(f"{title} - 广州市白云区人民政府门户网站", body), (title, *lines), around, header)


def _hunan() -> Site:
    """The county's portal in the line of the date; the title twice; a site's search box."""
    title = "土桥镇2025年度法治政府建设报告"
    lines = (
        title,
        "2025年,土桥镇认真贯彻县委、县政府决策部署,扎实推进依法治镇工作。现将年度工作汇报如下:",
        "一、2025年工作举措及成效",
        "(一)强化政治引领,健全工作体系",
        "压实主体责任。成立工作专班,专题研究3次。",
        "深化法治学习。专题学习5次,覆盖干部160人次。",
        "(二)规范行政行为,提升依法行政水平",
        "严格决策程序。审查决策事项6项,聘请法律顾问1名。",
        "二、存在的问题",
        "执法力量不足,群众法治观念有待增强。",
        "三、2026年工作计划",
        "组织执法培训4期,开展送法进村20场。",
    )
    body = (
        '<form class="search"><input placeholder="请输入关键字"><button>搜索</button></form>'
        f'<div class="menu"><ul>{_NAV}</ul></div><div class="main"><h3>{title}</h3>'
        "<div class='info'><span>芷江侗族自治县人民政府</span> <span>发布时间: 2026-03-02 09:36</span>"
        "<span>字号:[<a>大</a><a>中</a><a>小</a>]</span></div>"
        f"<div class='con'>{_p(lines)}</div></div><div class='bottom'>主办:芷江侗族自治县人民政府 湘ICP备00000003号</div>"
    )
    header = {
        "title": title,
        "issuer": None,
        "district_path": ["湖南省", "怀化市", "芷江侗族自治县", "土桥镇"],
        "year": 2025,
        "published": "2026-03-02",
    }
    return Site(_page(f"{title}-芷江侗族自治县人民政府", body), lines, ("搜索", "字号", "ICP", "互动交流"), header)


def _anhui() -> Site:
    """An index table with an interpretation's link, the day above and a different one at the foot."""
    title = "灵璧县渔沟镇2023年度法治政府建设情况报告"
    lines = (
        title,
        "县委、县政府:",
        "2023年,渔沟镇以奇石文化名镇建设为牵引,持续深化法治政府建设。现将有关情况报告如下:",
        "一、工作开展情况",
        "1.加强组织领导。调整领导小组,召开会议4次。",
        "2.推进依法决策。审核合同52份,提出意见17条。",
        "3.规范公正执法。办结案件29件,群众满意率98.5%。",
        "二、存在的问题",
        "1.执法人员专业素养不高。",
        "2.法治宣传方式较为单一。",
        "三、下一步工作打算",
        "1.加强业务培训。全年不少于6期。",
        "2.丰富宣传载体。",
        "灵璧县渔沟镇人民政府",
        "2023年12月28日",
    )
    body = (
        '<div class="wz">当前位置:<a>网站首页</a> » <a>渔沟镇</a> » <a>法治政府建设</a></div>'
        '<table class="m-detailtb"><tbody><tr><th>索引号:</th><td>11341323003199999T/202401-00012</td><th>信息分类:</th>'
        "<td>法治政府</td></tr><tr><th>发布机构:</th><td>灵璧县渔沟镇人民政府</td><th>发布日期:</th><td>2024-01-03 10:11</td></tr>"
        f"<tr><th>名称:</th><td>{title}</td><th>文号:</th><td>无</td></tr></tbody></table>"
        f'<div class="gkwz_contnet j-fontContent"><h1>{title}</h1><div class="newscontnet">{_p(lines[1:])}</div></div>'
        '<div class="m-qwdy">扫一扫在手机打开当前页</div><div class="prev">上一篇:<a>渔沟镇2023年政务公开年报</a></div>'
        '<div class="prev">下一篇:没有了</div><div class="footer">皖公网安备 34132302000001号</div>'
    )
    header = {
        "title": title,
        "issuer": "灵璧县渔沟镇人民政府",
        "district_path": ["安徽省", "宿州市", "灵璧县", "渔沟镇"],
        "year": 2023,
        "published": "2024-01-03",
    }
    return Site(_page(f"{title}_灵璧县人民政府", body), lines, ("索引号", "上一篇", "政务公开年报", "扫一扫"), header)


def _yunnan() -> Site:
    """Labels in list items with nothing between them and their values; the publisher's name full."""
    title = "乐甸乡2025年法治政府建设工作情况报告"
    lines = (
        title,
        "县委全面依法治县委员会办公室:",
        "2025年,乐甸乡在县委、县政府的坚强领导下,依法推进边远山区治理。现将2025年度工作总结如下:",
        "一、2025年度主要措施及成效",
        "(一)压实组织责任,筑牢法治保障。召开专题会议4次,持有行政执法证人员18名。",
        "(二)健全决策体系,保障依法决策。聘请法律顾问1名,审查合同23份。",
        "二、存在问题",
        "山区群众居住分散,普法覆盖面有待扩大。",
        "三、2026年工作打算",
        "开展流动普法30场,培养法律明白人60名。",
    )
    body = (
        f'<div class="head"><img alt="logo"><ul>{_NAV}</ul></div><div class="xxgkgl">'
        "<ul class='sx'><li>乡镇信息公开</li><li><b>索引号</b>pbxldxrmzf/2026-00003</li><li><b>发布机构</b>屏边县乐甸乡人民政府</li>"
        "<li><b>文号</b></li><li><b>发布日期</b>2026-01-22</li><li><b>时效性</b>有效</li></ul>"
        f'<h2 class="t1">{title}</h2><div id="vsb_content"><div class="v_news_content">{_p(lines[1:])}</div></div></div>'
        '<div class="foot">滇公网安备 53252302000001号 <a>联系我们</a></div>'
    )
    header = {
        "title": title,
        "issuer": "屏边县乐甸乡人民政府",
        "district_path": ["云南省", "红河哈尼族彝族自治州", "屏边苗族自治县", "乐甸乡"],
        "year": 2025,
        "published": "2026-01-22",
    }
    return Site(_page(f"{title}-屏边县人民政府", body), lines, ("索引号", "时效性", "公网安备", "联系我们"), header)


def _xinjiang() -> Site:
    """An index table whose values are empty; a day without a colon; the justice bureau as source."""
    title = "且末县2024年度法治政府建设工作报告"
    lines = (
        title,
        "2024年,且末县深入学习贯彻习近平法治思想,以法治护航沙漠绿洲发展。现将年度工作报告如下:",
        "一、2024年度推进法治政府建设的主要措施和成效",
        "(一)学法用法素养全面提升。一是完善学法制度。政府常务会学法12次。二是参加专题讲座30期。",
        "(二)行政执法更加规范。评查案卷86份,培训执法人员420人次。",
        "二、2024年度推进法治政府建设存在的问题",
        "法治专业人才缺乏,部分乡镇执法能力不足。",
        "三、2025年度推进法治政府建设的工作打算",
        "推进乡镇赋权事项承接,开展实战培训6期。",
    )
    body = (
        '<div class="tools"><a>简</a>|<a>繁</a>|<a>无障碍</a>|<a>关怀版</a></div><h1>且末县人民政府</h1><p>政府信息公开</p>'
        "<table><tr><td>索 引 号</td><td></td><td>发布机构</td><td></td></tr><tr><td>文  号</td><td>〔〕号</td>"
        "<td>有效性</td><td></td></tr></table>"
        f'<div class="tit">{title}</div><div class="from">来源:且末县司法局 作者: 发布时间 2025年03月14日 点击数:</div>'
        f'<div class="content">{_p(lines[1:])}</div><div class="print">【打印本页】【关闭窗口】</div>'
        "<div class='link'><select><option>各县市网站</option><option>若羌县</option></select></div>"
    )
    header = {
        "title": title,
        "issuer": None,
        "district_path": ["新疆维吾尔自治区", "巴音郭楞蒙古自治州", "且末县"],
        "year": 2024,
        "published": "2025-03-14",
    }
    return Site(_page(f"{title}_且末县人民政府网", body), lines, ("关怀版", "打印本页", "若羌县", "点击数"), header)


def _gansu() -> Site:
    """A trail over two lines, blanks around colons, a text that <br> parts."""
    title = "2025年漳县法治政府建设情况"
    lines = (
        title,
        "2025年,漳县县政府紧扣示范创建目标,不断提升治理法治化水平。现将有关情况报告如下:",
        "一、2025年法治政府建设的主要举措和成效",
        "(一)强化思想引领,筑牢政治根基。常务会议学法16次,述法单位31个。",
        "(二)深化改革创新,优化营商环境。办结政务服务事项38.2万件,网办率99%。",
        "二、存在的不足和原因",
        "基层法治力量不足,数字化执法水平有待提高。",
        "三、2026年法治政府建设主要安排",
        "推进行政执法监督平台应用,培训执法骨干300人次。",
    )
    body = (
        f'<div class="banner"></div><ul class="n">{_NAV}</ul><div class="dq">当前位置 : <a>首页</a> <br>&gt; <a>漳县动态</a> '
        f'&gt; <a>政务公告</a> </div><div class="art"><h2>{title}</h2><div> 日期 : 2026-01-14  文章来源 : 司法局  '
        f'字号 : [ <a>大</a> <a>中</a> <a>小</a> ] 视力保护色:</div><div id="zoom">{"<br>".join(lines[1:])}</div></div>'
        '<div class="bot">漳县人民政府办公室主办 陇ICP备00000002号 您是第120012位访客</div>'
    )
    header = {
        "title": title,
        "issuer": None,
        "district_path": ["甘肃省", "定西市", "漳县"],
        "year": 2025,
        "published": "2026-01-14",
    }
    return Site(_page(f"漳县人民政府 {title}", body), lines, ("视力保护色", "位访客", "政务公告", "漳县动态"), header)


def _tianjin() -> Site:
    """A page clock of another year above everything; the title once in the head and once in the text."""
    title = "宁河区2023年度法治政府建设情况报告"
    lines = (
        title,
        "2023年,宁河区全面贯彻习近平法治思想,加快构建依法行政的政府治理体系,提供坚强法治保障。",
        "一、区政府主要负责同志履行推进法治建设第一责任人职责情况",
        "主持召开常务会议学法5次,听取法治建设汇报3次。",
        "二、主要举措和成效",
        "(一)依法全面履职。办理许可事项9600件,压减时限63%。",
        "(二)规范行政执法。查处案件720件,复议纠错率3.1%。",
        "三、存在的不足和原因",
        "基层合法性审查力量不足。",
        "四、2024年主要安排",
        "开展合法性审查能力提升行动。",
    )
    body = (
        '<div class="clock">天津市宁河区人民政府 2019年12月3日星期二</div><div class="bar">无障碍 简体| 繁体</div>'
        f'<div class="wrap"><div class="title">{title}</div>'
        '<div class="ly">来源:宁河区人民政府办公室 发布时间:2024-03-29 09:18</div>'
        f'<div class="view">{_p(lines)}</div></div><div class="zrbj">责任编辑:张某</div><div class="f">津ICP备00000001号</div>'
    )
    header = {
        "title": title,
        "issuer": None,
        "district_path": ["天津市", "宁河区"],
        "year": 2023,
        "published": "2024-03-29",
    }
    return Site(_page(f"{title}_天津市宁河区人民政府", body), lines, ("星期二", "责任编辑", "无障碍", "ICP"), header)


def _beijing() -> Site:
    """The street's full name on a line of its own in the article; an addressee; no day but in the head."""
    lines = (
        "北京市西城区人民政府白纸坊街道办事处",
        "2021年法治政府建设年度情况报告",
        "区委、区政府:",
        "2021年,白纸坊街道紧密结合辖区实际,扎实推进法治政府建设各项工作。现将有关情况报告如下:",
        "一、2021年度推进法治政府建设的主要举措和成效",
        "(一)完善重大行政决策程序",
        "召开主任办公会26次,审查合同140份。",
        "(二)规范行政权力运行",
        "接诉即办1.1万件,解决率91%。",
        "二、2021年度推进法治政府建设存在的不足和原因",
        "普法宣传方式有待创新。",
        "三、2022年度推进法治政府建设的主要安排",
        "深化吹哨报到改革,开展执法培训6次。",
    )
    head = (
        '<meta name="ArticleTitle" content="北京市西城区人民政府白纸坊街道办事处2021年法治政府建设年度情况报告">'
        '<meta name="PubDate" content="2022-03-21 14:00"><meta name="ContentSource" content="白纸坊街道">'
    )
    body = (
        f'<div class="h"><ul>{_NAV}</ul></div><div class="p">首页 &gt; 政务公开 &gt; 法治政府建设年度报告</div>'
        f'<div class="article">{_p(lines)}</div><div class="s">分享: <a>微信</a></div><div class="b">京公网安备11010202000001号</div>'
    )
    header = {
        "title": "北京市西城区人民政府白纸坊街道办事处2021年法治政府建设年度情况报告",
        "issuer": "北京市西城区人民政府白纸坊街道办事处",
        "district_path": ["北京市", "西城区", "白纸坊街道"],
        "year": 2021,
        "published": "2022-03-21",
    }
    return Site(_page("法治政府建设_北京市西城区", body, head), lines, ("分享", "公网安备", "互动交流"), header)


def _shanxi() -> Site:
    """The title only in a cell of the index; a joint report of a town's committee and government."""
    title = "中共上党镇委员会 上党镇人民政府关于2025年度法治政府建设情况的报告"
    lines = (
        "2025年,上党镇坚持依法行政,把法治建设融入全镇发展大局,为壶关县高质量发展营造良好环境。现将工作情况报告如下。",
        "一、主要举措及成效",
        "(一)坚持全民普法,法治根基持续夯实",
        "一是示范引领作用凸显。学法8次。",
        "二是普法宣传走深走实。发放读本900本。",
        "(二)坚持优化服务,惠民成效持续显现",
        "办理便民事项1420件,群众满意度97%。",
        "二、存在问题",
        "执法专业力量薄弱,人员结构有待优化。",
        "三、下一步打算",
        "引进法律专业人员2名,组织轮训4期。",
    )
    rows = (
        ("索引号:000014349/2026-02861", ""),
        ("发文字号:", "发文时间:2025-12-19"),
        ("发文机关:上党镇人民政府", "主题词:"),
        (f"标题:{title}", ""),
        ("主题分类:", "发布日期:2025-12-22"),
    )
    table = "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in rows)
    body = (
        f'<div class="nav"><ul>{_NAV}</ul></div><div>字体大小:【<a>大</a>】 【<a>中</a>】 【<a>小</a>】</div>'
        f'<table class="affairs">{table}</table><div class="txt">{_p(lines)}</div>'
        '<div class="footer">晋ICP备00000008号 网站标识码 1404270001</div>'
    )
    header = {
        "title": title,
        "issuer": "中共上党镇委员会 上党镇人民政府",
        "district": "上党镇",
        "year": 2025,
        "published": "2025-12-22",
    }
    return Site(_page("壶关县人民政府门户网站", body), (title, *lines), ("字体大小", "主题词", "索引号", "ICP"), header)


def _jiangsu() -> Site:
    """A department of a province: the index in pipes of a table, the title in its cell and in the head."""
    title = "江苏省水利厅2023年度法治政府部门建设情况报告"
    lines = (
        "2023年,江苏省水利厅坚持依法治水,积极推动法治政府建设率先突破,为水利现代化提供坚实法治保障。",
        "一、坚持党的全面领导,牢牢把握正确方向",
        "1.压紧压实第一责任人职责。厅主要负责人听取汇报6次。",
        "2.推动各项任务落实。印发年度要点1份,细化任务42项。",
        "二、坚持严格执法,全面提升执法效能",
        "1.开展专项行动。查处水事违法案件203件,罚款310万元。",
        "三、存在问题和下一步打算",
        "法治人才储备不够,将加强公职律师队伍建设。",
    )
    body = (
        f'<div class="hd"><ul>{_NAV}</ul></div><table class="xxgk_table"><tr><td>索　引　号</td><td>014000900/2024-00011</td>'
        "<td>分　　　　类</td><td>行业管理</td></tr><tr><td>发布机构</td><td>江苏省水利厅</td><td>发文日期</td><td>2024-02-20</td></tr>"
        f"<tr><td>标　　　　题</td><td colspan=3>{title}</td></tr><tr><td>文　　　　号</td><td></td><td>主　题　词</td><td></td></tr>"
        "<tr><td>内容概述</td><td></td></tr><tr><td>时　　　　效</td><td></td></tr></table>"
        f'<div class="bt">{title}</div><div class="zoom">{_p(lines)}</div><div class="ft">苏ICP备00000007号</div>'
    )
    header = {
        "title": title,
        "issuer": "江苏省水利厅",
        "district_path": ["江苏省"],
        "year": 2023,
        "published": "2024-02-20",
    }
    return Site(
        _page(f"江苏省水利厅 法治政府建设 {title}", body), (title, *lines), ("内容概述", "主题词", "ICP"), header
    )


def _shandong() -> Site:
    """The index number, the day and the body on bare lines between two titles; a toolbar of printing."""
    title = "莒南县水利局2024年度法治政府建设情况报告"
    lines = (
        title,
        "2024年,莒南县水利局深入践行习近平法治思想,以法治护航现代水网建设。现将有关情况报告如下:",
        "一、2024年工作情况",
        "(一)坚持政治引领。党组学法9次,专题培训3期。",
        "(二)坚持依法治水。立案查处28件,整改河湖问题61处。",
        "二、存在的不足",
        "执法装备老化,普法方式较为传统。",
        "三、2025年工作打算",
        "更新执法装备,组织沉浸式普法8场。",
    )
    body = (
        "<div class='t'>无障碍阅读 关怀版 返回首页</div><div class='gk'>政府信息公开</div>"
        f"<div class='name'>{title}</div><div class='no'>11371327004402399E/2025-45963711</div><div>2025-01-22</div>"
        f"<div>莒南县水利局</div><h1>{title}</h1><div>字号:<a>大</a> <a>中</a> <a>小</a></div>"
        "<div><a>打印整页</a> <a>打印内容</a> <a>分享</a></div>"
        f"<div class='news'>{_p(lines[1:])}</div><div class='foot'>鲁公网安备 37132702000001号</div>"
    )
    header = {
        "title": title,
        "issuer": "莒南县水利局",
        "district_path": ["山东省", "临沂市", "莒南县"],
        "year": 2024,
        "published": "2025-01-22",
    }
    return Site(_page(f"莒南县 {title}", body), lines, ("关怀版", "打印整页", "公网安备"), header)


def _neimenggu() -> Site:
    """A speech before the standing committee; the sitting's day is not that of publishing."""
    lines = (
        "苏尼特左旗人民政府2024年度法治政府建设情况报告",
        "2025年3月20日在苏尼特左旗第十六届人民代表大会",
        "常务委员会第二十六次会议上",
        "主任、各位副主任、委员:",
        "根据会议安排,现将我旗2024年法治政府建设情况报告如下:",
        "2024年,全旗各级人民政府及其部门扎实推进依法行政,不断推动法治政府建设取得新进展。",
        "一、重点工作开展情况",
        "(一)党对法治政府建设的领导不断加强。旗委常委会研究4次,述法12人次。",
        "(二)依法行政制度体系日益健全。审查文件17件,备案率100%。",
        "二、存在的问题及不足",
        "苏木镇执法能力不足,双语普法人才缺乏。",
        "三、下一步工作打算",
        "推进苏木镇赋权,开展双语普法40场。",
    )
    body = (
        f'<div class="yuyan"><a>蒙古文版</a><a>长者模式</a></div><ul>{_NAV}</ul><div class="wz">当前位置:首页 &gt; 要闻动态 &gt; 通知公告</div>'
        f'<div class="xl"><h2>{lines[0]}</h2><div class="sj">发布日期:2025-04-02 11:05 信息来源:旗政府办公室 '
        f'【字体:<a>大</a> <a>中</a> <a>小</a>】</div><div class="TRS">{_p(lines[1:])}</div></div>'
        '<div class="f">蒙ICP备00000006号</div>'
    )
    header = {
        "title": lines[0],
        "issuer": "苏尼特左旗人民政府",
        "district_path": ["内蒙古自治区", "锡林郭勒盟", "苏尼特左旗"],
        "year": 2024,
        "published": "2025-04-02",
    }
    return Site(_page("法治政府建设情况报告_苏尼特左旗人民政府", body), lines, ("蒙古文版", "长者模式", "ICP"), header)


def _shaanxi() -> Site:
    """A list of labels with the value of each below it; the title above and below the list; back to the top."""
    title = "后柳镇2024年法治政府建设工作报告"
    lines = (
        title,
        "2024年,后柳镇以法治赋能水乡旅游,依法行政水平持续提升。现将工作情况报告如下:",
        "一、工作开展情况",
        "(一)压实责任,凝聚合力。专题会议4次,签订责任书18份。",
        "(二)规范执法,服务发展。联合执法22次,化解涉旅纠纷31件。",
        "二、存在问题",
        "村级普法力量薄弱,旅游旺季执法压力大。",
        "三、下一步工作计划",
        "组建旅游法治服务队,开展巡回普法24场。",
    )
    values = (
        ("索引号:", "6109220000/2025-000105"),
        ("主题分类:", ""),
        ("来源:", ""),
        ("发文机构:", "石泉县后柳镇人民政府"),
        ("发文字号:", ""),
        ("发文日期:", "2025年01月06日 16:40"),
        ("有效性:", ""),
        ("发布日期:", "2025年01月08日 16:34"),
        ("内容概述:", ""),
    )
    items = "".join(f"<li><p>{label}</p><p>{value}</p></li>" for label, value in values)
    body = (
        f'<a class="up">返回顶部</a><div class="nav"><ul>{_NAV}</ul></div><h1>{title}</h1><ul class="gkxx">{items}</ul>'
        f'<div class="con"><p class="t">{title}</p>{_p(lines[1:])}</div><div class="foot">陕ICP备00000004号</div>'
    )
    header = {
        "title": title,
        "issuer": "石泉县后柳镇人民政府",
        "district_path": ["陕西省", "安康市", "石泉县", "后柳镇"],
        "year": 2024,
        "published": "2025-01-08",
    }
    return Site(_page(f"{title}-石泉县人民政府", body), lines, ("返回顶部", "内容概述", "索引号", "ICP"), header)


SITES: dict[str, Callable[[], Site]] = {
    "Fujian": _fujian,
    "Chongqing": _chongqing,
    "Guangdong": _guangdong,
    "Hunan": _hunan,
    "Anhui": _anhui,
    "Yunnan": _yunnan,
    "Xinjiang": _xinjiang,
    "Gansu": _gansu,
    "Tianjin": _tianjin,
    "Beijing": _beijing,
    "Shanxi": _shanxi,
    "Jiangsu": _jiangsu,
    "Shandong": _shandong,
    "Inner Mongolia": _neimenggu,
    "Shaanxi": _shaanxi,
}
