"""What can be done on a screen, key by key."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from callcoach.locale import mark
from callcoach.tui.actions import EVERYWHERE, HOME, Action
from callcoach.tui.page import Page
from callcoach.tui.widgets.keybar import KeyBar, told_key
from callcoach.tui.widgets.paper import Paper, Piece
from callcoach.words.wrap import pad, width

_ABOUT = mark(
    "callcoach coaches what is said, writes down what happened and judges calls fairly. It"
    " informs and gives no legal advice. Nothing leaves this machine unless you send it."
)
"""What the program is, said once: with the help of the home screen."""


class HelpScreen(Page):
    """The keys of the screen below, and what it is for."""

    ACTIONS: ClassVar[Sequence[Action]] = ()

    def __init__(self, page: Page) -> None:
        """Tell about another screen."""
        super().__init__()
        self._actions = page.ACTIONS
        self._about = page.help_text()
        self._more = page.more_keys()
        self._legend = page.legend()

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        with VerticalScroll(id="reading"):
            yield Paper(id="help")
        yield KeyBar()

    def appear(self) -> None:
        """Write the help."""
        super().appear()
        self.query_one(Paper).show(self._pieces())
        self.query_one(VerticalScroll).focus()

    def words_changed(self) -> None:
        """Write it in the other language."""
        super().words_changed()
        self.once_painted(lambda: self.query_one(Paper).show(self._pieces()))

    def _pieces(self) -> list[Piece]:
        pieces = [Piece(self.say("Help"), "$accent bold"), Piece("")]
        if self._about:
            pieces += [Piece(self.say(self._about), "$foreground"), Piece("")]
        own = dict(self.desk.settings.table("keys"))
        is_plain = self.desk.settings.flag("plain")
        rows = list(self._more)
        for action in (*self._actions, *EVERYWHERE):
            if action.title:
                keys = own.get(action.id, action.keys).split(",")
                rows.append(
                    (
                        "  ".join(told_key(key, self.messages, is_plain) for key in keys),
                        action.title,
                    )
                )
        pieces += self._table(rows, "$accent bold")
        if self._legend:
            pieces += [Piece(""), Piece(self.say("Signs"), "$accent bold")]
            pieces += self._table(self._legend, "$foreground bold")
        own_keys = self.say('Your own keys: callcoach config set keys "undo=f11;say=ctrl+j"')
        pieces += [Piece(""), Piece(own_keys, "dim")]
        if self._actions == HOME:
            pieces.append(Piece(self.say(_ABOUT), "dim"))
        return pieces

    def _table(self, rows: Sequence[tuple[str, str]], style: str) -> list[Piece]:
        """Return rows whose texts begin in the same column."""
        column = max((width(head) for head, _ in rows), default=0) + 2
        return [
            Piece(self.say(text), "$foreground", pad(head, column), style) for head, text in rows
        ]
