"""What is open waits for what decides it, and is not asked at every utterance of a long call."""

from collections.abc import Iterable
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from callcoach.call.rules.listener import Listener, RuleHit
from callcoach.call.rules.making import Ready
from callcoach.call.rules.talk import ASLEEP, OPEN, Found, Talk, Verdict
from callcoach.script.rules import RuleId
from tests.call.rules.calls import ruleset, said

WAITING = dict[str, object](
    bye={"any": [{"rule": "late"}, {"en": ["goodbye"]}]},
    late={"en": ["see you"], "window": "last 3 turns"},
    answer={
        "all": [{"attribute": "language", "is": "en"}, {"not": {"en": ["pay"]}}],
        "window": "last 2 turns",
        "after": {"rule": "bye", "within": "1 turn"},
    },
    parting={"any": [{"rule": "bye"}, {"rule": "answer"}]},
    business={"en": ["pay"], "not_after": {"rule": "parting", "within": "2 utterances"}},
    stays={"en": ["well"], "unless": {"rule": "parting"}},
    far={"en": ["pay"], "after": {"rule": "late"}},
    ahead={"en": ["well"], "before": {"rule": "parting", "within": "3 turns"}},
    quiet={"all": [{"en": ["well"]}, {"not": {"rule": "ahead"}}]},
)
RULES = ruleset(
    **WAITING,
    near={"near": [{"rule": "late"}, {"en": ["well"]}], "distance": "2 utterances"},
    loose={"any": [{"rule": "near"}, {"rule": "ahead"}]},
    mixed={
        "any": [
            {"near": [{"rule": "ahead"}, {"en": ["see you"]}], "distance": "2 utterances"},
            {"rule": "late"},
        ]
    },
)
"""With words near others, which are asked for at every utterance while they are open."""
WORDS = ("see you", "goodbye", "well", "pay", "so", "well see you", "pay goodbye")
LINES = st.lists(st.tuples(st.sampled_from("AC"), st.sampled_from(WORDS)), max_size=14)


def heard(lines: Iterable[tuple[str, str]], turned: int) -> list[tuple[RuleHit, ...]]:
    """Return the hits of each utterance and of the end; the language changes on the way."""
    known = {"language": "en"}
    listener = Listener(RULES, known)
    found: list[tuple[RuleHit, ...]] = []
    for at, one in enumerate(said(*(f"{who}: {words}" for who, words in lines))):
        if at == turned:
            known["language"] = "zh"
        elif at == turned + 2:
            known["language"] = "en"
        listener.peek(one)
        found.append(listener.hear(one))
    return [*found, listener.end({})]


_leave_open = Talk.leave_open


def _never_waits(talk: Talk, rule: RuleId, index: int, verdict: Verdict) -> None:
    """Take note of what is open as something to ask for whatever is said next."""
    _leave_open(talk, rule, index, verdict if verdict is ASLEEP else OPEN)


@given(LINES, st.integers(0, 14))
@example([("AC"[at % 2], "so" if at else "well") for at in range(8)], 14)
def test_the_same_holds_at_the_same_time_as_if_everything_open_were_always_asked(
    lines: list[tuple[str, str]], turned: int
) -> None:
    found = heard(lines, turned)
    with patch.object(Talk, "leave_open", _never_waits):
        assert heard(lines, turned) == found


def asked_lately(count: int, patcher: pytest.MonkeyPatch) -> int:
    """Return how often rules are asked in the last 50 utterances of so many."""
    asked = 0
    judge = Listener._judge_one  # noqa: SLF001 - how often it is asked shows nowhere else

    def counted(listener: Listener, ready: Ready, index: int) -> Iterable[Found]:
        nonlocal asked
        asked += 1
        return judge(listener, ready, index)

    listener = Listener(ruleset(**WAITING), {"language": "en"})
    lines = said(*[f"{'AC'[at % 2]}: {('see you', 'so', 'so')[at % 3]}" for at in range(count)])
    for one in lines[:-50]:
        listener.hear(one)
    with patcher.context() as patched:
        patched.setattr(Listener, "_judge_one", counted)
        for one in lines[-50:]:
            listener.hear(one)
    return asked


def test_a_long_call_asks_no_more_at_an_utterance_than_a_short_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    few, many = asked_lately(150, monkeypatch), asked_lately(900, monkeypatch)
    assert few == many > 0
