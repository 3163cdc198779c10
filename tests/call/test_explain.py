"""Tests of the sentences that say why a flag was raised."""

import ast
from collections.abc import Sequence
from pathlib import Path

import pytest

from callcoach.call import flags
from callcoach.call.events import Event, FlagRaised, Span
from callcoach.call.explain import Explanation, explain, judged_title
from callcoach.call.inputs import EndCall, Hear, Input, Pass, TakeExit
from callcoach.call.state import OpenFlag
from callcoach.locale import Messages
from callcoach.script.model import CueId, ExitId, FlagKind, LineId, Severity, Speaker
from tests.sessions import coach, start
from tests.support import script_of

PACK = """\
callcoach: 1
pack: example
version: "1"
title: {en: Example, zh: 例子}
languages: [en, zh]
start: hello
steps:
  hello:
    title: {en: Greeting, zh: 问好}
    say: {hi: {en: Good morning., zh: 您好。}}
    exits:
      on: {label: {en: On, zh: 继续}, to: deal}
  deal:
    title: {en: Deal, zh: 约定}
    say: {shall_we: {en: Shall we?, zh: 可以吗？}}
    exits:
      on: {label: {en: On, zh: 继续}, to: bye}
  bye:
    title: {en: Bye, zh: 道别}
    say: {farewell: {en: Goodbye., zh: 再见。}}
    outcome: done
outcomes:
  done: {code: DONE, title: {en: Done, zh: 完成}}
cues:
  name:
    in: call
    title: {en: Say your name, zh: 报姓名}
    within: 30s of call
    suggest: hi
    heard: {en: my name is}
  weather:
    in: hello
    title: {en: Talk of the weather, zh: 聊天气}
    heard: {en: lovely weather}
  quick:
    in: deal
    title: {en: Come to the point, zh: 说重点}
    within: 5s of step
    heard: {en: the point is}
  thanks:
    in: call
    title: {en: Say thanks, zh: 道谢}
    times: 0-2
    heard: {en: thank you}
  once:
    in: call
    title: {en: Sing, zh: 唱歌}
    times: 0-1
    heard: {en: la la la}
  who:
    in: call
    title: {en: Ask who it is, zh: 确认本人}
    before: deal
    heard: {en: who are you}
  sum:
    in: call
    title: {en: Name the sum, zh: 说金额}
    before: pact
    heard: {en: it is ten}
  pact:
    in: call
    title: {en: Agree, zh: 达成一致}
    heard: {en: we agree}
  sorry:
    in: call
    title: {en: Apologise, zh: 道歉}
    suggest: farewell
    heard: {en: i am sorry}
avoid:
  threat:
    title: {en: Threat, zh: 威胁}
    repair: sorry
    heard: {en: or else}
  gossip:
    in: hello
    title: {en: Gossip, zh: 闲话}
    heard: {en: did you hear}
  debt:
    until: [deal, who]
    title: {en: The debt, zh: 欠款}
    heard: {en: your debt}
  figures:
    until: deal
    title: {en: Figures, zh: 数字}
    repair: who
    heard: {en: the figures}
"""

SAID = {
    "threat": "pay or else",
    "gossip": "did you hear the news",
    "debt": "your debt is due",
    "figures": "here are the figures",
    "pact": "so we agree",
}


def _say(text: str) -> Hear:
    return Hear(Speaker.AGENT, text)


def _flags(*inputs: tuple[float, Input]) -> dict[tuple[str, str], FlagRaised]:
    """Return the flags of a call to which these things happen, by cue and reason."""
    session, opening = start(coach(PACK))
    events: list[Event] = list(opening)
    for at, given in inputs:
        events += session.feed(given, at)
    raised = [event for event in events if isinstance(event, FlagRaised)]
    return {(event.cue.partition(".")[2], event.reason): event for event in raised}


