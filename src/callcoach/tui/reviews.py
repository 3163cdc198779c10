"""What the review screens need from the outside, and a review while it is on a screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from callcoach.errors import IllegalMove, JournalBusy, StorageError
from callcoach.review.purpose import SELF
from callcoach.review.state import Status

if TYPE_CHECKING:
    from pathlib import Path

    from callcoach.archive.reviews import Queue, ReviewRow
    from callcoach.archive.summary import CallSummary
    from callcoach.call.session import Session
    from callcoach.review.events import ReviewEvent
    from callcoach.review.form.model import Form
    from callcoach.review.review import Review
    from callcoach.review.sampling import Size
    from callcoach.script.wording import Language
    from callcoach.tui.past import Past

    Move = Callable[[Review, str, str], Sequence[ReviewEvent]]
    """Does something to a review, given who does it and when; returns its events."""


MOST_CALLS = 1000
"""As many of the latest calls are listed; samples and search reach the others."""


@dataclass(frozen=True, slots=True)
class Case:
    """A call that can be judged, or a review of one."""

    call: CallSummary
    pack: str
    """What the call's pack is called."""
    outcome: str
    """What its outcome is called; empty for none."""
    flags: tuple[str, ...]
    """The titles of the cues that were flagged and not put right, each once."""
    severities: frozenset[str]
    """How grave they are."""
    risk: float
    """See `review.sampling.risk`."""
    review: str = ""
    """Its id; empty where the call is not begun."""
    status: Status | None = None
    form: str = ""
    reviewer: str = ""
    percent: float | None = None
    """The score that stands; None for a draft."""
    is_blind: bool = False
    """A calibration that this person may not see yet."""
    is_waiting: bool = False
    """There is something for this person to do: to judge, to decide, or to take note."""
    name: str = ""
    """What the call is called where it comes from: its own id, or its file; empty for a call that
    was made here."""
    file: str = ""
    """Its file's name, without the folder."""
    also: str = ""
    """Who has begun to judge the call after this review of the person's own was begun."""
    is_free: bool = False
    """It is somebody else's review, and this person may judge the call as well."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A review of a call, in a word."""

    review: str
    reviewer: str
    status: Status
    percent: float | None
    """The score that stands; None for a draft."""


@dataclass(frozen=True, slots=True)
class Cases:
    """What was read for the list of calls."""

    found: tuple[Case, ...]
    left_out: int = 0
    """Older calls that are not listed."""
    is_agent: bool = False
    """This person makes calls and has judged nobody else's: those of colleagues do not wait."""


class Take(Protocol):
    """The kept sound of a call, which can be played."""

    @property
    def seconds(self) -> float:
        """Return the second of the call up to which there is sound."""
        ...

    def play(self, at: float, speed: float) -> None:
        """Play from a second of the call on; raises `AudioError` where nothing can be heard."""
        ...

    def at(self) -> float | None:
        """Return the second of the call that is heard now; None where nothing is.

        Raises `AudioError` where it broke off by itself.
        """
        ...

    def stop(self) -> None:
        """Be silent."""
        ...

    def close(self) -> None:
        """Let go of what plays."""
        ...


class Judging:
    """A review on a screen: everything that is done is in the journal before it is shown."""

    def __init__(
        self,
        past: Past,
        session: Session,
        review: Review,
        row: ReviewRow | None,
        journal: Reviewing,
    ) -> None:
        """Show a review of a call; `row` is None until something is done: then it is begun."""
        self.past = past
        self.session = session
        self.review = review
        self.row = row
        self.journal = journal

    def typed(self) -> Mapping[str, str]:
        """Return what was typed and is not written; see `Reviewing.typed`."""
        return self.journal.typed(self.review)

    def keep_typed(self, about: str, text: str) -> None:
        """Keep what was typed; see `Reviewing.keep_typed`."""
        self.journal.keep_typed(self.review, about, text)

    @property
    def person(self) -> str:
        """Return who looks at it."""
        return self.journal.person

    @property
    def can_answer(self) -> bool:
        """Tell whether this person may answer now."""
        opened, status = self.review.state.opened, self.review.status
        if status is Status.DRAFT:
            return opened.by == self.person
        return status is Status.APPEALED and (not opened.agent or opened.agent != self.person)

    @property
    def is_agents(self) -> bool:
        """Tell whether it is about a call of this person's, or of nobody knows whose.

        What agents think of their own calls is answered by nobody.
        """
        opened = self.review.state.opened
        return opened.agent in ("", self.person) and opened.purpose != SELF

    @property
    def refused_reopening(self) -> IllegalMove | None:
        """Return why this person cannot take the review back; None where they can."""
        return self._refused(lambda it, by, when: it.reopen(by=by, when=when))

    @property
    def refused_appeal(self) -> IllegalMove | None:
        """Return why this person cannot appeal; None where they can."""
        return self._refused(lambda it, by, when: it.appeal("?", by=by, when=when))

    def _refused(self, move: Move) -> IllegalMove | None:
        """Return why a move cannot be made now; it is not made."""
        before = self.review.state
        try:
            move(self.review, self.person, self.journal.now())
        except IllegalMove as error:
            return error
        finally:
            self.review.state = before
        return None

    def do(self, move: Move) -> None:
        """Make a move.

        Raises `IllegalMove`, and `StorageError` where it cannot be kept; nothing has changed
        then, but for what another window has done meanwhile.
        """
        before = self.review.state
        events = move(self.review, self.person, self.journal.now())
        if not events:
            return
        try:
            if self.row is None:
                self.row = self.journal.begin(self.review)
            self.row = self.journal.keep(self.row, events)
        except StorageError as error:
            self.review.state = before
            if isinstance(error, JournalBusy) and self.row is not None:
                self.row, self.review = self.journal.read(self.row.id)
            raise


