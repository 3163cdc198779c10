"""Random walks through scripts: moves drawn blindly and made concrete by where the call is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar

from hypothesis import strategies as st

from callcoach.call.captured import Closed, Doubt, Source
from callcoach.call.coach import Coach
from callcoach.call.events import Event, decode, encode, kind_of
from callcoach.call.inputs import (
    EndCall,
    Hear,
    Hold,
    Input,
    JumpTo,
    MissSound,
    OpenObjection,
    Pass,
    PauseCapture,
    Resume,
    ResumeCapture,
    SayLine,
    Snooze,
    StartCapture,
    StopCapture,
    SwitchLanguage,
    TakeExit,
    TellFact,
    TickCue,
    TurnListening,
    Undo,
    Unhold,
    UntickCue,
    WriteNote,
)
from callcoach.call.session import Session
from callcoach.call.state import CallState
from callcoach.errors import FactError, IllegalMove, PackError
from callcoach.script.facts import FactKind
from callcoach.script.model import CueId, ExitId, OutcomeId, Phrase, Script, Speaker, StepId
from callcoach.words.phrase import Gap, sequences
from tests.sessions import Call, coach, shipped_coach, start
from tests.support import Tree, dump, end, minimal

_Item = TypeVar("_Item")

REFUSED = (IllegalMove, FactError, PackError)
"""What a session raises for an input that cannot be taken."""

VALUES: Mapping[FactKind, Sequence[str]] = {
    FactKind.TEXT: ("Lin", "林"),
    FactKind.MONEY: ("1280.50", "¥99", "1.5万", "much"),
    FactKind.NUMBER: ("3", "1,000", "three"),
    FactKind.DATE: ("2026-12-10", "tomorrow", "11月5日", "13-40"),
    FactKind.YES_NO: ("yes", "no", "maybe"),
    FactKind.CHOICE: ("income", "sms", "nonsense"),
    FactKind.PHONE: ("400 800 1234", "12"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One move of a walk, before it is known where the call is then."""

    kind: str
    pick: int
    """Which of the things that the kind can be about; it wraps around."""
    gap: float
    """Seconds since the move before, in quarters: sums of them are exact."""
    length: float = 0.0
    """How long something took to say, in seconds."""


KINDS = (
    *("pass",) * 3,
    *("take",) * 9,
    *("say",) * 5,
    *("agent",) * 6,
    *("customer",) * 4,
    *("objection",) * 3,
    *("tell",) * 2,
    *("tick",) * 2,
    *("undo",) * 2,
    *("speech",) * 4,
    *("capture",) * 2,
    *("any_exit", "bogus", "jump", "untick", "note", "hold", "unhold", "snooze", "other"),
    *("language", "resume", "end_here", "end_so"),
)
STEPS: st.SearchStrategy[Step] = st.builds(
    Step,
    st.sampled_from(KINDS),
    st.integers(0, 400),
    st.integers(0, 60).map(lambda quarters: quarters / 4),
    st.integers(0, 16).map(lambda quarters: quarters / 4),
)
WALKS = st.lists(STEPS, min_size=15, max_size=40)


def pick(things: Sequence[_Item], place: int) -> _Item:
    """Return one of some things; the place wraps around."""
    return things[place % len(things)]


def spoken(phrase: Phrase) -> str:
    """Return words that a phrase matches."""
    first = sequences(phrase.text.value)[0]
    words = ["" if isinstance(part, Gap) else "15" if part == "#" else part for part in first]
    return " ".join(word for word in words if word)


