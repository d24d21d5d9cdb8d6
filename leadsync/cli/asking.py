"""Questions to whoever sits at the terminal."""

import select
import sys

from leadsync.cli.console import Display
from leadsync.sync.job import Control

_LOOK = 0.2
"""Seconds between two looks whether the run was stopped meanwhile."""


def agrees(display: Display, control: Control, question: str) -> bool:
    """Ask whether to go on; whatever is not a yes is a no, a signal too."""
    with display.paused():
        print(f"{question}\nGo on all the same? [y/N] ", end="", file=sys.stderr, flush=True)
        # A thread that waits for a line would hold up the end of a run that was interrupted.
        while not control.reason:
            if select.select([sys.stdin], [], [], _LOOK)[0]:
                return sys.stdin.readline().strip().casefold() in {"y", "yes"}
        return False


def confirmed(question: str) -> bool:
    """Ask whoever sits there, between two runs; whatever is not a yes is a no."""
    print(f"{question} [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().casefold() in {"y", "yes"}
