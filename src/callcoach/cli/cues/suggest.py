"""callcoach cues suggest: phrases that rules may want, from what reviewed calls say."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from callcoach.call.evaluate.split import folds
from callcoach.call.rules.listener import Opinion
from callcoach.cli.answer import json_option, print_json
from callcoach.cli.arguments import taught_by
from callcoach.cli.coaches import phrases_of
from callcoach.cli.cues.learn import title
from callcoach.cli.cues.learned import learned_judges
from callcoach.cli.cues.reviewed import reviewed, unlabelled
from callcoach.cli.group import Command
from callcoach.cli.shelf import script_of
from callcoach.cli.workplace import Workplace
from callcoach.errors import UsageError
from callcoach.errors import suggest as nearest
from callcoach.locale import Messages, mark
from callcoach.review.learning.examples import collect, teachable, unteachable
from callcoach.review.learning.suggest import FOLDS, Proposal, propose
from callcoach.script.model import Script
from callcoach.script.rules import RuleId
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
callcoach cues suggest --judged
""",
)
@taught_by
@click.option("--label", metavar="NAME", help=mark("Only for the rule with this label."))
@click.option(
    "--judged",
    is_flag=True,
    help=mark(
        "Propose where the rules and their learned judges disagree; the calls need no labels."
    ),
)
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
    place: Workplace,
    files: tuple[Path, ...],
    label: str | None,
    judged: bool,
    most: int,
    as_json: bool,
) -> None:
    """Propose phrases."""
    script = script_of(place)
    store = phrases_of(place)
    wanted = None if label is None else [_taught_by(script, label)]
    if judged:
        judges = _judges(place, script)
        calls = unlabelled(place, script, files)
        examples = collect(script, calls, wanted, also_wrong=True, judges=judges, store=store)
    else:
        calls = reviewed(place, script, files)
        examples = collect(script, calls, wanted, also_wrong=True, store=store)
    fold_of = {call.key: at for at, fold in enumerate(folds(calls, FOLDS)) for call in fold}
    found = [
        proposal
        for id, some in examples.items()
        for proposal in propose(id, some, most, fold_of.__getitem__)
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


def _taught_by(script: Script, label: str) -> RuleId:
    """Return the rule that a label teaches. Raises `UsageError` where there is none."""
    known = {lead.label: id for id, lead in teachable(script).items()}
    if label in known:
        return known[label]
    if unteachable(script, label):
        raise UsageError(
            "the label “{label}” is given to whole calls",
            "only what is said in one utterance has phrases to propose",
            label=label,
        )
    raise UsageError("no rule has the label “{label}”", nearest(label, sorted(known)), label=label)


def _judges(place: Workplace, script: Script) -> Mapping[RuleId, Opinion]:
    """Return the learned judges of a script. Raises `UsageError` where there are none."""
    judges = learned_judges(place, script)
    if not judges:
        raise UsageError(
            "nothing was learned for {pack} as it is now",
            "teach judges first: callcoach cues learn",
            pack=script.id,
        )
    return judges


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
