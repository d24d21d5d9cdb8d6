"""Runs that are killed and resumed, killed and resumed, until one ends by itself."""

import time
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from kill.processes import EARLY, MOMENT, RANDOM, Killable, Mother
from kill.scenarios import Scenario
from kill.seen import Run, Sent

from leadsync.sandbox import EmbeddedSandbox

_KILLS_IN_A_RUN = 9
_TRIES = 6
"""How often a point is aimed at before it is taken for gone."""

_BEGINNING = (EARLY, "before begin", "after begin", "rename", "within chunk")
_SENDING = (
    "before commit",
    "within commit",
    "after commit",
    "answered",
    "before reach",
    "after reach",
    "within reopen",
    "within learning",
    "before learnt",
)
_ENDING = ("results", "before summary", "before finish", "after finish")
POINTS = (*_BEGINNING, *_SENDING, *_ENDING)
"""Where a run is killed; besides these there are `after look-up`, where leads are looked up, and:"""
MOMENTS = (RANDOM, MOMENT) * 4
"""Random moments, so many for each round of the points."""
_ONLY_WHERE_BEGUN = {
    "before begin": False,
    "after begin": False,
    "within reopen": True,
    "within learning": True,
    "before learnt": True,
}
_ORDER = {
    **dict.fromkeys(_BEGINNING, -1),
    "before begin": -3,
    "after begin": -2,
    **{name: place for place, name in enumerate(_ENDING, 1)},
}


class Campaign:
    """Runs of one scenario, with as many kills as are dealt to it."""

    def __init__(self, scenario: Scenario, kills: Sequence[str], folder: Path, seed: int, mother: Mother) -> None:
        self._scenario = scenario
        self._kills = list(kills)
        self._folder = folder
        self._random = Random(f"{seed} {scenario.name}")
        self._seed = seed
        self._mother = mother
        self._lines = scenario.lines()

    def fight(self) -> list[Run]:
        """Do the runs."""
        reference = self._play([])
        uninterrupted = reference.report("results.csv")
        runs: list[Run] = []
        tries = 0
        while self._kills:
            before = len(self._kills)
            hand = self._hand()
            runs.append(self._play(hand))
            self._kills.extend(hand)  # those that were not met
            tries = tries + 1 if len(self._kills) == before else 0
            assert tries < _TRIES, f"The points {self._kills} are not met: are they gone? {runs[-1]}"
        for run in runs:
            run.uninterrupted = uninterrupted
        return runs

    def _hand(self) -> list[str]:
        """Take the kills of one run: early ones first, and those at its end last."""
        hand, self._kills = self._kills[:_KILLS_IN_A_RUN], self._kills[_KILLS_IN_A_RUN:]
        self._random.shuffle(hand)
        return sorted(hand, key=lambda name: _ORDER.get(name, 0))

    def _play(self, hand: list[str]) -> Run:
        """Do a run with kills, which are taken from the hand as they are met."""
        folder = self._folder / f"{self._scenario.name} {len(list(self._folder.iterdir()))}"
        folder.mkdir()
        run = Run(self._scenario, self._lines, folder, f"--kill-seed {self._seed}")
        (folder / "mapping.yaml").write_text(self._scenario.mapping(), encoding="utf-8")
        sources = self._scenario.write(folder, self._lines)
        calls: list[int] = []
        with EmbeddedSandbox(self._scenario.world(), self._scenario.dials(self._random.randrange(2**32))) as sandbox:
            process = Killable(run, sources, sandbox, self._mother, self._random)
            while not run.sessions or run.sessions[-1].was_killed:
                kill = self._next(hand, run)
                run.sessions.append(process.run(kill, self._share(hand)))
                calls.append(_calls_at_rest(sandbox))
                if kill in hand and run.sessions[-1].was_killed:
                    hand.remove(kill)
            run.sent = list(_sent(sandbox, calls))
            leads = {line.lead for line in self._lines if line.lead}
            run.values = {lead: found.fields.get("notes", "") for lead in leads if (found := sandbox.world.lead(lead))}
        return run

    def _next(self, hand: list[str], run: Run) -> str:
        """Choose the next kill; some can be met only when a run begins, others only when it goes on."""
        is_begun = bool(run.sessions) and run.sessions[-1].has_begun
        able = [kill for kill in hand if _ONLY_WHERE_BEGUN.get(kill, is_begun) == is_begun]
        if not able and hand and not is_begun:
            return RANDOM
        return able[0] if able and not (run.sessions and run.sessions[-1].has_finished) else ""

    def _share(self, hand: list[str]) -> float:
        """Give the share of the rows still to be sent that the next kill lets pass, so that all find some."""
        left = sum(kill in (RANDOM, MOMENT, *_SENDING) for kill in hand)
        return self._random.uniform(0, min(1, 1.5 / (left + 1)))


def _calls_at_rest(sandbox: EmbeddedSandbox) -> int:
    """Count the calls, when all that a dead process has sent is dealt with."""
    # The sandbox reads its connections in the order in which they have something to read: what was there before this
    # question has been taken up when it is answered.
    with urllib.request.urlopen(f"{sandbox.control_url}/stats") as answer:
        answer.read()
    while sandbox.stats.in_flight:
        time.sleep(0.001)
    return sandbox.stats.calls


def _sent(sandbox: EmbeddedSandbox, ends: Sequence[int]) -> Iterator[Sent]:
    """Give the updates that arrived; `ends` are the numbers of calls after each session."""
    session = 0
    for call in sandbox.calls:
        while call.number >= ends[session]:
            session += 1
        if call.action == "update_lead":
            acknowledged = call.applied and call.status == 200
            yield Sent(int(call.body["notes"]), call.lead_id or "", session, call.applied_as, acknowledged)
