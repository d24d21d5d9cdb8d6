"""What an answer of Keen means: the one place that classifies answers.

Keen's own errors and those of the platform under it are told apart here, after the tables of keen-api.md.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum, auto

from leadsync.codes import Code
from leadsync.records import JsonValue

_PLAIN_TEXT = re.compile(r"[^\x20-\x7e]+")


class Trouble(Enum):
    """Why no whole answer came."""

    NOT_CONNECTED = auto()
    """The request never left: no address, no connection, no TLS."""
    TIMED_OUT = auto()
    CUT = auto()
    """The connection broke, or what came was not HTTP, after the request had gone out."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back from one request."""

    status: int = 0
    """The HTTP status; 0 where `trouble` says why there is none."""
    body: JsonValue = None
    """The JSON body; None where it is not JSON."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Names in lower case."""
    trouble: Trouble | None = None
    detail: str = ""
    """For trouble: the cause in the words of the network library, without the request."""

    @property
    def sb_error_code(self) -> str:
        """Give the platform's own code, as plain text."""
        return _PLAIN_TEXT.sub(" ", self.headers.get("sb-error-code", ""))[:60]

    @property
    def error(self) -> str | None:
        """Give the text of Keen's own error body `{"error": "<text>"}`, None where it is no such body."""
        text = self.body.get("error") if isinstance(self.body, dict) else None
        return _PLAIN_TEXT.sub(" ", text)[:200] if isinstance(text, str) else None


class Recovery(Enum):
    """What can be done about an answer."""

    DONE = auto()
    ROW = auto()
    """This row only: the same call will be refused again."""
    RETRY = auto()
    STOP = auto()
    """No further row can succeed."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The meaning of an answer."""

    recovery: Recovery
    code: Code
    message: str
    maybe_applied: bool = False
    """The update may have been applied although the answer does not say so."""


_DONE = Verdict(Recovery.DONE, Code.UPDATED, "Keen acknowledged the update.")


def classify(action: str, answer: Answer, wanted: str = "") -> Verdict:
    """Tell what an answer means for the row and for the run (keen-api.md; DESIGN section 5).

    `wanted` is the id that the answer to `update_lead`, `get_lead_by_id` or `get_lead_by_legacy_id` must be about:
    a 200 that is not JSON, is cut short, or is about another lead is no success.
    """
    verdict = _classify(action, answer, wanted)
    if not verdict.maybe_applied:
        return verdict
    if action != "update_lead":
        return replace(verdict, maybe_applied=False)
    return replace(verdict, message=f"{verdict.message} The update may have been applied.")


def _classify(action: str, answer: Answer, wanted: str) -> Verdict:
    if answer.trouble is not None:
        return _classify_trouble(answer)
    if answer.status == 200:
        return _DONE if _is_answer_to(action, answer.body, wanted) else _unreadable(answer)
    if answer.status in _REFUSALS:
        return _classify_refusal(action, answer)
    return _classify_platform(answer)


def _classify_trouble(answer: Answer) -> Verdict:
    if answer.trouble is Trouble.NOT_CONNECTED:
        return Verdict(Recovery.RETRY, Code.UNREACHABLE, f"Keen could not be reached ({answer.detail}).")
    how = "in time" if answer.trouble is Trouble.TIMED_OUT else f"whole ({answer.detail})"
    return Verdict(
        Recovery.RETRY,
        Code.NO_ANSWER,
        f"The request went out, but Keen's answer did not come {how}.",
        maybe_applied=True,
    )


def _unreadable(answer: Answer) -> Verdict:
    return Verdict(
        Recovery.RETRY,
        Code.UNREADABLE_ANSWER,
        f"The answer had status {answer.status}, but was not about what was asked.",
        maybe_applied=True,
    )


def _is_answer_to(action: str, body: JsonValue, wanted: str) -> bool:
    if not isinstance(body, dict):
        return False
    if action == "get_channels":
        return isinstance(body.get("channels"), list)
    lead = body.get("lead")
    if not isinstance(lead, dict) or not isinstance(lead.get("id"), str):
        return False
    key = "legacy_id" if action == "get_lead_by_legacy_id" else "id"
    return str(lead.get(key)).lower() == wanted


_REFUSALS = frozenset({400, 401, 403, 404})
_BAD_REQUESTS = {
    "lead_id (uuid) required": Code.LEAD_ID_REFUSED,
    "At least one updatable field or non-empty properties array required": Code.EMPTY_UPDATE_REFUSED,
    "Invalid properties": Code.INVALID_PROPERTY,
}


