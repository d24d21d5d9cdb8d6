"""A source with an address is fetched whole before it is read, and its secrets are told to nobody."""

import gzip
import http.server
import logging
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from leadsync.errors import SourceError
from leadsync.loader import open_source
from leadsync.loader.arrival import remote
from leadsync.loader.arrival.remote import file_name_of, is_address, masked, must_stay_encrypted
from leadsync.records import SourceOptions

TABLE = b"a,b\n1,2\n3,4\n"
SECRET = "s3cret"


class Site(http.server.BaseHTTPRequestHandler):
    """Answers by the path: a table, a packed one, a redirect, a cut answer, or a status."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer."""
        path = self.path.partition("?")[0]
        match path:
            case "/leads.csv":
                self._answer(200, TABLE)
            case "/packed":
                self._answer(200, gzip.compress(TABLE))
            case "/moved":
                self._answer(302, b"", Location="/leads.csv")
            case "/to-file":
                self._answer(302, b"", Location="file:///etc/hostname")
            case "/to-itself":
                self._answer(302, b"", Location="/to-itself")
            case "/cut":
                self._answer(200, TABLE, **{"Content-Length": "99"})
                self.close_connection = True
            case "/sign-in":
                self._answer(200, b"<!DOCTYPE html><html>Please sign in")
            case "/private":
                told = self.headers.get("Authorization") and f"key={SECRET}" in self.path
                self._answer(200 if told else 401, TABLE)
            case _:
                self._answer(int(path[1:]), b"")

    def do_HEAD(self) -> None:
        """Refuse: an address that is signed for GET allows no other request."""
        self._answer(403, b"")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its name in the standard library
        """Keep quiet."""

    def _answer(self, status: int, content: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(content))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """Serve the site, and give its address."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def refused(address: str) -> str:
    """Give the sentence of the refusal; nothing that hangs on it has the secret."""
    with pytest.raises(SourceError) as caught:
        open_source(address, SourceOptions())
    error: BaseException | None = caught.value
    while error:
        assert SECRET not in str(error)
        error = error.__cause__ or error.__context__
    return caught.value.message


@pytest.mark.parametrize("path", ["/leads.csv", "/packed", "/moved", "/leads.csv?page=1#top"])
def test_a_table_at_an_address_is_read(site: str, path: str, read: Callable[..., Any]) -> None:
    """Packed or not, and where it was moved to."""
    assert read(site + path).rows == [["1", "2"], ["3", "4"]]


def test_what_was_fetched_is_kept_like_what_came_by_a_pipe(site: str) -> None:
    """It may be another one tomorrow, when the run goes on."""
    with open_source(f"{site}/leads.csv", SourceOptions()) as source:
        assert source.piped is not None
        assert (source.name, source.sheet) == (f"{site}/leads.csv", "leads.csv")
        assert [sum(map(len, source.chunks(0))) for _ in range(2)] == [2, 2]


def test_a_kept_copy_is_known_by_the_masked_address(tmp_path: Path) -> None:
    """Which is all that a run remembers; nothing is fetched again."""
    (tmp_path / "kept.csv").write_bytes(TABLE)
    address = "https://***@example.com/exports/leads.csv?***"
    with open_source(address, SourceOptions(), at=tmp_path / "kept.csv", was_piped=True) as source:
        assert (source.name, source.sheet) == (address, "leads.csv")


def test_the_secrets_of_an_address_open_it_and_are_not_told(site: str, caplog: pytest.LogCaptureFixture) -> None:
    """Not in the source's name, in no chunk, in no log, in no refusal."""
    caplog.set_level(logging.DEBUG)
    address = site.replace("//", f"//bo:{SECRET}@")
    with open_source(f"{address}/private?key={SECRET}", SourceOptions()) as source:
        (chunk,) = source.chunks(0)
        assert source.name == chunk.source == f"{site.replace('//', '//***@')}/private?***"
        assert chunk.sheet == "private"
    for path in ("/404", "/403", "/500", "/cut", "/to-itself"):
        assert "***" in refused(f"{address}{path}?key={SECRET}")
    assert SECRET not in caplog.text


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/404", "/404 cannot be fetched: there is no such file; check the address."),
        ("/403", "/403 cannot be fetched (HTTP 403: access is refused); check the credentials"),
        ("/private", "cannot be fetched (HTTP 401: access is refused)"),
        ("/503", "/503 cannot be fetched (HTTP 503); try again later."),
        ("/cut", "/cut cannot be fetched: it broke off before its end; try again."),
        ("/to-file", "/to-file cannot be fetched (NonHttpUrlRedirectClientError)"),
        ("/to-itself", "/to-itself cannot be fetched (TooManyRedirects)"),
        ("/sign-in", "/sign-in is a web page (HTML)"),
    ],
)
def test_what_cannot_be_fetched_is_refused_in_one_sentence(site: str, path: str, words: str) -> None:
    """What happened, where, and what to do."""
    assert words in refused(site + path)


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        (
            f"ftp://bo:{SECRET}@example.com/a.csv",
            (
                "ftp://***@example.com/a.csv is an address that leadsync does not read; "
                "use one of http, https, s3, gs, sftp, or a file."
            ),
        ),
        (
            "file:///a.csv",
            "file:///a.csv is an address that leadsync does not read; name the file by its path.",
        ),
        (
            "http://127.0.0.1:1/a.csv",
            (
                "http://127.0.0.1:1/a.csv cannot be fetched (Connect call failed ('127.0.0.1', 1)); "
                "check the address, the credentials and the network."
            ),
        ),
        (
            f"http://bo:{SECRET}/@[/a.csv",
            "http://*** cannot be fetched (ValueError); check the address, the credentials and the network.",
        ),
    ],
)
def test_an_address_that_is_none_is_refused(address: str, sentence: str) -> None:
    """The sentence is exact, because people act on it."""
    assert refused(address) == sentence


