"""Tells the errors of an evaluation, and what changed: where, which words, by which phrase."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from callcoach.call.evaluate.blame import Blunder, PhraseRecord
from callcoach.call.evaluate.gold import Mark, Reason
from callcoach.call.evaluate.report import Compared
from callcoach.cli.eval.figures import (
    COLUMNS,
    NAME,
    at_right,
    chance_text,
    gain_text,
    mark_text,
    percent,
    where_text,
)
from callcoach.cli.paint import Paint
from callcoach.locale import Messages
from callcoach.words.display import display
from callcoach.words.wrap import clip, pad, width, wrap

_AROUND = 90
"""Characters of an utterance on either side of the words that are to blame."""


@dataclass(frozen=True, slots=True)
class ErrorTeller:
    """Tells errors in the language of the interface."""

    paint: Paint
    messages: Messages
    most: int
    """How many errors, phrases and changes are shown."""

    def phrases(self, phrases: Sequence[PhraseRecord]) -> Iterator[str]:
        """Yield the phrases that are wrong most often."""
        wrong = [one for one in phrases if one.wrong and one.phrase]
        shown = wrong[: self.most]
        if not shown:
            return
        yield ""
        yield self._heading(
            self.messages.say("Phrases that are wrong most often"), len(shown), len(wrong)
        )
        for one in shown:
            record = self._record(one.right, one.wrong)
            room = COLUMNS - 2 - width(record) - 2
            yield f"  {pad(self._mark(one.mark), min(34, room))}  {record}"
            yield f"      {clip(display(one.phrase), COLUMNS - 6)}"

    def blunders(self, blunders: Sequence[Blunder]) -> Iterator[str]:
        """Yield the errors, the words that are to blame in square brackets."""
        say, shown = self.messages.say, blunders[: self.most]
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
        yield f"  {pad(say('Macro F1'), NAME)} {gain_text(found.macro)}"
        told = say(
            "{better} better, {worse} worse", better=found.calls_better, worse=found.calls_worse
        )
        chance = say("sign test: p {p}", p=chance_text(found.chance, "= "))
        both = say("{told} ({more})", told=told, more=chance)
        yield f"  {pad(say('Calls'), NAME)} {both}"
        if not found.shifts:
            yield "  " + say("Nothing changed.")
            return
        heads = (say("old F1"), say("new F1"), say("better"), say("worse"), "p")
        yield f"  {pad(say('Label'), 32)} " + " ".join(at_right(head, 7) for head in heads)
        for shift in found.shifts:
            cells = (percent(shift.old), percent(shift.new), str(shift.better), str(shift.worse))
            numbers = " ".join(at_right(cell, 7) for cell in (*cells, chance_text(shift.chance)))
            yield f"  {pad(self._mark(shift.mark), 32)} {numbers}"
        shown = found.changes[: self.most]
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

    def _placed(self, is_good: bool, one: Mark, what: str, where: str) -> Iterator[str]:
        """Yield what happened to a label and where, on two lines where one is too short."""
        told = f"{self.paint.verdict(is_good)} {self._mark(one)}  {what}"
        room = COLUMNS - width(f"x {self._mark(one)}  {what}  ")
        if width(where) <= room:
            yield f"{told}  {where}"
        else:
            yield told
            yield f"    {where}"

    def _why(self, phrase: str, reason: Reason) -> Iterator[str]:
        say = self.messages.say
        if reason.by == "model":
            told = say("by the learned judge, {share} sure", share=f"{reason.confidence:.0%}")
        elif phrase:
            told = say("by the phrase {phrase}", phrase=phrase)
        else:
            told = say("by a rule without a phrase")
        if reason.taken_for:
            told += " " + say("(taken for “{words}”)", words=reason.taken_for)
        yield f"      {clip(display(told), COLUMNS - 6)}"

    def _heading(self, text: str, shown: int, total: int) -> str:
        if shown == total:
            return text
        more = self.messages.say(
            "{shown} of {total}; --errors shows more", shown=shown, total=total
        )
        return self.messages.say("{told} ({more})", told=text, more=more)

    def _record(self, right: int, wrong: int) -> str:
        return self.messages.say("{right} right, {wrong} wrong", right=right, wrong=wrong)

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
        for line in wrap(f"“{cut[0]}{display(''.join(told))}{cut[1]}”", COLUMNS - 4):
            yield f"    {line}"

    def _mark(self, one: Mark) -> str:
        return mark_text(one, self.messages)
