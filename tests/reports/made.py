"""One made-up report in every format that kg reads, and in some that it does not: bytes, made when a test asks."""

import io
import zipfile
from collections.abc import Sequence

TITLE = "甲镇2023年法治政府建设年度报告"
BODY = (
    "2023年,甲镇在县委、县政府的坚强领导下,深入学习贯彻习近平法治思想,扎实推进法治政府建设,现将有关情况报告如下:",
    "一、主要工作",
    "(一)健全工作机制。全年召开专题会议4次,研究解决重点难点问题12件,形成了上下联动、齐抓共管的工作格局。",
    "(二)规范行政执法。开展执法检查120次,办理行政处罚案件36件,罚款5.6万元,没有发生行政败诉案件。",
    "二、存在的问题",
    "执法力量不足,普法形式单一。",
    "三、下一步打算",
    "继续加强队伍建设,加大培训力度,不断提高执法人员的业务素质和执法水平。",
    "甲镇人民政府",
    "2024年1月15日",
)
TEXT = "\n".join((TITLE, *BODY)) + "\n"

_MENU = "首页 走进甲县 新闻中心 政务公开 办事服务 互动交流 专题专栏".split()
_RELATED = (
    "甲县召开法治政府建设推进会议,部署2024年重点工作", "乙镇2023年法治政府建设年度报告", "丙镇开展“宪法进万家”活动,发放宣传资料3000份",
)  # fmt: skip


def page(content: str = '<div id="zoom" class="TRS_Editor">%s</div>', charset: str = "utf-8") -> bytes:
    """A page of a government site: menu, breadcrumbs, index table, title, article, sharing, related articles, footer."""
    menu = "".join(f"<li><a href='/{word}'>{word}</a></li>" for word in _MENU)
    related = "".join(f"<li><a href='#'>{line}</a><span>2024-02-01</span></li>" for line in _RELATED)
    article = content % "".join(f"<p>&emsp;&emsp;{line}</p>" for line in BODY)
    return f"""<!DOCTYPE html>
<!-- saved from url=(0040)https://www.jiaxian.gov.cn/art/2024/1.html -->
<html><head><meta charset="{charset}"><title>{TITLE}_甲县人民政府</title>
<meta name="SiteName" content="甲县人民政府"><meta name="ArticleTitle" content="{TITLE}">
<script>var a = "<p>法治政府建设</p>";</script><style>.a {{ color: red }}</style></head><body>
<div class="top"><span>2019年12月3日 星期二</span> <a>无障碍</a> <a>长者模式</a></div>
<div class="nav"><ul>{menu}</ul></div>
<div class="crumb">您现在的位置:<a>首页</a> &gt; <a>政务公开</a> &gt; <a>法治政府建设</a></div>
<div class="main"><table><tr><td>索 引 号:</td><td>11330521/2024-00012</td><td>发布机构:</td><td>甲镇人民政府</td></tr>
<tr><td>成文日期:</td><td>2024-01-15</td><td>文号:</td><td>甲政〔2024〕3号</td></tr></table>
<h1>{TITLE}</h1>
<div>来源:甲镇人民政府 发布时间:2024-01-20 10:22 浏览次数:<span>236</span> 字体:[<a>大</a> <a>中</a> <a>小</a>]</div>
{article}
<div class="share">分享到:<a>微信</a> <a>微博</a> 【打印】【关闭】</div><div>附件:<a>年度报告.pdf</a></div>
<div class="xgwz"><h3>相关文章</h3><ul>{related}</ul></div></div>
<div class="footer"><p>主办单位:甲县人民政府 网站标识码:3305210001 浙ICP备05000000号</p></div></body></html>
""".encode(charset)


def mht() -> bytes:
    """The same page as a browser saves it in one file."""
    head = b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
    part = b"Content-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    return head + part + page() + b"\r\n--b--\r\n"


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_NUMBERING = f"""<w:numbering {_W}><w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="(%2)"/></w:lvl>
</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""


def paragraph(text: str, level: int | None = None) -> str:
    number = "" if level is None else f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    return f"<w:p>{number}<w:r><w:t>{text}</w:t></w:r></w:p>"


def docx(body: str | None = None, parts: dict[str, str] | None = None, prolog: str = "") -> bytes:
    """A Word file. body: the XML inside <w:body>; parts: further members."""
    inside = body if body is not None else "".join(paragraph(line) for line in (TITLE, *BODY))
    members = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"{prolog}<w:document {_W}><w:body>{inside}</w:body></w:document>",
        "word/numbering.xml": _NUMBERING,
        **(parts or {}),
    }
    return zipped({name: text.encode() for name, text in members.items()})


def zipped(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return stream.getvalue()


def pdf(lines: Sequence[str], per_page: int = 20, head: str = "", numbers: bool = True, password: str = "") -> bytes:
    """A PDF whose lines are as given, with a running head and page numbers."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfgen.canvas import Canvas

    registerFont(UnicodeCIDFont("STSong-Light"))
    stream = io.BytesIO()
    encrypt = StandardEncryption(password, ownerPassword="owner") if password else None
    canvas = Canvas(stream, invariant=1, encrypt=encrypt)
    for number, first in enumerate(range(0, len(lines), per_page), 1):
        canvas.setFont("STSong-Light", 12)
        if head:
            canvas.drawString(60, 810, head)
        for i, line in enumerate(lines[first : first + per_page]):
            canvas.drawString(60, 780 - 24 * i, line)
        if numbers:
            canvas.drawString(290, 30, f"— {number} —")
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def placed(pages: Sequence[Sequence[tuple[float, float, str]]]) -> bytes:
    """A PDF whose pages have pieces of text at places of their own: points from the left, from the top, the text."""
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfgen.canvas import Canvas

    registerFont(UnicodeCIDFont("STSong-Light"))
    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1)
    for pieces in pages:
        canvas.setFont("STSong-Light", 10)
        for x, y, text in pieces:
            canvas.drawString(x, 800 - y, text)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def wrapped(width: int = 28) -> list[str]:
    """The report's lines as a page of so many characters wraps them."""
    return [line[at : at + width] for line in (TITLE, *BODY * 4) for at in range(0, len(line), width)]
