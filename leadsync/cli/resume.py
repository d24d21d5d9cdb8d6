"""`leadsync resume`: go on with a run that did not end."""

from typing import Annotated

import typer

from leadsync.cli.options import (
    Concurrency,
    Debug,
    Json,
    LogFormat,
    LogFormatOption,
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
    StateDir,
    Timeout,
    Tries,
    Yes,
)


def resume(
    run: Annotated[str | None, typer.Argument(metavar="[RUN]", help="The run's id; without it, the last run.")] = None,
    *,
    accept_changes: Annotated[
        bool,
        typer.Option(
            "--accept-changes",
            help="Go on although source or mapping were changed: a new run takes over the answers of rows that are "
            "still the same, and sends the others.",
        ),
    ] = False,
    rate: Rate = None,
    concurrency: Concurrency = None,
    tries: Tries = None,
    timeout: Timeout = None,
    patience: Patience = None,
    max_failures: MaxFailures = None,
    state_dir: StateDir = None,
    report_dir: ReportDir = None,
    report_formats: ReportFormats = None,
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
    """Go on where a run ended: interrupted, stopped, or killed.

    Rows that have their final answer are not sent again; those that are not_sent, failed or unknown are.
    """
    from leadsync.cli.logs import configure_log
    from leadsync.cli.notify import Told, telling
    from leadsync.cli.running import Manner, job_of, run_and_tell, run_feed
    from leadsync.settings import load_settings
    from leadsync.sync.begin import tidy
    from leadsync.sync.prepare import prepare
    from leadsync.sync.resume import find_run, head_of, inputs_of, past_of, past_of_plan

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
    with telling(settings, "resume", Told(run or "the last run", report_dir)) as told:
        tidy(settings.state_dir)
        record = find_run(settings.state_dir, run)
        head = head_of(record)
        told.is_trial = head.rehearsal
        job = job_of(
            settings,
            report_dir,
            rehearsal=head.rehearsal,
            agreed=yes,
            full=head.full,
            keeps_before=head.keeps_before,
            canary=head.canary,
        )
        manner = Manner(as_json, quiet, log_format)
        if head.carries_out_a_plan:
            feed, past = past_of_plan(record, job)
            told.summary = run_feed(feed, job, manner, past)
        else:
            with prepare(inputs_of(head, settings.state_dir)) as work:
                _, key_print = job.company or ("", "")
                past = past_of(record, work, settings.base_url, accept_changes=accept_changes, key_print=key_print)
                told.summary = run_and_tell(work, job, settings, manner, past)
        raise typer.Exit(told.summary.exit_code)
