"""A process that has loaded leadsync, and is the command line in forks of itself: a start costs a hundredth.

It is given a socket that listens, as the number of its file. Each connection is one command: it brings three files
for the standard streams and then, as JSON up to the end of what is sent, the rest that a process is given. Back come
the number of the process and, when it has ended, its exit code, of four bytes each.

When standard input ends, whoever started this process has gone: then it ends, with all that it has begun.
"""

import atexit
import gc
import json
import os
import pkgutil
import runpy
import select
import signal
import socket
import struct
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from typing import Any, NoReturn

import leadsync

_LATE = (
    "apprise",
    "certifi",
    "encodings.idna",
    "encodings.utf_8_sig",
    "importlib.resources.readers",
    "phonenumbers.data.region_DK",
    "rich._emoji_codes",
    "typer._adapters",
    "typer._click.decorators",
    "uvicorn.lifespan.off",
)
"""Loaded by libraries when they are first used."""


def load() -> None:
    """Load all of leadsync, and what a command would load when it knows its work."""
    names = [module.name for module in pkgutil.walk_packages(leadsync.__path__, "leadsync.")]
    for name in (*names, *_LATE):
        if name != "leadsync.__main__":
            with suppress(Exception):  # whatever is wrong with it, the command that needs it will tell
                import_module(name)
    gc.collect()
    gc.freeze()  # what forks share stays shared, and is not looked through at their end


def next_command(listener: socket.socket) -> socket.socket:
    """Wait for commands, tell what becomes of them, and come back in a fork for each new one, with its connection."""
    commands: dict[int, socket.socket] = {}
    woken, wakes = socket.socketpair()
    wakes.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wakes.fileno())
    while True:
        ready, _, _ = select.select([listener, sys.stdin, woken], [], [])
        if woken in ready:
            woken.recv(1 << 16)
            for process, code in ended():
                with commands.pop(process) as connection:
                    tell(connection, code)
        if sys.stdin in ready:
            for process in commands:
                os.kill(process, signal.SIGKILL)
                os.waitpid(process, 0)
            os._exit(0)
        if listener in ready:
            connection, _ = listener.accept()
            process = os.fork()
            if process == 0:
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                for other in (woken, wakes, *commands.values()):
                    other.close()
                return connection
            commands[process] = connection
            tell(connection, process)


def ended() -> Iterator[tuple[int, int]]:
    """Give each process that has ended, with its exit code."""
    with suppress(ChildProcessError):
        while (told := os.waitpid(-1, os.WNOHANG))[0]:
            yield told[0], os.waitstatus_to_exitcode(told[1])


def tell(connection: socket.socket, number: int) -> None:
    """Tell a number to a client, which may have gone."""
    with suppress(BrokenPipeError):
        connection.sendall(struct.pack("i", number))


def take_order(connection: socket.socket) -> dict[str, Any]:
    """Read what a command is given."""
    first, files, _, _ = socket.recv_fds(connection, 1, 3)
    parts = [first]
    while parts[-1]:
        parts.append(connection.recv(1 << 16))
    order: dict[str, Any] = json.loads(b"".join(parts))
    return order | {"files": files}


def settle(order: dict[str, Any]) -> None:
    """Be like a process that has just been started."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.alarm(order["seconds"])
    os.environ.clear()
    os.environ.update(order["environment"])
    time.tzset()
    tempfile.tempdir = None
    if order["umask"] is not None:
        os.umask(order["umask"])
    os.chdir(order["folder"])
    for number, (name, file) in enumerate(zip(("stdin", "stdout", "stderr"), order["files"], strict=True)):
        os.dup2(file, number)
        os.close(file)
        stream = None
        if name in order["closed"]:
            os.close(number)
        else:
            mine = getattr(sys, name)
            stream = open(  # noqa: SIM115 -- it is open for as long as the process is
                number,
                mode="r" if name == "stdin" else "w",
                buffering=1 if name == "stderr" else -1,
                encoding=mine.encoding,
                errors=mine.errors,
                closefd=False,
            )
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


def end(code: int) -> NoReturn:
    """End as the interpreter does, save that what is shared with the mother is not taken apart: that takes longest.

    What nobody holds any more is let go of, so that a file that was never closed is complained of.
    """
    threading._shutdown()  # type: ignore[attr-defined]  # what the interpreter calls first has no other name
    atexit._run_exitfuncs()
    gc.collect()
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None and not stream.closed:
                stream.flush()
        except OSError as error:
            code = 120
            with suppress(OSError):
                print(f"Exception ignored in: {stream!r}\nOSError: {error}", file=sys.stderr)
    os._exit(code)


def main() -> None:
    """Serve; in each fork, be the command line, or a script in its place."""
    with socket.socket(fileno=int(sys.argv[1])) as listener:
        load()
        assert threading.active_count() == 1, "a process with threads must not fork"
        connection = next_command(listener)
    with connection:
        order = take_order(connection)
    settle(order)
    script = order["script"]
    sys.argv = ["leadsync" if script is None else "-c", *order["arguments"]]
    try:
        if script is None:
            runpy.run_module("leadsync", run_name="__main__", alter_sys=True)
        else:
            exec(script, {"__name__": "__main__"})
    except SystemExit as error:
        if isinstance(error.code, str):
            raise
        end(error.code or 0)
    end(0)


if __name__ == "__main__":
    main()
