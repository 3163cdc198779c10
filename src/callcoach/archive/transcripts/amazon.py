"""Reads what Amazon writes: Contact Lens, Transcribe Call Analytics, post-call-analytics.

Names of keys: Amazon Connect Administrator Guide (example output files), Amazon Transcribe
Developer Guide (Call Analytics output), aws-samples/amazon-transcribe-post-call-analytics
(docs/output_json_structure.md).
"""

from collections.abc import Collection, Iterator, Mapping

from callcoach.archive.own_format import ESTIMATED_TURNS
from callcoach.archive.transcripts.fields import (
    about,
    first,
    label_of,
    mapping,
    mean,
    objects,
    read_ms,
    share,
)
from callcoach.archive.transcripts.model import NoteCode, Reading, Said
from callcoach.archive.transcripts.services import written
from callcoach.archive.transcripts.source import Source
from callcoach.archive.transcripts.times import read_seconds
from callcoach.archive.transcripts.walk import Listing
from callcoach.errors import Told

_HINT = Told("export the analysis anew")
_OF_CONTACT_LENS = frozenset(("Participants", "JobStatus", "AccountId", "ContentMetadata"))
_MEDIA = ("EVENT", "ATTACHMENT")
_UTTERANCE = "UtteranceEvent"
"""What a stream of Call Analytics calls an event of words."""


def is_contact_lens(source: Source) -> bool:
    """Tell whether it is a call or a chat of Contact Lens, ended or not."""
    head = source.head
    if "Segments" in head:
        segments = objects(source.rows("Segments"))
        is_live = any(isinstance(it.get("Transcript"), Mapping) for it in segments)
        return is_live or "ContactId" in head or "Channel" in head
    turns = objects(source.rows("Transcript"))
    if not turns:
        return "Transcript" in head and not _OF_CONTACT_LENS.isdisjoint(head)
    return any("Content" in turn for turn in turns) and not is_call_analytics(source)


def is_call_analytics(source: Source) -> bool:
    """Tell whether it is a call of Transcribe Call Analytics, or what it tells while one lasts."""
    if source.is_json and any(_UTTERANCE in it for it in objects(source.values)):
        return True
    turns = objects(source.rows("Transcript"))
    is_own = "JobName" in source.head or any("Items" in turn for turn in turns)
    return is_own and any("ParticipantRole" in turn and "Content" in turn for turn in turns)


def is_post_call_analytics(source: Source) -> bool:
    """Tell whether it is a call of post-call-analytics."""
    return "SpeechSegments" in source.head


def read_analytics(source: Source) -> Reading:
    """Return a call of Contact Lens or of Call Analytics. Raises `TranscriptError`."""
    head = source.head
    if any(_UTTERANCE in it for it in objects(source.values)):
        return _read_stream(source)
    listed = source.rows("Transcript", "Segments")
    roles = _by(head.get("Participants"), "ParticipantId", "ParticipantRole")
    told = mapping(head.get("ConversationCharacteristics"))
    seconds = read_ms(told.get("TotalConversationDurationMillis"))[0] or 0.0
    attributes = about(head.get("CustomerMetadata"), _named(head))
    guessed = mapping(head.get("Callcoach")).get(ESTIMATED_TURNS)
    ids = (it for it in guessed if isinstance(it, str)) if isinstance(guessed, list) else ()
    turns = _turns(source, listed, roles, frozenset(ids))
    return Reading(tuple(turns), seconds, attributes)


