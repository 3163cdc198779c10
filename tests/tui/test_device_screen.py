"""The devices are chosen by keyboard, tried only where the user goes, and remembered."""

from collections.abc import Callable

import pytest
from textual.widgets import OptionList

from callcoach.errors import AudioError
from callcoach.hearing.capture.device_list import Listed
from callcoach.hearing.checking.probe import Shown
from callcoach.hearing.signs import Level, Trouble, Troubled
from callcoach.hearing.sound import Device
from callcoach.script.model import Speaker
from callcoach.tui.screens import devices
from tests.hearing.scripted_ear import AGENT, CUSTOMER, final, opened, partial
from tests.tui.stage import ScriptedEars, call_of, call_stage, home_stage, shown, until, until_shown

HEADSET = Listed("Headset", "ALSA", 1, 48000, True, False)
WEBCAM = Listed(
    "Webcam whose name is longer than the room there is", "ALSA", 2, 44100, False, False
)
SPEAKERS = Listed("Loudspeakers", "PulseAudio", 2, 48000, True, True)


class Probes:
    """The devices that are tried, in order; none is opened."""

    def __init__(self) -> None:
        self.tried: list[Device] = []
        self.open: list[Device] = []
        self.tell: Callable[[Shown], object] = lambda _shown: None

    def __call__(self, device: Device, tell: Callable[[Shown], object]) -> "Probes":
        self.tried.append(device)
        self.open.append(device)
        self.tell = tell
        return self

    def close(self) -> None:
        self.open.pop()


@pytest.fixture
def probes(monkeypatch: pytest.MonkeyPatch) -> Probes:
    """Let nothing be opened by the dialog."""
    made = Probes()
    monkeypatch.setattr(devices, "Probe", made)
    return made


async def test_a_device_is_tried_where_the_user_goes_and_chosen_with_enter(probes: Probes) -> None:
    ears = ScriptedEars()
    ears.found = (HEADSET, WEBCAM, SPEAKERS)
    async with call_stage("courtesy", ears=ears).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "open" in ears.ear.did)
        first = ears.ear
        await pilot.press("ctrl+d")
        await until_shown(pilot, "Your voice", "✓ the usual one (Headset)", "The customer")
        await until_shown(pilot, "✓ the usual one (Loudspeakers)")
        await until_shown(pilot, "Move to a device to try it.")
        assert probes.tried == []
        await pilot.press("down")
        await until_shown(pilot, "Opening…")
        assert probes.open == [Device(Speaker.AGENT, "Headset")]
        probes.tell(Level(0, -20.0, -10.0))
        await until_shown(pilot, "▮▮▮", "-20 dB")
        await pilot.press("down")
        await until(pilot, lambda: probes.open == [Device(Speaker.AGENT, WEBCAM.name)])
        probes.tell(Troubled(Trouble.FAILED, reason="check its rights"))
        await until_shown(pilot, "check its rights")
        await pilot.press("up", "enter")
        await until_shown(pilot, "✓ Headset")
        rows = pilot.app.screen.query_one(OptionList)
        for _ in range(rows.option_count):
            prompt = str(rows.highlighted_option.prompt if rows.highlighted_option else "")
            if "Loudspeakers" in prompt and "usual" not in prompt:
                break
            await pilot.press("down")
        assert probes.open == [Device(Speaker.CUSTOMER, "Loudspeakers", is_loopback=True)]
        await pilot.press("enter", "escape")
        await until(pilot, lambda: ears.ear is not first and "open" in ears.ear.did)
        assert probes.open == []
        assert first.did[-1] == "close"
        settings = call_of(pilot).desk.settings
        assert settings.text("microphone") == "Headset"
        assert settings.text("far_side") == "Loudspeakers"


