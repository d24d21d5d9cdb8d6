"""What a plan changes, to be read by people: `changes.csv` and `changes.xlsx`, one line for each value."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook  # type: ignore[import-untyped]  # openpyxl has no types of its own
from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped]  # likewise
from openpyxl.styles import Font  # type: ignore[import-untyped]  # likewise

from leadsync.errors import StateError
from leadsync.files import printable, private_bytes, private_folder, private_text
from leadsync.harmless import escaped, workbook_text
from leadsync.plan.file import read_head, read_plan
from leadsync.plan.records import PlanChunk, value_text

COLUMNS = ("leadsync_sheet", "leadsync_row", "leadsync_lead_id", "field", "old", "new", "what")
XLSX_LINES = 50_000
"""More lines go into the CSV file alone: a workbook of so many takes openpyxl 6 to 13 s, measured."""

_WIDTHS = (16, 13, 38, 24, 40, 40, 16)
_UTF8_MARK = "\ufeff"
"""Without it Excel reads UTF-8 as the machine's own encoding."""
Line = tuple[str, int, str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class ChangesWritten:
    """Where the changes of a plan can be read."""

    lines: int
    csv: Path
    xlsx: Path | None
    """None where there are more than XLSX_LINES."""


def write_changes(folder: Path, plan: Path) -> ChangesWritten:
    """Write the changes of a plan file as tables (0600) into a folder; each appears when it is whole.

    Nothing in them becomes a formula: in the workbook all but the row's number is typed as text, in the CSV file a
    cell that begins like a formula gets an apostrophe before it. Memory does not grow with the plan; the lines of the
    workbook pass through a file (0600) in the folder for temporary files. Raises SourceError where the plan cannot be
    read, StateError where a table cannot be written.
    """
    names = read_head(plan).names
    of_csv, of_xlsx = folder / "changes.csv", folder / "changes.xlsx"
    try:
        private_folder(folder)
        of_xlsx.unlink(missing_ok=True)  # of an earlier plan: it must not pass for this one's
        lines = _write_csv(of_csv, _lines(read_plan(plan), names))
        if lines > XLSX_LINES:
            return ChangesWritten(lines, of_csv, None)
        _write_xlsx(of_xlsx, _lines(read_plan(plan), names), lines)
    except OSError as error:
        raise StateError(f"The folder {printable(folder)} cannot be written ({error.strerror or error}).") from error
    return ChangesWritten(lines, of_csv, of_xlsx)


def _lines(chunks: Iterable[PlanChunk], names: Mapping[str, str]) -> Iterator[Line]:
    for planned in chunks:
        chunk = planned.chunk
        for row in planned.rows:
            number = chunk.numbers[row.row]
            for change in row.changes:
                name, old, new = names.get(change.key, change.key), value_text(change.old), value_text(change.new)
                yield chunk.sheet, number, row.lead_id, name, old, new, change.kind.value


def _write_csv(path: Path, lines: Iterable[Line]) -> int:
    """Write the lines, and give their number."""
    count = 0
    with private_text(path) as file:
        file.write(_UTF8_MARK)
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for sheet, number, *texts in lines:
            writer.writerow((escaped(sheet), number, *map(escaped, texts)))
            count += 1
    return count


def _write_xlsx(path: Path, lines: Iterable[Line], count: int) -> None:
    book = Workbook(write_only=True)
    book.properties.creator = "leadsync"
    sheet = book.create_sheet("changes")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:G{count + 1}"
    for letter, width in zip("ABCDEFG", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    titles = [WriteOnlyCell(sheet, value=name) for name in COLUMNS]
    for title in titles:
        title.font = Font(bold=True)
    sheet.append(titles)
    for name, number, *texts in lines:
        sheet.append([_cell(sheet, name), number, *(_cell(sheet, text) for text in texts)])
    with private_bytes(path) as file:
        book.save(file)


def _cell(sheet: Any, text: str) -> Any:
    """Give what openpyxl writes as text: itself, unless it would take it for a formula or an error."""
    text = workbook_text(text)
    if not text.startswith(("=", "#")):
        return text or None
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    return cell
