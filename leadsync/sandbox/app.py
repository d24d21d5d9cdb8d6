"""The sandbox's HTTP edge: the action URL, the record of calls, and the faults on the wire.

An ASGI application of its own, for the action URL is one path with one method and has to be fast; the control address
(`control`) is a Starlette application beside it. Served by `server`, or called in process by an ASGI test client.

To drop a connection, or to send a broken body, one has to reach below ASGI. `server` hands the connection's asyncio
transport to `Emulator.__call__`; in process there is none, and these faults raise ConnectionResetError instead.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, MutableMapping
from email.utils import formatdate
from functools import lru_cache
from ipaddress import ip_address
from math import ceil
from typing import Any, TypeAlias
from urllib.parse import urlsplit

import orjson

from leadsync.sandbox import rules
from leadsync.sandbox.calls import Call, CallRecord, Stats
from leadsync.sandbox.control import control_app
from leadsync.sandbox.faults import Dice, Fault, Faults, Kind
from leadsync.sandbox.rules import Answer
from leadsync.sandbox.state import World

Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
Headers: TypeAlias = dict[str, str]

ACTION_PATH = "/functions/v1/keen-api"
CONTROL_PATH = "/control"

_JSON = "application/json"
_HTML = b"<!doctype html><html><head><title>Maintenance</title></head><body>We will be back soon.</body></html>"
_IDLE_LIMIT_STATUS = 504
_THROTTLED = 429
_DRIPS = 10
_CUT_OFF = 10
"""Bytes by which a wrong Content-Length is too short."""


def is_loopback(host: str) -> bool:
    """Tell whether a host, as a name or an address, is this machine and cannot be reached from another one."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


