"""Files that only their owner can read, and that are there whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, TextIO


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
    part = path.with_name(f".{path.name}.part")
    # What a crash left under this name, or somebody put there, is neither written into nor followed.
    part.unlink(missing_ok=True)
    opened = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    try:
        with os.fdopen(opened, "wb") as file:
            yield file
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def private_text(path: Path) -> Iterator[TextIO]:
    """Open a file as `private_bytes` does, for writing UTF-8 text with its line ends as they are."""
    with private_bytes(path) as file, TextIOWrapper(file, encoding="utf-8", newline="") as text:
        yield text
