"""Whether Keen can be reached: the connection, its certificate, what answers, and the clock.

Keen is asked one thing, for the channels, and without the key: it must refuse that (keen-api.md: 401), so nothing is
read or written, and what stands at a wrong address never sees the key.
"""

import re
import ssl
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import httpx

from leadsync.cli.doctor.findings import Finding, Level
from leadsync.errors import SettingsError
from leadsync.keen.options import KEEN_URL, check_url, is_loopback
from leadsync.settings import Settings

_PATIENCE = 10.0
"""Seconds for each step at most: somebody sits and waits."""
_DAY = 86_400.0
_SOON = 14
"""Days; a certificate that ends within them should have been renewed."""
_OFF, _FAR_OFF = 60, 3600
"""Seconds of the clock."""
_REFUSED = (400, 401, 403)
_WORDS = ((1, "second"), (60, "minute"), (3600, "hour"), (86_400, "day"))

_WAY = f"Look at the network, the firewall and the proxy (HTTPS_PROXY, NO_PROXY); Keen answers at {KEEN_URL}."


class _Answer(NamedTuple):
    status: int
    date: str | None
    certificate: dict[str, Any] | None
    """As `ssl.SSLSocket.getpeercert` gives it; None where no TLS was spoken."""
    protocol: str
    offset: float
    """Seconds since 1970, halfway between question and answer."""


def look_at_network(settings: Settings) -> Iterable[Finding]:
    """Ask Keen for its refusal, and look at the certificate and the date that come with it."""
    try:
        check_url(settings.base_url)
    except SettingsError:
        return  # told by look_at_address
    host = urlsplit(settings.base_url).hostname or ""
    try:
        answer = _ask(settings, host)
    except (httpx.TransportError, httpx.InvalidURL) as error:
        yield _unreachable(error, host)
    except (OSError, ValueError, ImportError) as error:  # the last for a kind of proxy that is not supported
        yield Finding(
            Level.ERROR,
            f"The network settings of the environment cannot be used ({error}).",
            "Look at SSL_CERT_FILE, SSL_CERT_DIR, HTTPS_PROXY and ALL_PROXY.",
        )
    else:
        yield _certificate(answer, host)
        yield _answered(answer, host)
        yield _clock(answer, host)


def _ask(settings: Settings, host: str) -> _Answer:
    """Ask once, by the proxies and certificate files of the environment save towards this machine, as a run does."""
    url = settings.base_url
    patience = min(_PATIENCE, settings.connect_timeout)
    verify = url.startswith("https:") or ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    with httpx.Client(verify=verify, trust_env=not is_loopback(host), timeout=patience) as client:
        begun = time.time()
        question = {"action": "get_channels"}
        with client.stream("POST", url, json=question, headers={"User-Agent": "leadsync"}) as response:
            now = (begun + time.time()) / 2
            spoken = response.extensions["network_stream"].get_extra_info("ssl_object")
            return _Answer(
                response.status_code,
                response.headers.get("Date"),
                spoken and spoken.getpeercert(),
                (spoken and spoken.version()) or "",
                now,
            )


def _unreachable(error: Exception, host: str) -> Finding:
    """Say why no answer came, in the words of the system or of OpenSSL, and what can be done."""
    chain = list(_causes(error))
    distrusted = next((cause for cause in chain if isinstance(cause, ssl.SSLCertVerificationError)), None)
    if distrusted is not None:
        return _distrusted(distrusted, host)
    if isinstance(error, httpx.ProxyError):
        status = re.search(r"\b[45]\d\d\b", str(error))
        why = f" ({status[0]})" if status else ""
        message = f"Keen cannot be reached at {host}: the proxy does not lead there{why}."
        return Finding(Level.ERROR, message, "Look at HTTPS_PROXY, ALL_PROXY and NO_PROXY, and the password in them.")
    if any(isinstance(cause, ssl.SSLError) for cause in chain):
        message = f"Keen cannot be reached at {host}: what answers there does not speak TLS as it should."
        return Finding(Level.ERROR, message, _WAY)
    system = next((cause for cause in chain if isinstance(cause, OSError) and cause.strerror), None)
    if isinstance(error, httpx.TimeoutException):
        why = "there was no answer in time"
    elif isinstance(system, OSError):
        why = str(system.strerror)
    else:
        why = "the connection broke, or what came is not HTTP"
    return Finding(Level.ERROR, f"Keen cannot be reached at {host}: {why}.", _WAY)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


