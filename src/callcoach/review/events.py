"""What happened to a review: immutable facts in order, each a line of JSON.

How they are stored, and what becomes of those of older and newer programs: `call.codec`.
"""

from collections.abc import Mapping
from typing import ClassVar

import msgspec

from callcoach.call.codec import Codec, Upcasters
from callcoach.review.marks import Answer, Score, Suggested


class ReviewHappened(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="kind"
):
    """Something that happened to a review; its kind is its tag."""

    version: ClassVar[int] = 1
    """Of its shape."""

    seq: int
    """Its place in the review, from 0, without gaps."""
    by: str
    """Who did it: a name."""
    when: str
    """The instant, in UTC, ISO 8601."""


class Pins(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a score follows from, so that it can be worked out again years later."""

    form: str
    form_version: str
    form_digest: str
    """Of the form's file; the journal keeps the file under it."""
    script: str
    script_version: str
    script_digest: str
    """Of the script that judged the call; the journal keeps its files under it."""
    program: str
    """The version of callcoach."""
    engine: str = ""
    """Digest of the code that judged; empty where an earlier program did not tell."""
    learned: str = ""
    """Digest of the learned judges that were heard; empty where there were none."""


class Mark(msgspec.Struct, frozen=True, omit_defaults=True):
    """A score as it stood, in figures that need no form to be read."""

    percent: float | None
    earned: float
    possible: float
    has_failed: bool = False
    band: Mapping[str, str] = {}
    """The band's title by language."""
    questions: Mapping[str, tuple[float, float]] = {}
    """What was earned of what was possible, by question."""


class ReviewOpened(ReviewHappened, frozen=True, kw_only=True, tag="review_opened"):
    """Somebody began to judge a call."""

    call: str
    agent: str
    """Whose call it is; empty where the call does not say."""
    pins: Pins
    purpose: str = "standard"
    """`standard`, `calibration`, `role_play`, or `self` where agents judge their own call."""
    suggested: Mapping[str, Suggested] = {}
    """What the call itself answers, by question; nothing in a calibration, which is blind."""


class Answered(ReviewHappened, frozen=True, kw_only=True, tag="answered"):
    """A person answered a question."""

    question: str
    answer: Answer


class AnswerTakenBack(ReviewHappened, frozen=True, kw_only=True, tag="answer_taken_back"):
    """The person's answer is none any more; what the call suggests holds again."""

    question: str


class Commented(ReviewHappened, frozen=True, kw_only=True, tag="commented"):
    """A comment was written, or written anew."""

    comment: int
    """Counted from 1 within the review; the same number again: its text is another now."""
    text: str
    question: str = ""
    """Empty where it is about the call."""
    start: float | None = None
    """Where in the call, in seconds; None where it is about no place in it."""
    end: float | None = None
    is_coaching: bool = False
    """It is advice to the agent."""


class CommentRemoved(ReviewHappened, frozen=True, kw_only=True, tag="comment_removed"):
    """A comment was taken back."""

    comment: int


class FlagRejected(ReviewHappened, frozen=True, kw_only=True, tag="flag_rejected"):
    """Somebody says that a flag is wrong, which no question of the form is about."""

    cue: str
    what: str
    """The kind of flag: the value of a `FlagKind`."""
    at: float
    """When it was raised, in seconds."""
    why: str = ""


class FlagRestored(ReviewHappened, frozen=True, kw_only=True, tag="flag_restored"):
    """What was said against a flag is taken back."""

    cue: str
    what: str
    at: float


class Submitted(ReviewHappened, frozen=True, kw_only=True, tag="submitted"):
    """The review is handed in."""

    mark: Mark


class Reopened(ReviewHappened, frozen=True, kw_only=True, tag="reopened"):
    """What was handed in was taken back before anybody had answered it; it is a draft again."""

    why: str = ""


class Appealed(ReviewHappened, frozen=True, kw_only=True, tag="appealed"):
    """The agent does not agree."""

    questions: tuple[str, ...]
    """Empty where it is about the whole."""
    why: str


class Decided(ReviewHappened, frozen=True, kw_only=True, tag="decided"):
    """The appeal was decided."""

    is_changed: bool
    """The appeal was granted; False: the review was upheld."""
    why: str
    mark: Mark
    is_alone: bool = False
    """Who decided had reviewed the call, too: a team of one has nobody else."""


class Acknowledged(ReviewHappened, frozen=True, kw_only=True, tag="acknowledged"):
    """The agent has taken note."""


class Rescored(ReviewHappened, frozen=True, kw_only=True, tag="rescored"):
    """The call was judged again by another form, script or engine; what was submitted stands."""

    pins: Pins
    suggested: Mapping[str, Suggested] = {}
    mark: Mark


class UnknownReview(ReviewHappened, frozen=True, kw_only=True, tag="unknown"):
    """An event of a kind that this program does not know; kept, never dropped."""

    original: str
    original_version: int = 1
    body: msgspec.Raw


ReviewEvent = (
    ReviewOpened
    | Answered
    | AnswerTakenBack
    | Commented
    | CommentRemoved
    | FlagRejected
    | FlagRestored
    | Submitted
    | Reopened
    | Appealed
    | Decided
    | Acknowledged
    | Rescored
    | UnknownReview
)


class _Header(msgspec.Struct):
    """What is read of an event of an unknown kind."""

    seq: int
    by: str
    when: str


UPCASTERS: Upcasters = {}
"""(kind, version) to the function that lifts a body to the next version."""

_CODEC = Codec[ReviewEvent](ReviewHappened, UnknownReview, _Header)
kind_of = _CODEC.kind_of
version_of = _CODEC.version_of
encode = _CODEC.encode


def decode(kind: str, version: int, body: bytes, upcasters: Upcasters = UPCASTERS) -> ReviewEvent:
    """Return the event that was stored as `kind` in `version`; raises as `Codec.decode` does."""
    return _CODEC.decode(kind, version, body, upcasters)


def mark_of(score: Score) -> Mark:
    """Return a score as it is kept."""
    band = score.band.title if score.band else None
    return Mark(
        percent=score.percent,
        earned=score.earned,
        possible=score.possible,
        has_failed=score.has_failed,
        band={name: band.plain(name) for name in band.variants} if band else {},
        questions={
            id: (found.earned, found.possible)
            for id, found in score.questions.items()
            if found.is_asked
        },
    )
