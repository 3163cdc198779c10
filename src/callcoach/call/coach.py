"""A script made ready to coach calls."""

from callcoach.call.ears import Opinions
from callcoach.call.events import CallStarted
from callcoach.call.flags import Flags
from callcoach.call.flow import Flow
from callcoach.call.judge import Judge
from callcoach.call.rules.compile import Ruleset
from callcoach.call.taught import opinions_on
from callcoach.errors import PackError
from callcoach.script.model import PlanId, Script
from callcoach.script.render import Renderer
from callcoach.script.wording import Language
from callcoach.words.match import Store


class Coach:
    """A script made ready to coach calls: compiled once, shared by any number of sessions."""

    def __init__(
        self,
        script: Script,
        opinions: Opinions | None = None,
        store: Store | None = None,
        rules: Ruleset | None = None,
    ) -> None:
        """Compile `script`.

        `opinions` are the judges that a team's own reviews have taught, beside those of the pack;
        `store` keeps the compiled phrases for the next time. `rules` are those of a script with the
        same rules and phrases.
        """
        if script.start is None:
            raise PackError(
                "the pack {id} has no start", "it is there for other packs to use", id=script.id
            )
        self.script = script
        self.start = script.start
        self.flow = Flow(script)
        self.judge = Judge(script, opinions, store, rules)
        self.flags = Flags(self.judge)
        self.renderer = Renderer(script)
        self.opinions = opinions_on(script, opinions)

    def started(
        self,
        language: Language,
        *,
        started: str,
        day: str,
        seed: int,
        mode: str,
        agent: str = "",
        plan: PlanId | None = None,
        program: str = "",
    ) -> CallStarted:
        """Return the first event of a call; what its fields mean stands in `CallStarted`."""
        return CallStarted(
            seq=0,
            at=0.0,
            script=self.script.id,
            digest=self.script.digest,
            script_version=self.script.version,
            language=language,
            started=started,
            day=day,
            seed=seed,
            mode=mode,
            agent=agent,
            plan=plan,
            program=program,
        )
