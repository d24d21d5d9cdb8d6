"""One HTTP exchange with Keen: a request out, an `Answer` back, whatever happens on the way."""

import asyncio
import re
import ssl
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

_MASKED = b"[the API key]"
_SHORTEST_KEY = 8
"""Letters; keys are UUIDs, and one of a few letters would stand in any answer by chance."""
_NEVER_LEFT = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,
    httpx.ProxyError,
)
_HEADERS_KEPT = ("sb-error-code", "retry-after", "date")


class _Client(HttpxAiohttpClient):
    """httpx's client, which reads the proxies and certificate files of the environment."""

    def transport_for(self, url: httpx.URL) -> httpx.AsyncBaseTransport:
        """Give the transport that leads to a URL, through a proxy or not."""
        return self._transport_for_url(url)


class Transport:
    """Sends JSON to Keen's one URL; an async context manager.

    The way there is httpx's, found out once. A request goes straight to it, as what httpx's client does besides with
    each request (merge headers and cookies, look for authentication and redirects) took more than a third of the
    processor time of a row, and is not wanted: redirects are never followed, as `X-Api-Key` would go along.
    """

    def __init__(self, options: ClientOptions) -> None:
        self._url = httpx.URL(options.base_url)
        self._deadlines: set[asyncio.Timeout] = set()
        connect_timeout = min(options.connect_timeout, options.timeout)
        self._timeout = options.timeout + connect_timeout
        self._client = _open_client(options)
        self._way = self._client.transport_for(self._url)
        self._headers = _headers(options, self._url)
        key = options.api_key.get_secret_value().encode()
        self._key, self._key_folded = re.compile(re.escape(key), re.IGNORECASE), key.lower()
        # The whole exchange is bounded in `exchange`; a limit per read would let a slow drip go on for ever.
        self._extensions = {"timeout": {"connect": connect_timeout}}

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
        request = httpx.Request("POST", self._url, headers=self._headers, content=content, extensions=self._extensions)
        response = await self._way.handle_async_request(request)
        try:
            body = await _read(response)
        finally:
            await response.aclose()
        if body is None:
            return Answer(trouble=Trouble.CUT, detail="it is longer than any answer of Keen's")
        # What the headers say beside a 200 is never asked for, and to look for it costs as much as to read the body.
        kept = {} if response.status_code == httpx.codes.OK else self._kept(response.headers)
        return Answer(response.status_code, _json(self._without_key(body)), kept)

    def _kept(self, headers: httpx.Headers) -> dict[str, str]:
        found = {name: headers[name] for name in _HEADERS_KEPT if name in headers}
        return {name: self._without_key(value.encode()).decode() for name, value in found.items()}

    def _without_key(self, content: bytes) -> bytes:
        """Take out the key where an answer echoes it, before anything of it is cut short or told."""
        if len(self._key_folded) < _SHORTEST_KEY or self._key_folded not in content.lower():
            return content
        return self._key.sub(_MASKED, content)


async def _read(response: httpx.Response) -> bytes | None:
    """Read the body to its end; None if it is too long."""
    is_plain = "content-encoding" not in response.headers
    assert isinstance(response.stream, httpx.AsyncByteStream)
    body = bytearray()
    async for block in response.stream if is_plain else response.aiter_bytes():
        body += block
        if len(body) > _LONGEST_ANSWER:
            return None
    return bytes(body)


def _headers(options: ClientOptions, url: httpx.URL) -> httpx.Headers:
    """Give what stands at the head of each request."""
    return httpx.Headers(
        {
            "Host": url.netloc.decode("ascii"),
            "X-Api-Key": options.api_key.get_secret_value(),
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Accept-Encoding": "gzip, deflate",
            "User-Agent": "leadsync",
        },
        encoding="ascii",
    )


def _open_client(options: ClientOptions) -> _Client:
    """Make the HTTP client; raises SettingsError where the environment's proxies or certificates cannot be used.

    They are honoured save towards this machine.
    """
    try:
        return _Client(
            limits=httpx.Limits(max_connections=options.concurrency, max_keepalive_connections=options.concurrency),
            # Where no TLS is spoken no authority need be known, and to load all of them takes 35 ms.
            verify=options.base_url.startswith("https:") or ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
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
