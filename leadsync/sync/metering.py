"""The run in numbers for Prometheus, written every few seconds while it goes on and once when it has ended."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from pathlib import Path

import structlog

from leadsync.journal import RunRecord
from leadsync.keen.client import KeenClient
from leadsync.keen.traffic import LATENCY_BOUNDS, Traffic
from leadsync.records import Summary
from leadsync.report.metrics import Metrics, write_metrics
from leadsync.sync.job import Tally
from leadsync.sync.resume import last_good

_EVERY = 5.0
"""Seconds between two writings."""

_log = structlog.get_logger("leadsync.sync")


def last_success(runs: Sequence[RunRecord]) -> float | None:
    """Give the Unix time at which a run last ended with exit code 0."""
    run = last_good(runs)
    return datetime.fromisoformat(run.summary["finished_at"]).timestamp() if run and run.summary else None


class Meter:
    """Writes the metrics of one run to a file, if there is one; one that cannot be written is a warning, once."""

    def __init__(
        self,
        path: Path | None,
        run_id: str,
        tally: Tally,
        client: KeenClient | None,
        before: float | None,
        *,
        is_rehearsal: bool,
    ) -> None:
        self._path = path
        self._run_id = run_id
        self._tally = tally
        self._client = client
        self._last_success = before
        self._since = time.monotonic()
        self._started = time.time()
        self._is_rehearsal = is_rehearsal
        self._has_warned = False

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Write now, and every few seconds within the block."""
        if self._path is None:
            yield
            return
        await asyncio.to_thread(self._write, None)
        writer = asyncio.create_task(self._go_on())
        try:
            yield
        finally:
            writer.cancel()
            with suppress(asyncio.CancelledError):
                await writer

    async def _go_on(self) -> None:
        while True:
            await asyncio.sleep(_EVERY)
            await asyncio.to_thread(self._write, None)

    def ended(self, summary: Summary) -> None:
        """Write how the run ended."""
        if summary.exit_code == 0 and not (summary.dry_run or self._is_rehearsal):
            self._last_success = time.time()
        self._write(summary)

    def _write(self, summary: Summary | None) -> None:
        if self._path is None:
            return
        traffic = self._client.traffic if self._client else Traffic()
        metrics = Metrics(
            run_id=self._run_id,
            started=self._started,
            duration=time.monotonic() - self._since,
            in_progress=summary is None,
            rows=summary.statuses if summary else self._tally.statuses.copy(),
            requests=traffic.answers.copy(),
            retries=traffic.retries,
            latency_bounds=LATENCY_BOUNDS,
            latency_counts=[*traffic.latency.counts],
            latency_sum=traffic.latency.sum,
            pace=self._client.throttle.rate if self._client else 0.0,
            last_success=self._last_success,
            exit_code=summary.exit_code if summary else None,
        )
        try:
            write_metrics(self._path, metrics)
        except OSError as error:
            if not self._has_warned:
                _log.warning("metrics_not_written", path=str(self._path), reason=error.strerror or str(error))
            self._has_warned = True
