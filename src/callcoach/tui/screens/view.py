"""A call as it goes on: what to say, the ways on, what is owed, what went wrong, what was said."""

from collections.abc import Callable, Collection, Mapping, Sequence

from textual.app import ComposeResult
from textual.containers import Container, Vertical, VerticalScroll
from textual.events import Resize

from callcoach.call.events import CallEnded, Event, FlagRaised, Span
from callcoach.call.inputs import Input
from callcoach.call.live import LiveCall
from callcoach.call.session import Session
from callcoach.errors import CallcoachError
from callcoach.locale import mark
from callcoach.script.model import LineId, Severity
from callcoach.tui import draw
from callcoach.tui.page import Page
from callcoach.tui.story import Story
from callcoach.tui.widgets.keybar import KeyBar
from callcoach.tui.widgets.paper import Paper, Piece
from callcoach.tui.widgets.transcript import Transcript
from callcoach.words.clock import clock
from callcoach.words.display import display

TICK = 0.5
"""How often time passes, in seconds."""
MOST_LINES = 13
"""The lines to say take no more rows, and fewer where exits need them; the rest scrolls."""
LEAST_BESIDE = 4
"""What is owed and flagged has at least so many rows."""
MOST_FACTS = 8
"""Beside the lines, so many rows of facts are kept free."""
LEAST_OWED = 2
"""Of which flags leave so many."""


