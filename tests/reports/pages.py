"""The same made-up report as the pages of many sites show it: what stands around it differs, and so does its markup.

MAKERS: name -> a function that makes the page, with what of its chrome must not be in the text, and the fields of its
metadata. A new kind of site is an entry there. TEXT is what the text of every page must be, line by line.
"""

from collections.abc import Callable
from typing import NamedTuple

TITLE = "临江县青石镇2023年法治政府建设年度报告"
BODY = (
    "2023年,青石镇在县委、县政府的坚强领导下,坚持以习近平法治思想为指导,扎实推进法治政府建设,现将有关情况报告如下:",
    "一、主要工作举措和成效",
    "(一)加强组织领导。镇党委专题研究法治工作4次,镇长主持召开推进会3次,解决难点问题9个。",
    "(二)规范行政执法。综合执法队开展检查126次,办理案件38件,罚款4.7万元,无一起行政复议被纠错。",
    "(三)化解矛盾纠纷。排查纠纷215起,调处成功211起,成功率98.1%。",
    "二、存在的不足",
    "执法人员年龄偏大,普法形式不够多样。",
    "三、下一步工作打算",
    "持续加强执法队伍建设,每季度组织一次业务培训,不断提升依法行政水平。",
    "青石镇人民政府",
    "2024年1月12日",
)
TEXT = (TITLE, *BODY)
URL = "http://www.linjiang.example/zwgk/fzzf/202401/t20240116_3158.html"

_MENU = "首页 走进临江 新闻中心 政务公开 政务服务 互动交流 数据开放".split()
_RELATED = (
    "临江县2022年法治政府建设年度报告",
    "白沙镇开展民法典宣传活动,发放资料1200份",
    "县司法局组织行政执法人员考试",
)
MENU = "".join(f'<li><a href="/{i}/">{word}</a></li>' for i, word in enumerate(_MENU))
RELATED = "".join(
    f'<li><a href="/{i}.html">{line}</a><span>[01-0{i + 2}]</span></li>' for i, line in enumerate(_RELATED)
)
FOOT = "主办:临江县人民政府办公室 承办:临江县大数据中心 ICP备案:桂ICP备00000001号 网站标识码:4500000001"
_AROUND = ("走进临江", "白沙镇", "ICP备", "县司法局组织")


class Layout(NamedTuple):
    """A page; words that stand around the report; fields of the metadata."""

    page: bytes
    around: tuple[str, ...]
    metadata: dict[str, str]


def _p(tag: str = "<p>%s</p>", lines: tuple[str, ...] = BODY) -> str:
    return "".join(tag % line for line in lines)


def _html(body: str, head: str = f"<title>{TITLE}-临江县人民政府门户网站</title>", charset: str = "utf-8") -> bytes:
    return f'<!DOCTYPE html><html><head><meta charset="{charset}">{head}</head><body>{body}</body></html>'.encode(
        charset
    )


def _trs() -> Layout:
    """An editor's element, <meta> of the standard for government sites, crumbs, sharing, related articles."""
    head = (
        f'<title>{TITLE}_政务公开_临江县人民政府</title><meta name="SiteName" content="临江县人民政府">'
        f'<meta name="ArticleTitle" content="{TITLE}"><meta name="PubDate" content="2024-01-16 09:30">'
        f'<meta name="ContentSource" content="青石镇人民政府"><meta name="Url" content="{URL}">'
        '<script>var x = "<p>法治政府</p>";</script><style>.a{color:red}</style>'
    )
    body = (
        f'<div class="header"><ul>{MENU}</ul></div><div class="dqwz">当前位置:<a>首页</a> > <a>政务公开</a> > <a>法治政府</a></div>'
        f'<div class="xl"><h1>{TITLE}</h1><div class="xl_bt"><span>来源:青石镇人民政府</span><span>发布时间:2024-01-16 09:30</span>'
        '<span>浏览次数:<i id="c">218</i></span><span>字号:[<a>大</a> <a>中</a> <a>小</a>]</span></div>'
        f'<div class="view TRS_UEDITOR trs_paper_default trs_web">{_p("<p class=indent>　　%s</p>")}</div>'
        '<div class="fenxiang">分享到:<a>微信</a><a>微博</a></div><div class="dayin"><a>打印</a><a>关闭</a></div></div>'
        f'<div class="xgxx"><h3>相关信息</h3><ul>{RELATED}</ul></div><div class="footer"><p>{FOOT}</p></div>'
    )
    return Layout(
        _html(body, head),
        (*_AROUND, "浏览次数", "分享到"),
        {"title": TITLE, "source": "青石镇人民政府", "published": "2024-01-16", "url": URL},
    )


