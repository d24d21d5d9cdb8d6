"""The fault matrix: each fault at 1%, 10% and 100% of the updates; what becomes of the rows, and at what price.

Every run updates 100 leads or fewer, and 60 where all calls are struck. The dice are the same for every fault, so
that the numbers can be stated: of the updates in the order of arrival, the sandbox strikes

    at 1%    numbers 37 and 80, then none before 103
    at 10%   numbers 12, 24, 37, 40, 46, 69, 73, 80, 86 and 90, then none before 111

So a run whose rows are all updated in the end makes 102 calls, or 110. `test_the_dice_are_as_the_matrix_says` holds
that. Where the number of calls depends on timing, a cell has a lower and an upper bound, and says why.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import pytest
from warm.client import Mother

from leadsync.sandbox import Faults
from leadsync.sandbox.faults import Dice

Bounds: TypeAlias = tuple[int, int]
Benches: TypeAlias = Callable[..., Any]

SEED = 178
STRUCK = {0.01: [37, 80], 0.1: [12, 24, 37, 40, 46, 69, 73, 80, 86, 90]}
MANY, FEW = 100, 60
"""Rows of a run; few where every call is struck, and fewer still where each strike costs a second."""

SLOTS = 8
"""Requests in flight at most, in every run of the matrix."""
OPENS = 10
"""Failures in a row that open the breaker."""
PATIENCE = 0.4
PROBES = 13
"""At most: the first goes out 0.5 ms or more after the breaker opened, then the wait doubles, less a jitter of half of
it at most. 0.5 ms x (2^10 - 1) is above the patience; one more goes out at its end, and two are for good measure."""


CODE = "*"
"""In a cell: the code of its row."""


@dataclass(frozen=True)
class Cell:
    """What a run must come to."""

    of: int
    """Rows of the source."""
    exit_code: int
    calls: Bounds
    """Updates that arrive at Keen, retries included."""
    rows: Mapping[tuple[str, str], Bounds]
    """By status and code; there may be no others."""


def refused(rows: int, of: int = MANY) -> Cell:
    """Keen refuses so many rows; the others are none the worse, and nothing is sent twice."""
    rest = of - rows
    return Cell(of, 1, (of, of), {("rejected", CODE): (rows, rows), ("updated", "updated"): (rest, rest)})


def survived(calls: int, of: int = MANY) -> Cell:
    """Every row is updated, at the price of one call more for each that was struck."""
    return Cell(of, 0, (calls, calls), {("updated", "updated"): (of, of)})


def stopped(first: int) -> Cell:
    """No further row can succeed: the run ends at the first call that is struck; what arrived before it is updated.

    The calls that are in flight may arrive after it, and as many again: the answers of those before it may be read,
    and their slots taken, before its own is.
    """
    late = 2 * SLOTS
    rows = {("updated", "updated"): (first - 1, first - 1 + late), ("not_sent", CODE): (1, MANY - first + 1)}
    return Cell(MANY, 3, (first, first + late), rows)


def stopped_at_once() -> Cell:
    """Before the first answer comes, no more calls go out than there are slots; after it, none."""
    return Cell(FEW, 3, (1, SLOTS), {("not_sent", CODE): (FEW, FEW)})


def down(opens: int = OPENS) -> Cell:
    """Keen is down, and applied nothing: the breaker opens, probes go out while patience lasts, and the run is stopped.

    As many calls as there are slots may be on their way when the breaker opens.
    """
    return Cell(FEW, 3, (opens, opens + SLOTS + PROBES), {("not_sent", CODE): (FEW, FEW)})


def down_unsure() -> Cell:
    """Keen is down, and what was sent may have been applied: such a row is told so, with the trouble that it met.

    First tries go before retries, so that no lead is sent twice: there are as many such rows as calls, at most.
    """
    most = OPENS + SLOTS + PROBES
    rows = {("unknown", CODE): (1, most), ("not_sent", "keen_down"): (FEW - most, FEW - 1)}
    return Cell(FEW, 3, (OPENS, most), rows)


def throttled() -> Cell:
    """Keen takes nothing at all: it is asked 1.1 times for each row at most, and the run is stopped."""
    return Cell(FEW, 3, (1, FEW + FEW // 10), {("not_sent", CODE): (FEW, FEW)})


@dataclass(frozen=True)
class Row:
    """A row of the matrix: a fault as `leadsync.sandbox.faults` names it, and its cells at 1%, 10% and 100%."""

    fault: str
    code: str
    """Of the rows that the fault befalls, where it befalls rows; "… or …" where it depends on what comes first."""
    at_1: Cell
    at_10: Cell
    at_100: Cell
    title: str = ""
    dials: Mapping[str, Any] = field(default_factory=dict)
    settings: Mapping[str, float] = field(default_factory=dict)
    """Of the runs of which some calls are struck; and of those of which all are:"""
    settings_at_100: Mapping[str, float] = field(default_factory=lambda: {"patience": PATIENCE})

    def __str__(self) -> str:
        return self.title or self.fault


_SLOW: dict[str, Any] = {
    "settings": {"timeout": 1.0},  # above what any other answer takes
    "settings_at_100": {"timeout": 0.2, "patience": PATIENCE},
}
_SECONDS = {"retry_after": "seconds", "retry_after_seconds": 1}
_DATE = {"retry_after": "date", "retry_after_seconds": 0}  # a date has whole seconds: it asks for one, or for less
_HOUR = {"retry_after": "seconds", "retry_after_seconds": 3600}
_NONE = {"retry_after": "none"}
_PATIENT = {"patience": 1.5}

# fmt: off
MATRIX = [
    #   fault                               code                   at 1%          at 10%         at 100%
    # Keen, or something before it, refuses:
    Row("400:keen",                         "invalid_property",    refused(2),    refused(10),   refused(60, FEW)),
    Row("400:html",                         "bad_request",         refused(2),    refused(10),   refused(60, FEW)),
    Row("401:keen",                         "key_refused",         stopped(37),   stopped(12),   stopped_at_once()),
    Row("401",                              "gateway_refused",     stopped(37),   stopped(12),   stopped_at_once()),
    Row("403:keen",                         "lead_not_accessible", refused(2),    refused(10),   refused(60, FEW)),
    Row("403:html",                         "gateway_refused",     stopped(37),   stopped(12),   stopped_at_once()),
    Row("404:keen",                         "lead_not_found",      refused(2),    refused(10),   refused(60, FEW)),
    Row("404",                              "function_not_found",  stopped(37),   stopped(12),   stopped_at_once()),
    Row("404:NOT_FOUND_FUNCTION_BLOB",      "function_not_found",  stopped(37),   stopped(12),   stopped_at_once()),
    Row("404:html",                         "function_not_found",  stopped(37),   stopped(12),   stopped_at_once()),
    # Keen asks for fewer requests:
    Row("429",                              "keen_down",           survived(41, 40), survived(21, 20), throttled(),
        title="429, Retry-After in seconds", dials=_SECONDS, settings_at_100=_PATIENT),
    Row("429",                              "keen_down",           survived(41, 40), survived(21, 20), throttled(),
        title="429, Retry-After as a date", dials=_DATE, settings_at_100=_PATIENT),
    Row("429",                              "keen_down",           survived(41, 40), survived(21, 20), throttled(),
        title="429 without Retry-After", dials=_NONE, settings_at_100=_PATIENT),
    Row("429",                              "keen_down",           stopped(37),   stopped(12),   stopped_at_once(),
        title="429, Retry-After of an hour", dials=_HOUR),
    Row("546",                              "keen_down",           survived(102), survived(110), down()),
    # Keen has trouble, and did not apply the update:
    Row("500",                              "keen_down",           survived(102), survived(110), down()),
    Row("500:keen",                         "keen_down",           survived(102), survived(110), down()),
    Row("503",                              "keen_down",           survived(102), survived(110), down(opens=1),
        title="503:BOOT_ERROR"),
    Row("503:LOAD_FUNCTION_ERROR",          "keen_down",           survived(102), survived(110), down()),
    Row("503:LOAD_FUNCTION_METADATA_ERROR", "keen_down",           survived(102), survived(110), down()),
    Row("503:none",                         "keen_down",           survived(102), survived(110), down()),
    # Nobody can tell whether the update was applied:
    Row("502",                              "gateway_error",       survived(102), survived(110), down_unsure()),
    Row("502:html",                         "gateway_error",       survived(102), survived(110), down_unsure()),
    Row("504",                              "gateway_error",       survived(102), survived(110), down_unsure()),
    Row("504_after",                        "gateway_error",       survived(102), survived(110), down_unsure()),
    Row("drop_before",                      "no_answer",           survived(102), survived(110), down_unsure()),
    Row("drop_after",                       "no_answer",           survived(102), survived(110), down_unsure()),
    Row("reset_before",                     "no_answer",           survived(102), survived(110), down_unsure()),
    Row("reset_during",                     "no_answer",           survived(102), survived(110), down_unsure()),
    Row("reset_after",                      "no_answer",           survived(102), survived(110), down_unsure()),
    Row("hang_before",                      "no_answer",           survived(102), survived(110), down_unsure(),
        **_SLOW),
    Row("hang_after",                       "no_answer",           survived(102), survived(110), down_unsure(),
        **_SLOW),
    Row("drip",                             "no_answer",           survived(102), survived(110), down_unsure(),
        title="drip, slower than the time-out", dials={"drip_seconds": 60}, **_SLOW),
    Row("truncated",                        "no_answer",           survived(102), survived(110), down_unsure()),
    # Keen says yes, to something else:
    Row("html",                             "unreadable_answer",   survived(102), survived(110), down_unsure()),
    Row("wrong_length", "no_answer or unreadable_answer",          survived(102), survived(110), down_unsure()),
    Row("other_lead",                       "unreadable_answer",   survived(102), survived(110), down_unsure()),
    Row("stored_otherwise",                 "not_stored_as_sent",  refused(2),    refused(10),   refused(60, FEW)),
    # Odd, but good:
    Row("drip",                             "",                    survived(100), survived(100), survived(60, FEW),
        title="drip, within the time-out", dials={"drip_seconds": 0.05}),
    Row("reset_answered",                   "",                    survived(100), survived(100), survived(60, FEW)),
]
# fmt: on


def within(number: int, bounds: Bounds) -> bool:
    """Tell whether a number is within its bounds."""
    return bounds[0] <= number <= bounds[1]


@pytest.mark.parametrize(("chance", "calls"), [(0.01, 102), (0.1, 110)])
def test_the_dice_are_as_the_matrix_says(chance: float, calls: int) -> None:
    """The numbers of the updates that are struck, while a retry is made for each."""
    dice = Dice(Faults(seed=SEED, chances={"500": chance}, action="update_lead"))
    dice.plan("get_channels", None, 0)
    struck = [number for number in range(1, calls + 1) if dice.plan("update_lead", None, 0).fault]
    assert struck == STRUCK[chance]
    assert calls == MANY + len(struck)


@pytest.fixture(scope="module")
def ended(request: pytest.FixtureRequest, make_bench: Benches, mother: Mother) -> Iterator[Mapping[str, Future[Any]]]:
    """Begin the runs of all cells that are asked for, so that those which wait share their time; give how they ended.

    Where every update is struck, it is the command line that runs, in a process of its own.
    """

    def run(row: Row, chance: float, cell: Cell) -> Any:
        bench = make_bench(cell.of, row.settings_at_100 if chance == 1 else row.settings)
        with bench.sandbox as keen:
            keen.faults = Faults(seed=SEED, chances={row.fault: chance}, action="update_lead", **row.dials)
            return bench, bench.run_process(mother) if chance == 1 else bench.run()

    asked: dict[str, Any] = {
        item.callspec.id: item.callspec.params["cell"]
        for item in request.session.items
        if isinstance(item, pytest.Function) and item.originalname == "test_each_cell_is_as_the_matrix_says"
    }
    with ThreadPoolExecutor(3) as pool:
        yield {name: pool.submit(run, *cell) for name, cell in asked.items()}


def cells() -> Iterator[Any]:
    """Give every cell with its row and its column."""
    for row in MATRIX:
        for chance, cell in ((0.01, row.at_1), (0.1, row.at_10), (1.0, row.at_100)):
            yield pytest.param((row, chance, cell), id=f"{row} at {chance:.0%}")


@pytest.mark.parametrize("cell", list(cells()))
def test_each_cell_is_as_the_matrix_says(
    request: pytest.FixtureRequest, ended: Mapping[str, Future[Any]], cell: tuple[Row, float, Cell]
) -> None:
    """Temporary trouble costs calls, never a row; a refusal costs its row only; an outage ends the run, cheaply."""
    row, _, expected = cell
    assert isinstance(request.node, pytest.Function)
    bench, ran = ended[request.node.callspec.id].result()
    bench.check_what_is_always_true(ran)
    assert ran.exit_code == expected.exit_code, ran.told
    assert (ran.summary["stopped_because"] is not None) == (expected.exit_code == 3)
    rows: Counter[tuple[str, str]] = Counter()
    for (status, code), number in ran.statuses.items():
        rows[status, CODE if code in row.code.split(" or ") else code] += number
    for told in {*rows, *expected.rows}:
        assert within(rows[told], expected.rows.get(told, (0, 0))), ran.told
    assert within(len(bench.updates), expected.calls), f"{len(bench.updates)} calls, not {expected.calls}"


FIRST_QUESTION = [
    row
    for row in MATRIX
    if str(row)
    in {
        "401:keen",
        "401",
        "403:html",
        "404",
        "429 without Retry-After",
        "500",
        "503:BOOT_ERROR",
        "504",
        "drop_after",
        "html",
    }
]


@pytest.mark.parametrize("row", FIRST_QUESTION, ids=str)
def test_a_first_question_that_is_never_answered_ends_the_run_before_a_row_is_sent(
    make_bench: Benches, row: Row
) -> None:
    """With one row of each family: it is asked one call at a time, and nothing is said to have been applied."""
    bench = make_bench(FEW, row.settings_at_100)
    with bench.sandbox as keen:
        keen.faults = Faults(chances={row.fault: 1}, action="get_channels", **row.dials)
        ran = bench.run()
        bench.check_what_is_always_true(ran)
        code = row.code if row.at_1.exit_code == 3 else "keen_down"
        assert (ran.exit_code, dict(ran.statuses)) == (3, {("not_sent", code): FEW}), ran.told
        assert not bench.updates
        assert within(keen.stats.calls, (1, 1) if row.at_1.exit_code == 3 else (2, OPENS + PROBES))
        assert "applied" not in ran.summary["stopped_because"]
