"""callcoach rules test: what the rules of a pack make of a sentence or a whole call, and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from callcoach.archive.transcripts import read_transcript, say_note
from callcoach.archive.transcripts.started import started_day
from callcoach.call.events import Heard
from callcoach.call.metrics import figures, measure
from callcoach.call.names import speaker_name
from callcoach.call.replay import Row
from callcoach.call.rules.compile import Ruleset
from callcoach.call.rules.listener import Listener, Opinion, RuleHit
from callcoach.call.rules.talk import Said
from callcoach.call.taught import opinions_on
from callcoach.cli.answer import json_option, print_json
from callcoach.cli.arguments import Named, pack_argument
from callcoach.cli.call import pairs
from callcoach.cli.coaches import phrases_of
from callcoach.cli.cues.learned import learned_judges
from callcoach.cli.days import parse_day, today
from callcoach.cli.group import Command
from callcoach.cli.replay import spoken_language
from callcoach.cli.rules.pack import name_in, open_pack
from callcoach.cli.workplace import Workplace
from callcoach.errors import UsageError, suggest
from callcoach.locale import Messages, mark
from callcoach.script.model import Script, local
from callcoach.script.rules import RuleId
from callcoach.script.terms import Speaker
from callcoach.words.display import display
from callcoach.words.normalise import normal_form
from callcoach.words.wrap import clip

SECONDS_A_SENTENCE = 3.0
"""How long a sentence is taken to last that was only typed."""

LONGEST_PHRASE = 48
"""Cells of a phrase that are shown; --json has all of it."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What rules made of utterances."""

    rows: tuple[Row, ...]
    hits: tuple[RuleHit, ...]
    """In the order in which they were known."""
    day: date
    asleep: tuple[RuleId, ...]
    """The wanted rules that are not in force on that day."""

    def words(self, hit: RuleHit) -> str:
        """Return the words that a hit rests on; empty where nothing was said."""
        return self.rows[hit.utterance].text[hit.start : hit.end] if self.rows else ""


@click.command(
    "test",
    cls=Command,
    help=mark(
        "Show which rules of a pack hold for a sentence, or for a transcript, by which words and"
        " by which phrase. No step of the script is walked."
    ),
    epilog=mark("""\
callcoach rules test overdue --text "I will pay on Friday" --speaker customer
callcoach rules test overdue call.json
callcoach rules test overdue call.json --only promise_to_pay --json
"""),
)
@pack_argument
@click.argument(
    "file",
    required=False,
    metavar="[FILE]",
    type=Named(path_type=Path),
    help=mark("A transcript; or write the words with --text."),
)
@click.option("--text", multiple=True, help=mark("What is said; may be repeated."))
@click.option(
    "--speaker",
    type=click.Choice([it.value for it in Speaker]),
    default=Speaker.AGENT.value,
    show_default=True,
    help=mark("Who says what --text has."),
)
@click.option("--only", multiple=True, metavar="NAME", help=mark("A rule; may be repeated."))
@click.option(
    "--fact", "facts", multiple=True, metavar="NAME=VALUE", help=mark("What you know already.")
)
@click.option(
    "--day",
    metavar="DAY",
    help=mark("The day of the call, as 2026-12-01: rules are in force on some days only."),
)
@click.option("--swap", is_flag=True, help=mark("Agent and customer are the wrong way round."))
@json_option
@click.pass_obj
def test_rules(
    place: Workplace,
    pack: str,
    file: Path | None,
    text: tuple[str, ...],
    speaker: str,
    only: tuple[str, ...],
    facts: tuple[str, ...],
    day: str | None,
    swap: bool,
    as_json: bool,
) -> int:
    """Try rules; return 1 where none holds."""
    if (file is None) is not bool(text):
        raise UsageError(
            "there is nothing to try the rules on, or two things at once",
            "name a transcript, or write the words with --text",
        )
    given = parse_day(day or "")
    script = open_pack(place, pack)
    if not script.rules:
        raise UsageError("there are no rules in {pack}", "docs/rules.md explains them", pack=pack)
    messages = place.messages
    wanted = _wanted(script, only)
    if file is not None:
        transcript = read_transcript(file, swap=swap)
        rows: Sequence[Row] = transcript.rows
        is_timed = transcript.is_timed
        given = given or started_day(transcript.attributes.get("started", ""))
        for note in transcript.notes:
            click.echo(f"({say_note(note, messages)})", err=True)
    else:
        rows = typed(text, Speaker(speaker))
        is_timed = False
    on = date.fromisoformat(given) if given else today()
    judges = opinions_on(script, learned_judges(place, script))
    rules = Ruleset(script.rules, script.lineages, phrases_of(place))
    tried = try_rules(script, rules, rows, wanted, pairs(facts), on, judges, is_timed=is_timed)
    if as_json:
        print_json(_as_dict(script, tried))
    else:
        for line in lines(script, tried, messages):
            click.echo(line)
    return 0 if tried.hits else 1


