"""Where the rows of a run come from, and how they become updates: from sources by a mapping, or from a plan."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from leadsync.journal import Journal, Ledger, RunHead, RunRecord
from leadsync.keen.client import KeenClient
from leadsync.plan import PlannedRow
from leadsync.records import Summary, Translation, Update
from leadsync.sync.guards import Guard, Profile
from leadsync.sync.job import Control, Job


@dataclass(frozen=True, slots=True)
class Setting:
    """What a look at all rows may use."""

    journal: Journal
    ledger: Ledger | None
    """None where nobody knows whose leads they are: without a key, or against an embedded sandbox."""
    control: Control
    job: Job
    past: int | None = None
    """The number of the run that goes on."""
    is_introduced: bool = True
    """Keen has answered; else the run is stopped already, and only what it found when it began is wanted."""


class Feed(Protocol):
    """Gives a run its rows; what depends on Keen is there once it was introduced, what on all rows once it looked."""

    @property
    def paths(self) -> Sequence[Path]:
        """Give the files that a report must not overwrite."""

    @property
    def is_legacy(self) -> bool:
        """Tell whether rows name their leads by the ids of Keen's earlier system."""

    @property
    def names(self) -> Mapping[str, str]:
        """Give the names, for people, of properties by their `property_definitions_id`."""

    @property
    def repeated(self) -> Container[str]:
        """Give the leads, as updates name them, that several rows are about; nothing where none is looked at."""

    @property
    def is_agreed(self) -> bool:
        """Tell whether what the rows do needs nobody's consent, or has it; True where nobody could look."""

    async def introduce(self, client: KeenClient) -> None:
        """Ask Keen who we are, and for what else is needed.

        Raises SetupError where the rows cannot be meant for this Keen, StopRunError and HaltedError as the client.
        """

    def look(self, setting: Setting) -> bool:
        """Look at all rows before the first is sent; False where the control says to stop.

        Raises SetupError where they cannot be read to the end.
        """

    def guards(self, runs: Sequence[RunRecord], head: RunHead) -> list[Guard]:
        """Give what somebody must agree to before the first row is sent."""

    def agree(self) -> None:
        """Take down that somebody has agreed."""

    def profile(self, head: RunHead) -> Profile | None:
        """Give what later runs are held against; None where they are not."""

    def head(self, job: Job, run_id: str, follows: str | None) -> RunHead:
        """Take down what a run begins with."""

    def kept(self) -> bytes | None:
        """Give what a run that goes on needs of the look; None where there was none."""

    def estimate_rows(self) -> int | None:
        """Give about how many rows there are, if that can be told without reading them."""

    def translations(self, final: bytes | bytearray, *, all_rows: bool) -> Iterator[Translation]:
        """Give the rows a chunk at a time; `final` tells by position which have their final answer from before."""

    def updates(self, translation: Translation) -> Sequence[Update]:
        """Give the updates of the rows that are left to be sent; one without values says nothing new after all."""

    def digests(self, translation: Translation) -> Mapping[int, int | None]:
        """Give what tells the rows of a chunk apart by what they say, by row; None where nobody knows."""

    def asked(self) -> Iterator[Sequence[PlannedRow] | None]:
        """Give, for each chunk, what a plan says of its rows; None where no plan does."""

    def told(self, summary: Summary) -> Summary:
        """Give a summary that tells of what was found in the rows."""

    def findings(self) -> Iterator[tuple[str, Mapping[str, object]]]:
        """Give what the log is to tell of the look: the name of an event, and its keys."""
