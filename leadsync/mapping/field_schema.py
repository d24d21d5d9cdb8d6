"""What a mapping says of one field, as pydantic models: where its value comes from, and how it is made.

What depends on one key alone is checked here; what depends on several keys of a field is in `contradictions`.
A short form is widened before it is checked: a text stands for `{column: TEXT}`, one item for a list of one.
"""

import re
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from leadsync.mapping.schema_words import (
    PART,
    WORD,
    Blanks,
    ColumnName,
    CurrencyMarks,
    Mark,
    Part,
    Pattern,
    Region,
    Text,
    Words,
    as_list,
    kind_of,
    refusal,
)


class ReplacePart(Part):
    """Replaces what a regular expression finds."""

    replace: Pattern = Field(description="the regular expression to look for", examples=["^K-"])
    with_: Text = Field(
        alias="with", description=r"the text to put in its place; \1 is the first group", examples=["", r"\1"]
    )

    @model_validator(mode="after")
    def _template(self) -> "ReplacePart":
        try:
            re.compile(self.replace).sub(self.with_, "")
        except (re.error, IndexError) as error:
            raise refusal(f'"with" does not fit "replace" ({error}).') from None
        return self


class OtherwisePart(Part):
    """The text for whatever is not in the lookup."""

    value: Text = Field(description="the text to send instead", examples=["Other"])


class PhonePart(Part):
    """Reads phone numbers and sends them as E.164, such as +4512345678."""

    region: Region = Field(description="the country of numbers without a country code, such as DK", examples=["DK"])


class LengthPart(Part):
    """The number of characters allowed."""

    min: int | None = Field(None, ge=0, description="at least so many characters", examples=[5])
    max: int | None = Field(None, ge=0, description="at most so many characters", examples=[80])

    @model_validator(mode="after")
    def _order(self) -> "LengthPart":
        if self.min is None and self.max is None:
            raise refusal('"length" takes "min", "max" or both.')
        if self.min is not None and self.max is not None and self.min > self.max:
            raise refusal(f'"min" ({self.min}) is greater than "max" ({self.max}); no text fits.')
        return self


class CheckPart(Part):
    """What the text must fulfil; several keys must all be fulfilled."""

    length: LengthPart | None = Field(
        None, description="the number of characters allowed", examples=[{"min": 5, "max": 80}]
    )
    regex: Pattern | None = Field(
        None, description="a regular expression that the whole text must match", examples=["[0-9]{8}"]
    )
    one_of: list[Text] | None = Field(
        None, min_length=1, description="the texts allowed, exactly as written", examples=[["DKK", "EUR", "SEK"]]
    )

    @model_validator(mode="after")
    def _any(self) -> "CheckPart":
        if not self.model_fields_set:
            raise refusal('a check takes "length", "regex" or "one_of".')
        return self


TransformWord: TypeAlias = Literal["trim", "lower", "upper", "title", "collapse_spaces", "digits_only", "clean"]
Transform: TypeAlias = Annotated[
    Annotated[TransformWord, Tag(WORD)] | Annotated[ReplacePart, Tag(PART)], Discriminator(kind_of)
]
Check: TypeAlias = Annotated[
    Annotated[Literal["email", "uuid"], Tag(WORD)] | Annotated[CheckPart, Tag(PART)], Discriminator(kind_of)
]
Otherwise: TypeAlias = Annotated[
    Annotated[Literal["error", "keep", "skip"], Tag(WORD)] | Annotated[OtherwisePart, Tag(PART)],
    Discriminator(kind_of),
]
TypeWord: TypeAlias = Literal["text", "number", "integer", "boolean", "date", "json"]


class FieldPart(Part):
    """Where a value comes from and how it is made: source, transform, lookup, type or phone, check, in this order."""

    column: ColumnName | None = Field(None, description="the column of the source", examples=["Email"])
    template: Text | None = Field(
        None,
        description="a text with columns in braces, such as {Notes} (owner: {Owner}); {{ and }} are braces",
        examples=["{Notes} (owner: {Owner})"],
    )
    value: Text | None = Field(None, description="a constant, the same for every row", examples=["HubSpot"])
    transform: Annotated[
        list[Transform], BeforeValidator(as_list, json_schema_input_type=Transform | list[Transform])
    ] = Field(
        [],
        description="one change of the text, or a list of them, applied in this order",
        examples=["trim", ["trim", {"replace": "^K-", "with": ""}]],
    )
    lookup: dict[Text, Text] | None = Field(
        None, description="the text to send for each text of the source", examples=[{"NEW": "New", "OPEN": "Open"}]
    )
    otherwise: Otherwise | None = Field(
        None,
        description="what to do with a text that is not in the lookup; error unless declared",
        examples=["keep", {"value": "Other"}],
    )
    type: TypeWord = Field("text", description="what the text must be read as", examples=["number"])
    decimal: Mark | None = Field(
        None,
        description="the decimal mark of numbers; where no mark is declared, the whole column tells",
        examples=[","],
    )
    thousands: Literal[".", ",", " ", "'"] | None = Field(
        None,
        description="the mark between groups of three digits; where no mark is declared, the whole column tells",
        examples=["."],
    )
    percent: Literal["points", "fraction"] | None = Field(
        None,
        description="how 25% is sent: as 25 (points) or as 0.25 (fraction); refused unless declared",
        examples=["points"],
    )
    currency: CurrencyMarks | None = Field(
        None,
        description="the marks, such as kr or €, that may stand before or after a number; they are taken away",
        examples=[["kr", "DKK"]],
    )
    true: Words | None = Field(None, description="the words for yes, in any case", examples=[["ja", "j"]])
    false: Words | None = Field(None, description="the words for no, in any case", examples=[["nej", "n"]])
    format: Text | None = Field(
        None,
        description="the form of a date, such as dd-mm-yyyy, or a strptime pattern with %",
        examples=["dd-mm-yyyy", "%Y-%m-%d %H:%M"],
    )
    phone: PhonePart | None = Field(
        None, description="reads a phone number and sends it as E.164", examples=[{"region": "DK"}]
    )
    check: Annotated[list[Check], BeforeValidator(as_list, json_schema_input_type=Check | list[Check])] = Field(
        [],
        description="one rule for the text that is sent, or a list of them",
        examples=["email", [{"length": {"max": 80}}]],
    )
    on_blank: Literal["skip", "clear", "error"] = Field(
        "skip",
        description="a blank cell leaves Keen's value alone (skip), clears it, or makes the row invalid",
        examples=["clear"],
    )
    blanks: Blanks | None = Field(
        None,
        description="texts that count as blank, trimmed and in any case, instead of those of the source",
        examples=[["NULL", "N/A"]],
    )
    required: bool = Field(False, description="true: a blank cell makes the row invalid", examples=[True])
    policy: Literal["overwrite", "fill_if_blank", "only_if_ours", "never_clear"] = Field(
        "overwrite",
        description="when the value takes the place of Keen's: always (overwrite), where Keen has none "
        "(fill_if_blank), where Keen holds what we last wrote (only_if_ours), or unless it is blank (never_clear)",
        examples=["fill_if_blank"],
    )


def _as_column(value: Any) -> Any:
    return {"column": value} if isinstance(value, str) else value


FieldInput: TypeAlias = Annotated[FieldPart, BeforeValidator(_as_column, json_schema_input_type=Text | FieldPart)]
