"""Reads the times in a transcript, and estimates those that are not there."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import islice
from operator import le

from callcoach.archive.transcripts.model import NoteCode, Said
from callcoach.archive.transcripts.notes import Notebook
from callcoach.archive.transcripts.started import read_started
from callcoach.words.pace import speaking_seconds

PAUSE = 0.6
"""Seconds between two utterances of which nobody measured when they were said."""
MAX_CALL = 86_400.0
"""Seconds: no call lasts longer than a day."""
_WALL = 3_600.0
"""Seconds: where the first utterance begins later than this, a clock on the wall was read."""
_LONGEST_WAIT = 60.0
"""Seconds from the end of an utterance until a recogniser has heard it; what is later is no such
time."""
_MAX_STAMP = 1e11
"""Seconds since 1970 in the year 5138; what is more are no seconds."""
_MAX_STAMP_MS = 1e14
_FIRST_STAMP, _LAST_STAMP = 946_684_800.0, 7_258_118_400.0
"""Seconds since 1970 in the years 2000 and 2200: what lies between is the instant of a call."""
_SLOW = 10.0
"""Seconds for which nobody speaks on one letter: such times are in milliseconds."""
_FEWEST = 3
"""Utterances by which the unit of times can be told."""
_DIGITS, _PLACES = 12, 9
"""Of a number before and behind its point; further places are left out."""
_CLOCK = re.compile(
    rf"(-?\d{{1,{_DIGITS}}})(?:[:：](\d{{1,2}}))?(?:[:：](\d{{1,2}}))?(?:[.,](\d{{1,{_PLACES}}})\d*)?"
)

Times = tuple[float, float]


def read_clock(text: str) -> float | None:
    """Return the seconds of `12.5`, `00:12`, `1:01:05,250` or `12s`; None for anything else."""
    whole_seconds, point, rest = text.partition(".")
    is_plain = whole_seconds.isdecimal() and len(whole_seconds) <= _DIGITS
    if is_plain and rest.isdecimal() and len(rest) <= _PLACES:
        return int(whole_seconds) + int(rest) / 10.0 ** len(rest)
    if is_plain and not point:
        return float(int(whole_seconds))
    found = _CLOCK.fullmatch(text.strip().removesuffix("s").removesuffix("秒").rstrip())
    if found is None:
        return None
    first, second, third, fraction = found.groups()
    whole = abs(int(first))
    for part in (second, third):
        whole = whole if part is None else whole * 60 + int(part)
    seconds = whole + int(fraction or 0) / 10 ** len(fraction or "")
    return -seconds if first.startswith("-") else float(seconds)


def read_seconds(value: object) -> tuple[float | None, bool]:
    """Return a time that a file may give in any form, and whether it is there but no time."""
    match value:
        case None | "":
            return None, False
        case bool():
            return None, True
        case datetime():
            try:
                return value.timestamp(), False
            except (ValueError, OverflowError):  # at the ends of the calendar
                return None, True
        case timedelta():
            return value.total_seconds(), False
        case int() | float() | Decimal():
            try:
                seconds = float(value)
            except OverflowError:
                return None, True
            return (seconds, False) if math.isfinite(seconds) else (None, True)
        case str():
            if not value.strip():
                return None, False
            read = read_clock(value)
            return (read, False) if read is not None else _number(value)
        case _:
            return None, True


def _number(text: str) -> tuple[float | None, bool]:
    """Return a number written in another way, `1.5e1`, or a date with its time of day.

    A date without a time zone is one of this machine's.
    """
    try:
        seconds = float(text)
    except ValueError:
        moment = read_started(text)
        return (None, True) if moment is None else (moment.timestamp(), False)
    return (seconds, False) if math.isfinite(seconds) else (None, True)


def are_even(texts: Sequence[str], starts: Sequence[float], ends: Sequence[float]) -> bool:
    """Tell whether `settle` would leave such times as they are, but for a note on cross-talk."""
    return (
        all(map(le, starts, islice(starts, 1, None)))
        and 0 <= starts[0] < _WALL
        and all(map(le, starts, ends))
        and max(ends) <= MAX_CALL
        and sum(ends) - sum(starts) <= _SLOW * sum(map(len, texts))
    )


def thousandths(times: Sequence[float]) -> Sequence[float]:
    """Return milliseconds as seconds; those beyond any call as they are."""
    return [round(ms / 1000, 3) if abs(ms) < _MAX_STAMP else ms for ms in times]


def settle(said: Sequence[Said], notebook: Notebook) -> list[tuple[Said, Times]]:
    """Return utterances with their times, sorted by their beginnings.

    Missing ends and beginnings are estimated from the words, with `PAUSE` between, and squeezed
    into the room that the known times leave. What was done to the times goes into `notebook`.
    """
    in_seconds = _in_seconds(said, notebook)
    known = [_corrected(one, notebook) for one in _from_zero(in_seconds, notebook)]
    before: Said | None = None
    for one in known:
        if one.start is None:
            continue
        if before is not None and before.start is not None and one.start < before.start:
            notebook.add(NoteCode.OUT_OF_ORDER, one.line)
        before = one
    if all(one.start is not None for one in known):
        known.sort(key=lambda one: one.start or 0.0)
    placed = sorted(zip(known, _places(known), strict=True), key=lambda pair: pair[1][0])
    latest = 0.0
    for one, (start, end) in placed:
        if one.start is None or one.end is None:
            notebook.add(NoteCode.TIMES_ESTIMATED, one.line)
        elif start < latest:
            notebook.add(NoteCode.OVERLAPPING, one.line)
        latest = max(latest, end)
    return placed


def _in_seconds(said: Sequence[Said], notebook: Notebook) -> Sequence[Said]:
    """Return utterances whose times are seconds, also where they were milliseconds."""
    starts = [one.start for one in said if one.start is not None]
    is_stamp_ms = bool(starts) and min(starts) > _MAX_STAMP and max(starts) < _MAX_STAMP_MS
    if not is_stamp_ms and not _is_in_ms(said):
        return said
    notebook.add(NoteCode.MILLISECONDS, 0)
    return [
        replace(one, start=_thousandth(one.start), end=_thousandth(one.end), at=_thousandth(one.at))
        for one in said
    ]


def _is_in_ms(said: Sequence[Said]) -> bool:
    """Tell whether the times are whole numbers, and far too long for what is said in them."""
    whole, needed, count = 0.0, 0, 0
    for one in said:
        if one.start is not None and one.end is not None:
            if one.start % 1 or one.end % 1:
                return False
            count += 1
            whole += max(one.end - one.start, 0.0)
            needed += len(one.text)
    return count >= _FEWEST and whole > _SLOW * needed


def _thousandth(ms: float | None) -> float | None:
    return None if ms is None else round(ms / 1000, 3)


def _from_zero(said: Sequence[Said], notebook: Notebook) -> Sequence[Said]:
    """Return utterances timed by a clock on the wall as seconds since the first."""
    readable = [_readable(one) for one in said]
    starts = [one.start for one in readable if one.start is not None]
    first = min(starts, default=0.0)
    if first < _WALL:
        return readable
    notebook.add(NoteCode.TIMES_SHIFTED, 0, _shown(first))
    return [
        replace(
            one,
            start=None if one.start is None else round(one.start - first, 3),
            end=None if one.end is None else round(one.end - first, 3),
            at=None if one.at is None else round(one.at - first, 3),
        )
        for one in readable
    ]


def _shown(first: float) -> str:
    """Return what stands on the clock that was read: a time of day, an instant, or seconds."""
    seconds = int(first)
    if first < MAX_CALL:
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return instant(first).replace("T", " ") or f"{first:.0f} s"


def instant(seconds: float) -> str:
    """Return the instant so many seconds after the beginning of 1970, by this machine's clock.

    It is empty where it is none that a call was made at.
    """
    if not _FIRST_STAMP <= seconds <= _LAST_STAMP:
        return ""
    here = datetime.fromtimestamp(int(seconds), UTC).astimezone()
    return here.replace(tzinfo=None).isoformat()


def began(said: Sequence[Said]) -> str:
    """Return when a call began of which each utterance says when it was; empty where none does."""
    starts = [one.start for one in said if one.start is not None]
    first = min(starts, default=0.0)
    return instant(first / 1000 if first > _MAX_STAMP else first)


def _readable(one: Said) -> Said:
    """Return an utterance without times that are no seconds of any clock."""
    is_start_odd = one.start is not None and abs(one.start) > _MAX_STAMP
    is_end_odd = one.end is not None and abs(one.end) > _MAX_STAMP
    if not (is_start_odd or is_end_odd):
        return one
    start = None if is_start_odd else one.start
    return replace(one, start=start, end=None if is_end_odd else one.end, is_odd=True)


def _corrected(one: Said, notebook: Notebook) -> Said:
    """Return an utterance whose times, where it has any, can be those of a call."""
    start, end = one.start, one.end
    if start is not None and start > MAX_CALL:
        start = None
    if end is not None and (end < 0 or end > MAX_CALL):
        end = None
    if start is not None and start < 0:
        start = None if end is None else 0.0
    if start is not None and end is not None and end < start:
        end = None
    if one.is_odd or (start, end) != (one.start, one.end):
        notebook.add(NoteCode.ODD_TIMES, one.line)
    is_known = one.at is not None and end is not None and end <= one.at <= end + _LONGEST_WAIT
    at = one.at if is_known else None
    if (start, end, at) == (one.start, one.end, one.at):
        return one
    return replace(one, start=start, end=end, at=at)


def _places(known: Sequence[Said]) -> Iterator[Times]:
    """Yield when each utterance was said, in order."""
    at = 0.0
    index = 0
    while index < len(known):
        one = known[index]
        if one.end is not None:
            start = one.start
            if start is None:
                start = max(one.end - speaking_seconds(one.text), min(at, one.end))
                start = min(round(start, 3), one.end)
            yield start, one.end
            at = one.end
            index += 1
            continue
        run = index + 1
        while run < len(known) and known[run].end is None and known[run].start in (None, one.start):
            run += 1
        follower = known[run] if run < len(known) else None
        for times in _run(known[index:run], at, follower, is_first=index == 0):
            yield times
            at = times[1]
        index = run


def _run(
    run: Sequence[Said], before: float, follower: Said | None, *, is_first: bool
) -> Iterator[Times]:
    """Yield the times of utterances without an end, one after the other from where they begin.

    They share the room up to the one that follows; where it is known to begin even before them,
    the file is out of order and they take the room they need.
    """
    given = run[0].start
    begin = before if given is None else given
    lead = PAUSE if given is None and not is_first else 0.0
    lengths = [speaking_seconds(one.text) for one in run]
    needed = lead + sum(lengths) + PAUSE * (len(run) - 1)
    limit = None
    if follower is not None:
        limit = follower.end if follower.start is None else follower.start
    is_out_of_order = given is not None and limit is not None and limit < begin
    share = 1.0
    if limit is not None and not is_out_of_order:
        share = min(max(limit - begin, 0.0) / needed, 1.0)
    at = begin + lead * share
    for length in lengths:
        end = round(at + length * share, 3)
        yield at, max(at, end)
        at = round(end + PAUSE * share, 3)
