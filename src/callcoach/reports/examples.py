"""Flags with the words that they rest on, as examples: a few of many calls, or all of one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from callcoach.archive.export.names import flag_name, severity_name
from callcoach.archive.export.record import CallRecord
from callcoach.archive.ids import short
from callcoach.call.events import Heard, Span
from callcoach.call.explain import explain
from callcoach.call.names import clearing_name, speaker_name
from callcoach.call.places import lines_of, start_of
from callcoach.call.summary import AROUND, FlagStory, flag_stories
from callcoach.locale import Messages
from callcoach.reports.figures import CallFigures, Flagged, Rejected
from callcoach.reports.parts import Example, Quoted
from callcoach.review.verdicts import SILENT, Verdict
from callcoach.script.model import CueId, FlagKind, Script, Severity
from callcoach.words.clock import clock
from callcoach.words.redact import Masker, find

MOST = 8
"""Examples of a report about many calls."""
_QUOTES = 3
"""Of a flag that was raised again and again."""
_HOW = frozenset(("said", "ticked", "unkept"))
"""How flags are put right of which it is worth telling."""
_WEIGHT = (Severity.CRITICAL, Severity.MAJOR, Severity.MINOR)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A flag of a call that is to be shown."""

    call: CallFigures
    flag: Flagged


def choose(calls: Iterable[CallFigures], most: int = MOST) -> tuple[Chosen, ...]:
    """Return examples of what went wrong: of each reason the newest, the gravest first.

    What words accuse comes before what is missing, because there is something to read.
    """
    newest: dict[tuple[FlagKind, CueId], Chosen] = {}
    for call in sorted(calls, key=lambda it: (it.started, it.call)):
        for flag in call.flags:
            if not flag.is_unheard:
                newest[flag.what, flag.cue] = Chosen(call, flag)
    ranked = sorted(
        newest.values(),
        key=lambda it: (
            it.flag.what in SILENT, _WEIGHT.index(it.flag.severity), it.flag.is_repaired,
            it.flag.cue,
        ),
    )  # fmt: skip
    return tuple(ranked[:most])


def example(
    record: CallRecord, flag: Flagged, script: Script, messages: Messages
) -> Example | None:
    """Return a flag of a call as an example; None where the record has no such flag."""
    for story in flag_stories(record.events):
        if (story.raised.what, story.raised.cue, story.raised.at) == (flag.what, flag.cue, flag.at):
            return tell(record, story, script, messages)
    return None


def examples_of(
    record: CallRecord, script: Script, messages: Messages, rejected: Sequence[Rejected] = ()
) -> tuple[Example, ...]:
    """Return all flags of a call, in the order in which they were raised.

    Those that a reviewer says are wrong are told with who says so and why.
    """
    found = []
    for story in flag_stories(record.events):
        told = tell(record, story, script, messages, is_alone=True)
        said = rejection(story, rejected)
        if said is not None:
            told = replace(told, severity="rejected", end=rejected_words(said, record, messages))
        found.append(told)
    return tuple(found)


def rejection(story: FlagStory, rejected: Iterable[Rejected]) -> Verdict | None:
    """Return who says that a flag is wrong; None where nobody does."""
    raised = story.raised
    key = raised.what, raised.cue, raised.at
    flags = ((it.flag, it.verdict) for it in rejected)
    return next((said for it, said in flags if (it.what, it.cue, it.at) == key), None)


def rejected_words(said: Verdict, record: CallRecord, messages: Messages) -> str:
    """Return who says that a flag is wrong, and why; masked where the call is."""
    if not said.why:
        return messages.say("Not so, says {name}; it counts nowhere.", name=said.by)
    why = masked(said.why, record, messages)
    return messages.say("Not so, says {name}: {why} It counts nowhere.", name=said.by, why=why)


def masked(text: str, record: CallRecord, messages: Messages) -> str:
    """Return what somebody wrote about a call; masked where the call is."""
    return Masker(messages).mask(text, find(text)).text if record.is_redacted else text


def tell(
    record: CallRecord,
    story: FlagStory,
    script: Script,
    messages: Messages,
    is_alone: bool = False,
) -> Example:
    """Return a flag with its evidence; where the report is of this call alone, without the call."""
    raised, say, lines = story.raised, messages.say, lines_of(record.events)
    why = explain(raised, script, messages.language, messages)
    time = clock(start_of(raised.at, (raised.span,), lines))
    where = (
        time
        if is_alone
        else say("{day}, {agent}, call {call}, at {time}", day=record.day,
                 agent=record.agent or say("no agent"), call=short(record.id), time=time)
    )  # fmt: skip
    end = say("Left open.")
    if story.times > 1:
        times = messages.count("Raised {n} time.", "Raised {n} times.", story.times)
        end = say("{one} {other}", one=times, other=end)
    cleared = story.cleared
    if cleared is not None:
        when = clock(start_of(cleared.at, (cleared.span,), lines))
        end = say("Put right at {time}.", time=when)
        if cleared.by in _HOW:
            how = clearing_name(cleared.by, messages)
            end = say("Put right at {time}: {how}.", time=when, how=how)
    return Example(
        title=why.title,
        sort=say(
            "{what}, {severity}",
            what=flag_name(raised.what, messages),
            severity=severity_name(raised.severity, messages),
        ),
        severity=raised.severity.value,
        reason=why.reason,
        where=where,
        end=end,
        quotes=tuple(_quotes(lines, [it.span for it in story.raisings[:_QUOTES]], messages)),
        repairs=tuple(_quotes(lines, [cleared.span if cleared else None], messages)),
    )


def _quotes(
    lines: Mapping[int, Heard], spans: Iterable[Span | None], messages: Messages
) -> Iterator[Quoted]:
    for span in spans:
        said = lines.get(span.heard) if span else None
        if span is not None and said is not None and span.end > span.start:
            yield quote(said, span, messages)


def quote(said: Heard, span: Span, messages: Messages) -> Quoted:
    """Return the words of a span with what stands around them."""
    text, start, end = said.text, max(span.start, 0), max(span.end, 0)
    first, last = max(start - AROUND, 0), end + AROUND
    return Quoted(
        time=clock(said.start),
        speaker=speaker_name(said.speaker, messages),
        before=("…" if first else "") + text[first:start].lstrip(),
        words=text[start:end],
        after=text[end:last].rstrip() + ("…" if last < len(text) else ""),
    )
