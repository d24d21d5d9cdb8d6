"""One table: every answer of keen-api.md, and what it means for the row and for the run."""

from datetime import UTC, datetime

import pytest

from leadsync.codes import Code
from leadsync.keen.answers import Answer, Recovery, Trouble, classify, retry_after

LEAD = "3f2b1c9e-8d47-4f0a-9b1e-6c5d4e3f2a1b"
OTHER = "00000000-8d47-4f0a-9b1e-6c5d4e3f2a1b"


def refused(status: int, text: str, **headers: str) -> Answer:
    """Make an answer in Keen's own form."""
    return Answer(status, {"error": text}, {name.replace("_", "-"): value for name, value in headers.items()})


def platform(status: int, code: str = "") -> Answer:
    """Make an answer of the platform, or of anything else that is not Keen."""
    return Answer(status, None, {"sb-error-code": code} if code else {})


DONE, ROW, RETRY, STOP = Recovery.DONE, Recovery.ROW, Recovery.RETRY, Recovery.STOP
TOO_LITTLE = "At least one updatable field or non-empty properties array required"
TABLE = [
    # what comes back, recovery, code, may it have been applied?
    ("the lead", Answer(200, {"lead": {"id": LEAD}}), DONE, Code.UPDATED, False),
    ("the lead in capitals", Answer(200, {"lead": {"id": LEAD.upper()}}), DONE, Code.UPDATED, False),
    ("another lead", Answer(200, {"lead": {"id": OTHER}}), RETRY, Code.UNREADABLE_ANSWER, True),
    ("200 with an error", Answer(200, {"error": "x"}), RETRY, Code.UNREADABLE_ANSWER, True),
    ("200 that is no JSON", Answer(200), RETRY, Code.UNREADABLE_ANSWER, True),
    ("200 with a list", Answer(200, [1]), RETRY, Code.UNREADABLE_ANSWER, True),
    ("200 with a lead of no id", Answer(200, {"lead": {}}), RETRY, Code.UNREADABLE_ANSWER, True),
    ("204", Answer(204), RETRY, Code.UNREADABLE_ANSWER, True),
    ("400 lead_id", refused(400, "lead_id (uuid) required"), ROW, Code.LEAD_ID_REFUSED, False),
    ("400 nothing", refused(400, TOO_LITTLE), ROW, Code.EMPTY_UPDATE_REFUSED, False),
    ("400 properties", refused(400, "Invalid properties"), ROW, Code.INVALID_PROPERTY, False),
    ("400 of another kind", refused(400, "Something else"), ROW, Code.BAD_REQUEST, False),
    ("400 without a reason", platform(400), ROW, Code.BAD_REQUEST, False),
    ("401", refused(401, "Invalid API key"), STOP, Code.KEY_REFUSED, False),
    ("401 without a body", platform(401), STOP, Code.KEY_REFUSED, False),
    ("401 of the gateway", platform(401, "UNAUTHORIZED_NO_AUTH_HEADER"), STOP, Code.GATEWAY_REFUSED, False),
    ("403", refused(403, "Lead not accessible"), ROW, Code.LEAD_NOT_ACCESSIBLE, False),
    ("403 of a proxy", platform(403), STOP, Code.GATEWAY_REFUSED, False),
    ("404", refused(404, "Lead not found"), ROW, Code.LEAD_NOT_FOUND, False),
    ("404 of the platform", platform(404, "NOT_FOUND"), STOP, Code.FUNCTION_NOT_FOUND, False),
    ("404 with both", refused(404, "Lead not found", sb_error_code="NOT_FOUND"), STOP, Code.FUNCTION_NOT_FOUND, False),
    ("404 blob", platform(404, "NOT_FOUND_FUNCTION_BLOB"), STOP, Code.FUNCTION_NOT_FOUND, False),
    ("404 of a web server", platform(404), STOP, Code.FUNCTION_NOT_FOUND, False),
    ("405", platform(405), STOP, Code.FUNCTION_NOT_FOUND, False),
    ("407 of a proxy", platform(407), STOP, Code.GATEWAY_REFUSED, False),
    ("408", platform(408), RETRY, Code.UNAVAILABLE, False),
    ("413", platform(413), ROW, Code.BAD_REQUEST, False),
    ("429", platform(429), RETRY, Code.RATE_LIMITED, False),
    ("500", refused(500, "boom"), RETRY, Code.SERVER_ERROR, False),
    ("500 of the platform", platform(500, "WORKER_ERROR"), RETRY, Code.SERVER_ERROR, False),
    ("502", platform(502), RETRY, Code.GATEWAY_ERROR, True),
    ("503 boot", platform(503, "BOOT_ERROR"), RETRY, Code.UNAVAILABLE, False),
    ("503 load", platform(503, "LOAD_FUNCTION_ERROR"), RETRY, Code.UNAVAILABLE, False),
    ("503 metadata", platform(503, "LOAD_FUNCTION_METADATA_ERROR"), RETRY, Code.UNAVAILABLE, False),
    ("504", platform(504), RETRY, Code.GATEWAY_ERROR, True),
    ("524 of a gateway", platform(524), RETRY, Code.GATEWAY_ERROR, True),
    ("546", platform(546, "WORKER_RESOURCE_LIMIT"), RETRY, Code.WORKER_LIMIT, False),
    ("546, the earlier name", platform(546, "WORKER_LIMIT"), RETRY, Code.WORKER_LIMIT, False),
    ("301", platform(301), STOP, Code.REDIRECTED, False),
    ("307", platform(307), STOP, Code.REDIRECTED, False),
    ("no connection", Answer(trouble=Trouble.NOT_CONNECTED), RETRY, Code.UNREACHABLE, False),
    ("time-out", Answer(trouble=Trouble.TIMED_OUT), RETRY, Code.NO_ANSWER, True),
    ("cut", Answer(trouble=Trouble.CUT), RETRY, Code.NO_ANSWER, True),
]


