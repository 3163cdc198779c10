"""Tests of what a call came to: each thing that went wrong is one flag."""

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from callcoach.call.events import Event, FlagRaised
from callcoach.call.inputs import Input, Pass
from callcoach.call.summary import evidence, flag_stories
from callcoach.script.model import FlagKind
from tests.call.example import Case
from tests.call.moves import agent, cue, tick

NAME = {"cues": {"name": cue("name", in_="call", within="30s of call")}}


def told(events: Sequence[Event]) -> list[str]:
    """Return the flags of a call in short."""
    return [
        f"{it.raised.what} {it.raised.at:g}: {it.cleared.by if it.cleared else 'open'}"
        for it in flag_stories(events)
    ]


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ((40.0, agent("name")), ["late 40: open"]),
        ((40.0, Pass()), ["missing 30: open"]),
        ((40.0, agent("name", 29.0, 31.0)), []),
        ((40.0, tick("name")), ["missing 30: ticked"]),
    ],
)
def test_what_was_missing_until_it_was_said_too_late_is_one_flag(
    given: tuple[float, Input], wanted: list[str]
) -> None:
    assert told(Case("", NAME, [(35.0, Pass()), given], []).play().events) == wanted


def test_what_may_have_been_said_unheard_may_have_been_said_in_time() -> None:
    late = Case("", NAME, [(40.0, agent("name"))], []).play().events
    deaf = [
        replace(it, is_unheard=True)
        if isinstance(it, FlagRaised) and it.what is FlagKind.MISSING
        else it
        for it in late
    ]
    assert told(deaf) == ["late 40: open"]
    assert [it.raised.is_unheard for it in flag_stories(deaf)] == [True]
    assert [it.raised.is_unheard for it in flag_stories(late)] == [False]


def test_a_long_line_is_shown_around_the_words_that_count_not_others_like_them() -> None:
    between = "And so it went on and on. " * 8
    long = f"  The idiotic form came back. {between}You idiot, pay! {'x ' * 80}"
    avoid = {"avoid": {"idiot": cue("idiot")}}
    call = Case("", avoid, [(40.0, agent(long))], []).play()
    (story,) = flag_stories(call.events)
    (shown,) = evidence(call.session.transcript, story)
    assert shown.words == "idiot"
    assert "You idiot, pay!" in shown.excerpt
    assert "idiotic" not in shown.excerpt
    assert shown.excerpt.startswith("…")
    assert shown.excerpt.endswith("…")
