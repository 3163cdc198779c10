"""Makes packs and stored scripts ready to coach as the user has them: taught, compiled once."""

from functools import partial

from callcoach.archive.phrases import PhraseFiles
from callcoach.call.coach import Coach
from callcoach.cli.cues.learned import learned_judges
from callcoach.cli.shelf import Shelf, uncollected
from callcoach.cli.workplace import Workplace
from callcoach.script.model import Script


def shelf_of(place: Workplace) -> Shelf:
    """Return a shelf for the user's packs, empty as yet."""
    return Shelf(partial(learned_judges, place), phrases_of(place))


def coach_of(place: Workplace, script: Script) -> Coach:
    """Return a script ready to coach, as a new call would have it.

    Raises `LearnedError` for learned judges that cannot be read.
    """
    with uncollected():
        return Coach(script, learned_judges(place, script), phrases_of(place))


def phrases_of(place: Workplace) -> PhraseFiles:
    """Return where compiled phrases are kept from one start to the next."""
    return PhraseFiles(place.cache_folder / "phrases")
