"""What a program asks for: the options of `leadsync sync`, by the same names."""

import os
from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass, field, fields
from pathlib import Path
from typing import Any, TypeAlias

from pydantic import SecretStr

from leadsync.errors import SettingsError
from leadsync.files import printable
from leadsync.library.arguments import require_types
from leadsync.library.results import Progress
from leadsync.mapping import Mapping
from leadsync.report.formats import Format, Formats
from leadsync.report.page import page
from leadsync.report.workbook import ResultsWorkbook
from leadsync.settings import Settings, load_settings
from leadsync.sync.job import Inputs, Job, SourceFile
from leadsync.sync.order import job_of

FilePath: TypeAlias = str | os.PathLike[str]
Key: TypeAlias = str | SecretStr | None
Names: TypeAlias = str | Sequence[str] | None


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be sent, by which mapping, and how."""

    source: FilePath | Sequence[FilePath]
    """A CSV file or workbook, or several of the same form; an address such as `s3://…` will do."""
    mapping: FilePath | Mapping
    """The mapping's file, or what `load_mapping` gave."""
    _: KW_ONLY
    sheet: str | int | None = None
    encoding: str | None = None
    limit: int | None = None
    dry_run: bool = False
    full: bool = False
    keep_before: bool = False
    canary: int = 0
    sandbox: bool = False
    yes: bool = False
    api_key: Key = field(default=None, repr=False)
    base_url: str | None = None
    rate: float | None = None
    concurrency: int | None = None
    tries: int | None = None
    timeout: float | None = None
    patience: float | None = None
    max_failures: int | str | None = None
    state_dir: FilePath | None = None
    report_dir: FilePath | None = None
    report_formats: Names = None
    metrics_file: FilePath | None = None
    on_progress: Callable[[Progress], None] | None = None

    def __post_init__(self) -> None:
        require_types(Order, {each.name: getattr(self, each.name) for each in fields(self)})

    def inputs(self) -> Inputs:
        """Give what is read; raises SettingsError."""
        return inputs_of(self.source, self.mapping, self.sheet, self.encoding, self.limit)

    def settings(self) -> Settings:
        """Read the settings: what is given here, then the environment, then `.env`; raises SettingsError."""
        return settings_of(
            self.api_key,
            base_url=self.base_url,
            rate=self.rate,
            concurrency=self.concurrency,
            tries=self.tries,
            timeout=self.timeout,
            patience=self.patience,
            max_failures=None if self.max_failures is None else str(self.max_failures),
            state_dir=self.state_dir,
            report_formats=listed(self.report_formats),
            metrics_file=self.metrics_file,
        )

    def job(self, settings: Settings) -> Job:
        """Give how the run is done; raises SettingsError where there is no usable key or address."""
        if self.canary < 0:
            raise SettingsError("canary must be at least 0.")
        return job_of(
            settings,
            None if self.report_dir is None else Path(self.report_dir),
            formats=formats_of(settings.report_formats),
            # Whoever goes on with the run may stand in another folder than the program.
            in_state=f" --state-dir {printable(settings.state_dir.absolute())}",
            dry_run=self.dry_run,
            rehearsal=self.sandbox,
            agreed=self.yes,
            full=self.full,
            keeps_before=self.keep_before,
            canary=self.canary,
        )


def inputs_of(
    source: FilePath | Sequence[FilePath],
    mapping: FilePath | Mapping,
    sheet: str | int | None,
    encoding: str | None,
    limit: int | None,
) -> Inputs:
    """Give what is read; raises SettingsError where that is nothing."""
    sources = [source] if isinstance(source, (str, os.PathLike)) else source
    if not sources:
        raise SettingsError("There is no source: name a file.")
    if limit is not None and limit < 1:
        raise SettingsError("limit must be at least 1.")
    return Inputs(
        [SourceFile(os.fspath(each)) for each in sources],
        mapping.path if isinstance(mapping, Mapping) else Path(mapping),
        sheet=None if sheet is None else str(sheet),
        encoding=encoding,
        limit=limit,
    )


def settings_of(api_key: Key, **given: Any) -> Settings:
    """Read the settings; a key that is given goes before one of the environment. Raises SettingsError."""
    settings = load_settings(**given)
    if api_key is None:
        return settings
    key = SecretStr(api_key) if isinstance(api_key, str) else api_key
    return settings.model_copy(update={"api_key": key, "api_key_file": None})


def listed(names: Names) -> str | None:
    """Give names as one text, with commas between."""
    return names if names is None or isinstance(names, str) else ",".join(names)


def formats_of(names: str) -> Formats:
    """Give the files of a report by the names of their formats; raises SettingsError."""
    words = [word.strip().casefold() for word in names.split(",")]
    for word in words:
        if word not in list(Format):
            right = ", ".join(Format)
            raise SettingsError(f"{printable(word) or 'Nothing'} is no format of a report. There are: {right}.")
    return Formats(
        csv=Format.CSV in words,
        workbook=ResultsWorkbook if Format.XLSX in words else None,
        page=page if Format.HTML in words else None,
    )
