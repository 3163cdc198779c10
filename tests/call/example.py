"""A small script that the tables of flags are about; each case adds the cues it needs."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from callcoach.call.coach import Coach
from callcoach.call.inputs import Input
from tests.call.moves import flag_log
from tests.sessions import Call, coach, play
from tests.support import Tree, dump, end, minimal, step

LATE: Tree = {
    "title": "Late",
    "say": {"of_course": "Of course."},
    "heard": "not now",
    "exits": {
        "back": {"label": "Back", "back": "yes"},
        "away": {"label": "Away", "to": "bye"},
        "angry": {"label": "Angry", "to": "angry"},
    },
}
ANGRY: Tree = {
    "title": "Angry",
    "say": {"calm": "I hear you."},
    "exits": {"back": {"label": "Back", "back": "yes"}},
}
RUDE: Tree = {
    "title": "Rude",
    "say": {"so_sorry": "I am so sorry."},
    "exits": {
        "back": {"label": "Back", "back": "yes"},
        "away": {"label": "Away", "to": "bye"},
    },
}
OUTCOMES: Tree = {
    "done": {"code": "DONE", "title": "Done"},
    "sold": {"code": "SOLD", "title": "Sold"},
    "hung_up": {"code": "HUNG", "title": "Hung up", "early": "yes"},
}


def example(**sections: object) -> dict[str, object]:
    """Return a pack: `hello` leads to `deal`, `deal` to `bye` and back; three objections."""
    tree = minimal(
        steps={
            "hello": step("Hello.", on="deal", skip="bye"),
            "deal": step("Deal.", on="bye", again="hello", more={"stay": "yes", "optional": "yes"}),
            "bye": end("Bye."),
        },
        objections={"late": LATE, "angry": ANGRY, "rude": RUDE},
        outcomes=OUTCOMES,
    )
    return tree | sections


def waiving(*cues: str) -> dict[str, object]:
    """Return the steps of the example, where `skip` waives some cues."""
    hello = step("Hello.", on="deal", skip={"to": "bye", "waives": list(cues)})
    deal = step("Deal.", on="bye", again="hello")
    return {"hello": hello, "deal": deal, "bye": end("Bye.")}


@dataclass(frozen=True, slots=True)
class Case:
    """A small call and what is to become of its flags."""

    claim: str
    parts: Tree
    """Sections of the pack beside those of the example."""
    inputs: Iterable[tuple[float, Input]]
    flags: list[str]
    """See `moves.flag_log`."""

    def play(self) -> Call:
        """Return the call."""
        return play(_coach(dump(example(**self.parts))), *self.inputs)

    def log(self) -> list[str]:
        """Return what becomes of flags in the call."""
        return flag_log(self.play().events)


@cache
def _coach(source: str) -> Coach:
    return coach(source)
