"""Writes a call in the shape of an analysis by Contact Lens 1.1.0, for the programs that read such.

Names of keys and measures: Amazon Connect Administrator Guide, “Example Contact Lens conversational
analytics output files for a call” and “Conversational analytics metrics”. What nobody measured is
left out: sentiment, loudness, an account. `Callcoach` holds what Contact Lens has no place for.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from callcoach.archive.export.contact_lens_times import interruptions, non_talk
from callcoach.archive.export.measured import is_measured
from callcoach.archive.export.record import CallRecord
from callcoach.archive.own_format import ESTIMATED_TURNS
from callcoach.call.events import (
    CueHeard,
    CueTicked,
    CueUnticked,
    Event,
    Heard,
    Span,
    Undone,
)
from callcoach.call.metrics import VoiceMetrics, measure
from callcoach.call.summary import flag_stories
from callcoach.script.model import Speaker
from callcoach.words.clock import LONGEST

Json = dict[str, Any]


def write_contact_lens(record: CallRecord) -> str:
    """Return a call as JSON in the shape of Contact Lens; times in whole milliseconds.

    A category is named after its cue where the cue was met, and after cue and flag where it was
    flagged: `courtesy.say_name.missing`. It has a point of interest for each utterance that holds
    its words, and none where it is about what was not said.
    """
    said = (event for event in record.events if isinstance(event, Heard))
    heard = sorted(said, key=lambda event: event.start)
    categories = {name: list(points) for name, points in _categories(record.events, heard)}
    told: Json = {
        "Version": "1.1.0",
        "Channel": "VOICE",
        "ContentMetadata": {"Output": "Redacted" if record.is_redacted else "Raw"},
        "CustomerMetadata": {"ContactId": record.id},
        "JobStatus": "COMPLETED",
        "LanguageCode": record.language,
        "Participants": [
            {"ParticipantId": _id(speaker), "ParticipantRole": _id(speaker)}
            for speaker in _voices(heard)
        ],
        "Categories": {
            "MatchedCategories": list(categories),
            "MatchedDetails": {
                name: {"PointsOfInterest": points} for name, points in categories.items()
            },
        },
        "ConversationCharacteristics": _characteristics(record.events, heard),
        "Transcript": [_turn(record, said) for said in heard],
        "Callcoach": _head(record),
    }
    return msgspec.json.format(msgspec.json.encode(told), indent=1).decode("utf-8") + "\n"


def _head(record: CallRecord) -> Json:
    said = [it for it in record.events if isinstance(it, Heard)]
    told = {
        "Script": record.script,
        "ScriptVersion": record.version,
        "ScriptDigest": record.digest,
        "Mode": record.mode,
        "Agent": record.agent,
        "Started": record.started,
        "Outcome": record.outcome,
        "OutcomeCode": record.code,
        "WhyRaw": record.why_whole,
        ESTIMATED_TURNS: [_turn_id(record, it) for it in said if not is_measured(it)],
    }
    return {key: value for key, value in told.items() if value}


def _id(speaker: Speaker) -> str:
    return speaker.value.upper()


def _voices(heard: Iterable[Heard]) -> list[Speaker]:
    spoke = {said.speaker for said in heard}
    return [speaker for speaker in Speaker if speaker in spoke]


def _ms(seconds: float) -> int:
    return round(min(max(seconds, 0.0), LONGEST) * 1000)


def _offsets(start: float, end: float) -> Json:
    return {"BeginOffsetMillis": _ms(start), "EndOffsetMillis": _ms(end)}


def _instance(start: float, end: float) -> Json:
    return {**_offsets(start, end), "DurationMillis": _ms(end) - _ms(start)}


def _turn(record: CallRecord, said: Heard) -> Json:
    return {
        "Id": _turn_id(record, said),
        "ParticipantId": _id(said.speaker),
        "Content": said.text,
        **_offsets(said.start, max(said.end, said.start)),
    }


def _turn_id(record: CallRecord, said: Heard) -> str:
    return f"{record.id}-{said.seq}"


def _categories(
    events: Sequence[Event], heard: Sequence[Heard]
) -> Iterator[tuple[str, Iterable[Json]]]:
    """Yield the categories and their points of interest."""
    by_seq = {said.seq: said for said in heard}

    def points(spans: Iterable[Span | None]) -> list[Json]:
        places = dict.fromkeys(span.heard for span in spans if span is not None)
        found = (by_seq[place] for place in places if place in by_seq)
        return [_offsets(said.start, max(said.end, said.start)) for said in found]

    met: dict[str, list[Span | None]] = {}
    for event in events:
        if isinstance(event, CueHeard) and event.counts:
            met.setdefault(event.cue, []).append(event.span)
    ticks = _ticks(events)
    for cue in dict.fromkeys((*met, *ticks)):
        by_hand = [_offsets(at, at) for at in ticks.get(cue, ())]
        yield cue, points(met.get(cue, ())) + by_hand
    flagged: dict[str, list[Span | None]] = {}
    for story in flag_stories(events):
        for raised in story.raisings:
            flagged.setdefault(f"{raised.cue}.{raised.what}", []).append(raised.span)
    for name, spans in flagged.items():
        yield name, points(spans)


def _ticks(events: Iterable[Event]) -> dict[str, list[float]]:
    """Return when cues were ticked by hand, but for ticks that were taken back."""
    ticked: dict[int, CueTicked] = {}
    for event in events:
        match event:
            case CueTicked():
                ticked[event.seq] = event
            case CueUnticked(cue=cue):
                ticked = {seq: tick for seq, tick in ticked.items() if tick.cue != cue}
            case Undone(of=of):
                ticked.pop(of, None)
            case _:
                pass
    found: dict[str, list[float]] = {}
    for tick in ticked.values():
        found.setdefault(tick.cue, []).append(tick.at)
    return found


def _characteristics(events: Sequence[Event], heard: Sequence[Heard]) -> Json:
    """Return what was measured; of speech only the length where nobody measured its times."""
    metrics = measure(events)
    told: Json = {"TotalConversationDurationMillis": _ms(metrics.duration)}
    if not metrics.is_timed:
        return told
    voices = {_id(speaker): _voice(speaker, events) for speaker in _voices(heard)}
    talk = {name: _ms(voice.talk_time) for name, voice in voices.items()}
    speed = {name: rate for name, voice in voices.items() if (rate := _words_per_minute(voice))}
    over = {
        name: [_instance(*times) for times in found]
        for speaker in _voices(heard)
        if (name := _id(speaker)) and (found := interruptions(speaker, heard))
    }
    quiet = [_instance(*times) for times in non_talk(events, metrics.duration)]
    told["Interruptions"] = {
        "InterruptionsByInterrupter": over,
        "TotalCount": sum(map(len, over.values())),
        "TotalTimeMillis": _total(one for found in over.values() for one in found),
    }
    told["NonTalkTime"] = {"TotalTimeMillis": _total(quiet), "Instances": quiet}
    if speed:
        told["TalkSpeed"] = {
            "DetailsByParticipant": {
                name: {"AverageWordsPerMinute": rate} for name, rate in speed.items()
            }
        }
    told["TalkTime"] = {
        "TotalTimeMillis": sum(talk.values()),
        "DetailsByParticipant": {
            name: {"TotalTimeMillis": length} for name, length in talk.items()
        },
    }
    return told


def _total(instances: Iterable[Json]) -> int:
    return sum(one["DurationMillis"] for one in instances)


def _voice(speaker: Speaker, events: Iterable[Event]) -> VoiceMetrics:
    """Return the measures of one voice alone."""
    own = measure(
        event for event in events if not isinstance(event, Heard) or event.speaker is speaker
    )
    return own.agent if speaker is Speaker.AGENT else own.customer


def _words_per_minute(voice: VoiceMetrics) -> int | None:
    """Return the speed of a voice; None where it speaks Chinese, whose words nobody counted."""
    rate = voice.words_per_minute if voice.words > voice.characters else None
    return None if rate is None else round(rate)
