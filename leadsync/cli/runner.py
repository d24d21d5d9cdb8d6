"""Runs a job in an event loop, with Ctrl-C and SIGTERM as its stops."""

import asyncio
import contextlib
import signal
import sys
from collections.abc import Iterator

from leadsync.codes import Code
from leadsync.errors import StopRunError
from leadsync.sync.job import Control, RunResult
from leadsync.sync.prepare import Work
from leadsync.sync.run import sync

_REASONS = {
    signal.SIGINT: ("The run was interrupted (Ctrl-C).", Code.INTERRUPTED),
    signal.SIGTERM: ("The run was terminated (SIGTERM).", Code.TERMINATED),
}


def run_watched(work: Work, control: Control) -> RunResult:
    """Run a job that is prepared; the first signal finishes what is in flight, a second one waits no longer."""

    async def run() -> RunResult:
        with _signals(control):
            return await sync(work, control)

    return asyncio.run(run())


def _stop(control: Control, reason: StopRunError) -> None:
    """Stop a run, and say what it still waits for."""
    if control.reason is None:
        with contextlib.suppress(OSError):
            print("\nStopping: what is on its way is finished first. Ctrl-C again waits no longer.", file=sys.stderr)
    control.stop(reason)


@contextlib.contextmanager
def _signals(control: Control) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    for number, (message, code) in _REASONS.items():
        loop.add_signal_handler(number, _stop, control, StopRunError(message, code))
    try:
        yield
    finally:
        for number in _REASONS:
            loop.remove_signal_handler(number)
