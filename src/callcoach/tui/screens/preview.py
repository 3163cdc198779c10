"""The call screen without a customer: a pack is walked, and read again whenever it changes."""

from contextlib import suppress
from dataclasses import replace

from callcoach.call.flow import Position
from callcoach.call.inputs import JumpTo, OpenObjection, TellFact, TickCue
from callcoach.call.live import LiveCall
from callcoach.call.session import Session
from callcoach.errors import CallcoachError, FactError
from callcoach.locale import mark
from callcoach.script.facts import canonical
from callcoach.script.model import CueKind, StepId
from callcoach.tui.ports import Order
from callcoach.tui.screens.call import CallScreen

WATCH = 1.0
"""How often the pack's files are looked at, in seconds."""
UNTIL_MENDED = 3600.0
"""A change that cannot be used is told until the next one, or so many seconds."""


class PreviewScreen(CallScreen):
    """Walks a pack; a change that cannot be used is told, and the last good pack is kept."""

    def __init__(self, live: LiveCall, order: Order) -> None:
        super().__init__(live)
        self._order = order
        self._stamp: object = None

    def appear(self) -> None:
        """Show the pack and watch its files."""
        super().appear()
        self._stamp = self.desk.stamp(self._order.pack)
        self.set_interval(WATCH, self._watch)

    def help_text(self) -> str:
        """Return what this screen is for."""
        return mark(
            "Walk the script as an agent would. Save the pack in your editor, and it is read"
            " again here, at the same step."
        )

    def _watch(self) -> None:
        stamp = self.desk.stamp(self._order.pack)
        if stamp is None or stamp == self._stamp:
            return
        self._stamp = stamp
        before = self.session
        self.app.clear_notifications()
        try:
            # The time that has passed on the walk would be held against the one who has edited.
            live = self.desk.begin(replace(self._order, is_timed=False))
        except CallcoachError as error:
            told = self.say("The change cannot be used yet: {error}", error=error.message)
            self.notice(told, error.hint, "warning", UNTIL_MENDED)
            return
        is_heard = self._listener is not None
        if self._listener is not None:
            self._listener.close()
            self._listener = None
        self.live.close()
        self.live = live
        self._opened_at = live.clock.now()
        self._go_on_from(before)
        if is_heard:
            self._get_listener()
        self.notice(self.say("The pack was read again."))

    def _go_on_from(self, before: Session) -> None:
        """Take the place that the walk had come to, with what was found out and said on the way."""
        script, state = self.session.coach.script, before.state
        step = next((id for id in _path(state.position) if id in script.steps), None)
        for fact, value in state.facts.items():
            with suppress(FactError):  # the fact is another kind now, or gone
                self.live.feed(TellFact(fact, canonical(value)))
        for cue, known in state.cues.items():
            kind = script.cues[cue].kind if cue in script.cues else None
            if kind is CueKind.SAY and known.met_at is not None:
                self.live.feed(TickCue(cue))
        if step is not None and step != self.session.state.position.step:
            is_objection = script.steps[step].is_objection
            self.live.feed(OpenObjection(step) if is_objection else JumpTo(step))
        self._begin_story()
        self.draw()


def _path(position: Position) -> tuple[StepId, ...]:
    """Return the present step, then those that it would return to."""
    return (position.step, *(frame.step for frame in reversed(position.stack)))
