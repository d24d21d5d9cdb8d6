"""Dates that calamine hands over as the numbers that a workbook keeps for them."""

import datetime as dt
import re
from dataclasses import dataclass

from leadsync.loader.workbook.cells import duration_text, moment_text, time_text

_LITERAL = re.compile(r'"[^"]*"|\\.')
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_EPOCH_1900 = dt.datetime(1899, 12, 30)  # noqa: DTZ001  # a cell has no time zone
_EPOCH_1904 = dt.datetime(1904, 1, 1)  # noqa: DTZ001  # likewise
_PHANTOM = 60
"""The 29th of February 1900: the 1900 date system counts it, though it never was."""


def is_elapsed(code: str) -> bool:
    """Tell whether a number format counts hours, minutes or seconds on and on: `[h]:mm`."""
    return bool(_ELAPSED.search(_LITERAL.sub("", code)))


@dataclass(frozen=True, slots=True)
class SerialDate:
    """The number format of a date, a time or a duration (a NumberFormat); writes them as `cells` does."""

    is_1904: bool
    """Days are counted from the first of January 1904, and not 1900."""
    is_elapsed: bool

    @property
    def is_text(self) -> bool:
        """Tell that a date is a value of the sheet, not a text."""
        return False

    def is_number(self, value: float) -> bool:
        """Tell that a date is a value of the sheet, written canonically."""
        self.text(value)
        return True

    def text(self, value: float) -> str:
        """Write a serial number as ISO date, time, or both; raises ValueError where it is none of them."""
        try:
            if self.is_elapsed:
                return duration_text(dt.timedelta(days=value))
            return self._moment(value)
        except OverflowError as error:
            raise ValueError("shows it as a date, of which it is none") from error

    def _moment(self, value: float) -> str:
        if value < 0:
            raise ValueError("shows it as a date before all dates")
        whole = value == int(value)
        if value < 1 and not (whole and self.is_1904):
            return time_text((_EPOCH_1900 + dt.timedelta(days=value)).time())
        if self.is_1904:
            moment = _EPOCH_1904 + dt.timedelta(days=value)
        elif int(value) == _PHANTOM:
            raise ValueError("shows it as the 29th of February 1900, which never was")
        else:
            moment = _EPOCH_1900 + dt.timedelta(days=value + (value < _PHANTOM))
        return moment.date().isoformat() if whole else moment_text(moment)
