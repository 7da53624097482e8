"""The HTML around the data: one file that holds all it needs, or a page of a site that shares scripts and styles.

In: the data of a page. Out: HTML in which no text ends the block that it stands in, and whose policy forbids any
connection. A new part of the page's script is a file here and a name in SCRIPTS.
"""

from __future__ import annotations

import csv
import json
import re
from base64 import b64encode
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from html import escape
from importlib import resources
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from typing import Any

from kg.errors import QueryError

SCRIPTS = (
    "picture",
    "labels",
    "moving",
    "panel",
    "compare",
    "guests",
    "measures",
    "filters",
    "finder",
    "save",
    "start",
)
#: A page opened from a file is of no origin, so that 'self' alone would not do in every browser.
_SITE_POLICY = "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src data: blob:"
_END = "; base-uri 'none'; form-action 'none'"


def part(name: str) -> str:
    """Return a part of the page, with the same line ends on every machine."""
    return (resources.files("kg.page") / name).read_text(encoding="utf-8").replace("\r\n", "\n")


@lru_cache(maxsize=1)
def words() -> dict[str, dict[str, str]]:
    """Return the words of the page: {word: {"zh": …, "en": …}}."""
    return {row["word"]: {"zh": row["zh"], "en": row["en"]} for row in csv.DictReader(StringIO(part("words.csv")))}


def script() -> str:
    """Return the page's own script."""
    return "".join(part(f"{name}.js") for name in SCRIPTS)


def vis() -> str:
    """Return vis-network as pyvis brings it, without importing pyvis, which takes its time."""
    spec = find_spec("pyvis")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        found = sorted(Path(place).glob("lib/vis-9*/vis-network.min.js"))
        if found:
            return found[-1].read_text(encoding="utf-8").replace("\r\n", "\n")
    raise QueryError("pyvis is not installed, or without vis-network. Install it: pip install 'pyvis>=0.3.2'")


def block(value: Mapping[str, Any]) -> str:
    r"""Write JSON that cannot end the <script> it stands in, or open another tag.

    >>> print(block({"a": "</script><!-- &amp;"}))
    {"a":"\u003c/script\u003e\u003c!-- \u0026amp;"}
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return re.sub("[<>&\u2028\u2029\x7f-\x9f]", lambda m: f"\\u{ord(m.group()):04x}", text)


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


def policy(up: str | None, style: str = "", *scripts: str) -> str:
    """Return a Content-Security-Policy: for a page of a site, or (up is None) one of its own style and scripts only."""
    if up is not None:
        return _SITE_POLICY + _END
    hashes = " ".join(map(_hash, scripts))
    return f"default-src 'none'; script-src {hashes}; style-src {_hash(style)}; img-src data: blob:{_END}"


def page(data: Mapping[str, Any], up: str | None = None) -> str:
    """Return a page. up: the way from it to the folder of its site, where it is part of one."""
    style, code, library = part("page.css"), script(), vis() if up is None else ""
    if up is None:
        head, scripts = f"<style>{style}</style>", f"<script>{library}</script>\n<script>{code}</script>"
    else:
        head = f'<link rel="stylesheet" href="{up}assets/page.css">'
        names = ("vis-network.min.js", "page.js")
        scripts = "\n".join(f'<script src="{up}assets/{name}"></script>' for name in names)
    parts = {
        "policy": policy(up, style, library, code),
        "title": escape(data["title"]["zh"]),
        "head": head,
        "data": block({**data, "words": words()}),
        "scripts": scripts,
        "back": "" if up is None else f'<a id="back" href="{up}index.html"></a>',
    }
    return re.sub(r"\{\{(\w+)\}\}", lambda m: parts[m.group(1)], part("page.html"))
