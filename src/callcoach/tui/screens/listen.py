"""A call that can be heard: what the ear tells is fed and drawn, and its state has a row."""

import threading
from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.message import Message

from callcoach.call.captured import Closed
from callcoach.call.events import Event
from callcoach.call.inputs import FOLLOW, EndCall, Input
from callcoach.call.live import LiveCall
from callcoach.errors import CallcoachError
from callcoach.hearing.listener import Listener, Told
from callcoach.hearing.live.spoken import spoken_lines
from callcoach.hearing.signs import Level, Said, Troubled
from callcoach.script.model import LineId, Speaker
from callcoach.tui.hearing import (
    draw_hearing,
    draw_opening,
    draw_refusal,
    draw_saying,
    is_before_notice,
    why_closed,
)
from callcoach.tui.screens.dialogs import confirm
from callcoach.tui.screens.view import CallView
from callcoach.tui.widgets.row import Row
from callcoach.tui.widgets.transcript import Transcript

OVERTAKES = 0.8
"""A key that is pressed so many seconds after the call went on by itself was meant for before."""
DRAW_AFTER = 0.1
"""Levels and words that come within so many seconds are drawn together."""
_STAYS = (Closed.HOLD, Closed.SENSITIVE, Closed.NEVER)
"""Why it is not listened to where no key opens the ear."""


class Sound(Message):
    """The ear of a listener has told something."""

    def __init__(self, listener: Listener, told: Told) -> None:
        super().__init__()
        self.listener = listener
        self.told = told


class Ready(Message):
    """The devices and the model of the call have been found, or not."""

    def __init__(self, search: int, found: Listener | CallcoachError) -> None:
        super().__init__()
        self.search = search
        self.found = found


class Silence(Message):
    """The ear is closed, and has told everything."""


