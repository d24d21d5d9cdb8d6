"""Characters that nobody sees, and characters that cannot be sent.

Whole columns are looked at first, joined to one text: `in` finds a character in it some ten times sooner than a
regular expression does.
"""

import re
from collections.abc import Collection, Sequence

WIDTHLESS = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Soft hyphen, characters of no width, byte-order mark: a cell of these and white space alone is blank."""

_C0 = "".join(chr(code) for code in [*range(9), 11, 12, *range(14, 32), 127])
"""The control characters of ASCII, without tab, LF and CR."""
_C1 = "".join(map(chr, range(128, 160)))
_DIRECTIONS = "\u200e\u200f\u202a-\u202e\u2066-\u2069"
_WHITE = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
"""What `str.isspace` calls white space."""
_BLANK = re.compile(rf"[\s{WIDTHLESS}]*")
_CONTROL = re.compile(f"[{_C0}{_C1}]")
_FAR = "[^\x00-\u024f]"
_UNSEEN = re.compile(f"[{_C0}{_C1}\u00ad\u200b\u2060\ufeff]|(?<!{_FAR})[\u200c\u200d]|[\u200c\u200d](?!{_FAR})")
"""Without the joiners within an emoji, or between letters of a script that needs them: they are part of the text."""
_DIRECTION = re.compile(f"[{_DIRECTIONS}]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]")
_NARROW_SPACES = str.maketrans("\u00a0\u202f", "  ")


def is_blank(text: str) -> bool:
    """Tell whether nobody would see anything of a text."""
    return not text or text.isspace() or (not text.isascii() and _BLANK.fullmatch(text) is not None)


def blank_rows(texts: Sequence[str], joined: str) -> list[int]:
    """Give the rows of a column that are blank; `joined` is all of its texts."""
    if not joined.isascii() and _any_in(WIDTHLESS, joined):
        return [row for row, text in enumerate(texts) if is_blank(text)]
    if all(texts) and not any(map(str.isspace, texts)):
        return []
    return [row for row, text in enumerate(texts) if not text or text.isspace()]


def without_words(cells: list[str], words: Collection[str]) -> list[str]:
    """Empty the cells whose text, trimmed and case-folded, is one of some words."""
    if not words:
        return cells
    found = {cell for cell in set(cells) if cell.strip().casefold() in words}
    return ["" if cell in found else cell for cell in cells] if found else cells


def trimmed(text: str) -> str:
    """Take off both ends what nobody sees there."""
    return text.strip(_WHITE + WIDTHLESS)


def cleaned(text: str) -> str:
    """Take out what nobody sees, save tab, LF and CR; make plain spaces of those that do not break.

    Joiners stay within an emoji and between letters that need them, marks of direction in Hebrew and Arabic.
    """
    if text.isprintable():
        return text
    text = _UNSEEN.sub("", text).translate(_NARROW_SPACES)
    return text if _RIGHT_TO_LEFT.search(text) else _DIRECTION.sub("", text)


def can_be_sent(joined: str) -> bool:
    """Tell whether a text holds no control characters (but tab, LF and CR) and no half characters.

    Keen's database takes no NUL, UTF-8 no half characters; the other control characters are damage that nobody sees.
    """
    if _any_in(_C0, joined):
        return False
    return joined.isascii() or (not _any_in(_C1, joined) and _is_unicode(joined))


def what_cannot_be_sent(text: str) -> str | None:
    """Tell what a text holds that cannot be sent, and what to do about it; None where there is nothing."""
    found = _CONTROL.search(text)
    if found is not None:
        code = ord(found[0])
        return f'the control character U+{code:04X}, which is not sent. Say "transform: clean", or type the cell again.'
    return None if _is_unicode(text) else "half of a character, which cannot be sent. Type the cell again."


def _any_in(characters: str, text: str) -> bool:
    return any(character in text for character in characters)


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
