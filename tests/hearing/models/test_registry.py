"""Which model hears a language, and what is told where none does."""

from pathlib import Path

import pytest

from callcoach.errors import ModelError
from callcoach.hearing.models.registry import (
    Broken,
    Model,
    NoModel,
    Places,
    find_folder,
    found_models,
    model_for,
)
from callcoach.locale import Messages
from tests.hearing.models.making import FILES, make_folder

SMALL, MEDIUM = "vosk-model-small-en-us-0.15", "vosk-model-en-us-0.22-lgraph"
LARGE = "vosk-model-en-us-0.22"


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """Return places of models; a made one is shipped."""
    for name in ("own", "others", "shipped"):
        (tmp_path / name).mkdir()
    make_folder(tmp_path / "shipped" / "tiny-en")
    return Places(tmp_path / "own", (tmp_path / "others",), tmp_path / "shipped")


def heard_by(places: Places, language: str = "en", **chosen: str) -> str:
    """Return the name of the model that hears a language."""
    found = model_for(language, places, chosen)
    assert isinstance(found, Model), found
    return found.name


@pytest.mark.parametrize("language", ["en", "zh", "fr"])
def test_without_a_model_the_call_is_typed(places: Places, language: str) -> None:
    found = model_for(language, places, {})
    assert isinstance(found, NoModel)
    assert language in found.reason
    assert "type what is said" in found.remedy
    if language != "fr":
        assert f"callcoach model install {language}-small" in found.remedy


def test_places_that_are_not_there_hold_nothing(tmp_path: Path) -> None:
    places = Places(tmp_path / "a", (tmp_path / "b",), tmp_path / "c")
    assert list(found_models(places)) == []
    assert isinstance(model_for("en", places, {}), NoModel)


def test_what_listens_live_goes_before_what_is_for_recordings(places: Places) -> None:
    make_folder(places.own / LARGE)
    assert heard_by(places) == LARGE
    make_folder(places.others[0] / SMALL)
    assert heard_by(places) == SMALL
    assert isinstance(model_for("zh", places, {}), NoModel)


def test_the_one_chosen_goes_before_all(places: Places, tmp_path: Path) -> None:
    for name in (SMALL, LARGE):
        make_folder(places.own / name)
    own = make_folder(tmp_path / "elsewhere" / "own")
    assert heard_by(places, en=LARGE) == LARGE
    assert heard_by(places, en="en-large") == LARGE
    assert heard_by(places, en="tiny-en") == "tiny-en"
    assert heard_by(places, en=str(own)) == "own"


@pytest.mark.parametrize(
    ("word", "remedy"),
    [("en-medium", "callcoach model install en-medium"), ("nope", "there are"), (".", "there are")],
)
def test_one_that_is_chosen_and_not_there_is_told(places: Places, word: str, remedy: str) -> None:
    make_folder(places.own / SMALL)
    found = model_for("en", places, {"en": word})
    assert isinstance(found, NoModel)
    assert "is not installed" in found.reason
    assert remedy in found.remedy
    with pytest.raises(ModelError, match="is not installed"):
        find_folder(places, word)


def test_a_model_of_which_a_file_is_missing_is_told_and_never_used(places: Places) -> None:
    rest = {name: content for name, content in FILES.items() if name != "graph/Gr.fst"}
    make_folder(places.own / SMALL, rest)
    (found,) = found_models(places)
    assert isinstance(found, Broken)
    assert isinstance(model_for("en", places, {}), NoModel)
    chosen = model_for("en", places, {"en": SMALL})
    assert isinstance(chosen, NoModel)
    assert "graph/Gr.fst is missing" in chosen.reason


def test_an_official_models_empty_folder_is_told(places: Places) -> None:
    (places.own / SMALL).mkdir()
    (found,) = found_models(places)
    assert isinstance(found, Broken)


def test_what_is_hidden_or_no_model_is_passed_over(places: Places) -> None:
    make_folder(places.own / ".making-1")
    (places.own / "notes").mkdir()
    (places.own / "readme.txt").write_text("x")
    assert list(found_models(places)) == []


def test_a_name_in_two_places_is_the_first(places: Places) -> None:
    make_folder(places.own / SMALL)
    make_folder(places.others[0] / SMALL)
    (found,) = found_models(places)
    assert found.folder.parent == places.own


def test_why_nothing_is_heard_is_said_in_chinese(places: Places) -> None:
    found = model_for("zh", places, {})
    assert isinstance(found, NoModel)
    say = Messages("zh").say
    assert say(found.reason) != found.reason
    assert say(found.remedy) != found.remedy
