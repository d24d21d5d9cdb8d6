"""The kill suite: `pytest tests/kill`, with `--kills N` and, to repeat a run, `--kill-seed SEED`.

Both options are for this folder: `pytest tests/kill --kills 500`. Without them, as in a plain `pytest`, there are 50
kills from a new seed. Where a test fails it shows the seed, each process of the run, and what it printed. The seed
settles what is killed where; at what instruction a process dies is up to the machine.
"""

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import cycle, islice
from queue import SimpleQueue
from random import Random, SystemRandom

import pytest
from kill.campaign import MOMENTS, POINTS, Campaign
from kill.processes import Mother
from kill.scenarios import SCENARIOS, Scenario
from kill.seen import Run

_AT_ONCE = 2
"""Campaigns; each keeps a processor busy."""
_KILLS = 50


@dataclass
class Figures:
    """What the suite did, to be told at its end."""

    seed: int = 0
    seconds: float = 0.0
    runs: dict[str, list[Run]] = field(default_factory=dict)


_FIGURES = pytest.StashKey[Figures]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of the kill suite."""
    parser.addoption("--kills", type=int, default=_KILLS, metavar="N", help="Kills in all [50].")
    parser.addoption("--kill-seed", type=int, metavar="SEED", help="Repeat the plan of an earlier kill suite.")


def deal(kills: int, seed: int) -> Mapping[str, list[str]]:
    """Deal kills to the scenarios: each point as often as any other, and random moments."""
    deck = list(islice(cycle([*POINTS, *MOMENTS]), kills))
    Random(seed).shuffle(deck)
    hands = {scenario.name: deck[place :: len(SCENARIOS)] for place, scenario in enumerate(SCENARIOS)}
    hands["legacy ids"].append("after look-up")
    return hands


def wanted(items: Iterable[pytest.Item]) -> Sequence[Scenario]:
    """Give the scenarios of the tests that were asked for; all, where none was."""
    asked = [
        item.callspec.params.get("runs")
        for item in items
        if isinstance(item, pytest.Function) and hasattr(item, "callspec")
    ]
    return [scenario for scenario in SCENARIOS if any(scenario is one for one in asked)] or SCENARIOS


@pytest.fixture(scope="session")
def campaigns(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Mapping[str, Future[list[Run]]]]:
    """Start a campaign for each scenario, two at a time."""
    # The options are not there where this folder is not named on the command line.
    kills = request.config.getoption("--kills", _KILLS)
    seed = request.config.getoption("--kill-seed", None)
    figures = request.config.stash[_FIGURES] = Figures(SystemRandom().randrange(10**6) if seed is None else seed)
    hands, folder = deal(kills, figures.seed), tmp_path_factory.mktemp("kill")
    mothers: SimpleQueue[Mother] = SimpleQueue()

    def fight(scenario: Scenario) -> list[Run]:
        mother = mothers.get()
        own = folder / scenario.name
        own.mkdir()
        try:
            return Campaign(scenario, hands[scenario.name], own, figures.seed, mother).fight()
        finally:
            mothers.put(mother)
            figures.seconds = time.monotonic() - began

    began = time.monotonic()
    with ExitStack() as stack:
        for _ in range(_AT_ONCE):
            mothers.put(stack.enter_context(Mother()))
        threads = stack.enter_context(ThreadPoolExecutor(_AT_ONCE))
        stack.callback(threads.shutdown, cancel_futures=True)
        yield {scenario.name: threads.submit(fight, scenario) for scenario in wanted(request.session.items)}


@pytest.fixture(params=SCENARIOS, ids=lambda scenario: scenario.name)
def runs(
    request: pytest.FixtureRequest, campaigns: Mapping[str, Future[list[Run]]], pytestconfig: pytest.Config
) -> list[Run]:
    """Give the runs of a scenario, when they have ended."""
    runs = campaigns[request.param.name].result()
    pytestconfig.stash[_FIGURES].runs[request.param.name] = runs
    return runs


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Tell the figures."""
    figures = config.stash.get(_FIGURES, None)
    if figures is None:
        return
    runs = [run for several in figures.runs.values() for run in several]
    kills = [(run, place, session) for run in runs for place, session in enumerate(run.sessions)]
    kills = [kill for kill in kills if kill[2].was_killed]
    again = [(len(run.sent_again(place)), run.scenario.concurrency) for run, place, _ in kills]
    points = Counter(session.kill for *_, session in kills)
    terminalreporter.section("kill suite")
    terminalreporter.write_line(
        f"{len(kills)} kills in {len(runs)} runs, {figures.seconds:.0f} s, --kill-seed {figures.seed}; "
        f"{sum(session.had_hot_journal for *_, session in kills)} within a commit that had to be undone"
    )
    most, share = max(again, default=(0, 0))[0], max((rows / slots for rows, slots in again), default=0)
    terminalreporter.write_line(
        f"sent again: {sum(rows for rows, _ in again)} rows in all, {most} for one kill at most; "
        f"of what may be in flight {share:.0%} at most"
    )
    terminalreporter.write_line(", ".join(f"{point} {count}" for point, count in sorted(points.items())))
