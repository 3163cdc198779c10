"""Where something is in a call: the start of its line, and its words within it."""

from hypothesis import given
from hypothesis import strategies as st

from callcoach.call.events import Heard, Span
from callcoach.call.places import lines_of, quote, start_of
from callcoach.script.model import Speaker


def said(text: str, seq: int = 1, start: float = 75.0) -> Heard:
    return Heard(
        seq=seq, at=start + 5.0, speaker=Speaker.AGENT, text=text, start=start, end=start + 5.0
    )


def test_a_place_is_told_by_the_start_of_its_line() -> None:
    lines = lines_of([said("您好", 1, 2.0), said("再见", 4, 9.0)])
    assert start_of(14.0, (Span(4, 0, 1),), lines) == 9.0
    assert start_of(14.0, (Span(4, 0, 1), Span(1, 0, 1)), lines) == 2.0
    assert start_of(14.0, (None,), lines) == 14.0
    assert start_of(14.0, (Span(3, 0, 1),), lines) == 14.0


def test_words_that_count_are_quoted_with_what_is_around_them() -> None:
    one = said("再不还我们就上门去找你单位")
    assert quote(one, (Span(1, 6, 8),)) == "再不还我们就«上门»去找你单位"
    assert quote(one, (Span(1, 6, 8), Span(1, 7, 9)), 2) == "…们就«上门去»找你…"
    several = (Span(1, 0, 1), Span(1, 3, 5), Span(2, 0, 9))
    assert quote(one, several) == "«再»不还«我们»就上门去找你单位"


@given(st.text(min_size=1, max_size=40), st.data())
def test_a_quote_marks_its_words_whatever_they_are(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    told = quote(said(text), (Span(1, start, end),))
    assert told.count("«") == text.count("«") + 1
    assert "\n" not in told
