"""What the keys of one field say against one another."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from leadsync.mapping.dates import DateFormError, date_step
from leadsync.mapping.document import Loc
from leadsync.mapping.field_schema import FieldPart, OtherwisePart
from leadsync.mapping.pipeline import sendable
from leadsync.mapping.value_types import boolean_step
from leadsync.mapping.words import listed
from leadsync.quoting import quote

DEFAULT_DECIMAL = "."

BRACES = re.compile(r"\{\{|\}\}|\{([^{}]+)\}|([{}])")
"""In a template: a brace itself, a column (1), or a brace that belongs to nothing (2)."""

_TYPES_OF = {
    "decimal": ("number",),
    "thousands": ("number", "integer"),
    "percent": ("number", "integer"),
    "currency": ("number", "integer"),
    "true": ("boolean",),
    "false": ("boolean",),
    "format": ("date",),
}


class Template(NamedTuple):
    """A template made ready: the form for `str.format`, and the columns in its order."""

    form: str
    columns: tuple[str, ...]
    strays: int
    """Braces that belong to nothing."""


def read_template(text: str) -> Template:
    """Split a template into columns and the text between; `{{` and `}}` are braces."""
    columns = tuple(found[1] for found in BRACES.finditer(text) if found[1])
    strays = sum(1 for found in BRACES.finditer(text) if found[2])
    return Template(BRACES.sub(lambda found: "{}" if found[1] else found[0], text), columns, strays)


def contradictions(part: FieldPart, decimal: str | None, date_order: str | None) -> Iterator[tuple[Loc, str]]:
    """Give the key and the sentence of each; `decimal` and `date_order` are the source's."""
    yield from _of_source(part)
    yield from _of_lookup(part)
    yield from _of_type(part)
    yield from _of_marks(part, decimal)
    if part.type == "date":
        try:
            date_step(part.format, date_order)
        except DateFormError as error:
            yield ("format",), f"{quote(part.format or '')} is no form of a date: {error}."
    if part.required and part.on_blank == "clear":
        yield ("on_blank",), '"required" refuses a blank cell, and "on_blank: clear" sends it. Keep one of them.'
    if part.policy == "fill_if_blank" and part.on_blank == "clear":
        yield ("policy",), '"on_blank: clear" empties a value, and "fill_if_blank" only fills. Keep one of them.'


def _of_source(part: FieldPart) -> Iterator[tuple[Loc, str]]:
    given = [key for key in ("column", "template", "value") if getattr(part, key) is not None]
    if not given:
        yield (), 'this says not where its value comes from. Give it a "column", a "template" or a "value".'
    if len(given) > 1:
        yield (given[1],), f"{listed(given, 'and')} stand together, but a value has one source. Keep one of them."
    if part.template is not None:
        template = read_template(part.template)
        if template.strays:
            yield ("template",), "a brace stands alone here. A column is {Name}; a brace itself is {{ or }}."
        elif not template.columns:
            yield ("template",), 'this names no column in braces. For a constant, use "value".'


def _of_lookup(part: FieldPart) -> Iterator[tuple[Loc, str]]:
    if part.otherwise is not None and part.lookup is None:
        yield ("otherwise",), '"otherwise" belongs to a "lookup", and there is none.'
    for key, text in (part.lookup or {}).items():
        if not key.strip():
            yield ("lookup", key), 'a blank cell never comes to the lookup. Use "on_blank".'
        if not isinstance(sendable(text), str):
            yield ("lookup", key), "this text holds a character that cannot be sent."
    if part.lookup == {}:
        yield ("lookup",), "this lookup is empty."
    if isinstance(part.otherwise, OtherwisePart) and not isinstance(sendable(part.otherwise.value), str):
        yield ("otherwise", "value"), "this text holds a character that cannot be sent."


def _of_type(part: FieldPart) -> Iterator[tuple[Loc, str]]:
    for key, types in _TYPES_OF.items():
        if getattr(part, key) is not None and part.type not in types:
            wanted = " or ".join(f'"type: {name}"' for name in types)
            yield (key,), f'"{key}" belongs to {wanted}, and the type here is {part.type}.'
    if part.phone is not None and "type" in part.model_fields_set:
        yield ("type",), '"phone" is a type by itself. Take "type" out.'
    if part.type == "boolean":
        true, false = boolean_step(part.true, ()).words, boolean_step((), part.false).words
        both = [word for word in true if word in false]
        if both:
            key = "true" if part.true is not None else "false"
            yield (key,), f"{listed(both, 'and')} would mean both true and false. Give both lists."


def _of_marks(part: FieldPart, decimal: str | None) -> Iterator[tuple[Loc, str]]:
    mark = part.decimal or decimal or DEFAULT_DECIMAL
    if part.type == "number" and part.thousands == mark:
        origin = "declared" if part.decimal or decimal else "a point unless declared"
        yield ("thousands",), f'"{mark}" is the decimal mark too ({origin}). Give "decimal" another mark.'
    if part.type == "integer" and part.percent == "fraction":
        yield ("percent",), 'a fraction is no whole number. Say "type: number", or "percent: points".'
