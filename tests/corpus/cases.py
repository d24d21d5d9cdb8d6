"""What a case of the corpus is: a small file, what it is about, and what must come of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from leadsync.codes import Code
from leadsync.records import JsonValue, Level, SourceOptions

Maker: TypeAlias = Callable[[Path], Path]
"""Writes a file into a folder and gives its path."""

Table: TypeAlias = Sequence[Sequence[str]]
"""A header, and the rows below it."""


def grid(*lines: str) -> list[list[str]]:
    """Write a table down as one reads it: `grid("Name|Phone", "Bo|12")`."""
    return [line.split("|") for line in lines]


@dataclass(frozen=True, slots=True)
class Rows:
    """The source is read: these are its header and all of its rows, and nothing else is told of them."""

    table: Table
    numbers: Sequence[int] | None = None
    """The row number of each; None where they count from 2."""
    typed: str = ""
    """The cells that are numbers, dates or booleans of a workbook: `B2 C3`."""
    issues: Mapping[int, Code] = field(default_factory=dict)
    """By row number."""
    faults: Mapping[str, Code] = field(default_factory=dict)
    """By cell."""
    left_out: Mapping[int, Code] = field(default_factory=dict)
    """By row number."""
    hidden: frozenset[int] = frozenset()
    """The row numbers."""
    sheet: str | None = None
    """The label of the sheet, where the case is about it."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The source is refused, by a sentence with these parts; one that ends with a point is the whole of it."""

    parts: tuple[str, ...]

    def __init__(self, *parts: str) -> None:
        object.__setattr__(self, "parts", parts)


@dataclass(frozen=True, slots=True)
class Refusable:
    """The source is either read or refused: what counts is that it ends soon, with little memory and a sentence."""


@dataclass(frozen=True, slots=True)
class Translated:
    """The source is read and translated: the values of each target by row.

    None where it is left alone, and where nothing of the row is sent.
    """

    values: Mapping[str, Sequence[JsonValue]]
    issues: Mapping[int, Code | tuple[Code, ...]] = field(default_factory=dict)
    """By row number."""
    skipped: Mapping[int, Code] = field(default_factory=dict)
    """By row number."""
    cell: str = ""
    """The cell that the only issue names."""


@dataclass(frozen=True, slots=True)
class Found:
    """One finding about a column."""

    code: Code
    header: str
    count: int
    level: Level
    first: str = ""
    """The first cell, where the case is about it."""


@dataclass(frozen=True, slots=True)
class Inspected:
    """The source is looked at for damage: these are all the findings, and nothing else is found."""

    findings: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """`leadsync check` ends with this exit code, and what it prints has these parts, white space aside."""

    exit_code: int
    parts: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    """What it does not print."""


Expectation: TypeAlias = Rows | Refused | Refusable | Translated | Inspected | Checked


@dataclass(frozen=True, slots=True)
class Case:
    """One file of the corpus."""

    name: str
    about: str
    """What the file has in it, in one sentence."""
    make: Maker
    expect: Expectation
    options: SourceOptions = field(default_factory=SourceOptions)
    mapping: str = ""
    """The YAML that it is translated by, where it is; its `source` goes before the options."""
    arguments: tuple[str, ...] = ()
    """Of the command line, for `Checked`."""
