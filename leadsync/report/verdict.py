"""How a run ended, in a sentence or two."""

from leadsync.codes import Code
from leadsync.counting import count
from leadsync.records import BAD, FollowUp, Summary
from leadsync.report.about import About
from leadsync.report.problems import LEFT_ALONE


def verdict(summary: Summary) -> str:
    """Say how a run ended; where it was stopped, why, in words that name no lead's values."""
    bad = sum(summary.statuses.get(status, 0) for status in BAD)
    if summary.stopped_because:
        return f"STOPPED: {summary.stopped_because}"
    if not summary.rows_read:
        return "There were no rows."
    fine = f"{count(bad, 'row needs', 'rows need')} a look." if bad else "Every row was fine."
    lost = summary.codes.get(Code.CANNOT_BE_UNDONE, 0)
    if kept := sum(summary.codes.get(code, 0) for code in LEFT_ALONE) - lost:
        fine = f"{fine if bad else 'No row went wrong.'} In {count(kept, 'row')} values of Keen's were left alone."
    if lost:
        fine = f"{fine if bad or kept else 'No row went wrong.'} In {count(lost, 'row')} values cannot be undone."
    if planned := summary.codes.get(Code.PLANNED, 0):
        would = count(planned, "row would change its lead", "rows would change their leads")
        fine = f"{would}. {fine}" if bad else f"{would}."
    return f"Trial run, nothing was sent. {fine}" if summary.dry_run else fine


def headline_of(about: About) -> str:
    """Give the verdict of a run; of a report of some of its rows, which those are."""
    return about.selection or verdict(about.summary)


def followed_up(found: FollowUp) -> str:
    """Say what became of the problems of an earlier run, a report of which was fed again."""
    run = f"run {found.run_id}" if found.run_id else "earlier runs"
    became = ", ".join(f"{rows:,} {status}" for status, rows in found.became.items())
    left = f" {count(found.left_out, 'more of them was', 'more of them were')} not in it." if found.left_out else ""
    if not found.problems:
        return f"Of {run}, {count(found.rows, 'row')} came back, of which none had to be mended or repeated.{left}"
    return f"Of {run}, {count(found.problems, 'row')} to mend or repeat came back, and now: {became}.{left}"
