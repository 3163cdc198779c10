"""Which calls are to be erased, and what goes with them or stays."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from callcoach.archive.erased import ErasedCalls
from callcoach.archive.holds import Hold, Holds
from callcoach.archive.ids import CallId
from callcoach.archive.journal import Journal
from callcoach.archive.summary import CallSummary
from callcoach.archive.writer import is_being_written
from callcoach.errors import NotFound, Told, UsageError, suggest
from callcoach.hearing.keeping.recordings import Recorded, recorded_of, recordings_folder
from callcoach.review.judged import JournalReviews
from callcoach.review.state import Status

AT_ONCE = 25
"""So many calls are erased at a time: whoever writes a live call waits no longer for it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which calls are meant; what is empty asks for nothing."""

    calls: tuple[str, ...] = ()
    agent: str = ""
    before: str = ""
    """A day, ISO 8601; exclusive."""
    erased_in: Path | None = None
    """Another journal: those that were erased from it."""


@dataclass(frozen=True, slots=True)
class Group:
    """A call, with those that are the same with the roles the other way round: they go together."""

    calls: tuple[CallSummary, ...]
    reviews: int
    is_appealed: bool
    """Somebody waits for an answer to an appeal."""
    is_open: bool
    """It is being written in another window."""
    hold: Hold | None
    """Why it must stay; None where nothing speaks against it."""
    recorded: tuple[Recorded, ...]

    @property
    def ids(self) -> tuple[CallId, ...]:
        """Return the ids of its calls."""
        return tuple(call.id for call in self.calls)


def choose(path: Path, wanted: Wanted) -> tuple[Group, ...]:
    """Return the calls of the journal at `path` that are meant, oldest first.

    Raises `NotFound` for a call that is not there, and `UsageError` for an agent who made none.
    """
    root = recordings_folder(path)
    with Journal(path) as journal, JournalReviews(path) as judged, Holds(path) as holds:
        held = holds.standing()
        found = _meant(journal, wanted)
        twins, seen = journal.twins(), set[CallId]()
        groups: list[Group] = []
        for call in sorted(found, key=lambda it: (it.started, it.id)):
            if call.id in seen:
                continue
            others = [journal.find_kept(id) for id in twins.get(call.id, ())]
            calls = (call, *others)
            seen |= {it.id for it in calls}
            states = [state for it in calls for state in judged.of(it.id)]
            sounds = (recorded_of(root, it.id) for it in calls)
            groups.append(
                Group(
                    calls,
                    sum(len(judged.signs(it.id)) for it in calls),
                    any(state.status is Status.APPEALED for state in states),
                    any(is_being_written(path, it.id) for it in calls),
                    next((held[it.id] for it in calls if it.id in held), None),
                    tuple(it for it in sounds if it is not None),
                )
            )
    return tuple(groups)


def _meant(journal: Journal, wanted: Wanted) -> Sequence[CallSummary]:
    if wanted.calls:
        return [journal.find_kept(call) for call in wanted.calls]
    if wanted.erased_in is not None:
        with ErasedCalls(wanted.erased_in) as erased:
            return list(_there(journal, (it.id for it in erased.all())))
    found = journal.chosen(wanted.agent, wanted.before)
    if wanted.agent and not found and not journal.chosen(wanted.agent, ""):
        names = sorted({call.agent for call in journal.calls()} - {""})
        advice = suggest(wanted.agent, names) if names else Told("no call says who made it")
        raise UsageError("there is no call by “{agent}”", advice, agent=wanted.agent)
    return found


def _there(journal: Journal, calls: Iterable[CallId]) -> Iterator[CallSummary]:
    for call in calls:
        try:
            yield journal.find_kept(call)
        except NotFound:
            continue


def batches(groups: Iterable[Group]) -> Iterator[tuple[CallId, ...]]:
    """Yield the calls to be erased at a time; those that go together stay together."""
    batch: list[CallId] = []
    for group in groups:
        batch += group.ids
        if len(batch) >= AT_ONCE:
            yield tuple(batch)
            batch.clear()
    if batch:
        yield tuple(batch)