def _wanted(script: Script, only: Sequence[str]) -> frozenset[RuleId]:
    """Return the rules to be told of. Raises `UsageError` for one that there is not."""
    if not only:
        return frozenset(id for id, rule in script.rules.items() if not rule.is_alone)
    names = {local(id): id for id in script.rules} | {str(id): id for id in script.rules}
    for name in only:
        if name not in names:
            raise UsageError(
                "there is no rule “{name}”", suggest(name, map(local, script.rules)), name=name
            )
    return frozenset(names[name] for name in only)


def typed(texts: Sequence[str], speaker: Speaker) -> tuple[Row, ...]:
    """Return sentences as utterances of one speaker, one after the other."""
    return tuple(
        Row(speaker, text, number * SECONDS_A_SENTENCE, (number + 1) * SECONDS_A_SENTENCE)
        for number, text in enumerate(texts)
    )


def try_rules(
    script: Script,
    rules: Ruleset,
    rows: Sequence[Row],
    wanted: frozenset[RuleId],
    facts: Mapping[str, str],
    day: date,
    judges: Mapping[RuleId, Opinion],
    *,
    is_timed: bool,
) -> Tried:
    """Return what the wanted rules of a script make of utterances on a day, the call being over.

    `facts` are known before it, by the names that the pack has for them. `judges` are learned.
    """
    attributes = {"language": spoken_language(rows), "pack": script.id, **facts}
    attributes |= {id: facts[local(id)] for id in script.facts if local(id) in facts}
    listener = Listener(rules, attributes, day, judges or None)
    hits: list[RuleHit] = []
    for row in rows:
        hits += listener.hear(Said(row.speaker, row.text, row.start, row.end))
        if is_timed:
            hits += listener.wait(row.end)
    source = "transcript" if is_timed else "typed"
    heard = [
        Heard(
            seq=at,
            at=row.end,
            speaker=row.speaker,
            text=row.text,
            start=row.start,
            end=row.end,
            source=source,
        )
        for at, row in enumerate(rows)
    ]
    hits += listener.end(figures(measure(heard)))
    asleep = tuple(id for id in script.rules if id in wanted - rules.on(day).named)
    return Tried(tuple(rows), tuple(hit for hit in hits if hit.rule in wanted), day, asleep)


def lines(script: Script, tried: Tried, messages: Messages) -> Iterator[str]:
    """Yield each utterance with the rules that hold for it, then what holds for the call."""
    loud = [hit for hit in tried.hits if not hit.is_silent]
    for number, row in enumerate(tried.rows):
        mine = sorted((hit for hit in loud if hit.utterance == number), key=lambda hit: hit.start)
        if mine or len(tried.rows) == 1:
            name = speaker_name(row.speaker, messages)
            yield f"{number + 1:3}  {display(name)}: {display(row.text)}"
        for hit in mine:
            name = name_in(script, hit.rule)
            yield f"       {display(name)}  {display(_why(hit, row, messages))}"
    silent = [hit for hit in tried.hits if hit.is_silent]
    if silent:
        yield messages.say("By what was not said, or by the call as a whole:")
    for hit in silent:
        yield f"       {display(name_in(script, hit.rule))}"
    if not tried.hits:
        yield messages.say("No rule holds.")
    if tried.asleep:
        names = ", ".join(display(name_in(script, id)) for id in tried.asleep)
        yield messages.say("Not in force on {day}: {names}", day=tried.day.isoformat(), names=names)


def _why(hit: RuleHit, row: Row, messages: Messages) -> str:
    """Return the words of a hit, and what made them one."""
    told = [f"“{row.text[hit.start : hit.end]}”"]
    if hit.phrase:
        phrase = clip(hit.phrase, LONGEST_PHRASE)
        told.append(messages.say("by the phrase {phrase}", phrase=phrase))
    if hit.by != "rule":
        told.append(messages.say("by the learned judge"))
    if hit.taken_for:
        told.append(messages.say("taken for “{words}”", words=hit.taken_for))
    if hit.confidence < 1:
        told.append(f"{hit.confidence:.0%}")
    others = {utterance + 1 for utterance, _, _ in hit.also} - {hit.utterance + 1}
    if others:
        numbers = ", ".join(map(str, sorted(others)))
        told.append(messages.say("with the words in {numbers}", numbers=numbers))
    told += [f"{name}={value}" for name, value in hit.values.items()]
    return "  ".join(told)


def _as_dict(script: Script, tried: Tried) -> dict[str, object]:
    """Return what holds, for machines; keys are stable."""
    return {
        "pack": script.id,
        "utterances": len(tried.rows),
        "day": tried.day.isoformat(),
        "not_in_force": list(tried.asleep),
        "hits": [
            {
                "rule": hit.rule,
                "labels": list(script.rules[hit.rule].labels),
                "utterance": None if hit.is_silent else hit.utterance + 1,
                "speaker": None if hit.is_silent else tried.rows[hit.utterance].speaker.value,
                "start": hit.start,
                "end": hit.end,
                "words": tried.words(hit),
                "normalised": normal_form(tried.words(hit)),
                "phrase": hit.phrase,
                "by": hit.by,
                "taken_for": hit.taken_for,
                "confidence": hit.confidence,
                "also": [
                    {"utterance": utterance + 1, "start": start, "end": end}
                    for utterance, start, end in hit.also
                ],
                "values": dict(hit.values),
            }
            for hit in tried.hits
        ],
    }
