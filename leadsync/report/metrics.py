"""The metrics file: a run in numbers for Prometheus, as node_exporter's textfile collector reads them."""

import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

from prometheus_client import generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from leadsync.errors import SettingsError
from leadsync.files import private_text
from leadsync.records import Status

_OURS = b"# HELP leadsync_"
"""How each file of ours begins."""
_ALWAYS = (0, 200, 401, 429, 500, 503, 504, 546)
"""HTTP statuses that are there also at 0, so that an alert sees the first of them as an increase: those of
keen-api.md that tell of Keen rather than of a row."""


@dataclass(frozen=True, slots=True)
class Metrics:
    """What a run has done so far; all times in seconds."""

    run_id: str
    started: float
    """Unix time."""
    duration: float
    """Since the start; of an ended run, from start to end."""
    in_progress: bool
    rows: Mapping[Status, int]
    """Rows whose outcome is on the disk; a status that is missing counts as 0."""
    requests: Mapping[int, int]
    """By HTTP status; 0 stands for no whole answer."""
    retries: int
    latency_bounds: Sequence[float]
    """The upper bounds of the histogram's buckets, rising; infinity is not among them."""
    latency_counts: Sequence[int]
    """Answers in each bucket alone, not cumulative; one more than bounds, the last for what took longer than all."""
    latency_sum: float
    pace: float
    """Requests that are started per second at most, now."""
    last_success: float | None = None
    """Unix time at which a run last ended with exit code 0, of this run or an earlier one; None if none did."""
    exit_code: int | None = None
    """None while the run goes on."""


def check_metrics_file(path: Path) -> None:
    """See to it before the first row that metrics can be written to a path; nothing is left there.

    Raises SettingsError where the folder is missing or cannot be written, and where the path is taken by anything
    but a metrics file of ours or an empty file: a slip of the hand must not cost a source.
    """
    try:
        if _existing(path) and path.read_bytes()[: len(_OURS)] not in (b"", _OURS):
            raise SettingsError(f"The metrics file {path} exists and holds something else: name another file.")
        with TemporaryFile(dir=path.parent):
            pass
    except OSError as error:
        raise SettingsError(
            f"The metrics file {path} cannot be written ({error.strerror or error}): name a file in a folder that "
            "exists and that leadsync may write."
        ) from error


def write_metrics(path: Path, metrics: Metrics) -> None:
    """Write the metrics (Prometheus text format 0.0.4), taking the place of the file at once.

    A new file is 0600. One that exists keeps its mode, and its group where we may give it, so that node_exporter,
    which is another user, can be let in by making the file beforehand. Raises OSError, also where the path is a
    link, a folder or a device.
    """
    before = _existing(path)
    with private_text(path) as file:
        if before:
            with suppress(PermissionError):  # the group is not one of ours
                os.fchown(file.fileno(), -1, before.st_gid)
            os.fchmod(file.fileno(), stat.S_IMODE(before.st_mode) & 0o666)
        file.write(generate_latest(_Families(metrics)).decode())


def _existing(path: Path) -> os.stat_result | None:
    """Look at what has a path, None if nothing has; raises OSError for what must not be replaced."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(found.st_mode):
        raise OSError("it is a link, a folder or a device, not a file")
    return found


class _Families(Collector):
    """Gives the metrics to the library's writer; names after prometheus.io/docs/practices/naming."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics

    def collect(self) -> Iterator[Metric]:
        m = self._metrics
        yield _gauge("run_info", "The run that these numbers are about.", 1, run_id=m.run_id)
        yield _gauge("run_in_progress", "1 while the run goes on, also if it was killed; 0 when it has ended.",
                     m.in_progress)  # fmt: skip
        yield _gauge("run_start_timestamp_seconds", "When the run began.", m.started)
        yield _gauge("run_duration_seconds", "How long the run has taken so far, or took.", m.duration)
        if m.exit_code is not None:
            yield _gauge("run_exit_code", "The exit code of the run, once it has ended.", m.exit_code)
        if m.last_success is not None:
            yield _gauge("last_success_timestamp_seconds", "When a run last ended with exit code 0.", m.last_success)
        yield _gauge("pace_requests_per_second", "Requests that are started per second at most, now.", m.pace)
        rows = {str(status): m.rows.get(status, 0) for status in Status}
        yield _counter("rows", "Rows of the run by what became of them.", "status", rows)
        requests = {str(status): m.requests.get(status, 0) for status in sorted({*_ALWAYS, *m.requests})}
        yield _counter("requests", "Requests of the run by the HTTP status of the answer; 0 is no whole answer.",
                       "http_status", requests)  # fmt: skip
        yield CounterMetricFamily("leadsync_retries", "Requests of the run that repeated an earlier one.", m.retries)
        yield _latency(m)


def _gauge(name: str, meaning: str, value: float, **labels: str) -> Metric:
    family = GaugeMetricFamily(f"leadsync_{name}", meaning, labels=list(labels))
    family.add_metric(list(labels.values()), value)
    return family


def _counter(name: str, meaning: str, label: str, counts: Mapping[str, int]) -> Metric:
    """Make a counter; the library puts `_total` behind its name."""
    family = CounterMetricFamily(f"leadsync_{name}", meaning, labels=[label])
    for value, count in counts.items():
        family.add_metric([value], count)
    return family


def _latency(metrics: Metrics) -> Metric:
    """Make the histogram; its buckets are cumulative in the file."""
    buckets, total = [], 0
    bounds = [*map(str, map(float, metrics.latency_bounds)), "+Inf"]
    for bound, count in zip(bounds, metrics.latency_counts, strict=True):
        total += count
        buckets.append((bound, float(total)))
    return HistogramMetricFamily(
        "leadsync_request_duration_seconds",
        "Seconds from the start of a request to the end of its answer.",
        buckets=buckets,
        sum_value=metrics.latency_sum,
    )
