"""What went over the wire, counted."""

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field

from leadsync.keen.timeline import TimelineLog

LATENCY_BOUNDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
"""Seconds: the upper bounds of the buckets in which requests are counted by how long they took."""


@dataclass(slots=True)
class Latency:
    """How long requests took, in seconds: the numbers of a Prometheus histogram."""

    counts: list[int] = field(default_factory=lambda: [0] * (len(LATENCY_BOUNDS) + 1))
    """Requests in each bucket, those of the smaller ones not included; the last is for all that took longer."""
    sum: float = 0.0

    def add(self, seconds: float) -> None:
        """Count a request."""
        self.counts[bisect_left(LATENCY_BOUNDS, seconds)] += 1
        self.sum += seconds


@dataclass(slots=True)
class Traffic:
    """What went over the wire so far."""

    requests: int = 0
    retries: int = 0
    answers: Counter[int] = field(default_factory=Counter)
    """By HTTP status; 0 stands for no whole answer."""
    latency: Latency = field(default_factory=Latency)
    timeline: TimelineLog = field(default_factory=TimelineLog)
