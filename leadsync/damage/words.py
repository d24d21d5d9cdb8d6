"""Words for the sentences of this room."""

import unicodedata
from collections.abc import Iterable

from leadsync.quoting import quote

_LISTED = 3
_SINGULAR = {"are": "is", "have": "has"}


def each(words: str) -> frozenset[str]:
    """Give the words of a text that are separated by white space."""
    return frozenset(words.split())


def named(character: str) -> str:
    """Name a character that cannot be shown: `U+200B (ZERO WIDTH SPACE)`."""
    name = unicodedata.name(character, "a control character")
    return f"U+{ord(character):04X} ({name})"


def told(count: int, of: int, cells: tuple[str, ...], what: str) -> str:
    """Make a sentence: `3 of 1,000 cells (Leads!F17, Leads!F18, Leads!F30) hold …`; `what` begins with its verb."""
    more = " and others" if count > len(cells) else ""
    if count == 1:
        verb, _, rest = what.partition(" ")
        what = f"{_SINGULAR.get(verb, f'{verb}s')} {rest}"
    return f"{count:,} of {of:,} {'cell' if of == 1 else 'cells'} ({', '.join(cells)}{more}) {what}"


def listed(texts: Iterable[str]) -> str:
    """List the first three of some texts: `"N/A", "-" and "?"`."""
    quoted = [quote(text) for text in texts]
    if len(quoted) > _LISTED:
        return ", ".join(quoted[:_LISTED]) + " and others"
    return " and ".join(filter(None, [", ".join(quoted[:-1]), quoted[-1]]))
