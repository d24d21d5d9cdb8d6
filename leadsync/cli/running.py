"""What all commands that start a run have in common: it is watched, stopped by signals, and told of when it ended."""

import asyncio
import contextlib
import signal
import sys
from collections.abc import Callable, Coroutine, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import structlog

from leadsync.cli.asking import agrees
from leadsync.cli.console import Display, headline, print_rehearsal, print_result
from leadsync.cli.formats import chosen_formats, formats_of
from leadsync.cli.memory import spare_the_collector
from leadsync.cli.options import LogFormat
from leadsync.cli.streams import can_be_asked, output_may_fail
from leadsync.cli.wording import in_state
from leadsync.codes import Code
from leadsync.errors import StopRunError
from leadsync.records import Summary
from leadsync.report import summary_json
from leadsync.settings import Settings
from leadsync.sync.feed import Feed
from leadsync.sync.job import Control, Job, RunResult
from leadsync.sync.order import job_of as ordered
from leadsync.sync.prepare import Work
from leadsync.sync.resume import Past
from leadsync.sync.run import run
from leadsync.sync.source_feed import SourceFeed

Result = TypeVar("Result")

_log = structlog.get_logger("leadsync.cli")

_REASONS = {
    signal.SIGINT: ("The run was interrupted (Ctrl-C).", Code.INTERRUPTED),
    signal.SIGTERM: ("The run was terminated (SIGTERM).", Code.TERMINATED),
}


@dataclass(frozen=True, slots=True)
class Manner:
    """How a run tells of itself."""

    as_json: bool = False
    quiet: bool = False
    log_format: LogFormat = LogFormat.CONSOLE

    @property
    def is_talkative(self) -> bool:
        """Tell whether a person is spoken to."""
        return not (self.quiet or self.as_json)


def job_of(settings: Settings, report_dir: Path | None, **more: Any) -> Job:
    """Put together how a run is to be done; raises SettingsError where there is no usable key or address."""
    formats = formats_of(chosen_formats([settings.report_formats]))
    return ordered(settings, report_dir, formats=formats, in_state=in_state(settings.state_dir), **more)


def run_and_tell(work: Work, job: Job, settings: Settings, manner: Manner, past: Past | None = None) -> Summary:
    """Do a run of sources, against an embedded sandbox if it is a rehearsal, and print how it ended."""
    with ExitStack() as stack:
        if job.rehearsal:
            from leadsync.sync.rehearsal import rehearse  # the web server that it brings is for a trial only

            rehearsal = stack.enter_context(rehearse(work, settings))
            job, seeded = replace(job, client=rehearsal.client), rehearsal.seeded
            if manner.is_talkative:
                with output_may_fail():
                    print_rehearsal(rehearsal.url, seeded.leads, seeded.unknown, seeded.inaccessible)
        return run_feed(SourceFeed(work), job, manner, past)


def run_feed(feed: Feed, job: Job, manner: Manner, past: Past | None = None) -> Summary:
    """Do a run of whatever feeds it, and print how it ended."""
    result = watched(lambda control: run(feed, job, control, past), manner)
    tell_of(result, manner)
    return result.summary


def tell_of(result: RunResult, manner: Manner) -> None:
    """Print how a run ended."""
    with output_may_fail():
        if manner.as_json:
            sys.stdout.write(summary_json(result.summary).decode())
        elif not manner.quiet:
            print_result(result)
        elif result.summary.exit_code and manner.log_format is LogFormat.JSON:
            _log.warning("run_needs_a_look", told=headline(result))
        elif result.summary.exit_code:
            print(headline(result), file=sys.stderr)


def watched(do: Callable[[Control], Coroutine[Any, Any, Result]], manner: Manner, *, verb: str = "Sending") -> Result:
    """Do what a control steers, and show how far it is.

    The first signal finishes what is in flight, a second one waits no longer.
    """
    spare_the_collector()
    control = Control()
    shown = manner.is_talkative and manner.log_format is LogFormat.CONSOLE
    with Display(control.tally, shown=shown, verb=verb) as display:
        if manner.is_talkative and can_be_asked():
            control.agrees = partial(agrees, display, control)
        return asyncio.run(_with_signals(do, control))


async def _with_signals(do: Callable[[Control], Coroutine[Any, Any, Result]], control: Control) -> Result:
    with _signals(control):
        return await do(control)


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
