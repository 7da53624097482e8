"""A Virtuoso of our own with the graph of an output folder, to compare with: `with virtuoso(OUTPUT, HOME) as server`.

In: an output folder, and a folder for its files (kept, and not loaded again). Out: a Source of rows, which knows the
CPU seconds that its server has taken. Needs Debian's virtuoso-opensource (tests/install_readers.sh).
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from kg import versions
from kg.remote import Remote
from tests.virtuoso import answers, free_ports, settings

#: What ten million triples need, and rows as many as a question gives.
_PARAMETERS = """NumberOfBuffers = 300000
MaxCheckpointRemap = 75000
MaxQueryMem = 2G
ThreadsPerQuery = 1"""
_SPARQL = """ResultSetMaxRows = 1000000
DefaultGraph = urn:none
MaxQueryCostEstimationTime = 0"""
_LOAD = """ld_dir('.', 'graph.nq', 'urn:unused');
rdf_loader_run();
checkpoint;
select count(*) from DB.DBA.load_list where ll_error is not null;
"""


class Virtuoso(Remote):
    """A running server, as a Source of rows. seconds: a query's time-out."""

    def __init__(self, home: Path, seconds: float) -> None:
        (self.sql, http), self._home = free_ports(), home
        home.mkdir(parents=True, exist_ok=True)
        (home / "v.ini").write_text(settings(self.sql, http, _PARAMETERS, _SPARQL), encoding="ascii")
        super().__init__(f"http://127.0.0.1:{http}/sparql", seconds, 1_000_000)
        self._start()

    def cpu(self) -> float:
        """Return the CPU seconds that the server has taken so far, all its threads together."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def restart(self) -> None:
        """End what it is still at, and begin anew."""
        self.end()
        self._start()

    def end(self) -> None:
        """End the server; what was loaded stays in its folder."""
        self._process.kill()
        self._process.wait()
        (self._home / "v.lck").unlink(missing_ok=True)

    def _start(self) -> None:
        program = shutil.which("virtuoso-t")
        if program is None:
            raise SystemExit("virtuoso-t is not here; on Debian: apt-get install virtuoso-opensource")
        call, quiet = [program, "+foreground", "+configfile", "v.ini"], subprocess.DEVNULL
        self._process = subprocess.Popen(call, cwd=self._home, stdout=quiet, stderr=quiet)
        if not answers(self.url, self._process):
            raise SystemExit(f"{self.url}: no Virtuoso answers.")


@contextmanager
def virtuoso(output: Path, home: Path, seconds: float) -> Iterator[Virtuoso]:
    """Serve the graph of an output folder; loading ten million triples takes minutes. seconds: a query's time-out."""
    new = not (home / "v.db").exists()
    server = Virtuoso(home, seconds)
    try:
        if new:
            _load(output, home, server.sql)
        yield server
    finally:
        server.end()


def _load(output: Path, home: Path, port: int) -> None:
    """Load the graph, by Virtuoso's own bulk loader."""
    store = versions.current(output)
    assert store is not None
    ox.Store.read_only(str(store / "db")).dump(str(home / "graph.nq"), format=ox.RdfFormat.N_QUADS)
    isql = shutil.which("isql-vt") or shutil.which("isql-v") or "isql-vt"
    call = [isql, f"127.0.0.1:{port}", "dba", "dba", "VERBOSE=OFF", "BANNER=OFF", "PROMPT=OFF"]
    said = subprocess.run(call, cwd=home, input=_LOAD, capture_output=True, encoding="utf-8", check=True).stdout
    (home / "graph.nq").unlink()
    if said.split()[-1:] != ["0"]:
        raise SystemExit(f"Virtuoso has not loaded everything: {' '.join(said.split())}")
