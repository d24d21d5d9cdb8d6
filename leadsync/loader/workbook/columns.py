"""The cells of a column as text, and what is wrong with some of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import NamedTuple, TypeAlias

from leadsync.codes import Code
from leadsync.loader.workbook.cells import EXACT, TEXT, Value, number_text
from leadsync.loader.workbook.marks import CellMark, ErrorValue, NotCalculated, Shown
from leadsync.loader.workbook.serial_date import SerialDate
from leadsync.quoting import visible

MOST_KNOWN = 50_000


class Fault(NamedTuple):
    """Why a cell holds no value that can be sent."""

    code: Code
    reason: str
    """What it does, such as `shows #N/A`, and what to do about it."""


Shape: TypeAlias = tuple[str, bool, Fault | None]
"""What a cell shows, whether it is a value of the sheet rather than text, and what is wrong with it."""
Known: TypeAlias = dict[tuple[int, float], Shape]
"""By the identity of its mark, and its value."""

_NO_NUMBER = Fault(Code.INVALID_NUMBER, "is stored as a number but holds none; type the value again in Excel")
_DIGITS_LOST = Fault(
    Code.DIGITS_LOST,
    "holds a number of more than 15 digits, of which Excel keeps 15 and makes zeros of the others; type it as text",
)
_NOT_CALCULATED = Fault(
    Code.NOT_CALCULATED,
    "holds a formula whose result is not in the file; open the workbook in Excel, let it calculate, and save it",
)


@dataclass(slots=True)
class Column:
    """The cells of a column as text, top to bottom; rows are counted from 0."""

    texts: Sequence[str]
    typed: frozenset[int] = frozenset()
    """The rows that hold a number, a date or a boolean."""
    faults: dict[int, Fault] = field(default_factory=dict)


def column_texts(
    values: Sequence[Value], marks: Sequence[tuple[int, CellMark]] = (), known: "Known | None" = None
) -> Column:
    """Write a column's values as text, each by its mark where it has one.

    A column that is text throughout, without marks, is handed back as it is: most are, and the look is cheap. `known`
    keeps what was found from one call to the next, as long as the marks are the same objects: dates repeat.
    """
    if not marks:
        if set(map(type, values)) == {str}:
            return Column(values)  # type: ignore[arg-type]  # just seen: all are str; nobody changes them
        return _unmarked(values)
    known = {} if known is None else known
    if len(known) > MOST_KNOWN:
        known.clear()
    column = _unmarked_ones(values, marks)
    texts, typed = list(column.texts), set(column.typed)
    for row, mark in marks:
        value = values[row]
        if type(value) is float:
            shown = known.get((id(mark), value))
            if shown is None:
                shown = known[id(mark), value] = _by_mark(value, mark)
        else:
            shown = _by_mark(value, mark)
        texts[row], is_typed, fault = shown
        if is_typed:
            typed.add(row)
        if fault:
            column.faults[row] = fault
    return Column(texts, frozenset(typed), column.faults)


def _unmarked_ones(values: Sequence[Value], marks: Sequence[tuple[int, CellMark]]) -> Column:
    """Write those cells that have no mark; the others are empty."""
    if len(marks) == len(values):
        return Column([""] * len(values))
    others = list(values)
    for row, _ in marks:
        others[row] = ""
    return _unmarked(others)


def _unmarked(values: Sequence[Value]) -> Column:
    if set(map(type, values)) == {float}:
        texts = list(map(number_text, values))  # type: ignore[arg-type]  # just seen: all are float
        typed = frozenset(range(len(values)))
    else:
        texts = [value if type(value) is str else TEXT[type(value)](value) for value in values]
        typed = frozenset(row for row, value in enumerate(values) if type(value) is not str)
    faults: dict[int, Fault] = {}
    for row in typed:
        value = values[row]
        if type(value) is float and not -EXACT < value < EXACT:
            faults[row] = _DIGITS_LOST if isfinite(value) else _NO_NUMBER
    return Column(texts, typed, faults)


def _by_mark(value: Value, mark: CellMark) -> Shape:
    """Write the value of a marked cell."""
    match mark:
        case ErrorValue():
            reason = f"shows {visible(mark.text)} and no value; mend the formula, type the value, or empty the cell"
            return mark.text, False, Fault(Code.ERROR_VALUE, reason)
        case NotCalculated():
            return "", False, _NOT_CALCULATED
        case Shown():
            return mark.text, mark.is_typed, None
    if type(value) is not float and type(value) is not int:
        column = _unmarked([value])
        return column.texts[0], bool(column.typed), None
    if not isfinite(value):
        return "", True, _NO_NUMBER
    try:
        return mark.text(value), mark.is_number(value), None
    except ValueError as error:
        reason = f"holds the number {number_text(value)}, and its format {error}; change the format, or type it as text"
        code = Code.INVALID_DATE if isinstance(mark, SerialDate) else Code.INVALID_NUMBER
        return number_text(value), True, Fault(code, reason)
