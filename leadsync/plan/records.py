"""What a plan says: of itself, and of each row what it would change in its lead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

import orjson

from leadsync.records import Chunk, Issue, JsonValue


def value_text(value: JsonValue) -> str:
    """Write a value as text, much as Keen stores that of a property; empty for nothing."""
    if isinstance(value, str):
        return value
    return "" if value is None else orjson.dumps(value).decode()


class ChangeKind(StrEnum):
    """What a change does to the value that Keen holds."""

    CHANGES = "changes"
    FILLS = "fills"
    """Keen holds nothing."""
    CLEARS = "clears"
    """Keen will hold nothing."""
    CANNOT_BE_UNDONE = "cannot be undone"
    """Keen held nothing before the run, and no action removes a property's value (keen-api.md): nothing is sent."""


@dataclass(frozen=True, slots=True)
class Change:
    """One value of a lead, from what Keen holds to what is to be sent."""

    key: str
    """The standard field's name, or the `property_definitions_id`."""
    old: JsonValue
    """What Keen held when the plan was made; None or "" for nothing."""
    new: JsonValue
    """What is to be sent; None for nothing, where the change cannot be undone."""
    also: Sequence[JsonValue] = ()
    """What Keen may hold as well, such as what an earlier row of the same run wrote."""

    @property
    def kind(self) -> ChangeKind:
        """Tell what the change does."""
        if self.new is None:
            return ChangeKind.CANNOT_BE_UNDONE
        if self.new == "":
            return ChangeKind.CLEARS
        return ChangeKind.FILLS if self.old is None or self.old == "" else ChangeKind.CHANGES


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What becomes of the lead of one row."""

    row: int
    """The row within its chunk, from 0."""
    lead_id: str
    """The lead's UUID, in small letters."""
    changes: Sequence[Change]
    remark: Issue | None = None
    """What is to be said of the row besides that."""


@dataclass(frozen=True, slots=True)
class PlanChunk:
    """Rows of one source, those of the plan alone, each with what it changes."""

    chunk: Chunk
    rows: Sequence[PlannedRow]
    """One for each row of the chunk, in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanHead:
    """What a plan says of itself."""

    kind: Literal["apply", "undo"]
    run_id: str
    """The run that made it."""
    undoes: str | None = None
    """The run that it takes back."""
    base_url: str
    key_print: str
    """The fingerprint of the API key, so that no plan is applied to another company's leads."""
    mapping: str
    """As the user named it."""
    sources: tuple[str, ...]
    created_at: str
    """RFC 3339, in UTC."""
    names: Mapping[str, str] = field(default_factory=dict)
    """By key what a person is shown in its place, such as a property's name."""
    rows: int = 0
    """The rows of the plan; `write_plan` counts them."""
