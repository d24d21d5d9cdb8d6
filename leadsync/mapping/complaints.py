"""What pydantic found, said in our own words with the place and the nearest right word."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from leadsync.errors import Fault
from leadsync.mapping.document import Document, Loc
from leadsync.mapping.lines import mentions_secret
from leadsync.mapping.schema import FieldsPart, MappingPart
from leadsync.mapping.schema_words import PART, WORD
from leadsync.mapping.words import listed, nearest
from leadsync.quoting import quote

_INTEGERS = {"int_parsing", "int_type", "int_from_float"}
_KEYS = {"model_type", "model_attributes_type", "dict_type"}


class _Error(NamedTuple):
    """One of pydantic's errors."""

    loc: Loc
    """The path in the file."""
    meant: Loc
    """The path with misspelt keys put right, as far as one can tell."""
    kind: str
    context: dict[str, Any]

    @property
    def is_unknown(self) -> bool:
        return self.kind == "extra_forbidden"

    @property
    def is_misspelt(self) -> bool:
        """Tell whether this is an unknown key that is taken for another, so that its value is looked at too."""
        return self.is_unknown and self.meant[-1] != self.loc[-1]


def faults_of_shape(document: Document, error: ValidationError | None) -> tuple[list[Fault], list[Loc]]:
    """Give a fault for each of pydantic's errors and each key without a value, and the paths at fault.

    What stands below a misspelt key is looked at as if it were spelt rightly. The path of a misspelt standard field is
    not at fault: the field may be sound for all that.
    """
    faults: list[Fault] = []
    locs: list[Loc] = []
    found = [] if error is None else list(_errors(document, error, (), ()))
    misspelt = {each.meant for each in found if each.is_misspelt}
    for each in found:
        if each.is_unknown or each.kind == "missing" or document.node(each.loc).value is not None:
            if each.kind != "missing" or each.meant not in misspelt:
                faults.append(_fault(document, each))
            if not each.is_misspelt:
                locs.append(each.loc)
    for loc in document.empty():
        if not any(loc[: len(known)] == known for known in locs):
            what = quote(loc[-1]) if isinstance(loc[-1], str) else "this item"
            faults.append(document.fault(document.key(loc), f"{what} has no value. Give it one, or take the line out."))
            locs.append(loc)
    locs += [each.loc for each in found if each.is_misspelt and each.loc[:-1] != ("fields",)]
    return faults, locs


def _errors(document: Document, error: ValidationError, loc: Loc, meant: Loc, wrong: str = "") -> Iterator[_Error]:
    """Give the errors of the value at a path, and of what stands below keys that are misspelt.

    Where a key is given that is `wrong`, its value was looked at under the last key of `meant`, and nothing else was.
    """
    for details in error.errors(include_url=False, include_input=False):
        below: Loc = tuple(key for key in details["loc"] if key not in {WORD, PART})
        found = _Error(loc + below, meant + below, details["type"], details.get("ctx", {}))
        if wrong:
            if below[:1] != meant[-1:]:
                continue
            found = found._replace(loc=(*loc, wrong, *below[1:]), meant=meant + below[1:])
        right = _right_key(found.meant) if found.is_unknown else None
        if right is None:
            yield found
            continue
        found = found._replace(meant=(*found.meant[:-1], right))
        yield found
        yield from _errors_below(document, found)


def _errors_below(document: Document, misspelt: _Error) -> Iterator[_Error]:
    *parents, right = misspelt.meant
    model, value = _model_at(tuple(parents)), document.node(misspelt.loc).plain()
    if model is None or value is None:
        return
    try:
        model.model_validate({right: value})
    except ValidationError as error:
        yield from _errors(document, error, misspelt.loc[:-1], misspelt.meant, str(misspelt.loc[-1]))


def _right_key(loc: Loc) -> str | None:
    """Give the key that an unknown one stands for, if any; in the place of a standard field each is like the others.

    Where its name speaks of a secret, nothing is to be said of its value.
    """
    model, wrong = _model_at(loc[:-1]), str(loc[-1])
    if model is None or mentions_secret(wrong):
        return None
    return nearest(wrong, _keys(model)) or ("notes" if model is FieldsPart else None)


def _fault(document: Document, error: _Error) -> Fault:
    loc, kind, context = error.loc, error.kind, error.context
    name = next((key for key in reversed(error.meant) if isinstance(key, str)), "the mapping")
    node = document.node(loc)
    if error.is_unknown:
        return document.fault(document.key(loc), _unknown_key(str(loc[-1]), _model_at(error.meant[:-1])))
    if kind == "missing":
        return document.fault(document.node(loc[:-1]).place, f'"{name}" is missing{_description(error.meant)}.')
    if kind == "sentence":
        return document.fault(node.place, str(context["sentence"]))
    if kind == "literal_error":
        return document.fault(node.place, _unknown_word(name, node.value, context))
    return document.fault(node.place, f"{quote(name)} must be {_wanted(kind, context)}, {_given(node.value)}.")


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


def _unknown_key(wrong: str, model: type[BaseModel] | None) -> str:
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
