"""The sections about reviews: which questions fail most, and how much each reviewer has judged."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

from callcoach.reports.figures import CallFigures, Scored
from callcoach.reports.names import Names
from callcoach.reports.order import natural
from callcoach.reports.shares import Share, part, share_of, spread
from callcoach.reports.sheet import (
    Chart,
    Figure,
    Section,
    Unit,
    of_share,
    of_spread,
    refs,
)


@dataclass(frozen=True, slots=True)
class _Below:
    """Whether a question was below its best in a review of a call."""

    call: CallFigures
    is_below: bool


def failed_questions(calls: Sequence[CallFigures], names: Names) -> Section:
    """Return in how many reviews each question earned less than it could, the worst first."""
    say = names.messages.say
    found: dict[str, dict[str, list[_Below]]] = {}
    for call in calls:
        for score in call.scores:
            for question, is_below in score.below:
                rows = found.setdefault(score.form, {}).setdefault(question, [])
                rows.append(_Below(call, is_below))
    figures: list[Figure] = []
    for form, questions in sorted(found.items(), key=lambda it: natural(names.form(it[0]))):
        ranked = sorted(questions.items(), key=_share_below, reverse=True)
        figures += [
            of_share(
                question,
                names.question(form, question),
                share_of(it.is_below for it in own),
                group=(form, names.form(form)),
                calls=refs(it.call for it in own if it.is_below),
            )
            for question, own in ranked
            if any(it.is_below for it in own)
        ]
    return Section(
        id="questions",
        title=say("Where points are lost"),
        lead=say(
            "In how many reviews each question earned less than it could, the worst first; what"
            " was not asked, does not apply or is not scored is left out."
        ),
        cases=say("reviews that asked it"),
        span=say("95% interval"),
        chart=Chart.BARS,
        figures=tuple(figures),
    )


def _share_below(asked: tuple[str, Sequence[_Below]]) -> float:
    return fmean(it.is_below for it in asked[1])


def reviewers(calls: Sequence[CallFigures], names: Names) -> Section:
    """Return how much each reviewer has judged, how strictly, and what appeals came to."""
    say = names.messages.say
    found: dict[str, list[Scored]] = {}
    for call in calls:
        for score in (*call.scores, *call.replaced):
            found.setdefault(score.reviewer, []).append(score)
    known = sorted(found, key=natural)
    whole = sum(map(len, found.values()))
    return Section(
        id="reviewers",
        title=say("Reviewers"),
        lead=say(
            "How many reviews of these calls each person handed in that came to a score, the median"
            " of these scores, how many were appealed against, and how many of those were changed."
        ),
        cases=say("reviews"),
        span=say("interval"),
        chart=Chart.NONE,
        figures=tuple(it for name in known for it in _of(name, found[name], whole, names)),
    )


def _of(name: str, own: Sequence[Scored], whole: int, names: Names) -> Iterator[Figure]:
    say = names.messages.say
    title = name or say("no agent")
    appealed = [it for it in own if it.is_appealed]
    yield of_share(name, title, Share(len(own), whole), series=("reviews", say("of all reviews")))
    median = of_spread(name, title, spread([it.percent for it in own]), Unit.PERCENT)
    yield median.in_series("score", say("median score"))
    yield of_share(
        name, title, part(len(appealed), len(own)), series=("appealed", say("appealed against"))
    )
    if appealed:
        changed = sum(it.is_changed for it in appealed)
        yield of_share(
            name, title, part(changed, len(appealed)), series=("changed", say("changed by it"))
        )
