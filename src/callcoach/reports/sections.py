"""The sections of reports about any number of calls: what was said, flagged, and came of it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from callcoach.archive.export.names import flag_name
from callcoach.reports.compare import said_of_owed
from callcoach.reports.figures import CallFigures
from callcoach.reports.names import Names
from callcoach.reports.order import natural
from callcoach.reports.shares import Every, every, part, periods, spread
from callcoach.reports.sheet import Chart, Figure, Section, Unit, of_share, of_spread, refs
from callcoach.script.model import CueId, FlagKind, OutcomeId

LEAST_CALLS = 20
"""With fewer calls nobody is shown beside others: an interval of ±20 points says nothing."""
LEAST_REVIEWS = 5
"""With fewer reviews a median is not drawn."""
_BINS = 10


def said_over_time(calls: Sequence[CallFigures], names: Names) -> Section:
    """Return how much of what was owed was said, by day, week or month."""
    say = names.messages.say
    figures = tuple(
        of_share(day, title, said_of_owed(own)) for day, title, own in _by_time(calls, names)
    )
    when = _cut(calls, names)
    return Section(
        id="said_over_time",
        title=say("What was owed and said, over time"),
        lead=say("Of all that customers were owed in these calls, how much was said; {when}.",
                 when=when),
        cases=say("cues owed"),
        span=say("95% interval"),
        chart=Chart.LINE,
        figures=figures,
    )  # fmt: skip


def calls_over_time(calls: Sequence[CallFigures], names: Names) -> Section:
    """Return how many calls there were, by day, week or month."""
    say = names.messages.say
    figures = tuple(
        Figure(day, title, len(own), Unit.COUNT, len(own))
        for day, title, own in _by_time(calls, names)
    )
    when = _cut(calls, names)
    return Section(
        id="calls_over_time",
        title=say("Calls"),
        lead=say("How many calls this report is about; {when}.", when=when),
        cases=say("calls"),
        span="",
        chart=Chart.COLUMNS,
        figures=figures,
    )


def score_over_time(calls: Sequence[CallFigures], names: Names) -> Section:
    """Return the scores of reviews that were handed in, by the time of the call."""
    say = names.messages.say
    figures = []
    for day, title, own in _by_time(calls, names):
        found = spread([score.percent for call in own for score in call.scores])
        made = of_spread(day, title, found, Unit.PERCENT)
        figures.append(replace(made, is_too_few=0 < found.n < LEAST_REVIEWS))
    is_drawn = any(it.n and not it.is_too_few for it in figures)
    return Section(
        id="score_over_time",
        title=say("Scores, over time"),
        lead=say(
            "The median of the scores that reviewers gave, and the middle half of them;"
            " calibrations are left out. Times with fewer than {n} reviews are not drawn: nothing"
            " follows from so few.",
            n=LEAST_REVIEWS,
        ),
        cases=say("reviews"),
        span=say("middle half"),
        chart=Chart.LINE if is_drawn else Chart.NONE,
        figures=tuple(it for it in figures if it.n or is_drawn),
    )


def flag_reasons(calls: Sequence[CallFigures], names: Names) -> Section:
    """Return in how many calls each flag was raised, put right and not; the most frequent first."""
    say, n = names.messages.say, len(calls)
    worst: dict[tuple[FlagKind, CueId], list[tuple[CallFigures, bool]]] = {}
    for call in calls:
        each: dict[tuple[FlagKind, CueId], bool] = {}
        for flag in call.flags:
            if flag.is_unheard:
                continue  # it may have been said
            key = (flag.what, flag.cue)
            each[key] = each.get(key, True) and flag.is_repaired
        for key, is_repaired in each.items():
            worst.setdefault(key, []).append((call, is_repaired))
    figures: list[Figure] = []
    for (what, cue), found in sorted(worst.items(), key=lambda it: (-len(it[1]), it[0])):
        title = say("{cue}: {what}", cue=names.cue(cue), what=flag_name(what, names.messages))
        for series, series_title, wanted in (
            ("open", say("left open"), False),
            ("repaired", say("put right in the call"), True),
        ):
            own = [call for call, is_repaired in found if is_repaired is wanted]
            figures.append(
                of_share(
                    f"{what} {cue}",
                    title,
                    part(len(own), n),
                    series=(series, series_title),
                    calls=refs(own),
                )
            )
    return Section(
        id="flags",
        title=say("Why flags were raised"),
        lead=say(
            "In how many calls each flag was raised, and whether the agent put it right"
            " before the end."
        ),
        cases=say("calls"),
        span=say("95% interval"),
        chart=Chart.STACK,
        figures=tuple(figures),
    )


def outcomes(calls: Sequence[CallFigures], names: Names) -> Section:
    """Return how calls ended, the most frequent first."""
    say = names.messages.say
    found: dict[OutcomeId | None, list[CallFigures]] = {}
    for call in calls:
        found.setdefault(call.outcome, []).append(call)
    return Section(
        id="outcomes",
        title=say("Outcomes"),
        lead=say("How the calls ended. “No outcome”: the call came to no end of its script."),
        cases=say("calls"),
        span=say("95% interval"),
        chart=Chart.BARS,
        figures=tuple(
            of_share(id or "", names.outcome(id), part(len(own), len(calls)), calls=refs(own))
            for id, own in sorted(found.items(), key=lambda it: -len(it[1]))
        ),
    )


def talk_ratio(calls: Sequence[CallFigures], names: Names) -> Section:
    """Return how the agents' share of all talk lies, in tenths."""
    say = names.messages.say
    ratios = talk_ratios(calls)
    found = Counter(min(int(ratio * _BINS), _BINS - 1) for ratio in ratios)
    step = 100 // _BINS
    return Section(
        id="talk_ratio",
        title=say("Talk ratio"),
        lead=say(
            "The agent’s share of all talk, in tenths. Only calls of which it was measured"
            " who spoke when."
        ),
        cases=say("calls"),
        span=say("95% interval"),
        chart=Chart.COLUMNS,
        figures=tuple(
            of_share(f"{at * step}-{at * step + step}", f"{at * step}–{at * step + step}%",
                     part(found[at], len(ratios)))
            for at in range(_BINS)
        ) if ratios else (),
    )  # fmt: skip


