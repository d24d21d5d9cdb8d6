"""What is to become of each row of a translation: an outcome at once, or an update to send."""

from collections.abc import Iterator, Mapping, Sequence

from leadsync.codes import Code
from leadsync.records import Issue, Outcome, Status, Translation, Update

WOULD_BE_SENT = "The row is fine; this was a trial run."


def settled(translation: Translation) -> Iterator[Outcome]:
    """Give the outcomes of the rows that are never sent, the `invalid` and the `skipped`, and have none yet."""
    for row, issues in translation.issues.items():
        if row not in translation.answered:
            yield _invalid(translation, row, issues)
    for row, issue in translation.skipped.items():
        if row not in translation.issues and row not in translation.answered:
            yield _outcome(translation, row, Status.SKIPPED, issue)


def unsent(translation: Translation, code: Code, message: str) -> Iterator[Outcome]:
    """Give the outcomes of the other rows where the run sends nothing, or nothing more."""
    issue = Issue(code, message)
    for row in translation.sendable():
        yield _outcome(translation, row, Status.NOT_SENT, issue)


def _invalid(translation: Translation, row: int, issues: Sequence[Issue]) -> Outcome:
    """Put all issues of a row into one outcome: the code of the first, every message, every cell."""
    message = " ".join(issue.message for issue in issues)
    cells = dict.fromkeys(str(issue.cell) for issue in issues if issue.cell)
    return _outcome(translation, row, Status.INVALID, Issue(issues[0].code, message), ", ".join(cells))


def _outcome(translation: Translation, row: int, status: Status, issue: Issue, cell: str = "") -> Outcome:
    lead = translation.leads[row]
    return Outcome(
        position=translation.chunk.first + row,
        status=status,
        code=issue.code,
        message=issue.message,
        lead_id=lead if "-" in lead else "",  # a legacy id is not the lead's UUID
        cell=cell or str(issue.cell or ""),
    )


def nothing_new(update: Update) -> Outcome:
    """Tell of a row that says what Keen has acknowledged meanwhile."""
    lead = update.lead if "-" in update.lead else ""
    message = "Keen acknowledged these values earlier; nothing was sent."
    return Outcome(update.row.position, Status.UNCHANGED, Code.UNCHANGED, message, lead)


def updates(translation: Translation, property_ids: Mapping[str, str]) -> Iterator[Update]:
    """Put together an update for each row that is to be sent, in order.

    `property_ids` gives the `property_definitions_id` of each property by its name in the mapping.
    """
    fields = [(target.name, values) for target, values in translation.columns.items() if not target.is_property]
    properties = [(property_ids[t.name], values) for t, values in translation.columns.items() if t.is_property]
    for row in translation.sendable():
        yield Update(
            translation.chunk.row(row),
            translation.leads[row],
            {name: str(values[row]) for name, values in fields if values[row] is not None},
            [(name, values[row]) for name, values in properties if values[row] is not None],
        )
