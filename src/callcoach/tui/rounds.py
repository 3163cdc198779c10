"""Opens calls of the journal: to be looked at, or beside a form; one alone, or one of a list.

What shows them is imported when the first is opened, as in `tui.wayfinder`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from callcoach.errors import IllegalMove

if TYPE_CHECKING:
    from callcoach.archive.ids import CallId
    from callcoach.archive.search.find import Hit
    from callcoach.call.session import Session
    from callcoach.review.form.model import Form
    from callcoach.tui.application import Application
    from callcoach.tui.past import Past
    from callcoach.tui.reviews import Case, Judging, Standing
    from callcoach.tui.screens.review import ReviewScreen

    _Kept = tuple[Past, Session, Sequence[Standing]]
    """A call of the journal, its session as it ended, and its reviews."""

_Found = TypeVar("_Found")


class Rounds:
    """Opens calls on an application; a sign stands over the screen while one is read."""

    def __init__(self, application: Callable[[], Application]) -> None:
        """Open calls on an application, which is asked for when it is needed."""
        self._application = application

    @property
    def _app(self) -> Application:
        return self._application()

    def past(self, call: str) -> None:
        """Show a call."""
        from callcoach.tui.screens.past import KeptScreen

        def show(found: _Kept) -> None:
            past, session, standing = found
            id = past.summary.id
            self._app.push_screen(KeptScreen(session, past.events, id, self.judge_call, standing))

        self._open(partial(self._read, call), show)

    def found(self, hit: Hit, hits: Sequence[Hit]) -> None:
        """Show a call at what was found in it; `hits` are all in the call."""
        from callcoach.tui.screens.search_found import FoundScreen

        def show(found: _Kept) -> None:
            past, session, standing = found
            screen = FoundScreen(session, past.events, hit, hits, self.judge_call, standing)
            self._app.push_screen(screen)

        self._open(partial(self._read, hit.call.id), show)

    def _read(self, call: str) -> _Kept:
        """Return a call from the journal, its session as it ended, and its reviews."""
        reviews = self._app.desk.reviews
        past, session = reviews.call_up(call)
        return past, session, reviews.standing(past.summary.id)

    def judge(self, cases: Sequence[Case], place: int, form: Form) -> None:
        """Open one of some calls, or a review of it, beside its form."""
        self._go_round(cases, place, form, self._app.push_screen)

    def _go_round(
        self,
        cases: Sequence[Case],
        place: int,
        form: Form,
        go: Callable[[ReviewScreen], object],
    ) -> None:
        """Open one of some calls, from which the others can be reached."""
        case, reviews = cases[place], self._app.desk.reviews

        def follow(by: int) -> None:
            if not 0 <= place + by < len(cases):
                raise IllegalMove("there are no more calls that way", "Esc leads to the list")
            self._go_round(cases, place + by, form, self._app.show_instead)

        def load() -> Judging:
            if case.review:
                return reviews.reopen(case.review)
            return reviews.judge(case.call.id, form)

        self._open(load, lambda judging: go(self.screen(judging, follow)))

    def judge_call(self, call: CallId) -> None:
        """Open a review of a single call, or the call beside a form; the user chooses."""
        from callcoach.review.form.model import FormId
        from callcoach.review.tell import form_title
        from callcoach.tui.screens.dialogs import Choice, choose
        from callcoach.tui.screens.past import standing_title

        reviews, messages = self._app.desk.reviews, self._app.messages
        forms = {form.id: form for form in reviews.forms()}
        titles = [Choice(id, form_title(form, messages.language)) for id, form in forms.items()]
        there = {one.review: one for one in reviews.standing(call)}
        say = messages.say
        opened = [Choice(id, standing_title(it, messages)) for id, it in there.items()]

        def load(id: str) -> Judging:
            return reviews.reopen(id) if id in there else reviews.judge(call, forms[FormId(id)])

        def show(judging: Judging) -> None:
            self._app.push_screen(self.screen(judging, _alone))

        asked = say("Open which review, or judge with which form?") if there else ""
        choose(
            self._app.screen,
            asked or say("Judge with which form?"),
            [*opened, *titles],
            lambda one: self._open(partial(load, one), show),
        )

    def screen(self, judging: Judging, follow: Callable[[int], None]) -> ReviewScreen:
        """Return the screen of a review; `follow` opens the call so many places further on."""
        from callcoach.tui.screens.review import ReviewScreen

        reviews = self._app.desk.reviews

        def turned() -> Judging:
            call = reviews.swapped(judging.past.summary.id)
            return reviews.judge(call, judging.review.form)

        def show(other: Judging) -> None:
            self._app.show_instead(self.screen(other, follow))

        return ReviewScreen(judging, follow, lambda: self._open(turned, show))

    def _open(self, load: Callable[[], _Found], show: Callable[[_Found], object]) -> None:
        """Say that a call is opened, read it in a thread, and show it."""
        from callcoach.tui.screens.opening import Opening

        title = self._app.messages.say("Opening the call …")
        self._app.push_screen(Opening(title, load, show))


def _alone(_by: int) -> None:
    """Tell that a call was opened by itself."""
    raise IllegalMove("this call was opened by itself", "Esc leads back; 7 at home lists calls")
