"""Whether there is one key, whether it can be one, and who may read it; nothing of it is ever shown."""

import re
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from leadsync.cli.doctor.findings import Finding, Level
from leadsync.errors import SettingsError
from leadsync.keen.options import KEEN_URL
from leadsync.mapping.checks import UUID_FORM
from leadsync.settings import Settings

_QUOTES = "\"'`“”„‘’«»"  # noqa: RUF001 - word processors write these
_HEADER = re.compile(
    r"(?:(?:authorization|x-api-key|apikey)\s*:\s*)?(?:bearer|basic|token)\s|(?:x-api-key|apikey)\s*:", re.IGNORECASE
)
_ASSIGNMENT = re.compile(r"(?:export\s+)?[A-Za-z_][A-Za-z0-9_]*\s*=\s*\S")


class _Trouble(NamedTuple):
    what: str
    remedy: str


def look_at_key(settings: Settings) -> Iterable[Finding]:
    """Look whether there is one key and whether it has the form of Keen's, UUIDs (keen-api.md)."""
    yield from _of_the_key(settings)
    for file in (settings.api_key_file, Path(".env")):
        if file and file.is_file() and file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            yield Finding(Level.WARNING, f"Others can read {file}, which may hold the key.", f"Run: chmod 600 {file}")


def _of_the_key(settings: Settings) -> Iterable[Finding]:
    source = f"the file {settings.api_key_file}" if settings.api_key_file else "LEADSYNC_API_KEY"
    key = _as_it_stands(settings)
    if key and (trouble := _trouble(key)):
        yield Finding(Level.ERROR, f"What {source} holds {trouble.what}, so Keen would refuse it.", trouble.remedy)
        return
    try:
        settings.client_options(base_url=KEEN_URL)
    except SettingsError as error:
        yield Finding(Level.ERROR, error.message)
        return
    if key and not UUID_FORM.fullmatch(key):
        yield Finding(
            Level.WARNING,
            f"The API key from {source} is no UUID, as Keen's keys are: it has {len(key)} characters, and not the form "
            "8f14e45f-ceea-467f-a9d2-5b1f0c3a7e21.",
            "Copy it again from the Keen dashboard, whole and with nothing else.",
        )
    else:
        told = f"There is an API key, from {source}, in the form of Keen's; whether Keen takes it, a run finds out."
        yield Finding(Level.OK, told)


def _as_it_stands(settings: Settings) -> str | None:
    """Give the text that is to be the key, as the settings read it; None where there is none or more than one."""
    if settings.api_key is not None:
        return None if settings.api_key_file else settings.api_key.get_secret_value()
    try:
        return settings.api_key_file.read_text(encoding="utf-8").strip() if settings.api_key_file else None
    except (OSError, UnicodeDecodeError):
        return None  # the settings tell why


def _trouble(key: str) -> _Trouble | None:
    """Say what stands there besides a key, where that is plain to see."""
    lines = len(key.strip().splitlines())
    if lines > 1:
        return _Trouble(f"has {lines} lines", "Leave the line with the key alone.")
    if key.startswith("\ufeff"):
        return _Trouble(
            "begins with a byte order mark", "Save it as UTF-8 without one (in Notepad: UTF-8, not with BOM)."
        )
    if _HEADER.match(key):
        return _Trouble("begins with a word such as Bearer", "Leave the key alone: leadsync makes the header of it.")
    if _ASSIGNMENT.match(key):
        return _Trouble("begins with a name and =", "Leave the key alone, which is what stands behind the =.")
    if key.strip()[:1] in _QUOTES or key.strip()[-1:] in _QUOTES:
        return _Trouble("has quotation marks around the key", "Take them away: here they are a part of the key.")
    if key != key.strip():
        return _Trouble("has blanks before or behind the key", "Take them away.")
    return None
