"""The whole exception tree, sorted by what can be done about it.

    LeadsyncError
    ├── SetupError          nothing was sent; the command, settings, mapping or source must be mended (exit 2)
    │   ├── SettingsError
    │   ├── SourceError
    │   │   └── EncodingError   a text file is in another encoding
    │   └── MappingError
    ├── StateHeldError      another run holds the state folder (exit 4)
    ├── StateError          the state or report folder cannot be written: nothing more is sent (exit 3)
    ├── ReportError         one file of a report cannot be made; the others are there, and the run is what it was
    ├── StopRunError        no further row can succeed; the rest is `not_sent` (exit 3)
    ├── HaltedError         the run is ending: a call was not tried, or not tried again
    └── CallError           one call to Keen did not succeed
        ├── RetryError      temporary: the same call may succeed later
        └── RefusedError    this row only: the same call will be refused again

Every message is a sentence for the user: what happened, where, and what to do. Anything outside this tree is a
fault of leadsync itself and stops the run.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from leadsync.codes import Code


class LeadsyncError(Exception):
    """The root: whatever leadsync raises on purpose."""

    exit_code = 3
    """What the process ends with (DESIGN section 6)."""

    @property
    def message(self) -> str:
        """Give the sentence for the user."""
        return str(self)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a text file, such as `mappings/x.yaml:12:5`; the whole file where the line is 0."""

    path: str
    line: int = 0
    """Counted from 1."""
    column: int = 0
    """In characters, counted from 1."""
    length: int = 1
    """Characters of the line that are meant."""
    text: str = ""
    """The line, without its end; empty where it is not to be shown."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a text file that must be mended."""

    spot: Spot
    sentence: str
    """What is wrong."""
    help: str = ""
    """What to do, such as `Did you mean "column"?`."""
    earlier: Spot | None = None
    """The first of two things that cannot stand together, where `spot` is the second."""

    def __str__(self) -> str:
        return f"{self.spot}: {self.sentence}{' ' * bool(self.help)}{self.help}"


class SetupError(LeadsyncError):
    """The job cannot begin; nothing was sent (exit 2)."""

    exit_code = 2

    def __init__(self, message: str, faults: Sequence[Fault] = ()) -> None:
        super().__init__(message)
        self._faults = tuple(faults)

    @classmethod
    def of(cls, faults: Sequence[Fault]) -> Self:
        """Make one error of all faults: a line for each."""
        return cls("\n".join(map(str, faults)), faults)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Give the places that must be mended, where they are known: each is also a line of the message.

        An error that only adds words to another has the faults of that one.
        """
        cause = self.__cause__
        return self._faults or (cause.faults if isinstance(cause, SetupError) else ())


class SettingsError(SetupError):
    """A flag, an environment variable or the `.env` file cannot be used."""


class SourceError(SetupError):
    """A source cannot be read, or lacks what the mapping needs."""


class EncodingError(SourceError):
    """A text file is in another encoding than the one in which it was read."""

    def __init__(self, message: str, encodings: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.encodings = tuple(encodings)
        """In which it may be, the likeliest first, by names that Python knows; a person has to choose."""


class MappingError(SetupError):
    """The mapping cannot be used; the message has one line for each fault, with file, line and column."""


class StateHeldError(LeadsyncError):
    """Another run holds the state folder (exit 4)."""

    exit_code = 4


class StateError(LeadsyncError):
    """The state folder or the report folder cannot be written (exit 3)."""


class ReportError(LeadsyncError):
    """One file of a report cannot be made, and the others can; the message is half a sentence."""


_SIGNALS = {Code.INTERRUPTED: 130, Code.TERMINATED: 143}


class StopRunError(LeadsyncError):
    """No further row can succeed, or is to be sent (exit 3; after a signal 130 or 143)."""

    def __init__(self, message: str, code: Code, http_status: int | None = None, *, of_row: str = "") -> None:
        super().__init__(message)
        self.exit_code = _SIGNALS.get(code, 3)
        self.code = code
        self.http_status = http_status
        self.of_row = of_row or message
        """What is said of each row that was not sent for it."""


class HaltedError(LeadsyncError):
    """The run is ending, so a call was not tried, or not tried again."""


class CallError(LeadsyncError):
    """One call to Keen did not succeed."""

    def __init__(self, message: str, code: Code, http_status: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.http_status = http_status


class RetryError(CallError):
    """Temporary trouble: the same call may succeed later."""

    def __init__(
        self,
        message: str,
        code: Code,
        http_status: int | None = None,
        *,
        retry_after: float | None = None,
        maybe_applied: bool = False,
    ) -> None:
        super().__init__(message, code, http_status)
        self.retry_after = retry_after
        """Seconds that Keen asked us to wait."""
        self.maybe_applied = maybe_applied
        """The update went out and may have been applied, though no answer came."""


class RefusedError(CallError):
    """Keen refused this call and will refuse it again."""
