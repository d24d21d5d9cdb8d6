"""The compiled form of a mapping: what the rest of leadsync asks of it."""

from collections import abc
from dataclasses import dataclass, field
from pathlib import Path

from leadsync.codes import Code
from leadsync.errors import Spot
from leadsync.mapping.field_schema import TypeWord
from leadsync.mapping.number_marks import Convention, Kind
from leadsync.mapping.pipeline import Pipeline
from leadsync.records import JsonValue, Level, Policy, SourceOptions, Target

DEFAULT_MAX_CLEARED = 0.05
DEFAULT_MAX_OTHERS = 0.5


@dataclass(frozen=True, slots=True)
class ColumnName:
    """A column as the mapping names it, and where it does so."""

    name: str
    spot: Spot

    @property
    def place(self) -> str:
        """Give the place as text: `mappings/x.yaml:12:5`."""
        return str(self.spot)


@dataclass(frozen=True, slots=True)
class LeadColumn:
    """The column that names the lead."""

    column: ColumnName
    is_legacy: bool
    """It holds the integer ids of Keen's earlier system, not UUIDs."""


@dataclass(frozen=True, slots=True)
class Undeclared:
    """What is done about a field of numbers whose marks nobody declares."""

    before: Pipeline
    """The way of a cell until it is read as a number."""
    kind: abc.Callable[[str], Kind | None]
    """Tells what one text tells of the marks of all."""
    pipeline: abc.Callable[[Convention], Pipeline]
    """Compiles the whole way, by what the column tells."""


@dataclass(frozen=True, slots=True)
class Field:
    """One target, the columns its value is made of, and the way it is made."""

    target: Target
    type: TypeWord
    pipeline: Pipeline
    typed_pipeline: Pipeline | None = None
    """For the cells that a workbook itself knows to be numbers, dates or booleans; None: all go one way."""
    columns: tuple[ColumnName, ...] = ()
    """One for a column; those of a template in its order; none for a constant."""
    template: str | None = None
    """For `str.format`, with a `{}` for each of the columns."""
    constant: JsonValue = None
    """The converted constant, the same for every row."""
    definition_id: str | None = None
    """The `property_definitions_id` in small letters, where a property is given by it."""
    blanks: frozenset[str] = frozenset()
    """The texts that count as blank, trimmed and case-folded."""
    is_cleaned: bool = False
    """Characters that nobody sees are taken out."""
    roles: frozenset[str] = frozenset()
    """What its columns hold: `id`, `phone`, `email`, `date`, `number`, or else `text`."""
    undeclared: Undeclared | None = None
    """None where the marks of numbers are declared, or none are needed."""
    convention: Convention = Convention.UNKNOWN
    """What the rows have told of the marks of numbers that nobody declares."""
    policy: Policy = Policy.OVERWRITE
    """When the value may take the place of Keen's."""
    spot: Spot | None = None
    """Where the mapping names the target."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping that can be used."""

    path: Path
    """As the user gave it."""
    sha256: str
    """Of the file's bytes, in hexadecimal."""
    name: str
    """As declared, else the file's name without its ending."""
    channel: str | None
    """The channel's name or id; never None where a property is given by name."""
    source: SourceOptions
    lead: LeadColumn
    fields: tuple[Field, ...]
    """Standard fields, then properties, each in the order of the mapping."""
    duplicates: str
    """`each`, `last` or `error`."""
    max_cleared: float = DEFAULT_MAX_CLEARED
    """The share of the rows, from 0 to 1, of which each may clear a value before somebody must agree."""
    max_changed: float = DEFAULT_MAX_OTHERS
    """The share, from 0 to 1, that may differ from what Keen acknowledged before somebody must agree."""
    max_invalid: float = DEFAULT_MAX_OTHERS
    """The share, from 0 to 1, that may be invalid before somebody must agree."""
    max_row_change: float = DEFAULT_MAX_OTHERS
    """By how much the rows may be more or fewer than in recent good runs, from 0 to 10 times these, before somebody
    must agree."""
    may_be_empty: bool = False
    """A source without rows needs nobody's consent."""
    may_have_blank_columns: bool = False
    """Nor does a column that is blank in every row, and was not in the last good run."""
    damage: abc.Mapping[Code, Level] = field(default_factory=dict)
    """How much each kind of damage of a source weighs, where the mapping says so."""
    blanks: frozenset[str] = frozenset()
    """The texts that count as blank wherever a field has none of its own, trimmed and case-folded."""
    channel_spot: Spot | None = None
    """Where the mapping names the channel."""

    @property
    def properties(self) -> tuple[Field, ...]:
        """Give the fields that are custom properties."""
        return tuple(field for field in self.fields if field.target.is_property)

    @property
    def property_names(self) -> tuple[str, ...]:
        """Give the properties that must be looked up by name in the channel."""
        return tuple(field.target.name for field in self.properties if field.definition_id is None)
