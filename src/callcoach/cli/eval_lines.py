"""An evaluation for people: tables of 80 columns, the worst errors, what changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from callcoach.archive.datasets import Dataset
from callcoach.call.evaluate.blame import Blunder, PhraseRecord, Rarity, worst
from callcoach.call.evaluate.gold import Mark, Reason
from callcoach.call.evaluate.report import Compared, Condition, Report, Trial
from callcoach.call.evaluate.score import Score, Scores
from callcoach.call.evaluate.slots import Redaction
from callcoach.call.evaluate.split import Part
from callcoach.call.evaluate.verdicts import EARLY, VERIFIED
from callcoach.call.names import speaker_name
from callcoach.cli.eval_figures import (
    ESTIMATE,
    NOTHING,
    at_right,
    chance_text,
    estimate_cell,
    gain_text,
    percent,
    where_text,
)
from callcoach.cli.script_show import Paint
from callcoach.locale import LANGUAGES, Messages, mark
from callcoach.words.display import display
from callcoach.words.wrap import clip, pad, width, wrap

_COLUMNS = 80
_NAME = 22
_NUMBER = 5
_LAST = _NAME + _NUMBER + 2 * ESTIMATE + 6
"""Where the third measure of a table begins."""
_TROUBLES = 3
"""Lines that could not be used, of which the place is told."""
_RAREST = 3
"""Labels that are named as resting on rare words."""
_AROUND = 90
"""Characters of an utterance on either side of the words that are to blame."""
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
    """How many errors, phrases and changes are shown."""

    def report(self, trial: Trial, datasets: Sequence[Dataset], report: Report) -> Iterator[str]:
        """Yield the lines of an evaluation."""
        say = self.messages.say
        yield say("{pack} on {part}", pack=display(trial.name), part=say(PARTS[trial.part]))
        yield from self._troubles(datasets)
        if trial.overlap is not None and trial.overlap.utterances:
            yield from self._wrapped(
                say(
                    "{share} of these utterances stand word for word in the other part too.",
                    share=f"{trial.overlap.seen / trial.overlap.utterances:.0%}",
                )
            )
        if any(one.format == "intents" for one in datasets):
            yield from self._wrapped(
                say(
                    "Turns with intents have one label each: what is rightly given beside it counts"
                    " as wrong, such as thanks in a refusal."
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
        yield from self._phrases(report.phrases)
        yield from self._blunders(worst(report.slips, report.whole))
        if not trial.has_texts:
            yield ""
            yield from self._wrapped(
                say(
                    "Errors are not shown: calls whose errors were read are no longer unseen."
                    " --errors shows them all the same."
                )
            )

    def comparison(self, compared: Compared) -> Iterator[str]:
        """Yield the lines of a comparison."""
        say, found = self.messages.say, compared.comparison
        yield ""
        yield say("Against {name}", name=display(compared.name))
        if compared.left_out:
            yield "  " + self.messages.count(
                "{n} call was not judged then and is left out.",
                "{n} calls were not judged then and are left out.",
                compared.left_out,
            )
        yield f"  {pad(say('Macro F1'), _NAME)} {gain_text(found.macro)}"
        told = say(
            "{better} better, {worse} worse", better=found.calls_better, worse=found.calls_worse
        )
        chance = say("sign test: p {p}", p=chance_text(found.chance, "= "))
        both = say("{told} ({more})", told=told, more=chance)
        yield f"  {pad(say('Calls'), _NAME)} {both}"
        if not found.shifts:
            yield "  " + say("Nothing changed.")
            return
        heads = (say("old F1"), say("new F1"), say("better"), say("worse"), "p")
        yield f"  {pad(say('Label'), 32)} " + " ".join(at_right(head, 7) for head in heads)
        for shift in found.shifts:
            cells = (percent(shift.old), percent(shift.new), str(shift.better), str(shift.worse))
            numbers = " ".join(at_right(cell, 7) for cell in (*cells, chance_text(shift.chance)))
            yield f"  {pad(self._mark(shift.mark), 32)} {numbers}"
        shown = found.changes[: self.errors]
        if shown:
            yield ""
            yield self._heading(
                say("Changed utterances, what got worse first"), len(shown), len(found.changes)
            )
        for change in shown:
            what = say("given now") if change.is_given else say("no longer given")
            where = where_text(change.call, change.number)
            yield from self._placed(change.is_better, change.mark, what, where)
            yield from self._quoted(change.utterance.text, ())

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
            f"  {pad(say('Label'), _NAME)} {at_right('n', _NUMBER)} "
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
                f"  {pad(say(VERDICTS[verdict.name]), _NAME)} "
                f"{verdict.counts.there:{_NUMBER}} {' '.join(map(estimate_cell, cells))}"
            )

    def _row(self, row: Score) -> str:
        cells = " ".join(map(estimate_cell, (row.precision, row.recall, row.f1)))
        kappa = NOTHING if row.kappa is None else f"{row.kappa:.2f}"
        name = pad(display(row.mark.label), _NAME)
        return f"  {name} {row.counts.there:{_NUMBER}} {cells} {at_right(kappa, _NUMBER)}"

    def _sizes(self, title: str, scores: Scores) -> str:
        calls = self.messages.count("{n} call", "{n} calls", scores.calls)
        said = self.messages.count("{n} utterance", "{n} utterances", scores.utterances)
        distinct = self.messages.say("{n} of them distinct", n=scores.distinct)
        return f"{display(title)}  {calls}, {said}, {distinct}"

    def _summary(self, report: Report) -> Iterator[str]:
        """Yield macro and micro F1: of everything, of each language and of each data set."""
        say = self.messages.say
        yield f"{pad('', _NAME + 2)} {pad(say('Macro F1'), 18)} {say('Micro F1')}"
        rows: list[tuple[str, Scores]] = []
        if len(report.languages) > 1:
            rows += [(LANGUAGES.get(name, name), one) for name, one in report.languages.items()]
        rows += [one for one in report.origins.items() if one[1] not in report.languages.values()]
        for name, scores in (*rows, (say("All"), report.whole)):
            macro, micro = pad(estimate_cell(scores.macro), 18), estimate_cell(scores.micro)
            yield f"  {pad(display(name), _NAME)} {macro} {micro}"
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
            f"{self._mark(one.mark)} {one.once / one.hits:.0%}"
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
        yield f"  {pad('', _NAME)} {pad(heads[0], widths[0])} " + " ".join(
            at_right(head, cells) for head, cells in zip(heads[1:], widths[1:], strict=True)
        )
        for one in conditions:
            heard = say("{n} % misheard", n=f"{one.rate * 100:.0f}") if one.rate else say("clean")
            name = f"{LANGUAGES.get(one.language, one.language)}, {heard}"
            extras = one.damage.extras
            cells = (percent(one.damage.recall), NOTHING if extras is None else f"{extras:.1f}")
            yield f"  {pad(name, _NAME)} {estimate_cell(one.macro)} " + " ".join(
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
        yield f"  {pad(say('Marked as'), _NAME)} {at_right('n', _NUMBER)}   {say('Recall')}"
        for slot in redaction.slots:
            name = pad(display(slot.kind), _NAME)
            yield f"  {name} {slot.words:{_NUMBER}} {estimate_cell(slot.recall)}"
        yield f"  {pad(say('All'), _NAME + _NUMBER + 1)} {estimate_cell(redaction.recall)}"
        yield f"  {pad(say('Found as'), _NAME)} {at_right('n', _NUMBER)}   {say('Precision')}"
        for found in redaction.found:
            name = pad(display(found.kind), _NAME)
            yield f"  {name} {found.words:{_NUMBER}} {estimate_cell(found.precision)}"
        yield f"  {pad(say('All'), _NAME + _NUMBER + 1)} {estimate_cell(redaction.precision)}"
        yield from self._wrapped(say("What people forgot to mark counts against the precision."))

    def _phrases(self, phrases: Sequence[PhraseRecord]) -> Iterator[str]:
        wrong = [one for one in phrases if one.wrong and one.phrase]
        shown = wrong[: self.errors]
        if not shown:
            return
        yield ""
        yield self._heading(
            self.messages.say("Phrases that are wrong most often"), len(shown), len(wrong)
        )
        for one in shown:
            record = self._record(one.right, one.wrong)
            room = _COLUMNS - 2 - width(record) - 2
            yield f"  {pad(self._mark(one.mark), min(34, room))}  {record}"
            yield f"      {clip(display(one.phrase), _COLUMNS - 6)}"

    def _blunders(self, blunders: Sequence[Blunder]) -> Iterator[str]:
        say, shown = self.messages.say, blunders[: self.errors]
        if not shown:
            return
        yield ""
        title = say("Worst errors, the worst label first")
        yield self._heading(title, len(shown), len(blunders))
        for blunder in shown:
            slip = blunder.slip
            what = say("given, but not there") if slip.is_extra else say("there, but not given")
            times = f" ×{blunder.times}" if blunder.times > 1 else ""
            where = where_text(slip.call, slip.number)
            yield from self._placed(False, slip.mark, f"{what}{times}", where)
            yield from self._quoted(slip.utterance.text, slip.reasons)
            for phrase, reason in {reason.phrase: reason for reason in slip.reasons}.items():
                yield from self._why(phrase, reason)

    def _placed(self, is_good: bool, one: Mark, what: str, where: str) -> Iterator[str]:
        """Yield what happened to a label and where, on two lines where one is too short."""
        told = f"{self.paint.verdict(is_good)} {self._mark(one)}  {what}"
        room = _COLUMNS - width(f"x {self._mark(one)}  {what}  ")
        if width(where) <= room:
            yield f"{told}  {where}"
        else:
            yield told
            yield f"    {where}"

    def _why(self, phrase: str, reason: Reason) -> Iterator[str]:
        say = self.messages.say
        if reason.by == "model":
            told = say("by a model, {share} sure", share=f"{reason.confidence:.0%}")
        elif phrase:
            told = say("by the phrase {phrase}", phrase=phrase)
        else:
            told = say("by a rule without a phrase")
        if reason.taken_for:
            told += " " + say("(taken for “{words}”)", words=reason.taken_for)
        yield f"      {clip(display(told), _COLUMNS - 6)}"

    def _heading(self, text: str, shown: int, total: int) -> str:
        if shown == total:
            return text
        more = self.messages.say(
            "{shown} of {total}; --errors shows more", shown=shown, total=total
        )
        return self.messages.say("{told} ({more})", told=text, more=more)

    def _record(self, right: int, wrong: int) -> str:
        return self.messages.say("{right} right, {wrong} wrong", right=right, wrong=wrong)

    def _mark(self, one: Mark) -> str:
        return display(f"{one.label} ({speaker_name(one.speaker, self.messages)})")

    def _quoted(self, text: str, reasons: Sequence[Reason]) -> Iterator[str]:
        """Yield an utterance, the words that are to blame in square brackets."""
        spans = sorted({(one.start, one.end) for one in reasons if one.end > one.start})
        begin, end = 0, len(text)
        if spans:
            begin = max(0, spans[0][0] - _AROUND)
            end = min(len(text), spans[0][1] + _AROUND)
        else:
            end = min(end, 3 * _AROUND)
        told: list[str] = []
        at = begin
        for start, past in spans:
            if at <= start and past <= end:
                told += [text[at:start], "[", text[start:past], "]"]
                at = past
        told.append(text[at:end])
        cut = ("…" if begin else "", "…" if end < len(text) else "")
        for line in wrap(f"“{cut[0]}{display(''.join(told))}{cut[1]}”", _COLUMNS - 4):
            yield f"    {line}"

    def _wrapped(self, text: str) -> Iterator[str]:
        for line in wrap(text, _COLUMNS - 2):
            yield f"  {line}"
