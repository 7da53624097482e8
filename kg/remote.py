"""The same questions against a SPARQL 1.1 server elsewhere that holds the graph: `--endpoint URL`.

In: a URL, and SPARQL. Out: rows, or a QueryError in one line. Nothing is asked of the network but this one URL.
"""

import json
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

import pyoxigraph as ox

from kg.errors import QueryError
from kg.results import rows
from kg.store import Row, refused

#: The most that an answer may have, in bytes.
_LARGEST = 500_000_000


class Remote:
    """A source of rows: a server that takes queries by POST and answers with SPARQL results in JSON.

    seconds: how long it may take; limit: how many rows are taken at most.
    """

    def __init__(self, url: str, seconds: float = 10, limit: int = 100_000) -> None:
        if urllib.parse.urlsplit(url).scheme not in ("http", "https"):
            raise QueryError(f"--endpoint {url}: an address that begins with http:// or https:// is wanted.")
        self.url, self.seconds, self.limit = url, seconds, limit
        self.cut = False

    def close(self) -> None:
        """Do nothing: a server needs no end."""

    def select(self, sparql: str) -> tuple[list[str], list[Row]]:
        """Answer a SELECT or ASK query; `cut` then says whether there are more rows than the limit."""
        self.cut = False
        refused(sparql)
        found = self._asked(sparql)
        try:
            if "boolean" in found:
                return ["answer"], [(ox.Literal(bool(found["boolean"])),)]
            names, bindings = found["head"]["vars"], found["results"]["bindings"]
            self.cut = len(bindings) > self.limit
            return names, rows(names, bindings[: self.limit])
        except (KeyError, TypeError, ValueError) as error:
            raise QueryError(f"{self.url}: the answer is no SPARQL result ({error}).") from None

    def _asked(self, sparql: str) -> Any:
        data = urllib.parse.urlencode({"query": sparql}).encode("ascii")
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/sparql-results+json",
            "User-Agent": "kg",
        }
        request = urllib.request.Request(self.url, data, headers)  # its scheme is checked above
        try:
            with urllib.request.urlopen(request, timeout=self.seconds) as response:
                body = response.read(_LARGEST + 1)
        except urllib.error.HTTPError as error:
            with error:
                said = " ".join(error.read(300).decode("utf-8", "replace").split())
            raise QueryError(f"{self.url}: the server answers {error.code} {error.reason}: {said}") from None
        except TimeoutError:
            raise QueryError(f"{self.url}: no answer in {self.seconds:g} s; give it more: --timeout N.") from None
        except (urllib.error.URLError, OSError) as error:
            why = getattr(error, "reason", error)
            if isinstance(why, TimeoutError):
                raise QueryError(f"{self.url}: no answer in {self.seconds:g} s; give it more: --timeout N.") from None
            raise QueryError(f"{self.url}: the server cannot be reached ({why}).") from None
        if len(body) > _LARGEST:
            raise QueryError(f"{self.url}: the answer is larger than {_LARGEST:,} bytes; narrow the query.")
        try:
            return json.loads(body)
        except ValueError:
            raise QueryError(f"{self.url}: the answer is no JSON; is this the address of a SPARQL service?") from None
