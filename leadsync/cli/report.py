"""`leadsync report`: a run's report once more, or how the runs of some time went."""

from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from leadsync.cli.options import Debug, Json, LogFormat, ReportDir, StateDir
from leadsync.codes import Code
from leadsync.errors import SettingsError
from leadsync.files import printable
from leadsync.records import Status
from leadsync.report.formats import Format

Word = TypeVar("Word", Status, Code)


def report(
    run: Annotated[str | None, typer.Argument(metavar="[RUN]", help="The run's id; without it, the last run.")] = None,
    *,
    since: Annotated[
        str | None, typer.Option(metavar="AGE", help="Tell how the runs since then went, such as 30d, 12w or 48h.")
    ] = None,
    formats: Annotated[
        list[Format] | None, typer.Option("--format", help="Only this; may be repeated [all].", case_sensitive=False)
    ] = None,
    statuses: Annotated[
        list[str] | None, typer.Option("--status", metavar="STATUS", help="Only rows with this; may be repeated.")
    ] = None,
    codes: Annotated[
        list[str] | None, typer.Option("--code", metavar="CODE", help="Only rows with this; may be repeated.")
    ] = None,
    state_dir: StateDir = None,
    report_dir: ReportDir = None,
    as_json: Json = False,
    debug: Debug = False,
) -> None:
    """Write the report of a run once more, whole or some of its rows; or tell how the runs of some time went.

    A whole report goes where that of the run went, one of some rows into the folder `selected` there. With --since
    the trend is printed; --format html writes it as a page.
    """
    from leadsync.cli.logs import configure_log
    from leadsync.settings import load_settings

    configure_log(LogFormat.CONSOLE, debug=debug)
    state = load_settings(state_dir=state_dir).state_dir
    if since is None:
        wanted = (_known(Status, statuses), _known(Code, codes))
        _again(state, run, [*(formats or Format)], wanted, report_dir, as_json=as_json)
        return
    if run or statuses or codes:
        raise SettingsError("--since tells of all runs: it goes with neither a RUN nor --status nor --code.")
    if set(formats or ()) - {Format.HTML, Format.JSON}:
        raise SettingsError("--since knows the formats html and json.")
    _trend(state, since, report_dir, wants_page=Format.HTML in (formats or ()), as_json=as_json)


def _again(
    state: Path,
    run: str | None,
    formats: list[Format],
    selection: tuple[list[Status], list[Code]],
    folder: Path | None,
    *,
    as_json: bool,
) -> None:
    import orjson

    from leadsync.cli.console import console, say
    from leadsync.cli.formats import formats_of
    from leadsync.cli.streams import output_may_fail
    from leadsync.report.verdict import verdict
    from leadsync.sync.reporting import Selection, report_again
    from leadsync.sync.resume import LAST

    told = report_again(state, run or LAST, formats_of(formats), Selection(*selection), folder)
    files = [printable(told.folder / name) for name in told.files]
    with output_may_fail():
        if as_json:
            content = {"run_id": told.summary.run_id, "rows": told.summary.rows_read, "files": files}
            print(orjson.dumps(content, option=orjson.OPT_INDENT_2).decode())
            return
        out = console()
        say(out, f"Run {told.summary.run_id}: {verdict(told.summary)}")
        for note in told.summary.workbook_notes:
            say(out, f"Note: {note}")
        for file in files:
            say(out, f"Written: {file}")


def _trend(state: Path, since: str, folder: Path | None, *, wants_page: bool, as_json: bool) -> None:
    from leadsync.cli.age import age_of
    from leadsync.cli.streams import output_may_fail
    from leadsync.cli.trend import print_trend
    from leadsync.sync.trend import trend_of

    trend = trend_of(state, age_of(since, "--since"))
    if wants_page:
        from leadsync.files import private_bytes, private_folder
        from leadsync.report.page import trend_page

        path = (folder or state) / "trend.html"
        try:
            private_folder(path.parent)
            with private_bytes(path) as file:
                file.write(trend_page(trend))
        except OSError as error:
            raise SettingsError(
                f"{path} cannot be written ({error.strerror}): name another with --report-dir."
            ) from error
    with output_may_fail():
        print_trend(trend, as_json=as_json)
        if wants_page and not as_json:
            print(f"Written: {path}")


def _known(kind: type[Word], words: list[str] | None) -> list[Word]:
    """Read the words that stand in reports; raises SettingsError with the nearest right one."""
    right = [str(word) for word in kind]
    for word in words or ():
        if word not in right:
            near = get_close_matches(word, right, n=1, cutoff=0.5)
            hint = f" Did you mean {near[0]}?" if near else f" There are: {', '.join(right)}."
            raise SettingsError(f"{printable(word)} is no {kind.__name__.lower()} of a row.{hint}")
    return [kind(word) for word in words or ()]
