"""Whether the mappings that lie in mappings/ can be read."""

from collections.abc import Iterable
from pathlib import Path

from leadsync.cli.doctor.findings import Finding, Level
from leadsync.errors import MappingError
from leadsync.files import printable
from leadsync.mapping import load_mapping
from leadsync.settings import Settings

_FOLDER = Path("mappings")


def look_at_mappings(_: Settings) -> Iterable[Finding]:
    """Read each mapping of the folder; a fault of one is a finding."""
    if not _FOLDER.is_dir():
        return
    for path in sorted(path for path in _FOLDER.iterdir() if path.suffix.lower() in {".yaml", ".yml"}):
        try:
            load_mapping(path)
        except MappingError as error:
            yield from (Finding(Level.ERROR, line) for line in error.message.splitlines())
        else:
            yield Finding(Level.OK, f"The mapping {printable(path)} can be read.")
