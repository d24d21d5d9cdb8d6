"""`leadsync report`: a run's report once more, or how the runs of some time went."""

from typing import Annotated

import typer

from leadsync.cli.options import Debug, Json, LogFormat, ReportDir, StateDir


def report(
    run: Annotated[str | None, typer.Argument(metavar="[RUN]", help="The run's id; without it, the last run.")] = None,
    *,
    since: Annotated[
        str | None, typer.Option(metavar="AGE", help="Tell how the runs since then went, such as 30d, 12w or 48h.")
    ] = None,
    formats: Annotated[
        list[str] | None,
        typer.Option("--format", metavar="FORMAT", help="Only csv, xlsx, html or json; may be repeated [all]."),
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
    from leadsync.cli.formats import ALL_FORMATS, chosen_formats
    from leadsync.cli.logs import configure_log
    from leadsync.cli.reports import chosen_rows, report_once_more, tell_trend
    from leadsync.errors import SettingsError
    from leadsync.settings import load_settings

    configure_log(LogFormat.CONSOLE, debug=debug)
    state = load_settings(state_dir=state_dir).state_dir
    wanted = chosen_formats(formats or ALL_FORMATS)
    selection = chosen_rows(statuses or (), codes or ())
    if since is None:
        report_once_more(state, run, wanted, selection, report_dir, as_json=as_json)
    elif run or selection:
        raise SettingsError("--since tells of all runs: it goes with neither a RUN nor --status nor --code.")
    else:
        tell_trend(state, since, wanted if formats else [], report_dir, as_json=as_json)
