"""Checks answers against their questions, and reads them from words."""

import math
from datetime import date

from callcoach.errors import IllegalMove, Told
from callcoach.locale import mark
from callcoach.review.form.model import Question, QuestionKind
from callcoach.review.marks import Answer


def fitting(question: Question, answer: Answer) -> Answer:
    """Return an answer as it is kept, options in the form's order.

    Raises `IllegalMove` for one that does not fit its question.
    """
    id = question.id
    if answer.is_skipped:
        if not question.may_skip:
            raise IllegalMove("“{id}” has to be answered", "choose an answer", id=id)
        return Answer(is_skipped=True)
    match question.kind:
        case QuestionKind.ONE | QuestionKind.MANY:
            known = [option.id for option in question.options]
            unknown = [option for option in answer.options if option not in known]
            if unknown:
                remedy = (
                    mark("there are {known}; --skip where it does not apply")
                    if question.may_skip
                    else mark("there are {known}")
                )
                raise IllegalMove(
                    "“{id}” has no answer “{option}”",
                    Told(remedy, known=", ".join(known)),
                    id=id,
                    option=unknown[0],
                )
            chosen = tuple(option for option in known if option in answer.options)
            if question.kind is QuestionKind.ONE and len(chosen) != 1:
                raise IllegalMove(
                    "“{id}” takes one answer",
                    Told("there are {known}", known=", ".join(known)),
                    id=id,
                )
            return Answer(options=chosen)
        case QuestionKind.NUMBER:
            if answer.number is None or not math.isfinite(answer.number):
                raise IllegalMove("“{id}” takes a number", "write it in digits", id=id)
            if question.is_count and (answer.number < 0 or not answer.number.is_integer()):
                raise IllegalMove("“{id}” takes a whole number", "write how many: 0, 1, 2", id=id)
            return Answer(number=answer.number)
        case QuestionKind.TEXT:
            if not answer.text.strip():
                raise IllegalMove("“{id}” takes a text", "write a few words", id=id)
            return Answer(text=answer.text.strip())
        case QuestionKind.DATE:
            try:
                return Answer(text=date.fromisoformat(answer.text.strip()).isoformat())
            except ValueError:
                raise IllegalMove("“{id}” takes a day", "write it as 2026-12-01", id=id) from None


def parse_answer(question: Question, words: tuple[str, ...]) -> Answer:
    """Return the answer that words stand for: option ids or their numbers, a number, a text.

    Raises `IllegalMove` for words that do not fit.
    """
    if question.kind in (QuestionKind.ONE, QuestionKind.MANY):
        ids = tuple(_option(question, word) for word in words)
        return fitting(question, Answer(options=ids))
    text = " ".join(words)
    if question.kind is QuestionKind.NUMBER:
        is_percent = text.endswith(("%", "％"))
        try:
            number = float(text.rstrip("%％ "))
        except ValueError:
            return fitting(question, Answer())
        return fitting(question, Answer(number=number / 100 if is_percent else number))
    return fitting(question, Answer(text=text))


def _option(question: Question, word: str) -> str:
    """Return the option that a word names: its id, its title, or its number from 1."""
    if question.option(word) is not None:
        return word
    if word.isdecimal() and 1 <= int(word) <= len(question.options):
        return question.options[int(word) - 1].id
    for option in question.options:
        titles = {option.title.plain(name).casefold() for name in option.title.variants}
        if word.casefold() in titles:
            return option.id
    return word
