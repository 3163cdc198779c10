"""A form being filled in, drawn: the question in focus unfolded, the others a row each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from callcoach.call.events import Heard
from callcoach.call.names import speaker_name
from callcoach.call.places import quote
from callcoach.review.explain import explain_evidence, explain_fail
from callcoach.review.form.model import Question, QuestionId, QuestionKind
from callcoach.review.marks import Answer, Evidence, QuestionScore, Score
from callcoach.review.review import Review
from callcoach.review.state import Status
from callcoach.review.tell import answer_words, form_language, score_words
from callcoach.script.model import Script
from callcoach.tui.appeal import reasons
from callcoach.tui.look import Look
from callcoach.tui.widgets.paper import Piece
from callcoach.words.clock import clock
from callcoach.words.display import display, display_block
from callcoach.words.wrap import width

MOST = 10
"""So many options have a digit."""
_AROUND = 12
"""How many characters are quoted on either side of the words that count: the form is narrow."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is drawn of a form."""

    pieces: tuple[Piece, ...]
    focused: int
    """The place of the piece that the question in focus begins with."""


def draw_sheet(
    review: Review,
    script: Script,
    lines: Mapping[int, Heard],
    focus: QuestionId,
    look: Look,
    appealed: Sequence[str] = (),
) -> Sheet:
    """Return a form with its answers, and the words that suggestions rest on.

    `lines` are what was said, by `seq`; `appealed` are the questions that an appeal marks.
    """
    return _Drawing(review, script, lines, look, review.score, appealed).sheet(focus)


def draw_score(review: Review, look: Look) -> str:
    """Return the score as it is now, and how much is still to be done for it."""
    language = form_language(review.form, look.messages.language)
    told = display(score_words(review.score, language, look.messages))
    left = open_words(review, look)
    return f"{told} · {left}" if left else told


def open_words(review: Review, look: Look) -> str:
    """Return how much a draft lacks; empty for nothing."""
    score = review.score
    left = len(score.unanswered) + len(score.uncommented)
    if review.status is not Status.DRAFT or not left:
        return ""
    return look.messages.count("{n} to answer", "{n} to answer", left)


def _titles(question: Question) -> Sequence[str]:
    """Return what a question is called in all languages."""
    return tuple(map(question.title.plain, question.title.variants))


