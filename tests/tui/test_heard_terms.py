"""Tests of what a promise offers for the facts that are asked for."""

from collections.abc import Sequence
from itertools import starmap

import pytest
from msgspec import structs

from callcoach.call.events import CueHeard, Event, Span
from callcoach.call.inputs import Hear, Input, JumpTo
from callcoach.call.part import Part
from callcoach.script.facts import FactId
from callcoach.script.model import CueId, Speaker, StepId
from callcoach.tui.heard_terms import offered_term
from tests.call.example import Case
from tests.call.moves import agent, customer, jump, tell
from tests.support import Tree, end, step
from tests.tui.stage import call_of, call_stage, until, until_shown

WIDE = (120, 40)
DAY = {"type": "date", "day": "ahead"}
PARTS: Tree = {
    "facts": {
        "due": {"type": "money", "title": "Due", "given": "yes"},
        "income": {"type": "money", "title": "Income"},
        "born": {"type": "date", "title": "Born"},
        "part": {"type": "money", "most": "due", "title": "Part"},
        "part_day": {"title": "Part on", **DAY},
        "rest_day": {"title": "Rest on", **DAY},
    },
    "steps": {
        "hello": step("Hello.", on="deal"),
        "deal": step("Deal.", on="bye") | {"asks": ["part", "part_day", "rest_day"]},
        "bye": end("Bye."),
    },
    "cues": {},
}
ONE, TWO, NONE = ("300", "2026-12-04"), ("980.50 CNY", "2026-12-18"), ("", "at some time")


def offers(
    promised: Sequence[tuple[str, str]],
    told: Sequence[tuple[str, str]] = (),
    counts: bool = True,
    parts: Sequence[tuple[str, str]] = (),
) -> dict[str, str]:
    """Return what is offered for each fact after promises of amounts and days, in this order.

    The last of them is made in `parts`.
    """
    words = [(float(n), customer(f"promise {n}")) for n in range(1, len(promised) + 1)]
    facts = [(50.0, tell(fact, value)) for fact, value in told]
    call = Case("", PARTS, [*words, (40.0, jump("deal")), *facts], []).play()
    script = call.session.coach.script
    events: list[Event] = [
        CueHeard(
            seq=100,
            at=said.at,
            cue=CueId("example.promise"),
            span=Span(said.seq, 0, 7),
            phrase="promise",
            counts=counts,
            amount=amount,
            day=day,
        )
        for said, (amount, day) in zip(call.session.transcript, promised, strict=True)
    ]
    if parts:
        events[-1] = structs.replace(events[-1], parts=tuple(starmap(Part, parts)))
    found = {
        id.partition(".")[2]: offered_term(fact, call.session, events)
        for id, fact in script.facts.items()
    }
    return {id: term.value for id, term in found.items() if term is not None}


@pytest.mark.parametrize(
    ("promised", "told", "wanted"),
    [
        ([], [], {}),
        ([NONE], [], {}),
        ([ONE], [], {"part": "300 CNY", "part_day": "2026-12-04"}),
        (
            [ONE, TWO],
            [],
            {"part": "980.50 CNY", "part_day": "2026-12-04", "rest_day": "2026-12-18"},
        ),
        (
            [ONE, TWO],
            [("part_day", "2026-12-04")],
            {"part": "980.50 CNY", "rest_day": "2026-12-18"},
        ),
        (
            [ONE, TWO, ONE],
            [],
            {"part": "300 CNY", "part_day": "2026-12-18", "rest_day": "2026-12-04"},
        ),
        ([ONE], [("part", "300"), ("part_day", "2026-12-04")], {}),
    ],
)
def test_the_latest_promises_are_offered_for_what_is_asked(
    promised: Sequence[tuple[str, str]],
    told: Sequence[tuple[str, str]],
    wanted: dict[str, str],
) -> None:
    assert offers(promised, told) == wanted


@pytest.mark.parametrize(
    ("parts", "told", "wanted"),
    [
        (
            [ONE, TWO],
            [],
            {"part": "300 CNY", "part_day": "2026-12-04", "rest_day": "2026-12-18"},
        ),
        (
            [ONE, TWO],
            [("part", "300"), ("part_day", "2026-12-04")],
            {"rest_day": "2026-12-18"},
        ),
        ([ONE, ("200", "2026-12-11"), TWO], [], {"part": "300 CNY", "part_day": "2026-12-04",
                                                 "rest_day": "2026-12-11"}),
        ([ONE, ("200", "at some time")], [], {"part": "300 CNY"}),
    ],
)  # fmt: skip
def test_of_a_promise_in_parts_the_first_are_offered_in_their_order(
    parts: Sequence[tuple[str, str]],
    told: Sequence[tuple[str, str]],
    wanted: dict[str, str],
) -> None:
    assert offers([parts[0]], told, parts=parts) == wanted


