"""Every error that callcoach raises on purpose, and what the reader can do about it.

The tree::

    CallcoachError
    ├── UsageError          a command line or a setting that cannot be used      exit 2
    ├── LearnedError        a file of learned judges that cannot be read         exit 2
    ├── PackError           a pack that cannot be loaded                         exit 1
    │   ├── TemplateError   a line that cannot be rendered
    │   │   ├── TemplateSyntax   it is no valid template
    │   │   └── UnsafeTemplate   it does more than fill in what is known
    │   ├── GuardError      a guard that is no condition
    │   │   └── UnknownFact      it names a fact that there is not
    │   ├── StringsError    a table of translations that cannot be read
    │   └── EditRefused     a change that a pack's file does not take
    ├── PhraseError         a phrase that is not in the notation                 exit 1
    ├── RegexError          a regular expression that cannot be searched for     exit 1
    ├── ExchangeError       another system's rules that cannot be read           exit 1
    ├── IllegalMove         a move that the script does not have open            exit 1
    ├── FactError           a fact's value that does not fit its type            exit 1
    ├── TranscriptError     a transcript that cannot be read                     exit 1
    ├── SearchStopped       a search that took too long                          exit 1
    ├── CannotJudge         the processes of a batch cannot be started           exit 1
    ├── DatasetError        labelled data that cannot be read                    exit 1
    ├── AudioError          sound that cannot be had, read or kept              exit 6
    ├── ModelError          a speech model that is missing or cannot be read     exit 6
    │   └── UnfitModel      it is damaged, another than it should be, or none
    └── StorageError        the journal cannot be read or written                exit 3
        ├── NotFound        what was named is not there, or more than one is       exit 2
        ├── HoldError       a call that is on hold, or is not                      exit 2
        ├── JournalBusy     another process writes this call
        ├── JournalUnwritable  the disk is full, read-only or locked
        └── JournalDamaged  the file is no sound journal

Those that are not here stand in the module that raises them.
"""

from collections.abc import Iterable, Sequence
from typing import ClassVar, Final, Self


class Told(str):
    """A text in English, its placeholders filled in, that `Messages.say` can say in any language.

    It travels as the text that it is, through rooms that know of no language.
    """

    __slots__ = ("text", "values")

    text: str
    """As it stands in the catalogue."""
    values: dict[str, object]

    def __new__(cls, text: str, /, **values: object) -> Self:
        """Return the text with its values; without any, as it stands."""
        told = super().__new__(cls, text.format_map(values) if values else text)
        told.text, told.values = text, values
        return told


class CallcoachError(Exception):
    """What went wrong, in one sentence, and a hint: what to do about it.

    Both are texts of the catalogue, with the values for their placeholders.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, hint: str = "", /, **values: object) -> None:
        self.message = message if isinstance(message, Told) else Told(message, **values)
        """One sentence without a full stop; never holds a customer's words."""
        self.hint = hint if isinstance(hint, Told) else Told(hint, **values)
        """The remedy; empty where the message already says it."""
        super().__init__(self.message)

    def __str__(self) -> str:
        return f"{self.message}. {self.hint}" if self.hint else self.message


class UsageError(CallcoachError):
    """A command line or a setting that cannot be used."""

    exit_code = 2


class PackError(CallcoachError):
    """A pack that cannot be found or loaded."""


class TemplateError(PackError):
    """A line that cannot be rendered."""


class StringsError(PackError):
    """A table of translations that cannot be read."""


class IllegalMove(CallcoachError):
    """A move that the script does not have open now; the hint names what is open."""


class FactError(CallcoachError):
    """A value that does not fit its fact's type."""


class TranscriptError(CallcoachError):
    """A transcript that cannot be read; the message names file and line."""


class AudioError(CallcoachError):
    """Sound that cannot be had from a device or a file, or cannot be kept."""

    exit_code = 6


class ModelError(CallcoachError):
    """A speech model that is missing or cannot be read."""

    exit_code = 6


class StorageError(CallcoachError):
    """The journal cannot be read or written."""

    exit_code = 3


class NotFound(StorageError):
    """What a command names is not in the journal, or more than one thing there is called so."""

    exit_code = 2


class JournalBusy(StorageError):
    """Another process is writing this call."""


class JournalUnwritable(StorageError):
    """The disk is full, the folder read-only or the file locked."""


class JournalDamaged(StorageError):
    """The file is no journal, or its chain of hashes is broken."""


_TOLD: Final = 60
"""So many names a reader can look through."""
_NEAREST: Final = 8


def suggest(word: str, known: Iterable[str]) -> Told:
    """Return a hint for a word that is none of the known ones: the nearest, or all there are.

    Of more than `_TOLD` only the nearest are told.
    """
    from difflib import get_close_matches  # 5 ms that only a slip need wait for

    names = tuple(dict.fromkeys(known))
    if near := get_close_matches(word, names, n=1):
        return Told("did you mean {guess}?", guess=near[0])
    if len(names) > _TOLD:
        nearest = get_close_matches(word, names, n=_NEAREST, cutoff=0.0)
        return Told(
            "there are {count}; nearest are {known}", count=len(names), known=listed(nearest)
        )
    return Told("there are {known}", known=listed(names)) if names else Told("there are none")


def listed(names: Sequence[str]) -> Told:
    """Return names one after another, with the commas of the language that they are said in."""
    found = Told("{name}", name=names[-1])
    for name in reversed(names[:-1]):
        found = Told("{name}, {others}", name=name, others=found)
    return found
