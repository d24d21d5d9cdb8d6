"""The shape of a mapping (DESIGN section 8) as pydantic models, and the JSON Schema made of them.

What it says of one field is in `field_schema`, what single values must be in `schema_words`.
"""

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, Field, model_validator
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from leadsync.mapping.field_schema import FieldInput
from leadsync.mapping.schema_words import (
    Blanks,
    ColumnName,
    Delimiter,
    Encoding,
    Mark,
    Part,
    Share,
    Sheet,
    Text,
    Version,
    WideShare,
    refusal,
)

_LAST_ROW = 1_048_576
"""Excel has no row below."""


class SourcePart(Part):
    """How the source is to be read; what is not declared is detected."""

    sheet: Sheet | None = Field(None, description="Excel: the sheet's name, or its position counted from 1")
    header_row: int = Field(1, ge=1, le=_LAST_ROW, description="the row that holds the column names, counted from 1")
    encoding: Encoding | None = Field(None, description="CSV: the encoding, such as utf-8 or cp1252")
    delimiter: Delimiter | None = Field(None, description="CSV: the character between two cells, or the word tab")
    skip_footer: int = Field(0, ge=0, le=_LAST_ROW, description="how many rows at the end are no leads, such as totals")
    stop_at_blank: bool = Field(False, description="true: the table ends above the first blank row")
    hidden_rows: Literal["include", "skip"] = Field(
        "include", description="Excel: what becomes of hidden rows, and of those that a filter hides"
    )
    decimal: Mark | None = Field(None, description="the decimal mark of all numbers, unless a field says otherwise")
    blanks: Blanks = Field(
        [],
        description="texts that count as blank, such as NULL or N/A, trimmed and in any case; blank cells always do",
    )
    date_order: Literal["dmy", "mdy", "ymd"] | None = Field(
        None, description="the order of day, month and year in all dates, unless a field has a format"
    )


class LeadPart(Part):
    """The column that names the lead: either of the two."""

    id: ColumnName | None = Field(None, description="the column of the lead's UUID")
    legacy_id: ColumnName | None = Field(None, description="the column of the integer id of Keen's earlier system")

    @model_validator(mode="after")
    def _one(self) -> "LeadPart":
        if (self.id is None) == (self.legacy_id is None):
            raise refusal('"lead" takes exactly one of "id" and "legacy_id", with the name of a column.')
        return self


class FieldsPart(Part):
    """The nine standard fields of a lead."""

    email: FieldInput | None = Field(None, description="the lead's e-mail address")
    first_name: FieldInput | None = Field(None, description="the lead's first name")
    last_name: FieldInput | None = Field(None, description="the lead's last name")
    phone: FieldInput | None = Field(None, description="the lead's phone number")
    company_name: FieldInput | None = Field(None, description="the lead's company")
    source: FieldInput | None = Field(None, description="where the lead came from")
    referring_employee: FieldInput | None = Field(None, description="the employee who referred the lead")
    notes: FieldInput | None = Field(None, description="notes on the lead")
    business_id: FieldInput | None = Field(None, description="the company-register number or an external id")


class RulesPart(Part):
    """Rules for whole rows."""

    duplicates: Literal["each", "last", "error"] = Field(
        "each", description="rows of one lead: each in file order, the last only, or all of them invalid"
    )
    max_cleared: Share = Field(
        "5%",
        description="the share of the rows, such as 5%, that may clear a value before somebody must agree",
    )
    max_changed: Share = Field(
        "50%",
        description="the share of the rows that may differ from what Keen acknowledged before somebody must agree",
    )
    max_invalid: Share = Field(
        "50%", description="the share of the rows that may be invalid before somebody must agree"
    )
    max_row_change: WideShare = Field(
        "50%",
        description="by how much, up to 1000%, the rows may be more or fewer than in recent good runs before somebody "
        "must agree",
    )
    empty_source: Literal["stop", "allow"] = Field(
        "stop", description="a source without rows stops the run, or is what is meant"
    )
    blank_columns: Literal["stop", "allow"] = Field(
        "stop", description="a column that had values in the last good run and has none now stops the run, or is meant"
    )


def _no_error(value: Any) -> Any:
    if value == "error":
        raise refusal('this is "warning" or "off"; to refuse such rows, say "rules: {duplicates: error}".')
    return value


Weight: TypeAlias = Literal["error", "warning", "off"]


class DamagePart(Part):
    """How much each kind of damage weighs: its cells are refused (error), it is told (warning), or nothing (off)."""

    error_value: Weight | None = Field(None, description="texts such as #N/A, which Excel shows for an error; error")
    scientific_notation: Weight | None = Field(None, description="ids and phones such as 1.23E+11; error")
    digits_lost: Weight | None = Field(None, description="numbers that a spreadsheet cut after 15 digits; error")
    decimal_id: Weight | None = Field(None, description="ids that end in .0; error")
    mojibake: Weight | None = Field(None, description="garbled letters, such as Ã¥ for å; error")
    swapped_column: Weight | None = Field(None, description="e-mail addresses under phone, and the like; error")
    leading_zeros_lost: Weight | None = Field(None, description="ids of which some are too short; warning")
    serial_date: Weight | None = Field(None, description="dates as numbers, such as 45000; warning")
    ambiguous_date: Weight | None = Field(None, description="dates such as 03-04-2026 that are sent as text; warning")
    one_value: Weight | None = Field(None, description="one value in every row; warning")
    placeholder: Weight | None = Field(None, description="values that stand for none, such as test@test.com; warning")
    invisible_characters: Weight | None = Field(None, description="characters that nobody sees; warning")
    repeated_lead: Annotated[Literal["warning", "off"], BeforeValidator(_no_error)] | None = Field(
        None, description="several rows about one lead; warning"
    )


class MappingPart(Part):
    """A mapping: how the columns of a source become updates of leads in Keen."""

    version: Version = Field(description="the version of this form; write 1")
    name: Text | None = Field(None, description="what this mapping is for; shown in messages")
    channel: Text | None = Field(
        None, description="the channel's name or id; needed where properties are given by name"
    )
    source: SourcePart = Field(
        default_factory=lambda: SourcePart.model_validate({}), description="how the source is to be read"
    )
    lead: LeadPart = Field(description="which column names the lead, such as {id: Keen Lead ID}")
    fields: FieldsPart = Field(
        default_factory=lambda: FieldsPart.model_validate({}), description="the standard fields to send"
    )
    properties: dict[Text, FieldInput] = Field(
        {}, description="the custom properties to send, by name or by property_definitions_id"
    )
    rules: RulesPart = Field(default_factory=lambda: RulesPart.model_validate({}), description="rules for whole rows")
    damage: DamagePart = Field(
        default_factory=lambda: DamagePart.model_validate({}),
        description="how much each kind of damage of the source weighs, where the default is not wanted",
    )


class _Exported(GenerateJsonSchema):
    """Leaves out null, which no key takes, and our own defaults for it."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Give the schema of the value alone."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Give a default only where it is one that could be written."""
        made = super().default_schema(schema)
        if made.get("default", "") in (None, [], {}) or isinstance(made.get("default"), dict):
            made.pop("default", None)
        return made


def mapping_schema() -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) of a mapping, short forms included, for editors to complete by."""
    return MappingPart.model_json_schema(schema_generator=_Exported)
