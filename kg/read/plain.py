"""Text files in any encoding that Chinese offices use.

In: the bytes of one file. Out: its text with line ends as \\n, and the name of the encoding.
"""

import codecs
import re

from kg.errors import SetAside

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))

#: The commonest characters of official Chinese, in both scripts: a wrong decoding holds few of them.
_COMMON = re.compile(
    "[。、“”《》（），：；"
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严龙飞"
    "這為個國時來們後發動會過說產種麼進著電現實體機當點從業還與關應開對學經線內數質氣無系軍題黨員總設長資邊圖統見計別論運農幾區強決戰則據處隊門規熱領東導壓爭濟階極聯認權證單風務達積議報類離華確節話況傳許記觀織裝眾書複兒須際驗連斷難近礦備辦響約團歷構稱準號維劃選標寫親層專狀廠識適屬滿縣參細聽該鐵價嚴龍飛]"
)
_FOREIGN = re.compile(r"[^\x00-\x7f\s]+")
#: Words that a report of this genre is full of, in both scripts.
_WORDS = re.compile("法治|政府|依法|行政|建[设設]|[执執]法|工作|制度|年度|[报報]告|街道|人民|社[会會]|[监監]督")
_CONTROL = bytes([*range(9), *range(14, 27), *range(28, 32)])
_CANDIDATES = ("gb18030", "big5", "utf-8", "utf-16-le", "utf-16-be")
_SAMPLE = 1_500
#: Bytes by which an encoding is told, if they suffice.
_HEAD = 1_000
#: Up to this share of broken characters, an encoding is still the right one.
_BROKEN = 0.02
#: The same of a text whose beginning is plain official Chinese in that encoding, and in no other.
_MOSTLY = 0.2
#: A text so long and so much like Chinese is in no other encoding: read in a wrong one, reports get 0.06.
_LONG, _CERTAIN = 200, 0.6
#: A text that is less like Chinese than this is none.
_LEAST = 0.3
#: One in so many bytes may be a control character.
_DAMAGE = 200
_ODD = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_LOST = "\ufffd"
#: How broken GBK is decoded that has at most so many bad bytes, and how many bytes behind one are looked at.
_PAIRS, _FEW, _NEAR = "gbk-pairs", 50, 24


def likeness(text: str) -> float:
    """Return how much of what a text holds beyond ASCII is official Chinese: 0 none; about 0.8 and more, all of it.

    >>> likeness("依法行政") > 1 > likeness("渚濇硶琛屾斂") >= 0
    True
    """
    foreign = "".join(_FOREIGN.findall(text))[:_SAMPLE]
    if not foreign:
        return 0.0
    return (len(_COMMON.findall(foreign)) + len(_WORDS.findall(foreign))) / len(foreign)


def is_common(character: str) -> bool:
    """Tell one of the commonest characters of official Chinese, or a mark."""
    return _COMMON.match(character) is not None


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """Return (text, encoding). Raise SetAside for an empty or binary file, or one in no known encoding.

    declared: the charset that a page claims for itself, believed only where two fit equally well.

    >>> decode("法治政府建设".encode("gbk"))
    ('法治政府建设', 'gb18030')
    """
    if not data.strip(b"\xef\xbb\xbf\xfe\xff\0 \t\r\n\x0c"):
        raise SetAside("empty", "the file is empty; fetch it again")
    for mark, encoding in _BOMS:
        if data.startswith(mark) and not (encoding == "utf-8" and _is_other(data[3:])):
            return _clean(data.decode(encoding, "replace"), data, encoding), encoding
    data = data.removeprefix(_BOMS[0][0])
    if not _wide(data):
        try:
            return _clean(data.decode("utf-8"), data), "utf-8"
        except UnicodeDecodeError as error:
            if error.start > max(_HEAD, len(data) - 4):  # cut short in a character
                return _clean(data.decode("utf-8", "replace"), data), "utf-8"
    found = _certain(data[:_HEAD])
    text = _decoded(data, found) if found else ""
    lost = _lost(text) if found else 1.0
    if lost > _BROKEN and (likeliest := _likeliest(data, declared)):
        found, lost = likeliest, 0
        text = _decoded(data, found)
    if found and lost <= _MOSTLY:
        return _clean(text, data, found), found
    if len(_ODD.findall(data[:_SAMPLE])) > len(data[:_SAMPLE]) / 20:
        raise SetAside("binary", "the file is not text; save it as a text file in UTF-8")
    raise SetAside("encoding", "the text is in no known Chinese encoding; save it in UTF-8")


