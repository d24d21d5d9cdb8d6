"""Each fault dial, over a real socket."""

import socket
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from email.utils import parsedate_to_datetime
from itertools import pairwise
from typing import Any, TypeAlias

import httpx
import pytest

from leadsync.sandbox import EmbeddedSandbox, FaultError, Faults, World
from leadsync.sandbox.faults import Dice, fault_named

Ask: TypeAlias = Callable[..., httpx.Response]

LEAD = "11111111-1111-4111-8111-111111111111"
OTHER_LEAD = "22222222-2222-4222-8222-222222222222"
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


def test_a_gateway_timeout_can_come_after_the_update_was_applied(sandbox: EmbeddedSandbox, post: Ask) -> None:
    """`504_after`: no answer from Keen, yet the update is in."""
    sandbox.faults = Faults(chances={"504_after": 1})
    assert post(**UPDATE).status_code == 504
    assert email(sandbox) == NEW
    assert sandbox.calls[0].applied


@pytest.mark.parametrize(("name", "expected"), [("drop_before", OLD), ("drop_after", NEW)])
def test_a_dropped_connection_gives_no_answer(sandbox: EmbeddedSandbox, post: Ask, name: str, expected: str) -> None:
    """The client cannot tell whether the update was applied; the sandbox can."""
    sandbox.faults = Faults(chances={name: 1})
    with pytest.raises(httpx.TransportError):
        post(**UPDATE)
    assert email(sandbox) == expected
    (call,) = sandbox.calls
    assert (call.status, call.applied, call.fault) == (None, expected == NEW, name)
    sandbox.faults = Faults()
    assert post(**UPDATE).status_code == 200


@pytest.mark.parametrize(("name", "expected"), [("hang_before", OLD), ("hang_after", NEW)])
def test_a_hang_lasts_until_the_client_gives_up(sandbox: EmbeddedSandbox, post: Ask, name: str, expected: str) -> None:
    """No answer comes; the sandbox stops at once although the call never ended by itself."""
    sandbox.faults = Faults(chances={name: 1})
    with pytest.raises(httpx.ReadTimeout):
        post(timeout=0.2, **UPDATE)
    assert email(sandbox) == expected


def test_a_hang_ends_with_504_at_the_platforms_idle_limit(sandbox: EmbeddedSandbox, post: Ask) -> None:
    """150 seconds unless the dial says otherwise."""
    sandbox.faults = Faults(chances={"hang_after": 1}, hang_seconds=0.05)
    assert post(**UPDATE).status_code == 504
    assert email(sandbox) == NEW


def test_a_sandbox_stops_while_a_call_hangs(world: World) -> None:
    """The hung client sees its connection closed, and the sandbox does not wait for it."""
    with ThreadPoolExecutor(1) as pool:
        with EmbeddedSandbox(world, Faults(chances={"hang_before": 1})) as sandbox:
            headers = {"X-Api-Key": sandbox.api_key}
            answer = pool.submit(httpx.post, sandbox.url, json=UPDATE, headers=headers, timeout=30)
            while not sandbox.calls:
                time.sleep(0.001)
        assert isinstance(answer.exception(), httpx.TransportError)
    with pytest.raises(httpx.ConnectError):
        httpx.post(sandbox.url, json=UPDATE)


def test_a_truncated_body_breaks_off(sandbox: EmbeddedSandbox, post: Ask) -> None:
    """Content-Length promises more than comes."""
    sandbox.faults = Faults(chances={"truncated": 1})
    with pytest.raises(httpx.RemoteProtocolError):
        post(**UPDATE)
    assert email(sandbox) == NEW


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
    assert call.finished_at
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


def test_a_client_that_leaves_early_does_no_harm(sandbox: EmbeddedSandbox, post: Ask) -> None:
    """A half request is no call that breaks the next one."""
    host, port = httpx.URL(sandbox.url).host, httpx.URL(sandbox.url).port
    with socket.create_connection((host, port)) as connection:
        connection.sendall(b"POST /functions/v1/keen-api HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\r\n{")
    assert post(**UPDATE).status_code == 200
