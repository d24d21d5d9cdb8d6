"""The countries that made-up people and companies come from, and how things are written there.

Names are common ones, put together at random; every address is under a reserved domain. In the forms of telephone
numbers `#` is any digit.
"""

from dataclasses import dataclass

from mapping.exports import nordic, western


@dataclass(frozen=True, slots=True)
class Locale:
    """What differs from country to country."""

    country: str
    region: str
    """The code of the country, which says how register numbers are made."""
    yes: str
    no: str
    thousands: str
    decimal: str
    date: str
    """The usual form of a date, as `strftime` has it."""
    givens: tuple[str, ...]
    families: tuple[str, ...]
    places: tuple[str, ...]
    """A postcode, a colon and a town."""
    provinces: tuple[str, ...]
    streets: tuple[str, ...]
    trades: tuple[str, ...]
    """What stands between a name and a suffix in a company's name."""
    suffixes: tuple[str, ...]
    titles: tuple[str, ...]
    departments: tuple[str, ...]
    sources: tuple[str, ...]
    statuses: tuple[str, ...]
    industries: tuple[str, ...]
    salutations: tuple[str, ...]
    notes: tuple[str, ...]
    """Sentences; `{}` is some number."""
    mobiles: tuple[str, ...]
    landlines: tuple[str, ...]
    prefix: str


def _locale(text: str) -> Locale:
    fields = {}
    for line in text.strip().replace("\n  ", " ").splitlines():
        name, _, value = line.partition(": ")
        is_single = name in {"country", "region", "yes", "no", "thousands", "decimal", "date", "prefix"}
        fields[name] = value.strip("'") if is_single else tuple(part.strip() for part in value.split(" | "))
    return Locale(**fields)  # type: ignore[arg-type]  # the texts name every field


LOCALES = {
    code: _locale(text)
    for code, text in (
        *(("da", nordic.DANISH), ("sv", nordic.SWEDISH), ("nb", nordic.NORWEGIAN)),
        *(("de", western.GERMAN), ("nl", western.DUTCH), ("fr", western.FRENCH), ("es", western.SPANISH)),
        *(("en", western.BRITISH), ("en_us", western.AMERICAN)),
    )
}
