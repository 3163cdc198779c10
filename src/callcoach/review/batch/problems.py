"""What was wrong with a call, kept so that it can be said in any language."""

from collections.abc import Mapping
from typing import Self

import msgspec

from callcoach.errors import CallcoachError, Told


def kind_of(error: CallcoachError) -> str:
    """Return what is wrong, the same for all calls that it is wrong with.

    It is the message in English, with the names of places and things left as placeholders.
    """
    return _outline(error.message)


def _outline(told: Told) -> str:
    """Return a text with the texts that stand in it, and without its other values."""
    outline = str(told.text)
    for name, value in told.values.items():
        if isinstance(value, Told):
            outline = outline.replace(f"{{{name}}}", _outline(value))
    return outline


class Text(msgspec.Struct, frozen=True):
    """A text of the catalogue, and the values for its placeholders."""

    text: str
    values: dict[str, "Text | str"] = msgspec.field(default_factory=dict)

    @classmethod
    def of(cls, told: Told) -> Self:
        """Return a text that was told in English."""
        values = {
            name: cls.of(value) if isinstance(value, Told) else str(value)
            for name, value in told.values.items()
        }
        return cls(str(told.text), dict(values))

    def told(self) -> Told:
        """Return it told in English, to be said in any language."""
        values: Mapping[str, str] = {
            name: value.told() if isinstance(value, Text) else value
            for name, value in self.values.items()
        }
        return Told(self.text, **values)


class Problem(msgspec.Struct, frozen=True):
    """Why a call could not be judged."""

    call: str
    told: str
    """Message and hint in English."""
    message: Text
    hint: Text

    @classmethod
    def of(cls, call: str, error: CallcoachError) -> Self:
        """Return what an error says of a call."""
        return cls(call, str(str(error)), Text.of(error.message), Text.of(error.hint))

    def error(self) -> CallcoachError:
        """Return it as an error, to be told in any language."""
        return CallcoachError(self.message.told(), self.hint.told())
