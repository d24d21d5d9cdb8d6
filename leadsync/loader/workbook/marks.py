"""What calamine does not tell of a sheet: errors, formulas without a value, number formats, hidden rows, merges."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """A cell that shows an error."""

    text: str
    """As Excel shows it, such as `#N/A`."""


@dataclass(frozen=True, slots=True)
class NotCalculated:
    """A cell with a formula whose result is not in the file."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell whose text as the user sees it is in the file."""

    text: str
    is_typed: bool = False
    """It is a number, a date or a boolean, written canonically."""


class NumberFormat(Protocol):
    """A number format by which a cell shows something else than the digits of its number."""

    def text(self, value: float) -> str:
        """Give the number as the cell shows it, such as `00123` or `25%`.

        Raises ValueError, half a sentence such as `shows it rounded`, where that cannot be told with certainty.
        """

    @property
    def is_text(self) -> bool:
        """Tell whether what it shows is no number any more: `00123` is a text, `25%` still is a number."""

    def is_number(self, value: float) -> bool:
        """Tell whether what it shows of this number still is one; raises ValueError as `text` does."""


CellMark: TypeAlias = ErrorValue | NotCalculated | Shown | NumberFormat


@dataclass(frozen=True, slots=True)
class Merged:
    """A rectangle of merged cells; its ends are in it, rows and columns are counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of one sheet, rows and columns counted from 0 at its corner A1."""

    cells: Mapping[int, Sequence[tuple[int, CellMark]]] = field(default_factory=dict)
    """By row: the marked cells, each with its column."""
    hidden: AbstractSet[int] = frozenset()
    """The rows that the sheet does not show, by hand or by a filter."""
    merged: Sequence[Merged] = ()
