"""What there is to choose from during a call: objections, facts, cues, steps, endings, flags."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from callcoach.call.attention import can_be_advised, is_repairable
from callcoach.call.events import Span
from callcoach.call.explain import explain, judged_title
from callcoach.call.places import quote
from callcoach.call.session import Session
from callcoach.errors import FactError
from callcoach.script.doubts import left
from callcoach.script.environment import speak
from callcoach.script.facts import Fact, FactId, FactKind, canonical, parse
from callcoach.script.model import CueId, CueKind, FlagKind, LineId
from callcoach.tui.draw import reason_here
from callcoach.tui.heard_terms import Term
from callcoach.tui.look import Look
from callcoach.tui.screens.dialogs import Choice
from callcoach.tui.ways import far, heard_objections, lit
from callcoach.words.clock import clock

YES, NO = "yes", "no"
_OF_SILENCE = (FlagKind.MISSING, FlagKind.OUT_OF_ORDER)
"""The kinds of flags that a tick can clear."""


def objections(session: Session, look: Look) -> Iterator[Choice]:
    """Yield the objections, always in the same order, so that the fingers learn their digits."""
    script = session.coach.script
    language = look.language(script)
    heard = heard_objections(session)
    open_ones = {frame.step for frame in session.state.position.stack}
    open_ones.add(session.state.position.step)
    for step in script.objections:
        is_heard = step.id in heard and step.id not in open_ones
        hint = look.messages.say("heard") if is_heard else ""
        hint = look.messages.say("open now") if step.id in open_ones else hint
        yield Choice(step.id, step.title.plain(language), hint, is_heard)


def facts(session: Session, look: Look) -> Iterator[Choice]:
    """Yield the facts of the script: those asked here first, then the unknown, then the known."""
    state, script = session.state, session.coach.script
    language = look.language(script)
    step = script.steps[state.position.step]
    here = [*step.asks, *(fact for exit in step.exits for fact in exit.asks)]

    def rank(fact: Fact) -> tuple[bool, bool]:
        return fact.id not in here, fact.id in state.facts

    for fact in sorted(script.facts.values(), key=rank):
        value = state.facts.get(fact.id)
        said = speak(fact, value, language) if value is not None else ""
        yield Choice(fact.id, fact.title.plain(language), said, fact.id in here and not said)


def first_asked(session: Session) -> FactId | None:
    """Return the first fact that is asked for here and not known; None without one."""
    state, script = session.state, session.coach.script
    step = script.steps[state.position.step]
    spoke = step.exit(state.spoke) if state.spoke else None
    asked = [*(spoke.asks if spoke else ()), *step.asks]
    return next((id for id in asked if id not in state.facts and id in script.facts), None)


def values(fact: Fact, look: Look, language: str) -> Iterator[Choice]:
    """Yield the values of a fact that is a choice, or a yes or no."""
    if fact.kind is FactKind.YES_NO:
        yield Choice(YES, look.messages.say("Yes"))
        yield Choice(NO, look.messages.say("No"))
    for value, title in fact.choices.items():
        yield Choice(value, title.plain(language))


def present_value(session: Session, fact: Fact) -> str:
    """Return a fact's value, known or worked out, as it can be typed; empty where it is neither."""
    known = session.state.facts
    value = known.get(fact.id, left(fact, known))
    return "" if value is None else canonical(value)


def where_promised(term: Term, look: Look) -> str:
    """Return by which words something was promised or named, and when; the agent confirms it."""
    say, time = look.messages.say, clock(term.said.start)
    words = quote(term.said, (term.span,))
    if not term.is_promised:
        return say("Named at {time}: “{words}”", time=time, words=words)
    return say("Promised at {time}: “{words}”", time=time, words=words)


def form_of(fact: Fact, look: Look) -> str:
    """Return how a fact's value can be written."""
    say = look.messages.say
    match fact.kind:
        case FactKind.MONEY:
            return say("1280.50, or with a currency: 1280.50 {currency}", currency=fact.currency)
        case FactKind.DATE:
            return say("2026-12-01, 12-01, Dec 1, tomorrow")
        case FactKind.NUMBER:
            return say("digits, such as 3")
        case FactKind.PHONE:
            return say("digits, with or without + and spaces")
        case _:
            return ""


