"""The review screen: read, answer by digit, comment, submit, appeal, decide, take note."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from callcoach.archive.ids import short
from callcoach.cli.desk import Desk
from callcoach.errors import AudioError, StorageError
from callcoach.hearing.keeping.kept import Kept, Stretch, write_record
from callcoach.hearing.keeping.recordings import recordings_folder
from callcoach.review.events import ReviewEvent
from callcoach.review.form.model import QuestionId
from callcoach.review.marks import Answer
from callcoach.review.review import Review
from callcoach.review.state import Status
from callcoach.script.model import Speaker
from callcoach.tui.widgets.reading import Reading
from callcoach.tui.widgets.timeline import Timeline
from tests.tui.reviewed import calls, give_calls, place, review_of, review_stage, states
from tests.tui.stage import shown, until, until_shown, write

SMALL, WIDE = (80, 24), (120, 40)


@pytest.fixture(autouse=True)
def with_calls(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    give_calls(own_home, monkeypatch)


def make_review(*, by: str = "Wang", submitted: bool = True) -> str:
    """Make a review of the rough call in which everything is answered; return its id."""
    desk = Desk(place(by)).reviews
    form = next(it for it in desk.forms() if it.id == "brief")
    judging = desk.judge(calls()[0], form)
    judging.do(lambda it, by, when: it.answer("clear", Answer(("no",)), by=by, when=when))
    judging.do(lambda it, by, when: it.comment("A threat.", by=by, when=when, question="threatens"))
    if submitted:
        judging.do(lambda it, by, when: it.submit(by=by, when=when))
    assert judging.row is not None
    return judging.row.id


@pytest.mark.parametrize("size", [SMALL, WIDE])
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Was clear", "1  Yes", "2  No", "not begun", "suggested: 0.0%", "auto-fail by 4")),
        ("zh", ("说得清楚", "1  是", "2  否", "未开始", "一票否决", "您好，我是远航金融的小李")),
    ],
)
async def test_call_and_form_share_the_screen(
    size: tuple[int, int], language: str, words: tuple[str, ...]
) -> None:
    async with review_stage(language=language).run_test(size=size, notifications=True) as pilot:
        seen = await until_shown(pilot, *words, "0:00/0:40")
        rows = seen.splitlines()
        strip = next(row for row in rows if "0:00/0:40" in row)
        assert "▀" in strip
        assert "▄" in strip
        assert "█" in strip, "both speak at 0:13"
        assert all(len(row) <= size[0] for row in rows)


@pytest.mark.parametrize("size", [SMALL, WIDE])
async def test_the_call_has_all_the_room_there_is_and_the_strip_leads_into_it(
    size: tuple[int, int],
) -> None:
    async with review_stage().run_test(size=size, notifications=True) as pilot:
        await until_shown(pilot, "0:00/0:40")
        screen = pilot.app.screen
        assert screen.query_one(Reading).region.width == screen.query_one("#told").region.width
        strip = screen.query_one(Timeline)
        flag = shown(pilot).splitlines()[2].index("!")
        await pilot.click(strip, offset=(flag + 1, 1))
        await until_shown(pilot, "▌ 0:24", "0:24/0:40", "which has no place in a call")


async def test_opening_a_call_begins_no_review_and_the_first_answer_does() -> None:
    async with review_stage().run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "Was clear")
        assert list(states()) == []
        await pilot.press("1")
        await until(pilot, lambda: review_of(pilot).question.id == "share")
        (state,) = states()
        assert (state.status, state.opened.by, state.opened.agent) == (Status.DRAFT, "Wang", "Li")
        assert dict(state.given) == {"clear": Answer(("yes",))}


async def test_a_draft_goes_on_where_it_was_left() -> None:
    make_review(submitted=False)
    async with review_stage().run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "1◆ Greets first", "2✓ Was clear", "4◆ Threatens")
        await pilot.press("tab", "backspace")
        await until_shown(pilot, "2○ Was clear", "1 to answer")
        (state,) = states()
        assert "clear" not in state.given


async def test_the_suggestion_stands_apart_and_leads_to_its_words() -> None:
    async with review_stage().run_test(size=WIDE, notifications=True) as pilot:
        await until_shown(pilot, "Was clear")
        await pilot.press("shift+tab")
        await until_shown(pilot, "1◆ Yes", "The call suggests: Yes", "was said.")
        await pilot.press("tab", "tab", "tab")
        await until_shown(pilot, "Threatens", "This answer fails the whole form.")
        await pilot.press("enter")
        await until_shown(pilot, "0:24/0:40")
        await pilot.press("1")
        await until_shown(pilot, "4✓ Threatens", "The call suggests: Yes", "Meets it")


async def test_flags_are_gone_to_and_explained() -> None:
    async with review_stage().run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "Was clear")
        await pilot.press("n")
        await until_shown(pilot, "What was said counts as “Threat”", "0:24/0:40")
        place = pilot.app.screen.query_one(Reading).place
        await pilot.press("n", "N")
        await until(pilot, lambda: pilot.app.screen.query_one(Reading).place == place)
        await pilot.press("N")
        await until_shown(pilot, "No more flags that way", "▌ 0:24 Agent", "我说了没钱！")
        await until_shown(pilot, "critical · Threat «")


async def test_an_answer_that_wants_a_comment_asks_for_it() -> None:
    async with review_stage().run_test(size=WIDE, notifications=True) as pilot:
        await until_shown(pilot, "Was clear")
        await pilot.press("tab", "tab", "2")
        await until_shown(pilot, "Comment on “Threatens”")
        await write(pilot, "上门去找单位")
        await until_shown(pilot, "Wang: 上门去找单位")
        (state,) = states()
        assert [it.question for it in state.comments.values()] == ["threatens"]


async def test_a_comment_without_an_answer_leaves_the_question_in_focus() -> None:
    async with review_stage().run_test(size=WIDE, notifications=True) as pilot:
        await until_shown(pilot, "2○ Was clear")
        await pilot.press("w")
        await until_shown(pilot, "Comment on “Was clear”")
        await write(pilot, "Mumbled")
        await until_shown(pilot, "Wang: Mumbled")
        assert review_of(pilot).question.id == "clear"
        await pilot.press("2")
        await until(pilot, lambda: review_of(pilot).question.id == "share")
        seen = await until_shown(pilot, "2✓ Was clear")
        assert next(row for row in seen.splitlines() if "Was clear" in row).endswith("No ✎")
        (state,) = states()
        assert state.given["clear"] == Answer(("no",))


async def test_a_line_is_commented_on_and_the_comment_taken_back() -> None:
    async with review_stage().run_test(size=WIDE, notifications=True) as pilot:
        await until_shown(pilot, "Was clear")
        await pilot.press("n", "c")
        await until_shown(pilot, "Comment at 0:24")
        await write(pilot, "Too loud")
        await until_shown(pilot, "Wang: Too loud")
        await pilot.press("f7")
        await until_shown(pilot, "Coaching note at 0:24")
        await write(pilot, "先听完")
        await until_shown(pilot, "coaching · Wang: 先听完")
        (state,) = states()
        told = [(it.start, it.end, it.is_coaching) for it in state.comments.values()]
        assert told == [(24.0, 29.0, False), (24.0, 29.0, True)]
        await pilot.press("delete")
        await until_shown(pilot, "Take which comment back?")
        await pilot.press("1")
        await until(pilot, lambda: "Too loud" not in shown(pilot))


async def test_a_number_is_typed() -> None:
    async with review_stage().run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "Was clear")
        await pilot.press("tab")
        await until_shown(pilot, "Share of talking", "68%")
        await pilot.press("0", ".", "4", "enter")
        await until_shown(pilot, "40%")
        (state,) = states()
        assert state.given["share"] == Answer(number=0.4)


async def test_what_is_open_is_named_before_a_review_is_submitted() -> None:
    async with review_stage().run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "Was clear")
        await pilot.press("shift+tab", "f10")
        await until_shown(pilot, "Not answered yet: 2 Was clear")
        assert review_of(pilot).question.id == "clear"
        await pilot.press("2", "f10")
        await until_shown(pilot, "A comment is wanted on: 4 Threatens")
        await pilot.press("w")
        await write(pilot, "A threat")
        await pilot.press("f10")
        await until_shown(pilot, "Submit this review?", "It comes to")
        await pilot.press("1")
        await until_shown(pilot, "submitted")
        (state,) = states()
        assert state.status is Status.SUBMITTED
        assert state.mark is not None
        assert state.mark.has_failed
        await pilot.press("1")
        await until_shown(pilot, "you can only read it")


async def test_the_agent_appeals_somebody_else_decides_the_agent_takes_note() -> None:
    id = make_review()
    async with review_stage("Li", id).run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "Greets first", "a Appeal", "Take note", "You can appeal until")
        await pilot.press("2")
        await until_shown(pilot, "you can only read it")
        await pilot.press("tab", "a")
        await until_shown(pilot, "2✗ Was clear", "1 answer is marked", "Send the appeal")
        await pilot.press("f10")
        await until_shown(pilot, "Appeal against 1 answer: why?")
        await write(pilot, "It was clear.")
        await until_shown(pilot, "Li: It was clear.", "under appeal")
    async with review_stage("Chen", id).run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "2✗ Was clear", "✗ Li: It was clear.", "Decide")
        await pilot.press("1", "f10")
        await until_shown(pilot, "The appeal is granted")
        await write(pilot, "So it was.")
        await until_shown(pilot, "changed · Chen: So it was.", "the agent finds it in the list")
    async with review_stage("Li", id).run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "decided", "Take note", "that ends it")
        await until_shown(pilot, "2✓ Was clear", "✗ Li: It was clear.", "Before the appeal: No")
        await pilot.press("f10")
        await until_shown(pilot, "Take note of this review?", "Afterwards nobody can appeal")
        await pilot.press("1")
        await until_shown(pilot, "acknowledged")
    (state,) = states()
    assert state.appeal is not None
    assert state.appeal.questions == ("clear",)
    assert state.decision is not None
    assert state.decision.is_changed
    assert state.acknowledged is not None


async def test_who_reviewed_decides_on_the_appeal_only_where_nobody_else_is_there() -> None:
    id = make_review()
    async with review_stage("Li", id).run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "Greets first")
        await pilot.press("A")
        await until_shown(pilot, "Appeal against the whole review: why?")
        await write(pilot, "All of it.")
        await until_shown(pilot, "under appeal")
    async with review_stage("Wang", id).run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "Decide")
        await pilot.press("f10")
        await until_shown(pilot, "Can somebody else decide?", "The review is yours")
        await pilot.press("1")
        await until(pilot, lambda: "Can somebody else decide?" not in shown(pilot))
        (state,) = states()
        assert state.status is Status.APPEALED
        await pilot.press("f10")
        await until_shown(pilot, "Can somebody else decide?")
        await pilot.press("2")
        await until_shown(pilot, "The appeal is refused")
        await write(pilot, "It stands.")
        await until_shown(pilot, "Wang, who also reviewed: It stands.")
    (state,) = states()
    assert state.decision is not None
    assert state.decision.is_alone


async def test_an_appeal_against_several_answers_has_a_reason_for_each() -> None:
    id = make_review()
    async with review_stage("Li", id, language="zh").run_test(
        size=WIDE, notifications=True
    ) as pilot:
        await until_shown(pilot, "1◆ 先问好")
        await pilot.press("tab", "a", "tab", "tab", "a", "f10")
        await until_shown(pilot, "对 2 道题申诉", "说得清楚：", "威胁客户：")
        await pilot.press("enter")
        await until_shown(pilot, "还没写理由", "说得清楚 · 威胁客户")
        await write(pilot, "都说清楚了")
        await until_shown(pilot, "说得清楚：都说清楚了", "威胁客户 ")
        (state,) = states("Li")
        assert state.appeal is None
        await pilot.press("down", "end")
        await write(pilot, "没有威胁")
        seen = await until_shown(pilot, "申诉中", "说得清楚：都说清楚了")
        assert "威胁客户：没有威胁" in seen, "a line of its own"
    async with review_stage("Chen", id).run_test(size=WIDE, notifications=True) as pilot:
        await until_shown(pilot, "2✗ Was clear", "✗ Li: 都说清楚了", "o Next under appeal")
        await pilot.press("1")
        seen = await until_shown(pilot, "4✗ Threatens", "✗ Li: 没有威胁", "Yes (before: No)")
        assert "✗ Li: 都说清楚了" not in seen
        await pilot.press("o")
        await until(pilot, lambda: review_of(pilot).question.id == "clear")


async def test_an_appeal_a_decision_and_a_review_taken_back_want_a_reason() -> None:
    id = make_review()
    wanted = "Say why in a few words"
    async with review_stage("Wang", id).run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "Greets first")
        await pilot.press("r")
        await until_shown(pilot, "Take the review back: why?")
        await pilot.press("enter")
        await until_shown(pilot, wanted)
    async with review_stage("Li", id).run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "Greets first")
        await pilot.press("A")
        await until_shown(pilot, "Appeal against the whole review: why?")
        await pilot.press("enter")
        await until_shown(pilot, wanted)
        await write(pilot, "All of it.")
        await until_shown(pilot, "under appeal")
    async with review_stage("Chen", id).run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "Decide")
        assert "Next under appeal" not in shown(pilot), "it is about the whole"
        await pilot.press("f10")
        await until_shown(pilot, "The appeal is refused")
        await pilot.press("enter")
        await until_shown(pilot, wanted)
        await write(pilot, "It is as it was.")
        await until_shown(pilot, "upheld · Chen: It is as it was.")


async def test_who_makes_an_answer_worse_in_an_appeal_is_not_told_that_it_is_granted() -> None:
    id = make_review(submitted=False)
    wang = Desk(place("Wang")).reviews.reopen(id)
    wang.do(lambda it, by, when: it.answer("threatens", Answer(("no",)), by=by, when=when))
    wang.do(lambda it, by, when: it.submit(by=by, when=when))
    li = Desk(place("Li")).reviews.reopen(id)
    li.do(lambda it, by, when: it.appeal("No.", by=by, when=when, questions=("greets",)))
    async with review_stage("Chen", id).run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "1✗ Greets first")
        await pilot.press("2", "f10")
        await until_shown(pilot, "The score falls by what was changed. Why?")


async def test_what_a_decision_made_of_the_score_is_told() -> None:
    id = make_review()
    async with review_stage("Li", id).run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "Greets first")
        await pilot.press("tab", "tab", "tab", "a", "f10")
        await until_shown(pilot, "Appeal against 1 answer: why?")
        await write(pilot, "I did not.")
        await until_shown(pilot, "under appeal")
    async with review_stage("Chen", id).run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "4✗ Threatens")
        await pilot.press("1", "f10")
        await until_shown(pilot, "The appeal is granted")
        await write(pilot, "A visit was announced.\nThat is no threat.")
        seen = await until_shown(pilot, "Chen: A visit was announced.")
    assert "changed from 0.0% to " in seen
    assert "announced. That" not in seen, "a reason of two lines stays one of two"


async def test_nothing_is_shown_that_could_not_be_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    async with review_stage().run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "Was clear")

        def refuse(*_: object) -> None:
            raise StorageError("the disk is full", "make room")

        monkeypatch.setattr(review_of(pilot).judging.journal, "begin", refuse)
        await pilot.press("1")
        await until_shown(pilot, "the disk is full", "2○ Was clear")
        monkeypatch.undo()


async def test_what_another_window_did_is_shown_and_nothing_is_lost() -> None:
    id = make_review(submitted=False)
    async with review_stage(review=id).run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "Greets first")
        other = Desk(place()).reviews.reopen(id)
        other.do(lambda it, by, when: it.answer("clear", Answer(("yes",)), by=by, when=when))
        await pilot.press("2")
        await until_shown(pilot, "went on in another window")
        assert review_of(pilot).judging.review.answers[QuestionId("clear")] == Answer(("yes",))
        await pilot.press("2")
        await until(pilot, lambda: review_of(pilot).question.id == "clear")
        (state,) = states()
        assert state.given["greets"] == Answer(("no",))
        assert state.given["clear"] == Answer(("yes",))


async def test_swapped_roles_are_judged_again_and_back() -> None:
    async with review_stage().run_test(size=WIDE, notifications=True) as pilot:
        await until_shown(pilot, "Agent    您好")
        first = review_of(pilot).judging.past.summary.id
        await pilot.press("s")
        await until_shown(pilot, "Are agent and customer the wrong way round?")
        await pilot.press("escape", "s", "2")
        await until_shown(pilot, "Customer 您好")
        turned = review_of(pilot).judging
        assert turned.past.summary.id != first
        answer = turned.review.state.opened.suggested["greets"].answer
        assert answer != Answer(("yes",)), "the agent has not greeted now"
        await pilot.press("ctrl+r", "2")
        await until_shown(pilot, "Agent    您好")
        assert review_of(pilot).judging.past.summary.id == first


async def test_a_typed_comment_outlives_escape_and_is_asked_about_on_leaving() -> None:
    async with review_stage().run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "Was clear")
        await pilot.press("w", *"ab", "ctrl+j", *"cd", "escape")
        await until_shown(pilot, "Kept, not written yet")
        await pilot.press("escape")
        await until_shown(pilot, "What you typed is not written yet", "“ab")
        await pilot.press("1", "w")
        await until_shown(pilot, "Comment on “Was clear”", "cd")
        await pilot.press("enter")
        await until(pilot, lambda: bool([it for state in states() for it in state.comments]))
        (state,) = states()
        assert [it.text for it in state.comments.values()] == ["ab\ncd"]


@pytest.mark.parametrize(("digit", "left"), [("2", {"question clear": "ab"}), ("3", {})])
async def test_who_leaves_keeps_what_was_typed_or_throws_it_away(
    digit: str, left: dict[str, str]
) -> None:
    async with review_stage().run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "Was clear")
        judging = review_of(pilot).judging
        await pilot.press("w", *"ab", "escape", "escape")
        await until_shown(pilot, "What you typed is not written yet", "Was clear “ab”")
        await pilot.press(digit)
        await until(pilot, lambda: not pilot.app.is_running or pilot.app.return_value == 0)
        assert judging.typed() == left


async def test_a_typed_comment_outlives_the_program() -> None:
    async with review_stage().run_test(size=WIDE, notifications=True) as pilot:
        await until_shown(pilot, "Was clear")
        screen = review_of(pilot)
        await pilot.press("n", "c", "t", "o", "o")
        await until(pilot, lambda: screen.judging.typed() == {"line 24.0 False": "too"})
    assert list(states()) == []
    async with review_stage().run_test(size=WIDE, notifications=True) as pilot:
        await until_shown(pilot, "Was clear", "Typed before and not written yet: 0:24 “too”")
        await pilot.press("n", "c")
        await until_shown(pilot, "Comment at 0:24")
        await pilot.press("space", "l", "o", "u", "d", "enter")
        await until_shown(pilot, "Wang: too loud")
        assert review_of(pilot).judging.typed() == {}
    (state,) = states()
    assert [it.text for it in state.comments.values()] == ["too loud"]


async def test_a_comment_is_written_anew_and_offered_again() -> None:
    make_review(submitted=False)
    async with review_stage().run_test(size=WIDE, notifications=True) as pilot:
        await until_shown(pilot, "Greets first")
        await pilot.press("tab", "tab", "tab", "w")
        await until_shown(pilot, "Change comment 1", "A threat.")
        await write(pilot, " 上门")
        await until_shown(pilot, "Wang: A threat. 上门")
        await pilot.press("c", "f2")
        await until_shown(pilot, "Written before")
        await pilot.press("1", "enter")
        await until(pilot, lambda: len(next(states()).comments) == 2)
        (state,) = states()
        assert [it.text for it in state.comments.values()] == ["A threat. 上门"] * 2


async def test_before_submitting_what_fails_and_what_nobody_saw_is_told() -> None:
    make_review(submitted=False)
    async with review_stage().run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "Greets first")
        await pilot.press("f10")
        failing = "It fails by 4 Threatens: by the call’s suggestion"
        await until_shown(pilot, failing + ", not looked at", "2 answers are the call’s")
        await pilot.press("3")
        await until(pilot, lambda: review_of(pilot).question.id == "threatens")
        await pilot.press("f10")
        await until_shown(pilot, failing + ".", "1 answer is the call’s suggestion")


async def test_an_answer_leads_to_the_next_open_question_where_that_is_wanted() -> None:
    async with review_stage(next_open="true").run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "Was clear")
        await pilot.press("1")
        await until(pilot, lambda: review_of(pilot).question.id == "threatens")
        await pilot.press("tab", "o")
        await until(pilot, lambda: review_of(pilot).question.id == "threatens")


async def test_the_agent_appeals_against_the_whole_review() -> None:
    id = make_review()
    async with review_stage("Li", id).run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "Take note")
        await pilot.press("f10")
        await until_shown(pilot, "Appeal against the whole review")
        await pilot.press("3")
        await until_shown(pilot, "Appeal against the whole review: why?")
        await write(pilot, "All of it.")
        await until_shown(pilot, "Li: All of it.", "under appeal", "Somebody else decides")
    (state,) = states()
    assert state.appeal is not None
    assert state.appeal.questions == ()


async def test_a_submitted_review_is_taken_back_by_who_handed_it_in() -> None:
    id = make_review()
    async with review_stage("Wang", id).run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "submitted", "r Take the review back")
        await pilot.press("r")
        await until_shown(pilot, "Take the review back: why?")
        await write(pilot, "A slip.")
        await until_shown(pilot, "in draft", "Submit")
    (state,) = states()
    assert state.status is Status.DRAFT


async def test_a_flag_that_a_person_calls_wrong_says_so() -> None:
    desk = Desk(place()).reviews
    judging = desk.judge(calls()[0], next(it for it in desk.forms() if it.id == "brief"))
    for id in ("clear", "threatens"):
        judging.do(partial(_deny, id))
    judging.do(lambda it, by, when: it.submit(by=by, when=when))
    assert judging.row is not None
    async with review_stage("Li", judging.row.id).run_test(size=WIDE, notifications=True) as pilot:
        await until_shown(pilot, "critical · Threat «就上门» · not so, says Wang")


async def test_a_flag_that_no_question_asks_about_is_called_wrong_by_one_key() -> None:
    async with review_stage().run_test(size=WIDE, notifications=True) as pilot:
        await until_shown(pilot, "Was clear")
        await pilot.press("end", "d")
        await until_shown(pilot, "recorded · not so, says Wang", "Shift+D says why")
        await pilot.press("d", "up", "d")
        await until_shown(pilot, "Thank the customer · not so, says Wang", "Shift+D says why")
        (state,) = states()
        assert [(it.cue, it.why) for it in state.rejected.values()] == [("courtesy.say_thanks", "")]
        await pilot.press("d")
        await until_shown(pilot, "The flag stands again.")
        (state,) = states()
        assert state.rejected == {}
        await pilot.press("D")
        await until_shown(pilot, "is wrong: why?")
        await write(pilot, "他说了谢谢")
        seen = await until_shown(pilot, "Thank the customer · not so, says Wang")
        assert seen.count("他说了谢谢") == 1
        (state,) = states()
        assert [it.why for it in state.rejected.values()] == ["他说了谢谢"]


@pytest.mark.parametrize("keys", [("n", "d"), ("n", "down", "D")])
async def test_a_flag_that_a_question_asks_about_leads_to_it(keys: tuple[str, ...]) -> None:
    async with review_stage().run_test(size=WIDE, notifications=True) as pilot:
        await until_shown(pilot, "Was clear")
        await pilot.press(*keys)
        await until_shown(pilot, "“Threatens” asks about this flag")
        assert review_of(pilot).question.id == "threatens"
        await pilot.press("1")
        await until_shown(pilot, "Threat «就上门» · not so, says Wang")


async def test_where_no_flag_is_none_is_called_wrong() -> None:
    async with review_stage().run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "Was clear")
        await pilot.press("d")
        await until_shown(pilot, "No flag is here")
        assert list(states()) == []


def _deny(id: str, review: Review, by: str, when: str) -> Sequence[ReviewEvent]:
    return review.answer(id, Answer(("no",)), by=by, when=when)


async def test_a_key_writes_the_report_on_the_call_with_nobodys_name(own_home: Path) -> None:
    make_review()
    async with review_stage().run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "Was clear")
        await pilot.press("f2")
        name = f"callcoach-call-{short(calls()[0])}"
        await until(pilot, (own_home / f"{name}.html").exists)
        await until_shown(pilot, "Written to", "Personal data are masked")
        await pilot.press("ctrl+s")
        await until(pilot, (own_home / f"{name}-2.html").exists)
    page = (own_home / f"{name}.html").read_text(encoding="utf-8")
    assert "Brief form" in page
    assert "王女士" not in page


async def test_a_blind_review_has_no_report_before_it_is_in() -> None:
    desk = Desk(place()).reviews
    form = next(it for it in desk.forms() if it.id == "brief")
    blind = desk.calibrate(calls()[0], form)
    async with review_stage(review=blind).run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "Was clear")
        await pilot.press("f2")
        await until_shown(pilot, "This review is blind")


async def test_steps_are_shown_where_there_is_room_or_when_asked_for() -> None:
    async with review_stage().run_test(size=SMALL, notifications=True) as pilot:
        assert "──" not in await until_shown(pilot, "Was clear", "0:13 Agent")
        await pilot.press("down", "t")
        await until_shown(pilot, "──", "▌ 0:05 Customer")


async def test_the_form_quotes_what_counted_at_the_start_of_its_line() -> None:
    async with review_stage().run_test(size=WIDE, notifications=True) as pilot:
        await until_shown(pilot, "Was clear")
        await pilot.press("tab", "tab")
        await until_shown(pilot, "Threatens", "0:24 Agent: ", "«就上门»")


async def test_help_names_keys_as_keyboards_do_and_explains_the_signs() -> None:
    async with review_stage().run_test(size=(100, 60), notifications=True) as pilot:
        await until_shown(pilot, "Was clear")
        await pilot.press("f1")
        seen = await until_shown(pilot, "1 … 9  0", "Shift+Tab", "⌫", "Signs", "◆", "under appeal")
        assert "[" in seen
        assert not [it for it in ("bracket", "shift+", "backspace", "delete ") if it in seen]


async def test_the_language_is_switched_in_the_middle() -> None:
    async with review_stage().run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "Was clear")
        await pilot.press("n", "f12")
        await until_shown(pilot, "说得清楚", "威胁", "0:24/0:40")


async def test_plain_terminals_get_plain_signs() -> None:
    async with review_stage(plain="true").run_test(size=SMALL, notifications=True) as pilot:
        seen = await until_shown(pilot, "Was clear", "aaa", "ccc")
        assert not set(seen) & set("▀▄█┊▲▌◆○✓✎")


class ScriptedTake:
    """Sound that a test plays: it moves on by a second each time that it is asked."""

    seconds = 40.0

    def __init__(self) -> None:
        self.asked: list[tuple[float, float]] = []
        self.problem: AudioError | None = None
        self._at: float | None = None

    def play(self, at: float, speed: float) -> None:
        self.asked.append((round(at, 1), speed))
        self._at = at

    def at(self) -> float | None:
        if self.problem is not None:
            raise self.problem
        self._at = None if self._at is None else self._at + 1.0
        return self._at

    def stop(self) -> None:
        self._at = None

    def close(self) -> None:
        self.asked.append((-1.0, 0.0))


async def test_a_call_is_heard_from_the_line_on_back_on_and_faster(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    take = ScriptedTake()
    async with review_stage().run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "Was clear")
        monkeypatch.setattr(review_of(pilot).judging.journal, "sound", lambda _call: take)
        await pilot.press("down", "space")
        await until(pilot, lambda: take.asked == [(5.8, 1.0)])
        await until_shown(pilot, "▶1× 0:08/0:40")
        await pilot.press("v")
        await until_shown(pilot, "Speed 1.25×")
        await pilot.press("right")
        await until(pilot, lambda: len(take.asked) == 3)
        (_, _), (at, speed), (further, _) = take.asked
        assert speed == 1.25
        assert further >= at + 5.0
        take.problem = AudioError("what plays sound broke down", "try again")
        await until_shown(pilot, "what plays sound broke down")
        await pilot.press("escape")
    assert take.asked[-1] == (-1.0, 0.0), "it is silent when the screen is left"


async def test_the_words_of_the_evidence_are_heard_and_not_only_their_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    take = ScriptedTake()
    async with review_stage().run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "Was clear")
        monkeypatch.setattr(review_of(pilot).judging.journal, "sound", lambda _call: take)
        await pilot.press("tab", "tab", "enter", "space")
        await until(pilot, lambda: bool(take.asked))
        assert 24.5 < take.asked[0][0] < 29.0, "“上门” is said in the middle of the line"


async def test_sound_that_was_kept_is_found_by_the_call() -> None:
    desk = Desk(place()).reviews
    rough, other = calls()
    folder = recordings_folder(place().journal_path) / rough / "1"
    folder.mkdir(parents=True)
    stretches = (
        Stretch("agent.flac", 0, Speaker.AGENT, 0.5, 16_000, 160_000),
        Stretch("customer.flac", 1, Speaker.CUSTOMER, 2.0, 16_000, 320_000),
    )
    write_record(folder, Kept("flac", stretches, rough, 3.0, "2026-12-01T06:00:00.000Z"))
    sound = desk.sound(rough)
    assert sound is not None
    assert sound.seconds == 25.0
    assert desk.sound(other) is None


async def test_without_kept_sound_the_screen_says_so_and_moves_all_the_same() -> None:
    async with review_stage().run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "Was clear")
        await pilot.press("space")
        await until_shown(pilot, "no audio of this call is kept", "--keep-audio")
        await pilot.press("n", "left")
        await until_shown(pilot, "0:19/0:40")
