"""`leadsync explain CODE`: what a code means and what to do about it."""

from difflib import get_close_matches
from typing import Annotated

import typer

from leadsync.codes import CATALOGUE, STATUSES, Code
from leadsync.errors import SettingsError


def explain(
    code: Annotated[
        str | None, typer.Argument(help="A code or a status of a report; without one, all codes are listed.")
    ] = None,
) -> None:
    """Say what a code means, and what to do."""
    if code is None:
        width = max(len(known) for known in Code)
        for known, entry in CATALOGUE.items():
            print(f"{known:<{width}}  {entry.meaning}")
        return
    if status := STATUSES.get(code.strip().lower()):
        print(f"{code.strip().lower()} (a status)\n  Meaning: {status}")
        return
    try:
        entry = CATALOGUE[Code(code.strip().lower())]
    except ValueError:
        near = get_close_matches(code.lower(), [*Code, *STATUSES], n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise SettingsError(f'There is no code "{code}".{hint} `leadsync explain` lists them all.') from None
    print(f"{code.strip().lower()}\n  Meaning: {entry.meaning}\n  To do:   {entry.remedy}")
