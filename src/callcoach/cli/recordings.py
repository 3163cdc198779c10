"""callcoach recordings: the sound of calls that was kept, for how long, and whether it is whole."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from callcoach.archive.holds import must_stay, standing_holds
from callcoach.archive.ids import CallId, short
from callcoach.archive.writer import is_being_written
from callcoach.cli.answer import answer, json_option, print_json
from callcoach.cli.ask import agrees
from callcoach.cli.group import Command, Group, Lazy
from callcoach.cli.workplace import Workplace
from callcoach.errors import StorageError
from callcoach.hearing.keeping.kept import Stretch
from callcoach.hearing.keeping.recordings import (
    Recorded,
    days_of,
    find_call,
    find_recorded,
    recordings_folder,
)
from callcoach.hearing.keeping.recordings import delete as delete_recorded
from callcoach.hearing.keeping.recordings import prune as prune_folder
from callcoach.hearing.keeping.recordings import verify as verify_recorded
from callcoach.locale import mark
from callcoach.words.clock import clock
from callcoach.words.display import display
from callcoach.words.wrap import pad

_HERE = "callcoach.cli.recordings"
_CALL = mark("“last”, an id, or the beginning or end of one; callcoach recordings list shows them.")

recordings = Group(
    name="recordings",
    help=mark(
        "Look after the sound of calls. None is kept unless you ask for it: callcoach call --audio"
        " mic --keep-audio flac. It is not encrypted: keep the folder on an encrypted disk."
    ),
    lazy={
        "list": Lazy(f"{_HERE}:list_recordings", mark("List the calls of which there is sound")),
        "path": Lazy(f"{_HERE}:path", mark("Print the folder of a call's sound")),
        "verify": Lazy(f"{_HERE}:verify", mark("Check that no file was changed or lost")),
        "delete": Lazy(f"{_HERE}:delete", mark("Delete the sound of calls")),
        "prune": Lazy(f"{_HERE}:prune", mark("Delete sound that was kept long enough")),
    },
    epilog="""
callcoach recordings list
callcoach recordings verify
callcoach recordings delete last
""",
)


@click.command(
    "list",
    cls=Command,
    help=mark("List the calls of which there is sound, newest first, and how long it is kept."),
    epilog="""
callcoach recordings list
callcoach recordings list --json
""",
)
@json_option
@click.pass_obj
def list_recordings(place: Workplace, as_json: bool) -> None:
    """List what is kept."""
    root, days = _root(place), _days(place)
    found = find_recorded(root)
    if as_json:
        print_json({"folder": str(root), "days": days, "calls": [_row(it, days) for it in found]})
        return
    if not found:
        click.echo(place.messages.say("No audio is kept."), err=True)
    for it in found:
        click.echo(display(_line(place, it, days)))


def _row(it: Recorded, days: int) -> dict[str, object]:
    return {
        "call": it.call,
        "started": it.started.isoformat(timespec="seconds"),
        "path": str(it.folder),
        "bytes": it.size,
        "seconds": round(it.seconds, 3),
        "is_readable": it.is_readable,
        "is_closed": it.is_closed,
        "expires": _until_when(it, days) if days and not it.is_elsewhere else None,
        "is_elsewhere": it.is_elsewhere,
        "takes": [
            {
                "folder": take.folder.name,
                "format": take.kept.format,
                "opened": take.kept.opened if take.kept.closed else None,
                "files": [_file(stretch) for stretch in take.kept.stretches],
            }
            for take in it.takes
            if take.kept
        ],
    }


def _file(stretch: Stretch) -> dict[str, object]:
    return {
        "file": stretch.path or stretch.file,
        "channel": stretch.channel,
        "speaker": stretch.role.value,
        "start": stretch.start,
        "seconds": round(stretch.samples / stretch.rate, 3),
        "sha256": stretch.sha256 or None,
    }


def _line(place: Workplace, it: Recorded, days: int) -> str:
    say = place.messages.say
    if not it.is_readable:
        state = say("its record cannot be read")
    else:
        state = "" if it.is_closed else say("not closed: the call goes on, or broke off")
    formats = "/".join(sorted({take.kept.format for take in it.takes if take.kept}))
    columns = (
        pad(short(it.call), 9),
        pad(it.started.astimezone().strftime("%Y-%m-%d %H:%M"), 17),
        pad(formats, 5),
        f"{clock(it.seconds):>9} ",
        f"{it.size / 1_000_000:7.1f} MB ",
        _until(place, it, _until_when(it, days) if days else ""),
        state,
    )
    return " ".join(columns).rstrip()


def _until_when(it: Recorded, days: int) -> str:
    """Return the day until which sound is kept, by the clock of this machine, ISO 8601."""
    return (it.started + timedelta(days=days)).astimezone().date().isoformat()


def _until(place: Workplace, it: Recorded, day: str) -> str:
    """Return until when sound is kept; of a recording elsewhere, where it is."""
    say = place.messages.say
    if it.is_elsewhere:
        files = (one.path for take in it.takes if take.kept for one in take.kept.stretches)
        return say("played from {file}", file=", ".join(files))
    return say("until {day}", day=day) if day else say("for good")


@click.command(
    "path",
    cls=Command,
    help=mark("Print the folder of a call's sound; of all calls' if none is named."),
    epilog="""
