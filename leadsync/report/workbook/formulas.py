"""What stands in the XML of cells that openpyxl changes or drops: results of formulas, ISO dates, and the like.

Without its formulas' results a workbook that is fed again has formulas that were never calculated, and a previewer
shows nothing.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import IO
from xml.parsers import expat

from openpyxl.utils.cell import coordinate_to_tuple  # type: ignore[import-untyped]  # openpyxl has no types of its own

Place = tuple[int, int]
"""A row and a column, counted from 1."""
Results = Mapping[Place, tuple[str, str | None]]
"""The type of a cell's content (`n`, `str`, `b`, `e`, `d`) and its text; None where there is none at all."""

_KINDS = ("n", "str", "b", "e", "d")
_SHARED = "s"
_INLINE = "inlineStr"


def results_in(
    part: IO[bytes], strings: Sequence[object], others: AbstractSet[Place] = frozenset()
) -> dict[Place, tuple[str, str | None]]:
    """Read the results of a sheet's formulas, and what other cells hold; a blank one of them is left out.

    `strings` are the workbook's shared ones.
    """
    found = _Results(strings, others)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = found.start
    parser.EndElementHandler = found.end
    parser.CharacterDataHandler = found.text
    parser.ParseFile(part)
    return found.results


class _Results:
    """Counts rows and cells that do not name their place as openpyxl does."""

    def __init__(self, strings: Sequence[object], others: AbstractSet[Place]) -> None:
        self.results: dict[Place, tuple[str, str | None]] = {}
        self._strings = strings
        self._others = others
        self._row = 0
        self._name = ""
        """Of the last cell that has one, such as `B7`."""
        self._nameless = 0
        """Cells since then."""
        self._kind = ""
        self._has_formula = self._has_value = self._in_value = self._is_inline = False
        self._value: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        match name.rpartition(" ")[2]:
            case "c":
                self._begin(attributes)
            case "f":
                self._has_formula = True
            case "v":
                self._in_value = self._has_value = True
            case "is":
                self._is_inline = True
            case "row":
                self._row = int(float(attributes["r"])) if "r" in attributes else self._row + 1
                self._name, self._nameless = "", 0

    def end(self, name: str) -> None:
        match name.rpartition(" ")[2]:
            case "v":
                self._in_value = False
            case "c" if self._has_formula:
                self._keep(self._place, "".join(self._value) if self._has_value else None)
            case "c" if self._others and (self._value or self._is_inline) and (place := self._place) in self._others:
                self._keep(place, "".join(self._value))

    def text(self, text: str) -> None:
        if self._in_value:
            self._value.append(text)

    def _begin(self, attributes: Mapping[str, str]) -> None:
        if "r" in attributes:
            self._name, self._nameless = attributes["r"], 0
        else:
            self._nameless += 1
        self._kind = attributes.get("t", "n")
        self._has_formula = self._has_value = self._is_inline = False
        self._value = []

    @property
    def _place(self) -> Place:
        row, column = coordinate_to_tuple(self._name) if self._name else (self._row, 0)
        return (self._row if self._nameless else row), column + self._nameless

    def _keep(self, place: Place, value: str | None) -> None:
        kind = self._kind
        if kind == _SHARED and value and value.isdecimal() and int(value) < len(self._strings):
            kind, value = "str", str(self._strings[int(value)])
        if kind in _KINDS or (kind == _INLINE and not self._has_formula):
            self.results[place] = (kind, value)
