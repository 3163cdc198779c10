"""One call written down in every format that is read; all of it is made up here."""

import json

from tests.archive import service_samples


def _event(
    role: str, text: str, begin: int, end: int, *, is_partial: bool = False
) -> dict[str, object]:
    """Return an event of a stream of Call Analytics."""
    return {
        "UtteranceEvent": {
            "IsPartial": is_partial,
            "ParticipantRole": role,
            "BeginOffsetMillis": begin,
            "EndOffsetMillis": end,
            "Transcript": text,
        }
    }


CONTACT_LENS = json.dumps(
    {
        "Version": "1.1.0",
        "Channel": "VOICE",
        "LanguageCode": "en-US",
        "CustomerMetadata": {"ContactId": "c-1"},
        "Participants": [
            {"ParticipantId": "p1", "ParticipantRole": "AGENT"},
            {"ParticipantId": "p2", "ParticipantRole": "CUSTOMER"},
        ],
        "ConversationCharacteristics": {"TotalConversationDurationMillis": 9000},
        "Transcript": [
            {"ParticipantId": "p1", "Content": "Hello.", "BeginOffsetMillis": 1000,
             "EndOffsetMillis": 2500},
            {"ParticipantId": "p2", "Content": "Who is this?", "BeginOffsetMillis": 3000,
             "EndOffsetMillis": 4000},
        ],
    },
    indent=1,
)  # fmt: skip
CHAT = json.dumps(
    {
        "Version": "1.1.0",
        "Channel": "CHAT",
        "Participants": [
            {"ParticipantId": "p1", "ParticipantRole": "AGENT"},
            {"ParticipantId": "p2", "ParticipantRole": "CUSTOMER"},
        ],
        "Transcript": [
            {"ParticipantId": "p1", "Type": "EVENT", "AbsoluteTime": "2026-01-01T10:00:00.000Z"},
            {"ParticipantId": "p1", "Type": "MESSAGE", "Content": "Hello.",
             "AbsoluteTime": "2026-01-01T10:00:01.000Z"},
            {"ParticipantId": "p2", "Type": "MESSAGE", "Content": "Who is this?",
             "AbsoluteTime": "2026-01-01T10:00:03.000Z"},
        ],
    }
)  # fmt: skip
LIVE = json.dumps(
    {
        "Segments": [
            {
                "Transcript": {
                    "ParticipantRole": "AGENT",
                    "Content": "Hello.",
                    "BeginOffsetMillis": 1000,
                    "EndOffsetMillis": 2500,
                }
            },
            {"Categories": {"MatchedCategories": ["greeting"], "MatchedDetails": {}}},
            {
                "Transcript": {
                    "ParticipantRole": "CUSTOMER",
                    "Content": "Who is this?",
                    "BeginOffsetMillis": 3000,
                    "EndOffsetMillis": 4000,
                }
            },
        ]
    }
)
"""Of a contact that goes on, as Connect lists its segments."""
STREAM = "\n".join(
    json.dumps(event)
    for event in (
        _event("AGENT", "Hell", 1000, 2000, is_partial=True),
        _event("AGENT", "Hello.", 1000, 2500),
        {"CategoryEvent": {"MatchedCategories": ["greeting"]}},
        _event("CUSTOMER", "Who is this?", 3000, 4000),
    )
)
"""What Call Analytics tells of a call that goes on."""
CALL_ANALYTICS = json.dumps(
    {
        "JobStatus": "COMPLETED",
        "JobName": "job-1",
        "Participants": [{"ParticipantRole": "AGENT"}, {"ParticipantRole": "CUSTOMER"}],
        "Transcript": [
            {"ParticipantRole": "AGENT", "Content": "Hello.", "BeginOffsetMillis": 1000,
             "EndOffsetMillis": 2500, "Items": [{"Content": "Hello", "Confidence": "0.75"}]},
            {"ParticipantRole": "CUSTOMER", "Content": "Who is this?", "BeginOffsetMillis": 3000,
             "EndOffsetMillis": 4000, "Items": []},
        ],
    }
)  # fmt: skip
PCA = json.dumps(
    {
        "ConversationAnalytics": {
            "GUID": "g-1", "Agent": "Lin", "Duration": "9.0", "LanguageCode": "en-US",
            "ConversationTime": "2026-01-01 10:00:00",
            "SpeakerLabels": [{"Speaker": "spk_0", "DisplayText": "Customer"},
                              {"Speaker": "spk_1", "DisplayText": "Agent"}],
        },
        "SpeechSegments": [
            {"SegmentStartTime": 1.0, "SegmentEndTime": 2.5, "SegmentSpeaker": "spk_1",
             "DisplayText": "Hello.", "WordConfidence": [{"Text": "Hello", "Confidence": 0.5}]},
            {"SegmentStartTime": 3.0, "SegmentEndTime": 4.0, "SegmentSpeaker": "spk_0",
             "OriginalText": "Who is this?"},
        ],
    }
)  # fmt: skip
GOOGLE = json.dumps(
    {
        "name": "projects/p/locations/l/conversations/7",
        "startTime": "2026-01-01T10:00:00Z",
        "duration": "9s",
        "agentId": "Lin",
        "transcript": {
            "transcriptSegments": [
                {"text": "Hello.", "confidence": 0.9, "channelTag": 1,
                 "segmentParticipant": {"role": "HUMAN_AGENT"},
                 "words": [{"startOffset": "1s", "endOffset": "2.500s", "word": "Hello.",
                            "confidence": 0.6}]},
                {"text": "Who is this?", "channelTag": 2,
                 "segmentParticipant": {"role": "END_USER"},
                 "words": [{"startOffset": "3s", "endOffset": "4s", "word": "Who is this?"}]},
            ]
        },
    }
)  # fmt: skip
VOSK = "\n".join(
    json.dumps(one, indent=2)
    for one in (
        {"channel": "agent", "text": "hello", "result": [
            {"conf": 0.5, "start": 1.0, "end": 2.5, "word": "hello"}]},
        {"partial": "who"},
        {"channel": "customer", "text": "who is this", "result": [
            {"conf": 1.0, "start": 3.0, "end": 3.2, "word": "who"},
            {"conf": 1.0, "start": 3.2, "end": 3.5, "word": "is"},
            {"conf": 1.0, "start": 3.5, "end": 4.0, "word": "this"}]},
    )
)  # fmt: skip
WHISPER = json.dumps(
    {
        "text": " Hello. Who is this?",
        "language": "en",
        "segments": [
            {"id": 0, "start": 1.0, "end": 2.5, "text": " Hello.", "speaker": "Agent",
             "avg_logprob": -0.2, "no_speech_prob": 0.01,
             "words": [{"word": " Hello.", "start": 1.0, "end": 2.5, "probability": 0.5}]},
            {"id": 1, "start": 2.6, "end": 2.9, "text": " Thanks for watching!",
             "avg_logprob": -1.5, "no_speech_prob": 0.9},
            {"id": 2, "start": 3.0, "end": 4.0, "text": " Who is this?", "speaker": "Customer",
             "avg_logprob": -0.3, "no_speech_prob": 0.02},
        ],
    }
)  # fmt: skip
WHISPER_CPP = json.dumps(
    {
        "transcription": [
            {"offsets": {"from": 1000, "to": 2500}, "text": " Agent: Hello."},
            {"offsets": {"from": 3000, "to": 4000}, "text": " Who is this?"},
        ]
    }
)
JSON = json.dumps(
    [
        {"speaker": "Agent", "text": "Hello.", "stime": 1, "etime": 2.5},
        {"speaker": "Customer", "text": "Who is this?", "stime": 3, "etime": 4},
    ],
    indent=1,
)
OTHERS_JSON = json.dumps(
    {
        "contactId": "c-9",
        "agentName": "Lin",
        "segments": [
            {"role": "AGENT", "content": "Hello.", "startMs": 1000, "endMs": 2500},
            {"role": "USER", "content": "Who is this?", "startMs": 3000, "endMs": 4000},
        ],
    }
)
YAML = """# a call
---
- speaker: Agent
  text: Hello.
  stime: 1
  etime: 2.5
- {speaker: 客户, text: "Who is this?", stime: 3, etime: 4}
"""
CSV = """Call ID,Speaker,Text,Start Time,End Time
c-1,Agent,Hello.,00:00:01,2.5
c-1,Customer,"Who is this?",3,4
"""
CSV_ZH = "通话编号;角色;内容;开始时间;结束时间\n1;坐席;您好;1;2.5\n1;客户;哪位;3;4\n"
TSV = CSV.replace(",", "\t")
VTT = """WEBVTT - a call

NOTE made by hand

1
00:01.000 --> 00:02.500 align:start
<v.loud Agent>Hello.</v>

00:00:03.000 --> 00:00:04.000
<v Customer>Who is <i>this</i>?
"""
SRT = """1
00:00:01,000 --> 00:00:02,500
Agent: Hello.

2
00:00:03,000 --> 00:00:04,000
Customer: Who is
this?
"""
TEXT = "[00:01 --> 00:02.5] Agent: Hello.\n[00:03 --> 00:04] Customer: Who is this?\n"

SAMPLES = {
    "contact-lens": CONTACT_LENS,
    "call-analytics": CALL_ANALYTICS,
    "pca": PCA,
    "google": GOOGLE,
    "vosk": VOSK,
    "whisper": WHISPER,
    "json": JSON,
    "yaml": YAML,
    "csv": CSV,
    "vtt": VTT,
    "srt": SRT,
    "text": TEXT,
    **service_samples.SAMPLES,
}
"""By the name of the format."""
