"""The shape of a mapping (DESIGN section 8) as pydantic models, and the JSON Schema made of them.

What depends on one key alone is checked here; what depends on several keys of a field is in `contradictions`.
Every scalar arrives as the text that was written. A short form is widened before it is checked: a text stands for
`{column: TEXT}`, one item for a list of one.
"""

import codecs
import re
import warnings
from encodings.aliases import aliases
from typing import Annotated, Any, Literal, TypeAlias

import phonenumbers
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import PydanticCustomError, core_schema

from leadsync.mapping.words import quote, suggestion

WORD, PART = "<word>", "<part>"
"""The tags of a union's members; not a key that could stand in a file, so paths can leave them out."""


_SHEET_NAME = 31
_LAST_ROW = 1_048_576
"""Excel has no row below."""


def refusal(sentence: str) -> PydanticCustomError:
    """Make the error that carries one of our own sentences through pydantic."""
    return PydanticCustomError("sentence", "{sentence}", {"sentence": sentence})


def _pattern(text: str) -> str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # Python warns of [[:alpha:]], which it reads as something else
            re.compile(text)
    except (re.error, OverflowError, RecursionError, FutureWarning) as error:
        raise refusal(f"this is not a regular expression that Python reads ({error}).") from None
    return text


def _encoding(text: str) -> str:
    try:
        b"".decode(text)
        codecs.lookup(text)
    except (LookupError, UnicodeError, ValueError):
        known = ["utf-8", "utf-16", "cp1252", "latin-1", "iso-8859-1", *aliases.values()]
        raise refusal(f"{quote(text)} is not a known encoding.{suggestion(text, known)}") from None
    return text


def _sheet(text: str) -> str:
    if text.isdecimal() and len(text) > _SHEET_NAME:
        raise refusal(f"no sheet has so long a number or name; Excel's names have at most {_SHEET_NAME} characters.")
    return text


def _delimiter(text: str) -> str:
    text = "\t" if text == "tab" else text
    if len(text) != 1 or text.isalnum() or text in '"\r\n':
        raise refusal('the delimiter is one character, such as ";" or ",", or the word tab.')
    return text


def _region(text: str) -> str:
    if text.upper() not in phonenumbers.SUPPORTED_REGIONS:
        raise refusal(f"{quote(text)} is not a region. It is the two letters of a country, such as DK.")
    return text.upper()


def _present(text: str) -> str:
    if not text.strip():
        raise refusal("this is blank; the name of a column belongs here.")
    return text


def _version(text: str) -> str:
    if text != "1":
        raise refusal(f"this is version {quote(text)} of the mapping; this leadsync reads version 1.")
    return text


def _as_column(value: Any) -> Any:
    return {"column": value} if isinstance(value, str) else value


