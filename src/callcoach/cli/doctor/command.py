"""callcoach doctor: is everything in place? One line for each thing looked at, with a remedy."""

import importlib.util
import locale
import os
import re
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from callcoach import __version__
from callcoach.cli.answer import json_option, print_json
from callcoach.cli.group import Group, Lazy
from callcoach.cli.workplace import Workplace
from callcoach.errors import CallcoachError
from callcoach.locale import LANGUAGES, mark
from callcoach.words.display import display
from callcoach.words.wrap import pad

OK, HINT, BAD = "ok", "hint", "bad"
_SIGNS = {OK: "✓", HINT: "·", BAD: "✗"}
_SPEECH = (
    *(("vosk", "Vosk"), ("webrtcvad", "webrtcvad"), ("sounddevice", "sounddevice")),
    *(("soundcard", "soundcard"), ("soundfile", "soundfile"), ("soxr", "soxr")),
)
"""What hearing needs: the names of modules, and those that people know."""
NETWORK_FILE_SYSTEMS = ("nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs")
_MOUNTS = Path("/proc/mounts")
_ESCAPED = re.compile(r"\\([0-7]{3})")
"""A space, tab, line end or backslash in the name of a mount."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    area: str
    state: str
    """`ok`, `hint` (works, and could be better) or `bad`."""
    what: str
    remedy: str = ""


@click.group(
    "doctor",
    cls=Group,
    lazy={
        "audio": Lazy(
            "callcoach.cli.doctor.audio:audio", mark("Try out a microphone, or what is played")
        )
    },
    invoke_without_command=True,
    help=mark(
        "Look at the terminal, the language, the journal, the packs and the parts for speech, and"
        " say what to do where something is missing. Nothing is sent anywhere."
    ),
    epilog="""
