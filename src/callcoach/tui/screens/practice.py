"""The call screen with somebody to practise with: the partner answers after a moment."""

from collections.abc import Callable, Sequence

from textual.timer import Timer

from callcoach.call.events import Event, Heard, StepEntered
from callcoach.call.inputs import Hear
from callcoach.call.live import LiveCall
from callcoach.locale import mark
from callcoach.practice.finishing import left_to_say
from callcoach.practice.partner import PlanPartner
from callcoach.script.model import Speaker
from callcoach.tui.screens.call import CallScreen
from callcoach.tui.screens.view import TICK
from callcoach.words.pace import speaking_seconds

PICKS_UP_AFTER = 0.8
"""Seconds until the customer says the first words."""
LONGEST_PAUSE = 2.5
"""Nobody waits longer for an answer in a practice call, in seconds."""
LETS_FINISH = 2.0
"""Seconds that the customer waits, beside what saying it takes, for a line that is still to come:
they do not answer what they have not been asked."""


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
        self._waiting: Timer | None = None
        """Runs while the agent has lines left to say and is let finish."""

    def appear(self) -> None:
        """Let the partner pick up."""
        super().appear()
        opening = self.partner.opening()
        if opening is not None:
            self.set_timer(PICKS_UP_AFTER, lambda: self._pick_up(opening))

    def _pick_up(self, opening: Hear) -> None:
        """Say the first words, unless the agent was quicker."""
        if not self.session.transcript:
            self._answer(opening)

    def help_text(self) -> str:
        """Return what this screen is for."""
        return mark(
            "You are the agent. Say a line with Space, or type your own words with F3; the"
            " customer answers. At the end you see what was flagged and what would have helped."
        )

    def happened(self, events: Sequence[Event], is_tick: bool = False) -> None:
        """Show what has happened, and let the partner answer."""
        super().happened(events, is_tick)
        spoken = [it for it in events if isinstance(it, Heard) and it.speaker is Speaker.AGENT]
        has_moved = any(isinstance(event, StepEntered) for event in events)
        if self._waiting is not None and (spoken or has_moved):
            self._waiting.stop()
            self._waiting = None
        left = left_to_say(self.session, events)
        if left:
            pause = speaking_seconds(left[0]) + LETS_FINISH
            self._waiting = self.set_timer(pause, lambda: self._reply(events))
        elif events:
            self._reply(events)

    def _reply(self, events: Sequence[Event]) -> None:
        if self.session.state.is_on_hold:
            self.set_timer(TICK, lambda: self._reply(events))
            return
        answer = self.partner.answer(self.session, events)
        if answer is not None:
            pause = min(speaking_seconds(answer.text), LONGEST_PAUSE)
            self.set_timer(pause, lambda: self._answer(answer))

    def _answer(self, answer: Hear) -> None:
        if self.session.state.is_on_hold:
            self.set_timer(TICK, lambda: self._answer(answer))
        elif not self.session.state.ended:
            now = self.live.clock.now()
            since = self.begun(answer.text, now)
            events = self.feed(Hear(answer.speaker, answer.text, since, now))
            if self._listener is not None:
                self.happened(self._listener.follow(events))
