"""A process that reads batches of files, as crew.py tells it, and the one that makes such processes.

`python -m kg.build.hand`, its input a pipe: it reads batches itself. In, on standard input: pickled (batch, place,
limits, version). Out, on standard output: pickled ("told", facts) after each file, then ("done", results), or
("failed", error) when no other file would fare better. When its input ends, so does it, with all that it started.

Its input a socket: it opens once all that reading wants. Then, for each socket that is sent to it, it makes a process
that reads (fork), and answers with its number; a number that is sent to it ends that process. Or it becomes itself the
one that reads.
"""

import contextlib
import gc
import os
import pickle
import signal
import socket
import stat
import sys
import threading
from queue import SimpleQueue
from typing import IO, Any, NoReturn

#: A message to the process that makes others, or from it, has so many bytes.
WORD = 4
#: Requests for another process, and to become one; beside them comes the socket to which that one listens.
FORK, BE = b"fork", b"be.."


def main() -> NoReturn:
    """Work until the input ends."""
    answers, sys.stdout = sys.stdout.buffer, sys.stderr  # a library that prints must not break an answer
    gc.set_threshold(100_000)  # the tables stay: to look through them for garbage takes a tenth of the start
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if stat.S_ISSOCK(os.fstat(0).st_mode):
        _make_others(socket.socket(fileno=0))  # on Linux only
    _work(sys.stdin.buffer, answers)


def _make_others(requests: socket.socket) -> NoReturn:
    """Make processes and end them until the builder has gone. No thread runs here, as fork wants it."""
    with contextlib.suppress(Exception):  # what is wrong with a table is told by those who are given files
        from kg.build.warm import warm

        gc.disable()  # nothing of this is garbage
        warm()
    gc.enable()
    gc.freeze()  # what is there is shared with those that are made, as long as nobody writes to it
    while True:
        word, sockets, *_ = socket.recv_fds(requests, WORD, 1)
        if word == BE:
            _be(sockets[0])
        elif word == FORK:
            child = os.fork()
            if not child:
                os.setpgid(0, 0)
                _be(sockets[0])
            with contextlib.suppress(OSError):  # both do it: nobody knows which is the first
                os.setpgid(child, child)
            os.close(sockets[0])
            requests.sendall(child.to_bytes(WORD, "little"))
        elif word:
            child = int.from_bytes(word, "little")
            os.killpg(child, signal.SIGKILL)  # its number is its own until the next line, also if it has died
            os.waitpid(child, 0)
            requests.sendall(word)
        else:
            os._exit(0)


def _be(handle: int) -> NoReturn:
    """Become a process that reads, deaf to what is asked of one that makes others."""
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    calls = socket.socket(fileno=handle)
    _work(calls.makefile("rb"), calls.makefile("wb"))


def _work(calls: IO[bytes], answers: IO[bytes]) -> NoReturn:
    waiting: SimpleQueue[Any] = SimpleQueue()
    threading.Thread(target=_listen, args=(calls, waiting), daemon=True).start()
    from kg.build.work import work
    from kg.errors import KgError
    from kg.vocabulary import complete

    def send(*answer: object) -> None:
        pickle.dump(answer, answers)
        answers.flush()

    while True:
        batch, place, limits, version = waiting.get()
        try:
            complete()
            send("told", -1)
            send("done", work(batch, place, limits, version, lambda facts: send("told", facts)))
        except (KgError, OSError) as error:
            send("failed", error)


def _listen(stream: IO[bytes], calls: "SimpleQueue[Any]") -> None:
    """Take calls while the main thread works; when they end, the builder has gone."""
    try:
        while True:
            calls.put(pickle.load(stream))
    except Exception:  # the end, in the middle of a call or between two
        if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
            os.killpg(0, signal.SIGKILL)
        os._exit(1)


if __name__ == "__main__":
    main()
