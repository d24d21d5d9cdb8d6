"""A mapping held against a source that may have changed since it was written."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from leadsync.errors import MappingError, SettingsError
from leadsync.files import printable, private_bytes
from leadsync.loader import open_source
from leadsync.mapping import load_mapping, parse_mapping
from leadsync.mapping.suggest import Definition, suggest
from leadsync.mapping.upkeep import Upkeep, upkeep
from leadsync.sync.hints import hint
from leadsync.sync.job import SourceFile
from leadsync.sync.suggesting import look_at


@dataclass(frozen=True, slots=True)
class LookedAfter:
    """What a mapping needs for a source."""

    source: str
    """As the user named it; an address without its secrets."""
    columns: int
    found: Upkeep
    elsewhere: str
    """Where all the mapping's columns are, where they are not where it looks for them: a sentence; else empty."""


def look_after(
    path: Path,
    name: str,
    sheet: str | None = None,
    encoding: str | None = None,
    definitions: Sequence[Definition] = (),
) -> LookedAfter:
    """Hold a mapping against a source, which is read as the mapping declares, or as `sheet` and `encoding` say.

    `definitions` are the property definitions of the mapping's channel. Raises MappingError where the mapping itself
    cannot be used, and SourceError where the source cannot be read.
    """
    load_mapping(path)  # raises for what is no file
    content = _content(path)
    mapping = parse_mapping(path, content)
    options = replace(
        mapping.source,
        sheet=mapping.source.sheet if sheet is None else sheet,
        encoding=mapping.source.encoding if encoding is None else encoding,
    )
    looked = look_at(name, options, is_header_known=True)
    found = upkeep(mapping, content, suggest(looked.columns, definitions), looked.positions)
    elsewhere = ""
    if found.missing and not (name == "-" or "://" in name):  # what can be read once only
        with open_source(name, options) as source:
            elsewhere = hint(SourceFile(name), source, options, mapping)
    if elsewhere:
        found = replace(found, new=(), text=None, diff="")
    return LookedAfter(looked.name, len(looked.columns), found, elsewhere)


def write_changed(path: Path, text: str) -> None:
    """Put the changed text in the place of a mapping's, whose mode is kept; raises SettingsError."""
    at = path.resolve()  # a link stays one
    try:
        mode = at.stat().st_mode & 0o7777
        with private_bytes(at) as file:
            file.write(text.encode())
            os.fchmod(file.fileno(), mode)
    except OSError as error:
        raise SettingsError(
            f"{printable(path)} cannot be written ({error.strerror}). Check the permissions of its folder."
        ) from None


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise MappingError(
            f"{printable(path)}: the file cannot be read ({error.strerror}). Check its path and permissions."
        ) from None
