"""Sources with an address: http(s), s3, gs and sftp, fetched whole before anything is read.

The packages that do it are an extra (`leadsync[remote]`) and are imported only when an address is named. No message,
name or log has what may be a secret in an address: its user, its password, its query.
"""

import logging
import re
from collections.abc import Mapping
from contextlib import closing
from importlib import import_module
from typing import Any, Protocol
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from leadsync.errors import SourceError
from leadsync.files import printable

FETCHED_LIMIT = 4 * 2**30
"""Bytes of one source: 25 million rows of CSV, on a disk of which nobody was asked."""

PATIENCE = 60.0
"""Seconds without a byte after which a server is given up."""

_BLOCK = 1 << 20
_ADDRESS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://(.*)", re.DOTALL)
_PLAIN_HOST = re.compile(r"([^\s:@\[\]]*|\[[0-9A-Fa-f:.]*\])(:\d*)?")
_MISSING = "{} needs packages that are not installed: pip install 'leadsync[remote]'."
_NOT_FOUND = 404
_FORBIDDEN = (401, 403)
_TALKERS = ("aiobotocore", "botocore", "fsspec", "gcsfs", "google", "paramiko", "s3fs")
"""Packages that log whole addresses, and tracebacks: they are silenced."""
_REFUSALS = frozenset({"PermissionError", "AuthenticationException", "NoCredentialsError", "GoogleAuthError"})
_TROUBLE: Mapping[str, tuple[str, ...]] = {
    "http": ("aiohttp.ClientError",),
    "https": ("aiohttp.ClientError",),
    "s3": ("botocore.exceptions.BotoCoreError", "botocore.exceptions.ClientError", "aiohttp.ClientError"),
    "gs": ("gcsfs.retry.HttpError", "google.auth.exceptions.GoogleAuthError", "aiohttp.ClientError"),
    "sftp": ("paramiko.SSHException",),
}
"""For each scheme that is read: what its packages raise besides OSError and ValueError."""


class Sink(Protocol):
    """Where a source is fetched to."""

    size: int

    def write(self, block: bytes) -> int:
        """Take a block."""


def is_address(source: str) -> bool:
    """Tell whether a source is named by an address, of whatever scheme, and not by the path of a file."""
    return _ADDRESS.match(source) is not None


def masked(address: str) -> str:
    """Give an address without what may be a secret in it, as text that can be printed.

    `https://user:key@example.com/a.csv?sig=1` is told as `https://***@example.com/a.csv?***`.
    """
    match = _ADDRESS.match(address)
    if match is None:
        return printable(address)
    scheme, rest = match.groups()
    place = re.split("[?#;]", rest, maxsplit=1)[0]
    authority, slash, path = place.partition("/")
    _, at, host = authority.rpartition("@")
    has_odd_password = ":" in authority and not at and "@" in rest[len(authority) :]
    if has_odd_password or not _PLAIN_HOST.fullmatch(host):
        return f"{scheme}://***"  # a password may have a slash or a question mark in it
    told = f"{scheme}://{'***@' if at else ''}{host}{slash}{path}"
    return printable(told if len(place) == len(rest) else f"{told}?***")


def file_name_of(address: str) -> str:
    """Give the name of the file at an address: what stands behind its last slash, or its host."""
    place = masked(address).partition("://")[2].removesuffix("?***").removeprefix("***@")
    return printable(unquote(place.rstrip("/").rpartition("/")[2])) or "address"


def fetch(address: str, sink: Sink) -> None:
    """Fetch what is at an address, to its end.

    Raises SourceError where that cannot be done, is more than FETCHED_LIMIT, or needs a package that is not installed.
    """
    scheme = address.partition("://")[0].lower()
    name = masked(address)
    if scheme not in _TROUBLE:
        advice = "name the file by its path" if scheme == "file" else f"use one of {', '.join(_TROUBLE)}, or a file"
        raise SourceError(f"{name} is an address that leadsync does not read; {advice}.")
    if sentence := _try_to_fetch(address, scheme, name, _Bounded(sink, name)):
        raise SourceError(sentence)


def _try_to_fetch(address: str, scheme: str, name: str, sink: "_Bounded") -> str:
    """Give a sentence where that fails, which no exception hangs on: what the packages say has the address in it."""
    for talker in _TALKERS:
        logging.getLogger(talker).setLevel(logging.CRITICAL + 1)
    try:
        import_module("fsspec")
        trouble: tuple[type[Exception], ...] = (OSError, ValueError, EOFError, *map(_find, _TROUBLE[scheme]))
    except ImportError:
        return _MISSING.format(name)
    try:
        if scheme == "sftp":
            _fetch_by_sftp(urlsplit(address), sink)
        elif scheme in ("http", "https"):
            _fetch_by_http(address, sink)
        else:
            _fetch_from_store(address, scheme, sink)
    except ImportError:
        return _MISSING.format(name)
    except trouble as error:
        return f"{name} cannot be fetched{_describe(error)}"
    return ""


