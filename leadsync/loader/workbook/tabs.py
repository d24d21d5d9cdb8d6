"""The sheets of a workbook as they are offered to the user, and which of them is read."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from leadsync.errors import SourceError
from leadsync.quoting import visible
from leadsync.records import is_summary_sheet

MOST_DIGITS = 10
"""No place of a sheet has as many; Python makes no number of more than 4,300 digits."""
SHOWN = 3
"""Hidden sheets that are named."""


@dataclass(frozen=True, slots=True)
class Tab:
    """A sheet by its name."""

    name: str
    has_cells: bool
    is_visible: bool

    @property
    def is_summary(self) -> bool:
        """Tell whether it is the summary that a report of ours adds to a workbook."""
        return is_summary_sheet(self.name)


@dataclass(frozen=True, slots=True)
class Choice:
    """The sheet that is read."""

    title: str
    read_as: tuple[str, ...] = ()
    """Why this one, where that was not declared; a sentence each."""
    refusal: SourceError | None = None
    """Why it cannot be this one after all, unless its columns tell that it is a report of ours."""


def titles(tabs: Sequence[Tab]) -> tuple[str, ...]:
    """Give the names of the sheets that can be read."""
    return tuple(tab.name for tab in tabs if tab.has_cells and not tab.is_summary)


def choose(tabs: Sequence[Tab], wanted: str | int | None, name: str) -> Choice:
    """Choose the wanted sheet, or the first visible one; a summary of ours only by its name.

    Of a report of ours, which may be a table that somebody has saved as a workbook, the one sheet that it has. Raises
    SourceError naming the sheets that there are.
    """
    others = [tab for tab in tabs if not tab.is_summary]
    if wanted is None:
        return _first(tabs, [tab for tab in others if tab.has_cells], name)
    if isinstance(wanted, str) and any(tab.name == wanted for tab in tabs):
        return Choice(wanted)
    if isinstance(wanted, str) and wanted.isdecimal() and len(wanted) < MOST_DIGITS:
        wanted = int(wanted)
    if isinstance(wanted, int) and 1 <= wanted <= len(others):
        return Choice(others[wanted - 1].name)
    refusal = _no_sheet([tab.name for tab in others], wanted, name)
    if len(others) == 1:
        why = f"The workbook is a report of leadsync, so its one sheet {_quoted(others[0].name)} was taken"
        told = f"{why}, though source: {{sheet: {_quoted(wanted)}}} is declared."
        return Choice(others[0].name, (told,), refusal if len(tabs) == 1 else None)
    raise refusal


def _first(tabs: Sequence[Tab], tables: Sequence[Tab], name: str) -> Choice:
    shown = [tab for tab in tables if tab.is_visible]
    if not tables:
        if any(tab.has_cells for tab in tabs):
            raise SourceError(f"{name} holds only the summary of a leadsync report; name the file with its rows.")
        raise SourceError(f"{name} holds no sheet with cells; save it anew in Excel.")
    title = (shown or tables)[0].name
    if len(tables) == 1:
        return Choice(title)
    if not shown:
        which = f"the first of {len(tables)}, which are all hidden"
    else:
        which = f"the first of {len(shown)}" if len(shown) > 1 else "the only one that is not hidden"
    told = [f"The sheet {_quoted(title)} was taken, {which}; declare it with source: {{sheet: {_quoted(title)}}}."]
    hidden = [_quoted(tab.name) for tab in tables if not tab.is_visible] if shown else []
    if hidden:
        names = ", ".join(hidden[:SHOWN]) + (f" and {len(hidden) - SHOWN} more" if len(hidden) > SHOWN else "")
        told.append(f"Hidden sheets were passed over: {names}.")
    return Choice(title, tuple(told))


def _no_sheet(names: Sequence[str], wanted: str | int, name: str) -> SourceError:
    there = ", ".join(map(repr, names))
    if isinstance(wanted, int):
        return SourceError(f"{name} has no sheet number {wanted}; it has {len(names)}, counted from 1: {there}.")
    folded = {title.casefold(): title for title in names}
    near = get_close_matches(wanted.casefold(), folded, n=1)
    guess = f" Did you mean {folded[near[0]]!r}?" if near else ""
    return SourceError(f"{name} has no sheet {wanted!r}; its sheets are {there}.{guess}")


def _quoted(title: str | int) -> str:
    """Write a title as YAML does in quotation marks, and a place as its number."""
    return visible(json.dumps(title, ensure_ascii=False))
