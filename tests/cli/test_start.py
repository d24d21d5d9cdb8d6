"""The start of the command line, by an interpreter that has loaded nothing yet."""

import subprocess
import sys

from conftest import ROOT

LOADED = """
import sys
from leadsync.cli import main
try:
    main()
finally:
    print([name for name in ("pandas", "numpy", "aiohttp", "openpyxl") if name in sys.modules], file=sys.stderr)
"""


def test_the_help_comes_at_once() -> None:
    """What takes a second to load is not loaded for it."""
    ended = subprocess.run(
        [sys.executable, "-W", "error", "-c", LOADED, "--help"], cwd=ROOT, capture_output=True, timeout=60, check=False
    )
    assert (ended.returncode, ended.stderr) == (0, b"[]\n")
    assert b"sync" in ended.stdout
