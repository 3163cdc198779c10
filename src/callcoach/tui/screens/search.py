"""Search: one line, and what all calls say to it while it is typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import ClassVar, Protocol

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Resize
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, OptionList, Static
from textual.worker import get_current_worker

from callcoach.archive.ids import CallId
from callcoach.archive.search.find import Hit, Results, SearchStopped
from callcoach.errors import CallcoachError, Told
from callcoach.locale import mark
from callcoach.script.wording import Language
from callcoach.tui.actions import SEARCH, Action, bindings
from callcoach.tui.page import Page
from callcoach.tui.screens.search_hits import HitRows, examples
from callcoach.tui.searching import Searching
from callcoach.tui.widgets.keybar import KeyBar
from callcoach.tui.widgets.line import Line
from callcoach.tui.widgets.options import Options
from callcoach.tui.widgets.paper import Paper, Piece
from callcoach.words.display import display

SHOWN = 100
"""Hits that are listed at first; as many more come where one goes on past the last."""
PAUSE = 0.08
"""Seconds after a letter before it is searched: who types on is not slowed down."""
PATIENCE = 10.0
"""Seconds that a search may take."""


class SearchRoutes(Protocol):
    """Where one can go from here."""

    def found(self, hit: Hit, hits: Sequence[Hit]) -> None:
        """Show a call at what was found in it, of all `hits` in it."""
        ...


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a search."""

    query: str
    results: Results | None = None
    titles: Mapping[CallId, tuple[str, str]] = field(default_factory=dict)
    """What the pack and the outcome of each call are called."""
    problem: CallcoachError | None = None


