"""Characters, numerals and sentences of Chinese text. Pure functions of strings; no table, no document."""

import re
from collections.abc import Iterator

_DIGITS = dict(zip("零〇一二三四五六七八九两壹贰叁肆伍陆柒捌玖", [0, 0, *range(1, 10), 2, *range(1, 10)], strict=True))
_SCALES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}

#: Characters that a Chinese numeral is made of.
NUMERAL = "".join(_DIGITS) + "".join(_SCALES) + "".join(_MYRIADS)

_HALF = {ord(full): chr(ord(full) - 0xFEE0) for full in map(chr, range(0xFF01, 0xFF5F))} | {
    ord(blank): " " for blank in "\u3000\xa0\u2002\u2003\u2009\t"
}
#: What half_width folds, as the inside of a pattern's class.
WIDE = "".join(map(chr, _HALF))
_WIDE = re.compile(f"[{WIDE}]")
#: A tab between two digits parts the cells of a table, and stays, so that 203 and 188 are not read as 203188.
_CELLS = re.compile(r"(?<=\d)\t(?=\d)")


def half_width(text: str) -> str:
    """Fold full-width letters, digits and punctuation, and every kind of blank, to ASCII; same length.

    A tab between two digits stays: it parts the cells of a table.

    >>> half_width("２３６项（含Ａ类），占８５％。")
    '236项(含A类),占85%。'
    >>> half_width("罚款\\t203\\t188")
    '罚款 203\\t188'
    """
    cells = [match.start() for match in _CELLS.finditer(text)] if "\t" in text else []
    for wide in set(_WIDE.findall(text)):  # a table of all characters would be asked about each one, which is slow
        text = text.replace(wide, _HALF[ord(wide)])
    for at in cells:
        text = f"{text[:at]}\t{text[at + 1 :]}"
    return text


def chinese_number(numeral: str) -> int | None:
    """Return the value of a Chinese numeral, or None if it is none.

    >>> [chinese_number(n) for n in ("十三", "两", "一百零五", "三万二千", "两千三", "二〇二四", "十百", "万")]
    [13, 2, 105, 32000, 2300, 2024, None, 10000]
    """
    if not numeral or any(c not in NUMERAL for c in numeral):
        return None
    if all(c in _DIGITS for c in numeral):
        return int("".join(str(_DIGITS[c]) for c in numeral))
    total = section = digit = 0
    last_scale = 10_000
    for c in numeral:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c in _SCALES:
            if _SCALES[c] >= last_scale:
                return None
            last_scale = _SCALES[c]
            section += (digit or 1) * last_scale
            digit = 0
        else:
            total = (total + section + digit or 1) * _MYRIADS[c]
            section = digit = 0
            last_scale = 10_000
    if digit and len(numeral) > 1 and numeral[-2] in "百千万亿佰仟":  # 三万五 is 35,000, 三万零五 is not
        return total + section + digit * (_MYRIADS | _SCALES)[numeral[-2]] // 10
    return total + section + digit


def part_of_date(part: str) -> int:
    """Return the number of a year, month or day as it is written; 0 for what is none.

    >>> [part_of_date(part) for part in ("二○二四", "元", "十五", "07", "某")]
    [2024, 1, 15, 7, 0]
    """
    if part == "元":  # 元月
        return 1
    return int(part) if part.isdigit() else chinese_number(part.translate(str.maketrans("○O0", "〇〇〇"))) or 0


#: A title, or a few words in quotation marks, is no end of a sentence, whatever marks it holds.
_NAMED = "《[^《》\n]{1,60}》|“[^“”。;\n]{1,30}”"
_SENTENCE = re.compile(rf"(?:[^。!?;\n《“]+|{_NAMED}|[《“])+[。!?;]*[”’」』)]*")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of sentences: up to 。 ! ? ; or a line's end, without blanks around.

    >>> [ "甲。 乙;丙"[a:b] for a, b in sentences("甲。 乙;丙") ]
    ['甲。', '乙;', '丙']
    >>> text = "开展《你懂法吗?》讲座3场!办“宪法,来了!”活动"
    >>> [text[a:b] for a, b in sentences(text)]
    ['开展《你懂法吗?》讲座3场!', '办“宪法,来了!”活动']
    >>> [ "《甲!乙。丙"[a:b] for a, b in sentences("《甲!乙。丙") ]
    ['《甲!', '乙。', '丙']
    """
    for match in _SENTENCE.finditer(text):
        piece = match.group()
        start = match.start() + len(piece) - len(piece.lstrip())
        end = match.start() + len(piece.rstrip())
        if start < end:
            yield start, end