class ListenView(CallView):
    """Shows a call, and hears it where that is wanted."""

    HEARS: ClassVar[tuple[Speaker, ...]] = (Speaker.AGENT, Speaker.CUSTOMER)
    """Whose voices there are to hear."""

    def __init__(
        self,
        live: LiveCall,
        after: Callable[[LiveCall], None] | None = None,
        is_heard: bool = False,
    ) -> None:
        """Show a call, to be heard from its beginning or not.

        `after` is told when it has ended and the screen is left.
        """
        super().__init__(live, after)
        self._is_heard = is_heard
        self._listener: Listener | None = None
        self._refusal: CallcoachError | None = None
        """Why the call cannot be heard, as was found last."""
        self._search = 0
        """The number of the latest search for devices and model; what others find is not wanted."""
        self._ending: EndCall | None = None
        """The end of the call, which waits for words that are on their way."""
        self._is_drawing = False
        self._spoken = -1, frozenset[LineId]()
        """The lines that were said by voice, as of an event of the call."""
        self._moved: float | None = None
        """When the call went on by what was heard last, by the clock of the call."""
        self._unheard = ""
        """The language that was said not to be heard."""

    def foot(self) -> ComposeResult:
        """Lay out the row about hearing."""
        row = Row(id="hearing")
        row.display = self._is_heard
        yield row

    def appear(self) -> None:
        """Show the call, and get ready to hear it."""
        super().appear()
        if self._is_heard:
            self._get_listener()

    def _get_listener(self) -> None:
        """Find devices and model: in a thread, since that may take seconds."""
        ears, live, is_alone = self.desk.ears, self.live, Speaker.CUSTOMER not in self.HEARS
        self._search = search = self._search + 1
        self._refusal = None

        def find() -> None:
            try:
                found: Listener | CallcoachError = ears.listener(live, is_alone)
            except CallcoachError as error:
                found = error
            self.post_message(Ready(search, found))

        threading.Thread(target=find, name="callcoach-listener", daemon=True).start()
        self.query_one("#hearing", Row).show(draw_opening(self.look))

    def on_ready(self, message: Ready) -> None:
        """Hear the call from now on; where that is impossible, say so once: it can be typed.

        Where it is heard already, words that are on their way come first.
        """
        found, present, row = message.found, self._listener, self.query_one("#hearing", Row)
        if message.search != self._search or self.session.state.ended or self._ending is not None:
            return
        if isinstance(found, CallcoachError):
            self._refusal = found
            self.tell(found)
        elif present is not None and present.is_listening:
            self.happened(present.leave(lambda: self.post_message(message)))
        else:
            if present is not None:
                present.close()
            self._listener = found
            row.display = True
            self.happened(found.start(lambda told: self.post_message(Sound(found, told))))
        self._draw_hearing()

    def on_sound(self, message: Sound) -> None:
        """Take what the ear has told."""
        listener, told = message.listener, message.told
        if listener is not self._listener or self.session.state.ended:
            return
        events = listener.take(told)
        if isinstance(told.sign, Troubled) and told.sign.reason:
            self.tell(told.sign.told)
        if events:
            self.happened(events)
        if isinstance(told.sign, (Level, Said)):
            self._draw_soon()
        else:
            self._draw_hearing()

    def on_silence(self) -> None:
        """End the call now that everything was heard; one that does not end is heard on."""
        given, self._ending = self._ending, None
        if given is not None:
            super().feed(given)
            if not self.session.state.ended:
                self._get_listener()

    def feed(self, given: Input, at: float | None = None) -> tuple[Event, ...]:
        """Feed an input; the end of the call waits until what was said has been heard."""
        listener = self._listener
        if not isinstance(given, EndCall) or listener is None or not listener.is_listening:
            return super().feed(given, at)
        if self._ending is None:
            self._ending = given
            then = partial(self.post_message, Silence())
            self.happened(listener.finish(then, follows=False))
        return ()

    def happened(self, events: Sequence[Event], is_tick: bool = False) -> None:
        """Show what has happened, and open or close the ear where that follows from it."""
        super().happened(events, is_tick)
        if any(getattr(event, "by", "") == FOLLOW for event in events):
            self._moved = self.live.clock.now()
        listener = self._listener
        if listener is None or self.session.state.ended:
            return
        try:
            more = listener.consult() if self._ending is None else ()
        except CallcoachError as error:
            self.tell(error)
            return
        if more:
            super().happened(more)
        self._tell_unheard(listener)
        self._draw_hearing()

    def _tell_unheard(self, listener: Listener) -> None:
        """Say once that a language is not heard, and what to do."""
        missing = listener.unheard
        if missing is not None and missing.language != self._unheard:
            self.notice(missing.reason, missing.remedy, severity="warning")
        self._unheard = missing.language if missing is not None else ""

    @property
    def said(self) -> Collection[LineId]:
        """Return the lines that were said in this visit of the step, by key or by voice."""
        state = self.session.state
        if self._listener is not None and self._spoken[0] != state.seq:
            self._spoken = state.seq, spoken_lines(self.session)
        return state.said | self._spoken[1]

    def is_overtaken(self) -> bool:
        """Tell whether the call has just gone on by what was heard; the user is told to look again.

        A key that was meant for the step before would do something else in this one.
        """
        if self._moved is None or self.live.clock.now() - self._moved > OVERTAKES:
            return False
        self.notice(self.say("The call has gone on by what was heard: look, and press again."))
        return True

    def action_listen(self) -> None:
        """Open the ear by hand, or close it; without one, get one."""
        if self._listener is None:
            self._get_listener()
            return
        status = self._listener.status
        script = self.session.coach.script
        if status.reason in _STAYS or not self._listener.is_usable:
            told = draw_hearing(status, script, self.look, self.HEARS)
            self.notice(f"{told.head.strip()} {told.body}".strip())
        elif status.reason == Closed.REFUSED or is_before_notice(status, script):
            self._ask(self._listener, why_closed(status, script, self.look))
        else:
            self.happened(self._listener.turn())

    def _ask(self, listener: Listener, why: str) -> None:
        """Open the ear after a refusal or before the notice only with the customer's word."""
        no, yes = self.say("Go on without listening"), self.say("The customer agrees now: listen")
        title = self.say("Not listening: {reason}", reason=why)
        confirm(self, title, no, yes, lambda: self.happened(listener.turn()))

    def action_devices(self) -> None:
        """Choose the devices, and hear the call with them from then on."""
        from callcoach.tui.screens.devices import DeviceScreen  # opened by a key, not at start-up

        def chosen(is_changed: bool | None) -> None:
            if is_changed and not self.session.state.ended:
                self._get_listener()

        self.app.push_screen(DeviceScreen(self.desk, self.look), chosen)

    def words_changed(self) -> None:
        """Say everything in the interface's present language, the call untouched."""
        super().words_changed()
        self._draw_hearing()

    def _draw_soon(self) -> None:
        """Draw what changes ten times a second at most so often."""
        if not self._is_drawing:
            self._is_drawing = True
            self.set_timer(DRAW_AFTER, self._draw_hearing)

    def _draw_hearing(self) -> None:
        self._is_drawing = False
        listener = self._listener
        if not self.is_mounted:
            return
        if listener is None:
            if self._refusal is not None:
                row = draw_refusal(self._refusal, self.look)
                self.query_one("#hearing", Row).show(row)
            return
        status, script = listener.status, self.session.coach.script
        row = draw_hearing(status, script, self.look, self.HEARS)
        self.query_one("#hearing", Row).show(row)
        self.query_one(Transcript).await_more(draw_saying(status, script, self.look))

    def disappear(self) -> None:
        """Close the ear and the call, however the screen came to go."""
        if self._listener is not None:
            self._listener.close()
        super().disappear()
