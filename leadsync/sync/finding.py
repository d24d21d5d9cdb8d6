"""The mapping of a source, where nobody names it: the one in `mappings/` whose columns are all there."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from leadsync.counting import count
from leadsync.errors import MappingError, SettingsError, SourceError
from leadsync.files import printable
from leadsync.loader import open_source
from leadsync.mapping import Mapping, bind, load_mapping
from leadsync.sync.job import SourceFile

FOLDER = Path("mappings")
"""Where mappings are looked for, below the folder in which leadsync was started."""

_SHOWN = 10


def find_mapping(sources: Sequence[SourceFile], sheet: str | None, encoding: str | None) -> Path:
    """Give the only mapping in `mappings/` whose columns are in every source.

    Raises SettingsError, naming what there is, where none fits or several do, or a source can be read only once.
    """
    for source in sources:
        if source.name == "-" or "://" in source.name:
            what = "Standard input" if source.name == "-" else "An address"
            raise SettingsError(f"{what} is read only once: name its mapping with --mapping FILE.")
    fitting: list[Path] = []
    others: list[str] = []
    for path in mappings_in(FOLDER):
        try:
            mapping = load_mapping(path)
        except MappingError as error:
            others.append(f"{printable(path)} has {count(len(error.message.splitlines()), 'mistake')}.")
            continue
        why = _why_not(mapping, sources, sheet, encoding)
        if why:
            others.append(f"{printable(path)} does not fit: {why}")
        else:
            fitting.append(path)
    if len(fitting) == 1:
        return fitting[0]
    raise SettingsError(_told(fitting, others, printable(sources[0].name)))


def mappings_in(folder: Path) -> list[Path]:
    """Give the YAML files of a folder, by name; none where there is no such folder."""
    return sorted(path for path in folder.glob("*") if path.suffix in (".yaml", ".yml") and path.is_file())


def _why_not(mapping: Mapping, sources: Sequence[SourceFile], sheet: str | None, encoding: str | None) -> str:
    """Say why a mapping is not the one of the sources; empty where it is."""
    options = replace(
        mapping.source,
        sheet=mapping.source.sheet if sheet is None else sheet,
        encoding=mapping.source.encoding if encoding is None else encoding,
    )
    for source in sources:
        try:
            with open_source(source.name, options, at=source.at) as opened:
                bind(mapping, opened.headers, opened.name, opened.layout.positions)
        except SourceError as error:
            lacks = error.message.count("there is no column")
            return f"{printable(source.name)} lacks {count(lacks, 'of its columns', 'of its columns')}." if lacks else (
                error.message.splitlines()[0]
            )  # fmt: skip
    return ""


def _told(fitting: Sequence[Path], others: Sequence[str], source: str) -> str:
    if fitting:
        names = " and ".join(map(printable, fitting[:_SHOWN]))
        return f"{len(fitting)} mappings fit the columns of {source}: {names}. Say which with --mapping."
    if not others:
        return (
            f"There is no mapping in {FOLDER}/: name one with --mapping FILE, or let one be proposed: "
            f"leadsync map {source} -o {FOLDER}/NAME.yaml"
        )
    listed = "\n".join(f"  {line}" for line in others[:_SHOWN])
    return (
        f"No mapping in {FOLDER}/ fits {source}: name one with --mapping FILE, or let one be proposed: "
        f"leadsync map {source} -o {FOLDER}/NAME.yaml\n{listed}"
    )
