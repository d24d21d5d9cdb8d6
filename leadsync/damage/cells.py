"""The cells of one column of a chunk, laid out so that all of them can be looked at in one go.

To look at each cell by itself would take longer than to read the file. So the cells stand behind one another in one
text, and its bytes in one array; only the rows that a look at the array cannot rule out are looked at one by one.
"""

from collections.abc import Collection, Iterable
from functools import cached_property
from itertools import product

import numpy as np
import numpy.typing as npt

from leadsync.characters import is_blank
from leadsync.codes import Code
from leadsync.damage.rows import Rows
from leadsync.records import Chunk

_MARK = "\x1f"
"""Stands before, between and after the cells."""
_IN_ITS_PLACE = "\x1e"
_REACH = 24
"""Bytes behind the last cell, so that a look a few bytes ahead never leaves the array."""
_SPACE = 0x20
_ODD = (b"\xc2", b"\xe2", b"\xef", b"\xe3\x80\x80", b"\xe1\x9a\x80")
"""What begins white space and characters of no width beyond ASCII in UTF-8."""
_NO_LETTERS, _KIND = 0x80, 0xC0
"""In ISO 8859-1 the bytes from 0x80 to 0xBF, which have the same two highest bits, are no letters of Western names."""

Mask = npt.NDArray[np.bool_]
Bytes = npt.NDArray[np.uint8]