def _explain(flag: FlagRaised | OpenFlag, language: str = "en") -> Explanation:
    return explain(flag, script_of(PACK), language, Messages("en"))


def _reason(cue: str, reason: str, *inputs: tuple[float, Input]) -> str:
    return _explain(_flags(*inputs)[cue, reason]).reason


def test_a_deadline_of_the_call_is_told_in_seconds() -> None:
    said = _reason("name", "deadline", (31.0, Pass()))
    assert said == "You were 30 seconds into the call and “Say your name” was still to come."


def test_a_deadline_of_a_step_is_told_from_the_step() -> None:
    said = _reason("quick", "deadline", (40.0, TakeExit(ExitId("on"))), (46.0, Pass()))
    assert said == "You were 5 seconds into this step and “Come to the point” was still to come."


def test_what_was_left_behind_with_a_step_is_told() -> None:
    said = _reason("weather", "step_left", (3.0, TakeExit(ExitId("on"))))
    assert said == "You moved on before “Talk of the weather” had come up."


def test_what_the_call_ended_without_is_told() -> None:
    on = TakeExit(ExitId("on"))
    said = _reason("name", "call_ended", (1.0, on), (2.0, on), (3.0, EndCall()))
    assert said == "The call ended before “Say your name” had come up."


def test_what_is_forbidden_everywhere_has_no_place_in_a_call() -> None:
    said = _reason("threat", "forbidden", (3.0, _say(SAID["threat"])))
    assert said == "What was said counts as “Threat”, which has no place in a call."


def test_what_is_forbidden_here_has_no_place_at_this_point() -> None:
    said = _reason("gossip", "forbidden", (3.0, _say(SAID["gossip"])))
    assert said == "What was said counts as “Gossip”, which has no place at this point of a call."


def test_what_came_too_early_names_what_it_came_before() -> None:
    said = _reason("debt", "too_early", (3.0, _say(SAID["debt"])))
    assert said == "“The debt” came up before “Ask who it is” or “Deal”."


def test_what_came_too_early_names_what_puts_it_right_rather_than_a_step_that_lets_it_pass() -> (
    None
):
    said = _reason("figures", "too_early", (3.0, _say(SAID["figures"])))
    assert said == "This came up too early: first “Ask who it is”."


def test_what_comes_first_names_the_step_that_came_before_it() -> None:
    said = _reason("who", "comes_first", (3.0, TakeExit(ExitId("on"))))
    assert said == "You came to “Deal” before “Ask who it is”, which belongs first."


def test_what_comes_first_names_the_cue_that_came_before_it() -> None:
    said = _reason("sum", "comes_first", (3.0, _say(SAID["pact"])))
    assert said == "You came to “Agree” before “Name the sum”, which belongs first."


def test_too_often_names_the_number_that_is_enough() -> None:
    thanks = tuple((float(at), _say("thank you")) for at in range(3))
    assert _reason("thanks", "too_often", *thanks) == (
        "“Say thanks” came up more than 2 times, and 2 times are enough."
    )
    songs = tuple((float(at), _say("la la la")) for at in range(2))
    assert _reason("once", "too_often", *songs) == (
        "“Sing” came up more than once, and once is enough."
    )


def test_late_names_the_time_that_was_over() -> None:
    said = _reason("name", "late", (31.0, Pass()), (40.0, _say("my name is Lin")))
    assert said == "“Say your name” did come up, but later than 30 seconds into the call."
    here = (2.0, TakeExit(ExitId("on"))), (9.0, Pass()), (12.0, _say("the point is this"))
    said = _reason("quick", "late", *here)
    assert said == "“Come to the point” did come up, but later than 5 seconds into the step."


