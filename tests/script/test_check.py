"""What the checker says of a sound pack with one thing changed; the catalogue has the examples."""

import pytest

from callcoach.script.check import check, has_errors
from callcoach.script.load import PackFiles
from callcoach.script.model import PackId
from tests.support import (
    MINIMAL,
    Tree,
    codes,
    dump,
    end,
    files,
    findings,
    load,
    minimal,
    show,
    step,
)


def place(source: str, code: str) -> list[int]:
    """Return the lines on which a code is reported."""
    return [finding.place.line for finding in findings(source) if finding.code == code]


def test_findings_come_in_the_order_of_the_files_and_their_lines() -> None:
    head = minimal(
        outcomes={"done": {"code": "D", "title": "D"}, "never": {"code": "N", "title": "N"}}
    )
    head.pop("steps")
    steps: Tree = {
        "steps": {
            "hello": step("Hi.", on="bye"),
            "alone": step("Alone.", on="bye"),
            "bye": end("Bye."),
            "lone": step("Lone.", on="bye"),
        }
    }
    found = findings(
        PackFiles(PackId("example"), {"z.yaml": dump(head), "a.yaml": dump(steps)})
    )  # fmt: skip
    assert [(it.code, it.place.file) for it in found] == [
        ("CC065", "z.yaml"),
        ("CC050", "a.yaml"),
        ("CC050", "a.yaml"),
    ]
    assert found[1].place.line < found[2].place.line


def test_what_is_wrong_inside_a_used_pack_is_that_packs_own_to_report() -> None:
    noisy = files(
        minimal(
            pack="base",
            steps={"hello": step("Hi.", on="bye"), "alone": step("A.", on="bye"), "bye": end("B.")},
            facts={"unused": {"type": "text", "title": "U"}},
            cues={"ticked": {"in": "hello", "title": "Ticked"}},
        ),
        "base",
    )
    assert set(codes(noisy)) == {"CC034", "CC041", "CC050"}
    assert codes(minimal(uses=["base"]), noisy) == []


def test_what_keeps_a_used_pack_from_listening_is_told_of_whoever_uses_it() -> None:
    cue = {"wrong": {"in": "hello", "title": "Wrong", "heard": ["(hi"]}}
    rule = {"bad": {"heard": "hi)"}}
    steps = {"hello": step("Hi.", on="bye"), "bye": end("B.")}
    broken = files(minimal(pack="base", steps=steps, cues=cue, rules=rule), "base")
    assert codes(minimal(uses=["base"]), broken) == ["CC031", "CC031"]


def test_only_an_error_keeps_a_pack_from_being_used() -> None:
    assert has_errors(findings(MINIMAL.replace("to: bye", "to: by")))
    assert not has_errors(findings(MINIMAL + "  never: {code: N, title: N}\n"))
    assert not has_errors(())


# Facts


@pytest.mark.parametrize("given", ["yes", "no"])
def test_a_fact_that_only_a_lines_condition_asks_for_is_used(given: str) -> None:
    hello = step("Hello.", on="bye") | {"asks": ["vip"] if given == "no" else []}
    hello["say"] = {"hi": {"en": "Welcome back.", "when": "vip"}}
    facts = {"vip": {"type": "yes_no", "title": "VIP", "given": given}}
    pack = minimal(steps={"hello": hello, "bye": end("Bye.")}, facts=facts)
    assert codes(pack) == []


def test_a_fact_that_nothing_asks_for_is_unused_and_one_of_a_pack_for_others_is_not() -> None:
    unused = {"vip": {"type": "yes_no", "title": "VIP", "given": "yes"}}
    assert codes(minimal(facts=unused)) == ["CC041"]
    tree = minimal(pack="base", facts=unused, steps={})
    tree.pop("start")
    tree.pop("outcomes")
    assert codes(files(tree, "base")) == []


def asking(when_known: str) -> list[str]:
    """Return what is wrong with a pack that asks for a day in one of two ways to a line."""
    steps = {
        "hello": step("Hi.", a="ask", b="skip"),
        "ask": step("Which day?", on="last") | {"asks": ["day"]},
        "skip": step("Well.", on="last"),
        "last": {
            "title": "Last",
            "say": {"on_day": when_known},
            "exits": {"on": {"label": "On", "to": "bye"}},
        },
        "bye": end("Bye."),
    }
    return codes(minimal(steps=steps, facts={"day": {"type": "date", "title": "Day"}}))


