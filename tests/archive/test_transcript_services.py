"""Tests of what speech services write: found out, read whole, and unknown where nothing tells."""

import json
import random
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from callcoach.archive.transcripts import NoteCode, Transcript, find_calls, parse_transcript
from callcoach.archive.transcripts.formats import detect_format
from callcoach.archive.transcripts.model import Note
from callcoach.archive.transcripts.source import Source
from callcoach.call.captured import Doubt
from callcoach.errors import TranscriptError
from callcoach.script.model import Speaker
from tests.archive import service_samples
from tests.archive.test_transcript_formats import ODD, spoilt, words
from tests.archive.transcripts import AGENT, CUSTOMER, notes_of, times_of, turns_of

SAMPLES = service_samples.SAMPLES
ALL = {**SAMPLES, **service_samples.VARIANTS}


@pytest.mark.parametrize("name", service_samples.VARIANTS)
def test_every_form_tells_the_same_call(name: str) -> None:
    text, format = ALL[name], name.split()[0]
    assert detect_format(Source(text, "x")).name == format
    for asked in ("", format):
        transcript = parse_transcript(text, "x", format=asked)
        rows = [(row.speaker, words(row.text), row.start, row.end) for row in transcript.rows]
        assert rows == [(AGENT, "hello", 1.0, 2.5), (CUSTOMER, "who is this", 3.0, 4.0)]
        assert transcript.is_timed


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("transcribe", ("spk_0", "spk_1")),
        ("transcribe items", ("spk_0", "spk_1")),
        ("transcribe old", ("spk_0", "spk_1")),
        ("transcribe channels", ("ch_0", "ch_1")),
        ("transcribe old-channels", ("ch_0", "ch_1")),
        ("deepgram", ("speaker 0", "speaker 1")),
        ("deepgram words", ("speaker 0", "speaker 1")),
        ("deepgram channels", ("channel 0", "channel 1")),
        ("deepgram paragraphs", ("speaker 0", "speaker 1")),
        ("assemblyai", ("A", "B")),
        ("assemblyai words", ("A", "B")),
        ("assemblyai channels", ("channel 1", "channel 2")),
        ("google-speech", ("speaker 1", "speaker 2")),
        ("google-speech channels", ("channel 1", "channel 2")),
        ("azure-speech", ("speaker 1", "speaker 2")),
        ("azure-speech channels", ("channel 0", "channel 1")),
        ("azure-speech lengths", ("speaker 1", "speaker 2")),
        ("azure-speech fast", ("channel 0", "channel 1")),
        ("rev", ("speaker 0", "speaker 1")),
    ],
)
def test_who_is_the_agent_is_unknown_until_somebody_says_it(
    name: str, labels: tuple[str, str]
) -> None:
    text = ALL[name].replace("Who", "Oh").replace("who is", "oh is")
    transcript = parse_transcript(text, "x")
    notes = {note.code: note for note in transcript.notes}
    assert {row.speaker for row in transcript.rows} == {Speaker.OTHER}
    assert NoteCode.ROLES_UNKNOWN in notes
    assert notes[NoteCode.UNKNOWN_SPEAKER].what == ", ".join(labels)
    roles = {labels[0]: CUSTOMER, labels[1]: AGENT}
    told = parse_transcript(text, "x", roles=roles)
    assert [row.speaker for row in told.rows] == [CUSTOMER, AGENT]
    assert told.notes == ()


def test_what_stands_only_among_channels_is_read() -> None:
    heard = json.loads(ALL["transcribe old-channels"])
    del heard["results"]["items"], heard["results"]["transcripts"]
    assert turns_of(json.dumps(heard)) == [(AGENT, "Hello."), (CUSTOMER, "Who is this?")]


def test_names_that_a_service_knows_tell_who_speaks() -> None:
    assert parse_transcript(ALL["rev people"], "x").notes == ()
    named = SAMPLES["assemblyai"].replace('"A"', '"Agent"').replace('"B"', '"Customer"')
    assert parse_transcript(named, "x").notes == ()


