"""`python -m leadsync`."""

from leadsync.cli import main

main()
