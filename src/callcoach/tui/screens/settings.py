"""The settings: one row each, changed in place and kept in the settings file."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.events import Resize
from textual.widgets import OptionList
from textual.widgets.option_list import Option as Row

from callcoach.errors import CallcoachError
from callcoach.locale import LANGUAGES, mark
from callcoach.settings import OPTIONS, ORIGINS, Kind, Option, Setting, parse_value, written
from callcoach.tui.actions import SETTINGS, Action, bindings
from callcoach.tui.page import Page
from callcoach.tui.screens.dialogs import Ask, Choice, Choose
from callcoach.tui.widgets.keybar import KeyBar
from callcoach.tui.widgets.options import Options
from callcoach.tui.widgets.paper import Paper, Piece
from callcoach.words.display import display
from callcoach.words.wrap import clip, pad, width

_VALUES = {
    "auto": mark("as the system"),
    "yes": mark("Yes"),
    "no": mark("No"),
    "callcoach-dark": mark("dark"),
    "callcoach-light": mark("light"),
    "high-contrast": mark("high contrast"),
    "ansi": mark("the terminal's own"),
    "off": mark("nothing"),
    "mic": mark("microphone"),
    "script": mark("as the script says"),
    "always": mark("always"),
    "ask": mark("when I say so"),
    "never": mark("never"),
    "none": mark("not heard"),
}
"""What values are called that are no user's words."""


class SettingsScreen(Page):
    """Shows every setting with its value and where it comes from."""

    ACTIONS: ClassVar[Sequence[Action]] = SETTINGS
    BINDINGS: ClassVar[list[BindingType]] = bindings(SETTINGS)

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        yield Paper(id="about")
        yield Options(id="settings")
        yield Paper(id="setting-help")
        yield KeyBar()

    def appear(self) -> None:
        """Show the settings."""
        super().appear()
        self._fill(0)
        self.query_one(OptionList).focus()

    def words_changed(self) -> None:
        """Say everything in the other language."""
        super().words_changed()
        self.once_painted(lambda: self._fill(0))

    def help_text(self) -> str:
        """Return what this screen is for."""
        return mark("Enter changes a setting; it is written to the settings file at once.")

    def _fill(self, place: int) -> None:
        where = self.say("Kept in {path}", path=self.desk.settings.file)
        about = [
            Piece(self.say("Settings"), "$accent bold"),
            Piece(display(where), "dim"),
            Piece(""),
        ]
        self.query_one("#about", Paper).show(about)
        rows = self.query_one("#settings", OptionList)
        rows.clear_options()
        columns = self._columns()
        rows.add_options(Row(self._row(option, *columns), id=option.name) for option in OPTIONS)
        rows.highlighted = place

    def _row(self, option: Option, name: int, value: int) -> Content:
        """Return a setting as a row; its name and its value have so many cells."""
        setting = self.desk.settings.all[option.name]
        title, shown = self.say(option.title), self._shown(written(setting.value))
        return Content.assemble(
            (f" {pad(clip(display(title), name), name)} ", "$accent bold"),
            (pad(clip(display(shown), value), value + 1), "$foreground"),
            (self.say(ORIGINS[setting.origin]), "dim"),
        )

    def _columns(self) -> tuple[int, int]:
        """Return the cells of names, which have what they need, and of values."""
        room = self.app.size.width
        longest = max(width(self.say(option.title)) for option in OPTIONS)
        name = min(longest, max(room // 3, 8))
        values = (written(setting.value) for setting in self.desk.settings.all.values())
        value = max(width(display(self._shown(value))) for value in values)
        origin = max(width(self.say(told)) for told in ORIGINS.values())
        return name, max(min(room - name - origin - 10, value), 8)

    def on_resize(self, _event: Resize) -> None:
        """Lay the rows out anew for another width."""
        self._fill(self.query_one("#settings", OptionList).highlighted or 0)

    def action_change(self) -> None:
        """Change the setting that is highlighted."""
        self.query_one("#settings", OptionList).action_select()

    def _shown(self, value: str) -> str:
        """Return what a value is called."""
        if value in _VALUES:
            return self.say(_VALUES[value])
        return LANGUAGES.get(value, value)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say what the setting is for."""
        setting = self.desk.settings.all[event.option.id or ""]
        line = f"{setting.option.name} = {written(setting.value)}"
        told = [Piece(self.say(setting.option.help)), Piece(display(line), "dim")]
        self.query_one("#setting-help", Paper).show(told)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Change a setting."""
        setting = self.desk.settings.all[event.option.id or ""]
        option, place = setting.option, event.option_index

        def changed(value: str | None) -> None:
            if value is not None:
                self._change(setting, value, place)

        title = self.say(option.help)
        if option.name in ("microphone", "far_side"):
            self._choose_devices(place)
        elif option.kind is Kind.FLAG:
            values = [Choice("yes", self.say("Yes")), Choice("no", self.say("No"))]
            self.app.push_screen(Choose(title, values), changed)
        elif option.kind is Kind.CHOICE:
            values = [
                Choice(name, self._shown(name), is_marked=name == setting.value)
                for name in option.choices
            ]
            self.app.push_screen(Choose(title, values), changed)
        else:

            def problem(text: str) -> str:
                try:
                    parse_value(option.name, text, self.say(option.title))
                except CallcoachError as error:
                    return self.messages.tell(error)
                return ""

            self.app.push_screen(
                Ask(title, written(setting.value), _form(option), problem), changed
            )

    def _choose_devices(self, place: int) -> None:
        from callcoach.tui.screens.devices import DeviceScreen  # opened by a key, not at start-up

        def chosen(is_changed: bool | None) -> None:
            if is_changed:
                self._fill(place)

        self.app.push_screen(DeviceScreen(self.desk, self.look), chosen)

    def _change(self, setting: Setting, value: str, place: int) -> None:
        try:
            self.desk.set(setting.option.name, value)
        except CallcoachError as error:
            self.tell(error)
            return
        self._coach.apply_settings()
        now = self.desk.settings.all[setting.option.name]
        if written(now.value) != value and now.where:
            told = self.say("{where} has the last word here.", where=now.where)
            self.notice(told)
        self._fill(place)


def _form(option: Option) -> str:
    return "name=value; name=value" if option.kind is Kind.TABLE else ""