def problem_with(fact: Fact, session: Session, look: Look) -> Callable[[str], str]:
    """Return what tells why a text is no value of a fact; nothing where it is one."""

    def problem(text: str) -> str:
        try:
            parse(fact, text, session.state.day)
        except FactError as error:
            return look.messages.tell(error)
        return ""

    return problem


def cues(session: Session, look: Look) -> Iterator[Choice]:
    """Yield the cues to tick or untick: the owed, the flagged, the met, then all others due.

    A cue whose step was left is no longer owed; what was said all the same can still be ticked.
    """
    script, state = session.coach.script, session.state
    language = look.language(script)
    owed = [found.cue.id for found in session.owed()]
    flagged = [what for kind, what in state.flags if kind in _OF_SILENCE]
    met = [id for id in state.cues if state.cue(id).met_at is not None and id not in owed]
    passed = [id for step in script.steps if step in state.entered for id in script.due[step]]
    for id in dict.fromkeys((*owed, *flagged, *met, *passed)):
        cue = script.cues.get(id)
        if cue is None or cue.kind is not CueKind.SAY:
            continue
        sign = look.signs.met if id in met else look.signs.unmet
        hint = look.messages.say("flagged") if id in flagged else ""
        why = cue.why.plain(language) if cue.why else ""
        yield Choice(id, f"{sign} {cue.title.plain(language)}", hint, detail=why)


def exits(session: Session, look: Look) -> Iterator[Choice]:
    """Yield the exits that can be taken now."""
    language = look.language(session.coach.script)
    heard = {way.exit.id for way in lit(session)}
    for way in session.ways():
        if way.is_open:
            hint = look.messages.say("heard") if way.exit.id in heard else ""
            yield Choice(way.exit.id, way.exit.label.plain(language), hint, way.exit.id in heard)


def steps(session: Session, look: Look) -> Iterator[Choice]:
    """Yield the steps of the script that the call is not in."""
    script, state = session.coach.script, session.state
    language = look.language(script)
    for step in script.steps.values():
        if not step.is_objection and step.id != state.position.step:
            outcome = script.outcomes.get(step.outcome) if step.outcome else None
            hint = outcome.code if outcome else ""
            yield Choice(step.id, step.title.plain(language), hint, step.id == far(session))


def endings(session: Session, look: Look) -> Iterator[Choice]:
    """Yield the outcomes: those for calls that break off first, then all others."""
    script = session.coach.script
    language = look.language(script)
    here = script.steps[session.state.position.step].outcome
    known = sorted(
        script.outcomes.values(), key=lambda outcome: (outcome.id != here, not outcome.is_early)
    )
    for outcome in known:
        yield Choice(outcome.id, outcome.title.plain(language), outcome.code, outcome.id == here)


@dataclass(frozen=True, slots=True)
class Repair:
    """What puts a flag right."""

    line: LineId | None
    """What to say; None where the script has no line for it."""
    cue: CueId
    """What is met by it."""


def repair(session: Session, look: Look, id: int) -> Repair | None:
    """Return what puts a flag right now; None where nothing does."""
    script = session.coach.script
    flag = next((known for known in session.state.flags.values() if known.id == id), None)
    cue = script.cues.get(flag.cue) if flag is not None else None
    if flag is None or cue is None or not is_repairable(flag, script):
        return None
    if not can_be_advised(flag, session.state, script):
        return None
    told = explain(flag, script, look.language(script), look.messages)
    return Repair(told.remedy, cue.repair or cue.id)


def flag_story(
    session: Session, look: Look, id: int, by_model: Mapping[Span, float]
) -> tuple[str, list[str]]:
    """Return a flag's title, and why it was raised with the very words; empty without it."""
    script = session.coach.script
    flag = next((known for known in session.state.flags.values() if known.id == id), None)
    if flag is None:
        return "", []
    language = look.language(script)
    told = explain(flag, script, language, look.messages)
    cue = script.cues.get(flag.cue)
    parts = [reason_here(flag, told, session, look)]
    if cue is not None and cue.why is not None:
        parts.append(cue.why.plain(language))
    if flag.span is not None:
        span = flag.span
        said = next((said for said in reversed(session.transcript) if said.seq == span.heard), None)
        if said is not None:
            parts.append(f"“{said.text[span.start : span.end]}”")
    if told.remedy is not None and can_be_advised(flag, session.state, script):
        parts.append(f"{look.signs.here} {session.render_line(told.remedy).text}")
    return judged_title(told.title, flag.span, by_model, look.messages), parts
