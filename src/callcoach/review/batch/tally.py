"""What a batch came to in figures: a sum over its parts, in their order."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from callcoach.errors import CallcoachError
from callcoach.review.batch.problems import Problem, kind_of
from callcoach.review.batch.tables import Told

_EXAMPLES = 10
"""Of each kind of problem; the table of problems has all."""


class Damage(msgspec.Struct):
    """Calls that could not be judged, all for the same reason."""

    calls: int = 0
    examples: list[Problem] = msgspec.field(default_factory=list)
    """The first ones."""


class Share(msgspec.Struct):
    """How many of some calls."""

    yes: int = 0
    of: int = 0


class Tally(msgspec.Struct):
    """Figures of some calls."""

    calls: int = 0
    """That were judged."""
    utterances: int = 0
    seconds: float = 0.0
    damaged: dict[str, Damage] = msgspec.field(default_factory=dict)
    """By what was wrong."""
    notes: dict[str, int] = msgspec.field(default_factory=dict)
    """Calls with something odd about their files, by its code."""
    outcomes: dict[str, int] = msgspec.field(default_factory=dict)
    """Empty for calls that came to no end of the script."""
    scored: int = 0
    percents: float = 0.0
    """The sum of the scores, in percent."""
    failed: int = 0
    """Calls that an answer has brought down."""
    incomplete: int = 0
    """Calls with a question that only a person can answer."""
    bands: dict[str, int] = msgspec.field(default_factory=dict)
    answers: dict[str, dict[str, int]] = msgspec.field(default_factory=dict)
    """By question, how often each option was suggested; empty where nothing was."""
    cues: dict[str, Share] = msgspec.field(default_factory=dict)
    """By cue, how many of the calls that owed it met it."""
    flags: dict[str, int] = msgspec.field(default_factory=dict)
    """By kind and cue, in how many calls they were raised."""

    def take(self, told: Told) -> None:
        """Count one judged call."""
        session, score = told.judged.session, told.judged.score
        state = session.state
        self.calls += 1
        self.utterances += len(session.transcript)
        self.seconds += state.at
        _count(self.notes, told.notes)
        _count(self.outcomes, [(state.ended.outcome if state.ended else None) or ""])
        for cue, is_met in told.judged.owed.items():
            share = self.cues.get(cue)
            if share is None:
                share = self.cues[cue] = Share()
            share.of += 1
            share.yes += is_met
        raised = {f"{it.raised.what} {it.raised.cue}" for it in told.judged.seen.stories}
        _count(self.flags, sorted(raised))
        if score is None or told.form is None:
            return
        self.failed += score.has_failed
        self.incomplete += bool(score.unanswered)
        if score.percent is not None:
            self.scored += 1
            self.percents += score.percent
        if told.band:
            _count(self.bands, [told.band])
        for id, mark in score.questions.items():
            if mark.is_asked:
                found = told.judged.suggested.get(id)
                chosen = found.answer.options if found else ()
                _count(self.answers.setdefault(id, {}), chosen or [""])

    def refuse(self, id: str, error: CallcoachError) -> None:
        """Count a call that could not be judged."""
        damage = self.damaged.setdefault(kind_of(error), Damage())
        damage.calls += 1
        if len(damage.examples) < _EXAMPLES:
            damage.examples.append(Problem.of(id, error))

    def add(self, other: "Tally") -> None:
        """Add the figures of calls that come after."""
        for name in ("calls", "utterances", "seconds", "scored", "percents", "failed"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.incomplete += other.incomplete
        for mine, more in (
            (self.notes, other.notes),
            (self.outcomes, other.outcomes),
            (self.bands, other.bands),
            (self.flags, other.flags),
        ):
            _add(mine, more)
        for id, options in other.answers.items():
            _add(self.answers.setdefault(id, {}), options)
        for id, share in other.cues.items():
            known = self.cues.setdefault(id, Share())
            known.yes += share.yes
            known.of += share.of
        for kind, damage in other.damaged.items():
            whole = self.damaged.setdefault(kind, Damage())
            whole.calls += damage.calls
            whole.examples += damage.examples[: _EXAMPLES - len(whole.examples)]

    @property
    def lost(self) -> int:
        """Return how many calls could not be judged."""
        return sum(damage.calls for damage in self.damaged.values())

    @property
    def mean(self) -> float | None:
        """Return the mean score, in percent; None where nothing was scored."""
        return self.percents / self.scored if self.scored else None


def total(tallies: Iterable[Tally]) -> Tally:
    """Return the figures of all parts."""
    whole = Tally()
    for tally in tallies:
        whole.add(tally)
    return whole


def _count(counts: dict[str, int], names: Sequence[str]) -> None:
    for name in names:
        counts[name] = counts.get(name, 0) + 1


def _add(counts: dict[str, int], more: Mapping[str, int]) -> None:
    for name, count in more.items():
        counts[name] = counts.get(name, 0) + count
