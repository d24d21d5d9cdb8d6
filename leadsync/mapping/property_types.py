"""The types that Keen has for properties, against the values that would be sent.

keen-api.md: `type` is any text, for example `text`, `number`, `select`, and the server stores every value as text. So
only the families of names that are plain are checked, and of these only what no reader of such a property could use.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from leadsync.codes import Code
from leadsync.mapping.bind import BoundField, BoundMapping
from leadsync.mapping.keen_types import KeenType, keen_type
from leadsync.mapping.pipeline import CLEARED
from leadsync.mapping.translate import in_order
from leadsync.quoting import NAME, quote
from leadsync.records import Issue, JsonValue, Translation

_PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ].+)?")


class _Family(NamedTuple):
    """What properties of one type take."""

    fits: Callable[[JsonValue], bool]
    what: str
    """`a number`"""
    remedy: str
    """What to declare."""
    types: frozenset[str]
    """The mapping's own types whose values always fit."""


def _is_number(value: JsonValue) -> bool:
    if isinstance(value, str):
        return _PLAIN_NUMBER.fullmatch(value) is not None
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_whole(value: JsonValue) -> bool:
    if isinstance(value, float):
        return value.is_integer()
    return _is_number(value) and (not isinstance(value, str) or not value.partition(".")[2].strip("0"))


def _is_boolean(value: JsonValue) -> bool:
    return isinstance(value, bool) or (isinstance(value, str) and value in {"true", "false"})


def _is_date(value: JsonValue) -> bool:
    if not isinstance(value, str) or not _ISO_DATE.fullmatch(value):
        return False
    try:
        date.fromisoformat(value[:10])
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_choice(value: JsonValue) -> bool:
    return not isinstance(value, dict | list)


_NUMBER_KEYS = "Say type: number for it in the mapping, with decimal and thousands where needed"
_FAMILIES = {
    KeenType.NUMBER: _Family(_is_number, "a number", _NUMBER_KEYS, frozenset({"number", "integer"})),
    KeenType.INTEGER: _Family(
        _is_whole, "a whole number", "Say type: integer for it in the mapping", frozenset({"integer"})
    ),
    KeenType.BOOLEAN: _Family(
        _is_boolean,
        "true or false",
        "Say type: boolean for it in the mapping, with the words for true and false",
        frozenset({"boolean"}),
    ),
    KeenType.DATE: _Family(
        _is_date,
        "a date such as 2026-12-31",
        "Say type: date for it in the mapping, with its format",
        frozenset({"date"}),
    ),
    KeenType.CHOICE: _Family(
        _is_choice,
        "one of the property's choices, which are texts",
        "Take type: json out of the mapping",
        frozenset({"text", "number", "integer", "boolean", "date"}),
    ),
}


def check_property_types(translation: Translation, types: Mapping[str, str], bound: BoundMapping) -> Translation:
    """Refuse the values that are none of the types that Keen has for their properties.

    `types` are Keen's, by the name or id that the mapping has for a property. A type that is not known is not
    checked, nor is a value that clears one. `bound` is the mapping that the rows were translated by.
    """
    found: dict[int, list[Issue]] = {}
    out = translation.skipped.keys() | translation.chunk.issues.keys() | translation.answered
    for field in bound.fields:
        family = _FAMILIES.get(keen_type(types.get(field.field.target.name, "")))
        if not field.field.target.is_property or family is None or field.field.type in family.types:
            continue
        for row in _misfits(translation.columns[field.field.target], family):
            if row not in out:
                found.setdefault(row, []).append(_issue(translation, field, family, types, row))
    if not found:
        return translation
    issues = {row: (*translation.issues.get(row, ()), *more) for row, more in found.items()}
    return replace(translation, issues={**translation.issues, **{row: in_order(of) for row, of in issues.items()}})


def _misfits(values: Sequence[JsonValue], family: _Family) -> Iterator[int]:
    """Give the rows whose value does not fit; each distinct text is looked at once."""
    known: dict[JsonValue, bool] = {None: True, CLEARED: True}
    for row, value in enumerate(values):
        if not isinstance(value, str | None):
            fits = family.fits(value)
        elif (seen := known.get(value)) is not None:
            fits = seen
        else:
            fits = known[value] = family.fits(value)
        if not fits:
            yield row


def _issue(translation: Translation, field: BoundField, family: _Family, types: Mapping[str, str], row: int) -> Issue:
    name = field.field.target.name
    value = translation.columns[field.field.target][row]
    told = quote(value) if isinstance(value, str) else quote(json.dumps(value, ensure_ascii=False)).strip('"')
    keens = f"and Keen has the type {quote(types[name], NAME)} for the property {quote(name, NAME)}"
    message = f"{field.label}: {told} is not {family.what}, {keens}. {family.remedy}, or mend the cell."
    cell = translation.chunk.cell(row, field.positions[0]) if field.positions else None
    return Issue(Code.NOT_THE_PROPERTYS_TYPE, message, cell)
