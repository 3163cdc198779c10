"""An ear that hears what a test makes it tell, and notes what it is asked for."""

from collections.abc import Callable, Sequence
from pathlib import Path

from callcoach.call.coach import Coach
from callcoach.call.consent import Policy
from callcoach.call.events import Heard
from callcoach.call.live import LiveCall
from callcoach.call.ports import Saving
from callcoach.call.session import Session
from callcoach.errors import Told as Text
from callcoach.hearing.ear import Tell
from callcoach.hearing.heard import Final, Partial, Word
from callcoach.hearing.listener import Listener, Models, Told
from callcoach.hearing.live.status import Condition
from callcoach.hearing.models.registry import Model, NoModel
from callcoach.hearing.signs import Opened, Said, Sign
from callcoach.script.model import Speaker
from tests.sessions import shipped_coach, started

AGENT, CUSTOMER = 0, 1
"""The channels."""


class ScriptedEar:
    """Opens nothing; `did` is what it was asked for, in order."""

    def __init__(self) -> None:
        self.did: list[str] = []
        self.tell: Tell | None = None
        self.on_close: Callable[[], None] = lambda: None
        """What it still tells when it is closed."""

    def start(self, tell: Tell) -> None:
        self.did.append("start")
        self.tell = tell

    def open(self) -> None:
        self.did.append("open")

    def pause(self) -> None:
        self.did.append("pause")

    def resume(self) -> None:
        self.did.append("resume")

    def switch(self, model: Model) -> None:
        self.did.append(f"switch {model.name}")

    def close(self) -> None:
        self.did.append("close")
        self.on_close()

    def say(self, *signs: Sign) -> None:
        """Tell something, as from a thread of its own."""
        assert self.tell is not None, "nobody has started it"
        for sign in signs:
            self.tell(sign)


class HandClock:
    """A time of the call that a test moves."""

    def __init__(self) -> None:
        self.at = 0.0

    def now(self) -> float:
        return self.at


class Unkept:
    """A recorder that keeps nothing."""

    def append(self, events: object) -> Saving:
        return Saving(0)

    def close(self) -> Saving:
        return Saving(0)


def opened(at: float = 0.0) -> Opened:
    """Return the sign of two voices that begin."""
    return Opened((Speaker.AGENT, Speaker.CUSTOMER), ("headset", "softphone"), at)


def final(channel: int, text: str, start: float = 0.0, sure: float = 1.0, unsure: str = "") -> Said:
    """Return an utterance; the words of `unsure` are in doubt."""
    words = tuple(
        Word(word, start + 0.3 * n, start + 0.3 * n + 0.3, 0.4 if word in unsure.split() else sure)
        for n, word in enumerate(text.split())
    )
    return Said(channel, Final(words, words[-1].end + 0.6), 0.02)


def partial(channel: int, text: str, lag: float = 0.02) -> Said:
    """Return words that are still being said."""
    return Said(channel, Partial(text, 0.0, 1.0), lag)


def model(language: str = "en") -> Model:
    """Return a model that nothing loads."""
    return Model(f"model-{language}", language, Path(), 16000, False, (), None)


def no_model(language: str) -> NoModel:
    """Return that a language is not heard."""
    return NoModel(language, Text("there is no speech model"), Text("install one"))


class HeardCall:
    """A call that is heard by a scripted ear, its time moved by hand."""

    def __init__(
        self,
        coach: Coach,
        policy: Policy = Policy.ALWAYS,
        *,
        language: str = "en",
        follows: bool = True,
        models: Models | None = None,
        reads_on: bool = False,
        kept: str = "",
    ) -> None:
        session, events = Session.start(coach, started(coach.script, language))
        self.clock = HandClock()
        self.live = LiveCall(session, events, Unkept(), self.clock)
        self.ear = ScriptedEar()
        self.listener = Listener(
            self.live,
            self.ear,
            model(language),
            policy,
            follows=follows,
            models=models,
            reads_on=reads_on,
            kept=kept,
        )
        self._told: list[Told] = []
        self.listener.start(self._told.append)

    def hear(self, *signs: Sign) -> None:
        """Let the ear tell something, and the listener take it."""
        self.ear.say(*signs)
        while self._told:
            self.listener.take(self._told.pop(0))

    def kinds(self) -> list[str]:
        """Return the kinds of all events so far."""
        return [str(type(event).__struct_config__.tag) for event in self.live.events]


def guide() -> Coach:
    """Return the coach of a shipped pack."""
    return shipped_coach("courtesy")


def heard_call(policy: Policy = Policy.ALWAYS, *, follows: bool = True) -> HeardCall:
    """Return a call by a shipped pack."""
    return HeardCall(guide(), policy, follows=follows)


def how(call: HeardCall) -> tuple[Condition, str]:
    """Return what hearing is doing, and why."""
    status = call.listener.status
    return status.condition, status.reason


def texts(call: HeardCall) -> Sequence[str]:
    """Return what was written down."""
    return [event.text for event in call.live.events if isinstance(event, Heard)]
