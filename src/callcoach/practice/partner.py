"""The other voice of a practice call: what a plan's customer says, when it is their turn."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle

from callcoach.call.coach import Coach
from callcoach.call.events import Event, ExitTaken, Heard, StepEntered
from callcoach.call.inputs import Hear
from callcoach.call.rehearse import Rehearsal, given_facts
from callcoach.call.session import Session
from callcoach.script.model import Speaker, StepId
from callcoach.script.plan import Plan
from callcoach.script.wording import Language

NODS = {
    "en": ("Mm-hm.", "I'm listening.", "Oh.", "Mm."),
    "zh": ("哦。", "我听着呢。", "哦，这样。", "您说。"),
}
"""What the customer says in turn where the plan has nothing for them: neither a yes nor a no."""


@dataclass(frozen=True, slots=True)
class _Turn:
    """Something the customer says, and where the call is then."""

    step: StepId
    speaker: Speaker
    words: str
    is_opening: bool
    """Nobody has spoken before."""


class PlanPartner:
    """Answers like the customer of a plan, wherever the person who practises goes.

    The turns of the present step come in the plan's order; one that was passed by is not said
    later. Nobody is answered before they have spoken.
    """

    def __init__(
        self, coach: Coach, plan: Plan, language: Language, said: Sequence[Heard] = ()
    ) -> None:
        """Be the customer of a plan; in a call that goes on, of what was `said` nothing again."""
        known = Counter(it.text for it in said if it.speaker is not Speaker.AGENT)
        self._turns = list(_unsaid(_turns(coach, plan, language), known))
        self._nods = cycle(NODS.get(language, NODS["en"]))
        self._last = ""
        self._is_silent = not said
        self._is_answered = True

    def opening(self) -> Hear | None:
        """Return what the customer says on picking up; None where the agent speaks first."""
        if self._is_silent and self._turns and self._turns[0].is_opening:
            return self._say(0)
        return None

    def answer(self, session: Session, events: Sequence[Event]) -> Hear | None:
        """Return what the customer says after something happened; None where they listen."""
        if session.state.ended or session.state.is_on_hold:
            return None
        if any(isinstance(event, Heard) and event.speaker is Speaker.AGENT for event in events):
            self._is_answered = False
        if self._is_answered:
            return None
        here = session.state.position.step
        has_moved = any(isinstance(event, (StepEntered, ExitTaken)) for event in events)
        for place, turn in enumerate(self._turns):
            if turn.step == here:
                return self._say(place)
        if has_moved:
            return None
        return self._speak(Speaker.CUSTOMER, next(nod for nod in self._nods if nod != self._last))

    def _say(self, place: int) -> Hear:
        turn = self._turns[place]
        del self._turns[: place + 1]
        return self._speak(turn.speaker, turn.words)

    def _speak(self, speaker: Speaker, words: str) -> Hear:
        self._is_answered = True
        self._last = words
        return Hear(speaker, words)


def _unsaid(turns: Iterable[_Turn], known: Counter[str]) -> Iterator[_Turn]:
    """Yield the turns whose words were not said yet, each as often as it is still to be said."""
    for turn in turns:
        if known[turn.words]:
            known[turn.words] -= 1
        else:
            yield turn


def _turns(coach: Coach, plan: Plan, language: Language) -> Iterator[_Turn]:
    """Yield what the customer says in a plan, by playing it through."""
    started = coach.started(
        language,
        started="",
        day="2000-01-01",
        seed=0,
        mode="practice",
    )
    session, _ = Session.start(coach, started)
    rehearsal = Rehearsal(session, plan)
    for beat in given_facts(session, plan):
        rehearsal.play(beat)
    for beat in rehearsal.beats():
        if isinstance(beat.given, Hear) and beat.is_customer:
            yield _Turn(
                step=session.state.position.step,
                speaker=beat.given.speaker,
                words=beat.given.text,
                is_opening=session.state.utterances == 0,
            )
        rehearsal.play(beat)
