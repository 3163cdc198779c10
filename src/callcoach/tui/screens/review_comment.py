"""How comments are written on the review screen: kept while typed, written anew, reused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from callcoach.errors import CallcoachError
from callcoach.tui.screens.dialogs import Choice, choose
from callcoach.tui.screens.write import Write
from callcoach.words.clock import clock
from callcoach.words.wrap import clip

if TYPE_CHECKING:
    from callcoach.review.events import Commented
    from callcoach.tui.screens.review_view import ReviewView

_SHOWN = 60
"""So many cells of a text tell which it is."""


def _do_any(_text: str) -> str:
    """Find nothing wrong with a text."""
    return ""


def _at_end(_text: str) -> None:
    """Go on at the end of a text."""


def ask_text(
    screen: ReviewView,
    about: str,
    title: str,
    written: Callable[[str], None],
    *,
    value: str = "",
    question: str = "",
    problem: Callable[[str], str] = _do_any,
    begin_at: Callable[[str], int | None] = _at_end,
) -> None:
    """Ask for a text of several lines; `value` stands there already.

    `problem` tells why a text does not do, empty where it does; `begin_at` on which row of one
    typing goes on, None for the last. What is typed and not written is kept under `about`, also
    where the program is killed, and stands there the next time.
    """

    def keep(text: str) -> None:
        screen.keep_typed(about, "" if text.strip() == value.strip() else text)

    def phrases() -> Sequence[str]:
        try:
            return screen.judging.journal.phrases(question)
        except CallcoachError as error:
            screen.tell(error)
            return ()

    def given(text: str | None) -> None:
        if text is not None:
            screen.keep_typed(about, "")
            written(text)
        elif about in screen.kept:
            screen.notice(screen.say("Kept, not written yet: the same key goes on with it."))

    begun = screen.kept.get(about, value)
    screen.app.push_screen(Write(title, begun, keep, phrases, problem, begin_at(begun)), given)


def tell_typed(screen: ReviewView) -> None:
    """Take up what was typed here before and is not written yet, and tell of it."""
    try:
        screen.kept.update(screen.judging.typed())
    except CallcoachError as error:
        screen.tell(error)
    if screen.kept:
        told = [_told(screen, about, text, _SHOWN // 2) for about, text in screen.kept.items()]
        title = screen.say("Typed before and not written yet: {texts}", texts=" · ".join(told))
        screen.notice(title, screen.say("The same key, at the same place, goes on with it."))


def _told(screen: ReviewView, about: str, text: str, room: int) -> str:
    """Return a text that is not written yet, and where it belongs."""
    kind, _, rest = about.partition(" ")
    where = screen.title_of(rest) if kind == "question" else ""
    if kind == "line":
        where = clock(float(rest.partition(" ")[0]))
    return f"{where} “{clip(text, room)}”".strip()


def part(screen: ReviewView, go: Callable[[], None]) -> None:
    """Leave the review, after asking where a text was typed and is not written."""
    if not screen.kept:
        go()
        return

    def chosen(id: str) -> None:
        if id == "stay":
            return
        if id == "forget":
            for about in tuple(screen.kept):
                screen.keep_typed(about, "")
        go()

    texts = [_told(screen, about, text, _SHOWN) for about, text in screen.kept.items()]
    choices = [
        Choice("stay", screen.say("Stay here and write it"), is_marked=True),
        Choice("keep", screen.say("Leave; it stands here the next time")),
        Choice("forget", screen.say("Throw it away and leave")),
    ]
    choose(screen, screen.say("What you typed is not written yet"), choices, chosen, texts)


def ask_comment(screen: ReviewView, is_coaching: bool) -> None:
    """Ask for a comment on the line that is read, or for advice; one of one's own is edited."""
    present = screen.judging.review.state.comments.get(screen.comment_read())
    if present is not None and present.by == screen.judging.person:
        _edit(screen, present)
        return
    start, end = screen.place_read()

    def written(text: str) -> None:
        screen.do(
            lambda it, by, when: it.comment(
                text, by=by, when=when, start=start, end=end, is_coaching=is_coaching
            )
        )

    title = (
        screen.say("Coaching note at {time}", time=clock(start))
        if is_coaching
        else screen.say("Comment at {time}", time=clock(start))
    )
    ask_text(screen, f"line {start} {is_coaching}", title, written)


def ask_reason(screen: ReviewView, then: Callable[[], None]) -> None:
    """Ask for a comment on the question in focus. One of one's own is edited.

    `then` goes on where the comment is what the answer lacked; otherwise that is still to be given.
    """
    review, id = screen.judging.review, screen.question.id
    own = [
        it
        for it in review.state.comments.values()
        if it.question == id and it.by == screen.judging.person
    ]
    if own:
        _edit(screen, own[-1])
        return

    def written(text: str) -> None:
        now = screen.judging.review
        was_lacking = id in now.state.given and now.score.questions[id].lacks_comment
        is_done = screen.do(lambda it, by, when: it.comment(text, by=by, when=when, question=id))
        if is_done and was_lacking:
            then()

    title = screen.say("Comment on “{question}”", question=screen.title_of(id))
    ask_text(screen, f"question {id}", title, written, question=id)


def _edit(screen: ReviewView, present: Commented) -> None:
    number = present.comment

    def written(text: str) -> None:
        screen.do(lambda it, by, when: it.edit_comment(number, text, by=by, when=when))

    title = screen.say("Change comment {number}", number=number)
    ask_text(
        *(screen, f"comment {number}", title, written),
        value=present.text,
        question=present.question,
    )


def choose_comment(screen: ReviewView) -> None:
    """Let the reviewer choose a comment to take back."""
    review = screen.judging.review
    found = [
        Choice(str(number), it.text, "" if it.start is None else clock(it.start))
        for number, it in review.state.comments.items()
    ]
    if not found:
        screen.notice(screen.say("There are no comments."))
        return

    def chosen(id: str) -> None:
        screen.do(lambda it, by, when: it.remove_comment(int(id), by=by, when=when))

    choose(screen, screen.say("Take which comment back?"), found, chosen)
