"""What is told of a row, once it is known what became of it."""

from collections.abc import Mapping

from leadsync.codes import Code
from leadsync.errors import RetryError, StopRunError
from leadsync.keen.calls import Trail
from leadsync.keen.comparison import shown
from leadsync.records import Outcome, Status, Update


def outcome_of(
    update: Update,
    status: Status,
    code: Code,
    message: str,
    trail: Trail,
    http_status: int | None = None,
    cell: str = "",
) -> Outcome:
    """Make the outcome of an update."""
    return Outcome(
        position=update.row.position,
        status=status,
        code=code,
        message=message,
        lead_id=trail.lead_id,
        cell=cell,
        http_status=http_status or trail.http_status,
        attempts=trail.attempts,
        digest=update.digest if status in (Status.UPDATED, Status.REJECTED) else 0,
    )


def not_sent(update: Update, stopped: StopRunError, trail: Trail) -> Outcome:
    """Tell of an update that was overtaken by the end of the run."""
    if trail.doubt:
        message = f"{trail.doubt.message} The run ended before another try. {stopped.message}"
        return outcome_of(update, Status.UNKNOWN, trail.doubt.code, message, trail)
    return outcome_of(update, Status.NOT_SENT, stopped.code, stopped.of_row, trail)


def given_up(update: Update, error: RetryError, trail: Trail) -> Outcome:
    """Tell of an update whose tries are used up: `unknown` if any of them may have been applied."""
    tries = tries_of(trail)
    why = ", as more than one request in ten would have been a retry" if trail.is_over_budget else ""
    if trail.doubt and not error.maybe_applied:
        message = f"An earlier try may have been applied: {trail.doubt.message} The last of {tries}: {error.message}"
        message += f" Given up after {tries}{why}." if why else ""
        return outcome_of(update, Status.UNKNOWN, trail.doubt.code, message, trail)
    status = Status.UNKNOWN if trail.doubt else Status.FAILED
    return outcome_of(update, status, error.code, f"{error.message} Given up after {tries}{why}.", trail)


def tries_of(trail: Trail) -> str:
    """Say how often a call was tried."""
    return f"{trail.attempts} tries" if trail.attempts > 1 else "one try"


def left_alone(kept: Mapping[str, str], names: Mapping[str, str]) -> str:
    """Name what was left as it is in Keen, with Keen's values."""
    told = [
        f'{names.get(key, key)} ("{shown(value)}")' if value else f"{names.get(key, key)} (nothing)"
        for key, value in kept.items()
    ]
    return f"Left as it is in Keen: {', '.join(told)}."
