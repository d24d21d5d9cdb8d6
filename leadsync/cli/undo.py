"""`leadsync undo`: put back what a run wrote over."""

import sys
from typing import Annotated

import typer

from leadsync.cli.options import (
    Concurrency,
    Debug,
    Json,
    LogFormat,
    LogFormatOption,
    Notify,
    NotifyDetails,
    NotifyOn,
    Patience,
    Quiet,
    Rate,
    ReportDir,
    ReportFormats,
    StateDir,
    Timeout,
    Tries,
    Yes,
)


def undo(
    run: Annotated[str, typer.Argument(metavar="RUN", help="The run's id (`leadsync runs` lists them), or last.")],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be put back, and send nothing.")] = False,
    rate: Rate = None,
    concurrency: Concurrency = None,
    tries: Tries = None,
    timeout: Timeout = None,
    patience: Patience = None,
    state_dir: StateDir = None,
    report_dir: ReportDir = None,
    report_formats: ReportFormats = None,
    notify: Notify = None,
    notify_on: NotifyOn = None,
    notify_details: NotifyDetails = False,
    as_json: Json = False,
    quiet: Quiet = False,
    log_format: LogFormatOption = LogFormat.CONSOLE,
    yes: Yes = False,
    debug: Debug = False,
) -> None:
    """Put back what the leads held before a run.

    That is done where they still hold what the run wrote. It reads the leads and shows what it would do, and
    asks; without a terminal it needs --yes. An undo is a run, and can be undone.
    """
    from dataclasses import replace

    from leadsync.cli.asking import confirmed
    from leadsync.cli.logs import configure_log
    from leadsync.cli.notify import Told, notifying
    from leadsync.cli.plans import print_plan
    from leadsync.cli.running import Manner, job_of, run_feed, watched
    from leadsync.cli.streams import can_be_asked, output_may_fail
    from leadsync.cli.wording import in_state
    from leadsync.settings import load_settings
    from leadsync.sync.plan_feed import PlanFeed
    from leadsync.sync.planning import plan as make_plan
    from leadsync.sync.undo import begin_undo, must_be_of, run_to_undo

    configure_log(log_format, debug=debug)
    settings = load_settings(
        rate=rate,
        concurrency=concurrency,
        tries=tries,
        timeout=timeout,
        patience=patience,
        state_dir=state_dir,
        report_formats=report_formats,
        notify=notify or None,
        notify_on=notify_on,
        notify_details=notify_details or None,
    )
    manner = Manner(as_json, quiet, log_format)
    with notifying(settings, "undo", Told(f"the run {run}", report_dir, is_trial=dry_run)) as told:
        job = job_of(settings, report_dir, agreed=yes, keeps_before=True)
        where = in_state(settings.state_dir)
        record = run_to_undo(settings.state_dir, run)
        must_be_of(record, job)
        with begin_undo(record, job) as (path, job):
            feed = PlanFeed(path, f"undo of {record.id}")
            unnamed = replace(job, run_id="", report_dir=report_dir if dry_run else None)
            result = watched(
                lambda control: make_plan(feed, unnamed, control, keeps_plan=False), manner, verb="Comparing"
            )
            goes_on = result.run.is_whole and bool(result.tally.changing) and not dry_run
            can_ask = manner.is_talkative and can_be_asked()
            refusal = f"Nobody agreed, so nothing was sent: say leadsync undo {record.id}{where} --yes if it is meant."
            if goes_on and not (yes or can_ask):
                summary = replace(result.run.summary, exit_code=3, stopped_because=refusal)
                result = replace(result, run=replace(result.run, summary=summary))
            # What is sent is told when it is done, and quietly only why it is not.
            if not (goes_on and ((as_json and yes) or (quiet and not as_json))):
                with output_may_fail():
                    print_plan(result, as_json=as_json, quiet=quiet)
            if not goes_on:
                told.summary = result.run.summary
                raise typer.Exit(result.run.summary.exit_code)
            if not (yes or (can_ask and confirmed("Put these values back?"))):
                print(refusal, file=sys.stderr)
                raise typer.Exit(3)
            told.summary = run_feed(PlanFeed(path, f"undo of {record.id}"), job, manner)
            raise typer.Exit(told.summary.exit_code)
