"""The few things that scripts and rules are both made of: who speaks, phrases, severities."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from callcoach.script.place import Text
from callcoach.script.wording import Language

StepId = NewType("StepId", str)


class Speaker(StrEnum):
    """Who speaks; `other` is a third party or somebody not told apart."""

    AGENT = "agent"
    CUSTOMER = "customer"
    OTHER = "other"


class Severity(StrEnum):
    """How much a missed, late or forbidden cue matters."""

    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


@dataclass(frozen=True, slots=True)
class Phrase:
    """What may be heard, in the notation of `words.phrase`, and the language it is in."""

    text: Text
    language: Language
