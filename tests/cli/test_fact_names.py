"""Facts are named by their ids, or by what they are called in either language."""

import pytest

from callcoach.cli.fact_names import fact_named, no_such_fact
from callcoach.errors import FactError
from tests.cli.home import Home
from tests.sessions import shipped_coach

SCRIPT = shipped_coach("overdue").script


@pytest.mark.parametrize(
    ("name", "fact"),
    [
        ("amount_due", "overdue.amount_due"),
        ("overdue.amount_due", "overdue.amount_due"),
        ("agent_name", "courtesy.agent_name"),
        ("应还金额", "overdue.amount_due"),
        ("amount Due", "overdue.amount_due"),
        ("应还", None),
        ("nope", None),
    ],
)
def test_a_fact_goes_by_its_id_and_by_its_titles(name: str, fact: str | None) -> None:
    assert fact_named(SCRIPT, name) == fact


@pytest.mark.parametrize(
    ("name", "hint"), [("amount_du", "amount_due?"), ("应还金", "应还金额?"), ("期", "期数?")]
)
def test_a_slip_is_told_with_what_is_nearest(name: str, hint: str) -> None:
    error = no_such_fact(SCRIPT, name)
    assert isinstance(error, FactError)
    assert error.hint == f"did you mean {hint}"


def test_of_what_resembles_nothing_every_fact_is_told_once() -> None:
    names = no_such_fact(SCRIPT, "xyz").hint.removeprefix("there are ").split(", ")
    assert len(names) == len(set(names)) == len(SCRIPT.facts)


def test_titles_name_facts_on_the_command_line_and_in_line_mode(home: Home) -> None:
    lines = "fact 期数 3\nfact Paid in part = 500\nfact 没有 1\nfacts\nquit\n"
    words = ("call", "overdue", "--line-mode", "--fact", "应还金额=1280")
    told = home.run(*words, given=lines).out
    for line in ("Amount due: CN¥1,280", "Number of instalments: 3", "Paid in part: CN¥500"):
        assert f"  {line}" in told.splitlines()
    assert "! the pack overdue knows no fact “没有”" in told
