"""Home: start a call, practise, watch a demo, go on with a call, look back."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from callcoach import __version__
from callcoach.archive.ids import CallId, short
from callcoach.archive.journal import CallSummary
from callcoach.errors import CallcoachError
from callcoach.locale import mark
from callcoach.script.model import PlanId, local
from callcoach.tui.actions import HOME, Action, bindings
from callcoach.tui.draw import clock
from callcoach.tui.page import Page
from callcoach.tui.routes import Routes
from callcoach.tui.screens.dialogs import Choice, Choose
from callcoach.tui.widgets.keybar import KeyBar
from callcoach.tui.widgets.paper import Paper, Piece
from callcoach.words.display import display
from callcoach.words.wrap import clip, pad

RECENT = 50
"""How many calls are listed."""
_RESUME, _RESCUE = "resume ", "rescue "


class HomeScreen(Page):
    """Where everything begins."""

    ACTIONS: ClassVar[Sequence[Action]] = HOME
    BINDINGS: ClassVar[list[BindingType]] = bindings(HOME)

    def __init__(self, routes: Routes) -> None:
        super().__init__()
        self.routes = routes

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        with Horizontal(id="home"):
            with Vertical(id="menu"):
                yield Paper(id="brand")
                yield OptionList(id="actions")
            with Vertical(id="recent"):
                yield Paper(id="news")
                yield OptionList(id="calls")
        yield KeyBar()

    def on_mount(self) -> None:
        """Show what there is."""
        super().on_mount()
        self._fill()
        self.query_one("#actions", OptionList).focus()
        if self.desk.is_first_run():
            self.call_after_refresh(self.action_tour)

    def on_screen_resume(self) -> None:
        """Show the calls anew when another screen was left."""
        if self.is_mounted and self.query("#calls"):
            self._fill_calls()

    def words_changed(self) -> None:
        """Say everything in the other language."""
        super().words_changed()
        self.call_after_refresh(self._fill)

    def help_text(self) -> str:
        """Return what this screen is for."""
        return mark("Choose by digit, arrow keys or mouse. The calls are in the list beside it.")

    def _fill(self) -> None:
        brand = f"callcoach {__version__}"
        about = self.say("A courteous, lawful call, coached while it can still be repaired.")
        pieces = [Piece(brand, "$accent bold"), Piece(about, "dim"), Piece("")]
        self.query_one("#brand", Paper).show(pieces)
        menu = self.query_one("#actions", OptionList)
        menu.clear_options()
        menu.add_options(
            Option(Content.assemble((f" {a.keys} ", "$accent bold"), self.say(a.title)), id=a.id)
            for a in HOME
        )
        menu.highlighted = 0
        self._fill_calls()

    def _fill_calls(self) -> None:
        news: list[Piece] = []
        options: list[Option] = []
        look = self.look
        try:
            for call in self.desk.unfinished():
                text = self._row(call)
                content = Content.assemble(
                    (f"{look.signs.open} ", "$warning bold"),
                    (f"{self.say('Go on')}  ", "$warning"),
                    text,
                )
                options.append(Option(content, id=_RESUME + call.id))
            for path in self.desk.rescue_files():
                content = Content.assemble(
                    (f"{look.signs.alarm} ", "$error bold"),
                    (self.say("Take back into the journal: {name}", name=path.name), "$error"),
                )
                options.append(Option(content, id=f"{_RESCUE}{path}"))
            open_ids = {option.id for option in options}
            options += [
                Option(self._row(call), id=call.id)
                for call in self.desk.calls(RECENT)
                if _RESUME + call.id not in open_ids
            ]
        except CallcoachError as error:
            news += [
                Piece(display(error.message), "$warning", f"{look.signs.warning} ", "$warning"),
                Piece(display(error.hint), "dim", "  "),
            ]
        if not options and not news:
            nothing = self.say("No calls yet. Begin with the demo: press 3.")
            news.append(Piece(nothing, "dim"))
        self.query_one("#recent").border_title = display(self.say("Calls"))
        self.query_one("#news", Paper).show(news)
        calls = self.query_one("#calls", OptionList)
        calls.clear_options()
        calls.add_options(options)

    def _row(self, call: CallSummary) -> Content:
        when = call.started[:16].replace("T", " ")
        ended = clock(call.last_at)
        code = call.code or self.say("open")
        mode = "" if call.mode == "call" else f" · {self.say('practice')}"
        return Content.assemble(
            (f"{when}  ", "dim"),
            (pad(call.script, 11), "$foreground"),
            (f" {ended:>6} ", "dim"),
            (clip(code, 8), "$accent"),
            (f" {short(call.id)[:4]}{mode}", "dim"),
        )

    async def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Do what was chosen, or show the call."""
        id = event.option.id or ""
        if event.option_list.id == "actions":
            await self.run_action(id)
        elif id.startswith(_RESUME):
            self._attempt(lambda: self.routes.resume(CallId(id.removeprefix(_RESUME))))
        elif id.startswith(_RESCUE):
            self._take_back(id.removeprefix(_RESCUE))
        else:
            self._attempt(lambda: self.routes.past(id))

    def _take_back(self, path: str) -> None:
        try:
            count = self.desk.take_back(Path(path))
        except CallcoachError as error:
            self.tell(error)
            return
        told = "{n} event is in the journal now.", "{n} events are in the journal now."
        self.notice(self.messages.count(*told, count))
        self._fill_calls()

    def _attempt(self, go: Callable[[], None]) -> None:
        try:
            go()
        except CallcoachError as error:
            self.tell(error)

    def action_call(self) -> None:
        """Set a call up."""
        self.routes.set_up()

    def action_practise(self) -> None:
        """Choose whom to practise with."""
        pack = self.desk.settings.text("pack")
        try:
            plans = self.desk.load(pack).plans
        except CallcoachError as error:
            self.tell(error)
            return
        found = [Choice(id, plan.title.plain(self.messages.language)) for id, plan in plans.items()]

        def chosen(id: str | None) -> None:
            if id is not None:
                self._attempt(lambda: self.routes.practise(pack, PlanId(id)))

        title = self.say("Practise “{pack}” with…", pack=local(pack) or pack)
        self.app.push_screen(Choose(title, found), chosen)

    def action_demo(self) -> None:
        """Watch a demo."""
        self._attempt(lambda: self.routes.demo(self.desk.settings.text("pack"), None))

    def action_packs(self) -> None:
        """Look at the packs."""
        self.routes.packs()

    def action_settings(self) -> None:
        """Change settings."""
        self.routes.settings()

    def action_tour(self) -> None:
        """Show the tour."""
        self.routes.tour()
