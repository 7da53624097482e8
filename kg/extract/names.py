"""The words that make a name a name: head nouns, verbs, set phrases, theme words of kg/tables/name_words.csv.

In: the table. Out: Words, loaded once, with matchers. A new word is a row there; ROLES says what each role does.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources.abc import Traversable
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.data import table

#: A character that does not tell names apart.
DROPPED = re.compile("[“”\"‘’'「」『』 \u3000·•・\x01]")

_MARKS = re.compile('[“”"‘’「」\x01]')

#: What joins two names.
JOINS = re.compile("[和与及或]")

#: What is held or carried out, and names nothing: 学法用法考核及执法过错追究制度.
_HELD = ("考核", "考试", "测试", "培训", "检查", "抽查", "巡查")

KINDS = ("campaign", "mechanism", "body", "platform", "programme")

#: named: a head noun that names with any specific modifier; made: only behind a verb; tail: a head noun behind a quoted
#: name; loose: a weaker one; ending: the last word inside quotation marks; verb: brings a name about; opening: other
#: words at the head of a clause; generic: modifiers that specify nothing; not-named: endings of what is no initiative;
#: phrase: set phrases; general: wordings of initiatives.csv that are ordinary words unless quoted; class: ids of
#: initiatives.csv that stand for many; theme: words that tell the theme; weak: those of them that do so only where no
#: other stands in the name (整治, 志愿); hint: parts of a name that do so where no theme word stands in it.
#: value: kind or theme. least: how many characters of modifier a head noun wants.
ROLES = ("named", "made", "tail", "loose", "ending", "verb", "opening", "generic", "not-named", "phrase", "general",
         "class", "theme", "weak", "hint")  # fmt: skip


class Candidate(NamedTuple):
    """text[start:end] may name an initiative. core: what tells it from others; known: a wording of initiatives.csv."""

    start: int
    end: int
    name: str
    core: str
    kind: str
    rule: str
    known: str = ""


@dataclass(frozen=True, eq=False)
class Words:
    """name_words.csv: for each role its words (with kind and least modifier), and what is matched in running text."""

    by_role: Mapping[str, Mapping[str, tuple[str, int]]]

    def has(self, role: str, word: str) -> bool:
        """Tell whether the table gives the word this role."""
        return word in self.by_role[role]

    @cached_property
    def kinds(self) -> Mapping[str, str]:
        """The kind of every head noun."""
        return {word: value for role in reversed(ROLES[:4]) for word, (value, _) in self.by_role[role].items()}

    @cached_property
    def least(self) -> Mapping[str, int]:
        """How many characters of modifier a head noun wants that stands outside quotation marks."""
        return {word: least for role in ("made", "named") for word, (_, least) in self.by_role[role].items()}

    @cached_property
    def head_words(self) -> tuple[str, ...]:
        """Head nouns that name without quotation marks, in the order of `heads`."""
        return tuple(self.least)

    @cached_property
    def heads(self) -> AhoCorasick:
        return _automaton(self.head_words)

    @cached_property
    def tail_words(self) -> tuple[str, ...]:
        """All head nouns, in the order of `tails`."""
        return tuple(self.kinds)

    @cached_property
    def tails(self) -> AhoCorasick:
        return _automaton(self.tail_words)

    @cached_property
    def theme_words(self) -> tuple[str, ...]:
        """Words that tell the theme, in the order of `themes`."""
        return tuple(self.by_role["theme"])

    @cached_property
    def themes(self) -> AhoCorasick:
        return _automaton(self.theme_words)

    @cached_property
    def verbs(self) -> re.Pattern[str]:
        return re.compile(f"(?!(?<=落)实行)(?:{_any(self.by_role['verb'])})")  # 落实行政争议调解机制

    @cached_property
    def made_before(self) -> re.Pattern[str]:
        """A verb of making at the end of what stands in front of a name."""
        return re.compile(f"(?:{_any(self.by_role['verb'])})(?:了|好|出|起|一批|首[个家]|[省市区县]级|以)?$")

    @cached_property
    def opening(self) -> re.Pattern[str]:
        often = "每(?:[日周月年]|季度|半年)结合"  # but not 每月执法案件评议制度
        return re.compile(f"{often}|{_any([*self.by_role['opening'], *self.by_role['verb']])}")

    def makes(self, clause: str) -> bool:
        """Tell whether a clause has one of the openings that bring something about (推进, 落实), not 会同 or 根据."""
        return any(
            m.group() in self.by_role["verb"] or self.by_role["opening"].get(m.group(), ("", 0))[0]
            for m in self.opening.finditer(clause)
        )

    @cached_property
    def joined(self) -> re.Pattern[str]:
        """A head noun, or what was held, and the conjunction behind it: what follows is another name."""
        return re.compile(f"(?:{_any([*self.head_words, *_HELD])})(?:以及|{JOINS.pattern})")

    @cached_property
    def not_named(self) -> tuple[str, ...]:
        return tuple(self.by_role["not-named"])

    @cached_property
    def generic(self) -> re.Pattern[str]:
        return re.compile(_any(self.by_role["generic"]))

    @cached_property
    def theme_values(self) -> tuple[str, ...]:
        """The theme of each of `theme_words`."""
        return tuple(theme for theme, _ in self.by_role["theme"].values())

    def themes_of(self, text: str) -> list[str]:
        """Return the themes of the text's theme words, in their order."""
        values = self.theme_values
        return [values[index] for index, _, _ in self.themes.find_matches_as_indexes(text)]

    def own_themes_of(self, name: str) -> list[str]:
        """Return the themes of a name's theme words, in their order; of weak words only if there are no others.

        >>> words().own_themes_of("物业志愿宣讲队"), words().own_themes_of("志愿队")
        (['safety', 'publicity'], ['safety'])
        """
        found = [self.theme_words[index] for index, _, _ in self.themes.find_matches_as_indexes(name)]
        strong = [word for word in found if word not in self.by_role["weak"]]
        return [self.by_role["theme"][word][0] for word in strong or found]

    @cached_property
    def hint(self) -> re.Pattern[str]:
        return re.compile(_any(self.by_role["hint"]))

    def hints_of(self, name: str) -> Mapping[str, int]:
        """Return the themes that the parts of a name hint at; a longer part says more.

        >>> words().hints_of("法治小院")
        {'publicity': 2, 'safety': 1}
        """
        hints: dict[str, int] = {}
        for match in self.hint.finditer(name):
            theme = self.by_role["hint"][match.group()][0]
            hints[theme] = hints.get(theme, 0) + len(match.group())
        return hints

    def head_of(self, name: str) -> str:
        """Return the longest real head noun of two characters or more that ends the name, or nothing.

        >>> [words().head_of(name) for name in ("长者心声热线", "一老一小")]
        ['热线', '']
        """
        return next((name[-n:] for n in range(min(len(name) - 1, 8), 1, -1) if name[-n:] in self.least), "")

    def ends_in_head(self, name: str) -> bool:
        """Tell whether a head noun or ending of two characters or more ends the name, with something in front of it."""
        least, endings = self.least, self.by_role["ending"]
        return any(name[-n:] in least or name[-n:] in endings for n in range(2, min(len(name), 8)))

    def ending(self, name: str) -> str:
        """Return the kind that the last word of a name says, or nothing.

        >>> [words().ending(name) for name in ("板凳议事亭", "法治夜校课堂", "民情日记")]
        ['platform', 'platform', '']
        """
        for size in range(min(len(name) - 1, 8), 0 if len(name) <= 7 else 1, -1):
            kind = self.kinds.get(name[-size:]) if size > 1 else None
            if kind or name[-size:] in self.by_role["ending"]:
                return kind or self.by_role["ending"][name[-size:]][0]
        return ""


