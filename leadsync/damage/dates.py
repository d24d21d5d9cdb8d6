"""Dates that a spreadsheet wrote as the numbers of days, and dates that can be read in two ways."""

import datetime as dt
import re

import numpy as np
import numpy.typing as npt

from leadsync.codes import Code
from leadsync.damage.cells import Cells, is_ascii_digit
from leadsync.damage.columns import Column
from leadsync.damage.detector import Detector, Verdict
from leadsync.damage.rows import Rows
from leadsync.quoting import quote

_SERIAL_DIGITS = 5
_SERIAL = re.compile(r"([1-7]\d{4})(?:[.,]\d+)?", re.ASCII)
_FIRST_SERIAL, _LAST_SERIAL = 10_959, 73_050
"""1930-01-01 and 2099-12-31, counted as Excel does since 1900."""
_BEFORE_FIRST_DAY = dt.date(1899, 12, 30)
_TWO_PARTS = re.compile(r"(\d{1,2})([-/])(\d{1,2})\2\d{2}", re.ASCII)
_MONTHS = 12
_DAYS = 31
_HALF = 0.5
_ENOUGH = 3
_CONTRADICTORY = 0.95
_ZERO, _DASH, _SLASH = b"0-/"


def _serial(text: str) -> int | None:
    """Give the day's number if a text may be one."""
    found = _SERIAL.fullmatch(text)
    day = int(found[1]) if found else 0
    return day if _FIRST_SERIAL <= day <= _LAST_SERIAL else None


class SerialDate(Detector):
    """Stands from one cell on in a column that is read as dates, and from three and half of all cells on in others.

    A day's number is one between 10959 (1930) and 73050 (2099), and may have a fraction. Confidence: in a column that
    is read as dates 0.6 + 0.4·s for the share s of such cells, in others s·n/(n+2) for n such cells.
    """

    code = Code.SERIAL_DATE

    @classmethod
    def is_for(cls, column: Column) -> bool:
        """Columns that are read as dates, and others of whose header a word says date."""
        return column.is_date

    def examine(self, cells: Cells) -> None:
        """Look one by one at cells of five digits, or that begin with five and have a decimal mark then."""
        sixth = cells.data[cells.starts + _SERIAL_DIGITS]
        is_short = (cells.lengths == _SERIAL_DIGITS) | ((sixth == ord(".")) | (sixth == ord(",")))
        likely = is_short & (cells.lengths >= _SERIAL_DIGITS) & ((cells.first_bytes - ord("1")) < 7)  # noqa: PLR2004
        rows = likely.nonzero()[0].tolist()
        self.suspects.add(cells, [row for row in rows if _serial(cells.texts[row])])

    def verdict(self) -> Verdict | None:
        """Decide by the share."""
        count = self.suspects.count
        if not count:
            return None
        share = count / self.filled
        if not self.column.is_date_by_role and (count < _ENOUGH or share < _HALF):
            return None
        confidence = 0.6 + 0.4 * share if self.column.is_date_by_role else share * count / (count + 2)
        what = (
            "are written as the numbers by which a spreadsheet counts days, such as 45000 for 2023-03-15. Format the "
            "column as a date, and save the file again."
        )
        return Verdict(self.suspects, confidence, what)


def explain_serial(text: str) -> str:
    """Say of one cell which day it may be."""
    day = _serial(text)
    meant = f" and may mean {_BEFORE_FIRST_DAY + dt.timedelta(day)}" if day else ""
    return (
        f"{quote(text)} is the number by which a spreadsheet counts days{meant}. Format the column as a date, and save "
        "the file again."
    )


class AmbiguousDate(Detector):
    """Stands from three dates on with two numbers up to 12 before the year, where no other date tells which is the day.

    Such other dates have a number above 12 first, or second; where some have one and some the other, two orders are
    mixed, and it stands too. Dates with points are none: their day is first wherever they are written so.
    Confidence: 0.95 where orders are mixed, else n/(n+2) for n such dates.
    """

    code = Code.AMBIGUOUS_DATE

    def __init__(self, column: Column) -> None:
        super().__init__(column)
        self._day_first = 0
        self._month_first = 0

    @classmethod
    def is_for(cls, column: Column) -> bool:
        """Columns whose header says date and that are sent as text: a date that is read has a declared form."""
        return column.is_date and not column.is_date_by_role

    def examine(self, cells: Cells) -> None:
        """Read the two numbers at the beginning of all cells at once."""
        rows, first, second = _two_numbers(cells)
        self._day_first += int(np.count_nonzero((first > _MONTHS) & (first <= _DAYS) & (second <= _MONTHS)))
        self._month_first += int(np.count_nonzero((second > _MONTHS) & (second <= _DAYS) & (first <= _MONTHS)))
        both = (first <= _MONTHS) & (second <= _MONTHS) & (first != second) & (first > 0) & (second > 0)
        self.suspects.add(cells, rows[both])

    def verdict(self) -> Verdict | None:
        """Decide by the dates that are clear."""
        count = self.suspects.count
        is_mixed = bool(self._day_first and self._month_first)
        is_clear = bool(self._day_first or self._month_first) and not is_mixed
        if count < _ENOUGH or is_clear:
            return None
        why = (
            "other cells of the column have the day first, and others the month"
            if is_mixed
            else "no date of the column tells which is the day"
        )
        what = (
            f"hold dates that can be read in two ways, such as 03-04-2026, and {why}. Say `type: date` and its "
            "`format` in the mapping, so that they are sent as 2026-04-03 or 2026-03-04."
        )
        return Verdict(self.suspects, _CONTRADICTORY if is_mixed else count / (count + 2), what)


def _two_numbers(cells: Cells) -> tuple[Rows, npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    """Find dates such as 3/4/26 or 03-04-2026 10:00, and give their rows and first two numbers."""
    data = cells.data
    digit = data - np.uint8(_ZERO)
    is_digit = is_ascii_digit(data)
    start = cells.starts
    mark = start + 1 + is_digit[start + 1]
    other = mark + 1
    end = other + 1 + is_digit[other + 1]
    separator = data[mark]
    is_date = (
        ((separator == _DASH) | (separator == _SLASH))
        & (data[end] == separator)
        & is_digit[start]
        & is_digit[other]
        & is_digit[end + 1]
        & is_digit[end + 2]
    )
    rows = is_date.nonzero()[0]
    return rows, _number(digit, start[rows], mark[rows]), _number(digit, other[rows], end[rows])


def _number(digit: npt.NDArray[np.uint8], start: Rows, end: Rows) -> npt.NDArray[np.uint8]:
    """Read numbers of one or two digits."""
    last = digit[end - 1]
    return np.where(end - start == 2, digit[start] * np.uint8(10) + last, last)  # noqa: PLR2004  # two digits


def explain_ambiguous(text: str) -> str:
    """Say of one cell that it can be two days."""
    return (
        f"{quote(text)} can be read with the day or with the month first. Say `type: date` and its `format` in the "
        "mapping."
    )
