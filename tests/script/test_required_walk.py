"""The proof that no call ends well without what it owes: a naive walk that agrees."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from callcoach.script.check.required import check_required
from callcoach.script.diagnostic import Diagnostic
from callcoach.script.facts import FactId
from callcoach.script.model import CueKind, Script, Step, StepId, local
from tests.support import Tree, end, minimal, script_of, step


@dataclass(frozen=True, slots=True)
class Call:
    """A call as a naive walk sees it: all facts that exits settle, and every open objection."""

    step: StepId
    settled: frozenset[tuple[FactId, str]] = frozenset()
    stack: tuple[StepId, ...] = ()
    length: int = field(default=0, compare=False)


GUARDS: Mapping[str, Callable[[bool, bool, bool], bool]] = {
    "": lambda *_: True,
    "f": lambda f, *_: f,
    "not f": lambda f, *_: not f,
    "g": lambda _, g, __: g,
    "f and g": lambda f, g, _: f and g,
    "f or u": lambda f, _, u: f or u,
    "u": lambda _, __, u: u,
    "not u and g": lambda _, g, u: not u and g,
    "not (f or g)": lambda f, g, _: not (f or g),
}
"""Guards over two facts that exits may settle and one that anybody may tell, and their sense."""


def ways(
    script: Script, call: Call, guards: Mapping[tuple[str, str], str], *, at_once: bool
) -> Iterator[Call]:
    """Yield what can follow in a call; `at_once`: one may come back from all objections at once."""
    here = script.steps[call.step]
    settled = dict(call.settled)
    ruled = {fact for step in script.steps.values() for exit in step.exits for fact, _ in exit.sets}
    may_be = [
        (settled.get(fact) == "yes",) if fact in ruled else (True, False)
        for fact in map(FactId, ("example.f", "example.g", "example.u"))
    ]
    for exit in here.exits:
        sense = GUARDS[guards.get((here.id, exit.id), "")]
        if not any(sense(*facts) for facts in product(*may_be)):
            continue
        now = frozenset((settled | {fact: text.value for fact, text in exit.sets}).items())
        length = call.length + 1
        if exit.stay:
            yield Call(here.id, now, call.stack, length)
        elif exit.back:
            for depth in range(len(call.stack)) if at_once else range(len(call.stack))[-1:]:
                yield Call(call.stack[depth], now, call.stack[:depth], length)
        elif exit.to is not None:
            is_objection = script.steps[exit.to].is_objection
            if not is_objection:
                yield Call(exit.to, now, (), length)
            elif exit.to not in (call.step, *call.stack):
                yield Call(exit.to, now, (*call.stack, call.step), length)
    for objection in script.objections:
        if objection.id not in (call.step, *call.stack):
            stack = (*call.stack, call.step)
            yield Call(objection.id, call.settled, stack, call.length + 1)


def naive(
    script: Script, guards: Mapping[tuple[str, str], str], *, at_once: bool = False
) -> dict[tuple[str, str], int]:
    """Return the cues and ends that can be reached without them, and in how many moves."""
    found: dict[tuple[str, str], int] = {}
    assert script.start is not None
    for cue in script.cues.values():
        avoided = {step for step, due in script.due.items() if cue.id in due}
        if cue.kind is not CueKind.SAY or not avoided or script.start in avoided:
            continue
        first = Call(script.start)
        seen, queue = {first}, deque([first])
        while queue:
            call = queue.popleft()
            if script.steps[call.step].is_end:
                found.setdefault((cue.id, call.step), call.length)
            for following in ways(script, call, guards, at_once=at_once):
                if following.step not in avoided and following not in seen:
                    seen.add(following)
                    queue.append(following)
    return found


@st.composite
def packs(draw: st.DrawFn) -> tuple[dict[str, object], dict[tuple[str, str], str]]:
    """Return a random small pack, and the guards of its exits.

    One seed decides it all: packs that are drawn choice by choice are near copies of one another.
    """
    pick = draw(st.randoms(use_true_random=True)).choice
    names = ["hello", "one", "two"]
    objections = pick([[], ["o1"], ["o1", "o2"]])
    guards: dict[tuple[str, str], str] = {}

    def made(name: str, is_objection: bool) -> dict[str, object]:
        exits: dict[str, Tree] = {}
        more = ["back", "back"] if is_objection else objections
        for letter in pick(["a", "ab", "abc"]):
            kind = pick(["stay", "stay", *names, *names, "end1", "end2", *more])
            exit: dict[str, object] = {kind: "yes"} if kind in ("stay", "back") else {"to": kind}
            guard = pick([*GUARDS])
            if guard:
                exit["when"] = guard
                guards[f"example.{name}", letter] = guard
            if not kind.startswith("end") and (fact := pick(["", "", "f", "g"])):
                exit["sets"] = {fact: pick(["yes", "no"])}
            exits[letter] = exit
        return step(f"{name} speaks.", **exits)

    steps = {name: made(name, is_objection=False) for name in names}
    steps["hello"]["asks"] = ["u"]
    pack = minimal(
        steps=steps | {"end1": end("End one."), "end2": end("End two.")},
        objections={name: made(name, is_objection=True) for name in objections},
        facts={name: {"type": "yes_no", "title": name} for name in "fgu"},
        cues={
            f"c_{place}": {"in": place, "title": "C", "heard": ["word"], "required_for": "all"}
            for place in ("one", "two", "end1")
        },
    )
    return pack, guards


@settings(max_examples=250)
@given(packs())
def test_the_proof_finds_what_a_naive_walk_finds(
    drawn: tuple[dict[str, object], dict[tuple[str, str], str]],
) -> None:
    """With two objections it may find more: it comes back from both at once."""
    pack, guards = drawn
    script = script_of(pack)
    expected = naive(script, guards)
    possible = naive(script, guards, at_once=True)
    found = {_named(finding): finding for finding in check_required(script)}
    assert set(expected) <= set(found) <= set(possible)
    assert len(script.objections) == 2 or expected == possible
    for key, finding in found.items():
        assert finding.path[0] == "hello"
        assert finding.path[-1] == local(key[1])
        assert len(finding.path) >= 2 * possible[key] + 1
        if len(script.objections) < 2:
            assert len(finding.path) == 2 * possible[key] + 1


def _named(finding: Diagnostic) -> tuple[str, str]:
    return f"example.{finding.arguments['cue']}", f"example.{finding.arguments['end']}"


@given(packs())
def test_every_path_is_one_that_a_call_can_go(
    drawn: tuple[dict[str, object], dict[tuple[str, str], str]],
) -> None:
    script = script_of(drawn[0])
    for finding in check_required(script):
        for at, by, to in zip(
            finding.path[::2], finding.path[1::2], finding.path[2::2], strict=False
        ):
            here = script.steps[StepId(f"example.{at}")]
            assert _leads(script, here, by, to), finding.path


def _leads(script: Script, here: Step, by: str, to: str) -> bool:
    """Tell whether a step has an exit of a name that may lead to another."""
    if by == "!":
        return script.steps[StepId(f"example.{to}")].is_objection
    exit = next(exit for exit in here.exits if exit.id == by)
    return exit.back or (local(here.id) == to if exit.stay else exit.to == f"example.{to}")


def test_the_guards_of_the_naive_walk_are_all_that_their_facts_can_be() -> None:
    senses = {
        guard: tuple(sense(*facts) for facts in product((True, False), repeat=3))
        for guard, sense in GUARDS.items()
    }
    assert len(set(senses.values())) == len(GUARDS)
