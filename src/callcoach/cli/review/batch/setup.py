"""What judging many calls takes: the script made ready, the form, the format of the tables."""

import importlib.util
import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from callcoach import __version__
from callcoach.call.replay import untimed
from callcoach.cli.coaches import coach_of
from callcoach.cli.desk import Desk
from callcoach.cli.form.files import as_error, named_form
from callcoach.cli.judging import learned_digest
from callcoach.cli.shelf import usable
from callcoach.cli.workplace import Workplace
from callcoach.errors import UsageError
from callcoach.review.batch.judge import Terms
from callcoach.review.batch.results import Format
from callcoach.review.form.check import check_form
from callcoach.review.form.model import Form
from callcoach.review.tell import form_language
from callcoach.script.diagnostic import is_error
from callcoach.script.facts import FactId
from callcoach.script.model import Script
from callcoach.script.wording import Language
from callcoach.tui.ports import Order

PARQUET, CSV = "parquet", "csv"


@dataclass(frozen=True, slots=True)
class Setup:
    """What calls are judged by."""

    script: Script
    form: Form | None
    known: Mapping[FactId, str]
    """What is told before each call."""
    agent: str
    """Who makes the calls that do not say it."""
    learned: str
    """Digest of the learned judges; empty where there are none."""
    language: Language
    """The one that bands are named in."""

    @property
    def known_digest(self) -> str:
        """Return what tells apart what is told before each call."""
        told = json.dumps([self.agent, *self.known.items()])
        return sha256(told.encode("utf-8", "replace")).hexdigest()


def set_up(place: Workplace, form: str) -> Setup:
    """Return what calls are judged by; `form` is a name or a file, or empty for none.

    Raises `PackError`, `LearnedError` and `FactError`.
    """
    desk, pack = Desk(place), place.settings.text("pack")
    script = usable(desk.load(pack), place.language)
    chosen = form_named(place, form, script)
    return Setup(
        script,
        chosen,
        desk.known(Order(pack, "replay")),
        place.settings.text("agent"),
        learned_digest(place, script),  # judges that cannot be read are told now
        form_language(chosen, place.language) if chosen else place.language,
    )


def make_ready(place: Workplace, setup: Setup, day: str) -> Terms:
    """Return a script made ready to judge; `day` is that of calls of which nobody knows it.

    It takes a second, and each process needs its own.
    """
    coach = coach_of(place, setup.script)
    return Terms(
        coach,
        untimed(coach),
        setup.form,
        day,
        setup.known,
        setup.agent,
        __version__,
        setup.language,
    )


def format_named(name: str) -> Format:
    """Return how tables are written. Raises `UsageError` where what it needs is missing."""
    if name == CSV:
        from callcoach.review.batch import sheets

        return Format(sheets.encode, sheets.join)
    if importlib.util.find_spec("pyarrow") is None:
        raise UsageError(
            "what writes Parquet is not installed",
            "install it: pip install 'callcoach[analytics]', or add --format csv",
        )
    from callcoach.archive.parquet import write

    return Format(write.encode_part, write.join)


def form_named(place: Workplace, name: str, script: Script) -> Form | None:
    """Return a form by its name or file, None for an empty name.

    Raises `PackError` where there is none, or it has errors or asks what `script` cannot tell.
    """
    if not name:
        return None
    form = named_form(place, name)
    wrong = next(filter(is_error, check_form(form, script)), None)
    if wrong is not None:
        raise as_error(wrong, place.language)
    return form
