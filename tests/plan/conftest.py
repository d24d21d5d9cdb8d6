"""Plans of made-up leads."""

import gzip
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
import pytest

from leadsync.plan import Change, PlanChunk, PlanHead, PlannedRow
from leadsync.records import Chunk

TIER = "019dc3f6-1790-7298-932b-90a7ee4ba10c"


def _lead(number: int) -> str:
    return f"10000000-0000-4000-8000-{number:012d}"


@pytest.fixture
def head() -> PlanHead:
    """Give the head of a plan."""
    return PlanHead(
        kind="apply",
        run_id="20261120-101112-ab12",
        base_url="https://data.example.com/keen-api",
        key_print="0123456789abcdef",
        mapping="mappings/acme.yaml",
        sources=("leads.csv", "übrige.xlsx"),
        created_at="2026-11-20T10:11:12Z",
        names={TIER: "Tier"},
    )


@pytest.fixture
def planned() -> Callable[..., PlanChunk]:
    """Make a chunk of rows, each with its changes; they begin in row 2."""

    def make(*changes: Sequence[Change], first: int = 0, sheet: str = "Leads") -> PlanChunk:
        count = len(changes)
        cells = {
            0: [_lead(first + row) for row in range(count)],
            1: [f"{first + row}@example.com" for row in range(count)],
        }
        frame = pd.DataFrame(cells, dtype=object)
        chunk = Chunk("leads.csv", sheet, ("Id", "E-mail"), first, range(first + 2, first + 2 + count), frame)
        return PlanChunk(chunk, [PlannedRow(row, _lead(first + row), of) for row, of in enumerate(changes)])

    return make


@pytest.fixture
def packed(tmp_path: Path) -> Callable[..., Path]:
    """Pack lines into a file that somebody might hold for a plan."""

    def pack(*lines: bytes) -> Path:
        path = tmp_path / "hostile.plan"
        path.write_bytes(gzip.compress(b"".join(line + b"\n" for line in lines)))
        return path

    return pack
