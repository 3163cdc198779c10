"""A limit of a fact's values that nothing can be held to is told; one that holds is not."""

import pytest

from callcoach.script.diagnostic import hint, message
from tests.support import Tree, codes, end, findings, minimal, step

_USED: Tree = {"it": "{{ a }} {{ b }} {{ c }}"}


def _pack(**own: object) -> Tree:
    """Return a pack with a fact of its own keys, and two others: money, and a day."""
    facts: Tree = {
        "a": {"title": "A", "given": "yes", **own},
        "b": {"title": "B", "given": "yes", "type": "money"},
        "c": {"title": "C", "given": "yes", "type": "date"},
    }
    return minimal(facts=facts, lines=_USED)


@pytest.mark.parametrize(
    "own",
    [
        {"type": "date", "day": "past"},
        {"type": "text", "day": "any"},
        {"type": "money", "most": "b"},
        {"type": "money", "rest_of": ["b", "b"]},
        {"type": "money", "currency": "CNY", "most": "b"},
    ],
)
def test_a_limit_that_holds_is_not_told(own: dict[str, object]) -> None:
    assert codes(_pack(**own)) == []


@pytest.mark.parametrize(
    ("own", "key", "why"),
    [
        ({"type": "money", "day": "past"}, "day", "for dates"),
        ({"type": "text", "most": "b"}, "most", "for money and numbers"),
        ({"type": "date", "rest_of": ["b"]}, "rest_of", "for money and numbers"),
        ({"type": "number", "most": "b"}, "most", "“money CNY”"),
        ({"type": "money", "most": "c"}, "most", "“date”"),
        ({"type": "money", "currency": "USD", "most": "b"}, "most", "“money USD”"),
        ({"type": "money", "most": "a"}, "most", "the fact itself"),
        ({"type": "money", "rest_of": ["b", "c"]}, "rest_of", "“c”"),
    ],
)
def test_a_limit_that_does_nothing_is_told_where_the_fact_stands(
    own: dict[str, object], key: str, why: str
) -> None:
    source = _pack(**own)
    (found,) = findings(source)
    assert found.code == "CC049"
    assert found.arguments["key"] == key
    assert found.place.line > 1
    said = message(found, "en"), hint(found, "en")
    assert why in said[0]
    told = message(found, "zh"), hint(found, "zh")
    assert not set(said) & set(told)
    assert not any(word in " ".join(told) for word in ("this is", "write type", "name a"))


@pytest.mark.parametrize(
    ("own", "code"),
    [
        ({"type": "date", "day": "soon"}, "CC007"),
        ({"type": "date", "day": ["past"]}, "CC006"),
        ({"type": "money", "most": {"b": "c"}}, "CC006"),
        ({"type": "money", "rest_of": {"b": "c"}}, "CC006"),
        ({"type": "money", "most": "nobody"}, "CC020"),
        ({"type": "money", "rest_of": ["b", "nobody"]}, "CC020"),
    ],
)
def test_what_is_no_limit_at_all_is_an_error(own: dict[str, object], code: str) -> None:
    assert code in codes(_pack(**own))


def test_a_fact_that_another_is_held_to_is_used() -> None:
    facts: Tree = {
        "paid": {"title": "Paid", "type": "money", "most": "due"},
        "due": {"title": "Due", "type": "money", "given": "yes"},
    }
    hello = {**step("Hi.", on="bye"), "asks": ["paid"]}
    steps: Tree = {"hello": hello, "bye": end("Bye.")}
    assert codes(minimal(facts=facts, steps=steps)) == []
