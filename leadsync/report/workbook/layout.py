"""Where the helper columns stand, and how wide they are."""

# Cells and columns are looked at as openpyxl keeps them (see `styles`).
# ruff: noqa: SLF001

from collections.abc import Mapping
from typing import Any

from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]  # openpyxl has no types of its own
from openpyxl.utils.cell import range_boundaries  # type: ignore[import-untyped]  # likewise
from openpyxl.utils.units import EMU_to_pixels  # type: ignore[import-untyped]  # likewise
from openpyxl.worksheet.dimensions import ColumnDimension  # type: ignore[import-untyped]  # likewise

from leadsync.report.columns import FORM_COLUMN, HELPERS, RUN_COLUMN

ADDED = (*HELPERS, RUN_COLUMN)
"""The columns that a report adds to a workbook."""
NUMBERS = frozenset({"leadsync_row", "leadsync_http_status", "leadsync_attempts"})
"""Those whose cells are numbers."""
WIDTHS: Mapping[str, int] = {
    "leadsync_sheet": 16,
    "leadsync_row": 14,
    "leadsync_lead_id": 38,
    "leadsync_status": 16,
    "leadsync_code": 24,
    "leadsync_message": 70,
    "leadsync_cell": 18,
    "leadsync_http_status": 22,
    "leadsync_attempts": 19,
    RUN_COLUMN: 28,
    FORM_COLUMN: 16,
}
"""In characters."""

_COLUMN_PIXELS = 64
"""Of a column whose width nobody has set."""


def last_used_column(sheet: Any) -> int:
    """Give the rightmost column in which a cell holds something, or over which something lies."""
    used = [
        column
        for (_, column), cell in sheet._cells.items()
        if cell._value is not None or cell._comment is not None or cell.hyperlink is not None
    ]
    areas = [
        *map(str, sheet.merged_cells.ranges),
        *(table.ref for table in sheet.tables.values()),
        *(pivot.location.ref for pivot in sheet._pivots),
    ]
    used += [range_boundaries(area)[2] for area in areas]
    used += [_right(drawing.anchor) for drawing in (*sheet._charts, *sheet._images)]
    return max(used, default=0)


def _right(anchor: Any) -> int:
    """Give the column that a drawing reaches to."""
    if getattr(anchor, "to", None) is not None:
        return int(anchor.to.col) + 1
    start = getattr(anchor, "_from", None)
    size = getattr(anchor, "ext", None)
    return (start.col if start else 0) + (int(EMU_to_pixels(size.width)) // _COLUMN_PIXELS if size else 0) + 2


def free_column(sheet: Any, column: int, width: int) -> None:
    """Give a column a width of its own, and show it, where it was one of many that share theirs or are hidden."""
    dimensions = sheet.column_dimensions
    for letter, shared in list(dimensions.items()):
        shared.reindex()
        if not shared.min <= column <= shared.max:
            continue
        left, right = shared.min, shared.max
        del dimensions[letter]
        if left < column:
            _keep(sheet, shared, left, column - 1)
        if column < right:
            _keep(sheet, shared, column + 1, right)
    letter = get_column_letter(column)
    dimensions[letter] = ColumnDimension(sheet, index=letter, width=width, min=column, max=column)


def _keep(sheet: Any, shared: ColumnDimension, first: int, last: int) -> None:
    letter = get_column_letter(first)
    sheet.column_dimensions[letter] = ColumnDimension(
        sheet,
        index=letter,
        width=shared.width,
        bestFit=shared.bestFit,
        hidden=shared.hidden,
        outlineLevel=shared.outlineLevel,
        collapsed=shared.collapsed,
        style=shared._style,
        min=first,
        max=last,
    )
