"""What stands over a review, drawn: the call, its score, and what people said about the review."""

from collections.abc import Sequence

from callcoach.archive.ids import short
from callcoach.review.state import status_name
from callcoach.review.tell import form_language
from callcoach.tui.form_sheet import draw_score
from callcoach.tui.look import Look
from callcoach.tui.reviews import Judging
from callcoach.tui.widgets.paper import Piece
from callcoach.words.display import display


def draw_head(judging: Judging, look: Look) -> Piece:
    """Return the line over everything: the call, how far its review is, its score."""
    review, call = judging.review, judging.past.summary
    form = review.form.title.plain(form_language(review.form, look.messages.language))
    words = [short(call.id), call.agent, look.messages.say(status_name(review.status))]
    if review.state.opened.by != judging.person:
        words.append(review.state.opened.by)
    text = " · ".join(display(word) for word in (*words, form, call.day) if word)
    return Piece(text, "$foreground", tail=draw_score(review, look), tail_style="$accent bold")


def draw_news(judging: Judging, disputed: Sequence[str], look: Look) -> list[Piece]:
    """Return what people said about the review as a whole: appeal and decision.

    `disputed` are the questions that are marked for an appeal.
    """
    state, say = judging.review.state, look.messages.say
    told: list[tuple[str, str, str]] = []
    if state.appeal:
        told.append((say("appeal"), state.appeal.by, state.appeal.why))
    if state.decision:
        word = say("changed") if state.decision.is_changed else say("upheld")
        told.append((word, state.decision.by, state.decision.why))
    if disputed:
        waits = look.messages.count(
            "{n} answer is marked: F10 sends the appeal.",
            "{n} answers are marked: F10 sends the appeal.",
            len(disputed),
        )
        told.append((say("appeal"), judging.person, waits))
    sign = f"{look.signs.pen} "
    return [
        Piece(display(f"{word} · {by}: {why}"), "$warning", sign, "$warning")
        for word, by, why in told
    ]
