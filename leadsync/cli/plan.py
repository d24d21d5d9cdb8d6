"""`leadsync plan`: look first; what would change in which lead, and nothing is sent."""

import typer

from leadsync.cli.options import (
    Concurrency,
    Debug,
    Encoding,
    Json,
    Limit,
    LogFormat,
    LogFormatOption,
    MappingFile,
    Patience,
    Quiet,
    Rate,
    ReportDir,
    ReportFormats,
    Sheet,
    Sources,
    StateDir,
    Timeout,
    Tries,
    Yes,
)


def plan(
    sources: Sources,
    *,
    mapping: MappingFile = None,
    sheet: Sheet = None,
    encoding: Encoding = None,
    limit: Limit = None,
    rate: Rate = None,
    concurrency: Concurrency = None,
    tries: Tries = None,
    timeout: Timeout = None,
    patience: Patience = None,
    state_dir: StateDir = None,
    report_dir: ReportDir = None,
    report_formats: ReportFormats = None,
    as_json: Json = False,
    quiet: Quiet = False,
    log_format: LogFormatOption = LogFormat.CONSOLE,
    yes: Yes = False,
    debug: Debug = False,
) -> None:
    """Tell what a file would change in Keen; nothing is sent.

    Each lead is read, at the pace, and compared. The plan is written as a table for people, and as a file that
    `leadsync apply` carries out.
    """
    from leadsync.cli.inputs import inputs_of
    from leadsync.cli.logs import configure_log
    from leadsync.cli.plans import print_plan
    from leadsync.cli.running import Manner, job_of, watched
    from leadsync.cli.streams import output_may_fail
    from leadsync.settings import load_settings
    from leadsync.sync.planning import plan as make_plan
    from leadsync.sync.prepare import prepare
    from leadsync.sync.source_feed import SourceFeed

    configure_log(log_format, debug=debug)
    settings = load_settings(
        rate=rate,
        concurrency=concurrency,
        tries=tries,
        timeout=timeout,
        patience=patience,
        state_dir=state_dir,
        report_formats=report_formats,
    )
    inputs = inputs_of(sources, mapping, sheet=sheet, encoding=encoding, limit=limit, quiet=quiet or as_json)
    manner = Manner(as_json, quiet, log_format)
    job = job_of(settings, report_dir, agreed=yes)
    with prepare(inputs) as work:
        feed = SourceFeed(work)
        result = watched(lambda control: make_plan(feed, job, control), manner, verb="Comparing")
    with output_may_fail():
        print_plan(result, as_json=as_json, quiet=quiet)
    raise typer.Exit(result.run.summary.exit_code)
