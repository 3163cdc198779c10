"""One call as speech services write it down, by their published formats; all of it is made up."""

import json


def _item(text: str, start: str, end: str, **told: object) -> dict[str, object]:
    """Return a word of Amazon Transcribe."""
    best = {"confidence": "0.5" if text == "Hello" else "0.99", "content": text}
    times = {"start_time": start, "end_time": end}
    return {"type": "pronunciation", "alternatives": [best], **times, **told}


def _mark(sign: str, **told: object) -> dict[str, object]:
    """Return a punctuation mark of Amazon Transcribe."""
    best = {"confidence": "0.0", "content": sign}
    return {"type": "punctuation", "alternatives": [best], **told}


def _items(first: dict[str, object], second: dict[str, object]) -> list[dict[str, object]]:
    """Return the call of two voices, labelled so."""
    return [
        _item("Hello", "1.0", "2.5", **first),
        _mark(".", **first),
        _item("Who", "3.0", "3.2", **second),
        _item("is", "3.2", "3.5", **second),
        _item("this", "3.5", "4.0", **second),
        _mark("?", **second),
    ]


def _transcribe(**results: object) -> str:
    told = {"transcripts": [{"transcript": "Hello. Who is this?"}], **results}
    return json.dumps(
        {"jobName": "job-1", "accountId": "111122223333", "status": "COMPLETED", "results": told},
        indent=1,
    )


_SPEAKERS = {
    "speakers": 2,
    "channel_label": "ch_0",
    "segments": [
        {"start_time": "1.0", "end_time": "2.5", "speaker_label": "spk_0",
         "items": [{"start_time": "1.0", "end_time": "2.5", "speaker_label": "spk_0"}]},
        {"start_time": "3.0", "end_time": "4.0", "speaker_label": "spk_1",
         "items": [{"start_time": start, "end_time": end, "speaker_label": "spk_1"}
                   for start, end in (("3.0", "3.2"), ("3.2", "3.5"), ("3.5", "4.0"))]},
    ],
}  # fmt: skip
_LABELLED = _items({"speaker_label": "spk_0"}, {"speaker_label": "spk_1"})
TRANSCRIBE = _transcribe(
    language_code="en-US",
    speaker_labels=_SPEAKERS,
    items=[{"id": n, **it} for n, it in enumerate(_LABELLED)],
    audio_segments=[
        {"id": 0, "transcript": "Hello.", "start_time": "1.0", "end_time": "2.5",
         "speaker_label": "spk_0", "items": [0, 1]},
        {"id": 1, "transcript": "Who is this?", "start_time": "3.0", "end_time": "4.0",
         "speaker_label": "spk_1", "items": [2, 3, 4, 5]},
    ],
)  # fmt: skip
TRANSCRIBE_ITEMS = _transcribe(speaker_labels=_SPEAKERS, items=_LABELLED)
TRANSCRIBE_OLD = _transcribe(speaker_labels=_SPEAKERS, items=_items({}, {}))
"""Of years ago: only a list of its own says who spoke a word."""
_HEARD = _items({"channel_label": "ch_0"}, {"channel_label": "ch_1"})
TRANSCRIBE_CHANNELS = _transcribe(
    channel_labels={
        "channels": [{"channel_label": "ch_0", "items": _HEARD[:2]},
                     {"channel_label": "ch_1", "items": _HEARD[2:]}],
        "number_of_channels": 2,
    },
    items=_HEARD,
)  # fmt: skip
TRANSCRIBE_OLD_CHANNELS = _transcribe(
    channel_labels={
        "channels": [{"channel_label": "ch_0", "items": _items({}, {})[:2]},
                     {"channel_label": "ch_1", "items": _items({}, {})[2:]}],
        "number_of_channels": 2,
    },
    items=_items({}, {}),
)  # fmt: skip


def _spoken(*words: tuple[str, float, float], **told: object) -> list[dict[str, object]]:
    """Return words of Deepgram."""
    return [
        {"word": text.strip(".?").lower(), "punctuated_word": text, "start": start, "end": end,
         "confidence": 0.5 if text == "Hello." else 0.99, **told}
        for text, start, end in words
    ]  # fmt: skip


