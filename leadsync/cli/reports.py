"""Reports that somebody asks for: of a run, once more, and of the runs of some time."""

from collections.abc import Sequence
from pathlib import Path

import orjson

from leadsync.cli.age import age_of
from leadsync.cli.console import console, say
from leadsync.cli.formats import formats_of, known_words
from leadsync.cli.streams import output_may_fail
from leadsync.cli.trend import print_trend
from leadsync.cli.wording import in_state
from leadsync.codes import Code
from leadsync.errors import SettingsError
from leadsync.files import printable, private_bytes, private_folder
from leadsync.records import Status, Trend
from leadsync.report.formats import Format
from leadsync.sync.reporting import Selection, report_again
from leadsync.sync.resume import LAST
from leadsync.sync.trend import trend_of


def chosen_rows(statuses: Sequence[str], codes: Sequence[str]) -> Selection:
    """Read statuses and codes; raises SettingsError."""
    return Selection(known_words(Status, "status of a row", statuses), known_words(Code, "code of a row", codes))


def report_once_more(
    state: Path, run: str | None, formats: Sequence[Format], selection: Selection, folder: Path | None, *, as_json: bool
) -> None:
    """Write the report of a run again, and print which files that made; raises SettingsError, StateError."""
    told = report_again(state, run or LAST, formats_of(formats), selection, folder, in_state(state))
    files = [printable(told.folder / name) for name in told.files]
    with output_may_fail():
        if as_json:
            content = {"run_id": told.summary.run_id, "rows": told.summary.rows_read, "files": files}
            print(orjson.dumps(content, option=orjson.OPT_INDENT_2).decode())
            return
        out = console()
        say(out, f"Run {told.summary.run_id}: {told.headline}")
        for note in told.summary.workbook_notes:
            if note != told.headline:
                say(out, f"Note: {note}")
        for file in files:
            say(out, f"Written: {file}")


def tell_trend(state: Path, since: str, formats: Sequence[Format], folder: Path | None, *, as_json: bool) -> None:
    """Print how the runs of some time went, and write the page of it where that is asked for.

    Raises SettingsError, StateError.
    """
    if {*formats} - {Format.HTML, Format.JSON}:
        raise SettingsError("--since knows the formats html and json.")
    trend = trend_of(state, age_of(since, "--since"))
    page = _write_page(folder or state, trend) if Format.HTML in formats else None
    as_json = as_json or (Format.JSON in formats)
    with output_may_fail():
        print_trend(trend, as_json=as_json)
        if page and not as_json:
            print(f"Written: {printable(page)}")


def _write_page(folder: Path, trend: Trend) -> Path:
    from leadsync.report.page import trend_page  # jinja2 and its templates take a while to load

    path = folder / "trend.html"
    try:
        private_folder(folder)
        with private_bytes(path) as file:
            file.write(trend_page(trend))
    except OSError as error:
        raise SettingsError(
            f"{printable(path)} cannot be written ({error.strerror}): name another folder with --report-dir."
        ) from error
    return path
