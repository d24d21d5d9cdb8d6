"""`leadsync doctor`: looks for what would keep a run from its end; each room of this folder looks at one thing."""

from leadsync.cli.doctor.command import doctor

__all__ = ["doctor"]
