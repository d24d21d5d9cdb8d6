"""How numbers are written: with the marks that the mapping declares, or with those that their column proves.

Without declared marks, some numbers can be read in one way only, wherever they stand: `1.234,50` and `12,5` have a
decimal comma, `1,234.50`, `0.123` (no group begins with 0) and `1234.567` a decimal point, `1.234.567` has points
between thousands, and so its fraction would begin with a comma. Blanks and apostrophes are only ever thousands marks.
`1.234` and `1,234` can be read in two ways: the other numbers of the column decide, or they are refused.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from leadsync.codes import Code
from leadsync.mapping.pipeline import Refusal
from leadsync.quoting import quote

SIGNS = "+-\u2212"
"""The last is the minus of mathematics, which some programs write."""

_SIGN = f"[{re.escape(SIGNS)}]"
_POINT, _COMMA = r"\.", ","
_HEAD = "[1-9][0-9]{0,2}"
_SPACES = "[ \u00a0\u202f]"
_APOSTROPHES = "['\u2019]"
_SAFE_LENGTH = "[1-9][0-9]{0,8}"
_GROUP, _TWO_GROUPS = 3, 7
_FEW = 20


class Written(NamedTuple):
    """A number taken apart."""

    is_negative: bool
    whole: str
    """Digits alone."""
    fraction: str
    """Digits alone; empty where there is none."""

    def __str__(self) -> str:
        digits = self.whole.lstrip("0") or "0"
        number = f"{digits}.{self.fraction}" if self.fraction else digits
        return "-" + number if self.is_negative and number.strip("0.") else number


class Kind(StrEnum):
    """What one number tells of the marks of its column."""

    PLAIN = "plain"
    """Nothing: digits alone, or blanks or apostrophes between thousands."""
    DOUBTFUL = "doubtful"
    """It could be read in two ways."""
    POINT = "point"
    """It has a fraction after a point, and nothing else."""
    GROUPED_POINT = "grouped_point"
    """It has thousands marks, and can only be read with a decimal point."""
    COMMA = "comma"
    GROUPED_COMMA = "grouped_comma"


class Convention(StrEnum):
    """What the numbers of a column tell together."""

    UNKNOWN = "unknown"
    """Nothing: doubtful numbers are refused, the others read."""
    POINT = "point"
    """The decimal mark is a point, and commas stand between thousands."""
    COMMA = "comma"
    HARDLY_POINT = "hardly_point"
    """A few have a decimal point, too few to decide on many doubtful ones: these are refused."""
    HARDLY_COMMA = "hardly_comma"
    MOSTLY_POINT = "mostly_point"
    """More have a decimal point than a comma: the latter are refused, and the doubtful ones."""
    MOSTLY_COMMA = "mostly_comma"
    MIXED = "mixed"
    """As many have a decimal point as a comma: all of them are refused, and the doubtful ones."""


_POINTS = frozenset({Convention.POINT, Convention.HARDLY_POINT, Convention.MOSTLY_POINT})
_COMMAS = frozenset({Convention.COMMA, Convention.HARDLY_COMMA, Convention.MOSTLY_COMMA})
_CONFLICTS = frozenset({Convention.MOSTLY_POINT, Convention.MOSTLY_COMMA, Convention.MIXED})


def convention_of(counts: Mapping[Kind, int]) -> Convention:
    """Decide what a column's numbers tell together.

    One number with groups and a fraction is enough to decide on all doubtful ones; fractions alone, of which a single
    one may be a slip of the pen, must be one for each 20 of them. Where some numbers have a decimal point and some a
    comma, whoever wrote the column had no rule, and no doubtful one is decided.
    """
    points, commas = counts[Kind.POINT], counts[Kind.COMMA]
    all_points, all_commas = points + counts[Kind.GROUPED_POINT], commas + counts[Kind.GROUPED_COMMA]
    if all_points and all_commas:
        if all_points == all_commas:
            return Convention.MIXED
        return Convention.MOSTLY_POINT if all_points > all_commas else Convention.MOSTLY_COMMA
    if not all_points and not all_commas:
        return Convention.UNKNOWN
    is_enough = all_points + all_commas > points + commas or (points + commas) * _FEW >= counts[Kind.DOUBTFUL]
    if all_points:
        return Convention.POINT if is_enough else Convention.HARDLY_POINT
    return Convention.COMMA if is_enough else Convention.HARDLY_COMMA


def _grouped(mark: str) -> str:
    return f"{_HEAD}(?:{mark}[0-9]{{3}})+"


def _form(decimal: str, thousands: str) -> str:
    """Give the numbers that can only be read with this decimal mark: with a fraction alone, and with groups."""
    spaced = f"(?:{_grouped(_SPACES)}|{_grouped(_APOSTROPHES)}|{_grouped(thousands)}){decimal}[0-9]+"
    repeated = f"{_HEAD}(?:{thousands}[0-9]{{3}}){{2,}}"
    return f"{spaced}|{repeated}"


_KINDS = re.compile(
    f"{_SIGN}?(?:"
    f"(?P<plain>[0-9]+|{_grouped(_SPACES)}|{_grouped(_APOSTROPHES)})"
    f"|(?P<doubtful>{_HEAD}[.,][0-9]{{3}})"
    r"|(?P<point>[0-9]+\.[0-9]+)|(?P<comma>[0-9]+,[0-9]+)"
    f"|(?P<grouped_point>{_form(_POINT, _COMMA)})|(?P<grouped_comma>{_form(_COMMA, _POINT)}))"
)


_COMMON = re.compile("[0-9]+(?:([.,])([0-9]+))?")
"""Most numbers, in a fifth of the time."""


def kind_of(text: str) -> Kind | None:
    """Tell what a number tells of its column's marks; None for what is no number in any reading."""
    common = _COMMON.fullmatch(text)
    if common is None:
        found = _KINDS.fullmatch(text)
        return Kind(str(found.lastgroup)) if found else None
    mark, fraction = common.groups()
    if mark is None:
        return Kind.PLAIN
    if len(fraction) == _GROUP and len(text) <= _TWO_GROUPS and text[0] != "0":
        return Kind.DOUBTFUL
    return Kind.POINT if mark == "." else Kind.COMMA