def _wide(data: bytes) -> bool:
    """Tell a text of two bytes a character, half of a figure and of a line's end being 0; a few of them are damage."""
    return data.count(0) > max(1, len(data) / _DAMAGE)


def _is_other(data: bytes) -> bool:
    """Tell a text that is in another encoding than the mark at its beginning says."""
    return _lost(data[:_HEAD].decode("utf-8", "replace")) > _MOSTLY and _certain(data[:_HEAD]) is not None


def _decoded(data: bytes, encoding: str) -> str:
    """Return a text with what could not be decoded as lost; Big5 with what Hong Kong added to it, if it has any."""
    text = data.decode(encoding, "replace")
    if encoding == "big5" and 0 < _lost(text) <= _MOSTLY:
        wider = data.decode("big5hkscs", "replace")
        return wider if wider.count(_LOST) < text.count(_LOST) else text
    if encoding == "gb18030" and 0 < text.count(_LOST) <= _FEW:
        return data.decode(encoding, _PAIRS)
    return text


def _behind_broken(error: UnicodeError) -> tuple[str, int]:
    """Take a bad byte for the first of two, of one character that is lost, where what follows is then plainer."""
    assert isinstance(error, UnicodeDecodeError)
    data, at = error.object, error.start
    near = [likeness(data[at + n : at + n + _NEAR].decode("gb18030", "ignore")) for n in (1, 2)]
    return _LOST, at + (2 if data[at + 1 : at + 2] > b"\x7f" and near[1] > near[0] else 1)


codecs.register_error(_PAIRS, _behind_broken)


def _certain(head: bytes) -> str | None:
    """Return the encoding in which a file's beginning is plain official Chinese, and long enough to be no chance."""
    for encoding in _CANDIDATES if not _wide(head) else ():
        text = _decoded(head, encoding)
        if len(text) >= _LONG and likeness(text) >= _CERTAIN and _lost(text) <= _BROKEN:
            return encoding
    return None


def _likeliest(data: bytes, declared: str | None) -> str | None:
    """Return the encoding in which a file is most like official Chinese, or None if it is in none."""
    found = []
    for encoding in ("utf-16-le", "utf-16-be") if _wide(data) else _CANDIDATES:
        text = _decoded(data, encoding)
        lost, like = _lost(text), likeness(text)
        if lost <= _BROKEN or like >= _CERTAIN or encoding == declared:  # a short text with a few bad bytes
            found.append((like - 10 * lost, encoding == declared, encoding))
    best = max(found, default=None, key=lambda item: item[:2])
    return best[2] if best and best[0] >= _LEAST else None


def _lost(text: str) -> float:
    """Return which share of a text's characters beyond ASCII could not be decoded; one at its end was cut in two."""
    broken = text.count(_LOST) - text.endswith(_LOST)
    return broken / len("".join(_FOREIGN.findall(text))) if broken else 0


def _clean(text: str, data: bytes, encoding: str = "") -> str:
    """Return a text with line ends as \\n; one that is full of control characters is no text.

    data: the text in its encoding, of which the control characters are counted, in a tenth of the time.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    data = text.encode() if encoding.startswith("utf-16") else data  # whose bytes are no characters
    if len(data) - len(data.translate(None, _CONTROL)) > max(1, len(text) / _DAMAGE):
        raise SetAside("binary", "the file is not text; save it as a text file in UTF-8")
    return text