def load(at: Traversable | None = None) -> Words:
    """Read name_words.csv (at: another folder). Raise TableError for a row that breaks the contract."""
    by_role: dict[str, dict[str, tuple[str, int]]] = {role: {} for role in ROLES}

    def add(cells: dict[str, str]) -> None:
        word, role, value, least = cells["word"], cells["role"], cells["value"], cells["least"]
        if not word:
            raise ValueError("word is empty")
        if role not in by_role:
            raise ValueError(f"no role {role!r}; there are {', '.join(ROLES)}")
        if word in by_role[role]:
            raise ValueError(f"{word!r} already has the role {role}")
        if role in ROLES[:5] and (value not in KINDS or not least.isdecimal()):
            raise ValueError(f"a head noun wants a kind and a number, not {value!r} and {least!r}")
        by_role[role][word] = (value, int(least or 0))

    table("name_words.csv", "word role value least", add, at=at)
    return Words(by_role)


@lru_cache(maxsize=1)
def words() -> Words:
    """Return the package's own Words; loaded at the first call, then shared."""
    return load()


@lru_cache(maxsize=1 << 13)
def _squash(name: str) -> str:
    return DROPPED.sub("", name).replace("—", "-").replace("–", "-").replace("İ", "I").lower()


def squash(name: str) -> str:
    """Return a name as it is compared: without quotation marks, blanks and middle dots, with one kind of dash.

    Each character stays one or goes, so that a place in the result leads back to the name.

    >>> squash("“3·15”国际消费者权益日 — APP")
    '315国际消费者权益日-app'
    """
    return _squash(name) if len(name) < 64 else _squash.__wrapped__(name)


def unmarked(text: str) -> str:
    """Return a name without quotation marks.

    >>> unmarked("行政执法“三项制度”")
    '行政执法三项制度'
    """
    return _MARKS.sub("", text)


def _automaton(patterns: Iterable[str]) -> AhoCorasick:
    return AhoCorasick(list(patterns), matchkind=MatchKind.LeftmostLongest)


def _any(choices: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(choices, key=lambda word: (-len(word), word))))
