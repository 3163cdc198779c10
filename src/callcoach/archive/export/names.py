"""Says in the user's language what kinds of flags and events are called."""

from typing import assert_never

from callcoach.call.events import Event, kind_of
from callcoach.locale import LANGUAGES, Messages
from callcoach.script.facts import Fact, FactValue, canonical
from callcoach.script.model import FlagKind, Severity
from callcoach.script.wording import Language


def flag_name(what: FlagKind, messages: Messages) -> str:
    """Return what is wrong about a cue, in a word."""
    match what:
        case FlagKind.FORBIDDEN:
            return messages.say("forbidden")
        case FlagKind.OUT_OF_ORDER:
            return messages.say("out of order")
        case FlagKind.MISSING:
            return messages.say("missing")
        case FlagKind.REPEATED:
            return messages.say("repeated")
        case FlagKind.LATE:
            return messages.say("late")
        case _:
            assert_never(what)


def severity_name(severity: Severity, messages: Messages) -> str:
    """Return how much a flag matters."""
    match severity:
        case Severity.MINOR:
            return messages.say("minor")
        case Severity.MAJOR:
            return messages.say("major")
        case Severity.CRITICAL:
            return messages.say("critical")
        case _:
            assert_never(severity)


def mode_name(mode: str, messages: Messages) -> str:
    """Return what sort of call it was."""
    match mode:
        case "call":
            return messages.say("call")
        case "practice":
            return messages.say("practice")
        case "demo":
            return messages.say("demo")
        case "replay":
            return messages.say("transcript")
        case "import":
            return messages.say("imported transcript")
        case "preview":
            return messages.say("preview")
        case _:
            return mode


def language_name(language: Language) -> str:
    """Return a language by its own name."""
    return LANGUAGES.get(language, language)


def event_name(event: Event, messages: Messages) -> str:
    """Return what sort of event it is; one that is not known keeps its kind."""
    match kind_of(event):
        case "heard":
            return messages.say("said")
        case "step_entered":
            return messages.say("step")
        case "exit_taken":
            return messages.say("exit")
        case "cue_heard":
            return messages.say("cue heard")
        case "cue_ticked":
            return messages.say("cue ticked")
        case "cue_unticked":
            return messages.say("cue unticked")
        case "fact_told":
            return messages.say("fact")
        case "flag_raised":
            return messages.say("flag")
        case "flag_cleared":
            return messages.say("flag cleared")
        case "note_written":
            return messages.say("note")
        case "hold_started":
            return messages.say("on hold")
        case "hold_ended":
            return messages.say("off hold")
        case (
            "listening_turned" | "capture_started" | "capture_paused" | "capture_resumed"
            | "capture_stopped" | "capture_gap"
        ):  # fmt: skip
            return messages.say("listening")
        case "language_switched":
            return messages.say("language")
        case "undone":
            return messages.say("taken back")
        case "call_resumed":
            return messages.say("resumed")
        case "call_ended":
            return messages.say("end")
        case kind:
            return kind


def fact_text(fact: Fact | None, value: FactValue, language: Language, messages: Messages) -> str:
    """Return a fact's value as people read it: a choice by its title, yes and no in words."""
    if isinstance(value, bool):
        return messages.say("yes") if value else messages.say("no")
    text = canonical(value)
    choice = fact.choices.get(text) if fact is not None else None
    return (choice.plain(language) if choice else "") or text
