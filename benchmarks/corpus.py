"""Made-up reports with the variety of real ones, as many as wanted: `python benchmarks/corpus.py 1000 FOLDER`.

In: a number. Out: its report, a file's name and bytes, the same on every machine: one body, one of three years on end,
titles, headings and sentences of corpus.toml with figures of their own, in one of LAYOUTS and one of ENCODINGS. Of a
thousand some 12 are copies of an earlier report with another page around it, and 10 are no reports (empty, a notice,
bytes of no text). About 10 KB each. A new sentence goes into corpus.toml, new damage into LAYOUTS or ENCODINGS.
"""

import random
import re
import sys
import tomllib
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT)]

from kg.vocabulary import Place, vocabulary  # noqa: E402
from tests.reports.made import docx, paragraph  # noqa: E402

_SLOT = re.compile(r"\{([^{}]+)\}|\[([^\[\]]+\|[^\[\]]*)\]")
_ORDER = "一二三四五六七八九十"
_SELF = {
    "省": "我省",
    "自治区": "我区",
    "市": "我市",
    "自治州": "我州",
    "县": "我县",
    "街道": "我街道",
    "镇": "我镇",
    "乡": "我乡",
}
_BODY = {"街道": "办事处", "开发区": "管理委员会"}
_YEARS = 3  # on end, of each body
Values = Mapping[str, str]


@lru_cache(maxsize=1)
def parts() -> dict[str, Any]:
    """Return what reports are made of."""
    found = tomllib.loads((Path(__file__).parent / "corpus.toml").read_text(encoding="utf-8"))
    return found | {name: words.split() for name, words in found.items() if isinstance(words, str)}


@lru_cache(maxsize=1)
def places() -> list[Place]:
    """Return the places that report, from provinces to townships."""
    kinds = ("province", "prefecture", "county", "township")
    return [p for p in vocabulary().places_by_code.values() if p.level in kinds and 2 <= len(p.name) <= 9]


def filled(template: str, values: Values, dice: random.Random) -> str:
    """Return a template with its alternatives taken and its slots filled."""

    def slot(match: re.Match[str]) -> str:
        name, choice = match[1], match[2]
        if choice is not None:
            return dice.choice(choice.split("|"))
        if name == "%":
            return dice.choice(
                ("100%", "100%", f"{dice.randint(82, 99)}%", f"{dice.randint(90, 99)}.{dice.randint(1, 99)}%")
            )
        if found := re.fullmatch(r"(\d+)-(\d+)(余?)", name):
            return _number(int(found[1]), int(found[2]), bool(found[3]), dice)
        if name in values:
            return values[name]
        word: str = dice.choice(parts()[{"法": "laws", "规": "rules", "项": "programmes"}.get(name, name)])
        title = f"中华人民共和国{word}" if name == "法" and word.endswith("法") and dice.random() < 0.5 else word
        return values["省"] + title if name == "规" else title

    return _SLOT.sub(slot, template)


def _number(low: int, high: int, loose: bool, dice: random.Random) -> str:
    """Return a number: high ones round, and of those that may be bounds, half are."""
    number = dice.randint(low, high)
    if number > 10_000 and dice.random() < 0.4:
        return f"{number / 10_000:.1f}万" + ("余" if loose and dice.random() < 0.5 else "")
    if loose and number > 20 and dice.random() < 0.5:
        return f"{number // 10 * 10}余"
    return str(number)


