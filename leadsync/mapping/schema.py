"""The shape of a mapping (DESIGN section 8) as pydantic models, and the JSON Schema made of them.

What it says of one field is in `field_schema`, what single values must be in `schema_words`.
"""

import json
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

    sheet: Sheet | None = Field(
        None, description="Excel: the sheet's name, or its position counted from 1", examples=["Leads", 2]
    )
    header_row: int = Field(
        1, ge=1, le=_LAST_ROW, description="the row that holds the column names, counted from 1", examples=[3]
    )
    encoding: Encoding | None = Field(
        None, description="CSV: the encoding, such as utf-8 or cp1252", examples=["utf-8", "cp1252"]
    )
    delimiter: Delimiter | None = Field(
        None, description="CSV: the character between two cells, or the word tab", examples=[";", "tab"]
    )
    skip_footer: int = Field(
        0, ge=0, le=_LAST_ROW, description="how many rows at the end are no leads, such as totals", examples=[1]
    )
    stop_at_blank: bool = Field(False, description="true: the table ends above the first blank row", examples=[True])
    hidden_rows: Literal["include", "skip"] = Field(
        "include", description="Excel: what becomes of hidden rows, and of those that a filter hides", examples=["skip"]
    )
    decimal: Mark | None = Field(
        None, description="the decimal mark of all numbers, unless a field says otherwise", examples=[","]
    )
    blanks: Blanks = Field(
        [],
        description="texts that count as blank, such as NULL or N/A, trimmed and in any case; blank cells always do",
        examples=[["NULL", "N/A"]],
    )
    date_order: Literal["dmy", "mdy", "ymd"] | None = Field(
        None, description="the order of day, month and year in all dates, unless a field has a format", examples=["dmy"]
    )


class LeadPart(Part):
    """The column that names the lead: either of the two."""

    id: ColumnName | None = Field(None, description="the column of the lead's UUID", examples=["Keen Lead ID"])
    legacy_id: ColumnName | None = Field(
        None, description="the column of the integer id of Keen's earlier system", examples=["Keen Legacy ID"]
    )

    @model_validator(mode="after")
    def _one(self) -> "LeadPart":
        if (self.id is None) == (self.legacy_id is None):
            raise refusal('"lead" takes exactly one of "id" and "legacy_id", with the name of a column.')
        return self


class FieldsPart(Part):
    """The nine standard fields of a lead."""

    email: FieldInput | None = Field(
        None,
        description="the lead's e-mail address",
        examples=["Email", {"column": "Email", "transform": ["trim", "lower"], "check": "email"}],
    )
    first_name: FieldInput | None = Field(None, description="the lead's first name", examples=["First Name"])
    last_name: FieldInput | None = Field(
        None, description="the lead's last name", examples=[{"column": "Last Name", "transform": "collapse_spaces"}]
    )
    phone: FieldInput | None = Field(
        None, description="the lead's phone number", examples=[{"column": "Phone Number", "phone": {"region": "DK"}}]
    )
    company_name: FieldInput | None = Field(None, description="the lead's company", examples=["Company"])
    source: FieldInput | None = Field(None, description="where the lead came from", examples=[{"value": "HubSpot"}])
    referring_employee: FieldInput | None = Field(
        None, description="the employee who referred the lead", examples=["Owner", {"template": "{Owner} (HubSpot)"}]
    )
    notes: FieldInput | None = Field(
        None, description="notes on the lead", examples=[{"column": "Notes", "policy": "fill_if_blank"}]
    )
    business_id: FieldInput | None = Field(
        None,
        description="the company-register number or an external id",
        examples=[{"column": "CVR", "transform": "digits_only"}],
    )


class RulesPart(Part):
    """Rules for whole rows."""

    duplicates: Literal["each", "last", "error"] = Field(
        "each",
        description="rows of one lead: each in file order, the last only, or all of them invalid",
        examples=["last"],
    )
    max_cleared: Share = Field(
        "5%",
        description="the share of the rows, such as 5%, that may clear a value before somebody must agree",
        examples=["5%"],
    )
    max_changed: Share = Field(
        "50%",
        description="the share of the rows that may differ from what Keen acknowledged before somebody must agree",
        examples=["50%"],
    )
    max_invalid: Share = Field(
        "50%", description="the share of the rows that may be invalid before somebody must agree", examples=["10%"]
    )
    max_row_change: WideShare = Field(
        "50%",
        description="by how much, up to 1000%, the rows may be more or fewer than in recent good runs before somebody "
        "must agree",
        examples=["200%"],
    )
    empty_source: Literal["stop", "allow"] = Field(
        "stop", description="a source without rows stops the run, or is what is meant", examples=["allow"]
    )
    blank_columns: Literal["stop", "allow"] = Field(
        "stop",
        description="a column that had values in the last good run and has none now stops the run, or is meant",
        examples=["allow"],
    )


