"""Tells a health-check service how a command goes, in the manner of healthchecks.io.

POST to URL/start when it begins, to URL when it ended well, to URL/fail when it did not, with a short text as the
body (healthchecks.io/docs/http_api; /docs/attaching_logs, which keeps the first 100 kB; /docs/reliability_tips for
the time-out and the second try). The service learns exit codes and counts: no lead data, no key, and no message that
may quote a file goes there.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import httpx
import structlog
import typer

from leadsync.codes import CATALOGUE
from leadsync.errors import (
    LeadsyncError,
    MappingError,
    SettingsError,
    SetupError,
    SourceError,
    StateError,
    StateHeldError,
    StopRunError,
)

_TIMEOUT = 10.0
"""Seconds for one try; a start gets half, so that its two tries delay no run by more than this."""
_TRIES = 2
_PAUSE = 0.5
"""Seconds between the tries."""
_LONGEST_TEXT = 1_000
"""Letters; a verdict is a line or two."""

_log = structlog.get_logger("leadsync.ping")


class Pinger:
    """Calls one address; a call that fails is a warning in the log and nothing else.

    The address is a secret of the user's, so that only its host is ever named. Redirects are not followed. Raises
    SettingsError for what is not a web address.
    """

    def __init__(self, url: str) -> None:
        try:
            parts = urlsplit(url)
            host, _ = parts.hostname, parts.port
            httpx.URL(url)
        except (ValueError, httpx.InvalidURL):
            host = None
        if not host or parts.scheme not in ("http", "https"):
            raise SettingsError(
                "The address to ping is not a web address; it should look like https://hc-ping.com/your-uuid."
            )
        self._parts = parts
        self._host = host

    def start(self) -> None:
        """Tell that a run begins; it returns within 10 seconds, whatever the service does."""
        self._call("start", "/start", "", _TIMEOUT / _TRIES)

    def success(self, text: str) -> None:
        """Tell that all went well."""
        self._call("success", "", f"exit 0: {text}", _TIMEOUT)

    def failure(self, exit_code: int, text: str) -> None:
        """Tell that it did not."""
        self._call("failure", "/fail", f"exit {exit_code}: {text}", _TIMEOUT)

    def _call(self, signal: str, suffix: str, text: str, timeout: float) -> None:
        parts = self._parts
        url = parts._replace(path=parts.path.rstrip("/") + suffix).geturl() if suffix else parts.geturl()
        reasons: list[str | None] = []
        # In a thread, as nothing else bounds the look-up of a name, nor an answer that comes letter by letter.
        caller = threading.Thread(
            target=lambda: reasons.append(_post(url, text[:_LONGEST_TEXT], timeout)), name="ping", daemon=True
        )
        caller.start()
        caller.join(_TRIES * timeout)
        reason = reasons[0] if reasons else "no answer in time"
        if reason:
            _log.warning("ping_failed", host=self._host, signal=signal, reason=reason)


def _post(url: str, text: str, timeout: float) -> str | None:
    """Post a text, twice if need be; give the reason why it failed, without the address, None if it did not."""
    reason, may_pass = _try(url, text, timeout)
    if reason and may_pass:
        time.sleep(_PAUSE)
        reason, _ = _try(url, text, timeout)
    return reason


def _try(url: str, text: str, timeout: float) -> tuple[str | None, bool]:
    """Post once; give the reason of a failure, and whether another try may mend it."""
    headers = {"User-Agent": "leadsync", "Content-Type": "text/plain; charset=utf-8"}
    try:
        with (
            httpx.Client(headers=headers, timeout=timeout, follow_redirects=False) as client,
            # What the service says besides its status is not read: it may be long.
            client.stream("POST", url, content=text.encode("utf-8", "backslashreplace")) as response,
        ):
            if response.is_success:
                return None, False
            return (
                f"it answered {response.status_code}",
                response.is_server_error or response.status_code == httpx.codes.TOO_MANY_REQUESTS,
            )
    except httpx.TimeoutException:
        return "no answer in time", True
    except httpx.ConnectError:
        return "it cannot be reached", True
    except httpx.HTTPError:
        return "the connection broke", True
    except (OSError, ValueError, httpx.InvalidURL):
        return "the network settings of the environment, or the address, cannot be used", False


@contextmanager
def pinging(url: str | None) -> Iterator[Callable[[str], None]]:
    """Ping around a command: start, then success where it ends with exit code 0, else failure.

    It gives a function for the text that the last ping carries; it must hold no lead data. Without such a text, the
    kind of the error is told, not its message. Every exception goes on as it came. With None nothing is called.
    Raises SettingsError for what is not a web address.
    """
    text = ""

    def report(verdict: str) -> None:
        nonlocal text
        text = verdict

    if url is None:
        yield report
        return
    pinger = Pinger(url)
    try:
        pinger.start()
        yield report
    except BaseException as error:
        exit_code, verdict = ending(error)
        if exit_code:
            pinger.failure(exit_code, text or verdict)
        else:
            pinger.success(text or verdict)
        raise
    pinger.success(text or DONE)


DONE = "done."
"""What is told of a command that has ended well, and no more."""
_LOOK = "What leadsync printed says more."
_SENTENCES: tuple[tuple[type[LeadsyncError], str], ...] = (
    (SettingsError, "the settings cannot be used; nothing was sent."),
    (SourceError, "the source cannot be used, or lacks what the mapping names; nothing was sent."),
    (MappingError, "the mapping cannot be used; nothing was sent."),
    (SetupError, "the run could not begin; nothing was sent."),
    (StateHeldError, "another run holds the state folder; nothing was sent."),
    (StateError, "the state or report folder cannot be written."),
    (LeadsyncError, "the run was stopped."),
)


def ending(error: BaseException) -> tuple[int, str]:
    """Give the exit code to which an exception leads (DESIGN section 6), and what may be told of it."""
    if isinstance(error, typer.Exit):
        return error.exit_code, _LOOK if error.exit_code else DONE
    if isinstance(error, SystemExit):
        code = error.code if isinstance(error.code, int) else int(error.code is not None)
        return code, _LOOK if code else DONE
    if isinstance(error, KeyboardInterrupt):
        return 130, "interrupted (Ctrl-C)."
    if isinstance(error, StopRunError):
        return 3, f"{error.code}: {CATALOGUE[error.code].meaning} {_LOOK}"
    for kind, sentence in _SENTENCES:
        if isinstance(error, kind):
            return kind.exit_code, f"{sentence} {_LOOK}"
    return 3, f"leadsync has a fault ({type(error).__name__})."
