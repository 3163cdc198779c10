"""Opens the screens for one another; with `tui.rounds` the only place that knows them all.

Every screen is imported when it is opened, so that the first paint waits for none of them: they and
what they need take 200 ms.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from typing import TYPE_CHECKING

from callcoach.archive.ids import CallId
from callcoach.errors import CallcoachError, PackError
from callcoach.locale import mark
from callcoach.tui.ports import Order
from callcoach.tui.rounds import Rounds

if TYPE_CHECKING:
    from callcoach.archive.search.find import Hit
    from callcoach.call.beat import Beat
    from callcoach.call.events import Event
    from callcoach.call.live import LiveCall
    from callcoach.call.rehearse import Rehearsal
    from callcoach.call.replay import Row
    from callcoach.review.form.model import Form
    from callcoach.script.model import PlanId
    from callcoach.script.plan import Plan
    from callcoach.tui.app import CallcoachApp
    from callcoach.tui.reviews import Case
    from callcoach.tui.screens.call import CallScreen
    from callcoach.tui.screens.home import HomeScreen
    from callcoach.tui.screens.play import PlayScreen
    from callcoach.tui.screens.practice import PracticeScreen
    from callcoach.tui.screens.preview import PreviewScreen
    from callcoach.tui.screens.queue import QueueScreen
    from callcoach.tui.screens.setup import SetupScreen

DEMO_SPEED = 1.5
"""Of a real call's speed."""


