"""Files of risky formats are read in a process of its own, which is ended when one takes too long or too much.

In: the bytes of a file and its format. Out: what its reader returns or raises. The process stays for the next file, so
a page costs no start; it gets a file's bytes on its standard input and answers in JSON, and opens no file itself.
"""

import atexit
import json
import os
import sys
import threading
from dataclasses import asdict
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from kg.errors import SetAside
from kg.model import Metadata
from kg.read.received import Received

if TYPE_CHECKING:
    import subprocess

_MEMORY = 4_000_000_000
_lock = threading.Lock()
_helpers: dict[int, "subprocess.Popen[bytes]"] = {}


def read(data: bytes, format_: str, seconds: float) -> Received:
    """Read a file apart; raise SetAside as its reader does, or if it takes longer than so many seconds."""
    with _lock:
        helper = _helper()
        late = threading.Event()
        timer = threading.Timer(seconds, _stop, (helper, late))
        timer.start()
        try:
            assert helper.stdin and helper.stdout
            _send(helper.stdin, json.dumps({"format": format_}).encode())
            _send(helper.stdin, data)
            answer = _receive(helper.stdout)
        except OSError:
            answer = None
        finally:
            timer.cancel()
        if answer is None:
            _end()
            if late.is_set():
                raise SetAside("slow", f"reading it took over {seconds:g} s; save it again as .txt")
            raise SetAside("damaged", "it broke the reader of its format; save it again as .txt")
    found = json.loads(answer)
    if "code" in found:
        raise SetAside(found["code"], found["message"])
    found["outside"] = tuple((rule, start, end) for rule, start, end in found["outside"])
    return Received(**{**found, "metadata": Metadata(**found["metadata"])})


def _helper() -> "subprocess.Popen[bytes]":
    """Return this process's helper, started if need be; a forked process gets its own."""
    helper = _helpers.get(os.getpid())
    if helper is None:
        import subprocess

        here = str(Path(__file__).resolve().parent.parent.parent)
        path = os.pathsep.join(filter(None, (here, os.environ.get("PYTHONPATH"))))
        helper = _helpers[os.getpid()] = subprocess.Popen(
            [sys.executable, "-m", "kg.read.apart"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
        )
    return helper


def _stop(helper: "subprocess.Popen[bytes]", late: threading.Event) -> None:
    late.set()
    helper.kill()


def _end() -> None:
    helper = _helpers.pop(os.getpid(), None)
    if helper is None:
        return
    helper.kill()
    for stream in (helper.stdin, helper.stdout):
        try:
            if stream:
                stream.close()
        except OSError:
            pass
    helper.wait()


atexit.register(_end)


def _send(stream: IO[bytes], data: bytes) -> None:
    stream.write(len(data).to_bytes(8, "big"))
    stream.write(data)
    stream.flush()


def _receive(stream: IO[bytes]) -> bytes | None:
    head = stream.read(8)
    if len(head) < 8:
        return None
    size = int.from_bytes(head, "big")
    data = stream.read(size)
    return data if len(data) == size else None


def _answer(data: bytes, format_: str) -> dict[str, Any]:
    from kg.read import formats

    try:
        return asdict(formats.read(data, format_))
    except SetAside as reason:
        return {"code": reason.code, "message": str(reason)}


def main() -> None:
    """Answer until the input ends."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, ValueError, OSError):
        pass  # Windows has no such limit, and a system may forbid it: the time limit is left
    answers = sys.stdout.buffer
    sys.stdout = sys.stderr  # a library that prints must not break an answer
    while (head := _receive(sys.stdin.buffer)) is not None and (data := _receive(sys.stdin.buffer)) is not None:
        _send(answers, json.dumps(_answer(data, json.loads(head)["format"])).encode())


if __name__ == "__main__":
    main()
