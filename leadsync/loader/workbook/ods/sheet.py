"""One sheet of an .ods workbook: rows and cells, many of which stand for several alike."""

from bisect import bisect_right
from collections.abc import Mapping

from leadsync.loader.workbook.marking import WEIGHT, Marking
from leadsync.loader.workbook.marks import CellMark, Marks, Shown
from leadsync.loader.workbook.ods.cell import mark_of
from leadsync.loader.workbook.ods.plain import RUN
from leadsync.loader.workbook.ods.styles import Styles
from leadsync.loader.workbook.ods.text import CellText

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
"""What is beyond, calamine cuts off likewise."""

_COLUMNS_REPEATED = "table:number-columns-repeated"
_SPANS = frozenset({"table:number-rows-spanned", "table:number-columns-spanned"})
_LONG = ("table:formula", "office:string-value")
_FILLING = frozenset(
    {f"office:{name}value" for name in ("", "boolean-", "date-", "string-", "time-")}
    | {"office:value-type", "table:formula"}
)
"""The attributes by which a cell holds something."""
_DIGITS = 9
"""Of a number; all that are longer are more than fits, and Python takes its time for a million of them."""
_NOT_SHOWN = frozenset({"collapse", "filter"})
_NOTHING = Shown("")


class SheetScan:
    """A sheet, from its beginning to its end."""

    def __init__(self, styles: Styles) -> None:
        self.marking = Marking()
        self._styles = styles
        self._ends: list[int] = []
        self._column_styles: list[str] = []
        """For each run of columns where it ends, and the style of the cells that name none."""
        self._row = self._column = 0
        self._height = self._row_end = 0
        self._row_style = ""
        self._marks: list[tuple[int, CellMark]] = []
        self._filled = 0
        """What the filled cells of the row weigh."""
        self._left, self._right = MOST_COLUMNS, -1
        """The first and the last of them."""
        self._hidden: list[tuple[int, int]] = []

    def marks(self) -> Marks:
        """Give the marks; hidden rows below the last filled one are none of the sheet's."""
        for top, height in self._hidden:
            self.marking.hide(top, min(height, self.marking.bottom + 1 - top))
        return self.marking.marks()

    def columns(self, attributes: Mapping[str, str]) -> None:
        """Take a run of columns."""
        before = self._ends[-1] if self._ends else 0
        self._ends.append(before + _repeated(attributes, _COLUMNS_REPEATED, MOST_COLUMNS))
        self._column_styles.append(attributes.get("table:default-cell-style-name", ""))

    def start_row(self, attributes: Mapping[str, str]) -> None:
        """Begin a row, or so many that are alike."""
        self._height = _repeated(attributes, "table:number-rows-repeated", MOST_ROWS - self._row)
        self._row_style = attributes.get("table:default-cell-style-name", "")
        self._column = 0
        if attributes.get("table:visibility") in _NOT_SHOWN:
            self._hidden.append((self._row, self._height))

    def end_row(self) -> None:
        """End it."""
        if self._height and self._filled:
            self.marking.fill_rows(self._row, self._height, self._left, self._right, self._filled)
            if self._marks:
                self.marking.mark_rows(self._row, self._height, self._marks)
                self._marks = []
            self._filled, self._left, self._right = 0, MOST_COLUMNS, -1
        self._row += self._height

    def cell(self, attributes: Mapping[str, str], text: CellText, *, is_covered: bool) -> None:
        """Take a cell, or so many that are alike; raises ValueError where its value is none."""
        column, width = self._column, 1
        if RUN in attributes:
            width = _repeated(attributes, RUN, MOST_COLUMNS - column)
            self._column += width
            self._fill(column, width, 0, {})
            return
        if _COLUMNS_REPEATED in attributes or column >= MOST_COLUMNS:
            width = _repeated(attributes, _COLUMNS_REPEATED, MOST_COLUMNS - column)
        self._column = column + width
        shown = text.shown()
        if not width or not (shown or attributes):
            return
        if shown or not _FILLING.isdisjoint(attributes):
            self._fill(column, width, len(shown), attributes)
            mark = _NOTHING if is_covered else self._mark(column, attributes, shown, is_plain=text.is_plain)
            if mark is not None:
                self._marks += [(place, mark) for place in range(column, column + width)]
        if not _SPANS.isdisjoint(attributes):
            down = _repeated(attributes, "table:number-rows-spanned", MOST_ROWS)
            across = _repeated(attributes, "table:number-columns-spanned", MOST_COLUMNS)
            self.marking.merge(self._row, column, self._row + down - 1, column + across - 1)

    def _fill(self, column: int, width: int, length: int, attributes: Mapping[str, str]) -> None:
        for name in _LONG:
            if name in attributes:
                length += len(attributes[name])
        self._filled += width * (1 + length // WEIGHT)
        self._left = min(self._left, column)
        self._right = column + width - 1

    def _mark(self, column: int, attributes: Mapping[str, str], shown: str, *, is_plain: bool) -> CellMark | None:
        number = None
        if attributes.get("office:value-type") == "float":
            style = attributes.get("table:style-name") or self._row_style or self._default_style(column)
            number = self._styles.format_of(style)
        return mark_of(attributes, shown, is_plain=is_plain, number=number)

    def _default_style(self, column: int) -> str:
        place = bisect_right(self._ends, column)
        return self._column_styles[place] if place < len(self._column_styles) else ""


def _repeated(attributes: Mapping[str, str], name: str, most: int) -> int:
    """Read how often something stands there, as calamine does: what is more than fits is cut off."""
    text = attributes.get(name)
    if text is None:
        return min(1, most)
    if not (text.isascii() and text.isdecimal()):
        raise ValueError("a number of rows or columns is none")
    return min(int(text[:_DIGITS]), most)
