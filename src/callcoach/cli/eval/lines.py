"""An evaluation for people: tables of 80 columns, and what has to be known of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from callcoach.archive.datasets import Dataset
from callcoach.call.evaluate.blame import Rarity, worst
from callcoach.call.evaluate.report import Condition, Report, Trial
from callcoach.call.evaluate.score import Score, Scores
from callcoach.call.evaluate.slots import Redaction
from callcoach.call.evaluate.split import Part
from callcoach.call.evaluate.verdicts import EARLY, VERIFIED
from callcoach.call.names import speaker_name
from callcoach.cli.eval.errors import ErrorTeller
from callcoach.cli.eval.figures import (
    COLUMNS,
    ESTIMATE,
    NAME,
    NOTHING,
    at_right,
    estimate_cell,
    mark_text,
    percent,
)
from callcoach.cli.paint import Paint
from callcoach.locale import LANGUAGES, Messages, mark
from callcoach.words.display import display
from callcoach.words.wrap import pad, wrap

_NUMBER = 5
_LAST = NAME + _NUMBER + 2 * ESTIMATE + 6
"""Where the third measure of a table begins."""
_TROUBLES = 3
"""Lines that could not be used, of which the place is told."""
_RAREST = 3
"""Labels that are named as resting on rare words."""
VERDICTS = {
    VERIFIED: mark("Identity verified"),
    EARLY: mark("Early disclosure"),
}
PARTS = {
    Part.DEV: mark("the two thirds to develop with"),
    Part.HELD: mark("the held-out third"),
    Part.ALL: mark("all calls"),
}


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells an evaluation in the language of the interface."""

    paint: Paint
    messages: Messages
    errors: int
    """How many errors and phrases are shown."""

    def report(self, trial: Trial, datasets: Sequence[Dataset], report: Report) -> Iterator[str]:
        """Yield the lines of an evaluation."""
        say = self.messages.say
        yield say("{pack} on {part}", pack=display(trial.name), part=say(PARTS[trial.part]))
        yield from self._troubles(datasets)
        yield from self._remarks(trial, datasets)
        for name, scores in report.languages.items():
            yield ""
            yield from self._table(LANGUAGES.get(name, name), scores)
        yield ""
        yield from self._summary(report)
        yield from self._rarity(report.rarities)
        yield from self._conditions(report.conditions)
        yield from self._folds(report.folds)
        if report.redaction is not None:
            yield from self._redaction(report.redaction)
        errors = ErrorTeller(self.paint, self.messages, self.errors)
        yield from errors.phrases(report.phrases)
        yield from errors.blunders(worst(report.slips, report.whole))
        if not trial.has_texts:
            yield ""
            yield from self._wrapped(
                say(
                    "Errors are not shown: calls whose errors were read are no longer unseen."
                    " --errors shows them all the same."
                )
            )

    def _remarks(self, trial: Trial, datasets: Sequence[Dataset]) -> Iterator[str]:
        """Yield what has to be known before the figures are believed."""
        say = self.messages.say
        if trial.overlap is not None and trial.overlap.utterances:
            yield from self._wrapped(
                say(
                    "{share} of these utterances stand word for word in the other part too.",
                    share=f"{trial.overlap.seen / trial.overlap.utterances:.0%}",
                )
            )
        if trial.unknown:
            yield from self._wrapped(
                say(
                    "Nothing in this pack is called {names}. Name the rule that finds it: “labels”"
                    " in the rule; or --map, where the data only call it otherwise.",
                    names=", ".join(map(display, trial.unknown)),
                )
            )
        if any(one.format == "intents" for one in datasets):
            yield from self._wrapped(
                say(
                    "Turns with intents have one label each: what is rightly given beside it counts"
                    " as wrong, such as thanks in a refusal."
                )
            )
        if trial.brought_judges:
            yield from self._wrapped(
                self.messages.count(
                    "{n} learned judge that the pack brings is heard beside the rules; without it:"
                    " --judges none.",
                    "{n} learned judges that the pack brings are heard beside the rules; without"
                    " them: --judges none.",
                    trial.brought_judges,
                )
            )
        if trial.kept_judges:
            yield from self._wrapped(
                self.messages.count(
                    "{n} learned judge is heard beside the rules. Where these calls taught it, the"
                    " figures flatter: --judges taught --cross 5 is fair.",
                    "{n} learned judges are heard beside the rules. Where these calls taught them,"
                    " the figures flatter: --judges taught --cross 5 is fair.",
                    trial.kept_judges,
                )
            )

    def _troubles(self, datasets: Sequence[Dataset]) -> Iterator[str]:
        for one in datasets:
            if not one.troubles:
                continue
            told = self.messages.count(
                "{n} line of {name} could not be used:",
                "{n} lines of {name} could not be used:",
                len(one.troubles),
                name=display(one.name),
            )
            yield f"! {told}"
            for trouble in one.troubles[:_TROUBLES]:
                where = f"{display(trouble.file)}:{trouble.line}"
                yield f"    {where}: {display(self.messages.say(trouble.what))}"
            if len(one.troubles) > _TROUBLES:
                yield "    …"

    def _table(self, title: str, scores: Scores) -> Iterator[str]:
        say = self.messages.say
        yield self._sizes(title, scores)
        if scores.twins:
            twins = self.messages.count(
                "{n} call is word for word like another; the intervals do not know that.",
                "{n} calls are word for word like others; the intervals do not know that.",
                scores.twins,
            )
            yield f"! {twins}"
        heads = (say("Precision"), say("Recall"), "F1")
        yield (
            f"  {pad(say('Label'), NAME)} {at_right('n', _NUMBER)} "
            + " ".join(pad(f"  {head}", ESTIMATE) for head in heads)
            + f" {at_right('κ', _NUMBER)}"
        )
        speaker = None
        for row in scores.rows:
            if row.mark.speaker is not speaker:
                speaker = row.mark.speaker
                yield f" {speaker_name(speaker, self.messages)}"
            yield self._row(row)
        for verdict in scores.verdicts:
            if verdict is scores.verdicts[0]:
                yield pad(f" {say('Whole calls')}", _LAST) + f"  {say('Matthews')}"
            cells = (verdict.precision, verdict.recall, verdict.matthews)
            yield (
                f"  {pad(say(VERDICTS[verdict.name]), NAME)} "
                f"{verdict.counts.there:{_NUMBER}} {' '.join(map(estimate_cell, cells))}"
            )

    def _row(self, row: Score) -> str:
        cells = " ".join(map(estimate_cell, (row.precision, row.recall, row.f1)))
        kappa = NOTHING if row.kappa is None else f"{row.kappa:.2f}"
        name = pad(display(row.mark.label), NAME)
        return f"  {name} {row.counts.there:{_NUMBER}} {cells} {at_right(kappa, _NUMBER)}"

    def _sizes(self, title: str, scores: Scores) -> str:
        calls = self.messages.count("{n} call", "{n} calls", scores.calls)
        said = self.messages.count("{n} utterance", "{n} utterances", scores.utterances)
        distinct = self.messages.say("{n} of them distinct", n=scores.distinct)
        sizes = self.messages.say("{one}, {other}", one=calls, other=said)
        sizes = self.messages.say("{one}, {other}", one=sizes, other=distinct)
        return f"{display(title)}  {sizes}"

    def _summary(self, report: Report) -> Iterator[str]:
        """Yield macro and micro F1: of everything, of each language and of each data set."""
        say = self.messages.say
        yield f"{pad('', NAME + 2)} {pad(say('Macro F1'), 18)} {say('Micro F1')}"
        rows: list[tuple[str, Scores]] = []
        if len(report.languages) > 1:
            rows += [(LANGUAGES.get(name, name), one) for name, one in report.languages.items()]
        rows += [one for one in report.origins.items() if one[1] not in report.languages.values()]
        for name, scores in (*rows, (say("All"), report.whole)):
            macro, micro = pad(estimate_cell(scores.macro), 18), estimate_cell(scores.micro)
            yield f"  {pad(display(name), NAME)} {macro} {micro}"
        yield from self._wrapped(
            say(
                "Per cent; beside each the interval of 95 %, utterances of one call taken together."
                " n: how often it is there. κ: agreement beyond chance. Macro F1: the mean over the"
                " labels that are there; micro F1: all labels as one, false ones that are never"
                " there included."
            )
        )

    def _rarity(self, rarities: Sequence[Rarity]) -> Iterator[str]:
        """Yield how much rests on words of one call, and of which labels most does."""
        hits, once = sum(one.hits for one in rarities), sum(one.once for one in rarities)
        if not once:
            return
        rarest = sorted(rarities, key=lambda one: (-one.once / one.hits, one.mark))
        named = ", ".join(
            f"{mark_text(one.mark, self.messages)} {one.once / one.hits:.0%}"
            for one in rarest[:_RAREST]
            if one.once
        )
        yield ""
        yield from self._wrapped(
            self.messages.say(
                "{share} of the right labels rest on words that stand in no other call: {named}."
                " Other calls will use new words about as often; only they tell whether the rules"
                " know those.",
                share=f"{once / hits:.0%}",
                named=named,
            )
        )

    def _conditions(self, conditions: Sequence[Condition]) -> Iterator[str]:
        if not conditions:
            return
        say = self.messages.say
        yield ""
        yield say("Heard badly (simulated; no real recogniser's errors)")
        heads = ("  " + say("Macro F1"), say("kept"), say("new per 1,000"))
        widths = (ESTIMATE, 8, 14)
        yield f"  {pad('', NAME)} {pad(heads[0], widths[0])} " + " ".join(
            at_right(head, cells) for head, cells in zip(heads[1:], widths[1:], strict=True)
        )
        for one in conditions:
            heard = say("{n} % misheard", n=f"{one.rate * 100:.0f}") if one.rate else say("clean")
            name = f"{LANGUAGES.get(one.language, one.language)}, {heard}"
            extras = one.damage.extras
            cells = (percent(one.damage.recall), NOTHING if extras is None else f"{extras:.1f}")
            yield f"  {pad(name, NAME)} {estimate_cell(one.macro)} " + " ".join(
                at_right(cell, cells_) for cell, cells_ in zip(cells, widths[1:], strict=True)
            )

    def _folds(self, folds: Sequence[Scores]) -> Iterator[str]:
        values = [fold.macro.value for fold in folds if fold.macro.value is not None]
        if values:
            yield ""
            yield self.messages.say(
                "Macro F1 of {n} folds: {values}",
                n=len(folds),
                values=", ".join(f"{100 * value:.1f}" for value in values),
            )

    def _redaction(self, redaction: Redaction) -> Iterator[str]:
        say = self.messages.say
        yield ""
        yield say("Personal data, word by word")
        yield f"  {pad(say('Marked as'), NAME)} {at_right('n', _NUMBER)}   {say('Recall')}"
        for slot in redaction.slots:
            name = pad(display(slot.kind), NAME)
            yield f"  {name} {slot.words:{_NUMBER}} {estimate_cell(slot.recall)}"
        yield f"  {pad(say('All'), NAME + _NUMBER + 1)} {estimate_cell(redaction.recall)}"
        yield f"  {pad(say('Found as'), NAME)} {at_right('n', _NUMBER)}   {say('Precision')}"
        for found in redaction.found:
            name = pad(display(found.kind), NAME)
            yield f"  {name} {found.words:{_NUMBER}} {estimate_cell(found.precision)}"
        yield f"  {pad(say('All'), NAME + _NUMBER + 1)} {estimate_cell(redaction.precision)}"
        yield from self._wrapped(say("What people forgot to mark counts against the precision."))

    def _wrapped(self, text: str) -> Iterator[str]:
        for line in wrap(text, COLUMNS - 2):
            yield f"  {line}"
