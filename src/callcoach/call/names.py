"""Says in the user's language who speaks, how a flag was cleared, and what is listened to."""

from typing import assert_never

from callcoach.call.captured import (
    CaptureGap,
    CapturePaused,
    CaptureResumed,
    CaptureStarted,
    CaptureStopped,
    Closed,
    ListeningTurned,
)
from callcoach.call.capturing import CaptureEvent
from callcoach.call.explain import Phrasebook
from callcoach.script.model import Speaker
from callcoach.words.clock import clock


def speaker_name(speaker: Speaker, messages: Phrasebook) -> str:
    """Return who speaks."""
    match speaker:
        case Speaker.AGENT:
            return messages.say("Agent")
        case Speaker.CUSTOMER:
            return messages.say("Customer")
        case Speaker.OTHER:
            return messages.say("Other")
        case _:
            assert_never(speaker)


def outcome_name(outcome: str | None, title: str, messages: Phrasebook) -> str:
    """Return what a call came to; `title` is empty where its script does not know the outcome."""
    if outcome is None:
        return messages.say("no outcome")
    return title or messages.say("unknown outcome")


def tick_name(is_unkept: bool, messages: Phrasebook) -> str:
    """Return how a cue was met for which there are no words to quote."""
    if is_unkept:
        return messages.say("met by words that are not kept")
    return messages.say("ticked by hand")


def clearing_name(by: str, messages: Phrasebook) -> str:
    """Return how a flag was cleared; what a newer callcoach says of it counts as repaired."""
    match by:
        case "said":
            return messages.say("said later")
        case "in_time":
            return messages.say("said in time after all")
        case "ticked":
            return tick_name(False, messages)
        case "unkept":
            return tick_name(True, messages)
        case "undone":
            return messages.say("taken back")
        case _:
            return messages.say("repaired")


def closed_name(reason: str, messages: Phrasebook) -> str:
    """Return why nothing is listened to; what a newer callcoach says of it stays as it is."""
    match reason:
        case Closed.NOT_YET:
            return messages.say("not opened yet")
        case Closed.HOLD:
            return messages.say("the customer is on hold")
        case Closed.SENSITIVE:
            return messages.say("nothing is written down in this step")
        case Closed.HAND:
            return messages.say("closed by hand")
        case Closed.REFUSED:
            return messages.say("the customer does not want it, or the script ends it here")
        case Closed.NEVER:
            return messages.say("switched off in the settings")
        case Closed.LOST:
            return messages.say("the device gives no sound")
        case Closed.FAILED:
            return messages.say("hearing has failed")
        case Closed.OVER:
            return messages.say("the recording is over")
        case Closed.ENDED:
            return messages.say("the call has ended")
        case Closed.RESTARTED:
            return messages.say("the program was started again")
        case _:
            return reason


def gap_name(reason: str, messages: Phrasebook) -> str:
    """Return why a part of a call was not heard."""
    match reason:
        case "dropped":
            return messages.say("this machine was too slow")
        case "crash":
            return messages.say("the recogniser broke down")
        case "lost":
            return messages.say("the device gives no sound")
        case _:
            return reason


def capture_text(event: CaptureEvent, messages: Phrasebook) -> str:
    """Return what happened to the hearing of a call, as a few words."""
    say = messages.say
    match event:
        case ListeningTurned(is_on=is_on):
            return say("Listening opened by hand") if is_on else say("Listening closed by hand")
        case CaptureStarted(kept=""):
            return say("Listening; the sound is not kept")
        case CaptureStarted(kept=kept):
            return say("Listening; the sound is kept ({format})", format=kept)
        case CapturePaused(reason=reason):
            return say("Not listening: {reason}", reason=closed_name(reason, messages))
        case CaptureResumed():
            return say("Listening again")
        case CaptureStopped(reason=reason):
            return say("Listening has ended: {reason}", reason=closed_name(reason, messages))
        case CaptureGap(start=start, speaker=speaker, reason=reason) if event.goes_on:
            return say(
                "Not heard, {speaker}, from {start}: {reason}",
                speaker=say("everybody") if speaker is None else speaker_name(speaker, messages),
                start=clock(start),
                reason=gap_name(reason, messages),
            )
        case CaptureGap(start=start, end=end, speaker=speaker, reason=reason):
            return say(
                "Not heard, {speaker}, from {start} to {end}: {reason}",
                speaker=say("everybody") if speaker is None else speaker_name(speaker, messages),
                start=clock(start),
                end=clock(end),
                reason=gap_name(reason, messages),
            )
