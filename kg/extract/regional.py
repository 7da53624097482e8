"""Regulations of provinces and cities that are named in running text without marks: 贯彻河北省信访条例.

In: the text and the titles of the tables. Out: Places. The name begins with the place that made the regulation and ends
in 条例; nothing between them may be a verb or a word for documents in general (河北省出台的条例, 邢台市有关条例).
"""

import re
from collections.abc import Iterator

from kg.extract.marks import Place
from kg.extract.titles import Titles

_REGULATION = re.compile("条例")
_RUN = re.compile("[\u4e00-\u9fff]{5,36}$")
_LONGEST = 36  # characters of place and name
_MAKERS = re.compile("(?:省|市|自治区|州|盟|自治县|自治旗)$")
_SAID = re.compile(
    "的|有关|相关|相应|各项|若干|首[部件个]|[一二两三四五六七八九十多]部|(?<![软硬邮事案物信条])件|我[省市区县州]|全[省市区县州]|本市"
    "|(?<![高平初中优])等|以及|出台|制定(?!地方性法规)|颁布|印发|修[订改正]|起草|审议|通过|实施|施行|贯彻|落实|执行|遵守|根据|依据|按照|开展"
    "|(?<!终身)学习(?!促进)|宣传(?!教育)|(?:省|市|州|区|县)(?:委|政府|人大|人民|直)|要求|清理|单行$|自治$"
    "|^(?:人大|人民(?!调解|防空|警察)|政府(?!投资|数据|采购|规章)|委|直)"
)


def regional(text: str, known: Titles) -> Iterator[Place]:
    """Yield the regulations that a province, a city or an autonomous area made, where their full names stand bare."""
    end = 0  # of the regulation before
    for word in _REGULATION.finditer(text):
        run = _RUN.search(text, max(end, word.start() - _LONGEST), word.start())
        end = word.end()
        start = _start(run.group(), known) if run else -1
        if run and start >= 0:
            start += run.start()
            yield Place(start, word.end(), text[start : word.end()], "bare")


def _start(run: str, known: Titles) -> int:
    """Return where in a run of characters the name of a regulation begins, or -1. The nearest place is the maker.

    >>> from kg.extract.titles import titles
    >>> from kg.vocabulary import vocabulary
    >>> known = titles(vocabulary())
    >>> [_start(run, known) for run in ("学习河北省信访工作", "宣传邢台市有关", "清河县信访工作")]
    [2, -1, -1]
    """
    for start in range(len(run) - 5, -1, -1):
        if run[start : start + 2] not in known.place_starts:
            continue
        names = (run[start : start + n] for n in range(11, 2, -1))
        name = next((name for name in names if name in known.tables.places_by_name), None)
        if name and _MAKERS.search(name) and not _county(name, known):
            rest = run[start + len(name) :]
            return start if 1 < len(rest) < 25 and not _SAID.search(rest) else -1
    return -1


def _county(name: str, known: Titles) -> bool:
    """Return whether a place has no power to make regulations."""
    levels = {place.level for place in known.tables.places_by_name[name]}
    return not levels & {"province", "prefecture"} and not name.endswith(("自治县", "自治旗"))
