"""The graph into a server elsewhere: each named graph by one PUT of SPARQL 1.1's Graph Store Protocol.

In: an output folder, and the URL of a server's graph store. Out: how many graphs were put, left as they are, deleted.
What a server has is noted in output/.build/, so that a load that was stopped goes on, and the next one puts only what
changed. A PUT replaces a graph, so a graph put twice is there once. The network is asked for nothing but this URL.
"""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from kg.errors import InputError
from kg.store import Store
from kg.store import open as open_store

if TYPE_CHECKING:
    from urllib.request import OpenerDirector

#: Graphs that are in hand at a time; seconds that a server may take; times that it is asked, if it is busy.
_WINDOW, _SECONDS, _TIMES = 256, 120, 4


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did, in graphs."""

    put: int
    same: int
    deleted: int


def load(
    output: str | Path,
    endpoint: str,
    user: str = "",
    password: str = "",
    workers: int = 4,
    tell: Callable[[int, int], None] = lambda done, total: None,
    everything: bool = False,
) -> Loaded:
    """Make a server's named graphs those of an output folder's store; its other graphs are left alone.

    endpoint: the graph store, to which ?graph=IRI is added. tell: called with (graphs done, graphs in all).
    everything: put every graph, whatever is noted. Raises StoreError if there is no graph, InputError if the server
    refuses or is not there; what is done is then noted.
    """
    from concurrent.futures import ThreadPoolExecutor

    store, server = open_store(output), _Server(endpoint, user, password)
    notes = Path(output) / ".build" / f"loaded-{sha256(endpoint.encode()).hexdigest()[:12]}"
    had = _noted(notes)
    names, put, known = store.graphs(), 0, {} if everything else had
    with notes.open("a", encoding="utf-8") as stream, ThreadPoolExecutor(workers) as pool:
        for first in range(0, len(names), _WINDOW):
            window = dict(_changed(store, names[first : first + _WINDOW], known))
            for name, digest in pool.map(lambda item: server.put(*item), window.items()):
                stream.write(f"{name} {digest}\n")
                put += 1
            stream.flush()
            tell(min(first + _WINDOW, len(names)), len(names))
        gone = sorted(had.keys() - set(names))
        for name in gone:
            server.delete(name)
            stream.write(f"{name} -\n")
    return Loaded(put, len(names) - put, len(gone))


def _noted(path: Path) -> dict[str, str]:
    """Return the graphs that a server has, each with the digest of its triples."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = path.read_text(encoding="utf-8").split("\n") if path.exists() else []
    found = dict(line.split(" ") for line in lines if line.count(" ") == 1)
    return {name: digest for name, digest in found.items() if digest != "-"}


def _changed(store: Store, names: list[str], had: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    for name in names:
        triples = "".join(f"{line}\n" for line in store.ntriples(name)).encode("utf-8")
        if had.get(name) != _digest(triples):
            yield name, triples


def _digest(triples: bytes) -> str:
    return sha256(triples).hexdigest()[:16]


class _Server:
    """A graph store; one opener a thread, since openers remember what they were asked."""

    def __init__(self, endpoint: str, user: str, password: str) -> None:
        if urlsplit(endpoint).scheme not in ("http", "https"):
            raise InputError(f"--endpoint {endpoint}: an address that begins with http:// or https:// is wanted.")
        self.endpoint, self.user, self.password = endpoint, user, password
        self._local = threading.local()

    def put(self, name: str, triples: bytes) -> tuple[str, str]:
        """Replace a graph; return its name and digest."""
        self._ask("PUT", name, triples)
        return name, _digest(triples)

    def delete(self, name: str) -> None:
        """Delete a graph; one that is not there is deleted."""
        self._ask("DELETE", name)

    def _ask(self, method: str, name: str, data: bytes | None = None) -> None:
        import urllib.error
        import urllib.request

        sign = "&" if "?" in self.endpoint else "?"
        url = f"{self.endpoint}{sign}graph={quote(name, safe='')}"
        headers = {"Content-Type": "text/turtle", "User-Agent": "kg"} if data is not None else {"User-Agent": "kg"}
        for left in reversed(range(_TIMES)):
            request = urllib.request.Request(url, data, headers, method=method)
            try:
                with self._opener().open(request, timeout=_SECONDS) as response:
                    response.read()
                return
            except urllib.error.HTTPError as error:
                said = " ".join(error.read(300).decode("utf-8", "replace").split())
                error.close()
                if method == "DELETE" and error.code == 404:
                    return
                if error.code < 500 or not left:
                    why = f"the server answers {error.code} {error.reason}: {said}".rstrip(": ")
                    raise InputError(f"{self.endpoint}: {why}. See --user, and docs/SCALE.md.") from None
            except (urllib.error.URLError, OSError) as error:
                if not left:
                    why = str(getattr(error, "reason", error))
                    raise InputError(f"{self.endpoint}: the server cannot be reached ({why}).") from None
            time.sleep(0.3)  # a server that is busy, or that another thread's write is in the way of

    def _opener(self) -> "OpenerDirector":
        import urllib.request

        if not hasattr(self._local, "opener"):
            known = urllib.request.HTTPPasswordMgrWithDefaultRealm()
            if self.user:
                known.add_password(None, self.endpoint, self.user, self.password)
            handlers = urllib.request.HTTPDigestAuthHandler(known), urllib.request.HTTPBasicAuthHandler(known)
            self._local.opener = urllib.request.build_opener(*handlers)
        opener: OpenerDirector = self._local.opener
        return opener
