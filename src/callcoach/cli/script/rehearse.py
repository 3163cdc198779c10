"""Plays every plan of a pack through fresh sessions, for script test and script coverage."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from callcoach.call.coach import Coach
from callcoach.call.rehearse import Failure, rehearse, visit
from callcoach.call.session import Session
from callcoach.cli.paint import place_text
from callcoach.errors import PackError
from callcoach.locale import Messages, mark
from callcoach.script.check.samples import SAMPLE_DAY
from callcoach.script.coverage import Coverage, Item, Part, Visit, cover
from callcoach.script.load import Loaded
from callcoach.script.model import PlanId, Script, local
from callcoach.script.place import Place
from callcoach.script.plan import Plan
from callcoach.script.wording import Language
from callcoach.words.display import display
from callcoach.words.wrap import pad, width

PARTS = {
    Part.STEP: mark("Steps"),
    Part.EXIT: mark("Exits"),
    Part.OBJECTION: mark("Objections"),
    Part.CUE: mark("Cues"),
}

KINDS = {
    Part.STEP: mark("step"),
    Part.EXIT: mark("exit"),
    Part.OBJECTION: mark("objection"),
    Part.CUE: mark("cue"),
}


@dataclass(frozen=True, slots=True)
class Played:
    """A plan that was played in one language."""

    plan: Plan
    language: Language
    failures: tuple[Failure, ...]
    visit: Visit


def play_plans(
    script: Script, plans: Iterable[Plan], languages: Sequence[Language] = ()
) -> Iterator[Played]:
    """Yield what comes of every plan in each of its languages; `languages` leaves others out.

    All calls are of the same day and offer the same variants of their lines, so that a plan that
    passes today passes tomorrow.
    """
    coach = Coach(script)
    for plan in plans:
        for language in plan.languages:
            if languages and language not in languages:
                continue
            started = coach.started(
                language,
                started=f"{SAMPLE_DAY.isoformat()}T09:00:00Z",
                day=SAMPLE_DAY.isoformat(),
                seed=1,
                mode="practice",
                plan=plan.id,
            )
            played = rehearse(*Session.start(coach, started), plan)
            yield Played(plan, language, tuple(played.failures), visit(language, played.events))


def chosen_plans(loaded: Loaded, name: str | None) -> tuple[Plan, ...]:
    """Return the plans of a pack; only the one called `name` where there is a name."""
    if name is None:
        return tuple(loaded.plans.values())
    known = {local(id): plan for id, plan in loaded.plans.items()}
    found = loaded.plans.get(PlanId(name)) or known.get(name)
    return () if found is None else (found,)


def no_such_plan(name: str, loaded: Iterable[Loaded]) -> PackError:
    """Return the error for a plan that no pack has."""
    known = ", ".join(local(id) for one in loaded for id in one.plans) or "none"
    return PackError("there is no plan “{name}”", "there are {known}", name=name, known=known)


def covered(script: Script, visits: Iterable[Visit], languages: Sequence[Language]) -> Coverage:
    """Return how much the visits reach, in some of the script's languages; none named: in all."""
    whole = cover(script, visits)
    if not languages:
        return whole
    reached = {key: count for key, count in whole.reached.items() if key[1] in languages}
    missed = tuple(item for item in whole.missed if item.language in languages)
    return Coverage(reached, missed)


def coverage_lines(coverage: Coverage, messages: Messages) -> Iterator[str]:
    """Yield the table of what was reached, and what was not."""
    languages = tuple(dict.fromkeys(language for _, language in coverage.reached))
    first = max(width(messages.say(name)) for name in PARTS.values())
    for part, name in PARTS.items():
        cells = [
            f"{language} {_share(coverage.reached[part, language])}"
            for language in languages
            if (part, language) in coverage.reached
        ]
        if cells:
            yield f"  {pad(messages.say(name), first)}  " + "   ".join(cells)
    if coverage.missed:
        yield "  " + messages.say("Never reached:")
    for item, spoken in _by_item(coverage.missed).items():
        told = missed_text(item.part, item.id, item.place, messages)
        yield f"    {told} ({', '.join(spoken)})"


def missed_text(part: Part, id: str, place: Place, messages: Messages) -> str:
    """Return where something stands that was never reached, and what it is."""
    return f"{place_text(place)}  {messages.say(KINDS[part])} {display(local(id))}"


def _share(counts: tuple[int, int]) -> str:
    reached, total = counts
    return f"{reached:3}/{total:<3} {reached / total:4.0%}" if total else "  0/0      –"


def _by_item(missed: Iterable[Item]) -> Mapping[Item, list[Language]]:
    """Return what was missed, each once, with the languages in which it was."""
    first: dict[tuple[Part, str], Item] = {}
    spoken: dict[Item, list[Language]] = {}
    for item in missed:
        known = first.setdefault((item.part, item.id), item)
        spoken.setdefault(known, []).append(item.language)
    return spoken


def coverage_json(coverage: Coverage) -> dict[str, object]:
    """Return coverage for machines; keys are stable."""
    return {
        "reached": [
            {"part": part.value, "language": language, "reached": counts[0], "all": counts[1]}
            for (part, language), counts in coverage.reached.items()
        ],
        "missed": [
            {
                "part": item.part.value,
                "id": item.id,
                "language": item.language,
                "file": item.place.file,
                "line": item.place.line,
            }
            for item in coverage.missed
        ],
    }
