"""A report whose workbook is the user's own: it is given back only where it is read as before, cell by cell.

openpyxl reads and writes workbooks as it understands them: it fills blank cells that have a link, drops what lies under
merged cells, and more. What a person gets back to mend must say what was read, so it is read once more.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path

from leadsync.errors import SourceError
from leadsync.loader import Source, open_source
from leadsync.records import Answered, Chunk, SourceOptions, Summary
from leadsync.report import write_report
from leadsync.report.about import About, Original
from leadsync.report.formats import Formats
from leadsync.report.write import Rows
from leadsync.sync.original import NEW


def write_faithfully(
    folder: Path,
    rows: Rows,
    again: Callable[[], Iterable[Answered]],
    about: Callable[[], About],
    formats: Formats,
    ended: Callable[[Summary], None] = lambda _: None,
) -> Summary:
    """Write a report as `write_report` does; where the user's workbook would say something else, with a new one.

    `again` gives the rows once more.
    """
    found: list[About] = []

    def once() -> About:
        found.append(about())
        return found[0]

    summary = write_report(folder, rows, once, formats, ended)
    original, made = rows.original, folder / "results.xlsx"
    if original is None or not made.exists() or (place := first_difference(original, made)) is None:
        return summary
    note = f"{original.name} would not come back as it was read (see {place}), {NEW}."
    told = replace(found[0], summary=replace(summary, workbook_notes=(note,)))
    other = replace(rows, answered=again(), original=None)
    return write_report(folder, other, lambda: told, replace(formats, csv=False))


def first_difference(original: Original, made: Path) -> str | None:
    """Give the place of the first cell that is read otherwise than in the original; None where there is none."""
    options = SourceOptions(sheet=original.sheet, header_row=original.header_row)
    try:
        with (
            open_source(original.name, options, at=original.path) as before,
            open_source(original.name, options, at=made) as after,
        ):
            if before.headers != after.headers:
                return f"row {original.header_row}"
            return next(_differences(before, after), None)
    except SourceError:
        return "the sheet as a whole"


def _differences(before: Source, after: Source) -> Iterator[str]:
    for one, other in zip_longest(before.chunks(0), after.chunks(0)):
        if one is None or other is None:
            yield "the number of its rows"
            return
        yield from _cells(one, other)


def _cells(one: Chunk, other: Chunk) -> Iterator[str]:
    if len(one) != len(other):
        yield "the number of its rows"
        return
    for position in range(len(one.headers)):
        texts = one.column(position), other.column(position)
        if texts[0] != texts[1]:
            rows = enumerate(zip(*texts, strict=True))
            yield str(one.cell(next(row for row, (was, now) in rows if was != now), position))
    known = [(chunk.typed, {column: dict(faults) for column, faults in chunk.faults.items()}) for chunk in (one, other)]
    if known[0] != known[1]:
        yield f"row {one.numbers[0]} or one of the {len(one) - 1:,} below it"
    if one.hidden != other.hidden:
        yield "the rows that are hidden"