class Reviewing(Protocol):
    """The forms, the reviews and the calls that they are about."""

    @property
    def person(self) -> str:
        """Return who is at work; raises `UsageError` where nobody knows."""
        ...

    def be(self, person: str) -> None:
        """Let somebody else be at work from now on."""
        ...

    def now(self) -> str:
        """Return this instant, in UTC, ISO 8601."""
        ...

    def forms(self) -> tuple[Form, ...]:
        """Return the forms that can be used."""
        ...

    def queues(self) -> tuple[Queue, ...]:
        """Return the saved samples, newest first. Raises `StorageError`."""
        ...

    def cases(self, queue: str, form: str, language: Language, most: int = MOST_CALLS) -> Cases:
        """Return the calls of a queue, or the latest ones, and their reviews.

        `form` is the digest of the one that is judged with; no more than `most` calls are read.
        Raises `StorageError`.
        """
        ...

    def call_up(self, call: str) -> tuple[Past, Session]:
        """Return a call and its session as it ended, in any thread. Raises `StorageError`.

        What the first call of a pack takes is made ready for all of them.
        """
        ...

    def judge(self, call: str, form: Form) -> Judging:
        """Return this person's review of a call, or one that is not begun yet.

        Raises `StorageError`.
        """
        ...

    def beside(self, review: str) -> None:
        """Let this person judge the call of somebody else's review as well, unasked from now on."""
        ...

    def draw(self, name: str, calls: Sequence[Case], size: Size, by_risk: bool) -> Queue:
        """Keep a sample of some calls as a queue.

        Raises `UsageError` for a size that is none, and `StorageError` where the name is taken.
        """
        ...

    def calibrate(self, call: str, form: Form) -> str:
        """Begin this person's blind review of a call, or find the one begun; return its id.

        Raises `StorageError`.
        """
        ...

    def reopen(self, review: str) -> Judging:
        """Return a review. Raises `StorageError`, and `IllegalMove` while it is blind."""
        ...

    def swapped(self, call: str) -> str:
        """Return the call with the roles the other way round, judged again; it counts from now on.

        Raises `IllegalMove` where it is known who is who, and `StorageError`.
        """
        ...

    def begin(self, review: Review) -> ReviewRow:
        """Put a review that was just opened into the journal."""
        ...

    def keep(self, row: ReviewRow, events: Sequence[ReviewEvent]) -> ReviewRow:
        """Put events of a review into the journal, durably. Raises `StorageError`."""
        ...

    def read(self, review: str) -> tuple[ReviewRow, Review]:
        """Return a review as it is in the journal. Raises `StorageError`."""
        ...

    def typed(self, review: Review) -> Mapping[str, str]:
        """Return what this person typed in a review and has not written, by what it is about.

        Raises `StorageError`.
        """
        ...

    def keep_typed(self, review: Review, about: str, text: str) -> None:
        """Keep what was typed, until an empty text takes its place. Raises `StorageError`."""
        ...

    def phrases(self, question: str) -> tuple[str, ...]:
        """Return comments that were written lately, those on the same question first.

        Raises `StorageError`.
        """
        ...

    def report(self, call: str) -> tuple[Path, str]:
        """Write the report on a call as a page, beside what is in the present folder.

        Return where it is, and what was left out of it. Raises `StorageError`.
        """
        ...

    def sound(self, call: str) -> Take | None:
        """Return the sound that is kept of a call; None where there is none."""
        ...

    def standing(self, call: str) -> Sequence[Standing]:
        """Return the reviews of a call that this person may see."""
        ...
