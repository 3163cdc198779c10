"""callcoach rules list: the rules of a pack, what they are about, and where they stand."""

from collections.abc import Sequence

import click

from callcoach.call.names import speaker_name
from callcoach.cli.answer import json_option, print_json
from callcoach.cli.arguments import pack_argument
from callcoach.cli.group import Command
from callcoach.cli.paint import place_text
from callcoach.cli.rules.pack import name_in, open_pack
from callcoach.cli.workplace import Workplace
from callcoach.locale import Messages, mark
from callcoach.script.exchange.tree import rule_tree
from callcoach.script.model import Script, pack_of
from callcoach.script.rules import Narrowed, Rule
from callcoach.words.display import display
from callcoach.words.wrap import pad, width

_SCOPES = {"utterance": mark("an utterance"), "call": mark("the call")}


@click.command(
    "list",
    cls=Command,
    help=mark("List the rules of a pack: their names, labels, scope, and where they stand."),
    epilog="""
callcoach rules list overdue
callcoach rules list overdue --all
callcoach rules list ./my-pack --json
""",
)
@pack_argument
@click.option("--all", "with_used", is_flag=True, help=mark("Those of the packs it uses, too."))
@json_option
@click.pass_obj
def list_rules(place: Workplace, pack: str, with_used: bool, as_json: bool) -> None:
    """List rules."""
    script = open_pack(place, pack)
    rules = tuple(script.rules.values()) if with_used else own_rules(script)
    if as_json:
        print_json({"pack": script.id, "rules": [_as_dict(rule, script) for rule in rules]})
        return
    if not rules:
        click.echo(place.messages.say("There are no rules in {pack}.", pack=display(pack)))
        return
    names = {rule.id: name_in(script, rule.id) for rule in rules}
    column = max(map(width, names.values()))
    for rule in rules:
        told = [
            place.messages.say(_SCOPES[rule.scope.value]),
            *_speaker(rule, place.messages),
            *([", ".join(rule.labels)] if rule.labels else []),
            *([place.messages.say("internal")] if rule.is_alone else []),
        ]
        click.echo(f"{pad(names[rule.id], column)}  {display(' · '.join(told))}")
        if rule.title is not None:
            click.echo(f"    {display(rule.title.plain(place.language))}")
        click.echo(f"    {place_text(rule.place)}")


def own_rules(script: Script) -> Sequence[Rule]:
    """Return the rules of a pack itself, in the order of its files."""
    return tuple(rule for rule in script.rules.values() if pack_of(rule.id) == script.id)


def _speaker(rule: Rule, messages: Messages) -> tuple[str, ...]:
    """Return who has to speak, where the rule as a whole is bound to somebody."""
    match rule.condition:
        case Narrowed(speaker=speaker) if speaker is not None:
            return (speaker_name(speaker, messages),)
        case _:
            return ()


def _as_dict(rule: Rule, script: Script) -> dict[str, object]:
    """Return a rule for machines, its condition as packs write it."""
    return {
        "id": rule.id,
        "file": rule.place.file,
        "line": rule.place.line,
        "scope": rule.scope.value,
        "labels": list(rule.labels),
        "internal": rule.is_alone,
        "severity": rule.severity.value,
        "rule": rule_tree(rule, script.languages),
    }
