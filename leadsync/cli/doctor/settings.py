"""What is installed, and whether the settings other than the key can be used."""

import platform
import sqlite3
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from leadsync import __version__
from leadsync.cli.doctor.findings import Finding, Level
from leadsync.errors import SettingsError
from leadsync.keen.options import KEEN_URL, check_url
from leadsync.settings import Settings

_DAMAGING = ((3, 35, 0), (3, 37, 2))
"""From and below: versions of SQLite that can damage a database with a rollback journal, as the journal has, when
part of a transaction is taken back (sqlite.org/howtocorrupt.html, section 8.9). The other faults told there are of
databases in WAL mode, or older than any SQLite that Python 3.11 runs with."""


def look_at_versions(_: Any = None) -> Iterable[Finding]:
    """Tell what is installed, and whether SQLite has a fault that can damage the journal."""
    yield Finding(
        Level.OK,
        f"leadsync {__version__}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version} "
        f"on {platform.system()} {platform.machine()}.",
    )
    first, mended = _DAMAGING
    if first <= sqlite3.sqlite_version_info < mended:
        yield Finding(
            Level.WARNING,
            f"SQLite {sqlite3.sqlite_version} has a fault that can damage a database when a part of a transaction is "
            "taken back.",
            f"Update it to {'.'.join(map(str, mended))} or later, or use a Python that brings a later one.",
        )


def look_at_address(settings: Settings) -> Iterable[Finding]:
    """Look whether the key may be sent to the address."""
    try:
        check_url(settings.base_url)
    except SettingsError as error:
        yield Finding(Level.ERROR, error.message)
        return
    host = urlsplit(settings.base_url).hostname
    if settings.base_url == KEEN_URL:
        yield Finding(Level.OK, f"Keen is called at {host}.")
    else:
        yield Finding(
            Level.WARNING,
            f"LEADSYNC_BASE_URL names another address than Keen's own, at {host}.",
            f"Unset it, unless that is meant; Keen answers at {KEEN_URL}.",
        )


def look_at_notify(settings: Settings) -> Iterable[Finding]:
    """Look whether people can be told how a run ends: apprise is there, and knows the addresses."""
    if not settings.notify_urls:
        return
    from leadsync.cli.notify import Addresses  # with all that a run needs

    try:
        known = Addresses(settings.notify_urls)
    except SettingsError as error:
        yield Finding(Level.ERROR, error.message)
    else:
        what = ", ".join(f"{scheme}://…" for scheme in known.schemes)
        yield Finding(Level.OK, f"People are told at {what}; whether it arrives, a message finds out.")
