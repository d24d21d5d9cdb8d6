"""The report folder: `results.csv`, `retry.csv`, `summary.json`."""

from collections.abc import Callable, Iterable, Sequence
from itertools import compress
from pathlib import Path

from leadsync.errors import SettingsError, StateError
from leadsync.files import private_folder, private_text
from leadsync.records import Answered
from leadsync.report.table import Table, is_to_retry

_UTF8_MARK = "\ufeff"
"""Without it Excel reads UTF-8 as the machine's own encoding."""


FILES = ("results.csv", "retry.csv", "summary.json")


def check_folder(folder: Path, sources: Iterable[Path]) -> None:
    """Make the report folder and write into it, so that a run does not find out at its end that it cannot.

    Raises SettingsError, also where the report would take the place of one of the run's own sources.
    """
    try:
        for source in sources:
            if any((folder / name).exists() and (folder / name).samefile(source) for name in FILES):
                raise SettingsError(
                    f"The report would overwrite its own source {source}: name another folder with --report-dir."
                )
        private_folder(folder)
        (folder / "summary.json").unlink(missing_ok=True)  # of an earlier run: it must not pass for this one's
        with private_text(folder / "results.csv.probe"):
            pass
        (folder / "results.csv.probe").unlink()
    except OSError as error:
        raise SettingsError(
            f"The report folder {folder} cannot be written ({error.strerror}): name another with --report-dir."
        ) from error


def write_report(
    folder: Path,
    headers: Sequence[Sequence[str]],
    answered: Iterable[Answered],
    summary: Callable[[], bytes],
    *,
    has_forms: bool = False,
) -> None:
    """Write the report of a run; the files are 0600 and appear when they are whole.

    `headers` are those of the sheets that were read, `answered` their rows in order; `summary` gives the
    content of `summary.json`, once all rows are written; `has_forms` as in `Table`.
    Raises StateError where the folder cannot be written.
    """
    table = Table(headers, has_forms=has_forms)
    try:
        private_folder(folder)
        with (
            private_text(folder / "results.csv") as results_file,
            private_text(folder / "retry.csv") as retry_file,
        ):
            for file in (results_file, retry_file):
                file.write(f"{_UTF8_MARK}{table.head_line()}\r\n")
            for chunk in answered:
                lines = table.lines(chunk)
                results_file.write("\r\n".join([*lines, ""]))
                to_retry = compress(lines, map(is_to_retry, chunk.outcomes))
                retry_file.write("\r\n".join([*to_retry, ""]))
        with private_text(folder / "summary.json") as file:
            file.write(summary().decode())
    except OSError as error:
        raise StateError(f"The report folder {folder} cannot be written ({error.strerror}).") from error
