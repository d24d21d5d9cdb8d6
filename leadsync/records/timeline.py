"""How fast Keen was asked over the time of a run, and how it answered."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Slot:
    """What was answered within one slot of time."""

    requests: int = 0
    """Requests that ended here, retries among them."""
    retries: int = 0
    refused: int = 0
    """Those with which Keen pushed back or failed: 429, 5xx, 546, no whole answer."""
    rejected: int = 0
    """Those with which Keen refused what was asked: the other 4xx."""
    seconds: float = 0.0
    """How long they took, all together."""
    longest: float = 0.0
    """How long the slowest took, in seconds."""
    pace: float = 0.0
    """Requests that were let out per second at most, when the last of them ended."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """One session of a run, in slots of equal length."""

    started_at: str
    """RFC 3339, in UTC."""
    width: float
    """Seconds of a slot."""
    slots: Sequence[Slot]
    """From the start on; one in which nothing ended is there too."""
