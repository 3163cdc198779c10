"""Reviewed calls of a team that thanks in its own words."""

from collections.abc import Sequence
from random import Random

from callcoach.call.evaluate.gold import LabelledCall, Mark, Utterance
from callcoach.script.model import Script, Speaker
from tests.support import minimal, script_of

_USUAL = ("thank you very much", "thanks for that", "many thanks, we are done")
_OWN = ("much obliged", "we are much obliged to you", "I am much obliged, goodbye")
_NEITHER = (
    "what happened",
    "I will check the account",
    "the third of May",
    "we can wait until then",
    "who is speaking",
    "that would be fine with us",
    "no thanks to the bank",
)
SCOPE = frozenset((Mark("thanks", Speaker.AGENT), Mark("thanks", Speaker.CUSTOMER)))


def team_script(*phrases: str) -> Script:
    """Return a script whose rule `thanks` knows these phrases, by default the usual ones."""
    rule = {"labels": "thanks", "heard": list(phrases or ("(thank you|thanks)",))}
    return script_of(minimal(rules={"thanks": rule, "bye": {"heard": "goodbye"}}))


def team_calls(count: int = 60, *, own: bool = True) -> Sequence[LabelledCall]:
    """Return calls in which every agent thanks once, half of them in the team's own words."""
    random = Random(5)
    made: list[LabelledCall] = []
    for number in range(count):
        said = [(random.choice(_NEITHER), False) for _ in range(random.randint(4, 8))]
        words = random.choice(_OWN if own and number % 2 else _USUAL)
        said.insert(random.randint(0, len(said)), (words, True))
        utterances = tuple(
            Utterance(
                (Speaker.AGENT, Speaker.CUSTOMER)[place % 2],
                text,
                float(place),
                place + 0.9,
                frozenset(("thanks",)) if is_thanks else frozenset(),
            )
            for place, (text, is_thanks) in enumerate(said)
        )
        made.append(LabelledCall(f"c{number}", "team", "en", utterances, SCOPE))
    return made