callcoach doctor
callcoach doctor --json
callcoach doctor audio
""",
)
@json_option
@click.pass_context
def doctor(context: click.Context, as_json: bool) -> int:
    """Look at everything, unless a part of it is named; return the exit code."""
    if context.invoked_subcommand is not None:
        return 0
    place: Workplace = context.obj
    findings = list(look(place))
    if as_json:
        rows = [asdict(finding) for finding in findings]
        print_json(rows)
    else:
        say = place.messages.say
        for finding in findings:
            area = pad(say(finding.area), 12)
            click.echo(f"{_SIGNS[finding.state]} {area} {display(finding.what)}")
            if finding.remedy:
                click.echo(f"  {pad('', 12)} {display(finding.remedy)}")
    return int(any(finding.state == BAD for finding in findings))


def look(place: Workplace) -> Iterator[Finding]:
    """Yield what was found, area by area."""
    yield _program()
    yield from _settings(place)
    yield from _terminal(place)
    yield from _language(place)
    yield from _journal(place)
    yield from _packs(place)
    yield from _speech(place)


def _program() -> Finding:
    python = ".".join(map(str, sys.version_info[:3]))
    return Finding(mark("Program"), OK, f"callcoach {__version__}, Python {python}, {sys.platform}")


def _settings(place: Workplace) -> Iterator[Finding]:
    area, say = mark("Settings"), place.messages.say
    exists = place.config_file.exists()
    what = str(place.config_file) if exists else say("none yet: {path}", path=place.config_file)
    yield Finding(area, OK, what)
    from callcoach.cli.own_keys import key_faults  # Textual: 250 ms

    for fault in key_faults(place.settings.table("keys")):
        state = BAD if fault.is_refused else HINT
        yield Finding(area, state, say(fault.message), say(fault.hint))


def _terminal(place: Workplace) -> Iterator[Finding]:
    area, say = mark("Terminal"), place.messages.say
    if not sys.stdout.isatty():
        told = say("the output is no terminal: the screens cannot open")
        yield Finding(area, HINT, told, say("callcoach call --line-mode works everywhere"))
        return
    size = shutil.get_terminal_size()
    name = os.environ.get("TERM_PROGRAM") or os.environ.get("TERM", "?")
    what = f"{name}, {size.columns}x{size.lines}"
    if size.columns < 60 or size.lines < 20:
        yield Finding(area, HINT, what, say("60x20 or more is comfortable"))
    else:
        yield Finding(area, OK, what)
    wide = ambiguous_width()
    if wide == 2:
        told = say("ambiguous characters are two cells wide: borders and quotes may shift")
        remedy = say("set the terminal's ambiguous width to narrow, or use --plain")
        yield Finding(area, HINT, told, remedy)
    if "NO_COLOR" in os.environ:
        yield Finding(area, OK, say("NO_COLOR is set: signs and words carry everything"))
    if os.environ.get("KITTY_WINDOW_ID"):
        told = say("Kitty: its own key protocol is switched off, so that input methods work")
        yield Finding(area, OK, told)
    if os.environ.get("WT_SESSION"):
        told = say("Windows Terminal: text fields never stand on the last row, where it hides them")
        yield Finding(area, OK, told)


def ambiguous_width() -> int | None:
    """Return how many cells the terminal gives an ambiguous character; None where it won't say.

    Prints one, asks the terminal where the cursor is, and wipes it out again.
    """
    try:
        import select
        import termios
        import tty
    except ImportError:
        return None
    if not sys.stdin.isatty():
        return None
    handle = sys.stdin.fileno()
    before = termios.tcgetattr(handle)
    try:
        tty.setcbreak(handle)
        sys.stdout.write("\r“\x1b[6n")
        sys.stdout.flush()
        answer = b""
        while select.select([handle], [], [], 0.3)[0]:
            answer += os.read(handle, 32)
            if answer.endswith(b"R"):
                break
        sys.stdout.write("\r\x1b[K")
        sys.stdout.flush()
        column = int(answer.rpartition(b";")[2].rstrip(b"R"))
    except (ValueError, OSError):
        return None
    finally:
        termios.tcsetattr(handle, termios.TCSADRAIN, before)
    return column - 1


def _language(place: Workplace) -> Iterator[Finding]:
    area, say = mark("Language"), place.messages.say
    encoding = locale.getpreferredencoding(False)
    what = f"{LANGUAGES[place.language]}, {encoding}"
    if encoding.lower().replace("-", "") not in ("utf8", "cp65001"):
        yield Finding(area, BAD, what, say("use a UTF-8 locale, for example LANG=C.UTF-8"))
    else:
        yield Finding(area, OK, what)
    modifiers = os.environ.get("XMODIFIERS") or os.environ.get("GTK_IM_MODULE")
    if modifiers:
        yield Finding(area, OK, say("input method: {name}", name=modifiers))


def _journal(place: Workplace) -> Iterator[Finding]:
    from callcoach.archive.database import check_writable
    from callcoach.archive.journal import Journal

    area, say = mark("Journal"), place.messages.say
    try:
        path = place.journal_path
        check_writable(path)
        with Journal(path) as opened:
            verdict = opened.verify()
            open_calls = len(opened.unfinished())
    except CallcoachError as error:
        yield Finding(area, BAD, say(error.message), say(error.hint))
        return
    told = say("{calls} calls, {events} events", calls=verdict.calls, events=verdict.events)
    if verdict.is_sound:
        yield Finding(area, OK, f"{path}: {told}")
    else:
        problem = verdict.problems[0]
        remedy = say("callcoach journal verify lists everything; restore a backup")
        yield Finding(area, BAD, f"{path}: {problem.call} {say(problem.what)}", remedy)
    if verdict.unfinished:
        told = place.messages.count(
            "{n} call is erased, but something of it may be left on the disk",
            "{n} calls are erased, but something of them may be left on the disk",
            verdict.unfinished,
        )
        yield Finding(area, BAD, told, "callcoach journal forget --finish")
    if open_calls:
        told = place.messages.count(
            "{n} call has not ended", "{n} calls have not ended", open_calls
        )
        yield Finding(area, HINT, told, say("callcoach opens with an offer to go on"))
    kind = file_system(path)
    if kind in NETWORK_FILE_SYSTEMS:
        told = say("the journal lies on a network drive ({kind})", kind=kind)
        yield Finding(area, BAD, told, say("name a local file: callcoach config set journal PATH"))
    free = shutil.disk_usage(path.parent).free
    if free < 200_000_000:
        told = say("only {size} MB are free", size=free // 1_000_000)
        yield Finding(area, BAD, told, say("free some space"))
    yield Finding(area, OK, f"SQLite {sqlite3.sqlite_version}")


def file_system(path: Path) -> str:
    """Return the kind of file system that a path lies on; empty where that is not known."""
    try:
        lines = os.fsdecode(_MOUNTS.read_bytes()).splitlines()
    except OSError:
        return ""
    real = path.resolve()
    best, kind = "", ""
    for line in lines:
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        place = _ESCAPED.sub(lambda it: chr(int(it[1], 8)), fields[1])
        if real.is_relative_to(place) and len(place) >= len(best):
            best, kind = place, fields[2]
    return kind


def _packs(place: Workplace) -> Iterator[Finding]:
    area, say = mark("Packs"), place.messages.say
    names = place.library.names()
    if not names:
        yield Finding(area, BAD, say("there are no packs"), say("install callcoach anew"))
    for name in names:
        try:
            loaded = place.library.load(name)
        except CallcoachError as error:
            yield Finding(area, BAD, say(error.message), say(error.hint))
            continue
        if loaded.script is None:
            told = say("{pack} cannot be used", pack=name)
            yield Finding(area, BAD, told, f"callcoach script check {name}")
        else:
            yield Finding(area, OK, f"{name} {loaded.script.version}")


def _speech(place: Workplace) -> Iterator[Finding]:
    area, say = mark("Speech"), place.messages.say
    for module, name in _SPEECH:
        if importlib.util.find_spec(module) is None:
            remedy = say("optional, typing works without: pip install 'callcoach[speech]'")
            yield Finding(area, HINT, say("{name} is not installed", name=name), remedy)
        else:
            yield Finding(area, OK, name)
    told = say("the devices are tried out by: callcoach doctor audio")
    yield Finding(area, OK, told)
