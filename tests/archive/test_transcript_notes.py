"""Tests of what is said about a transcript that is odd, and about one that is refused."""

import json

import pytest

from callcoach.archive.transcripts import Note, NoteCode, assemble, parse_transcript, say_note
from callcoach.archive.transcripts.model import MAX_LINES, MAX_ROWS, MAX_TEXT
from callcoach.errors import TranscriptError
from callcoach.locale import Messages
from tests.archive.transcripts import AGENT, CUSTOMER, OTHER, notes_of, turns_of

# Notes


def test_an_unknown_speaker_is_somebody_else_and_noted() -> None:
    text = "[00:00-00:01] Agent: a\n[00:01-00:02] Zoe: b\n[00:02-00:03] Customer: c"
    assert [row.speaker for row in parse_transcript(text, "x").rows] == [AGENT, OTHER, CUSTOMER]
    assert notes_of(text)[NoteCode.UNKNOWN_SPEAKER] == Note(NoteCode.UNKNOWN_SPEAKER, 2, 1, "Zoe")


def test_the_labels_in_a_note_are_few_short_and_harmless() -> None:
    rows = [{"speaker": f"\x1b[2J{i}" + "x" * 100, "text": "a"} for i in range(50)]
    note = notes_of(json.dumps(rows))[NoteCode.UNKNOWN_SPEAKER]
    assert note.count == 50
    assert note.what.count(",") == 5
    assert "\x1b" not in note.what
    assert len(note.what) < 200


def test_a_transcript_without_an_agent_says_so() -> None:
    assert NoteCode.NO_AGENT in notes_of("Customer: Hello")
    assert NoteCode.NO_AGENT not in notes_of("Agent: Hello")


def test_utterances_without_words_are_dropped_and_noted() -> None:
    text = "Agent: Hello\nCustomer:\n\nAgent: Bye"
    assert [row.text for row in parse_transcript(text, "x").rows] == ["Hello", "Bye"]
    assert notes_of(text)[NoteCode.EMPTY_DROPPED] == Note(NoteCode.EMPTY_DROPPED, 2)


def test_an_endless_utterance_is_cut_and_noted() -> None:
    text = "Agent: " + "a" * (MAX_TEXT + 1)
    assert [len(row.text) for row in parse_transcript(text, "x").rows] == [MAX_TEXT]
    assert notes_of(text)[NoteCode.TEXT_CUT].count == 1


def test_half_a_surrogate_pair_is_replaced_and_noted() -> None:
    text = '[{"speaker": "agent", "text": "a\\ud800b"}]'
    assert turns_of(text) == [(AGENT, "a\ufffdb")]
    assert notes_of(text)[NoteCode.BAD_CHARACTERS].count == 1


@pytest.mark.parametrize("code", NoteCode)
@pytest.mark.parametrize("count", [1, 3])
def test_every_note_is_one_sentence(code: NoteCode, count: int) -> None:
    said = say_note(Note(code, 7, count, "what"), Messages("en"))
    assert said.endswith("First in line 7.")
    assert "{" not in said
    whole = say_note(Note(code, 0, count, "what"), Messages("en"))
    assert whole.endswith(".")
    assert said.startswith(whole)


# Errors


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("", "call.txt, line 1:", "no utterance"),
        ("# nothing\n\n", "call.txt, line 1:", "no utterance"),
        ("\n\nHello\nAgent: Hi", "call.txt, line 3:", "who speaks"),
        ('[{"speaker": "agent",\n "text": "a"},\n 5]', "call.txt, line 3:", "no utterance"),
        ('[{"speaker": "agent",\n "text": ["a"]}]', "call.txt, line 1:", "no text"),
        ('[\n{"speaker": "agent"\n "text": "a"}]', "call.txt, line 3:", "not valid JSON"),
        ('[\n{"text": "a"}\n{"text": "a"}]', "call.txt, line 3:", "not valid JSON"),
        ('[\n{"text": "a"}', "call.txt, line 2:", "not valid JSON"),
        ('[{"text": "a"}]\n\n[]', "call.txt, line 3:", "something follows"),
        ('{\n"a": 1}', "call.txt, line 1:", "utterances"),
        ('{"callcoach_export": 2,\n "utterances": []}', "call.txt, line 1:", "newer callcoach"),
        ("[" * 100_000, "call.txt, line 1:", "nested too deeply"),
        ('{"a":' * 100_000, "call.txt, line 1:", "nested too deeply"),
        ("[\n" + "9" * 5000 + "]", "call.txt, line 2:", "too many digits"),
    ],
)
def test_an_error_names_file_line_and_remedy(text: str, place: str, what: str) -> None:
    with pytest.raises(TranscriptError) as caught:
        parse_transcript(text, "call.txt")
    assert caught.value.message.startswith(place)
    assert what in caught.value.message
    assert caught.value.hint


def test_an_error_never_holds_what_was_said() -> None:
    with pytest.raises(TranscriptError) as caught:
        parse_transcript('[{"speaker": "agent", "text": "my secret" "x"}]', "call.txt")
    assert "secret" not in str(caught.value)


def test_more_utterances_than_a_call_can_have_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A smaller limit is tried: the real one takes seconds to come to."""
    assert MAX_ROWS == 200_000
    monkeypatch.setattr(assemble, "MAX_ROWS", 20_000)
    rows = ',\n{"speaker":"a","text":"b"}' * 20_000
    assert len(parse_transcript(f"[{rows[1:]}]", "call.json").rows) == 20_000
    with pytest.raises(TranscriptError, match="line 20001: there are more than 20,000"):
        parse_transcript(f'[{{"text":"b"}}{rows}]', "call.json")


def test_more_lines_than_a_call_can_have_are_refused() -> None:
    with pytest.raises(TranscriptError, match=f"line {MAX_LINES + 1}: there are more than"):
        parse_transcript("\n" * (MAX_LINES + 1), "call.txt")
