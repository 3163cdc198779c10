"""callcoach replay: saved transcripts through the session, at once or at any speed."""

import re
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

import click

from callcoach.archive.transcripts import Found, Transcript, find_calls, say_note
from callcoach.archive.transcripts.find import How
from callcoach.call.events import Event
from callcoach.call.playback import Playback
from callcoach.call.replay import Row, beats, is_agent_known, unjudged
from callcoach.call.session import Session
from callcoach.cli.answer import json_option, print_json
from callcoach.cli.arguments import Named, Number
from callcoach.cli.getting_ready import getting_ready
from callcoach.cli.group import Command
from callcoach.cli.transcript_options import transcript_options
from callcoach.cli.workplace import Workplace
from callcoach.errors import TranscriptError, UsageError
from callcoach.locale import Messages, mark
from callcoach.review.rejudge import is_untimed, knows_agent, rerun
from callcoach.script.model import Speaker
from callcoach.words.display import display

_CHINESE, _LATIN = re.compile("[\u4e00-\u9fff]"), re.compile("[a-zA-Z]")
LONGEST_PAUSE = 5.0
"""No pause of a replay is longer, in seconds."""


@click.command(
    "replay",
    cls=Command,
    help=mark(
        "Judge saved transcripts: plain text with “Agent: …” or “客户：…”, tables, captions, JSON"
        " of callcoach, Amazon, Google, Vosk, Whisper and others (docs/import.md). The script"
        " follows what was said."
    ),
    epilog="""
callcoach replay call.json
callcoach replay call.txt --pack overdue --swap --events
callcoach replay calls/ november.zip --json
callcoach replay call.json --watch --speed 2
""",
)
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=Named(path_type=Path),
    help=mark("Files, folders or patterns of transcripts."),
)
@transcript_options
@click.option(
    "--speed",
    type=Number(min=0),
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
    speed: float | None,
    watch: bool,
    events: bool,
    no_follow: bool,
    as_json: bool,
    how: How,
) -> int:
    """Replay transcripts; return the exit code: 1 where one cannot be read."""
    from callcoach.cli.desk import Desk
    from callcoach.cli.lines.narrate import Narrator
    from callcoach.cli.lines.summary import summary_json, summary_lines
    from callcoach.tui.ports import Order

    desk = Desk(place)
    if watch:
        _refuse_unwatchable(speed, is_printed=events or as_json)
    results: list[object] = []
    code = 0
    calls, is_alone = _calls(files, how)
    if watch and not is_alone:
        raise UsageError("only one transcript can be watched at a time", "name one call")
    for number, found in enumerate(calls):
        try:
            transcript = found.read()
        except TranscriptError as error:
            if is_alone:
                raise
            code = error.exit_code
            told = place.messages.tell(error)
            results.append({"file": found.id, "error": told})
            click.echo(f"! {display(told)}", err=True)
            continue
        language = spoken_language(transcript.rows)
        pack, is_timed = place.settings.text("pack"), transcript.is_timed
        if transcript.record:
            is_timed = not is_untimed(transcript.record)
        order = Order(pack, "replay", language, seed=1, is_timed=is_timed)
        notes = [say_note(note, place.messages) for note in transcript.notes]
        record = () if no_follow else transcript.record
        has_agent = knows_agent(record) if record else is_agent_known(transcript.rows)
        if not has_agent:
            notes += _without_agent(transcript.rows, place.messages)
        if watch:
            from callcoach.cli.home import open_replay
            from callcoach.cli.terminal import require_terminal

            require_terminal(mark("without --watch, callcoach replay prints what it comes to"))
            pace = 1.0 if speed is None else speed
            rows, seconds = transcript.rows, transcript.seconds
            open_replay(desk, order, rows, pace, not no_follow, notes, seconds)
            return 0
        with getting_ready(pack, place.messages, is_silent=as_json):
            live = desk.begin(order)
        opening: Sequence[Event] = live.events
        played: Iterator[Event]
        if record:
            session, again = rerun(live.session.coach, record)
            opening, played = (), _paced(again, speed)
        else:
            session = live.session if has_agent else unjudged(live.session, live.events)
            played = _played(session, transcript, not no_follow, speed)
        if not as_json:
            if not is_alone:
                click.echo(("\n" if number else "") + f"# {display(found.id)}")
            for note in notes:
                click.echo(f"({note})")
        narrator = Narrator(session, place.messages)
        happened: list[Event] = []
        for event in chain(opening, played):
            happened.append(event)
            if events and not as_json:
                for line in narrator.tell(event):
                    click.echo(line)
        if as_json:
            result = summary_json(session, happened, place.messages, has_agent=has_agent)
            results.append({"file": found.id, "notes": notes, **result})
        else:
            told_lines = summary_lines(session, happened, place.messages, has_agent=has_agent)
            for line in told_lines:
                click.echo(line)
    if as_json:
        whole = results[0] if is_alone else results
        print_json(whole)
    return code


def _without_agent(rows: Sequence[Row], messages: Messages) -> Iterator[str]:
    """Yield what follows where nobody is the agent, and what to do about it."""
    yield messages.say("Without an agent, what agents owe or may not say is not judged.")
    if not rows:
        return
    if any(row.speaker is Speaker.CUSTOMER for row in rows):
        yield messages.say("If agent and customer are the wrong way round, add --swap.")
    else:
        yield messages.say(
            "Write into the file who speaks, agent or customer; for a recording with one voice in"
            " each channel, callcoach transcribe --roles agent,customer does."
        )


def _calls(paths: Sequence[Path], how: How) -> tuple[Iterator[Found], bool]:
    """Return the calls in files and folders, and whether there is but one.

    Raises `UsageError` where there is none.
    """
    calls = find_calls(paths, how)
    first = list(islice(calls, 2))
    if not first:
        raise UsageError(
            "there is no transcript in {path}",
            "name a file, or a folder that holds transcripts",
            path=paths[0],
        )
    return chain(first, calls), len(first) == 1


def _refuse_unwatchable(speed: float | None, *, is_printed: bool) -> None:
    """Raise `UsageError` for what does not go together with `--watch`."""
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


def _paced(events: Iterable[Event], speed: float | None) -> Iterator[Event]:
    """Yield events; with a speed, when their time has come."""
    at = 0.0
    for event in events:
        if speed:
            time.sleep(min(max(event.at - at, 0.0) / speed, LONGEST_PAUSE))
        at = event.at
        yield event


def spoken_language(rows: Sequence[Row]) -> str:
    """Return the language that most of a transcript is in: `zh` or `en`."""
    text = "".join(row.text for row in rows)
    if text.isascii():
        return "en"
    chinese, latin = len(_CHINESE.findall(text)), len(_LATIN.findall(text))
    return "zh" if chinese * 3 > latin else "en"
