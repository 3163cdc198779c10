"""A real browser without a window, driven through its pipe: what it shows, asks for, complains of.

Chromium's own protocol, one JSON message after another, each ended by a zero byte.
"""

import base64
import fcntl
import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PATIENCE = 60.0
"""Seconds that a busy machine may take for one answer."""
_LAUNCH = """
import os, sys
for place, handle in ((3, sys.argv[1]), (4, sys.argv[2])):
    os.dup2(int(handle), place)
os.execvp(sys.argv[3], sys.argv[3:])
"""
"""Puts the ends of the protocol's pipe where the browser looks for them."""
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


def find_browser() -> str:
    """Return the browser's program; a machine without one cannot run these tests."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    assert found is not None, f"no browser: install one of {', '.join(NAMES)}"
    return found


@dataclass(slots=True)
class Browser:
    """A browser with one page."""

    to: int
    back: int
    events: list[Mapping[str, Any]] = field(default_factory=list)
    session: str = ""
    _last: int = 0
    _rest: bytes = b""

    def call(self, method: str, **given: Any) -> Any:
        """Call a method of the protocol; return its result."""
        self._last += 1
        message: dict[str, Any] = {"id": self._last, "method": method, "params": given}
        if self.session:
            message["sessionId"] = self.session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.to, data) :]
        while True:
            answer = self._read()
            if answer.get("id") == self._last:
                assert "error" not in answer, answer["error"]
                return answer["result"]
            self.events.append(answer)

    def wait(self, event: str) -> None:
        """Wait until something has happened."""
        while not any(it.get("method") == event for it in self.events):
            self.events.append(self._read())

    def _read(self) -> dict[str, Any]:
        until = time.monotonic() + PATIENCE
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self.back], [], [], max(until - time.monotonic(), 0))
            assert ready, "the browser says nothing"
            data = os.read(self.back, 1 << 16)
            assert data, "the browser is gone"
            self._rest += data
        message, _, self._rest = self._rest.partition(b"\0")
        found: dict[str, Any] = json.loads(message)
        return found

    def open(self, page: Path, width: int = 900, is_dark: bool = False) -> None:
        """Show a file and wait until it is there."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if is_dark else "light"}
        self.call("Emulation.setEmulatedMedia", features=[scheme])
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=800,
                  deviceScaleFactor=1, mobile=False)  # fmt: skip
        self.events.clear()
        self.call("Page.navigate", url=page.resolve().as_uri())
        self.wait("Page.loadEventFired")

    def run(self, script: str) -> Any:
        """Run a script in the page, as its console would; return what it comes to."""
        found = self.call("Runtime.evaluate", expression=script, awaitPromise=True,
                          returnByValue=True)  # fmt: skip
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def requests(self) -> Sequence[str]:
        """Return what was asked for since the page was opened, itself left out."""
        asked = [
            it["params"]["request"]["url"]
            for it in self.events
            if it.get("method") == "Network.requestWillBeSent"
        ]
        return asked[1:]

    def complaints(self) -> Sequence[str]:
        """Return what the console said since the page was opened."""
        found = []
        for it in self.events:
            match it.get("method"):
                case "Log.entryAdded":
                    found.append(it["params"]["entry"]["text"])
                case "Runtime.consoleAPICalled" | "Runtime.exceptionThrown":
                    found.append(json.dumps(it["params"]))
                case _:
                    pass
        return found

    def print(self) -> bytes:
        """Return the page as a PDF on A4."""
        made = self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
        return base64.b64decode(made["data"])

    def picture(self) -> bytes:
        """Return the whole page as PNG."""
        made = self.call("Page.captureScreenshot", captureBeyondViewport=True)
        return base64.b64decode(made["data"])


@contextmanager
def browsing(folder: Path) -> Iterator[Browser]:
    """Yield a browser with an empty profile in `folder`; it is gone afterwards."""
    theirs, to = os.pipe()
    back, ours = os.pipe()
    words = [
        find_browser(), "--headless=new", "--remote-debugging-pipe", "--no-sandbox",
        "--disable-gpu", "--no-first-run", "--disable-background-networking",
        "--disable-dev-shm-usage", "--hide-scrollbars", f"--user-data-dir={folder}",
    ]  # fmt: skip
    high = [fcntl.fcntl(handle, fcntl.F_DUPFD, 10) for handle in (theirs, ours)]
    process = subprocess.Popen(
        [sys.executable, "-c", _LAUNCH, *map(str, high), *words],
        pass_fds=high, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    for handle in (theirs, ours, *high):
        os.close(handle)
    browser = Browser(to, back)
    try:
        target = browser.call("Target.createTarget", url="about:blank")["targetId"]
        attached = browser.call("Target.attachToTarget", targetId=target, flatten=True)
        browser.session = attached["sessionId"]
        for domain in ("Page", "Network", "Log", "Runtime"):
            browser.call(f"{domain}.enable")
        yield browser
    finally:
        os.close(to)  # it leaves when its pipe is closed
        os.close(back)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
