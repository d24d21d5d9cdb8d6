"""What the values of a column look like: the shape that they have together."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

import phonenumbers

from leadsync.mapping.checks import UUID_FORM
from leadsync.mapping.number_marks import Convention, Kind, convention_of, kind_of
from leadsync.mapping.suggest.moments import date_format_of, is_date, order_of
from leadsync.mapping.suggest.names import (
    COUNTRIES,
    folded,
    is_company,
    is_family_name,
    is_full_name,
    is_given_name,
)
from leadsync.mapping.suggest.registers import is_register_number, is_vat_number
from leadsync.mapping.suggest.spec import Column, Form, Found, Shape

_LOOKED_AT = 300
"""Different values of a column that are looked at one by one, spread over its rows."""
_FEW_WORDS = 12
_MOST = 0.8

PLACEHOLDERS = frozenset({"", "-", "--", "n/a", "na", "null", "none", "#n/a", "nil", "?", "."})

_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]{2,}")
_URL = re.compile(r"(?:https?://|www\.)\S+|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
_CRM_ID = re.compile(r"(?=.*[0-9])(?:00[0-9A-Za-z][A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?|zcrm_[0-9]+)")
_INTEGER = re.compile(r"[+-]?(?:[0-9]+|[1-9][0-9]{0,2}(?:[., \u00a0\u202f'][0-9]{3})+)")
_PHONE = re.compile(r"(?=(?:.*?[0-9]){6})\+?[0-9 ()./\u00a0-]{6,24}(?: ?(?:x|ext\.?) ?[0-9]{1,5})?", re.IGNORECASE)
_PLAIN_PHONE = re.compile(r"\+?[0-9]{7,15}")
_POSTCODE = re.compile(
    r"(?:[A-Z]{1,2}-)?[0-9]{3,5}(?:[ -]?[A-Z]{2})?|[0-9]{3} [0-9]{2}|[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}"
)
_MONEY = re.compile(
    r"(?P<before>[^\W\d_]{1,3}\.?|[$€£¥])?\s*(?P<number>[+-]?[0-9][0-9.,'\u00a0\u202f ]*)\s*"
    r"(?P<after>[^\W\d_]{1,3}\.?|[$€£¥%])?"
)
_BOOLEANS = frozenset(
    [
        "true",
        "false",
        "yes",
        "no",
        "y",
        "n",
        "1",
        "0",
        "ja",
        "nej",
        "nei",
        "nein",
        "nee",
        "oui",
        "non",
        "si",
        "sí",
        "vrai",
        "faux",
        "wahr",
        "falsch",
        "sand",
        "falsk",
        "x",
        "on",
        "off",
    ]
)


def shape_of(column: Column, region: str = "") -> Shape:
    """Give the shape of a column's values; `region` is that of telephone numbers without a country code."""
    counts = Counter(map(str.strip, column.values))
    for text in list(counts):
        if text.casefold() in PLACEHOLDERS:
            del counts[text]
    filled = counts.total()
    if not filled:
        return Shape(len(column.values), 0, 0, {})
    sample = _spread(counts)
    weight = sum(sample.values())
    typed = frozenset(filter(None, [_typed(column, sample, filled)]))
    numbers = {text: bare for text in sample if (bare := _number(text)) is not None}
    shares = {form: share / weight for form, of in _FORMS.items() if (share := _share(sample, of))}
    shares |= _shares_of_numbers(sample, numbers, weight)
    if phones := _share(sample, lambda text: _is_phone(text, region)):
        shares[Form.PHONE] = phones / weight
    if counts.keys() <= {"0", "1"}:
        shares.pop(Form.INTEGER, None)
    kinds = Counter[Kind]()
    for text, bare in numbers.items():
        if (kind := kind_of(bare[0])) is not None:
            kinds[kind] += sample[text]
    is_dates = shares.get(Form.DATE, 0) >= _MOST
    return Shape(
        rows=len(column.values),
        filled=filled,
        distinct=len(counts),
        shares=shares,
        typed=typed,
        convention=Convention.UNKNOWN if typed else convention_of(kinds),
        thousands="" if typed else _thousands(bare[0] for bare in numbers.values()),
        currency=_one({bare[1] for bare in numbers.values() if bare[1] not in ("", "%")}),
        is_percent=bool(numbers) and all(bare[1] == "%" for bare in numbers.values()),
        date_format=date_format_of(counts) if is_dates else "",
        date_order=order_of(counts) if is_dates else "",
        words=[text for text, _ in counts.most_common()] if len(counts) <= min(_FEW_WORDS, filled // 2) else (),
    )


def decimal_of(shapes: Sequence[Shape]) -> Found | None:
    """Give the decimal mark that the numbers of a source prove; None where nothing does, or they disagree."""
    told = Counter(shape.convention for shape in shapes)
    points, commas = told[Convention.POINT], told[Convention.COMMA]
    others = sum(told.values()) - told[Convention.UNKNOWN] - points - commas
    if others or bool(points) == bool(commas):
        return None
    what = "point" if points else "comma"
    columns = "1 column has" if points + commas == 1 else f"{points + commas} columns have"
    return Found("." if points else ",", f"{columns} numbers that can only be read with a decimal {what}.")


def _spread(counts: Mapping[str, int]) -> dict[str, int]:
    """Take so many of the different values, evenly, with how often each stands there."""
    step = max(1, len(counts) // _LOOKED_AT)
    return {text: count for place, (text, count) in enumerate(counts.items()) if place % step == 0}


def _share(sample: Mapping[str, int], has: Callable[[str], bool]) -> int:
    return sum(count for text, count in sample.items() if has(text))


def _typed(column: Column, sample: Mapping[str, int], filled: int) -> Form | None:
    """Tell what nearly all cells are in the workbook itself."""
    if len(column.typed) < _MOST * filled:
        return None
    text = column.values[min(column.typed)].strip()
    if text in ("TRUE", "FALSE"):
        return Form.BOOLEAN
    return Form.DATE if is_date(text) and any(map(is_date, sample)) else Form.NUMBER


def _number(text: str) -> tuple[str, str] | None:
    """Take a number apart: without and with the mark that stands beside it; None for what is none."""
    if not any(letter in "0123456789" for letter in text):
        return None
    found = _MONEY.fullmatch(text)
    if found is None or (found["before"] and found["after"]):
        return None
    bare = found["number"].strip()
    return None if kind_of(bare) is None else (bare, found["before"] or found["after"] or "")


def _shares_of_numbers(
    sample: Mapping[str, int], numbers: Mapping[str, tuple[str, str]], weight: int
) -> dict[Form, float]:
    # Digits with a zero before them are no quantity: an id, a telephone number, a postcode.
    plain = [text for text, (bare, _) in numbers.items() if not (bare[0] == "0" and bare.isdigit() and len(bare) > 1)]
    shares = {}
    if share := sum(sample[text] for text in plain):
        shares[Form.NUMBER] = share / weight
    if share := sum(sample[text] for text, (bare, mark) in numbers.items() if not mark and _INTEGER.fullmatch(bare)):
        shares[Form.INTEGER] = share / weight
    return shares


def _thousands(numbers: Iterable[str]) -> str:
    marks: set[str] = set()
    for text in numbers:
        found = re.fullmatch(r"[+-]?[1-9][0-9]{0,2}(?:([., \u00a0\u202f'])[0-9]{3})+(?:([.,])[0-9]+)?", text)
        is_sure = found and (found[2] or text.count(found[1]) > 1 or found[1] not in ".,")
        if found and is_sure:
            marks.add(" " if found[1] in " \u00a0\u202f" else found[1])
    return _one(marks)


def _one(marks: set[str]) -> str:
    return next(iter(marks)) if len(marks) == 1 else ""


def _is_phone(text: str, region: str) -> bool:
    """Tell whether a text is written like a telephone number, and can be one where the region is known."""
    if not _PHONE.fullmatch(text) or is_date(text):
        return False
    is_written_so = text.startswith(("+", "00", "(", "0")) or any(mark in text for mark in " -/.()")
    if not region:
        return is_written_so or _PLAIN_PHONE.fullmatch(text) is not None
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_possible_number(number) and (is_written_so or phonenumbers.is_valid_number(number))


def _is_long(text: str) -> bool:
    return "\n" in text or len(text.split()) > 5  # noqa: PLR2004 - more than a name or a title


_FORMS: Mapping[Form, Callable[[str], bool]] = {
    Form.UUID: lambda text: UUID_FORM.fullmatch(text) is not None,
    Form.EMAIL: lambda text: _EMAIL.fullmatch(text) is not None,
    Form.URL: lambda text: "@" not in text and _URL.fullmatch(text) is not None,
    Form.DATE: is_date,
    Form.BOOLEAN: lambda text: text.casefold() in _BOOLEANS,
    Form.REGISTER_NUMBER: is_register_number,
    Form.VAT_NUMBER: is_vat_number,
    Form.CRM_ID: lambda text: _CRM_ID.fullmatch(text) is not None,
    Form.COMPANY: is_company,
    Form.GIVEN_NAME: is_given_name,
    Form.FAMILY_NAME: is_family_name,
    Form.FULL_NAME: is_full_name,
    Form.POSTCODE: lambda text: _POSTCODE.fullmatch(text) is not None,
    Form.COUNTRY: lambda text: len(text) > 2 and folded(text) in COUNTRIES,  # noqa: PLR2004 - codes are words too
    Form.LONG_TEXT: _is_long,
}