def _index_cells() -> Layout:
    """An index table of label and value cells, two pairs a row."""
    rows = (
        ("索 引 号:", "45000001/2024-00031", "主题分类:", "司法"),
        ("发布机构:", "青石镇人民政府", "成文日期:", "2024年01月12日"),
        ("文 号:", "青政报〔2024〕2号", "发布日期:", "2024年01月16日"),
    )
    table = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    body = (
        f"<div id='top'><ul class='nav'>{MENU}</ul></div><div class='content'><table class='xxgk_table'>{table}</table>"
        f"<div class='tit'>{TITLE}</div><div class='ly'>字体大小:【大 中 小】【打印】</div>"
        f"<div id='zoom'>{_p()}</div></div><div class='xgwz'>相关文章<ul>{RELATED}</ul></div><div id='foot'>{FOOT}</div>"
    )
    return Layout(
        _html(body),
        (*_AROUND, "主题分类", "字体大小"),
        {
            "index": "45000001/2024-00031",
            "publisher": "青石镇人民政府",
            "signed": "2024-01-12",
            "published": "2024-01-16",
            "number": "青政报〔2024〕2号",
        },
    )


def _index_list() -> Layout:
    """An index table as a list of bracketed labels, printed twice."""
    items = (
        ("索 引 号", "45000001/2024-00031"), ("发文字号", "青政报〔2024〕2号"), ("发布机构", "青石镇人民政府"),
        ("发布日期", "2024-01-16"), ("有 效 性", "有效"),
    )  # fmt: skip
    ul = "<ul>" + "".join(f"<li><b>[ {label} ]</b> <span>{value}</span></li>" for label, value in items) + "</ul>"
    body = (
        f"<div class='head'><ul>{MENU}</ul></div><div class='main'>{ul}<div class='m'>{ul}</div><h2>{TITLE}</h2>"
        f"<div class='article-content'>{_p('<div>%s</div>')}</div><p>扫一扫在手机打开当前页</p></div>"
        f"<div class='aside'><ul>{RELATED}</ul></div><div class='bottom'>{FOOT}</div>"
    )
    return Layout(
        _html(body),
        (*_AROUND, "扫一扫", "有 效 性"),
        {
            "index": "45000001/2024-00031",
            "number": "青政报〔2024〕2号",
            "publisher": "青石镇人民政府",
            "published": "2024-01-16",
        },
    )


def _index_lines() -> Layout:
    """An index table of one cell a line, an empty value among them; the article's paragraphs end in <br>."""
    cells = (
        "索引号:",
        "45000001/2024-00031",
        "发文机关:",
        "青石镇人民政府",
        "发文字号:",
        "",
        "成文日期:",
        "2024-01-12",
    )
    body = (
        f"<div class='nav-box'>{MENU}</div><div class='info'>{''.join(f'<div>{cell}</div>' for cell in cells)}</div>"
        f"<h1>{TITLE}</h1><div class='con'>{'<br>'.join('&nbsp;&nbsp;&nbsp;&nbsp;' + line for line in BODY)}</div>"
        f"<div>上一篇:<a>白沙镇开展民法典宣传活动</a></div><div>下一篇:<a>没有了</a></div><div class='footer'>{FOOT}</div>"
    )
    return Layout(
        _html(body),
        ("走进临江", "白沙镇", "ICP备", "上一篇"),
        {"index": "45000001/2024-00031", "publisher": "青石镇人民政府", "signed": "2024-01-12"},
    )


def _index_line() -> Layout:
    """An index table on one line, a table for the layout, and a page in GBK that says GB2312."""
    line = (
        "索 引 号:45000001/2024-00031 发布机构:青石镇人民政府 生成日期:2024-01-12 公开日期:2024-01-16 公开方式:主动公开"
    )
    body = (
        f"<table width=980><tr><td>{'&nbsp;|&nbsp;'.join(f'<a href=#>{word}</a>' for word in _MENU)}</td></tr></table>"
        f"<table width=980><tr><td width=200><table>{''.join(f'<tr><td><a href=#>{x}</a></td></tr>' for x in _RELATED)}</table></td>"
        f"<td><table><tr><td>{line}</td></tr><tr><td align=center><font size=5><b>{TITLE}</b></font></td></tr>"
        f"<tr><td>{_p('<P class=MsoNormal><SPAN>&nbsp;&nbsp;&nbsp; %s</SPAN></P>')}</td></tr></table></td></tr></table>"
        f"<table><tr><td align=center>版权所有:临江县人民政府 {FOOT}</td></tr></table>"
    )
    page = _html(body, charset="gb18030").replace(b'charset="gb18030"', b'charset="gb2312"')
    return Layout(
        page,
        (*_AROUND, "版权所有", "公开方式"),
        {
            "index": "45000001/2024-00031",
            "publisher": "青石镇人民政府",
            "signed": "2024-01-12",
            "published": "2024-01-16",
        },
    )


