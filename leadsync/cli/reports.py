"""Reports that somebody asks for: of a run, once more, and of the runs of some time."""

from collections.abc import Sequence
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import orjson

from leadsync.cli.age import age_of
from leadsync.cli.console import console, say
from leadsync.cli.formats import formats_of
from leadsync.cli.streams import output_may_fail
from leadsync.cli.trend import print_trend
from leadsync.codes import Code
from leadsync.errors import SettingsError
from leadsync.files import printable, private_bytes, private_folder
from leadsync.records import Status, Trend
from leadsync.report.formats import Format
from leadsync.sync.reporting import Selection, report_again
from leadsync.sync.resume import LAST
from leadsync.sync.trend import trend_of

Word = TypeVar("Word", bound=StrEnum)


def chosen_formats(names: Sequence[str] | None) -> list[Format]:
    """Read the names of formats, all of them where none is given; raises SettingsError."""
    return _known(Format, "format of a report", names) or [*Format]


def chosen_rows(statuses: Sequence[str] | None, codes: Sequence[str] | None) -> Selection:
    """Read statuses and codes; raises SettingsError."""
    return Selection(_known(Status, "status of a row", statuses), _known(Code, "code of a row", codes))


def report_once_more(
    state: Path, run: str | None, formats: Sequence[Format], selection: Selection, folder: Path | None, *, as_json: bool
) -> None:
    """Write the report of a run again, and print which files that made; raises SettingsError, StateError."""
    told = report_again(state, run or LAST, formats_of(formats), selection, folder)
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


def _known(kind: type[Word], what: str, words: Sequence[str] | None) -> list[Word]:
    """Read words; raises SettingsError with the nearest right one."""
    right = [str(word) for word in kind]
    for word in words or ():
        if word not in right:
            near = get_close_matches(word, right, n=1, cutoff=0.5)
            hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(right)}."
            raise SettingsError(f"{printable(word)} is no {what}. {hint}")
    return [kind(word) for word in words or ()]