def test_a_source_larger_than_the_limit_is_given_up(monkeypatch: pytest.MonkeyPatch, site: str) -> None:
    """While it is fetched, for a server need not say how much it sends."""
    monkeypatch.setattr(remote, "FETCHED_LIMIT", 5)
    assert "/leads.csv is larger than 0 GB; fetch it yourself, and name the file." in refused(f"{site}/leads.csv")


def test_a_redirect_from_https_to_http_is_not_followed() -> None:
    """Anybody on the way could read the leads, and change them."""
    must_stay_encrypted("https://example.com/a", "/b")
    must_stay_encrypted("https://example.com/a", "https://example.org/b")
    must_stay_encrypted("http://example.com/a", "https://example.com/a")
    for location in (f"http://example.com/b?key={SECRET}", "ftp://example.com/b"):
        with pytest.raises(SourceError, match=r"https://example\.com/a leads on to \w+://example\.com/b") as caught:
            must_stay_encrypted("https://example.com/a", location)
        assert SECRET not in caught.value.message


@pytest.mark.parametrize("package", ["fsspec", "aiohttp"])
def test_a_missing_package_is_told_with_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, site: str, package: str
) -> None:
    """Addresses are an extra, and few need them."""
    monkeypatch.setitem(sys.modules, package, None)
    assert refused(f"{site}/leads.csv?key={SECRET}") == (
        f"{site}/leads.csv?*** needs packages that are not installed: pip install 'leadsync[remote]'."
    )


@pytest.mark.parametrize(
    ("address", "shown", "file"),
    [
        ("https://example.com/a.csv", "https://example.com/a.csv", "a.csv"),
        ("https://u:p@example.com:8080/x/a.csv?b=c#d", "https://***@example.com:8080/x/a.csv?***", "a.csv"),
        ("https://example.com/a%20b.csv;jsessionid=1", "https://example.com/a%20b.csv?***", "a b.csv"),
        ("https://token@example.com", "https://***@example.com", "example.com"),
        ("s3://bucket/bo@example.com.csv", "s3://bucket/bo@example.com.csv", "bo@example.com.csv"),
        ("sftp://u:p/q@example.com/a.csv", "sftp://***", "***"),
        ("sftp://u:1/q@example.com/a.csv", "sftp://***", "***"),
        ("sftp://u:1?q@example.com/a.csv", "sftp://***", "***"),
        ("http://[::1]:80/a\n.csv", "http://[::1]:80/a\n.csv", "a\n.csv"),
    ],
)
def test_an_address_is_shown_without_its_secrets(address: str, shown: str, file: str) -> None:
    """To mask it again changes nothing, so that a run that goes on knows it by the same name."""
    assert masked(address) == shown
    assert masked(shown) == shown
    assert file_name_of(address) == file_name_of(shown) == file


@pytest.mark.parametrize("name", ["contacts.csv", "/tmp/a:b.csv", "C:/x.csv", "-", "a/b://c", "://x"])
def test_a_file_is_no_address(name: str) -> None:
    """Whatever its name has of one."""
    assert not is_address(name)


def test_a_file_of_this_machine_is_opened_without_the_packages_for_addresses(tmp_path: Path) -> None:
    """They take longer to import than a small file takes to be read."""
    (tmp_path / "a.csv").write_bytes(TABLE)
    code = (
        "import sys; from leadsync.loader import open_source; from leadsync.records import SourceOptions\n"
        f"with open_source({str(tmp_path / 'a.csv')!r}, SourceOptions()) as source: list(source.chunks(0))\n"
        "print(*{'fsspec', 'aiohttp', 'httpx'} & set(sys.modules))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "\n"
