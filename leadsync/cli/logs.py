"""The log: fixed event names and typed keys on standard error, never with a key or (above debug) lead data."""

import logging
import sys
from typing import TextIO, cast

import structlog

from leadsync.cli.options import LogFormat
from leadsync.cli.streams import Forgiving

_log = structlog.get_logger("leadsync.libraries")


def configure_log(log_format: LogFormat, *, debug: bool) -> None:
    """Log to standard error: JSON lines from info on, or for people from warning on; with `debug`, everything.

    A JSON line is one line, of ASCII, whatever its values hold. Tracebacks are plain: the pretty ones of structlog
    print local variables, and with them keys.
    """
    renderers: list[structlog.typing.Processor]
    if log_format is LogFormat.JSON:
        renderers = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
        level = logging.INFO
    else:
        console = structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(),
            exception_formatter=structlog.dev.plain_traceback,
            repr_native_str=True,  # a file's name may hold line breaks, and codes that paint a terminal
        )
        renderers = [console]
        level = logging.WARNING
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *renderers,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG if debug else level),
        logger_factory=structlog.PrintLoggerFactory(cast("TextIO", Forgiving(sys.stderr))),
        cache_logger_on_first_use=True,
    )
    # Also with `debug` the libraries log from warning on only: httpx names the whole address of each request at info,
    # and a ping's is a secret; httpcore shows headers at debug.
    logging.basicConfig(handlers=[_Libraries(debug=debug)], level=logging.WARNING, force=True)
    logging.captureWarnings(capture=True)


class _Libraries(logging.Handler):
    """Hands what libraries log to our own log.

    Of a message only its first words, and of an exception only its kind save with `debug`: what follows a bracket
    or a line break in asyncio's is the repr of arguments, tasks and exceptions, that of aiohttp's
    ClientResponseError shows the request's headers, the key among them, and an exception may quote what it choked on.
    """

    def __init__(self, *, debug: bool) -> None:
        super().__init__(logging.WARNING)
        self._debug = debug

    def emit(self, record: logging.LogRecord) -> None:
        """Log a record as one event."""
        words = record.getMessage().partition("\n")[0].partition("(")[0].strip()
        told: dict[str, object] = {"library": record.name, "message": words}
        if record.exc_info and record.exc_info[0]:
            told["error"] = record.exc_info[0].__name__
            if self._debug:
                told["exc_info"] = record.exc_info
        if record.levelno >= logging.ERROR:
            _log.error("library_error", **told)
        else:
            _log.warning("library_warning", **told)
