"""What pydantic found, said in our own words with the place and the nearest right word."""

import re
from collections.abc import Iterator
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from leadsync.mapping.document import Document, Fault, Loc
from leadsync.mapping.schema import FieldsPart, MappingPart
from leadsync.mapping.schema_words import PART, WORD
from leadsync.mapping.words import listed, nearest
from leadsync.quoting import quote

_INTEGERS = {"int_parsing", "int_type", "int_from_float"}
_KEYS = {"model_type", "model_attributes_type", "dict_type"}


def faults_of_shape(document: Document, error: ValidationError | None) -> tuple[list[Fault], list[Loc]]:
    """Give a fault for each of pydantic's errors and each key without a value, and the paths at fault."""
    faults: list[Fault] = []
    locs: list[Loc] = []
    for details in [] if error is None else error.errors(include_url=False, include_input=False):
        loc: Loc = tuple(key for key in details["loc"] if key not in {WORD, PART})
        if document.node(loc).value is not None or details["type"] == "missing":
            faults.append(_fault(document, loc, details))
            locs.append(loc)
    for loc in document.empty():
        if not any(loc[: len(known)] == known for known in locs):
            what = quote(loc[-1]) if isinstance(loc[-1], str) else "this item"
            faults.append(Fault(document.key(loc), f"{what} has no value. Give it one, or take the line out."))
            locs.append(loc)
    return faults, locs


def _fault(document: Document, loc: Loc, details: ErrorDetails) -> Fault:
    kind, context = details["type"], details.get("ctx", {})
    name = next((key for key in reversed(loc) if isinstance(key, str)), "the mapping")
    node = document.node(loc)
    if kind == "extra_forbidden":
        return Fault(document.key(loc), _unknown_key(loc))
    if kind == "missing":
        return Fault(document.node(loc[:-1]).place, f'"{name}" is missing{_description(loc)}.')
    if kind == "sentence":
        return Fault(node.place, str(context["sentence"]))
    if kind == "literal_error":
        return Fault(node.place, _unknown_word(name, node.value, context))
    return Fault(node.place, f"{quote(name)} must be {_wanted(kind, context)}, {_given(node.value)}.")


def _wanted(kind: str, context: dict[str, Any]) -> str:
    if kind in _INTEGERS:
        return "a whole number"
    if kind == "greater_than_equal":
        return f"{context['ge']} or more"
    if kind == "less_than_equal":
        return f"{context['le']} or less"
    if kind == "int_parsing_size":
        return "a number of fewer digits"
    if kind in {"bool_parsing", "bool_type"}:
        return "true or false"
    if kind in _KEYS:
        return "a mapping of keys to values"
    return {"string_type": "a text", "list_type": "a list", "too_short": "a list of one or more"}.get(
        kind, "something else"
    )


def _given(value: object) -> str:
    if isinstance(value, dict):
        return 'not a mapping of keys to values; a text that begins with "{" must be in quotes'
    if isinstance(value, tuple):
        return "not a list" if value else "not an empty list"
    return f"not {quote(str(value))}"


def _unknown_word(name: str, value: object, context: dict[str, Any]) -> str:
    words = re.findall(r"'(.*?)'(?=,| or |$)", str(context["expected"]).replace('"\'"', "'''"))
    if not isinstance(value, str):
        return f'"{name}" must be {listed(words)}, {_given(value)}.'
    near = nearest(value, words)
    hint = f'Did you mean "{near}"?' if near else f"It is {listed(words)}."
    return f'{quote(value)} is not a choice for "{name}". {hint}'


def _unknown_key(loc: Loc) -> str:
    wrong = str(loc[-1])
    model = _model_at(loc[:-1])
    if model is None:
        return f"{quote(wrong)} is not a key that can stand here."
    right = list(_keys(model))
    near = nearest(wrong, right)
    hint = f'Did you mean "{near}"?' if near else f"The keys are {listed(right, 'and')}."
    if model is FieldsPart:
        return f'{quote(wrong)} is not a standard field of Keen; a custom property goes under "properties". {hint}'
    return f"{quote(wrong)} is not a key that can stand here. {hint}"


def _description(loc: Loc) -> str:
    model = _model_at(loc[:-1])
    return "" if model is None else f": {_keys(model)[str(loc[-1])].description}"


def _keys(model: type[BaseModel]) -> dict[str, FieldInfo]:
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _model_at(loc: Loc) -> type[BaseModel] | None:
    """Give the model that stands at a path of the mapping."""
    parts: list[Any] = [MappingPart]
    for key in loc:
        parts = [inner for part in parts for inner in _below(part, key)]
    return next((part for part in parts if _is_model(part)), None)


def _below(part: Any, key: str | int) -> Iterator[Any]:
    if get_origin(part) in {list, dict}:
        yield from _parts(get_args(part)[-1])
    elif isinstance(key, str) and key in _keys(part):
        yield from _parts(_keys(part)[key].annotation)


def _parts(annotation: Any) -> Iterator[Any]:
    """Give the models, lists and dictionaries that an annotation allows."""
    if get_origin(annotation) in {list, dict} or _is_model(annotation):
        yield annotation
    else:
        for inner in get_args(annotation):
            yield from _parts(inner)


def _is_model(part: Any) -> bool:
    return isinstance(part, type) and issubclass(part, BaseModel)
