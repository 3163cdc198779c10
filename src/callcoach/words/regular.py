"""Regular expressions that come with packs, searched in time linear in the text.

Packs are not trusted, and Python's `re` can be made to run for hours by a short pattern; RE2
cannot. It is an extra (`callcoach[regex]`): phrases do without.
"""

from collections.abc import Iterator
from importlib.util import find_spec

from callcoach.errors import CallcoachError

_MAX_MEMORY = 8 << 20


class RegexError(CallcoachError):
    """A pattern that RE2 does not know, or no RE2."""


def is_available() -> bool:
    """Tell whether RE2 is installed."""
    return find_spec("re2") is not None


class Regular:
    """One compiled pattern."""

    def __init__(self, pattern: str) -> None:
        """Compile `pattern`, upper and lower case alike; raises `RegexError`."""
        try:
            import re2  # 5 ms, and few packs need it
        except ImportError:
            raise RegexError(
                "regular expressions need RE2, which is not installed",
                "install callcoach[regex], or write it as phrases",
            ) from None
        options = re2.Options()
        options.case_sensitive = False
        options.log_errors = False
        options.max_mem = _MAX_MEMORY
        try:
            self._compiled = re2.compile(pattern, options)
        except re2.error as error:
            raise RegexError(
                "RE2 cannot read “{pattern}”: {problem}",
                "look-around and back references are not possible",
                pattern=pattern,
                problem=str(error),
            ) from None

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where it is found: begin and end in characters, empty finds left out."""
        for found in self._compiled.finditer(text):
            if found.end() > found.start():
                yield found.span()
