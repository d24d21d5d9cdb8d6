"""Texts of a source within a sentence: cut, in quotation marks, and with what nobody sees made visible."""

import unicodedata
from itertools import chain

NAME = 200
"""The length to which names are shown: they must be found again by what is shown."""

_LINES = "\u2028\u2029"
"""Separators of lines and paragraphs; a terminal may heed them."""


def quote(text: str, limit: int = 40) -> str:
    r"""Quote a text, cut to so many characters; what nobody sees is shown as `\n`, `\x00`, `\u200b`, `\ud800`."""
    return f'"{visible(text if len(text) <= limit else text[: limit - 1] + "…")}"'


def visible(text: str) -> str:
    """Show control characters, characters of no width, halves of characters and unassigned ones by their numbers."""
    if text.isprintable():
        return text
    return "".join(chain.from_iterable(map(_seen, text)))


def _seen(character: str) -> str:
    if character not in _LINES and not unicodedata.category(character).startswith("C"):
        return character
    return character.encode("unicode_escape").decode("ascii")
