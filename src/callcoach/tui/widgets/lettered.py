"""A list in which letters lead to the first choice that has them."""

from collections.abc import Callable, Sequence

from textual.events import Key, Paste
from textual.widgets.option_list import Option

from callcoach.tui.widgets.options import Options


class Lettered(Options):
    """Highlights the choice that begins with what is typed, else one that contains it, else none.

    What is typed is looked for here, in turn with the other keys: Enter, however fast it follows,
    takes no choice that the letters do not lead to.
    """

    def __init__(
        self,
        options: Sequence[Option],
        labels: Sequence[str],
        tell: Callable[[str, bool], None],
        *,
        id: str,
    ) -> None:
        """Offer `options`, which are called `labels`.

        `tell` is given what is typed so far, empty where that is over, and whether a choice has it.
        """
        super().__init__(*options, id=id)
        self._labels = [label.casefold() for label in labels]
        self._tell = tell
        self._typed = ""

    def on_key(self, event: Key) -> None:
        """Look for letters; digits choose, and keys that move the cursor begin anew."""
        if event.key == "backspace":
            self._look_for(self._typed[:-1])
        elif event.is_printable and event.character and not event.character.isdecimal():
            event.stop()
            self._look_for(self._typed + event.character)
        elif event.key != "enter":
            self._typed = ""
            self._tell("", True)

    def on_paste(self, event: Paste) -> None:
        """Look for what an input method commits in one piece."""
        event.stop()
        self._look_for(self._typed + event.text)

    def _look_for(self, typed: str) -> None:
        self._typed = typed.lstrip()
        wanted = self._typed.strip().casefold()
        begins = [n for n, label in enumerate(self._labels) if label.startswith(wanted)]
        contains = [n for n, label in enumerate(self._labels) if wanted in label]
        self.highlighted = next(iter(begins + contains), None)
        self._tell(self._typed, self.highlighted is not None)
