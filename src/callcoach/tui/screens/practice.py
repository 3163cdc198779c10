"""The call screen with somebody to practise with: the partner answers after a moment."""

from collections.abc import Callable, Sequence

from callcoach.call.events import Event
from callcoach.call.inputs import Hear
from callcoach.call.live import LiveCall
from callcoach.locale import mark
from callcoach.practice.partner import PlanPartner
from callcoach.script.model import Speaker
from callcoach.tui.screens.call import CallScreen
from callcoach.words.pace import speaking_seconds

LONGEST_PAUSE = 2.5
"""Nobody waits longer for an answer in a practice call, in seconds."""


class PracticeScreen(CallScreen):
    """A call in which a partner is the customer."""

    HEARS = (Speaker.AGENT,)

    def __init__(
        self,
        live: LiveCall,
        partner: PlanPartner,
        after: Callable[[LiveCall], None] | None = None,
        is_heard: bool = False,
    ) -> None:
        super().__init__(live, after, is_heard)
        self.partner = partner

    def appear(self) -> None:
        """Let the partner pick up."""
        super().appear()
        opening = self.partner.opening()
        if opening is not None:
            self.set_timer(0.8, lambda: self._answer(opening))

    def help_text(self) -> str:
        """Return what this screen is for."""
        return mark(
            "You are the agent. Say a line with Space, or type your own words with F3; the"
            " customer answers. At the end you see what was flagged and what would have helped."
        )

    def happened(self, events: Sequence[Event], is_tick: bool = False) -> None:
        """Show what has happened, and let the partner answer."""
        super().happened(events, is_tick)
        answer = self.partner.answer(self.session, events) if events else None
        if answer is not None:
            pause = min(speaking_seconds(answer.text), LONGEST_PAUSE)
            self.set_timer(pause, lambda: self._answer(answer))

    def _answer(self, answer: Hear) -> None:
        if not self.session.state.ended:
            now = self.live.clock.now()
            since = self.begun(answer.text, now)
            events = self.feed(Hear(answer.speaker, answer.text, since, now))
            if self._listener is not None:
                self.happened(self._listener.follow(events))
