"""A closed exit says which facts it waits for, on the screen and in line mode."""

from collections.abc import Mapping, Sequence

import pytest

from callcoach.call.inputs import TellFact
from callcoach.call.wanting import wanted_facts
from callcoach.cli.lines.narrate import Narrator
from callcoach.locale import Messages
from callcoach.script.facts import FactId
from callcoach.tui.draw import draw_exits
from callcoach.tui.look import Look
from callcoach.tui.signs import signs
from tests.sessions import coach, start
from tests.support import end, minimal, step

NO = {"type": "yes_no"}


def waiting(when: str, told: Sequence[tuple[str, str]]) -> tuple[list[str], str, str]:
    """Return what an exit waits for, and how both interfaces tell it."""
    exits: dict[str, str | Mapping[str, object]] = {
        "on": {"label": "Go on", "to": "bye", "when": when},
        "off": "bye",
    }
    guide = coach(
        minimal(
            facts={"paid": NO | {"title": "Has paid"}, "sum": {"type": "number", "title": "Sum"}},
            steps={"hello": step("Hello.", **exits), "bye": end("Bye.")},
        )
    )
    session, _ = start(guide, "en")
    for fact, value in told:
        session.feed(TellFact(FactId(f"example.{fact}"), value), 1.0)
    messages = Messages("en")
    look = Look(messages, signs(is_plain=False))
    way = next(it for it in session.ways() if it.exit.id == "on")
    line = next(it for it in Narrator(session, messages).where() if "Go on" in it)
    piece = next(it for it in draw_exits(session, look) if it.body == "Go on")
    return list(wanted_facts(way.exit, session.state.facts)), line.strip(), piece.tail


@pytest.mark.parametrize(
    ("when", "told", "wanted", "line", "tail"),
    [
        ("paid", [], ["paid"], "- Go on (needs: Has paid)", "needs: Has paid"),
        ("paid", [("paid", "no")], [], "- Go on (not open)", "closed"),
        ("paid", [("paid", "yes")], [], "1 Go on", ""),
        ("not paid", [("paid", "yes")], [], "- Go on (not open)", "closed"),
        (
            "sum > 5 and paid",
            [],
            ["sum", "paid"],
            "- Go on (needs: Sum, Has paid)",
            "needs: Sum, Has paid",
        ),
        ("sum > 5 and paid", [("sum", "9")], ["paid"], "- Go on (needs: Has paid)",
         "needs: Has paid"),
        ("sum > 5 or paid", [], [], "- Go on (not open)", "closed"),
    ],
)  # fmt: skip
def test_a_closed_exit_says_which_facts_it_waits_for(
    when: str, told: list[tuple[str, str]], wanted: list[str], line: str, tail: str
) -> None:
    assert waiting(when, told) == ([f"example.{id}" for id in wanted], line, tail)
