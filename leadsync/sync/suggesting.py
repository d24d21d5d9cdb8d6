"""A mapping proposed for a source: the source is looked at, its columns are weighed, and the result is tried."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from leadsync.counting import count
from leadsync.errors import MappingError, SettingsError, SourceError
from leadsync.files import printable, private_text
from leadsync.loader import Source, open_source
from leadsync.mapping import Evidence, bind, parse_mapping, schema_text, translate
from leadsync.mapping.suggest import Column, Found
from leadsync.mapping.suggest.headers import read_headers
from leadsync.mapping.suggest.written import SCHEMA
from leadsync.records import Chunk, JsonValue, SourceOptions, Update, column_letters
from leadsync.sync.decide import updates

MOST_ROWS = 10_000
"""Rows that are looked at; a mapping needs no more."""

_HEADER_ROWS = 15
"""Rows among which a header is looked for, where the first is none."""
_NO_HEADER = "has no header in row"
_KNOWN = 0.85
_FEW = 2
"""A row with so few headers that are known may not be the header."""


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


def look_at(name: str, options: SourceOptions, *, is_header_known: bool = False) -> Looked:
    """Read the first rows of a source, its header looked for where nobody knows which row it is.

    `options` say what is declared. Raises SourceError where the source cannot be read.
    """
    options, why = (options, "") if is_header_known else _with_header(name, options)
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


def _columns(source: Source, chunks: Sequence[Chunk]) -> list[Column]:
    places = source.layout.positions or range(len(source.headers))
    columns = []
    for position, header in enumerate(source.headers):
        values: list[str] = []
        typed: set[int] = set()
        for chunk in chunks:
            typed.update(len(values) + row for row in chunk.typed.get(position, ()) if row not in chunk.left_out)
            cells = chunk.column(position)
            # A row that is none of the table's tells nothing of its columns.
            values += ["" if row in chunk.left_out else cell for row, cell in enumerate(cells)]
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


def _with_header(name: str, options: SourceOptions) -> tuple[SourceOptions, str]:
    """Find the row of the header: the first, or one below it that says far more."""
    if name == "-" or "://" in name:
        return options, ""  # what can be read once only
    known = dict(_known_headers(name, options))
    if not known:
        return options, ""  # whoever opens it is told why
    first = min(known)
    best = max(known, key=lambda row: (known[row], -row))
    if known.get(1, -1) > _FEW or (first == best == 1):
        return options, ""
    if known[best] <= max(_FEW, 2 * known[first]):
        best = first
    why = f"{count(known[best], 'name')} of columns that are known" if known[best] else "the first text"
    return replace(options, header_row=best), f"Row {best} holds {why}." if best > 1 else ""


def _known_headers(name: str, options: SourceOptions) -> Iterator[tuple[int, int]]:
    """Give for each of the first rows that may be the header how many of its cells are known headers."""
    for row in range(1, _HEADER_ROWS + 1):
        try:
            with open_source(name, replace(options, header_row=row)) as source:
                known = _known(source.headers)
                yield row, known
                if known > _FEW or source.layout.is_report:
                    return
                if source.sheets:
                    # A sheet's cells are there already; the cells of a CSV file depend on which row is its header.
                    yield from _known_in_rows(source, row)
                    return
        except SourceError as error:
            if _NO_HEADER not in error.message:
                return


def _known_in_rows(source: Source, above: int) -> Iterator[tuple[int, int]]:
    for chunk in source.chunks(0, _HEADER_ROWS - above + 1):
        rows = list(chunk.frame.itertuples(index=False, name=None))
        for row, cells in enumerate(rows):
            yield chunk.numbers[row], _known([*cells, *chunk.surplus.get(row, ())])
        return


def _known(cells: Sequence[str]) -> int:
    """Count the different cells that are headers which are known."""
    texts = list(dict.fromkeys(cell for cell in cells if cell.strip()))
    return sum(bool(matches) and matches[0].score >= _KNOWN for matches in read_headers(texts).matches)


def first_updates(looked: Looked, path: Path, text: str, most: int) -> list[Update]:
    """Translate the first rows by a mapping, and give the first updates that would be sent; sends nothing.

    Properties that go by name are known by their names. Raises MappingError and SourceError where the mapping cannot
    be used.
    """
    bound = bind(parse_mapping(path, text.encode()), _headers(looked), looked.name, looked.positions)
    evidence = Evidence(bound)
    for chunk in looked.chunks:
        evidence.look(chunk)
    bound = evidence.decide()
    ids = {name: name for name in (field.target.name for field in bound.mapping.properties)}
    found: list[Update] = []
    for chunk in looked.chunks:
        for update in updates(translate(bound, chunk), ids):
            found.append(update)
            if len(found) == most:
                return found
    return found


def first_bodies(looked: Looked, path: Path, text: str, most: int) -> list[dict[str, JsonValue]]:
    """Give the first finished bodies of `update_lead`, of which nothing is sent."""
    return [
        {
            "action": "update_lead",
            "lead_id": update.lead,
            **update.fields,
            **({"properties": [_pair(*pair) for pair in update.properties]} if update.properties else {}),
        }
        for update in first_updates(looked, path, text, most)
    ]


def _pair(name: str, value: JsonValue) -> dict[str, JsonValue]:
    return {"property_definitions_id": name, "value": value}


def is_usable(looked: Looked, path: Path, text: str) -> bool:
    """Tell whether a run could begin with a mapping as it was proposed."""
    try:
        first_updates(looked, path, text, 1)
    except (MappingError, SourceError):
        return False
    return True


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


def _headers(looked: Looked) -> list[str]:
    return [column.header for column in looked.columns]