@pytest.mark.parametrize(
    ("name", "sure", "doubts"),
    [
        ("transcribe", 0.5, (Doubt(0, 6, 0.5),)),
        ("transcribe items", 0.5, (Doubt(0, 6, 0.5),)),
        ("deepgram", 0.5, (Doubt(0, 6, 0.5),)),
        ("deepgram words", 0.5, (Doubt(0, 6, 0.5),)),
        ("assemblyai", 0.5, (Doubt(0, 6, 0.5),)),
        ("google-speech", 0.5, (Doubt(0, 6, 0.5),)),
        ("azure-speech", 0.7, ()),
        ("azure-speech fast", 0.7, ()),
        ("rev", 0.5, (Doubt(0, 6, 0.5),)),
    ],
)
def test_how_sure_a_service_was_is_kept(name: str, sure: float, doubts: tuple[Doubt, ...]) -> None:
    row = parse_transcript(ALL[name], "x").rows[0]
    assert (row.confidence, row.doubts) == (sure, doubts)


@pytest.mark.parametrize(
    ("name", "attributes", "seconds"),
    [
        ("transcribe", {"id": "job-1", "language": "en-US"}, 0.0),
        ("deepgram", {"id": "r-1"}, 9.0),
        ("assemblyai", {"id": "t-1", "language": "en_us"}, 9.0),
        ("google-speech", {"language": "en-us"}, 0.0),
        ("azure-speech", {"language": "en-US"}, 9.0),
        ("azure-speech fast", {"language": "en-US"}, 9.0),
        ("rev", {}, 0.0),
    ],
)
def test_what_is_said_about_a_call_is_kept(
    name: str, attributes: Mapping[str, str], seconds: float
) -> None:
    transcript = parse_transcript(ALL[name], "x")
    assert (transcript.attributes, transcript.seconds) == (attributes, seconds)


def test_voices_that_speak_at_once_are_not_cut_to_words() -> None:
    both = [
        {"type": "pronunciation", "channel_label": f"ch_{n % 2}", "start_time": str(n * 0.25),
         "end_time": str(n * 0.25 + 0.5), "alternatives": [{"content": word}]}
        for n, word in enumerate(("please", "who", "listen", "is", "now", "this"))
    ]  # fmt: skip
    text = json.dumps({"results": {"items": both}})
    assert [said for _, said in turns_of(text)] == ["please listen now", "who is this"]
    assert NoteCode.OVERLAPPING in notes_of(text)
    mark = {"type": "punctuation", "channel_label": "ch_0", "alternatives": [{"content": "!"}]}
    text = json.dumps({"results": {"items": [*both, mark]}})
    assert [said for _, said in turns_of(text)] == ["please listen now!", "who is this"]
    told = [
        {"word": word, "start": n * 0.25, "end": n * 0.25 + 0.5}
        for n, word in enumerate(("please", "listen", "now"))
    ]
    channels = [{"alternatives": [{"words": it}]} for it in (told, [{**told[0], "word": "who"}])]
    text = json.dumps({"results": {"channels": channels}})
    assert [said for _, said in turns_of(text)] == ["please listen now", "who"]


def test_words_of_one_voice_are_parted_by_pauses() -> None:
    spoken = [("您好", 0.0), ("，", None), ("我", 0.5), ("在", 3.0), ("。", None)]
    elements = [
        {"type": "punct", "value": word}
        if at is None
        else {"type": "text", "value": word, "ts": at, "end_ts": at + 0.4}
        for word, at in spoken
    ]
    text = json.dumps({"monologues": [{"speaker": 0, "elements": elements}]})
    assert [said for _, said in turns_of(text)] == ["您好，我", "在。"]
    assert times_of(text) == [(0.0, 0.9), (3.0, 3.4)]
    assert NoteCode.ONE_VOICE in notes_of(text)


