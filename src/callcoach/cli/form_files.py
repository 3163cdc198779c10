"""Where forms are found, and the packs whose cues they name."""

from collections.abc import Sequence
from pathlib import Path

from callcoach.cli.workplace import Workplace
from callcoach.errors import PackError, UsageError
from callcoach.review.form.library import FormLibrary, shipped_forms
from callcoach.review.form.load import LoadedForm
from callcoach.script.model import Script


def own_folder(place: Workplace) -> Path:
    """Return where the user's own forms are kept."""
    return place.data_folder / "forms"


def form_library(place: Workplace) -> FormLibrary:
    """Return the forms: the user's own first, then those that are shipped."""
    return FormLibrary((own_folder(place), shipped_forms()))


def wanted_forms(place: Workplace, named: Sequence[str]) -> Sequence[str]:
    """Return the forms that a command is about: those named, or all. Raises `UsageError`."""
    names = tuple(dict.fromkeys(named)) or form_library(place).names()
    if not names:
        raise UsageError("there are no forms", "callcoach form new makes one")
    return names


def script_for(place: Workplace, loaded: LoadedForm, pack: str = "") -> Script | None:
    """Return the script whose cues a form names, or that of another pack; None where it names none.

    Raises `PackError` where there is no such pack, or it has errors.
    """
    wanted = pack or (loaded.form.pack if loaded.form else "")
    if not wanted:
        return None
    script = place.library.load(wanted).script
    if script is None:
        raise PackError(
            "the pack “{pack}” has errors", "callcoach script check {pack} lists them", pack=wanted
        )
    return script
