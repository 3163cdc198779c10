"""An evaluation as tables for a document, with the day and the versions it was made with."""

from collections.abc import Iterator, Mapping
from datetime import date

from callcoach import __version__
from callcoach.call.evaluate.counts import Estimate
from callcoach.call.evaluate.report import Report, Trial
from callcoach.call.evaluate.score import Scores
from callcoach.call.names import speaker_name
from callcoach.cli.eval.figures import NOTHING, percent
from callcoach.cli.eval.lines import PARTS, VERDICTS
from callcoach.locale import LANGUAGES, Messages
from callcoach.words.display import display


def markdown_lines(trial: Trial, report: Report, day: date, messages: Messages) -> Iterator[str]:
    """Yield the lines of a document: what was measured, then a table for each language."""
    say = messages.say
    yield say(
        "Measured on {day}: callcoach {version}, pack {pack} ({digest}), {part}, seed {seed}.",
        day=day.isoformat(),
        version=__version__,
        pack=_cell(trial.name),
        digest=trial.digest[:12],
        part=say(PARTS[trial.part]),
        seed=trial.seed,
    )
    for name, scores in report.languages.items():
        yield ""
        yield from _labels(LANGUAGES.get(name, name), scores, messages)
    if report.conditions:
        yield ""
        yield _row((say("Heard"), say("Macro F1"), say("kept"), say("new per 1,000")))
        yield _rule(4)
    for one in report.conditions:
        heard = say("{n} % misheard", n=f"{one.rate * 100:.0f}") if one.rate else say("clean")
        extras = one.damage.extras
        cells = (
            f"{LANGUAGES.get(one.language, one.language)}, {heard}",
            _estimate(one.macro),
            percent(one.damage.recall),
            NOTHING if extras is None else f"{extras:.1f}",
        )
        yield _row(cells)
    if report.redaction is not None:
        yield ""
        yield _row((say("Marked as"), "n", say("Recall")))
        yield _rule(3)
        for slot in report.redaction.slots:
            yield _row((_cell(slot.kind), str(slot.words), _estimate(slot.recall)))
        yield ""
        yield _row((say("Found as"), "n", say("Precision")))
        yield _rule(3)
        for found in report.redaction.found:
            yield _row((_cell(found.kind), str(found.words), _estimate(found.precision)))


def _labels(title: str, scores: Scores, messages: Messages) -> Iterator[str]:
    say = messages.say
    calls = messages.count("{n} call", "{n} calls", scores.calls)
    said = messages.count("{n} utterance", "{n} utterances", scores.utterances)
    yield f"**{_cell(title)}**: {calls}, {said}"
    yield ""
    yield _row((say("Label"), say("Speaker"), "n", say("Precision"), say("Recall"), "F1", "κ"))
    yield _rule(7)
    for row in scores.rows:
        kappa = NOTHING if row.kappa is None else f"{row.kappa:.2f}"
        measures = map(_estimate, (row.precision, row.recall, row.f1))
        speaker = speaker_name(row.mark.speaker, messages)
        yield _row((_cell(row.mark.label), speaker, str(row.counts.there), *measures, kappa))
    totals: Mapping[str, Estimate] = {
        say("Macro F1"): scores.macro,
        say("Micro F1"): scores.micro,
    }
    for name, estimate in totals.items():
        yield _row((f"**{name}**", "", "", "", "", _estimate(estimate), ""))
    if scores.verdicts:
        yield ""
        head = (say("Whole calls"), "n", say("Precision"), say("Recall"), say("Matthews"))
        yield _row(head)
        yield _rule(len(head))
    for one in scores.verdicts:
        measures = map(_estimate, (one.precision, one.recall, one.matthews))
        yield _row((say(VERDICTS[one.name]), str(one.counts.there), *measures))


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _rule(columns: int) -> str:
    return _row(("---", *("---:",) * (columns - 1)))


def _cell(text: str) -> str:
    """Return a text that cannot end its cell."""
    return display(text).replace("\\", "\\\\").replace("|", "\\|")


def _estimate(estimate: Estimate) -> str:
    if estimate.low is None or estimate.high is None:
        return percent(estimate.value)
    return f"{percent(estimate.value)} ({100 * estimate.low:.0f}–{100 * estimate.high:.0f})"
