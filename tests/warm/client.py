"""Command lines from a process that has loaded leadsync already (see `mother`)."""

import json
import os
import select
import signal
import socket
import struct
import subprocess
import sys
from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import IO, Self

HERE = Path(__file__).parent
SHELL = HERE / "shell.py"
"""The command line for a shell, started with the mother's place."""
_SECONDS = 120
"""After which a command that hangs is ended, by SIGALRM: its exit code is -14 then."""


class Running:
    """A command line that was started: what tests need of `subprocess.Popen`, under the same names."""

    def __init__(self, connection: socket.socket, stdout: IO[bytes], stderr: IO[bytes]) -> None:
        self.returncode: int | None = None
        self.stdout, self.stderr = stdout, stderr
        self._connection = connection
        self.pid = self._number()

    def poll(self) -> int | None:
        """Give the exit code, if the command has ended."""
        if self.returncode is None and select.select([self._connection], [], [], 0)[0]:
            self.wait()
        return self.returncode

    def wait(self) -> int:
        """Wait for the end; give the exit code."""
        if self.returncode is None:
            with self._connection:
                self.returncode = self._number()
        return self.returncode

    def communicate(self) -> tuple[bytes, bytes]:
        """Read both streams, and wait for the end."""
        with self.stdout, self.stderr, ThreadPoolExecutor(1) as other:
            err = other.submit(self.stderr.read)
            out = self.stdout.read()
            self.wait()
            return out, err.result()

    def send_signal(self, number: int) -> None:
        """Send a signal, if the command has not ended."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        """Kill it."""
        self.send_signal(signal.SIGKILL)

    def _number(self) -> int:
        answer = self._connection.recv(4, socket.MSG_WAITALL)
        assert answer, "The process of tests/warm/mother.py has died: it tells why on standard error."
        number: int = struct.unpack("i", answer)[0]
        return number


class Mother:
    """The process whose forks are command lines; a context manager, at whose end all of them have ended."""

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            folder = stack.enter_context(TemporaryDirectory(prefix="leadsync-"))
            self.place = str(Path(folder) / "mother")
            listener = stack.enter_context(socket.socket(socket.AF_UNIX))
            listener.bind(self.place)
            listener.listen()
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-W", "error", HERE / "mother.py", str(listener.fileno())],
                # A process that has threads must not fork.
                env=os.environ | {"PYTHONPATH": str(HERE.parents[1]), "OPENBLAS_NUM_THREADS": "1"},
                stdin=subprocess.PIPE,
                pass_fds=(listener.fileno(),),
                start_new_session=True,
            )
            listener.close()
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *exception: object) -> None:
        self._process.communicate()  # it ends when its standard input does
        self._stack.close()

    def start(
        self,
        *arguments: object,
        folder: Path,
        environment: Mapping[str, str],
        stdin: IO[bytes] | bytes | None = None,
        stdout: IO[bytes] | None = None,
        stderr: IO[bytes] | None = None,
        closed: Collection[str] = (),
        umask: int | None = None,
        script: str | None = None,
    ) -> Running:
        """Start the command line, or a script of Python in its place.

        `stdin` is nothing, what is sent through a pipe, or an open file. Output goes to pipes, save where there is a
        file for it. `closed` names streams that are not there at all. The umask is the mother's, unless it is given.
        """
        order = {
            "arguments": [os.fsdecode(a) if isinstance(a, bytes) else str(a) for a in arguments],
            "folder": str(folder),
            "environment": dict(environment),
            "umask": umask,
            "closed": list(closed),
            "script": script,
            "seconds": _SECONDS,
        }
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(self.place)
        with ExitStack() as stack:
            out, writes_out = _pipe(stack)
            err, writes_err = _pipe(stack)
            files = (_source(stack, stdin), stdout or writes_out, stderr or writes_err)
            socket.send_fds(connection, [b" "], [file.fileno() for file in files])
            connection.sendall(json.dumps(order).encode())
            connection.shutdown(socket.SHUT_WR)
        return Running(connection, out, err)


def _pipe(stack: ExitStack) -> tuple[IO[bytes], IO[bytes]]:
    reader, writer = os.pipe()
    return open(reader, "rb"), stack.enter_context(open(writer, "wb"))  # noqa: PTH123 -- a pipe has no path


def _source(stack: ExitStack, stdin: IO[bytes] | bytes | None) -> IO[bytes]:
    if stdin is None:
        return stack.enter_context(Path(os.devnull).open("rb"))
    if not isinstance(stdin, bytes):
        return stdin
    reader, writer = os.pipe()
    Thread(target=_feed, args=(writer, stdin)).start()
    return stack.enter_context(open(reader, "rb"))  # noqa: PTH123 -- as above


def _feed(writer: int, content: bytes) -> None:
    with suppress(BrokenPipeError), open(writer, "wb") as pipe:
        pipe.write(content)