def test_a_word_without_a_speaker_goes_with_the_one_before_it() -> None:
    heard = json.loads(ALL["deepgram words"])
    del heard["results"]["channels"][0]["alternatives"][0]["words"][2]["speaker"]
    assert [said for _, said in turns_of(json.dumps(heard))] == ["Hello.", "Who is this?"]
    heard = json.loads(SAMPLES["google-speech"])
    heard["results"][2]["alternatives"][0]["words"][2]["speakerTag"] = 0  # unset
    assert [said for _, said in turns_of(json.dumps(heard))] == ["Hello.", "Who is this?"]


def test_google_tells_a_call_twice_and_it_is_read_once() -> None:
    heard = json.loads(SAMPLES["google-speech"])
    for result in heard["results"]:
        for word in result["alternatives"][0]["words"]:
            del word["startTime"], word["endTime"]
    assert [said for _, said in turns_of(json.dumps(heard))] == ["Hello.", "Who is this?"]
    following = [heard["results"][2], heard["results"][0]]
    assert len(turns_of(json.dumps({"results": following}))) == 3


def test_results_that_tell_speakers_one_after_the_other_are_all_read() -> None:
    heard = json.loads(SAMPLES["google-speech"])["results"][2]["alternatives"][0]["words"]
    results = [{"alternatives": [{"words": it}]} for it in (heard[:1], heard[1:])]
    assert [said for _, said in turns_of(json.dumps({"results": results}))] == [
        "Hello.",
        "Who is this?",
    ]
    grown = [{"alternatives": [{"words": heard[:n]}]} for n in range(1, 5)]
    assert len(turns_of(json.dumps({"results": grown}))) == 2


def test_google_without_words_tells_when_somebody_had_spoken() -> None:
    results = [
        {"alternatives": [{"transcript": text}], "resultEndTime": end}
        for text, end in (("Hello.", "2.500s"), (" Who is this?", "4s"))
    ]
    text = json.dumps({"results": results})
    assert [said for _, said in turns_of(text)] == ["Hello.", "Who is this?"]
    assert [end for _, end in times_of(text)] == [2.5, 4.0]
    assert NoteCode.TIMES_ESTIMATED in notes_of(text)


def test_what_a_stream_had_not_heard_to_its_end_is_left_out_and_noted() -> None:
    assert notes_of(ALL["google-speech stream"])[NoteCode.PARTIAL_DROPPED].count == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"results": {"transcripts": [{"transcript": "Hello."}], "items": []}}', "Hello."),
        ('{"results": {"channels": [{"alternatives": [{"transcript": "Hello."}]}]}}', "Hello."),
        ('{"id": "1", "status": "completed", "audio_url": "u", "words": null, "text": "Hello."}',
         "Hello."),
    ],
)  # fmt: skip
def test_a_text_without_times_is_read_and_its_times_are_estimated(text: str, said: str) -> None:
    assert [words for _, words in turns_of(text)] == [said]
    assert NoteCode.TIMES_ESTIMATED in notes_of(text)


def test_a_phrase_in_which_azure_recognised_nothing_is_left_out_and_noted() -> None:
    heard = json.loads(SAMPLES["azure-speech"])
    heard["recognizedPhrases"][0] = {"recognitionStatus": "NoMatch", "offset": "PT1S"}
    assert [said for _, said in turns_of(json.dumps(heard))] == ["Who is this?"]
    assert NoteCode.EMPTY_DROPPED in notes_of(json.dumps(heard))


