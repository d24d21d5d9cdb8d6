"""What is sent: rows translated by column, and the update of each."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from hashlib import blake2b
from typing import TypeAlias

import orjson

from leadsync.records.source import Chunk, Issue, Row

JsonValue: TypeAlias = "str | int | float | bool | list[JsonValue] | dict[str, JsonValue] | None"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a value goes: one of the nine standard fields, or a property definition."""

    name: str
    """The standard field's name; for a property its name or `property_definitions_id` as the mapping has it."""
    is_property: bool = False


@dataclass(frozen=True, slots=True)
class Translation:
    """A chunk translated by column: what would be sent, and what will not be."""

    chunk: Chunk
    leads: Sequence[str]
    """The lead of each row: a lower-case UUID, or the digits of a legacy id; empty where it names none."""
    columns: Mapping[Target, Sequence[JsonValue]]
    """For each target one value per row; None where the row leaves the target unchanged."""
    issues: Mapping[int, Sequence[Issue]]
    """By row: what makes it `invalid`. A row with an issue is never sent."""
    skipped: Mapping[int, Issue]
    """By row: why there is nothing to send (blank row, nothing to update, a rule)."""
    answered: frozenset[int] = frozenset()
    """The rows that have their final answer from before: an earlier session of the run, or the run that it follows."""
    unchanged: frozenset[int] = frozenset()
    """The rows of which Keen acknowledged every value earlier. They need not be translated: then their values are
    None."""
    lead_column: int | None = None
    """The column with the lead's UUID; None where the rows name their leads otherwise."""

    @classmethod
    def of_answered(cls, chunk: Chunk) -> "Translation":
        """Stand for a chunk in which every row has its final answer, so that nothing of it need be translated."""
        return cls(chunk, [""] * len(chunk), {}, {}, {}, frozenset(range(len(chunk))))

    @classmethod
    def of_unread(cls, chunk: Chunk) -> "Translation":
        """Stand for a chunk of which nobody knows yet what would be sent."""
        return cls(chunk, [""] * len(chunk), {}, {}, {})

    @property
    def is_answered(self) -> bool:
        """Tell whether every row has its final answer from before."""
        return len(self.answered) == len(self.chunk)

    def sendable(self) -> Iterator[int]:
        """Give the rows, 0 being the chunk's first, that are left to be sent."""
        left_out = self.issues.keys() | self.skipped.keys() | self.answered | self.unchanged
        return (row for row in range(len(self.chunk)) if row not in left_out)


STANDARD_FIELDS = frozenset(
    {
        "email",
        "first_name",
        "last_name",
        "phone",
        "company_name",
        "source",
        "referring_employee",
        "notes",
        "business_id",
    }
)
"""The nine standard fields of a lead (keen-api.md, `update_lead`)."""


class Policy(StrEnum):
    """When a value of the source may take the place of Keen's; all but the first need a look at the lead."""

    OVERWRITE = "overwrite"
    FILL_IF_BLANK = "fill_if_blank"
    """Keen holds nothing there."""
    ONLY_IF_OURS = "only_if_ours"
    """Keen still holds what we last wrote; where we never wrote, it holds nothing."""
    NEVER_CLEAR = "never_clear"
    """The value is not blank, or Keen holds nothing anyway."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What Keen must hold for a value to be sent; that it holds the very value already is no hindrance."""

    policy: Policy
    holds: Sequence[JsonValue] = ()
    """For ONLY_IF_OURS what Keen must hold: any of these, None or "" for nothing; where there is none, nothing."""


@dataclass(frozen=True, slots=True)
class Update:
    """The translated content of one `update_lead`."""

    row: Row
    lead: str
    """The lead's UUID, or its legacy id where the mapping says so."""
    fields: Mapping[str, str]
    properties: Sequence[tuple[str, JsonValue]]
    """Pairs of `property_definitions_id` and value."""
    conditions: Mapping[str, Condition] = field(default_factory=dict)
    """By standard field or `property_definitions_id`: the values for which the lead must be looked at first."""
    mark: int = 0
    """What the ledger knows the row's cells by once Keen has acknowledged them; 0 for nothing."""
    row_digest: int = 0
    """The digest of all that the row says, where the update has only a part of it."""
    remark: Issue | None = None
    """What is to be said of the row where it is sent, besides that."""

    @property
    def values(self) -> dict[str, JsonValue]:
        """Give what is sent, by standard field or `property_definitions_id`."""
        return {**self.fields, **dict(self.properties)}

    @property
    def digest(self) -> int:
        """Give a number that tells rows apart by what they say to Keen: 64 bits, signed, never 0."""
        if self.row_digest:
            return self.row_digest
        content = orjson.dumps([self.lead, self.fields, self.properties], option=orjson.OPT_SORT_KEYS)
        return int.from_bytes(blake2b(content, digest_size=8).digest(), signed=True) or 1

    def narrowed(self, keys: Container[str]) -> "Update":
        """Give the update of some of the standard fields and properties alone; its digest stays."""
        return replace(
            self,
            fields={name: value for name, value in self.fields.items() if name in keys},
            properties=[(name, value) for name, value in self.properties if name in keys],
            conditions={key: condition for key, condition in self.conditions.items() if key in keys},
            row_digest=self.digest,
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """What a look at a lead in Keen, just before its update, has left of the update."""

    position: int
    values: Mapping[str, JsonValue]
    """What goes out, by standard field or `property_definitions_id`; with nothing to send, what Keen holds already."""
    before: Mapping[str, JsonValue] | None
    """What Keen held for exactly those keys, as text ("" for nothing); None where it is not to be kept."""
    mark: int
    """The update's mark; 0 where something of the row was kept back."""
    held: frozenset[str] = frozenset()
    """The keys for which Keen held the very value already: after a session that was killed, or a row that ended as
    `unknown`, that may be our own."""