def _classify_refusal(action: str, answer: Answer) -> Verdict:
    """Tell Keen's own refusals from those of the platform, which share their statuses."""
    error = answer.error
    platform = answer.sb_error_code
    match answer.status:
        case 401 if platform.startswith("UNAUTHORIZED"):
            return Verdict(
                Recovery.STOP,
                Code.GATEWAY_REFUSED,
                f"The gateway before Keen refused the call (401, {platform}): check LEADSYNC_BASE_URL and the key.",
            )
        case 401:
            return Verdict(
                Recovery.STOP,
                Code.KEY_REFUSED,
                "Keen refused the API key (401): make a new one in the Keen dashboard, or check which one is set.",
            )
        case _ if error is None or platform:
            return _not_keens_own(answer.status, platform)
        case 404:
            return Verdict(Recovery.ROW, Code.LEAD_NOT_FOUND, f"Keen has no such lead ({error}).")
        case 403:
            return Verdict(
                Recovery.ROW,
                Code.LEAD_NOT_ACCESSIBLE,
                f"The lead is in a channel that the key's company cannot access ({error}).",
            )
        case _:
            code = _BAD_REQUESTS.get(error, Code.BAD_REQUEST)
            what = "update" if action == "update_lead" else "call"
            return Verdict(Recovery.ROW, code, f"Keen refused the {what}: {error}.{_invalid_entries(answer.body)}")


def _invalid_entries(body: JsonValue) -> str:
    """Name the definitions in the `invalid` array of `Invalid properties`."""
    entries = body.get("invalid") if isinstance(body, dict) else None
    if not isinstance(entries, list):
        return ""
    ids = [entry.get("property_definitions_id") for entry in entries if isinstance(entry, dict)]
    known = [_PLAIN_TEXT.sub(" ", text)[:40] for text in ids if isinstance(text, str)]
    return f" Keen names property {', '.join(known)}; nothing of the row was stored." if known else ""


def _not_keens_own(status: int, platform: str) -> Verdict:
    if status == 404:
        what = f"There is no Keen API at this address (404{', ' + platform if platform else ''})"
        return Verdict(Recovery.STOP, Code.FUNCTION_NOT_FOUND, f"{what}: check LEADSYNC_BASE_URL.")
    if status == 403:
        return Verdict(
            Recovery.STOP,
            Code.GATEWAY_REFUSED,
            "Something between us and Keen, such as a proxy or a firewall, refused the call (403).",
        )
    return Verdict(Recovery.ROW, Code.BAD_REQUEST, f"The call was refused with status {status}, without a reason.")


def _classify_platform(answer: Answer) -> Verdict:
    """Classify what the platform under Keen, or something on the way, answered."""
    status, reason = answer.status, answer.sb_error_code or answer.error or "no reason given"
    match status:
        case 429:
            return Verdict(Recovery.RETRY, Code.RATE_LIMITED, "Keen asked for fewer requests (429).")
        case 546:
            return Verdict(Recovery.RETRY, Code.WORKER_LIMIT, "Keen ran out of memory or processor time (546).")
        case 500:
            return Verdict(Recovery.RETRY, Code.SERVER_ERROR, f"Keen had an error of its own (500, {reason}).")
        case 503 | 408 | 425:
            return Verdict(Recovery.RETRY, Code.UNAVAILABLE, f"Keen is not available ({status}, {reason}).")
        case _ if 300 <= status < 400:
            return Verdict(
                Recovery.STOP,
                Code.REDIRECTED,
                f"The address answers with a redirect ({status}), which is never followed, as the key would go along: "
                "set LEADSYNC_BASE_URL to the address itself.",
            )
        case 405 | 407:
            return Verdict(
                Recovery.STOP,
                Code.FUNCTION_NOT_FOUND if status == 405 else Code.GATEWAY_REFUSED,
                f"What answers at this address is not Keen's API ({status}): check LEADSYNC_BASE_URL and the proxy.",
            )
        case _ if 400 <= status < 500:
            return Verdict(Recovery.ROW, Code.BAD_REQUEST, f"The call was refused ({status}, {reason}).")
        case _ if status >= 500:
            return Verdict(
                Recovery.RETRY,
                Code.GATEWAY_ERROR,
                f"A gateway before Keen gave up waiting ({status}).",
                maybe_applied=True,
            )
        case _:
            return _unreadable(answer)


def retry_after(answer: Answer, now: datetime | None = None) -> float | None:
    """Give the seconds that a Retry-After header asks for, as a number or an HTTP date (RFC 9110, 10.2.3).

    The date is measured against the answer's own Date header where there is one, so that a wrong clock here does
    not count.
    """
    text = answer.headers.get("retry-after", "").strip()
    if not text:
        return None
    if text.isascii() and text.isdigit():
        return float(text)
    until = _http_date(text)
    since = _http_date(answer.headers.get("date", "")) or now or datetime.now(UTC)
    return max(0.0, (until - since).total_seconds()) if until else None


def _http_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
