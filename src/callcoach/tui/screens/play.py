"""The call screen while a call is played: a demo, or a transcript being replayed."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import BindingType

from callcoach.call.live import LiveCall
from callcoach.locale import mark
from callcoach.tui.actions import PLAY, Action, bindings
from callcoach.tui.player import Player
from callcoach.tui.screens.view import CallView
from callcoach.tui.widgets.paper import Piece

TICK = 0.1
"""How often the player is asked, in seconds."""


class PlayScreen(CallView):
    """Shows a call that plays by itself."""

    ACTIONS: ClassVar[Sequence[Action]] = PLAY
    BINDINGS: ClassVar[list[BindingType]] = bindings(PLAY)

    def __init__(
        self,
        live: LiveCall,
        player: Player,
        after: Callable[[LiveCall], None] | None = None,
        notes: Sequence[str] = (),
    ) -> None:
        super().__init__(live, after)
        self.player = player
        self._notes = notes

    def appear(self) -> None:
        """Begin to play."""
        super().appear()
        self.set_interval(TICK, self._play)
        for note in self._notes:
            self.notice(note)

    def help_text(self) -> str:
        """Return what this screen is for."""
        return mark("A call plays as it would happen. Space pauses, arrows go on or change speed.")

    def _tick(self) -> None:
        """Leave the time to the player."""

    def _play(self) -> None:
        if self.app.screen is self and not self.player.is_over:
            self.happened(self.player.advance(TICK), is_tick=True)

    def _status(self, at: float) -> Piece:
        status = super()._status(at)
        speed = f"{self.player.speed:g}×"
        paused = self.say("paused") if self.player.is_paused else speed
        tail = f"{status.tail.strip()} · {paused} "
        return Piece(
            status.body, status.style, status.head, status.head_style, (), "", tail, "$accent"
        )

    def action_pause(self) -> None:
        """Pause, or go on."""
        self.player.is_paused = not self.player.is_paused
        self.draw()

    def action_step(self) -> None:
        """Play what comes next at once."""
        self.happened(self.player.step())

    def action_faster(self) -> None:
        """Play faster."""
        self.player.faster(1)
        self.draw()

    def action_slower(self) -> None:
        """Play more slowly."""
        self.player.faster(-1)
        self.draw()
