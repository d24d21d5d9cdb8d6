"""What openpyxl would make of a workbook that its user did not: areas it walks through, cells it fills or changes."""

# Cells are looked at as openpyxl keeps them (see `styles`).
# ruff: noqa: SLF001

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from math import isinf
from typing import Any
from zipfile import ZipFile

from openpyxl import Workbook  # type: ignore[import-untyped]  # openpyxl has no types of its own
from openpyxl.utils.cell import range_boundaries  # type: ignore[import-untyped]  # likewise
from openpyxl.workbook.defined_name import DefinedNameList  # type: ignore[import-untyped]  # likewise

from leadsync.report.workbook.formulas import Place

MOST_CELLS = 50_000
"""Of one area, for each of whose cells openpyxl makes an object: a whole column takes minutes, a sheet all memory."""
_MOST_IN_ALL = 10 * MOST_CELLS
_HIGHEST, _WIDEST = 1_048_576, 16_384
_BLOCK = 1 << 20
_LONGEST_TAG = 4_096
_AREAS = [
    re.compile(tag + rb"""\s[^<>]*?\bref\s*=\s*["']([^"':]+:[^"':]+)["']""")
    for tag in (b"mergeCell", b"hyperlink", b"comment")
]
"""Each begins with what is found quickly."""
_PRINT_AREA, _PRINT_TITLES = "Print_Area", "Print_Titles"


def vast_area(archive: ZipFile) -> str:
    """Give an area of a package that openpyxl had better not walk through, or say that there are too many."""
    count = 0
    for area in _areas(archive):
        cells = _size(area)
        if cells > MOST_CELLS:
            return area
        count += cells
    return f"{count:,} cells" if count > _MOST_IN_ALL else ""


def _areas(archive: ZipFile) -> Iterator[str]:
    for name in archive.namelist():
        with archive.open(name) as part:
            before = b""
            while block := part.read(_BLOCK):
                block = before + block
                for found in chain.from_iterable(pattern.finditer(block) for pattern in _AREAS):
                    if found.end() > len(before):  # else it was found before
                        yield found[1].decode("utf-8", "replace")
                before = block[-_LONGEST_TAG:]


def _size(area: str) -> int:
    """Count the cells of an area; 0 for what is none."""
    try:
        left, top, right, bottom = range_boundaries(area)
    except ValueError:
        return 0
    return ((right or _WIDEST) - (left or 1) + 1) * ((bottom or _HIGHEST) - (top or 1) + 1)


def overlaps(sheet: Any) -> bool:
    """Tell whether merged cells of a sheet lie over one another, as in no workbook that Excel calls sound."""
    seen: set[Place] = set()
    count = 0
    for area in sheet.merged_cells.ranges:
        seen.update(area.cells)
        count += area.size["rows"] * area.size["columns"]
    return len(seen) < count


def changed_cells(sheet: Any) -> tuple[bool, set[Place], set[Place]]:
    """Find the cells of a sheet as openpyxl has read it that may have been otherwise.

    Gives whether there are formulas; cells that hold the text of their link, which openpyxl puts into blank ones; and
    dates that are written as such, and numbers too large for Python.
    """
    has_formulas = False
    linked: set[Place] = set()
    others: set[Place] = set()
    for place, cell in sheet._cells.items():
        link, value = cell.hyperlink, cell._value
        if link is not None and value is not None and value == (link.target or link.location):
            linked.add(place)
        elif cell.data_type == "f":
            has_formulas = True
        elif cell.data_type == "d" or (isinstance(value, float) and isinf(value)):
            others.add(place)
    return has_formulas, linked, others


def empty(sheet: Any, places: Iterable[Place]) -> None:
    """Make cells blank; their links stay."""
    for place in places:
        cell = sheet._cells[place]
        cell._value, cell.data_type = None, "n"


def lost_print_settings(names: DefinedNameList, workbook: Workbook) -> Iterator[str]:
    """Tell of print areas and titles that openpyxl has dropped: what they refer to is gone, or calculated."""
    for name in names.definedName:
        kind, place = name.is_reserved, name.localSheetId
        if place is None or kind not in {_PRINT_AREA, _PRINT_TITLES} or int(place) >= len(workbook._sheets):
            continue
        sheet = workbook._sheets[int(place)]
        kept = getattr(sheet, "print_area" if kind == _PRINT_AREA else "print_title_rows", "")
        if not kept and not (kind == _PRINT_TITLES and getattr(sheet, "print_title_cols", "")):
            what = "the print area" if kind == _PRINT_AREA else "the titles of printed pages,"
            yield f"Not in this workbook, as openpyxl cannot write it: {what} {name.value} (sheet {sheet.title!r})."
