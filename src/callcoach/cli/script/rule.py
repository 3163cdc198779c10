"""What callcoach script explain says of a rule: what it waits for, and what rests on it."""

import shutil
from collections.abc import Iterator

import click

from callcoach.archive.export.names import language_name
from callcoach.cli.answer import print_json
from callcoach.cli.paint import place_text
from callcoach.cli.shelf import script_of
from callcoach.cli.workplace import Workplace
from callcoach.errors import UsageError
from callcoach.script.load.fields import nearest
from callcoach.script.model import Script, local, pack_of
from callcoach.script.retell import Line, retell
from callcoach.script.rules import Rule, RuleId, Scope
from callcoach.script.walk import references
from callcoach.script.wording import Language
from callcoach.words.display import display
from callcoach.words.wrap import wrap

_INDENT = 2
_LONGEST = 100


def show_rule(place: Workplace, wanted: str, *, as_json: bool) -> None:
    """Print what the rule `pack.rule` waits for; the pack may be a path.

    Raises `UsageError` where the pack has no such rule, `PackError` where there is no such pack.
    """
    pack, _, name = wanted.rpartition(".")
    script = script_of(place, pack)
    rule = script.rules.get(RuleId(f"{script.id}.{name}"))
    if rule is None:
        known = [local(id) for id in script.rules if pack_of(id) == script.id]
        named = {"pack": pack, "name": name}
        if guess := nearest(name, known):
            raise UsageError(
                "{pack} has no rule “{name}”", "did you mean {guess}?", guess=guess, **named
            )
        raise UsageError(
            "{pack} has no rule “{name}”", "callcoach rules list {pack} shows them all", **named
        )
    lines = retell(rule.condition, script.id, place.messages)
    if as_json:
        outline = [{"depth": line.depth, "text": line.text} for line in lines]
        users = [{"kind": kind, "id": id} for kind, id in _users(rule, script)]
        print_json(
            {
                "rule": rule.id,
                "outline": outline,
                "used_by": users,
                "judges": _judges(rule, script),
            }
        )
        return
    for text in _page(rule, script, lines, place):
        click.echo(text)


def _page(rule: Rule, script: Script, lines: tuple[Line, ...], place: Workplace) -> Iterator[str]:
    title = rule.title.plain(place.language) if rule.title else ""
    yield display("  ".join(part for part in (rule.id, title) if part))
    yield place_text(rule.place)
    yield ""
    if rule.scope is Scope.CALL:
        yield place.messages.say("It holds for a call as a whole in which there is:")
    else:
        yield place.messages.say("It holds for an utterance in which there is:")
    columns = min(shutil.get_terminal_size().columns, _LONGEST)
    for line in lines:
        indent = " " * _INDENT * (line.depth + 1)
        for row in wrap(display(line.text), columns - len(indent)):
            yield indent + row
    if judged := ", ".join(map(language_name, _judges(rule, script))):
        yield ""
        yield place.messages.say(
            "A learned judge that the pack brings finds more of it: {languages}.", languages=judged
        )
    used = [f"{place.messages.say(kind)} {id}" for kind, id in _users(rule, script)]
    if used:
        yield ""
        told = place.messages.say("Used by: {users}", users=", ".join(used))
        yield from wrap(display(told), columns)


def _judges(rule: Rule, script: Script) -> list[Language]:
    """Return the languages in which a pack brings a judge for a rule."""
    return [language for language, judges in script.judges.items() if rule.id in judges]


def _users(rule: Rule, script: Script) -> Iterator[tuple[str, str]]:
    """Yield what rests on a rule, as kind and id: cues, other rules, steps and exits."""
    for cue in script.cues.values():
        if rule.id in cue.rules:
            yield "cue", cue.id
    for other in script.rules.values():
        if rule.id in references(other.condition):
            yield "rule", other.id
    for step in script.steps.values():
        if rule.id in step.heard.rules:
            yield "objection" if step.is_objection else "step", step.id
        for exit in step.exits:
            if rule.id in exit.heard.rules:
                yield "exit", f"{step.id}/{exit.id}"