def _boda() -> Layout:
    """A form around the article, a counter in a script, neighbours below."""
    body = (
        f'<div class="top"><div class="menu"><ul>{MENU}</ul></div></div><form name="_newscontent_fromname"><div class="cont">'
        f'<h3>{TITLE}</h3><p class="fbxx">作者: 时间:2024-01-16 来源:青石镇 点击数:<script>_showDynClicks("wbnews",1,2)</script></p>'
        f'<div id="vsb_content_4"><div class="v_news_content">{_p("<p><span>%s</span></p>")}</div></div>'
        '<p>附件【<a href="/1.pdf">年度报告.pdf</a>】已下载<span>36</span>次</p>'
        "<p>上一条:<a>白沙镇开展民法典宣传活动</a></p><p>下一条:<a>县司法局组织考试</a></p><p><a>关闭</a></p></div></form>"
        f'<div class="foot">{FOOT}</div>'
    )
    return Layout(
        _html(body),
        ("走进临江", "白沙镇", "ICP备", "已下载", "上一条"),
        {"source": "青石镇", "published": "2024-01-16"},
    )


def _hanweb() -> Layout:
    """Comments that mark the content, which parsers drop; the title in a table; the date and the source in one cell."""
    body = (
        f"<div class='bt-nav'>{MENU}</div><table id='c'><tr><td class='title'><!--<$[标题]>begin-->{TITLE}<!--<$[标题]>end--></td></tr>"
        "<tr><td>发布日期:2024-01-16 10:02 信息来源:青石镇人民政府 浏览量:<script>document.write(1)</script></td></tr>"
        f"<tr><td class='bt_content'><!--ZJEG_RSS.content.begin-->{_p('<p>%s</p>')}<!--ZJEG_RSS.content.end--></td></tr>"
        f"<tr><td>【打印本页】 【关闭窗口】</td></tr></table><div class='related'><ul>{RELATED}</ul></div><div>{FOOT}</div>"
    )
    return Layout(
        _html(body),
        (*_AROUND, "打印本页", "浏览量"),
        {"source": "青石镇人民政府", "published": "2024-01-16"},
    )


def _spans() -> Layout:
    """Text as Word pasted it: a paragraph in many spans, numbers in others, blanks of many kinds."""
    line = "".join(f"<span lang=EN-US>{c}</span>" if c.isdigit() else c for c in BODY[3])
    paragraphs = [f"<p class=MsoNormal><span>　　</span><span>{x}</span><o:p></o:p></p>" for x in BODY]
    paragraphs[3] = f"<p class=MsoNormal>&ensp;&ensp;{line}</p>"
    body = (
        f"<nav>{MENU}</nav><article><header><h1>{TITLE}</h1><time>2024-01-16</time></header>"
        f"<section>{''.join(paragraphs)}</section></article><aside><ul>{RELATED}</ul></aside><footer>{FOOT}</footer>"
    )
    return Layout(_html(body), _AROUND, {"title": TITLE})


def _sections() -> Layout:
    """Each chapter in an element of its own, between them a picture and a video's caption."""
    chapters = [BODY[:1], BODY[1:5], BODY[5:7], BODY[7:9], BODY[9:]]
    inner = "".join(
        f"<section class='s{i}'>{_p(lines=chapter)}</section><img src='{i}.jpg' alt='图'>"
        for i, chapter in enumerate(chapters)
    )
    body = (
        f"<div class='nav'>{MENU}</div><div class='wrap'><div class='title'>{TITLE}</div><div class='time'>2024年01月16日 来源:青石镇人民政府</div>"
        f"<div class='body'>{inner}</div></div><div class='hot'><h4>热点推荐</h4><ul>{RELATED}</ul></div><div class='copyright'>{FOOT}</div>"
    )
    return Layout(_html(body), (*_AROUND, "热点推荐"), {"source": "青石镇人民政府", "title": TITLE})


