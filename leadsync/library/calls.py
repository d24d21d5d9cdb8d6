"""The functions of the library."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from inspect import signature
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

from leadsync.library.arguments import with_types
from leadsync.library.background import Background
from leadsync.library.logs import settle_log
from leadsync.library.order import FilePath, Key, Names, Order, formats_of, inputs_of, listed, settings_of
from leadsync.library.results import Progress, Result
from leadsync.mapping import Mapping as LeadMapping
from leadsync.mapping import load_mapping as read_mapping
from leadsync.report.formats import TABLES
from leadsync.settings import Settings
from leadsync.sync.check import CheckResult
from leadsync.sync.check import check as check_work
from leadsync.sync.introduce import ask_properties
from leadsync.sync.job import Control, Job, Tally
from leadsync.sync.prepare import Work, prepare
from leadsync.sync.rehearsal import rehearse
from leadsync.sync.run import run
from leadsync.sync.source_feed import SourceFeed

Given = ParamSpec("Given")
Told = TypeVar("Told")

_LOOK_PATIENCE = 10.0
"""Seconds that a check waits for a Keen that is down; it can be asked again."""


@with_types
def load_mapping(path: FilePath) -> LeadMapping:
    """Read a mapping, to be used for as many runs as you like.

    Raises MappingError with all faults at once, a line for each, with file, line and column.
    """
    return read_mapping(Path(path))


def _taking(order: Callable[Given, Order]) -> Callable[[Callable[..., Told]], Callable[Given, Told]]:
    """Let a function be seen to take what makes an order: by readers of `help`, by editors and by type checkers."""

    def seen(function: Callable[..., Told]) -> Callable[Given, Told]:
        told = signature(order).replace(return_annotation=signature(function).return_annotation)
        vars(function)["__signature__"] = told
        return cast("Callable[Given, Told]", function)

    return seen


@_taking(Order)
def sync(*source_and_mapping: Any, **options: Any) -> Result:
    """Send the rows of a source that changed, as `leadsync sync` does, and give what became of them.

    It prints nothing and may be called where an event loop runs, such as a notebook; it returns when the report is
    written. Rows that went wrong raise nothing, nor does a guard that stops the run: see `exit_code` of the result,
    and `stopped_because` of its summary.

    source: a file, or several; mapping: its file, or what `load_mapping` gave.
    sheet: name or number of the sheet. encoding: of a CSV file. limit: rows that are read at most.
    dry_run: do everything but send. full: send rows that did not change, too. keep_before: read each lead first, so
    that the run can be undone. canary: read so many updates back before the others follow. sandbox: against an
    emulator of Keen in this process, without a key. yes: agree beforehand to what a guard would ask.
    api_key, base_url: the key and the address of Keen. rate: requests per second at most. concurrency: requests in
    flight at most. tries, timeout (seconds), patience (seconds): how long to try. max_failures: `100` or `"5%"`.
    state_dir, report_dir, report_formats (`"csv,json"`), metrics_file: what is written, and where.
    on_progress: called in this thread some five times a second, and at the end.

    What is not given is read from the environment (`LEADSYNC_RATE`) and from `.env`, as by the command line; `ping` and
    `notify` of the settings are left to the program. Raises SettingsError, SourceError or MappingError (all of them
    SetupError) where nothing could be sent, StateHeldError where another run holds the state folder, StateError where
    that cannot be written. Their messages call options by their names on the command line.
    A KeyboardInterrupt, or whatever else is raised meanwhile, stops the run in good order, and then goes on: what was
    in flight is finished, the report is written, and `leadsync resume` sends the rest.
    """
    order = Order(*source_and_mapping, **options)
    settle_log()
    return Background(_sending(order), _told(order.on_progress)).wait()


@_taking(Order)
async def sync_async(*source_and_mapping: Any, **options: Any) -> Result:
    """Do what `sync` does, with the same arguments, and let the event loop go on meanwhile.

    The run has a thread of its own; `on_progress` is called in the event loop. When the task is cancelled the run is
    stopped in good order, and then the cancellation goes on.
    """
    order = Order(*source_and_mapping, **options)
    settle_log()
    return await Background(_sending(order), _told(order.on_progress)).wait_in_loop()


@with_types
def check(
    source: FilePath | Sequence[FilePath],
    mapping: FilePath | LeadMapping,
    *,
    sheet: str | int | None = None,
    encoding: str | None = None,
    limit: int | None = None,
    offline: bool = False,
    yes: bool = False,
    api_key: Key = None,
    base_url: str | None = None,
    report_dir: FilePath | None = None,
    report_formats: Names = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> CheckResult:
    """Tell whether a source can be sent, as `leadsync check` does; nothing is sent.

    With a key, and unless `offline`, Keen is asked for the channel and the types of its properties. With a `report_dir`
    every row is told of there. The arguments are those of `sync`, and so are the exceptions; StopRunError comes where
    Keen was asked and did not answer.
    """
    settle_log()
    inputs = inputs_of(source, mapping, sheet, encoding, limit)
    settings = settings_of(api_key, base_url=base_url, report_formats=listed(report_formats))
    formats = formats_of(settings.report_formats) if report_dir else TABLES
    folder = Path(report_dir) if report_dir else None

    async def do(control: Control) -> CheckResult:
        with ExitStack() as stack:
            work = await asyncio.to_thread(stack.enter_context, prepare(inputs, _loaded(mapping)))
            types = {} if offline else await _types(settings, work)
            return await asyncio.to_thread(check_work, work, control, types, folder, agreed=yes, formats=formats)

    return Background(do, _told(on_progress)).wait()


async def _types(settings: Settings, work: Work) -> Mapping[str, str]:
    """Ask Keen for the types of the properties, where there is a key."""
    if not settings.has_key:
        return {}
    options = settings.client_options(patience=min(settings.patience, _LOOK_PATIENCE))
    return (await ask_properties(options, work.mapping)).types


def _loaded(mapping: FilePath | LeadMapping) -> LeadMapping | None:
    return mapping if isinstance(mapping, LeadMapping) else None


def _sending(order: Order) -> Callable[[Control], Coroutine[Any, Any, Result]]:
    """Give what does a run; raises SettingsError where it cannot begin."""
    inputs, settings = order.inputs(), order.settings()
    job = order.job(settings)

    async def do(control: Control) -> Result:
        with ExitStack() as stack:
            work = await asyncio.to_thread(stack.enter_context, prepare(inputs, _loaded(order.mapping)))
            ready = await asyncio.to_thread(_at_sandbox, stack, work, settings, job) if job.rehearsal else job
            if control.reason:  # before the run began; there is nothing to go on with
                raise control.reason
            return Result.of(await run(SourceFeed(work), ready, control))

    return do


def _at_sandbox(stack: ExitStack, work: Work, settings: Settings, job: Job) -> Job:
    return replace(job, client=stack.enter_context(rehearse(work, settings)).client)


def _told(on_progress: Callable[[Progress], None] | None) -> Callable[[Tally], None]:
    def tell(tally: Tally) -> None:
        if on_progress:
            on_progress(Progress.of(tally))

    return tell
