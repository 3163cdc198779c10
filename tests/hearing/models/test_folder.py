"""What a model's folder must hold, told by name before Vosk is asked."""

import struct
from pathlib import Path

import pytest

from callcoach.hearing.models.folder import UnfitModel, examine
from tests.hearing.models.making import FILES, graph, make_folder

WHOLE = {name: content for name, content in FILES.items() if not name.startswith("graph/")} | {
    "graph/HCLG.fst": graph(carries_words=False),
    "graph/words.txt": b"<eps> 0\n",
}
"""A model of which the words are fixed."""
OLD = {
    "final.mdl": b"net",
    "mfcc.conf": b"--sample-frequency=8000\n",
    "HCLG.fst": graph(carries_words=False),
    "words.txt": b"<eps> 0\n",
}
"""A model of the first layout."""
IVECTOR = ("splice.conf", "online_cmvn.conf", "final.mat", "global_cmvn.stats", "final.dubm")


@pytest.mark.parametrize(
    ("files", "rate", "takes_words"),
    [(FILES, 16_000, True), (WHOLE, 16_000, False), (OLD, 8_000, False)],
)
def test_a_model_tells_its_rate_and_whether_it_takes_words(
    tmp_path: Path, files: dict[str, bytes], rate: int, takes_words: bool
) -> None:
    examined = examine(make_folder(tmp_path / "model", files))
    assert (examined.rate, examined.takes_words, examined.notes) == (rate, takes_words, ())


@pytest.mark.parametrize("files", [FILES, WHOLE, OLD])
def test_each_file_that_is_missing_is_named(tmp_path: Path, files: dict[str, bytes]) -> None:
    for number, name in enumerate(files):
        rest = {other: content for other, content in files.items() if other != name}
        with pytest.raises(UnfitModel) as caught:
            examine(make_folder(tmp_path / str(number), rest))
        told = "graph/HCLr.fst" if name == "graph/HCLG.fst" else name
        told = {"final.mdl": "am/final.mdl", "HCLG.fst": "HCLr.fst"}.get(told, told)
        assert f"{told} is missing" in caught.value.message


@pytest.mark.parametrize("missing", IVECTOR)
def test_a_model_with_an_ivector_has_all_of_it(tmp_path: Path, missing: str) -> None:
    files = {f"ivector/{name}": b"x" for name in (*IVECTOR, "final.ie")}
    assert examine(make_folder(tmp_path / "whole", {**FILES, **files})).rate == 16_000
    del files[f"ivector/{missing}"]
    with pytest.raises(UnfitModel, match=f"ivector/{missing} is missing"):
        examine(make_folder(tmp_path / "part", {**FILES, **files}))


@pytest.mark.parametrize(
    ("features", "notes"),
    [
        (b"--sample-frequency=16000\n", 1),
        (b"--sample-frequency=16000 # as Kaldi has it\n--allow-upsample=true\n", 0),
        (b"--allow-upsample=false\n", 1),
        (b"--sample-frequency=8000\n", 0),
        (b"--sample-frequency=none\n", 1),
    ],
)
def test_a_model_for_wide_sound_only_is_worth_a_note(
    tmp_path: Path, features: bytes, notes: int
) -> None:
    examined = examine(make_folder(tmp_path, {**FILES, "conf/mfcc.conf": features}))
    assert len(examined.notes) == notes
    assert all("8 kHz" in note for note in examined.notes)


def test_a_model_on_which_vosk_would_crash_is_refused(tmp_path: Path) -> None:
    make_folder(tmp_path, {**FILES, "conf/model.conf": b"--beam=10\n"})
    with pytest.raises(UnfitModel, match="silence-phones"):
        examine(tmp_path)


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00" * 40, b"<html>", graph()[:6], struct.pack("<ii", 2125659606, -9), graph()[:20]],
)
def test_a_graph_that_is_none_is_told(tmp_path: Path, content: bytes) -> None:
    make_folder(tmp_path, {**FILES, "graph/HCLr.fst": content})
    with pytest.raises(UnfitModel, match="is no graph"):
        examine(tmp_path)


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnfitModel, match="there is no folder"):
        examine(tmp_path / "nowhere")
