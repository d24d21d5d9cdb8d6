"""The log of a program that leadsync is a part of: the standard library's, under the name `leadsync`."""

import logging
from typing import Any

import structlog
from structlog.typing import EventDict

_OURS = "leadsync"


def settle_log() -> None:
    """Hand our events to the standard library's logging, unless the program has set up structlog itself.

    Left alone, structlog prints on standard output. What the program logs by structlog goes the way it went before.
    A program that has set up no logging hears nothing of us.
    """
    logger = logging.getLogger(_OURS)
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())  # else warnings would go to standard error
    if structlog.is_configured():
        return
    before = structlog.get_config()
    made = before["logger_factory"]

    def logger_of(*names: Any) -> Any:
        name = names[0] if names else None
        is_ours = isinstance(name, str) and name.partition(".")[0] == _OURS
        return logging.getLogger(name) if is_ours else made(*names)

    structlog.configure(processors=[_hand_over, *before["processors"]], logger_factory=logger_of)


def _hand_over(logger: Any, method: str, event: EventDict) -> EventDict:
    """Log an event of ours as one line, `run_finished exit_code=0 run='…'`, and end its way; let others go on."""
    if not isinstance(logger, logging.Logger):
        return event
    level = logging.getLevelNamesMapping()[method.upper()]
    if logger.isEnabledFor(level):
        told = structlog.contextvars.merge_contextvars(logger, method, dict(event))
        name = told.pop("event")
        logger.log(level, "%s", " ".join([name, *(f"{key}={value!r}" for key, value in told.items())]))
    raise structlog.DropEvent
