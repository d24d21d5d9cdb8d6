"""`leadsync doctor` and the network: real sockets, and certificates made for the occasion."""

import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from conftest import Keen

from leadsync.cli.doctor.findings import Finding, Level
from leadsync.cli.doctor.network import look_at_network
from leadsync.keen.options import KEEN_URL
from leadsync.settings import load_settings

HOST = "keen.example.com"
KEY = "0b6e7f10-3a57-4d7e-9c1d-f00dfeed4c1d"

AUTHORITY = """
[ca]
default_ca = here
[here]
database = index.txt
default_md = sha256
policy = policy
rand_serial = yes
new_certs_dir = .
copy_extensions = copy
unique_subject = no
[policy]
commonName = supplied
"""

Look = Callable[[str], list[Finding]]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in an empty folder, with a key and without proxies, where the host of the certificates is this machine."""
    for name in ("ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setenv("LEADSYNC_API_KEY", KEY)
    monkeypatch.chdir(tmp_path)
    resolve = socket.getaddrinfo

    def at_home(host: str, *arguments: object, **more: object) -> object:
        if host.endswith(".invalid"):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return resolve("127.0.0.1" if host.endswith(".example.com") else host, *arguments, **more)  # type: ignore[arg-type]  # handed on

    monkeypatch.setattr(socket, "getaddrinfo", at_home)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make certificates that are their own authorities: one that holds long, one that ends soon, one that has ended."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("there is no openssl here to make certificates with")
    folder = tmp_path_factory.mktemp("certificates")
    (folder / "index.txt").touch()
    (folder / "authority.cnf").write_text(AUTHORITY, encoding="ascii")

    def make(command: str) -> None:
        subprocess.run([openssl, *command.split()], cwd=folder, check=True, capture_output=True)

    now = datetime.now(UTC)
    request = f"-key key.pem -subj /CN={HOST} -addext subjectAltName=DNS:{HOST}"
    request += " -addext keyUsage=critical,digitalSignature,keyCertSign -out"
    make("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:prime256v1 -out key.pem")
    make(f"req -x509 {request} long.pem -days 90")
    make(f"req -x509 {request} soon.pem -days 7")
    make(f"req -new -addext basicConstraints=critical,CA:TRUE -addext subjectKeyIdentifier=hash {request} request.pem")
    for name, first, last in (("ended", -60, -30), ("early", 30, 60)):
        begins, ends = (f"{now + timedelta(days):%y%m%d%H%M%SZ}" for days in (first, last))
        times = f"-startdate {begins} -enddate {ends}"
        make(f"ca -config authority.cnf -batch -selfsign -keyfile key.pem -in request.pem {times} -out {name}.pem")
    return folder


@contextmanager
def answering(answer: bytes, certificate: Path | None = None) -> Iterator[tuple[int, bytearray]]:
    """Answer one connection with bytes, over TLS with a certificate; give the port, and what is asked."""
    asked = bytearray()
    context = None
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, certificate.with_name("key.pem"))

    def answer_once(server: socket.socket) -> None:
        connection, _ = server.accept()
        with connection:
            try:
                spoken = context.wrap_socket(connection, server_side=True) if context else connection
            except OSError:
                return  # the doctor does not trust it
            with spoken:
                while b'"get_channels"}' not in asked and (more := spoken.recv(65536)):
                    asked.extend(more)
                spoken.sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=answer_once, args=(server,))
        thread.start()
        yield server.getsockname()[1], asked
        thread.join()


def refusal(status: str = "401 Unauthorized", ahead: timedelta | None = timedelta()) -> bytes:
    """Make Keen's answer to a question without a key, dated by a clock that is ahead of ours."""
    date = "" if ahead is None else f"Date: {format_datetime(datetime.now(UTC) + ahead, usegmt=True)}\r\n"
    return f"HTTP/1.1 {status}\r\n{date}Content-Length: 0\r\nConnection: close\r\n\r\n".encode()


def look(url: str, **settings: object) -> list[Finding]:
    """Look at the network as the command does."""
    return list(look_at_network(load_settings(base_url=url, **settings)))


def only_error(found: list[Finding]) -> str:
    """Give the one finding, which is an error and says what to do."""
    (finding,) = found
    assert finding.level is Level.ERROR
    assert finding.remedy.endswith(".")
    assert KEY not in str(finding)
    return f"{finding.message} {finding.remedy}"


def test_a_sound_way_to_keen_is_told_in_three_lines(certificates: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Certificate, answer, clock; the question has no key, so that whatever stands there cannot keep it."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates / "long.pem"))
    with answering(refusal(), certificates / "long.pem") as (port, asked):
        found = look(f"https://{HOST}:{port}/x")
    day = (datetime.now(UTC) + timedelta(days=90)).date()
    assert [finding.level for finding in found] == [Level.OK] * 3
    assert found[0].message == f"TLSv1.3 with {HOST}: its certificate is trusted, until {day}."
    assert found[1].message == f"Keen answers at {HOST}, and refuses who has no key (401)."
    assert found[2].message == f"The clock agrees with that of {HOST}."
    assert b'{"action":"get_channels"}' in asked
    assert (KEY.encode() in asked, b"api-key" in asked.lower()) == (False, False)


def test_a_certificate_that_ends_soon_is_a_warning(certificates: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two weeks before the night on which nothing could be sent."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates / "soon.pem"))
    with answering(refusal(), certificates / "soon.pem") as (port, _):
        first, *_ = look(f"https://{HOST}:{port}/x")
    assert first.level is Level.WARNING
    assert first.remedy == f"Whoever runs {HOST} should renew it: from that day on nothing can be sent."


@pytest.mark.parametrize(
    ("name", "trusted", "host", "says"),
    [
        ("long", None, HOST, ("of an authority that is not known here (self-signed", "SSL_CERT_FILE")),
        ("long", None, "localhost", ("of an authority that is not known here", "On this machine http:// will do.")),
        ("long", "long", "other.example.com", ("is of another host", "LEADSYNC_BASE_URL")),
        ("ended", "ended", HOST, ("has expired", "clock, for which today is 2")),
        ("early", "early", HOST, ("is not valid yet", "clock, for which today is 2")),
    ],
    ids=["unknown authority", "on this machine", "another host", "expired", "not yet valid"],
)
def test_a_certificate_that_cannot_be_trusted_is_an_error(
    certificates: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    trusted: str | None,
    host: str,
    says: tuple[str, ...],
) -> None:
    """With the reason, and what to do about just that."""
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificates / f"{trusted}.pem"))
    with answering(refusal(), certificates / f"{name}.pem") as (port, asked):
        told = only_error(look(f"https://{host}:{port}/x"))
    assert f"The certificate that answers for {host} " in told
    assert all(part in told for part in says)
    assert asked == b""


