"""Initiatives: sentences in many styles, how wordings are merged, and what the tables promise."""

import csv
import time
import tomllib
from pathlib import Path

import pytest

from kg.errors import TableError
from kg.extract import initiatives, names
from kg.model import Header, Instrument, Section
from kg.vocabulary import vocabulary

CASES = tomllib.loads(Path(__file__).with_name("cases").joinpath("initiatives.toml").read_text(encoding="utf-8"))["case"]


def titles(text):
    """The instruments of a test sentence: whatever stands in 《》."""
    starts = [at for at, c in enumerate(text) if c == "《"]
    return [
        Instrument(start=at, end=text.index("》", at) + 1, rule="test", title="", kind="policy", doc_number=None,
                   relation="cites", law=None)
        for at in starts
    ]  # fmt: skip


def find(text, district="云山镇", path=(), heading="", role="achievements"):
    header = Header(start=0, end=0, rule="test", title=None, issuer=None, district=district,
                    district_path=tuple(path) or (district,), district_code=None, parent_code=None, year=None,
                    published=None)  # fmt: skip
    outline = []
    if heading or role != "achievements":
        outline = [Section(start=0, end=len(heading), rule="test", heading=heading, level=1, role=role,
                           body_end=len(heading) + 1 + len(text))]  # fmt: skip
        text = f"{heading}\n{text}"
    found = initiatives.find(text, outline, titles(text), header, vocabulary())
    return text, found


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_sentences(case):
    text, found = find(case["text"], **{k: case[k] for k in ("district", "path", "heading", "role") if k in case})
    said = [" | ".join((text[i.start : i.end], i.name, i.kind, i.theme, i.status)) for i in found]
    assert said == case["finds"]
