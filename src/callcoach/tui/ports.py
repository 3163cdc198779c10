"""What the screens need from the outside; the command line builds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # nothing of this is needed for the first paint: 200 ms
    from datetime import date
    from pathlib import Path

    from callcoach.archive.ids import CallId
    from callcoach.archive.summary import CallSummary
    from callcoach.call.coach import Coach
    from callcoach.call.events import Event
    from callcoach.call.live import LiveCall
    from callcoach.call.ports import Clock
    from callcoach.hearing.capture.device_list import Listed
    from callcoach.hearing.listener import Listener
    from callcoach.script.diagnostic import Diagnostic
    from callcoach.script.facts import FactId
    from callcoach.script.load import Loaded
    from callcoach.script.model import PackId, PlanId, Script
    from callcoach.script.plan import Plan
    from callcoach.script.wording import Language, Wording
    from callcoach.settings import Settings
    from callcoach.tui.past import Past
    from callcoach.tui.reviews import Reviewing
    from callcoach.tui.screens.dashboard_calls import Counting
    from callcoach.tui.searching import Searching


@dataclass(frozen=True, slots=True)
class Order:
    """A call that is to be begun."""

    pack: str
    """An id or a path."""
    mode: str = "call"
    """`call`, `practice`, `demo`, `replay` or `preview`."""
    language: Language | None = None
    """None for the interface's language, where the pack has it."""
    facts: Mapping[str, str] = field(default_factory=dict)
    """What is known before the call, by the fact's id or its name in the pack.

    An empty text says that the fact is not known, whatever the settings say.
    """
    plan: PlanId | None = None
    seed: int | None = None
    """None for a new one."""
    is_timed: bool = True
    """False for a transcript whose times were guessed: nothing is measured by them, nor due."""


NO_FAR_SIDE = "none"
"""The setting `far_side` of those whose customer is not heard by machine."""


class Ears(Protocol):
    """What calls are listened to with."""

    @property
    def are_wanted(self) -> bool:
        """Tell whether calls are to be listened to from their beginning."""
        ...

    def clock(self) -> Clock | None:
        """Return the time of a call that is a recording; None: it is the real one."""
        ...

    def check(self, language: str) -> None:
        """Raise `ModelError` or `AudioError` where a call in a language cannot be heard."""
        ...

    def listener(self, live: LiveCall, is_alone: bool = False) -> Listener:
        """Return what listens to a call; `is_alone`: only to the agent.

        Raises `ModelError` and `AudioError`, with what to do.
        """
        ...

    def devices(self) -> tuple[Listed, ...]:
        """Return the devices there are, within seconds. Raises `AudioError`."""
        ...


class Desk(Protocol):
    """Everything around a call."""

    @property
    def ears(self) -> Ears:
        """Return what calls are listened to with."""
        ...

    @property
    def reviews(self) -> Reviewing:
        """Return the forms, the reviews and the calls that they are about."""
        ...

    @property
    def searching(self) -> Searching:
        """Return all calls as they are searched."""
        ...

    @property
    def counting(self) -> Counting:
        """Return all calls as they are counted."""
        ...

    @property
    def settings(self) -> Settings:
        """Return the settings as they are now."""
        ...

    @property
    def language(self) -> str:
        """Return the language of the interface."""
        ...

    def set(self, name: str, value: str) -> None:
        """Change a setting for good, in the settings file. Raises `UsageError`."""
        ...

    def packs(self) -> tuple[PackId, ...]:
        """Return the ids of all packs there are."""
        ...

    def load(self, pack: str) -> Loaded:
        """Return what comes of loading a pack. Raises `PackError` where there is none."""
        ...

    def check(self, loaded: Loaded) -> tuple[Diagnostic, ...]:
        """Return everything that is wrong with a pack."""
        ...

    def stamp(self, pack: str) -> object:
        """Return a value that changes when a file of the pack, or of one it uses, changes."""
        ...

    def begin(self, order: Order, clock: Clock | None = None) -> LiveCall:
        """Begin a call and its recording; without a clock it runs in real time.

        Raises `PackError` and `FactError`.
        """
        ...

    def known(self, order: Order) -> Mapping[FactId, str]:
        """Return what is known before a call: from the settings, and from the order.

        Raises `PackError`, and `FactError` for a fact that the pack has not.
        """
        ...

    def latest_facts(self, language: Language) -> Mapping[str, str]:
        """Return what was known before the latest calls in a language, by the fact's name."""
        ...

    def plan(self, pack: str, plan: PlanId | None) -> Plan:
        """Return a plan of a pack; without an id, its demo. Raises `PackError`."""
        ...

    def resume(self, call: CallId) -> LiveCall:
        """Take up a call that was interrupted. Raises `StorageError` and `PackError`."""
        ...

    def coach(self, script: Script) -> Coach:
        """Return a stored script ready to coach, as a new call would have it.

        Raises `LearnedError`.
        """
        ...

    def calls(self, limit: int) -> tuple[CallSummary, ...]:
        """Return the latest calls. Raises `StorageError`; none where there is no journal yet."""
        ...

    def titles(self, call: CallSummary, language: Language) -> tuple[str, str]:
        """Return what a call's pack and its outcome are called; their ids where no pack says.

        The outcome of a call that has none is empty.
        """
        ...

    def unfinished(self) -> tuple[CallSummary, ...]:
        """Return the calls that were interrupted and that nobody is writing."""
        ...

    def past(self, wanted: str) -> Past:
        """Return a call from the journal. Raises `StorageError`."""
        ...

    def add_note(self, call: CallId, text: str) -> tuple[Event, ...]:
        """Write a note to a call that is over; return its events. Raises `StorageError`."""
        ...

    def export(self, call: CallId, format: str) -> Path:
        """Write a call to a file in the present folder; return it. Raises `StorageError`."""
        ...

    def examples(self, pack: str, plan: Plan) -> Mapping[FactId, Wording]:
        """Return what is known before the call of a plan."""
        ...

    def today(self) -> date:
        """Return the day where the user is."""
        ...

    def rescue_files(self) -> tuple[Path, ...]:
        """Return the files of calls that the journal could not take."""
        ...

    def take_back(self, rescue: Path) -> int:
        """Put a rescue file into the journal; return how many events were new."""
        ...

    def is_first_run(self) -> bool:
        """Tell whether the tour has not been seen."""
        ...

    def tour_seen(self) -> None:
        """Remember that the tour was seen."""
        ...
