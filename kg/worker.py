"""A process that answers SPARQL for kg/limits.py: started as a file, so that it imports the store and no room of kg.

In, on standard input: a line of JSON with the store's folder and the limits, then a line for each query. Out: for
each a line of JSON, rows as SPARQL 1.1 results have them, or an error. It has no sockets, no more memory than it is
given, and may crash or be ended: nothing is lost with it.
"""

import ctypes
import json
import platform
import struct
import sys
from pathlib import Path
from typing import Any

import pyoxigraph as ox

try:
    import resource
except ImportError:  # Windows: no limit of memory there
    resource = None  # type: ignore[assignment]

#: The number of the system call socket(2), by machine.
_SOCKET = {"x86_64": 41, "aarch64": 198}
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2


def without_sockets() -> None:
    """Have Linux refuse every new socket of this process: a query that slipped through could still reach nobody."""
    number = _SOCKET.get(platform.machine())
    if sys.platform != "linux" or number is None:
        return
    program = b"".join(
        struct.pack("HBBI", *step)
        for step in (
            (0x20, 0, 0, 0),  # load the number of the call
            (0x15, 0, 1, number),  # socket(2)?
            (0x06, 0, 0, 0x0005_000D),  # then refuse it with EACCES
            (0x06, 0, 0, 0x7FFF_0000),  # else allow it
        )
    )
    steps = ctypes.create_string_buffer(program)
    filter_ = struct.pack("HP" if struct.calcsize("P") == 4 else "H6xP", len(program) // 8, ctypes.addressof(steps))
    libc = ctypes.CDLL(None)
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    libc.prctl(_SECCOMP, _FILTER, ctypes.c_char_p(filter_), 0, 0)


def with_memory(megabytes: int) -> None:
    """Give this process so much more memory than it has now."""
    if resource is not None and sys.platform == "linux":
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
        taken = int(pages) * resource.getpagesize()
        limit = taken + megabytes * 1_000_000
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def binding(term: Any) -> dict[str, Any] | None:
    """Return a term as SPARQL results in JSON have it."""
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        return {"type": "literal", "value": str(term)}
    found = {"type": "literal", "value": term.value}
    if term.language:
        found["xml:lang"] = term.language
    elif not term.datatype.value.endswith("#string"):
        found["datatype"] = term.datatype.value
    return found


def reply(store: ox.Store, sparql: str, rows: int) -> dict[str, Any]:
    """Answer one query. rows: how many are given at most."""
    try:
        result = store.query(sparql, use_default_graph_as_union=True)
        if isinstance(result, ox.QueryBoolean):
            return {"boolean": bool(result)}
        if not isinstance(result, ox.QuerySolutions):
            return {"error": "graph"}
        names = [variable.value for variable in result.variables]
        found: list[dict[str, Any]] = []
        for row in result:
            if len(found) == rows:
                return {"names": names, "rows": found, "cut": True}
            found.append({name: binding(term) for name, term in zip(names, row, strict=True) if term is not None})
        return {"names": names, "rows": found, "cut": False}
    except SyntaxError as error:
        return {"error": "syntax", "message": str(error)}
    except MemoryError:
        return {"error": "memory"}
    except Exception as error:
        return {"error": "failed", "message": str(error)}


def main() -> None:
    given = json.loads(sys.stdin.readline())
    store = ox.Store.read_only(given["store"])
    without_sockets()
    with_memory(given["megabytes"])
    for line in sys.stdin:
        print(json.dumps(reply(store, json.loads(line), given["rows"])), flush=True)


if __name__ == "__main__":
    main()
