"""An ear is coupled with a call: it opens when it may, and what it hears is fed and followed."""

from collections.abc import Sequence

import pytest

from callcoach.call.captured import (
    CaptureGap,
    CapturePaused,
    CaptureResumed,
    CaptureStarted,
    CaptureStopped,
    Closed,
)
from callcoach.call.consent import Policy
from callcoach.call.events import Heard
from callcoach.call.inputs import (
    EndCall,
    Hear,
    Hold,
    SwitchLanguage,
    TakeExit,
    Undo,
    Unhold,
)
from callcoach.hearing.live.status import Condition
from callcoach.hearing.models.registry import Model, NoModel
from callcoach.hearing.signs import Level, Opened, Over, Trouble, Troubled
from callcoach.script.model import ExitId, OutcomeId, Speaker
from tests.hearing.scripted_ear import (
    AGENT,
    CUSTOMER,
    HeardCall,
    final,
    guide,
    heard_call,
    how,
    model,
    no_model,
    opened,
    partial,
    texts,
)
from tests.sessions import coach
from tests.support import end, minimal, step

NOTICE = "this call is recorded"


def reasons(call: HeardCall) -> Sequence[str]:
    kinds = (CapturePaused, CaptureStopped)
    return [str(event.reason) for event in call.live.events if isinstance(event, kinds)]


@pytest.mark.parametrize(
    ("policy", "did", "waits_for"),
    [
        (Policy.ALWAYS, ["start", "open"], []),
        (Policy.SCRIPT, ["start"], ["not_yet"]),
        (Policy.ASK, ["start"], ["not_yet"]),
        (Policy.NEVER, ["start"], ["never"]),
    ],
)
def test_nothing_is_opened_before_the_policy_lets_it(
    policy: Policy, did: Sequence[str], waits_for: Sequence[str]
) -> None:
    call = heard_call(policy)
    assert call.ear.did == did
    assert reasons(call) == waits_for


def test_it_opens_once_the_script_says_that_the_call_is_recorded() -> None:
    call = heard_call(Policy.SCRIPT)
    call.live.feed(Hear(Speaker.AGENT, "Hello, my name is Anna."))
    call.listener.consult()
    assert "open" not in call.ear.did
    assert how(call) == (Condition.WAITING, Closed.NOT_YET)
    call.live.feed(Hear(Speaker.AGENT, NOTICE))
    call.listener.consult()
    assert call.ear.did[-1] == "open"
    assert how(call) == (Condition.STARTING, "")
    call.hear(opened())
    assert how(call) == (Condition.LISTENING, "")
    assert call.kinds()[-1] == "capture_started"


def test_a_refusal_closes_it_until_the_agent_opens_it_by_hand() -> None:
    call = heard_call()
    call.hear(opened(), final(CUSTOMER, "please do not record this call"))
    assert call.ear.did[-1] == "pause"
    assert reasons(call)[-1] == Closed.REFUSED
    call.listener.turn()
    assert call.ear.did[-1] == "resume"


def test_the_key_opens_and_closes() -> None:
    call = heard_call(Policy.ASK)
    call.listener.turn()
    call.hear(opened())
    assert call.live.session.state.capture is not None
    assert call.live.session.state.capture.is_open
    call.listener.turn()
    assert call.ear.did == ["start", "open", "pause"]
    assert reasons(call)[-1] == Closed.HAND
    call.listener.turn()
    call.hear(opened(5.0))
    assert call.ear.did[-1] == "resume"
    assert call.kinds()[-1] == "capture_resumed"


def test_a_hold_pauses_it() -> None:
    call = heard_call()
    call.hear(opened(), Level(CUSTOMER, -20.0, -12.0), partial(CUSTOMER, "wait a"))
    call.live.feed(Hold())
    call.listener.consult()
    assert call.ear.did[-1] == "pause"
    assert how(call) == (Condition.PAUSED, Closed.HOLD)
    voices = call.listener.status.voices
    assert all(not voice.saying and voice.level < -80 for voice in voices)
    call.live.feed(Unhold())
    call.listener.consult()
    assert call.ear.did[-1] == "resume"


