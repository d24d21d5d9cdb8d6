"""Files that are there whole or not at all, whoever writes them."""

import os
from pathlib import Path

from leadsync.files import private_bytes


def test_two_that_write_one_file_at_once_do_not_mix(tmp_path: Path) -> None:
    """Each writes its own, and who ends last has the name; a half one is never there."""
    path = tmp_path / "file"
    with private_bytes(path) as one:
        one.write(b"first ")
        with private_bytes(path) as other:
            other.write(b"second")
        assert path.read_bytes() == b"second"
        one.write(b"whole")
    assert path.read_bytes() == b"first whole"
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_killed_process_left_half_written_is_swept_away(tmp_path: Path) -> None:
    """And what one that is alive is writing is not."""
    alive = tmp_path / f".file.{os.getppid()}-0.part"
    gone = tmp_path / ".file.999999999-0.part"
    for path in (alive, gone):
        path.touch()
    with private_bytes(tmp_path / "file") as file:
        file.write(b"x")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([alive.name, "file"])
