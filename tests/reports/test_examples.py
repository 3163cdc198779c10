"""Flags as examples: the words that they rest on, and those that put them right."""

from callcoach.reports.examples import examples_of
from tests.archive.exports import INPUTS, call_of, example
from tests.reports.calls import ENGLISH


def test_what_put_a_flag_right_is_quoted_at_the_line_where_it_was_said() -> None:
    threat, *others = examples_of(call_of(*INPUTS), example(), ENGLISH)
    assert [quoted.words for quoted in threat.quotes] == ["or else"]
    (repair,) = threat.repairs
    assert repair.time == "0:07"
    assert (repair.before + repair.words + repair.after).startswith("I am sorry")
    assert threat.end.startswith("Put right at 0:07")
    assert all(not it.repairs for it in others if it.end == "Left open.")


def test_what_nothing_put_right_has_no_words_for_it() -> None:
    (threat, *_) = examples_of(call_of(INPUTS[0]), example(), ENGLISH)
    assert (threat.repairs, threat.end) == ((), "Left open.")
