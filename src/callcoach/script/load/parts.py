"""Reads the sections of a pack: facts, outcomes, steps and objections, cues."""

import re
from dataclasses import replace

from callcoach.errors import Told
from callcoach.locale import mark
from callcoach.script.facts import DaySide, Fact, FactId, FactKind
from callcoach.script.load.context import Context
from callcoach.script.load.fields import Fields, each_table, is_id
from callcoach.script.load.nodes import Table
from callcoach.script.model import (
    Anchors,
    Consent,
    Cue,
    CueId,
    CueKind,
    Deadline,
    Exit,
    ExitId,
    Outcome,
    OutcomeId,
    Severity,
    Speaker,
    Step,
    StepId,
)
from callcoach.script.place import Text
from callcoach.script.wording import Wording

ALL = "all"
USUAL_SECONDS = 120.0
"""How long a sensitive step takes where the pack does not say."""
_TIMES = re.compile(r"(\d{1,4})(?:\s*[-–]\s*(\d{1,4}))?")


def read_facts(context: Context, node: Table | None) -> dict[FactId, Fact]:
    """Return the section `facts`."""

    def read(key: Text, fields: Fields) -> Fact:
        choices = _choices(context, fields)
        private = fields.text("private")
        currency = fields.text("currency")
        most = fields.text("most")
        fact = Fact(
            id=FactId(context.full(key.value)),
            kind=fields.choice("type", FactKind, FactKind.TEXT),
            title=_wording(context, fields, "title", key),
            place=key.place,
            given=fields.flag("given"),
            private=private.value if private else None,
            choices=choices,
            currency=currency.value if currency else "CNY",
            day=fields.choice("day", DaySide, DaySide.ANY),
            most=context.fact(most) if most else None,
            rest_of=tuple(context.fact(text) for text in fields.texts("rest_of")),
            example=context.value(fields, "example"),
        )
        if fact.kind is FactKind.CHOICE and not choices:
            context.findings.add("CC005", key.place, key="choices", what=fields.what)
        fields.close()
        return fact

    facts = each_table(node, mark("fact"), context.findings, read)
    return {fact.id: fact for fact in facts.values()}


def _choices(context: Context, fields: Fields) -> dict[str, Wording]:
    """Return the values that a fact may have, and what they are called."""
    table = fields.table("choices")
    choices: dict[str, Wording] = {}
    if table is not None:
        inner = Fields(table, fields.named("choices"), context.findings)
        for key, _ in table.entries:
            if is_id(key.value):
                choices[key.value] = _wording(context, inner, key.value, key)
            else:
                context.findings.add("CC008", key.place, id=key.value)
    return choices


def _wording(context: Context, fields: Fields, key: str, owner: Text) -> Wording:
    """Return a required wording; an empty one, reported, where it is missing."""
    found = fields.wording(key, context.languages, required=True)
    return found or Wording({}, owner.place)


def read_outcomes(context: Context, node: Table | None) -> dict[OutcomeId, Outcome]:
    """Return the section `outcomes`."""

    def read(key: Text, fields: Fields) -> Outcome:
        code = fields.text("code", required=True)
        outcome = Outcome(
            id=OutcomeId(context.full(key.value)),
            code=code.value if code else key.value.upper(),
            title=_wording(context, fields, "title", key),
            place=key.place,
            is_early=fields.flag("early"),
        )
        fields.close()
        return outcome

    outcomes = each_table(node, mark("outcome"), context.findings, read)
    return {outcome.id: outcome for outcome in outcomes.values()}


def read_steps(context: Context, node: Table | None, is_objection: bool) -> dict[StepId, Step]:
    """Return the section `steps` or `objections`; `uses` is not yet followed."""
    what = mark("objection") if is_objection else mark("step")

    def read(key: Text, fields: Fields) -> Step:
        uses = fields.text("use")
        outcome = fields.text("outcome")
        exits = each_table(
            fields.table("exits"),
            mark("exit"),
            context.findings,
            lambda name, inner: _exit(context, name, inner),
        )
        bridge = None
        if is_objection:
            bridge = context.one_line(fields, "bridge", f"{key.value}_bridge")
        step = Step(
            id=StepId(context.full(key.value)),
            title=fields.wording("title", context.languages, required=uses is None)
            or Wording({}, key.place),
            place=key.place,
            is_objection=is_objection,
            lines=context.say(fields),
            exits=_wait_for_all(tuple(exits.values())),
            asks=tuple(context.fact(text) for text in fields.texts("asks")),
            cues=tuple(context.cue(text) for text in fields.texts("cues")),
            note=fields.wording("note", context.languages),
            heard=context.heard(fields),
            outcome=context.outcome(outcome) if outcome else None,
            bridge=bridge,
            uses=context.step(uses) if uses else None,
            is_vulnerable=is_objection and fields.flag("vulnerable"),
            sensitive=_sensitive(fields),
        )
        fields.close()
        return step

    steps = each_table(node, what, context.findings, read)
    return {step.id: step for step in steps.values()}


def _sensitive(fields: Fields) -> float | None:
    """Return `sensitive` in seconds: `yes`, or how long it usually takes; None where it is not."""
    text = fields.text("sensitive")
    if text is None or text.value in ("no", "false"):
        return None
    if text.value in ("yes", "true"):
        return USUAL_SECONDS
    seconds = fields.as_seconds("sensitive", text)
    if seconds == 0:
        fields.bad_value("sensitive", text, Told("yes, or a time such as 90s"))
    return seconds or None