class Texts:
    """A set of texts, to be found among many cells at once, in capitals or not."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.folded = frozenset(texts)
        """As `str.casefold` gives them."""
        spellings = {spelling for text in self.folded for spelling in (text, text.upper(), text.title())}
        encoded = [spelling.encode() for spelling in spellings]
        encoded += [spelling.encode("latin-1") for spelling in spellings if max(spelling) <= "\xff"]
        self._longest = max(map(len, encoded), default=0)
        self._begins = np.zeros((self._longest + 2) * 256, np.bool_)
        self._ends = self._begins.copy()
        for text in encoded:
            self._begins[len(text) * 256 + text[0]] = True
            self._ends[len(text) * 256 + text[-1]] = True

    def rows(self, cells: "Cells") -> list[int]:
        """Give the rows whose cell is one of the texts."""
        places = np.minimum(cells.lengths, self._longest + 1) << 8
        likely = self._begins[places + cells.first_bytes].nonzero()[0]
        if not likely.size:
            return []
        likely = likely[self._ends[places[likely] + cells.last_bytes[likely]]]
        return [row for row in likely.tolist() if cells.texts[row].casefold() in self.folded]


class Beginnings:
    """Two sets of pairs of ASCII characters, to be found at the beginning of many cells at once."""

    def __init__(self, first: Iterable[str], second: Iterable[str]) -> None:
        """Prepare; `_` stands for any character in the second pair."""
        self._first = np.zeros(1 << 14, np.bool_)
        self._second = np.zeros(1 << 14, np.bool_)
        for table, pairs in ((self._first, first), (self._second, second)):
            for pair in pairs:
                begins = (pair[0].lower(), pair[0].upper())
                ends = map(chr, range(128)) if pair[1] == "_" else (pair[1].lower(), pair[1].upper())
                table[[ord(begin) << 7 | ord(end) for begin, end in product(begins, ends)]] = True

    def rows(self, cells: "Cells") -> list[int]:
        """Give the rows whose cell begins with a first and a second pair; some others are among them."""
        starts = cells.starts
        rows = self._first[_pairs(cells.data, starts)].nonzero()[0]
        likely: list[int] = rows[self._second[_pairs(cells.data, starts[rows] + 2)]].tolist()
        return likely


def _pairs(data: Bytes, places: Rows) -> npt.NDArray[np.uint16]:
    first = data[places].astype(np.uint16)
    return ((first & np.uint16(127)) << np.uint16(7)) | (data[places + 1] & np.uint8(127))


class Cells:
    """The cells of one column of a chunk."""

    def __init__(self, chunk: Chunk, position: int, texts: list[str], unread: Collection[int]) -> None:
        """Lay out the texts of a column; the `unread` rows count as blank."""
        self.chunk = chunk
        self.position = position
        self.raw = texts
        """The cells as read; blank where they are not to be looked at."""
        for row in unread:
            self.raw[row] = ""
        self.texts = self.raw
        """The cells without white space around them; empty where they are blank."""
        self._lay_out()
        if self._may_be_padded():
            self.texts = [_trimmed(text) for text in self.raw]
            self._lay_out()

    @property
    def typed(self) -> frozenset[int]:
        """Give the rows whose cell is a number, a date or a boolean of a workbook."""
        return self.chunk.typed.get(self.position, frozenset())

    def with_fault(self, code: Code) -> list[int]:
        """Give the rows whose cell has a fault of a kind by the word of the source itself; none of unread cells."""
        faults = self.chunk.faults.get(self.position, {})
        return sorted(row for row, issue in faults.items() if issue.code is code and self.is_filled[row])

    @property
    def is_padded(self) -> bool:
        """Tell whether white space was trimmed off any cell."""
        return self.texts is not self.raw

    @property
    def trimmed(self) -> list[int]:
        """Give the rows of the cells off which white space was trimmed."""
        if not self.is_padded:
            return []
        return [row for row, (raw, text) in enumerate(zip(self.raw, self.texts, strict=True)) if raw is not text]

    @cached_property
    def filled(self) -> int:
        """Count the cells that are not blank."""
        return int(np.count_nonzero(self.is_filled))

    @cached_property
    def digits(self) -> Rows:
        """Give the rows whose cell is of ASCII digits alone."""
        likely = is_ascii_digit(self.first_bytes) & is_ascii_digit(self.last_bytes)
        if not likely.any():
            return likely.nonzero()[0]
        no_digit = ~is_ascii_digit(self.data)
        if np.count_nonzero(no_digit) == len(self.texts) + _REACH:
            return self.is_filled.nonzero()[0]
        marks_and_others = np.add.reduceat(no_digit[: self.ends[-1] + 1], self.starts, dtype=np.int32)
        rows: Rows = ((marks_and_others == 1) & likely).nonzero()[0]
        return rows

    def _lay_out(self) -> None:
        joined = _MARK.join(self.texts)
        data = self._encoded(joined)
        marks = (data < _SPACE).nonzero()[0]
        self.controls = marks.size - _REACH - len(self.texts)
        """How many control characters there are, line breaks among them."""
        if self.controls:
            if joined.count(_MARK) >= len(self.texts):
                joined = _MARK.join([text.replace(_MARK, _IN_ITS_PLACE) for text in self.texts])
                data = self._encoded(joined)
            marks = (data == ord(_MARK)).nonzero()[0]
        self.joined = joined
        """All cells in one text."""
        self.data: Bytes = data
        """The same in ISO 8859-1 if it can be, else in UTF-8, with a mark before and after each cell."""
        self.starts: Rows = marks[: len(self.texts)] + 1
        """Where each cell begins in the array."""
        self.ends: Rows = marks[1 : len(self.texts) + 1]
        """Where the mark behind each cell stands."""
        self.lengths: Rows = self.ends - self.starts
        """In bytes."""
        self.is_filled: Mask = self.lengths > 0
        self.first_bytes: Bytes = data[self.starts]
        self._first = self.first_bytes.tobytes()
        self.last_bytes: Bytes = data[self.ends - 1]
        self.is_ascii = joined.isascii()

    def _encoded(self, joined: str) -> Bytes:
        marked = f"{_MARK}{joined}{_MARK * _REACH}"
        try:
            self._is_latin = True
            self._bytes = marked.encode("latin-1")  # a copy, and so much faster than UTF-8
        except UnicodeEncodeError:
            self._is_latin = False
            self._bytes = marked.encode("utf-8", "surrogatepass")
        return np.frombuffer(self._bytes, np.uint8)

    def _may_be_padded(self) -> bool:
        if self.begins_with(b" ") or b" " in self.last_bytes.tobytes():
            return True
        if self.controls and bool((((self.first_bytes < _SPACE) | (self.last_bytes < _SPACE)) & self.is_filled).any()):
            return True
        return not self.is_ascii and self.may_hold(_ODD)

    def begins_with(self, character: bytes) -> bool:
        """Tell whether any cell begins with an ASCII character."""
        return character in self._first

    def without(self, characters: bytes) -> Bytes:
        """Give the array, to the mark behind the last cell, without some ASCII characters."""
        kept = self._bytes[: -_REACH + 1]
        if any(character in kept for character in characters):
            kept = kept.translate(None, characters)
        return np.frombuffer(kept, np.uint8)

    def rows_at(self, places: Rows, data: Bytes) -> list[int]:
        """Give the rows whose cells are at some places of the array that `without` gave."""
        marks = (data == ord(_MARK)).nonzero()[0]
        rows: list[int] = np.unique(np.searchsorted(marks, places, "right") - 1).tolist()
        return rows

    def may_hold(self, sequences: Iterable[bytes]) -> bool:
        """Tell whether any of some sequences of UTF-8 occurs; in ISO 8859-1, whether U+0080 to U+00BF do."""
        if self._is_latin:
            return bool(((self.data & np.uint8(_KIND)) == _NO_LETTERS).any())
        return any(sequence in self._bytes for sequence in sequences)


def is_ascii_digit(data: Bytes) -> Mask:
    """Tell of bytes whether they are digits."""
    is_digit: Mask = (data - np.uint8(ord("0"))) <= 9  # noqa: PLR2004  # smaller ones wrap around
    return is_digit


def _trimmed(text: str) -> str:
    text = text.strip()
    return "" if is_blank(text) else text
