"""The ears of a session: what was said so far, and which rules hold by it.

A call that is taken up again is heard again from its events, so that rules know what was before.
"""

from collections.abc import Mapping

from callcoach.call.events import Heard
from callcoach.call.judge import Judge
from callcoach.call.metrics import figures, measure
from callcoach.call.rules.listener import Listener, Opinion, RuleHit
from callcoach.call.rules.talk import Said
from callcoach.call.state import CallState
from callcoach.script.model import Speaker, StepId
from callcoach.script.rules import RuleId

Opinions = Mapping[RuleId, Opinion]

_EXACT = frozenset(("typed", "line"))
"""The sources of words that no recogniser has written down."""


class Ears:
    """What one call has heard."""

    def __init__(self, judge: Judge, state: CallState, opinions: Opinions | None = None) -> None:
        self._judge = judge
        self._opinions = opinions
        self._facts: dict[str, str] = {"language": state.language}
        self._day = state.day
        self._steps: list[frozenset[StepId]] = []
        self.transcript: list[Heard] = []
        """Everything that was said so far, in the order in which it was fed."""
        self.due: list[RuleHit] = []
        """The rules that have come to hold by the passing of time, until a session takes them."""
        self._listener = self._listen()

    def _listen(self) -> Listener:
        return Listener(self._judge.rules, self._facts, self._day, self._opinions)

    def know(self, name: str, value: str) -> None:
        """Take note of a fact of the call, for rules that ask for it."""
        self._facts[name] = value
        self._facts[name.rpartition(".")[2]] = value

    def hear(self, state: CallState, heard: Heard) -> tuple[RuleHit, ...]:
        """Return the rules that hold by an utterance; `state` is the call's when it was said."""
        steps = frozenset(self._judge.script.lineages.get(state.position.step, ()))
        self.transcript.append(heard)
        self._steps.append(steps)
        return self._listener.hear(self._said(heard, steps))

    def peek(self, state: CallState, speaker: Speaker, text: str) -> tuple[RuleHit, ...]:
        """Return what would hold by words that are still being spoken."""
        steps = frozenset(self._judge.script.lineages.get(state.position.step, ()))
        return self._listener.peek(Said(speaker, text, state.at, state.at, steps))

    def wait(self, now: float) -> None:
        """Let time pass until `now`, in seconds since the call began."""
        if self._judge.is_timed:
            self.due += self._listener.wait(now)

    def end(self, state: CallState) -> tuple[RuleHit, ...]:
        """Return the rules that hold now that the call is over."""
        metrics = figures(measure(self.transcript, state.at), hold=state.held)
        return self._listener.end(metrics)

    def reopen(self) -> None:
        """Listen anew to what was said: the end of the call was taken back."""
        self._listener = self._listen()
        for heard, steps in zip(self.transcript, self._steps, strict=True):
            self._listener.hear(self._said(heard, steps))

    def seqs(self) -> list[int]:
        """Return the `seq` of every utterance."""
        return [heard.seq for heard in self.transcript]

    def speaker(self, hit: RuleHit) -> Speaker | None:
        """Return who said the words of a hit; None where it holds by what was not said."""
        return None if hit.is_silent else self.transcript[hit.utterance].speaker

    def _said(self, heard: Heard, steps: frozenset[StepId]) -> Said:
        text = self._judge.without_blanks(heard.text)
        is_exact = heard.source in _EXACT
        return Said(heard.speaker, text, heard.start, heard.end, steps, is_exact)
