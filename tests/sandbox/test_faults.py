"""Each fault dial, over a real socket."""

import time
from collections import Counter
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from itertools import pairwise
from typing import Any, TypeAlias

import httpx
import pytest

from leadsync.keen.comparison import differences
from leadsync.sandbox import EmbeddedSandbox, FaultError, Faults
from leadsync.sandbox.faults import Dice, fault_named

Ask: TypeAlias = Callable[..., httpx.Response]

LEAD = "11111111-1111-4111-8111-111111111111"
OTHER_LEAD = "22222222-2222-4222-8222-222222222222"
FOREIGN_LEAD = "33333333-3333-4333-8333-333333333333"
UNKNOWN_LEAD = "44444444-4444-4444-8444-444444444444"
SIZE = "dddddddd-0000-4000-8000-000000000001"
TIER = "dddddddd-0000-4000-8000-000000000002"
UPDATE = {"action": "update_lead", "lead_id": LEAD, "email": "new@example.com"}
NEW = "new@example.com"
OLD = "ann@example.com"


def email(sandbox: EmbeddedSandbox) -> str:
    """Give the lead's e-mail as the sandbox holds it."""
    lead = sandbox.world.lead(LEAD)
    assert lead
    return lead.fields["email"]


def test_without_faults_every_call_is_answered(sandbox: EmbeddedSandbox, post: Ask) -> None:
    """The default dials do nothing."""
    assert [post(**UPDATE).status_code for _ in range(20)] == [200] * 20


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [
        ("500", 500, "WORKER_ERROR"),
        ("503", 503, "BOOT_ERROR"),
        ("503:LOAD_FUNCTION_ERROR", 503, "LOAD_FUNCTION_ERROR"),
        ("546", 546, "WORKER_RESOURCE_LIMIT"),
        ("546:WORKER_LIMIT", 546, "WORKER_LIMIT"),
        ("404", 404, "NOT_FOUND"),
        ("401", 401, "UNAUTHORIZED_INVALID_JWT_FORMAT"),
        ("500:none", 500, None),
        ("502", 502, None),
        ("504", 504, None),
        ("307", 307, None),
    ],
)
def test_a_status_fault_answers_that_status_and_applies_nothing(
    sandbox: EmbeddedSandbox, post: Ask, name: str, status: int, code: str | None
) -> None:
    """The platform's errors, with their `sb-error-code`."""
    sandbox.faults = Faults(chances={name: 1})
    response = post(**UPDATE)
    assert (response.status_code, response.headers.get("sb-error-code")) == (status, code)
    assert email(sandbox) == OLD
    (call,) = sandbox.calls
    assert (call.status, call.applied, call.fault) == (status, False, name)


@pytest.mark.parametrize(
    ("name", "status", "text"),
    [
        ("400:keen", 400, "Invalid properties"),
        ("401:keen", 401, "Invalid API key"),
        ("403:keen", 403, "Lead not accessible"),
        ("404:keen", 404, "Lead not found"),
        ("500:keen", 500, "Internal server error"),
    ],
)
def test_a_status_can_look_like_keens_own_refusal(
    sandbox: EmbeddedSandbox, post: Ask, name: str, status: int, text: str
) -> None:
    """Keen's error body, and nothing of the platform."""
    sandbox.faults = Faults(chances={name: 1})
    sent = [{"property_definitions_id": TIER, "value": "Gold"}]
    response = post(**UPDATE, properties=sent)
    assert (response.status_code, response.headers.get("sb-error-code")) == (status, None)
    assert response.json() == ({"error": text, "invalid": sent} if status == 400 else {"error": text})
    assert email(sandbox) == OLD


def test_a_made_up_refusal_reads_like_the_real_one(sandbox: EmbeddedSandbox, post: Ask) -> None:
    """Each text is the one that the rules give; for a call without properties as well."""
    for status, lead in ((403, FOREIGN_LEAD), (404, UNKNOWN_LEAD)):
        own = post(**{**UPDATE, "lead_id": lead})
        sandbox.faults = Faults(chances={f"{status}:keen": 1})
        assert (own.status_code, own.json()) == (status, post(**UPDATE).json())
        sandbox.faults = Faults()
    sandbox.faults = Faults(chances={"400:keen": 1})
    assert post(**UPDATE).json() == {"error": "Invalid properties", "invalid": []}
    assert post(action="get_channels").json() == {"error": "Invalid properties", "invalid": []}


def test_a_404_can_mean_two_things(sandbox: EmbeddedSandbox, post: Ask) -> None:
    """The function is gone, or the lead is."""
    sandbox.faults = Faults(chances={"404": 1})
    gone = post(**UPDATE)
    assert (gone.headers["sb-error-code"], gone.json().keys()) == ("NOT_FOUND", {"code", "message"})
    sandbox.faults = Faults(chances={"404:none": 1})
    assert post(**UPDATE).json() == {"error": "Made-up fault of the sandbox: 404"}
    sandbox.faults = Faults(chances={"404:keen": 1})
    assert post(**UPDATE).json() == {"error": "Lead not found"}


