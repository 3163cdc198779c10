"""The signs that stand beside colours, so that nothing is told by colour alone."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signs:
    """Signs for one kind of terminal."""

    met: str
    unmet: str
    alarm: str
    """A flag that must be repaired now."""
    warning: str
    note: str
    """A flag that can only be remembered."""
    heard: str
    """Something heard suggests this."""
    here: str
    """The line to say now."""
    hold: str
    saved: str
    unsaved: str
    open: str
    """A call that has not ended."""
    step: str
    """A step that was entered."""
    took: str
    """An exit that was taken."""
    pen: str
    """A note that was written."""
    loud: str
    """A part of a voice's level that is reached."""
    quiet: str
    """A part that is not."""
    doubt: str
    """Stands behind words that a recogniser was unsure of, where they cannot be underlined."""


FANCY = Signs("✓", "○", "✗", "!", "·", "◆", "▶", "⏸", "✓", "✗", "●", "──", "─", "✎", "▮", "▯", "")
PLAIN = Signs("+", "o", "X", "!", "-", "*", ">", "||", "+", "X", "*", "--", "-", "#", "=", "-", "?")


def signs(is_plain: bool) -> Signs:
    """Return the signs for a terminal; plain ones are ASCII."""
    return PLAIN if is_plain else FANCY
