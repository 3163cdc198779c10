"""callcoach cues suggest: phrases that rules may want, from what reviewed calls say."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from callcoach.cli.answer import json_option, print_json
from callcoach.cli.arguments import taught_by
from callcoach.cli.cues.learn import title
from callcoach.cli.cues.reviewed import reviewed
from callcoach.cli.group import Command
from callcoach.cli.shelf import script_of
from callcoach.cli.workplace import Workplace
from callcoach.errors import UsageError
from callcoach.errors import suggest as nearest
from callcoach.locale import Messages, mark
from callcoach.review.learning.examples import collect, teachable
from callcoach.review.learning.suggest import Proposal, propose
from callcoach.script.model import Script
from callcoach.words.display import display


@click.command(
    "suggest",
    cls=Command,
    help=mark(
        "Propose phrases for what rules missed in reviewed calls, and “unless” for what they hit"
        " wrongly, with what each would have changed. Without FILES it is the reviews in the"
        " journal that say so. You decide: a phrase may stand for something else elsewhere."
    ),
    epilog="""
callcoach cues suggest
callcoach cues suggest reviewed.tsv
callcoach cues suggest reviewed.tsv --label empathy
""",
)
@taught_by
@click.option("--label", metavar="NAME", help=mark("Only for the rule with this label."))
@click.option(
    "--most",
    type=click.IntRange(1, 50),
    default=5,
    metavar="NUMBER",
    help=mark("How many phrases for each rule."),
)
@json_option
@click.pass_obj
def suggest(
    place: Workplace, files: tuple[Path, ...], label: str | None, most: int, as_json: bool
) -> None:
    """Propose phrases."""
    script = script_of(place)
    labels = teachable(script)
    if label is not None and label not in labels.values():
        raise UsageError(
            "no rule has the label “{label}”",
            nearest(label, sorted(labels.values())),
            label=label,
        )
    wanted = [id for id, name in labels.items() if name == label] if label else None
    calls = reviewed(place, script, files)
    found = [
        proposal
        for id, examples in collect(script, calls, wanted, also_wrong=True).items()
        for proposal in propose(id, examples, most)
    ]
    if as_json:
        print_json(
            [
                {
                    "rule": it.rule,
                    "phrase": it.phrase,
                    "unless": it.is_veto,
                    "right": it.right,
                    "wrong": it.wrong,
                    "calls": it.calls,
                }
                for it in found
            ]
        )
        return
    for line in _lines(script, found, place.messages, place.language):
        click.echo(line)


def _lines(
    script: Script, found: Sequence[Proposal], messages: Messages, language: str
) -> Iterator[str]:
    """Yield each rule's proposals below its title."""
    say = messages.say
    if not found:
        yield say("There is nothing to propose: too little was missed in too few calls.")
    last = ""
    for it in found:
        if it.rule != last:
            last = it.rule
            yield display(f"{title(script.rules[it.rule], language)}  ({it.rule})")
        where = say("unless") if it.is_veto else say("heard")
        right = messages.count("puts {n} utterance right", "puts {n} utterances right", it.right)
        calls = messages.count("in {n} call", "in {n} calls", it.calls)
        wrong = messages.count("{n} wrong", "{n} wrong", it.wrong)
        yield display(f"  {where}: {it.phrase}")
        yield f"      {right} {calls}, {wrong}"
