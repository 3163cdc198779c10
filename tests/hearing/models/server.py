"""A server on this machine that misbehaves on request."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True, slots=True)
class Turn:
    """How one request is answered; by default as it should be."""

    status: int = 0
    """Answer this and nothing else; 0 for the file."""
    cut: int | None = None
    """Close the connection after so many bytes of the body."""
    takes_range: bool = True
    tag: str | None = None
    """Another entity tag than the file's."""
    location: str = ""
    says_length: bool = True
    kind: str = "application/zip"
    waits: bool = False
    """Fall silent after `cut` bytes until the test is over."""


@dataclass(slots=True)
class Server:
    """What is served, how, and what was asked."""

    content: bytes
    address: str
    tag: str = '"one"'
    changed: str = ""
    """`Last-Modified`; empty for none."""
    turns: list[Turn] = field(default_factory=list)
    """How the next requests are answered; those after them, as it should be."""
    asked: list[dict[str, str]] = field(default_factory=list)
    """The headers of each request, and its path as `path`."""
    over: threading.Event = field(default_factory=threading.Event)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    state: Server

    def do_GET(self) -> None:
        state, self.close_connection = self.state, True
        state.asked.append({**dict(self.headers), "path": self.path})
        turn = state.turns.pop(0) if state.turns else Turn()
        if turn.status:
            self.send_response(turn.status)
            if turn.location:
                self.send_header("Location", turn.location)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        content, tag, start = state.content, turn.tag or state.tag, self._start(turn)
        if start is not None and start >= len(content):
            self.send_response(416)
            self.send_header("Content-Range", f"bytes */{len(content)}")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.send_response(200 if start is None else 206)
        if start is not None:
            last = len(content) - 1
            self.send_header("Content-Range", f"bytes {start}-{last}/{len(content)}")
        body = content[start or 0 :]
        self.send_header("Content-Type", turn.kind)
        for name, value in (("ETag", tag), ("Last-Modified", state.changed)):
            if value:
                self.send_header(name, value)
        if turn.says_length:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(ConnectionError):  # who asked may have gone
            self.wfile.write(body[: turn.cut])
            self.wfile.flush()
        if turn.waits:
            state.over.wait(30)

    def _start(self, turn: Turn) -> int | None:
        """Return where the asked range begins; None where the whole file is to be sent."""
        asked = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        condition = self.headers.get("If-Range")
        fits = condition in (None, turn.tag or self.state.tag, self.state.changed or None)
        return int(asked[1]) if asked and turn.takes_range and fits else None

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


@contextmanager
def serving(content: bytes, path: str = "/model.zip") -> Iterator[Server]:
    """Serve a file while the context lasts."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        state = Server(content, f"http://127.0.0.1:{server.server_port}{path}")
        server.RequestHandlerClass = type("_Bound", (_Handler,), {"state": state})
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield state
        finally:
            state.over.set()
            server.shutdown()
            thread.join()
