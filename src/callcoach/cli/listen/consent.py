"""Says what `callcoach listen` is about to hear, and asks whether everybody has agreed."""

from callcoach.call.consent import Policy
from callcoach.cli.ask import agrees
from callcoach.cli.workplace import Workplace
from callcoach.locale import mark
from callcoach.tui.ports import NO_FAR_SIDE

_KEPT = {
    False: mark("What is said is shown here and not kept."),
    True: mark("What is said is kept in the journal, the sound is not."),
}


def have_agreed(place: Workplace, *, is_kept: bool) -> bool:
    """Return whether the microphone may be opened: by the settings, or by who sits here.

    Where the settings forbid it, nobody is asked; the call itself refuses. Raises `UsageError`
    where there is nobody to ask.
    """
    policy = Policy(place.settings.text("listen"))
    if policy in (Policy.ALWAYS, Policy.NEVER):
        return True
    say = place.messages.say
    if place.settings.text("far_side") == NO_FAR_SIDE:
        told = say("Your microphone is listened to from now on, until Ctrl-C.")
    else:
        told = say("Your microphone and the far side are listened to from now on, until Ctrl-C.")
    question = say("Has everybody on the call agreed? [y/N] ")
    return agrees(told, say(_KEPT[is_kept]), question)
