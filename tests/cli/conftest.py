"""A clerk at the command line: commands against the sandbox, and no word of theirs may be one that is never said."""

import json
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from conftest import CHANNEL, Ended, Keen, lead_id

_SILENT = (2, 4)
"""Exit codes at which nothing is printed on standard output, not even with --json."""


@dataclass
class Clerk:
    """Works in one folder, with a mapping and sources of three columns, and sees what Keen holds."""

    at_keen: Callable[..., Ended]
    keen: Keen
    folder: Path
    told: int = 0
    """Updates that `sent` has given."""

    @property
    def state(self) -> Path:
        """Give the state folder."""
        return self.folder / "state"

    def do(self, *arguments: object, code: int = 0, **more: Any) -> Ended:
        """Run a command that is to end with an exit code: no traceback, no fault, no key, and JSON where asked for."""
        ended = self.at_keen(*arguments, **more)
        said = ended.out + ended.err
        assert ended.code == code, said
        assert "Traceback" not in said, said
        assert "leadsync has a fault" not in said, said
        assert self.keen.sandbox.api_key not in said
        if ended.code in _SILENT:
            assert ended.out == ""
            *_, last = lines = ended.err.splitlines()
            assert len(lines) == 1 or last.endswith("; nothing was sent."), said
        elif "--json" in arguments:
            json.loads(ended.out)
        return ended

    def source(self, *rows: str, leads: list[int] | None = None, name: str = "leads.csv") -> str:
        """Write a source of first name, notes and tier, a lead for each row; and the mapping. Give its name."""
        numbers = leads or range(len(rows))
        lines = [f"{lead_id(number)},{row}" for number, row in zip(numbers, rows, strict=True)]
        (self.folder / name).write_text("\n".join(["Id,Name,Notes,Tier", *lines, ""]), encoding="utf-8")
        fields = "{first_name: Name, notes: {column: Notes, on_blank: clear}}"
        rules = "{max_cleared: 100%, empty_source: allow}"
        mapping = f"version: 1\nchannel: {CHANNEL}\nlead: {{id: Id}}\nfields: {fields}\nrules: {rules}\n"
        (self.folder / "m.yaml").write_text(f"{mapping}properties: {{Tier: Tier}}\n", encoding="utf-8")
        return name

    def put(self, number: int, **values: str) -> None:
        """Let a lead hold values in Keen, and no others."""
        lead = self.keen.world.lead(lead_id(number))
        assert lead
        ids = self.keen.property_ids
        lead.fields = {name: value for name, value in values.items() if name not in ids}
        lead.properties = {ids[name]: value for name, value in values.items() if name in ids}

    def held(self, number: int) -> dict[str, str]:
        """Give what Keen holds of a lead, properties by name; not what is empty."""
        lead = self.keen.world.lead(lead_id(number))
        assert lead
        names = {found: name for name, found in self.keen.property_ids.items()}
        held = {**lead.fields, **{names[key]: value for key, value in lead.properties.items()}}
        return {name: value for name, value in held.items() if value}

    def sent(self) -> list[dict[str, Any]]:
        """Give what was sent since this was last asked: the bodies of the updates, in order."""
        bodies = [{key: value for key, value in body.items() if key != "action"} for body in self.keen.updates()]
        first, self.told = self.told, len(bodies)
        return bodies[first:]

    def runs(self) -> list[dict[str, Any]]:
        """Give the runs that the state folder knows of."""
        found: list[dict[str, Any]] = self.do("runs", "--json").json
        return found


@pytest.fixture
def clerk(at_keen: Callable[..., Ended], keen: Keen, tmp_path: Path) -> Iterator[Clerk]:
    """Give a clerk; in the end the key is in no file of leadsync's, and nobody else may read one."""
    clerk = Clerk(at_keen, keen, tmp_path)
    inputs = {tmp_path / "m.yaml"}
    yield clerk
    for path in {*tmp_path.rglob("*")} - inputs:
        if path.is_file() and path.parent != tmp_path:
            assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
            assert keen.sandbox.api_key.encode() not in path.read_bytes(), path
        elif path.is_dir():
            assert stat.S_IMODE(path.stat().st_mode) == 0o700, path


def too_wide(text: str) -> list[str]:
    """Give the lines of a table or of an indented text that do not fit into 80 columns."""
    return [line for line in text.splitlines() if len(line) > 80 and "  " in line]
