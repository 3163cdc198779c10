"""What input methods send: Chinese text in one burst, with and without the Kitty protocol.

Kitty-protocol terminals report a committed text as one escape sequence with its code points.
Textual 8.2 cuts sequences off after 32 characters, so that five Chinese characters become rubbish;
callcoach therefore never asks for that protocol, and terminals send plain UTF-8. When
`test_the_trouble_is_still_there` fails, the variable in `callcoach/__init__.py` can go.
"""

import os
import subprocess
import sys

from textual._xterm_parser import XTermParser
from textual.events import Key

TEXT = "您好王女士"


def typed(data: str) -> str:
    """Return the characters that Textual makes of what a terminal sends."""
    parser = XTermParser(False)
    events = [*parser.feed(data), *parser.feed("")]
    return "".join(event.character or "" for event in events if isinstance(event, Key))


def test_plain_utf8_comes_through_whole() -> None:
    assert typed(TEXT) == TEXT


def test_punctuation_and_a_long_commit_come_through_whole() -> None:
    long = "我理解，手头紧的时候谁都着急。我们一起看看怎么办？" * 4
    assert typed(long) == long


def test_the_trouble_is_still_there() -> None:
    points = ":".join(str(ord(char)) for char in TEXT)
    assert typed(f"\x1b[0;;{points}u") != TEXT


def test_importing_callcoach_keeps_textual_from_asking_for_the_protocol() -> None:
    code = "import callcoach, textual.constants as c; print(c.DISABLE_KITTY_KEY)"
    clean = {k: v for k, v in os.environ.items() if k != "TEXTUAL_DISABLE_KITTY_KEY"}
    clean["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    done = subprocess.run(
        [sys.executable, "-c", code], env=clean, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "True"
