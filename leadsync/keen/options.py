"""How to reach Keen and how hard to try."""

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from pydantic import SecretStr

from leadsync.errors import SettingsError

KEEN_URL = "https://data.keenpartner.com/functions/v1/keen-api"
"""Where Keen answers (keen-api.md)."""


@dataclass(frozen=True, slots=True)
class ClientOptions:
    """Where Keen is, with which key, and the limits of one call.

    The key is a `SecretStr`, so that no repr and no log shows it. Raises SettingsError for a URL that would carry
    the key in the clear, or for a key that cannot be a header.
    """

    api_key: SecretStr
    base_url: str = KEEN_URL
    rate: float = 10.0
    """Requests started per second at most, look-ups and retries included. Keen publishes no limit, so it is modest."""
    concurrency: int = 8
    tries: int = 5
    """How often one call is tried in all."""
    timeout: float = 60.0
    """Seconds for one try, once it is connected, to the last byte of its answer."""
    connect_timeout: float = 10.0
    backoff: float = 0.5
    """Seconds: the n-th wait is drawn from 0 … backoff x 2^n (full jitter)."""
    longest_backoff: float = 30.0
    longest_retry_after: float = 300.0
    """Seconds: a Retry-After above this stops the run."""
    patience: float = 600.0
    """Seconds that a Keen which is down is waited for, before the run is stopped."""

    def __post_init__(self) -> None:
        check_url(self.base_url)
        key = self.api_key.get_secret_value()
        if not key:
            raise SettingsError("The API key is empty: set LEADSYNC_API_KEY or LEADSYNC_API_KEY_FILE.")
        if not (key.isascii() and key.isprintable()) or " " in key:
            raise SettingsError(
                "The API key holds a blank, a line break or a letter that no key has: copy it again from the Keen "
                "dashboard. It looks like 8f14e45f-ceea-467f-a9d2-5b1f0c3a7e21."
            )

    @property
    def is_loopback(self) -> bool:
        """Tell whether Keen stands on this machine, as the sandbox does."""
        return is_loopback(urlsplit(self.base_url).hostname or "")


def is_loopback(host: str) -> bool:
    """Tell whether a host name is this machine (127.0.0.0/8, ::1, localhost)."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_url(url: str) -> None:
    """Refuse a URL over which the key must not go.

    Raises SettingsError unless it is https (or http to this machine), with a host and without user or fragment.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
        host.encode("idna")  # refuses what no name can be: empty or overlong parts, letters that no name has
    except ValueError:
        raise SettingsError(f"LEADSYNC_BASE_URL is not a URL; it should look like {KEEN_URL}.") from None
    if parts.scheme not in ("http", "https") or not host:
        raise SettingsError(f"LEADSYNC_BASE_URL is not a web address; it should look like {KEEN_URL}.")
    if parts.username or parts.password or parts.fragment:
        raise SettingsError(f"LEADSYNC_BASE_URL must hold no user, password or #; it should look like {KEEN_URL}.")
    if parts.scheme == "http" and not is_loopback(host):
        raise SettingsError(
            f"LEADSYNC_BASE_URL begins with http://, so the API key would travel to {host} in the clear: use https://."
        )
