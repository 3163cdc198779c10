"""What came of translating rules: for every part of every rule, how it was handled and why."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from callcoach.errors import CallcoachError, Told
from callcoach.script.rules import Rule, RuleId


class ExchangeError(CallcoachError):
    """Rules of another system that cannot be read at all."""


class Handling(StrEnum):
    """What became of a part of a rule, or of a whole rule."""

    CARRIED = "carried"
    """It means the same here and there."""
    APPROXIMATED = "approximated"
    """It means nearly the same, and somebody asked for that."""
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Item:
    """What became of one part of a rule."""

    path: str
    """Where it stands: a JSON path on the way in, the rule's id on the way out."""
    what: str
    """Its name where it comes from: `SemanticMatch.Transcript`, `unless`."""
    handling: Handling
    how: Told
    """How it was carried over, or why it was not; empty where there is nothing to add."""
    is_meaning: bool = True
    """It has a say in what the rule hits; False for who is told about it, and the like."""


@dataclass(frozen=True, slots=True)
class RuleReport:
    """What became of one rule."""

    name: str
    """As its own system calls it."""
    id: RuleId | None
    """Its id here; None for one that was left out on the way in."""
    path: str
    items: tuple[Item, ...]

    @property
    def handling(self) -> Handling:
        """Return the worst that happened to what the rule means."""
        found = {item.handling for item in self.items if item.is_meaning}
        for worst in (Handling.LEFT_OUT, Handling.APPROXIMATED):
            if worst in found:
                return worst
        return Handling.CARRIED


@dataclass(frozen=True, slots=True)
class Imported:
    """Rules that came in."""

    rules: tuple[Rule, ...]
    reports: tuple[RuleReport, ...]


@dataclass(frozen=True, slots=True)
class Exported:
    """Rules on their way out."""

    value: object
    """To be written as JSON."""
    reports: tuple[RuleReport, ...]


class Account:
    """Notes down what becomes of the parts of one rule.

    A rule of which a part is left out is left out as a whole: without the part it would hit
    something else. An approximation counts as left out unless it was asked for.
    """

    def __init__(self, *, may_approximate: bool) -> None:
        self.may_approximate = may_approximate
        self.items: list[Item] = []

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing that has a say in the meaning was left out so far."""
        return not any(map(self._stops, self.items))

    def whole(self, parts: Sequence[Callable[[], bool]], path: str) -> list[int]:
        """Return the places of those of some alternatives that can be carried over.

        What keeps one from it is noted only where no other can: a rule without some of its
        alternatives hits less, nothing else, and that is an approximation.
        """
        before = self.items
        made: list[int] = []
        kept: list[Item] = []
        refused: list[Item] = []
        for at, part in enumerate(parts):
            self.items = [*before]
            is_made = part()
            fresh = self.items[len(before) :]
            if is_made and not any(map(self._stops, fresh)):
                made.append(at)
                kept += fresh
            else:
                refused += fresh
        self.items = [*before]
        is_less = len(made) < len(parts)
        for item in kept if made and (self.may_approximate or not is_less) else [*kept, *refused]:
            self._add(item)
        if made and is_less:
            lacks = Told(
                "without {n} of {count} alternatives, which that system cannot say",
                n=len(parts) - len(made),
                count=len(parts),
            )
            self.approximate(path, "any", lacks)
        return made

    @staticmethod
    def _stops(item: Item) -> bool:
        return item.is_meaning and item.handling is Handling.LEFT_OUT

    def carry(self, path: str, what: str, how: Told | None = None) -> None:
        """Note that a part means the same on both sides."""
        self._add(Item(path, what, Handling.CARRIED, how or Told("")))

    def approximate(self, path: str, what: str, how: Told) -> bool:
        """Note that a part means nearly the same; return whether that is wanted."""
        if self.may_approximate:
            self._add(Item(path, what, Handling.APPROXIMATED, how))
        else:
            near = Told("only nearly possible ({how}); --approximate takes it that way", how=how)
            self._add(Item(path, what, Handling.LEFT_OUT, near))
        return self.may_approximate

    def leave(self, path: str, what: str, why: Told) -> None:
        """Note that a part cannot be carried over, and the rule with it."""
        self._add(Item(path, what, Handling.LEFT_OUT, why))

    def remark(self, path: str, what: str, why: Told) -> None:
        """Note that something was left out that has no say in what the rule hits."""
        self._add(Item(path, what, Handling.LEFT_OUT, why, is_meaning=False))

    def _add(self, item: Item) -> None:
        if item not in self.items:
            self.items.append(item)


def count(reports: Sequence[RuleReport]) -> dict[Handling, int]:
    """Return how many rules were handled in which way."""
    return {way: sum(report.handling is way for report in reports) for way in Handling}