callcoach recordings path
callcoach recordings path last
""",
)
@click.argument("call", required=False, help=_CALL)
@json_option
@click.pass_obj
def path(place: Workplace, call: str | None, as_json: bool) -> None:
    """Print a folder."""
    root = _root(place)
    folder = root if call is None else find_call(find_recorded(root), call).folder
    answer(as_json, {"path": str(folder)}, str(folder))


@click.command(
    "verify",
    cls=Command,
    help=mark(
        "Compare every file with the digest that was written down when its call ended. Exit code 3"
        " says that one was changed or lost. Of a call that broke off no digests are known."
    ),
    epilog="""
callcoach recordings verify
callcoach recordings verify last --json
""",
)
@click.argument("calls", nargs=-1, help=_CALL)
@json_option
@click.pass_obj
def verify(place: Workplace, calls: tuple[str, ...], as_json: bool) -> None:
    """Verify what is kept."""
    say = place.messages.say
    rows: list[dict[str, object]] = []
    lines: list[str] = []
    bad: list[str] = []
    for it in _chosen(place, calls):
        faults = verify_recorded(it)
        problems = [{"file": fault.file, "what": fault.what.value} for fault in faults]
        rows.append({"call": it.call, "is_closed": it.is_closed, "problems": problems})
        lines += [f"! {short(it.call)}: {fault.file} {say(fault.what)}" for fault in faults]
        bad += [short(it.call)] if faults else []
        if not faults:
            told = (
                mark("every file is as it was written")
                if it.is_closed
                else mark("no file is missing; the call broke off or goes on: no digests are known")
            )
            lines.append(f"{short(it.call)}: {say(told)}")
    answer(as_json, rows, *(lines or [say("No audio is kept.")]))
    if bad:
        raise StorageError(
            "kept audio is damaged: {calls}",
            "what is there can still be played; the calls in the journal are not touched by it",
            calls=", ".join(bad),
        )


@click.command(
    "delete",
    cls=Command,
    help=mark("Delete the sound of calls; the calls stay in the journal."),
    epilog="""
callcoach recordings delete last
callcoach recordings delete 3f2a 77c1 --yes
""",
)
@click.argument("calls", nargs=-1, required=True, help=_CALL)
@click.option("--yes", is_flag=True, help=mark("Do not ask."))
@json_option
@click.pass_obj
def delete(place: Workplace, calls: tuple[str, ...], yes: bool, as_json: bool) -> None:
    """Delete sound."""
    chosen = _chosen(place, calls)
    held = standing_holds(place.journal_path)
    for it in chosen:
        if CallId(it.call) in held:
            raise must_stay(held[CallId(it.call)])
        if is_being_written(place.journal_path, CallId(it.call)):
            raise StorageError("the call {call} goes on", "end it first", call=short(it.call))
    if not (yes or agrees(_question(place, chosen))):
        raise click.Abort
    for it in chosen:
        delete_recorded(it)
    _tell_gone(place, chosen, as_json)


def _question(place: Workplace, chosen: Iterable[Recorded]) -> str:
    say, names = place.messages.say, ", ".join(short(it.call) for it in chosen)
    if all(it.is_elsewhere for it in chosen):
        return say("Forget where the recording of {calls} is? It stays there. [y/N] ", calls=names)
    return say("Delete the sound of {calls}? [y/N] ", calls=names)


@click.command(
    "prune",
    cls=Command,
    help=mark(
        "Delete the sound of calls that began longer ago than the setting keep_audio_days says. A"
        " call that listens does so too when it begins."
    ),
    epilog="""
callcoach recordings prune
callcoach recordings prune --days 7
""",
)
@click.option("--days", metavar="DAYS", help=mark("So many days instead."))
@json_option
@click.pass_obj
def prune(place: Workplace, days: str | None, as_json: bool) -> None:
    """Delete old sound."""
    limit = _days(place) if days is None else days_of(days, "--days")
    held = standing_holds(place.journal_path)
    gone = prune_folder(_root(place), limit, datetime.now(UTC), held)
    _tell_gone(place, gone, as_json)


def _tell_gone(place: Workplace, gone: Iterable[Recorded], as_json: bool) -> None:
    say = place.messages.say
    told = (mark("{call}: its sound is deleted."), mark("{call}: its recording stays where it is."))
    lines = [say(told[it.is_elsewhere], call=short(it.call)) for it in gone]
    answer(as_json, [{"call": it.call} for it in gone], *(lines or [say("Nothing to delete.")]))


def _chosen(place: Workplace, calls: Iterable[str]) -> tuple[Recorded, ...]:
    """Return the calls that are named, each once, or all that there are."""
    found = find_recorded(_root(place))
    named = {it.call: it for it in (find_call(found, call) for call in calls)}
    return tuple(named.values()) if named else found


def _root(place: Workplace) -> Path:
    return recordings_folder(place.journal_path)


def _days(place: Workplace) -> int:
    return days_of(place.settings.text("keep_audio_days"))
