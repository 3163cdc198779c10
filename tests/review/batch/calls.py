"""Calls and terms that the tests of batches share."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from callcoach.archive.transcripts import Transcript
from callcoach.call.coach import Coach
from callcoach.call.replay import Row, without_deadlines
from callcoach.errors import TranscriptError
from callcoach.review.batch.judge import Terms
from callcoach.review.form.library import read_form, shipped_forms
from callcoach.script.model import Speaker
from tests.sessions import shipped_coach
from tests.support import PHRASES

DAY = "2026-12-01"
AGENT, CUSTOMER = Speaker.AGENT, Speaker.CUSTOMER
SAID = (
    (AGENT, "Good morning, this is Anna from Fairway."),
    (CUSTOMER, "Who is this?"),
    (AGENT, "Am I speaking to Mrs Hall? This call is recorded."),
    (CUSTOMER, "Yes, but I have no time now."),
    (AGENT, "You must pay today or you will be in trouble."),
    (AGENT, "Thank you for your time. Goodbye."),
    (CUSTOMER, "您好，请问哪位？"),
    (AGENT, "您好，我是安心分期的林晓，请问是王先生本人吗？"),
    (AGENT, "谢谢您，再见。"),
)
"""What is said in the calls of tests, in both languages."""


@cache
def terms(form: str = "courtesy") -> Terms:
    """Return what the calls of tests are judged by: the pack and a form that are shipped."""
    coach = shipped_coach("courtesy")
    untimed = Coach(without_deadlines(coach.script), store=PHRASES)
    loaded = read_form(shipped_forms() / f"{form}.yaml").form
    assert loaded is not None
    return Terms(coach, untimed, loaded, DAY, agent="Anna")


def rows(said: Sequence[tuple[Speaker, str]]) -> tuple[Row, ...]:
    """Return utterances of three seconds, a second apart."""
    return tuple(Row(who, text, at * 4.0, at * 4.0 + 3) for at, (who, text) in enumerate(said))


class Spoken:
    """A call that was found, or one that cannot be read."""

    def __init__(
        self,
        id: str,
        said: Sequence[tuple[Speaker, str]] | None,
        attributes: Mapping[str, str] | None = None,
    ) -> None:
        self.id = id
        self._said = said
        self._attributes = {"agent": "Bo", **(attributes or {})}

    def read(self) -> Transcript:
        """Return what was said. Raises `TranscriptError` where nothing was."""
        if self._said is None:
            raise TranscriptError("{name}, line 1: nothing", "write something", name=self.id)
        return Transcript(rows(self._said), is_timed=True, notes=(), attributes=self._attributes)


def line(number: int) -> Mapping[str, object]:
    """Return one call as a line of a file has it; no two near one another are alike."""
    said = [SAID[(number * 5 + at * 2) % len(SAID)] for at in range(3 + number % 4)]
    return {
        "id": f"C{number}",
        "agent": f"agent {number % 3}",
        "utterances": [
            {"speaker": it.speaker, "text": it.text, "stime": it.start, "etime": it.end}
            for it in rows(said)
        ],
    }


def write_calls(path: Path, count: int, damaged: Sequence[int] = ()) -> Path:
    """Write calls as lines of JSON; some of them cannot be read."""
    lines = [
        '{"utterances": 7' if at in damaged else json.dumps(line(at), ensure_ascii=False)
        for at in range(count)
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
