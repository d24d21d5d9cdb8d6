"""From a field's keys to its compiled way: transforms, lookup, type or phone, checks, in this order."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from leadsync.codes import Code
from leadsync.mapping.checks import (
    LengthCheck,
    Lookup,
    NotInLookup,
    OneOfCheck,
    PatternCheck,
    check_emails,
    check_uuid,
    keep,
    leave_out,
)
from leadsync.mapping.contradictions import DEFAULT_DECIMAL
from leadsync.mapping.dates import date_step, typed_date_step
from leadsync.mapping.field_schema import CheckPart, FieldPart, OtherwisePart
from leadsync.mapping.number_marks import Convention, Marks, declared_marks, proven_marks
from leadsync.mapping.numbers import NumberStep, number_values
from leadsync.mapping.phones import PhoneStep
from leadsync.mapping.pipeline import CLEARED, Cast, Pipeline, Refusal, Step, each
from leadsync.mapping.spec import Undeclared
from leadsync.mapping.transforms import column_transforms
from leadsync.mapping.value_types import boolean_step, boolean_values, json_step, json_values

_CASTS: dict[str, Cast] = {
    "number": number_values,
    "integer": number_values,
    "boolean": boolean_values,
    "json": json_values,
}
_CHECKS: dict[str, Step] = {"email": check_emails, "uuid": each(check_uuid)}
_NUMBERS = frozenset({"number", "integer"})
_CANONICAL = frozenset({"number", "integer", "boolean", "date"})
_REQUIRED = Refusal(Code.REQUIRED_BLANK, "this is blank, and the mapping requires a value.")


def field_pipeline(
    part: FieldPart,
    decimal: str | None,
    date_order: str | None,
    is_property: bool,
    convention: Convention = Convention.UNKNOWN,
) -> Pipeline:
    """Compile a field whose keys do not contradict one another; the marks are the source's.

    Numbers without declared marks are read by the convention that their column proves. Standard fields are strings in
    keen-api.md, so only properties have a cast.
    """
    return Pipeline(
        transforms=column_transforms(part.transform),
        steps=tuple(_steps(part, decimal, date_order, is_property, convention)),
        value=_CASTS.get(part.type) if is_property else None,
        blank=_blank(part),
    )


def undeclared(part: FieldPart, decimal: str | None, date_order: str | None, is_property: bool) -> Undeclared | None:
    """Give what is done about a field of numbers whose marks nobody declares; None for other fields."""
    if part.type not in _NUMBERS or _has_marks(part, decimal):
        return None
    lookup = () if part.lookup is None else (each(_lookup(part, part.lookup).stage),)
    return Undeclared(
        Pipeline(transforms=column_transforms(part.transform), steps=lookup),
        _number_step(part, decimal, is_property, Convention.UNKNOWN).kind,
        partial(field_pipeline, part, decimal, date_order, is_property),
    )


def typed_pipeline(part: FieldPart, date_order: str | None, is_property: bool) -> Pipeline | None:
    """Compile the way of the cells that a workbook itself knows to be numbers, dates or booleans.

    They are written canonically, so what the mapping declares of marks, words and forms, and the transforms that
    would make such of a text, are not for them. None where the field has no type: then all cells go one way.
    """
    if part.type not in _CANONICAL:
        return None
    plain = part.model_copy(update={"transform": (), "thousands": None, "decimal": DEFAULT_DECIMAL})
    if part.type == "boolean":
        plain = plain.model_copy(update={"true": ("TRUE", "1"), "false": ("FALSE", "0")})
    if part.type != "date":
        return field_pipeline(plain, None, None, is_property)
    date = each(typed_date_step(date_step(part.format, date_order)))
    undated = field_pipeline(plain.model_copy(update={"type": "text", "format": None}), None, None, is_property)
    lookups = 0 if part.lookup is None else 1
    return replace(undated, steps=(*undated.steps[:lookups], date, *undated.steps[lookups:]))


def _blank(part: FieldPart) -> str | Refusal | None:
    if part.required or part.on_blank == "error":
        return _REQUIRED
    return CLEARED if part.on_blank == "clear" else None


def _has_marks(part: FieldPart, decimal: str | None) -> bool:
    """Tell whether marks are declared; a constant is written in the mapping, which has a point as YAML does."""
    return bool(part.decimal or part.thousands or decimal) or part.value is not None


def _number_step(part: FieldPart, decimal: str | None, is_property: bool, convention: Convention) -> NumberStep:
    is_integer = part.type == "integer"
    marks: Marks = proven_marks(convention, is_integer=is_integer)
    if _has_marks(part, decimal):
        marks = declared_marks(part.decimal or decimal or DEFAULT_DECIMAL, part.thousands, is_integer=is_integer)
    currency = sorted(map(str.casefold, part.currency or ()), key=len, reverse=True)
    return NumberStep(marks, is_property, is_integer, part.percent, tuple(currency))


def _steps(
    part: FieldPart, decimal: str | None, date_order: str | None, is_property: bool, convention: Convention
) -> Iterator[Step]:
    if part.lookup is not None:
        yield each(_lookup(part, part.lookup).stage)
    if part.type in _NUMBERS:
        yield _number_step(part, decimal, is_property, convention).stages
    if part.type == "boolean":
        yield each(boolean_step(part.true, part.false).stage)
    if part.type == "date":
        yield each(date_step(part.format, date_order).stage)
    if part.type == "json":
        yield each(json_step)
    if part.phone is not None:
        yield each(PhoneStep(part.phone.region).stage)
    for check in part.check:
        yield from _checks(check) if isinstance(check, CheckPart) else (_CHECKS[check],)


def _checks(part: CheckPart) -> Iterator[Step]:
    if part.length is not None:
        yield each(LengthCheck(part.length.min, part.length.max).stage)
    if part.regex is not None:
        yield each(PatternCheck(re.compile(part.regex)).stage)
    if part.one_of is not None:
        yield each(OneOfCheck(dict.fromkeys(part.one_of)).stage)


def _lookup(part: FieldPart, texts: dict[str, str]) -> Lookup:
    if isinstance(part.otherwise, OtherwisePart):
        return Lookup(texts, part.otherwise.value)
    if part.otherwise == "keep":
        return Lookup(texts, keep)
    if part.otherwise == "skip":
        return Lookup(texts, leave_out)
    return Lookup(texts, NotInLookup(tuple(texts)).stage)
