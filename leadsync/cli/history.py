"""`leadsync history`: every value that was written to a lead."""

from typing import Annotated

import typer

from leadsync.cli.options import Debug, Json, LogFormat, StateDir


def history(
    lead_id: Annotated[str, typer.Argument(metavar="LEAD_ID", help="The lead's UUID.")],
    *,
    state_dir: StateDir = None,
    as_json: Json = False,
    debug: Debug = False,
) -> None:
    """Tell every value that was written to a lead.

    When, by which run, and from which file and row.
    """
    from leadsync.cli.logs import configure_log
    from leadsync.cli.past import print_history
    from leadsync.cli.streams import output_may_fail
    from leadsync.settings import load_settings
    from leadsync.sync.past import history_of

    configure_log(LogFormat.CONSOLE, debug=debug)
    found = history_of(load_settings(state_dir=state_dir).state_dir, lead_id)
    with output_may_fail():
        print_history(found, as_json=as_json)