_FIRST = (("Hello.", 1.0, 2.5),)
_SECOND = (("Who", 3.0, 3.2), ("is", 3.2, 3.5), ("this?", 3.5, 4.0))
_METADATA = {"request_id": "r-1", "created": "2026-01-01T10:00:00.000Z", "duration": 9.0,
             "channels": 1, "models": ["m-1"]}  # fmt: skip


def _deepgram(*alternatives: dict[str, object], **results: object) -> str:
    channels = [{"alternatives": [it]} for it in alternatives]
    return json.dumps({"metadata": _METADATA, "results": {"channels": channels, **results}})


_HELLO = {"transcript": "Hello.", "confidence": 0.9}
_WHO = {"transcript": "Who is this?", "confidence": 0.9}
_BOTH = {
    "transcript": "Hello. Who is this?",
    "confidence": 0.9,
    "words": [*_spoken(*_FIRST, speaker=0), *_spoken(*_SECOND, speaker=1)],
}
DEEPGRAM = _deepgram(
    _BOTH,
    utterances=[
        {"start": 1.0, "end": 2.5, "confidence": 0.7, "channel": 0, "transcript": "Hello.",
         "words": _spoken(*_FIRST, speaker=0), "speaker": 0, "id": "u-1"},
        {"start": 3.0, "end": 4.0, "confidence": 0.9, "channel": 0, "transcript": "Who is this?",
         "words": _spoken(*_SECOND, speaker=1), "speaker": 1, "id": "u-2"},
    ],
)  # fmt: skip
DEEPGRAM_WORDS = _deepgram(_BOTH)
DEEPGRAM_CHANNELS = _deepgram(
    {**_HELLO, "words": _spoken(*_FIRST)}, {**_WHO, "words": _spoken(*_SECOND)}
)
DEEPGRAM_PARAGRAPHS = _deepgram(
    {
        "transcript": "Hello. Who is this?",
        "paragraphs": {
            "transcript": "\nSpeaker 0: Hello.\n\nSpeaker 1: Who is this?\n",
            "paragraphs": [
                {"sentences": [{"text": "Hello.", "start": 1.0, "end": 2.5}], "speaker": 0,
                 "num_words": 1, "start": 1.0, "end": 2.5},
                {"sentences": [{"text": "Who is this?", "start": 3.0, "end": 4.0}], "speaker": 1,
                 "num_words": 3, "start": 3.0, "end": 4.0},
            ],
        },
    }
)  # fmt: skip


def _milli(*words: tuple[str, float, float], **told: object) -> list[dict[str, object]]:
    """Return words of AssemblyAI."""
    return [
        {"text": text, "start": round(1000 * start), "end": round(1000 * end),
         "confidence": 0.5 if text == "Hello." else 0.99, **told}
        for text, start, end in words
    ]  # fmt: skip


def _assemblyai(utterances: object, words: object, **told: object) -> str:
    head = {"id": "t-1", "audio_url": "https://example.com/a.wav", "status": "completed",
            "text": "Hello. Who is this?", "language_code": "en_us", "audio_duration": 9,
            "speaker_labels": True}  # fmt: skip
    return json.dumps({**head, "words": words, "utterances": utterances, **told})


def _turns_of_assemblyai(first: dict[str, object], second: dict[str, object]) -> object:
    return [
        {"confidence": 0.7, "start": 1000, "end": 2500, "text": "Hello.",
         "words": _milli(*_FIRST, **first), **first},
        {"confidence": 0.9, "start": 3000, "end": 4000, "text": "Who is this?",
         "words": _milli(*_SECOND, **second), **second},
    ]  # fmt: skip


_WORDS = [*_milli(*_FIRST, speaker="A"), *_milli(*_SECOND, speaker="B")]
ASSEMBLYAI = _assemblyai(_turns_of_assemblyai({"speaker": "A"}, {"speaker": "B"}), _WORDS)
ASSEMBLYAI_CHANNELS = _assemblyai(
    _turns_of_assemblyai({"channel": "1", "speaker": "1A"}, {"channel": "2", "speaker": "2A"}),
    None,
    multichannel=True,
    audio_channels=2,
)
ASSEMBLYAI_WORDS = _assemblyai(None, _WORDS)
ASSEMBLYAI_UTTERANCES = json.dumps(
    {"utterances": _turns_of_assemblyai({"speaker": "A"}, {"speaker": "B"})}
)