@pytest.mark.parametrize("length", ["PT", "P1D", "1.5", "PT1.5", "PTS", "PT-1S", 5, [], True])
def test_a_length_that_is_none_is_noted(length: object) -> None:
    phrase = {"offset": "PT1S", "duration": length, "nBest": [{"display": "Hello."}]}
    assert NoteCode.ODD_TIMES in notes_of(json.dumps({"recognizedPhrases": [phrase]}))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('{"results": {"items": [\n5]}}', "x, line 2: this is no utterance"),
        ('{"results": {"items": [], "audio_segments": 5}}', "no list called audio_segments"),
        ('{"results": {"items": [\n\n{"alternatives": [{"content": []}]}]}}', "line 3: the text"),
        ('{"results": {"channels": [\n"x"]}}', "x, line 2: this is no utterance"),
        ('{"results": {"utterances": [\n{"transcript": {}}]}}', "line 2: the text"),
        ('{"results": {"utterances": [], "channels": {}}}', "no list called channels"),
        ('{"audio_url": "", "status": "completed", "words": [\n1]}', "line 2: this is no"),
        ('{"audio_url": "", "status": "error", "words": null}', "its status is “error”"),
        ('{"results": [{"alternatives": [{"transcript": "a"}]},\n7]}', "line 2: this is no"),
        ('{"results": [\n{"alternatives": [{"transcript": []}, 1], "x": 1}]}', "line 2: the text"),
        ('{"recognizedPhrases": [\n[]]}', "line 2: this is no utterance"),
        ('{"recognizedPhrases": [\n{"nBest": [{"display": {"a": 1}}]}]}', "line 2: the text"),
        ('{"monologues": [\n{"elements": []},\n{"elements": 5}]}', "line 3: this JSON has no list"),
        ('{"monologues": [\n{"elements": [{"value": {}}]}]}', "line 2: the text"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, what: str) -> None:
    with pytest.raises(TranscriptError, match=what) as caught:
        parse_transcript(text, "x")
    assert caught.value.hint


@pytest.mark.parametrize("name", SAMPLES)
def test_what_another_service_wrote_is_refused(name: str) -> None:
    for other in SAMPLES.keys() - {name}:
        with pytest.raises(TranscriptError):
            parse_transcript(SAMPLES[other], "x", format=name)


@pytest.mark.parametrize("name", sorted(set(SAMPLES) - {"google-speech"}))
def test_two_calls_in_one_text_are_not_taken_for_one(name: str) -> None:
    with pytest.raises(TranscriptError, match="this file holds 2 calls"):
        parse_transcript(f"{SAMPLES[name]}\n{SAMPLES[name]}", "x", format=name)


def test_what_looks_alike_is_left_to_whom_it_belongs() -> None:
    watson = {"results": [{"final": True, "alternatives": [{"transcript": "hello"}]}]}
    seconds = {"utterances": [{"speaker": "Agent", "text": "Hi.", "start": 1.5, "end": 2.0,
        "words": [{"text": "Hi.", "start": 1.5, "end": 2.0, "confidence": 1}]}]}  # fmt: skip
    whole = {"audio_url": "a.wav", "status": "done", "utterances": [
        {"speaker": "Agent", "text": "Hello.", "start": 1, "end": 3}]}  # fmt: skip
    others = {"audio_url": "a.wav", "status": "x", "words": [], "utterances": [
        {"speaker": "Agent", "text": "Hello.", "start": 1.0, "end": 2.5}]}  # fmt: skip
    for value in (watson, seconds, whole, others):
        assert detect_format(Source(json.dumps(value), "x")).name == "json"
    assert times_of(json.dumps(whole)) == [(1.0, 3.0)]
    assert times_of(json.dumps(others)) == [(1.0, 2.5)]


@pytest.mark.parametrize("name", sorted(set(ALL) - {"google-speech stream"}))
def test_many_calls_of_a_service_are_found(name: str, tmp_path: Path) -> None:
    one = json.loads(ALL[name])
    lines = tmp_path / "calls.jsonl"
    lines.write_text(f"{json.dumps(one)}\n{json.dumps(one)}\n", encoding="utf-8")
    packed = tmp_path / "calls.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.json", ALL[name])
    for path, count in ((lines, 2), (packed, 1)):
        found = list(find_calls([path]))
        assert [words(row.text) for it in found for row in it.read().rows] == [
            "hello", "who is this"] * count  # fmt: skip
        assert len(found) == count


@pytest.mark.parametrize("name", sorted(set(ALL) - {"google-speech stream"}))
def test_a_list_of_calls_of_a_service_is_taken_apart(name: str, tmp_path: Path) -> None:
    path = tmp_path / "calls.json"
    path.write_text(json.dumps([json.loads(ALL[name])] * 2), encoding="utf-8")
    assert [len(it.read().rows) for it in find_calls([path])] == [2, 2]