def test_a_file_of_certificates_that_is_not_there_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings that are meant are named."""
    monkeypatch.setenv("SSL_CERT_FILE", "gone.pem")
    told = only_error(look(f"https://{HOST}/x"))
    assert "The network settings of the environment cannot be used" in told
    assert "Look at SSL_CERT_FILE" in told


def test_keen_that_cannot_be_reached_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """No name, no connection, no TLS, no HTTP, a proxy that says no: each with its reason and what to look at."""
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    assert "at keen.invalid: Name or service not known. Look at the network" in only_error(
        look("https://keen.invalid/x")
    )
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        silent = only_error(look(f"http://127.0.0.1:{port}/x", connect_timeout=0.05))
    assert "at 127.0.0.1: there was no answer in time." in silent
    assert "at 127.0.0.1: Connection refused." in only_error(look(f"http://127.0.0.1:{port}/x"))
    with answering(b"SSH-2.0-OpenSSH\r\n") as (port, _):
        assert "what came is not HTTP." in only_error(look(f"http://127.0.0.1:{port}/x"))


def test_what_speaks_no_tls_is_told_from_what_is_not_there(raw_server: Callable[[bytes], int]) -> None:
    """Something answers, and it is not Keen."""
    port = raw_server(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    assert "does not speak TLS as it should" in only_error(look(f"https://{HOST}:{port}/x"))


def test_a_proxy_that_does_not_lead_to_keen_is_named(
    raw_server: Callable[[bytes], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The user and password in its address are not shown."""
    port = raw_server(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")
    monkeypatch.setenv("HTTPS_PROXY", f"http://somebody:secret@127.0.0.1:{port}")
    told = only_error(look(KEEN_URL))
    assert "the proxy does not lead there (407)" in told
    assert "secret" not in told


@pytest.mark.parametrize(
    ("seconds", "level", "says"),
    [
        (-30, Level.OK, "The clock agrees"),
        (-300, Level.WARNING, "The clock is 5 minutes ahead of that of 127.0.0.1."),
        (7230, Level.ERROR, "The clock is 2 hours behind that of 127.0.0.1."),
        (-10 * 86_400, Level.ERROR, "The clock is 10 days ahead of that of 127.0.0.1."),
    ],
)
def test_a_clock_that_is_wrong_is_told(seconds: int, level: Level, says: str) -> None:
    """A minute is a warning, an hour an error."""
    with answering(refusal(ahead=timedelta(seconds=seconds))) as (port, _):
        *_, clock = look(f"http://127.0.0.1:{port}/x")
    assert (clock.level, says in clock.message) == (level, True)
    assert bool(clock.remedy) == (level is not Level.OK)


def test_an_answer_without_a_date_says_nothing_of_the_clock() -> None:
    """It is told that nobody looked."""
    with answering(refusal(ahead=None)) as (port, _):
        *_, clock = look(f"http://127.0.0.1:{port}/x")
    assert clock == Finding(Level.OK, "127.0.0.1 did not tell the time, so the clock was not looked at.")


@pytest.mark.parametrize(
    ("status", "level", "says"),
    [
        ("404 Not Found", Level.ERROR, f"Keen answers at {KEEN_URL}."),
        ("503 Service Unavailable", Level.WARNING, "look again in some minutes"),
        ("200 OK", Level.WARNING, "It may be a login page of the network"),
        ("302 Found", Level.WARNING, "It may be a login page of the network"),
    ],
)
def test_what_answers_otherwise_than_keen_is_told(status: str, level: Level, says: str) -> None:
    """Keen refuses a question without a key with 401."""
    with answering(refusal(status)) as (port, _):
        _, answered, _ = look(f"http://127.0.0.1:{port}/x")
    assert (answered.level, says in answered.remedy) == (level, True)


def test_a_sandbox_is_reached_without_tls(keen: Keen) -> None:
    """Plain http is told, and is right on this machine; the sandbox refuses the question as Keen does."""
    found = look(keen.sandbox.url)
    assert [finding.level for finding in found] == [Level.OK] * 3
    assert "No TLS is spoken with 127.0.0.1, which is this machine" in found[0].message
    assert [(call.action, call.status) for call in keen.sandbox.calls] == [("get_channels", 401)]


def test_an_address_that_must_not_be_called_is_not_called() -> None:
    """It is told as a fault of the settings."""
    assert look("http://example.com/x") == []
