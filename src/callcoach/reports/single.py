"""The report about one call: what was owed, flagged, scored, measured and said."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from callcoach.archive.export.account import Account, CueMet, gather
from callcoach.archive.export.measures import measures
from callcoach.archive.export.names import language_name, mode_name
from callcoach.archive.export.record import CallRecord
from callcoach.archive.ids import short
from callcoach.call.events import CueHeard, Span
from callcoach.call.explain import step_title
from callcoach.call.metrics import figures as figures_of_metrics
from callcoach.call.names import speaker_name, tick_name
from callcoach.locale import Messages
from callcoach.reports.examples import examples_of, rejection
from callcoach.reports.figures import WHOLE_CALL, CallFigures, Flagged
from callcoach.reports.names import Names
from callcoach.reports.parts import Check, Checks, Examples, Notes, Piece, Said, Stretch, Transcript
from callcoach.reports.scorecard import Reviewed, Telling, scorecards
from callcoach.reports.sheet import Block, Chart, Figure, Report, Section, Tile, Unit
from callcoach.reports.timeline import timeline
from callcoach.script.model import CueKind, Script
from callcoach.words.clock import clock


@dataclass(frozen=True, slots=True)
class OneCall:
    """A call with everything that a report tells of it."""

    record: CallRecord
    """Redacted, or with the reason why it is not."""
    figures: CallFigures
    script: Script | None
    reviews: Sequence[Reviewed]
    made: str
    """The day on which the report is made, ISO 8601."""
    moved: Mapping[Span, Span] = field(default_factory=dict)
    """Where words went when the record was masked; see `scorecard.moved_spans`."""
    is_damaged: bool = False
    """The record is not as it was written."""


def report_of_call(call: OneCall, names: Names) -> Report:
    """Return the report about one call."""
    messages, say = names.messages, names.messages.say
    account = gather(call.record, call.script)
    blocks: list[Block | None] = [
        timeline(account, messages, call.figures.rejected),
        _checks(account, call.figures, names),
        Examples(
            "flags",
            say("Flags"),
            say("Everything that was flagged, with the words that it rests on.")
            if account.flags
            else say("No flag was raised."),
            examples_of(call.record, account.script, messages, call.figures.rejected),
        ),
        *scorecards(call.reviews, Telling(call.record, call.script, messages, call.moved)),
        Notes(
            "measures",
            say("Measures"),
            tuple(
                (item.lead, item.text)
                for item in measures(account.metrics, messages, account.listened)
            ),
        ),
        _transcript(call, account, messages),
    ]
    return Report(
        kind="call",
        language=messages.language,
        title=say("A call by {agent}", agent=call.record.agent)
        if call.record.agent
        else say("A call"),
        facts=tuple(_facts(call, names)),
        tiles=tuple(_tiles(call, account, names)),
        blocks=tuple(block for block in blocks if block is not None),
        notes=tuple(_notes(call, names)),
        tables=(_owed(call.figures, names), _flags(call.figures, names), _measured(call, names)),
    )


def _facts(call: OneCall, names: Names) -> Iterator[tuple[str, str]]:
    record, messages, say = call.record, names.messages, names.messages.say
    yield say("Day"), record.day
    yield say("Script"), say("{title}, version {version}", title=record.title,
                             version=record.version)  # fmt: skip
    yield say("Language"), language_name(record.language)
    yield say("Kind"), mode_name(record.mode, messages)
    yield say("Call"), short(record.id)
    privacy = record.why_whole or say("not masked")
    yield say("Personal data"), say("masked") if record.is_redacted else privacy
    yield say("Made on"), call.made


def _notes(call: OneCall, names: Names) -> Iterator[str]:
    if call.is_damaged:
        yield names.messages.say(
            "This call is not as it was written; callcoach journal verify says what is damaged."
        )


def _tiles(call: OneCall, account: Account, names: Names) -> Iterator[Tile]:
    say, figures = names.messages.say, call.figures
    yield Tile(say("outcome"), names.outcome(figures.outcome), figures.code)
    yield Tile(say("length"), clock(figures.duration), "")
    if figures.owed:
        detail = say("{count} of {n}", count=figures.met, n=len(figures.owed))
        yield Tile(say("said of what was owed"), f"{figures.met / len(figures.owed):.0%}", detail)
    left = sum(flag.is_open for flag in figures.flags)
    detail = say("of {n} raised", n=len(figures.flags)) if figures.flags else ""
    if figures.rejected:
        wrong = say("{n} not so, say reviewers", n=len(figures.rejected))
        detail = say("{one}; {other}", one=detail, other=wrong) if detail else wrong
    yield Tile(say("flags left open"), str(left), detail)
    if figures.scores:
        newest = max(figures.scores, key=lambda score: score.when)
        yield Tile(say("score"), f"{newest.percent:.0f}%", names.form(newest.form))
    metrics = account.metrics
    if metrics.is_timed and metrics.talk_ratio is not None:
        yield Tile(say("talk ratio of the agent"), f"{metrics.talk_ratio:.0%}", "")


def _checks(account: Account, figures: CallFigures, names: Names) -> Checks | None:
    if not figures.owed:
        return None
    say = names.messages.say
    met = {cue.cue: cue for cue in account.met}
    order = list(dict.fromkeys((*figures.steps, *account.script.steps, WHOLE_CALL)))
    steps = sorted({it.step for it in figures.owed}, key=order.index)
    return Checks(
        "owed",
        say("What was owed to the customer"),
        say("By the step where it was due, and whether it was said."),
        tuple(
            (
                names.step(step),
                tuple(
                    _check(names.cue(it.cue), met.get(it.cue), it.is_met, names.messages)
                    for it in figures.owed
                    if it.step == step
                ),
            )
            for step in steps
        ),
    )


def _check(title: str, met: CueMet | None, is_met: bool, messages: Messages) -> Check:
    if not is_met or met is None:
        told = messages.say("said, as the review found") if is_met else messages.say("not said")
        return Check(title, is_met, told, "")
    words = met.quote.words if met.quote else ""
    how = clock(met.quote.at) if met.quote else tick_name(met.is_unkept, messages)
    return Check(title, True, how, words)


def _transcript(call: OneCall, account: Account, messages: Messages) -> Transcript:
    marks = _marks(call, account)
    return Transcript(
        "transcript",
        messages.say("What was said"),
        messages.say("Underlined: what met something owed. Boxed: what a flag rests on.")
        if marks
        else "",
        tuple(
            Stretch(
                step_title(account.script, section.step, messages.language),
                clock(section.at),
                tuple(
                    Said(
                        clock(said.start),
                        speaker_name(said.speaker, messages),
                        said.speaker.value,
                        tuple(pieces(said.text, marks.get(said.seq, ()))),
                    )
                    for said in section.heard
                ),
            )
            for section in account.sections
            if section.heard
        ),
    )


Marked = tuple[int, int, str]
"""From where to where words are marked, in characters, and how."""


def _marks(call: OneCall, account: Account) -> dict[int, list[Marked]]:
    """Return what is marked in each utterance, by its `seq`."""
    found: dict[int, list[Marked]] = {}

    def add(span: Span | None, mark: str) -> None:
        if span is not None and span.end > span.start:
            found.setdefault(span.heard, []).append((span.start, span.end, mark))

    for told in account.flags:
        if rejection(told.story, call.figures.rejected) is not None:
            continue
        for raised in told.story.raisings:
            add(raised.span, "flag")
    for event in call.record.events:
        if isinstance(event, CueHeard) and event.counts:
            cue = account.script.cues.get(event.cue)
            if cue is not None and cue.kind is CueKind.SAY:
                add(event.span, "met")
    return found


def pieces(text: str, marks: Sequence[Marked]) -> Iterator[Piece]:
    """Yield an utterance cut where marks begin and end; of two on the same words a flag shows."""
    cuts = {0, len(text)}
    for start, end, _ in marks:
        cuts |= {min(max(start, 0), len(text)), min(max(end, 0), len(text))}
    for start, end in pairwise(sorted(cuts)):
        over = [mark for first, last, mark in marks if first <= start and end <= last]
        yield Piece(text[start:end], "flag" if "flag" in over else over[0] if over else "")


def _owed(figures: CallFigures, names: Names) -> Section:
    say = names.messages.say
    return Section(
        "owed", say("What was owed to the customer"), "", say("calls"), "", Chart.NONE,
        tuple(
            Figure(it.cue, names.cue(it.cue), float(it.is_met), Unit.COUNT, 1, int(it.is_met),
                   group=it.step, group_title=names.step(it.step))
            for it in figures.owed
        ),
    )  # fmt: skip


def _flags(figures: CallFigures, names: Names) -> Section:
    say = names.messages.say
    titles = {
        "open": say("left open"),
        "repaired": say("put right in the call"),
        "unheard": say("perhaps said: nothing was listened to"),
        "rejected": say("not so"),
    }
    told = [(it, _end_of(it)) for it in figures.flags]
    told += [(it.flag, "rejected") for it in figures.rejected]
    return Section(
        "flags", say("Flags"), "", say("calls"), "", Chart.NONE,
        tuple(
            Figure(f"{it.what} {it.cue}", names.cue(it.cue), it.at, Unit.SECONDS, 1, 1,
                   series=end, series_title=titles[end])
            for it, end in told
        ),
    )  # fmt: skip


def _end_of(flag: Flagged) -> str:
    """Return what became of a flag, as machines name it."""
    if flag.is_repaired:
        return "repaired"
    return "open" if flag.is_open else "unheard"


def _measured(call: OneCall, names: Names) -> Section:
    known = figures_of_metrics(call.figures.metrics)
    return Section(
        "measures", names.messages.say("Measures"), "", names.messages.say("calls"), "", Chart.NONE,
        tuple(
            Figure(name, name, value, _unit(name), 1)
            for name, value in known.items()
            if value is not None and (call.figures.metrics.is_timed or name == "duration")
        ),
    )  # fmt: skip


def _unit(name: str) -> Unit:
    if name in ("talk_ratio", "non_talk_share"):
        return Unit.SHARE
    return (
        Unit.SECONDS if name.endswith(("duration", "talk", "hold", "time", "gap")) else Unit.COUNT
    )
