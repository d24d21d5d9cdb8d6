"""A chunk of rows translated by column; nothing is made for a single row but its problems."""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from leadsync.characters import is_blank, trimmed
from leadsync.codes import Code
from leadsync.mapping.bind import BoundField, BoundMapping
from leadsync.mapping.cells import column_cells, field_cells
from leadsync.mapping.checks import UUID_FORM
from leadsync.mapping.pipeline import CLEARED, Converted, Pipeline, Refusal
from leadsync.quoting import quote
from leadsync.records import DEFAULT_LEVELS, Chunk, Issue, JsonValue, Level, Target, Translation

_LEGACY_FORM = re.compile("[0-9]{1,15}")
"""JavaScript, which Keen runs on, keeps 15 digits of a number exactly."""


class _Found(NamedTuple):
    """A problem of a row."""

    row: int
    issue: Issue


def translate(bound: BoundMapping, chunk: Chunk) -> Translation:
    """Translate a chunk of the source that the mapping was bound to.

    Every row ends with an issue, with a reason to be skipped, or with something to send. A row that is none of the
    table's is skipped, whatever else is wrong with it. A row that could not be read has that issue alone; a blank row
    is skipped whatever the mapping requires. The other rows have all their issues, by column from left to right, and
    one for each cell that holds no value to read. The chunk of the translation is the one that was given, with all of
    its faults.
    """
    given, chunk = chunk, _heeded(bound, chunk)
    faults = _faults(bound, chunk)
    leads, found = _leads(bound, chunk)
    found += faults
    faulty = {problem.row for problem in faults}
    blank = _blank_rows(bound, chunk, [p.row for p in found if p.issue.code is Code.MISSING_LEAD_ID], faulty)
    columns: dict[Target, Sequence[JsonValue]] = {}
    for field in bound.fields:
        values, refusals = _without_faults(field, chunk, _converted(field, chunk))
        columns[field.field.target] = values
        found += _problems(field, chunk, refusals.items())
    issues: dict[int, tuple[Issue, ...]] = {
        row: (issue,) for row, issue in chunk.issues.items() if row not in chunk.left_out
    }
    answered = issues.keys() | blank.keys() | chunk.left_out.keys()
    issues |= _by_row(problem for problem in found if problem.row not in answered)
    skipped = {**{row: issue for row, issue in blank.items() if row not in issues}, **chunk.left_out}
    for row in _rows_without_values(columns, len(chunk)):
        if row not in issues and row not in skipped:
            skipped[row] = Issue(Code.NOTHING_TO_UPDATE, "All the mapped cells of the row are blank or left out.")
    return Translation(given, leads, columns, issues, skipped)


def translate_rows(
    bound: BoundMapping, chunk: Chunk, rows: Iterable[int], leads: Sequence[str] | None = None
) -> Translation:
    """Translate some rows of a chunk (0 is its first); of the others only the lead is told, and they are `unchanged`.

    What is told of a row is what `translate` tells. Rows that could not be read, or are none of the table's, are
    translated too, as they are never unchanged. `leads` are those that `lead_ids` gave for the chunk, where they are
    known already.
    """
    wanted = sorted({*map(int, rows), *chunk.issues, *chunk.left_out})
    if len(wanted) == len(chunk):
        return translate(bound, chunk)
    leads = lead_ids(bound, chunk) if leads is None else leads
    unchanged = frozenset(range(len(chunk))).difference(wanted)
    nothing: list[JsonValue] = [None] * len(chunk)
    if not wanted:
        columns: dict[Target, Sequence[JsonValue]] = {field.field.target: nothing for field in bound.fields}
        return Translation(chunk, leads, columns, {}, {}, unchanged=unchanged)
    part = translate(bound, chunk.take(wanted))
    columns = {target: _spread(values, wanted, nothing) for target, values in part.columns.items()}
    issues = {wanted[row]: found for row, found in part.issues.items()}
    skipped = {wanted[row]: issue for row, issue in part.skipped.items()}
    return Translation(chunk, leads, columns, issues, skipped, unchanged=unchanged)


