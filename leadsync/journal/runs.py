"""What is known of a run: how it began, and how it ended."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from leadsync.records import OPEN, Status


@dataclass(frozen=True, slots=True)
class SourceHead:
    """A source as it was when its run began."""

    name: str
    """As the user named it; `-` is standard input."""
    path: str
    """Where it lies, absolute; for what came by a pipe, where its copy is kept."""
    sha256: str
    was_piped: bool = False


@dataclass(frozen=True, slots=True)
class RunHead:
    """What is known of a run when it begins: all that is needed to go on with it later."""

    id: str
    started_at: str
    """RFC 3339, in UTC."""
    sources: tuple[SourceHead, ...]
    mapping: str
    """As the user named it."""
    mapping_path: str
    mapping_sha256: str
    base_url: str
    report_dir: str
    """As the user named it, absolute; empty for the run's own folder under the state folder."""
    sheet: str | None = None
    encoding: str | None = None
    limit: int | None = None
    dry_run: bool = False
    rehearsal: bool = False
    """It ran against an embedded sandbox."""
    follows: str | None = None
    """The id of the run whose answers it took over."""
    kind: str = "sync"
    """`sync`, `plan`, `apply` or `undo`."""
    key_print: str = ""
    """The fingerprint of the API key: with `base_url` it tells whose ledger learns of the run; empty for nobody's."""
    who: str = ""
    """The user who began it."""
    undoes: str | None = None
    """The id of the run that it undoes."""
    keeps_before: bool = False
    """It keeps what Keen held before each update."""
    full: bool = False
    """It sends also what Keen acknowledged earlier."""
    canary: int = 0
    """How many updates are read back before it goes on."""
    names: Mapping[str, str] = field(default_factory=dict)
    """The properties' names by their `property_definitions_id`."""

    @property
    def carries_out_a_plan(self) -> bool:
        """Tell whether its rows come from a plan, not from a source by a mapping."""
        return self.kind in ("apply", "undo")

    @classmethod
    def from_json(cls, text: str) -> "RunHead":
        """Read what `to_json` wrote."""
        content = json.loads(text)
        content["sources"] = tuple(SourceHead(**source) for source in content["sources"])
        return cls(**content)

    def to_json(self) -> str:
        """Give the head as JSON; the standard library's, since a path may hold what is not Unicode."""
        return json.dumps(asdict(self))


@dataclass(frozen=True, slots=True)
class Usage:
    """What a run has used so far, all its sessions together."""

    requests: int = 0
    retries: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class RunRecord:
    """A run in the journal."""

    no: int
    id: str
    started_at: str
    sources: tuple[str, ...]
    """As the user named them."""
    mapping: str
    head: RunHead | None
    """None for a run of a leadsync that could not resume."""
    reached: int
    """No row from this position on was ever handed to a sender."""
    usage: Usage
    summary: dict[str, Any] | None
    """The content of summary.json; None where the run is going on, or was killed."""
    newest: int = 0
    """The number of the last run that was there when this was read."""
    is_followed: bool = False
    """A later run has taken over its answers."""
    profile: str = ""
    """What its rows looked like, as JSON, for the guards of later runs; empty where nobody looked."""

    @property
    def is_open(self) -> bool:
        """Tell whether a row of the run still waits for its final answer."""
        if self.is_followed:
            return False
        if self.summary is None:
            return True
        return not self.is_dry and any(self.summary["statuses"].get(status) for status in OPEN)

    @property
    def is_rehearsal(self) -> bool:
        """Tell whether it ran against an embedded sandbox."""
        return bool(self.head and self.head.rehearsal)

    @property
    def can_be_resumed(self) -> bool:
        """Tell whether the run can go on."""
        return self.is_open and not self.is_dry and self.head is not None

    @property
    def can_be_undone(self) -> bool:
        """Tell whether the run kept what its leads held before, and may have changed that."""
        return bool(self.head and self.head.keeps_before) and self.may_have_written

    @property
    def may_have_written(self) -> bool:
        """Tell whether the run may have changed anything in Keen."""
        if self.is_dry or self.is_rehearsal:
            return False
        statuses = self.summary["statuses"] if self.summary else {}
        # Of a rejected row Keen may have stored something else than was sent.
        return self.summary is None or any(statuses.get(s) for s in (Status.UPDATED, Status.UNKNOWN, Status.REJECTED))

    @property
    def is_dry(self) -> bool:
        """Tell whether it was a trial run or made a plan: then it sent nothing."""
        return bool(self.head and (self.head.dry_run or self.head.kind == "plan")) or bool(
            self.summary and self.summary.get("dry_run")
        )
