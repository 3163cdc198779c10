"""Reads the section `plans`: rehearsed calls."""

from collections.abc import Iterator

from callcoach.errors import Told
from callcoach.locale import mark
from callcoach.script.load.context import Context
from callcoach.script.load.fields import Fields, each_table
from callcoach.script.load.nodes import Node, Scalar, Table
from callcoach.script.model import ExitId, FlagKind, PlanId, Speaker
from callcoach.script.place import Place, Text
from callcoach.script.plan import (
    End,
    Expect,
    ExpectedFlag,
    HoldFor,
    OpenObjection,
    Plan,
    SayLines,
    SayWords,
    TakeExit,
    TellFact,
    Tick,
    Turn,
    Undo,
    Wait,
)
from callcoach.script.wording import Language, Wording

_SPEAKERS = tuple(speaker.value for speaker in Speaker)
_TURNS = (
    "say",
    *_SPEAKERS,
    "exit",
    "objection",
    "tell",
    "wait",
    "hold",
    "tick",
    "untick",
    "undo",
    "end",
    "expect",
)


def read_plans(context: Context, node: Table | None) -> dict[PlanId, Plan]:
    """Return the section `plans`."""

    def read(key: Text, fields: Fields) -> Plan:
        languages = _languages(context, fields)
        outcome = fields.text("outcome", required=True)
        plan = Plan(
            id=PlanId(context.full(key.value)),
            title=fields.wording("title", context.languages, required=True)
            or Wording({}, key.place),
            place=key.place,
            facts=dict(context.spoken_values(fields, "facts")),
            turns=tuple(
                turn
                for item in fields.listing("turns")
                for turn in _turns(context, languages, item, fields)
            ),
            outcome=context.outcome(outcome) if outcome else None,
            flags=_flags(context, fields.texts("flags"), fields),
            languages=languages,
            is_demo=fields.flag("demo"),
        )
        fields.close()
        return plan

    plans = each_table(node, mark("plan"), context.findings, read)
    return {plan.id: plan for plan in plans.values()}


def _languages(context: Context, fields: Fields) -> tuple[Language, ...]:
    """Return the languages a plan is played in: its own choice, or all of the pack's."""
    chosen: list[Language] = []
    for text in fields.texts("languages"):
        if text.value in context.languages:
            chosen.append(text.value)
        else:
            fields.bad_value("languages", text, ", ".join(context.languages))
    return tuple(chosen) or tuple(context.languages)


def _turns(
    context: Context, languages: tuple[Language, ...], item: Node, owner: Fields
) -> Iterator[Turn]:
    """Yield what one item of `turns` stands for; telling several facts makes several turns."""
    match item:
        case Scalar(text="say", place=place):
            yield SayLines((), place)
        case Scalar(text="undo", place=place):
            yield Undo(place)
        case Scalar(text="end", place=place):
            yield End(None, place)
        case Table(entries=((key, _),), place=place) if key.value in _TURNS:
            fields = Fields(item, owner.what, context.findings)
            if key.value == "tell":
                for fact, value in context.spoken_values(fields, "tell"):
                    yield TellFact(fact, value, place)
            else:
                yield from _turn(context, languages, key.value, fields, place)
        case Table(entries=((key, _), *_)) if key.value not in _TURNS:
            owner.unknown(key, _TURNS)
        case _:
            owner.wrong(item, "turns", Told("one of {known}", known=", ".join(_TURNS)))


def _turn(
    context: Context,
    languages: tuple[Language, ...],
    kind: str,
    fields: Fields,
    place: Place,
) -> Iterator[Turn]:
    match kind:
        case "say":
            lines = tuple(context.line(text) for text in fields.texts("say"))
            yield SayLines(lines, place)
        case "wait" | "hold":
            seconds = fields.seconds(kind)
            if seconds is not None:
                yield Wait(seconds, place) if kind == "wait" else HoldFor(seconds, place)
        case "expect":
            table = fields.table("expect")
            if table is not None:
                yield _expect(context, Fields(table, fields.named(kind), context.findings))
        case _ if kind in _SPEAKERS:
            words = fields.wording(kind, languages)
            if words is not None:
                yield SayWords(Speaker(kind), words, place)
        case _:
            yield from _choice(context, kind, fields, place)


def _choice(context: Context, kind: str, fields: Fields, place: Place) -> Iterator[Turn]:
    text = fields.text(kind, required=True)
    if text is None:
        return
    match kind:
        case "exit":
            yield TakeExit(ExitId(text.value), place)
        case "end":
            yield End(context.outcome(text), place)
        case "objection":
            yield OpenObjection(context.step(text), place)
        case "tick" | "untick":
            yield Tick(context.cue(text), kind == "tick", place)


def _expect(context: Context, fields: Fields) -> Expect:
    step = fields.text("step")
    suggests = fields.text("suggests")
    flags = fields.take("flags")
    expected = Expect(
        place=fields.place,
        step=context.step(step) if step else None,
        met=tuple(context.cue(text) for text in fields.texts("met")),
        unmet=tuple(context.cue(text) for text in fields.texts("unmet")),
        flags=None if flags is None else _flags(context, fields.as_texts("flags", flags), fields),
        suggests=suggests.value if suggests else None,
    )
    fields.close()
    return expected


def _flags(context: Context, texts: tuple[Text, ...], fields: Fields) -> tuple[ExpectedFlag, ...]:
    """Return flags written as `missing greet`; `none` stands for no flag at all."""
    if [text.value for text in texts] == ["none"]:
        return ()
    expected: list[ExpectedFlag] = []
    for text in texts:
        kind, _, cue = text.value.partition(" ")
        if kind in [member.value for member in FlagKind] and cue:
            expected.append(ExpectedFlag(FlagKind(kind), context.cue(Text(cue, text.place))))
        else:
            fields.bad_value("flags", text, Told("a kind and a cue, such as: missing greet"))
    return tuple(expected)
