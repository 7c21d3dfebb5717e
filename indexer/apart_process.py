"""Work for another process of this program: run as a script, calls on standard input, results on standard output.

What a stranger's file costs, it costs this process: each call has a limit of processor time and of memory. It ends
with the program that started it, whose end closes its input. It imports nothing of the project before the first
frame tells where that is.

A frame is its length in eight bytes and a pickle. First comes the path to import from; then for each call
(folder, function, arguments, seconds), answered by one of the frames below.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import struct
import sys
from pathlib import Path
from typing import Any, BinaryIO

LENGTH = struct.Struct("<Q")
DONE, REFUSED, FAILED, LONGER = "done", "refused", "failed", "longer"
"""Of an answer: (DONE, result, whether this was the last), (REFUSED, zh, en), (FAILED, what), (LONGER, seconds, what for)."""
_MEMORY = 1 << 30  # bytes of data; work that is known to need more asks for it
_MOST_MEMORY = 6 << 30
_TIRED = (
    400 << 20
)  # bytes: a process that held more is not kept: what is freed seldom goes back to the system


def read_frame(source: BinaryIO) -> bytes | None:
    """The next frame; None at the end."""
    head = source.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    body = source.read(length)
    return body if len(body) == length else None


def write_frame(target: BinaryIO, value: object) -> None:
    """Write a value as a frame."""
    body = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    target.write(LENGTH.pack(len(body)))
    target.write(body)
    target.flush()


def main() -> int:
    """Do what the frames say until they end."""
    source = sys.stdin.buffer
    # What a library prints must not get between the frames.
    target = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    path = read_frame(source)
    if path is None:
        return 0
    sys.path[:] = pickle.loads(path)
    _limit_memory(_MEMORY)
    from indexer import allowance

    def longer(seconds: float, work: allowance.Slow) -> None:
        _limit_time(seconds)
        _limit_memory(_MOST_MEMORY)
        write_frame(target, (LONGER, seconds, work.value))

    allowance.ask_with(longer)
    while (call := read_frame(source)) is not None:
        answer = _answer(call)
        _limit_memory(_MEMORY)
        last = _is_tired() or answer[0] == FAILED
        write_frame(target, (*answer, last))
        if last:
            return 0
    return 0


def _answer(call: bytes) -> tuple[Any, ...]:
    from embeddings.errors import WenbaoError

    try:
        folder, function, arguments, seconds = pickle.loads(call)
        _limit_time(seconds)
        with contextlib.suppress(OSError):
            os.chdir(folder)
        return DONE, function(*arguments)
    except WenbaoError as error:
        return REFUSED, error.text.zh, error.text.en
    except (MemoryError, RecursionError) as error:
        return FAILED, type(error).__name__
    except Exception as error:  # noqa: BLE001 - whatever a file makes our code raise, it is this file that is refused
        return FAILED, f"{type(error).__name__}: {error}"[:300]


def _limit_time(seconds: float) -> None:
    """End this process when it used the processor for so many more seconds; Windows has no such limit."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (int(used + seconds) + 1, hard))


def _limit_memory(size: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        resource.setrlimit(resource.RLIMIT_DATA, (size if hard < 0 else min(size, hard), hard))


def _is_tired() -> bool:
    return most_memory() > _TIRED


def most_memory() -> int:
    """The most bytes of memory that this process ever held; 0 where the system does not tell.

    Not what `getrusage` says on Linux: there a new process begins with what the one that started it held.
    """
    with contextlib.suppress(OSError, ValueError), Path("/proc/self/status").open(encoding="ascii") as status:
        for line in status:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) << 10
    with contextlib.suppress(ImportError):
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return 0


if __name__ == "__main__":
    # Who asked may be gone before the answer: nobody is left to be told.
    with contextlib.suppress(BrokenPipeError):
        sys.exit(main())
