"""What a look gives: findings, each with what to do about it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from leadsync.settings import Settings


class Level(StrEnum):
    """How bad a finding is; an error makes the exit code 1."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look has found, in a sentence, and what to do about it."""

    level: Level
    message: str
    remedy: str = ""


Look: TypeAlias = Callable[[Settings], Iterable[Finding]]
"""One look; it may raise OSError where the system does not let it look."""