class SearchScreen(Page):
    """Where calls are found by what was said in them, or by how they went."""

    ACTIONS: ClassVar[Sequence[Action]] = SEARCH
    BINDINGS: ClassVar[list[BindingType]] = bindings(SEARCH)
    DEFAULT_CSS = """
    #asking { height: 1; padding: 0 1; background: $surface; }
    #asking Static { width: auto; color: $accent; text-style: bold; }
    #asking Input { width: 1fr; height: 1; }
    #answer { height: auto; max-height: 4; padding: 0 1; }
    #guide { padding: 1 1 0 1; }
    #hits { height: 1fr; padding: 0 1; background: $background; }
    #hits.-stale { text-opacity: 60%; }
    """

    class Answered(Message):
        """A search has come to an end."""

        def __init__(self, answer: Answer) -> None:
            super().__init__()
            self.answer = answer

    class Indexed(Message):
        """The index is up to date so far."""

        def __init__(self, done: int, total: int, problem: CallcoachError | None = None) -> None:
            super().__init__()
            self.done, self.total, self.problem = done, total, problem

        def can_replace(self, message: Message) -> bool:
            """Take the place of an older one."""
            return isinstance(message, SearchScreen.Indexed)

    def __init__(self, routes: SearchRoutes, searching: Searching) -> None:
        super().__init__()
        self.routes = routes
        self._searching = searching
        self._answer = Answer("")
        self._rows: HitRows | None = None
        self._titles: Mapping[CallId, tuple[str, str]] = {}
        """What is known of them so far, in the present language."""
        self._index = self.Indexed(0, 0)
        self._pause: Timer | None = None
        self._limit = SHOWN

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        with Vertical():
            with Horizontal(id="asking"):
                yield Static(id="asking-name")
                yield Line(self._open, id="query")
            yield Paper(id="answer")
            yield Paper(id="guide")
            hits = Options(id="hits")
            hits.can_focus = False  # the keys are the line's: one types on at any time
            yield hits
        yield KeyBar()

    def appear(self) -> None:
        """Let the user type at once, while the index is brought up to date."""
        super().appear()
        self._fill()
        self.query_one("#query").focus()
        self.run_worker(self._catch_up, thread=True, group="index")

    def words_changed(self) -> None:
        """Say everything in the other language."""
        self.show_keys()
        self._titles = {}
        self._fill()
        self._search_soon()

    def help_text(self) -> str:
        """Return what this screen is for."""
        return mark(
            "Searches every utterance of all calls while you type. Arrow keys choose, Enter opens"
            " the call at that line. Conditions narrow it down: speaker:customer, flag:missing,"
            " outcome:promise, agent:…, after:7d, longer:5m, ratio>70%."
        )

    def _fill(self) -> None:
        self.query_one("#asking-name", Static).update(Content(f"{self.say('Search')}  "))
        self.query_one("#guide", Paper).show(examples(self.messages))
        self._show()

    @property
    def _asked(self) -> str:
        """Return what stands in the line."""
        return self.query_one("#query", Line).value.strip()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search for what was typed, as soon as the hand rests."""
        event.stop()
        self.workers.cancel_group(self, "search")
        self._limit = SHOWN
        self._search_soon()

    def _search_soon(self) -> None:
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self._search)

    def _search(self) -> None:
        asked, language = self._asked, self.messages.language
        if not asked:
            self._answer = Answer("")
            self._show()
            return
        self.query_one("#hits").set_class(asked != self._answer.query, "-stale")
        self.run_worker(
            lambda: self._find(asked, language), thread=True, group="search", exclusive=True
        )

    def _find(self, asked: str, language: Language) -> None:
        """Search; runs in a thread, which ends as soon as something else is asked."""
        worker, begun = get_current_worker(), monotonic()
        try:
            results = self._searching.search(
                asked, self._limit, lambda: worker.is_cancelled or monotonic() - begun > PATIENCE
            )
            calls = {hit.call.id: hit.call for hit in results.hits}
            known = {id: it for id, it in self._titles.items() if id in calls}
            if len(known) < len(calls):  # to read scripts takes a moment, when it is the first time
                self._give(Answer(asked, results, known))
                known = {id: self._searching.titles(it, language) for id, it in calls.items()}
            answer = Answer(asked, results, known)
        except SearchStopped:
            why = Told("more words, or a day such as after:30d, make it quicker")
            answer = Answer(asked, problem=SearchStopped("the search took too long", why))
        except CallcoachError as error:
            answer = Answer(asked, problem=error)
        self._give(answer)

    def _give(self, answer: Answer) -> None:
        """Hand an answer over, unless something else is asked meanwhile; called in a thread."""
        if not get_current_worker().is_cancelled:
            self.post_message(self.Answered(answer))

    def on_search_screen_answered(self, message: Answered) -> None:
        """Show what was found, unless something else is asked meanwhile."""
        if message.answer.query == self._asked:
            self._answer = message.answer
            self._titles = {**self._titles, **message.answer.titles}
            self._show()

    def _catch_up(self) -> None:
        """Bring the index up to date; runs in a thread, which ends with the screen.

        Then the newest call is called up: most others are of its pack, and will open at once.
        """
        worker = get_current_worker()

        def tell(done: int, total: int) -> None:
            self.post_message(self.Indexed(done, total))

        problem: CallcoachError | None = None
        try:
            self._searching.catch_up(tell, lambda: worker.is_cancelled)
        except CallcoachError as error:
            problem = error
        self.post_message(self.Indexed(0, 0, problem))
        if worker.is_cancelled:
            return
        with suppress(CallcoachError):  # told when it is opened
            for newest in self.desk.calls(1):
                self.desk.reviews.call_up(newest.id)

    def on_search_screen_indexed(self, message: Indexed) -> None:
        """Tell how far the index is, and search in what is new there."""
        self._index = message
        if self._asked and message.done:
            self._search_soon()
        self._tell()

    def _show(self) -> None:
        """Show the present answer."""
        hits = self.query_one("#hits", OptionList)
        results = self._answer.results
        chosen = self._chosen
        rows = HitRows(results.hits if results else (), self._answer.titles, self.look)
        self._rows = rows
        self._lay_out()
        hits.remove_class("-stale")
        place = rows.place_of(chosen)
        hits.highlighted = rows.first if place is None else place
        if place is None:
            hits.scroll_home(animate=False)
        self.query_one("#guide").display = not self._answer.query
        hits.display = bool(self._answer.query)
        self._tell()

    def _lay_out(self) -> None:
        if self._rows is None:
            return
        hits = self.query_one("#hits", OptionList)
        highlighted = hits.highlighted
        hits.clear_options()
        hits.add_options(self._rows.options(max(self.app.size.width - 4, 20)))
        hits.highlighted = highlighted

    def on_resize(self, event: Resize) -> None:
        """Lay the rows out anew for another width."""
        self._lay_out()

    def _tell(self) -> None:
        """Say how much was found, and what there is to say about it."""
        self.query_one("#answer", Paper).show(self._told())

    def _told(self) -> Iterator[Piece]:
        warning = f"{self.look.signs.warning} "
        answer, index = self._answer, self._index
        if answer.problem is not None:
            yield Piece(display(self.say(answer.problem.message)), "$warning", warning, "$warning")
            yield Piece(display(self.say(answer.problem.hint)), "dim", "  ")
        elif answer.results is not None:
            yield Piece(self._count(answer.results), "bold")
            for note in answer.results.notes:
                yield Piece(display(self.say(note)), "$warning", warning, "$warning")
        if index.problem is not None:
            yield Piece(display(self.messages.tell(index.problem)), "dim", warning, "$warning")
        elif index.done < index.total:
            text = self.say("Indexing calls: {done} of {total}", done=index.done, total=index.total)
            yield Piece(text, "dim")

    def _count(self, found: Results) -> str:
        if not found.total:
            return self.say("Nothing was found.")
        count = self.messages.count
        if any(hit.heard for hit in found.hits):
            told = count("{n} utterance", "{n} utterances", found.total)
        else:
            told = count("{n} call", "{n} calls", found.total)
        if found.has_more:
            told = self.say("more than {n}", n=found.total)
        if found.total > len(found.hits):
            told += " · " + self.say("the newest {n} are shown, ↓ goes on", n=len(found.hits))
        return told

    def action_hit_up(self) -> None:
        """Choose the hit before."""
        self.query_one("#hits", OptionList).action_cursor_up()

    def action_hit_down(self) -> None:
        """Choose the next hit."""
        if not self._find_more():
            self.query_one("#hits", OptionList).action_cursor_down()

    def action_page_up(self) -> None:
        """Go back a page of hits."""
        self.query_one("#hits", OptionList).action_page_up()  # type: ignore[no-untyped-call] # Textual's

    def action_page_down(self) -> None:
        """Go on a page of hits."""
        if self._find_more():
            return
        self.query_one("#hits", OptionList).action_page_down()  # type: ignore[no-untyped-call] # Textual's

    def _find_more(self) -> bool:
        """Find more than are listed, where the last one is chosen and there are more."""
        hits, results = self.query_one("#hits", OptionList), self._answer.results
        is_last = hits.highlighted is not None and hits.highlighted == hits.option_count - 1
        if results is None or not is_last or results.total <= len(results.hits):
            return False
        self._limit = len(results.hits) + SHOWN
        self._search()
        return True

    @property
    def _chosen(self) -> Hit | None:
        """Return the hit that is highlighted."""
        place = self.query_one("#hits", OptionList).highlighted
        return None if place is None or self._rows is None else self._rows.hit(place)

    def _open(self, line: Line) -> None:
        self.action_open_hit()

    def action_open_hit(self) -> None:
        """Open the call of the chosen hit, where it is a hit of what is asked now."""
        hit = self._chosen
        if hit is None or self._answer.query != self._asked:
            return
        found = self._answer.results.hits if self._answer.results else ()
        self.routes.found(hit, [it for it in found if it.call.id == hit.call.id])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open what was clicked."""
        self.action_open_hit()
