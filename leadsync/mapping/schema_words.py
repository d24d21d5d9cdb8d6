"""What single values of a mapping must be: regular expressions, encodings, regions, shares, marks.

Every scalar arrives as the text that was written.
"""

import codecs
import re
import warnings
from encodings.aliases import aliases
from typing import Annotated, Any, Literal, TypeAlias

import phonenumbers
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import PydanticCustomError

from leadsync.mapping.words import suggestion
from leadsync.quoting import quote

WORD, PART = "<word>", "<part>"
"""The tags of a union's members; not a key that could stand in a file, so paths can leave them out."""

SHARE_FORM = r"(?:100|[0-9]{1,2})(?:\.[0-9]{1,3})?%"
WIDE_SHARE_FORM = r"(?:1000|[0-9]{1,3})(?:\.[0-9]{1,3})?%"

_SHEET_NAME = 31
_CURRENCY_MARK = 8
_WIDEST = 10.0


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


def _currency(text: str) -> str:
    mark = text.strip()
    if not 0 < len(mark) <= _CURRENCY_MARK or re.search("[0-9]", mark) or mark in {*"+-.,%()'"}:
        raise refusal(f"{quote(text)} is no mark of a currency. It is a text such as kr, DKK or €.")
    return mark


def _share(text: str) -> str:
    if not re.fullmatch(SHARE_FORM, text):
        raise refusal(f"{quote(text)} is no share of the rows. Write it like 5%; 0% always asks, and 100% never.")
    if share_of(text) > 1:
        raise refusal(f"{quote(text)} is more than all rows, which are 100%.")
    return text


def _wide_share(text: str) -> str:
    if not re.fullmatch(WIDE_SHARE_FORM, text):
        raise refusal(f"{quote(text)} is no share of the rows, from 0% to 1000%. Write it like 50%.")
    if share_of(text) > _WIDEST:
        raise refusal(f"{quote(text)} is more than 1000%, the most that can be allowed.")
    return text


def share_of(text: str) -> float:
    """Give the number of a share such as `5%`, which is 0.05."""
    return float(text.removesuffix("%")) / 100


def as_list(value: Any) -> Any:
    """Widen the short form of a list of one."""
    return value if isinstance(value, list) else [value]


def kind_of(value: Any) -> str:
    """Tell the members of a union apart: a text, or a part with keys."""
    return PART if isinstance(value, dict) else WORD


_SCALAR: JsonSchemaValue = {"type": ["string", "number", "boolean"]}
_SCALAR_OR_NULL: JsonSchemaValue = {"type": ["string", "number", "boolean", "null"]}
"""YAML reads NULL without quotes as null; the text is what is meant."""

Text: TypeAlias = Annotated[str, WithJsonSchema(_SCALAR)]
ColumnName: TypeAlias = Annotated[str, AfterValidator(_present), WithJsonSchema(_SCALAR)]
Pattern: TypeAlias = Annotated[str, AfterValidator(_pattern), WithJsonSchema({"type": "string", "format": "regex"})]
Mark: TypeAlias = Literal[".", ","]
Sheet: TypeAlias = Annotated[str, AfterValidator(_sheet), WithJsonSchema(_SCALAR)]
Encoding: TypeAlias = Annotated[str, AfterValidator(_encoding)]
Delimiter: TypeAlias = Annotated[str, AfterValidator(_delimiter)]
Region: TypeAlias = Annotated[str, AfterValidator(_region)]
Version: TypeAlias = Annotated[str, AfterValidator(_version), WithJsonSchema({"enum": [1, "1"]})]
CurrencyMark: TypeAlias = Annotated[str, AfterValidator(_currency)]
Share: TypeAlias = Annotated[
    str, AfterValidator(_share), WithJsonSchema({"type": "string", "pattern": f"^{SHARE_FORM}$"})
]
WideShare: TypeAlias = Annotated[
    str, AfterValidator(_wide_share), WithJsonSchema({"type": "string", "pattern": f"^{WIDE_SHARE_FORM}$"})
]
BlankWord: TypeAlias = Annotated[str, WithJsonSchema(_SCALAR_OR_NULL)]
Blanks: TypeAlias = Annotated[
    list[BlankWord], BeforeValidator(as_list, json_schema_input_type=BlankWord | list[BlankWord])
]
Words: TypeAlias = Annotated[
    list[Text], BeforeValidator(as_list, json_schema_input_type=Text | list[Text]), Field(min_length=1)
]
CurrencyMarks: TypeAlias = Annotated[
    list[CurrencyMark],
    BeforeValidator(as_list, json_schema_input_type=CurrencyMark | list[CurrencyMark]),
    Field(min_length=1),
]


class Part(BaseModel):
    """A part of the mapping: only the keys it knows."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True, frozen=True)
