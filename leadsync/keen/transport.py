"""One HTTP exchange with Keen: a request out, an `Answer` back, whatever happens on the way."""

import asyncio
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Self

import aiohttp
import httpx
import orjson
from httpx_aiohttp import HttpxAiohttpClient

from leadsync.errors import SettingsError
from leadsync.keen.answers import Answer, Trouble
from leadsync.keen.options import ClientOptions
from leadsync.records import JsonValue

_LONGEST_ANSWER = 64 * 2**20
"""Bytes; a lead is some kilobytes, a company's channels perhaps a megabyte."""

_NEVER_LEFT = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,
    httpx.ProxyError,
)
_HEADERS_KEPT = ("sb-error-code", "retry-after", "date")


class Transport:
    """Sends JSON to Keen's one URL; an async context manager.

    Redirects are never followed, as httpx would hand `X-Api-Key` to the other host. Proxies and certificate files
    of the environment are honoured, save towards this machine.
    """

    def __init__(self, options: ClientOptions) -> None:
        self._url = httpx.URL(options.base_url)
        self._deadlines: set[asyncio.Timeout] = set()
        connect_timeout = min(options.connect_timeout, options.timeout)
        self._timeout = options.timeout + connect_timeout
        self._client = _open_client(options, connect_timeout)

    async def __aenter__(self) -> Self:
        await self._client.__aenter__()
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self._client.aclose()

    def abandon(self) -> None:
        """Let the time of every exchange in flight be up now."""
        now = asyncio.get_running_loop().time()
        while self._deadlines:
            deadline = self._deadlines.pop()
            if not deadline.expired():
                deadline.reschedule(now)

    async def exchange(self, body: JsonValue) -> Answer:
        """Send one JSON body and read the whole answer; trouble on the way is an answer too, not an exception."""
        try:
            async with asyncio.timeout(self._timeout) as deadline:
                self._deadlines.add(deadline)
                try:
                    return await self._post(orjson.dumps(body))
                finally:
                    self._deadlines.discard(deadline)
        except TimeoutError:
            return Answer(trouble=Trouble.TIMED_OUT)
        except (httpx.TransportError, aiohttp.ClientError) as error:
            return _trouble(error)
        except httpx.DecodingError:
            return Answer(trouble=Trouble.CUT, detail="its compression is broken")

    async def _post(self, content: bytes) -> Answer:
        body = bytearray()
        async with self._client.stream("POST", self._url, content=content) as response:
            async for block in response.aiter_bytes():
                body += block
                if len(body) > _LONGEST_ANSWER:
                    return Answer(trouble=Trouble.CUT, detail="it is longer than any answer of Keen's")
        return Answer(response.status_code, _json(bytes(body)), _kept(response.headers))


def _open_client(options: ClientOptions, connect_timeout: float) -> httpx.AsyncClient:
    """Make the HTTP client; raises SettingsError where the environment's proxies or certificates cannot be used."""
    key = options.api_key.get_secret_value()
    try:
        return HttpxAiohttpClient(
            headers={"X-Api-Key": key, "Content-Type": "application/json", "User-Agent": "leadsync"},
            # The whole exchange is bounded in `exchange`; a limit per read would let a slow drip go on for ever.
            timeout=httpx.Timeout(None, connect=connect_timeout),
            limits=httpx.Limits(max_connections=options.concurrency, max_keepalive_connections=options.concurrency),
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
            follow_redirects=False,
            trust_env=not options.is_loopback,
        )
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"The network settings of the environment cannot be used ({error}): "
            "look at SSL_CERT_FILE, SSL_CERT_DIR, HTTPS_PROXY and ALL_PROXY."
        ) from error


def _trouble(error: Exception) -> Answer:
    """Tell whether a request left before its connection failed.

    httpx-aiohttp reports a connection cut after the request as a ConnectTimeout (its table maps aiohttp's
    ClientConnectionError so), hence the look at aiohttp's own exception: only what it raises while connecting is
    sure never to have left.
    """
    cause = error.__cause__ if isinstance(error.__cause__, aiohttp.ClientError) else error
    if isinstance(cause, _NEVER_LEFT):
        return Answer(trouble=Trouble.NOT_CONNECTED, detail=_reason(cause))
    if isinstance(cause, (httpx.UnsupportedProtocol, aiohttp.InvalidURL)):
        return Answer(trouble=Trouble.NOT_CONNECTED, detail="the address cannot be used")
    if isinstance(cause, (httpx.ReadTimeout, aiohttp.ServerTimeoutError)):
        return Answer(trouble=Trouble.TIMED_OUT)
    return Answer(trouble=Trouble.CUT, detail=_reason(cause))


def _reason(cause: BaseException) -> str:
    """Say why a connection failed in the system's words, never with what was sent or received."""
    if isinstance(cause, aiohttp.ClientConnectorDNSError):
        return "its name is not known here"
    if isinstance(cause, (aiohttp.ClientConnectorCertificateError, aiohttp.ClientSSLError)):
        return "its certificate cannot be trusted"
    if isinstance(cause, aiohttp.ConnectionTimeoutError):
        return "no connection in time"
    if isinstance(cause, OSError) and cause.strerror:
        return cause.strerror[:120]
    if isinstance(cause, aiohttp.ServerDisconnectedError):
        return "the connection was closed"
    if isinstance(cause, (aiohttp.ClientPayloadError, httpx.ReadError)):
        return "the answer broke off"
    return "the connection broke" if isinstance(cause, aiohttp.ClientConnectionError) else "what came is not HTTP"


def _json(content: bytes) -> JsonValue:
    try:
        value: JsonValue = orjson.loads(content)
    except orjson.JSONDecodeError:
        return None
    return value


def _kept(headers: httpx.Headers) -> dict[str, str]:
    return {name: headers[name] for name in _HEADERS_KEPT if name in headers}
