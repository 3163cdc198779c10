"""Says in the user's language who speaks, and how a flag was cleared."""

from typing import assert_never

from callcoach.call.explain import Phrasebook
from callcoach.script.model import Speaker


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


def clearing_name(by: str, messages: Phrasebook) -> str:
    """Return how a flag was cleared; what a newer callcoach says of it counts as repaired."""
    match by:
        case "said":
            return messages.say("said later")
        case "in_time":
            return messages.say("said in time after all")
        case "ticked":
            return messages.say("ticked by hand")
        case "undone":
            return messages.say("taken back")
        case _:
            return messages.say("repaired")
