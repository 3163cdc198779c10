"""The main way through a script: what every call to its farthest end must pass."""

import pytest

from callcoach.reports.funnel import main_way
from callcoach.script.model import local
from tests.support import MINIMAL, Tree, end, minimal, script_of, shipped, step


def stages(text: str | Tree) -> list[str]:
    return [local(id) for id in main_way(script_of(text))]


def test_the_smallest_script_has_two_stages() -> None:
    assert stages(MINIMAL) == ["hello", "bye"]


def test_what_can_be_passed_by_is_no_stage() -> None:
    steps = {
        "hello": step("Hello.", on="ask", skip="deal"),
        "ask": step("Ask.", on="deal"),
        "deal": step("Deal.", on="close", no="bye"),
        "close": end("Closed."),
        "bye": end("Bye."),
    }
    assert stages(minimal(steps=steps)) == ["hello", "deal", "close"]


def test_a_loop_ends() -> None:
    steps = {
        "hello": step("Hello.", on="ask"),
        "ask": step("Ask.", again="hello", on="bye"),
        "bye": end("Bye."),
    }
    assert stages(minimal(steps=steps)) == ["hello", "ask", "bye"]


@pytest.mark.parametrize("pack", shipped().names())
def test_every_shipped_script_has_a_main_way_from_its_start_to_an_end(pack: str) -> None:
    script = shipped().load(pack).script
    assert script is not None
    way = main_way(script)
    if script.start is None:
        assert way == ()
        return
    assert way[0] == script.start
    assert script.steps[way[-1]].is_end
    assert len(set(way)) == len(way)


def test_the_call_about_an_instalment_leads_from_the_greeting_to_the_written_confirmation() -> None:
    script = shipped().load("overdue").script
    assert script is not None
    way = [local(id) for id in main_way(script)]
    assert way[:2] == ["greeting", "notice"]
    assert way.index("identity") < way.index("purpose") < way.index("written")
