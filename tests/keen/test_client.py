"""One call to Keen, with everything that can happen to it, over a real socket."""

import asyncio
import socket
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import orjson
import pytest
from conftest import CHANNEL, Keen, lead_id
from pydantic import SecretStr

from leadsync.codes import Code
from leadsync.errors import HaltedError, MappingError, RefusedError, RetryError, SettingsError, Spot, StopRunError
from leadsync.keen.calls import Trail
from leadsync.keen.client import KeenClient
from leadsync.keen.options import ClientOptions
from leadsync.keen.traffic import Latency
from leadsync.records import Row, Update
from leadsync.sandbox import Faults

Result = TypeVar("Result")


def call(options: ClientOptions, use: Callable[[KeenClient], Awaitable[Result]]) -> Result:
    """Use a client once."""

    async def run() -> Result:
        async with KeenClient(options) as client:
            return await use(client)

    return asyncio.run(run())


def an_update(number: int = 0, **fields: str) -> Update:
    """Make an update of a made-up lead."""
    return Update(Row(0, "Leads", 2), lead_id(number), fields or {"first_name": "Anna"}, [])


def send(keen: Keen, update: Update | None = None, **options: Any) -> Trail:
    """Send one update and give what it went through."""
    update = update or an_update()
    trail = Trail()

    async def use(client: KeenClient) -> None:
        await client.update_lead(update, update.lead, trail)

    try:
        call(keen.options(**options), use)
    except RetryError as error:
        error.add_note(f"attempts: {trail.attempts}, maybe applied: {trail.doubt is not None}")
        raise
    return trail


def test_an_update_arrives_as_it_was_put_together(keen: Keen) -> None:
    """Standard fields, properties and the lead's id stand in the body, and nothing else."""
    tier = keen.property_ids["Tier"]
    update = Update(Row(0, "Leads", 2), lead_id(3), {"email": "a@example.com"}, [(tier, "Gold")])
    trail = send(keen, update)
    assert keen.updates() == [
        {
            "action": "update_lead",
            "lead_id": lead_id(3),
            "email": "a@example.com",
            "properties": [{"property_definitions_id": tier, "value": "Gold"}],
        }
    ]
    assert (trail.attempts, trail.http_status) == (1, 200)
    assert not keen.sandbox.stats.unknown_fields


def test_a_legacy_id_is_looked_up(keen: Keen) -> None:
    """The lead's UUID comes from get_lead_by_legacy_id, asked with a number."""
    assert call(keen.options(), lambda client: client.lead_id_of("1007", Trail())) == lead_id(7)
    assert keen.sandbox.calls[-1].body == {"action": "get_lead_by_legacy_id", "legacy_id": 1007}


def test_property_names_become_ids_within_the_channel(keen: Keen) -> None:
    """Names are looked up in the mapping's channel; what is not there is named with the nearest right word."""
    directory = call(keen.options(), lambda client: client.get_channels())
    channel = directory.channel(CHANNEL, "--channel")
    at = Spot("m.yaml", 7, 3)
    assert directory.properties({"Tier": at}, channel)["Tier"].id == keen.property_ids["Tier"]
    with pytest.raises(MappingError) as caught:
        directory.properties({"Teir": at, "Deal sise": Spot("m.yaml", 8, 3)}, channel)
    there = 'It has: "Deal size", "Tier".'
    assert caught.value.message.splitlines() == [
        f'm.yaml:7:3: channel "{CHANNEL}" has no property named "Teir". Did you mean "Tier"? {there}',
        f'm.yaml:8:3: channel "{CHANNEL}" has no property named "Deal sise". Did you mean "Deal size"? {there}',
    ]
    with pytest.raises(MappingError, match=r'^--channel: the key.* no channel "Acme"'):
        directory.channel("Acme", "--channel")
    with pytest.raises(MappingError, match=r'^m\.yaml:7:3: the key.* no channel "Acme"') as caught:
        directory.channel("Acme", at)
    assert [fault.spot for fault in caught.value.faults] == [at]


