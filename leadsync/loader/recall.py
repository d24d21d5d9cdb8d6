"""What the helper columns of our own report tell of its rows, added to them when the report is read again."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

import pandas as pd

from leadsync.codes import Code
from leadsync.harmless import MARK, restored
from leadsync.loader.base import Layout
from leadsync.loader.forms import Form
from leadsync.loader.helper_columns import CODE_COLUMN, HelperColumns
from leadsync.records import Cell, Chunk, HiddenRows, Issue, Origins, SourceOptions

_BEGUN = f"\0{MARK}"

HelperCells = Callable[[int], Sequence[str]]
"""Gives the cells of a column by its place among the cells of a row."""


def options_of_report(options: SourceOptions) -> SourceOptions:
    """Give the options as a report is read that tells of each row what it was: no rows are counted off its end."""
    return replace(options, skip_footer=0, stop_at_blank=False)


def left_out_by_code(options: SourceOptions, *, shows_hidden: bool) -> Collection[Code]:
    """Give the codes of rows that a report has, and that are to be left out again as the options of its source say.

    `shows_hidden`: no row of the report is hidden itself, so that its code tells.
    """
    codes = []
    if options.skip_footer or options.stop_at_blank:
        codes.append(Code.BELOW_TABLE)
    if shows_hidden and options.hidden_rows is HiddenRows.SKIP:
        codes.append(Code.HIDDEN_ROW)
    return codes


def recalled(chunk: Chunk, layout: Layout, cells: HelperCells, left_out: Collection[Code]) -> Chunk:
    """Give a chunk as its helper columns tell of it.

    Cells that got an apostrophe lose it; what a cell's text cannot tell is known again; each row knows whence it is;
    and rows of the codes in `left_out` are left out again. What the file itself tells of a cell goes before that.
    """
    helpers = layout.helpers
    if helpers is None:
        return chunk
    if helpers.escaped is not None:
        chunk = _restored(chunk, cells(helpers.escaped))
    if helpers.form is not None:
        chunk = _with_forms(chunk, cells(helpers.form), layout.left + helpers.form)
    if helpers.code is not None and left_out:
        chunk = _leave_out(chunk, cells(helpers.code), layout.left + helpers.code, left_out)
    return replace(chunk, origins=_origins(helpers, cells, len(chunk))) if helpers.tell_origins else chunk


def _restored(chunk: Chunk, marks: Sequence[str]) -> Chunk:
    """Take the apostrophe off the cells of marked rows that have one; whoever took it off has saved us that."""
    rows = [row for row, mark in enumerate(marks) if mark.strip() == MARK]
    if not rows:
        return chunk
    table = chunk.frame.to_numpy(copy=True)
    for position in range(len(chunk.headers)):
        texts = table[:, position].tolist()
        if _BEGUN in "\0".join(["", *texts]):  # far quicker than to look at each cell, and few columns have any
            for row in rows:
                table[row, position] = restored(texts[row])
    return replace(chunk, frame=pd.DataFrame(table, dtype=object, copy=False))


def _with_forms(chunk: Chunk, forms: Sequence[str], column: int) -> Chunk:
    """Add which cells were typed, which faulty, and which rows were ragged; the forms stand in that column."""
    typed = {position: set(rows) for position, rows in chunk.typed.items()}
    faults = {position: dict(issues) for position, issues in chunk.faults.items()}
    issues, surplus = dict(chunk.issues), dict(chunk.surplus)
    table = chunk.frame.to_numpy()
    for row, text in enumerate(forms):
        if not text.strip():
            continue
        cells = table[row].tolist()
        form = Form.of(text, Cell(chunk.sheet, chunk.numbers[row], column))
        for position in form.typed(chunk.headers, cells):
            typed.setdefault(position, set()).add(row)
        for position, code, advice in form.faults(chunk.headers, cells):
            cell = chunk.cell(row, position)
            message = f"{cell} was refused when it was first read ({code}), and is the same still; {advice}."
            faults.setdefault(position, {}).setdefault(row, Issue(code, message, cell))
        refusal = form.refusal()
        if refusal and row not in issues:
            issues[row], surplus[row] = refusal
    known = {position: frozenset(rows) for position, rows in typed.items()}
    return replace(chunk, issues=issues, typed=known, surplus=surplus, faults=faults)


def _leave_out(chunk: Chunk, codes: Sequence[str], column: int, wanted: Collection[Code]) -> Chunk:
    """Leave out the rows that the report tells were left out; their codes stand in that column."""
    by_name = {str(code): code for code in wanted}
    left_out = dict(chunk.left_out)
    for row, text in enumerate(codes):
        code = by_name.get(text.strip())
        if code and row not in left_out:
            cell = Cell(chunk.sheet, chunk.numbers[row], column)
            why = "is none of the table's" if code is Code.BELOW_TABLE else "was hidden in its sheet"
            message = f"This row {why}, as the report that it is from tells; empty {CODE_COLUMN} ({cell}) to send it."
            left_out[row] = Issue(code, message)
    return replace(chunk, left_out=left_out)


def _origins(helpers: HelperColumns, cells: HelperCells, height: int) -> Origins:
    def told(place: int | None) -> Sequence[str]:
        return [""] * height if place is None else _trimmed(cells(place))

    sheets, numbers = told(helpers.sheet), told(helpers.row)
    places = [f"{sheet}!{number}" if number else "" for sheet, number in zip(sheets, numbers, strict=True)]
    return Origins(told(helpers.run), places, told(helpers.status))


def _trimmed(texts: Iterable[str]) -> list[str]:
    """Trim texts, equal ones to one object: a report of a million rows has one run, one sheet, and few statuses."""
    known: dict[str, str] = {}
    return [known.setdefault(text, text) for text in map(str.strip, texts)]
