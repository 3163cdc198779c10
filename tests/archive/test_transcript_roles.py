"""Tests of who is the agent where no label tells, and of channels that hold the same."""

import json
from pathlib import Path

import pytest

from callcoach.archive.transcripts import NoteCode, parse_transcript
from callcoach.archive.transcripts.labels import speaker_of
from callcoach.archive.transcripts.roles import THRESHOLD, guess_agent
from callcoach.script.model import Speaker
from tests.archive.transcripts import AGENT, CUSTOMER, OTHER, notes_of, turns_of

DATA = Path(__file__).parents[3] / "shared" / "data" / "debt_calls" / "transcripts"

ENGLISH = (
    "Hello, this is Dana Reed calling from Harbour Loans.",
    "Who is this? How did you get my number?",
    "Your account is two payments behind. When can you pay?",
    "I lost my job, I can't pay that now.",
)
CHINESE = (
    "您好,我是海港贷款公司的客服,请问是王先生吗?打扰您了。",
    "哪位?你们怎么又打来了。",
    "您的贷款已经逾期了,您看什么时候方便还款?",
    "我现在没钱,下个月我会还。",
)


@pytest.mark.parametrize("turns", [ENGLISH, CHINESE], ids=["en", "zh"])
@pytest.mark.parametrize("labels", [("Speaker 1", "Speaker 2"), ("spk_1", "spk_0")])
def test_the_words_tell_who_is_the_agent(turns: tuple[str, ...], labels: tuple[str, str]) -> None:
    text = json.dumps([{"speaker": labels[n % 2], "text": it} for n, it in enumerate(turns)])
    assert [speaker for speaker, _ in turns_of(text)] == [AGENT, CUSTOMER] * 2
    assert notes_of(text)[NoteCode.AGENT_GUESSED].what == labels[0]
    swapped = parse_transcript(text, "x", swap=True)
    assert swapped.rows[0].speaker is CUSTOMER


def test_nobody_is_guessed_where_the_words_say_little() -> None:
    text = "Anna: Hello\nBert: Hello\nAnna: Nice weather\nBert: Yes it is"
    assert {speaker for speaker, _ in turns_of(text)} == {OTHER}
    notes = notes_of(text)
    assert NoteCode.ROLES_UNKNOWN in notes
    assert NoteCode.NO_AGENT not in notes


def test_the_only_other_voice_is_the_other_side() -> None:
    assert turns_of("Agent: Hello\nZoe: Hi")[1] == (CUSTOMER, "Hi")
    assert turns_of("Zoe: Hello\n客户：喂")[0] == (AGENT, "Hello")
    assert notes_of("Agent: a\nZoe: b")[NoteCode.OTHER_SIDE_GUESSED].what == "Zoe"
    assert turns_of("Agent: Hello\nIVR: Press 1")[1] == (OTHER, "Press 1")


def test_channels_that_hold_the_same_are_merged() -> None:
    rows = [
        {"speaker": side, "text": f"sentence number {n}", "start": n * 5 + late, "end": n * 5 + 3}
        for n in range(5)
        for side, late in (("Agent", 0), ("Customer", 0.2))
    ]
    text = json.dumps(rows)
    assert turns_of(text) == [(OTHER, f"sentence number {n}") for n in range(5)]
    assert notes_of(text)[NoteCode.CHANNELS_ALIKE].count == 5
    assert NoteCode.ONE_VOICE in notes_of(text)


def test_people_who_repeat_each_other_are_two() -> None:
    rows = [
        {"speaker": side, "text": word, "start": n, "end": n + 1}
        for n, (side, word) in enumerate(
            (("Agent", "hello"), ("Customer", "hello"), ("Agent", "your loan"), ("Customer", "ok"))
        )
    ]
    assert len(turns_of(json.dumps(rows))) == 4


def test_public_calls_without_their_labels_are_told_apart() -> None:
    """The figures in docs/import.md: nobody is taken for the other, few are unknown."""
    files = sorted(DATA.glob("*.json")) if DATA.is_dir() else []
    wrong = unknown = 0
    for file in files:
        rows = json.loads(file.read_text(encoding="utf-8"))
        sides: dict[Speaker, list[str]] = {AGENT: [], CUSTOMER: []}
        for row in rows:
            sides[speaker_of(row["speaker"]) or OTHER].append(row["text"])
        guess = guess_agent("customer", sides[CUSTOMER], "agent", sides[AGENT])
        unknown += guess.score < THRESHOLD
        wrong += guess.score >= THRESHOLD and guess.label != "agent"
    assert wrong == 0
    assert unknown <= 0.05 * len(files)