def _find(path: str) -> type[Exception]:
    module, _, name = path.rpartition(".")
    found: type[Exception] = getattr(import_module(module), name)
    return found


class _Bounded:
    """A sink with a limit, with what fsspec asks of a file."""

    def __init__(self, sink: Sink, name: str) -> None:
        self._sink = sink
        self._name = name

    def write(self, block: bytes) -> int:
        if self._sink.size + len(block) > FETCHED_LIMIT:
            raise SourceError(
                f"{self._name} is larger than {FETCHED_LIMIT // 2**30} GB; fetch it yourself, and name the file."
            )
        return self._sink.write(block)

    def read(self, size: int = -1) -> bytes:
        raise NotImplementedError(size)

    def tell(self) -> int:
        return self._sink.size

    def close(self) -> None:
        """Leave the sink open: it is not ours."""


def _fetch_by_http(address: str, sink: _Bounded) -> None:
    """Fetch by http(s); one request, because a signed address allows no other; never from https to http."""
    fsspec, aiohttp = import_module("fsspec"), import_module("aiohttp")

    async def look(session: object, context: object, params: Any) -> None:  # noqa: ARG001  # as aiohttp calls it
        must_stay_encrypted(str(params.url), params.response.headers.get("Location", ""))

    trace = aiohttp.TraceConfig()
    trace.on_request_redirect.append(look)
    timeout = aiohttp.ClientTimeout(total=None, sock_connect=PATIENCE, sock_read=PATIENCE)
    options = {"timeout": timeout, "trace_configs": [trace], "trust_env": True}
    # An address with a percent sign is encoded already, and its signature is of that spelling.
    files = fsspec.filesystem("http", client_kwargs=options, encoded="%" in address, skip_instance_cache=True)
    files.get_file(address, sink)


def must_stay_encrypted(address: str, location: str) -> None:
    """Refuse to follow a redirect from https to anything else; raises SourceError."""
    target = urljoin(address, location)
    if urlsplit(address).scheme == "https" and urlsplit(target).scheme != "https":
        raise SourceError(
            f"{masked(address)} leads on to {masked(target)}, which is not encrypted, so leadsync does not follow; "
            "name that address itself if it is right."
        )


def _fetch_from_store(address: str, scheme: str, sink: _Bounded) -> None:
    """Fetch from an object store, with the credentials that its own tools would find."""
    fsspec = import_module("fsspec")
    files = fsspec.filesystem(scheme, skip_instance_cache=True)
    with files.open(address, "rb") as remote:
        while block := remote.read(_BLOCK):
            sink.write(block)


def _fetch_by_sftp(address: SplitResult, sink: _Bounded) -> None:
    """Fetch by sftp from a host that is known: a password is not told to anybody who answers in its place."""
    paramiko = import_module("paramiko")
    with closing(paramiko.SSHClient()) as client:
        client.load_system_host_keys()
        client.connect(
            address.hostname,
            port=address.port or 22,
            username=unquote(address.username) if address.username else None,
            password=unquote(address.password) if address.password else None,
            timeout=PATIENCE,
        )
        with closing(client.open_sftp()) as files, files.open(unquote(address.path), "rb") as remote:
            remote.prefetch()
            while block := remote.read(_BLOCK):
                sink.write(block)


def _describe(error: Exception) -> str:
    """Say what went wrong, and what to do; of the exception's own words only those of the system."""
    status = _status(error)
    kinds = {kind.__name__ for kind in type(error).__mro__}
    if status in _FORBIDDEN or kinds & _REFUSALS:
        told = f"HTTP {status}: " if status else ""
        return f" ({told}access is refused); check the credentials, or whether the address has expired."
    if status == _NOT_FOUND or isinstance(error, FileNotFoundError):
        return ": there is no such file; check the address."
    if status:
        return f" (HTTP {status}); try again later."
    if "ClientPayloadError" in kinds:
        return ": it broke off before its end; try again."
    if isinstance(error, TimeoutError):
        return ": the server does not answer; check the address and the network, or try again later."
    if "not found in known_hosts" in str(error):
        return ": its host is not in ~/.ssh/known_hosts; connect to it once with `sftp`, and check its key."
    why = (isinstance(error, OSError) and error.strerror) or type(error).__name__
    return f" ({why}); check the address, the credentials and the network."


def _status(error: Exception) -> int | None:
    """Give the HTTP status that an exception of aiohttp, gcsfs or botocore tells of."""
    response = getattr(error, "response", None)
    told = response.get("ResponseMetadata", {}).get("HTTPStatusCode") if isinstance(response, dict) else None
    own = getattr(error, "status" if hasattr(error, "status") else "code", None)
    return next((int(found) for found in (own, told) if found and str(found).isdecimal()), None)
