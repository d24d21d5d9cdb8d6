"""The lines of a plan file: the JSON of each, and what it must look like to be believed.

A file may come from anywhere, so every line is held against these forms, and the numbers in it against one another.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, TypeAlias

import orjson
import pandas as pd
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, Strict, model_validator

from leadsync.codes import Code
from leadsync.plan.records import Change, PlanChunk, PlanHead, PlannedRow
from leadsync.records import STANDARD_FIELDS, Cell, Chunk, Issue, JsonValue

FORM = 1
"""Raised whenever an older leadsync would read a file wrongly."""

_MOST = 2**31 - 1
"""No source has more rows, or columns."""

_DEEPEST = 64
"""Levels of a value; whatever is nested deeper no sheet holds, and not every JSON writer takes."""


def _standard(name: str) -> str:
    if name not in STANDARD_FIELDS:
        raise ValueError("this is no field of a lead")
    return name


def _shallow(value: Any) -> Any:
    level = [value]
    for _ in range(_DEEPEST):
        level = [
            part
            for each in level
            for part in (each.values() if isinstance(each, dict) else each if isinstance(each, list) else ())
        ]
        if not level:
            return value
    raise ValueError("the value is nested too deep")


Text: TypeAlias = Annotated[str, Strict()]
Count: TypeAlias = Annotated[int, Strict(), Field(ge=0, le=2**53)]
_Place: TypeAlias = Annotated[int, Strict(), Field(ge=0, le=_MOST)]
_RowNumber: TypeAlias = Annotated[int, Strict(), Field(ge=1, le=_MOST)]
_RunId: TypeAlias = Annotated[str, Strict(), Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
_LeadId: TypeAlias = Annotated[str, Strict(), Field(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
_FieldName: TypeAlias = Annotated[str, Strict(), AfterValidator(_standard)]
_PropertyId: TypeAlias = Annotated[
    str, Strict(), Field(pattern=r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$")
]
_Issue: TypeAlias = tuple[Code, Text, tuple[Text, _RowNumber, _Place] | None]
_Value: TypeAlias = Annotated[Any, AfterValidator(_shallow)]
"""Any: whatever came out of JSON is a JSON value."""
_Change: TypeAlias = (
    tuple[_FieldName, _Value, Text | None, list[_Value]] | tuple[_PropertyId, _Value, _Value, list[_Value]]
)
_Row: TypeAlias = tuple[_LeadId, list[_Change], _Issue | None]


class Line(BaseModel):
    """One line of the file."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class HeadLine(Line):
    """The first line."""

    leadsync_plan: Literal[1]
    kind: Literal["apply", "undo"]
    run_id: _RunId
    undoes: _RunId | None
    base_url: Text
    key_print: Text
    mapping: Text
    sources: tuple[Text, ...]
    created_at: Text
    names: dict[Text, Text]
    rows: Count

    def head(self) -> PlanHead:
        """Give the head that the line stands for."""
        return PlanHead(
            kind=self.kind,
            run_id=self.run_id,
            undoes=self.undoes,
            base_url=self.base_url,
            key_print=self.key_print,
            mapping=self.mapping,
            sources=self.sources,
            created_at=self.created_at,
            names=self.names,
            rows=self.rows,
        )


class EndLine(Line):
    """The last line: without it the file is cut off."""

    end: Literal[True]
    chunks: Count
    rows: Count
    sha256: Text
    """Of all lines between the first and this one, and then the first."""


