"""The timeline of a call: who spoke when, in which step it was, where flags were raised."""

from collections.abc import Iterable, Iterator, Sequence

from callcoach.archive.export.account import Account
from callcoach.call.events import Heard
from callcoach.call.explain import cue_title, step_title
from callcoach.call.names import speaker_name
from callcoach.locale import Messages
from callcoach.reports.examples import rejection
from callcoach.reports.figures import Rejected
from callcoach.reports.parts import Lane, Mark, Timeline
from callcoach.script.model import Speaker
from callcoach.words.clock import clock

_STEPS = (5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)
"""Seconds that may lie between two times of the axis."""
_TICKS = 6


def timeline(
    account: Account, messages: Messages, rejected: Sequence[Rejected] = ()
) -> Timeline | None:
    """Return the timeline of a call; None where nobody measured who spoke when.

    Flags that reviewers say are wrong are not on it.
    """
    whole = account.metrics.duration
    if not account.metrics.is_timed or whole <= 0:
        return None
    say, language = messages.say, messages.language
    heard = [said for section in account.sections for said in section.heard]
    lanes = [
        Lane(speaker_name(side, messages), tuple(_spoken(heard, side, whole, messages)))
        for side in (Speaker.AGENT, Speaker.CUSTOMER, Speaker.OTHER)
    ]
    starts = [section.at for section in account.sections]
    ends = [*starts[1:], whole]
    steps = tuple(
        Mark(
            _at(section.at, whole),
            _at(end, whole),
            "step",
            f"{clock(section.at)} {step_title(account.script, section.step, language)}",
        )
        for section, end in zip(account.sections, ends, strict=True)
    )
    flags = tuple(
        Mark(
            _at(told.story.raised.at, whole),
            _at(told.story.raised.at, whole),
            told.story.raised.severity.value,
            f"{clock(told.story.raised.at)}"
            f" {cue_title(account.script, told.story.raised.cue, language)}",
        )
        for told in account.flags
        if rejection(told.story, rejected) is None
    )
    lanes += [Lane(say("Steps"), steps), Lane(say("Flags"), flags)]
    return Timeline(
        id="timeline",
        title=say("The call at a glance"),
        lead=say(
            "Who spoke when, where the call came to another step, and where flags were raised."
            " The steps are named below."
        ),
        lanes=tuple(lane for lane in lanes if lane.marks),
        ticks=tuple(_ticks(whole)),
        steps=tuple(
            (clock(section.at), step_title(account.script, section.step, language))
            for section in account.sections
        ),
    )


def _spoken(
    heard: Iterable[Heard], side: Speaker, whole: float, messages: Messages
) -> Iterator[Mark]:
    for said in heard:
        if said.speaker is side and said.end > said.start:
            yield Mark(
                _at(said.start, whole),
                _at(said.end, whole),
                side.value,
                f"{clock(said.start)} {speaker_name(side, messages)}",
            )


def _at(seconds: float, whole: float) -> float:
    return min(max(seconds / whole, 0.0), 1.0)


def _ticks(whole: float) -> Iterator[tuple[float, str]]:
    step = next((it for it in _STEPS if whole / it <= _TICKS), whole / _TICKS)
    count = int(whole // step)
    for at in range(count + 1):
        yield at * step / whole, clock(at * step)
