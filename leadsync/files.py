"""Files that only their owner can read, and that are there whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


def private_folder(path: Path) -> None:
    """Make a folder (0700), with its parents likewise, where there is none; raises OSError."""
    if not path.parent.exists():
        private_folder(path.parent)
    path.mkdir(mode=0o700, exist_ok=True)


@contextmanager
def private_text(path: Path, encoding: str = "utf-8") -> Iterator[TextIO]:
    """Open a file (0600) for writing; it takes its name, replacing what had it, only when all is written.

    Raises OSError. What was half written when an exception came is removed.
    """
    part = path.with_name(f".{path.name}.part")
    opened = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(opened, "w", encoding=encoding, newline="") as file:
            yield file
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
