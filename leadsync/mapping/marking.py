"""Rows known again by their cells: a number for each, worked out over whole chunks."""

from collections.abc import Collection, Container, Sequence
from hashlib import blake2b

import numpy as np
import numpy.typing as npt
from pandas.util import hash_array

from leadsync.mapping.bind import BoundMapping
from leadsync.records import Chunk

_SEPARATOR = "\x1f"
"""Stands between the cells of a row, and hardly ever in one."""
_TYPED = "\x1e"
"""Stands behind a cell that a workbook knows to be a number, a date or a boolean."""


def row_marks(bound: BoundMapping, chunk: Chunk, seed: str) -> npt.NDArray[np.int64]:
    """Give a number (64 bits, signed, never 0) for the cells of each row that the mapping uses.

    Rows have the same mark where everything is the same that decides how they are translated: the texts of the cells,
    which of them a workbook knows to be numbers, dates or booleans, which hold no value to read, whether the row could
    be read and is one of the table's, the mapping's `likeness`, and `seed`, which stands for whatever else decides.
    Otherwise they are the same by chance alone, once in 2^64. Neither the process nor the chunk, nor the order of the
    columns in the file, plays a part. What rows of the source say of one another is not in it.
    """
    typed = [chunk.typed.get(position, frozenset()) for position in bound.used]
    columns = [_told(chunk.column(position), rows) for position, rows in zip(bound.used, typed, strict=True)]
    texts = list(map(_SEPARATOR.join, zip(*columns, strict=True)))
    notes = _notes(bound, chunk)
    if _signs("".join(texts)) != len(texts) * (len(columns) - 1) + sum(map(len, typed)):
        _note_lengths(notes, texts, columns, typed)
    for row, note in notes.items():
        # A row without a note has one separator between two cells and no other; so a row with one is never like it.
        texts[row] += _SEPARATOR + note
    marks = _hashed(texts, _key(bound.likeness, seed))
    marks[marks == 0] = 1
    return marks


def _told(cells: list[str], typed: Collection[int]) -> list[str]:
    for row in typed:
        cells[row] += _TYPED
    return cells


def _signs(text: str) -> int:
    return text.count(_SEPARATOR) + text.count(_TYPED)


def _notes(bound: BoundMapping, chunk: Chunk) -> dict[int, str]:
    """Give, by row, what makes it no row to send, or a cell no value to read."""
    notes: dict[int, str] = {}
    for row, issue in [*chunk.issues.items(), *chunk.left_out.items()]:
        notes[row] = f"{notes.get(row, '')}{issue.code};"
    for place, position in enumerate(bound.used):
        for row, issue in chunk.faults.get(position, {}).items():
            notes[row] = f"{notes.get(row, '')}{issue.code} {place};"
    return notes


def _note_lengths(
    notes: dict[int, str],
    texts: Sequence[str],
    columns: Sequence[Sequence[str]],
    typed: Sequence[Container[int]],
) -> None:
    """Note how long the cells are in the rows of which one holds a sign of our own."""
    for row, text in enumerate(texts):
        told = [row in rows for rows in typed]
        if _signs(text) != len(columns) - 1 + sum(told):
            lengths = [len(column[row]) - is_typed for column, is_typed in zip(columns, told, strict=True)]
            notes[row] = f"{notes.get(row, '')}lengths {lengths}"


def _key(*parts: str) -> str:
    """Give the 16 ASCII characters that the hash is begun with; no two lists of parts are the same by chance."""
    content = "".join(f"{len(part)} {part}" for part in parts)
    return blake2b(content.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _hashed(texts: Sequence[str], key: str) -> npt.NDArray[np.int64]:
    """Hash texts with pandas (SipHash); it refuses half characters, so they are hashed by their bytes."""
    cells = np.fromiter(texts, dtype=object, count=len(texts))
    try:
        hashed = hash_array(cells, hash_key=key, categorize=False)
    except UnicodeEncodeError:
        encoded = (text.encode("utf-8", "surrogatepass") for text in texts)
        hashed = hash_array(np.fromiter(encoded, dtype=object, count=len(texts)), hash_key=key, categorize=False)
    return hashed.view(np.int64)
