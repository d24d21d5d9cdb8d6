"""The sandbox: an emulator of the KeenPartner API, after keen-api.md.

Three parts: the world and its rules (`state`, `rules`), the HTTP edge with the record of calls (`app`, `calls`), and
the dials (`faults`, `control`). `server` serves it on a loopback address, `seed` fills it. It imports nothing of the
rooms that are tested against it.
"""

from leadsync.sandbox.app import ACTION_PATH, Emulator, is_loopback
from leadsync.sandbox.calls import Call, Stats
from leadsync.sandbox.faults import FaultError, Faults
from leadsync.sandbox.seed import DEMO_KEY, SeedReport, demo_world, seed_from_source
from leadsync.sandbox.server import EmbeddedSandbox, NotLoopbackError, serve
from leadsync.sandbox.state import Channel, Company, Definition, Lead, World

__all__ = [
    "ACTION_PATH",
    "DEMO_KEY",
    "Call",
    "Channel",
    "Company",
    "Definition",
    "EmbeddedSandbox",
    "Emulator",
    "FaultError",
    "Faults",
    "Lead",
    "NotLoopbackError",
    "SeedReport",
    "Stats",
    "World",
    "demo_world",
    "is_loopback",
    "seed_from_source",
    "serve",
]