@pytest.mark.parametrize(("answer", "recovery", "code", "maybe"), [row[1:] for row in TABLE], ids=[r[0] for r in TABLE])
def test_every_answer_has_one_meaning(answer: Answer, recovery: Recovery, code: Code, maybe: bool) -> None:
    """An answer to update_lead is told as the table says."""
    verdict = classify("update_lead", answer, LEAD)
    assert (verdict.recovery, verdict.code, verdict.maybe_applied) == (recovery, code, maybe)
    assert verdict.message.endswith(".")


def test_a_look_up_must_be_answered_with_the_lead_of_that_legacy_id() -> None:
    """A lead with another legacy id is no answer."""
    right = Answer(200, {"lead": {"id": LEAD, "legacy_id": 17}})
    assert classify("get_lead_by_legacy_id", right, "17").recovery is DONE
    assert classify("get_lead_by_legacy_id", right, "18").recovery is RETRY


def test_channels_must_be_a_list() -> None:
    """A 200 without channels is no answer to get_channels."""
    assert classify("get_channels", Answer(200, {"channels": []})).recovery is DONE
    assert classify("get_channels", Answer(200, {"lead": {"id": LEAD}})).recovery is RETRY


def test_the_refused_properties_are_named() -> None:
    """The message of `Invalid properties` names the definitions that Keen names, and nothing that is not text."""
    body = {"error": "Invalid properties", "invalid": [{"property_definitions_id": OTHER, "value": "x"}, 7, {}]}
    message = classify("update_lead", Answer(400, body), LEAD).message
    assert OTHER in message
    assert "nothing of the row was stored" in message


def test_an_error_text_cannot_smuggle_control_characters_into_a_terminal() -> None:
    """What Keen says is shown as plain text, and not at any length."""
    message = classify("update_lead", refused(400, "\x1b[31mred\n" + "x" * 5000), LEAD).message
    assert "\x1b" not in message
    assert "\n" not in message
    assert len(message) < 300


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": " 120 "}, 120.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "Sun, 22 Nov 2026 12:00:30 GMT"}, 30.0),
        ({"retry-after": "Sun, 22 Nov 2026 11:00:00 GMT"}, 0.0),
        ({"retry-after": "Sun, 22 Nov 2026 12:00:30 GMT", "date": "Sun, 22 Nov 2026 12:00:20 GMT"}, 10.0),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(headers: dict[str, str], seconds: float | None) -> None:
    """RFC 9110 allows both; a date counts from the answer's own date, so a wrong clock here does no harm."""
    now = datetime(2026, 11, 22, 12, 0, 0, tzinfo=UTC)
    assert retry_after(Answer(429, headers=headers), now) == seconds
