"""Columns found by name: a mapping bound to the headers of one source."""

from collections import abc
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from unicodedata import unidata_version

import orjson
import phonenumbers

from leadsync.errors import Fault, SourceError
from leadsync.mapping.lines import without_secrets
from leadsync.mapping.spec import ColumnName, Field, Mapping
from leadsync.mapping.words import listed, suggestion
from leadsync.quoting import NAME, quote
from leadsync.records import column_letters, fold_header
from leadsync.version import __version__

_PROGRAM = (__version__, phonenumbers.__version__, unidata_version)
"""What decides besides the mapping what becomes of a text: our own code, the rules of phones, and those of letters."""
_SHOWN = 30
"""Headers that a message lists; a file may have a million."""


@dataclass(frozen=True, slots=True)
class BoundField:
    """A field, and the positions of its columns, from 0."""

    field: Field
    positions: tuple[int, ...]
    label: str
    """What a message about a cell begins with: the header, or the target of a template."""


@dataclass(frozen=True, slots=True)
class BoundMapping:
    """A mapping whose columns are known by position."""

    mapping: Mapping
    headers: tuple[str, ...]
    lead: int
    """The position of the lead's column, from 0."""
    fields: tuple[BoundField, ...]
    watched: abc.Mapping[int, frozenset[str]]
    """By position: what each column that is used holds, in the words `lead`, `id`, `phone`, `email`, `date`, `number`
    and `text`."""

    @property
    def used(self) -> tuple[int, ...]:
        """Give the positions of the columns that are used, each once: the lead's, then in the order of the mapping."""
        return tuple(dict.fromkeys([self.lead, *(place for field in self.fields for place in field.positions)]))

    @property
    def likeness(self) -> str:
        """Give a text that is the same where the cells of `used` decide alone how a row is translated; 64 digits.

        It stands for the mapping file, the way in which it reads numbers with marks that nobody declares, which of its
        names are one column, and what of the program decides. Where the columns stand in the file, and in which case
        their headers are written, is not in it: neither changes a value.
        """
        places = {position: place for place, position in enumerate(self.used)}
        columns = [[places[position] for position in field.positions] for field in self.fields]
        conventions = [field.field.convention for field in self.fields]
        return sha256(orjson.dumps([_PROGRAM, self.mapping.sha256, columns, conventions])).hexdigest()


def bind(mapping: Mapping, headers: Sequence[str], where: str, positions: Sequence[int] | None = None) -> BoundMapping:
    """Find the mapping's columns among the headers of a source, which `where` names in messages.

    A name fits the header that is written exactly so; else the only one that is equal but for case and spaces.
    `positions` are the columns' places in the file where they are not 0, 1, 2, … (they are shown as letters).
    Raises SourceError, with a line for each column that is missing or ambiguous.
    """
    wanted = {mapping.lead.column.name: mapping.lead.column}
    for field in mapping.fields:
        for column in field.columns:
            wanted.setdefault(column.name, column)
    fitting = {name: _fitting(name, headers) for name in wanted}
    missing = [_missing(wanted[name], headers) for name, found in fitting.items() if not found]
    letters = [column_letters(position) for position in (positions or range(len(headers)))]
    ambiguous = [
        _ambiguous(wanted[name], [(headers[position], letters[position]) for position in found])
        for name, found in fitting.items()
        if len(found) > 1
    ]
    if missing or ambiguous:
        told = [_introduction(missing, where), *map(str, missing), *_known(missing, headers), *map(str, ambiguous)]
        raise SourceError("\n".join(told), [*missing, *ambiguous])
    at = {name: found[0] for name, found in fitting.items()}
    lead = at[mapping.lead.column.name]
    fields = tuple(_bound(field, at, headers) for field in mapping.fields)
    return BoundMapping(mapping, tuple(headers), lead, fields, _watched(mapping, lead, fields))


def _watched(mapping: Mapping, lead: int, fields: Sequence[BoundField]) -> dict[int, frozenset[str]]:
    watched = {lead: frozenset({"lead", "id"} if mapping.lead.is_legacy else {"lead"})}
    for field in fields:
        for position in field.positions:
            watched[position] = watched.get(position, frozenset()) | field.field.roles
    return watched


def _bound(field: Field, at: dict[str, int], headers: Sequence[str]) -> BoundField:
    positions = tuple(at[column.name] for column in field.columns)
    label = headers[positions[0]] if len(positions) == 1 and field.template is None else field.target.name
    return BoundField(field, positions, label)


def _fitting(name: str, headers: Sequence[str]) -> list[int]:
    exact = [position for position, header in enumerate(headers) if header == name]
    folded = fold_header(name)
    return exact or [position for position, header in enumerate(headers) if fold_header(header) == folded]


def _introduction(missing: Sequence[Fault], where: str) -> str:
    if not missing:
        return f"{where}: the mapping's columns cannot be told apart."
    return f"{where}: the mapping names columns that are not there."


def _missing(column: ColumnName, headers: Sequence[str]) -> Fault:
    hint = suggestion(column.name, [header for header in headers if header.strip()])
    return Fault(
        column.spot, without_secrets(f"there is no column {quote(column.name, NAME)}.", column.spot), hint.strip()
    )


def _known(missing: Sequence[Fault], headers: Sequence[str]) -> list[str]:
    if not missing:
        return []
    shown = [header for header in headers if header.strip()]
    there = f"The columns there are {listed(shown, 'and', _SHOWN)}." if shown else "There are no column names there."
    return [f"{there} Correct the mapping, or say with source.header_row which row holds the names."]


def _ambiguous(column: ColumnName, found: Sequence[tuple[str, str]]) -> Fault:
    where = " and ".join(f"{letter} ({quote(header, NAME)})" for header, letter in found)
    name = quote(column.name, NAME)
    return Fault(column.spot, f"{name} fits several columns: {where}.", "Give them different names in the source.")
