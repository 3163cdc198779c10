"""Small questions over a screen: choose one of several, say yes or no, or type a text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from callcoach.tui.modal import Modal
from callcoach.tui.widgets.lettered import Lettered
from callcoach.tui.widgets.line import Line
from callcoach.tui.widgets.paper import Paper, Piece
from callcoach.words.display import display
from callcoach.words.wrap import clip, pad, width

if TYPE_CHECKING:
    from callcoach.tui.application import Application


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several things to choose from."""

    id: str
    label: str
    hint: str = ""
    is_marked: bool = False
    """It stands out: suggested, or the present one."""
    detail: str = ""
    """Shown below the list while this is the one that Enter would choose."""


_DIGITS = 10
"""There are so many; where there are more choices, the last one gives the others their digits."""


class Choose(Modal[str | None]):
    """Lets the user choose by digit, letters, arrow keys or mouse; Escape chooses nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss_none", show=False),
        *(Binding(str(digit), f"pick({digit or 10})", show=False) for digit in range(10)),
    ]

    def __init__(self, title: str, choices: Sequence[Choice], about: Sequence[str] = ()) -> None:
        """Offer `choices`; `about` are paragraphs that stand before them."""
        super().__init__()
        self._title = title
        self._choices = tuple(choices)
        self._about = tuple(about)
        self._first = 0
        """The place of the choice that has the digit 1."""

    @property
    def _by_digit(self) -> int:
        """Return how many choices have a digit at a time."""
        return _DIGITS if len(self._choices) <= _DIGITS else _DIGITS - 1

    def compose(self) -> ComposeResult:
        """Lay the dialog out."""
        with Vertical(id="dialog"):
            yield Static(Content.styled(display(self._title), "bold"), id="dialog-title")
            if self._about:
                yield Paper(id="dialog-about")
            labels = [display(choice.label) for choice in self._choices]
            options = [Option(prompt, id=id) for id, prompt in self._prompts()]
            yield Lettered(options, labels, self._tell_typed, id="dialog-list")
            if len(self._choices) > _DIGITS:
                yield Paper(id="dialog-more")
            typed = Paper(id="dialog-typed")
            typed.display = False
            yield typed
            if any(choice.detail for choice in self._choices):
                yield Paper(id="dialog-detail")

    def _prompts(self) -> Iterator[tuple[str, Content]]:
        """Yield the id of each choice and how it is told, with its digit if it has one now."""
        widest = max((width(choice.label) for choice in self._choices), default=0)
        column = min(widest, 40) + 2
        for number, choice in enumerate(self._choices, 1 - self._first):
            digit = str(number % _DIGITS) if 1 <= number <= self._by_digit else " "
            style = "$accent bold" if choice.is_marked else "$foreground"
            label = display(choice.label)
            shown = pad(clip(label, column - 2), column) if choice.hint else label
            yield (
                choice.id,
                Content.assemble(
                    (f" {digit} ", "$accent bold"), (shown, style), (display(choice.hint), "dim")
                ),
            )

    def on_mount(self) -> None:
        """Begin at the first choice that stands out."""
        marked = next((n for n, choice in enumerate(self._choices) if choice.is_marked), 0)
        chooser = self.query_one(OptionList)
        chooser.highlighted = marked if self._choices else None
        self.set_focus(chooser)
        _show_about(self, self._about)
        told = cast("Application", self.app).messages.say("More…")
        for more in self.query("#dialog-more").results(Paper):
            more.show([Piece(told, "dim", " 0 ", "$accent bold", action="screen.pick(10)")])

    def _tell_typed(self, text: str, is_found: bool) -> None:
        """Show the letters that were typed, and what to do where no choice has them."""
        paper = self.query_one("#dialog-typed", Paper)
        paper.display = bool(text)
        if is_found:
            paper.show([Piece(display(text), "$accent")])
            return
        told = cast("Application", self.app).messages.say(
            "None here has “{letters}”: choose by digit or by the arrow keys.", letters=text
        )
        paper.show([Piece(display(told), "$warning")])

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show more about the choice that Enter would take."""
        for detail in self.query("#dialog-detail").results(Paper):
            detail.show([Piece(display(self._choices[event.option_index].detail), "dim")])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose."""
        self.dismiss(event.option.id)

    def action_pick(self, number: int) -> None:
        """Choose by digit, or give the next choices their digits."""
        place = self._first + number - 1
        if number > self._by_digit:
            self._turn()
        elif place < len(self._choices):
            self.dismiss(self._choices[place].id)

    def _turn(self) -> None:
        """Give the choices after those that have digits theirs; after the last the first again."""
        following = self._first + self._by_digit
        self._first = following if following < len(self._choices) else 0
        chooser = self.query_one(OptionList)
        for place, (_, prompt) in enumerate(self._prompts()):
            chooser.replace_option_prompt_at_index(place, prompt)
        chooser.highlighted = min(self._first + self._by_digit, len(self._choices)) - 1
        chooser.highlighted = self._first

    def action_dismiss_none(self) -> None:
        """Choose nothing."""
        self.dismiss(None)


def _show_about(dialog: Screen[Any], paragraphs: Sequence[str]) -> None:
    for about in dialog.query("#dialog-about").results(Paper):
        about.show(Piece(display(text), "$foreground") for text in paragraphs)


def choose(
    asker: Screen[Any],
    title: str,
    choices: Sequence[Choice],
    take: Callable[[str], object],
    about: Sequence[str] = (),
) -> None:
    """Let the user choose over a screen, and let `take` have what was chosen; nothing after Esc."""

    def chosen(id: str | None) -> None:
        if id is not None:
            take(id)

    asker.app.push_screen(Choose(title, choices, about), chosen)


def confirm(
    asker: Screen[Any],
    title: str,
    no: str,
    yes: str,
    do: Callable[[], None],
    about: Sequence[str] = (),
) -> None:
    """Ask before something is done; Enter does not do it."""

    def chosen(answer: str) -> None:
        if answer == "yes":
            do()

    choose(asker, title, [Choice("no", no, is_marked=True), Choice("yes", yes)], chosen, about)


class Ask(Modal[str | None]):
    """Asks for one line of text; Escape gives none. A text that does not do is asked for again."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss_none", show=False)]

    def __init__(
        self,
        title: str,
        value: str = "",
        hint: str = "",
        problem: Callable[[str], str] | None = None,
        about: Sequence[str] = (),
    ) -> None:
        """Ask for a text; `problem` tells why one does not do, empty where it does.

        `about` are paragraphs that stand before it.
        """
        super().__init__()
        self._about = tuple(about)
        self._title = title
        self._value = value
        self._hint = hint
        self._problem = problem

    def compose(self) -> ComposeResult:
        """Lay the dialog out; the last row is not the input's, where some terminals hide it."""
        with Vertical(id="dialog"):
            yield Static(Content.styled(display(self._title), "bold"), id="dialog-title")
            if self._about:
                yield Paper(id="dialog-about")
            yield Line(self._take, self._value, id="dialog-line")
            yield Static(Content.styled(f" {display(self._hint)}", "dim"), id="dialog-hint")

    def on_mount(self) -> None:
        """Begin to type; at once, for keys that are pressed as soon as the dialog is seen."""
        self.set_focus(self.query_one(Line))
        _show_about(self, self._about)

    def _take(self, line: Line) -> None:
        """Give the text, or say below it why it does not do."""
        text = line.value.strip()
        problem = self._problem(text) if text and self._problem else ""
        if problem:
            hint = self.query_one("#dialog-hint", Static)
            hint.update(Content.styled(f" {display(problem)}", "$warning"))
        else:
            self.dismiss(text or None)

    def action_dismiss_none(self) -> None:
        """Give none."""
        self.dismiss(None)
