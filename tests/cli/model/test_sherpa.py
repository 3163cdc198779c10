"""callcoach model with a model for sherpa-onnx: the commands are the same as with Vosk's."""

import shutil

from tests.cli.home import Home
from tests.hearing.recordings import MODELS, SETS, sentence


def test_a_folder_is_installed_verified_used_and_tried_out(home: Home) -> None:
    shutil.copytree(MODELS / "tiny-sherpa-en", home.desk / "unpacked" / "own-streaming-en")
    made = home.run("model", "install", "unpacked/own-streaming-en")
    assert made.code == 0, made.err
    assert "hears en now" in made.out
    assert home.run("model", "verify").code == 0
    assert home.run("model", "use", "en", "own-streaming-en").code == 0
    rows = home.run("model", "list", "--json").json["installed"]
    (row,) = [row for row in rows if row["name"] == "own-streaming-en"]
    assert (row["language"], row["takes_words"]) == ("en", True)

    said = sentence("en")
    shutil.copy(SETS / "en" / "clean-00.wav", home.desk / "a.wav")
    home.write("a.txt", said.text.encode())
    tried = home.run("model", "test", "own-streaming-en", "a.wav", "--json")
    assert tried.code == 0, tried.err
    assert tried.json["by_condition"]["all"]["said"] == len(said.text.split())

    (home.desk / "unpacked" / "own-streaming-en" / "joiner.int8.onnx").unlink()
    again = home.run("model", "install", "unpacked/own-streaming-en")
    assert again.code == 2, "it is there already"
    assert home.run("model", "remove", "own-streaming-en", "--yes").code == 0
    again = home.run("model", "install", "unpacked/own-streaming-en")
    assert (again.code, "joiner*.onnx is missing" in again.err) == (6, True)
