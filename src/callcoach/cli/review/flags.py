"""Numbers the flags of a call that is reviewed; says what reviewers and questions make of them."""

from collections.abc import Iterator, Sequence

from callcoach.archive.export.names import severity_name
from callcoach.call.events import FlagRaised
from callcoach.call.explain import cue_title
from callcoach.call.places import lines_of, quote, start_of
from callcoach.call.summary import flag_stories
from callcoach.locale import Messages
from callcoach.review.form.model import Question
from callcoach.review.review import Review
from callcoach.review.verdicts import asks_about, verdict_on, verdicts_in
from callcoach.tui.past import Past
from callcoach.words.clock import clock
from callcoach.words.display import display


def flags_of(past: Past) -> Sequence[FlagRaised]:
    """Return the flags of a call in the order in which commands number them, from 1."""
    return [story.raised for story in flag_stories(past.events)]


def asking(review: Review, flag: FlagRaised) -> tuple[int, Question] | None:
    """Return the question that asks about a flag, and its number; None where none does."""
    ids = {it.id for it in asks_about(review.form, review.state, flag)}
    marks = review.score.questions
    places = enumerate(review.form.questions, 1)
    return next(((n, it) for n, it in places if it.id in ids and marks[it.id].is_asked), None)


def flag_lines(review: Review, past: Past, messages: Messages) -> Iterator[str]:
    """Yield the flags of a call, numbered as `callcoach review reject` takes them."""
    script, lines = past.script, lines_of(past.events)
    verdicts = verdicts_in(review.state, review.form)
    for number, flag in enumerate(flags_of(past), 1):
        at = clock(start_of(flag.at, (flag.span,), lines))
        title: str = flag.cue
        if script is not None:
            known = script.languages
            spoken = messages.language if messages.language in known else known[0]
            title = cue_title(script, flag.cue, spoken)
        said = lines.get(flag.span.heard) if flag.span else None
        told = display(title)
        if said and flag.span:
            told = messages.say("{one}: {other}", one=told, other=quote(said, (flag.span,)))
        severity = severity_name(flag.severity, messages)
        yield f"  {number:>2} {at} {display(severity)} · {told}"
        verdict = verdict_on(verdicts, flag.what, flag.cue, flag.at)
        if verdict is not None and not verdict.is_so:
            told = messages.say("not so, says {name}", name=display(verdict.by))
            if verdict.why:
                told = messages.say("{one}: {other}", one=told, other=display(verdict.why))
            yield f"       {told}"
        elif (found := asking(review, flag)) is not None:
            yield "       " + messages.say("question {number} asks about it", number=found[0])
