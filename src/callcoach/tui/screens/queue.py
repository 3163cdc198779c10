"""The calls to be judged: all, or those of a saved sample; what is done drops out of the list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from callcoach.archive.ids import short
from callcoach.archive.reviews import Queue
from callcoach.call.names import outcome_name
from callcoach.errors import CallcoachError
from callcoach.locale import mark
from callcoach.review.form.model import Form
from callcoach.review.state import Status, status_name
from callcoach.review.tell import form_language
from callcoach.tui.actions import QUEUE, Action, bindings
from callcoach.tui.case_filter import (
    DAYS,
    SEVERITIES,
    STATUSES,
    CaseFilter,
    values,
    without_status,
)
from callcoach.tui.page import Page
from callcoach.tui.reviews import Case, Cases, Reviewing
from callcoach.tui.routes import Routes
from callcoach.tui.screens.dialogs import Ask, Choice, Choose
from callcoach.tui.widgets.keybar import KeyBar
from callcoach.tui.widgets.paper import Paper, Piece
from callcoach.words.clock import clock
from callcoach.words.display import display
from callcoach.words.wrap import clip, pad

_ANY = "\0any"
AFTER_PAINT = 0.05
"""The journal is read so many seconds after the screen is shown, when it has been painted."""


class QueueScreen(Page):
    """Lists what can be judged."""

    ACTIONS: ClassVar[Sequence[Action]] = QUEUE
    BINDINGS: ClassVar[list[BindingType]] = bindings(QUEUE)

    class Read(Message):
        """The journal was read, or could not be."""

        def __init__(self, cases: Cases, problem: CallcoachError | None) -> None:
            super().__init__()
            self.cases = cases
            self.problem = problem

    def __init__(self, routes: Routes, forms: Sequence[Form], form: Form) -> None:
        """List calls; they are judged with `form`, one of `forms`."""
        super().__init__()
        self.routes = routes
        self.form = form
        self._forms = forms
        self._queue: Queue | None = None
        self._asked = CaseFilter()
        self._cases: Cases | None = None
        self._shown: tuple[Case, ...] = ()
        self._problem: CallcoachError | None = None

    @property
    def reviews(self) -> Reviewing:
        """Return the reviews."""
        return self.desk.reviews

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        yield Paper(id="asked")
        yield OptionList(id="cases")
        yield KeyBar()

    def appear(self) -> None:
        """Show what is asked for at once, and the calls when they have been read."""
        super().appear()
        self._fill()
        self.query_one("#cases").focus()

    def on_screen_resume(self) -> None:
        """Read the calls when the screen is shown, also after a review was left."""
        self._read_soon()

    def words_changed(self) -> None:
        """Say everything in the other language."""
        self.show_keys()
        self._fill()
        self._read_soon()

    def help_text(self) -> str:
        """Return what this screen is for."""
        return mark(
            "The calls that wait for you: to be judged, to be decided on after an appeal, or to be"
            " taken note of. Enter opens one. F3 shows others, F4 to F7 narrow the list down, F9"
            " takes a saved sample instead of all calls."
        )

    def _read_soon(self) -> None:
        self.set_timer(AFTER_PAINT, lambda: self.run_worker(self._read, thread=True))

    def _read(self) -> None:
        """Read the journal; runs in a thread."""
        name = self._queue.name if self._queue else ""
        cases, problem = Cases(()), None
        try:
            cases = self.reviews.cases(name, self.form.digest, self.messages.language)
        except CallcoachError as error:
            problem = error
        self.post_message(self.Read(cases, problem))
        first = next((case for case in cases.found if case.is_waiting), None)
        if first is not None:
            with suppress(CallcoachError):  # told when it is opened
                self.reviews.prepare(first.call.id)

    def on_queue_screen_read(self, message: Read) -> None:
        """Show the calls."""
        self._cases, self._problem = message.cases, message.problem
        self._fill()

    def _fill(self) -> None:
        """Show what is asked for, and the calls that are so, at the place where one was."""
        cases, today = self._cases, self.desk.today()
        listing = self.query_one("#cases", OptionList)
        before = listing.highlighted or 0
        found = cases.found if cases else ()
        self._shown = tuple(case for case in found if self._asked.admits(case, today))
        self.query_one("#asked", Paper).show(self._news())
        listing.clear_options()
        listing.add_options(Option(self._row(case)) for case in self._shown)
        listing.highlighted = min(before, len(self._shown) - 1) if self._shown else None

    def _news(self) -> Iterable[Piece]:
        """Yield what is asked for, in how many calls it is found, and what stands in the way."""
        say, signs = self.say, self.look.signs
        queue = self._queue.name if self._queue else say("all calls")
        form = self.form.title.plain(form_language(self.form, self.messages.language))
        head = " · ".join((say("Reviews"), queue, form, self._person()))
        count = self.messages.count("{n} found", "{n} found", len(self._shown))
        yield Piece(display(head), "$accent bold", tail=count if self._cases else "…")
        yield Piece(display(" · ".join(self._asked.told(self.messages))), "dim")
        if self._shown:
            yield Piece(self._columns(), "dim")
        if self._problem is not None:
            told = display(self.messages.tell(self._problem))
            yield Piece(told, "$warning", f"{signs.warning} ", "$warning bold")
        elif self._cases and not self._shown:
            yield Piece(self._nothing(self._cases), "$foreground", f"{signs.note} ")
        if self._cases and self._cases.left_out:
            more = self.messages.count(
                "{n} older call is not listed: a sample reaches it (callcoach review sample).",
                "{n} older calls are not listed: a sample reaches them (callcoach review sample).",
                self._cases.left_out,
            )
            yield Piece(more, "dim", f"{signs.note} ")

    def _nothing(self, cases: Cases) -> str:
        if not cases.found:
            return self.say("No calls yet. callcoach review import takes transcripts in.")
        if self._asked.is_narrow:
            return self.say("Nothing is like this: F8 takes the filters away.")
        return self.say("Nothing waits for you. F3 shows what else there is.")

    def _columns(self) -> str:
        """Return what the columns of the rows are called."""
        say = self.say
        flags = f"{say('Flags')}/{say('risk')}"
        names = (("", 1), (say("Day"), 6), (say("Call"), 9), (say("Agent"), 10))
        more = ((say("Length"), 7), (say("Outcome"), 16), (flags, 11), (say("Status"), 12))
        return "".join(pad(display(name), cells) for name, cells in (*names, *more)).rstrip()

    def _person(self) -> str:
        try:
            return self.reviews.person
        except CallcoachError:
            return self.say("nobody")

    def _row(self, case: Case) -> Content:
        """Return a case as a row of 78 cells."""
        call, signs = case.call, self.look.signs
        sign, style = {
            None: (signs.unmet, "$foreground"),
            Status.DRAFT: (signs.pen, "$accent"),
            Status.APPEALED: (signs.alarm, "$warning bold"),
        }.get(case.status, (signs.met, "$success"))
        ended = outcome_name(call.outcome, display(case.outcome), self.look.messages)
        flags = len(case.flags)
        risk = f"{signs.warning}{flags} {case.risk:g}" if case.risk else ""
        return Content.assemble(
            (f"{sign} ", style),
            (f"{call.local_start[5:10]} {short(call.id)} ", "dim"),
            (pad(clip(display(call.agent) or "–", 9), 10), "$foreground"),
            (f"{clock(call.last_at):>6} ", "dim"),
            (pad(clip(ended, 15), 16), "$accent"),
            (pad(risk, 11), "$error" if "critical" in case.severities else "$warning"),
            (self._state(case), style),
        )

    def _state(self, case: Case) -> str:
        if case.status is None:
            return self.say("to judge") if case.is_waiting else ""
        told = self.say(status_name(case.status))
        score = self.say("blind") if case.is_blind else ""
        if case.percent is not None:
            score = f"{case.percent:.0f}%"
        by = "" if case.reviewer == self._person() else case.reviewer
        return display(" ".join(it for it in (told, score, by) if it))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open a call or a review."""
        self._open(event.option_index)

    def action_judge(self) -> None:
        """Open the call or review that is highlighted."""
        place = self.query_one("#cases", OptionList).highlighted
        if place is not None:
            self._open(place)

    def _open(self, place: int) -> None:
        try:
            self.routes.judge(self._shown, place, self.form)
        except CallcoachError as error:
            self.tell(error)

    def _ask(self, asked: CaseFilter) -> None:
        self._asked = asked
        self.query_one("#cases", OptionList).highlighted = None
        self._fill()

    def _choose(
        self, title: str, found: Mapping[str, tuple[str, str]], take: Callable[[str], None]
    ) -> None:
        """Let the user choose; `found` has a label and a hint for each value."""
        choices = [Choice(value, label, hint) for value, (label, hint) in found.items()]

        def chosen(value: str | None) -> None:
            if value is not None:
                take("" if value == _ANY else value)

        self.app.push_screen(Choose(title, choices), chosen)

    def _narrow(self, title: str, counts: Mapping[str, int], take: Callable[[str], None]) -> None:
        """Let the user choose one of the values there are, or any."""
        told = {
            value: (
                self.say(SEVERITIES[value]) if value in SEVERITIES else value,
                self.messages.count("{n} call", "{n} calls", n),
            )
            for value, n in counts.items()
        }
        self._choose(title, {_ANY: (self.say("any"), ""), **told}, take)

    @property
    def _found(self) -> Sequence[Case]:
        return self._cases.found if self._cases else ()

    def action_status(self) -> None:
        """Choose how far reviews have come."""
        found = {value: (self.say(title), "") for value, title in STATUSES.items()}
        self._choose(
            self.say("Show which?"),
            found,
            lambda value: self._ask(replace(self._asked, status=value)),
        )

    def action_agents(self) -> None:
        """Choose an agent."""
        counts = values(self._found, lambda case: (case.call.agent,))
        self._narrow(
            self.say("Agent"), counts, lambda value: self._ask(replace(self._asked, agent=value))
        )

    def action_outcomes(self) -> None:
        """Choose an outcome."""
        counts = values(self._found, lambda case: (case.outcome,))
        self._narrow(
            self.say("Outcome"),
            counts,
            lambda value: self._ask(replace(self._asked, outcome=value)),
        )

    def action_flags(self) -> None:
        """Choose a flag: how grave it is, or its cue."""
        counts = values(self._found, lambda case: case.severities)
        grave = {severity: counts[severity] for severity in SEVERITIES if severity in counts}
        cues = values(self._found, lambda case: case.flags)
        self._narrow(
            self.say("Flag"),
            {**grave, **cues},
            lambda value: self._ask(replace(self._asked, flag=value)),
        )

    def action_days(self) -> None:
        """Choose from when on."""
        found = {value or _ANY: (self.say(title), "") for value, (title, _) in DAYS.items()}
        self._choose(
            self.say("From when on?"),
            found,
            lambda value: self._ask(replace(self._asked, days=value)),
        )

    def action_words(self) -> None:
        """Ask for words that have to stand in the row."""

        def written(text: str | None) -> None:
            self._ask(replace(self._asked, words=text or ""))

        hint = self.say("Agent, outcome, flag, day or id; Esc takes the words away")
        self.app.push_screen(Ask(self.say("Search"), self._asked.words, hint), written)

    def action_anything(self) -> None:
        """Take the filters away."""
        self._ask(without_status(self._asked))

    def action_queue(self) -> None:
        """Choose a saved sample, or all calls."""
        try:
            queues = {queue.name: queue for queue in self.reviews.queues()}
        except CallcoachError as error:
            self.tell(error)
            return
        found = {_ANY: (self.say("all calls"), "")}
        for name, queue in queues.items():
            count = self.messages.count("{n} call", "{n} calls", len(queue.calls))
            found[name] = (name, f"{queue.made[:10]} · {count} · {queue.by}")

        def take(name: str) -> None:
            self._queue = queues.get(name)
            self._again()

        self._choose(self.say("Which calls?"), found, take)

    def action_form(self) -> None:
        """Choose the form to judge with."""
        language = self.messages.language
        found = {
            form.digest: (form.title.plain(form_language(form, language)), form.id)
            for form in self._forms
        }

        def take(digest: str) -> None:
            self.form = next(form for form in self._forms if form.digest == digest)
            self._again()

        self._choose(self.say("Judge with which form?"), found, take)

    def action_person(self) -> None:
        """Say who is at work: reviews are somebody's."""

        def written(name: str | None) -> None:
            if name is not None:
                self.reviews.be(name)
                self._again()

        self.app.push_screen(Ask(self.say("Who are you?"), self._person()), written)

    def _again(self) -> None:
        """Read the calls anew, as something else is asked for."""
        self._cases = None
        self._fill()
        self._read_soon()
