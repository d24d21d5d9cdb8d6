"""Numbers of registers of companies, by form and check digit; each register's own rules."""

import re
from collections.abc import Callable, Sequence

_NOT_DIGITS = re.compile(r"[ .\-/]")


def _weighed(digits: str, weights: Sequence[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))


def _luhn(digits: str) -> bool:
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0


def _danish(digits: str) -> bool:
    return len(digits) == 8 and digits[0] != "0" and _weighed(digits, (2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0  # noqa: PLR2004


def _norwegian(digits: str) -> bool:
    return len(digits) == 9 and digits[0] in "89" and _weighed(digits, (3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0  # noqa: PLR2004


def _swedish(digits: str) -> bool:
    return len(digits) == 10 and digits[2] >= "2" and _luhn(digits)  # noqa: PLR2004


def _belgian(digits: str) -> bool:
    return len(digits) == 10 and digits[0] in "01" and 97 - int(digits[:8]) % 97 == int(digits[8:])  # noqa: PLR2004


def _french(digits: str) -> bool:
    return len(digits) in (9, 14) and _luhn(digits)


def _finnish(digits: str) -> bool:
    return len(digits) == 8 and _weighed(digits, (7, 9, 10, 5, 8, 4, 2, 1)) % 11 == 0  # noqa: PLR2004


_BY_DIGITS: tuple[Callable[[str], bool], ...] = (_danish, _norwegian, _swedish, _belgian, _french, _finnish)
_OTHERS = re.compile(
    r"HR[AB] ?[0-9]{1,6}(?: ?[A-Z]{1,2})?"  # Germany
    r"|[A-HJNP-SUVW]-?[0-9]{7}-?[0-9A-J]"  # Spain: CIF
    r"|[0-9]{8}-?[A-Z]"  # Spain: NIF
    r"|(?:SC|NI|OC|SO)[0-9]{6}"  # Great Britain
    r"|CHE-?[0-9]{3}\.?[0-9]{3}\.?[0-9]{3}"  # Switzerland
)
_VAT = re.compile(
    r"(?:AT ?U|CHE|NO)?[0-9]{9}(?: ?MVA| ?MWST)|ATU[0-9]{8}|BE[01][0-9]{9}|(?:BG|CZ)[0-9]{8,10}|CY[0-9]{8}[A-Z]"
    r"|(?:DK|FI|HU|LU|MT|SI)[0-9]{8}|DE[0-9]{9}|(?:EE|EL|PT)[0-9]{9}|ES[A-Z0-9][0-9]{7}[A-Z0-9]|FR[0-9A-Z]{2}[0-9]{9}"
    r"|GB[0-9]{9}(?:[0-9]{3})?|HR[0-9]{11}|IE[0-9][0-9A-Z+*][0-9]{5}[A-Z]{1,2}|(?:IT|LV)[0-9]{11}|LT(?:[0-9]{9}|[0-9]{12})"
    r"|NL[0-9]{9}B[0-9]{2}|NO[0-9]{9}(?:MVA)?|(?:PL|SK)[0-9]{10}|RO[0-9]{2,10}|SE[0-9]{12}"
)


def is_register_number(text: str) -> bool:
    """Tell whether a text can be a company's number in the register of some country."""
    bare = _NOT_DIGITS.sub("", text)
    if bare.isascii() and bare.isdigit():
        return any(fits(bare) for fits in _BY_DIGITS)
    return _OTHERS.fullmatch(text.strip().upper()) is not None or is_vat_number(text)


def is_vat_number(text: str) -> bool:
    """Tell whether a text has the form of a VAT number with its country's letters."""
    return _VAT.fullmatch(_NOT_DIGITS.sub("", text).upper()) is not None
