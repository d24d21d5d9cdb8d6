"""Number formats that show something else than the plain number: `00123`, `25%`, `+45 12345678`.

Formats that only dress a number (currency, thousands, decimals, units, fractions, powers of ten) leave it the number
of Excel's formula bar, and are no NumberFormat here. A number whose text cannot be told with certainty is refused,
never guessed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from functools import lru_cache
from unicodedata import category

from leadsync.loader.workbook.cells import EXACT, decimal_text, number_text
from leadsync.loader.workbook.format_code import Condition, Section, Sort, sections_of
from leadsync.loader.workbook.marks import NumberFormat

_DASHES = " \u00a0\u202f-\u2010\u2011\u2012\u2013\u2014\u2212"
_SIGNS = f"{_DASHES}+()"
_CURRENCY = re.compile(
    r"[dsn]?kr\.?|(us|ca?|au?|nz|hk|nt|s|mx|r)\$|s?fr\.|r[smp]?|rs\.|zł|kč|ft|lei|tl|kn|лв\.?|aed|ars|aud|bgn|brl|cad|chf|"
    r"clp|cny|cop|czk|dkk|egp|eur|gbp|hkd|hrk|huf|idr|ils|inr|isk|jpy|krw|mxn|myr|nok|nzd|pen|php|pkr|pln|rmb|ron|rsd|"
    r"rub|sar|sek|sgd|thb|try|twd|uah|usd|vnd|zar",
    re.IGNORECASE,
)
"""Those that are written in letters; a code may have any other one in its own form, `[$₽-419]`."""
_CHANGES_A_MEASURE = frozenset("<>=~±≤≥")
_NO_UNIT = frozenset("-/_:#<>=~")
_PRICE_ENDINGS = frozenset({",-", ".-"})
_ZERO = Condition("=", 0.0)
_INTRICATE = "is too intricate to tell what the cell shows"


class _Kind(Enum):
    """What a section makes of a number."""

    PLAIN = auto()
    PERCENT = auto()
    FORM = auto()
    """Its digits in places: `00123`."""
    WORDS = auto()
    """No digit at all, only text: `"yes"`."""
    HIDDEN = auto()
    DATE = auto()
    UNSURE = auto()


_NUMBERS = frozenset({_Kind.PLAIN, _Kind.PERCENT})


@lru_cache(maxsize=4096)
def number_format(code: str) -> NumberFormat | None:
    """Give what shows a number as something else than its digits; None where the plain number, or a date, is right."""
    sections = sections_of(code)
    kinds = _kinds(sections)
    if set(kinds) == {_Kind.PLAIN} or _all_dates(kinds):
        return None
    return _Format(tuple(sections), tuple(kinds))


@lru_cache(maxsize=4096)
def is_date_format(code: str) -> bool:
    """Tell whether a format shows all numbers as dates, times or durations."""
    return _all_dates(_kinds(sections_of(code)))


def shows_day(code: str) -> bool:
    """Tell whether the format of a date shows a day, a month or a year, and not only a time."""
    letters = {letter for section in sections_of(code) for letter in section.letters}
    return bool(letters - set("hms")) or letters == {"m"}


@dataclass(frozen=True, slots=True)
class _Format:
    """A format by its sections: for positive numbers, negative ones and zero, or each with its condition."""

    sections: Sequence[Section]
    kinds: Sequence[_Kind]

    @property
    def is_text(self) -> bool:
        """Tell whether what it shows is no number any more, of some numbers at least."""
        return not _NUMBERS.issuperset(self.kinds)

    def is_number(self, value: float) -> bool:
        """Tell whether what it shows of this number still is one."""
        return self.kinds[self._choose(value)] in _NUMBERS

    def text(self, value: float) -> str:
        """Give the number as the cell shows it; raises ValueError, half a sentence, where that is not certain."""
        place = self._choose(value)
        match self.kinds[place]:
            case _Kind.PLAIN:
                return number_text(value)
            case _Kind.PERCENT:
                return percent_text(value)
            case _Kind.WORDS:
                return self.sections[place].before.strip()
            case _Kind.FORM:
                return self._form(self.sections[place], value)
            case _Kind.HIDDEN:
                raise ValueError("shows nothing of it")
        raise ValueError(_INTRICATE)

    def _form(self, section: Section, value: float) -> str:
        if abs(value) >= EXACT:
            raise ValueError("needs more digits than the 15 that a number keeps")
        if value != int(value):
            raise ValueError("shows it rounded")
        text = _fill(section, str(abs(int(value)))).strip()
        if value >= 0:
            return text
        if any(one.condition for one in self.sections):
            raise ValueError(_INTRICATE)
        return f"-{text}" if len(self.sections) == 1 else text

    def _choose(self, value: float) -> int:
        """Give the place of the section that shows a number; raises ValueError where that is not certain."""
        for place, section in enumerate(self.sections):
            if section.condition and section.condition.holds(value):
                return place
        free = [place for place, section in enumerate(self.sections) if not section.condition]
        if len(free) < len(self.sections):
            if len({self.kinds[place] for place in free}) != 1:
                raise ValueError(_INTRICATE)
            return free[-1]
        by_sign = 0 if value > 0 else 1 if value < 0 else 2
        return by_sign if by_sign < len(free) else 0


def percent_text(share: float) -> str:
    """Write a share as a percentage with all of its digits, at most 15: 0.255 is `25.5%`."""
    return decimal_text(Decimal(f"{share:.15g}") * 100) + "%"


def _all_dates(kinds: Sequence[_Kind]) -> bool:
    return _Kind.DATE in kinds and {_Kind.DATE, _Kind.HIDDEN}.issuperset(kinds)


def _kinds(sections: Sequence[Section]) -> list[_Kind]:
    """Tell of each section what it makes of a number; a dash or nothing for a zero among numbers is the zero."""
    kinds = [_kind(section) for section in sections]
    numbers = next((kind for kind in kinds if kind in _NUMBERS), None)
    if numbers:
        for place, section in enumerate(sections):
            is_for_zero = place == 2 if not section.condition else section.condition == _ZERO  # noqa: PLR2004  # the third
            if is_for_zero and not section.places and not section.before.strip(_DASHES):
                kinds[place] = numbers
    return kinds


def _kind(section: Section) -> _Kind:
    match section.sort:
        case Sort.DATE:
            return _Kind.DATE
        case Sort.ODD:
            return _Kind.UNSURE
        case Sort.TEXT:
            return _Kind.UNSURE if section.before.strip() or section.places else _Kind.PLAIN
        case Sort.GENERAL:
            return _Kind.PLAIN if _is_money(section.before) or _is_unit(section.before) else _Kind.UNSURE
    if not section.places:
        return _Kind.WORDS if section.before.strip() else _Kind.HIDDEN
    is_split = bool("".join(section.gaps).strip())
    is_dressed = _is_money(section.before.replace(section.currency, "")) and _is_unit(section.after)
    if section.is_percent:
        return _Kind.PERCENT if is_dressed and not is_split else _Kind.UNSURE
    if section.is_measure:
        says_more = any(letter.isdecimal() or letter in _CHANGES_A_MEASURE for letter in section.before + section.after)
        return _Kind.UNSURE if says_more or is_split else _Kind.PLAIN
    is_padded = len(section.places.lstrip("#?")) > 1
    is_parted = any(section.gaps) and not _parts_thousands(section)
    return _Kind.PLAIN if is_dressed and not is_padded and not is_parted else _Kind.FORM


def _is_money(text: str) -> bool:
    """Tell whether the text before a number only dresses it: a sign, a bracket, a currency."""
    bare = text.strip(_SIGNS)
    return bool(_CURRENCY.fullmatch(bare)) or all(category(letter) == "Sc" for letter in bare)


def _is_unit(text: str) -> bool:
    """Tell whether the text behind a number only dresses it: a sign, a bracket, a currency, a unit."""
    bare = text.strip(_SIGNS)
    if text.strip() in _PRICE_ENDINGS or not bare:
        return True
    return not any(letter.isdecimal() or letter in _NO_UNIT for letter in text.strip())


def _parts_thousands(section: Section) -> bool:
    """Tell `# ##0`, where blanks part thousands, from `## ## ##`."""
    behind = range(len(section.gaps), 0, -1)  # how many places follow each gap
    return all(
        not gap or (gap in {" ", "\u00a0", "\u202f"} and count % 3 == 0)
        for gap, count in zip(section.gaps, behind, strict=True)
    )


def _fill(section: Section, digits: str) -> str:
    """Put digits into the places of a form, from the right; those too many go to the leftmost place."""
    places = section.places
    missing = max(0, len(places) - len(digits))
    if "?" in places or "#" in places[:missing].lstrip("#"):
        raise ValueError(_INTRICATE)
    surplus = max(0, len(digits) - len(places))
    filled = [place.replace("#", "") for place in places[:missing]] + list(digits[surplus:])
    filled[0] = digits[:surplus] + filled[0]
    text = ""
    for digit, gap in zip(filled, [*section.gaps, ""], strict=True):
        text += digit
        if gap and not text:
            raise ValueError("has more places than it has digits")
        text += gap
    return section.before + text + section.after
