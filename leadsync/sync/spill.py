"""Chunks as they were read, packed in a nameless file: so that no source is read twice, nor can change meanwhile."""

import os
import tempfile
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Self

import pandas as pd

from leadsync.errors import StateError
from leadsync.journal import packed_cells, with_cells
from leadsync.records import Chunk

_AHEAD = 4
"""Chunks that wait at most to be packed, which another processor does meanwhile."""
_NO_CELLS = pd.DataFrame()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a chunk lies."""

    chunk: Chunk
    """All of it but its cells."""
    offset: int
    size: int


class Spill:
    """Keeps the chunks of some sources, each by its number; a context manager.

    The file lies in a folder of the state's, and has no name: whatever happens, nothing of it stays. Raises StateError
    where it cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self._file: BinaryIO = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed by our own exit
        except OSError as error:
            raise _unwritable(error) from error
        self._end = 0
        self._packer = ThreadPoolExecutor(1, "packer")
        self._coming: deque[tuple[int, Chunk, Future[bytes]]] = deque()
        self._places: dict[int, list[_Place]] = {}
        self._whole: set[int] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._packer.shutdown(cancel_futures=True)
        self._file.close()

    def has(self, number: int) -> bool:
        """Tell whether a source is kept to its end."""
        return number in self._whole

    def keeping(self, number: int, chunks: Iterator[Chunk]) -> Iterator[Chunk]:
        """Give the chunks of a source, and keep each."""
        self._whole.discard(number)
        self._places[number] = []
        for chunk in chunks:
            self._coming.append((number, chunk, self._packer.submit(packed_cells, chunk)))
            if len(self._coming) > _AHEAD:
                self._keep_next()
            yield chunk
        while self._coming:
            self._keep_next()
        self._whole.add(number)

    def chunks(self, number: int) -> Iterator[Chunk]:
        """Give the chunks of a source again, without their cells: `unspilled` brings them."""
        for place in self._places[number]:
            content = os.pread(self._file.fileno(), place.size, place.offset)
            yield replace(place.chunk, packed=content)

    def _keep_next(self) -> None:
        number, chunk, packed = self._coming.popleft()
        content = packed.result()
        offset = self._end
        try:
            while self._end < offset + len(content):
                self._end += os.pwrite(self._file.fileno(), content[self._end - offset :], self._end)
        except OSError as error:
            raise _unwritable(error) from error
        # Which rows are typed is packed too; that some are must be told without unpacking.
        bare = replace(chunk, frame=_NO_CELLS, typed=dict.fromkeys(chunk.typed, frozenset()), origins=None)
        self._places[number].append(_Place(bare, offset, len(content)))


def unspilled(chunk: Chunk) -> Chunk:
    """Give a chunk with its cells, wherever they are."""
    return with_cells(chunk) if chunk.packed and chunk.frame is _NO_CELLS else chunk


def _unwritable(error: OSError) -> StateError:
    return StateError(
        f"What was read cannot be kept in the state folder ({error.strerror}), so nothing was sent: make room there, "
        "or name another folder with --state-dir."
    )