def test_what_does_not_count_is_no_promise() -> None:
    assert offers([ONE], counts=False) == {}


AGREED: Tree = {
    "facts": {
        "times": {"type": "number", "title": "Number of instalments"},
        "age": {"type": "number", "title": "Age"},
        "first_day": {"title": "First on", **DAY},
    },
    "steps": {
        "hello": step("Hello.", on="offer"),
        "offer": step("Offer.", on="deal"),
        "deal": step("Deal.", on="bye") | {"asks": ["times", "age", "first_day"]},
        "bye": end("Bye."),
    },
    "cues": {},
}


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ([customer("Three instalments, from the tenth of December.")], ("3", "2026-12-10")),
        ([customer("Three."), customer("Well, make it 4 instalments.")], ("4", None)),
        ([agent("So three instalments, the first on December 10?")], ("3", None)),
        ([agent("Three instalments or six instalments?")], (None, None)),
        ([agent("Three instalments or six instalments?"), customer("Six.")], (None, None)),
        ([customer("Some day next month.")], (None, None)),
    ],
)
def test_what_was_counted_or_named_near_the_question_is_offered(
    said: Sequence[Input], wanted: tuple[str | None, str | None]
) -> None:
    before = [(1.0, agent("Two instalments are overdue.")), (2.0, customer("Not on December 24."))]
    words = [(20.0 + n, one) for n, one in enumerate(said)]
    moves: list[tuple[float, Input]] = [
        *before,
        (10.0, jump("offer")),
        *words,
        (40.0, jump("deal")),
    ]
    call = Case("", AGREED, moves, []).play()
    facts = call.session.coach.script.facts
    found = {
        id.partition(".")[2]: offered_term(it, call.session, call.events)
        for id, it in facts.items()
    }
    assert found.pop("age") is None
    assert tuple(it and it.value for it in found.values()) == wanted
    assert all(it is None or not it.is_promised for it in found.values())


def test_no_step_that_asks_no_number_named() -> None:
    call = Case("", AGREED, [(1.0, customer("Three instalments."))], []).play()
    facts = call.session.coach.script.facts.values()
    assert not any(offered_term(it, call.session, call.events) for it in facts)


async def test_a_promise_stands_in_the_form_with_its_words_until_the_agent_confirms() -> None:
    async with call_stage().run_test(size=WIDE, notifications=True) as pilot:
        screen = call_of(pilot)
        screen.feed(JumpTo(StepId("overdue.part_payment")))
        words = "I will pay three hundred tomorrow."
        screen.feed(Hear(Speaker.CUSTOMER, words, 61.0, 63.0), 63.0)
        await pilot.press("f5")
        await until_shown(pilot, "Paid in part", "Promised at 1:01", "three hundred", "300 CNY")
        part = FactId("overdue.part_amount")
        assert part not in screen.session.state.facts
        await pilot.press("enter")
        await until(pilot, lambda: part in screen.session.state.facts)
        await until_shown(pilot, "Part payment on", "Promised at 1:01", "Enter takes it")


async def test_what_the_call_named_fills_in_the_instalments_one_after_another() -> None:
    async with call_stage().run_test(size=WIDE, notifications=True) as pilot:
        screen = call_of(pilot)
        screen.feed(JumpTo(StepId("overdue.instalments")))
        words = "I will pay it in three instalments of 426.8 each, from the tenth of December."
        screen.feed(Hear(Speaker.CUSTOMER, words, 61.0, 65.0), 65.0)
        await pilot.press("f5")
        await until_shown(pilot, "Number of instalments", "Named at 1:01", "«three instalments»")
        await pilot.press("enter")
        await until_shown(pilot, "Amount of each", "426.80 CNY")
        await pilot.press("enter")
        await until_shown(pilot, "First payment on", "-12-10")
        await pilot.press("enter")
        names = ("instalment_count", "instalment_amount", "first_day")
        wanted = {FactId(f"overdue.{name}") for name in names}
        await until(pilot, lambda: wanted <= set(screen.session.state.facts))