def test_a_sensitive_step_pauses_it_and_counts_down() -> None:
    steps = {
        "hello": step("Good morning.", on="card"),
        "card": step("Read me the number.", on="bye") | {"sensitive": 60},
        "bye": end("Goodbye."),
    }
    call = HeardCall(coach(minimal(steps=steps)))
    call.hear(opened())
    call.live.feed(TakeExit(ExitId("on")))
    call.listener.consult()
    assert call.ear.did[-1] == "pause"
    assert reasons(call)[-1] == Closed.SENSITIVE
    assert call.listener.status.left == 60.0
    call.clock.at += 75.0
    assert call.listener.status.left == -15.0
    call.live.feed(TakeExit(ExitId("on")))
    call.listener.consult()
    assert call.ear.did[-1] == "resume"


def test_what_is_said_is_fed_at_the_times_of_the_call() -> None:
    call = heard_call()
    call.clock.at = 10.0
    call.hear(opened(at=4.0))
    call.clock.at = 18.0
    call.hear(final(CUSTOMER, "yes this is she", start=9.0))
    heard = next(event for event in call.live.events if isinstance(event, Heard))
    assert (heard.speaker, heard.text, heard.source) == (
        Speaker.CUSTOMER,
        "yes this is she",
        "speech",
    )
    assert heard.start == pytest.approx(15.0)
    assert heard.end == pytest.approx(16.2)
    assert heard.at == pytest.approx(18.0)


def test_a_resumed_ear_is_tied_to_the_call_anew() -> None:
    call = heard_call()
    call.hear(opened())
    call.listener.turn()
    call.clock.at = 60.0
    call.listener.turn()
    call.hear(opened(at=59.5))
    call.clock.at = 64.0
    call.hear(final(AGENT, "thank you for waiting", start=60.5))
    heard = next(event for event in call.live.events if isinstance(event, Heard))
    assert heard.start == pytest.approx(61.0)


def test_doubtful_words_are_fed_as_such() -> None:
    call = heard_call()
    call.hear(opened(), final(CUSTOMER, "i lost my job", unsure="lost"))
    heard = next(event for event in call.live.events if isinstance(event, Heard))
    (doubt,) = heard.doubts
    assert heard.text[doubt.start : doubt.end] == "lost"
    assert heard.confidence == pytest.approx((3 + 0.4) / 4)


def test_the_script_follows_what_is_heard_and_undo_takes_it_back() -> None:
    call = heard_call()
    before = call.live.session.state.position.step
    call.hear(opened(), final(CUSTOMER, "yes this is she"))
    assert call.live.session.state.position.step != before
    call.live.feed(Undo())
    assert call.live.session.state.position.step == before


def test_it_does_not_follow_where_that_is_not_wanted() -> None:
    call = heard_call(follows=False)
    before = call.live.session.state.position.step
    call.hear(opened(), final(CUSTOMER, "yes this is she"))
    assert call.live.session.state.position.step == before
    assert call.live.session.state.suggestions


def test_words_still_being_said_give_hints_and_nothing_else() -> None:
    call = heard_call()
    call.hear(opened())
    before = len(call.live.events)
    call.hear(partial(AGENT, "before we go on this call is recorded"))
    voice = call.listener.status.voices[AGENT]
    assert voice.saying == "before we go on this call is recorded"
    assert "courtesy.recording_notice" in voice.hints
    assert len(call.live.events) == before
    call.hear(final(AGENT, "before we go on this call is recorded"))
    assert call.listener.status.voices[AGENT].saying == ""


def test_chinese_words_stand_together() -> None:
    call = HeardCall(guide(), language="zh")
    call.hear(opened(), partial(CUSTOMER, "我 就是"))
    assert call.listener.status.voices[CUSTOMER].saying == "我就是"


def test_the_lag_is_that_of_the_latest_in_the_middle() -> None:
    call = heard_call()
    call.hear(opened())
    assert call.listener.status.lag is None
    for lag in (0.1, 0.3, 9.0):
        call.hear(partial(AGENT, f"well {lag}", lag))
    assert call.listener.status.lag == 0.3


