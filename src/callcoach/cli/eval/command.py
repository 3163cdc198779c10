"""callcoach eval: how right the judgements of a pack are, measured with labelled calls."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from callcoach.archive.datasets.result import Result, no_result, read_result, result_text
from callcoach.call.evaluate.gold import LabelledCall
from callcoach.call.evaluate.report import Hearing, Trial, against, evaluate
from callcoach.call.evaluate.scripted import ScriptPredictor, unknown_labels
from callcoach.call.evaluate.slots import Found
from callcoach.call.evaluate.split import Part
from callcoach.cli.answer import json_option, print_json
from callcoach.cli.arguments import Named, labelled_files
from callcoach.cli.coaches import phrases_of
from callcoach.cli.days import today
from callcoach.cli.eval.as_json import KEPT, report_json
from callcoach.cli.eval.data import Choice, choose, mishearing, read_all, shared
from callcoach.cli.eval.errors import ErrorTeller
from callcoach.cli.eval.judges import Judges, heard_with, kept_judges, trainer
from callcoach.cli.eval.lines import Teller
from callcoach.cli.eval.markdown import markdown_lines
from callcoach.cli.group import Command
from callcoach.cli.output import write_file
from callcoach.cli.paint import Paint
from callcoach.cli.shelf import script_of
from callcoach.cli.workplace import Workplace
from callcoach.errors import UsageError
from callcoach.locale import mark
from callcoach.script.model import Script
from callcoach.words.display import display
from callcoach.words.redact import Redactor

ERRORS = 5
"""How many errors are shown where nobody says."""


@click.command(
    "eval",
    cls=Command,
    help=mark(
        "Compare what a pack finds in calls with labels that people gave: precision, recall and F1"
        " of every label with intervals of 95 %, by language and hearing, and the worst errors with"
        " the phrases that made them. A file is a table (.tsv, .csv) or JSON Lines with the columns"
        " call, speaker, text and labels, or dialogues in the form of CrossWOZ, or turns in that of"
        " MultiDoGO; a folder holds such files, or labels.tsv beside transcripts/."
    ),
    epilog="""
