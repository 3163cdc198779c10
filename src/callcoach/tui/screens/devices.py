"""Chooses the devices of a call: whose voice is on which, with a meter to try them by ear."""

import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from callcoach.errors import AudioError, CallcoachError
from callcoach.hearing.capture.device_list import Listed
from callcoach.hearing.checking.probe import Probe, Shown
from callcoach.hearing.signs import Level
from callcoach.hearing.sound import Device
from callcoach.script.model import Speaker
from callcoach.tui.hearing import meter
from callcoach.tui.look import Look
from callcoach.tui.modal import Modal
from callcoach.tui.ports import NO_FAR_SIDE, Desk
from callcoach.tui.widgets.options import Options
from callcoach.tui.widgets.paper import Paper, Piece
from callcoach.tui.widgets.row import Row
from callcoach.words.display import display
from callcoach.words.wrap import clip, pad

_NAME = 44
"""Cells for the name of a device."""


class Devices(Message):
    """The devices have been listed."""

    def __init__(self, found: Sequence[Listed], error: CallcoachError | None) -> None:
        super().__init__()
        self.found = found
        self.error = error


class Loudness(Message):
    """The device that is tried has told something."""

    def __init__(self, device: Device, shown: Shown) -> None:
        super().__init__()
        self.device = device
        self.shown = shown


@dataclass(frozen=True, slots=True)
class _Place:
    """What a row of the list chooses."""

    setting: str
    name: str
    """As it is written in the settings; empty for the machine's usual device."""
    device: Device | None
    """What is tried there; None for nothing."""