@pytest.mark.parametrize("fault", ["500", "503", "546", "502", "504", "drop_before", "drop_after", "truncated"])
def test_temporary_trouble_is_survived(keen: Keen, fault: str) -> None:
    """Two failures of any temporary kind, and the third try is acknowledged."""
    keen.sandbox.faults = Faults(chances={fault: 1.0}, first=2, retry_after="none")
    trail = send(keen)
    assert trail.attempts == 3
    assert keen.sandbox.stats.calls == 3


@pytest.mark.parametrize(
    ("fault", "code", "maybe_applied"),
    [
        ("429", Code.RATE_LIMITED, False),
        ("500", Code.SERVER_ERROR, False),
        ("503:LOAD_FUNCTION_ERROR", Code.UNAVAILABLE, False),
        ("546", Code.WORKER_LIMIT, False),
        ("502", Code.GATEWAY_ERROR, True),
        ("504_after", Code.GATEWAY_ERROR, True),
        ("drop_before", Code.NO_ANSWER, True),
        ("drop_after", Code.NO_ANSWER, True),
        ("truncated", Code.NO_ANSWER, True),
        ("html", Code.UNREADABLE_ANSWER, True),
        ("other_lead", Code.UNREADABLE_ANSWER, True),
    ],
)
def test_tries_end(keen: Keen, fault: str, code: Code, maybe_applied: bool) -> None:
    """After the set number of tries the call fails, and says whether it may have been applied all the same."""
    keen.sandbox.faults = Faults(chances={fault: 1.0}, retry_after="none")
    with pytest.raises(RetryError) as caught:
        send(keen, tries=2)
    assert (caught.value.code, caught.value.maybe_applied) == (code, maybe_applied)
    assert caught.value.__notes__ == [f"attempts: 2, maybe applied: {maybe_applied}"]
    assert keen.sandbox.stats.calls == 2


def test_a_body_that_is_longer_than_it_says_is_no_answer(keen: Keen) -> None:
    """Either the bytes behind the body break the connection, or the body is cut: it may have been applied."""
    keen.sandbox.faults = Faults(chances={"wrong_length": 1.0})
    with pytest.raises(RetryError) as caught:
        send(keen, tries=1)
    assert caught.value.code in (Code.NO_ANSWER, Code.UNREADABLE_ANSWER)
    assert caught.value.maybe_applied


def test_a_hang_ends_with_the_time_out(keen: Keen) -> None:
    """An answer that never comes is given up after the time-out, and may have been applied."""
    keen.sandbox.faults = Faults(chances={"hang_after": 1.0})
    with pytest.raises(RetryError) as caught:
        send(keen, tries=1, timeout=0.2)
    assert (caught.value.code, caught.value.maybe_applied) == (Code.NO_ANSWER, True)


def test_a_slow_drip_ends_with_the_time_out(keen: Keen) -> None:
    """The time-out is for the whole answer: bytes that trickle in do not extend it."""
    keen.sandbox.faults = Faults(chances={"drip": 1.0}, drip_seconds=60)
    with pytest.raises(RetryError) as caught:
        send(keen, tries=1, timeout=0.3)
    assert caught.value.code is Code.NO_ANSWER


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_retry_after_is_waited_out(keen: Keen, form: Any) -> None:
    """No try comes before the moment that Retry-After names."""
    keen.sandbox.faults = Faults(chances={"429": 1.0}, first=1, retry_after=form, retry_after_seconds=1)
    send(keen)
    refused, answered = keen.sandbox.calls
    # A date has whole seconds only, so it may name a moment that is up to a second nearer.
    assert answered.arrived_at - refused.arrived_at >= (1.0 if form == "seconds" else 0.0)
    assert answered.status == 200


def test_a_retry_after_beyond_the_limit_stops_the_run(keen: Keen) -> None:
    """No run sleeps for an hour: it ends, and can be resumed."""
    keen.sandbox.faults = Faults(chances={"429": 1.0}, retry_after_seconds=3600)
    with pytest.raises(StopRunError, match=r"wait 3,600 seconds, longer than LEADSYNC_LONGEST_") as caught:
        send(keen, longest_retry_after=300)
    assert (caught.value.code, caught.value.http_status) == (Code.KEEN_DOWN, 429)
    assert keen.sandbox.stats.calls == 1


