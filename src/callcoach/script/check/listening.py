"""What is wrong with where a script may be listened to, and where nothing is written down."""

from collections.abc import Iterator

from callcoach.script.check.graph import reachable
from callcoach.script.diagnostic import Diagnostic
from callcoach.script.model import Anchors, Script, Step, local, pack_of


def check_listening(script: Script) -> Iterator[Diagnostic]:
    """Yield what is wrong with `listening` and with the sensitive steps of the script's own pack.

    A pack whose calls never come to what opens the ears is told so, also where it takes that
    over from a pack that it uses: nobody would notice but by a screen that stays deaf.
    """
    for step in script.steps.values():
        if pack_of(step.id) == script.id and step.sensitive is not None and _asks(step):
            yield Diagnostic("CC069", step.place, {"step": local(step.id)})
    consent = script.consent
    if script.start is None or consent is None:
        return
    if not consent.after:
        yield Diagnostic("CC067", consent.place)
    elif not _can_come(script, consent.after):
        names = ", ".join(map(local, (*consent.after.cues, *consent.after.steps)))
        yield Diagnostic("CC068", consent.place, {"names": names})


def _asks(step: Step) -> bool:
    return bool(step.asks or any(exit.asks for exit in step.exits))


def _can_come(script: Script, anchors: Anchors) -> bool:
    """Tell whether a call can come to one of these."""
    seen = reachable(script)
    entered = {base for id in seen for base in script.lineages[id]}
    due = {cue for id in seen for cue in script.due[id]}
    cues = (script.cues[id] for id in anchors.cues)
    return not entered.isdisjoint(anchors.steps) or any(
        cue.is_call_wide or cue.id in due for cue in cues
    )
