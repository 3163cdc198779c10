"""Writes down the calls of the `overdue` pack's plans, turn by turn, as they are spoken."""

import re
from dataclasses import dataclass
from typing import Literal

from callcoach.call.coach import Coach
from callcoach.call.rehearse import rehearse
from callcoach.call.session import Session
from callcoach.script.library import Library, shipped_folder
from callcoach.script.model import PlanId, Speaker
from models.tiny.lines import UnsoundPack
from models.tiny.phones import Language
from models.tiny.spoken import words_of

Channel = Literal["agent", "customer"]

_PACK = "overdue"
_SENTENCE_END = re.compile(r"(?<=[.?!。？！；])\s*(?!\d)")


@dataclass(frozen=True, slots=True)
class Turn:
    """What one side says before the other answers."""

    speaker: Channel
    sentences: tuple[str, ...]
    """The words of each; English ones with spaces, Chinese without."""


def transcript(plan: str, language: Language) -> tuple[Turn, ...]:
    """Return everything that is said in a plan of the pack. Raises `UnsoundPack`."""
    loaded = Library((shipped_folder(),)).load(_PACK)
    if loaded.script is None:
        raise UnsoundPack(f"the pack {_PACK} does not load; see: callcoach script check {_PACK}")
    coach = Coach(loaded.script)
    started = coach.started(
        language,
        started="2026-11-23T06:00:00Z",
        day="2026-11-23",
        seed=1,
        mode="demo",
    )
    session, opening = Session.start(coach, started)
    rehearse(session, opening, loaded.plans[PlanId(f"{_PACK}.{plan}")])
    return tuple(
        Turn(
            "agent" if heard.speaker is Speaker.AGENT else "customer",
            _sentences(heard.text, language),
        )
        for heard in session.transcript
    )


def _sentences(text: str, language: Language) -> tuple[str, ...]:
    said = (words_of(sentence, language) for sentence in _SENTENCE_END.split(text))
    return tuple(sentence for sentence in said if sentence)
