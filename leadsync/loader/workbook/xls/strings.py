"""How long the shared strings of an .xls workbook are: calamine copies one for every cell that shows it."""

from array import array
from collections.abc import Sequence
from struct import unpack_from

_IS_WIDE, _HAS_MORE, _IS_RICH = 0x01, 0x04, 0x08
_RUN = 4
"""Bytes that tell of letters of another form."""


def string_lengths(segments: Sequence[bytes], count: int) -> Sequence[int]:
    """Give the length in characters of each string of an SST record, of which CONTINUE records may follow.

    The first segment is without the record's two counts, `count` is the second of them ([MS-XLS] 2.4.265). Raises
    ValueError or struct.error where the strings are cut off.
    """
    place = _Place(segments)
    lengths = array("I")
    for _ in range(count):
        if place.is_at_end:
            raise ValueError("its texts are cut off")
        length, flags = place.read("<HB", 3)
        runs = place.read("<H", 2)[0] if flags & _IS_RICH else 0
        more = place.read("<L", 4)[0] if flags & _HAS_MORE else 0
        place.skip_letters(length, is_wide=bool(flags & _IS_WIDE))
        place.skip(runs * _RUN + more)
        lengths.append(length)
    return lengths


class _Place:
    """A place in segments that are read one behind another."""

    def __init__(self, segments: Sequence[bytes]) -> None:
        self._segments = iter(segments)
        self._data = next(self._segments)
        self._at = 0
        self.is_at_end = not self._data and not self._go_on()

    def _go_on(self) -> bool:
        """Go to the next segment that holds something; tells whether there is one."""
        for data in self._segments:
            if data:
                self._data, self._at = data, 0
                return True
        self.is_at_end = True
        return False

    def _move(self, count: int) -> None:
        self._at += count
        if self._at >= len(self._data):
            self._go_on()

    def read(self, form: str, size: int) -> tuple[int, ...]:
        """Read numbers, which never lie in two segments."""
        numbers = unpack_from(form, self._data, self._at)
        self._move(size)
        return numbers

    def skip(self, count: int) -> None:
        """Leave bytes out."""
        while count and not self.is_at_end:
            step = min(count, len(self._data) - self._at)
            count -= step
            self._move(step)
        if count:
            raise ValueError("its texts are cut off")

    def skip_letters(self, count: int, *, is_wide: bool) -> None:
        """Leave letters out; each further segment says anew how wide they are."""
        while count:
            if self.is_at_end:
                raise ValueError("its texts are cut off")
            width = 2 if is_wide else 1
            step = min(count, (len(self._data) - self._at) // width)
            count -= step
            data = self._data
            self._move(step * width)
            if count and self._data is data:
                raise ValueError("its texts are cut off")
            if count and not self.is_at_end:
                is_wide = bool(self._data[0] & _IS_WIDE)
                self._move(1)
