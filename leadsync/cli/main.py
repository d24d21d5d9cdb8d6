"""The entry point: which commands there are, and how an error becomes a sentence and an exit code."""

import contextlib
import sys
import traceback
from collections.abc import Callable

import typer

from leadsync import __version__
from leadsync.cli.apply import apply
from leadsync.cli.channels import channels
from leadsync.cli.check import check
from leadsync.cli.doctor import doctor
from leadsync.cli.explain import explain
from leadsync.cli.history import history
from leadsync.cli.map.group import map_app
from leadsync.cli.plan import plan
from leadsync.cli.report import report
from leadsync.cli.resume import resume
from leadsync.cli.runs import runs
from leadsync.cli.sandbox import sandbox
from leadsync.cli.streams import settle_streams
from leadsync.cli.sync import sync
from leadsync.cli.undo import undo
from leadsync.errors import LeadsyncError, SetupError

app = typer.Typer(
    name="leadsync",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,  # they print local variables, keys included
    context_settings={"help_option_names": ["-h", "--help"]},
)

_COMMANDS: tuple[Callable[..., None], ...] = (
    sync,
    check,
    plan,
    apply,
    undo,
    resume,
    report,
    history,
    channels,
    explain,
    doctor,
    sandbox,
)
for _command in _COMMANDS:
    app.command(_command.__name__)(_command)
app.add_typer(runs, name="runs")
app.add_typer(map_app, name="map")


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"leadsync {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(False, "--version", help="Print the version.", callback=_print_version, is_eager=True),
) -> None:
    """Send a CRM export (CSV or Excel) to KeenPartner, with an answer for every row."""


def main() -> None:
    """Run the command line; the process ends with an exit code of DESIGN section 6."""
    debug = "--debug" in sys.argv
    settle_streams()
    try:
        # typer itself ends with 2 for a wrong command line, and with 130 for Ctrl-C outside of a run.
        app(prog_name="leadsync")
    except LeadsyncError as error:
        if debug:
            traceback.print_exc()
        _say_error(error)
        sys.exit(error.exit_code)
    except Exception as error:  # noqa: BLE001 - the last resort: no fault of ours reaches a user as a traceback
        if debug:
            traceback.print_exc()
        _say(
            f"leadsync has a fault ({type(error).__name__}) and stopped. What was answered before is in the journal. "
            "Run again with --debug to see where, and tell the makers."
        )
        sys.exit(3)


def _say_error(error: LeadsyncError) -> None:
    if not isinstance(error, SetupError) or not error.faults:
        _say(error.message)
        return
    from leadsync.cli.faults import print_faults  # rich takes a while, and is seldom needed here

    with contextlib.suppress(OSError):
        print_faults(error)


def _say(message: str) -> None:
    with contextlib.suppress(OSError):
        print(message, file=sys.stderr)