class CallView(Page):
    """Shows a call; who watches can only scroll and leave."""

    AUTO_FOCUS = ""
    """Nothing takes the keys of a call but what the agent has chosen to type in."""

    def __init__(self, live: LiveCall, after: Callable[[LiveCall], None] | None = None) -> None:
        """Show a call; `after` is told when it has ended and the screen is left."""
        super().__init__()
        self.live = live
        self._after = after
        self._story: Story | None = None
        self._was_durable = True

    @property
    def session(self) -> Session:
        """Return the session of the call."""
        return self.live.session

    @property
    def by_model(self) -> Mapping[Span, float]:
        """Return the words that a learned judge took for something, and how sure it was."""
        return {} if self._story is None else self._story.by_model

    @property
    def said(self) -> Collection[LineId]:
        """Return the lines that were said in this visit of the step."""
        return self.session.state.said

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        yield Paper(id="status")
        with Container(id="desk"):
            with Vertical(id="main"):
                with VerticalScroll(id="saying", can_focus=False):
                    yield Paper(id="lines")
                    yield Paper(id="note")
                yield Paper(id="exits")
            with VerticalScroll(id="side", can_focus=False):
                yield Paper(id="care")
                yield Paper(id="flags")
                yield Paper(id="owed")
                yield Paper(id="facts")
            yield Paper(id="brief")
            yield Transcript(id="transcript")
        yield from self.foot()
        yield KeyBar()

    def foot(self) -> ComposeResult:
        """Lay out what stands between the call and the line of keys."""
        yield from ()

    def appear(self) -> None:
        """Show the call and let time pass."""
        super().appear()
        self._name_parts()
        self._retell()
        self.set_interval(TICK, self._tick)
        self.set_focus(None)

    def legend(self) -> Sequence[tuple[str, str]]:
        """Return what the signs of a call mean."""
        it = self.look.signs
        return (
            (it.here, mark("the line to say now, or what puts a flag right")),
            (it.unmet, mark("owed to the customer, with the time that is left")),
            (it.met, mark("said or done")),
            (it.alarm, mark("a critical flag: put it right now")),
            (it.warning, mark("a flag: missed, too early, or it must not be said")),
            (it.note, mark("a flag that can no longer be put right; or a remark")),
            (it.heard, mark("what the customer said sounds like it")),
        )

    def words_changed(self) -> None:
        """Say everything in the interface's present language, the call untouched."""
        self.show_keys()
        self._name_parts()
        self._retell()

    def _name_parts(self) -> None:
        titles = {
            "saying": self.say("Say now"),
            "exits": self.say("Where it goes"),
            "side": self.say("Coach"),
            "transcript": self.say("Transcript"),
        }
        for id, title in titles.items():
            self.query_one(f"#{id}").border_title = display(title)

    def _retell(self) -> None:
        """Tell the whole transcript again."""
        self.query_one(Transcript).replace(())
        self._begin_story()
        self.draw()

    def _begin_story(self) -> None:
        """Tell all events of the call, below what stands in the transcript already."""
        self._story = Story(self.session.coach.script, self.look)
        self.query_one(Transcript).add(self._story.tell(self.live.events))

    def draw(self) -> None:
        """Show the present state; widgets that show the same already do nothing."""
        look, session, at = self.look, self.session, self._now()
        self.query_one("#lines", Paper).show(draw.draw_lines(session, look, self.said))
        self.query_one("#note", Paper).show(draw.draw_note(session, look))
        self.query_one("#care", Paper).show(draw.draw_care(session, look))
        ways = [*draw.draw_exits(session, look), *draw.draw_suggestion(session, look)]
        self.query_one("#exits", Paper).show(ways)
        self.query_one("#facts", Paper).show(draw.draw_facts(session, look))
        brief = draw.draw_facts_in_brief(session, look, self.app.size.width)
        self.query_one("#brief", Paper).show(brief)
        self._draw_clocks(at)
        self.once_painted(self._settle)

    def _settle(self) -> None:
        """Fit the parts to one another, once the rows that each takes are known."""
        saying, lines = self.query_one("#saying"), self.query_one("#lines", Paper)
        below = sum(self.query_one(f"#{id}").outer_size.height for id in ("exits", "brief"))
        if self.has_class("-narrow"):
            below += LEAST_BESIDE + self.query_one("#side").gutter.height
        rows = self.query_one("#desk").size.height - below
        most = max(min(rows, MOST_LINES), 2 + saying.gutter.height)
        saying.styles.max_height = None if self.has_class("-ultra") else most
        # Keep the line to say next in sight where a step has more lines than there is room.
        said = self.said
        done = [id in said for id, _ in self.session.lines()]
        place = done.index(False) if False in done else 0
        saying.scroll_to(y=lines.row_of(place), animate=False)
        self._draw_clocks(self._now())

    def on_resize(self, _event: Resize) -> None:
        """Fit the parts to another size of the terminal."""
        self.once_painted(self.draw)

    def _draw_clocks(self, at: float) -> None:
        """Show what changes with time alone."""
        look, session = self.look, self.session
        room = self._room_beside()
        flags = self.query_one("#flags", Paper)
        flags.show(draw.draw_flags(session, look, at, room, self.by_model))
        room = max(room - flags.rows, LEAST_OWED)
        self.query_one("#owed", Paper).show(draw.draw_owed(session, look, at, room))
        self.query_one("#status", Paper).show([self._status(at)])

    def _room_beside(self) -> int:
        """Return the rows for what is owed and flagged; on a narrow screen all else comes first.

        There the transcript gives way, down to nothing.
        """
        side, care = self.query_one("#side"), self.query_one("#care", Paper).rows
        if not self.has_class("-narrow"):
            facts = self.query_one("#facts", Paper).rows
            return max(side.size.height - care - min(facts, MOST_FACTS) - 2, LEAST_BESIDE)
        rows = self.query_one("#desk").size.height
        taken = sum(self.query_one(f"#{id}").outer_size.height for id in ("main", "brief"))
        room = min(rows - taken, max(rows // 3, LEAST_BESIDE)) - side.gutter.height
        return max(room, LEAST_BESIDE) - care

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

    def feed(self, given: Input, at: float | None = None) -> tuple[Event, ...]:
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
        self.notice(saving.problem, f"{self.say(saving.hint)}\n{kept}".strip(), severity="warning")

    def _finish(self) -> None:
        self.live.close()
        if self._after is not None:
            self._after(self.live)

    def action_scroll_up(self) -> None:
        """Scroll the transcript up."""
        self.query_one(Transcript).scroll_page_up(animate=False)

    def action_scroll_down(self) -> None:
        """Scroll the transcript down."""
        self.query_one(Transcript).scroll_page_down(animate=False)

    def action_scroll_to_newest(self) -> None:
        """Scroll the transcript to what was said last, and stay there."""
        self.query_one(Transcript).scroll_end(animate=False)

    def disappear(self) -> None:
        """Close the call, however its screen came to go."""
        self.live.close()
