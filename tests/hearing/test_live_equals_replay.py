"""The same sound, heard live and transcribed to be replayed, gives the same events."""

from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

import pytest
from msgspec import structs

from callcoach.archive.transcripts import parse_transcript
from callcoach.call.coach import Coach
from callcoach.call.consent import Policy
from callcoach.call.events import (
    CallEnded,
    CueHeard,
    Event,
    ExitTaken,
    FlagCleared,
    FlagRaised,
    Heard,
    Jumped,
    ObjectionOpened,
    StepEntered,
    Suggested,
)
from callcoach.call.inputs import FOLLOW, EndCall
from callcoach.call.live import LiveCall
from callcoach.call.playback import Playback
from callcoach.call.ports import Saving
from callcoach.call.replay import beats
from callcoach.call.session import Session
from callcoach.hearing.batch.batch import Batch, Ticket, Transcribed
from callcoach.hearing.batch.crew import Crew
from callcoach.hearing.ear import Tell
from callcoach.hearing.listener import Listener, Told
from callcoach.hearing.models.registry import Model
from callcoach.hearing.recognise.messages import Load
from callcoach.hearing.signs import Opened, Over, Sign
from callcoach.hearing.sound import Recording
from callcoach.hearing.transcribing.transcript_files import Format, write
from callcoach.locale import Messages
from tests.hearing.listening import listening, tiny
from tests.hearing.recordings import MODELS, SETS
from tests.sessions import shipped_coach, started

JUDGED = (
    *(CueHeard, FlagRaised, FlagCleared, Heard, Suggested),
    *(StepEntered, ExitTaken, Jumped, ObjectionOpened, CallEnded),
)
NEAR = 0.5
"""Seconds by which a call that is heard live may know things later."""


class Watch:
    """A clock that is set by hand."""

    time = 0.0

    def now(self) -> float:
        return self.time


class Nowhere:
    """Records nothing."""

    def append(self, events: Sequence[Event]) -> Saving:
        return Saving(0)

    def close(self) -> Saving:
        return Saving(0)


class Deaf:
    """An ear whose signs come from elsewhere."""

    def start(self, tell: Tell) -> None: ...
    def open(self) -> None: ...
    def pause(self) -> None: ...
    def resume(self) -> None: ...
    def switch(self, model: Model) -> None: ...
    def close(self) -> None: ...


def signs(file: str, language: str) -> list[tuple[float, Sign]]:
    """Return what a real ear tells of a file, and when it would have if it had been played."""
    with listening(Recording(file, speed=0), language) as heard:
        heard.wait_over()
    finals = [(said.result.at, said) for said in heard.finals]
    finals.sort(key=lambda it: (it[0], it[1].channel))
    (opened,) = (it for it in heard.signs if isinstance(it, Opened))
    (over,) = (it for it in heard.signs if isinstance(it, Over))
    return [(0.0, opened), *finals, (over.at, over)]


def live_events(coach: Coach, file: str, language: str) -> list[Event]:
    """Return the events of a call that is heard, with time passing every second."""
    session, opening = Session.start(coach, started(coach.script, language))
    watch = Watch()
    live = LiveCall(session, opening, Nowhere(), watch)
    listener = Listener(live, Deaf(), tiny(language), Policy.ALWAYS)
    listener.start(lambda _: None)
    seconds = count(1)
    second = next(seconds)
    for at, sign in signs(file, language):
        while second < at:
            watch.time = float(second)
            live.tick()
            second = next(seconds)
        watch.time = at
        listener.take(Told(sign, at))
        listener.consult()
    live.feed(EndCall(by=FOLLOW))
    return live.events


def replayed_events(coach: Coach, file: str, language: str) -> list[Event]:
    """Return the events of a recording that is transcribed, and its transcript replayed."""
    crew: Crew[Ticket] = Crew(Load("vosk", str(MODELS / f"tiny-{language}")), 2)
    try:
        batch = Batch(crew, "tiny", language)
        batch.add(Recording(file, speed=0))
        (one,) = _outcomes(batch)
    finally:
        crew.close()
    assert isinstance(one, Transcribed)
    text = write(one.transcript, Format.JSON, Messages("en"))
    read = parse_transcript(text, Path(file).name)
    opening = structs.replace(started(coach.script, language), mode="replay")
    session, events = Session.start(coach, opening)
    played = Playback(session.feed, beats(session, read.rows, until=read.seconds))
    return [*events, *played]


def _outcomes(batch: Batch) -> Iterator[object]:
    while not batch.is_done:
        yield from batch.step(0.2)


def judged(events: Sequence[Event]) -> list[object]:
    """Return what happened, without times, numbers and how it was heard."""
    found: list[object] = []
    for event in events:
        match event:
            case Heard():
                found.append((event.speaker, event.text, event.confidence, event.doubts))
            case CueHeard():
                found.append((event.cue, event.phrase, event.counts, event.confidence))
            case FlagRaised():
                found.append((event.what, event.cue, event.reason, event.severity))
            case FlagCleared():
                found.append(("cleared", event.by))
            case Suggested():
                found.append(event.target)
            case StepEntered():
                found.append((event.step, event.by))
            case ExitTaken() | Jumped() | ObjectionOpened():
                found.append((type(event).__name__, event.by))
            case CallEnded():
                found.append((event.step, event.outcome))
            case _:
                continue
    return found


@pytest.mark.parametrize(
    ("language", "pack", "file"),
    [
        ("en", "overdue", "call-0.wav"),
        ("zh", "overdue", "call-0.wav"),
        ("zh", "overdue", "call-1.wav"),
    ],
)
def test_a_call_heard_live_and_its_transcript_replayed_are_judged_alike(
    language: str, pack: str, file: str
) -> None:
    coach = shipped_coach(pack)
    path = str(SETS / language / file)
    live, replayed = live_events(coach, path, language), replayed_events(coach, path, language)
    assert judged(live) == judged(replayed)
    times = [
        [event.at for event in events if isinstance(event, JUDGED)] for events in (live, replayed)
    ]
    assert all(abs(a - b) <= NEAR for a, b in zip(*times, strict=True))
    assert sum(isinstance(event, StepEntered) for event in live) >= 2, "the script follows"
    assert any(isinstance(event, FlagRaised) for event in live)
