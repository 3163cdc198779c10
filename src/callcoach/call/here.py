"""What counts in one step of a script, looked up once for all calls that come to it."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from callcoach.call.leads import Leads, leads_of
from callcoach.script.model import Cue, CueId, CueKind, Script, Speaker, StepId
from callcoach.script.rules import RuleId

Way = tuple[Speaker | None, Leads]
"""Where something leads, and by whose words; None: anybody's."""


class Here(Struct, frozen=True):
    """What counts in one step."""

    cues: Mapping[RuleId, tuple[Cue, ...]]
    """By rule, the cues that it meets, of those that are listened for; never none."""
    ways: Mapping[RuleId, tuple[Way, ...]]
    """By rule, where it may lead from here; never nowhere."""
    owed: tuple[Cue, ...]
    """What the agent is to say here, or anywhere in the call, in the script's order."""
    due: frozenset[CueId]
    """The cues of the step, those of the whole call left out."""
    limited: frozenset[CueId]
    """Those of them that count only from a step on: limited to where they are due, or after one."""

    def applies(self, cue: Cue) -> bool:
        """Tell whether a cue is listened for; some are forbidden, or tell, in some steps only.

        What is owed counts wherever it is said.
        """
        return not _is_limited(cue) or cue.id in self.due


class Places:
    """The steps of one script."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._known: dict[StepId, Here] = {}
        cues: dict[RuleId, list[Cue]] = {}
        for cue in script.cues.values():
            for rule in cue.rules:
                cues.setdefault(rule, []).append(cue)
        self._cues: Mapping[RuleId, Iterable[Cue]] = cues
        self._rule_leads = leads_of(script, lambda heard: heard.rules)
        self.cue_leads = leads_of(script, lambda heard: heard.cues)
        """Where each cue leads that suggests anything."""
        self.telling = self._cues.keys() | self._rule_leads.keys()
        """The rules from which anything follows; others are parts of these."""

    def at(self, step: StepId) -> Here:
        """Return what counts in a step."""
        known = self._known.get(step)
        if known is None:
            known = self._known[step] = self._look(step)
        return known

    def _look(self, step: StepId) -> Here:
        due = frozenset(self._script.due.get(step, ()))
        every = self._script.cues.values()
        limited = {cue.id for cue in every if _is_limited(cue)}
        cues: dict[RuleId, tuple[Cue, ...]] = {}
        ways: dict[RuleId, tuple[Way, ...]] = {}
        for rule in self.telling:
            met = [it for it in self._cues.get(rule, ()) if it.id in due or it.id not in limited]
            if met:
                cues[rule] = tuple(met)
            own = self._rule_leads.get(rule)
            leads: list[Way] = [] if own is None else [(None, own)]
            leads += [(it.speaker, self.cue_leads[it.id]) for it in met if it.id in self.cue_leads]
            from_here = tuple(way for way in leads if way[1].steps or step in way[1].exits)
            if from_here:
                ways[rule] = from_here
        owed = [
            cue for cue in every if cue.kind is CueKind.SAY and (cue.is_call_wide or cue.id in due)
        ]
        waiting = {cue.id for cue in every if cue.after.steps}
        return Here(cues, ways, tuple(owed), due, due & (limited | waiting))


def _is_limited(cue: Cue) -> bool:
    return cue.kind is not CueKind.SAY and not cue.is_call_wide
