"""The form for a new call: which pack, in which language, and what is known already."""

from collections.abc import Mapping, Sequence
from math import inf
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Button, Select, Static

from callcoach.errors import CallcoachError, FactError
from callcoach.locale import LANGUAGES, mark
from callcoach.script.facts import Fact, FactId, FactKind, parse
from callcoach.script.model import Script, local
from callcoach.tui.actions import SETUP, Action, bindings
from callcoach.tui.page import Page
from callcoach.tui.ports import Order
from callcoach.tui.routes import Routes
from callcoach.tui.screens.choices import form_of
from callcoach.tui.widgets.keybar import KeyBar
from callcoach.tui.widgets.line import Line
from callcoach.tui.widgets.paper import Paper, Piece
from callcoach.words.display import display

_TYPED = frozenset(("enter", "backspace"))
"""Keys that belong to what is typed, beside letters."""
_ARROWS: Sequence[BindingType] = (
    Binding("up", "screen.move(-1)", show=False),
    Binding("down", "screen.move(1)", show=False),
)


class Form(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Rows of fields; the arrow keys go from one to the next, and the form scrolls along."""

    BINDINGS: ClassVar[list[BindingType]] = [*_ARROWS]


class Field(Line):
    """One fact's value; as an input it would take the arrow keys to scroll its one line."""

    BINDINGS: ClassVar[list[BindingType]] = [*_ARROWS]


class SetupScreen(Page):
    """Asks what a call needs to begin."""

    ACTIONS: ClassVar[Sequence[Action]] = SETUP
    BINDINGS: ClassVar[list[BindingType]] = bindings(SETUP)
    AUTO_FOCUS = ""  # nothing until the fields are there: keys are kept for the first of them

    def __init__(self, routes: Routes, order: Order) -> None:
        """Ask for a call; what `order` holds already is filled in."""
        super().__init__()
        self.routes = routes
        self._pack = order.pack
        self._given = order.facts
        self._language = order.language or ""
        self._script: Script | None = None
        self._filled: Mapping[FactId, str] = {}
        """What was filled in from earlier calls in the language of this one."""
        self._typed: dict[FactId, str] = {}
        self._beside: Mapping[FactId, str] = {}
        """Facts that are known but not asked for here."""
        self._early: list[Key] = []
        """Keys that were pressed before there was a field to type in."""
        self._ready_at = inf
        """When there was one, as events are timed."""

    def compose(self) -> ComposeResult:
        """Lay the form out."""
        with Form(id="form"):
            yield Paper(id="about")
            names = self.desk.packs()
            packs = [(name, name) for name in dict.fromkeys((*names, self._pack))]
            with Horizontal(classes="row"):
                yield Static(Content(display(self.say("Pack"))), classes="label")
                yield Select(packs, value=self._pack, allow_blank=True, id="which", compact=True)
            with Horizontal(classes="row"):
                yield Static(Content(display(self.say("Language"))), classes="label")
                yield Select[str]([], allow_blank=True, id="language", compact=True)
            yield Vertical(id="given")
            yield Paper(id="problem")
            yield Button(Content(display(self.say("Begin"))), id="begin", variant="primary")
        yield KeyBar()

    def appear(self) -> None:
        """Load the pack and ask for its facts."""
        super().appear()
        self.call_next(self._load)

    def help_text(self) -> str:
        """Return what this screen is for."""
        return mark("What you know before the call fills the lines. Leave out what you do not.")

    def words_changed(self) -> None:
        """Say everything in the other language; what was typed stays."""
        self._keep_typed()
        super().words_changed()
        self.once_painted(self._load)

    def _keep_typed(self) -> None:
        """Remember what is in the fields, but for what was filled in from earlier calls."""
        held = {_fact_of(field): field.value for field in self.query(Line)}
        self._typed |= {id: text for id, text in held.items() if text != self._filled.get(id, "")}

    async def _load(self) -> None:
        given = self.query_one("#given", Vertical)
        await given.remove_children()
        self.query_one("#problem", Paper).show(())
        try:
            loaded = self.desk.load(self._pack)
            self._script = loaded.script
            if loaded.script is not None:
                await self._ask(loaded.script, given)
        except CallcoachError as error:
            self.tell(error)
            return
        if loaded.script is None:
            told = self.say(
                "This pack cannot be used yet: callcoach script check {pack}", pack=self._pack
            )
            self.query_one("#about", Paper).show([Piece(display(told), "$warning")])

    async def _ask(self, script: Script, given: Vertical) -> None:
        """Ask for the facts of a script, those that nobody told yet first."""
        language = self.look.language(script)
        chooser = self.query_one("#language", Select)
        with chooser.prevent(Select.Changed):  # nobody chose this one
            chooser.set_options((LANGUAGES.get(code, code), code) for code in script.languages)
            spoken = self._language if self._language in script.languages else language
            chooser.value = spoken
        told = self.desk.known(Order(self._pack, facts=self._given))
        asked = {fact.id for fact in script.given_facts}
        self._beside = {id: text for id, text in told.items() if id not in asked}
        latest = self.desk.latest_facts(spoken)
        remembered = {
            fact.id: latest[local(fact.id)]
            for fact in script.given_facts
            if _is_lasting(fact) and fact.id not in told and local(fact.id) in latest
        }
        self._filled = remembered
        known = remembered | dict(told) | self._typed
        facts = sorted(
            script.given_facts,
            key=lambda fact: (fact.id in told or fact.id in remembered, fact.private != "name"),
        )
        title = display(script.title.plain(language))
        about = [Piece(title, "$accent bold")]
        if script.about:
            about.append(Piece(display(script.about.plain(language)), "dim"))
        if remembered:
            about.append(
                Piece(self.say("What is your own is filled in from earlier calls."), "dim")
            )
        self.query_one("#about", Paper).show([*about, Piece("")])
        await given.mount_all(self._row(fact, language, spoken, known) for fact in facts)
        first = next((field for field in given.query(Line) if not field.value), None)
        self.set_focus(first or self.query_one("#begin", Button))
        self._ready_at = min(self._ready_at, Message().time)
        for key in self._early:
            self.on_key(key)
        self._early.clear()

    def on_key(self, event: Key) -> None:
        """Keep what was typed before the form was there for its first field."""
        if event.time > self._ready_at or not (event.is_printable or event.key in _TYPED):
            return
        event.stop()
        if isinstance(self.focused, Line):
            self.focused.type_key(event)
        elif self._ready_at == inf:
            self._early.append(event)

    def _row(
        self, fact: Fact, language: str, spoken: str, known: Mapping[FactId, str]
    ) -> Horizontal:
        title = display(fact.title.plain(language))
        id = f"fact-{fact.id.replace('.', '--')}"
        hint = display(self._hint(fact, language, spoken))
        field = Field(self._go_on, known.get(fact.id, ""), hint, id=id)
        return Horizontal(Static(Content(title), classes="label"), field, classes="row")

    def _hint(self, fact: Fact, language: str, spoken: str) -> str:
        """Return how a value can look; an example is in the language of the call."""
        if fact.kind is FactKind.CHOICE:
            return " / ".join(title.plain(language) for title in fact.choices.values())
        form = form_of(fact, self.look)
        if form or fact.example is None:
            return form
        return self.say("such as {example}", example=fact.example.plain(spoken))

    async def on_select_changed(self, event: Select.Changed) -> None:
        """Take over another pack or language."""
        if event.select.id == "which" and isinstance(event.value, str):
            if event.value != self._pack:
                self._keep_typed()
                self._pack = event.value
                self._given = {}
                await self._load()
        elif event.select.id == "language" and isinstance(event.value, str):
            self._keep_typed()
            self._language = event.value
            await self._load()
            event.select.focus()

    def _go_on(self, field: Line) -> None:
        """Go on to the field after one, unless it does not fit; after the last, begin."""
        if not self._fits(field):
            return
        fields = list(self.query(Line))
        place = fields.index(field)
        if place + 1 < len(fields):
            self.set_focus(fields[place + 1])
        else:
            self.action_begin()

    def _fits(self, field: Line) -> bool:
        """Tell whether what stands in a field can be its value; below the fields, why not."""
        if self._script is None:
            return False
        problem = self.query_one("#problem", Paper)
        fact = self._script.facts[_fact_of(field)]
        try:
            if field.value.strip():
                parse(fact, field.value, self.desk.today())
        except FactError as error:
            title = fact.title.plain(self.look.language(self._script))
            told = self.look.labelled(title, self.messages.tell(error))
            problem.show([Piece(display(told), "$warning", f"{self.look.signs.warning} ")])
            return False
        problem.show(())
        return True

    def action_move(self, by: int) -> None:
        """Go to the field above or below."""
        stops: list[Widget] = [*self.query("#which, #language"), *self.query(Line)]
        stops.append(self.query_one("#begin"))
        here = stops.index(self.focused) if self.focused in stops else 0
        self.set_focus(stops[min(max(here + by, 0), len(stops) - 1)])

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Begin."""
        self.action_begin()

    def action_begin(self) -> None:
        """Begin the call with what was filled in; a value that does not fit is pointed at."""
        if self._script is None:
            return
        facts = {str(id): text for id, text in self._beside.items()}
        for field in self.query(Line):
            if not self._fits(field):
                field.focus()
                return
            facts[_fact_of(field)] = field.value.strip()
        language = self.query_one("#language", Select).value
        try:
            self.routes.start(Order(self._pack, language=str(language), facts=facts))
        except CallcoachError as error:
            self.tell(error)


def _fact_of(field: Line) -> FactId:
    return FactId((field.id or "").removeprefix("fact-").replace("--", "."))


def _is_lasting(fact: Fact) -> bool:
    """Tell whether a fact is likely to be the same in the next call: the agent's own, as a rule.

    What is private is the customer's, and so are days and amounts.
    """
    return fact.private is None and fact.kind in (FactKind.TEXT, FactKind.PHONE)
