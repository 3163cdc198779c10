"""The words of the interface, in English and Chinese.

The English text is the key. `say` and `count` look a text up and fill its placeholders; `mark`
only marks one for the catalogue, where it stands in a table and is said later.
"""

import gettext
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from callcoach.errors import CallcoachError, Told

LANGUAGES: Mapping[str, str] = {"en": "English", "zh": "中文"}
"""The interface's languages by code, each by its own name."""


def mark(text: str) -> str:
    """Return `text` unchanged; it is in the catalogue and will be said later."""
    return text


REASONS = frozenset((
    mark("No such file or directory"),
    mark("Permission denied"),
    mark("Operation not permitted"),
    mark("Is a directory"),
    mark("Not a directory"),
    mark("File exists"),
    mark("No space left on device"),
    mark("Read-only file system"),
    mark("Input/output error"),
    mark("File name too long"),
    mark("Too many open files"),
    mark("Disk quota exceeded"),
))  # fmt: skip
"""What the system says why a file could not be had, as it stands in an error's `why`."""


class Messages:
    """The interface's words in one language."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else "en"
        self._catalogue = _catalogue(self.language)

    def say(self, text: str, **values: object) -> str:
        """Return a text in the language, its placeholders filled in.

        A text that was told in English already, such as an error's message, is said anew; so are
        the values that are such texts.
        """
        if isinstance(text, Told):
            return self.say(text.text, **text.values)
        values = {
            name: self.say(value) if isinstance(value, str) and _is_text(value) else value
            for name, value in values.items()
        }
        said = self._catalogue.gettext(text) if text else ""
        return said.format_map(values) if values else said

    def tell(self, error: CallcoachError) -> str:
        """Return an error's message and hint as one text."""
        message, hint = self.say(error.message), self.say(error.hint)
        return self.say("{message}. {hint}", message=message, hint=hint) if hint else message

    def count(self, one: str, many: str, n: int, **values: object) -> str:
        """Return the text for `n` things; `{n}` stands for the number."""
        return self._catalogue.ngettext(one, many, n).format_map({"n": n, **values})


def _is_text(value: str) -> bool:
    """Tell whether a value is a text of the catalogue itself."""
    return isinstance(value, Told) or value in REASONS


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    """Return the catalogue; English is its own."""
    if language == "en":
        return gettext.NullTranslations()
    source = Path(__file__).parent / language / "LC_MESSAGES" / "callcoach.mo"
    try:
        with source.open("rb") as compiled:
            return gettext.GNUTranslations(compiled)
    except FileNotFoundError:
        return gettext.NullTranslations()


def detect(environment: Mapping[str, str] = os.environ) -> str:
    """Return the language that the user's environment asks for; English where it asks for none."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        wanted = environment.get(name, "").partition(":")[0].lower()
        if wanted and wanted not in ("c", "posix", "c.utf-8", "c.utf8"):
            return "zh" if wanted.startswith("zh") else "en"
    if os.name == "nt":
        import locale  # only Windows needs it: 8 ms

        wanted = (locale.getlocale()[0] or "").lower()
        return "zh" if wanted.startswith(("zh", "chinese")) else "en"
    return "en"
