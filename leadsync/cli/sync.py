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
    Patience,
    Ping,
    Quiet,
    Rate,
    ReportDir,
    Sheet,
    Sources,
    StateDir,
    Timeout,
    Tries,
    Yes,
)


def sync(
    sources: Sources,
    mapping: MappingFile,
    *,
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
    sandbox: Annotated[
        bool, typer.Option("--sandbox", help="Against an emulator of Keen on this machine: no key, no network.")
    ] = False,
    metrics_file: MetricsFile = None,
    ping: Ping = None,
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
    from leadsync.cli.logs import configure_log
    from leadsync.cli.ping import pinging
    from leadsync.cli.running import Manner, job_of, run_and_tell
    from leadsync.cli.wording import in_numbers
    from leadsync.settings import load_settings
    from leadsync.sync.job import Inputs, SourceFile
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
        metrics_file=metrics_file,
        ping=ping,
    )
    inputs = Inputs([SourceFile(name) for name in sources], mapping, sheet=sheet, encoding=encoding, limit=limit)
    with pinging(None if dry_run or sandbox else settings.ping_url) as tell:
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
            summary = run_and_tell(work, job, settings, Manner(as_json, quiet, log_format))
        tell(in_numbers(summary))
        raise typer.Exit(summary.exit_code)
