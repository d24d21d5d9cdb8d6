"""A mapping proposed for a source: the source is looked at, its columns are weighed, and the result is tried."""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from leadsync.counting import count
from leadsync.errors import MappingError, SettingsError, SourceError
from leadsync.files import printable, private_text
from leadsync.loader import Source, open_source
from leadsync.mapping import BoundMapping, Evidence, bind, parse_mapping, schema_text, translate
from leadsync.mapping.suggest import Column, Definition, Found
from leadsync.mapping.suggest.written import SCHEMA
from leadsync.records import Chunk, Issue, JsonValue, SourceOptions, Update, column_letters
from leadsync.sync.decide import updates
from leadsync.sync.header_row import with_header

MOST_ROWS = 10_000
"""Rows that are looked at; a mapping needs no more."""

_LINES = 3
"""Lines that show how a source reads in an encoding."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A source as far as a mapping is concerned."""

    name: str
    options: SourceOptions
    columns: Sequence[Column]
    rows: int
    """That were looked at."""
    is_whole: bool
    """There are no others."""
    declared: dict[str, Found]
    """What the mapping says of how the source is written, and why."""
    chunks: Sequence[Chunk]
    positions: Sequence[int] | None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the channel that holds the leads."""

    definitions: Sequence[Definition] = ()
    found: Found | None = None
    """The channel, and why it is this one."""
    others: Sequence[str] = ()
    """The channels that there are, where none of them was chosen."""


def look_at(name: str, options: SourceOptions, *, is_header_known: bool = False) -> Looked:
    """Read the first rows of a source, its header looked for where nobody knows which row it is.

    `options` say what is declared. Raises SourceError where the source cannot be read.
    """
    options, why = (options, "") if is_header_known else with_header(name, options)
    with open_source(name, options) as source:
        chunks: list[Chunk] = []
        rows = 0
        is_whole = True
        for chunk in source.chunks(0):
            is_whole = rows < MOST_ROWS
            if not is_whole:
                break
            chunks.append(chunk.head(MOST_ROWS - rows))
            rows += len(chunks[-1])
        return Looked(
            source.name,
            options,
            _columns(source, chunks),
            rows,
            is_whole,
            _declared(source, options, why),
            chunks,
            source.layout.positions,
        )


def read_otherwise(
    name: str, options: SourceOptions, encodings: Sequence[str], *, is_header_known: bool = False
) -> dict[str, Looked]:
    """Look at a source in each of the encodings that it may have; those in which it cannot be read are left out."""
    found: dict[str, Looked] = {}
    for encoding in encodings:
        with contextlib.suppress(SourceError):
            looked = look_at(name, replace(options, encoding=encoding), is_header_known=is_header_known)
            declared = {**looked.declared, "encoding": Found(encoding, "Chosen by a person, by how lines read in it.")}
            found[encoding] = replace(looked, declared=declared)
    return found


def lines_beyond_ascii(looked: Looked) -> list[str]:
    """Give the first lines, the header among them, that are not ASCII, by those of their cells that are not."""
    rows = zip(*([column.header, *column.values] for column in looked.columns), strict=True)
    lines = (", ".join(cell.strip() for cell in row if not cell.isascii()) for row in rows)
    return list(islice(filter(None, lines), _LINES))


def _columns(source: Source, chunks: Sequence[Chunk]) -> list[Column]:
    places = source.layout.positions or range(len(source.headers))
    columns = []
    for position, header in enumerate(source.headers):
        values: list[str] = []
        typed: set[int] = set()
        for chunk in chunks:
            typed.update(len(values) + row for row in chunk.typed.get(position, ()) if row not in chunk.left_out)
            cells = chunk.column(position)
            for row in chunk.left_out:
                cells[row] = ""  # a row that is none of the table's tells nothing of its columns
            values += cells
        columns.append(Column(position, column_letters(places[position]), header, values, frozenset(typed)))
    return columns


def _declared(source: Source, options: SourceOptions, why_header: str) -> dict[str, Found]:
    found = {}
    if source.sheets and (len(source.sheets) > 1 or options.sheet is not None):
        others = "" if len(source.sheets) == 1 else f", one of {len(source.sheets)}"
        found["sheet"] = Found(source.sheet, f"The sheet that was read{others}.")
    if options.header_row > 1:
        found["header_row"] = Found(str(options.header_row), why_header or "As it was declared.")
    if source.written:
        encoding, delimiter = source.written["encoding"], source.written["delimiter"]
        told = "As it was declared." if options.encoding else "The whole file can be read so."
        found["encoding"] = Found(encoding, told)
        found["delimiter"] = Found(delimiter, "As it was declared." if options.delimiter else "Found by evidence.")
    return found


def first_bodies(looked: Looked, path: Path, text: str, most: int) -> list[dict[str, JsonValue] | str]:
    """Translate the first rows by a mapping, and give the first finished bodies of `update_lead`; sends nothing.

    Properties that go by name stand by their names. Where there is no such body, a sentence says why. Raises
    MappingError and SourceError where the mapping cannot be used.
    """
    bound = _bound(looked, path, text)
    ids = {name: name for name in (field.target.name for field in bound.mapping.properties)}
    found: list[dict[str, JsonValue] | str] = []
    issue: Issue | None = None
    for chunk in looked.chunks:
        translation = translate(bound, chunk)
        found += [_body(update) for update in islice(updates(translation, ids), most - len(found))]
        issues = [*(each for row in translation.issues.values() for each in row), *translation.skipped.values()]
        issue = issue or next(iter(issues), None)
        if len(found) == most:
            break
    if found or not looked.rows:
        return found
    why = f" The first of them: {issue.message}" if issue else ""
    return [f"Nothing is sent of {count(looked.rows, 'row')}.{why}"]


def _bound(looked: Looked, path: Path, text: str) -> BoundMapping:
    headers = [column.header for column in looked.columns]
    evidence = Evidence(bind(parse_mapping(path, text.encode()), headers, looked.name, looked.positions))
    for chunk in looked.chunks:
        evidence.look(chunk)
    return evidence.decide()


def _body(update: Update) -> dict[str, JsonValue]:
    pairs: list[JsonValue] = [{"property_definitions_id": name, "value": value} for name, value in update.properties]
    more: dict[str, JsonValue] = {"properties": pairs} if pairs else {}
    return {"action": "update_lead", "lead_id": update.lead, **update.fields, **more}


def trouble_with(looked: Looked, path: Path, text: str) -> str:
    """Say why no run could begin with a mapping as it was proposed; empty where one could."""
    try:
        _bound(looked, path, text)
    except (MappingError, SourceError) as error:
        # Nobody has the mapping's lines before them.
        told = [f"{fault.sentence} {fault.help}".rstrip() for fault in error.faults] or [error.message]
        return " ".join(f"{line[0].upper()}{line[1:]}" for line in told)
    return ""


def write_mapping(path: Path, text: str) -> None:
    """Write a mapping, and beside it the JSON Schema that its first line names; raises SettingsError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with private_text(path) as file:
            file.write(text)
        with private_text(path.with_name(SCHEMA)) as file:
            file.write(schema_text())
    except OSError as error:
        raise SettingsError(
            f"{printable(path)} cannot be written ({error.strerror}). Name another file with -o, or mend the folder."
        ) from None
