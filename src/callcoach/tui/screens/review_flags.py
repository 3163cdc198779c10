"""How a flag is called wrong on the review screen: by the question about it, or by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from callcoach.call.explain import cue_title
from callcoach.call.places import start_of
from callcoach.review.state import flag_key
from callcoach.review.verdicts import asks_about
from callcoach.tui.screens.dialogs import Choice, choose
from callcoach.tui.screens.review_comment import ask_text
from callcoach.words.clock import clock

if TYPE_CHECKING:
    from callcoach.call.events import FlagRaised
    from callcoach.tui.screens.review_view import ReviewView


def reject_flag(screen: ReviewView) -> None:
    """Call the flag wrong that is read, or no longer."""
    _of_one(screen, lambda flag: _turn(screen, flag))


def reject_flag_because(screen: ReviewView) -> None:
    """Call the flag wrong that is read, and say why."""
    _of_one(screen, lambda flag: _ask_why(screen, flag))


def _of_one(screen: ReviewView, do: Callable[[FlagRaised], None]) -> None:
    """Do something to the flag that is read; of several the reviewer chooses.

    Where a question asks about it, it is left to its answer.
    """

    def take(flag: FlagRaised) -> None:
        if not _is_asked(screen, flag):
            do(flag)

    flags = screen.flags_read()
    if not flags:
        screen.notice(screen.say("No flag is here: “n” goes to the next one."))
        return
    if len(flags) == 1:
        take(flags[0])
        return
    choices = [Choice(str(place), _title(screen, it)) for place, it in enumerate(flags)]
    choose(screen, screen.say("Which flag?"), choices, lambda place: take(flags[int(place)]))


def _turn(screen: ReviewView, flag: FlagRaised) -> None:
    key = flag_key(flag)
    if key not in screen.judging.review.state.rejected:
        _reject(screen, flag, "")
    elif screen.do(lambda it, by, when: it.restore_flag(*key, by=by, when=when)):
        screen.notice(screen.say("The flag stands again."))


def _reject(screen: ReviewView, flag: FlagRaised, why: str) -> None:
    key = flag_key(flag)
    if screen.do(lambda it, by, when: it.reject_flag(*key, by=by, when=when, why=why)):
        told = screen.say("“{title}” is called wrong.", title=_title(screen, flag))
        screen.notice(told, screen.say("“d” takes it back, Shift+D says why."))


def _ask_why(screen: ReviewView, flag: FlagRaised) -> None:
    key = flag_key(flag)
    about = f"flag {' '.join(map(str, key))}"
    present = screen.judging.review.state.rejected.get(key)
    title = screen.say("“{title}” is wrong: why?", title=_title(screen, flag))
    value = present.why if present else ""
    ask_text(screen, about, title, lambda why: _reject(screen, flag, why), value=value)


def _is_asked(screen: ReviewView, flag: FlagRaised) -> bool:
    """Tell whether a question asks about a flag; its answer says whether it is wrong: go there."""
    review = screen.judging.review
    marks = review.score.questions
    asking = [it for it in asks_about(review.form, review.state, flag) if marks[it.id].is_asked]
    if not asking:
        return False
    screen.look_at(asking[0].id)
    title = screen.title_of(asking[0].id)
    told = screen.say("“{question}” asks about this flag: answer it.", question=title)
    screen.notice(told, screen.say("Its answer says whether the flag is wrong."))
    return True


def _title(screen: ReviewView, flag: FlagRaised) -> str:
    """Return what a flag is called, and the line that it is about."""
    script = screen.judging.session.coach.script
    at = start_of(flag.at, (flag.span,), screen.lines)
    return f"{clock(at)} {cue_title(script, flag.cue, screen.look.language(script))}"
