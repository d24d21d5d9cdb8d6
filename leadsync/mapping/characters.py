"""The texts of a column that are blank, and those that hold what cannot be sent.

Whole columns are looked at first, joined to one text: `in` finds a character in it some ten times sooner than a
regular expression does.
"""

import re
from collections.abc import Collection, Sequence

from leadsync.characters import C0, C1, WIDTHLESS, is_blank

_CONTROL = re.compile(f"[{C0}{C1}]")


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


def can_be_sent(joined: str) -> bool:
    """Tell whether a text holds no control characters (but tab, LF and CR) and no half characters.

    Keen's database takes no NUL, UTF-8 no half characters; the other control characters are damage that nobody sees.
    """
    if _any_in(C0, joined):
        return False
    return joined.isascii() or (not _any_in(C1, joined) and _is_unicode(joined))


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