def test_titles_are_in_the_language_asked_for() -> None:
    flag = _flags((3.0, _say(SAID["debt"])))["debt", "too_early"]
    explanation = _explain(flag, "zh")
    assert explanation.title == "欠款"
    assert "“确认本人”" in explanation.reason
    assert "“约定”" in explanation.reason


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (1.0, "1 second into"),
        (119.0, "119 seconds into"),
        (120.0, "2 minutes into"),
        (754.0, "12:34 into"),
    ],
)
def test_a_deadline_is_told_in_the_unit_that_suits_it(seconds: float, told: str) -> None:
    assert told in _explain(_flag(FlagKind.MISSING, "deadline", due=seconds)).reason


@pytest.mark.parametrize(
    ("cue", "reason", "remedy"),
    [
        ("name", "deadline", "example.hi"),
        ("weather", "step_left", None),
        ("threat", "forbidden", "example.farewell"),
        ("debt", "too_early", None),
    ],
    ids=["its own line", "no line", "the line of the cue that repairs it", "nothing repairs it"],
)
def test_the_remedy_is_a_line_of_the_script(cue: str, reason: str, remedy: str | None) -> None:
    flag = _flag(FlagKind.MISSING, reason, f"example.{cue}")
    assert _explain(flag).remedy == (LineId(remedy) if remedy else None)


@pytest.mark.parametrize("what", [FlagKind.LATE, FlagKind.REPEATED])
def test_what_is_late_or_repeated_has_no_remedy(what: FlagKind) -> None:
    assert _explain(_flag(what, "late", "example.name")).remedy is None


def test_an_open_flag_is_explained_like_the_event_that_raised_it() -> None:
    raised = _flags((31.0, Pass()))["name", "deadline"]
    flag = OpenFlag(
        raised.flag, raised.what, raised.cue, raised.severity, raised.reason, raised.at,
        due=raised.due, other=raised.other,
    )  # fmt: skip
    assert _explain(flag) == _explain(raised)


@pytest.mark.parametrize("what", FlagKind)
@pytest.mark.parametrize("reason", ["", "of_a_newer_program", "comes_first", "deadline"])
def test_a_cue_and_a_reason_that_nobody_knows_are_explained_all_the_same(
    what: FlagKind, reason: str
) -> None:
    explanation = _explain(_flag(what, reason))
    assert explanation.title == "gone.cue"
    assert "gone.cue" in explanation.reason
    assert explanation.remedy is None


def test_every_reason_that_flags_are_raised_for_has_a_sentence_of_its_own() -> None:
    known = _raised_reasons()
    assert len(known) >= 8
    for reason in known:
        said = _explain(_flag(FlagKind.MISSING, reason, due=9.0, other="a step")).reason
        unheard_of = _explain(_flag(FlagKind.MISSING, "unheard_of", due=9.0)).reason
        assert said != unheard_of, reason


def _raised_reasons() -> Sequence[str]:
    """Return the reasons that `call.flags` gives."""
    source = Path(flags.__file__).read_text(encoding="utf-8")
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [
        given.value
        for call in calls
        if isinstance(call.func, ast.Attribute) and call.func.attr == "_raise"
        for given in call.args[3:4]
        if isinstance(given, ast.Constant) and isinstance(given.value, str)
    ]


def _flag(
    what: FlagKind,
    reason: str,
    cue: str = "gone.cue",
    *,
    due: float | None = None,
    other: str = "",
) -> FlagRaised:
    """Return a flag, by default about a cue that the script does not have."""
    return FlagRaised(
        seq=9,
        at=40.0,
        flag=1,
        what=what,
        cue=CueId(cue),
        severity=Severity.MAJOR,
        reason=reason,
        due=due,
        other=other,
    )


@pytest.mark.parametrize(
    ("span", "title"),
    [(Span(3, 0, 4), "Threat (learned judge, 93%)"), (Span(4, 0, 4), "Threat"), (None, "Threat")],
)
def test_a_flag_by_a_learned_judge_says_so_in_its_title(span: Span | None, title: str) -> None:
    assert judged_title("Threat", span, {Span(3, 0, 4): 0.934}, Messages("en")) == title
