"""A process that reads batches of files, as crew.py tells it: `python -m kg.build.hand`.

In, on standard input: pickled (batch, place, limits, version). Out, on standard output: pickled ("told", facts) after
each file, then ("done", results), or ("failed", error) when no other file would fare better. When its input ends, so
does it, with all that it started.
"""

import gc
import os
import pickle
import signal
import sys
import threading
from queue import SimpleQueue
from typing import IO, Any


def main() -> None:
    """Work until the input ends."""
    answers, sys.stdout = sys.stdout.buffer, sys.stderr  # a library that prints must not break an answer
    gc.set_threshold(100_000)  # the tables stay: to look through them for garbage takes a tenth of the start
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    calls: SimpleQueue[Any] = SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, calls), daemon=True).start()
    from kg.build.work import work
    from kg.errors import KgError
    from kg.vocabulary import complete

    def send(*answer: object) -> None:
        pickle.dump(answer, answers)
        answers.flush()

    while True:
        batch, place, limits, version = calls.get()
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
