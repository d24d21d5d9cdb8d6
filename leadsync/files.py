"""Files that only their owner can read, and that are there whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from glob import escape
from io import TextIOWrapper
from itertools import count
from pathlib import Path
from typing import BinaryIO, TextIO

_numbers = count()
"""Tell the files apart that one process is writing."""


def printable(name: object) -> str:
    """Give a file's name as text that can be printed and stored: bytes that are not UTF-8 as their numbers."""
    try:
        content = os.fsencode(str(name))
    except UnicodeEncodeError:  # no name that the system can have given
        content = str(name).encode("utf-8", "backslashreplace")
    return content.decode("utf-8", "backslashreplace")


def private_folder(path: Path) -> None:
    """Make a folder (0700), with its parents likewise, where there is none; raises OSError."""
    if not path.parent.exists():
        private_folder(path.parent)
    path.mkdir(mode=0o700, exist_ok=True)


@contextmanager
def private_bytes(path: Path) -> Iterator[BinaryIO]:
    """Open a file (0600) for writing; it takes its name, replacing what had it, only when all is written.

    Raises OSError. What was half written when an exception came is removed.
    """
    _sweep(path)
    part = path.with_name(f".{path.name}.{os.getpid()}-{next(_numbers)}.part")
    # What somebody put there under this name is neither written into nor followed.
    part.unlink(missing_ok=True)
    opened = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    try:
        with os.fdopen(opened, "wb") as file:
            yield file
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _sweep(path: Path) -> None:
    """Remove what processes that have gone left half written of a file."""
    for left in path.parent.glob(f".{escape(path.name)}.*.part"):
        number = left.name.removeprefix(f".{path.name}.").partition("-")[0]
        if number.isdecimal() and not _is_alive(int(number)):
            left.unlink(missing_ok=True)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


@contextmanager
def private_text(path: Path) -> Iterator[TextIO]:
    """Open a file as `private_bytes` does, for writing UTF-8 text with its line ends as they are."""
    with private_bytes(path) as file, TextIOWrapper(file, encoding="utf-8", newline="") as text:
        yield text
