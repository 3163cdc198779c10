"""Turns how a call is heard into pieces of text: one row for it, and the words still being said."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from callcoach.call.captured import Closed
from callcoach.call.consent import Policy
from callcoach.call.names import closed_name, speaker_name
from callcoach.errors import CallcoachError
from callcoach.hearing.live.status import Condition, Status, Voice
from callcoach.locale import mark
from callcoach.script.model import Script, Speaker
from callcoach.script.wording import Wording
from callcoach.tui.look import Look
from callcoach.tui.story import VOICE_STYLES
from callcoach.tui.widgets.paper import Mark, Piece
from callcoach.words.clock import clock
from callcoach.words.display import display
from callcoach.words.wrap import pad

SOFTEST, ROOM = -55.0, 45.0
"""In dB of full scale: where a meter begins, and how much it shows; speech is at -30 to -15."""
LOUDEST = 5
"""Parts of a meter in the row."""
_LATE = 1.5
"""A lag that stands out, in seconds."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """How a condition looks."""

    title: str
    """In the catalogue."""
    sign: str
    """The name of its sign."""
    style: str


_CONDITIONS: Mapping[Condition, _Shown] = {
    Condition.WAITING: _Shown(mark("Not listening yet"), "unmet", "$foreground"),
    Condition.STARTING: _Shown(mark("Opening…"), "unmet", "$foreground"),
    Condition.LISTENING: _Shown(mark("Listening now"), "open", "$success bold"),
    Condition.PAUSED: _Shown(mark("Not listening"), "hold", "$warning bold"),
    Condition.LOST: _Shown(mark("No sound"), "alarm", "$error bold"),
    Condition.CLOSING: _Shown(mark("Hearing the last words…"), "unmet", "$foreground"),
    Condition.OVER: _Shown(mark("The recording is over"), "met", "$foreground"),
    Condition.FAILED: _Shown(mark("Typing only"), "alarm", "$error bold"),
}


def draw_opening(look: Look) -> Piece:
    """Return the row while devices and model are being found."""
    return Piece(look.messages.say("Opening…"), "dim", f" {look.signs.unmet} ", "dim")


def draw_refusal(why: CallcoachError, look: Look) -> Piece:
    """Return the row of a call that is typed because it cannot be heard."""
    shown = _CONDITIONS[Condition.FAILED]
    head = f" {getattr(look.signs, shown.sign)} {look.messages.say(shown.title)}  "
    body = display(look.messages.say(why.message))
    return Piece(body, "$foreground", head, shown.style, action="screen.listen()")


def draw_hearing(
    status: Status, script: Script, look: Look, expected: Collection[Speaker]
) -> Piece:
    """Return the row that says whether the call is heard: how loud each voice is, or why not.

    `expected` are those whose voices there are to hear; who of them is not heard is told.
    """
    say, shown = look.messages.say, _CONDITIONS[status.condition]
    sign, title = getattr(look.signs, shown.sign), say(shown.title)
    if status.condition is Condition.LOST and not all(it.is_lost for it in status.voices):
        title = say("One side is not heard")
    head = f" {sign} {title}  "
    if status.condition in (Condition.LISTENING, Condition.LOST):
        body, marks = _meters(status.voices, look, expected)
    elif status.condition in (Condition.WAITING, Condition.PAUSED):
        body, marks = why_closed(status, script, look), ()
    elif status.condition is Condition.FAILED:
        body, marks = display(say(status.reason)), ()
    else:
        body, marks = "", ()
    tail, style = _figures(status, look)
    return Piece(body, "$foreground", head, shown.style, marks, "screen.listen()", tail, style)


def _meters(
    voices: Sequence[Voice], look: Look, expected: Collection[Speaker]
) -> tuple[str, Sequence[Mark]]:
    """Return the voices with their levels, and how the parts of it look."""
    text, marks = "", list[Mark]()
    for voice in voices:
        name = f"{speaker_name(voice.role, look.messages)} "
        marks.append(Mark(len(text), len(text) + len(name), VOICE_STYLES[voice.role]))
        text += name
        if voice.is_lost:
            lost = look.messages.say("no sound")
            marks.append(Mark(len(text), len(text) + len(lost), "$error bold"))
            text += f"{lost}  "
            continue
        bar = meter(voice.level, look)
        reached = bar.count(look.signs.loud)
        marks.append(Mark(len(text), len(text) + reached, "$success"))
        marks.append(Mark(len(text) + reached, len(text) + len(bar), "dim"))
        text += f"{bar}  "
    missing = set(expected).difference(voice.role for voice in voices)
    for role in sorted(missing):
        told = look.messages.say("{voice}: not heard", voice=speaker_name(role, look.messages))
        marks.append(Mark(len(text), len(text) + len(told), "dim"))
        text += f"{told}  "
    return text, marks


def meter(level: float, look: Look, finer: int = 1) -> str:
    """Return a level, in dB of full scale, as a bar; with `finer` of so many times more parts."""
    parts = LOUDEST * finer
    reached = min(max(round((level - SOFTEST) / (ROOM / parts)), 0), parts)
    return look.signs.loud * reached + look.signs.quiet * (parts - reached)


def why_closed(status: Status, script: Script, look: Look) -> str:
    """Return why the call is not heard now."""
    say = look.messages.say
    match status.reason:
        case Closed.NOT_YET:
            if is_before_notice(status, script):
                after = next(_openings(script)).plain(look.language(script))
                return say("opens after “{step}”", step=display(after))
            return say("Ctrl+T opens it")
        case Closed.SENSITIVE:
            if status.left is not None and status.left > 0:
                time = clock(status.left)
                return say("nothing is heard or written here, usually {time} more", time=time)
            return say("nothing is heard or written here; go on in the script")
        case Closed.HAND:
            return say("you have closed it; Ctrl+T opens it")
        case reason:
            return closed_name(reason, look.messages)


def is_before_notice(status: Status, script: Script) -> bool:
    """Tell whether the script opens the ear later by itself: once the recording is announced."""
    is_waiting = status.reason == Closed.NOT_YET and status.policy is Policy.SCRIPT
    return is_waiting and next(_openings(script), None) is not None


def _openings(script: Script) -> Iterator[Wording]:
    """Yield after what the script lets the call be listened to."""
    after = script.consent.after if script.consent is not None else None
    if after is not None:
        yield from (script.cues[id].title for id in after.cues if id in script.cues)
        yield from (script.steps[id].title for id in after.steps if id in script.steps)


def _figures(status: Status, look: Look) -> tuple[str, str]:
    """Return how late words come and how much was not heard, and how that looks."""
    told: list[str] = []
    style = "dim"
    if status.is_same:
        told.append(look.messages.say("both sides sound the same"))
        style = "$warning"
    if status.missed >= 0.1:
        told.append(look.messages.say("{n} s not heard", n=f"{status.missed:.1f}"))
        style = "$warning"
    is_late = status.lag is not None and status.lag > _LATE
    is_listening = status.condition is Condition.LISTENING
    if status.lag is not None and is_listening and (is_late or not told):
        told.append(look.messages.say("{n} ms behind", n=f"{status.lag * 1000:.0f}"))
        style = "$warning" if is_late else style
    return (f"{' · '.join(told)} " if told else ""), style


def draw_saying(status: Status, script: Script, look: Look) -> Iterator[Piece]:
    """Yield the words that are still being said, and the cues that they would meet."""
    language = look.language(script)
    for voice in status.voices:
        if voice.saying:
            name = speaker_name(voice.role, look.messages)
            head = f"    … {pad(name, 8 if look.messages.language == 'en' else 4)} "
            hints = [script.cues[id].title.plain(language) for id in voice.hints]
            tail = f"{look.signs.heard} {display(hints[0])}" if hints else ""
            yield Piece(
                display(voice.saying), "dim italic", head, "dim", (), "", tail, "$accent dim"
            )
