"""`leadsync sync`: the main job."""

from typing import Annotated

import typer

from leadsync.cli.options import (
    Canary,
    Concurrency,
    Debug,
    Encoding,
    Full,
    Json,
    KeepBefore,
    Limit,
    LogFormat,
    LogFormatOption,
    MappingFile,
    MaxFailures,
    MetricsFile,
    Notify,
    NotifyDetails,
    NotifyOn,
    Patience,
    Ping,
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


def sync(
    sources: Sources,
    *,
    mapping: MappingFile = None,
    sheet: Sheet = None,
    encoding: Encoding = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Do everything but send.")] = False,
    full: Full = False,
    keep_before: KeepBefore = False,
    canary: Canary = 0,
    limit: Limit = None,
    rate: Rate = None,
    concurrency: Concurrency = None,
    tries: Tries = None,
    timeout: Timeout = None,
    patience: Patience = None,
    max_failures: MaxFailures = None,
    state_dir: StateDir = None,
    report_dir: ReportDir = None,
    report_formats: ReportFormats = None,
    sandbox: Annotated[
        bool, typer.Option("--sandbox", help="Against an emulator of Keen on this machine: no key, no network.")
    ] = False,
    metrics_file: MetricsFile = None,
    ping: Ping = None,
    notify: Notify = None,
    notify_on: NotifyOn = None,
    notify_details: NotifyDetails = False,
    as_json: Json = False,
    quiet: Quiet = False,
    log_format: LogFormatOption = LogFormat.CONSOLE,
    yes: Yes = False,
    debug: Debug = False,
) -> None:
    """Send the rows of a file that changed, with an answer for each.

    Unchanged are those that Keen acknowledged last as they are. Each other row becomes one update_lead; what
    became of it stands in the report.
    """
    from leadsync.cli.inputs import inputs_of
    from leadsync.cli.logs import configure_log
    from leadsync.cli.notify import Told, telling
    from leadsync.cli.running import Manner, job_of, run_and_tell
    from leadsync.settings import load_settings
    from leadsync.sync.prepare import prepare

    configure_log(log_format, debug=debug)
    settings = load_settings(
        rate=rate,
        concurrency=concurrency,
        tries=tries,
        timeout=timeout,
        patience=patience,
        max_failures=max_failures,
        state_dir=state_dir,
        report_formats=report_formats,
        metrics_file=metrics_file,
        ping=ping,
        notify=notify or None,
        notify_on=notify_on,
        notify_details=notify_details or None,
    )
    told = Told(str(mapping or sources[0]), report_dir, is_trial=dry_run or sandbox)
    with telling(settings, "sync", told):
        inputs = inputs_of(sources, mapping, sheet=sheet, encoding=encoding, limit=limit, quiet=quiet or as_json)
        told.about = str(inputs.mapping)
        job = job_of(
            settings,
            report_dir,
            dry_run=dry_run,
            rehearsal=sandbox,
            agreed=yes,
            full=full,
            keeps_before=keep_before,
            canary=canary,
        )
        with prepare(inputs) as work:
            told.summary = run_and_tell(work, job, settings, Manner(as_json, quiet, log_format))
        raise typer.Exit(told.summary.exit_code)
