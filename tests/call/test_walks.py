"""Properties of calls, whatever happens in them: over the shipped script and over random ones."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from msgspec import structs

from callcoach.call.capturing import SLACK
from callcoach.call.coach import Coach
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
    Span,
    StepEntered,
    Suggested,
    Undone,
)
from callcoach.call.flow import By, Position
from callcoach.call.inputs import (
    EndCall,
    Hear,
    Input,
    JumpTo,
    OpenObjection,
    Pass,
    TakeExit,
    TellFact,
    TickCue,
    Undo,
    UntickCue,
    WriteNote,
)
from callcoach.call.session import Session
from callcoach.call.state import CallState
from callcoach.errors import CallcoachError, IllegalMove
from callcoach.script.model import FlagKind
from tests.call.moves import fold
from tests.call.walks import (
    OVERDUE,
    PACKS,
    REFUSED,
    WALKS,
    Step,
    Walk,
    feed_all,
    guide,
    moments,
    stored,
    walk,
)
from tests.sessions import start, started

everywhere = pytest.mark.parametrize("packs", PACKS)
CHOICES = (TakeExit, OpenObjection, JumpTo, TellFact, TickCue, UntickCue, EndCall)
"""What can be taken back."""


def cases(packs: str, *others: st.SearchStrategy[Any]) -> Callable[[Callable[..., None]], Any]:
    """Return a decorator that draws a pack and other things, fewer than of what is quick to draw.

    What fails is shown as it was drawn: to shrink a walk takes minutes.
    """
    share = 3 if packs == OVERDUE else 4
    drawn = (Phase.explicit, Phase.reuse, Phase.generate)
    most = settings(max_examples=settings().max_examples // share, phases=drawn)
    return lambda holds: most(given(PACKS[packs], *others)(holds))


def for_all_walks(packs: str, claim: Callable[[Walk], None]) -> None:
    """Assert a claim about every walk through some packs."""

    @cases(packs, WALKS)
    def holds(pack: str, steps: list[Step]) -> None:
        claim(walk(guide(pack), steps))

    holds()


# The call is its events


@everywhere
def test_the_state_is_a_fold_over_the_events(packs: str) -> None:
    def claim(walked: Walk) -> None:
        script = walked.session.coach.script
        assert fold(script, walked.events) == walked.state
        assert fold(script, stored(walked.events)) == walked.state

    for_all_walks(packs, claim)


@everywhere
def test_events_come_back_from_the_journal_as_they_were(packs: str) -> None:
    for_all_walks(packs, lambda walked: _same(stored(walked.events), walked.events))


def _same(some: Sequence[Event], others: Sequence[Event]) -> None:
    assert list(some) == list(others)


@everywhere
def test_a_call_taken_up_from_the_journal_goes_on_as_if_nothing_had_been(packs: str) -> None:
    @cases(packs, WALKS, st.integers(0, 1000))
    def holds(pack: str, steps: list[Step], cut: int) -> None:
        walked = walk(guide(pack), steps)
        place = cut % len(walked.fed)
        length = walked.lengths[place]
        session = Session(guide(pack), stored(walked.events[:length]))
        assert feed_all(session, walked.fed[place:]) == walked.events[length:]
        assert session.state == walked.state
        assert session.transcript == walked.session.transcript

    holds()


@everywhere
def test_a_call_can_be_taken_up_after_any_event(packs: str) -> None:
    @cases(packs, WALKS, st.integers(0, 1000))
    def holds(pack: str, steps: list[Step], cut: int) -> None:
        walked = walk(guide(pack), steps)
        kept = walked.events[: 1 + cut % len(walked.events)]
        session = Session(guide(pack), kept)
        assert session.state == fold(guide(pack).script, kept)
        more = feed_all(session, walked.fed)
        assert [event.seq for event in (*kept, *more)] == list(range(len(kept) + len(more)))

    holds()


@everywhere
def test_the_same_inputs_lead_to_the_same_events(packs: str) -> None:
    def claim(walked: Walk) -> None:
        session, opening = start(walked.session.coach)
        assert [*opening, *feed_all(session, walked.fed)] == walked.events

    for_all_walks(packs, claim)


# Order


@everywhere
def test_events_are_counted_without_gaps_and_time_never_runs_backwards(packs: str) -> None:
    def claim(walked: Walk) -> None:
        assert [event.seq for event in walked.events] == list(range(len(walked.events)))
        assert all(one.at <= other.at for one, other in pairwise(walked.events))

    for_all_walks(packs, claim)


@everywhere
def test_nothing_happens_before_its_input_but_what_was_due(packs: str) -> None:
    def claim(walked: Walk) -> None:
        for moment in moments(walked):
            assert all(event.at <= max(moment.at, moment.before.at) for event in moment.events)
            early = [event for event in moment.events if event.at < moment.at]
            assert all(
                isinstance(event, FlagRaised) and event.reason == "deadline" for event in early
            )

    for_all_walks(packs, claim)


@everywhere
def test_looking_at_the_clock_more_often_changes_nothing(packs: str) -> None:
    ticks = st.lists(st.tuples(st.integers(0, 1000), st.sampled_from((0.0, 0.25, 0.5, 1.0))))

    @cases(packs, WALKS, ticks)
    def holds(pack: str, steps: list[Step], extra: list[tuple[int, float]]) -> None:
        walked = walk(guide(pack), steps)
        fed = list(walked.fed)
        for place, part in extra:
            after = place % len(fed)
            before = fed[after - 1][0] if after else 0.0
            fed.insert(after, (before + (fed[after][0] - before) * part, Pass()))
        session, opening = start(guide(pack))
        assert [*opening, *feed_all(session, fed)] == walked.events

    holds()


# What is refused


@everywhere
def test_an_input_that_is_refused_changes_nothing(packs: str) -> None:
    def claim(walked: Walk) -> None:
        session, opening = start(walked.session.coach)
        events = list(opening)
        for place, (at, given_then) in enumerate(walked.fed):
            before, said = session.state, list(session.transcript)
            if place not in walked.refused:
                events += session.feed(given_then, at)
                continue
            with pytest.raises(REFUSED):
                session.feed(given_then, at)
            assert session.state is before
            assert session.transcript == said
        assert events == walked.events

    for_all_walks(packs, claim)


@everywhere
def test_a_call_in_which_nothing_illegal_was_tried_is_the_same(packs: str) -> None:
    def claim(walked: Walk) -> None:
        legal = [pair for place, pair in enumerate(walked.fed) if place not in walked.refused]
        session, opening = start(walked.session.coach)
        assert [*opening, *feed_all(session, legal)] == walked.events

    for_all_walks(packs, claim)


@everywhere
def test_a_refusal_says_what_to_do_and_names_the_open_exits(packs: str) -> None:
    def claim(walked: Walk) -> None:
        for place in walked.refused:
            at, tried = walked.fed[place]
            session = Session(walked.session.coach, walked.events[: walked.lengths[place]])
            with pytest.raises(CallcoachError) as caught:
                session.feed(tried, at)
            assert caught.value.hint
            if isinstance(tried, TakeExit) and not session.state.ended:
                assert isinstance(caught.value, IllegalMove)
                language = session.state.language
                open_ways = [way.exit for way in session.ways() if way.is_open]
                ways = [exit.label.plain(language) for exit in open_ways]
                named = caught.value.hint.removeprefix("open here: ").split(" / ")
                assert named == (ways or ["nothing; end the call"])

    for_all_walks(packs, claim)


# Taking back


def _restorable(state: CallState) -> tuple[object, ...]:
    """Return what a choice that is taken back must leave as it was."""
    return (
        state.position,
        state.facts,
        state.cues,
        state.offered,
        state.said,
        state.spoke,
        state.waived,
        state.entered,
        state.suggestions,
        state.ended,
        state.choices,
        state.refusal,
        state.sensitive_since,
    )


@everywhere
def test_a_choice_that_is_taken_back_leaves_everything_as_it_was(packs: str) -> None:
    def claim(walked: Walk) -> None:
        for place, (at, choice) in enumerate(walked.fed):
            if place in walked.refused or not isinstance(choice, CHOICES):
                continue
            session = Session(walked.session.coach, walked.events[: walked.lengths[place]])
            session.feed(Pass(), at)
            before = session.state
            session.feed(choice, at)
            session.feed(Undo(), at)
            after = session.state
            assert _restorable(after) == _restorable(before)
            by_time = {key for key, flag in after.flags.items() if flag.reason == "deadline"}
            assert after.flags.keys() - by_time == before.flags.keys() - by_time
            assert before.flags.keys() <= after.flags.keys()

    for_all_walks(packs, claim)


# Objections


@everywhere
def test_an_objection_returns_to_exactly_where_it_was_opened(packs: str) -> None:
    def claim(walked: Walk) -> None:
        opened: list[Position] = []
        undone_to: dict[int, list[Position]] = {}
        for moment in moments(walked):
            for event in moment.events:
                if isinstance(event, (ExitTaken, ObjectionOpened, Jumped, CallEnded)):
                    undone_to[event.seq] = list(opened)
                elif isinstance(event, Undone):
                    opened = undone_to.get(event.of, opened)
                elif isinstance(event, StepEntered) and event.by is By.OBJECTION:
                    opened.append(moment.before.position)
                elif isinstance(event, StepEntered) and event.by is By.BACK:
                    assert moment.after.position == opened.pop()
                elif isinstance(event, StepEntered):
                    opened = []
            assert [frame.step for frame in moment.after.position.stack] == [
                below.step for below in opened
            ]

    for_all_walks(packs, claim)


# Flags


@everywhere
def test_flags_are_raised_before_they_are_cleared_and_the_open_ones_are_the_rest(
    packs: str,
) -> None:
    def claim(walked: Walk) -> None:
        about: dict[int, tuple[FlagKind, str]] = {}
        is_open: set[int] = set()
        for event in walked.events:
            if isinstance(event, FlagRaised):
                assert about.setdefault(event.flag, (event.what, event.cue)) == (
                    event.what,
                    event.cue,
                )
                assert event.flag in is_open or event.flag == max(about)
                is_open.add(event.flag)
            elif isinstance(event, FlagCleared):
                is_open.remove(event.flag)
        assert sorted(about) == list(range(1, len(about) + 1))
        found = {(flag.id, key) for key, flag in walked.state.flags.items()}
        assert found == {(id, about[id]) for id in is_open}

    for_all_walks(packs, claim)


@everywhere
def test_what_is_met_is_not_flagged_as_missing_or_as_to_come_first(packs: str) -> None:
    def claim(walked: Walk) -> None:
        judge, cues = walked.session.coach.judge, walked.session.coach.script.cues
        for moment in moments(walked):
            for (what, id), flag in moment.after.flags.items():
                is_about_absence = what is FlagKind.MISSING or flag.reason == "comes_first"
                if is_about_absence and not cues[id].each_visit:
                    assert not judge.is_met(moment.after, cues[id])

    for_all_walks(packs, claim)


@everywhere
def test_what_is_waived_is_flagged_and_owed_no_more(packs: str) -> None:
    def claim(walked: Walk) -> None:
        for moment in moments(walked):
            raised = [event for event in moment.events if isinstance(event, FlagRaised)]
            late = {event.cue for event in raised if event.what is FlagKind.MISSING}
            assert late.isdisjoint(moment.before.waived)
        owed = {found.cue.id for found in walked.session.owed()}
        assert owed.isdisjoint(walked.state.waived)

    for_all_walks(packs, claim)


@everywhere
def test_words_in_doubt_accuse_nobody(packs: str) -> None:
    def claim(walked: Walk) -> None:
        doubts = {event.seq: event.doubts for event in walked.events if isinstance(event, Heard)}
        for event in walked.events:
            if isinstance(event, FlagRaised) and event.span and event.what is not FlagKind.LATE:
                start, end = event.span.start, event.span.end
                assert not any(it.start < end and start < it.end for it in doubts[event.span.heard])

    for_all_walks(packs, claim)


@everywhere
def test_a_transcript_leads_to_what_the_speech_led_to(packs: str) -> None:
    """What is heard live and what is replayed differ only in what is not written down live."""

    def claim(walked: Walk) -> None:
        fed = [(at, _as_source(given, "speech")) for at, given in walked.fed]
        live, replayed = (
            _events_of(walked.session.coach, fed, source, "replay")
            for source in ("speech", "transcript")
        )
        assert live == replayed

    for_all_walks(packs, claim)


def _as_source(given: Input, source: str) -> Input:
    return structs.replace(given, source=source) if isinstance(given, Hear) else given


def _events_of(
    coach: Coach, fed: Sequence[tuple[float, Input]], source: str, mode: str
) -> list[Event]:
    """Return what inputs lead to where everything that is heard comes from one source."""
    opened = structs.replace(started(coach.script), mode=mode)
    session, _ = Session.start(coach, opened)
    events = feed_all(session, [(at, _as_source(given, source)) for at, given in fed])
    return [
        structs.replace(event, source="") if isinstance(event, Heard) else event for event in events
    ]


@everywhere
def test_nothing_is_kept_of_what_is_said_in_a_hold_or_a_sensitive_step(packs: str) -> None:
    def claim(walked: Walk) -> None:
        for moment in moments(walked):
            before, tried = moment.before, moment.given
            if before.sensitive_since is not None:
                assert not isinstance(tried, (WriteNote, TellFact))
                assert not isinstance(tried, Hear) or tried.source == "speech"
            for since in (before.held_since, before.sensitive_since):
                for said in moment.events:
                    if since is not None and isinstance(said, Heard) and said.source == "speech":
                        assert said.end <= since + SLACK

    for_all_walks(packs, claim)


@everywhere
def test_every_piece_of_evidence_is_words_of_an_utterance(packs: str) -> None:
    def claim(walked: Walk) -> None:
        texts = {event.seq: event.text for event in walked.events if isinstance(event, Heard)}
        for event in walked.events:
            if isinstance(event, (CueHeard, Suggested, FlagRaised, FlagCleared)):
                span = event.span
                if isinstance(span, Span):
                    assert 0 <= span.start < span.end <= len(texts[span.heard])
            if isinstance(event, FlagRaised):
                assert event.cause == 0 or event.cause < event.seq

    for_all_walks(packs, claim)