def _google(*words: tuple[str, float, float], **told: object) -> list[dict[str, object]]:
    """Return words of Google."""
    return [
        {"startTime": f"{start:.3f}s", "endTime": f"{end:.3f}s", "word": text,
         "confidence": 0.5 if text == "Hello." else 0.99, **told}
        for text, start, end in words
    ]  # fmt: skip


def _parted(seconds: float) -> dict[str, object]:
    """Return a time as Google's libraries write it."""
    return {"seconds": str(int(seconds)), "nanos": round(seconds % 1 * 1e9)}


_TAGGED = [*_google(*_FIRST, speakerTag=1), *_google(*_SECOND, speakerTag=2)]
_UNTAGGED = [
    {"alternatives": [{**_HELLO, "words": _google(*_FIRST)}], "resultEndTime": "2.600s",
     "languageCode": "en-us"},
    {"alternatives": [{**_WHO, "words": _google(*_SECOND)}], "resultEndTime": "4.100s",
     "languageCode": "en-us"},
]  # fmt: skip
GOOGLE_SPEECH = json.dumps({"results": [*_UNTAGGED, {"alternatives": [{"words": _TAGGED}]}]})
_CHANNELS = [{**it, "channelTag": n} for n, it in enumerate(_UNTAGGED, 1)]
GOOGLE_CHANNELS = json.dumps({"results": _CHANNELS, "totalBilledTime": "15s"})
GOOGLE_OPERATION = json.dumps(
    {"name": "7", "metadata": {"progressPercent": 100}, "done": True,
     "response": {"results": _CHANNELS}}
)  # fmt: skip
GOOGLE_BATCH = json.dumps(
    {"results": {"gs://calls/a.wav": {"inlineResult": {"transcript": {"results": _CHANNELS}}}}}
)
GOOGLE_UNDERSCORES = json.dumps(
    {
        "results": [
            {
                "channel_tag": n,
                "alternatives": [{
                    "transcript": " ".join(text for text, _, _ in words),
                    "words": [
                        {"word": text, "start_time": _parted(start), "end_time": _parted(end)}
                        for text, start, end in words
                    ],
                }],
            }
            for n, words in enumerate((_FIRST, _SECOND), 1)
        ]
    }
)  # fmt: skip
GOOGLE_STREAM = "\n".join(
    json.dumps({"results": [it]})
    for it in (
        {"alternatives": [{"transcript": "Hell"}], "isFinal": False, "channelTag": 1},
        *({**it, "isFinal": True} for it in _CHANNELS),
    )
)


def _phrase(text: str, start: float, length: float, **told: object) -> dict[str, object]:
    """Return a phrase of Azure."""
    return {
        "recognitionStatus": "Success",
        "offset": f"PT{start:g}S",
        "duration": f"PT{length:g}S",
        "offsetInTicks": start * 10_000_000,
        "durationInTicks": length * 10_000_000,
        "nBest": [
            {"confidence": 0.7, "lexical": text.strip(".?").lower(), "itn": text.strip(".?"),
             "maskedITN": text.strip(".?"), "display": text},
            {"confidence": 0.1, "lexical": "something else", "display": "Something else."},
        ],
        **told,
    }  # fmt: skip


def _azure(*phrases: dict[str, object]) -> str:
    return json.dumps(
        {"source": "https://example.com/a.wav?sig=x", "timestamp": "2026-01-01T10:00:00Z",
         "durationInTicks": 90_000_000, "duration": "PT9S",
         "combinedRecognizedPhrases": [{"channel": 0, "display": "Hello. Who is this?"}],
         "recognizedPhrases": phrases}
    )  # fmt: skip


