"""Writes a call as Parquet: a row for each utterance, with what is true of the whole call.

Files of many calls put together are one table, for DuckDB, pandas or a spreadsheet.
"""

from collections.abc import Iterator, Mapping, Sequence

from callcoach.archive.export.record import CallRecord
from callcoach.archive.parquet.write import encode
from callcoach.call.events import CueHeard, Event, FlagRaised, Heard, StepEntered
from callcoach.call.metrics import measure
from callcoach.call.summary import flag_stories
from callcoach.errors import UsageError

COLUMNS: Mapping[str, type] = {
    "call": str,
    "started": str,
    "day": str,
    "agent": str,
    "script": str,
    "script_version": str,
    "script_digest": str,
    "language": str,
    "mode": str,
    "outcome": str,
    "outcome_code": str,
    "call_seconds": float,
    "talk_ratio": float,
    "non_talk": float,
    "longest_non_talk": float,
    "overtalk": float,
    "hold": float,
    "is_redacted": bool,
    "why_unredacted": str,
    "seq": int,
    "speaker": str,
    "start": float,
    "end": float,
    "text": str,
    "source": str,
    "confidence": float,
    "step": str,
    "cues": str,
    "flags": str,
}
"""Times are seconds since the call began; `cues` and `flags` are what an utterance met and raised,
their ids with spaces between them. Measures of speech are missing where nobody measured them."""


def write_utterances(record: CallRecord) -> bytes:
    """Return a call as a Parquet file, in the order of its events.

    Raises `UsageError` where pyarrow is missing.
    """
    rows = [(*_call(record), *row) for row in _rows(record.events)]
    try:
        return encode(COLUMNS, rows)
    except ImportError as error:
        raise UsageError(
            "Parquet needs pyarrow, which is missing",
            "install it: pip install 'callcoach[analytics]'",
        ) from error


def _call(record: CallRecord) -> Sequence[object]:
    metrics = measure(record.events)
    timed = (
        metrics.talk_ratio,
        metrics.non_talk,
        metrics.longest_non_talk,
        metrics.overtalk,
        metrics.hold,
    )
    return (
        record.id,
        record.started,
        record.day,
        record.agent,
        record.script,
        record.version,
        record.digest,
        record.language,
        record.mode,
        record.outcome or None,
        record.code or None,
        metrics.duration,
        *(timed if metrics.is_timed else (None,) * len(timed)),
        record.is_redacted,
        record.why_whole or None,
    )


def _rows(events: Sequence[Event]) -> Iterator[Sequence[object]]:
    cues: dict[int, dict[str, None]] = {}
    for event in events:
        if isinstance(event, CueHeard) and event.counts:
            cues.setdefault(event.span.heard, {})[event.cue] = None
    flags: dict[int, dict[str, None]] = {}
    for raised in _raisings(events):
        if raised.span is not None:
            flags.setdefault(raised.span.heard, {})[f"{raised.cue}.{raised.what}"] = None
    step: str | None = None
    for event in events:
        if isinstance(event, StepEntered):
            step = event.step
        elif isinstance(event, Heard):
            yield (
                event.seq,
                event.speaker.value,
                event.start,
                event.end,
                event.text,
                event.source,
                event.confidence,
                step,
                " ".join(cues.get(event.seq, ())) or None,
                " ".join(flags.get(event.seq, ())) or None,
            )


def _raisings(events: Sequence[Event]) -> Iterator[FlagRaised]:
    return (raised for story in flag_stories(events) for raised in story.raisings)
