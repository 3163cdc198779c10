"""The calls to be judged: all, or those of a saved sample; what is done drops out of the list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Resize
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from callcoach.archive.reviews import Queue
from callcoach.archive.zone import local_day
from callcoach.errors import CallcoachError
from callcoach.locale import mark
from callcoach.review.form.model import Form
from callcoach.review.state import Status
from callcoach.review.tell import form_title
from callcoach.tui.actions import QUEUE, Action, bindings
from callcoach.tui.case_filter import STATUSES, CaseFilter, without_status
from callcoach.tui.case_rows import columns, head, row
from callcoach.tui.page import Page
from callcoach.tui.reviews import Case, Cases, Reviewing
from callcoach.tui.routes import Routes
from callcoach.tui.screens import queue_ask as asking
from callcoach.tui.screens import queue_draw as drawing
from callcoach.tui.screens.dialogs import Ask, Choice, choose, confirm
from callcoach.tui.widgets.keybar import KeyBar
from callcoach.tui.widgets.options import Filling
from callcoach.tui.widgets.paper import Paper, Piece
from callcoach.words.display import display

FIRST_CALLS = 100
"""So many of the newest calls are read and shown first; all of them may take seconds."""


class QueueScreen(Page):
    """Lists what can be judged."""

    ACTIONS: ClassVar[Sequence[Action]] = QUEUE
    BINDINGS: ClassVar[list[BindingType]] = bindings(QUEUE)

    class Read(Message):
        """The journal was read, or could not be."""

        def __init__(
            self, cases: Cases, problem: CallcoachError | None, is_all: bool = True
        ) -> None:
            super().__init__()
            self.cases = cases
            self.problem = problem
            self.is_all = is_all
            """False: these are the newest ones, and the others are being read."""

    def __init__(self, routes: Routes, forms: Sequence[Form], form: Form) -> None:
        """List calls; they are judged with `form`, one of `forms`."""
        super().__init__()
        self.routes = routes
        self.form = form
        self._forms = forms
        self._queue: Queue | None = None
        self.asked = CaseFilter()
        self._cases: Cases | None = None
        self.shown: tuple[Case, ...] = ()
        """The cases that are listed, in order."""
        self._problem: CallcoachError | None = None
        self._is_all = False
        """Whether all calls that can be listed have been read."""
        self._is_by_risk = False
        self._opens_first = False
        """Enter was pressed before the calls were there."""
        self._layout: Mapping[str, int] = {}

    @property
    def reviews(self) -> Reviewing:
        """Return the reviews."""
        return self.desk.reviews

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        yield Paper(id="asked")
        yield Filling(self.action_judge, id="cases")
        yield KeyBar()

    def appear(self) -> None:
        """Show what is asked for at once, and the calls when they have been read."""
        super().appear()
        self._fill()
        self.query_one("#cases").focus()

    def on_screen_resume(self) -> None:
        """Read the calls when the screen is shown, also after a review was left."""
        self.read_soon(self._read)

    def words_changed(self) -> None:
        """Say everything in the other language."""
        self.show_keys()
        self._fill()
        self.read_soon(self._read)

    def help_text(self) -> str:
        """Return what this screen is for."""
        return mark(
            "The calls that wait for you: to be judged, to be decided on after an appeal, or to be"
            " taken note of. Enter opens one. F3 shows others, F4 to F7 narrow the list down, “o”"
            " puts the riskiest first. “d” draws a sample of what is listed, F9 takes one that was"
            " drawn (callcoach review sample draws by group as well). “!2 13” says: two kinds of"
            " flags are open, and the risk is 13: 10 for each critical flag, 3 for a major one, 1"
            " for a minor one, half of it where the agent put it right."
        )

    def _read(self) -> None:
        """Read the journal; runs in a thread."""
        name = self._queue.name if self._queue else ""
        cases, problem = Cases(()), None
        asked = name, self.form.digest, self.messages.language
        try:
            first_ones = (FIRST_CALLS,) if self._cases is None else ()
            cases = self.reviews.cases(*asked, *first_ones)
            if first_ones and cases.left_out:
                self.post_message(self.Read(cases, None, is_all=False))
                cases = self.reviews.cases(*asked)
        except CallcoachError as error:
            problem = error
        self.post_message(self.Read(cases, problem))
        first = next((case for case in cases.found if case.is_waiting), None)
        if first is not None:
            with suppress(CallcoachError):  # told when it is opened
                self.reviews.call_up(first.call.id)

    def on_queue_screen_read(self, message: Read) -> None:
        """Show the calls."""
        self._cases, self._problem = message.cases, message.problem
        self._is_all = message.is_all
        self._fill()
        if self._opens_first and self.is_current:
            self.action_judge()
        self._opens_first = False

    def _fill(self) -> None:
        """Show what is asked for, and the calls that are so, at the place where one was."""
        found, today = self._found, self.desk.today()
        listing = self.query_one("#cases", OptionList)
        before = listing.highlighted or 0
        held = self.shown[before] if before < len(self.shown) else None
        shown = [case for case in found if self.asked.admits(case, today)]
        if self._is_by_risk:
            shown.sort(key=lambda case: -case.risk)
        self.shown = tuple(shown)
        room, person = max(self.app.size.width - 4, 20), self._person()
        self._layout = columns(room, any(case.name for case in found))
        self.query_one("#asked", Paper).show(self._news())
        listing.clear_options()
        rows = (row(case, self._layout, self.look, person) for case in self.shown)
        listing.add_options(map(Option, rows))
        place = next((n for n, it in enumerate(self.shown) if _is_same(it, held)), before)
        listing.highlighted = min(place, len(self.shown) - 1) if self.shown else None

    def _news(self) -> Iterable[Piece]:
        """Yield what is asked for, in how many calls it is found, and what stands in the way."""
        say, signs = self.say, self.look.signs
        queue = self._queue.name if self._queue else say("all calls")
        form = form_title(self.form, self.messages.language)
        title = " · ".join((say("Reviews"), queue, form, self._person()))
        count = self.messages.count("{n} found", "{n} found", len(self.shown))
        yield Piece(display(title), "$accent bold", tail=count if self._is_all else "…")
        asked = [*self.asked.told(self.messages)]
        asked += [say("the riskiest first")] if self._is_by_risk else []
        yield Piece(display(" · ".join(asked)), "dim")
        if self.shown:
            yield Piece(head(self._layout, self.look), "dim")
        if self._problem is not None:
            told = display(self.messages.tell(self._problem))
            yield Piece(told, "$warning", f"{signs.warning} ", "$warning bold")
        elif self._cases and self._is_all and not self.shown:
            yield Piece(self._nothing(self._cases), "$foreground", f"{signs.note} ")
        if self._cases and self._is_all and self._cases.left_out:
            more = self.messages.count(
                "{n} older call is not listed: a sample reaches it (callcoach review sample).",
                "{n} older calls are not listed: a sample reaches them (callcoach review sample).",
                self._cases.left_out,
            )
            yield Piece(more, "dim", f"{signs.note} ")

    def _nothing(self, cases: Cases) -> str:
        if not cases.found:
            return self.say("No calls yet. callcoach review import takes transcripts in.")
        if self.asked.is_narrow:
            return self.say("Nothing is like this: F8 takes the filters away.")
        if cases.is_agent:
            return self.say(
                "Nothing waits for you: no review of your calls is new. F3 shows all calls."
            )
        return self.say("Nothing waits for you. F3 shows what else there is.")

    def _person(self) -> str:
        try:
            return self.reviews.person
        except CallcoachError:
            return self.say("nobody")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open a call or a review."""
        self._open(event.option_index)

    def action_judge(self) -> None:
        """Open the call or review that is highlighted, as soon as there is one."""
        place = self.query_one("#cases", OptionList).highlighted
        self._opens_first = place is None and self._cases is None
        if place is not None:
            self._open(place)

    def _open(self, place: int) -> None:
        """Open a case; of a call that somebody else is at, ask whether to judge it as well.

        What waits for this person, as an appeal does, is opened.
        """
        case = self.shown[place]
        if not case.is_free or case.is_waiting:
            self._go(self.shown, place)
            return

        def chosen(id: str) -> None:
            if id == "look":
                self._go(self.shown, place)
            else:
                self.reviews.beside(case.review)
                self._go_to_own(replace(case, review="", status=None, is_free=False), place)

        is_draft = case.status is Status.DRAFT
        title = mark("{name} is at this call.") if is_draft else mark("{name} judged this call.")
        choices = [
            Choice("look", self.say("Look at the review"), is_marked=True),
            Choice("also", self.say("Judge it as well"), self.say("a review of your own")),
        ]
        choose(self, self.say(title, name=case.reviewer), choices, chosen)

    def action_calibrate(self) -> None:
        """Judge the call that is highlighted blind, to compare reviewers, after being asked."""
        place = self.query_one("#cases", OptionList).highlighted
        if place is None:
            return
        case = self.shown[place]

        def begin() -> None:
            try:
                begun = self.reviews.calibrate(case.call.id, self.form)
            except CallcoachError as error:
                self.tell(error)
                return
            self._go_to_own(replace(case, review=begun, is_free=False), place)

        about = self.say(
            "Several people judge the same call: nothing is suggested, and nobody sees the others’"
            " answers before submitting. callcoach review calibrate compares them."
        )
        no, yes = self.say("Not yet"), self.say("Begin the blind review")
        confirm(self, self.say("Judge this call blind?"), no, yes, begin, [about])

    def _go_to_own(self, own: Case, place: int) -> None:
        """Open a review of this person's own, in the place of what is listed."""
        self._go((*self.shown[:place], own, *self.shown[place + 1 :]), place)

    def _go(self, cases: Sequence[Case], place: int) -> None:
        self.routes.judge(cases, place, self.form)

    def ask(self, asked: CaseFilter) -> None:
        """Show what a filter admits."""
        self.asked = asked
        self.query_one("#cases", OptionList).highlighted = None
        self._fill()

    @property
    def _found(self) -> Sequence[Case]:
        """Return all cases, whatever is asked for."""
        return self._cases.found if self._cases else ()

    def action_status(self) -> None:
        """Choose how far reviews have come."""
        found = {value: (self.say(title), "") for value, title in STATUSES.items()}
        asking.choose_value(
            self,
            self.say("Show which?"),
            found,
            lambda value: self.ask(replace(self.asked, status=value)),
        )

    def action_agents(self) -> None:
        """Choose an agent."""
        asking.ask_agent(
            self, self._found, lambda value: self.ask(replace(self.asked, agent=value))
        )

    def action_outcomes(self) -> None:
        """Choose an outcome."""
        asking.ask_outcome(
            self, self._found, lambda value: self.ask(replace(self.asked, outcome=value))
        )

    def action_flags(self) -> None:
        """Choose a flag: how grave it is, or its cue."""
        asking.ask_flag(self, self._found, lambda value: self.ask(replace(self.asked, flag=value)))

    def action_days(self) -> None:
        """Choose from when on, or between which days."""
        asking.ask_days(self, lambda value: self.ask(replace(self.asked, days=value)))

    def action_order(self) -> None:
        """Put the riskiest calls first, or the newest again."""
        self._is_by_risk = not self._is_by_risk
        self.query_one("#cases", OptionList).highlighted = None
        self._fill()

    def on_resize(self, event: Resize) -> None:
        """Lay the rows out anew for another width."""
        self._fill()

    def action_words(self) -> None:
        """Ask for words that have to stand in the row."""

        def written(text: str | None) -> None:
            self.ask(replace(self.asked, words=text or ""))

        hint = self.say("Agent, outcome, flag, day, id or file; Esc takes the words away")
        self.app.push_screen(Ask(self.say("Search"), self.asked.words, hint), written)

    def action_anything(self) -> None:
        """Take the filters away."""
        self.ask(without_status(self.asked))

    def action_queue(self) -> None:
        """Choose a saved sample, or all calls."""
        try:
            queues = {queue.name: queue for queue in self.reviews.queues()}
        except CallcoachError as error:
            self.tell(error)
            return
        found = {asking.ANY: (self.say("all calls"), "")}
        for name, queue in queues.items():
            count = self.messages.count("{n} call", "{n} calls", len(queue.calls))
            found[name] = (name, f"{local_day(queue.made)} · {count} · {queue.by}")
        found[asking.OTHER] = (self.say("draw a sample of what is listed …"), "")

        def take(name: str) -> None:
            if name == asking.OTHER:
                self.action_draw()
                return
            self._queue = queues.get(name)
            self._again()

        asking.choose_value(self, self.say("Which calls?"), found, take)

    def action_draw(self) -> None:
        """Draw a sample of the calls that are listed, and go through it."""

        def take(queue: Queue) -> None:
            self._queue = queue
            self._again()

        drawing.draw(self, self.shown, take)

    def action_form(self) -> None:
        """Choose the form to judge with."""
        language = self.messages.language
        found = {form.digest: (form_title(form, language), form.id) for form in self._forms}

        def take(digest: str) -> None:
            self.form = next(form for form in self._forms if form.digest == digest)
            self._again()

        asking.choose_value(self, self.say("Judge with which form?"), found, take)

    def action_person(self) -> None:
        """Say who is at work: reviews are somebody's."""

        def written(name: str | None) -> None:
            if name is not None:
                self.reviews.be(name)
                self._again()

        self.app.push_screen(Ask(self.say("Who are you?"), self._person()), written)

    def _again(self) -> None:
        """Read the calls anew, as something else is asked for."""
        self._cases, self._is_all = None, False
        self._fill()
        self.read_soon(self._read)


def _is_same(case: Case, held: Case | None) -> bool:
    """Tell whether a case that was read anew is the one where somebody was."""
    return held is not None and (case.call.id, case.review) == (held.call.id, held.review)
