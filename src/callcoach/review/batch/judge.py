"""Judges a whole call at once: its session, its suggested answers and its score."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from callcoach.archive.transcripts.started import read_started
from callcoach.call.coach import Coach
from callcoach.call.events import Event
from callcoach.call.inputs import TellFact
from callcoach.call.playback import Playback
from callcoach.call.replay import Row, agentless, beats, is_agent_known
from callcoach.call.session import Session
from callcoach.call.summary import relevant_cues
from callcoach.review.form.model import Form, QuestionId
from callcoach.review.marks import Score, Suggested
from callcoach.review.rejudge import is_untimed, judge_again
from callcoach.review.score import Scale
from callcoach.review.suggest import answers_of
from callcoach.review.suggest_seen import Seen
from callcoach.review.suggest_ways import Ways
from callcoach.script.facts import FactId
from callcoach.script.model import CueId
from callcoach.script.wording import Language

SEED = 1
"""Variants of lines are the same in every replay."""


@dataclass(frozen=True, slots=True)
class Said:
    """A call that is to be judged."""

    rows: Sequence[Row]
    language: Language
    is_timed: bool = True
    """Its times were measured; what is due by a time is judged only then."""
    seconds: float = 0.0
    """How long its recording is, where that is known."""
    agent: str = ""
    started: str = ""
    """The instant, as its file writes it; empty where nobody knows."""
    record: Sequence[Event] = ()
    """The events of a call that callcoach exported: what was done in it is done again."""


@dataclass(frozen=True)
class Terms:
    """What all calls of a batch are judged by."""

    timed: Coach
    untimed: Coach
    """Without deadlines."""
    form: Form | None
    day: str
    """The day of calls of which nobody knows when they began, ISO 8601."""
    known: Mapping[FactId, str] = field(default_factory=dict)
    """What is told before each call."""
    agent: str = ""
    """Who makes the calls that do not say it."""
    program: str = ""
    language: Language = "en"
    """The one that bands are named in, whatever a call is spoken in."""

    @cached_property
    def agentless(self) -> Coach:
        """Return what judges calls in which no agent is known."""
        return agentless(self.untimed)

    @cached_property
    def ways(self) -> Ways:
        """Return the ways of the script; deadlines change none."""
        return Ways(self.timed.script)

    @cached_property
    def scale(self) -> Scale | None:
        """Return what scores the form; None without one."""
        return Scale(self.form) if self.form else None


@dataclass(frozen=True, slots=True)
class JudgedCall:
    """What came of a call."""

    session: Session
    events: Sequence[Event]
    seen: Seen
    owed: Mapping[CueId, bool]
    """The cues that the customer was owed, and whether each was met."""
    suggested: Mapping[QuestionId, Suggested]
    score: Score | None
    """None without a form."""


def judge(said: Said, terms: Terms) -> JudgedCall:
    """Return what comes of a call, as `callcoach replay` would have it.

    Raises `PackError` and `FactError` where the script cannot take what is known of the call.
    """
    session, events = _again(said, terms) if said.record else _played(said, terms)
    seen = Seen.of(session, events, terms.ways)
    owed = {cue.id: session.state.cue(cue.id).met_at is not None for cue in relevant_cues(session)}
    if terms.form is None or terms.scale is None:
        return JudgedCall(session, events, seen, owed, {}, None)
    suggested = answers_of(terms.form, seen)
    answers = {id: it.answer for id, it in suggested.items()}
    return JudgedCall(session, events, seen, owed, suggested, terms.scale.score(answers))


def _again(said: Said, terms: Terms) -> tuple[Session, Sequence[Event]]:
    """Return a call that callcoach has recorded, judged again."""
    return judge_again(terms.untimed if is_untimed(said.record) else terms.timed, said.record)


def _played(said: Said, terms: Terms) -> tuple[Session, Sequence[Event]]:
    """Return a call of which only the words are known, judged by these."""
    coach = _coach(said, terms)
    began = read_started(said.started)
    started = coach.started(
        coach.script.language(said.language),
        started=began.isoformat() if began else f"{terms.day}T00:00:00Z",
        day=began.date().isoformat() if began else terms.day,
        seed=SEED,
        mode="replay",
        agent=said.agent or terms.agent,
        program=terms.program,
    )
    session, opening = Session.start(coach, started)
    events: list[Event] = list(opening)
    for fact, text in terms.known.items():
        events += session.feed(TellFact(fact, text, "given"), 0.0)
    source = beats(session, said.rows, True, said.is_timed, said.seconds)
    events += Playback(session.feed, source)
    return session, events


def _coach(said: Said, terms: Terms) -> Coach:
    """Return what judges a call: no agent owes anything in one in which none is known."""
    if not is_agent_known(said.rows):
        return terms.agentless
    return terms.timed if said.is_timed else terms.untimed