def _matters(session: Session) -> Sequence[CueId]:
    """Return the cues that make a difference now: owed, or repairing an open flag."""
    script, state = session.coach.script, session.state
    flagged = [script.cues[flag.cue] for flag in state.flags.values()]
    repairs = [cue.repair for cue in flagged if cue.repair is not None]
    return (*repairs, *(cue.id for cue in flagged), *(owed.cue.id for owed in session.owed()))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What can be said in the calls of a script."""

    agent: Sequence[str]
    others: Sequence[str]


@lru_cache(maxsize=64)
def _vocabulary(coach: Coach) -> Vocabulary:
    return vocabulary(coach.script)


def vocabulary(script: Script) -> Vocabulary:
    """Return words for every cue and every hint of a script, and some that mean nothing."""
    agent, others = [""], ["嗯"]
    for cue in script.cues.values():
        words = [spoken(phrase) for phrase in (*cue.phrases[:2], *cue.unless[:1])]
        (agent if cue.speaker is Speaker.AGENT else others).extend(words)
    for step in script.steps.values():
        hints = [spoken(phrase) for phrase in step.heard.phrases[:2]]
        (others if step.is_objection else agent).extend(hints)
        others += [spoken(phrase) for exit in step.exits for phrase in exit.heard.phrases[:1]]
    return Vocabulary(agent, others)


def spoken_text(said: Vocabulary, speaker: Speaker, place: int) -> str:
    """Return two things that somebody may say, in one utterance."""
    words = said.agent if speaker is Speaker.AGENT else said.others
    return f"{pick(words, place)}, {pick(words, place * 7 + 3)}"


def concrete(session: Session, step: Step, at: float) -> Input:
    """Return the input that a move is where the call is now."""
    script, state = session.coach.script, session.state
    ways, place = session.ways(), step.pick
    bogus: Sequence[Input] = (
        TakeExit(ExitId("bogus")),
        OpenObjection(StepId("bogus.objection")),
        JumpTo(StepId("bogus.step")),
        TickCue(CueId("bogus.cue")),
        SwitchLanguage("tlh"),
        EndCall(OutcomeId("bogus.outcome")),
    )
    said = _vocabulary(session.coach)
    match step.kind:
        case "take":
            open_ways = [way for way in ways if way.is_open]
            return TakeExit(pick(open_ways, place).exit.id) if open_ways else Undo()
        case "any_exit":
            return TakeExit(pick(ways, place).exit.id if ways else ExitId("none"))
        case "bogus":
            return pick(bogus, place)
        case "objection":
            objections = script.objections
            return OpenObjection(pick(objections, place).id) if objections else Pass()
        case "jump":
            return JumpTo(pick(tuple(script.steps), place))
        case "tell":
            facts = tuple(script.facts.values())
            if not facts:
                return Pass()
            fact = pick(facts, place)
            return TellFact(fact.id, pick(VALUES[fact.kind], place // len(facts)))
        case "tick":
            return TickCue(pick(_matters(session) or tuple(script.cues), place))
        case "untick":
            return UntickCue(pick((*state.cues, *script.cues), place))
        case "say":
            lines = session.lines()
            return SayLine(pick(lines, place)[0], step.length) if lines else Pass()
        case "agent" if place % 2 and (matter := _matters(session)):
            phrases = script.cues[pick(matter, place // 2)].phrases
            text = spoken(pick(phrases, place)) if phrases else "hm"
            return Hear(Speaker.AGENT, text, max(at - step.length, 0.0), at)
        case "agent" | "customer" | "other":
            text = spoken_text(said, Speaker(step.kind), place)
            return Hear(Speaker(step.kind), text, max(at - step.length, 0.0), at)
        case "speech":
            speaker = pick(tuple(Speaker), place)
            text = spoken_text(said, speaker, place)
            doubts = tuple(
                Doubt(start, min(start + 9, len(text)), 0.25 + (place + start) % 2 / 4)
                for start in range(place % 5, len(text), 7 + place % 11)
            )
            start = max(at - step.length, 0.0)
            return Hear(speaker, text, start, at, "speech", 0.8, doubts)
        case "capture":
            missed = MissSound(max(at - 2 * step.length, 0.0), max(at - step.length, 0.0), "crash")
            return pick((missed, *_CAPTURE), place)
        case "end_here":
            return EndCall()
        case "end_so":
            return EndCall(pick(tuple(script.outcomes), place))
        case "language":
            return SwitchLanguage(pick(script.languages, place))
        case "snooze":
            return Snooze(place % (state.next_flag + 1), step.length)
        case _:
            return _PLAIN[step.kind]


_PLAIN: Mapping[str, Input] = {
    "undo": Undo(),
    "pass": Pass(),
    "note": WriteNote("a note"),
    "hold": Hold(),
    "unhold": Unhold(),
    "resume": Resume(),
}


_CAPTURE: Sequence[Input] = (
    StartCapture((Source(Speaker.AGENT, "mic"), Source(Speaker.CUSTOMER)), "tiny-en"),
    ResumeCapture(),
    TurnListening(is_on=True),
    TurnListening(is_on=False),
    *(PauseCapture(reason) for reason in (Closed.NOT_YET, Closed.HOLD, Closed.SENSITIVE)),
    StopCapture(Closed.FAILED),
)


@dataclass(slots=True)
class Walk(Call):
    """A call that was walked, and what was fed on the way, refused inputs included."""

    fed: list[tuple[float, Input]] = field(default_factory=list)
    refused: set[int] = field(default_factory=set)
    """The places of those that were refused."""
    lengths: list[int] = field(default_factory=list)
    """How many events there were before each."""


def walk(coach: Coach, steps: Sequence[Step]) -> Walk:
    """Return a call in which the moves were made, each where the one before led."""
    session, opening = start(coach)
    walked = Walk(session, list(opening))
    at = 0.0
    for step in steps:
        at += step.gap
        given = concrete(session, step, at)
        walked.fed.append((at, given))
        walked.lengths.append(len(walked.events))
        try:
            walked.feed(at, given)
        except REFUSED:
            walked.refused.add(len(walked.fed) - 1)
    return walked


@dataclass(frozen=True, slots=True)
class Moment:
    """An input that was taken, and what it changed."""

    at: float
    given: Input
    before: CallState
    events: Sequence[Event]
    after: CallState


def moments(walked: Walk) -> Iterator[Moment]:
    """Yield what happened on a walk, input by input."""
    session, _ = start(walked.session.coach)
    for place, (at, given) in enumerate(walked.fed):
        if place not in walked.refused:
            before = session.state
            events = session.feed(given, at)
            yield Moment(at, given, before, events, session.state)


def feed_all(session: Session, inputs: Sequence[tuple[float, Input]]) -> list[Event]:
    """Return the events that inputs lead to; what cannot be taken leads to none."""
    events: list[Event] = []
    for at, given in inputs:
        try:
            events += session.feed(given, at)
        except REFUSED:
            continue
    return events


def stored(events: Sequence[Event]) -> list[Event]:
    """Return events as they come back from a journal."""
    return [decode(kind_of(event), event.version, encode(event)) for event in events]


# Scripts


WORDS = ("alpha", "bravo", "charlie", "delta", "echo", "foxtrot")
STEP_IDS = ("one", "two", "three", "bye")
OBJECTION_IDS = ("late", "rude")
_CALL_TIMES = st.sampled_from((None, None, "5s of call", "20s of call", "4s of step", "9s of step"))
_PLACES = st.sampled_from((*STEP_IDS, *OBJECTION_IDS))


@st.composite
def _cues(draw: st.DrawFn, ids: Sequence[str]) -> dict[str, dict[str, object]]:
    """Draw what must be said."""
    made: dict[str, dict[str, object]] = {}
    for id in ids:
        cue: dict[str, object] = {"title": id, "heard": [f"{id} word"]}
        cue["in"] = (
            "call" if draw(st.booleans()) else draw(st.lists(_PLACES, min_size=1, max_size=3))
        )
        cue["times"] = draw(st.sampled_from(("1", "1", "2", "0-1", "1-2")))
        if (within := draw(_CALL_TIMES)) is not None:
            cue["within"] = within
        anchors = st.sampled_from((*STEP_IDS[1:], *OBJECTION_IDS, *(i for i in ids if i != id)))
        for key in ("before", "after"):
            if draw(st.integers(0, 3)) == 0:
                cue[key] = draw(anchors)
        if draw(st.integers(0, 3)) == 0:
            cue["each_visit"] = "yes"
        if draw(st.integers(0, 3)) == 0:
            cue["required_for"] = draw(st.sampled_from(("all", "done", "sold")))
        made[id] = cue
    return made


@st.composite
def _avoided(draw: st.DrawFn, ids: Sequence[str], cues: Sequence[str]) -> dict[str, object]:
    """Draw what must not be said."""
    made: dict[str, object] = {}
    for id in ids:
        cue: dict[str, object] = {"title": id, "heard": [f"{id} word"]}
        if draw(st.booleans()):
            cue["repair"] = draw(st.sampled_from(cues))
        if draw(st.booleans()):
            cue["until"] = draw(st.sampled_from((*STEP_IDS[1:], *cues)))
        if draw(st.booleans()):
            cue["in"] = draw(st.lists(_PLACES, min_size=1, max_size=2))
        made[id] = cue
    return made


@st.composite
def _exits(draw: st.DrawFn, id: str, cues: Sequence[str]) -> dict[str, object]:
    """Draw the ways out of a step."""
    exits: dict[str, dict[str, object]] = {}
    for name in ("a", "b"):
        to = draw(st.sampled_from((*STEP_IDS, *OBJECTION_IDS)))
        if to != id:
            exits[name] = {"label": name, "to": to}
            if draw(st.integers(0, 3)) == 0:
                exits[name]["waives"] = [draw(st.sampled_from(cues))]
            if draw(st.integers(0, 3)) == 0:
                exits[name]["when"] = draw(st.sampled_from(("ok", "not ok", "sum > 100")))
            if draw(st.booleans()):
                exits[name]["heard"] = [f"{id} {name}"]
            if draw(st.integers(0, 3)) == 0:
                exits[name]["sets"] = {"ok": draw(st.sampled_from(("yes", "no")))}
    if draw(st.booleans()):
        spoke: dict[str, object] = {"label": "S", "stay": "yes"}
        if draw(st.booleans()):
            spoke["say"] = {f"{id}_spoke": [f"Spoke {n}." for n in range(draw(st.integers(1, 3)))]}
        exits["spoke"] = spoke
        exits["done"] = {"label": "Done", "to": "bye", "after": "all"}
    return dict(exits)


@st.composite
def small_packs(draw: st.DrawFn) -> str:
    """Draw packs of four steps, two objections and a handful of cues that mean something."""
    words = list(WORDS[: draw(st.integers(2, len(WORDS)))])
    cues, avoided = words[:-1], words[-1:]
    steps: dict[str, object] = {}
    for id in STEP_IDS[:-1]:
        lines = {f"{id}_line": [f"{id} {n}." for n in range(draw(st.integers(1, 3)))]}
        steps[id] = {"title": id, "say": lines, "exits": draw(_exits(id, cues))}
        if not draw(st.integers(0, 3)):
            steps[id] = {**_tree(steps[id]), "heard": [f"here {id}"]}
        if not draw(st.integers(0, 5)):
            steps[id] = {**_tree(steps[id]), "sensitive": "30s"}
    steps["bye"] = end("Bye.")
    objections: dict[str, object] = {}
    for id in OBJECTION_IDS:
        exits = {**draw(_exits(id, cues)), "back": {"label": "Back", "back": "yes"}}
        objections[id] = {
            "title": id,
            "say": {f"{id}_line": f"{id}."},
            "heard": [f"{id} objection"],
            "exits": exits,
        }
        if draw(st.booleans()):
            objections[id] = {**_tree(objections[id]), "bridge": ["On we go.", "Well then."]}
        if not draw(st.integers(0, 5)):
            objections[id] = {**_tree(objections[id]), "sensitive": "yes"}
    tree: Tree = minimal(
        start="one",
        steps=steps,
        objections=objections,
        facts={
            "ok": {"type": "yes_no", "title": "Ok"},
            "sum": {"type": "money", "title": "Sum"},
            "name": {"type": "text", "title": "Name", "given": "yes"},
        },
        cues=draw(_cues(cues)),
        avoid=draw(_avoided(avoided, cues)),
        outcomes={
            "done": {"code": "DONE", "title": "Done"},
            "sold": {"code": "SOLD", "title": "Sold"},
            "hung_up": {"code": "HUNG", "title": "Hung up", "early": "yes"},
        },
        listening={
            "after": draw(st.sampled_from((STEP_IDS[1], cues[0]))),
            "stop": draw(st.sampled_from((OBJECTION_IDS[0], STEP_IDS[2], cues[0]))),
        },
    )
    return dump(tree)


def _tree(made: object) -> dict[str, object]:
    assert isinstance(made, dict)
    return made


OVERDUE = "overdue"
PACKS: Mapping[str, st.SearchStrategy[str]] = {OVERDUE: st.just(OVERDUE), "small": small_packs()}
"""What is walked through: the shipped pack, by its name, and random ones, by their texts."""


@lru_cache(maxsize=64)
def guide(pack: str) -> Coach:
    """Return a coach for one of `PACKS`."""
    return shipped_coach(pack) if pack == OVERDUE else coach(pack)
