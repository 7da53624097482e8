"""Queries from outside, in a process of their own: it gets so much time, memory and rows, no sockets, and may be ended.

In: an output folder, Limits, and SPARQL. Out: rows, or a QueryError in one line. The process is worker.py; it starts
with the first query, or before it by `begin` (some 40 ms), serves those that follow, and starts anew where it had to be
ended.
"""

import json
import subprocess
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg import ahead
from kg.errors import QueryError
from kg.results import rows
from kg.store import Row, broken, in_force, refused
from kg.versions import InForce

#: A longer query is none that a person or a tool writes, in characters.
_LONGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class QueryLimits:
    """How long a query may take, how many rows it may give, and how much memory it may take beside the store's."""

    seconds: float = 10.0
    rows: int = 100_000
    megabytes: int = 2_000


class Limited:
    """A source of rows over the graph of an output folder, under limits. Use it as a context, or close it."""

    def __init__(self, output: str | Path | InForce = "output", limits: QueryLimits | None = None) -> None:
        self._place = output if isinstance(output, InForce) else in_force(output)
        self._limits = limits or QueryLimits()
        self._process: subprocess.Popen[str] | None = None
        self.cut = False

    def __enter__(self) -> "Limited":
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def begin(self) -> None:
        """Start the process before the first query, while something else is to be done; it takes some 40 ms."""
        self._process = self._process or self._started()

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def select(self, sparql: str) -> tuple[list[str], list[Row]]:
        """Answer a SELECT or ASK query; `cut` then says whether there are more rows than the limit."""
        self.cut = False
        refused(sparql)
        if len(sparql) > _LONGEST:
            raise QueryError(f"The query is too long: {len(sparql):,} characters, of {_LONGEST:,} at most.")
        found = self._reply(sparql)
        if "error" in found:
            raise self._error(found)
        if "boolean" in found:
            return ["answer"], [(ox.Literal(bool(found["boolean"])),)]
        self.cut = found["cut"]
        return found["names"], rows(found["names"], found["rows"])

    def _reply(self, sparql: str) -> Mapping[str, Any]:
        self.begin()
        process = self._process
        assert process and process.stdin and process.stdout
        lines: list[str] = []
        reader = threading.Thread(target=lambda: lines.append(process.stdout.readline()), daemon=True)  # type: ignore[union-attr]
        try:
            process.stdin.write(json.dumps(sparql) + "\n")
            process.stdin.flush()
        except OSError:  # it has crashed: the reader finds out
            pass
        reader.start()
        reader.join(self._limits.seconds)
        if reader.is_alive():
            self._end(reader)
            raise QueryError(
                f"The query takes longer than {self._limits.seconds:g} s; narrow it, or give it more: --timeout N."
            )
        if not lines or not lines[0].endswith("\n"):
            self._end(reader)
            raise QueryError(
                "The query brought its process down: it nests too deep, or needs more than "
                f"{self._limits.megabytes:,} MB of memory; make it simpler."
            )
        found: Mapping[str, Any] = json.loads(lines[0])
        return found

    def _end(self, reader: threading.Thread) -> None:
        assert self._process
        self._process.kill()
        reader.join()
        self.close()

    def _started(self) -> "subprocess.Popen[str]":
        process = ahead.taken()
        assert process.stdin
        given = {"store": str(self._place.db), "rows": self._limits.rows, "megabytes": self._limits.megabytes}
        with suppress(OSError):  # it has ended; who asks it finds out
            process.stdin.write(json.dumps(given) + "\n")
            process.stdin.flush()
        return process

    def _error(self, found: Mapping[str, Any]) -> QueryError:
        if found["error"] == "graph":
            return QueryError("The query makes a graph; SELECT or ASK is wanted here. `kg export` writes graphs.")
        if found["error"] == "memory":
            return QueryError(f"The query needs more than {self._limits.megabytes:,} MB of memory; make it simpler.")
        return broken(found["error"] == "syntax", found["message"])
