"""What matters now: the open flags in the order in which they deserve a look."""

from callcoach.call.events import FlagRaised
from callcoach.call.state import CallState, OpenFlag
from callcoach.script.model import FlagKind, Script, Severity

FADES_AFTER = 30.0
"""A flag that nothing can repair is shown for so many seconds; it stays in the journal."""

_SEVERITY = {Severity.CRITICAL: 0, Severity.MAJOR: 1, Severity.MINOR: 2}
_KIND = {
    FlagKind.FORBIDDEN: 0,
    FlagKind.OUT_OF_ORDER: 1,
    FlagKind.MISSING: 2,
    FlagKind.REPEATED: 3,
    FlagKind.LATE: 4,
}


def is_repairable(flag: OpenFlag, script: Script) -> bool:
    """Tell whether anything that is said now can clear a flag."""
    cue = script.cues.get(flag.cue)
    match flag.what:
        case FlagKind.MISSING:
            return True
        case FlagKind.OUT_OF_ORDER | FlagKind.FORBIDDEN:
            return cue is not None and (cue.repair is not None or flag.reason == "comes_first")
        case FlagKind.REPEATED | FlagKind.LATE:
            return False


def can_be_advised(flag: FlagRaised | OpenFlag, state: CallState, script: Script) -> bool:
    """Tell whether what repairs a flag has a place where the call is, or where it ended.

    Somebody else who has picked up is not asked who they are, whatever was let slip before.
    """
    cue = script.cues.get(flag.cue)
    repair = script.cues.get(cue.repair) if cue is not None and cue.repair else None
    if repair is None or repair.is_call_wide:
        return True
    if state.ended is not None:
        wanted = repair.required_for
        return not wanted or state.ended.outcome is None or state.ended.outcome in wanted
    here = script.steps[state.position.step]
    return not (here.is_objection or here.is_end) or repair.id in script.due[here.id]


def to_look_at(state: CallState, script: Script, at: float) -> tuple[OpenFlag, ...]:
    """Return the open flags that are worth a look at a time of the call, the most urgent first.

    Repairable ones come first, then the graver, then the newer; snoozed ones and faded ones are
    left out.
    """
    shown: list[tuple[tuple[bool, int, int, float], OpenFlag]] = []
    for flag in state.flags.values():
        can_repair = is_repairable(flag, script)
        if flag.snoozed_until > at or (not can_repair and at - flag.raised_at > FADES_AFTER):
            continue
        rank = (not can_repair, _SEVERITY[flag.severity], _KIND[flag.what], -flag.raised_at)
        shown.append((rank, flag))
    shown.sort(key=lambda pair: pair[0])
    return tuple(flag for _, flag in shown)
