"""A trial against the sandbox: it is made to hold the leads that the user's own file names."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from pydantic import SecretStr

from leadsync.mapping import lead_ids, load_mapping
from leadsync.sandbox import EmbeddedSandbox, SeedReport, World, seed_from_source
from leadsync.settings import Settings
from leadsync.sync.job import Job
from leadsync.sync.prepare import Sources

UNKNOWN_SHARE = 0.02
INACCESSIBLE_SHARE = 0.01
"""Shares of the leads that the sandbox does not know, or keeps in another company's channel, so that a trial shows
such answers too."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A job turned to an embedded sandbox."""

    job: Job
    url: str
    seeded: SeedReport


@contextmanager
def rehearse(job: Job, settings: Settings) -> Iterator[Rehearsal]:
    """Serve a sandbox that holds what a job names, and turn the job to it; the user's own key is not used.

    Raises SetupError where the mapping or a source cannot be used.
    """
    world = World()
    seeded = _seed(world, job)
    with EmbeddedSandbox(world, keep_calls=0) as sandbox:
        client = settings.client_options(base_url=sandbox.url, api_key=SecretStr(sandbox.api_key))
        yield Rehearsal(replace(job, client=client), sandbox.url, seeded)


def _seed(world: World, job: Job) -> SeedReport:
    mapping = load_mapping(job.mapping)
    legacy = mapping.lead.is_legacy
    with Sources(job, mapping) as sources:
        named = _leads(sources)
        return seed_from_source(
            world,
            lead_ids=() if legacy else named,
            legacy_ids=(int(lead) for lead in named) if legacy else (),
            channel=mapping.channel,
            definitions=[(field.definition_id or field.target.name, field.type) for field in mapping.properties],
            unknown_share=UNKNOWN_SHARE,
            inaccessible_share=INACCESSIBLE_SHARE,
            seed=1,
        )


def _leads(sources: Sources) -> Iterator[str]:
    for bound, chunk in sources.chunks():
        yield from (lead for lead in lead_ids(bound, chunk) if lead)
