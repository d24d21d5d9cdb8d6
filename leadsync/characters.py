"""Characters that nobody sees: the one place that says which they are, and where they belong.

What is blank, how headers are compared, what `transform: clean` takes out and what the search for damage tells of
must agree, so all of them ask here.
"""

import re

WIDTHLESS = "\u00ad\ufeff" + "".join(
    map(chr, [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), *range(0x2066, 0x2070)])
)
"""Soft hyphen, byte-order mark, and of General Punctuation the characters of no width, the joiners, the marks of
direction and what only programs heed: a cell of these and white space alone is blank."""
C0 = "".join(chr(code) for code in [*range(9), 11, 12, *range(14, 32), 127])
"""The control characters of ASCII, without tab, LF and CR."""
C1 = "".join(map(chr, range(128, 160)))
"""The control characters of ISO 8859-1."""

_JOINERS = "\u200c\u200d"
_DIRECTIONS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_OTHERS = "".join(character for character in WIDTHLESS if character not in _JOINERS + _DIRECTIONS)
_LINES = "\u2028\u2029"
"""Separators of lines and paragraphs: nobody sees that they are no spaces."""
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u202f" + _LINES, " "))
_WHITE = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
"""What `str.isspace` calls white space."""
_BLANK = re.compile(rf"[\s{WIDTHLESS}]*")

_NO_NEED = f"[\x00-\u024f\\s{_DIRECTIONS}{_OTHERS}]"
"""Latin letters, and what is no letter: beside these a joiner joins nothing."""
_MISPLACED_JOINERS = f"(?:^|(?<={_NO_NEED}))[{_JOINERS}]+|[{_JOINERS}]+(?={_NO_NEED}|\\Z)"
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]")
"""Hebrew, Arabic and their neighbours."""
_UNSEEN_IN_THOSE = re.compile(f"[{C0}{C1}{_OTHERS}{_LINES}]|{_MISPLACED_JOINERS}")
_UNSEEN = re.compile(f"[{C0}{C1}{_OTHERS}{_LINES}{_DIRECTIONS}]|{_MISPLACED_JOINERS}")


def is_blank(text: str) -> bool:
    """Tell whether nobody would see anything of a text."""
    return not text or text.isspace() or (not text.isascii() and _BLANK.fullmatch(text) is not None)


def trimmed(text: str) -> str:
    """Take off both ends what nobody sees there."""
    return text.strip(_WHITE + WIDTHLESS)


def unseen(text: str) -> str | None:
    """Give the first character of a text that nobody sees and that does not belong there.

    Tabs and line breaks belong, and so do non-breaking spaces; joiners within an emoji and between letters that are
    not Latin; and marks of direction in a text that has Hebrew or Arabic letters.
    """
    if text.isprintable():
        return None
    found = _pattern(text).search(text)
    return found[0][0] if found else None


def cleaned(text: str) -> str:
    """Take out whatever `unseen` tells of, and make plain spaces of those that do not break.

    The separators of lines and paragraphs (U+2028, U+2029) become spaces too, lest two words become one.
    """
    if text.isprintable():
        return text
    return _pattern(text).sub("", text.translate(_SPACES))


def _pattern(text: str) -> re.Pattern[str]:
    return _UNSEEN_IN_THOSE if _RIGHT_TO_LEFT.search(text) else _UNSEEN
