"""Types: each reads a text strictly and gives its canonical text; a cast makes the JSON value of that.

White space at the ends of numbers, booleans and JSON is ignored. What JavaScript would change (Keen runs on it,
keen-api.md: values are stringified there) is refused for properties: more than 15 significant digits, a whole
number above 2**53 - 1, a fraction so small that it would be shown with an exponent.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import NoReturn

from leadsync.codes import Code
from leadsync.mapping.pipeline import Refusal, Stage
from leadsync.mapping.words import listed, quote
from leadsync.records import JsonValue

TRUE_WORDS = ("true", "yes", "y", "1", "on")
FALSE_WORDS = ("false", "no", "n", "0", "off")

_SAFE_DIGITS = 15
_SAFE_WHOLE = 2**53 - 1
_SAFE_SMALL = Decimal("0.000001")
_MAX_JSON_DEPTH = 100
_SPACES = " \u00a0\u202f"
_APOSTROPHES = "'\u2019"


@dataclass(frozen=True, slots=True)
class NumberStep:
    """Makes plain decimal text of a number: `-1.234,50` with the marks of the mapping becomes `-1234.50`."""

    decimal: str
    thousands: str | None
    is_property: bool
    is_integer: bool
    form: re.Pattern[str]
    plain: re.Pattern[str]
    """Numbers that need no second look: no sign, no thousands marks, at most 15 digits."""

    def stages(self, texts: list[str]) -> list[Stage]:
        """Give the canonical text of each, or a refusal that tells the grammar."""
        is_plain, decimal = self.plain.fullmatch, self.decimal
        stripped = map(str.strip, texts)
        return [text.replace(decimal, ".") if is_plain(text) else self._stage(text) for text in stripped]

    def _stage(self, text: str) -> str | Refusal:
        found = self.form.fullmatch(text)
        if found is None:
            return self._refusal(text, f"is not {self._kind()}, such as {self._example()}.")
        sign, whole, fraction = found.groups()
        digits = (whole if self.thousands is None else re.sub(r"[^0-9]", "", whole)).lstrip("0") or "0"
        number = f"{digits}.{fraction}" if fraction else digits
        if sign == "-" and number.strip("0."):
            number = "-" + number
        if self.is_property and not is_exact(number):
            return self._refusal(text, "has more digits than Keen can keep exactly (15). Send it as text.")
        return number

    def _refusal(self, text: str, reason: str) -> Refusal:
        code = Code.INVALID_INTEGER if self.is_integer else Code.INVALID_NUMBER
        return Refusal(code, f"{quote(text)} {reason}")

    def _kind(self) -> str:
        kind = "a whole number" if self.is_integer else "a number"
        grouped = f' with "{self.thousands}" between thousands' if self.thousands else ""
        return kind + grouped

    def _example(self) -> str:
        return f"1{self.thousands or ''}234" + ("" if self.is_integer else f"{self.decimal}50")


def number_step(decimal: str, thousands: str | None, *, is_property: bool, is_integer: bool) -> NumberStep:
    """Compile the grammar: a sign, digits (in groups of three, or none grouped), the mark and more digits."""
    whole = "[0-9]+"
    if thousands is not None:
        mark = {" ": f"[{_SPACES}]", "'": f"[{_APOSTROPHES}]"}.get(thousands, re.escape(thousands))
        whole = f"[0-9]+|[1-9][0-9]{{0,2}}(?:{mark}[0-9]{{3}})+"
    fraction = "()" if is_integer else f"(?:{re.escape(decimal)}([0-9]+))?"
    form = re.compile(f"([+-]?)({whole}){fraction}")
    tail = "" if is_integer else f"(?:{re.escape(decimal)}[0-9]{{1,6}})?"
    plain = re.compile(f"(?:0|[1-9][0-9]{{0,8}}){tail}")
    return NumberStep(decimal, thousands, is_property, is_integer, form, plain)


def is_exact(number: str) -> bool:
    """Tell whether JavaScript reads this plain decimal text and shows the same number again."""
    value = Decimal(number).copy_abs()  # abs() would round, and fails beyond a million digits
    if value > _SAFE_WHOLE or 0 < value < _SAFE_SMALL:
        return False
    return len(re.sub(r"[^0-9]", "", number).strip("0")) <= _SAFE_DIGITS


def number_values(numbers: list[str]) -> list[JsonValue]:
    """Cast canonical texts to ints, or to floats where they have a fraction."""
    return [float(number) if "." in number else int(number) for number in numbers]


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
    plain = format(exact, "f") if abs(exact.adjusted()) <= _SAFE_DIGITS else digits
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
