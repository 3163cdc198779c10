"""The call screen: the agent says lines, takes exits, and writes down what is heard and found."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from callcoach.call.attention import to_look_at
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
from callcoach.call.live import LiveCall
from callcoach.locale import mark
from callcoach.script.facts import FactId
from callcoach.script.model import CueId, OutcomeId, Speaker, StepId
from callcoach.tui import draw
from callcoach.tui.actions import CALL, Action, bindings
from callcoach.tui.screens import choices
from callcoach.tui.screens.dialogs import Ask, Choice, Choose
from callcoach.tui.screens.view import CallView
from callcoach.tui.story import VOICES
from callcoach.tui.widgets.line import Line
from callcoach.words.pace import speaking_seconds

_KEEP, _END = "keep", "end"


class CallScreen(CallView):
    """A call under way."""

    ACTIONS: ClassVar[Sequence[Action]] = CALL
    BINDINGS: ClassVar[list[BindingType]] = bindings(CALL)

    def __init__(self, live: LiveCall, after: Callable[[LiveCall], None] | None = None) -> None:
        """Show a call; `after` is told when it has ended and the screen is left."""
        super().__init__(live, after)
        self._voice = Speaker.CUSTOMER

    def foot(self) -> ComposeResult:
        """Lay out where words are typed."""
        with Horizontal(id="typing"):
            yield Static(id="who")
            yield Line(self._take_words, id="words")

    def on_mount(self) -> None:
        """Show the call, ready for keys."""
        super().on_mount()
        self._show_voice()
        self.set_focus(None)

    def words_changed(self) -> None:
        """Say everything in the interface's present language, the call untouched."""
        super().words_changed()
        self._show_voice()

    def help_text(self) -> str:
        """Return what this screen is for."""
        return mark(
            "Say the marked line and press Space. Choose where the call goes by its digit. What"
            " you owe the customer and what went wrong stands beside it; what you or the customer"
            " say can be typed with F2 and F3."
        )

    def _show_voice(self) -> None:
        who = self.say("{voice} said:", voice=self.say(VOICES[self._voice]))
        self.query_one("#who", Static).update(Content.styled(f" {who} ", "dim"))
        self.query_one("#words", Line).placeholder = self.say("F2 customer · F3 you · Enter")

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
        line = self.query_one("#words", Line)
        if self.focused is line:  # what is being typed is another's until its keys were read
            line.call_later(self._begin_words, voice)
        else:
            self._begin_words(voice)

    def _begin_words(self, voice: Speaker) -> None:
        self._voice = voice
        self._show_voice()
        self.set_focus(self.query_one("#words", Line))

    def _take_words(self, line: Line) -> None:
        """Take what was typed as said."""
        text = line.value.strip()
        line.clear()
        self.set_focus(None)
        if not text:
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

    def action_leave(self) -> None:
        """Leave the text field, or the call."""
        if self.focused is not None:
            self.set_focus(None)
        elif self._is_under_way:
            self._ask_to_leave(super().action_leave)
        else:
            super().action_leave()

    def may_quit(self) -> bool:
        """Ask before the program ends in the middle of a call."""
        if self._is_under_way:
            self._ask_to_leave(lambda: self.app.exit(0))
            return False
        return super().may_quit()

    @property
    def _is_under_way(self) -> bool:
        return not self.session.state.ended and self.live.mode in ("call", "practice")

    def _ask_to_leave(self, leave: Callable[[], None]) -> None:
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
