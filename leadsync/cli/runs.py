"""`leadsync runs`: what was done; `runs show` tells of one run in full, `runs prune` forgets old ones."""

from typing import Annotated

import typer

from leadsync.cli.options import Debug, Json, LogFormat, StateDir

runs = typer.Typer(rich_markup_mode=None, add_completion=False)


@runs.callback(invoke_without_command=True)
def _list(context: typer.Context, *, state_dir: StateDir = None, as_json: Json = False, debug: Debug = False) -> None:
    """List the runs, and tell how they ended.

    When, from what, by whom, and which can be resumed.
    """
    if context.invoked_subcommand:
        return
    from leadsync.cli.logs import configure_log
    from leadsync.cli.past import print_runs
    from leadsync.cli.streams import output_may_fail
    from leadsync.settings import load_settings
    from leadsync.sync.resume import all_runs

    configure_log(LogFormat.CONSOLE, debug=debug)
    known = all_runs(load_settings(state_dir=state_dir).state_dir)
    with output_may_fail():
        print_runs(known, as_json=as_json)


@runs.command("show")
def _show(
    run: Annotated[str, typer.Argument(metavar="RUN", help="The run's id, or last.")],
    *,
    state_dir: StateDir = None,
    as_json: Json = False,
    debug: Debug = False,
) -> None:
    """Tell all that is known of a run: by whom, from what, how it ended, what became of its rows."""
    from leadsync.cli.logs import configure_log
    from leadsync.cli.past import print_run
    from leadsync.cli.streams import output_may_fail
    from leadsync.settings import load_settings
    from leadsync.sync.past import told_of

    configure_log(LogFormat.CONSOLE, debug=debug)
    folder = load_settings(state_dir=state_dir).state_dir
    found, examples = told_of(folder, run)
    with output_may_fail():
        print_run(found, examples, folder, as_json=as_json)


@runs.command("prune")
def _prune(
    older_than: Annotated[str, typer.Option(metavar="AGE", help="Such as 90d, 12w or 48h, since the run began.")],
    *,
    state_dir: StateDir = None,
    debug: Debug = False,
) -> None:
    """Forget old runs: their rows in the journal, and their reports in the state folder."""
    from leadsync.cli.age import age_of
    from leadsync.cli.logs import configure_log
    from leadsync.cli.wording import count
    from leadsync.settings import load_settings
    from leadsync.sync.prune import prune

    configure_log(LogFormat.CONSOLE, debug=debug)
    gone = prune(load_settings(state_dir=state_dir).state_dir, age_of(older_than, "--older-than"))
    print(
        f"{count(len(gone), 'run')} forgotten. The last good run stays, and so do reports outside of the state folder."
    )