def test_a_line_may_need_only_what_every_way_to_it_has_asked_for() -> None:
    assert asking("On {{ day }}.") == ["CC044"]
    assert asking("On {% if day %}{{ day }}{% endif %}.") == []


@pytest.mark.parametrize(
    "line",
    [
        "{% if day %}Soon{% else %}On {{ day }}{% endif %}.",
        "{% if not day %}On {{ day }}{% endif %}",
    ],
)
def test_a_condition_that_asks_for_a_fact_does_not_excuse_the_branch_without_it(line: str) -> None:
    assert asking(line) == ["CC044"]


@pytest.mark.parametrize(
    ("when", "is_excused"),
    [
        ("day", True),
        ("day > '2026-01-01'", True),
        ("day and vip", True),
        ("not (not day or vip)", True),
        ("day == '2026-01-01' or day == '2026-01-02'", True),
        ("not day", False),
        ("day or vip", False),
        ("not (day and vip)", False),
        ("vip", False),
    ],
)
def test_a_line_or_an_exit_that_is_there_only_where_a_fact_is_known_may_say_it(
    when: str, is_excused: bool
) -> None:
    facts = {
        "day": {"type": "date", "title": "Day"},
        "vip": {"type": "yes_no", "title": "VIP", "given": "yes"},
    }
    hello = step("When?", no="last", yes={"to": "last", "asks": ["day"]})
    said: dict[str, object] = {"on_day": {"en": "On {{ day }}.", "when": when}}
    last = step("Last.", on="bye") | {"say": said}
    steps = {"hello": hello, "last": last, "bye": end("Bye.")}
    assert ("CC044" not in codes(minimal(steps=steps, facts=facts))) is is_excused
    on = {"to": "bye", "when": when, "say": {"on_day": "On {{ day }}."}}
    steps["last"] = step("Last.", off="bye", on=on)
    assert ("CC044" not in codes(minimal(steps=steps, facts=facts))) is is_excused


@pytest.mark.parametrize(
    ("kind", "example", "is_wrong"),
    [
        ("date", "2026-12-01", False),
        ("date", "soon", True),
        ("money", "500 CNY", False),
        ("money", "a lot", True),
        ("number", "3", False),
        ("number", "three", True),
        ("yes_no", "yes", False),
        ("phone", "12", True),
    ],
)
def test_an_example_fits_its_fact(kind: str, example: str, is_wrong: bool) -> None:
    facts = {"it": {"type": kind, "title": "It", "given": "yes", "example": example}}
    hello = step("Hi.", on="bye") | {"asks": "it"}
    pack = minimal(steps={"hello": hello, "bye": end("Bye.")}, facts=facts)
    assert ("CC047" in codes(pack)) is is_wrong


# Cues and phrases


@pytest.mark.parametrize(
    ("phrase", "is_heard"),
    [
        ("good morning", True),
        ("good ... morning", True),
        ("(splendid|good) morning", True),
        ("good [splendid] morning", True),
        ("splendid morning", False),
        ("good # morning", True),
        ("您好", True),
        ("分期还款", True),
        ("分期期", False),
        ("还", False),
    ],
)
def test_a_phrase_can_be_heard_where_the_models_words_can_spell_one_of_its_readings(
    phrase: str, is_heard: bool
) -> None:
    vocabulary = {"good", "morning", "您", "好", "分期", "还款", "期望"}
    watch = {"it": {"title": "It", "heard": [phrase], "speaker": "customer"}}
    found = check(load(minimal(watch=watch)), vocabulary)
    assert [finding.code for finding in found] == ([] if is_heard else ["CC032"])


def test_without_a_vocabulary_every_phrase_can_be_heard() -> None:
    watch = {"it": {"title": "It", "heard": ["splendid"], "speaker": "customer"}}
    assert codes(minimal(watch=watch)) == []


def test_hints_are_checked_like_cues() -> None:
    hello = step("Hi.", on={"to": "bye", "heard": ["(never closed"]}) | {"heard": ["nor) opened"]}
    assert codes(minimal(steps={"hello": hello, "bye": end("Bye.")})) == ["CC031", "CC031"]


