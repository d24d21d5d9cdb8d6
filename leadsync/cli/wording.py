"""Small words: numbers with their nouns."""

from pathlib import Path

from leadsync.counting import count as count  # noqa: PLC0414 - the commands have their words from here
from leadsync.errors import SettingsError
from leadsync.files import printable
from leadsync.records import Summary
from leadsync.settings import load_settings


def in_state(state_dir: Path) -> str:
    """Give the option that a command needs to find a state folder; nothing where it looks there without being told."""
    try:
        is_known = load_settings().state_dir == state_dir
    except SettingsError:
        is_known = False
    return "" if is_known else f" --state-dir {printable(state_dir)}"


def are(number: int) -> str:
    """Give the verb that goes with a number: `1 is`, `2 are`."""
    return count(number, "is", "are")


def in_numbers(summary: Summary) -> str:
    """Say what became of a run in numbers alone: nothing of what its files hold."""
    statuses = ", ".join(f"{rows:,} {status}" for status, rows in summary.statuses.items())
    return f"run {summary.run_id}: {count(summary.rows_read, 'row')}: {statuses or 'none'}."


def told_of_rows(hidden: int, cleared: int, *, hidden_are_skipped: bool) -> list[str]:
    """Say what a person might not expect of the rows: that some are hidden in their sheet, or clear a value."""
    lines = []
    if hidden:
        what = "skipped" if hidden_are_skipped else "included"
        lines.append(f"{count(hidden, 'row')} hidden in the sheet: {what} (`hidden_rows` in the mapping).")
    if cleared:
        lines.append(f"{count(cleared, 'row clears', 'rows clear')} a value in Keen (`on_blank: clear`).")
    return lines


def main_file(report: Path) -> Path:
    """Give the file of a report that a person opens first."""
    names = ("report.html", "results.xlsx", "results.csv", "summary.json")
    return next((report / name for name in names if (report / name).exists()), report)


def file_to_mend(report: Path) -> Path | None:
    """Give the file of a report in which a person mends rows; None where it has none."""
    return next((report / name for name in ("results.xlsx", "retry.csv") if (report / name).exists()), None)
