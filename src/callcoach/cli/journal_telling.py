"""Says which calls are to be erased, and what was erased, what is kept and what is out of reach."""

import shlex
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from callcoach.archive.erased import Erasure
from callcoach.archive.forget import copies_with
from callcoach.archive.ids import CallId, short
from callcoach.cli.answer import answer
from callcoach.cli.journal_chosen import Group
from callcoach.cli.titles import CallTitles
from callcoach.cli.workplace import Workplace
from callcoach.errors import listed
from callcoach.locale import Messages
from callcoach.words.wrap import pad

_FEW = 10
"""So many calls are listed; of more it is said how many they are."""
_MANY = 25
"""To erase fewer calls takes no time worth telling."""


def plan(place: Workplace, groups: Sequence[Group]) -> Iterator[str]:
    """Yield the lines that say what is to be erased."""
    yield place.messages.say("To be erased, with all that was said, reviewed and kept of it:")
    yield from rows(place, groups)
    yield _sum(place.messages, groups)


def rows(place: Workplace, groups: Sequence[Group]) -> Iterator[str]:
    """Yield a line for each of the first calls, and how many are left."""
    titles = CallTitles(place)
    calls = [call for group in groups for call in group.calls]
    for call in calls[:_FEW]:
        title, outcome = titles.of(call, place.language)
        told = " · ".join(filter(None, (outcome, call.agent)))
        columns = (pad(short(call.id), 9), pad(call.local_start, 17), pad(title, 22), told)
        yield "  " + " ".join(columns).rstrip()
    if (left := len(calls) - _FEW) > 0:
        yield place.messages.count("  … and {n} more", "  … and {n} more", left)


def _sum(messages: Messages, groups: Sequence[Group]) -> str:
    """Return how much it is, in one line."""
    count = messages.count
    calls = sum(len(it.calls) for it in groups)
    reviews, sounds = sum(it.reviews for it in groups), sum(len(it.recorded) for it in groups)
    parts = [count("{n} call", "{n} calls", calls)]
    parts += [count("{n} review", "{n} reviews", reviews)] if reviews else []
    parts += [count("sound of {n} call", "sound of {n} calls", sounds)] if sounds else []
    return messages.say(listed(parts))


def tell_plan(
    place: Workplace, gone: Sequence[Group], kept: Sequence[Group], as_json: bool
) -> None:
    """Say what would be erased."""
    lines = list(plan(place, gone)) if gone else []
    lines += _kept(place.messages, kept)
    value = {"calls": [_row(it) for it in gone], "kept": [_row(it) for it in kept]}
    answer(as_json, value, *(lines or [place.messages.say("No call is as asked for.")]))


def tell_progress(place: Workplace, done: int, all_of_them: int) -> None:
    """Say at a terminal how far it is, where that takes longer than a moment."""
    if all_of_them > _MANY and sys.stderr.isatty():
        told = place.messages.say("Erased: {done} of {n}", done=done, n=all_of_them)
        click.echo(f"\r{told}", nl=done >= all_of_them, err=True)


def _row(group: Group) -> Mapping[str, object]:
    return {
        "calls": list(group.ids),
        "reviews": group.reviews,
        "sound": bool(group.recorded),
        "is_appealed": group.is_appealed,
        "is_open": group.is_open,
        "is_held": group.hold is not None,
    }


def _kept(messages: Messages, kept: Sequence[Group]) -> Iterator[str]:
    """Yield why calls stay that are as asked for."""
    if n := sum(it.is_open for it in kept):
        yield messages.count(
            "{n} call stays: it is open in another window.",
            "{n} calls stay: they are open in other windows.",
            n,
        )
    if n := sum(it.hold is not None and not it.is_open for it in kept):
        yield messages.count(
            "{n} call stays: it is on hold; callcoach journal holds says why.",
            "{n} calls stay: they are on hold; callcoach journal holds says why.",
            n,
        )
    if n := sum(it.is_appealed and not it.is_open and it.hold is None for it in kept):
        yield messages.count(
            "{n} call stays: it is under appeal.", "{n} calls stay: they are under appeal.", n
        )


def tell_erased(
    place: Workplace,
    gone: Sequence[Group],
    kept: Sequence[Group],
    told: Mapping[CallId, Erasure],
    as_json: bool,
    *,
    is_finished: bool,
) -> None:
    """Say what was erased, what is kept of it, and what is out of reach."""
    copies = copies_with(place.journal_path, told)
    elsewhere = sorted({file for group in gone for file in _elsewhere(group)})
    value = {
        "erased": [{"call": id, "was_sound": it.was_sound} for id, it in told.items()],
        "reviews": sum(it.reviews for it in told.values()),
        "kept": [_row(it) for it in kept],
        "copies": {str(file): n for file, n in copies.items()},
        "recordings_elsewhere": elsewhere,
        "is_finished": is_finished,
    }
    lines: list[str] = []
    say = place.messages.say
    if told:
        lines.append(say("Erased: {what}.", what=_sum(place.messages, gone)))
        lines += _out_of_reach(place, told, copies, elsewhere)
    lines += _kept(place.messages, kept)
    answer(as_json, value, *(lines or [say("No call is as asked for.")]))


def _elsewhere(group: Group) -> Iterator[str]:
    for recorded in group.recorded:
        for take in recorded.takes:
            yield from (it.path for it in (take.kept.stretches if take.kept else ()) if it.path)


def _out_of_reach(
    place: Workplace,
    told: Mapping[CallId, Erasure],
    copies: Mapping[Path, int],
    elsewhere: Sequence[str],
) -> Iterator[str]:
    say, count = place.messages.say, place.messages.count
    if changed := sum(not it.was_sound for it in told.values()):
        yield count(
            "{n} of them was not as it had been written; that is written down.",
            "{n} of them were not as they had been written; that is written down.",
            changed,
        )
    yield say(
        "Kept is the id, which tells when the call began, who erased it, when and why, and a hash."
    )
    yield say(
        "Out of reach, and yours to look after: exports, reports and batch results of it, backups,"
        " copies elsewhere."
    )
    again = ("journal", "forget", "--erased-in", str(place.journal_path))
    for file, n in copies.items():
        command = shlex.join(("callcoach", "--journal", str(file), *again))
        yield say("  {file} has {n} of them: {command}", file=file, n=n, command=command)
    for name in elsewhere:
        yield say("  {file} stays: the recording is not kept by callcoach.", file=name)
    if any((place.data_folder / "learned").glob("*.json")):
        yield say(
            "  Judges that learned from calls hold no words; callcoach cues learn begins anew."
        )
