"""The control address: seed, reset, calls, stats, leads and faults."""

from collections.abc import Callable
from typing import Any, TypeAlias

import httpx
import pytest

from leadsync.sandbox import EmbeddedSandbox, Faults, World

Ask: TypeAlias = Callable[..., httpx.Response]

LEAD = "11111111-1111-4111-8111-111111111111"
COMPANY = "cccccccc-0000-4000-8000-000000000001"
CHANNEL = "aaaaaaaa-0000-4000-8000-000000000009"
SIZE = "dddddddd-0000-4000-8000-000000000009"
SEED = {
    "companies": [{"name": "Northwind", "id": COMPANY, "key": "a-key"}],
    "channels": [{"title": "Acme", "id": CHANNEL, "creator": COMPANY, "statuses": ["Won"]}],
    "definitions": [{"channel_id": CHANNEL, "id": SIZE, "name": "Deal size", "type": "number"}],
    "leads": [{"channel_id": CHANNEL, "id": LEAD, "legacy_id": 7, "fields": {"email": "ann@example.com"}}],
}


@pytest.fixture
def control(ask: Ask) -> Ask:
    """Give a way to call the control address, in process and over a socket."""
    return lambda path, body=None: ask(
        path=f"/control/{path}", method="GET" if body is None else "POST", headers={}, json=body
    )


def test_a_reset_sandbox_can_be_seeded_from_nothing(ask: Ask, control: Ask) -> None:
    """Companies with their keys, channels, definitions and leads."""
    assert control("reset", {}).json() == {"leads": 0}
    assert ask(json={"action": "get_channels"}).status_code == 401
    assert control("seed", SEED).json() == {"leads": 1}
    key = {"X-Api-Key": "a-key"}
    (channel,) = ask(headers=key, json={"action": "get_channels"}).json()["channels"]
    assert channel["property_definitions"][0]["name"] == "Deal size"
    assert [status["status"] for status in channel["lead_status"]] == ["New", "Won"]
    lead = ask(headers=key, json={"action": "get_lead_by_legacy_id", "legacy_id": 7}).json()["lead"]
    assert (lead["id"], lead["email"]) == (LEAD, "ann@example.com")


@pytest.mark.parametrize(
    ("seed", "hint"),
    [
        ({"leads": [{"channel_id": CHANNEL}]}, "seed it before"),
        ({"leads": [{}]}, "leads.0.channel_id"),
        ({"lead": []}, "lead"),
        ({"companies": [{"name": 7}]}, "companies.0.name"),
        ({"companies": [{"name": "Twin", "key": "00000000-0000-4000-8000-000000000001"}]}, "already has"),
        ([], "object"),
    ],
)
def test_a_seed_that_cannot_be_is_refused_with_its_place(control: Ask, seed: object, hint: str) -> None:
    """400 and a sentence."""
    response = control("seed", seed)
    assert response.status_code == 400
    assert hint in response.json()["error"]


def test_a_lead_is_shown_as_keen_would_answer_it(ask: Ask, control: Ask) -> None:
    """Whoever can access it."""
    expected = ask(json={"action": "get_lead_by_id", "lead_id": LEAD}).json()
    assert control(f"leads/{LEAD}").json() == expected
    assert control("leads/33333333-3333-4333-8333-333333333333").status_code == 200
    assert control("leads/nobody").status_code == 404


def test_faults_are_set_and_those_left_out_go_back_to_default(ask: Ask, control: Ask) -> None:
    """By the names of `Faults`."""
    assert control("faults", {"chances": {"503": 1}, "first": 1}).json()["first"] == 1
    assert [ask(json={"action": "get_channels"}).status_code for _ in range(2)] == [503, 200]
    assert control("faults", {}).json()["chances"] == {}


@pytest.mark.parametrize("dials", [{"latencies": 1}, {"latency": "slow"}, {"chances": {"503": 2}}, []])
def test_a_dial_that_cannot_be_is_refused(control: Ask, dials: Any) -> None:
    """400, and the dials stay as they are."""
    response = control("faults", dials)
    assert response.status_code == 400
    assert response.json().keys() == {"error"}


def test_calls_and_stats_tell_what_was_received(ask: Ask, control: Ask) -> None:
    """The key is in neither of them."""
    update = {"action": "update_lead", "lead_id": LEAD, "email": "b@example.com"}
    ask(json=update)
    ask(json={**update, "lead_id": "x"})
    ask(content=b"{")
    calls = control("calls").json()
    assert [(call["action"], call["status"], call["applied"]) for call in calls] == [
        ("update_lead", 200, True),
        ("update_lead", 400, False),
        (None, 400, False),
    ]
    assert calls[0]["body"] == update
    assert control("calls?since=2").json() == calls[2:]
    assert control("stats").json() == {
        "calls": 3,
        "applied": 1,
        "in_flight": 0,
        "by_action": {"none": {"400": 1}, "update_lead": {"200": 1, "400": 1}},
        "faults": {},
        "max_starts_per_second": 3,
        "max_in_flight": 1,
        "unknown_fields": 0,
    }
    assert "00000000-0000-4000-8000-000000000001" not in control("calls").text


def test_it_is_told_how_often_each_update_was_carried_out(ask: Ask, control: Ask) -> None:
    """In the order of the first time, with the numbers of the calls; refused calls are none of them."""
    first = {"action": "update_lead", "lead_id": LEAD, "email": "b@example.com"}
    second = {**first, "email": "c@example.com"}
    for body in (first, second, {**first, "lead_id": "x"}, {"action": "get_channels"}, first):
        ask(json=body)
    assert control("applied").json() == [
        {"lead_id": LEAD, "body": first, "calls": [0, 4]},
        {"lead_id": LEAD, "body": second, "calls": [1]},
    ]
    assert [call["applied_as"] for call in control("calls").json()] == [0, 1, None, None, 2]


def test_a_wrong_control_path_or_method_is_refused_in_json(control: Ask) -> None:
    """404 and 405."""
    assert control("nothing").json() == {"error": "Not Found"}
    assert control("calls", {}).status_code == 405
    assert control("calls?since=x").status_code == 400


def test_only_the_last_calls_are_kept_but_all_are_counted(world: World) -> None:
    """So a long run does not fill the memory."""
    with EmbeddedSandbox(world, keep_calls=2) as sandbox, httpx.Client(verify=False) as client:
        for _ in range(5):
            client.post(sandbox.url, json={"action": "get_channels"}, headers={"X-Api-Key": sandbox.api_key})
        assert [call.number for call in sandbox.calls] == [3, 4]
        assert sandbox.stats.calls == 5


def test_calls_in_flight_are_counted_at_arrival(sandbox: EmbeddedSandbox, post: Ask) -> None:
    """A call that hangs is still in flight when the next one arrives."""
    sandbox.faults = Faults(chances={"hang_before": 1}, lead_id=LEAD)
    with pytest.raises(httpx.ReadTimeout):
        post(timeout=0.1, action="get_lead_by_id", lead_id=LEAD)
    assert sandbox.stats.max_in_flight == 1
    assert post(action="get_channels").status_code == 200
    assert sandbox.calls[1].in_flight in (1, 2)
