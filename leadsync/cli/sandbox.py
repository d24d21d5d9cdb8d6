"""`leadsync sandbox`: serve the emulator of Keen on a loopback address."""

import errno
from typing import Annotated, Literal, TypeAlias

import typer

from leadsync.errors import SettingsError

RetryAfter: TypeAlias = Literal["seconds", "date", "none"]


def sandbox(
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
            help="A fault, for example 503=0.01, 503:LOAD_FUNCTION_ERROR=0.01 or 504_after=0.01; or drop_before, "
            "drop_after, hang_before, hang_after, html, truncated, wrong_length, other_lead, drip. May be repeated.",
        ),
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same leads and the same faults.")] = 0,
) -> None:
    """Serve an emulator of Keen on this machine.

    To try things without a key and without a network, and to see what a run does when Keen breaks.
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
        serve(host, port, demo_world(seed), faults, on_ready=_announce)
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


def _announce(address: str) -> None:
    from leadsync.sandbox import ACTION_PATH, DEMO_KEY

    print(f"The sandbox listens at {address}{ACTION_PATH}")
    print(f"API key: {DEMO_KEY} (made up; it opens nothing but a sandbox)")
    print(f"Control address: {address}/control (GET calls, stats, leads/ID; POST seed, reset, faults)")
    print("To use it from another terminal:")
    print(f"  export LEADSYNC_BASE_URL={address}{ACTION_PATH} LEADSYNC_API_KEY={DEMO_KEY}")
    print("Ctrl-C ends it.", flush=True)
