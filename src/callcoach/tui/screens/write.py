"""A question over a screen that is answered with several lines of text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key, Paste
from textual.widgets import Static, TextArea

from callcoach.tui.modal import Modal
from callcoach.tui.screens.dialogs import Choice, choose
from callcoach.tui.widgets.paper import Paper, Piece
from callcoach.words.display import display

if TYPE_CHECKING:
    from textual.timer import Timer

    from callcoach.tui.application import Application

PAUSE = 0.5
"""Seconds without a key after which what was typed is kept."""
_NEW_LINE = frozenset(("ctrl+j", "shift+enter", "alt+enter"))
"""What begins a new line; terminals differ in which of them they send."""


class Lines(TextArea):
    """A field of several lines that wraps; Enter gives what was typed."""

    def __init__(self, text: str, take: Callable[[str], None]) -> None:
        super().__init__(text, id="dialog-lines", highlight_cursor_line=False, compact=True)
        self._take = take

    async def _on_key(self, event: Key) -> None:
        """Take Enter before it becomes a new line; in turn, so that no letter overtakes it."""
        if event.key != "enter" and event.key not in _NEW_LINE:
            return
        event.stop()
        event.prevent_default()
        if event.key == "enter":
            self._take(self.text)
        else:
            self.insert("\n")

    async def _on_paste(self, event: Paste) -> None:
        """Let nobody else take what is pasted; `TextArea` puts it in."""
        event.stop()


class Write(Modal[str | None]):
    """Asks for a text of several lines. Escape gives none, and what was typed is kept."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "keep", show=False, priority=True),
        Binding("f2", "phrases", show=False),
    ]

    def __init__(
        self,
        title: str,
        value: str,
        keep: Callable[[str], None],
        phrases: Callable[[], Sequence[str]],
        problem: Callable[[str], str],
        row: int | None = None,
    ) -> None:
        """Ask for a text; `keep` is given what was typed, whenever the hand rests.

        `phrases` are texts that were written before, to be used again. `problem` tells why a text
        does not do, empty where it does. The cursor is at the end of a row, or of all.
        """
        super().__init__()
        self._title = title
        self._value = value
        self._keep = keep
        self._phrases = phrases
        self._problem = problem
        self._row = row
        self._pause: Timer | None = None

    @property
    def _coach(self) -> Application:
        return cast("Application", self.app)

    def compose(self) -> ComposeResult:
        """Lay the dialog out."""
        with Vertical(id="dialog"):
            yield Static(Content.styled(display(self._title), "bold"), id="dialog-title")
            yield Lines(self._value, self._take)
            yield Paper(id="dialog-detail")

    def on_mount(self) -> None:
        """Begin to type behind what stands there; say below which keys there are."""
        lines = self.query_one(Lines)
        row = lines.document.line_count - 1 if self._row is None else self._row
        lines.move_cursor((row, len(lines.document.get_line(row))))
        self.set_focus(lines)
        hint = self._coach.messages.say(
            "⏎ writes it · Ctrl+J begins a new line · F2 takes what was written before"
            " · Esc keeps it for later"
        )
        self.query_one(Paper).show([Piece(hint, "dim")])

    def _take(self, text: str) -> None:
        """Give the text, or say below why it does not do; an empty one says that there is none."""
        problem = self._problem(text.strip())
        if problem:
            self.query_one(Paper).show([Piece(display(problem), "$warning")])
        else:
            self.dismiss(text.strip() or None)

    def action_keep(self) -> None:
        """Write nothing, and keep what was typed for the next time."""
        self._keep(self.query_one(Lines).text)
        self.dismiss(None)

    def on_text_area_changed(self, _event: TextArea.Changed) -> None:
        """Keep what was typed, as soon as the hand rests."""
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, lambda: self._keep(self.query_one(Lines).text))

    def action_phrases(self) -> None:
        """Let the user choose a text that was written before; it is put where the cursor is."""
        say = self._coach.messages.say
        found = self._phrases()
        if not found:
            self.query_one(Paper).show([Piece(say("Nothing was written before."), "$warning")])
            return

        choices = [
            Choice(str(place), display(text), detail=display(text))
            for place, text in enumerate(found)
        ]
        lines = self.query_one(Lines)
        choose(
            self,
            say("Written before"),
            choices,
            lambda place: lines.insert(found[int(place)]),
        )