def test_what_keen_holds_otherwise_than_it_was_sent_is_told(raw_server: Callable[[bytes], int]) -> None:
    """A 200 is no success if the lead in it is not as sent; both values are named, and the key in neither."""
    body = orjson.dumps({"lead": {"id": lead_id(0), "phone": "1234", "notes": "key-123\x1b[31m"}})
    port = raw_server(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
    options = ClientOptions(SecretStr("key-123"), f"http://127.0.0.1:{port}/x", rate=1000, tries=1)
    update = an_update(phone="12 34", notes="x" * 300)
    with pytest.raises(RefusedError) as caught:
        call(options, lambda client: client.update_lead(update, lead_id(0), Trail()))
    assert caught.value.code is Code.NOT_STORED_AS_SENT
    assert caught.value.message == (
        'phone: "12 34" was sent, and Keen now holds "1234". '
        f'notes: "{"x" * 200}…" was sent, and Keen now holds "[the API key] [31m".'
    )


def test_latency_is_counted(keen: Keen) -> None:
    """Each request in the bucket whose bound it does not exceed."""

    async def use(client: KeenClient) -> None:
        for _ in range(3):
            await client.get_channels()
        assert sum(client.traffic.latency.counts) == 3
        assert 0 < client.traffic.latency.sum < 3 * 5.0

    call(keen.options(), use)
    latency = Latency()
    for seconds in (0.05, 0.06, 0.2, 61.0):
        latency.add(seconds)
    assert latency.counts == [1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 1]


def test_a_missing_lead_is_refused_at_once(keen: Keen) -> None:
    """A refusal is for this row only, and is not tried again."""
    with pytest.raises(RefusedError) as caught:
        send(keen, an_update(99))
    assert caught.value.code is Code.LEAD_NOT_FOUND
    assert keen.sandbox.stats.calls == 1


def test_a_wrong_key_stops(keen: Keen) -> None:
    """Nothing can succeed with a key that Keen does not know."""
    with pytest.raises(StopRunError) as caught:
        send(keen, api_key=SecretStr("11111111-0000-4000-8000-000000000000"))
    assert caught.value.code is Code.KEY_REFUSED


def test_a_missing_function_stops(keen: Keen) -> None:
    """A 404 of the platform is a wrong address, not a missing lead."""
    keen.sandbox.faults = Faults(chances={"404": 1.0})
    with pytest.raises(StopRunError) as caught:
        send(keen)
    assert caught.value.code is Code.FUNCTION_NOT_FOUND


def test_a_redirect_is_not_followed(keen: Keen) -> None:
    """The key would go to wherever the redirect points."""
    keen.sandbox.faults = Faults(chances={"307": 1.0})
    with pytest.raises(StopRunError) as caught:
        send(keen)
    assert caught.value.code is Code.REDIRECTED
    assert keen.sandbox.stats.calls == 1


def test_nobody_there_is_told_as_unreachable(unused_tcp_port: int) -> None:
    """The network may be down as Keen may: it is waited for as long as patience allows, beyond the tries."""
    options = ClientOptions(
        SecretStr("k"), f"http://127.0.0.1:{unused_tcp_port}/x", rate=1000, tries=2, backoff=0.001, patience=0.3
    )

    async def use(client: KeenClient) -> int:
        with pytest.raises(StopRunError, match="could not be reached") as caught:
            await client.get_channels()
        assert caught.value.code is Code.KEEN_DOWN
        return client.traffic.requests

    assert call(options, use) > 2


def test_a_first_question_to_what_is_not_keen_ends_when_its_tries_do(keen: Keen) -> None:
    """A web page at the address is no Keen that is down."""
    keen.sandbox.faults = Faults(chances={"html": 1.0})
    with pytest.raises(RetryError) as caught:
        call(keen.options(tries=3), lambda client: client.get_channels())
    assert caught.value.code is Code.UNREADABLE_ANSWER
    assert keen.sandbox.stats.calls == 3


@pytest.mark.parametrize("fault", ["500", "503", "503:none", "546", "504"])
def test_a_keen_that_is_down_at_the_first_question_is_waited_for(keen: Keen, fault: str) -> None:
    """More answers than a call has tries, and the run begins all the same."""
    keen.sandbox.faults = Faults(chances={fault: 1.0}, first=6)
    directory = call(keen.options(tries=3), lambda client: client.get_channels())
    assert [channel.title for channel in directory.channels] == [CHANNEL]
    assert keen.sandbox.stats.calls == 7


def test_a_host_that_is_gone_is_waited_for_and_then_stops_the_run(unused_tcp_port: int) -> None:
    """Once a run is under way an unreachable Keen is one that is down, whatever the number of tries."""
    options = ClientOptions(
        SecretStr("k"), f"http://127.0.0.1:{unused_tcp_port}/x", rate=1000, tries=2, backoff=0.001, patience=0.1
    )
    with pytest.raises(StopRunError, match=r"could not be reached .*`leadsync resume`") as caught:
        call(options, lambda client: client.update_lead(an_update(), lead_id(0), Trail()))
    assert caught.value.code is Code.KEEN_DOWN


def test_an_unknown_name_is_told_as_unreachable() -> None:
    """A host that does not exist is a wrong address."""
    options = ClientOptions(SecretStr("a-key"), "https://keen.invalid/x", tries=1, patience=0.2)
    with pytest.raises(StopRunError, match="its name is not known here") as caught:
        call(options, lambda client: client.get_channels())
    assert caught.value.code is Code.KEEN_DOWN


def test_a_key_that_is_echoed_is_masked_before_anything_is_cut(raw_server: Callable[[bytes], int]) -> None:
    """An error text of 200 characters that ends within the key tells no part of it, in whatever case it is written."""
    body = orjson.dumps({"error": "x" * 180 + " MARKED-KEY-0123456789"})
    port = raw_server(b"HTTP/1.1 400 Bad Request\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))
    options = ClientOptions(SecretStr("Marked-Key-0123456789"), f"http://127.0.0.1:{port}/x", rate=1000, tries=1)
    with pytest.raises(RefusedError) as caught:
        call(options, lambda client: client.update_lead(an_update(), lead_id(0), Trail()))
    assert "marked" not in caught.value.message.casefold()


def test_what_is_not_http_may_have_been_applied(raw_server: Callable[[bytes], int]) -> None:
    """Bytes that are no HTTP answer come after the request went out."""
    port = raw_server(b"SSH-2.0-OpenSSH_9.2\r\n")
    options = ClientOptions(SecretStr("k"), f"http://127.0.0.1:{port}/x", rate=1000, tries=1)
    with pytest.raises(RetryError) as caught:
        call(options, lambda client: client.update_lead(an_update(), lead_id(0), Trail()))
    assert (caught.value.code, caught.value.maybe_applied) == (Code.NO_ANSWER, True)


def test_a_broken_compression_may_have_been_applied(raw_server: Callable[[bytes], int]) -> None:
    """A body that says gzip and is not is no answer."""
    port = raw_server(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope")
    options = ClientOptions(SecretStr("k"), f"http://127.0.0.1:{port}/x", rate=1000, tries=1)
    with pytest.raises(RetryError) as caught:
        call(options, lambda client: client.update_lead(an_update(), lead_id(0), Trail()))
    assert (caught.value.code, caught.value.maybe_applied) == (Code.NO_ANSWER, True)


def test_an_answer_without_end_is_given_up(raw_server: Callable[[bytes], int]) -> None:
    """Memory is not for a server to fill."""
    port = raw_server(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n" + b" " * (65 * 2**20))
    options = ClientOptions(SecretStr("k"), f"http://127.0.0.1:{port}/x", rate=1000, tries=1)
    with pytest.raises(RetryError, match="longer than any answer"):
        call(options, lambda client: client.update_lead(an_update(), lead_id(0), Trail()))


@pytest.mark.parametrize(
    "date", ["Mon, 01 Jan 99999999999999999999 00:00:00 GMT", "Mon, 01 Jan 2026 00:00:00 +999999999"]
)
def test_a_date_beyond_all_calendars_is_no_date(raw_server: Callable[[bytes], int], date: str) -> None:
    """A garbled Retry-After is as good as none."""
    port = raw_server(f"HTTP/1.1 429 Slow\r\nRetry-After: {date}\r\nContent-Length: 0\r\n\r\n".encode())
    options = ClientOptions(SecretStr("k"), f"http://127.0.0.1:{port}/x", rate=1000, tries=1)
    with pytest.raises(RetryError) as caught:
        call(options, lambda client: client.update_lead(an_update(), lead_id(0), Trail()))
    assert caught.value.code is Code.RATE_LIMITED


def test_a_connection_that_takes_too_long_was_never_made(unused_tcp_port: int) -> None:
    """With a short time-out too, what never connected was surely not applied."""
    with socket.create_server(("127.0.0.1", unused_tcp_port), backlog=0) as full:
        waiting = [socket.socket() for _ in range(4)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(full.getsockname())
        options = ClientOptions(
            SecretStr("k"), f"http://127.0.0.1:{unused_tcp_port}/x", rate=1000, tries=1, timeout=0.3
        )
        with pytest.raises(RetryError) as caught:
            call(options, lambda client: client.update_lead(an_update(), lead_id(0), Trail()))
        for each in waiting:
            each.close()
    assert (caught.value.code, caught.value.maybe_applied) == (Code.UNREACHABLE, False)


def test_a_halted_client_begins_no_further_try(keen: Keen) -> None:
    """A backoff ends when the client is halted, and no request follows it."""
    keen.sandbox.faults = Faults(chances={"500": 1.0})

    async def use(client: KeenClient) -> None:
        sending = asyncio.create_task(client.update_lead(an_update(), lead_id(0), Trail()))
        while not client.traffic.answers[500]:
            await asyncio.sleep(0)
        client.halt()
        await sending

    with pytest.raises(HaltedError):
        call(keen.options(backoff=3600.0, longest_backoff=3600.0), use)
    assert keen.sandbox.stats.calls == 1


def test_an_abandoned_client_waits_for_no_answer(keen: Keen) -> None:
    """A call that hangs ends when nobody wants to wait any longer, and is told as perhaps applied."""
    keen.sandbox.faults = Faults(chances={"hang_after": 1.0})
    trail = Trail()

    async def use(client: KeenClient) -> None:
        sending = asyncio.create_task(client.update_lead(an_update(), lead_id(0), trail))
        while not keen.sandbox.stats.calls:
            await asyncio.sleep(0.001)
        client.abandon()
        await sending

    began = time.monotonic()
    with pytest.raises(HaltedError):
        call(keen.options(timeout=3600.0), use)
    assert trail.doubt
    assert time.monotonic() - began < 60


@pytest.mark.parametrize(
    "url",
    [
        "http://data.keenpartner.com/functions/v1/keen-api",
        "http://127.0.0.1.example.com/",
        "ftp://127.0.0.1/",
        "https://user:secret@example.com/",
        "https://",
        "not a url",
        "https://[::1",
        "https://example.com:notaport/",
    ],
)
def test_an_address_that_would_show_the_key_is_refused(url: str) -> None:
    """Plain http to another machine, user names in the address, and what is no address at all."""
    with pytest.raises(SettingsError):
        ClientOptions(SecretStr("k"), url)


@pytest.mark.parametrize(
    "url", ["https://example.com/x", "http://127.0.0.1:1/x", "http://localhost/", "http://[::1]:80/"]
)
def test_https_and_this_machine_are_fine(url: str) -> None:
    """The sandbox is reached by plain http on this machine."""
    ClientOptions(SecretStr("k"), url)


@pytest.mark.parametrize("key", ["", "two words", "line\nbreak", "clé"])
def test_a_key_that_cannot_be_a_header_is_refused_without_being_shown(key: str) -> None:
    """The sentence says what is wrong, and not what the key is."""
    with pytest.raises(SettingsError) as caught:
        ClientOptions(SecretStr(key))
    assert not key or key not in caught.value.message


def test_the_key_is_in_no_repr() -> None:
    """Whatever prints the options prints stars."""
    assert "k-e-y" not in repr(ClientOptions(SecretStr("k-e-y")))
