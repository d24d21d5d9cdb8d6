"""The country of telephone numbers without a country code: all evidence of a source together."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import phonenumbers

from leadsync.mapping.suggest.names import folded
from leadsync.mapping.suggest.spec import Column, Found

_REGIONS = ("DK", "DE", "SE", "NO", "NL", "FR", "ES", "GB", "US", "BE", "AT", "CH", "FI", "IE")
_LANGUAGES = {"da": "DK", "sv": "SE", "no": "NO", "nl": "NL", "fr": "FR", "es": "ES", "de": "DE"}
_TLDS = {region.lower(): region for region in _REGIONS} | {"uk": "GB"}
_COUNTRIES = {
    "DK": "denmark danmark daenemark danemark dinamarca",
    "DE": "germany deutschland tyskland allemagne alemania duitsland",
    "SE": "sweden sverige schweden suede suecia zweden",
    "NO": "norway norge norwegen norvege noruega noorwegen",
    "NL": "netherlands nederland niederlande holland",
    "FR": "france frankrig frankrike frankreich frankrijk francia",
    "ES": "spain espana spanien espagne spanje",
    "GB": "england uk",
    "BE": "belgium belgie belgique belgien",
    "AT": "austria osterreich oesterreich ostrig",
    "CH": "switzerland schweiz suisse suiza",
    "FI": "finland suomi",
    "US": "usa",
    "IE": "ireland irland",
}
_WORDS = {word: region for region, words in _COUNTRIES.items() for word in words.split()}
_LIKE_PHONE = re.compile(r"\+?[0-9][0-9 ()./-]{5,22}[0-9]|\([0-9]+\)[0-9 ./-]{4,20}")
_TLD = re.compile(r"(?:@|https?://|www\.)[^\s/]*\.([a-z]{2})(?:/|$)", re.IGNORECASE)
_LOOKED_AT = 200
_VALID, _MANY, _FEW = 0.9, 0.6, 3
_CLEAR = 2.0


def region_of(columns: Sequence[Column], languages: Mapping[str, float]) -> Found | None:
    """Give the region of a source's telephone numbers, and why; None where it is not clear.

    A region must fit nine of ten national numbers, and something else must speak for it and for no other as much:
    numbers with its country code, addresses under its top-level domain, its name in a column, the headers' language.
    """
    samples = [_sample(column) for column in columns]
    national, codes = _numbers(columns, samples)
    votes = Counter(codes)
    why: dict[str, list[str]] = {
        region: [f"{number} numbers have its country code"] for region, number in codes.items()
    }
    for region, number in _addresses(samples).items():
        votes[region] += min(number, _LOOKED_AT)
        why.setdefault(region, []).append(f"{number} addresses end in its domain")
    for region, number in _countries(samples).items():
        votes[region] += number
        why.setdefault(region, []).append(f"{number} cells name the country")
    for language, share in languages.items():
        if language in _LANGUAGES and share >= _MANY:
            region = _LANGUAGES[language]
            votes[region] += _FEW
            why.setdefault(region, []).append("the headers are in its language")
    if not national and not codes:
        return None
    fits = {region: _valid(national, region) for region in _REGIONS if region in votes}
    likely = Counter({region: votes[region] for region in votes if fits.get(region, 0) >= _VALID or not national})
    if not likely:
        return None
    (best, most), *others = likely.most_common(2)
    if others and most < _CLEAR * others[0][1]:
        return None
    valid = round(fits.get(best, 0.0) * len(national))
    told = [f"{valid} of {len(national)} numbers without a country code are valid there"]
    return Found(best, ", and ".join([*(told if national else []), *why[best]]))


def _numbers(columns: Sequence[Column], samples: Sequence[Sequence[str]]) -> tuple[list[str], Counter[str]]:
    """Give the national numbers of the columns that look like telephones, and the regions of the others."""
    national: list[str] = []
    codes: Counter[str] = Counter()
    for column, texts in zip(columns, samples, strict=True):
        phones = [text for text in texts if _LIKE_PHONE.fullmatch(text)]
        if len(phones) < _MANY * len(texts) or not _is_telephone(column, phones):
            continue
        for text in phones:
            if text.startswith(("+", "00")):
                codes.update(_of_code(text))
            else:
                national.append(text)
    return national, codes


def _is_telephone(column: Column, phones: Sequence[str]) -> bool:
    """Tell numbers to be called from other numbers: by their writing, or by what their header begins with."""
    header = folded(column.header)
    if any(word in header for word in ("tel", "tlf", "phone", "mobil", "handy", "movil", "portable", "gsm", "mob")):
        return True
    return sum(text.startswith(("+", "00")) for text in phones) * 2 > len(phones) > 0


def _of_code(text: str) -> Iterator[str]:
    try:
        number = phonenumbers.parse("+" + text[2:] if text.startswith("00") else text)
    except phonenumbers.NumberParseException:
        return
    region = phonenumbers.region_code_for_number(number)
    if region:
        yield region


def _valid(national: Sequence[str], region: str) -> float:
    if not national:
        return 0.0
    valid = 0
    for text in national[:_LOOKED_AT]:
        try:
            valid += phonenumbers.is_valid_number_for_region(phonenumbers.parse(text, region), region)
        except phonenumbers.NumberParseException:
            continue
    return valid / len(national[:_LOOKED_AT])


def _addresses(samples: Sequence[Sequence[str]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for texts in samples:
        for text in texts:
            end = _TLD.search(text) if "." in text else None
            if end and (region := _TLDS.get(end[1].lower())):
                found[region] += 1
    return found


def _countries(samples: Sequence[Sequence[str]]) -> Counter[str]:
    return Counter(region for texts in samples for text in texts if (region := _WORDS.get(folded(text))) is not None)


def _sample(column: Column) -> list[str]:
    texts = list(filter(None, map(str.strip, column.values)))
    return texts[:: max(1, len(texts) // _LOOKED_AT)]