@pytest.mark.parametrize("status", [403, 502])
def test_a_status_can_come_with_a_page_of_html(sandbox: EmbeddedSandbox, post: Ask, status: int) -> None:
    """As a firewall or a gateway answers."""
    sandbox.faults = Faults(chances={f"{status}:html": 1})
    response = post(**UPDATE)
    assert (response.status_code, response.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert response.text.startswith("<!doctype html>")


def test_a_gateway_timeout_can_come_after_the_update_was_applied(sandbox: EmbeddedSandbox, post: Ask) -> None:
    """`504_after`: no answer from Keen, yet the update is in."""
    sandbox.faults = Faults(chances={"504_after": 1})
    assert post(**UPDATE).status_code == 504
    assert email(sandbox) == NEW
    assert sandbox.calls[0].applied


def test_a_body_of_wrong_length_is_no_json(sandbox: EmbeddedSandbox, post: Ask) -> None:
    """Content-Length is too short, so what the client reads is cut off."""
    sandbox.faults = Faults(chances={"wrong_length": 1})
    response = post(**UPDATE)
    assert response.status_code == 200
    with pytest.raises(ValueError, match=r"Expecting|Unterminated|delimiter"):
        response.json()
    assert email(sandbox) == NEW


def test_html_with_200_is_not_an_answer_of_keen(sandbox: EmbeddedSandbox, post: Ask) -> None:
    """As a proxy or a maintenance page gives it."""
    sandbox.faults = Faults(chances={"html": 1})
    response = post(**UPDATE)
    assert (response.status_code, response.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert response.text.startswith("<!doctype html>")
    assert email(sandbox) == OLD


def test_another_leads_body_is_answered(sandbox: EmbeddedSandbox, post: Ask) -> None:
    """The update goes to the right lead; the answer is about another one."""
    sandbox.faults = Faults(chances={"other_lead": 1})
    assert post(**UPDATE).json()["lead"]["id"] == OTHER_LEAD
    assert email(sandbox) == NEW
    assert post(action="get_channels").json()["channels"]


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ({"notes": "Call back", "email": NEW}, {"notes": "Call bac", "email": NEW}),
        ({"notes": ""}, {"notes": "?"}),
        ({"properties": [{"property_definitions_id": TIER.upper(), "value": "Gold"}]}, {TIER: "Gol"}),
        ({"properties": [{"property_definitions_id": SIZE, "value": True}]}, {SIZE: "tru"}),
    ],
)
def test_an_update_is_acknowledged_and_stored_otherwise(
    sandbox: EmbeddedSandbox, post: Ask, sent: dict[str, Any], stored: dict[str, str]
) -> None:
    """The first value of the request, in the answer and in the world; the others are as they were sent."""
    sandbox.faults = Faults(chances={"stored_otherwise": 1})
    body = {"action": "update_lead", "lead_id": LEAD, **sent}
    response = post(**body)
    assert response.status_code == 200
    sandbox.faults = Faults()
    now = post(action="get_lead_by_id", lead_id=LEAD).json()["lead"]
    assert response.json()["lead"] == now
    values = {entry["property_definitions_id"]: entry["value"] for entry in now["property_values"]}
    assert stored.items() <= {**now, **values}.items()
    assert differences(body, now)
    assert sandbox.calls[0].applied


def test_what_stores_nothing_is_not_stored_otherwise(sandbox: EmbeddedSandbox, post: Ask) -> None:
    """Refused calls and questions are answered as ever."""
    sandbox.faults = Faults(chances={"stored_otherwise": 1})
    assert post(action="update_lead", lead_id=LEAD).status_code == 400
    assert post(**{**UPDATE, "lead_id": FOREIGN_LEAD}).status_code == 403
    assert post(action="get_channels").json()["channels"]
    assert email(sandbox) == OLD


def test_a_dripping_body_arrives_whole(sandbox: EmbeddedSandbox, post: Ask) -> None:
    """In small pieces."""
    sandbox.faults = Faults(chances={"drip": 1}, drip_seconds=0.05)
    assert post(**UPDATE).json()["lead"]["email"] == NEW


