"""Small words: numbers with their nouns."""

from leadsync.records import Summary


def count(number: int, noun: str, plural: str = "") -> str:
    """Give `1 row`, `2 rows`, `1,000 rows`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def are(number: int) -> str:
    """Give the verb that goes with a number: `1 is`, `2 are`."""
    return count(number, "is", "are")


def in_numbers(summary: Summary) -> str:
    """Say what became of a run in numbers alone: nothing of what its files hold."""
    statuses = ", ".join(f"{rows:,} {status}" for status, rows in summary.statuses.items())
    return f"run {summary.run_id}: {count(summary.rows_read, 'row')}: {statuses or 'none'}."
