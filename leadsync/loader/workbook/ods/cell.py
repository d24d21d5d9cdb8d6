"""What a cell of an .ods sheet shows that calamine does not tell, judged by its attributes and its text."""

import datetime as dt
import re
from collections.abc import Mapping
from functools import lru_cache

from leadsync.loader.workbook.cells import duration_text
from leadsync.loader.workbook.marks import CellMark, ErrorValue, NotCalculated, NumberFormat, Shown
from leadsync.loader.workbook.number_format import number_format

PERCENT = number_format("0%")
NOT_CALCULATED = NotCalculated()

_ERROR = re.compile(r"#N/A|#NV|#[^\s#]+[!?]|Err:\d{3}")
"""What LibreOffice and Excel show, in English or not."""
_DURATION = re.compile(
    r"(?P<sign>-?)P(?:(?P<days>\d{1,7})D)?"
    r"(?:T(?:(?P<hours>\d{1,9})H)?(?:(?P<minutes>\d{1,9})M)?(?:(?P<seconds>\d{1,9}(?:\.\d{1,6})?)\d*S)?)?"
)
_VALUES = {
    "float": "office:value",
    "percentage": "office:value",
    "currency": "office:value",
    "date": "office:date-value",
    "time": "office:time-value",
    "boolean": "office:boolean-value",
}
"""Where the value of each type is; a string may be in the text alone."""


def mark_of(
    attributes: Mapping[str, str], shown: str, *, is_plain: bool, number: NumberFormat | None
) -> CellMark | None:
    """Give the mark of a cell that needs one.

    `shown` is its text, `is_plain` tells that calamine reads the same, `number` is what its style shows a number as.
    Raises ValueError where its value is none of its type.
    """
    kind = attributes.get("office:value-type")
    is_formula = "table:formula" in attributes
    told = shown or attributes.get("office:string-value", "")
    if attributes.get("calcext:value-type") == "error" or (is_formula and _ERROR.fullmatch(told)):
        return _error(told or "an error")
    if kind == "string":
        return None if is_plain or "office:string-value" in attributes else Shown(shown)
    value = attributes.get(_VALUES.get(kind or "", "office:value"))
    if value is None:
        return NOT_CALCULATED if is_formula else Shown(shown) if shown else None
    if kind == "time":
        return _duration(value)
    if kind == "percentage":
        return PERCENT
    return _number(value, shown, number) if kind == "float" and number else None


def _number(value: str, shown: str, number: NumberFormat) -> CellMark:
    """Give the shown text of a number that is no number as it is shown, such as `00123`."""
    try:
        amount = float(value)
    except ValueError as error:
        raise ValueError("one of its numbers is none") from error
    if not number.is_text or not shown:
        return number
    try:
        return number if number.is_number(amount) else Shown(shown)
    except ValueError:
        return Shown(shown)


def _duration(value: str) -> CellMark | None:
    """Write a duration that calamine hands over as it is in the file: `PT27H01M00S`, 24 hours and more, or negative."""
    parts = _DURATION.fullmatch(value)
    if not parts:
        return None
    duration = dt.timedelta(**{unit: float(parts[unit] or 0) for unit in ("days", "hours", "minutes", "seconds")})
    if duration < dt.timedelta(days=1) and not parts["sign"] and parts["days"] is None:
        return None
    return Shown(duration_text(-duration if parts["sign"] else duration), is_typed=True)


@lru_cache(maxsize=1000)
def _error(text: str) -> ErrorValue:
    return ErrorValue(text)
