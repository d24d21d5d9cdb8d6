"""The value of an Excel cell as text."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
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
    Raises ValueError or OverflowError for a NaN or an infinity, which Excel cannot write.
    """
    whole = int(value)
    if whole == value and -EXACT < whole < EXACT:
        return str(whole)
    text = f"{value:.15g}"
    if "e" not in text:
        return text
    exact = Decimal(text)
    return format(exact, "f") if PLAIN_LEAST <= abs(exact) < PLAIN_LIMIT else text.upper()


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
    """Write a duration as Excel's `[h]:mm:ss`: 27 hours are `27:00:00`."""
    seconds = int(abs(value).total_seconds())
    sign = "-" if value < dt.timedelta() else ""
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


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


def column_texts(column: Sequence[Value]) -> tuple[Sequence[str], list[int]]:
    """Write a column's values as text; also gives the rows, from 0, whose value is no number at all (left empty).

    A column that is text throughout is handed back as it is: most are, and the look is cheap.
    """
    if set(map(type, column)) == {str}:
        return column, []  # type: ignore[return-value]  # just seen: all are str
    try:
        return [value if type(value) is str else TEXT[type(value)](value) for value in column], []
    except (ValueError, OverflowError):
        return _with_faults(column)


def _with_faults(column: Sequence[Value]) -> tuple[list[str], list[int]]:
    texts: list[str] = []
    faults: list[int] = []
    for row, value in enumerate(column):
        try:
            texts.append(TEXT[type(value)](value))
        except (ValueError, OverflowError):
            texts.append("")
            faults.append(row)
    return texts, faults
