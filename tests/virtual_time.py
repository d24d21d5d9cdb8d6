"""An event loop whose clock jumps to the next timer instead of waiting for it, so that hours pass in no time."""

import asyncio
import random
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


class _JumpingSelector(selectors.SelectSelector):
    def __init__(self, late: random.Random | None) -> None:
        super().__init__()
        self.now = 0.0
        self._late = late

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout:
            self.now += timeout + (self._late.expovariate(1000) if self._late else 0.0)
        return super().select(0)


class VirtualTimeLoop(asyncio.SelectorEventLoop):
    """A loop for code that only waits for timers; with `late`, every timer fires some 1 ms late, by chance."""

    def __init__(self, late: random.Random | None = None) -> None:
        self._jumping = _JumpingSelector(late)
        super().__init__(self._jumping)

    def time(self) -> float:
        """Give the virtual time in seconds."""
        return self._jumping.now


def run_in_virtual_time(main: Coroutine[Any, Any, Result], late: random.Random | None = None) -> Result:
    """Run a coroutine to its end in virtual time."""
    with asyncio.Runner(loop_factory=lambda: VirtualTimeLoop(late)) as runner:
        return runner.run(main)
