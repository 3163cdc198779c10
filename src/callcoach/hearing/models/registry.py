"""The models on this machine, and which of them hears a call."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from callcoach.errors import ModelError, Told, suggest
from callcoach.hearing.models.folder import NETS, examine
from callcoach.hearing.models.language import language_of
from callcoach.hearing.models.manifest import Use, find_official, official_models
from callcoach.hearing.models.record import Record, read_record


@dataclass(frozen=True, slots=True)
class Model:
    """A speech model that can be used."""

    name: str
    language: str
    """Empty where nothing tells it."""
    folder: Path
    rate: int
    """Samples a second that it was made for."""
    takes_words: bool
    """Its words can be set at run time, by the pack's."""
    notes: tuple[Told, ...]
    record: Record | None
    """None where callcoach did not install it."""


@dataclass(frozen=True, slots=True)
class NoModel:
    """Why a language is not heard; the call is typed, and a screen says so once."""

    language: str
    reason: Told
    remedy: Told


@dataclass(frozen=True, slots=True)
class Broken:
    """A folder among the models that Vosk could not use."""

    name: str
    folder: Path
    error: ModelError


@dataclass(frozen=True, slots=True)
class Places:
    """Where models are looked for; an earlier place wins."""

    own: Path
    """Where models are installed."""
    others: tuple[Path, ...]
    """Where the user's models are too."""
    shipped: Path
    """Models made for tests and the demo: used only where one is named."""


def found_models(places: Places) -> Iterator[Model | Broken]:
    """Yield the user's models, each name once."""
    seen: set[str] = set()
    for place in (places.own, *places.others):
        for folder in _folders(place):
            if folder.name not in seen:
                seen.add(folder.name)
                yield look_at(folder)


def look_at(folder: Path) -> Model | Broken:
    """Return the model in a folder, or why it is none."""
    try:
        examined = examine(folder)
        record = read_record(folder)
    except ModelError as error:
        return Broken(folder.name, folder, error)
    known = find_official(folder.name)
    language = known.language if known else language_of(folder.name)
    return Model(
        folder.name,
        record.language if record else language,
        folder,
        examined.rate,
        examined.takes_words,
        examined.notes,
        record,
    )


def find_folder(places: Places, word: str) -> Path:
    """Return the folder of a model: by name, by an official model's id, or by path.

    Raises `ModelError` with the models there are.
    """
    known = find_official(word)
    name = known.name if known else word
    for place in (places.own, *places.others, places.shipped):
        for folder in _folders(place):
            if folder.name == name:
                return folder
    path = Path(word).expanduser()
    if path.is_absolute() and path.is_dir():
        return path
    names = [folder.name for place in (places.own, *places.others) for folder in _folders(place)]
    advice = Told("callcoach model install {name}", name=word) if known else suggest(word, names)
    raise ModelError("the speech model “{name}” is not installed", advice, name=word)


def model_for(language: str, places: Places, chosen: Mapping[str, str]) -> Model | NoModel:
    """Return the model that hears a language: the one chosen, else the best there is.

    `chosen` is the setting `speech`: a name or a path by language.
    """
    if word := chosen.get(language, ""):
        try:
            found = look_at(find_folder(places, word))
        except ModelError as error:
            return NoModel(language, error.message, error.hint)
        if isinstance(found, Broken):
            return NoModel(language, found.error.message, found.error.hint)
        return found
    usable = [
        it for it in found_models(places) if isinstance(it, Model) and it.language == language
    ]
    if usable:
        return min(usable, key=_rank)
    known = next((it for it in official_models() if it.language == language), None)
    reason = Told("there is no speech model for the language {language}", language=language)
    if known is None:
        remedy = Told("type what is said, or name a model: callcoach model install --help")
    else:
        remedy = Told(
            "type what is said, or install one: callcoach model install {name}", name=known.id
        )
    return NoModel(language, reason, remedy)


def _rank(model: Model) -> tuple[bool, str]:
    """Put what can listen live before what cannot, and unknown models between."""
    known = find_official(model.name)
    return known is not None and known.use is Use.AFTERWARDS, model.name


def _folders(place: Path) -> list[Path]:
    """Return the folders of a place that are models, or meant to be."""
    try:
        folders = sorted(it for it in place.iterdir() if it.name[0] != "." and it.is_dir())
    except OSError:
        return []
    return [it for it in folders if _is_meant(it)]


def _is_meant(folder: Path) -> bool:
    """Tell whether a folder holds a model, or what is left of one."""
    return bool(find_official(folder.name)) or any((folder / net).is_file() for net in NETS)