def _tabs() -> Layout:
    """Prose beside the article: a notice of the site, a hidden dialogue, the county's introduction in the side bar."""
    notice = "尊敬的用户:本网站已完成适老化改造,如您在使用中遇到问题,请拨打热线电话反映,我们将尽快处理。"
    intro = "临江县位于某某江畔,总面积1860平方公里,辖9镇3乡,总人口42万人,素有“江城”之称。"
    body = (
        f"<div class='nav'>{MENU}</div><div class='left'><div class='tab'><p>{intro}</p></div><ul>{RELATED}</ul></div>"
        f"<div class='right'><h1>{TITLE}</h1><p>发布时间:2024-01-16</p><div class='detail'>{_p()}</div></div>"
        f"<div style='display:none' class='pop'><p>{notice}</p></div><div class='footer'>{FOOT}</div>"
    )
    return Layout(_html(body), (*_AROUND, "适老化", "总面积"), {"published": "2024-01-16"})


def _mirror() -> Layout:
    """A mirror's page: converted to traditional characters, another site's title and links around it."""
    from opencc import OpenCC

    convert = OpenCC("s2t").convert
    body = (
        "<div class='h'><a>91影視</a><a>在線觀看</a><a>高清免費</a></div><h1>"
        + convert(TITLE)
        + "</h1><div>2024-01-20 11:02</div>"
        f"<div class='content'>{convert(_p())}</div><div class='tags'>關鍵詞:<a>法治</a><a>政府</a></div>"
        "<div class='list'><a>猜你喜歡</a><a>某某公司歡迎咨詢</a></div>"
    )
    return Layout(
        _html(body, head="<title>某某机械制造有限公司-欢迎您</title>"), ("在线观看", "猜你喜欢", "高清免费"), {}
    )


def _bare() -> Layout:
    """Hardly any markup: lines in <pre> below a heading."""
    return Layout(_html(f"<h1>{TITLE}</h1><pre>" + "\n".join(f"    {line}" for line in BODY) + "</pre>"), (), {})


def _wechat() -> Layout:
    """An account's article: its content hidden until a script shows it, its blurb above."""
    body = (
        f"<div id='img-content'><h1 class='rich_media_title'>{TITLE}</h1><div class='rich_media_meta_list'><span>青石发布</span>"
        "<em id='publish_time'>2024-01-16 18:20</em></div><div class='rich_media_content' id='js_content' style='visibility: hidden; opacity: 0'>"
        f"{_p('<section><p><span>%s</span></p></section>')}</div></div><div class='qr_code_pc'><p>微信扫一扫<br>关注该公众号</p></div>"
    )
    return Layout(_html(body, head=f"<title>{TITLE}</title>"), ("微信扫一扫",), {"title": TITLE})


def _attached() -> Layout:
    """Attachments, an interpretation's link, an editor's name and a line of sharing below the signature."""
    body = (
        f"<div class='header'>{MENU}</div><div class='position'>您现在的位置:<a>首页</a>>><a>法治政府建设年度报告</a></div>"
        f"<div class='box'><h1>{TITLE}</h1><div>发布日期:2024-01-16 16:40 来源:青石镇人民政府 阅读:<b>88</b>次</div>{_p()}"
        "<p>附件:<a href='a.docx'>青石镇年度报告.docx</a></p><p>(责任编辑:李某)</p><p>相关解读:<a>一图读懂年度报告</a></p>"
        f"<p>分享到:</p></div><div class='list'><ul>{RELATED}</ul></div><div class='footer'>{FOOT}</div>"
    )
    return Layout(
        _html(body),
        (*_AROUND, "责任编辑", "一图读懂", "阅读:"),
        {"published": "2024-01-16", "source": "青石镇人民政府"},
    )


MAKERS: dict[str, Callable[[], Layout]] = {
    "an editor's element": _trs,
    "index table in cells": _index_cells,
    "index table in a list, twice": _index_list,
    "index table in lines": _index_lines,
    "index table on one line, layout in tables, GBK": _index_line,
    "a form around the article": _boda,
    "title and text in a table": _hanweb,
    "text pasted from Word": _spans,
    "chapters in elements of their own": _sections,
    "prose beside the article": _tabs,
    "a mirror in traditional characters": _mirror,
    "preformatted": _bare,
    "hidden until shown": _wechat,
    "attachments below": _attached,
}
