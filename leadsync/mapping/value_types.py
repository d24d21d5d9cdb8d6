"""Booleans and JSON: each reads a text strictly and gives its canonical text; a cast makes the JSON value of that.

White space at the ends is ignored.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import NoReturn

from leadsync.codes import Code
from leadsync.mapping.numbers import SAFE_DIGITS, is_exact
from leadsync.mapping.pipeline import Refusal
from leadsync.mapping.words import listed
from leadsync.quoting import quote
from leadsync.records import JsonValue

TRUE_WORDS = ("true", "yes", "y", "1", "on")
FALSE_WORDS = ("false", "no", "n", "0", "off")

_MAX_JSON_DEPTH = 100


@dataclass(frozen=True, slots=True)
class BooleanStep:
    """Makes `true` or `false` of the words of the mapping, in any case."""

    words: dict[str, str]

    def stage(self, text: str) -> str | Refusal:
        """Give `true` or `false`, or a refusal that tells the words."""
        word = self.words.get(text.strip().casefold())
        if word is None:
            reason = f"{quote(text)} is not {listed(self.words)}."
            return Refusal(Code.INVALID_BOOLEAN, reason)
        return word


def boolean_step(true: Iterable[str] | None, false: Iterable[str] | None) -> BooleanStep:
    """Compile the words for yes and no; the usual English ones unless declared."""
    words = {word.strip().casefold(): "true" for word in (TRUE_WORDS if true is None else true)}
    words |= {word.strip().casefold(): "false" for word in (FALSE_WORDS if false is None else false)}
    return BooleanStep(words)


def boolean_values(texts: list[str]) -> list[JsonValue]:
    """Cast `true` and `false`."""
    return [text == "true" for text in texts]


def json_step(text: str) -> str | Refusal:
    """Give JSON as it was written; null, which Keen refuses, and numbers it would change are refused."""
    try:
        value = _json_value(text)
        _must_be_sendable(value, 0)
    except (ValueError, RecursionError) as error:
        why = str(error) if isinstance(error, _JsonError) else "it cannot be read as JSON"
        return Refusal(Code.INVALID_JSON, f"{quote(text)} is not JSON that can be sent: {why}.")
    return text.strip()


def json_values(texts: list[str]) -> list[JsonValue]:
    """Cast texts that `json_step` let through."""
    return [_json_value(text) for text in texts]


def _json_value(text: str) -> JsonValue:
    value: JsonValue = json.loads(text.strip(), parse_int=_whole, parse_float=_fraction, parse_constant=_constant)
    return value


class _JsonError(ValueError):
    """JSON that can be read, and yet not be sent."""


def _whole(digits: str) -> int:
    _must_be_exact(digits)
    return int(digits)


def _fraction(digits: str) -> float:
    try:
        exact = Decimal(digits)
    except InvalidOperation:  # an exponent of more than 18 digits
        raise _JsonError("a number in it would be changed on the way") from None
    plain = format(exact, "f") if abs(exact.adjusted()) <= SAFE_DIGITS else digits
    if "e" in plain.lower():
        raise _JsonError("a number in it would be changed on the way")
    _must_be_exact(plain)
    return float(digits)


def _must_be_exact(digits: str) -> None:
    if not is_exact(digits):
        raise _JsonError("a number in it has more digits than Keen can keep exactly (15)")


def _constant(name: str) -> NoReturn:
    raise _JsonError(f"{name} is no JSON value")


def _must_be_sendable(value: JsonValue, depth: int) -> None:
    if value is None and depth == 0:
        raise _JsonError("Keen takes no null")
    if depth > _MAX_JSON_DEPTH:
        raise _JsonError("it is nested too deeply")
    if isinstance(value, str) and re.search("[\x00\ud800-\udfff]", value):
        raise _JsonError("it holds a character that cannot be sent")
    if isinstance(value, dict):
        for key, below in value.items():
            _must_be_sendable(key, depth + 1)
            _must_be_sendable(below, depth + 1)
    elif isinstance(value, list):
        for below in value:
            _must_be_sendable(below, depth + 1)
