"""`leadsync apply`: carry out a plan."""

from pathlib import Path
from typing import Annotated

import typer

from leadsync.cli.options import (
    Canary,
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


def apply(
    plan: Annotated[Path, typer.Argument(metavar="PLAN", help="The file that `leadsync plan` wrote, or its folder.")],
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Read the leads again, tell what would still be sent, and send nothing.")
    ] = False,
    canary: Canary = 0,
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
    """Send what a plan says, and no more.

    Each lead is read again just before; values that were changed in Keen since the plan was made are left alone. What
    each lead held before is kept, so that `leadsync undo` can put it back.
    """
    from leadsync.cli.logs import configure_log
    from leadsync.cli.notify import Told, telling
    from leadsync.cli.plans import print_plan
    from leadsync.cli.running import Manner, job_of, run_feed, watched
    from leadsync.cli.streams import output_may_fail
    from leadsync.settings import load_settings
    from leadsync.sync.plan_feed import PlanFeed
    from leadsync.sync.planning import plan as make_plan
    from leadsync.sync.planning import plan_in

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
    manner = Manner(as_json, quiet, log_format)
    with telling(settings, "apply", Told(str(plan), report_dir, is_trial=dry_run)) as told:
        feed = PlanFeed(plan_in(plan))
        job = job_of(settings, report_dir, agreed=yes, keeps_before=True, canary=canary)
        feed.must_be_for(job)
        if dry_run:
            result = watched(lambda control: make_plan(feed, job, control, keeps_plan=False), manner, verb="Comparing")
            with output_may_fail():
                print_plan(result, as_json=as_json, quiet=quiet)
            raise typer.Exit(result.run.summary.exit_code)
        told.summary = run_feed(feed, job, manner)
        raise typer.Exit(told.summary.exit_code)
