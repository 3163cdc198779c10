"""callcoach cues learn: judges that reviewed calls teach."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from callcoach.archive.folder import make_folder, not_written, write_whole
from callcoach.call.evaluate.counts import Counts, f1
from callcoach.call.learned import Learned, write_learned
from callcoach.cli.answer import json_option, print_json
from callcoach.cli.arguments import taught_by
from callcoach.cli.coaches import phrases_of
from callcoach.cli.cues.learned import learned_file, learned_judges
from callcoach.cli.cues.reviewed import reviewed
from callcoach.cli.cues.teach import Untaught, teach, untaught
from callcoach.cli.group import Command
from callcoach.cli.shelf import script_of
from callcoach.cli.workplace import Workplace
from callcoach.locale import Messages, mark
from callcoach.script.rules import Rule
from callcoach.words.display import display
from callcoach.words.wrap import clip, pad, width

if TYPE_CHECKING:
    from callcoach.review.learning.train import Lesson  # scikit-learn is an extra

_NAME, _NUMBER = 24, 9


@click.command(
    "learn",
    cls=Command,
    help=mark(
        "Teach a small judge for each cue with calls that your team has reviewed, and keep it only"
        " where it is better than what judges now on calls that it has not seen: the rule, or the"
        " judge that the pack brings for it, which it then goes before. FILES are labelled calls,"
        " as callcoach eval reads them; without any it is the reviews in the journal that teach."
        " Nothing leaves this machine; the file that is kept holds"
        " weights and nobody's words."
    ),
    epilog="""
callcoach cues learn
callcoach cues learn reviewed.tsv
callcoach --pack overdue cues learn reviewed.tsv --dry-run
callcoach cues forget
""",
)
@taught_by
@click.option(
    "--folds",
    "fold_count",
    type=click.IntRange(2, 20),
    default=5,
    metavar="NUMBER",
    help=mark("In so many folds, each judged by what was learnt from the others."),
)
@click.option("--dry-run", is_flag=True, help=mark("Measure only; keep nothing."))
@json_option
@click.pass_obj
def learn(
    place: Workplace, files: tuple[Path, ...], fold_count: int, dry_run: bool, as_json: bool
) -> None:
    """Teach judges."""
    script = script_of(place)
    calls = reviewed(place, script, files)
    lessons = teach(script, calls, fold_count, phrases_of(place))
    kept = {it.rule.id: it.weights for it in lessons if it.weights is not None}
    file = learned_file(place, script.id)
    if not dry_run and kept:
        day = datetime.now().astimezone().date().isoformat()
        learned = Learned(script.id, script.digest, day, kept)
        _keep(file, write_learned(learned))
    if as_json:
        print_json(
            {
                "pack": script.id,
                "calls": len(calls),
                "rules": [_lesson_json(lesson) for lesson in lessons],
                "not_taught": untaught(script, calls, lessons),
                "file": None if dry_run or not kept else str(file),
            }
        )
        return
    say = place.messages.say
    for line in _table(lessons, place.messages, place.language):
        click.echo(line)
    for line in _untaught(untaught(script, calls, lessons), place.messages):
        click.echo(line)
    if not lessons:
        click.echo(say("There are too few labels to learn from: ten of a kind are needed."))
    elif not kept:
        click.echo(say("No judge is beyond doubt better than what judges now; none is kept."))
    elif dry_run:
        click.echo(say("Nothing was kept: this was a dry run."))
    else:
        click.echo(say("Kept as {file}, and used from now on.", file=display(str(file))))
    if not kept and learned_judges(place, script):
        click.echo(say("What was learned before is still used; it ends by: callcoach cues forget"))


def _keep(file: Path, data: bytes) -> None:
    """Write judges down for the owner's eyes alone. Raises `StorageError`."""
    try:
        make_folder(file.parent)
        write_whole(file, data)
    except OSError as error:
        raise not_written(file, error) from error


_WHY = {
    Untaught.UNKNOWN: mark("Not taught, no rule gives the label: {labels}"),
    Untaught.OF_CALLS: mark("Not taught, judged of whole calls: {labels}"),
    Untaught.FEW: mark("Not taught, too few labels: {labels}"),
}


def _untaught(found: Mapping[str, Untaught], messages: Messages) -> Iterator[str]:
    """Yield a line for each reason why labels of the calls have taught nothing."""
    for why, told in _WHY.items():
        labels = [display(label) for label, it in found.items() if it is why]
        if labels:
            yield messages.say(told, labels=", ".join(labels))


def _table(lessons: "Sequence[Lesson]", messages: Messages, language: str) -> Iterator[str]:
    """Yield a line for each rule: F1 now and by the judge, the gain, what is used."""
    if not lessons:
        return
    say = messages.say
    head = (say("labels"), say("F1 now"), say("judge F1"), say("gain"))
    cells = "".join(map(_cell, head))
    yield f"{pad(say('Rule'), _NAME + 2)}{cells}  {say('95 %')}"
    for lesson in lessons:
        name = pad(clip(display(title(lesson.rule, language)), _NAME - 1), _NAME)
        gain = lesson.gain
        numbers = (
            str(lesson.there),
            _share(lesson.of_rule),
            _share(lesson.of_judge),
            f"{gain.value:+.2f}" if gain.value is not None else "–",
        )
        told = "".join(map(_cell, numbers))
        range_ = f"{gain.low:+.2f} … {gain.high:+.2f}" if gain.low is not None else ""
        used = "✓" if lesson.is_better else " "
        yield f"{used} {name}{told}  {range_}".rstrip()
    if any(lesson.is_better for lesson in lessons):
        yield say("✓ is used: it is better beyond doubt on calls that it has not seen.")


def _cell(text: str) -> str:
    """Return a cell of the table, its text at the right."""
    return " " * max(_NUMBER - width(text), 1) + text


def title(rule: Rule, language: str) -> str:
    """Return what a rule is called; its id where it has no title."""
    return (rule.title.plain(language) if rule.title else "") or rule.id


def _share(counts: Counts) -> str:
    value = f1(counts)
    return "–" if value is None else f"{value:.2f}"


def _lesson_json(lesson: "Lesson") -> Mapping[str, object]:
    return {
        "rule": lesson.rule.id,
        "labels": lesson.there,
        "calls": lesson.calls,
        "rule_f1": f1(lesson.of_rule),
        "judge_f1": f1(lesson.of_judge),
        "gain": lesson.gain.value,
        "gain_95": [lesson.gain.low, lesson.gain.high],
        "used": lesson.is_better,
    }