callcoach eval labelled.tsv
callcoach eval calls/ --pack overdue --label greeting --errors 20
callcoach eval labelled.tsv --noise 5 --noise 10 --save before.json
callcoach eval labelled.tsv --against before.json
callcoach eval labelled.tsv --part dev --against ./my-pack
""",
)
@labelled_files
@click.option(
    "--label", "labels", multiple=True, metavar="NAME", help=mark("Only this label; repeatable.")
)
@click.option(
    "--only",
    "ids",
    multiple=True,
    metavar="NAME",
    help=mark("Only the calls with these ids; repeatable, or with commas between."),
)
@click.option(
    "--part",
    type=click.Choice([part.value for part in Part]),
    default=Part.ALL.value,
    help=mark("dev: two thirds, to tune with; held: the third to look at once; all."),
)
@click.option(
    "--noise",
    "noise",
    multiple=True,
    type=click.IntRange(0, 90),
    metavar="NUMBER",
    help=mark("Also with so many percent of the words misheard; repeatable."),
)
@click.option(
    "--cross",
    type=click.IntRange(2, 100),
    metavar="NUMBER",
    help=mark("In so many folds, each judged by what was learnt from the others."),
)
@click.option(
    "--judges",
    "judging",
    type=click.Choice([judges.value for judges in Judges]),
    default=Judges.KEPT.value,
    help=mark(
        "kept: also by the judges that the pack brings, and before them those that callcoach cues"
        " learn has kept; taught: by those that the other folds of --cross teach in place of the"
        " kept ones; none: by the rules alone."
    ),
)
@click.option("--seed", type=int, default=1, metavar="NUMBER", help=mark("Of whatever is drawn."))
@click.option(
    "--errors",
    type=click.IntRange(min=0),
    metavar="NUMBER",
    help=mark("How many errors and phrases to show: 5, of the held part none unless asked."),
)
@click.option(
    "--map",
    "renamed",
    multiple=True,
    metavar="NAME=NAME",
    help=mark("What a label of the data is called here: bye=closing; repeatable."),
)
@click.option(
    "--against",
    "other",
    metavar="PATH",
    help=mark("Compare with a saved result, or with another pack."),
)
@click.option(
    "--save",
    type=Named(path_type=Path),
    metavar="PATH",
    help=mark("Keep what was found, without anybody's words, for --against."),
)
@click.option("--markdown", is_flag=True, help=mark("Print tables for a document."))
@json_option
@click.pass_obj
def evaluate_pack(
    place: Workplace,
    files: tuple[Path, ...],
    labels: tuple[str, ...],
    ids: tuple[str, ...],
    part: str,
    noise: tuple[int, ...],
    cross: int | None,
    judging: str,
    seed: int,
    errors: int | None,
    renamed: tuple[str, ...],
    other: str | None,
    save: Path | None,
    markdown: bool,
    as_json: bool,
) -> None:
    """Evaluate a pack."""
    script = script_of(place)
    datasets = read_all(files, renamed)
    everything = [call for one in datasets for call in one.calls]
    chosen = Part(part)
    calls = choose(everything, Choice(chosen, labels, ids))
    old = None if other is None else _old(place, other, calls, Judges(judging))
    name = _name(script)
    kept = kept_judges(place, script, Judges(judging), cross or 0)
    trial = Trial(
        name,
        script.digest,
        chosen,
        seed,
        folds=cross or 0,
        overlap=shared(everything, chosen),
        judges=judging,
        kept_judges=len(kept),
        brought_judges=0 if judging == Judges.NONE else _brought(script),
        has_texts=chosen is not Part.HELD or errors is not None,
        unknown=unknown_labels(script, calls),
    )
    report = evaluate(
        calls,
        trainer(script, Judges(judging), kept, phrases_of(place)),
        seed=seed,
        hearing=Hearing(tuple(rate / 100 for rate in noise), mishearing(everything))
        if noise
        else None,
        fold_count=trial.folds,
        find=_find,
    )
    compared = None if old is None else against(calls, report, old.name, old.labels, seed)
    whole = report_json(trial, datasets, report, compared)
    if save is not None:
        figures = {key: whole[key] for key in KEPT}
        text = result_text(name, calls, report.predictions, figures)
        write_file(save, text.encode("utf-8", "backslashreplace"))
    if as_json:
        print_json(whole)
        return
    if markdown:
        for line in markdown_lines(trial, report, today(), place.messages):
            click.echo(line)
        return
    shown = errors if errors is not None else ERRORS if trial.has_texts else 0
    paint, messages = Paint(place), place.messages
    for line in Teller(paint, messages, shown).report(trial, datasets, report):
        click.echo(line.rstrip())
    if compared is not None:
        for line in ErrorTeller(paint, messages, shown).comparison(compared):
            click.echo(line.rstrip())
    if save is not None:
        click.echo(messages.say("Saved as {file}.", file=display(str(save))))


def _brought(script: Script) -> int:
    return sum(len(judges) for judges in script.judges.values())


def _name(script: Script) -> str:
    return f"{script.id} {script.version}"


def _old(place: Workplace, named: str, calls: Sequence[LabelledCall], judges: Judges) -> Result:
    """Return what another version says: a saved result, or a pack that judges the same calls."""
    path = Path(named)
    if path.suffix == ".json" or (path.is_file() and path.suffix not in (".yaml", ".yml")):
        saved = read_result(path)
        if not any(call.digest in saved.labels for call in calls):
            raise UsageError(
                "{path} is about none of these calls", "name the data it was made of", path=path
            )
        for call in calls:
            kept = saved.labels.get(call.digest)
            if kept is not None and len(kept) != len(call.utterances):
                raise no_result(path)
        return saved
    script = heard_with(judges, script_of(place, named))
    predictor = ScriptPredictor(script, store=phrases_of(place))
    return Result(_name(script), {one.digest: predictor.predict(one).labels for one in calls})


def _find(call: LabelledCall) -> Sequence[Iterable[Found]]:
    """Return what is personal in each utterance of a call."""
    redactor = Redactor()
    return [redactor.hear(one.speaker, one.text) for one in call.utterances]
