"""Phone numbers to E.164."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import phonenumbers
from phonenumbers import PhoneMetadata

from leadsync.codes import Code
from leadsync.mapping.pipeline import Refusal
from leadsync.quoting import quote

_FORM = re.compile(r"[0-9+()./\s\u2010-\u2015-]+")
"""What a number is written with. Letters and extensions are left to nobody's guess: E.164 has no place for them."""


@dataclass(frozen=True, slots=True)
class PhoneStep:
    """Makes E.164 of a phone number; refuses what cannot be one, and extensions, which E.164 has no place for."""

    region: str

    def stage(self, text: str) -> str | Refusal:
        """Give `+4512345678`, or a refusal."""
        plain = _plain_form(self.region)
        if plain is not None and (number := plain.pattern.fullmatch(text)) is not None:
            return plain.prefix + number[1].replace(" ", "")
        return self._parsed(text)

    def _parsed(self, text: str) -> str | Refusal:
        try:
            number = phonenumbers.parse(text, self.region) if _FORM.fullmatch(text) else None
        except phonenumbers.NumberParseException:
            number = None
        possible = phonenumbers.ValidationResult.IS_POSSIBLE
        if number is None or phonenumbers.is_possible_number_with_reason(number) != possible:
            reason = f"{quote(text)} cannot be a phone number (read as one of {self.region} unless it begins with +)."
            return Refusal(Code.INVALID_PHONE, reason)
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


class _PlainForm(NamedTuple):
    prefix: str
    """What E.164 begins with: `+45`."""
    pattern: re.Pattern[str]


@lru_cache
def _plain_form(region: str) -> _PlainForm | None:
    """Give the form of the numbers of which phonenumbers would only take the blanks out, None where there is none.

    phonenumbers takes some 40 us for a number, which would be most of the time of reading a file; the pattern takes
    2 us. It lets nothing through that phonenumbers would read otherwise: digits of a possible length, with or without
    the country code and single blanks, no trunk prefix, and without a + not beginning like the country code. Regions
    with rules of their own (other trunk prefixes than 0, other international prefixes than 00, a country code that
    they share) have no pattern. A test compares both ways.
    """
    code = phonenumbers.country_code_for_region(region)
    own = PhoneMetadata.metadata_for_region(region)
    main = PhoneMetadata.metadata_for_region(phonenumbers.region_code_for_country_code(code))
    if own is None or own is not main or own.international_prefix != "00" or own.general_desc is None:
        return None
    if own.national_prefix_for_parsing not in (None, "0"):
        return None
    rest = "|".join(rf"(?: ?[0-9]){{{length - 1}}}" for length in own.general_desc.possible_length)
    like_the_code = " ?".join(str(code))
    pattern = re.compile(rf"(?:\+{code} ?(?=[1-9])|(?! ?{like_the_code}|0))([0-9](?:{rest}))")
    return _PlainForm(f"+{code}", pattern)
