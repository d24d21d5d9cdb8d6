"""A chunk comes back from the journal with the places of its columns, and with where its rows come from."""

import json
import zlib
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from journal.stories import HEAD, chunk

from leadsync.journal import Journal, packed_cells, with_cells
from leadsync.records import Chunk, Origins

SEVERAL = Origins(["r1", "r2"], ["Leads!7", ""], ["invalid", "failed"])
ALIKE = Origins(["r1", "r1"], ["a!7", "a!9"], ["invalid", "invalid"])


def fed(origins: Origins | None) -> Chunk:
    """Give a chunk of a report that was fed again; its columns are the third and the fifth of the file."""
    return replace(chunk(0, ["a", "b"]), positions=(2, 4), origins=origins)


@pytest.mark.parametrize("origins", [SEVERAL, ALIKE])
def test_a_chunk_keeps_its_positions_and_origins(tmp_path: Path, origins: Origins) -> None:
    """So that a report that is made again names the same cells, and the runs that were followed up."""
    with Journal(tmp_path / "j.sqlite") as journal:
        run = journal.begin(HEAD)
        journal.add_chunk(run, fed(origins))
        journal.add_chunk(run, replace(chunk(2, ["c"]), positions=(), origins=origins.take([1])))
        journal.add_chunk(run, chunk(3, ["d"]))
        kept = [answered.chunk for answered in journal.answered(run)]
    assert [each.positions for each in kept] == [(2, 4), (), None]
    assert [each.origins for each in kept] == [origins, origins.take([1]), None]
    assert str(kept[0].cell(1, 1)) == "Leads!E3"


def test_a_packed_chunk_brings_them_back() -> None:
    """Whoever keeps it packed need not keep them beside it."""
    whole = fed(SEVERAL)
    bare = replace(whole, frame=pd.DataFrame(), positions=None, origins=None, packed=packed_cells(whole))
    again = with_cells(bare)
    assert (again.positions, again.origins) == (whole.positions, whole.origins)
    assert again.column(1) == ["a", "b"]


def test_a_plain_chunk_is_packed_as_before() -> None:
    """Nothing is kept where nothing is to be told, as older journals have it."""
    plain = json.loads(zlib.decompress(packed_cells(chunk(0, ["a"]))))
    assert list(plain) == ["numbers", "columns", "typed", "surplus", "faults"]
    alike = json.loads(zlib.decompress(packed_cells(fed(ALIKE))))
    assert alike["origins"] == ["r1", ["a!7", "a!9"], "invalid"]
