"""What drawing depends on beside the call: the words, the signs, the way to tell time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from callcoach.locale import Messages
from callcoach.tui.signs import Signs

if TYPE_CHECKING:  # scripts are not needed for the first paint: 60 ms
    from callcoach.script.model import Script
    from callcoach.script.wording import Language


@dataclass(frozen=True, slots=True)
class Look:
    """How things look for this user."""

    messages: Messages
    signs: Signs

    def labelled(self, label: str, value: str) -> str:
        """Return something with its name, or words with who says them."""
        return self.messages.say("{label}: {value}", label=label, value=value)

    def language(self, script: Script) -> Language:
        """Return the language for titles and notes: the interface's, where the pack has it.

        What is said to the customer is in the call's language instead.
        """
        return script.language(self.messages.language)
