"""A batch of files -> its shard and what each file gave: the same function in a local process and on a cluster.

In: Tasks, the place of the shards, Limits. Out: a Result a file, whose Items are reports, with where their N-Quads
stand in the shard and what joining them needs, or files set aside with the reason.
"""

import json
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from kg.build import shards
from kg.build.task import Item, Result, Stand, Task, key, stand
from kg.build.version import version
from kg.errors import InputError, SetAside
from kg.extract import extract
from kg.graph import Graph, report_graph
from kg.graph.derived import reporter
from kg.model import Document, Header
from kg.read import Limits, contents, read_data
from kg.read.remarks import remarks
from kg.read.same import Sketch
from kg.vocabulary import complete

#: A file that was written in the last two seconds before it was read may be written again without its times changing.
_RECENT = 2_000_000_000
#: So often a file that changes while it is read is read anew.
_TIMES = 3


def work(
    batch: Sequence[Task], place: str, limits: Limits, at: str = "", tell: Callable[[int], None] = lambda facts: None
) -> list[Result]:
    """Read a batch of files, write its shard, and return what each gave.

    at: the version that the build has; another one here raises InputError. tell: called after each file with the
    number of its facts, and with -1 after each member of an archive. Raises OSError if the shard cannot be written.
    """
    if at and at != version():
        raise InputError("A worker has another version of kg than the build; install the same everywhere.")
    complete()  # a broken table is everyone's fault, and no file's
    found, members, size = list[Result](), list[bytes](), 0
    for task in batch:
        result, quads = _result(task, limits, tell)
        placed = []
        for item, lines in zip(result.items or (), quads, strict=True):
            member = shards.packed(lines) if lines else b""
            placed.append((item, size, len(member)))
            members.append(member)
            size += len(member)
        found.append(replace(result, items=None if result.items is None else _at(placed)))
        tell(sum(i.metrics + i.instruments + i.initiatives for i in result.items or ()))
    if not size:
        return found
    name = sha256("\n".join(key(r.task.name, r.digest, limits) for r in found).encode()).hexdigest()[:32]
    shards.write(place, name, b"".join(members))
    return [_named(result, name) for result in found]


def _at(placed: list[tuple[Item, int, int]]) -> tuple[Item, ...]:
    return tuple(replace(item, start=start, length=length) for item, start, length in placed)


def _named(result: Result, shard: str) -> Result:
    items = result.items and tuple(replace(item, shard=shard if item.length else "") for item in result.items)
    return replace(result, items=items)


def _result(task: Task, limits: Limits, tell: Callable[[int], None]) -> tuple[Result, list[bytes]]:
    """Return what a file gave, and the N-Quads of each item."""
    try:
        data, stood = _steady(task.path, limits)
    except SetAside as reason:
        item = Item(task.name, reason.code, f"{task.name}: {reason}".rstrip(".") + ".")
        return Result(task, sha256(item.message.encode()).hexdigest(), None, (item,)), [b""]
    digest = sha256(data).hexdigest()
    if digest == task.known:
        return Result(task, digest, stood, None), []
    items, quads = [], []
    try:
        for name, found in read_data(data, task.name, limits):
            item, lines = item_of(name, found)
            items.append(item)
            quads.append(lines)
            tell(-1)
    except Exception as error:  # whatever a rule trips over, it costs this file and no other
        why = " ".join(
            f"{task.name}: a fault of kg ({type(error).__name__}: {error}); report it with this file.".split()
        )
        items, quads = [Item(task.name, "fault", why)], [b""]
    return Result(task, digest, stood, tuple(items)), quads


def _steady(path: str, limits: Limits) -> tuple[bytes, Stand | None]:
    """Return a file's bytes and how it stood before and after they were read, if that tells when it changes again."""
    for _ in range(_TIMES):
        now = time.time_ns()
        try:
            before = stand(path)
        except OSError as error:
            raise SetAside("unreadable", f"{error.strerror}; check that the file can be opened") from None
        data = contents(Path(path), limits)
        try:
            if stand(path) == before:
                return data, before if max(before[1:3]) < now - _RECENT else None
        except OSError:
            continue
    raise SetAside("changing", "it changes while it is read; build again when it is written")


def item_of(name: str, found: Document | SetAside) -> tuple[Item, bytes]:
    """Return what one report gave, and its N-Quads; of a file set aside none."""
    if isinstance(found, SetAside):
        return Item(name, found.code, str(found)), b""
    mentions = extract(found)
    graph = report_graph(found, mentions)
    head = mentions.header
    return Item(
        name=name, district=head.district, year=head.year, metrics=len(mentions.metrics),
        instruments=len(mentions.instruments), initiatives=len(mentions.initiatives), who=_who(head, found.text),
        remarks="\n".join(remarks(found)), sha256=found.sha256,
        triples=len(graph), url=found.metadata.url or "", sketch=Sketch.of(found.text).packed(), refers=referred(graph),
    ), graph.nquads()  # fmt: skip


def _who(head: Header, text: str) -> str:
    """Return the key of the unit that reports; one of many of its name is told by its longest line, less figures."""
    who = reporter(head) or ""
    if not (who and head.candidates):
        return who
    line = re.sub(r"[\d.%]+", "", max(text.split("\n"), key=len))
    return f"{who} {sha256(line.encode()).hexdigest()[:16]}"


def referred(graph: Graph) -> str:
    """Return what a graph refers to and how many things of each class it has, as JSON."""
    refers = graph.refers
    said: dict[str, object] = {name: sorted(getattr(refers, name)) for name in refers.__slots__ if name != "local"}
    local = [(d.iri, _json((d.cls, d.said, d.linked)), n) for d, n in sorted(refers.local.items())]
    return _json(said | {"local": local, "classes": dict(sorted(graph.classes.items()))})


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
