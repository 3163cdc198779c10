"""What changed: the same figures of the days before, as many as the report is about."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from callcoach.reports.figures import CallFigures
from callcoach.reports.names import Names
from callcoach.reports.shares import Share, share, share_of, spread
from callcoach.reports.sheet import Chart, Figure, Section, Unit, of_share, of_spread

_Made = Callable[[Sequence[CallFigures]], Share]


def days_before(since: str, until: str) -> tuple[str, str] | None:
    """Return the first and the last day of as long a time before; None where it has no first.

    All are ISO 8601; `until` is inclusive.
    """
    try:
        first, last = date.fromisoformat(since), date.fromisoformat(until)
        length = last - first + timedelta(days=1)
        if length.days < 1:
            return None
        return (first - length).isoformat(), (first - timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return None


def compared(calls: Sequence[CallFigures], before: Sequence[CallFigures], names: Names) -> Section:
    """Return the figures of a report beside those of the time before; none without such calls."""
    say = names.messages.say
    times = (("before", say("before"), before), ("now", say("now"), calls))
    figures = [
        Figure("calls", say("Calls"), len(own), Unit.COUNT, len(own), series=id, series_title=title)
        for id, title, own in times
    ]
    for item, name, made in first_glance(names):
        both = [of_share(item, name, made(own), series=(id, title)) for id, title, own in times]
        figures += both if all(it.value is not None for it in both) else []
    scored = [
        of_spread(
            "score", say("Median score"), spread([it.percent for one in own for it in one.scores]),
            Unit.PERCENT,
        ).in_series(id, title)
        for id, title, own in times
    ]  # fmt: skip
    figures += scored if all(it.n for it in scored) else []
    return Section(
        id="compared",
        title=say("Compared with the time before"),
        lead=say(
            "The same figures of as many days just before. Where the intervals overlap, these calls"
            " do not tell whether anything changed."
        ),
        cases=say("cases"),
        span=say("interval"),
        chart=Chart.NONE,
        figures=tuple(figures) if before and calls else (),
    )


def first_glance(names: Names) -> tuple[tuple[str, str, _Made], ...]:
    """Return the shares that a report begins with: ids, titles and how calls make them."""
    say = names.messages.say
    return (
        ("said", say("said of what was owed"), said_of_owed),
        ("flags", say("calls with a flag left open"), _with_open_flag),
        ("promises", say("promises to pay"), lambda own: share_of(it.is_promise for it in own)),
    )


def said_of_owed(calls: Sequence[CallFigures]) -> Share:
    """Return how much of what customers were owed was said."""
    return share((call.met, len(call.owed)) for call in calls)


def _with_open_flag(calls: Sequence[CallFigures]) -> Share:
    """Return in how many calls a flag was left open."""
    return share_of(any(flag.is_open for flag in call.flags) for call in calls)
