"""What the rules judge of a whole call is what the session flags: not one without the other."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from callcoach.call.coach import Coach
from callcoach.call.replay import Row, without_deadlines
from callcoach.review.batch.judge import Said, Terms, judge
from callcoach.script.model import Speaker
from callcoach.script.wording import Language
from tests.script.packs.judging import labels_of, rows
from tests.sessions import shipped_coach
from tests.support import PHRASES

HERE = Path(__file__).parent
EARLY = frozenset(("overdue.disclosure", "overdue.leak"))
"""The flags that say that the debt was told to somebody who had not proven who they are."""
SPEAKERS = {"agent": Speaker.AGENT, "customer": Speaker.CUSTOMER}
MOST = 0.04
"""Of the calls of a file, the share in which they may differ: a leak after a hand-over, say."""


@cache
def _terms() -> Terms:
    coach = shipped_coach("overdue")
    untimed = Coach(without_deadlines(coach.script), store=PHRASES, rules=coach.judge.rules)
    return Terms(coach, untimed, None, "2026-12-01")


def _calls(file: str) -> Iterator[tuple[str, list[Row]]]:
    """Yield the calls of a table, an utterance every five seconds."""
    said: dict[str, list[Row]] = {}
    for row in rows(HERE / file):
        of_call = said.setdefault(row["call"], [])
        at = len(of_call) * 5.0
        speaker = SPEAKERS.get(row["speaker"], Speaker.OTHER)
        of_call.append(Row(speaker, row["text"], at, at + 4))
    yield from said.items()


def _is_flagged(said: list[Row], language: Language) -> bool:
    judged = judge(Said(said, language), _terms())
    return any(
        story.raised.cue in EARLY and story.raised.what != "missing"
        for story in judged.seen.stories
    )


def _is_judged(said: list[Row], language: Language) -> bool:
    turns = [f"{row.speaker.value[0].upper()}: {row.text}" for row in said]
    return "early" in set[str]().union(*labels_of(turns, language))


@pytest.mark.parametrize(
    ("file", "language"),
    [
        *((f"en_{name}.tsv", "en") for name in ("calls", "more", "third", "openings")),
        *((f"zh_{name}.tsv", "zh") for name in ("calls", "more", "third", "fourth", "openings")),
    ],
)
def test_the_debt_told_too_early_is_flagged_where_it_is_judged_so(file: str, language: str) -> None:
    calls = list(_calls(file))
    differing = [
        call
        for call, said in calls
        if _is_flagged(said, language) is not _is_judged(said, language)
    ]
    assert len(differing) <= MOST * len(calls), differing
