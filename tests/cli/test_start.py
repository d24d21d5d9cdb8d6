"""The start of the command line, by an interpreter that has loaded nothing yet."""

import os
import subprocess
import sys
from pathlib import Path

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


def test_a_mapping_is_proposed_without_what_only_sends_or_reads_workbooks(tmp_path: Path) -> None:
    """A tenth of a second each: the log, the console, the settings, the readers of Excel files."""
    needless = ("structlog", "rich", "pydantic_settings", "python_calamine", "openpyxl", "httpx", "aiohttp")
    script = LOADED.replace('("pandas", "numpy", "aiohttp", "openpyxl")', repr(needless))
    (tmp_path / "leads.csv").write_text("Keen Lead ID,Email\n5b21ab57-55af-4c2c-87f8-df314cbbf7a1,a@example.com\n")
    ended = subprocess.run(
        [sys.executable, "-W", "error", "-c", script, "map", "leads.csv", "-o", "x.yaml", "--offline"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (ended.returncode, ended.stderr.splitlines()[-1]) == (0, b"[]"), ended.stderr
    assert (tmp_path / "x.yaml").is_file()