def talk_ratios(calls: Iterable[CallFigures]) -> list[float]:
    """Return the agents' shares of all talk, of the calls of which it was measured."""
    metrics = (call.metrics for call in calls)
    return [it.talk_ratio for it in metrics if it.is_timed and it.talk_ratio is not None]


def measures(calls: Sequence[CallFigures], names: Names) -> Section:
    """Return the middle of what was measured about calls."""
    say = names.messages.say
    timed = [call.metrics for call in calls if call.metrics.is_timed and call.metrics.duration]
    rows = (
        ("duration", say("Length"), [call.duration for call in calls], Unit.SECONDS),
        ("talk_ratio", say("Talk ratio of the agent"), talk_ratios(calls), Unit.SHARE),
        ("non_talk", say("Share of silence"), [it.non_talk / it.duration for it in timed],
         Unit.SHARE),
        ("longest_non_talk", say("Longest silence"), [it.longest_non_talk for it in timed],
         Unit.SECONDS),
        ("overtalk", say("Share of overtalk"), [it.overtalk / it.duration for it in timed],
         Unit.SHARE),
    )  # fmt: skip
    return Section(
        id="measures",
        title=say("Measures"),
        lead=say("The median of each, and the middle half of the calls."),
        cases=say("calls"),
        span=say("middle half"),
        chart=Chart.NONE,
        figures=tuple(
            of_spread(id, title, spread(values), unit) for id, title, values, unit in rows if values
        ),
    )


def agents(calls: Sequence[CallFigures], names: Names) -> Section:
    """Return what each agent said of what was owed, by name; few calls are told, not drawn."""
    say = names.messages.say
    by_agent: dict[str, list[CallFigures]] = {}
    for call in calls:
        by_agent.setdefault(call.agent, []).append(call)
    figures: list[Figure] = []
    for agent, own in sorted(by_agent.items(), key=lambda it: natural(it[0])):
        found = said_of_owed(own)
        title = names.messages.count(
            "{agent}, {n} call", "{agent}, {n} calls", len(own), agent=agent or say("no agent")
        )
        few = len(own) < LEAST_CALLS
        figures.append(of_share(agent, title, found, is_too_few=few, calls=refs(own)))
    return Section(
        id="agents",
        title=say("Agents"),
        lead=say(
            "Of what customers were owed, how much each agent said, by name. Whose interval"
            " crosses the line does not differ from the team as far as these calls tell. Who has"
            " fewer than {n} calls is not drawn: too few to compare people by.",
            n=LEAST_CALLS,
        ),
        cases=say("cues owed"),
        span=say("95% interval"),
        chart=Chart.POINTS,
        figures=tuple(figures),
        reference=said_of_owed(calls).value,
        reference_title=say("all together"),
    )


def _by_time(
    calls: Sequence[CallFigures], names: Names
) -> Iterator[tuple[str, str, Sequence[CallFigures]]]:
    """Yield days, weeks or months, as machines and as people call them, each with its calls."""
    piece = every(calls)
    for it in periods(calls):
        yield it.first.isoformat(), day_title(it.first, piece, names), it.calls


def _cut(calls: Sequence[CallFigures], names: Names) -> str:
    """Say how the time of calls is cut up."""
    say = names.messages.say
    match every(calls):
        case Every.DAY:
            return say("by day")
        case Every.WEEK:
            return say("by week, from its Monday")
        case Every.MONTH:
            return say("by month")


def day_title(day: date, piece: Every, names: Names) -> str:
    """Return a day, or the month that it begins, as short as the axis of a chart wants it."""
    if names.messages.language == "zh":
        is_month = piece is Every.MONTH
        return f"{day.year}年{day.month}月" if is_month else f"{day.month}月{day.day}日"
    return f"{day:%b} {day.year}" if piece is Every.MONTH else f"{day.day} {day:%b}"