def test_results_of_a_stream_are_one_call(tmp_path: Path) -> None:
    path = tmp_path / "call.jsonl"
    path.write_text(ALL["google-speech stream"], encoding="utf-8")
    assert [len(it.read().rows) for it in find_calls([path])] == [2]


def test_utterances_that_tell_of_phrases_are_no_calls(tmp_path: Path) -> None:
    path = tmp_path / "call.jsonl"
    rows = [{"speaker": who, "text": "Hello.", "start": n, "end": n + 1, "phrases": ["hello"]}
            for n, who in enumerate(("agent", "customer"))]  # fmt: skip
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert [len(it.read().rows) for it in find_calls([path])] == [2]


def _torn(text: str, chance: random.Random) -> str:
    """Return a text of which a few stretches are missing, doubled or something else."""
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(text))
        end = min(at + chance.choice((1, 1, 1, 4, 40)), len(text))
        piece = chance.choice(("", text[at:end] * 2, "null", '"', "[", "}", "-1", "9" * 30, "\0"))
        text = text[:at] + piece + text[end:]
    return text


def _renamed(text: str, chance: random.Random) -> str:
    """Return JSON of which parts hold something else than they should."""
    value = [json.loads(line) for line in text.split("\n")] if "\n{" in text else json.loads(text)
    return json.dumps(spoilt(value if isinstance(value, dict) else value[0], chance))


DAMAGES: tuple[Callable[[str, random.Random], str], ...] = (_torn, _renamed)


@pytest.mark.parametrize("name", ALL)
def test_hundreds_of_damaged_files_of_a_service_are_read_or_refused(name: str) -> None:
    chance = random.Random(f"{name} 20261127")
    read = refused = 0
    for n in range(400):
        text = DAMAGES[n % 2](ALL[name], chance)
        for asked in ("", name.split()[0]):
            found = _read(text, asked)
            _check(found)
            read += isinstance(found, Transcript)
            refused += isinstance(found, TranscriptError)
    assert read > 100
    assert refused > 100


def _read(text: str, format: str) -> Transcript | TranscriptError:
    """Return what comes of reading a text: nothing else may be raised."""
    try:
        return parse_transcript(text, "call.json", format=format)
    except TranscriptError as error:
        return error


def _check(transcript: Transcript | TranscriptError) -> None:
    """Assert what holds for every transcript that could be read, and for what is said of others."""
    if isinstance(transcript, TranscriptError):
        assert transcript.message.startswith("call.json, line ")
        assert transcript.hint
        return
    starts = [row.start for row in transcript.rows]
    assert starts == sorted(starts)
    assert all(0.0 <= row.start <= row.end for row in transcript.rows)
    assert all(row.text == row.text.strip() != "" for row in transcript.rows)
    for row in transcript.rows:
        assert all(0 <= it.start < it.end <= len(row.text) for it in row.doubts)
    notes: list[Note] = [it for it in transcript.notes if it.code is NoteCode.EMPTY_CALL]
    assert bool(notes) == (not transcript.rows)


@pytest.mark.parametrize("name", sorted(set(ALL) - {"google-speech stream"}))
def test_any_part_of_a_service_s_file_may_be_missing_or_something_else(name: str) -> None:
    for path in _paths(json.loads(ALL[name])):
        for odd in (*ODD, _paths):
            value = json.loads(ALL[name])
            _set(value, path, odd)
            for asked in ("", name.split()[0]):
                _check(_read(json.dumps(value), asked))


def _paths(value: object, above: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    """Return where all the parts of a value of JSON stand."""
    inner: list[tuple[object, object]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    return [path for key, it in inner for path in ((*above, key), *_paths(it, (*above, key)))]


def _set(value: object, path: tuple[object, ...], odd: object) -> None:
    """Put something else at a place; take away what stands there for `_paths`."""
    held = value
    for key in path[:-1]:
        held = held[key]  # type: ignore[index]  # a path of this value
    if odd is _paths:
        del held[path[-1]]  # type: ignore[attr-defined]  # the same
    else:
        held[path[-1]] = odd  # type: ignore[index]  # the same
