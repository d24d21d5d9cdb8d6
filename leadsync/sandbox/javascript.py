"""Text as a JavaScript server makes it of a JSON value.

Keen stores a property value as text, "numbers and booleans stringified, objects and arrays as JSON" (keen-api.md),
and its server runs JavaScript. So a number goes through a 64-bit float and is written after ECMAScript's
`Number::toString`, which differs from Python's: `1000000.0` is `1000000`, and `1e21` is `1e+21`.
"""

from math import isinf
from typing import Any

import orjson

_FIXED_DIGITS = 21
"""Up to this many digits before the point, and six zeros after it, ECMAScript writes no exponent."""
_FIXED_ZEROS = -6


def stored_text(value: Any) -> str:
    """Give the text stored for a property value: a string as it is, anything else as `String` or `JSON.stringify`."""
    return value if isinstance(value, str) else _json(value)


def number_text(value: float) -> str:
    """Write a number after ECMAScript's `Number::toString` in base 10; the shortest digits are the same as Python's."""
    number = float(value)
    if isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number == 0:
        return "0"
    sign = "-" if number < 0 else ""
    mantissa, _, exponent = f"{abs(number)!r}".partition("e")
    whole, _, decimals = mantissa.partition(".")
    digits = (whole + decimals).lstrip("0")
    point = len(whole) + int(exponent or 0)
    point -= len(whole + decimals) - len(digits)
    return sign + _placed(digits.rstrip("0"), point)


def _placed(digits: str, point: int) -> str:
    """Write digits with the decimal point after the first `point` of them (ECMA-262, Number::toString)."""
    if len(digits) <= point <= _FIXED_DIGITS:
        return digits + "0" * (point - len(digits))
    if 0 < point <= _FIXED_DIGITS:
        return f"{digits[:point]}.{digits[point:]}"
    if _FIXED_ZEROS < point <= 0:
        return "0." + "0" * -point + digits
    fraction = f".{digits[1:]}" if digits[1:] else ""
    return f"{digits[0]}{fraction}e{point - 1:+d}"


def _json(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ",".join(f"{_json(name)}:{_json(item)}" for name, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(_json(item) for item in value) + "]"
    if isinstance(value, bool | str) or value is None:
        return orjson.dumps(value).decode()
    return number_text(value)
