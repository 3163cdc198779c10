"""Reports about any number of calls: an agent's, a team's, a script's."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from callcoach.archive.ids import CallId, short
from callcoach.reports import compare, judged, sections, ways
from callcoach.reports.figures import CallFigures
from callcoach.reports.names import Names
from callcoach.reports.parts import Example, Examples
from callcoach.reports.shares import Share, spread
from callcoach.reports.sheet import Block, Chart, Report, Section, Tile
from callcoach.script.model import PackId

MOST_SCRIPTS = 3
"""Of which a report has sections of their own: those with the most calls."""
_MOST_NAMED = 20
"""So many damaged calls are named: where there are more, it is the journal that is damaged."""


@dataclass(frozen=True, slots=True)
class About:
    """What a report is about."""

    kind: str
    """`agent`, `team` or `script`."""
    agent: str = ""
    script: PackId | None = None
    since: str = ""
    """ISO 8601; empty from the beginning."""
    until: str = ""
    is_practice: bool = False
    damaged: tuple[str, ...] = ()
    """The calls that should be in it and are left out: their record is damaged."""
    made: str = ""
    """The day on which it is made, ISO 8601."""
    why_whole: str = ""
    """Why its examples keep personal data; empty where these are masked."""


def report_of(
    about: About,
    calls: Sequence[CallFigures],
    names: Names,
    examples: Sequence[Example] = (),
    before: Sequence[CallFigures] = (),
) -> Report:
    """Return the report about calls; without any it says what to do.

    `before` are the calls of as long a time just before, to compare with.
    """
    say = names.messages.say
    blocks: list[Block] = []
    if calls:
        blocks += _about_all(about, calls, before, names)
        blocks += _about_scripts(calls, names)
    if examples:
        blocks.append(
            Examples(
                "examples",
                say("Examples"),
                say("Of each reason the newest, the gravest first; at most {n}.", n=len(examples)),
                tuple(examples),
            )
        )
    return Report(
        kind=about.kind,
        language=names.messages.language,
        title=_title(about, names),
        facts=tuple(_facts(about, calls, names)),
        tiles=tuple(_tiles(calls, names)) if calls else (),
        blocks=tuple(block for block in blocks if not isinstance(block, Section) or block.figures),
        notes=tuple(_notes(about, calls, names)),
        is_empty=not calls,
        left_out=_left_out(about, names),
    )


def _title(about: About, names: Names) -> str:
    say = names.messages.say
    match about.kind:
        case "agent":
            return say("Calls by {agent}", agent=about.agent)
        case "script":
            return say("Calls with “{script}”", script=names.script(about.script or PackId("")))
        case _:
            return say("Calls of the team")


def _facts(about: About, calls: Sequence[CallFigures], names: Names) -> list[tuple[str, str]]:
    say = names.messages.say
    days = sorted(call.day for call in calls)
    first, last = (
        about.since or (days[0] if days else ""),
        about.until or (days[-1] if days else ""),
    )
    scripts = [names.script(script.id) for script, _ in ways.scripts_of(calls, names)]
    agents = sorted({call.agent for call in calls if call.agent})
    facts = [
        (say("Time"), say("{first} to {last}", first=first or "…", last=last or "…")),
        (say("Kind of calls"), say("practice") if about.is_practice else say("calls")),
    ]
    if scripts:
        facts.append((say("Scripts"), " · ".join(scripts)))
    if about.kind != "agent" and agents:
        facts.append((say("Agents"), str(len(agents))))
    facts.append((say("Personal data"), about.why_whole or say("masked")))
    facts.append((say("Made on"), about.made))
    return facts


def _tiles(calls: Sequence[CallFigures], names: Names) -> list[Tile]:
    say, count = names.messages.say, names.messages.count
    title = say("call") if len(calls) == 1 else say("calls")
    tiles = [Tile(title, str(len(calls)), _days(calls, names))]
    for _, title, made in compare.first_glance(names):
        found = made(calls)
        if found.value is not None:
            tiles.append(Tile(title, f"{found.value:.0%}", _sure(found, names)))
    scores = spread([score.percent for call in calls for score in call.scores])
    if scores.median is not None:
        detail = count("of {n} review", "of {n} reviews", scores.n)
        tiles.append(Tile(say("median score"), f"{scores.median:.0f}%", detail))
    ratios = spread(sections.talk_ratios(calls))
    if ratios.median is not None:
        detail = count("median of {n} call", "median of {n} calls", ratios.n)
        tiles.append(Tile(say("talk ratio of the agent"), f"{ratios.median:.0%}", detail))
    return tiles


def _days(calls: Sequence[CallFigures], names: Names) -> str:
    return names.messages.count("on {n} day", "on {n} days", len({call.day for call in calls}))


def _sure(found: Share, names: Names) -> str:
    if found.low is None or found.high is None:
        return names.messages.say("{count} of {n}", count=found.count, n=found.n)
    return names.messages.say(
        "{count} of {n}; {low} to {high}",
        count=found.count,
        n=found.n,
        low=f"{found.low:.0%}",
        high=f"{found.high:.0%}",
    )


def _about_all(
    about: About, calls: Sequence[CallFigures], before: Sequence[CallFigures], names: Names
) -> list[Block]:
    found = [
        compare.compared(calls, before, names),
        sections.calls_over_time(calls, names),
        sections.said_over_time(calls, names),
        sections.score_over_time(calls, names),
    ]
    if about.kind != "agent" and len({call.agent for call in calls}) > 1:
        found.append(sections.agents(calls, names))
    found += [
        sections.outcomes(calls, names),
        sections.flag_reasons(calls, names),
        judged.failed_questions(calls, names),
        *([judged.reviewers(calls, names)] if about.kind == "team" else ()),
        sections.talk_ratio(calls, names),
        sections.measures(calls, names),
    ]
    return list(map(_without_lonely_line, found))


def _without_lonely_line(section: Section) -> Section:
    """Return a section whose time is one day or week without its chart: a dot is no line."""
    is_time = section.chart in (Chart.LINE, Chart.COLUMNS) and section.id.endswith("_over_time")
    return replace(section, chart=Chart.NONE) if is_time and len(section.figures) < 2 else section


def _about_scripts(calls: Sequence[CallFigures], names: Names) -> list[Block]:
    """Return the sections of each script; where there are several, each says which it is of."""
    found: list[Block] = []
    used = list(ways.scripts_of(calls, names))[:MOST_SCRIPTS]
    for script, own in used:
        for section in (
            ways.funnel(own, script, names),
            ways.leaving(own, names),
            ways.adherence(own, script, names),
            ways.flow(own, script, names),
        ):
            if len(used) > 1:
                section = replace(
                    section,
                    id=f"{section.id}.{script.id}",
                    title=names.messages.say(
                        "{script}: {title}", script=names.script(script.id), title=section.title
                    ),
                )
            found.append(section)
    return found


def _notes(about: About, calls: Sequence[CallFigures], names: Names) -> list[str]:
    say, count = names.messages.say, names.messages.count
    notes = []
    if wrong := sum(len(call.rejected) for call in calls):
        notes.append(
            count(
                "{n} flag that a reviewer says is wrong is not counted.",
                "{n} flags that reviewers say are wrong are not counted.",
                wrong,
            )
        )
    if any(score.percent > 100 for call in calls for score in call.scores):
        notes.append(say("A bonus can lift a score above 100%."))
    if calls:
        notes.append(
            say(
                "Beside every share stands of how many cases it is, and the 95% interval (Wilson,"
                " widened where cases of one call go together): where it would lie if the same"
                " people went on like this. Few cases, wide interval."
            )
        )
    if about.damaged:
        notes.append(_left_out(about, names))
    lost = sum(not call.has_script for call in calls)
    if lost:
        notes.append(
            count(
                "Of {n} call the script cannot be read any more: what it owed is not counted.",
                "Of {n} calls the script cannot be read any more: what they owed is not counted.",
                lost,
            )
        )
    versions = {(call.script, call.digest) for call in calls}
    if len(versions) > len({script for script, _ in versions}):
        notes.append(
            say(
                "The script was changed in this time; steps and cues go by the names they have now."
            )
        )
    return notes


def _left_out(about: About, names: Names) -> str:
    """Return how many calls are left out because they are damaged, and which."""
    if not about.damaged:
        return ""
    told = names.messages.count(
        "{n} call is damaged and left out; callcoach journal verify says more.",
        "{n} calls are damaged and left out; callcoach journal verify says more.",
        len(about.damaged),
    )
    named = ", ".join(short(CallId(id)) for id in about.damaged[:_MOST_NAMED])
    rest = ", …" if len(about.damaged) > _MOST_NAMED else ""
    return names.messages.say("{told} ({calls})", told=told, calls=f"{named}{rest}")