_EXPIRED, _NOT_YET, _WRONG_HOST, _UNKNOWN_AUTHORITY = (10,), (9,), (62, 64), (18, 19, 20, 21)
"""Results of X509_verify_cert (x509_vfy.h of OpenSSL)."""


def _distrusted(error: ssl.SSLCertVerificationError, host: str) -> Finding:
    """Say why a certificate is not to be trusted."""
    code = error.verify_code
    if code in _EXPIRED + _NOT_YET:
        why = "has expired" if code in _EXPIRED else "is not valid yet"
        today = datetime.now(UTC).date()
        remedy = f"Look first at this machine's clock, for which today is {today}; then whoever runs {host} renews it."
    elif code in _WRONG_HOST:
        why = "is of another host"
        remedy = "Look at LEADSYNC_BASE_URL, and at what leads elsewhere: a proxy, the name service, /etc/hosts."
    elif code in _UNKNOWN_AUTHORITY:
        why = f"is of an authority that is not known here ({error.verify_message})"
        remedy = (
            "On this machine http:// will do."
            if is_loopback(host)
            else "A company's proxy that looks into TLS does "
            "this: name the file with its authority's certificate in SSL_CERT_FILE."
        )
    else:
        why = f"cannot be trusted ({error.verify_message})"
        remedy = "Ask whoever runs the host, or the proxy on the way to it."
    return Finding(Level.ERROR, f"The certificate that answers for {host} {why}.", remedy)


def _certificate(answer: _Answer, host: str) -> Finding:
    if answer.certificate is None:
        return Finding(Level.OK, f"No TLS is spoken with {host}, which is this machine: the key does not leave it.")
    ends = ssl.cert_time_to_seconds(answer.certificate["notAfter"])
    day = datetime.fromtimestamp(ends, UTC).date()
    days = int((ends - time.time()) / _DAY)
    message = f"{answer.protocol} with {host}: its certificate is trusted, until {day}."
    if days < _SOON:
        remedy = f"Whoever runs {host} should renew it: from that day on nothing can be sent."
        return Finding(Level.WARNING, message, remedy)
    return Finding(Level.OK, message)


def _answered(answer: _Answer, host: str) -> Finding:
    """Say whether what answers behaves as Keen does to a question without a key."""
    status = answer.status
    if status in _REFUSED:
        return Finding(Level.OK, f"Keen answers at {host}, and refuses who has no key ({status}).")
    if status == 404:  # noqa: PLR2004 - not found
        message = f"At {host} there is nothing of Keen's under this address (404)."
        return Finding(Level.ERROR, message, f"Look at LEADSYNC_BASE_URL; Keen answers at {KEEN_URL}.")
    message = f"What answers at {host} says {status} to a question without a key, where Keen says 401."
    if status == 429 or status >= 500:  # noqa: PLR2004 - throttled, or out of order
        return Finding(Level.WARNING, message, "Keen may be down or busy: look again in some minutes.")
    remedy = "It may be a login page of the network, or a proxy: look at it in a browser."
    return Finding(Level.WARNING, message, remedy)


def _clock(answer: _Answer, host: str) -> Finding:
    """Compare this machine's clock with the date of the answer (RFC 9110 section 6.6.1), which has whole seconds."""
    try:
        told = parsedate_to_datetime(answer.date or "")
    except ValueError:
        return Finding(Level.OK, f"{host} did not tell the time, so the clock was not looked at.")
    ahead = answer.offset - (told if told.tzinfo else told.replace(tzinfo=UTC)).timestamp()
    off = abs(ahead)
    if off <= _OFF:
        return Finding(Level.OK, f"The clock agrees with that of {host}.")
    unit, word = max(pair for pair in _WORDS if off >= pair[0])
    number = round(off / unit)
    message = (
        f"The clock is {number:,} {word}{'s' * (number != 1)} {'ahead of' if ahead > 0 else 'behind'} that of {host}."
    )
    remedy = (
        "Set it, by NTP where it can be: the journal goes by it, and so does the wait that Keen asks for by a date."
    )
    return Finding(Level.ERROR if off > _FAR_OFF else Level.WARNING, message, remedy)