def test_a_lost_voice_is_told_and_what_was_not_heard() -> None:
    call = heard_call()
    call.hear(opened())
    call.clock.at = 5.0
    call.hear(Troubled(Trouble.LOST, CUSTOMER))
    status = call.listener.status
    assert status.condition is Condition.LOST
    assert [voice.is_lost for voice in status.voices] == [False, True]
    call.clock.at = 11.0
    call.hear(Troubled(Trouble.BACK, CUSTOMER))
    assert call.listener.status.condition is Condition.LISTENING
    began, gap = [event for event in call.live.events if isinstance(event, CaptureGap)]
    assert (began.start, began.end, began.speaker) == (5.0, 5.0, Speaker.CUSTOMER)
    assert (gap.start, gap.end, gap.reason, gap.speaker) == (5.0, 11.0, "lost", Speaker.CUSTOMER)
    assert call.listener.status.missed == 6.0


def test_with_all_voices_lost_the_call_is_not_heard_until_one_is_back() -> None:
    call = heard_call()
    call.hear(opened())
    call.clock.at = 5.0
    call.hear(Troubled(Trouble.LOST, CUSTOMER))
    call.clock.at = 8.0
    call.hear(Troubled(Trouble.LOST, AGENT))
    assert call.kinds()[-2:] == ["capture_gap", "capture_paused"]
    call.clock.at = 20.0
    assert call.listener.status.missed == 15.0
    call.hear(Troubled(Trouble.BACK, AGENT))
    assert call.kinds()[-2:] == ["capture_resumed", "capture_gap"]
    call.clock.at = 25.0
    call.hear(Troubled(Trouble.BACK, CUSTOMER))
    assert gaps(call) == [(5.0, 8.0), (20.0, 25.0)]
    assert call.listener.status.missed == 20.0


def is_lost(call: HeardCall) -> bool:
    """Tell whether the call knows that the agent is not heard, though somebody is."""
    capture = call.live.session.state.capture
    return capture is not None and capture.lost is not None


@pytest.mark.parametrize("channel", [AGENT, CUSTOMER])
def test_the_call_knows_that_the_agent_is_not_heard_while_it_is_so(channel: int) -> None:
    call = heard_call()
    call.hear(opened())
    call.clock.at = 5.0
    call.hear(Troubled(Trouble.LOST, channel), Troubled(Trouble.LOST, channel))
    assert is_lost(call) is (channel == AGENT)
    call.live.feed(Hold())
    call.listener.consult()
    assert not is_lost(call)
    call.clock.at = 20.0
    call.live.feed(Unhold())
    call.listener.consult()
    call.hear(opened(20.0))
    assert is_lost(call) is (channel == AGENT)
    call.clock.at = 30.0
    call.hear(Troubled(Trouble.BACK, channel))
    assert not is_lost(call)
    assert gaps(call) == [(20.0, 30.0)]


def test_one_of_two_voices_that_comes_back_leaves_the_other_lost() -> None:
    call = heard_call()
    call.hear(opened())
    call.clock.at = 5.0
    call.hear(Troubled(Trouble.LOST, AGENT), Troubled(Trouble.LOST, CUSTOMER))
    call.clock.at = 9.0
    call.hear(Troubled(Trouble.BACK, CUSTOMER))
    assert is_lost(call)
    call.clock.at = 9.2
    call.hear(Troubled(Trouble.BACK, AGENT))
    assert not is_lost(call)


def test_the_time_before_a_lost_voice_was_told_was_not_heard_either() -> None:
    call = heard_call()
    call.clock.at = 100.0
    call.hear(opened())
    call.clock.at = 107.0
    call.hear(Troubled(Trouble.LOST, CUSTOMER, start=4.5, end=7.0))
    call.clock.at = 110.0
    call.hear(Troubled(Trouble.BACK, CUSTOMER))
    assert gaps(call) == [(104.5, 110.0)]


def test_what_was_not_to_be_heard_is_no_part_of_what_was_missed() -> None:
    call = lost_on_hold(AGENT)
    assert [voice.is_lost for voice in call.listener.status.voices] == [True, False]
    call.clock.at = 83.0
    call.hear(Troubled(Trouble.BACK, AGENT))
    assert gaps(call) == [(10.0, 20.0), (80.0, 83.0)]
    assert call.listener.status.missed == 13.0


