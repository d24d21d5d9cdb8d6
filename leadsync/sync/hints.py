"""Where the mapping's columns are, when they are not where the mapping looks for them."""

import json
import shlex
from collections.abc import Iterable
from dataclasses import replace

from leadsync.errors import SourceError
from leadsync.loader import Source, open_source
from leadsync.mapping import Mapping
from leadsync.records import SourceOptions, fold_header
from leadsync.sync.job import SourceFile

_ROWS = 50
"""Rows below the header that are looked at."""
_DELIMITERS = {";": "semicolons", ",": "commas", "\t": "tabs", "|": "bars"}


def hint(file: SourceFile, source: Source, options: SourceOptions, mapping: Mapping) -> str:
    """Say in which row, or on which other sheet, the mapping's columns are; nothing where they are nowhere."""
    wanted = {fold_header(column.name) for field in mapping.fields for column in field.columns}
    wanted.add(fold_header(mapping.lead.column.name))
    if wanted <= _folded(source.headers):
        return ""  # none is missing: some cannot be told apart
    for delimiter, what in _DELIMITERS.items():
        if wanted <= {fold_header(part.strip('"')) for part in ",".join(source.headers).split(delimiter)}:
            return f"They are there, separated by {what}: leave `delimiter` (and a `sep=` line) out, or correct it."
    for chunk in source.chunks(0, _ROWS):
        for row, cells in enumerate(chunk.frame.itertuples(index=False, name=None)):
            if wanted <= _folded([*cells, *chunk.surplus.get(row, ())]):
                return f"Row {chunk.numbers[row]} holds them: declare `source: {{header_row: {chunk.numbers[row]}}}`."
        break
    # What came by a pipe or from an address is not there twice.
    for title in source.sheets if source.piped is None else ():
        if title != source.sheet and wanted <= _folded(_headers(file, replace(options, sheet=title))):
            quoted = json.dumps(title, ensure_ascii=False)
            say = f"--sheet {shlex.quote(title)}"
            return f"Sheet {title!r} holds them: say {say}, or declare `source: {{sheet: {quoted}}}`."
    return ""


def _folded(cells: Iterable[str]) -> set[str]:
    return {fold_header(cell) for cell in cells}


def _headers(file: SourceFile, options: SourceOptions) -> tuple[str, ...]:
    try:
        with open_source(file.name, options, at=file.at, was_piped=file.was_piped) as source:
            return source.headers
    except SourceError:
        return ()