@dataclass(frozen=True, slots=True)
class DeclaredMarks:
    """The marks that the mapping declares: a number has these or none."""

    decimal: str
    thousands: str | None
    form: re.Pattern[str]
    plain: re.Pattern[str]
    """Numbers that need no second look: no sign, no thousands marks, at most 15 digits."""

    def read(self, text: str) -> Written | None:
        """Take a number apart; None for what is none."""
        found = self.form.fullmatch(text)
        if found is None:
            return None
        sign, whole, fraction = found.groups()
        return _written(sign, whole, fraction or "")


@dataclass(frozen=True, slots=True)
class ProvenMarks:
    """No marks are declared: the column tells, as far as it has been looked at."""

    convention: Convention
    decimal: str
    plain: re.Pattern[str]
    """Numbers that need no second look: no sign, no thousands marks, no doubt, at most 15 digits."""
    is_integer: bool
    thousands: None = None

    def read(self, text: str) -> Written | Refusal | None:
        """Take a number apart, or tell why it cannot be read here; None for what is none."""
        kind = kind_of(text)
        if kind is None:
            return None
        has_point = kind in {Kind.POINT, Kind.GROUPED_POINT}
        if kind is Kind.DOUBTFUL:
            if self.convention not in {Convention.POINT, Convention.COMMA}:
                return Refusal(Code.AMBIGUOUS_NUMBER, self._doubt(text))
            has_point = self.convention is Convention.POINT
        elif kind is not Kind.PLAIN and self._is_against(has_point):
            return Refusal(Code.INVALID_NUMBER, _against(has_point))
        sign = text[0] if text[0] in SIGNS else ""
        whole, _, fraction = text[len(sign) :].partition("." if has_point else ",")
        return _written(sign, whole, fraction)

    def _doubt(self, text: str) -> str:
        mark, other = (".", ",") if "." in text else (",", ".")
        digits, fraction = text.replace(mark, "").lstrip("+"), text.replace(mark, ".").lstrip("+")
        told = "the column has numbers of both kinds" if self.convention in _CONFLICTS else "the column does not tell"
        can = f"can be read as {digits} or as {fraction}, and {told}. Say in the mapping"
        if self.is_integer:
            return f"{can} thousands: {quote(mark)} if {digits} is meant."
        for_digits = f"decimal: {quote(other)}, thousands: {quote(mark)} for {digits}"
        return f"{can} which is meant: {for_digits}, or decimal: {quote(mark)} for {fraction}."

    def _is_against(self, has_point: bool) -> bool:
        return self.convention in (_COMMAS if has_point else _POINTS) or self.convention is Convention.MIXED


Marks: TypeAlias = DeclaredMarks | ProvenMarks


def declared_marks(decimal: str, thousands: str | None, *, is_integer: bool) -> DeclaredMarks:
    """Compile the grammar: a sign, digits (in groups of three, or none grouped), the mark and more digits."""
    whole = "[0-9]+"
    if thousands is not None:
        mark = {" ": _SPACES, "'": _APOSTROPHES}.get(thousands, re.escape(thousands))
        whole = f"[0-9]+|{_grouped(mark)}"
    fraction = "()" if is_integer else f"(?:{re.escape(decimal)}([0-9]+))?"
    form = re.compile(f"({_SIGN}?)({whole}){fraction}")
    tail = "" if is_integer else f"(?:{re.escape(decimal)}[0-9]{{1,6}})?"
    return DeclaredMarks(decimal, thousands, form, re.compile(f"(?:0|{_SAFE_LENGTH}){tail}"))


def proven_marks(convention: Convention, *, is_integer: bool) -> ProvenMarks:
    """Give the reading of numbers without declared marks, of which the column tells so much."""
    decimal = "," if convention in _COMMAS else "."
    lengths = "[0-9]{1,6}" if convention in {Convention.POINT, Convention.COMMA} else "(?:[0-9]{1,2}|[0-9]{4,6})"
    is_plain_too = not is_integer and convention in _POINTS | _COMMAS
    tail = f"(?:{re.escape(decimal)}{lengths})?" if is_plain_too else ""
    return ProvenMarks(convention, decimal, re.compile(f"(?:0|{_SAFE_LENGTH}){tail}"), is_integer)


def _written(sign: str, whole: str, fraction: str) -> Written:
    return Written(sign not in {"", "+"}, re.sub(r"[^0-9]", "", whole), fraction)


def _against(has_point: bool) -> str:
    one, other = ("point", "comma") if has_point else ("comma", "point")
    return (
        f"has a decimal {one}, and other numbers of the column have a decimal {other}. Write them all in one way, or "
        'declare "decimal" and "thousands" in the mapping.'
    )
