"""How a run ended, in a sentence or two."""

from leadsync.codes import Code
from leadsync.records import BAD, FollowUp, Summary

_LEFT_ALONE = (Code.KEPT_KEEN_VALUE, Code.CHANGED_SINCE_PLAN, Code.KEPT)


def verdict(summary: Summary) -> str:
    """Say how a run ended; where it was stopped, why, in words that name no lead's values."""
    bad = sum(summary.statuses.get(status, 0) for status in BAD)
    if summary.stopped_because:
        return f"STOPPED: {summary.stopped_because}"
    if not summary.rows_read:
        return "There were no rows."
    fine = f"{_rows(bad)} {'needs' if bad == 1 else 'need'} a look." if bad else "Every row was fine."
    if kept := sum(summary.codes.get(code, 0) for code in _LEFT_ALONE):
        fine = f"{fine if bad else 'No row went wrong.'} In {_rows(kept)} values of Keen's were left alone."
    if lost := summary.codes.get(Code.CANNOT_BE_UNDONE, 0):
        fine += f" In {_rows(lost)} values cannot be undone."
    return f"Trial run, nothing was sent. {fine}" if summary.dry_run else fine


def _rows(number: int) -> str:
    return f"{number:,} row{'' if number == 1 else 's'}"


def followed_up(found: FollowUp) -> str:
    """Say what became of the problems of an earlier run, a report of which was fed again."""
    run = f"run {found.run_id}" if found.run_id else "an earlier run"
    became = ", ".join(f"{rows:,} {status}" for status, rows in found.became.items())
    left = (
        f" {found.left_out:,} more of them {'was' if found.left_out == 1 else 'were'} not in it."
        if found.left_out
        else ""
    )
    if not found.problems:
        return f"Of {run}, {_rows(found.rows)} came back, of which none had to be mended.{left}"
    return f"Of {run}, {_rows(found.problems)} to mend came back, and now: {became}.{left}"