class DeviceScreen(Modal[bool | None]):
    """Lists microphones and far sides; gives True where another one was chosen.

    A device is opened only once the user has moved to it, and closed when they move on.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("f5,ctrl+r", "look_again", show=False),
    ]

    def __init__(self, desk: Desk, look: Look) -> None:
        super().__init__()
        self._desk = desk
        self._look = look
        self._places: dict[str, _Place] = {}
        self._probe: Probe | None = None
        self._tried: Device | None = None
        self._first: str | None = None
        """The row that was marked without the user's doing; it is not tried."""
        self._is_changed = False

    def compose(self) -> ComposeResult:
        """Lay the dialog out."""
        say = self._look.messages.say
        with Vertical(id="dialog"):
            yield Static(Content.styled(display(say("Sound devices")), "bold"), id="dialog-title")
            yield Options(id="dialog-list")
            yield Row(id="device-level")
            yield Paper(id="device-problem")
            yield Paper(id="dialog-detail")

    def on_mount(self) -> None:
        """List the devices."""
        self.query_one(OptionList).focus()
        say = self._look.messages.say
        keys = say("Arrows try a device, Enter chooses it, F5 looks again, Esc closes.")
        kept = say("Nothing that is heard here is kept.")
        self.query_one("#dialog-detail", Paper).show([Piece(keys, "dim"), Piece(kept, "dim")])
        self.action_look_again()

    def action_look_again(self) -> None:
        """List the devices anew."""
        self._stop()
        self._show_level(self._look.messages.say("Looking for devices…"))
        threading.Thread(target=self._list, name="callcoach-devices", daemon=True).start()

    def _list(self) -> None:
        """Ask for the devices, in a thread: that takes as long as it takes."""
        try:
            message = Devices(self._desk.ears.devices(), None)
        except CallcoachError as error:
            message = Devices((), error)
        self.post_message(message)

    def on_devices(self, message: Devices) -> None:
        """Show what there is."""
        say = self._look.messages.say
        rows = self.query_one(OptionList)
        rows.clear_options()
        self._places.clear()
        if message.error is not None:
            self._show_error(message.error)
            return
        self._show_level(
            say("Move to a device to try it.") if message.found else say("No devices.")
        )
        rows.add_options(self._rows(message.found))
        chosen = [id for id, place in self._places.items() if self._is_chosen(place)]
        self._first = chosen[0] if chosen else None
        rows.highlighted = rows.get_option_index(self._first) if self._first else None

    def _rows(self, found: Sequence[Listed]) -> Iterator[Option]:
        say = self._look.messages.say
        yield self._title(say("Your voice"))
        usual = self._usual(one for one in found if not one.is_loopback)
        yield self._row(_Place("microphone", "", Device(Speaker.AGENT)), usual)
        inputs = [one for one in found if not one.is_loopback]
        for one in inputs:
            yield self._row(_Place("microphone", one.name, _device(one, Speaker.AGENT)), one)
        yield from self._missing("microphone", Speaker.AGENT, inputs)
        yield self._title(say("The customer"))
        loopbacks = [one for one in found if one.is_loopback]
        if loopbacks:
            device = Device(Speaker.CUSTOMER, is_loopback=True)
            yield self._row(_Place("far_side", "", device), self._usual(loopbacks))
        for one in (*loopbacks, *inputs):
            yield self._row(_Place("far_side", one.name, _device(one, Speaker.CUSTOMER)), one)
        yield from self._missing("far_side", Speaker.CUSTOMER, found)
        yield self._row(_Place("far_side", NO_FAR_SIDE, None), say("not heard by machine"))

    def _missing(self, setting: str, role: Speaker, found: Iterable[Listed]) -> Iterator[Option]:
        """Yield the row of the device that is chosen where it is not among those there are."""
        name = self._desk.settings.text(setting)
        if name not in ("", NO_FAR_SIDE, *(one.name for one in found)):
            told = self._look.messages.say("{name}: not there", name=clip(name, _NAME))
            yield self._row(_Place(setting, name, Device(role, name)), told)

    def _usual(self, among: Iterable[Listed]) -> str:
        """Return what the usual device is called, with its name where that is known."""
        say = self._look.messages.say
        name = next((one.name for one in among if one.is_default), "")
        if not name:
            return say("the usual one")
        return say("the usual one ({name})", name=clip(name, _NAME))

    def _title(self, text: str) -> Option:
        return Option(Content.styled(display(text), "$accent bold"), disabled=True)

    def _row(self, place: _Place, shown: Listed | str) -> Option:
        id = f"place-{len(self._places)}"
        self._places[id] = place
        sign = self._look.signs.met if self._is_chosen(place) else " "
        if isinstance(shown, str):
            return Option(Content.assemble((f" {sign} ", "$success"), display(shown)), id=id)
        name = pad(clip(display(shown.name), _NAME), _NAME)
        kind = self._look.messages.say("what is played") if shown.is_loopback else shown.host
        return Option(
            Content.assemble((f" {sign} ", "$success"), name, (f" {display(kind)}", "dim")), id=id
        )

    def _is_chosen(self, place: _Place) -> bool:
        return self._desk.settings.text(place.setting) == place.name

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Try the device that the user has moved to."""
        id, self._first = event.option.id, None if event.option.id != self._first else self._first
        if id is None or id == self._first:
            return
        self._stop()
        device = self._places[id].device
        if device is None:
            self._show_level("")
            return
        self._tried = device
        self._show_level(self._look.messages.say("Opening…"))
        try:
            self._probe = Probe(device, lambda shown: self.post_message(Loudness(device, shown)))
        except OSError as error:
            self._show_error(AudioError(error.strerror or ""))

    def on_loudness(self, message: Loudness) -> None:
        """Show how loud the device is that is tried, or why it is not heard."""
        if message.device != self._tried:
            return
        match message.shown:
            case Level(_, rms):
                bar = meter(rms, self._look, finer=4)
                told = self._look.messages.say("{n} dB", n=f"{rms:.0f}")
                self._show_level(f"{bar}  {told}", "$success")
            case troubled:
                self._show_error(troubled.told)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose a device, and remember it."""
        place = self._places.get(event.option.id or "")
        if place is None:
            return
        try:
            self._desk.set(place.setting, place.name)
        except CallcoachError as error:
            self._show_error(error)
            return
        self._is_changed = True
        self._mark()

    def _mark(self) -> None:
        """Show anew which devices are chosen."""
        rows = self.query_one(OptionList)
        for id, place in self._places.items():
            prompt = rows.get_option(id).prompt
            sign = self._look.signs.met if self._is_chosen(place) else " "
            if isinstance(prompt, Content):
                marked = Content.assemble((f" {sign} ", "$success"), prompt[3:])
                rows.replace_option_prompt(id, marked)

    def _show_level(self, text: str, style: str = "dim") -> None:
        self.query_one("#device-problem", Paper).show(())
        self.query_one("#device-level", Row).show(Piece(display(text), style, "   "))

    def _show_error(self, error: CallcoachError) -> None:
        """Say what is wrong and what to do about it, on as many rows as that takes."""
        self._show_level("")
        say = self._look.messages.say
        told = ((error.message, "$warning"), (error.hint, "dim"))
        pieces = [Piece(display(say(text)), style) for text, style in told if text]
        self.query_one("#device-problem", Paper).show(pieces)

    def _stop(self) -> None:
        """Close the device that is tried."""
        probe, self._probe, self._tried = self._probe, None, None
        if probe is not None:
            probe.close()

    def action_leave(self) -> None:
        """Close the dialog."""
        self.dismiss(self._is_changed)

    def on_unmount(self) -> None:
        """Close the device."""
        self._stop()


def _device(listed: Listed, role: Speaker) -> Device:
    return Device(role, listed.name, listed.is_loopback)