AZURE_SPEECH = _azure(
    _phrase("Hello.", 1.0, 1.5, channel=0, speaker=1, locale="en-US"),
    _phrase("Who is this?", 3.0, 1.0, channel=0, speaker=2, locale="en-US"),
)
AZURE_CHANNELS = _azure(
    _phrase("Hello.", 1.0, 1.5, channel=0), _phrase("Who is this?", 3.0, 1.0, channel=1)
)
AZURE_LENGTHS = json.dumps(
    {
        "recognizedPhrases": [
            {"channel": 0, "offset": "PT1S", "duration": "PT1.5S",
             "nBest": [{"speaker": 1, "display": "Hello."}]},
            {"channel": 0, "offset": "PT0H0M3S", "duration": "PT1S",
             "nBest": [{"speaker": 2, "lexical": "who is this"}]},
        ]
    }
)  # fmt: skip
AZURE_FAST = json.dumps(
    {
        "durationMilliseconds": 9000,
        "combinedPhrases": [{"text": "Hello. Who is this?"}],
        "phrases": [
            {"channel": 0, "offsetMilliseconds": 1000, "durationMilliseconds": 1500,
             "text": "Hello.", "locale": "en-US", "confidence": 0.7},
            {"channel": 1, "offsetMilliseconds": 3000, "durationMilliseconds": 1000,
             "text": "Who is this?", "locale": "en-US", "confidence": 0.9},
        ],
    }
)  # fmt: skip


def _text(value: str, start: object, end: object) -> dict[str, object]:
    """Return a word of Rev."""
    sure = 0.5 if value == "Hello" else 0.99
    return {"type": "text", "value": value, "ts": start, "end_ts": end, "confidence": sure}


def _punct(value: str) -> dict[str, object]:
    return {"type": "punct", "value": value}


REV = json.dumps(
    {
        "monologues": [
            {"speaker": 0, "elements": [_text("Hello", 1.0, 2.5), _punct(".")]},
            {"speaker": 1, "elements": [
                _text("Who", 3.0, 3.2), _punct(" "), _text("is", 3.2, 3.5), _punct(" "),
                _text("this", 3.5, 4.0), _punct("?"),
                {"type": "unknown", "value": "<laugh>", "ts": 4.0, "end_ts": 4.4}]},
        ]
    }
)  # fmt: skip
REV_PEOPLE = json.dumps(
    {
        "speakers": [{"id": 0, "name": "Agent"}, {"id": 1, "name": "Customer"}],
        "monologues": [
            {"speaker": 0, "elements": [
                {"type": "text", "value": "Hello.", "timestamp": "00:00:01,000",
                 "end_timestamp": "00:00:02,500"}]},
            {"speaker": 1, "elements": [
                {"type": "text", "value": "Who is this?", "timestamp": "00:00:03,000",
                 "end_timestamp": "00:00:04,000"}]},
        ],
    }
)  # fmt: skip
"""As people write it down for Rev: whole sentences, and names."""

SAMPLES = {
    "transcribe": TRANSCRIBE,
    "deepgram": DEEPGRAM,
    "assemblyai": ASSEMBLYAI,
    "google-speech": GOOGLE_SPEECH,
    "azure-speech": AZURE_SPEECH,
    "rev": REV,
}
"""By the name of the format."""
VARIANTS = {
    "transcribe items": TRANSCRIBE_ITEMS,
    "transcribe old": TRANSCRIBE_OLD,
    "transcribe channels": TRANSCRIBE_CHANNELS,
    "transcribe old-channels": TRANSCRIBE_OLD_CHANNELS,
    "deepgram words": DEEPGRAM_WORDS,
    "deepgram channels": DEEPGRAM_CHANNELS,
    "deepgram paragraphs": DEEPGRAM_PARAGRAPHS,
    "assemblyai channels": ASSEMBLYAI_CHANNELS,
    "assemblyai words": ASSEMBLYAI_WORDS,
    "assemblyai utterances": ASSEMBLYAI_UTTERANCES,
    "google-speech channels": GOOGLE_CHANNELS,
    "google-speech operation": GOOGLE_OPERATION,
    "google-speech batch": GOOGLE_BATCH,
    "google-speech underscores": GOOGLE_UNDERSCORES,
    "google-speech stream": GOOGLE_STREAM,
    "azure-speech channels": AZURE_CHANNELS,
    "azure-speech lengths": AZURE_LENGTHS,
    "azure-speech fast": AZURE_FAST,
    "rev people": REV_PEOPLE,
}
"""The other forms in which they write it, by the format and what is different."""
