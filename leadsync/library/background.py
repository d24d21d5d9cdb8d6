"""Work in a thread with an event loop of its own, which is stopped in good order when whoever waits for it is.

So it is the same whether the program has an event loop or not, and no loop of the program's is ever held up.
"""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from contextvars import copy_context
from typing import Any, Generic, TypeVar

from leadsync.codes import Code
from leadsync.errors import StopRunError
from leadsync.sync.job import Control, Tally

Told = TypeVar("Told")

_EVERY = 0.2
"""Seconds between two looks at the tally."""


class Background(Generic[Told]):
    """Work that has begun, and that one waits for, here or in an event loop.

    Whatever exception comes while it is waited for, a KeyboardInterrupt, the cancellation of a task or what a signal
    handler raises, stops the work: what is in flight is finished, and only then the exception goes on. A second one
    waits for no answer that is out.
    """

    def __init__(self, do: Callable[[Control], Coroutine[Any, Any, Told]], tell: Callable[[Tally], None]) -> None:
        self._control = Control()
        self._tell = tell
        self._loop = asyncio.new_event_loop()
        thread = ThreadPoolExecutor(1, "leadsync")
        self._ended: Future[Told] = thread.submit(copy_context().run, self._work, do)
        thread.shutdown(wait=False)  # it ends with the work

    def _work(self, do: Callable[[Control], Coroutine[Any, Any, Told]]) -> Told:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            return runner.run(do(self._control))

    def wait(self) -> Told:
        """Wait for its end, telling now and then how far it is; raises what it raised, or what came meanwhile."""
        raised: BaseException | None = None
        while not self._ended.done():
            try:
                wait([self._ended], _EVERY)
                self._look(raised)
            except BaseException as error:  # noqa: BLE001 - whatever it is, it goes on when the work has ended
                raised = raised or error
                self._stop(error)
        return self._end(raised)

    async def wait_in_loop(self) -> Told:
        """Do as `wait`, and let the program's event loop go on meanwhile."""
        raised: BaseException | None = None
        ended = asyncio.wrap_future(self._ended)
        while not ended.done():
            try:
                await asyncio.wait({ended}, timeout=_EVERY)
                self._look(raised)
            except GeneratorExit as error:  # nobody awaits this any more, so it cannot wait either
                self._stop(error)
                raise
            except BaseException as error:  # noqa: BLE001 - as above
                raised = raised or error
                self._stop(error)
        ended.exception()  # else asyncio says that nobody asked for it
        return self._end(raised)

    def _look(self, raised: BaseException | None) -> None:
        if raised is None and not self._ended.done():
            self._tell(self._control.tally)

    def _stop(self, error: BaseException) -> None:
        reason = StopRunError(f"The run was interrupted ({type(error).__name__}).", Code.INTERRUPTED)
        with suppress(RuntimeError):  # the loop is closed: the work has ended meanwhile
            self._loop.call_soon_threadsafe(self._control.stop, reason)

    def _end(self, raised: BaseException | None) -> Told:
        if raised is None:
            result = self._ended.result()
            self._tell(self._control.tally)
            return result
        if fault := self._ended.exception():
            raise raised from fault
        raised.add_note(str(self._ended.result()))
        raise raised
