"""Headers made comparable: without case, accents, punctuation and what an export's machinery adds."""

import re
import unicodedata
from functools import lru_cache

_MOJIBAKE = re.compile(
    "[\u00c3\u00c2\u00e2][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)
"""What UTF-8 looks like that was read as Windows-1252 or ISO 8859-1."""
_TIMES = 2
_CUSTOM = re.compile(r"__c$", re.IGNORECASE)
"""What Salesforce puts after the name of a field that somebody added."""
_HUMP = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})")
_WORD = re.compile(r"[^\W\d_]+|\d+")
_SHARP = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ð": "d", "þ": "th", "ł": "l", "\ufffd": None})

_KEPT = ";…"
_SPELLED: tuple[dict[str, str], ...] = (
    {},
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"},
    {"æ": "a"},
    {"æ": "e"},
)


def words_of(header: str) -> tuple[str, ...]:
    """Give the words of a header in small letters without accents; camelCase and snake_case are taken apart.

    What was read in the wrong encoding is read anew: `TelÃ©fono`.
    """
    return _words(header)


@lru_cache(maxsize=4096)
def _words(header: str) -> tuple[str, ...]:
    text = header if header.isascii() else unicodedata.normalize("NFKC", repaired(header))
    text = _CUSTOM.sub("", text.strip())
    if not (text.isupper() or " " in text):
        text = _HUMP.sub(" ", text)
    return tuple(_WORD.findall(bare(text)))


def key_of(words: tuple[str, ...]) -> str:
    """Give what headers are looked up by: `First Name`, `first_name` and `FirstName` are the same."""
    return "".join(words)


def bare(text: str) -> str:
    """Give a text in small letters without accents."""
    text = text.casefold()
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text.translate(_SHARP))
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def keys_of(phrases: str) -> set[str]:
    """Give the keys of a list of phrases, with bare letters and with the other spellings of letters (ae, oe, aa).

    What an ellipsis stands after keeps it.
    """
    small = phrases.casefold()
    spellings = (table for letters, table in _spellings() if not letters or any(letter in small for letter in letters))
    keys = {key for spelling in spellings for key in small.translate(spelling).split(";")}
    return keys - {""}


def repaired(text: str) -> str:
    """Give a text as it was before UTF-8 was read as Windows-1252 or ISO 8859-1, once or twice."""
    for _ in range(_TIMES):
        if not _MOJIBAKE.search(text):
            return text
        again = _reread(text)
        if again is None:
            return text
        text = again
    return text


def _reread(text: str) -> str | None:
    for encoding in ("cp1252", "latin-1"):
        try:
            return text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return None


@lru_cache(maxsize=1)
def _spellings() -> tuple[tuple[str, dict[int, str]], ...]:
    """Give tables that take accents away and leave out all but letters and digits, with the letters they are for.

    The first spells letters without their marks; the others as those do who cannot or would not write them: ä as ae.
    All letters of a phrase are spelled in the same way.
    """
    letters = (code for code in (0xAA, 0xBA, *range(0xC0, 0x180)) if chr(code).isalpha())
    table = {code: "" for code in (*range(0x80), *range(0x80, 0xC0), *range(0x2000, 0x2100)) if not _is_kept(code)}
    table |= {code: bare(chr(code)) for code in letters}
    return tuple(("".join(others), table | {ord(letter): others[letter] for letter in others}) for others in _SPELLED)


def _is_kept(code: int) -> bool:
    return chr(code).isalnum() or chr(code) in _KEPT