def test_a_call_that_nothing_hears_is_not_heard_after_a_hold_either() -> None:
    call = lost_on_hold(AGENT, CUSTOMER)
    assert reasons(call)[-1] == Closed.LOST
    assert call.kinds()[-1] == "capture_paused"
    call.clock.at = 90.0
    call.hear(Troubled(Trouble.BACK, AGENT))
    assert call.kinds()[-2:] == ["capture_resumed", "capture_gap"]
    assert [voice.is_lost for voice in call.listener.status.voices] == [False, True]


def test_a_moment_without_sound_is_over_as_well() -> None:
    call = heard_call()
    call.hear(opened())
    call.clock.at = 5.0
    call.hear(Troubled(Trouble.LOST, CUSTOMER))
    call.clock.at = 5.4
    call.hear(Troubled(Trouble.BACK, CUSTOMER))
    assert gaps(call) == [(5.0, 5.4)]
    assert call.listener.status.missed == pytest.approx(0.4)


def test_what_was_missed_to_the_end_of_a_call_is_told() -> None:
    call = heard_call()
    call.hear(opened())
    call.clock.at = 10.0
    call.hear(Troubled(Trouble.LOST, AGENT))
    call.clock.at = 25.0
    assert call.listener.status.missed == 15.0
    call.listener.finish(lambda: None)
    call.live.feed(EndCall(OutcomeId("courtesy.done")))
    assert gaps(call) == [(10.0, 25.0)]
    assert call.listener.status.missed == 15.0


def test_a_device_that_breaks_down_on_hold_is_missed_from_when_it_is_listened_to() -> None:
    call = heard_call()
    call.hear(opened())
    call.clock.at = 10.0
    call.live.feed(Hold())
    call.listener.consult()
    call.hear(Troubled(Trouble.LOST))
    assert reasons(call) == [Closed.HOLD]
    call.clock.at = 50.0
    assert call.listener.status.missed == 0.0
    call.live.feed(Unhold())
    call.listener.consult()
    call.clock.at = 53.0
    call.hear(Troubled(Trouble.BACK), opened(53.0))
    assert gaps(call) == []
    assert call.kinds()[-1] == "capture_resumed"


def lost_on_hold(*channels: int) -> HeardCall:
    """Return a call whose voices were lost at 0:10 and which was on hold from 0:20 to 1:20."""
    call = heard_call()
    call.hear(opened())
    call.clock.at = 10.0
    call.hear(*(Troubled(Trouble.LOST, channel) for channel in channels))
    call.clock.at = 20.0
    call.live.feed(Hold())
    call.listener.consult()
    call.clock.at = 80.0
    call.live.feed(Unhold())
    call.listener.consult()
    call.hear(opened(80.0))
    return call


def gaps(call: HeardCall) -> Sequence[tuple[float, float]]:
    """Return from when to when something was not heard."""
    gaps = [it for it in call.live.events if isinstance(it, CaptureGap)]
    return [(it.start, it.end) for it in gaps if not it.goes_on]


def test_what_was_dropped_is_a_gap_at_the_times_of_the_call() -> None:
    call = heard_call()
    call.clock.at = 100.0
    call.hear(opened(), Troubled(Trouble.DROPPED, AGENT, 2.0, 3.5))
    gap = next(event for event in call.live.events if isinstance(event, CaptureGap))
    assert (gap.start, gap.end, gap.reason) == (102.0, 103.5, "dropped")


def test_a_failure_ends_the_hearing_and_not_the_call() -> None:
    call = heard_call()
    call.hear(opened(), Troubled(Trouble.FAILED, reason="the model is gone"))
    assert how(call) == (Condition.FAILED, "the model is gone")
    assert reasons(call) == [Closed.FAILED]
    call.live.feed(Hear(Speaker.AGENT, NOTICE))
    assert call.listener.consult() == ()
    assert call.ear.did == ["start", "open"]


