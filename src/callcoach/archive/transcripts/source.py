"""The text of one call, and what its formats look at to tell whose it is."""

from collections.abc import Mapping
from functools import cached_property

from callcoach.archive.transcripts.fields import first
from callcoach.archive.transcripts.plain import is_plain
from callcoach.archive.transcripts.walk import Listing, read_values
from callcoach.errors import Told, TranscriptError


class Source:
    """A text, read as JSON no more than once however many formats ask."""

    def __init__(
        self,
        text: str,
        name: str,
        columns: Mapping[str, str] | None = None,
        values: Listing | None = None,
        line: int = 1,
    ) -> None:
        self._values = values
        self.text = text.removeprefix("\ufeff")
        self.name = name
        """What errors call it."""
        self.columns = columns or {}
        """By a field's name, what the table calls its column."""
        self._line = line

    @cached_property
    def is_json(self) -> bool:
        """Tell whether it begins as JSON does, or was read as such."""
        if self._values is not None:
            return True
        start = self.text[:1000].lstrip()
        return start[:1] == "{" or (start[:1] == "[" and not is_plain(start))

    @property
    def values(self) -> Listing:
        """Return the values of a text in JSON, or those that were read already.

        Raises `TranscriptError`.
        """
        if self._values is None:
            self._values = read_values(self.text, self.name, self._line)
        return self._values

    @property
    def head(self) -> Mapping[str, object]:
        """Return the first value where it is an object; else nothing."""
        value = self.values[0] if self.is_json and self.values else None
        return value if isinstance(value, dict) else {}

    def rows(self, *keys: str) -> Listing:
        """Return the list under the first of `keys` in the first object; else an empty one."""
        found = first(self.head, keys)
        return found if isinstance(found, Listing) else Listing()

    def error(self, line: int, what: Told, hint: Told) -> TranscriptError:
        """Return an error about a line."""
        return TranscriptError(
            "{name}, line {line}: {what}", hint, name=self.name, line=line, what=what
        )
