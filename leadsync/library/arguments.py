"""The arguments of the library's functions: of the types that they say, or refused in a sentence."""

import re
from collections.abc import Callable, Mapping
from functools import wraps
from inspect import formatannotation, signature
from typing import Any, ParamSpec, TypeVar, Union, get_args, get_type_hints

from pydantic import TypeAdapter, ValidationError

from leadsync.errors import SettingsError
from leadsync.mapping import Mapping as LeadMapping

Given = ParamSpec("Given")
Told = TypeVar("Told")

_MODULES = re.compile(r"(?:\w+\.)+(?=\w)")


def with_types(function: Callable[Given, Told]) -> Callable[Given, Told]:
    """Let a function refuse arguments that are not of its types; raises SettingsError."""

    @wraps(function)
    def checked(*args: Given.args, **kwargs: Given.kwargs) -> Told:
        require_types(function, signature(function).bind(*args, **kwargs).arguments)
        return function(*args, **kwargs)

    return checked


def require_types(of: Callable[..., Any], given: Mapping[str, Any]) -> None:
    """Raise SettingsError where an argument is not of the type that a function or class gives it; no value is shown."""
    hints = get_type_hints(of)
    for name, value in given.items():
        if not _is_of(value, hints[name]):
            wanted = _MODULES.sub("", formatannotation(hints[name]))
            raise SettingsError(f"{name} must be of the type {wanted}, not {type(value).__name__}.")


def _is_of(value: Any, hint: Any) -> bool:
    # Our own class is not for pydantic, which would look at all that is in it.
    if LeadMapping in get_args(hint):
        if isinstance(value, LeadMapping):
            return True
        hint = Union[tuple(each for each in get_args(hint) if each is not LeadMapping)]  # noqa: UP007 - there is no other way to make one of a tuple
    try:
        TypeAdapter(hint).validate_python(value, strict=True)
    except ValidationError:
        return False
    return True
