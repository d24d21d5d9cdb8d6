"""A trial against the sandbox: it is made to hold the leads that the user's own file names."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from pydantic import SecretStr

from leadsync.keen.options import ClientOptions
from leadsync.mapping import lead_ids
from leadsync.sandbox import EmbeddedSandbox, SeedReport, World, demo_world, seed_from_source
from leadsync.settings import Settings
from leadsync.sync.prepare import Sources, Work

UNKNOWN_SHARE = 0.02
INACCESSIBLE_SHARE = 0.01
"""Shares of the leads that the sandbox does not know, or keeps in another company's channel, so that a trial shows
such answers too."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """An embedded sandbox that holds what some work names."""

    client: ClientOptions
    url: str
    seeded: SeedReport


@contextmanager
def rehearse(work: Work, settings: Settings) -> Iterator[Rehearsal]:
    """Serve a sandbox that holds what the sources name; the user's own key is not used.

    Raises SourceError where a source cannot be read to its end.
    """
    world = World()
    seeded = seed_world(world, work)
    with EmbeddedSandbox(world, keep_calls=0) as sandbox:
        client = settings.client_options(base_url=sandbox.url, api_key=SecretStr(sandbox.api_key))
        yield Rehearsal(client, sandbox.url, seeded)


def seed_world(world: World, work: Work) -> SeedReport:
    """Put the leads, the channel and the properties that the work names into a sandbox's world."""
    mapping, named = work.mapping, _leads(work.sources)
    return seed_from_source(
        world,
        lead_ids=() if mapping.lead.is_legacy else named,
        legacy_ids=map(int, named) if mapping.lead.is_legacy else (),
        channel=mapping.channel,
        definitions=[(field.definition_id or field.target.name, field.type) for field in mapping.properties],
        unknown_share=UNKNOWN_SHARE,
        inaccessible_share=INACCESSIBLE_SHARE,
        seed=1,
    )


def _leads(sources: Sources) -> Iterator[str]:
    for bound, chunk in sources.chunks():
        yield from filter(None, lead_ids(bound.mapping, chunk))


@contextmanager
def demo() -> Iterator[ClientOptions]:
    """Serve the emulator's demo, and tell how it is reached."""
    with EmbeddedSandbox(demo_world(), keep_calls=0) as sandbox:
        yield ClientOptions(api_key=SecretStr(sandbox.api_key), base_url=sandbox.url)
