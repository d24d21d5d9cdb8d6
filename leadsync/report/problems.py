"""The rows that somebody has to look at, with the headers and the texts of the cells at fault."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from leadsync.codes import Code
from leadsync.records import BAD, Answered, Chunk, Example, Outcome, Row, Status

LEFT_ALONE = frozenset({Code.KEPT_KEEN_VALUE, Code.CHANGED_SINCE_PLAN, Code.KEPT, Code.CANNOT_BE_UNDONE})
"""Codes of rows that went well, save that a value of Keen's was left as it is."""

FINE_CODES = LEFT_ALONE | {
    *(Code.UPDATED, Code.UNCHANGED, Code.REVERTED),
    *(Code.BLANK_ROW, Code.NOTHING_TO_UPDATE, Code.SUPERSEDED, Code.HIDDEN_ROW, Code.BELOW_TABLE),
    *(Code.DRY_RUN, Code.PLANNED),
}
"""Codes of rows with which nothing went wrong."""

_FINE = frozenset({Status.UPDATED, Status.UNCHANGED, Status.SKIPPED})
_ADDRESS = re.compile(r"!([A-Z]{1,6})(\d+)(?=, |$)")


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell at fault."""

    address: str
    """As its sheet shows it: `F17`."""
    column: str
    """The header above it; empty where there is none."""
    text: str
    """What was read in it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A row to look at."""

    sheet: str
    row: int
    place: str
    """`Leads!17`."""
    lead_id: str
    outcome: Outcome
    faults: Sequence[Fault]
    """Empty where the whole row is at fault, or where it is Keen that has refused it."""


def is_to_retry(outcome: Outcome | Example | None) -> bool:
    """Tell whether a row is to be repaired or repeated, or those that an example stands for.

    A row that a trial run or a plan found fine is neither.
    """
    return outcome is None or not (outcome.status in _FINE or outcome.code in (Code.DRY_RUN, Code.PLANNED))


def needs_a_look(outcome: Outcome) -> bool:
    """Tell whether a row is to be looked at: it is to be repaired or repeated, or a value of Keen's was left alone."""
    return is_to_retry(outcome) or outcome.code in LEFT_ALONE


def addresses(outcome: Outcome) -> list[tuple[str, int]]:
    """Give the column's letters and the row's number of each cell at fault."""
    return [(letters, int(row)) for letters, row in _ADDRESS.findall(outcome.cell)]


def problem_of(answered: Answered, row: int, outcome: Outcome) -> Problem:
    """Tell of a row (0 is the chunk's first) what its outcome is about."""
    chunk = answered.chunk
    faults = []
    for letters, number in addresses(outcome):
        header, text = _cell(chunk, letters, row)
        faults.append(Fault(f"{letters}{number}", header, text))
    place = Row(0, chunk.sheet, chunk.numbers[row])
    return Problem(chunk.sheet, chunk.numbers[row], str(place), answered.lead(row), outcome, faults)


def position_of(chunk: Chunk, letters: str) -> int | None:
    """Give which column of a chunk, from 0, its sheet shows under these letters; None where it is none of them."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    places = range(len(chunk.headers)) if chunk.positions is None else chunk.positions
    return places.index(column - 1) if column - 1 in places else None


def _cell(chunk: Chunk, letters: str, row: int) -> tuple[str, str]:
    position = position_of(chunk, letters)
    return ("", "") if position is None else (chunk.headers[position], str(chunk.frame[position].iat[row]))


class Problems:
    """Collects the rows to look at, in their order: at most `limit` of each code, so that none hides another.

    `is_listed` tells by status and code whether rows are to be looked at.
    """

    def __init__(self, limit: int, is_listed: Callable[[Outcome], bool] = needs_a_look) -> None:
        self.limit = limit
        self._is_listed = is_listed
        self._known: dict[tuple[Status, Code], bool] = {}
        """Whether rows of a status and code are listed; a million calls take their time."""
        self.count = 0
        """How many there are, those included that are not kept."""
        self._kept: dict[tuple[Status, Code], list[tuple[int, Problem]]] = defaultdict(list)

    def look(self, answered: Answered) -> None:
        """Keep the rows of a chunk that are to be looked at."""
        known = self._known
        unlisted: Outcome | None = None
        for row, outcome in enumerate(answered.outcomes):
            if outcome is unlisted or outcome is None:  # unchanged rows share their outcome
                continue
            kind = outcome.status, outcome.code
            is_listed = known.get(kind)
            if is_listed is None:
                is_listed = known[kind] = self._is_listed(outcome)
            if not is_listed:
                unlisted = outcome
                continue
            self.count += 1
            kept = self._kept[outcome.status, outcome.code]
            if len(kept) < self.limit:
                kept.append((answered.chunk.first + row, problem_of(answered, row, outcome)))

    def chosen(self, limit: int) -> list[Problem]:
        """Give at most so many in the order of the source, as evenly from all codes as can be; bad rows go first."""
        chosen: list[tuple[int, Problem]] = []
        for is_bad in (True, False):
            queues = [kept for (status, _), kept in self._kept.items() if (status in BAD) is is_bad]
            for rank in range(self.limit):
                more = [kept[rank] for kept in queues if rank < len(kept)]
                if not more or len(chosen) >= limit:
                    break
                chosen += more[: limit - len(chosen)]
        return [problem for _, problem in sorted(chosen, key=lambda each: each[0])]
