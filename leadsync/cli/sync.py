"""`leadsync sync`: the main job."""

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from leadsync.cli.options import Debug, Json, Limit, LogFormat, MappingFile, Quiet, Sheet, Sources


def sync(
    sources: Sources,
    mapping: MappingFile,
    *,
    sheet: Sheet = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Do everything but send.")] = False,
    full: Annotated[bool, typer.Option("--full", help="Send unchanged rows too; so far every run does.")] = False,
    limit: Limit = None,
    rate: Annotated[
        float | None, typer.Option(metavar="R", help="Requests per second at most, retries and look-ups included [10].")
    ] = None,
    concurrency: Annotated[int | None, typer.Option(metavar="N", help="Requests in flight at most [8].")] = None,
    tries: Annotated[int | None, typer.Option(metavar="N", help="Tries for one call at most [5].")] = None,
    timeout: Annotated[float | None, typer.Option(metavar="S", help="Seconds to wait for one answer [60].")] = None,
    state_dir: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where the journal and the reports are kept [.leadsync].")
    ] = None,
    report_dir: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where the report goes [STATE_DIR/runs/RUN].")
    ] = None,
    sandbox: Annotated[
        bool, typer.Option("--sandbox", help="Against an emulator of Keen on this machine: no key, no network.")
    ] = False,
    as_json: Json = False,
    quiet: Quiet = False,
    log_format: Annotated[LogFormat, typer.Option(help="How log lines look.")] = LogFormat.CONSOLE,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing.")] = False,
    debug: Debug = False,
) -> None:
    """Send the rows of a file, with an answer for each.

    Each row becomes one update_lead; what became of it stands in the report.
    """
    del full, yes  # part of the contract: so far every run sends all rows, and asks nothing
    from leadsync.cli.console import Display, headline, print_rehearsal, print_result
    from leadsync.cli.logs import configure_log
    from leadsync.cli.runner import run_watched
    from leadsync.cli.streams import output_may_fail
    from leadsync.report import summary_json
    from leadsync.settings import load_settings
    from leadsync.sync.job import Control, Job
    from leadsync.sync.prepare import prepare

    configure_log(log_format, debug=debug)
    talkative = not (quiet or as_json)
    settings = load_settings(rate=rate, concurrency=concurrency, tries=tries, timeout=timeout, state_dir=state_dir)
    asks_keen = not sandbox and (settings.has_key or not dry_run)
    job = Job(
        sources=tuple(sources),
        mapping=mapping,
        state_dir=settings.state_dir,
        client=settings.client_options() if asks_keen else None,
        report_dir=report_dir,
        sheet=sheet,
        dry_run=dry_run,
        limit=limit,
    )
    control = Control()
    with ExitStack() as stack:
        work = stack.enter_context(prepare(job))
        if sandbox:
            from leadsync.sync.rehearsal import rehearse  # the web server that it brings is for a trial only

            rehearsal = stack.enter_context(rehearse(work, settings))
            work, seeded = rehearsal.work, rehearsal.seeded
            if talkative:
                with output_may_fail():
                    print_rehearsal(rehearsal.url, seeded.leads, seeded.unknown, seeded.inaccessible)
        stack.enter_context(Display(control.tally, shown=talkative and log_format is LogFormat.CONSOLE))
        result = run_watched(work, control)
    with output_may_fail():
        if as_json:
            sys.stdout.write(summary_json(result.summary).decode())
        elif talkative:
            print_result(result)
        elif result.summary.exit_code:
            print(headline(result), file=sys.stderr)
    raise typer.Exit(result.summary.exit_code)