def _spread(values: Sequence[JsonValue], rows: Sequence[int], nothing: Sequence[JsonValue]) -> Sequence[JsonValue]:
    spread = list(nothing)
    for row, value in zip(rows, values, strict=True):
        spread[row] = value
    return spread


def in_order(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Give the issues of a row by column from left to right, those without a cell first.

    Issues of one column keep their order, so that whoever adds some puts them behind.
    """
    return tuple(sorted(issues, key=lambda issue: -1 if issue.cell is None else issue.cell.column))


def lead_ids(bound: BoundMapping, chunk: Chunk) -> list[str]:
    """Give the lead of each row as `translate` does, and nothing else; empty where the row names none."""
    return _leads(bound, _heeded(bound, chunk))[0]


def cleared_rows(translation: Translation) -> int:
    """Count the rows to be sent in which a value of Keen's is cleared, because a cell is blank."""
    clearing = [values for values in translation.columns.values() if CLEARED in values]
    if not clearing:
        return 0
    return sum(1 for row in translation.sendable() if any(values[row] == CLEARED for values in clearing))


def _heeded(bound: BoundMapping, chunk: Chunk) -> Chunk:
    """Leave out the faults of cells that are no error by the mapping: such a cell is read as the text that it shows."""
    if not chunk.faults:
        return chunk
    levels = {**DEFAULT_LEVELS, **bound.mapping.damage}
    faults = {
        column: {row: issue for row, issue in of.items() if levels.get(issue.code, Level.ERROR) is Level.ERROR}
        for column, of in chunk.faults.items()
    }
    return replace(chunk, faults=faults)


def _faults(bound: BoundMapping, chunk: Chunk) -> list[_Found]:
    """Give the cells without a value to read that the mapping uses."""
    return [
        _Found(row, _told(chunk.headers[column], issue))
        for column, issues in chunk.faults.items()
        if column in bound.watched
        for row, issue in issues.items()
    ]


def _told(header: str, issue: Issue) -> Issue:
    label = f"{header}: "
    return issue if issue.message.startswith(label) else replace(issue, message=label + issue.message)


def _without_faults(bound: BoundField, chunk: Chunk, converted: Converted) -> Converted:
    """Take out the rows of which a cell holds no value to read: they are refused for that cell."""
    rows = {row for position in bound.positions for row in chunk.faults.get(position, ())}
    if not rows:
        return converted
    return Converted(
        [None if row in rows else value for row, value in enumerate(converted.values)],
        {row: refusal for row, refusal in converted.refusals.items() if row not in rows},
    )


def _leads(bound: BoundMapping, chunk: Chunk) -> tuple[list[str], list[_Found]]:
    """Give the canonical lead of each row, and the problems of those that are empty.

    A row that is none of the table's names no lead, nor does one whose cell holds no value to read.
    """
    legacy = bound.mapping.lead.is_legacy
    form, refusal = (_LEGACY_FORM, _legacy_refusal) if legacy else (UUID_FORM, _uuid_refusal)
    match = form.fullmatch
    texts = list(map(str.strip, column_cells(chunk, bound.lead, bound.mapping.blanks)))
    header = bound.headers[bound.lead]
    found: list[_Found] = []
    if not all(map(match, texts)):
        texts = list(map(trimmed, texts))
        found = [
            _Found(row, _issue(header, refusal(text), chunk, row, bound.lead))
            for row, text in enumerate(texts)
            if not match(text)
        ]
    leads = [text.lstrip("0") or "0" for text in texts] if legacy else list(map(str.lower, texts))
    for row in [*(problem.row for problem in found), *chunk.left_out]:
        leads[row] = ""
    faults = chunk.faults.get(bound.lead, ())
    return leads, [problem for problem in found if problem.row not in faults]


def _uuid_refusal(text: str) -> Refusal:
    if not text:
        return Refusal(Code.MISSING_LEAD_ID, "this is blank. Enter the lead's UUID.")
    hint = " For whole numbers, the ids of Keen's earlier system, map lead.legacy_id." if text.isdecimal() else ""
    reason = f"{quote(text)} is not a lead's id. It is a UUID: 32 hexadecimal digits, 8-4-4-4-12.{hint}"
    return Refusal(Code.INVALID_LEAD_ID, reason)


def _legacy_refusal(text: str) -> Refusal:
    if not text:
        return Refusal(Code.MISSING_LEAD_ID, "this is blank. Enter the lead's legacy id.")
    if re.fullmatch(r"[0-9]+[.,]0+", text):
        why = "A spreadsheet has made a decimal number of it. Format the column as a whole number or text."
    elif re.fullmatch(r"[0-9]+", text):
        why = "It has more digits than Keen can keep exactly (15)."
    else:
        why = "It is a whole number, of digits alone."
    return Refusal(Code.INVALID_LEGACY_ID, f"{quote(text)} is not a legacy id. {why}")


def _issue(label: str, refusal: Refusal, chunk: Chunk, row: int, column: int) -> Issue:
    return Issue(refusal.code, f"{label}: {refusal.reason}", chunk.cell(row, column))


def _converted(bound: BoundField, chunk: Chunk) -> Converted:
    field = bound.field
    if not bound.positions:
        return Converted([field.constant] * len(chunk), {})
    cells = field_cells(bound, chunk)
    typed = chunk.typed.get(bound.positions[0])
    if typed and field.typed_pipeline and field.template is None:
        return _converted_apart(cells, typed, field.typed_pipeline, field.pipeline)
    return field.pipeline.run(cells)


def _converted_apart(cells: list[str], typed: frozenset[int], of_typed: Pipeline, of_text: Pipeline) -> Converted:
    """Send the cells that a workbook knows to be numbers, dates or booleans another way than its texts."""
    values: list[JsonValue] = [None] * len(cells)
    refusals: dict[int, Refusal] = {}
    for pipeline, rows in (
        (of_typed, sorted(typed)),
        (of_text, [r for r in range(len(cells)) if r not in typed]),
    ):
        converted = pipeline.run([cells[row] for row in rows])
        for row, value in zip(rows, converted.values, strict=True):
            values[row] = value
        refusals |= {rows[place]: refusal for place, refusal in converted.refusals.items()}
    return Converted(values, refusals)


def _problems(bound: BoundField, chunk: Chunk, refusals: Iterable[tuple[int, Refusal]]) -> Iterator[_Found]:
    column = bound.positions[0] if bound.positions else 0
    for row, refusal in refusals:
        yield _Found(row, _issue(bound.label, refusal, chunk, row, column))


def _by_row(found: Iterable[_Found]) -> dict[int, tuple[Issue, ...]]:
    rows: dict[int, list[Issue]] = {}
    for row, issue in found:
        rows.setdefault(row, []).append(issue)
    return {row: in_order(issues) for row, issues in sorted(rows.items())}


def _blank_rows(
    bound: BoundMapping, chunk: Chunk, candidates: Iterable[int], faulty: Container[int]
) -> dict[int, Issue]:
    """Give those of the rows without a lead in which every cell is blank, and none that is used has a fault."""
    rows = [row for row in candidates if row not in faulty]
    if not rows:
        return {}
    words, cells = bound.mapping.blanks, chunk.frame.iloc[rows].to_numpy()
    return {
        row: Issue(Code.BLANK_ROW, "Every cell of the row is blank.")
        for row, texts in zip(rows, cells, strict=True)
        if all(is_blank(text) or (words and text.strip().casefold() in words) for text in texts)
    }


def _rows_without_values(columns: dict[Target, Sequence[JsonValue]], count: int) -> Sequence[int]:
    """Give the rows for which every target is None."""
    left: Sequence[int] = range(count)
    if all(None in values for values in columns.values()):
        for values in columns.values():
            left = [row for row in left if values[row] is None]
        return left
    return ()
