"""What a call is listened to with: devices by the settings, when, and at which time."""

from collections.abc import Sequence

import pytest

from callcoach.call.consent import Policy
from callcoach.cli.call_clock import CallClock, SoundClock
from callcoach.cli.hearing.audio import Audio
from callcoach.cli.hearing.ears import Ears
from callcoach.cli.workplace import Workplace
from callcoach.errors import AudioError
from callcoach.hearing.capture.device_list import Listed
from callcoach.hearing.sound import RATE, Device, Piped, Recording, Wanted
from callcoach.script.model import Speaker
from tests.cli.home import Home

HEADSET = Listed("Headset", "ALSA", 1, 48000, True, False)
CABLE = Listed("Cable", "ALSA", 2, 48000, False, False)
PLAYED = Listed("Loudspeakers", "PulseAudio", 2, 48000, True, True)
OWN, USUAL = Device(Speaker.AGENT, "Headset"), Device(Speaker.AGENT)


def ears(
    audio: Audio | None = None, listed: Sequence[Listed] = (), **settings: str
) -> "ListedEars":
    """Return the ears of a user with these settings and devices."""
    return ListedEars(Workplace(settings), audio, tuple(listed))


class ListedEars(Ears):
    """Ears on a machine with other devices."""

    def __init__(self, place: Workplace, audio: Audio | None, listed: tuple[Listed, ...]) -> None:
        super().__init__(place, audio)
        self._listed = listed

    def devices(self) -> tuple[Listed, ...]:
        return self._listed

    def wanted(self, is_alone: bool = False) -> Wanted:
        return self._wanted(is_alone)

    def policy(self, is_alone: bool = False) -> Policy:
        return self._policy(is_alone)


pytestmark = pytest.mark.usefixtures("home")


@pytest.mark.parametrize(
    ("settings", "listed", "found"),
    [
        ({}, [HEADSET, PLAYED], (USUAL, Device(Speaker.CUSTOMER, is_loopback=True))),
        ({}, [HEADSET], (USUAL,)),
        ({"far_side": "none"}, [HEADSET, PLAYED], (USUAL,)),
        (
            {"microphone": "Headset", "far_side": "Loudspeakers"},
            [HEADSET, CABLE, PLAYED],
            (OWN, Device(Speaker.CUSTOMER, "Loudspeakers", is_loopback=True)),
        ),
        ({"far_side": "Cable"}, [HEADSET, CABLE], (USUAL, Device(Speaker.CUSTOMER, "Cable"))),
    ],
)
def test_the_devices_are_those_of_the_settings(
    settings: dict[str, str], listed: Sequence[Listed], found: Wanted
) -> None:
    assert ears(None, listed, **settings).wanted() == found


def test_in_practice_only_the_agent_is_heard() -> None:
    assert ears(None, [HEADSET, PLAYED]).wanted(is_alone=True) == (USUAL,)


@pytest.mark.parametrize(
    ("settings", "listed", "told"),
    [
        ({}, [], "there is no microphone"),
        ({}, [PLAYED], "there is no microphone"),
        ({"microphone": "Headphones"}, [HEADSET], "no sound device “Headphones”"),
        ({"far_side": "Softphone"}, [HEADSET, PLAYED], "no sound device “Softphone”"),
    ],
)
def test_a_device_that_there_is_not_is_told(
    settings: dict[str, str], listed: Sequence[Listed], told: str
) -> None:
    with pytest.raises(AudioError, match=told):
        ears(None, listed, **settings).wanted()


def test_a_file_and_a_pipe_are_as_the_command_line_says() -> None:
    roles = (Speaker.CUSTOMER, Speaker.AGENT)
    assert ears(Audio("a.wav", roles, 2.0)).wanted() == Recording("a.wav", roles, 2.0)
    assert ears(Audio("-", roles, rate=8000)).wanted() == Piped(8000, 2, roles)
    assert ears(Audio("-")).wanted() == Piped(RATE, 2, (Speaker.AGENT, Speaker.CUSTOMER))


@pytest.mark.parametrize(
    ("source", "settings", "policy"),
    [
        ("mic", {}, Policy.SCRIPT),
        ("-", {}, Policy.SCRIPT),
        ("a.wav", {}, Policy.ALWAYS),
        ("a.wav", {"listen": "ask"}, Policy.ASK),
        ("mic", {"listen": "never"}, Policy.NEVER),
    ],
)
def test_what_is_recorded_already_is_listened_to_from_its_beginning(
    source: str, settings: dict[str, str], policy: Policy
) -> None:
    assert ears(Audio(source), (), **settings).policy() is policy


@pytest.mark.parametrize(
    ("settings", "policy"),
    [({}, Policy.ALWAYS), ({"listen": "ask"}, Policy.ASK), ({"listen": "never"}, Policy.NEVER)],
)
def test_an_agent_alone_is_listened_to_from_the_beginning(
    settings: dict[str, str], policy: Policy
) -> None:
    assert ears(Audio("mic"), (), **settings).policy(is_alone=True) is policy


def test_the_time_of_a_recording_begins_with_its_sound() -> None:
    clock = ears(Audio("a.wav", speed=4.0)).clock()
    assert isinstance(clock, SoundClock)
    assert clock.now() == 0.0
    clock.start()
    assert clock.now() >= 0.0
    assert isinstance(ears(Audio("a.wav"), listen="script").clock(), CallClock)
    assert ears(Audio("mic")).clock() is None


def test_calls_are_listened_to_where_the_settings_or_the_command_line_want_it(home: Home) -> None:
    assert home.path.is_dir()
    assert not ears().are_wanted
    assert ears(hearing="mic").are_wanted
    assert ears(Audio("mic")).are_wanted