class Wayfinder:
    """Opens screens on an application; see `tui.routes.Routes`."""

    def __init__(self) -> None:
        self._application: CallcoachApp | None = None
        self._latest: LiveCall | None = None
        self.rounds = Rounds(lambda: self._app)
        """Opens the calls of the journal."""

    def guide(self, application: CallcoachApp) -> None:
        """Open screens on this application from now on."""
        self._application = application

    @property
    def _app(self) -> CallcoachApp:
        if self._application is None:
            raise RuntimeError("a screen was asked for before there was an application")
        return self._application

    @property
    def left_open(self) -> CallId | None:
        """Return the latest call where it is kept and has not ended."""
        latest = self._latest
        if latest is None or latest.session.state.ended or not latest.saving.is_durable:
            return None
        return CallId(latest.id) if latest.id else None

    def home(self) -> HomeScreen:
        """Return the screen that everything begins with."""
        from callcoach.tui.screens.home import HomeScreen

        return HomeScreen(self)

    def set_up(self) -> None:
        """Open the form for a new call."""
        self._app.push_screen(self.form(Order(self._app.desk.settings.text("pack"))))

    def form(self, order: Order) -> SetupScreen:
        """Return the form for a new call, filled in with what is known already."""
        from callcoach.tui.screens.setup import SetupScreen

        return SetupScreen(self, order)

    def start(self, order: Order) -> None:
        """Begin a call in the place of the form."""
        self._app.show_instead(self.call_screen(self._app.desk.begin(order)))

    def resume(self, call: CallId) -> None:
        """Go on with a call that was interrupted."""
        self._app.push_screen(self.call_screen(self._app.desk.resume(call)))

    def call_screen(self, live: LiveCall) -> CallScreen:
        """Return the screen for a call; whoever practised with a plan goes on with its customer."""
        from callcoach.tui.screens.call import CallScreen

        plan = self._plan_of(live)
        if plan is not None:
            return self._practised(live, plan)
        self._latest = live
        return CallScreen(live, self._show_result, self._app.desk.ears.are_wanted)

    def _plan_of(self, live: LiveCall) -> Plan | None:
        """Return the plan that a practice call is about, if its pack is as it was."""
        from callcoach.call.events import CallStarted

        first = live.events[0]
        if not isinstance(first, CallStarted) or first.mode != "practice" or first.plan is None:
            return None
        try:
            loaded = self._app.desk.load(first.script)
        except CallcoachError:
            return None
        is_same = loaded.script is not None and loaded.script.digest == first.digest
        return loaded.plans.get(first.plan) if is_same else None

    def choose_practice(self, pack: str) -> None:
        """Let the user choose a plan of a pack to practise with."""

        def practise(plan: PlanId) -> None:
            found = self._app.desk.plan(pack, plan)
            self._app.push_screen(self.practice_screen(pack, found))

        self._choose_plan(pack, mark("Practise “{pack}” with…"), practise)

    def choose_demo(self, pack: str) -> None:
        """Let the user choose a plan of a pack to watch."""
        self._choose_plan(pack, mark("Play which plan?"), lambda plan: self.demo(pack, plan))

    def _choose_plan(self, pack: str, title: str, go: Callable[[PlanId], None]) -> None:
        from callcoach.script.model import PlanId
        from callcoach.tui.screens.dialogs import Choice, choose

        language = self._app.messages.language
        loaded = self._app.desk.load(pack)
        name = loaded.script.title.plain(language) if loaded.script is not None else pack
        plans = loaded.plans.items()
        found = [Choice(id, plan.title.plain(language)) for id, plan in plans]

        def chosen(plan: str) -> None:
            try:
                go(PlanId(plan))
            except CallcoachError as error:
                self._app.tell(error)

        choose(self._app.screen, self._app.messages.say(title, pack=name), found, chosen)

    def practice_screen(self, pack: str, plan: Plan) -> PracticeScreen:
        """Return the screen for practising with a plan."""
        desk = self._app.desk
        language = self._app.messages.language
        known = desk.examples(pack, plan)
        facts = {str(fact): wording.plain(language) for fact, wording in known.items()}
        live = desk.begin(Order(pack, "practice", language, facts, plan.id))
        return self._practised(live, plan)

    def _practised(self, live: LiveCall, plan: Plan) -> PracticeScreen:
        """Return the screen for a practice call with the customer of a plan."""
        from callcoach.practice.partner import PlanPartner
        from callcoach.tui.screens.practice import PracticeScreen

        self._latest = live
        said = live.session.transcript
        partner = PlanPartner(live.session.coach, plan, live.session.state.language, said)
        return PracticeScreen(live, partner, self._show_result, self._app.desk.ears.are_wanted)

    def demo(self, pack: str, plan: PlanId | None) -> None:
        """Play a plan."""
        self._app.push_screen(self.demo_screen(pack, self._app.desk.plan(pack, plan), DEMO_SPEED))

    def demo_screen(self, pack: str, plan: Plan, speed: float) -> PlayScreen:
        """Return the screen on which a plan plays."""
        from callcoach.call.rehearse import Rehearsal, given_facts
        from callcoach.tui.player import PlayClock, Player
        from callcoach.tui.screens.play import PlayScreen

        clock = PlayClock()
        language = self._app.messages.language
        live = self._app.desk.begin(Order(pack, "demo", language, plan=plan.id, seed=1), clock)
        rehearsal = Rehearsal(live.session, plan)
        for beat in given_facts(live.session, plan):
            live.feed(beat.given, 0.0)
        player = Player(live, _beats_of(rehearsal), clock, speed)
        return PlayScreen(live, player, self._show_result)

    def replay_screen(
        self,
        order: Order,
        rows: Sequence[Row],
        speed: float,
        follow: bool,
        notes: Sequence[str],
        seconds: float,
    ) -> PlayScreen:
        """Return the screen on which a transcript is replayed; it begins with notes about it.

        The call is not over before so many `seconds`.
        """
        from callcoach.call.replay import beats, is_agent_known, unjudged
        from callcoach.tui.player import PlayClock, Player
        from callcoach.tui.screens.play import PlayScreen

        clock = PlayClock()
        live = self._app.desk.begin(order, clock)
        if not is_agent_known(rows):
            live.session = unjudged(live.session, live.events)
        source = beats(live.session, rows, follow, order.is_timed, seconds)
        return PlayScreen(live, Player(live, source, clock, speed), self._show_result, notes)

    def preview(self, pack: str) -> None:
        """Walk a pack without a customer."""
        self._app.push_screen(self.preview_screen(Order(pack)))

    def preview_screen(self, order: Order) -> PreviewScreen:
        """Return the screen for walking a pack; given facts have their examples."""
        from callcoach.tui.screens.preview import PreviewScreen

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
        self.rounds.past(call)

    def search(self) -> None:
        """Open the search in all calls."""
        from callcoach.tui.screens.search import SearchScreen

        self._app.push_screen(SearchScreen(self, self._app.desk.searching))

    def found(self, hit: Hit, hits: Sequence[Hit]) -> None:
        """Show a call from the journal at what was found in it; `hits` are all in the call."""
        self.rounds.found(hit, hits)

    def dashboard(self) -> None:
        """Open the figures of all calls."""
        from callcoach.tui.screens.dashboard import DashboardScreen

        self._app.push_screen(DashboardScreen(self._app.desk.counting, self.past))

    def reviews(self) -> None:
        """Open the list of the calls to be judged."""
        self._app.push_screen(self.queue_screen())

    def queue_screen(self) -> QueueScreen:
        """Return the list of the calls to be judged, with the form that fits the user's pack."""
        from callcoach.tui.screens.queue import QueueScreen

        forms = self._app.desk.reviews.forms()
        pack = self._app.desk.settings.text("pack")
        if not forms:
            raise PackError("there are no forms", "callcoach form new makes one")
        form = next((it for it in forms if it.pack == pack), forms[0])
        return QueueScreen(self, forms, form)

    def judge(self, cases: Sequence[Case], place: int, form: Form) -> None:
        """Open one of some calls, or a review of it, beside its form."""
        self.rounds.judge(cases, place, form)

    def packs(self) -> None:
        """Open the pack library."""
        from callcoach.tui.screens.packs import PacksScreen

        self._app.push_screen(PacksScreen(self))

    def settings(self) -> None:
        """Open the settings."""
        from callcoach.tui.screens.settings import SettingsScreen

        self._app.push_screen(SettingsScreen())

    def tour(self) -> None:
        """Open the tour."""
        from callcoach.tui.screens.tour import Tour

        def seen(key: str | None) -> None:
            if key is not None:
                self._app.call_later(self._app.simulate_key, key)  # the tour is shown till then

        self._app.push_screen(Tour(self._app.messages, self._app.desk.tour_seen), seen)

    def _show_result(self, live: LiveCall) -> None:
        """Show how a call went that has just ended, in its place."""
        from callcoach.tui.screens.past import KeptScreen, PastScreen

        if live.id:
            id = CallId(live.id)
            shown: PastScreen = KeptScreen(live.session, live.events, id, self.rounds.judge_call)
        else:
            shown = PastScreen(live.session, live.events)
        self._app.show_instead(shown)


def _beats_of(rehearsal: Rehearsal) -> Generator[Beat, Sequence[Event], None]:
    """Yield a plan's beats in the form that a player wants them."""
    for beat in rehearsal.beats():
        rehearsal.events.extend((yield beat))
