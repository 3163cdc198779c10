"""What a step prepares to be said meets no cue of a step that is still to come."""

from collections.abc import Iterator, Mapping, Sequence

import pytest
from msgspec.structs import replace

from callcoach.call.events import CueHeard
from callcoach.call.inputs import Hear, JumpTo, OpenObjection, TellFact, TickCue
from callcoach.script.model import CueKind, LineId, PackId, Script, Speaker, Step, StepId
from callcoach.script.wording import Language
from tests.script.packs.test_followed import loaded, started
from tests.sessions import shipped_coach
from tests.support import shipped_ids

MEANT = {
    # Whoever is sorry says so, wherever it is said.
    *[(cue, "*") for cue in ("courtesy.say_sorry", "community.say_sorry")],
    # The line itself does what the cue asks for, before its step.
    ("community.data_purpose", "community.only_this"),
    ("community.greet", "community.under_age_bridge"),
    ("community.invite_when_where", "community.not_today"),
    ("community.invite_when_where", "community.with_parents"),
    ("community.no_hurry", "community.no_decision"),
    ("community.no_strings", "community.got_a_minute"),
    ("community.no_strings", "community.nothing_today"),
    ("community.say_risks", "community.cannot_promise"),
    ("community.say_thanks", "community.bad_experience_bridge"),
    ("courtesy.good_moment", "home_visit.convenient"),
    ("courtesy.offer_help", "home_visit.ask_me"),
    ("courtesy.offer_help", "home_visit.text_agreed"),
    ("courtesy.offer_help", "home_visit.what_do_you_need"),
    ("courtesy.say_company", "courtesy.ask_to_pass_on"),
    ("courtesy.say_company", "home_visit.look_us_up"),
    ("courtesy.say_goodbye", "home_visit.note_care"),
    ("courtesy.say_goodbye", "home_visit.off_we_go"),
    ("courtesy.say_thanks", "home_visit.text_agreed"),
    ("courtesy.say_thanks", "home_visit.text_follow_up"),
    ("courtesy.say_thanks", "home_visit.thank_you"),
    ("home_visit.ask_situation", "home_visit.why_we_came"),
    ("home_visit.may_refuse", "courtesy.respect_no_recording"),
    ("home_visit.may_refuse", "courtesy.we_stop"),
    ("home_visit.offer_ways", "home_visit.note_agreed"),
    ("home_visit.repeat_appointment", "home_visit.read_it"),
    ("home_visit.repeat_appointment", "home_visit.text_another_date"),
    ("overdue.offer_plan", "overdue.offer_full"),
    ("overdue.offer_plan", "overdue.which_full"),
}
"""Cues, and the lines of other steps that meet them rightly."""


def paths(script: Script) -> Mapping[StepId, Sequence[StepId]]:
    """Return the steps that come before each step on the shortest way to it."""
    assert script.start is not None
    found: dict[StepId, tuple[StepId, ...]] = {script.start: ()}
    waiting = [script.start]
    for here in waiting:
        for exit in script.steps[here].exits:
            if exit.to is not None and exit.to not in found:
                found[exit.to] = (*found[here], here)
                waiting.append(exit.to)
    return found


def prepared(script: Script, step: Step) -> Sequence[LineId]:
    """Return every line of a step, each once."""
    lines = [*step.lines, *(line for exit in step.exits for line in exit.lines)]
    cues = [script.cues[id] for id in script.due[step.id]]
    more = [step.bridge, *(cue.suggest for cue in cues)]
    return tuple(dict.fromkeys([*lines, *(line for line in more if line is not None)]))


def met_too_soon(id: PackId, language: Language) -> Iterator[tuple[str, str, str]]:
    """Yield the cues of later steps that a prepared line meets: cue, line, what was said."""
    coach = shipped_coach(id)
    script, before = coach.script, paths(coach.script)
    due = {cue for cues in script.due.values() for cue in cues}
    fresh, _ = started(id, language, "practice")
    for fact in script.facts.values():
        if fact.example is not None:
            fresh.feed(TellFact(fact.id, fact.example.plain(language), "given"), 0.0)
    known = fresh.state.facts
    at_home: dict[LineId, set[str]] = {}
    for step in script.steps.values():
        for line in prepared(script, step):
            at_home.setdefault(line, set()).update(script.due[step.id])
    for step in script.steps.values():
        path = before.get(step.id, ())
        passed = [cue for it in path for cue in script.due[it]]
        if step.sensitive is not None:
            continue
        for line in prepared(script, step):
            wording = script.lines[line]
            for variant in range(len(wording.wording.in_language(language))):
                session, _ = started(id, language, "practice")
                if session.state.position.step != step.id:
                    way = OpenObjection(step.id) if step.is_objection else JumpTo(step.id)
                    session.feed(way, 1.0)
                for done in passed:
                    session.feed(TickCue(done), 1.0)
                went = session.state.entered.union(*(script.lineages[it] for it in path))
                session.state = replace(session.state, entered=went, facts=known)
                text = coach.renderer.render(wording, variant, language, known).text
                for event in session.feed(Hear(Speaker.AGENT, text), 2.0):
                    if not isinstance(event, CueHeard) or not event.counts:
                        continue
                    cue = script.cues[event.cue]
                    is_to_come = cue.id in due and cue.id not in {*passed, *at_home[line]}
                    if cue.kind is CueKind.SAY and is_to_come and not cue.each_visit:
                        yield cue.id, line, text


CASES = [
    (id, language)
    for id in shipped_ids()
    for script in (loaded(id).script,)
    if script is not None and script.start is not None
    for language in script.languages
]


@pytest.mark.parametrize(("id", "language"), CASES)
def test_no_prepared_line_ticks_what_is_still_to_come(id: PackId, language: Language) -> None:
    found = [
        (cue, line, text)
        for cue, line, text in met_too_soon(id, language)
        if not {(cue, "*"), (cue, line)} & MEANT
    ]
    assert found == []
