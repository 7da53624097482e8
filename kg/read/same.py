"""The same report twice: on another host, in another script, with another page around it.

In: Documents, one after the other, or their sketches. Out: the name of an earlier one that is the same report. Two
texts are the same if their clauses are, figures included, and no other body names itself: next year's report repeats
the phrases of this year's, and not its figures; a neighbour's may repeat both. Where one text gives another number in
the same words, it is a version of its own, which may correct the other: nothing of it is left out (the check
versions-differ shows where they part).
"""

import re
import sqlite3
from array import array
from collections import Counter
from dataclasses import dataclass
from zlib import crc32

from kg.model import Document

#: The number of a list in front of it is none of a clause's: copies mask it.
_CLAUSE = re.compile("[\u3400-\u9fff][\u3400-\u9fff0-9.%]{5,}")
_YEAR = re.compile(r"(?<!\d)20[0-3]\d(?=年)")
#: How many of the smallest hashes stand for a text; how many of them lead to it; how many texts are compared at most.
_SKETCH, _KEYS, _MOST = 96, 6, 50
_ALIKE, _FIGURES_ALIKE, _WITHOUT_FIGURES = 0.7, 0.75, 0.95
#: So many characters of a clause are compared: where line ends are lost, a heading runs into the clause behind it.
_TAIL = 12
_FEW = 4
#: A number of what is counted: no year, day or clock, and none of a list.
_NUMBER = re.compile(
    r"(?<![\d.])(?:\d+(?:\.\d+)?(?![年月日号时\d])(?=[%\u3400-\u9fff])"
    "|(?<![一二三四五六七八九十百两])[一二三四五六七八九十百两]{1,9}(?=[余多]?[件次个人名份场起项家宗条户期批卷册篇处所支]))"
)
_OTHER, _DIGITS = re.compile("[^\u3400-\u9fff0-9%]+"), re.compile(r"\d+")
#: Characters around a number that say what it counts: looked at, kept, and the fewest in front; kept behind it.
_LOOKED_AT, _BEFORE, _LEAST, _BEHIND = 24, 10, 4, 2
#: A line without one of these may be the page's, with another clock on each host.
_PROSE_MARKS = re.compile("[。;]")
_TITLE = re.compile(r"^[^。\n]{0,60}?(?:法治政府|依法行政|法治建设)[^。\n]{0,30}?(?:报告|总结|情况|汇报)", re.MULTILINE)
_NAME = re.compile("(?![我本全])[\u3400-\u9fff]{1,30}?(?:街道|委员会|[省市区县旗镇乡局厅])")
#: Whose body it is stands right in front of its name; what may stand in front of both.
_NAMES, _ABOUT = re.compile(f"(?:{_NAME.pattern})+"), re.compile(".*(?:关于|印发|中共|标题|题目)")
_SIGNED = re.compile("^[ ]*[\u3400-\u9fff]{2,30}(?:政府|办事处|委员会|[局厅办])(?=[ ]*$|[ ]*20)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Sketch:
    """What a text is known by: hashes of its clauses, of those with figures; its commonest year; who says it.

    numbers: in turn a hash of the words around a number and one of the number, in order.
    """

    year: str
    names: tuple[str, str]
    clauses: "array[int]"
    figures: "array[int]"
    numbers: "array[int]"

    @classmethod
    def of(cls, text: str) -> "Sketch":
        """Return the sketch of a Document's text."""
        whole = text.replace(" ", "")  # copies are torn
        clauses = {clause[-_TAIL:] for clause in _CLAUSE.findall(whole)}
        figures = {clause for clause in clauses if any(c.isdigit() for c in clause)}
        years = Counter(_YEAR.findall(whole))
        year = min(years, key=lambda year: (-years[year], year), default="")
        names = _last_name(_titled(text)), _last_name("\n".join(_SIGNED.findall(text[-400:])))
        return cls(year, names, _smallest(clauses), _smallest(figures), _numbers(whole))

    @property
    def keys(self) -> "array[int]":
        """The hashes that lead to this text."""
        return self.figures[:_KEYS] if len(self.figures) >= _FEW else self.clauses[:_KEYS]

    def packed(self) -> bytes:
        """Return the sketch as some 1,200 bytes."""
        sizes = f"{len(self.clauses)} {len(self.figures)}"
        head = "\n".join((self.year, *self.names, sizes, "")).encode("utf-8", "surrogatepass")
        return head + self.clauses.tobytes() + self.figures.tobytes() + self.numbers.tobytes()

    @classmethod
    def unpacked(cls, data: bytes) -> "Sketch":
        """Return the sketch that was packed."""
        *head, tail = data.split(b"\n", 4)
        year, one, other, sizes = (part.decode("utf-8", "surrogatepass") for part in head)
        hashes, (clauses, figures) = array("I", tail), map(int, sizes.split())
        return cls(
            year, (one, other), hashes[:clauses], hashes[clauses : clauses + figures], hashes[clauses + figures :]
        )

    def is_same(self, other: "Sketch") -> bool:
        if self.year != other.year or any(map(_contradict, self.names, other.names)):
            return False
        if self._counts_otherwise(other):
            return False
        if min(len(self.figures), len(other.figures)) < _FEW:
            return _share(self.clauses, other.clauses) >= _WITHOUT_FIGURES
        alike = _share(self.clauses, other.clauses) >= _ALIKE
        return alike and _share(self.figures, other.figures) >= _FIGURES_ALIKE

    def _counts_otherwise(self, other: "Sketch") -> bool:
        """Tell a text that gives in the same words a number that the other has not, and lacks one that it has."""
        one, two = _by_words(self.numbers), _by_words(other.numbers)
        return any(one[words] - two[words] and two[words] - one[words] for words in one.keys() & two.keys())


def _titled(text: str) -> str:
    """Return a text's title, with the line above it, where a title of two lines names the body."""
    match = _TITLE.search(text[:1500])
    return "\n".join(text[: match.end()].rsplit("\n", 2)[-2:]) if match else ""


def _last_name(text: str) -> str:
    """Return the last place or body that a title or a signature names, with the places right in front of it.

    >>> _last_name("关于甲县乙镇人民政府2023年法治政府建设情况的报告"), _last_name("甲县水务局")
    ('甲县乙镇', '甲县水务局')
    """
    names = _NAMES.findall(text)
    return _ABOUT.sub("", names[-1]) if names else ""


def _contradict(one: str, other: str) -> bool:
    return bool(one and other) and not (one.endswith(other) or other.endswith(one))


def _smallest(clauses: set[str]) -> "array[int]":
    return array("I", sorted(map(_hash, clauses))[:_SKETCH])


def _numbers(text: str) -> "array[int]":
    """Return hashes of the words around each number of a text's sentences, and of the number, for the smallest words.

    Marks, blanks and line ends say nothing: another page breaks lines elsewhere.
    """
    found = set()
    for line in filter(_PROSE_MARKS.search, text.split("\n")):
        for match in _NUMBER.finditer(line):
            before = _OTHER.sub("", line[max(0, match.start() - _LOOKED_AT) : match.start()])
            words = _DIGITS.sub("#", before)[-_BEFORE:] + "#" + line[match.end() : match.end() + _BEHIND]
            if len(words) >= _LEAST + 1 + _BEHIND:
                found.add((_hash(words), _hash(match.group())))
    return array("I", (number for pair in sorted(found)[: 2 * _SKETCH] for number in pair))


def _by_words(numbers: "array[int]") -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for words, number in zip(numbers[::2], numbers[1::2], strict=True):
        found.setdefault(words, set()).add(number)
    return found


def _hash(text: str) -> int:
    return crc32(text.encode("utf-8", "surrogatepass"))


def _share(one: "array[int]", other: "array[int]") -> float:
    """Estimate how much of two sets of clauses is in both, from the smallest hashes of each."""
    union = sorted({*one, *other})[:_SKETCH]
    both = {*one} & {*other}
    return sum(item in both for item in union) / (len(union) or 1)


class Seen:
    """The reports read so far, about a kilobyte for each, in a file of SQLite's that goes with it."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._db.executescript("""
            PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;
            CREATE TABLE digest (sha256 TEXT PRIMARY KEY, name TEXT) WITHOUT ROWID;
            CREATE TABLE known (number INTEGER PRIMARY KEY, name TEXT, sketch BLOB);
            CREATE TABLE led (year TEXT, key INTEGER, number INTEGER, titled TEXT, signed TEXT,
                PRIMARY KEY (year, key, number)) WITHOUT ROWID;""")

    def __del__(self) -> None:
        self._db.close()

    def same_as(self, document: Document) -> str | None:
        """Return the name of an earlier report that this one is, or None, and then remember this one."""
        return self.same(document.name, document.sha256, Sketch.of(document.text))

    def same(self, name: str, digest: str, sketch: Sketch) -> str | None:
        """Do as same_as does, for a report's name, the digest of its source and its sketch."""
        ask = self._db.execute
        if known := ask("SELECT name FROM digest WHERE sha256 = ?", (digest,)).fetchone():
            return str(known[0])
        led = {found for key in sketch.keys for found in self._led(sketch.year, key)}
        for number, *names in sorted(led):
            if any(map(_contradict, sketch.names, names)):
                continue  # most of them: not worth unpacking
            other, data = ask("SELECT name, sketch FROM known WHERE number = ?", (number,)).fetchone()
            if Sketch.unpacked(data).is_same(sketch):
                ask("INSERT INTO digest VALUES (?, ?)", (digest, other))
                return str(other)
        ask("INSERT INTO digest VALUES (?, ?)", (digest, name))
        at = ask("INSERT INTO known (name, sketch) VALUES (?, ?)", (name, sketch.packed())).lastrowid
        rows = ((sketch.year, key, at, *sketch.names) for key in sketch.keys)
        self._db.executemany("INSERT OR IGNORE INTO led VALUES (?, ?, ?, ?, ?)", rows)
        return None

    def _led(self, year: str, key: int) -> list[tuple[int, str, str]]:
        """Return the texts of a year that a hash leads to, the first of them, with their names; others differ."""
        query = "SELECT number, titled, signed FROM led WHERE year = ? AND key = ? ORDER BY number LIMIT ?"
        return self._db.execute(query, (year, key, _MOST)).fetchall()