async def test_words_on_their_way_come_before_other_devices_and_none_after(probes: Probes) -> None:
    ears = ScriptedEars()
    ears.found = (HEADSET,)
    async with call_stage("courtesy", ears=ears).run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "open" in ears.ear.did)
        before = ears.ear
        before.say(opened(), partial(AGENT, "thank you"))
        await until_shown(pilot, "● Listening", "thank you")
        before.on_close = lambda: before.say(final(AGENT, "thank you for waiting"))
        await pilot.press("ctrl+d")
        await until_shown(pilot, "Headset")
        await pilot.press("enter", "escape")
        await until(pilot, lambda: ears.ear is not before and "open" in ears.ear.did)
        before.say(final(CUSTOMER, "who is this"))
        ears.ear.say(opened(), final(CUSTOMER, "yes this is she"))
        await until_shown(pilot, "Agent    thank you for waiting", "Customer yes this is she")
        assert "who is this" not in shown(pilot)
        assert before.did.count("close") == 1
        assert probes.tried == []


async def test_the_customer_need_not_be_heard(probes: Probes) -> None:
    ears = ScriptedEars()
    ears.found = (HEADSET,)
    async with call_stage("courtesy", ears=ears).run_test(size=(120, 40)) as pilot:
        await pilot.press("ctrl+d")
        await until_shown(pilot, "not heard by machine")
        await pilot.press("end", "enter", "escape")
        await until(pilot, lambda: call_of(pilot).desk.settings.text("far_side") == "none")
        assert probes.open == []


@pytest.mark.usefixtures("probes")
async def test_a_chosen_device_that_is_not_there_is_told() -> None:
    ears = ScriptedEars()
    ears.found = (HEADSET, SPEAKERS)
    flags = {"microphone": "Old headset", "far_side": "Loudspeakers"}
    async with call_stage("courtesy", flags, ears=ears).run_test(size=(120, 40)) as pilot:
        await pilot.press("ctrl+d")
        await until_shown(pilot, "✓ Old headset: not there", "✓ Loudspeakers")
        assert shown(pilot).count("not there") == 1


async def test_the_list_is_made_anew_and_may_be_empty(probes: Probes) -> None:
    ears = ScriptedEars()
    async with call_stage("courtesy", ears=ears).run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+d")
        await until_shown(pilot, "No devices.")
        ears.found = (HEADSET,)
        await pilot.press("f5")
        await until_shown(pilot, "Headset", "Move to a device to try it.")
        assert probes.tried == []


@pytest.mark.usefixtures("probes")
async def test_what_is_wrong_is_told_with_the_whole_remedy() -> None:
    class Silent(ScriptedEars):
        def devices(self) -> tuple[Listed, ...]:
            remedy = "start PulseAudio or PipeWire: systemctl --user start pipewire-pulse"
            raise AudioError("no sound service is running", remedy)

    async with call_stage("courtesy", ears=Silent()).run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+d")
        await until_shown(pilot, "no sound service is running", "--user start", "pipewire-pulse")
        await until_shown(pilot, "Esc closes.", "Nothing that is heard here is kept.")


async def test_leaving_without_a_choice_changes_nothing(probes: Probes) -> None:
    ears = ScriptedEars()
    ears.found = (HEADSET,)
    async with call_stage("courtesy", ears=ears).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "open" in ears.ear.did)
        await pilot.press("ctrl+d")
        await until_shown(pilot, "Headset")
        await pilot.press("down", "escape")
        await until(pilot, lambda: probes.open == [])
        assert ears.ear.did == ["start", "open"]


@pytest.mark.usefixtures("probes")
async def test_the_settings_open_it_too() -> None:
    ears = ScriptedEars()
    ears.found = (HEADSET,)
    async with home_stage(ears=ears).run_test(size=(120, 40)) as pilot:
        await pilot.press("5")
        await until_shown(pilot, "Microphone", "Far side")
        rows = pilot.app.screen.query_one("#settings", OptionList)
        rows.highlighted = rows.get_option_index("microphone")
        await pilot.press("enter")
        await until_shown(pilot, "Your voice", "Headset")
        await pilot.press("down", "enter", "escape")
        await until(pilot, lambda: "Your voice" not in shown(pilot))
        await until_shown(pilot, "Headset")
