"""The form for a new call: which pack, in which language, and what is known already."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Select, Static

from callcoach.errors import CallcoachError
from callcoach.locale import LANGUAGES, mark
from callcoach.script.facts import Fact, FactId, parse
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


class SetupScreen(Page):
    """Asks what a call needs to begin."""

    ACTIONS: ClassVar[Sequence[Action]] = SETUP
    BINDINGS: ClassVar[list[BindingType]] = bindings(SETUP)

    def __init__(self, routes: Routes, pack: str) -> None:
        super().__init__()
        self.routes = routes
        self._pack = pack
        self._language = ""
        self._script: Script | None = None

    def compose(self) -> ComposeResult:
        """Lay the form out."""
        with VerticalScroll(id="form"):
            yield Paper(id="about")
            names = self.desk.packs()
            packs = [(name, name) for name in names]
            with Horizontal(classes="row"):
                yield Static(Content(display(self.say("Pack"))), classes="label")
                value = self._pack if self._pack in names else Select.NULL
                yield Select(packs, value=value, allow_blank=True, id="which", compact=True)
            with Horizontal(classes="row"):
                yield Static(Content(display(self.say("Language"))), classes="label")
                yield Select[str]([], allow_blank=True, id="language", compact=True)
            yield VerticalScroll(id="given")
            yield Button(Content(display(self.say("Begin"))), id="begin", variant="primary")
        yield KeyBar()

    def on_mount(self) -> None:
        """Load the pack and ask for its facts."""
        super().on_mount()
        self.call_next(self._load)

    def help_text(self) -> str:
        """Return what this screen is for."""
        return mark("What you know before the call fills the lines. Leave out what you do not.")

    def words_changed(self) -> None:
        """Say everything in the other language."""
        super().words_changed()
        self.call_after_refresh(self._load)

    async def _load(self) -> None:
        given = self.query_one("#given", VerticalScroll)
        await given.remove_children()
        try:
            loaded = self.desk.load(self._pack)
        except CallcoachError as error:
            self.tell(error)
            return
        self._script = loaded.script
        about = self.query_one("#about", Paper)
        if loaded.script is None:
            told = "This pack cannot be used yet: callcoach script check {pack}"
            about.show([Piece(display(self.say(told, pack=self._pack)), "$warning")])
            return
        script = loaded.script
        language = self.look.language(script)
        title = display(script.title.plain(language))
        more = display(script.about.plain(language)) if script.about else ""
        about.show([Piece(title, "$accent bold"), Piece(more, "dim"), Piece("")])
        chooser = self.query_one("#language", Select)
        chooser.set_options((LANGUAGES.get(code, code), code) for code in script.languages)
        chooser.value = self._language if self._language in script.languages else language
        known = self.desk.settings.table("facts")
        facts = sorted(
            script.given_facts, key=lambda fact: (local(fact.id) in known, fact.private != "name")
        )
        await given.mount_all(self._row(fact, language) for fact in facts)
        first = next((field for field in given.query(Line) if not field.value), None)
        (first or self.query_one("#begin", Button)).focus()

    def _row(self, fact: Fact, language: str) -> Horizontal:
        known = self.desk.settings.table("facts").get(local(fact.id), "")
        title = display(fact.title.plain(language))
        id = f"fact-{fact.id.replace('.', '--')}"
        field = Line(self._go_on, known, display(form_of(fact, self.look)), id=id)
        return Horizontal(Static(Content(title), classes="label"), field, classes="row")

    async def on_select_changed(self, event: Select.Changed) -> None:
        """Take over another pack or language."""
        if event.select.id == "which" and isinstance(event.value, str):
            if event.value != self._pack:
                self._pack = event.value
                await self._load()
        elif event.select.id == "language" and isinstance(event.value, str):
            self._language = event.value

    def _go_on(self, field: Line) -> None:
        """Go on to the field after one; after the last, begin."""
        fields = list(self.query(Line))
        place = fields.index(field)
        if place + 1 < len(fields):
            self.set_focus(fields[place + 1])
        else:
            self.action_begin()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Begin."""
        self.action_begin()

    def action_begin(self) -> None:
        """Begin the call with what was filled in; a value that does not fit is pointed at."""
        if self._script is None:
            return
        facts: dict[str, str] = {}
        for field in self.query(Line):
            id = FactId((field.id or "").removeprefix("fact-").replace("--", "."))
            if not field.value.strip():
                continue
            try:
                parse(self._script.facts[id], field.value, self.desk.today())
            except CallcoachError as error:
                field.focus()
                self.tell(error)
                return
            facts[id] = field.value
        try:
            self.routes.start(Order(self._pack, language=self._language or None, facts=facts))
        except CallcoachError as error:
            self.tell(error)