def test_the_end_of_a_file_is_told() -> None:
    call = heard_call()
    call.hear(opened(), Over(42.0))
    assert call.listener.status.condition is Condition.OVER
    assert reasons(call) == [Closed.OVER]


def test_another_language_takes_another_model() -> None:
    found: dict[str, Model | NoModel] = {"zh": model("zh"), "en": model("en")}
    call = HeardCall(guide(), models=found.__getitem__)
    call.hear(opened())
    call.live.feed(SwitchLanguage("zh"))
    call.listener.consult()
    assert call.ear.did[-1] == "switch model-zh"
    call.listener.consult()
    assert call.ear.did.count("switch model-zh") == 1


def test_a_language_that_nothing_hears_pauses_it_until_the_call_is_back() -> None:
    found: dict[str, Model | NoModel] = {"zh": no_model("zh"), "en": model("en")}
    call = HeardCall(guide(), models=found.__getitem__)
    call.hear(opened())
    call.live.feed(SwitchLanguage("zh"))
    call.listener.consult()
    assert (call.listener.unheard, call.ear.did[-1]) == (found["zh"], "pause")
    call.live.feed(SwitchLanguage("en"))
    call.listener.consult()
    assert (call.listener.unheard, call.ear.did[-1]) == (None, "resume")


def test_what_is_still_on_its_way_is_heard_before_the_end() -> None:
    call = heard_call(follows=False)
    call.hear(opened())
    closed: list[str] = []
    call.ear.on_close = lambda: call.ear.say(final(AGENT, "goodbye"))
    call.listener.finish(lambda: closed.append("closed"))
    assert call.listener.status.condition is Condition.CLOSING
    call.listener.close()
    assert closed == ["closed"]
    call.hear()
    call.live.feed(EndCall(OutcomeId("courtesy.done")))
    assert texts(call) == ["goodbye"]
    assert call.ear.did.count("close") == 1


def test_words_on_their_way_leave_a_call_that_is_to_end_where_it_is() -> None:
    call = heard_call()
    call.hear(opened())
    before = call.live.session.state.position.step
    call.ear.on_close = lambda: call.ear.say(final(CUSTOMER, "yes this is she"))
    call.listener.finish(lambda: None, follows=False)
    call.listener.close()
    call.hear()
    assert texts(call) == ["yes this is she"]
    assert call.live.session.state.position.step == before


def test_leaving_a_call_tells_that_it_is_heard_no_more() -> None:
    call = heard_call()
    call.hear(opened())
    call.listener.close()
    assert reasons(call) == [Closed.HAND]
    assert call.ear.did[-1] == "close"


def test_after_the_end_nothing_happens_any_more() -> None:
    call = heard_call()
    call.hear(opened())
    call.live.feed(EndCall(OutcomeId("courtesy.done")))
    before = len(call.live.events)
    call.hear(final(AGENT, "goodbye"), Over(1.0))
    assert call.listener.consult() == ()
    assert len(call.live.events) == before


def test_an_opening_that_was_overtaken_by_a_pause_starts_nothing() -> None:
    call = heard_call()
    call.listener.turn()
    call.hear(opened())
    assert "capture_started" not in call.kinds()
    call.listener.turn()
    call.hear(opened(1.0))
    assert sum(isinstance(event, CaptureStarted) for event in call.live.events) == 1
    assert not any(isinstance(event, CaptureResumed) for event in call.live.events)


def test_the_sources_and_the_model_are_in_the_record() -> None:
    call = heard_call()
    call.hear(Opened((Speaker.AGENT,), ("headset",)))
    started = next(event for event in call.live.events if isinstance(event, CaptureStarted))
    assert [(it.role, it.name) for it in started.sources] == [(Speaker.AGENT, "headset")]
    assert started.model == "model-en"


def test_a_move_that_is_not_open_is_left_out() -> None:
    call = heard_call()
    call.hear(opened(), final(CUSTOMER, "who are you"))
    before = call.live.session.state.position.step
    call.hear(final(CUSTOMER, "who are you"))
    assert len(texts(call)) == 2
    assert call.live.session.state.position.step == before
