"""Opens the screens for one another; the only place that knows them all."""

from collections.abc import Generator, Sequence

from callcoach.archive.ids import CallId
from callcoach.call.beat import Beat
from callcoach.call.events import Event
from callcoach.call.live import LiveCall
from callcoach.call.rehearse import Rehearsal, given_facts
from callcoach.call.replay import Row, beats
from callcoach.call.session import Coach, Session
from callcoach.errors import StorageError
from callcoach.practice.partner import PlanPartner
from callcoach.script.model import PlanId
from callcoach.script.plan import Plan
from callcoach.tui.app import CallcoachApp
from callcoach.tui.player import PlayClock, Player
from callcoach.tui.ports import Order
from callcoach.tui.screens.call import CallScreen
from callcoach.tui.screens.home import HomeScreen
from callcoach.tui.screens.past import PastScreen
from callcoach.tui.screens.play import PlayScreen
from callcoach.tui.screens.practice import PracticeScreen
from callcoach.tui.screens.preview import PreviewScreen

DEMO_SPEED = 1.5
"""Of a real call's speed."""


class Wayfinder:
    """Opens screens on an application; see `tui.routes.Routes`."""

    def __init__(self) -> None:
        self._application: CallcoachApp | None = None

    def guide(self, application: CallcoachApp) -> None:
        """Open screens on this application from now on."""
        self._application = application

    @property
    def _app(self) -> CallcoachApp:
        if self._application is None:
            raise RuntimeError("a screen was asked for before there was an application")
        return self._application

    def home(self) -> HomeScreen:
        """Return the screen that everything begins with."""
        return HomeScreen(self)

    def set_up(self) -> None:
        """Open the form for a new call."""
        from callcoach.tui.screens.setup import SetupScreen  # opened by a key: 25 ms

        self._app.push_screen(SetupScreen(self, self._app.desk.settings.text("pack")))

    def start(self, order: Order) -> None:
        """Begin a call in the place of the form."""
        self._app.switch_screen(self.call_screen(self._app.desk.begin(order)))

    def resume(self, call: CallId) -> None:
        """Go on with a call that was interrupted."""
        self._app.push_screen(self.call_screen(self._app.desk.resume(call)))

    def call_screen(self, live: LiveCall) -> CallScreen:
        """Return the screen for a call."""
        return CallScreen(live, self._show_result)

    def practise(self, pack: str, plan: PlanId | None) -> None:
        """Begin to practise."""
        self._app.push_screen(self.practice_screen(pack, self._app.desk.plan(pack, plan)))

    def practice_screen(self, pack: str, plan: Plan) -> PracticeScreen:
        """Return the screen for practising with a plan."""
        desk = self._app.desk
        language = self._app.messages.language
        known = desk.examples(pack, plan)
        facts = {str(fact): wording.plain(language) for fact, wording in known.items()}
        live = desk.begin(Order(pack, "practice", language, facts, plan.id))
        partner = PlanPartner(live.session.coach, plan, live.session.state.language)
        return PracticeScreen(live, partner, self._show_result)

    def demo(self, pack: str, plan: PlanId | None) -> None:
        """Play a plan."""
        self._app.push_screen(self.demo_screen(pack, self._app.desk.plan(pack, plan), DEMO_SPEED))

    def demo_screen(self, pack: str, plan: Plan, speed: float) -> PlayScreen:
        """Return the screen on which a plan plays."""
        clock = PlayClock()
        language = self._app.messages.language
        live = self._app.desk.begin(Order(pack, "demo", language, plan=plan.id, seed=1), clock)
        rehearsal = Rehearsal(live.session, plan)
        for beat in given_facts(live.session, plan):
            live.feed(beat.given, 0.0)
        player = Player(live, _beats_of(rehearsal), clock, speed)
        return PlayScreen(live, player, self._show_result)

    def replay_screen(
        self, order: Order, rows: Sequence[Row], speed: float, follow: bool
    ) -> PlayScreen:
        """Return the screen on which a transcript is replayed."""
        clock = PlayClock()
        live = self._app.desk.begin(order, clock)
        player = Player(live, beats(live.session, rows, follow), clock, speed)
        return PlayScreen(live, player, self._show_result)

    def preview(self, pack: str) -> None:
        """Walk a pack without a customer."""
        self._app.push_screen(self.preview_screen(Order(pack)))

    def preview_screen(self, order: Order) -> PreviewScreen:
        """Return the screen for walking a pack; given facts have their examples."""
        desk = self._app.desk
        language = order.language or self._app.messages.language
        script = desk.load(order.pack).script
        examples = {
            fact.id: fact.example.plain(language)
            for fact in (script.given_facts if script else ())
            if fact.example is not None
        }
        walked = Order(order.pack, "preview", language, examples | dict(order.facts), seed=1)
        return PreviewScreen(desk.begin(walked), walked)

    def past(self, call: str) -> None:
        """Show a call from the journal."""
        past = self._app.desk.past(call)
        if past.script is None:
            raise StorageError(
                f"the script of the call {call} cannot be read", "callcoach export still can"
            )
        session = Session(Coach(past.script), past.events)
        self._app.push_screen(PastScreen(session, past.events, past.summary.id))

    def packs(self) -> None:
        """Open the pack library."""
        from callcoach.tui.screens.packs import PacksScreen  # opened by a key: the checker

        self._app.push_screen(PacksScreen(self))

    def settings(self) -> None:
        """Open the settings."""
        from callcoach.tui.screens.settings import SettingsScreen  # opened by a key

        self._app.push_screen(SettingsScreen())

    def tour(self) -> None:
        """Open the tour."""
        from callcoach.tui.screens.tour import Tour  # seen once

        self._app.push_screen(Tour(self._app.messages, self._app.desk.tour_seen))

    def _show_result(self, live: LiveCall) -> None:
        """Show how a call went that has just ended, in its place."""
        call = CallId(live.id) if live.id else None
        self._app.switch_screen(PastScreen(live.session, live.events, call))


def _beats_of(rehearsal: Rehearsal) -> Generator[Beat, Sequence[Event], None]:
    """Yield a plan's beats in the form that a player wants them."""
    for beat in rehearsal.beats():
        rehearsal.events.extend((yield beat))