def sentences(number: int) -> tuple[str, list[str], Values]:
    """Return a report as its title, its lines, and what it is about."""
    dice = random.Random(f"report {number}")
    every = places()
    body, order = divmod(number, _YEARS)
    at = body * 7919 % len(every)
    place, year = every[at], 2016 + (at + body // len(every)) % 3 * _YEARS + order
    above = [p.name for p in vocabulary().ancestors(place)]
    kind = next((k for k in _SELF if place.name.endswith(k)), "")
    name = f"{above[0] if above and dice.random() < 0.4 else ''}{place.name}"
    values = {
        "名": name, "我": _SELF.get(kind, "我单位"), "省": (above or [place.name])[-1], "年": str(year),
        "称": kind or "地区", "上年": str(year - 1), "下年": str(year + 1), "字": f"{place.name[0]}政发",
    }  # fmt: skip
    topics, said = parts()["topic"], list[str]()
    length, most, prose = (
        dice.choice((4, 5, 5, 6, 7, 7)),
        dice.choice((1, 1, 2, 2, 3, 4, 6)),
        dice.choice((5, 7, 8, 9, 12)),
    )
    roles = [filled(dice.choice(each), values, dice) for each in parts()["roles"]]
    said.append(filled(dice.choice(parts()["openings"]), values, dice))
    said.append(f"一、{roles[0]}")
    for i, topic in enumerate(dice.sample(topics, length)):
        chosen = dice.sample(topic["sentences"], min(most, len(topic["sentences"])))
        chosen = [filled(t, values, dice) for t in [*chosen, *dice.choices(parts()["prose"], k=prose)]]
        dice.shuffle(chosen)
        heading = f"({_ORDER[i]}){filled(dice.choice(topic['headings']), values, dice)}"
        said += _section(heading, chosen, dice)
    for order, role, key in (("二", roles[1], "problem"), ("三", roles[2], "plan")):
        pool = parts()[key][0]["sentences"]
        said.append(f"{order}、{role}")
        said += _section("", [filled(t, values, dice) for t in dice.sample(pool, dice.randint(3, 6))], dice)
    said += [f"{place.name}人民政府{_BODY.get(kind, '')}", f"{year + 1}年{dice.randint(1, 3)}月{dice.randint(1, 28)}日"]
    return filled(dice.choice(parts()["titles"]), values, dice), said, values


def _section(heading: str, chosen: list[str], dice: random.Random) -> list[str]:
    """Lay out a section: numbered inside one paragraph, one paragraph each, or run on behind its heading."""
    style = dice.random()
    if style < 0.4:
        text = "".join(f"{_ORDER[i]}是{each}" for i, each in enumerate(chosen[:10]))
        return [*([heading] if heading else []), text]
    if style < 0.7:
        return [*([heading] if heading else []), *(f"{i}.{each}" for i, each in enumerate(chosen, 1))]
    return [(f"{heading}。" if heading else "") + "".join(chosen)]


def _clean(title: str, lines: list[str], dice: random.Random) -> str:
    return "\n".join((title, "", *(f"  {line}" for line in lines))) + "\n"


def _mirrored(title: str, lines: list[str], dice: random.Random) -> str:
    """A copy from a site: source, clock and clicks above, buttons and neighbours below."""
    day = f"{dice.randint(2017, 2026)}-0{dice.randint(1, 9)}-1{dice.randint(0, 9)}"
    head = f"{title}\n\n来源:本站 发布时间:{day} 浏览次数:{dice.randint(10, 9999)} 字体:[大 中 小]\n\n"
    tail = "\n\n扫一扫在手机打开当前页\n【打印本页】 【关闭窗口】\n上一篇:关于元旦放假的通知\n"
    return head + "\n\n".join(f"  {line}" for line in lines) + tail


def _wrapped(title: str, lines: list[str], dice: random.Random) -> str:
    """Lines cut at a page's width, some page numbers between."""
    width = dice.randint(30, 42)
    cut = [line[at : at + width] for line in lines for at in range(0, len(line), width)]
    return "\n".join((title, *(f"{line}\n- {i // 30} -" if i % 30 == 29 else line for i, line in enumerate(cut))))


def _run_on(title: str, lines: list[str], dice: random.Random) -> str:
    return title + "\n" + "".join(lines)


def _torn(title: str, lines: list[str], dice: random.Random) -> str:
    """Blanks inside numbers and between words."""
    text = _clean(title, lines, dice)
    return re.sub(r"(?<=\d)(?=\d)", lambda m: " " if dice.random() < 0.15 else "", text).replace(
        "、", dice.choice(("、", " 、 "))
    )


def _full_width(title: str, lines: list[str], dice: random.Random) -> str:
    return _clean(title, lines, dice).translate(str.maketrans(",:;()%", "，：；（）％"))


def _masked(title: str, lines: list[str], dice: random.Random) -> str:
    """Numbers of headings masked or gone, entities of HTML left."""
    text = _clean(title, lines, dice).replace("“", "&ldquo;").replace("”", "&rdquo;")
    return re.sub(r"^ *\d\.", "  *.", text, flags=re.MULTILINE)


def _traditional(title: str, lines: list[str], dice: random.Random) -> str:
    return _to_traditional()(_clean(title, lines, dice))


@lru_cache(maxsize=1)
def _to_traditional() -> Callable[[str], str]:
    import opencc

    convert: Callable[[str], str] = opencc.OpenCC("s2t").convert
    return convert


#: How a text is laid out, or damaged; how many of a hundred.
LAYOUTS: tuple[tuple[Callable[[str, list[str], random.Random], str], int], ...] = (
    (_clean, 34), (_mirrored, 22), (_wrapped, 8), (_run_on, 6),
    (_torn, 8), (_full_width, 8), (_masked, 6), (_traditional, 8),
)  # fmt: skip


def _html(text: str) -> bytes:
    title, _, body = text.partition("\n")
    lines = "".join(f"<p>{line.strip()}</p>" for line in body.split("\n") if line.strip())
    head = f'<head><meta charset="utf-8"><title>{title}</title></head>'
    menu = '<div class="nav"><a href="/">首页</a> <a href="/zw">政务公开</a> <a href="/hd">互动交流</a></div>'
    foot = '<div class="footer">主办单位:本级人民政府 网站地图 联系我们</div>'
    article = f'<h1>{title}</h1><div class="TRS_Editor">{lines}</div>'
    page = f"<html>{head}<body>{menu}{article}{foot}</body></html>"
    return page.encode()


def _word(text: str) -> bytes:
    return docx("".join(paragraph(re.sub("[<&]", "", line)) for line in text.split("\n") if line.strip()))


#: How a text becomes a file: its ending, its bytes, how many of a hundred.
ENCODINGS: tuple[tuple[str, Callable[[str], bytes], int], ...] = (
    ("txt", lambda text: text.encode(), 72),
    ("txt", lambda text: text.encode("gb18030"), 8),
    ("txt", lambda text: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(), 6),
    ("txt", lambda text: text.encode("utf-16"), 2),
    ("txt", lambda text: text.encode().decode("latin-1").encode(), 1),
    ("html", _html, 9),
    ("docx", _word, 2),
)


def report(number: int) -> tuple[str, bytes]:
    """Return a report's file: its name and its bytes."""
    dice = random.Random(f"file {number}")
    name = f"{number // 1000:03}/{number:06}"
    if number % 97 == 96:
        return f"{name}.txt", dice.choice(
            (b"", bytes(range(256)) * 8, "今日停水通知:因管道检修,全镇停水一天。".encode())
        )
    copied = number % 83 == 82
    title, lines, _ = sentences(number - 40 if copied else number)
    layout = _mirrored if copied else dice.choices([x for x, _ in LAYOUTS], [weight for *_, weight in LAYOUTS])[0]
    text = layout(title, lines, dice)
    ending, encode, _ = dice.choices(ENCODINGS, [weight for *_, weight in ENCODINGS])[0]
    return f"{name}.{ending}", encode(text)


def write(count: int, folder: Path) -> int:
    """Write so many reports into a folder, a thousand a subfolder; return their bytes."""
    size = 0
    for name, data in map(report, range(count)):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        size += len(data)
    return size


if __name__ == "__main__":
    print(f"{write(int(sys.argv[1]), Path(sys.argv[2])):,} bytes")
