"""Says whether cues were said and flags raised in a call, or why nobody can tell."""

from collections.abc import Sequence
from enum import StrEnum

import msgspec

from callcoach.call.events import CueHeard, Span
from callcoach.call.named import named_in
from callcoach.call.summary import FlagStory
from callcoach.review.marks import Evidence
from callcoach.review.suggest_heard import ENOUGH, MISSED, SIDES
from callcoach.review.suggest_seen import Seen
from callcoach.script.model import Cue, CueId, CueKind, FlagKind, Speaker

_DONE = frozenset((FlagKind.FORBIDDEN, FlagKind.OUT_OF_ORDER, FlagKind.REPEATED))
"""Flags of what was said: it was said also where it was put right afterwards."""


class Verdict(StrEnum):
    """What a call shows of something."""

    PRESENT = "present"
    ABSENT = "absent"
    UNKNOWN = "unknown"
    """Nobody could tell: it was not heard, or there was no occasion."""
    DOUBTFUL = "doubtful"
    """Something was heard, and the recogniser was not sure of it."""


class Finding(msgspec.Struct, frozen=True):
    """A verdict and what it rests on; a struct, as one is made for every question of a call."""

    verdict: Verdict
    evidence: tuple[Evidence, ...]


def seen_cue(id: CueId, seen: Seen, *, is_due: bool = False) -> Finding:
    """Return whether a cue was said so that it counts; a forbidden one: whether it was flagged.

    It `is_due` anywhere in the call where the question is only asked of calls that want it.
    """
    cue = seen.script.cues.get(id)
    if cue is None:
        return Finding(Verdict.UNKNOWN, (Evidence("cue_unknown", subject=id),))
    if cue.kind is CueKind.AVOID:
        return seen_flags((id,), (id,), seen)[0]
    heard = seen.heard.get(id, ())
    known = seen.state.cue(id)
    if known.is_ticked:
        why = "cue_unkept" if known.is_unkept else "cue_ticked"
        return Finding(Verdict.PRESENT, (Evidence(why, known.ticked_at, subject=id),))
    if heard:
        sure = [it for it in heard if it.counts and not it.is_doubtful]
        if sure and known.met_at is not None:
            return Finding(Verdict.PRESENT, tuple(map(_heard, sure)))
        doubtful = [it for it in heard if it.is_doubtful]
        if doubtful:
            return Finding(Verdict.DOUBTFUL, tuple(map(_doubtful, doubtful)))
    return _not_heard(cue, seen, is_due)


def _not_heard(cue: Cue, seen: Seen, is_due: bool) -> Finding:
    """Return what it means that a cue was not heard: that it was not said, or that nobody knows."""
    if not _is_audible(cue.speaker, seen):
        return Finding(Verdict.UNKNOWN, (Evidence("voice_not_heard", subject=cue.id),))
    windows = seen.windows(cue)
    stories = [it for it in seen.stories if it.raised.cue == cue.id]
    is_passed = not windows and seen.has_passed(cue)
    if not windows and not stories:
        if not is_due and not is_passed:
            return Finding(Verdict.UNKNOWN, (Evidence("step_not_reached", subject=cue.id),))
        windows = [(0.0, seen.ears.end)]
    missed = seen.ears.missed(cue.speaker, windows)
    if missed >= MISSED or any(it.raised.is_unheard for it in stories):
        gap = Evidence("not_listened", subject=cue.id, value=f"{missed:.1f}")
        return Finding(Verdict.UNKNOWN, (gap,))
    if is_passed and not stories:
        return Finding(Verdict.ABSENT, (Evidence("step_passed_by", subject=cue.id),))
    at = stories[0].raised.at if stories else windows[0][0] or None
    return Finding(Verdict.ABSENT, (Evidence("cue_missing", at, subject=cue.id),))


def seen_flags(of: Sequence[str], cues: Sequence[CueId], seen: Seen) -> tuple[Finding, int]:
    """Return whether flags were raised, and how many.

    `of` has ids of cues and severities, `cues` only the former. What was missed and said later is
    no flag any more; what may not be said was said, however it was put right.
    """
    stories = [
        story for story in seen.stories if story.raised.cue in cues or story.raised.severity in of
    ]
    stand = [it for it in stories if _stands(it)]
    count = sum(story.times for story in stand)
    if stand:
        return Finding(Verdict.PRESENT, tuple(map(_flagged, stand))), count
    doubts = [it for it in seen.perhaps if _is_about(it, of, seen)]
    if doubts:
        return Finding(Verdict.DOUBTFUL, tuple(map(_doubtful, doubts))), 0
    unheard = [it for it in stories if it.cleared is None]
    if unheard:
        evidence = Evidence("not_listened", unheard[0].raised.at, subject=unheard[0].raised.cue)
        return Finding(Verdict.UNKNOWN, (evidence,)), 0
    subject = ",".join(of)
    speakers = {seen.script.cues[id].speaker for id in cues if id in seen.script.cues}
    if any(not _is_audible(it, seen) for it in speakers or {Speaker.AGENT}):
        return Finding(Verdict.UNKNOWN, (Evidence("voice_not_heard", subject=subject),)), 0
    heard = seen.ears.share
    share = f"{heard:.2f}"
    if heard < ENOUGH:
        evidence = Evidence("partly_heard", subject=subject, value=share)
        return Finding(Verdict.UNKNOWN, (evidence,)), 0
    repaired = tuple(_flagged(story) for story in stories)
    none = Evidence("not_flagged", subject=subject, value=share)
    return Finding(Verdict.ABSENT, repaired or (none,)), 0


def _stands(story: FlagStory) -> bool:
    is_left = story.cleared is None or story.raised.what in _DONE
    return is_left and not story.raised.is_unheard


def _is_about(event: CueHeard, of: Sequence[str], seen: Seen) -> bool:
    cue = seen.script.cues.get(event.cue)
    return event.cue in of or (cue is not None and cue.severity in of)


def _is_audible(speaker: Speaker, seen: Seen) -> bool:
    """Tell whether a voice was heard at all; a line that was said as offered is heard, too."""
    if speaker in SIDES:
        return speaker in seen.ears.voices
    return bool(seen.ears.voices)


def _heard(event: CueHeard) -> Evidence:
    reason = "cue_by_model" if event.by == "model" else "cue_heard"
    return Evidence(reason, event.at, _spans(event), event.cue, named_in(event))


def _doubtful(event: CueHeard) -> Evidence:
    sure = f"{event.confidence:.2f}"
    return Evidence("in_doubt", event.at, _spans(event), event.cue, sure)


def _spans(event: CueHeard) -> tuple[Span, ...]:
    also = [span for span in event.also if span != event.span] if event.also else ()
    return (event.span, *also) if event.span.end > event.span.start else (*also,)


def _flagged(story: FlagStory) -> Evidence:
    raised = story.raised
    spans = tuple(it.span for it in story.raisings if it.span is not None)
    reason = "flagged" if story.cleared is None else "flag_repaired"
    return Evidence(reason, raised.at, spans, raised.cue, raised.what.value)
