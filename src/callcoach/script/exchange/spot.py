"""A JSON value and where it stands, for readers that have to say so."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from callcoach.errors import Told
from callcoach.script.exchange.report import ExchangeError

_MOST = 1e9
LARGEST = 999_999
"""The largest number that packs take."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A value within a JSON text."""

    value: object
    path: str = "$"
    """A JSON path: `$.Rules[0].Targets`."""

    def get(self, name: str) -> "Spot | None":
        """Return the value under a key; None where there is none, or null.

        Case and underscores do not matter: the same interface writes `check_range`, `CheckRange`
        and `Check_range`.
        """
        for key, spot in self.entries():
            if loose(key) == loose(name) and spot.value is not None:
                return spot
        return None

    def need(self, name: str) -> "Spot":
        """Return the value under a key. Raises `ExchangeError` where there is none."""
        found = self.get(name)
        if found is None:
            raise ExchangeError(
                "at {path} there is no “{name}”",
                "export the rules anew, or name their format with --from",
                path=self.path,
                name=name,
            )
        return found

    def entries(self) -> Iterator[tuple[str, "Spot"]]:
        """Yield the keys and values of an object; nothing of anything else."""
        if isinstance(self.value, dict):
            for key, value in self.value.items():
                yield str(key), Spot(value, f"{self.path}.{key}")

    def items(self) -> tuple["Spot", ...]:
        """Return the items of an array; of a single value, the value."""
        if isinstance(self.value, list):
            return tuple(Spot(item, f"{self.path}[{at}]") for at, item in enumerate(self.value))
        return () if self.value is None else (self,)

    def text(self) -> str:
        """Return a text, halves of surrogate pairs as `?`. Raises `ExchangeError` for none."""
        match self.value:
            case str():
                return self.value.encode(errors="replace").decode()
            case bool():
                raise self.wrong(Told("a text"))
            case int():
                return str(self.value)
            case _:
                raise self.wrong(Told("a text"))

    def number(self, least: float = -_MOST, most: float = _MOST) -> float:
        """Return a number. Raises `ExchangeError` for what is none, or not between the two."""
        value = self.value
        if isinstance(value, str):
            try:
                value = float(value)
            except ValueError:
                raise self.wrong(Told("a number")) from None
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
            raise self.wrong(Told("a number"))
        if value > most:
            raise self.wrong(Told("a smaller number"))
        if value < least:
            raise self.wrong(Told("a larger number"))
        return float(value)

    def flag(self) -> bool:
        """Return a truth value. Raises `ExchangeError` for what is none."""
        match self.value:
            case bool():
                return self.value
            case "true" | "TRUE" | 1:
                return True
            case "false" | "FALSE" | 0:
                return False
            case _:
                raise self.wrong(Told("true or false"))

    def opened(self) -> "Spot":
        """Return the value within a text that is itself JSON; anything else as it is."""
        if not isinstance(self.value, str):
            return self
        try:
            return Spot(json.loads(self.value), self.path)
        except (ValueError, RecursionError) as error:
            raise ExchangeError(
                "at {path} a text should be JSON and is not",
                "export the rules anew",
                path=self.path,
            ) from error

    def wrong(self, expected: Told) -> ExchangeError:
        """Return the error for a value that is not what was expected."""
        return ExchangeError(
            "at {path} there should be {expected}",
            "correct the file, or name its format with --from",
            path=self.path,
            expected=expected,
        )


def loose(key: str) -> str:
    """Return a key in the one form that all its ways of writing share."""
    return key.replace("_", "").casefold()