def _no_error(value: Any) -> Any:
    if value == "error":
        raise refusal('this is "warning" or "off"; to refuse such rows, say "rules: {duplicates: error}".')
    return value


Weight: TypeAlias = Literal["error", "warning", "off"]


class DamagePart(Part):
    """How much each kind of damage weighs: its cells are refused (error), it is told (warning), or nothing (off)."""

    error_value: Weight | None = Field(
        None, description="texts such as #N/A, which Excel shows for an error; error", examples=["warning"]
    )
    scientific_notation: Weight | None = Field(
        None, description="ids and phones such as 1.23E+11; error", examples=["warning"]
    )
    digits_lost: Weight | None = Field(
        None, description="numbers that a spreadsheet cut after 15 digits; error", examples=["warning"]
    )
    decimal_id: Weight | None = Field(None, description="ids that end in .0; error", examples=["warning"])
    mojibake: Weight | None = Field(None, description="garbled letters, such as Ã¥ for å; error", examples=["warning"])
    swapped_column: Weight | None = Field(
        None, description="e-mail addresses under phone, and the like; error", examples=["warning"]
    )
    leading_zeros_lost: Weight | None = Field(
        None, description="ids of which some are too short; warning", examples=["off"]
    )
    serial_date: Weight | None = Field(None, description="dates as numbers, such as 45000; warning", examples=["off"])
    ambiguous_date: Weight | None = Field(
        None, description="dates such as 03-04-2026 that are sent as text; warning", examples=["off"]
    )
    one_value: Weight | None = Field(None, description="one value in every row; warning", examples=["off"])
    placeholder: Weight | None = Field(
        None, description="values that stand for none, such as test@test.com; warning", examples=["off"]
    )
    invisible_characters: Weight | None = Field(
        None, description="characters that nobody sees; warning", examples=["off"]
    )
    repeated_lead: Annotated[Literal["warning", "off"], BeforeValidator(_no_error)] | None = Field(
        None, description="several rows about one lead; warning", examples=["off"]
    )


class MappingPart(Part):
    """A mapping: how the columns of a source become updates of leads in Keen."""

    version: Version = Field(description="the version of this form; write 1", examples=[1])
    name: Text | None = Field(
        None, description="what this mapping is for; shown in messages", examples=["HubSpot contacts"]
    )
    channel: Text | None = Field(
        None,
        description="the channel's name or id; needed where properties are given by name",
        examples=["Harbour Street Partners"],
    )
    source: SourcePart = Field(
        default_factory=lambda: SourcePart.model_validate({}),
        description="how the source is to be read",
        examples=[{"encoding": "cp1252", "delimiter": ";", "decimal": ","}],
    )
    lead: LeadPart = Field(
        description="which column names the lead", examples=[{"id": "Keen Lead ID"}, {"legacy_id": "Keen Legacy ID"}]
    )
    fields: FieldsPart = Field(
        default_factory=lambda: FieldsPart.model_validate({}),
        description="the standard fields to send",
        examples=[{"email": "Email", "first_name": "First Name"}],
    )
    properties: dict[Text, FieldInput] = Field(
        {},
        description="the custom properties to send, by name or by property_definitions_id",
        examples=[{"Deal size": {"column": "Amount", "type": "number"}}],
    )
    rules: RulesPart = Field(
        default_factory=lambda: RulesPart.model_validate({}),
        description="rules for whole rows",
        examples=[{"duplicates": "last", "max_cleared": "5%"}],
    )
    damage: DamagePart = Field(
        default_factory=lambda: DamagePart.model_validate({}),
        description="how much each kind of damage of the source weighs, where the default is not wanted",
        examples=[{"one_value": "off"}],
    )


class _Exported(GenerateJsonSchema):
    """Leaves out null, which no key takes, our own defaults for it, and titles that say the key's name once more."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Give the schema of the value alone."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Give a default only where it is one that could be written."""
        made = super().default_schema(schema)
        if made.get("default", "") in (None, [], {}) or isinstance(made.get("default"), dict):
            made.pop("default", None)
        return made

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """Give a part without the name of its class."""
        made = super().model_schema(schema)
        made.pop("title", None)
        return made

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 - pydantic's signature
        """Let no key have a title."""
        return False

    def sort(self, value: JsonSchemaValue, parent_key: str | None = None) -> JsonSchemaValue:  # noqa: ARG002 - likewise
        """Leave all in the order in which a person reads it."""
        return value


def mapping_schema() -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) of a mapping, short forms included, for editors to complete by."""
    made = MappingPart.model_json_schema(schema_generator=_Exported)
    return {"$schema": _Exported.schema_dialect, "title": "A mapping of leadsync", **made}


def schema_text() -> str:
    """Give the JSON Schema as the text of a file, as `mappings/mapping.schema.json` has it."""
    return json.dumps(mapping_schema(), indent=2, ensure_ascii=False) + "\n"
