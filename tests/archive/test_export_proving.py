"""What somebody says to prove who they are is masked under whatever name a team notices it."""

import pytest

from callcoach.archive.export.proving import proving_turns
from callcoach.archive.export.record import CallRecord, record_call
from callcoach.archive.export.redacted import redact_record
from callcoach.call.events import Event, FactTold, Heard
from callcoach.call.inputs import Input, TakeExit
from callcoach.script.model import ExitId, Script
from tests.archive.exports import AGENT, CALL, CUSTOMER, ENGLISH, PACK, hear
from tests.sessions import coach, start
from tests.support import script_of

ASKED = hear(AGENT, "It is only a check, we ask all the people we call.", 0.0, 1.0)
TOLD = hear(CUSTOMER, "1 May 1980, and 4321", 2.0, 3.0)
MASKED = "[BIRTH DATE-1], and [ID-1]"
CUE = "  born: {speaker: customer, title: {en: Born, zh: 生日}, rule: own}\n"
SAID = "heard: {en: ['# may'], zh: ['五月#']}"
SETTLES = "on: {label: {en: Go on, zh: 继续}, to: bye, "
IDENTITY = "agreed: {type: yes_no, private: identity,"


def _call(script: Script, *inputs: tuple[float, Input]) -> CallRecord:
    session, opening = start(coach(script))
    events: list[Event] = list(opening)
    for at, given in inputs:
        events += session.feed(given, at)
    return record_call(CALL, events, script, "en")


def _texts(script: Script, *inputs: tuple[float, Input]) -> list[str]:
    masked = redact_record(_call(script, *inputs), script, ENGLISH)
    return [event.text for event in masked.events if isinstance(event, Heard)]


OWN = f"  own: {{{SAID}}}\n"
LABELLED = f"  own: {{labels: identity_given, {SAID}}}\n"
BENEATH = f"  own: {{any: [{{rule: data}}]}}\n  data: {{labels: identity_given, {SAID}}}\n"
VERIFIES = f"""{OWN}
  done:
    labels: verified
    sequence: [{{heard: {{en: check, zh: 查}}}}, {{rule: own, speaker: customer}}]
"""
DENIES = f"""
  own: {{all: [{{not: {{rule: data}}}}, {{{SAID}}}]}}
  data: {{labels: identity_given, heard: {{en: my pin, zh: 密码}}}}
"""


@pytest.mark.parametrize(
    ("rules", "is_masked"),
    [(LABELLED, True), (BENEATH, True), (VERIFIES, True), (OWN, False), (DENIES, False)],
)
def test_a_cue_of_any_name_proves_identity_by_what_its_rule_rests_on(
    rules: str, is_masked: bool
) -> None:
    script = script_of(PACK.replace("watch:\n", f"watch:\n{CUE}") + f"rules:\n{rules}")
    assert (_texts(script, (1.0, ASKED), (3.0, TOLD))[1] == MASKED) is is_masked


@pytest.mark.parametrize("private", [True, False])
@pytest.mark.parametrize("heard", ["{cue: born}", "{en: ['# may'], zh: ['五月#']}"])
def test_what_leads_to_an_exit_that_settles_who_it_is_proves_it(heard: str, private: bool) -> None:
    source = PACK.replace(SETTLES, f"{SETTLES}heard: {heard}, ")
    source = source.replace("watch:\n", f"watch:\n{CUE}") + f"rules:\n{OWN}"
    if private:
        source = source.replace("agreed: {type: yes_no,", IDENTITY)
    assert (_texts(script_of(source), (1.0, ASKED), (3.0, TOLD))[1] == MASKED) is private


def test_what_the_agent_says_of_it_proves_nothing() -> None:
    source = PACK.replace(SETTLES, f"{SETTLES}{SAID}, ").replace("agreed: {type: yes_no,", IDENTITY)
    script = script_of(source)
    said = _call(script, (3.0, hear(AGENT, "We close on 1 May.", 2.0, 3.0)))
    assert proving_turns(said.events, script) == frozenset()


def test_that_it_is_settled_who_it_is_stays_readable() -> None:
    script = script_of(PACK.replace("agreed: {type: yes_no,", IDENTITY))
    masked = redact_record(_call(script, (2.0, TakeExit(ExitId("on")))), script, ENGLISH)
    assert [it.value for it in masked.events if isinstance(it, FactTold)] == ["yes"]