@pytest.mark.parametrize("retry_after", ["seconds", "date", "none"])
def test_a_rate_limit_answers_429_in_each_form_of_retry_after(
    sandbox: EmbeddedSandbox, post: Ask, retry_after: Any
) -> None:
    """Calls above the limit are not applied."""
    sandbox.faults = Faults(rate_limit=1, retry_after=retry_after, retry_after_seconds=3)
    responses = [post(**UPDATE) for _ in range(5)]
    throttled = [response for response in responses if response.status_code == 429]
    assert responses[0].status_code == 200
    assert throttled
    assert {call.fault for call in sandbox.calls if call.status == 429} == {"rate_limit"}
    header = throttled[0].headers.get("retry-after")
    if retry_after == "seconds":
        assert header == "3"
    elif retry_after == "date":
        assert 0 < parsedate_to_datetime(header).timestamp() - time.time() <= 4
    else:
        assert header is None


def test_the_rate_limit_lets_no_more_than_that_through_in_any_second() -> None:
    """A sliding window: not a burst at the turn of a second."""
    dice = Dice(Faults(rate_limit=3))
    through = [tick / 10 for tick in range(100) if dice.plan(None, None, tick / 10).fault is None]
    assert len(through) == 30
    assert all(later - earlier >= 1 for earlier, later in zip(through, through[3:], strict=False))


def test_latency_is_spread_around_its_middle() -> None:
    """Every call takes its time, none less than nothing."""
    dice = Dice(Faults(latency=0.1, latency_spread=0.05))
    delays = [dice.plan(None, None, 0).delay for _ in range(1_000)]
    assert 0.05 <= min(delays) < 0.06
    assert 0.14 < max(delays) <= 0.15
    assert all(first != second for first, second in pairwise(delays))


def test_a_call_takes_its_latency(sandbox: EmbeddedSandbox, post: Ask) -> None:
    """As the record of calls shows."""
    sandbox.faults = Faults(latency=0.03)
    assert post(**UPDATE).status_code == 200
    (call,) = sandbox.calls
    while call.finished_at is None:
        time.sleep(0.001)
    assert call.finished_at - call.arrived_at >= 0.03


def test_the_same_seed_gives_the_same_faults() -> None:
    """And another seed others; latency has no say in it."""

    def names(**dials: Any) -> list[str]:
        dice = Dice(Faults(chances={503: 0.2, "drop_after": 0.1}, **dials))
        plans = [dice.plan("update_lead", LEAD, number) for number in range(2_000)]
        return [plan.fault.name if plan.fault else "" for plan in plans]

    assert names(seed=1) == names(seed=1, latency=0.1, latency_spread=0.1)
    assert names(seed=1) != names(seed=2)
    counts = Counter(names(seed=1))
    assert 300 < counts["503"] < 500
    assert 140 < counts["drop_after"] < 260


def test_only_the_first_calls_are_struck(sandbox: EmbeddedSandbox, post: Ask) -> None:
    """So a test can have exactly two failures and then a success."""
    sandbox.faults = Faults(chances={503: 1}, first=2)
    assert [post(**UPDATE).status_code for _ in range(4)] == [503, 503, 200, 200]


def test_only_one_lead_or_one_action_is_struck(sandbox: EmbeddedSandbox, post: Ask) -> None:
    """The others are answered as ever."""
    sandbox.faults = Faults(chances={503: 1}, lead_id=LEAD, action="update_lead")
    assert post(**UPDATE).status_code == 503
    assert post(**{**UPDATE, "lead_id": OTHER_LEAD}).status_code == 200
    assert post(action="get_lead_by_id", lead_id=LEAD).status_code == 200


def test_faults_are_read_from_a_command_line() -> None:
    """NAME=PROBABILITY, and the other dials by name."""
    faults = Faults.parse(["503=0.01", " drop_after = 0.02", "429=.05"], seed=3, latency=0.1)
    assert faults == Faults(seed=3, latency=0.1, chances={"503": 0.01, "drop_after": 0.02, "429": 0.05})


@pytest.mark.parametrize(
    "text",
    [
        "503",
        "503=",
        "503=often",
        "=0.1",
        "drop=0.1",
        "200=0.1",
        "304=0.1",
        "600=0.1",
        "503:boot=0.1",
        "502:keen=0.1",
        "reset=0.1",
        "503=1.5",
        "503=-1",
    ],
)
def test_a_fault_that_cannot_be_is_refused_in_a_sentence(text: str) -> None:
    """With what was meant wrongly in it."""
    with pytest.raises(FaultError, match=r"\w+ .*[.]$"):
        Faults.parse([text])


@pytest.mark.parametrize(
    "dials",
    [
        {"chances": {503: 0.6, 504: 0.5}},
        {"latency": -1},
        {"rate_limit": 0},
        {"retry_after": "later"},
    ],
)
def test_a_dial_out_of_its_range_is_refused(dials: Any) -> None:
    """Before anything is served."""
    with pytest.raises(FaultError):
        Faults(**dials)


def test_the_codes_of_the_page_are_the_default() -> None:
    """keen-api.md, "The platform underneath"."""
    assert fault_named("503_after").sb_error_code == "BOOT_ERROR"
    assert fault_named("429").sb_error_code == ""
