"""`leadsync sandbox`: serve the emulator of Keen on a loopback address."""

import errno
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

import typer

from leadsync.errors import SettingsError

RetryAfter: TypeAlias = Literal["seconds", "date", "none"]


def sandbox(
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SOURCE]...", help="Hold the leads that these files name, for --mapping."),
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option("--mapping", "-m", metavar="FILE", help="The mapping for the sources.")
    ] = None,
    *,
    port: Annotated[int, typer.Option(help="Port to listen on; 0 takes a free one.", min=0, max=65535)] = 8765,
    host: Annotated[str, typer.Option(help="Loopback address to listen on.")] = "127.0.0.1",
    latency: Annotated[float, typer.Option(help="Seconds that every call takes.", min=0)] = 0.0,
    latency_spread: Annotated[
        float, typer.Option(help="Seconds by which a call may take more or less than that.", min=0)
    ] = 0.0,
    rate_limit: Annotated[
        int | None, typer.Option(help="Calls let through per second; the others get a 429.", min=1)
    ] = None,
    retry_after: Annotated[RetryAfter, typer.Option(help="The Retry-After header of a 429.")] = "seconds",
    fault: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=PROBABILITY",
            help="A fault, for example 503=0.01, 503:LOAD_FUNCTION_ERROR=0.01, 404:keen=0.01 (as Keen itself refuses), "
            "403:html=0.01 (as a proxy does) or 504_after=0.01 (applied all the same); or drop_before, drop_after, "
            "reset_before, reset_after, reset_during, reset_answered, hang_before, hang_after, html, truncated, "
            "wrong_length, other_lead, stored_otherwise, drip. May be repeated.",
        ),
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same leads and the same faults.")] = 0,
) -> None:
    """Serve an emulator of Keen on this machine.

    To try things without a key and without a network, and to see what a run does when Keen breaks. Without a source
    it holds a channel "Acme Corp Partnership" with 50 leads, legacy ids 1001 to 1050; with sources and their mapping it
    holds the leads, the channel and the properties that they name.
    """
    from leadsync.sandbox import FaultError, Faults, NotLoopbackError, demo_world, serve

    try:
        faults = Faults.parse(
            fault or (),
            seed=seed,
            latency=latency,
            latency_spread=latency_spread,
            rate_limit=rate_limit,
            retry_after=retry_after,
        )
        world = _world_of(sources, mapping) if sources or mapping else demo_world(seed)
        serve(host, port, world, faults, on_ready=_announce)
    except (FaultError, NotLoopbackError) as error:
        raise SettingsError(str(error)) from error
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise SettingsError(
                f"Port {port} of {host} is in use already: choose another one with --port, or --port 0 for a free one."
            ) from error
        raise SettingsError(
            f"The sandbox cannot listen on port {port} of {host}: {error.strerror}. Choose another one with --port."
        ) from error


def _world_of(sources: list[str] | None, mapping: Path | None) -> Any:
    from leadsync.sandbox import World
    from leadsync.sync.job import Inputs, SourceFile
    from leadsync.sync.prepare import prepare
    from leadsync.sync.rehearsal import seed_world

    if not sources or mapping is None:
        raise SettingsError("To hold the leads of a file, the sandbox needs both: the file and its --mapping.")
    world = World()
    with prepare(Inputs([SourceFile(name) for name in sources], mapping)) as work:
        seed_world(world, work)
    return world


def _announce(address: str) -> None:
    from leadsync.sandbox import ACTION_PATH, DEMO_KEY

    print(f"The sandbox listens at {address}{ACTION_PATH}")
    print(f"API key: {DEMO_KEY} (made up; it opens nothing but a sandbox)")
    print(f"Control address: {address}/control (GET calls, applied, stats, leads/ID; POST seed, reset, faults)")
    print("To use it from another terminal:")
    print(f"  export LEADSYNC_BASE_URL={address}{ACTION_PATH} LEADSYNC_API_KEY={DEMO_KEY}")
    print("Ctrl-C ends it.", flush=True)
