"""Standard output and standard error as they come: closed, full, cut off, or without the letters that we print."""

import atexit
import contextlib
import io
import os
import sys
from collections.abc import Iterator
from typing import TextIO


def settle_streams() -> None:
    """See to it that both streams are there and take any letter.

    Where one was closed it is opened onto nothing, so that no file that we open later gets its number. What cannot be
    written up to the end goes nowhere: the interpreter would make an exit code of 120 of it.
    """
    atexit.register(_write_what_is_left)
    for name in ("stdin", "stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "r" if name == "stdin" else "w", encoding="utf-8"))  # noqa: PTH123, SIM115
        elif name != "stdin" and isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def can_be_asked() -> bool:
    """Tell whether somebody can be asked: standard input and standard error are a terminal."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def _write_what_is_left() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


@contextlib.contextmanager
def output_may_fail() -> Iterator[None]:
    """Print what can be printed: a full disk or a reader that has gone must not change what became of a run."""
    try:
        yield
        sys.stdout.flush()
    except OSError:
        # The interpreter flushes once more at its end; what is left goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class Forgiving:
    """A stream for the log: a line that cannot be written is left out."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write what can be written."""
        with contextlib.suppress(OSError):
            return self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Flush what can be flushed."""
        with contextlib.suppress(OSError):
            self._stream.flush()
