"""A loopback Keen that is fast rather than complete: `update_lead` and `get_channels`, for benchmarks.

The HTTP/1.1 is written by hand on an `asyncio.Protocol`, so that the server is not what is measured. It answers
in the shapes of Keen's API reference, keeps nothing, and knows every lead. It prints its port and serves until it is
terminated.
"""

import argparse
import asyncio
import json
import uuid
from pathlib import Path
from typing import Any

import orjson

CHANNEL_ID = "7d0c3a52-54cb-4a0e-9d2f-0a6b1c1f9a01"
CHANNEL_TITLE = "Benchmark Partnership"
PROPERTIES = {"Deal size": "number", "Tier": "select", "Customer since": "text"}
PROPERTY_IDS = {name: str(uuid.uuid5(uuid.UUID(CHANNEL_ID), name)) for name in PROPERTIES}
DEFINITIONS = {
    PROPERTY_IDS[name]: {
        "id": PROPERTY_IDS[name],
        "name": name,
        "type": kind,
        "order": order,
        "visible": True,
    }
    for order, (name, kind) in enumerate(PROPERTIES.items())
}
STATUS = {"id": "0b9a4a64-9d0e-4f39-8b1b-6a1f5a0d7c02", "status": "Open"}
STANDARD_FIELDS = (
    "email",
    "first_name",
    "last_name",
    "phone",
    "company_name",
    "source",
    "referring_employee",
    "notes",
    "business_id",
)
CREATED_AT = "2026-01-05T09:00:00+00:00"
REASONS = {200: "OK", 400: "Bad Request", 401: "Unauthorized"}


def channels() -> dict[str, Any]:
    """Give the answer to `get_channels`: one channel, with the properties of the benchmark's mapping."""
    return {
        "channels": [
            {
                "id": CHANNEL_ID,
                "title": CHANNEL_TITLE,
                "created_at": CREATED_AT,
                "referring_id": None,
                "receiving_id": None,
                "creator": None,
                "partner": None,
                "currency": "DKK",
                "no_auth_api": False,
                "property_definitions": list(DEFINITIONS.values()),
                "lead_status": [STATUS | {"order": 0, "visible": True, "color": "#1f7a4d"}],
            },
        ],
    }


def stored(value: Any) -> str:
    """Give a property value as Keen stores it: text as it is, everything else as JSON."""
    return value if isinstance(value, str) else json.dumps(value)


def updated_lead(request: dict[str, Any]) -> dict[str, Any]:
    """Give the answer to `update_lead`: the full lead, with what was sent."""
    lead: dict[str, Any] = {"id": request["lead_id"]}
    for name in STANDARD_FIELDS:
        lead[name] = request.get(name)
    lead["channels_id"] = CHANNEL_ID
    lead["lead_status_id"] = STATUS["id"]
    lead["lead_status"] = STATUS
    lead["status"] = STATUS["status"]
    lead["created_at"] = CREATED_AT
    lead["property_values"] = [
        {
            "id": entry["property_definitions_id"],
            "value": stored(entry["value"]),
            "property_definitions_id": entry["property_definitions_id"],
            "property_definitions": DEFINITIONS[entry["property_definitions_id"]],
        }
        for entry in request.get("properties", ())
    ]
    return {"lead": lead}


def answer(body: bytes, *, has_key: bool) -> bytes:
    """Give the whole HTTP answer to one request's body."""
    if not has_key:
        status, content = 401, {"error": "Invalid API key"}
    else:
        request = orjson.loads(body)
        entries = request.get("properties", ())
        if request["action"] == "get_channels":
            status, content = 200, channels()
        elif request["action"] != "update_lead":
            status, content = 400, {"error": "Unknown action"}
        elif any(entry.get("property_definitions_id") not in DEFINITIONS for entry in entries):
            status, content = 400, {"error": "Invalid properties", "invalid": entries}
        else:
            status, content = 200, updated_lead(request)
    payload = orjson.dumps(content)
    head = f"HTTP/1.1 {status} {REASONS[status]}\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {len(payload)}\r\n\r\n".encode() + payload


class KeenProtocol(asyncio.Protocol):
    """One kept-alive connection; each answer leaves `latency` seconds after its request is complete."""

    first_update: Path | None = None
    """Made when a run's first update arrives, which is the one after its question for the channels."""
    awaits_update = False

    def __init__(self, latency: float) -> None:
        self.latency = latency
        self.buffer = b""
        self.transport: asyncio.Transport | None = None
        self.loop = asyncio.get_running_loop()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport to answer on."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the transport: nobody waits for an answer any more."""
        self.transport = None

    def data_received(self, data: bytes) -> None:
        """Answer every request that is complete."""
        self.buffer += data
        while (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            head = self.buffer[:end].lower()
            at = head.find(b"content-length:")
            line_end = head.find(b"\r\n", at)
            length = int(head[at + 15 : line_end if line_end >= 0 else None]) if at >= 0 else 0
            whole = end + 4 + length
            if len(self.buffer) < whole:
                return
            response = answer(self.buffer[end + 4 : whole], has_key=b"\r\nx-api-key:" in head)
            if KeenProtocol.first_update:
                self.note_first_update(KeenProtocol.first_update, self.buffer[end + 4 : whole])
            self.buffer = self.buffer[whole:]
            if self.latency:
                self.loop.call_later(self.latency, self.send, response)
            else:
                self.send(response)

    @classmethod
    def note_first_update(cls, path: Path, body: bytes) -> None:
        """Make the file at the first update of a run."""
        if b"get_channels" in body:
            cls.awaits_update = True
        elif cls.awaits_update:
            cls.awaits_update = False
            path.touch()

    def send(self, response: bytes) -> None:
        """Write an answer, if the connection is still there."""
        if self.transport is not None:
            self.transport.write(response)


async def serve(latency: float) -> None:
    """Serve on a free loopback port, whose number is the first line of standard output."""
    server = await asyncio.get_running_loop().create_server(lambda: KeenProtocol(latency), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def main() -> None:
    """Read the latency in seconds and serve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--latency", type=float, default=0.0, help="seconds before each answer")
    parser.add_argument("--first-update", type=Path, help="make this file when the first update of a run arrives")
    options = parser.parse_args()
    KeenProtocol.first_update = options.first_update
    asyncio.run(serve(options.latency))


if __name__ == "__main__":
    main()