@dataclass(frozen=True, slots=True)
class _Drawing:
    review: Review
    script: Script
    lines: Mapping[int, Heard]
    look: Look
    score: Score
    appealed: Sequence[str]

    @property
    def _language(self) -> str:
        return form_language(self.review.form, self.look.messages.language)

    def sheet(self, focus: QuestionId) -> Sheet:
        pieces: list[Piece] = []
        focused, number = 0, 0
        for section in self.review.form.sections:
            found = next(it for it in self.score.sections if it.section == section.id)
            tail = "" if found.percent is None else f"{found.percent:.0f}%"
            title = display(section.title.plain(self._language))
            pieces.append(Piece(title, "$accent", tail=tail, tail_style="dim"))
            for question in section.questions:
                number += 1
                if question.id == focus:
                    focused = len(pieces)
                    pieces += self._unfolded(number, question)
                else:
                    pieces.append(self._folded(number, question))
        general = [it for it in self.review.state.comments.values() if not it.question]
        notes = [it for it in general if it.start is None]
        if notes:
            pieces.append(Piece(self.look.messages.say("Comments"), "$accent"))
            pieces += [
                Piece(display_block(it.text), "$accent italic", f"{self.look.signs.pen} ")
                for it in notes
            ]
        return Sheet(tuple(pieces), focused)

    def _sign(self, question: Question, mark: QuestionScore) -> tuple[str, str]:
        """Return how far a question is: answered by a person, by the call, open, not asked."""
        signs = self.look.signs
        if not mark.is_asked:
            return signs.note, "dim"
        if question.id in self.appealed:
            return signs.alarm, "$warning bold"
        if mark.lacks_comment:
            return signs.pen, "$warning bold"
        if not mark.is_answered:
            return signs.unmet, "$warning bold"
        if question.id in self.review.state.given:
            return signs.met, "$success"
        return signs.heard, "$secondary"

    def _answer(self, question: Question) -> str:
        answer = self.review.answers.get(question.id)
        if answer is None:
            return ""
        told = answer_words(question, answer, self._language, self.look.messages)
        return "" if told == "–" else display(told)

    def _folded(self, number: int, question: Question) -> Piece:
        mark = self.score.questions[question.id]
        sign, style = self._sign(question, mark)
        title = display(question.title.plain(self._language))
        body = "$foreground" if mark.is_asked else "dim"
        answer = self._answer(question) if mark.is_asked else ""
        before = self._before(question) if mark.is_asked else ""
        if before:
            say = self.look.messages.say
            answer = say("{answer} (before: {before})", answer=answer or "–", before=before)
        comments = self.review.state.comments.values()
        pen = self.look.signs.pen if any(it.question == question.id for it in comments) else ""
        tail = " ".join(it for it in (answer, pen) if it)
        head = f"{number:>2}{sign} "
        action = f"screen.question('{question.id}')"
        return Piece(title, body, head, style, action=action, tail=tail, tail_style="dim")

    def _unfolded(self, number: int, question: Question) -> Iterator[Piece]:
        say, signs = self.look.messages.say, self.look.signs
        mark = self.score.questions[question.id]
        sign, style = self._sign(question, mark)
        answer = self._answer(question) if mark.is_asked else ""
        shown = answer if width(answer) <= _AROUND else ""
        worth = " · ".join(it for it in (shown, self._points(mark)) if it)
        title = display(question.title.plain(self._language))
        yield Piece(
            title, "$foreground bold reverse", f"{number:>2}{sign} ", style, (), "", worth, "dim"
        )
        if not mark.is_asked:
            yield Piece(say("It is not asked, as others are answered."), "dim", "    ")
            return
        yield from self._appeal(question)
        yield from self._options(question)
        if mark.fails is not None:
            told = explain_fail(mark.fails, self.look.messages)
            yield Piece(told, "$error bold", f"    {signs.alarm} ", "$error bold")
        yield from self._suggested(question)
        if mark.lacks_comment:
            told = say("This answer wants a comment: “w” writes it.")
            yield Piece(told, "$warning", f"    {signs.pen} ", "$warning")
        for comment in self.review.state.comments.values():
            if comment.question == question.id:
                where = "" if comment.start is None else f"{clock(comment.start)} "
                text = f"{where}{display_block(self.look.labelled(comment.by, comment.text))}"
                yield Piece(text, "$accent italic", f"    {signs.pen} ", "$accent")
        if question.help is not None:
            yield Piece(display(question.help.plain(self._language)), "dim italic", "    ")

    def _points(self, mark: QuestionScore) -> str:
        """Return what an answer came to, of how much, or as a bonus; empty where nothing counts."""
        count, earned = self.look.messages.count, f"{mark.earned:.3g}"
        if mark.possible:
            return count(
                "{earned} of {possible} point",
                "{earned} of {possible} points",
                1 if mark.possible == 1 else 2,
                earned=earned,
                possible=f"{mark.possible:.3g}",
            )
        if not mark.earned:
            return ""
        number = 1 if abs(mark.earned) == 1 else 2
        return count("{earned} bonus point", "{earned} bonus points", number, earned=earned)

    def _appeal(self, question: Question) -> Iterator[Piece]:
        """Yield what the agent says against an answer, and what it was before the appeal."""
        state, signs = self.review.state, self.look.signs
        appeal = state.appeal
        if appeal is not None and question.id in appeal.questions:
            titles = {it.id: _titles(it) for it in self.review.form.questions}
            why = reasons(appeal.why, titles).get(question.id) or appeal.why
            told = display_block(self.look.labelled(appeal.by, why))
            yield Piece(told, "$warning", f"    {signs.alarm} ", "$warning bold")
        before = self._before(question)
        if before:
            told = self.look.messages.say("Before the appeal: {answer}", answer=before)
            yield Piece(told, "$warning", f"    {signs.note} ", "$warning")

    def _before(self, question: Question) -> str:
        """Return the answer that was handed in, where an appeal has made it another one."""
        state = self.review.state
        if state.appeal is None:
            return ""
        before = state.submitted_answers.get(question.id, Answer())
        if before == state.answers.get(question.id, Answer()):
            return ""
        return display(answer_words(question, before, self._language, self.look.messages))

    def _options(self, question: Question) -> Iterator[Piece]:
        say, signs = self.look.messages.say, self.look.signs
        given = self.review.state.given.get(question.id)
        suggested = self.review.state.opened.suggested.get(question.id)
        held = given if given is not None else suggested.answer if suggested else None
        style = "$success bold" if given is not None else "$secondary bold"
        sign = signs.met if given is not None else signs.heard
        if question.kind in (QuestionKind.ONE, QuestionKind.MANY):
            for place, option in enumerate(question.options, 1):
                is_held = held is not None and option.id in held.options
                title = display(option.title.plain(self._language))
                digit = str(place % 10) if place <= MOST else " "
                head = f"    {digit}{sign if is_held else ' '} "
                action = f"screen.answer({place})"
                yield Piece(
                    title, style if is_held else "$foreground", head, "$accent bold", (), action
                )
        else:
            told = self._answer(question) or say("Write it")
            is_held = held is not None and not held.is_skipped
            head = f"    1{sign if is_held else ' '} "
            yield Piece(told, style if is_held else "$foreground", head, "$accent bold")
        if question.may_skip:
            is_held = held is not None and held.is_skipped
            head = f"    x{sign if is_held else ' '} "
            action = "screen.skip()"
            yield Piece(
                say("not applicable"), style if is_held else "dim", head, "$accent bold", (), action
            )

    def _suggested(self, question: Question) -> Iterator[Piece]:
        """Yield what the call itself answers, apart from the person's answer, and why."""
        suggested = self.review.state.opened.suggested.get(question.id)
        if suggested is None:
            return
        say, sign = self.look.messages.say, f"    {self.look.signs.heard} "
        if suggested.answer == Answer():
            yield Piece(say("The call does not tell: please judge it yourself."), "dim", "      ")
        else:
            told = answer_words(question, suggested.answer, self._language, self.look.messages)
            text = say("The call suggests: {answer}", answer=display(told))
            yield Piece(text, "$secondary", sign, "$secondary", action="screen.evidence()")
        language = self.look.language(self.script)
        for reason in dict.fromkeys(
            explain_evidence(one, self.script, language, self.look.messages)
            for one in suggested.evidence
        ):
            yield Piece(display(reason), "dim", "      ")
        for line in dict.fromkeys(it for one in suggested.evidence for it in self._words(one)):
            yield Piece(line, "$foreground", "      ", action="screen.evidence()")

    def _words(self, one: Evidence) -> Iterator[str]:
        """Yield the lines that evidence rests on, its words in «»; without any, its time."""
        places = dict.fromkeys(span.heard for span in one.spans)
        said = [self.lines[place] for place in places if place in self.lines]
        for heard in said:
            speaker = speaker_name(heard.speaker, self.look.messages)
            words = self.look.labelled(speaker, quote(heard, one.spans, _AROUND))
            yield f"{clock(heard.start)} {words}"
        if not said and one.at is not None:
            yield clock(one.at)
