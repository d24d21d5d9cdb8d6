"""What a command reads: the sources, and their mapping, found where nobody names it."""

import sys
from collections.abc import Sequence
from pathlib import Path

from leadsync.files import printable
from leadsync.sync.finding import find_mapping
from leadsync.sync.job import Inputs, SourceFile


def inputs_of(
    sources: Sequence[str],
    mapping: Path | None,
    *,
    sheet: str | None,
    encoding: str | None,
    limit: int | None,
    quiet: bool,
) -> Inputs:
    """Give what is read; a mapping that was found is told on standard error, unless all is to be `quiet`.

    Raises SettingsError where no mapping fits, or several do.
    """
    files = [SourceFile(name) for name in sources]
    if mapping is None:
        mapping = find_mapping(files, sheet, encoding)
        if not quiet:
            print(f"Mapping: {printable(mapping)}, the only one whose columns are all there.", file=sys.stderr)
    return Inputs(files, mapping, sheet=sheet, encoding=encoding, limit=limit)
