"""The pack library: what packs there are, what is in them, and what is wrong with them."""

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from callcoach.errors import CallcoachError
from callcoach.locale import mark
from callcoach.script.diagnostic import Diagnostic, Level, entry, hint, message
from callcoach.script.load import Loaded
from callcoach.script.model import PackId, pack_of
from callcoach.tui.actions import PACKS, Action, bindings
from callcoach.tui.page import Page
from callcoach.tui.routes import Routes
from callcoach.tui.widgets.keybar import KeyBar
from callcoach.tui.widgets.options import Options
from callcoach.tui.widgets.paper import Paper, Piece
from callcoach.words.display import display

WATCH = 1.5
"""How often the shown pack's files are looked at, in seconds."""
_LEVEL_STYLES = {
    Level.ERROR: "$error bold",
    Level.WARNING: "$warning bold",
    Level.NOTE: "dim",
}


class PacksScreen(Page):
    """Shows the packs; the one that is shown is read again whenever its files change."""

    ACTIONS: ClassVar[Sequence[Action]] = PACKS
    BINDINGS: ClassVar[list[BindingType]] = bindings(PACKS)

    def __init__(self, routes: Routes) -> None:
        super().__init__()
        self.routes = routes
        self._shown: PackId | None = None
        self._stamp: object = None

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        with Horizontal(id="library"):
            yield Options(id="packs")
            with VerticalScroll(id="pack"):
                yield Paper(id="pack-text")
        yield KeyBar()

    def appear(self) -> None:
        """Show the packs."""
        super().appear()
        self._fill()
        self.set_interval(WATCH, self._watch)

    def words_changed(self) -> None:
        """Say everything in the other language."""
        super().words_changed()
        self.once_painted(self._fill)

    def help_text(self) -> str:
        """Return what this screen is for."""
        return mark(
            "Packs are plain files. Keep one open in your editor: whenever you save, it is read"
            " and checked again here."
        )

    def _fill(self) -> None:
        names = self.desk.packs()
        listing = self.query_one("#packs", OptionList)
        listing.border_title = display(self.say("Packs"))
        listing.clear_options()
        listing.add_options(Option(Content(f" {display(name)} "), id=name) for name in names)
        place = names.index(self._shown) if self._shown in names else 0
        listing.highlighted = place if names else None
        listing.focus()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show a pack."""
        if event.option.id is not None:
            self._shown = PackId(event.option.id)
            self._show()

    def _watch(self) -> None:
        if self._shown is not None and self.app.screen is self:
            stamp = self.desk.stamp(self._shown)
            if stamp != self._stamp:
                self._show()

    def _show(self) -> None:
        if self._shown is None:
            return
        self._stamp = self.desk.stamp(self._shown)
        paper = self.query_one("#pack-text", Paper)
        try:
            loaded = self.desk.load(self._shown)
        except CallcoachError as error:
            paper.show([Piece(display(self.messages.tell(error)), "$warning")])
            return
        paper.show(self._pieces(loaded, self.desk.check(loaded)))

    def _pieces(self, loaded: Loaded, findings: Sequence[Diagnostic]) -> Iterator[Piece]:
        signs, script = self.look.signs, loaded.script
        if script is not None:
            language = self.look.language(script)
            yield Piece(display(script.title.plain(language)), "$accent bold", tail=script.version)
            if script.about is not None:
                yield Piece(display(script.about.plain(language)), "$foreground")
            own = [step for step in script.steps.values() if pack_of(step.id) == script.id]
            counts = (
                self.messages.count("{n} step", "{n} steps", sum(not s.is_objection for s in own)),
                self.messages.count(
                    "{n} objection", "{n} objections", sum(s.is_objection for s in own)
                ),
                self.messages.count("{n} cue", "{n} cues", len(script.cues)),
                self.messages.count("{n} plan", "{n} plans", len(loaded.plans)),
            )
            yield Piece(" · ".join(counts), "dim")
            yield Piece("")
        yield from self._findings(findings)
        if script is not None:
            for step in own:
                title = display(step.title.plain(self.look.language(script)))
                sign = signs.heard if step.is_objection else signs.here
                outcome = script.outcomes.get(step.outcome) if step.outcome else None
                code = outcome.code if outcome else ""
                yield Piece(title, "$foreground", f"{sign} ", "dim", tail=code)

    def _findings(self, findings: Sequence[Diagnostic]) -> Iterator[Piece]:
        language, signs = self.messages.language, self.look.signs
        if not findings:
            yield Piece(self.say("Checked: nothing is wrong."), "$success", f"{signs.met} ")
        for found in findings:
            level = entry(found.code).level
            sign = signs.alarm if level is Level.ERROR else signs.warning
            place = f"{found.place.file.rpartition('/')[2]}:{found.place.line}"
            style = _LEVEL_STYLES[level]
            told = display(message(found, language))
            yield Piece(told, "$foreground", f"{sign} {found.code} ", style, tail=place)
            yield Piece(display(hint(found, language)), "dim", "  ")
            if found.path:
                yield Piece(" → ".join(found.path), "dim", "  ")
        yield Piece("")

    def _go(self, go: Callable[[str], None]) -> None:
        if self._shown is not None:
            try:
                go(self._shown)
            except CallcoachError as error:
                self.tell(error)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Preview the pack that was chosen."""
        self.action_preview()

    def action_preview(self) -> None:
        """Walk the pack without a customer."""
        self._go(self.routes.preview)

    def action_practise(self) -> None:
        """Practise with one of the pack's plans."""
        self._go(self.routes.choose_practice)

    def action_demo(self) -> None:
        """Play one of the pack's plans."""
        self._go(self.routes.choose_demo)
