"""Sets of rows that stay small: one bit for each row of the run, whatever is found in them."""

from collections.abc import Sequence
from typing import Self

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.intp]
"""Rows of a chunk, from 0 and ascending."""

_FAR_APART = 8
"""Bytes for each row beyond which to set the bits one by one is faster than to set all between."""


class RowSet:
    """A set of rows, known by their positions in the run; it takes one bit for each row up to the last."""

    __hash__ = None  # type: ignore[assignment]  # it grows

    def __init__(self) -> None:
        self._bits: npt.NDArray[np.uint8] = np.zeros(0, np.uint8)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RowSet) and self.to_bytes() == other.to_bytes()

    def __len__(self) -> int:
        return int(np.unpackbits(self._bits).sum())

    def add(self, positions: Sequence[int] | Rows) -> None:
        """Add rows by their positions in the run, from 0."""
        places = np.asarray(positions, np.int64)
        if not places.size:
            return
        start, end = int(places.min()) // 8, int(places.max()) // 8 + 1
        self._grow(end)
        if end - start > _FAR_APART * places.size:
            np.bitwise_or.at(self._bits, places >> 3, (1 << (places & 7)).astype(np.uint8))
            return
        is_in = np.zeros((end - start) * 8, np.bool_)
        is_in[places - 8 * start] = True
        self._bits[start:end] |= np.packbits(is_in, bitorder="little")

    def update(self, other: "RowSet") -> None:
        """Add all rows of another set."""
        bits = np.frombuffer(other.to_bytes(), np.uint8)
        self._grow(bits.size)
        self._bits[: bits.size] |= bits

    def within(self, first: int, count: int) -> list[int]:
        """Give those of `count` rows from the position `first` on that are in the set, counted from `first`."""
        start = first // 8
        bits = np.unpackbits(self._bits[start : (first + count + 7) // 8], bitorder="little")
        rows: list[int] = (bits[first - 8 * start :][:count]).nonzero()[0].tolist()
        return rows

    def to_bytes(self) -> bytes:
        """Give what `from_bytes` reads: the row at position 0 is the lowest bit of the first byte."""
        return self._bits.tobytes().rstrip(b"\0")

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        """Read what `to_bytes` gave."""
        rows = cls()
        rows._bits = np.frombuffer(content, np.uint8).copy()
        return rows

    def _grow(self, size: int) -> None:
        if size > self._bits.size:
            grown = np.zeros(max(size, self._bits.size * 3 // 2), np.uint8)
            grown[: self._bits.size] = self._bits
            self._bits = grown
