"""The call screen: what to say now, the ways on, what is owed, what went wrong, what was said."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from callcoach.call.attention import to_look_at
from callcoach.call.events import CallEnded, Event, FlagRaised
from callcoach.call.inputs import (
    EndCall,
    Hear,
    Hold,
    JumpTo,
    OpenObjection,
    SayLine,
    Snooze,
    SwitchLanguage,
    TakeExit,
    TellFact,
    TickCue,
    Undo,
    Unhold,
    UntickCue,
    WriteNote,
)
from callcoach.call.inputs import Input as Given
from callcoach.call.live import LiveCall
from callcoach.call.session import Session
from callcoach.errors import CallcoachError
from callcoach.locale import mark
from callcoach.script.facts import FactId
from callcoach.script.model import CueId, OutcomeId, Severity, Speaker, StepId
from callcoach.tui import draw
from callcoach.tui.actions import CALL, Action, bindings
from callcoach.tui.look import clock
from callcoach.tui.page import Page
from callcoach.tui.screens import choices
from callcoach.tui.screens.dialogs import Ask, Choice, Choose
from callcoach.tui.story import VOICES, Story
from callcoach.tui.widgets.keybar import KeyBar
from callcoach.tui.widgets.paper import Paper, Piece
from callcoach.tui.widgets.transcript import Transcript
from callcoach.words.display import display
from callcoach.words.pace import speaking_seconds

TICK = 0.5
"""How often time passes, in seconds."""
_KEEP, _END = "keep", "end"


class CallScreen(Page):
    """A call under way."""

    ACTIONS: ClassVar[Sequence[Action]] = CALL
    BINDINGS: ClassVar[list[BindingType]] = bindings(CALL)

    def __init__(self, live: LiveCall, after: Callable[[LiveCall], None] | None = None) -> None:
        """Show a call; `after` is told when it has ended and the screen is left."""
        super().__init__()
        self.live = live
        self._after = after
        self._voice = Speaker.CUSTOMER
        self._story: Story | None = None
        self._was_durable = True

    @property
    def session(self) -> Session:
        """Return the session of the call."""
        return self.live.session

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        yield Paper(id="status")
        with Horizontal(id="desk"):
            with Vertical(id="main"):
                with VerticalScroll(id="saying", can_focus=False):
                    yield Paper(id="lines")
                    yield Paper(id="note")
                yield Paper(id="exits")
            with VerticalScroll(id="side", can_focus=False):
                yield Paper(id="flags")
                yield Paper(id="owed")
                yield Paper(id="facts")
        yield Transcript(id="transcript")
        with Horizontal(id="typing"):
            yield Static(id="who")
            yield Input(id="words", compact=True)
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the call and let time pass."""
        super().on_mount()
        self._name_parts()
        self._retell()
        self.set_interval(TICK, self._tick)
        self.set_focus(None)

    def words_changed(self) -> None:
        """Say everything in the interface's present language, the call untouched."""
        self.show_keys()
        self._name_parts()
        self._retell()

    def help_text(self) -> str:
        """Return what this screen is for."""
        return mark(
            "Say the marked line and press Space. Choose where the call goes by its digit. What"
            " you owe the customer and what went wrong stands beside it; what you or the customer"
            " say can be typed with F2 and F3."
        )

    def _name_parts(self) -> None:
        titles = {
            "saying": self.say("Say now"),
            "exits": self.say("Where it goes"),
            "side": self.say("Coach"),
            "transcript": self.say("Transcript"),
        }
        for id, title in titles.items():
            self.query_one(f"#{id}").border_title = display(title)
        self._show_voice()

    def _show_voice(self) -> None:
        who = self.say("{voice} said:", voice=self.say(VOICES[self._voice]))
        self.query_one("#who", Static).update(Content.styled(f"{who} ", "dim"))
        self.query_one("#words", Input).placeholder = self.say("F2 customer · F3 you · Enter")

    def _retell(self) -> None:
        """Tell the whole transcript again."""
        self._story = Story(self.session.coach.script, self.look)
        self.query_one(Transcript).replace(self._story.tell(self.live.events))
        self.draw()

    def draw(self) -> None:
        """Show the present state; widgets that show the same already do nothing."""
        look, session, at = self.look, self.session, self._now()
        self.query_one("#lines", Paper).show(draw.draw_lines(session, look))
        self.query_one("#note", Paper).show(draw.draw_note(session, look))
        ways = [*draw.draw_exits(session, look), *draw.draw_suggestion(session, look)]
        self.query_one("#exits", Paper).show(ways)
        self.query_one("#facts", Paper).show(draw.draw_facts(session, look))
        self._draw_clocks(at)

    def _draw_clocks(self, at: float) -> None:
        """Show what changes with time alone."""
        look, session = self.look, self.session
        self.query_one("#flags", Paper).show(draw.draw_flags(session, look, at))
        self.query_one("#owed", Paper).show(draw.draw_owed(session, look, at))
        self.query_one("#status", Paper).show([self._status(at)])

    def _status(self, at: float) -> Piece:
        session, signs = self.session, self.look.signs
        state, script = session.state, session.coach.script
        step = script.steps[state.position.step].title.plain(self.look.language(script))
        here = clock(state.active(at) - state.position.entered_at)
        held = f"{signs.hold} {self.say('On hold')}  " if state.is_on_hold else ""
        saving = self.live.saving
        if saving.is_durable:
            tail, style = f"{signs.saved} {self.say('saved')}", "$success"
        else:
            tail = f"{signs.unsaved} {self.say('NOT SAVED')} ({saving.waiting})"
            style = "$error bold"
        if self.live.mode != "call":
            names = {
                "practice": self.say("practice"),
                "demo": self.say("demo"),
                "replay": self.say("replay"),
                "preview": self.say("preview"),
            }
            tail, style = names.get(self.live.mode, ""), "dim"
        body = f"{held}{display(step)}  {here}"
        head = f" {signs.open} {clock(at)}  "
        return Piece(body, "$foreground bold", head, "$accent bold", (), "", f"{tail} ", style)

    def _now(self) -> float:
        return max(self.live.clock.now(), self.session.state.at)

    def _tick(self) -> None:
        if self.session.state.ended:
            return
        try:
            events = self.live.tick()
        except CallcoachError as error:
            self.tell(error)
            return
        self.happened(events, is_tick=True)

    def feed(self, given: Given, at: float | None = None) -> tuple[Event, ...]:
        """Feed an input and show what came of it; an illegal one is told and changes nothing."""
        try:
            events = self.live.feed(given, at)
        except CallcoachError as error:
            self.tell(error)
            return ()
        self.happened(events)
        return events

    def happened(self, events: Sequence[Event], is_tick: bool = False) -> None:
        """Show what has happened."""
        if events and self._story is not None:
            self.query_one(Transcript).add(self._story.tell(events))
        if events or not is_tick:
            self.draw()
        else:
            self._draw_clocks(self._now())
        is_grave = any(
            isinstance(event, FlagRaised) and event.severity is Severity.CRITICAL
            for event in events
        )
        if is_grave and self.desk.settings.flag("bell"):
            self.app.bell()
        self._tell_saving()
        if any(isinstance(event, CallEnded) for event in events):
            self._finish()

    def _tell_saving(self) -> None:
        """Say once that the call cannot be saved, and once that it is again."""
        saving = self.live.saving
        if saving.is_durable is self._was_durable:
            return
        self._was_durable = saving.is_durable
        if saving.is_durable:
            self.notice(self.say("Everything is saved again."))
            return
        kept = self.say("Kept meanwhile in {path}", path=saving.rescue) if saving.rescue else ""
        self.notice(saving.problem, f"{saving.hint}\n{kept}".strip(), severity="warning")

    def _finish(self) -> None:
        self.live.close()
        if self._after is not None:
            self._after(self.live)

    def action_say(self) -> None:
        """Note that the next line was said as it stands."""
        for id, rendered in self.session.lines():
            if id not in self.session.state.said:
                self.feed(SayLine(id, speaking_seconds(rendered.text)))
                return
        if self.session.state.position.done or len(self.session.ways()) != 1:
            self.notice(self.say("Every line is said: choose where the call goes."))
        else:
            self.action_take(1)

    def action_take(self, number: int) -> None:
        """Take an exit by its digit."""
        ways = self.session.ways()
        if 1 <= number <= len(ways):
            self.feed(TakeExit(ways[number - 1].exit.id))

    def action_accept(self) -> None:
        """Go where the newest suggestion points."""
        target = draw.far_suggestion(self.session)
        if target is not None:
            self._go(target)
            return
        heard = {found.target for found in self.session.state.suggestions}
        for way in self.session.ways():
            if way.is_open and (way.exit.id in heard or way.exit.to in heard):
                self.feed(TakeExit(way.exit.id))
                return
        self.notice(self.say("Nothing is suggested now."))

    def _go(self, id: str | None) -> None:
        if id is None:
            return
        step = self.session.coach.script.steps[StepId(id)]
        self.feed(OpenObjection(step.id) if step.is_objection else JumpTo(step.id))

    def action_customer(self) -> None:
        """Type what the customer said."""
        self._type(Speaker.CUSTOMER)

    def action_agent(self) -> None:
        """Type what was said beside the script."""
        self._type(Speaker.AGENT)

    def _type(self, voice: Speaker) -> None:
        self._voice = voice
        self._show_voice()
        self.query_one("#words", Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take what was typed as said."""
        event.stop()
        text = event.value.strip()
        event.input.clear()
        if not text:
            self.set_focus(None)
            return
        now = self.live.clock.now()
        self.feed(Hear(self._voice, text, max(now - speaking_seconds(text), 0.0), now))

    def action_objections(self) -> None:
        """Open an objection."""
        found = list(choices.objections(self.session, self.look))
        self.app.push_screen(Choose(self.say("The customer says…"), found), self._go)

    def action_go(self) -> None:
        """Go to a step that no exit leads to."""
        found = list(choices.steps(self.session, self.look))
        self.app.push_screen(Choose(self.say("Go to…"), found), self._go)

    def action_facts(self) -> None:
        """Write down a fact: the one that is asked for here, or one from the list."""
        asked = choices.first_asked(self.session)
        if asked is not None:
            self.action_fact(asked)
            return
        found = list(choices.facts(self.session, self.look))

        def chosen(wanted: str | None) -> None:
            if wanted is not None:
                self.action_fact(wanted)

        self.app.push_screen(Choose(self.say("Which fact?"), found), chosen)

    def action_fact(self, id: str) -> None:
        """Write down a fact."""
        fact = self.session.coach.script.facts[FactId(id)]
        language = self.look.language(self.session.coach.script)
        title = fact.title.plain(language)

        def told(value: str | None) -> None:
            if value is not None and self.feed(TellFact(fact.id, value)):
                following = choices.first_asked(self.session)
                if following is not None:
                    self.action_fact(following)

        known = list(choices.values(fact, self.look, language))
        if known:
            self.app.push_screen(Choose(title, known), told)
        else:
            present = choices.present_value(self.session, fact)
            self.app.push_screen(Ask(title, present, choices.form_of(fact, self.look)), told)

    def action_cues(self) -> None:
        """Tick a cue by hand, or take its tick back."""

        def ticked(id: str | None) -> None:
            if id is not None:
                cue = CueId(id)
                is_met = self.session.state.cue(cue).met_at is not None
                self.feed(UntickCue(cue) if is_met else TickCue(cue))

        found = list(choices.cues(self.session, self.look))
        self.app.push_screen(Choose(self.say("Tick what was said"), found), ticked)

    def action_hold(self) -> None:
        """Put the customer on hold, or come back."""
        self.feed(Unhold() if self.session.state.is_on_hold else Hold())

    def action_flag(self, id: int | None = None) -> None:
        """Show why a flag was raised, and let it be quiet or repaired."""
        shown = to_look_at(self.session.state, self.session.coach.script, self._now())
        wanted = id if id is not None else (shown[0].id if shown else None)
        if wanted is None:
            self.notice(self.say("No flags."))
            return
        title, story = choices.flag_story(self.session, self.look, wanted)
        offered = [
            Choice("snooze", self.say("Be quiet for a minute")),
            Choice("dismiss", self.say("Do not show it again in this call")),
        ]
        quiet = {"snooze": 60.0, "dismiss": 86400.0}

        def chosen(answer: str | None) -> None:
            if answer in quiet:
                self.feed(Snooze(wanted, quiet[answer]))

        self.app.push_screen(Choose(title, offered, story), chosen)

    def action_note(self) -> None:
        """Write a note."""

        def written(text: str | None) -> None:
            if text is not None:
                self.feed(WriteNote(text))

        self.app.push_screen(Ask(self.say("Note")), written)

    def action_undo(self) -> None:
        """Take the last choice back."""
        self.feed(Undo())

    def action_switch_lines(self) -> None:
        """Say the lines in the script's next language."""
        known = self.session.coach.script.languages
        place = known.index(self.session.state.language)
        self.feed(SwitchLanguage(known[(place + 1) % len(known)]))

    def action_end(self) -> None:
        """End the call, with the outcome of its end or one that is chosen."""
        step = self.session.coach.script.steps[self.session.state.position.step]
        if step.is_end:
            self.feed(EndCall())
            return
        found = list(choices.endings(self.session, self.look))

        def chosen(id: str | None) -> None:
            if id is not None:
                self.feed(EndCall(OutcomeId(id)))

        self.app.push_screen(Choose(self.say("How did the call end?"), found), chosen)

    def action_scroll_up(self) -> None:
        """Scroll the transcript up."""
        self.query_one(Transcript).scroll_page_up(animate=False)

    def action_scroll_down(self) -> None:
        """Scroll the transcript down."""
        self.query_one(Transcript).scroll_page_down(animate=False)

    def action_leave(self) -> None:
        """Leave the text field, or the call."""
        if self.focused is not None:
            self.set_focus(None)
            return
        self._ask_to_leave(super().action_leave)

    def may_quit(self) -> bool:
        """Ask before the program ends in the middle of a call."""
        if self.session.state.ended or self.live.mode not in ("call", "practice"):
            self.live.close()
            return True
        self._ask_to_leave(lambda: self.app.exit(0))
        return False

    def _ask_to_leave(self, leave: Callable[[], None]) -> None:
        if self.session.state.ended or self.live.mode not in ("call", "practice"):
            self.live.close()
            leave()
            return
        offered = [
            Choice(_KEEP, self.say("Leave it open, and go on with it later")),
            Choice(_END, self.say("End the call")),
        ]

        def chosen(answer: str | None) -> None:
            if answer == _KEEP:
                self.live.close()
                leave()
            elif answer == _END:
                self.action_end()

        title = self.say("The call is under way")
        self.app.push_screen(Choose(title, offered), chosen)
