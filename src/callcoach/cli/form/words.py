"""Says what a form asks, counts and concludes, in the reader's language."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from callcoach.call.explain import cue_title
from callcoach.locale import Messages, mark
from callcoach.review.explain import explain_fail, figure_words, measure_title, subject_titles
from callcoach.review.form.model import (
    Auto,
    Fails,
    Form,
    Needs,
    Question,
    QuestionKind,
    Range,
    Scoring,
    Section,
    Source,
    When,
)
from callcoach.review.score import best_of
from callcoach.script.measures import is_count
from callcoach.script.model import CueId, CueKind, OutcomeId, Script
from callcoach.script.wording import Language, Wording

_KINDS = {
    QuestionKind.MANY: mark("Any number of these:"),
    QuestionKind.NUMBER: mark("A number."),
    QuestionKind.TEXT: mark("In words."),
    QuestionKind.DATE: mark("A day."),
}


@dataclass(frozen=True, slots=True)
class FormWords:
    """One form in words."""

    form: Form
    script: Script | None
    """Of the pack whose cues it names; without it cues go by their ids."""
    language: Language
    messages: Messages

    def text(self, wording: Wording) -> str:
        """Return a text of the form."""
        return wording.plain(self.language)

    def head(self) -> str:
        """Return what the form is for, in one line."""
        say, count = self.messages.say, self.messages.count
        questions = tuple(self.form.questions)
        suggested = sum(it.auto is not None for it in questions)
        parts = [
            count("{n} question", "{n} questions", len(questions)),
            count("{n} suggested by the call", "{n} suggested by the call", suggested),
        ]
        if self.form.pack:
            parts.append(say("for calls with the pack {pack}", pack=self.form.pack))
        days = self.form.appeal_days
        parts.append(
            count("appeals within {n} day", "appeals within {n} days", days)
            if days
            else say("no appeals")
        )
        return " · ".join(parts)

    def bands(self) -> str:
        """Return the bands in one line, the highest first."""
        named = (
            self.messages.say(
                "{band} from {least} %", band=self.text(it.title), least=f"{it.least:g}"
            )
            for it in self.form.bands
        )
        return self.messages.say("Bands: {bands}", bands=" · ".join(named))

    def section_share(self, section: Section) -> str:
        """Return how much a section counts."""
        if not section.is_scored:
            return self.messages.say("no score")
        if self.form.scoring is Scoring.POINTS:
            return self._points(sum(map(_worth, section.questions)))
        return f"{self._section_percent(section):.0f} %"

    def share(self, section: Section, question: Question) -> str:
        """Return how much a question counts where all are asked and answered."""
        if not (section.is_scored and question.is_scored):
            return ""
        sign = "+" if question.is_bonus else ""
        if self.form.scoring is Scoring.POINTS:
            return sign + self._points(best_of(question) * question.weight)
        whole = sum(it.weight for it in section.questions if it.is_scored and not it.is_bonus)
        percent = self._section_percent(section) * question.weight / whole if whole else 0.0
        return f"{sign}{percent:.1f} %"

    def _section_percent(self, section: Section) -> float:
        whole = sum(it.weight for it in self.form.sections if it.is_scored)
        return 100 * section.weight / whole if whole else 0.0

    def _points(self, points: float) -> str:
        return self.messages.say("{points} pts", points=f"{points:g}")

    def notes(self, when: Sequence[When], help: Wording | None) -> Iterator[str]:
        """Yield when a part is asked, and what counts."""
        for condition in when:
            yield self._condition(condition)
        if help is not None:
            yield self.text(help)

    def _condition(self, when: When) -> str:
        say = self.messages.say
        other = self.form.question(when.question)
        title = self.text(other.title) if other else when.question
        named = [self.text(it.title) for it in (other.options if other else ())
                 if it.id in when.options]  # fmt: skip
        answers = " / ".join(named)
        if not when.options:
            return say("Only where “{question}” was answered.", question=title)
        if when.is_not:
            return say("Only where “{question}” is not {answers}.", question=title, answers=answers)
        return say("Only where “{question}” is {answers}.", question=title, answers=answers)

    def answers(self, question: Question) -> Iterator[str]:
        """Yield the answers there are, each with what it scores and brings down."""
        kind = _KINDS.get(question.kind)
        if kind is not None and not question.ranges:
            yield self.messages.say(kind)
        options = [
            self._with_fail(self._scored(self.text(it.title), it.score, question), it.fails)
            for it in question.options
        ]
        if any(option.fails for option in question.options):
            yield from options
        elif options:
            yield " · ".join(options)
        for one in question.ranges:
            told = self._scored(self._range(one, question.auto), one.score, question)
            yield self._with_fail(told, one.fails)

    def _with_fail(self, text: str, fails: Fails | None) -> str:
        return text if fails is None else f"{text}  {explain_fail(fails, self.messages)}"

    def _scored(self, answer: str, score: float, question: Question) -> str:
        if not question.is_scored:
            return answer
        if self.form.scoring is Scoring.POINTS:
            return f"{answer} {score * question.weight:g}"
        return f"{answer} {score:.0%}"

    def _range(self, one: Range, auto: Auto | None) -> str:
        say, least, most = self.messages.say, one.least, one.most
        measure = auto.of[0] if auto is not None and auto.source is Source.METRIC else ""
        if least is not None and most is not None and is_count(measure):
            return f"{least:g}" if most - least == 1 else f"{least:g}–{most - 1:g}"
        low, high = (
            "" if it is None else figure_words(it, measure, self.messages) for it in (least, most)
        )
        if least is None:
            return say("less than {most}", most=high)
        if most is None:
            return say("{least} and more", least=low)
        return say("{least} to less than {most}", least=low, most=high)

    def rules(self, question: Question) -> Iterator[str]:
        """Yield what else there is to know: comments, “not applicable”, what the call suggests."""
        say = self.messages.say
        if question.needs is Needs.ALWAYS:
            yield say("Wants a comment.")
        elif question.needs is Needs.BELOW_FULL:
            yield say("Wants a comment where it is not the best answer.")
        if not question.may_skip:
            yield say("Has to be answered.")
        if question.auto is not None:
            yield self._auto(question, question.auto)

    def _auto(self, question: Question, auto: Auto) -> str:
        say = self.messages.say
        if auto.source is Source.METRIC:
            return say("Measured: {measure}", measure=measure_title(auto.of[0], self.messages))
        if auto.source is Source.ATTRIBUTE:
            subject = subject_titles(",".join(auto.of), self.script, self.language, self.messages)
            given = " · ".join(
                f"{self._value(value)} = {self._option(question, option)}"
                for value, option in auto.values.items()
            )
            return say("From the call: {what}", what=f"{subject} {given}".strip())
        named = self._named(auto)
        if question.kind is QuestionKind.NUMBER:
            often = {
                Source.FLAG: mark("From the call: how often {cues} was flagged"),
                Source.CUE: mark("From the call: how often {cues} was said"),
            }
            return say(often[auto.source], cues=named)
        present, absent = (self._option(question, it) for it in (auto.present, auto.absent))
        if auto.source is Source.FLAG:
            sentence = (
                mark("From the call: {present} where {cues} was flagged, even if put right")
                if self._is_forbidden(auto)
                else mark(
                    "From the call: {present} where {cues} was flagged, unless it was said later"
                )
            )
        else:
            sentence = mark("From the call: {present} where {cues} was said")
        told = say(sentence, present=present, cues=named)
        return (
            told if auto.absent is None else say("{told}, else {absent}", told=told, absent=absent)
        )

    def _is_forbidden(self, auto: Auto) -> bool:
        """Tell whether what is flagged must not be said: that is said, however it was put right."""
        if self.script is None:
            return False
        cues = [self.script.cues.get(CueId(id)) for id in auto.of]
        return all(cue is not None and cue.kind is CueKind.AVOID for cue in cues)

    def _named(self, auto: Auto) -> str:
        if self.script is None:
            return ", ".join(auto.of)
        titles = (
            subject_titles(it, self.script, self.language, self.messages)
            if it not in self.script.cues
            else cue_title(self.script, CueId(it), self.language)
            for it in auto.of
        )
        sign = (
            " + " if auto.source is Source.CUE else " / "
        )  # all cues have to be met, one flag is enough
        return sign.join(self.messages.say("“{title}”", title=title) for title in titles)

    def _option(self, question: Question, id: str | None) -> str:
        option = question.option(id) if id else None
        return self.text(option.title) if option else ""

    def _value(self, value: str) -> str:
        outcome = self.script.outcomes.get(OutcomeId(value)) if self.script else None
        return outcome.title.plain(self.language) if outcome else value


def _worth(question: Question) -> float:
    if not question.is_scored or question.is_bonus:
        return 0.0
    return best_of(question) * question.weight