def _exit(context: Context, key: Text, fields: Fields) -> Exit:
    to = fields.text("to")
    made = Exit(
        id=ExitId(key.value),
        label=fields.wording("label", context.languages) or Wording({}, key.place),
        to=context.step(to) if to else None,
        place=key.place,
        stay=fields.flag("stay"),
        back=fields.flag("back"),
        when=context.guard(fields),
        after=tuple(ExitId(text.value) for text in fields.texts("after")),
        optional=fields.flag("optional"),
        heard=context.heard(fields),
        lines=context.say(fields),
        asks=tuple(context.fact(text) for text in fields.texts("asks")),
        waives=tuple(context.cue(text) for text in fields.texts("waives")),
        sets=tuple(context.values(fields, "sets")),
    )
    fields.close()
    if (to is not None) + made.stay + made.back != 1:
        context.findings.add("CC013", key.place, exit=key.value)
    return made


def _wait_for_all(exits: tuple[Exit, ...]) -> tuple[Exit, ...]:
    """Return exits with `after: all` spelled out."""
    spokes = tuple(exit.id for exit in exits if exit.stay and not exit.optional)
    return tuple(replace(exit, after=spokes) if exit.after == (ALL,) else exit for exit in exits)


def read_cues(context: Context, node: Table | None, kind: CueKind) -> dict[CueId, Cue]:
    """Return the section `cues`, `watch` or `avoid`."""

    def read(key: Text, fields: Fields) -> Cue:
        steps = fields.texts("in")
        is_call = [text.value for text in steps] == ["call"]
        least, most = read_times(fields)
        required = _required_for(fields)
        repair = fields.text("repair") if kind is CueKind.AVOID else None
        default = Severity.CRITICAL if kind is CueKind.AVOID else Severity.MAJOR
        cue = Cue(
            id=CueId(context.full(key.value)),
            kind=kind,
            title=_wording(context, fields, "title", key),
            speaker=fields.choice("speaker", Speaker, Speaker.AGENT),
            place=key.place,
            phrases=context.phrases(fields, "heard"),
            unless=context.phrases(fields, "unless"),
            is_call_wide=is_call or (not steps and kind is not CueKind.SAY),
            steps=() if is_call else tuple(context.step(text) for text in steps),
            within=_deadline(fields),
            before=_anchors(context, fields, "before"),
            after=_anchors(context, fields, "until" if kind is CueKind.AVOID else "after"),
            least=least,
            most=most,
            each_visit=fields.flag("each_visit"),
            weight=fields.number("weight", 1.0),
            severity=fields.choice("severity", Severity, default),
            required_for=tuple(context.outcome(text) for text in required if text.value != ALL),
            is_always_required=any(text.value == ALL for text in required),
            why=fields.wording("why", context.languages),
            suggest=context.one_line(fields, "suggest", f"{key.value}_suggestion"),
            repair=context.cue(repair) if repair else None,
            rules=tuple(context.rule(text) for text in fields.texts("rule")),
        )
        fields.close()
        return cue

    cues = each_table(node, mark("cue"), context.findings, read)
    return {cue.id: cue for cue in cues.values()}


def read_consent(context: Context, node: Table | None) -> Consent | None:
    """Return the section `listening`; None where the pack says nothing about it."""
    if node is None:
        return None
    fields = Fields(node, "listening", context.findings)
    after, stop = (_anchors(context, fields, key) for key in ("after", "stop"))
    fields.close()
    return Consent(after, stop, node.place)


def read_times(fields: Fields) -> tuple[int, int | None]:
    """Return what `times` asks for: `2` at least, `1-3` from to, `0-2` at most."""
    text = fields.text("times")
    if text is None:
        return 1, None
    found = _TIMES.fullmatch(text.value.strip())
    if found:
        return int(found[1]), int(found[2]) if found[2] else None
    fields.bad_value("times", text, Told("a count such as 2, or a range such as 1-3"))
    return 1, None


def _deadline(fields: Fields) -> Deadline | None:
    """Return `within`: `15s` of the call, or `20s of step`."""
    text = fields.text("within")
    if text is None:
        return None
    length, _, of = text.value.partition(" of ")
    seconds = fields.as_seconds("within", Text(length, text.place))
    if of.strip() not in ("", "call", "step"):
        fields.bad_value("within", text, Told("a time such as 15s of call or 20s of step"))
        return None
    return None if seconds is None else Deadline(seconds, "step" if "step" in of else "call")


def _anchors(context: Context, fields: Fields, key: str) -> Anchors:
    """Return cues and steps; which is which is settled once all ids are known."""
    mentioned = tuple(context.mention("step or cue", text) for text in fields.texts(key))
    return Anchors(tuple(map(CueId, mentioned)), tuple(map(StepId, mentioned)))


def _required_for(fields: Fields) -> tuple[Text, ...]:
    """Return what stands under `required_for`: outcomes, or `all` alone."""
    texts = fields.texts("required_for")
    for text in texts:
        if text.value == ALL and len(texts) > 1:
            fields.bad_value("required_for", text, Told("outcomes, or “all” alone"))
    return texts
