"""The command line: commands, console, exit codes."""

from leadsync.cli.main import main

__all__ = ["main"]
