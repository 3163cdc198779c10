"""The sections about one script: how far calls come, where they leave it, what is said where."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from callcoach.reports.figures import WHOLE_CALL, CallFigures
from callcoach.reports.funnel import main_way
from callcoach.reports.names import Names
from callcoach.reports.shares import part, share_of
from callcoach.reports.sheet import Chart, Figure, Section, of_share, refs
from callcoach.script.model import CueId, PackId, Script, StepId

_SHOWN = 3
"""The next steps that are told one by one; the others together."""


def adherence(calls: Sequence[CallFigures], script: Script, names: Names) -> Section:
    """Return for every step and cue how many of the calls that owed it had it, in script order."""
    say = names.messages.say
    found: dict[tuple[StepId, CueId], list[tuple[CallFigures, bool]]] = {}
    for call in calls:
        for owed in call.owed:
            found.setdefault((owed.step, owed.cue), []).append((call, owed.is_met))
    steps, cues = [*script.steps, WHOLE_CALL], list(script.cues)
    order = {step: at for at, step in enumerate(steps)}
    places = {cue: at for at, cue in enumerate(cues)}
    keys = sorted(found, key=lambda it: (order.get(it[0], len(order)), places.get(it[1], 0)))
    return Section(
        id="adherence",
        title=say("What was said at each step"),
        lead=say(
            "Of the calls in which it was owed, how many had it. Owed is what was said, and what"
            " was flagged because it was not; what an exit waived or a call that broke off never"
            " came to is not counted."
        ),
        cases=say("calls that owed it"),
        span=say("95% interval"),
        chart=Chart.BARS,
        figures=tuple(
            of_share(
                cue,
                names.cue(cue),
                share_of(is_met for _, is_met in found[step, cue]),
                group=(step, names.step(step)),
                calls=refs(call for call, is_met in found[step, cue] if not is_met),
            )
            for step, cue in keys
        ),
    )


def funnel(calls: Sequence[CallFigures], script: Script, names: Names) -> Section:
    """Return how many calls came to each stage of the script's main way, or passed it by."""
    say, way, n = names.messages.say, main_way(script), len(calls)
    own = [(at, step, _own_cues(step, script)) for at, step in enumerate(way)]
    came = [{at for at, step, cues in own if _came_to(it, step, cues)} for it in calls]
    figures: list[Figure] = []
    for at, step in enumerate(way if len(way) > 1 else ()):
        here = sum(at in stages for stages in came)
        past = sum(at not in stages and max(stages, default=-1) > at for stages in came)
        for series, title, count in (
            ("here", say("came to it"), here),
            ("past", say("went on without it"), past),
        ):
            found = part(count, n)
            figures.append(of_share(step, names.step(step), found, series=(series, title)))
    return Section(
        id="funnel",
        title=say("How far calls come"),
        lead=say(
            "The steps of the script’s main way: all of them lie before “{end}”. A call has come to"
            " a step when it was opened, or when something that is due only there was said.",
            end=names.step(way[-1]) if way else "",
        ),
        cases=say("calls"),
        span=say("95% interval"),
        chart=Chart.STACK,
        figures=tuple(figures),
    )


def _own_cues(step: StepId, script: Script) -> frozenset[CueId]:
    """Return what is due at a step alone; what is due at others as well tells nothing of it."""
    asked = Counter(cue for due in script.due.values() for cue in set(due))
    return frozenset(cue for cue in script.due.get(step, ()) if asked[cue] == 1)


def _came_to(call: CallFigures, step: StepId, own: frozenset[CueId]) -> bool:
    """Tell whether a call came to a step, of which `own` is what is due there alone."""
    return step in call.entered or any(owed.is_met and owed.cue in own for owed in call.owed)


def leaving(calls: Sequence[CallFigures], names: Names) -> Section:
    """Return where the calls were that came to no end of the script."""
    say, n = names.messages.say, len(calls)
    found: dict[StepId, list[CallFigures]] = {}
    for call in calls:
        if call.left_at is not None:
            found.setdefault(call.left_at, []).append(call)
    return Section(
        id="leaving",
        title=say("Where calls leave the script"),
        lead=say("At which step the calls were over that came to no end of the script."),
        cases=say("calls"),
        span=say("95% interval"),
        chart=Chart.BARS,
        figures=tuple(
            of_share(step, names.step(step), part(len(own), n), calls=refs(own))
            for step, own in sorted(found.items(), key=lambda it: -len(it[1]))
        ),
    )


def flow(calls: Sequence[CallFigures], script: Script, names: Names) -> Section:
    """Return where calls went from each step: the most frequent next ones, others, or the end."""
    say = names.messages.say
    nexts: dict[StepId, Counter[StepId | None]] = {}
    for call in calls:
        start = (script.start,) if script.start and call.steps[:1] != (script.start,) else ()
        steps: list[StepId | None] = [*start, *call.steps, None]
        for here, there in pairwise(steps):
            if here is not None:
                nexts.setdefault(here, Counter())[there] += 1
    order = {step: at for at, step in enumerate(script.steps)}
    known = sorted(nexts, key=lambda step: order.get(step, len(order)))
    return Section(
        id="flow",
        title=say("Where calls go from each step"),
        lead=say(
            "Of the times that a step was open, what came next. An objection counts as a step;"
            " the way back from it does not."
        ),
        cases=say("times that it was open"),
        span=say("95% interval"),
        chart=Chart.STACK,
        figures=tuple(figure for step in known for figure in _went(step, nexts[step], names)),
    )


def _went(step: StepId, found: Counter[StepId | None], names: Names) -> Iterator[Figure]:
    say, n = names.messages.say, sum(found.values())
    if found[None] == n:  # an end of the script
        return
    ranked: list[tuple[StepId, int]] = [
        (there, count) for there, count in found.most_common() if there is not None
    ]
    first, rest = ranked[:_SHOWN], ranked[_SHOWN:]
    rows: list[tuple[str, str, int]] = [
        (f"{at}", say("to “{step}”", step=names.step(there)), count)
        for at, (there, count) in enumerate(first, 1)
    ]
    if others := sum(count for _, count in rest):
        rows.append(("others", say("to other steps"), others))
    if ended := found[None]:
        rows.append(("end", say("the call was over"), ended))
    for series, title, count in rows:
        yield of_share(step, names.step(step), part(count, n), series=(series, title))


def scripts_of(
    calls: Iterable[CallFigures], names: Names
) -> Iterator[tuple[Script, list[CallFigures]]]:
    """Yield the scripts of calls, the most used first, each with its calls."""
    found: dict[PackId, list[CallFigures]] = {}
    for call in calls:
        found.setdefault(call.script, []).append(call)
    for id, own in sorted(found.items(), key=lambda it: (-len(it[1]), it[0])):
        if id in names.scripts:
            yield names.scripts[id], own
