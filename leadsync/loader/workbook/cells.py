"""The value of an Excel cell as text."""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from math import isfinite
from typing import Any, TypeAlias

Value: TypeAlias = str | float | bool | dt.date | dt.time | dt.timedelta

EXACT = 10**15
"""Excel keeps 15 significant digits: whole numbers below this are exact."""
HALF_SECOND = 500_000
LAST_MOMENT = dt.datetime.max.replace(microsecond=0)  # noqa: DTZ901  # a cell has no time zone
PLAIN_LEAST = Decimal("1E-15")
PLAIN_LIMIT = Decimal("1E+21")


def number_text(value: float) -> str:
    """Write a number as Excel does in its formula bar: 15 significant digits, no `.0`, no exponent if it fits.

    Excel's column-wide General rounds to 11 characters; the formula bar keeps what the cell holds. Digits are
    plain from 1E-15 to below 1E+21 (Excel's own limit for plain whole numbers), beyond that `1.5E+21`.
    A NaN or an infinity, which Excel cannot write, is empty.
    """
    if not -EXACT < value < EXACT:
        return _long_text(value)
    whole = int(value)
    if whole == value:
        return str(whole)
    text = f"{value:.15g}"
    return _long_text(value) if "e" in text else text


def _long_text(value: float) -> str:
    """Write a number of many digits before or behind its point."""
    if not isfinite(value):
        return ""
    text = f"{value:.15g}"
    exact = Decimal(text)
    return decimal_text(exact) if PLAIN_LEAST <= abs(exact) < PLAIN_LIMIT else text.upper()


def decimal_text(value: Decimal) -> str:
    """Write a decimal without an exponent, and without zeros at its end that say nothing."""
    return format(value.normalize(), "f") if value else "0"


def boolean_text(value: bool) -> str:
    """Write a boolean as English Excel shows it."""
    return "TRUE" if value else "FALSE"


def moment_text(value: dt.datetime) -> str:
    """Write a date with its time as `YYYY-MM-DD HH:MM:SS`, rounded to the second as Excel shows it."""
    if value.microsecond >= HALF_SECOND and value < LAST_MOMENT:
        value += dt.timedelta(seconds=1)
    return value.isoformat(" ", "seconds")


def time_text(value: dt.time) -> str:
    """Write a time of day as `HH:MM:SS`, rounded to the second, but never past 23:59:59."""
    return moment_text(dt.datetime.combine(dt.date.max, value))[-8:]


def duration_text(value: dt.timedelta) -> str:
    """Write a duration as Excel's `[h]:mm:ss`, rounded to the second: 27 hours are `27:00:00`."""
    seconds = round(abs(value).total_seconds())
    sign = "-" if value < dt.timedelta() else ""
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def iso_text(text: str) -> str:
    """Write a date of ISO 8601 as the others are written, its time zone left out; empty where it is none."""
    try:
        if ":" in text and "-" not in text:
            return time_text(dt.time.fromisoformat(text).replace(tzinfo=None))
        moment = dt.datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return ""
    return moment_text(moment) if ":" in text else moment.date().isoformat()


# Keyed by exact type: a bool is an int, and a datetime is a date, to isinstance.
TEXT: Mapping[type, Callable[[Any], str]] = {
    str: str,
    float: number_text,
    int: number_text,
    bool: boolean_text,
    dt.datetime: moment_text,
    dt.date: dt.date.isoformat,
    dt.time: time_text,
    dt.timedelta: duration_text,
}