class ChunkLine(Line):
    """A chunk of rows, by column, and the changes of each row."""

    source: Text
    sheet: Text
    headers: list[Text]
    numbers: list[_RowNumber]
    positions: list[_Place] | None
    columns: list[list[Text]]
    typed: list[tuple[_Place, list[_Place]]]
    surplus: list[tuple[_Place, list[Text]]]
    faults: list[tuple[_Place, list[tuple[_Place, _Issue]]]]
    rows: list[_Row]

    @model_validator(mode="after")
    def _fits_together(self) -> "ChunkLine":
        rows, width = len(self.numbers), len(self.headers)
        if not rows or len(self.rows) != rows:
            raise ValueError("there must be one entry for each row")
        if len(self.columns) != width or any(len(column) != rows for column in self.columns):
            raise ValueError("there must be one column for each header, with one cell for each row")
        if self.positions is not None and len(self.positions) != width:
            raise ValueError("there must be one position for each header")
        told = [*self.typed, *((column, [row for row, _ in faults]) for column, faults in self.faults)]
        if any(column >= width or any(row >= rows for row in at) for column, at in told):
            raise ValueError("a cell is told of that is not there")
        if any(row >= rows for row, _ in self.surplus):
            raise ValueError("a row is told of that is not there")
        return self

    def planned(self, first: int) -> PlanChunk:
        """Give the chunk that the line stands for; its first row has the given position."""
        chunk = Chunk(
            self.source,
            self.sheet,
            tuple(self.headers),
            first,
            self.numbers,
            pd.DataFrame(dict(enumerate(self.columns)), index=range(len(self.numbers)), dtype=object),
            positions=self.positions,
            typed={column: frozenset(rows) for column, rows in self.typed},
            surplus=dict(self.surplus),
            faults={column: {row: _issue(told) for row, told in faults} for column, faults in self.faults},
        )
        rows = [
            PlannedRow(row, lead_id, [_change(*told) for told in changes], remark and _issue(remark))
            for row, (lead_id, changes, remark) in enumerate(self.rows)
        ]
        return PlanChunk(chunk, rows)


def _change(key: str, old: JsonValue, new: JsonValue, also: Sequence[JsonValue]) -> Change:
    return Change(key, old, new, tuple(also))


def _issue(told: _Issue) -> Issue:
    code, message, place = told
    return Issue(code, message, Cell(*place) if place else None)


def head_json(head: PlanHead) -> bytes:
    """Give the JSON of a head, without a line break."""
    content = {
        "leadsync_plan": FORM,
        "kind": head.kind,
        "run_id": head.run_id,
        "undoes": head.undoes,
        "base_url": head.base_url,
        "key_print": head.key_print,
        "mapping": head.mapping,
        "sources": head.sources,
        "created_at": head.created_at,
        "names": dict(head.names),
        "rows": head.rows,
    }
    return orjson.dumps(content)


def chunk_line(chunk: Chunk, rows: Sequence[PlannedRow]) -> bytes:
    """Give the line of a chunk."""
    content = {
        "source": chunk.source,
        "sheet": chunk.sheet,
        "headers": chunk.headers,
        "numbers": list(chunk.numbers),
        "positions": chunk.positions and list(chunk.positions),
        "columns": [chunk.column(position) for position in range(len(chunk.headers))],
        "typed": [(column, sorted(rows)) for column, rows in chunk.typed.items()],
        "surplus": [(row, list(cells)) for row, cells in chunk.surplus.items()],
        "faults": [(column, _packed(faults)) for column, faults in chunk.faults.items()],
        "rows": [
            (row.lead_id, [(c.key, c.old, c.new, c.also) for c in row.changes], row.remark and _told(row.remark))
            for row in rows
        ],
    }
    return orjson.dumps(content, option=orjson.OPT_APPEND_NEWLINE)


def end_line(chunks: int, rows: int, sha256: str) -> bytes:
    """Give the last line."""
    return orjson.dumps(
        {"end": True, "chunks": chunks, "rows": rows, "sha256": sha256}, option=orjson.OPT_APPEND_NEWLINE
    )


def _packed(faults: Mapping[int, Issue]) -> list[tuple[Any, ...]]:
    return [(row, _told(issue)) for row, issue in faults.items()]


def _told(issue: Issue) -> tuple[Any, ...]:
    cell = issue.cell
    return issue.code, issue.message, cell and (cell.sheet, cell.row, cell.column)
