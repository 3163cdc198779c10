"""Where forms are found, and the packs whose cues they name."""

from collections.abc import Sequence
from pathlib import Path

from callcoach.cli.shelf import script_of
from callcoach.cli.workplace import Workplace
from callcoach.errors import PackError, Told, UsageError
from callcoach.review.form.library import FormLibrary, shipped_forms
from callcoach.review.form.load import LoadedForm
from callcoach.review.form.model import Form
from callcoach.script.diagnostic import Diagnostic, hint, is_error, message
from callcoach.script.model import Script


def own_folder(place: Workplace) -> Path:
    """Return where the user's own forms are kept."""
    return place.data_folder / "forms"


def form_library(place: Workplace) -> FormLibrary:
    """Return the forms: the user's own first, then those that are shipped."""
    return FormLibrary((own_folder(place), shipped_forms()))


def as_error(finding: Diagnostic, language: str) -> PackError:
    """Return a finding as the error that it is for who wants to use the form."""
    told = Told("{place}: {finding}", place=finding.place, finding=message(finding, language))
    return PackError(told, hint(finding, language))


def usable_form(loaded: LoadedForm, language: str) -> Form:
    """Return a form; raises `PackError` with the first error in it."""
    if loaded.form is not None:
        return loaded.form
    raise as_error(next(filter(is_error, loaded.findings)), language)


def named_form(place: Workplace, wanted: str) -> Form:
    """Return a form by its name or path. Raises `PackError`."""
    return usable_form(form_library(place).load(wanted), place.language)


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
    wanted = pack or (loaded.draft.pack if loaded.draft else "")
    return script_of(place, wanted) if wanted else None