@pytest.mark.parametrize(
    ("first", "second", "third", "circles"),
    [
        ({"before": "b"}, {}, {}, 0),
        ({"before": "b"}, {"before": "c"}, {}, 0),
        ({"before": "b"}, {"before": "a"}, {}, 1),
        ({"before": "b"}, {"before": "c"}, {"before": "a"}, 1),
        ({"after": "b"}, {"after": "a"}, {}, 1),
        ({"before": "a"}, {}, {}, 1),
        ({"after": ["b", "c"]}, {"after": "a"}, {}, 0),
    ],
)
def test_cues_that_must_all_come_before_one_another_are_told_once(
    first: Tree, second: Tree, third: Tree, circles: int
) -> None:
    def cue(name: str, order: Tree) -> Tree:
        said = f"good {name}"
        one = {"in": "hello", "title": name, "heard": [said], "suggest": {"en": said}}
        return one | dict(order)

    orders = {"a": first, "b": second, "c": third}
    cues = {name: cue(name, order) for name, order in orders.items()}
    assert codes(minimal(cues=cues)).count("CC060") == circles


# What is said


def test_what_is_forbidden_until_a_step_may_be_said_from_there_on() -> None:
    steps = {
        "hello": step("Good morning.", on="tell"),
        "tell": step("You owe us.", on="bye"),
        "bye": end("Bye."),
    }
    owed = {"title": "Debt", "heard": ["you owe"]}
    assert codes(minimal(steps=steps, avoid={"debt": owed})) == ["CC036"]
    assert codes(minimal(steps=steps, avoid={"debt": owed | {"until": "tell"}})) == []
    assert codes(minimal(steps=steps, avoid={"debt": owed | {"until": "bye"}})) == ["CC036"]
    assert codes(minimal(steps=steps, avoid={"debt": owed | {"in": "hello"}})) == []


def test_a_step_whose_lines_hold_its_cue_in_some_variant_is_fine() -> None:
    hello = step("Hi.", on="bye") | {"say": {"hi": ["Well.", "Good morning."]}}
    greet = {"in": "hello", "title": "Greet", "heard": ["good morning"]}
    assert codes(minimal(steps={"hello": hello, "bye": end("B.")}, cues={"greet": greet})) == []
    greet |= {"unless": ["well", "good"]}
    assert codes(minimal(steps={"hello": hello, "bye": end("B.")}, cues={"greet": greet})) == [
        "CC037"
    ]


def test_a_suggestion_that_repairs_must_hold_the_repair() -> None:
    sorry = {"in": "call", "title": "Sorry", "heard": ["i am sorry"]}
    rude = {"title": "Rude", "heard": ["shut up"], "repair": "sorry"}
    fine = rude | {"suggest": {"en": "I'm sorry about that."}}
    wrong = rude | {"suggest": {"en": "Well, well."}}
    assert codes(minimal(cues={"sorry": sorry}, avoid={"rude": fine})) == []
    assert codes(minimal(cues={"sorry": sorry}, avoid={"rude": wrong})) == ["CC035"]


# The shape

EXITS = step("Any", on="hello")["exits"]


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ({"hello": step("Hi.", on="hello")}, ["CC052"]),
        ({"hello": step("Hi.", on={"stay": "yes"})}, ["CC053"]),
        ({"hello": step("Hi.")}, ["CC051"]),
        ({"hello": step("Hi.", on="bye", up={"back": "yes"}), "bye": end("B.")}, ["CC056"]),
        ({"hello": step("Hi.", on="bye"), "bye": end("B.") | {"exits": EXITS}}, ["CC054"]),
        ({"hello": step("Hi.", on={"to": "bye", "after": ["nope"]}), "bye": end("B.")}, ["CC020"]),
        ({"hello": step("Hi.", a={"to": "bye", "after": ["b"]}, b="bye"), "bye": end("B.")},
         ["CC057"]),
        ({"hello": step("Hi.", on={"to": "bye", "stay": "yes"}), "bye": end("B.")}, ["CC013"]),
        ({"hello": step("Hi.", on={}), "bye": end("B.")}, ["CC013"]),
    ],
)  # fmt: skip
def test_a_shape_in_which_a_call_would_be_stuck_is_found(steps: Tree, expected: list[str]) -> None:
    outcomes = {"done": {"code": "DONE", "title": "Done", "early": "yes"}}
    found = findings(minimal(steps=steps, outcomes=outcomes))
    assert [finding.code for finding in found] == expected, list(map(show, found))


def test_a_line_that_takes_too_long_to_say_is_found_on_its_own_line() -> None:
    long = MINIMAL.replace("Good morning.", "Good morning. " * 40)
    assert place(long, "CC064") == [10]
    assert place(MINIMAL, "CC064") == []