def _as_list(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


def _kind(value: Any) -> str:
    return PART if isinstance(value, dict) else WORD


_SCALAR: JsonSchemaValue = {"type": ["string", "number", "boolean"]}
Text: TypeAlias = Annotated[str, WithJsonSchema(_SCALAR)]
ColumnName: TypeAlias = Annotated[str, AfterValidator(_present), WithJsonSchema(_SCALAR)]
Pattern: TypeAlias = Annotated[str, AfterValidator(_pattern), WithJsonSchema({"type": "string", "format": "regex"})]
Mark: TypeAlias = Literal[".", ","]


class Part(BaseModel):
    """A part of the mapping: only the keys it knows."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True, frozen=True)


class SourcePart(Part):
    """How the source is to be read; what is not declared is detected."""

    sheet: Annotated[Text, AfterValidator(_sheet)] | None = Field(
        None, description="Excel: the sheet's name, or its position counted from 1"
    )
    header_row: int = Field(1, ge=1, le=_LAST_ROW, description="the row that holds the column names, counted from 1")
    encoding: Annotated[str, AfterValidator(_encoding)] | None = Field(
        None, description="CSV: the encoding, such as utf-8 or cp1252"
    )
    delimiter: Annotated[str, AfterValidator(_delimiter)] | None = Field(
        None, description="CSV: the character between two cells, or the word tab"
    )
    skip_footer: int = Field(0, ge=0, le=_LAST_ROW, description="how many rows at the end are no leads, such as totals")
    stop_at_blank: bool = Field(False, description="true: the table ends above the first blank row")
    hidden_rows: Literal["include", "skip"] = Field(
        "include", description="Excel: what becomes of hidden rows, and of those that a filter hides"
    )
    decimal: Mark | None = Field(None, description="the decimal mark of all numbers, unless a field says otherwise")
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


class ReplacePart(Part):
    """Replaces what a regular expression finds."""

    replace: Pattern = Field(description="the regular expression to look for")
    with_: Text = Field(alias="with", description=r"the text to put in its place; \1 is the first group")

    @model_validator(mode="after")
    def _template(self) -> "ReplacePart":
        try:
            re.compile(self.replace).sub(self.with_, "")
        except (re.error, IndexError) as error:
            raise refusal(f'"with" does not fit "replace" ({error}).') from None
        return self


class OtherwisePart(Part):
    """The text for whatever is not in the lookup."""

    value: Text = Field(description="the text to send instead")


class PhonePart(Part):
    """Reads phone numbers and sends them as E.164, such as +4512345678."""

    region: Annotated[str, AfterValidator(_region)] = Field(
        description="the country of numbers without a country code, such as DK"
    )


class LengthPart(Part):
    """The number of characters allowed."""

    min: int | None = Field(None, ge=0, description="at least so many characters")
    max: int | None = Field(None, ge=0, description="at most so many characters")

    @model_validator(mode="after")
    def _order(self) -> "LengthPart":
        if self.min is None and self.max is None:
            raise refusal('"length" takes "min", "max" or both.')
        if self.min is not None and self.max is not None and self.min > self.max:
            raise refusal(f'"min" ({self.min}) is greater than "max" ({self.max}); no text fits.')
        return self


class CheckPart(Part):
    """What the text must fulfil; several keys must all be fulfilled."""

    length: LengthPart | None = Field(None, description="the number of characters allowed")
    regex: Pattern | None = Field(None, description="a regular expression that the whole text must match")
    one_of: list[Text] | None = Field(None, min_length=1, description="the texts allowed, exactly as written")

    @model_validator(mode="after")
    def _any(self) -> "CheckPart":
        if not self.model_fields_set:
            raise refusal('a check takes "length", "regex" or "one_of".')
        return self


TransformWord: TypeAlias = Literal["trim", "lower", "upper", "title", "collapse_spaces", "digits_only"]
Transform: TypeAlias = Annotated[
    Annotated[TransformWord, Tag(WORD)] | Annotated[ReplacePart, Tag(PART)], Discriminator(_kind)
]
Check: TypeAlias = Annotated[
    Annotated[Literal["email", "uuid"], Tag(WORD)] | Annotated[CheckPart, Tag(PART)], Discriminator(_kind)
]
Otherwise: TypeAlias = Annotated[
    Annotated[Literal["error", "keep", "skip"], Tag(WORD)] | Annotated[OtherwisePart, Tag(PART)],
    Discriminator(_kind),
]
TypeWord: TypeAlias = Literal["text", "number", "integer", "boolean", "date", "json"]
Words: TypeAlias = Annotated[
    list[Text], BeforeValidator(_as_list, json_schema_input_type=Text | list[Text]), Field(min_length=1)
]


class FieldPart(Part):
    """Where a value comes from and how it is made: source, transform, lookup, type or phone, check, in this order."""

    column: ColumnName | None = Field(None, description="the column of the source")
    template: Text | None = Field(
        None, description="a text with columns in braces, such as {Notes} (owner: {Owner}); {{ and }} are braces"
    )
    value: Text | None = Field(None, description="a constant, the same for every row")
    transform: Annotated[
        list[Transform], BeforeValidator(_as_list, json_schema_input_type=Transform | list[Transform])
    ] = Field([], description="one change of the text, or a list of them, applied in this order")
    lookup: dict[Text, Text] | None = Field(None, description="the text to send for each text of the source")
    otherwise: Otherwise | None = Field(
        None, description="what to do with a text that is not in the lookup; error unless declared"
    )
    type: TypeWord = Field("text", description="what the text must be read as")
    decimal: Mark | None = Field(None, description="the decimal mark of numbers; a point unless declared")
    thousands: Literal[".", ",", " ", "'"] | None = Field(
        None, description="the mark between groups of three digits; none unless declared"
    )
    true: Words | None = Field(None, description="the words for yes, in any case")
    false: Words | None = Field(None, description="the words for no, in any case")
    format: Text | None = Field(
        None, description="the form of a date, such as dd-mm-yyyy, or a strptime pattern with %"
    )
    phone: PhonePart | None = Field(None, description="reads a phone number and sends it as E.164")
    check: Annotated[list[Check], BeforeValidator(_as_list, json_schema_input_type=Check | list[Check])] = Field(
        [], description="one rule for the text that is sent, or a list of them"
    )
    on_blank: Literal["skip", "clear", "error"] = Field(
        "skip", description="a blank cell leaves Keen's value alone (skip), clears it, or makes the row invalid"
    )
    required: bool = Field(False, description="true: a blank cell makes the row invalid")


FieldInput: TypeAlias = Annotated[FieldPart, BeforeValidator(_as_column, json_schema_input_type=Text | FieldPart)]


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


class MappingPart(Part):
    """A mapping: how the columns of a source become updates of leads in Keen."""

    version: Annotated[str, AfterValidator(_version), WithJsonSchema({"enum": [1, "1"]})] = Field(
        description="the version of this form; write 1"
    )
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
