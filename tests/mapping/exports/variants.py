"""Damaged variants of exports: what becomes of files on their way, and what nobody should believe.

Each takes an export and a source of chance, and gives another export. Where a column is damaged so that nothing may be
active of it, it is among the `unsure`. No cell is made up: a variant only moves, blanks or misspells.
"""

import random
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace

from mapping.exports.kit import Export, looks_like

Variant = Callable[[Export, random.Random], Export]


def _chosen(export: Export, places: Sequence[int]) -> Export:
    """Give the columns at some places, in that order."""
    return replace(
        export,
        headers=tuple(export.headers[place] for place in places),
        wanted=tuple(export.wanted[place] for place in places),
        kinds=tuple(export.kinds[place] for place in places),
        values=tuple(export.values[place] for place in places),
        typed=tuple(export.typed[place] for place in places),
    )


def _first_rows(export: Export, count: int) -> Export:
    return replace(
        export,
        values=tuple(cells[:count] for cells in export.values),
        typed=tuple(frozenset(place for place in places if place < count) for places in export.typed),
    )


def _headers(export: Export, rewrite: Callable[[str], str], share: float, chance: random.Random) -> Export:
    """Write a share of the headers in another way, save where two would become the same."""
    written = tuple(rewrite(header) if chance.random() < share else header for header in export.headers)
    folded = [header.casefold().strip() for header in written]
    pairs = zip(written, export.headers, folded, strict=True)
    return replace(export, headers=tuple(new if folded.count(fold) == 1 else old for new, old, fold in pairs))


def shuffled(export: Export, chance: random.Random) -> Export:
    """Put the columns in another order."""
    return _chosen(export, chance.sample(range(len(export.headers)), k=len(export.headers)))


def misspelt(export: Export, chance: random.Random) -> Export:
    """Swap, drop or double a letter in three headers of ten."""

    def rewrite(header: str) -> str:
        places = [match.start() for match in re.finditer(r"(?<=\w)\w(?=\w\w)", header)]
        if not places or len(header) < 5:
            return header
        at = chance.choice(places)
        middle = chance.choice((header[at + 1] + header[at], header[at + 1], header[at] + header[at : at + 2]))
        return header[:at] + middle + header[at + 2 :]

    return _headers(export, rewrite, 0.3, chance)


def restyled(export: Export, chance: random.Random) -> Export:
    """Write all headers in one other style: small, large, with underscores, blanks or marks around."""
    style = chance.choice(
        (
            str.lower,
            str.upper,
            lambda header: re.sub(r"\W+", "_", header.casefold()).strip("_") or header,
            lambda header: f"  {header} ",
            lambda header: f"{header}:",
            lambda header: f"*{header}",
            lambda header: header.replace(" ", "  ").replace("-", " - "),
        )
    )
    return _headers(export, style, 1.0, chance)


def garbled(export: Export, chance: random.Random) -> Export:
    """Read the headers' UTF-8 as Windows does by default."""
    return _headers(export, lambda header: header.encode().decode("cp1252", errors="ignore"), 1.0, chance)


def unaccented(export: Export, chance: random.Random) -> Export:
    """Write the headers as on a keyboard without the letters."""
    spellings = chance.choice(
        ({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue"}, {"æ": "ae", "ø": "o", "å": "a"})
    )

    def rewrite(header: str) -> str:
        for letter, plain in spellings.items():
            header = header.replace(letter, plain).replace(letter.upper(), plain.capitalize())
        return unicodedata.normalize("NFKD", header.replace("ß", "ss")).encode("ascii", "ignore").decode() or header

    return _headers(export, rewrite, 1.0, chance)


def blanked(export: Export, chance: random.Random) -> Export:
    """Blank nine cells of ten, but never the last one of a column."""
    values = []
    for cells in export.values:
        filled = [place for place, cell in enumerate(cells) if cell]
        kept = {place for place in filled if chance.random() < 0.1} or set(filled[:1])
        values.append(tuple(cell if place in kept else "" for place, cell in enumerate(cells)))
    typed = tuple(
        frozenset(place for place in places if cells[place]) for places, cells in zip(export.typed, values, strict=True)
    )
    return replace(export, values=tuple(values), typed=typed)


def anonymous(export: Export, _: random.Random) -> Export:
    """Name the columns by their number alone."""
    return replace(export, headers=tuple(f"Column {place}" for place in range(1, len(export.headers) + 1)))


UNLIKE = ("email", "phone", "first_name", "last_name", "company_name", "lead.id", "lead.legacy_id", "business_id")
"""Goals whose values anybody can tell apart."""


def exchanged(export: Export, chance: random.Random) -> Export:
    """Exchange the values of two columns that do not look alike: nothing about these two may be active."""
    places = [place for place, goal in enumerate(export.wanted) if goal in UNLIKE]
    one, other = chance.sample(places, k=2)
    order = list(range(len(export.headers)))
    order[one], order[other] = other, one
    moved = _chosen(export, order)
    return replace(export, values=moved.values, typed=moved.typed, unsure=frozenset((one, other)))


def shifted(export: Export, _: random.Random) -> Export:
    """Move all values one column to the right, as a stray separator in the header does."""
    count = len(export.headers)
    moved = _chosen(export, [place - 1 for place in range(count)])
    pairs = enumerate(zip(export.kinds, moved.kinds, strict=True))
    unsure = frozenset(place for place, (was, now) in pairs if not looks_like(was, now) and any(moved.values[place]))
    return replace(export, values=moved.values, typed=moved.typed, unsure=unsure)


def partly_shifted(export: Export, chance: random.Random) -> Export:
    """Move the values of three rows in ten one column to the right, as stray separators in the rows do."""
    rows = {row for row in range(export.rows) if chance.random() < 0.3}
    values = tuple(
        tuple(export.values[place - 1][row] if row in rows else cell for row, cell in enumerate(cells))
        for place, cells in enumerate(export.values)
    )
    typed = tuple(places - rows for places in export.typed)
    return replace(export, values=values, typed=typed)


def one_row(export: Export, chance: random.Random) -> Export:
    """Keep the first row alone."""
    return _first_rows(shuffled(export, chance), 1)


def no_rows(export: Export, _: random.Random) -> Export:
    """Keep the headers alone."""
    return _first_rows(export, 0)


VARIANTS: dict[str, Variant] = {
    variant.__name__.replace("_", " "): variant
    for variant in (
        *(shuffled, misspelt, restyled, garbled, unaccented, blanked, anonymous, exchanged, shifted, partly_shifted),
        *(one_row, no_rows),
    )
}
SAME_HEADERS_TO_A_READER = frozenset({"shuffled", "restyled", "garbled", "unaccented", "blanked"})
"""Variants in which a column belongs where it belonged, and a reader can tell."""


def damaged(export: Export, name: str) -> Export:
    """Give the variant of an export that has a name, always the same one."""
    return VARIANTS[name](export, random.Random(f"{name} {export.name}"))


def may_stand_in(export: Export, place: int, goal: str) -> bool:
    """Tell whether a column may have another's goal: it is whole, and the right one is damaged or has no values left.

    A mobile telephone is the telephone where the main one's column holds names, or nothing.
    """
    if goal not in export.wanted or place in export.unsure:
        return False
    right = export.wanted.index(goal)
    return right != place and (right in export.unsure or not any(export.values[right]))
