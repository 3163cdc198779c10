"""The call screen without a customer: a pack is walked, and read again whenever it changes."""

from callcoach.call.inputs import JumpTo
from callcoach.call.live import LiveCall
from callcoach.errors import CallcoachError
from callcoach.locale import mark
from callcoach.tui.ports import Order
from callcoach.tui.screens.call import CallScreen

WATCH = 1.0
"""How often the pack's files are looked at, in seconds."""
UNTIL_MENDED = 3600.0
"""A change that cannot be used is told until the next one, or so many seconds."""


class PreviewScreen(CallScreen):
    """Walks a pack; a change that cannot be used is told, and the last good pack is kept."""

    def __init__(self, live: LiveCall, order: Order) -> None:
        super().__init__(live)
        self._order = order
        self._stamp: object = None

    def on_mount(self) -> None:
        """Show the pack and watch its files."""
        super().on_mount()
        self._stamp = self.desk.stamp(self._order.pack)
        self.set_interval(WATCH, self._watch)

    def help_text(self) -> str:
        """Return what this screen is for."""
        return mark(
            "Walk the script as an agent would. Save the pack in your editor, and it is read"
            " again here, at the same step."
        )

    def _watch(self) -> None:
        stamp = self.desk.stamp(self._order.pack)
        if stamp is None or stamp == self._stamp:
            return
        self._stamp = stamp
        step = self.session.state.position.step
        self.app.clear_notifications()
        try:
            live = self.desk.begin(self._order)
        except CallcoachError as error:
            told = self.say("The change cannot be used yet: {error}", error=error.message)
            self.notice(told, error.hint, "warning", UNTIL_MENDED)
            return
        self.live.close()
        self.live = live
        target = live.session.coach.script.steps.get(step)
        has_moved = step != live.session.state.position.step
        if has_moved and target is not None and not target.is_objection:
            live.feed(JumpTo(step))
        self._retell()
        self.notice(self.say("The pack was read again."))
