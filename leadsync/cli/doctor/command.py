"""The command itself: which looks there are, and how their findings are told."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from leadsync.cli.options import Debug, Json


def doctor(
    *,
    state_dir: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where the journal and the reports are kept [.leadsync].")
    ] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Ask nothing of the network.")] = False,
    as_json: Json = False,
    debug: Debug = False,
) -> None:
    """Look for what would keep a run from its end.

    Without changing anything: settings, key, Keen's address, TLS and clock, state folder, disk, journal, and the
    mappings in mappings/. Keen is asked one thing, without the key. The exit code is 0 where nothing is an error, 1
    where something is, 2 where the settings cannot be read.
    """
    from dataclasses import asdict

    from leadsync.cli.doctor.findings import Finding, Level
    from leadsync.cli.doctor.looks import look_everywhere
    from leadsync.cli.doctor.settings import look_at_versions
    from leadsync.cli.logs import configure_log
    from leadsync.cli.options import LogFormat
    from leadsync.cli.streams import output_may_fail
    from leadsync.errors import SettingsError
    from leadsync.settings import load_settings

    configure_log(LogFormat.CONSOLE, debug=debug)
    try:
        settings = load_settings(state_dir=state_dir)
    except SettingsError as error:
        findings = [*look_at_versions(), *(Finding(Level.ERROR, line) for line in error.message.splitlines())]
        exit_code = 2
    else:
        findings = look_everywhere(settings, offline=offline)
        exit_code = int(any(finding.level is Level.ERROR for finding in findings))
    with output_may_fail():
        if as_json:
            told = {"findings": [asdict(finding) for finding in findings], "exit_code": exit_code}
            json.dump(told, sys.stdout, indent=2)
            print()
        else:
            for finding in findings:
                print(f"{finding.level}: {finding.message}{' ' * bool(finding.remedy)}{finding.remedy}")
    raise typer.Exit(exit_code)
