"""The log: fixed event names and typed keys on standard error, never with a key or (above debug) lead data."""

import logging
import sys
from typing import TextIO, cast

import structlog

from leadsync.cli.options import LogFormat
from leadsync.cli.streams import Forgiving


def configure_log(log_format: LogFormat, *, debug: bool) -> None:
    """Log to standard error: JSON lines from info on, or for people from warning on; with `debug`, everything.

    Tracebacks are plain: the pretty ones of structlog print local variables, and with them keys.
    """
    if log_format is LogFormat.JSON:
        renderer: structlog.typing.Processor = structlog.processors.JSONRenderer()
        level = logging.INFO
    else:
        renderer = structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
        level = logging.WARNING
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG if debug else level),
        logger_factory=structlog.PrintLoggerFactory(cast("TextIO", Forgiving(sys.stderr))),
        cache_logger_on_first_use=True,
    )
