"""The grammar prefers what was said and forbids nothing."""

import math

from hypothesis import given
from hypothesis import strategies as st

from models.tiny.fst import EPSILON, Fst
from models.tiny.grammar import UNKNOWN, bigram
from models.tiny.graph import word_numbers

_NUMBERS = word_numbers(("pay", "today", "i", "can"))
_SAID = [("i", "can", "pay"), ("i", "can", "pay", "today"), ("pay", "today")] * 4
_sentences = st.lists(st.lists(st.sampled_from(sorted(_NUMBERS)), max_size=6).map(tuple))


def cost(fst: Fst, words: tuple[str, ...]) -> float:
    """Return the cost of the cheapest way through a grammar for a sentence."""
    at = _with_backoff(fst, {0: 0.0})
    for word in words:
        after: dict[int, float] = {}
        for state, so_far in at.items():
            for arc in fst.arcs[state]:
                if arc.input == _NUMBERS[word]:
                    after[arc.to] = min(after.get(arc.to, math.inf), so_far + arc.cost)
        at = _with_backoff(fst, after)
    return min(so_far + fst.final.get(state, math.inf) for state, so_far in at.items())


def _with_backoff(fst: Fst, at: dict[int, float]) -> dict[int, float]:
    reached = dict(at)
    for state, so_far in at.items():
        for arc in fst.arcs[state]:
            if arc.input == EPSILON:
                reached[arc.to] = min(reached.get(arc.to, math.inf), so_far + arc.cost)
    return reached


@given(_sentences, st.lists(st.sampled_from(sorted(_NUMBERS)), max_size=6).map(tuple))
def test_any_order_of_words_is_possible(
    said: list[tuple[str, ...]], words: tuple[str, ...]
) -> None:
    assert cost(bigram([*_SAID, *said], _NUMBERS), words) < math.inf


@given(_sentences, st.integers(1, 3))
def test_no_state_gives_away_more_than_everything(said: list[tuple[str, ...]], rarest: int) -> None:
    fst = bigram([*_SAID, *said], _NUMBERS, rarest)
    for state, arcs in enumerate(fst.arcs):
        total = sum(math.exp(-arc.cost) for arc in arcs if arc.input != EPSILON)
        total += math.exp(-fst.final.get(state, math.inf))
        assert total <= 1 + 1e-9 + sum(math.exp(-arc.cost) for arc in arcs if arc.input == EPSILON)
        assert total > 0 or arcs


def test_what_was_said_is_cheaper_than_what_was_not() -> None:
    fst = bigram(_SAID, _NUMBERS)
    assert cost(fst, ("i", "can", "pay")) < cost(fst, ("can", "i", "pay"))
    assert cost(fst, ("pay", "today")) < cost(fst, ("pay", UNKNOWN))


def test_arcs_cost_something_and_go_to_states_there_are() -> None:
    arcs = [arc for arcs in bigram(_SAID, _NUMBERS).arcs for arc in arcs]
    assert all(arc.cost >= 0 for arc in arcs)
    assert {arc.to for arc in arcs} <= set(range(len(_NUMBERS) + 2))
