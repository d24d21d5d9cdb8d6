"""The sandbox's HTTP edge: the action URL, the record of calls, and the faults on the wire.

An ASGI application of its own, for the action URL is one path with one method and has to be fast; the control address
(`control`) is a Starlette application beside it. Served by `server`, or called in process by an ASGI test client.

To drop a connection, or to send a broken body, one has to reach below ASGI. `server` hands the connection's asyncio
transport to `Emulator.__call__`; in process there is none, and these faults raise ConnectionResetError instead.

A client may go away at any moment. If it does before its request is whole, there is nothing to carry out, and the
call is recorded without an action; after that, the call is carried out all the same, at once.
"""

import asyncio
import socket
import struct
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
from leadsync.sandbox.faults import KEEN_ERRORS, Dice, Fault, Faults, Kind, Look
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
_HTML_HEADERS = {"content-type": "text/html; charset=utf-8"}
_BAD_REQUEST = 400
_IDLE_LIMIT_STATUS = 504
_THROTTLED = 429
_DRIPS = 10
_CUT_OFF = 10
"""Bytes by which a wrong Content-Length is too short."""
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)
"""SO_LINGER, on and without time: closing sends RST rather than FIN."""


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
            body = await wire.body()
            if body is None:
                return
            call.raw = body
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
            if plan.fault and plan.fault.kind is Kind.STORED_OTHERWISE:
                answer = rules.stored_otherwise(self.world, request, answer)
            self.record.carried_out(call, applied=answer.applied)
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
        if fault.kind in (Kind.DROP, Kind.RESET):
            await wire.drop(reset=fault.kind is Kind.RESET)
        elif fault.kind is Kind.HANG:
            if not await wire.until_closed(self.faults.hang_seconds):
                call.status = _IDLE_LIMIT_STATUS
                await wire.answer(_IDLE_LIMIT_STATUS, {"error": "The platform's idle limit was reached."})
        elif fault.kind is Kind.STATUS:
            call.status = fault.status
            await wire.send(fault.status, *self._status_answer(fault, call))
        elif answer is None:
            call.status = 200
            await wire.send(200, _HTML, _HTML_HEADERS)
        else:
            call.status = answer.status
            await self._mangle(fault, answer, wire)

    async def _mangle(self, fault: Fault, answer: Answer, wire: "_Wire") -> None:
        """Send a good answer badly."""
        body = orjson.dumps(answer.body)
        half = body[: len(body) // 2]
        match fault.kind:
            case Kind.OTHER_LEAD:
                await wire.answer(answer.status, _of_another_lead(self.world, answer.body))
            case Kind.STORED_OTHERWISE:
                await wire.answer(answer.status, answer.body)
            case Kind.DRIP:
                await wire.drip(answer.status, body, self.faults.drip_seconds)
            case Kind.TRUNCATED:
                await wire.send_raw(answer.status, half, length=len(body))
            case Kind.RESET_DURING:
                await wire.send_raw(answer.status, half, length=len(body), reset=True)
            case Kind.RESET_ANSWERED:
                await wire.send_raw(answer.status, body, length=len(body), reset=True)
            case _:
                await wire.send_raw(answer.status, body, length=len(body) - _CUT_OFF)

    def _status_answer(self, fault: Fault, call: Call) -> tuple[bytes, Headers]:
        """Give the body and the headers of a status fault, after the tables of keen-api.md."""
        if fault.look is Look.HTML:
            return _HTML, _HTML_HEADERS
        headers: Headers = {"content-type": _JSON}
        if fault.sb_error_code:
            headers["sb-error-code"] = fault.sb_error_code
        if fault.status < 400:  # noqa: PLR2004 -- a redirect
            headers["location"] = "/functions/v1/elsewhere"
        if fault.status == _THROTTLED and self.faults.retry_after != "none":
            seconds = self.faults.retry_after_seconds
            date = formatdate(ceil(time.time() + seconds), usegmt=True)
            headers["retry-after"] = date if self.faults.retry_after == "date" else str(seconds)
        return orjson.dumps(_status_body(fault, call)), headers


class _Wire:
    """One request's connection: what was received, and the ways to answer, properly or not."""

    def __init__(self, receive: Receive, send: Send, transport: asyncio.Transport | None) -> None:
        self._receive = receive
        self._send = send
        self._transport = transport

    async def body(self) -> bytes | None:
        """Read the request's body; None where the client leaves before it is whole."""
        body, more = b"", True
        while more:
            message = await self._receive()
            if message["type"] == "http.disconnect":
                return None
            body += message.get("body", b"")
            more = message.get("more_body", False)
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

    async def send_raw(self, status: int, body: bytes, *, length: int, reset: bool = False) -> None:
        """Send a body with a Content-Length of its own, then close or reset the connection."""
        transport = self._transport_or_raise()
        head = f"HTTP/1.1 {status} Sandbox\r\ncontent-type: {_JSON}\r\ncontent-length: {length}\r\n\r\n"
        transport.write(head.encode() + body)
        if reset:
            await self.drop(reset=True)
            return
        transport.close()
        await self._closed()

    async def drop(self, *, reset: bool) -> None:
        """Close the connection (FIN), or reset it (RST), without a further byte."""
        transport = self._transport_or_raise()
        if reset:
            transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        transport.abort()
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


def _status_body(fault: Fault, call: Call) -> dict[str, Any]:
    if fault.look is Look.KEEN:
        refusal = {"error": KEEN_ERRORS[fault.status]}
        sent = rules.parse(call.raw) or {}
        return {**refusal, "invalid": sent.get("properties", [])} if fault.status == _BAD_REQUEST else refusal
    if fault.sb_error_code:
        return _platform_body(fault.sb_error_code)
    return {"error": f"Made-up fault of the sandbox: {fault.status}"}


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
