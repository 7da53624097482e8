"""When: the years that a question in plain Chinese names, in digits, in words, or counted from now.

In: the question. Out: the value of the parameter `year`, as that person could have typed it.
"""

import re
from collections.abc import Sequence

from kg.bind import latest, years
from kg.questions import ALL
from kg.store import Source
from kg.text import chinese_number

#: What stands between two places or years that are meant both, and between the first and the last of several years.
AND = "和|与|跟|同|及|以及|、|比|还是|,|，|vs|对"
_TO = "到|至|[-—–~～]+"
#: A year in full, or by its last two digits (24年, and not 近20年, 20年来, 3月11日). Of another
#: century it says 年, or is the first of a range: no report is of 1999, and that is said.
_YEAR = re.compile(
    r"(?<![\d近前后过了])(20\d\d|[12]\d{3}(?=年|[到至—–~～-]\d{4}年)|[1-3]\d)(?:(年度?)(?![来内间])|(?![\d年月日场次件名个]))"
)
_THAN = "比|较|相比|对比|相较于?"
_LINK = re.compile(f"{AND}|{_TO}|{_THAN}")
_SINCE = re.compile("以来|以后|起|至今|开始|到现在")
_CHINESE_YEAR = re.compile("(?:[二两][〇零○OoＯｏ0]|一九)[〇零○OoＯｏ0一二三四五六七八九]{2}(?=年)")
_DIGITS = str.maketrans("〇一二三四五六七八九零○OoＯｏ两", "01234567890000002")
#: Digits as wide as a Chinese character.
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")
#: Years that count from now: reports of the latest year are those of last year.
_LAST, _BEFORE = re.compile("去年|今年|最近一年|上一年度?"), re.compile("(?<!以)前年")
_SEVERAL = re.compile(r"[近这最过去]([两二三四五六七八九十])年")
_ALL = re.compile("近几?年|近些年|[几]年来|这几年|哪[几些一]?年|历年|每年|各年|各年度")


def arabic(text: str) -> str:
    """Write years in Arabic digits.

    >>> arabic("二〇二三年和二零二二年"), arabic("一九九九年"), arabic("二O二三年和２０２２年"), arabic("二零二三件")
    ('2023年和2022年', '1999年', '2023年和2022年', '二零二三件')
    """
    return _CHINESE_YEAR.sub(lambda m: m[0].translate(_DIGITS), text.translate(_WIDE))


def years_in(text: str) -> tuple[str, str] | None:
    """Return the years that a text names: one, several with commas between, or a range; and the words that name them.

    >>> texts = "21年到23年的走势", "22、2023年多少", "2022年以来", "24年4月1日后", "近20年", "30场", "23年比22年"
    >>> [found and found[0] for found in map(years_in, texts)]
    ['2021-2023', '2022,2023', '2022-', '2024', None, None, '2023']
    >>> years_in("1998到2002年"), years_in("1500至2000件"), years_in("1998件")
    (('1998-2002', '1998到2002年'), None, None)
    """
    chains: list[list[re.Match[str]]] = []
    for token in _YEAR.finditer(text):
        if chains and _LINK.fullmatch(text, chains[-1][-1].end(), token.start()):
            chains[-1].append(token)
        else:
            chains.append([token])
    chains = [c for c in chains if c[-1][2] or all(len(token[1]) == 4 for token in c)]
    if not chains:
        return None
    values = [_chain(text, chain) for chain in chains]
    return ",".join(dict.fromkeys(values)), text[chains[0][0].start() : chains[-1][-1].end()]


def _chain(text: str, chain: Sequence[re.Match[str]]) -> str:
    """Return the value of years that stand together."""
    written = [token[1] if len(token[1]) == 4 else f"20{token[1]}" for token in chain]
    if len(chain) == 2 and re.fullmatch(_TO, text[chain[0].end() : chain[1].start()]):
        return "-".join(written)
    if len(chain) == 2 and re.fullmatch(_THAN, text[chain[0].end() : chain[1].start()]):
        return max(written)
    since = _SINCE.match(text, chain[-1].end())
    return written[0] + "-" if since and len(chain) == 1 else ",".join(sorted(written))


def relative_year(source: Source, text: str) -> str | None:
    """Return the years that a text counts from now (去年, 近三年); None where it does not."""
    if _LAST.search(text):
        return "latest"
    if _BEFORE.search(text):
        return str(latest(source) - 1)
    if match := _SEVERAL.search(text):
        first = latest(source) + 1 - (chinese_number(match[1].replace("两", "二")) or 0)
        return ALL if first <= min(years(source)) else f"{first}-"
    return ALL if _ALL.search(text) else None


def counted_from_now(text: str) -> str:
    """Return the words by which a text counts its year from now, empty where it does not.

    >>> counted_from_now("去年各镇罚款多少"), counted_from_now("2022年罚款多少")
    ('去年', '')
    """
    found = _LAST.search(text) or _BEFORE.search(text) or _SEVERAL.search(text)
    return found[0] if found else ""
