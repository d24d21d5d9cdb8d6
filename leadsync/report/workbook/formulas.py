"""The results of formulas as the user's workbook has them: openpyxl drops them.

Without them a workbook that is fed again has formulas that were never calculated, and a previewer shows nothing.
"""

from collections.abc import Mapping, Sequence
from typing import IO
from xml.parsers import expat

from openpyxl.utils.cell import coordinate_to_tuple  # type: ignore[import-untyped]  # openpyxl has no types of its own

Results = Mapping[tuple[int, int], tuple[str, str]]
"""By row and column: the type of a result (`n`, `str`, `b`, `e`) and its text."""

_KINDS = ("n", "str", "b", "e")
_SHARED = "s"


def results_in(part: IO[bytes], strings: Sequence[object]) -> dict[tuple[int, int], tuple[str, str]]:
    """Read the results of a sheet's formulas; `strings` are the workbook's shared ones."""
    found = _Results(strings)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = found.start
    parser.EndElementHandler = found.end
    parser.CharacterDataHandler = found.text
    parser.ParseFile(part)
    return found.results


class _Results:
    def __init__(self, strings: Sequence[object]) -> None:
        self.results: dict[tuple[int, int], tuple[str, str]] = {}
        self._strings = strings
        self._place = ""
        self._kind = ""
        self._has_formula = self._in_value = False
        self._value: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        match name.rpartition(" ")[2]:
            case "c":
                self._place, self._kind = attributes.get("r", ""), attributes.get("t", "n")
                self._has_formula = False
                self._value = []
            case "f":
                self._has_formula = True
            case "v":
                self._in_value = True

    def end(self, name: str) -> None:
        match name.rpartition(" ")[2]:
            case "v":
                self._in_value = False
            case "c" if self._has_formula and self._value and self._place:
                self._keep("".join(self._value))

    def text(self, text: str) -> None:
        if self._in_value:
            self._value.append(text)

    def _keep(self, value: str) -> None:
        kind = self._kind
        if kind == _SHARED and value.isdecimal() and int(value) < len(self._strings):
            kind, value = "str", str(self._strings[int(value)])
        if kind in _KINDS:
            self.results[coordinate_to_tuple(self._place)] = (kind, value)