class Emulator:
    """The ASGI application: a world, its dials, and the record of the calls received.

    `keep_calls` bounds the calls that are kept for reading; `stats` counts all.
    """

    def __init__(self, world: World, faults: Faults | None = None, *, keep_calls: int = 100_000) -> None:
        self.world = world
        self.record = CallRecord(keep_calls)
        self.faults = faults or Faults()
        self._control = control_app(self)

    @property
    def faults(self) -> Faults:
        """The dials. Setting them while calls are handled is safe, and rolls the dice anew from the seed."""
        return self._faults

    @faults.setter
    def faults(self, faults: Faults) -> None:
        self._faults = faults
        self._dice = Dice(faults)

    @property
    def calls(self) -> tuple[Call, ...]:
        """The last calls received, in the order of arrival."""
        return self.record.kept()

    @property
    def stats(self) -> Stats:
        """All calls received since the last reset, counted."""
        return self.record.stats()

    async def __call__(
        self, scope: Message, receive: Receive, send: Send, transport: asyncio.Transport | None = None
    ) -> None:
        """Answer one HTTP request."""
        wire = _Wire(receive, send, transport)
        headers: list[tuple[bytes, bytes]] = scope["headers"]
        host = next((value for name, value in headers if name == b"host"), b"")
        if not _names_loopback(host):
            # A web page may have its own name resolve to 127.0.0.1 (DNS rebinding); its Host header gives it away.
            await wire.answer(403, {"error": "The sandbox answers only calls to a loopback address."})
        elif scope["path"].startswith(CONTROL_PATH + "/"):
            await self._control(scope, receive, send)
        else:
            await self._handle(scope, headers, wire)

    async def _handle(self, scope: Message, headers: list[tuple[bytes, bytes]], wire: "_Wire") -> None:
        """Record a call, and give it what the dials and the rules say."""
        call = self.record.begin()
        try:
            call.raw = await wire.body()
            request = rules.parse(call.raw)
            call.unknown_fields = rules.unknown_fields(request)
            call.action, call.lead_id = _text(request, "action"), _text(request, "lead_id")
            plan = self._dice.plan(call.action, call.lead_id, call.arrived_at)
            call.fault = plan.fault.name if plan.fault else ""
            if plan.delay:
                await wire.until_closed(plan.delay)
            if plan.fault and not plan.fault.applies:
                await self._strike(plan.fault, None, call, wire)
                return
            answer, extra = self._ruled(scope, headers, request)
            call.applied = answer.applied
            if plan.fault:
                await self._strike(plan.fault, answer, call, wire)
            else:
                call.status = answer.status
                await wire.answer(answer.status, answer.body, extra)
        finally:
            self.record.end(call)

    def _ruled(
        self, scope: Message, headers: list[tuple[bytes, bytes]], request: rules.Request | None
    ) -> tuple[Answer, Headers]:
        """Give what the platform and Keen answer without faults."""
        if scope["path"] != ACTION_PATH:
            return Answer(404, _platform_body("NOT_FOUND")), {"sb-error-code": "NOT_FOUND"}
        if scope["method"] != "POST":
            return Answer(405, {"error": rules.UNDOCUMENTED["method"]}), {"allow": "POST"}
        key = next((value.decode("latin-1") for name, value in headers if name == b"x-api-key"), None)
        return rules.answer(self.world, key, request), {}

    async def _strike(self, fault: Fault, answer: Answer | None, call: Call, wire: "_Wire") -> None:
        """Let a fault strike, before the action (`answer` is None) or after it."""
        if fault.kind is Kind.DROP:
            await wire.drop()
        elif fault.kind is Kind.HANG:
            if not await wire.until_closed(self.faults.hang_seconds):
                call.status = _IDLE_LIMIT_STATUS
                await wire.answer(_IDLE_LIMIT_STATUS, {"error": "The platform's idle limit was reached."})
        elif fault.kind is Kind.STATUS:
            call.status = fault.status
            await wire.answer(fault.status, *self._platform_answer(fault))
        elif answer is None:
            call.status = 200
            await wire.send(200, _HTML, {"content-type": "text/html; charset=utf-8"})
        else:
            call.status = answer.status
            await self._mangle(fault, answer, wire)

    async def _mangle(self, fault: Fault, answer: Answer, wire: "_Wire") -> None:
        """Send a good answer badly."""
        if fault.kind is Kind.OTHER_LEAD:
            await wire.answer(answer.status, _of_another_lead(self.world, answer.body))
            return
        body = orjson.dumps(answer.body)
        if fault.kind is Kind.DRIP:
            await wire.drip(answer.status, body, self.faults.drip_seconds)
        elif fault.kind is Kind.TRUNCATED:
            await wire.send_raw(answer.status, body[: len(body) // 2], length=len(body))
        else:
            await wire.send_raw(answer.status, body, length=len(body) - _CUT_OFF)

    def _platform_answer(self, fault: Fault) -> tuple[Any, Headers]:
        """Give the body and the headers of a status fault, after keen-api.md's table of the platform."""
        headers: Headers = {}
        if fault.sb_error_code:
            headers["sb-error-code"] = fault.sb_error_code
        if fault.status < 400:  # noqa: PLR2004 -- a redirect
            headers["location"] = "/functions/v1/elsewhere"
        if fault.status == _THROTTLED and self.faults.retry_after != "none":
            seconds = self.faults.retry_after_seconds
            date = formatdate(ceil(time.time() + seconds), usegmt=True)
            headers["retry-after"] = date if self.faults.retry_after == "date" else str(seconds)
        if fault.sb_error_code:
            return _platform_body(fault.sb_error_code), headers
        return {"error": f"Made-up fault of the sandbox: {fault.status}"}, headers


class _Wire:
    """One request's connection: what was received, and the ways to answer, properly or not."""

    def __init__(self, receive: Receive, send: Send, transport: asyncio.Transport | None) -> None:
        self._receive = receive
        self._send = send
        self._transport = transport

    async def body(self) -> bytes:
        message = await self._receive()
        body: bytes = message.get("body", b"")
        while message.get("more_body"):
            message = await self._receive()
            body += message.get("body", b"")
        return body

    async def until_closed(self, seconds: float) -> bool:
        """Wait until the client or the server closes the connection, and tell whether that was within the time."""
        try:
            async with asyncio.timeout(seconds):
                while (await self._receive())["type"] != "http.disconnect":
                    pass
        except TimeoutError:
            return False
        return True

    async def answer(self, status: int, body: Any, headers: Headers | None = None) -> None:
        await self.send(status, orjson.dumps(body), {"content-type": _JSON, **(headers or {})})

    async def send(self, status: int, body: bytes, headers: Headers) -> None:
        await self._start(status, len(body), headers)
        await self._send({"type": "http.response.body", "body": body})

    async def drip(self, status: int, body: bytes, seconds: float) -> None:
        await self._start(status, len(body), {"content-type": _JSON})
        size = max(1, ceil(len(body) / _DRIPS))
        for start in range(0, len(body), size):
            if await self.until_closed(seconds / _DRIPS):
                return
            piece = body[start : start + size]
            more = start + size < len(body)
            await self._send({"type": "http.response.body", "body": piece, "more_body": more})

    async def send_raw(self, status: int, body: bytes, *, length: int) -> None:
        """Send a body whose Content-Length is not its length, then close the connection."""
        transport = self._transport_or_raise()
        head = f"HTTP/1.1 {status} Sandbox\r\ncontent-type: {_JSON}\r\ncontent-length: {length}\r\n\r\n"
        transport.write(head.encode() + body)
        transport.close()
        await self._closed()

    async def drop(self) -> None:
        """Close the connection without an answer."""
        self._transport_or_raise().abort()
        await self._closed()

    async def _start(self, status: int, length: int, headers: Headers) -> None:
        pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
        pairs.append((b"content-length", b"%d" % length))
        await self._send({"type": "http.response.start", "status": status, "headers": pairs})

    async def _closed(self) -> None:
        # The server takes a request that ends unanswered for a fault of ours, unless it knows the connection is gone.
        while (await self._receive())["type"] != "http.disconnect":
            pass

    def _transport_or_raise(self) -> asyncio.Transport:
        if self._transport is None:
            raise ConnectionResetError("The sandbox dropped the connection.")
        return self._transport


def _text(request: rules.Request | None, name: str) -> str | None:
    value = request.get(name) if request else None
    return value if isinstance(value, str) else None


@lru_cache
def _names_loopback(host: bytes) -> bool:
    """Tell whether a Host header, port and brackets included, names this machine; a missing one does not."""
    try:
        return is_loopback(urlsplit(f"//{host.decode('latin-1')}").hostname or "")
    except ValueError:
        return False


def _platform_body(code: str) -> dict[str, str]:
    return {"code": code, "message": f"Made-up fault of the sandbox: {code}"}


def _of_another_lead(world: World, body: Any) -> Any:
    """Give the answer for another lead of the same channel, or a made-up one; what is about no lead stays as it is."""
    lead = body.get("lead") if isinstance(body, dict) else None
    if lead is None:
        return body
    for other in world.channels[lead["channels_id"]].newest:
        if other.id != lead["id"]:
            return {"lead": rules.lead_as_answered(other)}
    return {"lead": {**lead, "id": "ffffffff-ffff-4fff-bfff-ffffffffffff"}}
