"""Reads the tables of a form, and the numbers in them: scores, and the bounds of ranges."""

import re
from collections.abc import Iterable

from callcoach.errors import Told
from callcoach.review.form.model import Scoring
from callcoach.script.load.fields import Fields, nearest
from callcoach.script.place import Text

_SCORE = re.compile(r"-?\d{1,6}(?:\.\d{1,6})?")
_BOUND = r"-?\d{1,6}(?:\.\d{1,6})?%?"
_BOUNDS = re.compile(rf"({_BOUND})?\s*\.\.\s*({_BOUND})?")


class FormFields(Fields):
    """One table of a form being read."""

    def unknown(self, key: Text, known: Iterable[str]) -> None:
        """Report a key that is not among the known ones."""
        guess = nearest(key.value, known)
        arguments = {"key": key.value, "what": self.what, "keys": Told("what docs/forms.md says")}
        self.findings.add("CC004", key.place, **arguments, nearest=guess)


def read_score(fields: Fields, key: str, text: Text, scoring: Scoring) -> float:
    """Return a score; in a form of percent it lies from 0 to 1. One that is none is reported."""
    value = float(text.value) if _SCORE.fullmatch(text.value) else None
    if scoring is Scoring.POINTS:
        if value is not None:
            return value
        fields.bad_value(key, text, Told("points such as 5 or -2"))
    elif value is not None and 0.0 <= value <= 1.0:
        return value
    else:
        fields.bad_value(key, text, Told("a number from 0 to 1"))
    return 0.0


def read_bounds(fields: Fields, key: Text) -> tuple[float | None, float | None]:
    """Return the bounds of `3..6`: from 3 on, below 6; `..3` and `6..` have one. `60%` is 0.6."""
    found = _BOUNDS.fullmatch(key.value.strip())
    if found is None or (found[1] is None and found[2] is None):
        fields.bad_value("ranges", key, Told("3..6 for 3 and more but less than 6, or ..3, or 6.."))
        return None, None
    return _bound(found[1]), _bound(found[2])


def _bound(text: str | None) -> float | None:
    if text is None:
        return None
    return float(text[:-1]) / 100 if text.endswith("%") else float(text)
