"""How an export is written down: a line for each column, and rows that are made from a seed.

A line is `header | kind ?fill | target`: the kind names a function of `values`, the fill is the share of the rows in
percent that have a value (100 where it is not said), the target is where the column belongs by the rules, written as
`str(Goal)`. A line without a target is a column that is best left out.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from mapping.exports.locales import LOCALES
from mapping.exports.values import KINDS, TYPED, Maker, Row
from openpyxl.utils import get_column_letter

from leadsync.mapping.suggest.spec import Column, Definition

NONE = "none"
_LOOKS = (
    {"phone", "phone2", "mobile", "workphone", "home", "fax", "switchboard"},
    {"email", "emails", "email2", "company_email", "owner_email"},
    {"first", "middle", "nickname"},
    {"full", "owner", "employee"},
    {"company", "other_company"},
    {"amount", "number", "revenue", "share", "serial", "owner_id"},
    {"date", "birthday"},
    {"uuid", "guid"},
)


def looks_like(kind: str, other: str) -> bool:
    """Tell whether values of two kinds cannot be told apart by looking at them."""
    names = {kind.partition(":")[0], other.partition(":")[0]}
    return len(names) == 1 or any(names <= look for look in _LOOKS)


class Line(NamedTuple):
    """A column as it is written down."""

    header: str
    kind: str
    fill: float
    target: str


@dataclass(frozen=True, slots=True)
class Export:
    """A file as a system exports it, or as somebody wrote it by hand, and where each of its columns belongs."""

    name: str
    system: str
    language: str
    headers: tuple[str, ...]
    wanted: tuple[str, ...]
    """For each column the goal, as `str(Goal)`, or `none`."""
    kinds: tuple[str, ...]
    """For each column what its values are, so that two columns of the same kind can be told."""
    values: tuple[tuple[str, ...], ...]
    """For each column its cells."""
    typed: tuple[frozenset[int], ...]
    definitions: tuple[Definition, ...] = ()
    unsure: frozenset[int] = field(default=frozenset())
    """Columns, by position, of a damaged file of which nothing may be active."""

    @property
    def rows(self) -> int:
        """How many rows the file has."""
        return len(self.values[0])

    def columns(self) -> list[Column]:
        """Give the columns as the engine is handed them."""
        parts = zip(self.headers, self.values, self.typed, strict=True)
        return [
            Column(place, get_column_letter(place + 1), header, values, typed)
            for place, (header, values, typed) in enumerate(parts)
        ]


def definitions(**types: str) -> tuple[Definition, ...]:
    """Give the property definitions of a channel: `Deal_size="number"` is the number `Deal size`."""
    return tuple(
        Definition(f"20000000-0000-4000-8000-{place:012d}", name.replace("_", " "), type_)
        for place, (name, type_) in enumerate(types.items())
    )


def lines(text: str) -> Iterator[Line]:
    """Read the columns of an export from its text."""
    for line in text.strip().splitlines():
        header, kind, *target = (part.strip() for part in line.split(" | "))
        kind, _, fill = kind.partition(" ?")
        if kind.partition(":")[0] not in KINDS:
            message = f"{line!r} names no kind of values"
            raise ValueError(message)
        yield Line(header, kind, int(fill or 100) / 100, target[0] if target else NONE)


def localised(kinds: str, headers: str) -> str:
    """Put the headers of a language (between ` | `, in several lines) on the columns of a system."""
    names = [name.strip() for name in headers.replace("\n", " ").split(" | ")]
    pairs = zip(names, kinds.strip().splitlines(), strict=True)
    return "\n".join(" | ".join((name, *kind.split(" | ")[1:])) for name, kind in pairs)


def export(
    name: str,
    text: str,
    *,
    rows: int = 60,
    channel: Sequence[Definition] = (),
    workbook: bool = False,
    blank: str = "",
) -> Export:
    """Make an export; its name is `SYSTEM-WHAT-LOCALE`, such as `hubspot-contacts-da`, and the seed of its values.

    In a workbook numbers, dates and booleans are such, and written canonically. A word for blank, such as `N/A`, stands
    in half of the cells that have no value.
    """
    system, _, language = name.split("-")
    place = LOCALES[language]
    chance = random.Random(name)
    maker = Maker(place, chance, is_workbook=workbook)
    made = list(lines(text))
    cells: list[list[str]] = [[] for _ in made]
    for number in range(rows):
        row = Row(maker, number)
        for line, column in zip(made, cells, strict=True):
            kind, _, argument = line.kind.partition(":")
            column.append(KINDS[kind](row, argument) if chance.random() < line.fill else "")
            if blank and not column[-1] and chance.random() < 0.5:
                column[-1] = blank
    for line, column in zip(made, cells, strict=True):
        if line.target != NONE and not any(column):
            message = f"{name}: nothing stands in {line.header!r}, which belongs somewhere"
            raise ValueError(message)
    is_typed = [workbook and line.kind.partition(":")[0] in TYPED for line in made]
    return Export(
        name=name,
        system=system,
        language=language[:2],
        headers=tuple(line.header for line in made),
        wanted=tuple(line.target for line in made),
        kinds=tuple(line.kind for line in made),
        values=tuple(tuple(column) for column in cells),
        typed=tuple(
            frozenset(place for place, cell in enumerate(column) if cell) if typed else frozenset()
            for column, typed in zip(cells, is_typed, strict=True)
        ),
        definitions=tuple(channel),
    )
