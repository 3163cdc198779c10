"""The call screen: the agent says lines, takes exits, and writes down what is heard and found."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Key, Paste
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
from callcoach.call.names import speaker_name
from callcoach.locale import mark
from callcoach.script.facts import FactId
from callcoach.script.model import CueId, ExitId, LineId, Outcome, OutcomeId, Speaker, StepId
from callcoach.tui.actions import CALL, Action, bindings
from callcoach.tui.heard_terms import offered_term
from callcoach.tui.screens import choices
from callcoach.tui.screens.dialogs import Ask, Choice, choose
from callcoach.tui.screens.listen import ListenView
from callcoach.tui.ways import far, lit
from callcoach.tui.widgets.line import Line
from callcoach.words.pace import speaking_seconds

_KEEP, _END = "keep", "end"
MOST = 10
"""There are so many digits."""
SETTLES_AFTER = 1.0
"""The key that begins a call ends it too, after so many seconds or once something was said."""


class CallScreen(ListenView):
    """A call under way."""

    ACTIONS: ClassVar[Sequence[Action]] = CALL
    BINDINGS: ClassVar[list[BindingType]] = bindings(CALL, in_turn=True)

    def __init__(
        self,
        live: LiveCall,
        after: Callable[[LiveCall], None] | None = None,
        is_heard: bool = False,
    ) -> None:
        """Show a call, to be heard from its beginning or not.

        `after` is told when it has ended and the screen is left.
        """
        super().__init__(live, after, is_heard)
        self._voice = Speaker.CUSTOMER
        self._opened_at = live.clock.now()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave all keys to the line while words are typed: it runs them when their turn comes."""
        typing = self.focused
        return action != "in_turn" or not isinstance(typing, Line) or typing.is_acting

    async def action_in_turn(self, action: str) -> None:
        """Do what a key is for."""
        await self.run_action(action)

    def foot(self) -> ComposeResult:
        """Lay out where words are typed, below what is said about hearing."""
        yield from super().foot()
        with Horizontal(id="typing"):
            yield Static(id="who")
            words = Line(self._take_words, make_place=self.make_place, id="words")
            words.select_on_focus = False  # the letter that opened it stays
            yield words

    def appear(self) -> None:
        """Show the call, ready for keys."""
        super().appear()
        self._opened_at = self.live.clock.now()
        self._show_voice()
        self.set_focus(None)
        for id in self.session.state.facts:
            self._doubt(id)

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

    def more_keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys that have no action of their own."""
        return (("1 … 9  0", mark("Take the call where its digit says")),)

    def _show_voice(self) -> None:
        who = self.say("{voice} said:", voice=speaker_name(self._voice, self.messages))
        self.query_one("#who", Static).update(Content.styled(f" {who} ", "dim"))
        self.query_one("#words", Line).placeholder = self.say("F2 customer · F3 you · Enter")

    def action_say(self) -> None:
        """Note that the next line was said as it stands."""
        if self.session.state.is_on_hold:
            self.notice(self.say("On hold: go on with F7."))
            return
        if self.is_overtaken():
            return
        for id, rendered in self.session.lines():
            if id not in self.said:
                self.feed(SayLine(id, speaking_seconds(rendered.text)))
                return
        ways = self.session.ways()
        if not ways:
            self.notice(self.say("Every line is said: F10 ends the call."))
        elif self.session.state.position.done or len(ways) != 1:
            self.notice(self.say("Every line is said: choose where the call goes."))
        else:
            self.action_take(1)

    def action_take(self, number: int) -> None:
        """Take an exit by its digit; where there are more than digits, the last one lists them."""
        ways = self.session.ways()
        if self.is_overtaken():
            return
        if number == MOST and len(ways) > MOST:
            found = list(choices.exits(self.session, self.look))
            choose(self, self.say("Where it goes"), found, self._take)
        elif 1 <= number <= len(ways):
            self._take(ways[number - 1].exit.id)

    def _take(self, id: str) -> None:
        self.feed(TakeExit(ExitId(id)))

    def action_accept(self) -> None:
        """Open the objection that was heard, take the exit that is lit, or else go further on."""
        target, near = far(self.session), lit(self.session)
        if self.is_overtaken():
            return
        if target is not None:
            self._go(target)
        elif near:
            self._take(near[0].exit.id)
        else:
            self.notice(self.say("Nothing is suggested now."))

    def _go(self, id: str) -> None:
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
        self.set_focus(self.query_one("#words", Line))

    def make_place(self, event: Key | Paste) -> None:
        """Let a letter that is no key here be typed, for the voice that was typed last."""
        if self.focused is None and (
            isinstance(event, Paste)
            or (event.is_printable and event.key not in self.active_bindings)
        ):
            self._type(self._voice)

    def _take_words(self, line: Line) -> None:
        """Take what was typed as said."""
        text = line.value.strip()
        line.clear()
        self.set_focus(None)
        if not text:
            return
        now = self.live.clock.now()
        self.feed(Hear(self._voice, text, self.begun(text, now), now))

    def begun(self, text: str, now: float) -> float:
        """Return when words began that are over now: after what was said, and was offered."""
        transcript = self.session.transcript
        said = transcript[-1].end if transcript else 0.0
        since = max(now - speaking_seconds(text), said, self.session.state.offered_at)
        return min(since, now)

    def action_objections(self) -> None:
        """Open an objection."""
        found = list(choices.objections(self.session, self.look))
        choose(self, self.say("The customer says…"), found, self._go)

    def action_go(self) -> None:
        """Go to a step that no exit leads to."""
        found = list(choices.steps(self.session, self.look))
        choose(self, self.say("Go to…"), found, self._go)

    def action_facts(self) -> None:
        """Write down a fact: the one that is asked for here, or one from the list."""
        asked = choices.first_asked(self.session)
        if asked is not None:
            self.action_fact(asked)
            return
        found = list(choices.facts(self.session, self.look))
        choose(self, self.say("Which fact?"), found, self.action_fact)

    def action_fact(self, id: str) -> None:
        """Write down a fact."""
        fact = self.session.coach.script.facts[FactId(id)]
        language = self.look.language(self.session.coach.script)
        title = fact.title.plain(language)

        def told(value: str | None) -> None:
            if value is not None and self.feed(TellFact(fact.id, value)):
                self._doubt(fact.id)
                following = choices.first_asked(self.session)
                if following is not None:
                    self.action_fact(following)

        known = list(choices.values(fact, self.look, language))
        if known:
            choose(self, title, known, told)
        else:
            present = choices.present_value(self.session, fact)
            term = None if present else offered_term(fact, self.session, self.live.events)
            about = [choices.where_promised(term, self.look)] if term else []
            value = term.value if term else present
            parts = (self.say("Enter takes it") if value else "", choices.form_of(fact, self.look))
            hint = " · ".join(filter(None, parts))
            problem = choices.problem_with(fact, self.session, self.look)
            self.app.push_screen(Ask(title, value, hint, problem, about), told)

    def _doubt(self, id: FactId) -> None:
        """Say what is odd about a fact that was told."""
        for doubt in self.session.doubts(id):
            self.notice(doubt, severity="warning", seconds=8)

    def action_cues(self) -> None:
        """Tick a cue by hand, or take its tick back."""

        def ticked(id: str) -> None:
            cue = self.session.coach.script.cues[CueId(id)]
            is_met = self.session.coach.judge.is_met(self.session.state, cue)
            self.feed(UntickCue(cue.id) if is_met else TickCue(cue.id))

        found = list(choices.cues(self.session, self.look))
        choose(self, self.say("Tick what was said"), found, ticked)

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
        title, story = choices.flag_story(self.session, self.look, wanted, self.by_model)
        repair = choices.repair(self.session, self.look, wanted)
        offered = [Choice("said", self.say("I said it now"))] if repair is not None else []
        offered += [
            Choice("snooze", self.say("Be quiet for a minute")),
            Choice("dismiss", self.say("Do not show it again in this call")),
        ]
        quiet = {"snooze": 60.0, "dismiss": 86400.0}

        def chosen(answer: str) -> None:
            if answer in quiet:
                self.feed(Snooze(wanted, quiet[answer]))
            elif repair is not None:
                self._repair(wanted, repair)

        choose(self, title, offered, chosen, story)

    def _repair(self, flag: int, repair: choices.Repair) -> None:
        """Say the line that repairs a flag; tick its cue where the words alone do not clear it."""
        if repair.line is not None:
            self.feed(SayLine(repair.line, speaking_seconds(self._words_of(repair.line))))
        if any(known.id == flag for known in self.session.state.flags.values()):
            self.feed(TickCue(repair.cue))

    def _words_of(self, line: LineId) -> str:
        return self.session.render_line(line).text

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
        """End the call, with the outcome of its end or one that is chosen.

        The key that began the call is the same; pressed twice, it does not end it.
        """
        if self.live.clock.now() - self._opened_at < SETTLES_AFTER and not self.session.transcript:
            return
        step = self.session.coach.script.steps[self.session.state.position.step]
        if step.is_end:
            self.feed(EndCall())
            return
        found = list(choices.endings(self.session, self.look))

        def chosen(id: str) -> None:
            outcome = self.session.coach.script.outcomes[OutcomeId(id)]
            if outcome.is_early:
                self.feed(EndCall(outcome.id))
            else:
                self._confirm_end(outcome)

        choose(self, self.say("How did the call end?"), found, chosen)

    def _confirm_end(self, outcome: Outcome) -> None:
        """Ask once before the call ends as only an end of the script does, without being there."""
        offered = [
            Choice(_KEEP, self.say("Go on with the call")),
            Choice(_END, self.say("End it all the same")),
        ]
        title = outcome.title.plain(self.look.language(self.session.coach.script))
        about = self.say("This is an end of the script that the call has not come to.")

        def chosen(answer: str) -> None:
            if answer == _END:
                self.feed(EndCall(outcome.id))

        choose(self, title, offered, chosen, [about])

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

        def chosen(answer: str) -> None:
            if answer == _KEEP:
                self.live.close()
                leave()
            else:
                self.action_end()

        choose(self, self.say("The call is under way"), offered, chosen)