def _read_stream(source: Source) -> Reading:
    """Return the utterances among the events of a stream; of each the last, which is whole."""
    said: list[Said] = []
    partial: list[int] = []
    for event, line in zip(source.values, source.values.lines, strict=True):
        told = mapping(mapping(event).get(_UTTERANCE))
        if told.get("IsPartial") is True:
            partial.append(line)
        elif told:
            start, is_start_odd = read_ms(told.get("BeginOffsetMillis"))
            end, is_end_odd = read_ms(told.get("EndOffsetMillis"))
            items = objects(told.get("Items"))
            one = Said(
                line=line,
                label=label_of(told.get("ParticipantRole")),
                text=written(source, told.get("Transcript"), line, _HINT),
                start=start,
                end=end,
                is_odd=is_start_odd or is_end_odd,
                confidence=mean(share(item.get("Confidence")) for item in items),
            )
            said.append(one)
    return Reading(said, dropped={NoteCode.PARTIAL_DROPPED: partial})


def _named(head: Mapping[str, object]) -> Mapping[str, object]:
    job = head.get("JobName")
    return {"ContactId": head.get("ContactId") or job, "LanguageCode": head.get("LanguageCode")}


def _turns(
    source: Source, listed: Listing, roles: Mapping[str, str], guessed: Collection[str]
) -> Iterator[Said]:
    """Yield the utterances; those with an id among the `guessed` have no end."""
    for row, line in zip(listed, listed.lines, strict=True):
        turn = _required(source, row, line)
        if "Content" not in turn and any(isinstance(it, Mapping) for it in turn.values()):
            turn = mapping(turn.get("Transcript"))  # a live segment, of words or of something else
        if not turn or turn.get("Type") in _MEDIA:
            continue
        who = label_of(turn.get("ParticipantId"))
        label = label_of(turn.get("ParticipantRole")) or roles.get(who, "")
        label = label or label_of(turn.get("DisplayName")) or who
        start, is_start_odd = _time(turn, "BeginOffsetMillis")
        end, is_end_odd = read_ms(turn.get("EndOffsetMillis"))
        items = objects(turn.get("Items"))
        yield Said(
            line=line,
            label=label,
            text=written(source, turn.get("Content"), line, _HINT),
            start=start,
            end=None if str(turn.get("Id")) in guessed else end,
            is_odd=is_start_odd or is_end_odd,
            confidence=mean(share(item.get("Confidence")) for item in items),
        )


def _time(turn: Mapping[str, object], key: str) -> tuple[float | None, bool]:
    if key in turn:
        return read_ms(turn[key])
    time = mapping(turn.get("Time"))
    return read_seconds(first({**time, **turn}, ("AbsoluteTime",)))


def read_post_call_analytics(source: Source) -> Reading:
    """Return a call of post-call-analytics. Raises `TranscriptError`."""
    told = mapping(source.head.get("ConversationAnalytics"))
    labels = _by(told.get("SpeakerLabels"), "Speaker", "DisplayText")
    seconds = read_seconds(told.get("Duration"))[0] or 0.0
    segments = source.rows("SpeechSegments")
    said: list[Said] = []
    for row, line in zip(segments, segments.lines, strict=True):
        segment = _required(source, row, line)
        speaker = label_of(segment.get("SegmentSpeaker"))
        start, is_start_odd = read_seconds(segment.get("SegmentStartTime"))
        end, is_end_odd = read_seconds(segment.get("SegmentEndTime"))
        words = objects(segment.get("WordConfidence"))
        one = Said(
            line=line,
            label="IVR" if segment.get("IVRSegment") is True else labels.get(speaker, speaker),
            text=written(source, first(segment, ("DisplayText", "OriginalText")), line, _HINT),
            start=start,
            end=end,
            is_odd=is_start_odd or is_end_odd,
            confidence=mean(share(word.get("Confidence")) for word in words),
        )
        said.append(one)
    return Reading(said, seconds, about(told))


def _by(listed: object, key: str, value: str) -> Mapping[str, str]:
    return {label_of(it.get(key)): label_of(it.get(value)) for it in objects(listed)}


def _required(source: Source, row: object, line: int) -> Mapping[str, object]:
    if not isinstance(row, Mapping):
        raise source.error(line, Told("this is no utterance"), _HINT)
    return row
