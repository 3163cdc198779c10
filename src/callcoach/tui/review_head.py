"""What stands over a review, drawn: the call, its score, and what people said about the review."""

from collections.abc import Sequence

from callcoach.archive.ids import short
from callcoach.errors import Told
from callcoach.locale import mark
from callcoach.review.purpose import CALIBRATION
from callcoach.review.state import Status, status_name
from callcoach.review.tell import decider, failing, form_title
from callcoach.tui.form_sheet import draw_score, open_words
from callcoach.tui.look import Look
from callcoach.tui.review_role import what_is_next
from callcoach.tui.reviews import Judging
from callcoach.tui.widgets.paper import Piece
from callcoach.words.display import display, display_block


def draw_head(judging: Judging, look: Look) -> Piece:
    """Return the line over everything: the call, how far its review is, its score."""
    review, call = judging.review, judging.past.summary
    form = form_title(review.form, look.messages.language)
    status = status_name(review.status) if judging.row else Told(mark("not begun"))
    words = [short(call.id), call.agent, look.messages.say(status)]
    if review.state.opened.purpose == CALIBRATION:
        words.append(look.messages.say("blind"))
    if review.state.opened.by != judging.person:
        words.append(review.state.opened.by)
    text = " · ".join(display(word) for word in (*words, form, call.day) if word)
    return Piece(text, "$foreground", tail=_score(judging, look), tail_style="$accent bold")


def _score(judging: Judging, look: Look) -> str:
    """Return the score: whose it is where nobody has answered, and what fails the form."""
    review, score, say = judging.review, judging.review.score, look.messages.say
    found = failing(review.form, score)
    if found and score.percent is not None:
        numbers = ", ".join(str(number) for number, _ in found)
        why = say("auto-fail by {numbers}", numbers=numbers)
        parts = (f"{score.percent:.1f}%", why, open_words(review, look))
        told = " · ".join(it for it in parts if it)
    else:
        told = draw_score(review, look)
    is_persons = review.status is not Status.DRAFT or review.state.given
    return (
        told
        if is_persons or not review.state.opened.suggested
        else say("suggested: {score}", score=told)
    )


def draw_news(judging: Judging, disputed: Sequence[str], look: Look) -> list[Piece]:
    """Return what people said about the review as a whole, and what comes next.

    `disputed` are the questions that are marked for an appeal.
    """
    state, say = judging.review.state, look.messages.say
    told: list[tuple[str, str, str]] = []
    if state.appeal:
        told.append((say("appeal"), state.appeal.by, state.appeal.why))
    if state.decision:
        who = decider(state.decision, look.messages)
        told.append((_decision_words(judging, look), who, state.decision.why))
    if disputed:
        waits = look.messages.count(
            "{n} answer is marked: F10 sends the appeal.",
            "{n} answers are marked: F10 sends the appeal.",
            len(disputed),
        )
        told.append((say("appeal"), judging.person, waits))
    sign = f"{look.signs.pen} "
    pieces = [
        Piece(display_block(f"{word} · {look.labelled(by, why)}"), "$warning", sign, "$warning")
        for word, by, why in told
    ]
    following = what_is_next(judging, look.messages)
    if following:
        pieces.append(Piece(display(following), "$accent", f"{look.signs.here} ", "$accent bold"))
    return pieces


def _decision_words(judging: Judging, look: Look) -> str:
    """Return what an appeal came to, and what it made of the score."""
    state, say = judging.review.state, look.messages.say
    before, after = state.submitted, state.decision
    if after is None or not after.is_changed:
        return say("upheld")
    if before is None or before.mark.percent is None or after.mark.percent is None:
        return say("changed")
    was, now = f"{before.mark.percent:.1f}%", f"{after.mark.percent:.1f}%"
    if was == now:
        return say("changed")
    return say("changed from {before} to {after}", before=was, after=now)
