"""A webhook on the other side of a socket, as apprise's json:// calls it."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SECRET = "hook-5f0c8a3e-secret"


@dataclass
class Listener:
    """What a webhook was told."""

    port: int
    statuses: list[int] = field(default_factory=list)
    """What it answers to the next calls; then 200."""
    heard: list[dict[str, str]] = field(default_factory=list)
    """Each message: its title, its text (`message`), its type."""

    @property
    def url(self) -> str:
        """Give the address for `--notify`."""
        return f"json://127.0.0.1:{self.port}/{SECRET}"


@contextmanager
def listening() -> Iterator[Listener]:
    """Serve a webhook."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            listener.heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(listener.statuses.pop(0) if listener.statuses else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        listener = Listener(server.server_port)
        thread = threading.Thread(target=server.serve_forever, args=(0.005,))
        thread.start()
        yield listener
        server.shutdown()
        thread.join()
