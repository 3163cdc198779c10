"""callcoach replay: saved transcripts through the session, at once or at any speed."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from callcoach.archive.transcripts import Transcript, read_transcript, say_note
from callcoach.call.events import Event
from callcoach.call.playback import Playback
from callcoach.call.replay import Row, beats
from callcoach.call.session import Session
from callcoach.cli.answer import json_option, print_json
from callcoach.cli.group import Command
from callcoach.cli.workplace import Workplace
from callcoach.errors import TranscriptError, UsageError
from callcoach.locale import mark
from callcoach.words.display import display

LONGEST_PAUSE = 5.0
"""No pause of a replay is longer, in seconds."""


@click.command(
    "replay",
    cls=Command,
    help=mark(
        "Judge saved transcripts: JSON with speaker, text, stime and etime, in a list or in lines,"
        " plain text with “Agent: …” or “客户：…”, or what callcoach itself has exported or"
        " transcribed. The script follows what was said."
    ),
    epilog="""
callcoach replay call.json
callcoach replay call.txt --pack overdue --swap --events
callcoach replay calls/*.json --json
callcoach replay call.json --watch --speed 2
""",
)
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
    help=mark("Transcripts, one call in each."),
)
@click.option("--swap", is_flag=True, help=mark("Agent and customer are the wrong way round."))
@click.option(
    "--speed",
    type=click.FloatRange(min=0),
    metavar="NUMBER",
    help=mark("1 is real time, 0 at once."),
)
@click.option("--watch", is_flag=True, help=mark("Watch it on the call screen."))
@click.option("--events", is_flag=True, help=mark("Print what happens, not only what it came to."))
@click.option("--no-follow", is_flag=True, help=mark("Stay in the first step."))
@json_option
@click.pass_obj
def replay(
    place: Workplace,
    files: tuple[Path, ...],
    swap: bool,
    speed: float | None,
    watch: bool,
    events: bool,
    no_follow: bool,
    as_json: bool,
) -> int:
    """Replay transcripts; return the exit code: 1 where one cannot be read."""
    from callcoach.cli.desk import Desk
    from callcoach.cli.narrate import Narrator
    from callcoach.cli.summary import summary_json, summary_lines
    from callcoach.tui.ports import Order

    desk = Desk(place)
    if watch:
        _refuse_unwatchable(files, speed, is_printed=events or as_json)
    results: list[object] = []
    code = 0
    for number, file in enumerate(files):
        try:
            transcript = read_transcript(file, swap=swap)
        except TranscriptError as error:
            if len(files) == 1:
                raise
            code = error.exit_code
            told = place.messages.tell(error)
            results.append({"file": str(file), "error": told})
            click.echo(f"! {display(told)}", err=True)
            continue
        language = spoken_language(transcript.rows)
        pack, is_timed = place.settings.text("pack"), transcript.is_timed
        order = Order(pack, "replay", language, seed=1, is_timed=is_timed)
        notes = [say_note(note, place.messages) for note in transcript.notes]
        if watch:
            from callcoach.cli.home import open_replay
            from callcoach.cli.terminal import require_terminal

            require_terminal(mark("without --watch, callcoach replay prints what it comes to"))
            pace = 1.0 if speed is None else speed
            rows, seconds = transcript.rows, transcript.seconds
            open_replay(desk, order, rows, pace, not no_follow, notes, seconds)
            return 0
        live = desk.begin(order)
        session = live.session
        if not as_json:
            if len(files) > 1:
                click.echo(("\n" if number else "") + f"# {display(str(file))}")
            for note in notes:
                click.echo(f"({note})")
        narrator = Narrator(session, place.messages)
        happened: list[Event] = []
        for event in (*live.events, *_played(session, transcript, not no_follow, speed)):
            happened.append(event)
            if events and not as_json:
                for line in narrator.tell(event):
                    click.echo(line)
        if as_json:
            result = summary_json(session, happened, place.messages)
            results.append({"file": str(file), "notes": notes, **result})
        else:
            for line in summary_lines(session, happened, place.messages):
                click.echo(line)
    if as_json:
        whole = results[0] if len(files) == 1 else results
        print_json(whole)
    return code


def _refuse_unwatchable(files: Sequence[Path], speed: float | None, *, is_printed: bool) -> None:
    """Raise `UsageError` for what does not go together with `--watch`."""
    if len(files) > 1:
        raise UsageError("only one transcript can be watched at a time", "name one file")
    if is_printed:
        raise UsageError("--watch opens a screen and prints nothing", "leave out --watch")
    if speed == 0:
        raise UsageError("at speed 0 there is nothing to watch", "leave out --watch, or --speed")


def _played(
    session: Session, transcript: Transcript, follow: bool, speed: float | None
) -> Iterator[Event]:
    """Yield the events of a transcript; with a speed, when their time has come."""
    source = beats(session, transcript.rows, follow, transcript.is_timed, transcript.seconds)
    playback = Playback(session.feed, source)
    at = 0.0
    while (beat := playback.next) is not None:
        if speed:
            time.sleep(min(max(beat.at - at, 0.0) / speed, LONGEST_PAUSE))
        at = beat.at
        yield from playback.play()


def spoken_language(rows: Sequence[Row]) -> str:
    """Return the language that most of a transcript is in: `zh` or `en`."""
    chinese = sum(1 for row in rows for char in row.text if "\u4e00" <= char <= "\u9fff")
    latin = sum(1 for row in rows for char in row.text if char.isascii() and char.isalpha())
    return "zh" if chinese * 3 > latin else "en"
