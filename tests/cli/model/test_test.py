"""callcoach model test: what is printed of a model that was tried out."""

from pathlib import Path

import pytest

from callcoach.cli.model import test as model_test
from tests.cli.home import Home
from tests.hearing.measuring.test_trial import EchoEngine, write_set, write_wav
from tests.hearing.models.making import make_folder


@pytest.fixture
def own(home: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    """Return a home with a model and recordings; a recogniser of our own hears them."""

    def load(folder: Path) -> EchoEngine:
        assert (folder / "am" / "final.mdl").is_file()
        return EchoEngine()

    monkeypatch.setattr(model_test, "load_engine", load)
    make_folder(home.path / ".local/share/callcoach/models/own-en")
    write_set(home.desk / "set")
    return home


@pytest.mark.parametrize(
    ("language", "heads", "silence"),
    [("en", ("error rate", "real-time factor"), "silence"), ("zh", ("错误率", "实时率"), "静音")],
)
def test_errors_are_printed_by_condition(
    own: Home, language: str, heads: tuple[str, ...], silence: str
) -> None:
    made = own.run("model", "test", "--set", "set", "--errors", language=language)
    assert made.code == 0, made.err
    for head in heads:
        assert head in made.out
    assert "call.wav [1]\n  - w5\n  + w5 w6\n" in made.out
    assert silence in made.out
    (whole,) = [line for line in made.out.splitlines() if line.startswith(("all", "全部"))]
    assert whole.split()[1:8] == ["4", "5", "2", "0", "0", "2", "40.0"]


def test_the_same_as_json(own: Home) -> None:
    told = own.run("model", "test", "own-en", "--set", "set", "--json").json
    assert told["model"] == "own-en"
    assert told["by_condition"]["all"]["rate"] == 0.4
    assert told["by_condition"]["silence"]["rate"] is None
    assert [it["heard"] for it in told["recordings"]] == ["w1 w2", "w1 w3", "w5 w6", "w9"]


def test_files_with_their_texts_beside_them(own: Home) -> None:
    write_wav(own.desk / "a.wav", [7])
    own.write("a.txt", "w7")
    told = own.run("model", "test", "own-en", "a.wav", "--json").json
    assert told["by_condition"]["all"]["rate"] == 0.0


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("own-en", "a.wav", "--set", "set"), 2, "name either"),
        (("nope",), 6, "“nope” is not installed"),
        (("--for", "zh"), 6, "no speech model for the language zh"),
        (("own-en", "--set", "nowhere"), 6, "cannot be read"),
        (("own-en", "a.wav"), 6, "a.txt cannot be read"),
    ],
)
def test_what_cannot_be_tried_is_told(
    own: Home, words: tuple[str, ...], code: int, told: str
) -> None:
    made = own.run("model", "test", *words)
    assert (made.code, told in made.err) == (code, True), made.err
