"""Events of reviews: kept through change of program, and damage is told."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from callcoach.review.events import (
    Answered,
    Commented,
    UnknownReview,
    decode,
    encode,
    kind_of,
    mark_of,
    version_of,
)
from tests.review.forms import NO, WHEN, YES, submitted


def test_an_event_of_a_newer_program_is_kept_byte_for_byte() -> None:
    body = b'{"kind":"praised","seq":4,"by":"Wang","when":"2026-12-01T06:00:00Z","stars":5}'
    event = decode("praised", 1, body)
    assert isinstance(event, UnknownReview)
    assert (encode(event), kind_of(event), version_of(event)) == (body, "praised", 1)


def test_an_older_version_is_lifted() -> None:
    body = b'{"kind":"answered","seq":1,"by":"W","when":"x","asked":"names","answer":{}}'
    lift = {("answered", 0): lambda raw: raw | {"question": raw["asked"]}}
    event = decode("answered", 0, body, lift)
    assert isinstance(event, Answered)
    assert event.question == "names"


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"seq":1}', b"\xff", b"[" * 100_000])
@pytest.mark.parametrize("kind", ["answered", "praised"])
def test_what_is_no_event_is_told(kind: str, body: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        decode(kind, 1, body)


@given(st.text(), st.none() | st.floats(0, 1e6), st.booleans())
def test_a_comment_comes_back_as_it_was(text: str, start: float | None, coaching: bool) -> None:
    event = Commented(
        seq=1, by="W", when=WHEN, comment=1, text=text, start=start, is_coaching=coaching
    )
    assert decode(kind_of(event), version_of(event), encode(event)) == event


def test_half_a_surrogate_pair_is_kept_as_a_sign() -> None:
    event = Commented(seq=1, by="Wang", when=WHEN, comment=1, text="caf\udce9.")
    assert decode("commented", 1, encode(event)) == replace(event, text="caf?.")


def test_a_mark_keeps_the_figures_of_a_score() -> None:
    mark = mark_of(submitted(names=NO).score)
    assert mark.percent == 50.0
    assert mark.questions == {"greets": (1.0, 1.0), "names": (0.0, 1.0)}
    assert mark_of(submitted(names=YES).score).percent == 100.0
