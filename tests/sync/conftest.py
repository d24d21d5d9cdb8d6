"""A sandbox and a folder, for whatever commands do."""

from pathlib import Path

import pytest
from conftest import Keen
from office import Office


@pytest.fixture
def office(keen: Keen, tmp_path: Path) -> Office:
    """Prepare a folder."""
    return Office(keen, tmp_path)
