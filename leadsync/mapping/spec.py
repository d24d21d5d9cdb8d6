"""The compiled form of a mapping: what the rest of leadsync asks of it."""

from dataclasses import dataclass
from pathlib import Path

from leadsync.mapping.pipeline import Pipeline
from leadsync.mapping.schema import TypeWord
from leadsync.records import JsonValue, Target


@dataclass(frozen=True, slots=True)
class ColumnName:
    """A column as the mapping names it, and where it does so: `mappings/x.yaml:12:5`."""

    name: str
    place: str


@dataclass(frozen=True, slots=True)
class SourceOptions:
    """How the source is to be read, as declared; None where it is left to detection."""

    sheet: str | int | None = None
    """Excel: the sheet's name, or its position counted from 1."""
    header_row: int = 1
    """Counted from 1."""
    encoding: str | None = None
    delimiter: str | None = None
    decimal: str | None = None
    date_order: str | None = None
    """`dmy`, `mdy` or `ymd`."""


@dataclass(frozen=True, slots=True)
class LeadColumn:
    """The column that names the lead."""

    column: ColumnName
    is_legacy: bool
    """It holds the integer ids of Keen's earlier system, not UUIDs."""


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

    @property
    def properties(self) -> tuple[Field, ...]:
        """Give the fields that are custom properties."""
        return tuple(field for field in self.fields if field.target.is_property)

    @property
    def property_names(self) -> tuple[str, ...]:
        """Give the properties that must be looked up by name in the channel."""
        return tuple(field.target.name for field in self.properties if field.definition_id is None)
