"""callcoach review sample and queue: calls chosen by seed, kept, and gone through."""

import pytest

from tests.cli.home import Home
from tests.cli.review.test_commands import FORM


@pytest.fixture
def calls(home: Home) -> Home:
    """Return a home with three calls: two of Li, one of Bo."""
    home.write("mine.yaml", FORM)
    for agent in ("Li", "Li", "Bo"):
        home.environment["CALLCOACH_AGENT"] = agent
        home.make_call()
    del home.environment["CALLCOACH_AGENT"]
    return home


def test_the_same_seed_gives_the_same_sample(calls: Home) -> None:
    first, second = (
        calls.run("review", "sample", "--count", "2", "--seed", "7", "--json").json
        for _ in range(2)
    )
    assert first == second
    assert (len(first["calls"]), first["of"], first["seed"]) == (2, 3, 7)
    each = calls.run("review", "sample", "--each", "1", "--by", "agent", "--json").json["calls"]
    assert sorted(call["agent"] for call in each) == ["Bo", "Li"]
    words = ("review", "sample", "--percent", "100", "--only-agent", "Bo")
    head, row = calls.run(*words).out.splitlines()
    assert head.split() == ["Call", "Day", "Risk", "Agent", "Outcome"]
    assert row.endswith("Bo           Customer hung up")


def test_calls_are_chosen_by_what_people_call_things(calls: Home) -> None:
    for words in (
        ("--outcome", "Customer hung up"),
        ("--outcome", "客户挂断"),
        ("--of-pack", "电话礼仪"),
    ):
        assert calls.run("review", "sample", "--count", "3", *words, "--json").json["of"] == 3


def test_groups_of_which_none_was_drawn_are_told(calls: Home) -> None:
    told = calls.run("review", "sample", "--count", "1", "--by", "agent").err
    assert "none drawn of Bo: " in told
    assert "--each" in told
    words = ("review", "sample", "--count", "1", "--by", "pack", "--by", "agent", "--by", "outcome")
    assert "none drawn of Courtesy on the phone · Bo · Customer hung up: " in calls.run(*words).err
    assert "none drawn" not in calls.run("review", "sample", "--each", "1", "--by", "agent").err


SLIPS: list[tuple[tuple[str, ...], str]] = [
    ((), "name one of them"),
    (("--percent", "5", "--count", "1"), "name one of them"),
    (("--count", "0"), "above 0"),
    (("--count", "1", "--since", "soon"), "2026-12-01"),
    (("--count", "1", "--flag", "critcal"), "did you mean critical"),
    (("--count", "1", "--save", " "), "--save NAME"),
    (("--percent", "500"), "write 100 or less"),
    (("--percent", "nan"), "it takes a number"),
    (("--count", "1", "--only-agent", "Lu"), "there are Bo, Li"),
    (("--count", "1", "--outcome", "nope"), "no call has the outcome “nope”"),
    (("--count", "1", "--of-pack", "curtesy"), "did you mean courtesy"),
    (("--count", "1", "--mode", "pratice"), "did you mean practice"),
    (("--count", "1", "--agent", "Li"), "--only-agent chooses calls"),
    (("--count", "1", "--pack", "courtesy"), "--of-pack chooses calls"),
    (("--count", "1", "--since", "2026-12-01", "--until", "2026-11-01"), "exchange --since"),
]


def test_a_slip_is_told_with_a_remedy(calls: Home) -> None:
    for words, told in SLIPS:
        made = calls.run("review", "sample", *words)
        assert made.code == 2
        assert told in made.err


def test_a_queue_is_gone_through_call_by_call(calls: Home) -> None:
    def after(person: str) -> tuple[int, str]:
        words = ("review", "queue", "next", "week", "--form", "mine.yaml", "--as", person, "--json")
        made = calls.run(*words)
        return made.code, made.json["id"] if made.json else ""

    assert calls.run("review", "queue", "list").out == ""
    assert calls.run("review", "sample", "--count", "2", "--seed", "7", "--save", "week").code == 0
    assert calls.run("review", "sample", "--count", "2", "--save", "week").code == 3
    code, first = after("Wang")
    assert (code, after("Wang")[1]) == (0, first)
    calls.run("review", "answer", first, "clear", "yes", "--as", "Wang")
    assert calls.run("review", "submit", first, "--as", "Wang").code == 0
    code, second = after("Wang")
    assert (code, second != first) == (0, True)
    calls.run("review", "answer", second, "clear", "--skip", "--as", "Wang")
    calls.run("review", "submit", second, "--as", "Wang")
    assert after("Wang") == (1, "")
    assert after("Bo") == (1, ""), "one is his own, the other is Wang's"
    assert after("Chen") == (1, ""), "both are Wang's"
    words = ("review", "queue", "next", "week", "--form", "mine.yaml", "--as", "Chen", "--also")
    assert calls.run(*words).code == 0
    shown = calls.run("review", "queue", "show", "week", "--json").json
    assert [len(call["reviews"]) for call in shown["calls"]] == [2, 1]
    rows = calls.run("review", "queue", "show", "week", language="zh").out.splitlines()
    ids = {call["call"][-8:] for call in shown["calls"]}
    assert {row.split()[0] for row in rows} == ids
    assert all({"Li", "Bo"} & set(row.split()) and "客户挂断" in row for row in rows)
    assert all("Wang · 已提交" in row for row in rows)
    assert calls.run("review", "queue", "list", "--json").json[0]["chosen"]["seed"] == 7
    assert "week" in calls.run("review", "queue", "list").out
