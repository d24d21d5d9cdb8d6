"""The log of a command that has nothing to log as a rule: what makes its lines is loaded with the first of them."""

import logging

from leadsync.cli.options import LogFormat


def configure_log_late(*, debug: bool) -> None:
    """Log as `configure_log` does for people, from the first warning of a library on.

    Nothing of our own may be logged before somebody has called `configure_log`: structlog, which takes a tenth of a
    second to load, knows nothing of this.
    """
    logging.basicConfig(handlers=[_Late(debug=debug)], level=logging.WARNING, force=True)
    logging.captureWarnings(capture=True)


class _Late(logging.Handler):
    """Puts the log in its own place, and hands it what came."""

    def __init__(self, *, debug: bool) -> None:
        super().__init__(logging.WARNING)
        self._debug = debug

    def emit(self, record: logging.LogRecord) -> None:
        """Log a record as one event."""
        from leadsync.cli.logs import configure_log

        configure_log(LogFormat.CONSOLE, debug=self._debug)
        logging.getLogger().handle(record)
