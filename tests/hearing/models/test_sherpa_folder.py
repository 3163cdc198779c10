"""A folder for sherpa-onnx is known by its files, and one that would end the process is refused."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.hearing.models.folder import examine
from callcoach.hearing.models.onnx import NoOnnx, metadata_of
from callcoach.hearing.models.registry import Model, look_at
from callcoach.hearing.models.sherpa_folder import Form, read_folder
from callcoach.hearing.models.unfit import UnfitModel
from tests.hearing.models.making import (
    CHUNKS,
    NEMO,
    TOKENS,
    TRANSDUCER,
    WENET,
    make_folder,
    onnx,
)

CHARACTERS = "<blk> 0\n您 1\n好 2\n".encode()
NEMO_TRANSDUCER = {
    "encoder.int8.onnx": onnx(NEMO),
    "decoder.int8.onnx": onnx({}),
    "joiner.int8.onnx": onnx({}),
    "tokens.txt": TOKENS,
}


def single(name: str, about: Mapping[str, str]) -> dict[str, bytes]:
    return {name: onnx(about), "tokens.txt": TOKENS}


@pytest.mark.parametrize(
    ("files", "form", "window", "first"),
    [
        (TRANSDUCER, Form.TRANSDUCER, 0.45, "encoder-epoch-99-avg-1.int8.onnx"),
        (NEMO_TRANSDUCER, Form.NEMO_TRANSDUCER, 0.58, "encoder.int8.onnx"),
        (
            single("ctc-epoch-20-avg-1-chunk-16-left-128.int8.onnx", CHUNKS),
            Form.ZIPFORMER_CTC,
            0.45,
            "ctc-epoch-20-avg-1-chunk-16-left-128.int8.onnx",
        ),
        (single("model.onnx", CHUNKS), Form.ZIPFORMER_CTC, 0.45, "model.onnx"),
        (single("model.onnx", NEMO), Form.NEMO_CTC, 0.58, "model.onnx"),
        (
            {**single("model-streaming.onnx", WENET), "model.onnx": onnx({})},
            Form.WENET_CTC,
            0.66,
            "model-streaming.onnx",
        ),
    ],
)
def test_a_model_is_known_by_its_files(
    tmp_path: Path, files: Mapping[str, bytes], form: Form, window: float, first: str
) -> None:
    found = read_folder(make_folder(tmp_path, files))
    assert (found.form, found.nets[0].name) == (form, first)
    assert found.window == pytest.approx(window)


def test_of_a_decoder_the_exact_file_is_taken_and_of_others_the_small_one(tmp_path: Path) -> None:
    nets = read_folder(make_folder(tmp_path, TRANSDUCER)).nets
    assert [net.name.count("int8") for net in nets] == [1, 0, 1]


@pytest.mark.parametrize(
    ("files", "takes_words"),
    [
        (TRANSDUCER, False),
        ({**TRANSDUCER, "bpe.vocab": b"x\t0\n"}, True),
        ({**TRANSDUCER, "tokens.txt": CHARACTERS}, True),
        ({**NEMO_TRANSDUCER, "tokens.txt": CHARACTERS}, False),
        (single("model.onnx", CHUNKS), False),
    ],
)
def test_words_can_be_named_where_sherpa_can_cut_them(
    tmp_path: Path, files: Mapping[str, bytes], takes_words: bool
) -> None:
    examined = examine(make_folder(tmp_path, files))
    assert (examined.takes_words, examined.rate) == (takes_words, 16_000)


@pytest.mark.parametrize(
    ("tokens", "unit", "is_in_capitals"),
    [
        (TOKENS, "bpe", False),
        ("<blk> 0\n▁SO 1\n'S 2\n".encode(), "bpe", True),
        (CHARACTERS, "cjkchar", False),
        ("<blk> 0\n<unk> 1\n您 2\n▁PAY 3\n".encode(), "cjkchar+bpe", True),
    ],
)
def test_tokens_tell_how_words_are_named(
    tmp_path: Path, tokens: bytes, unit: str, is_in_capitals: bool
) -> None:
    found = read_folder(make_folder(tmp_path, {**TRANSDUCER, "tokens.txt": tokens}))
    assert (found.unit, found.is_in_capitals) == (unit, is_in_capitals)


@pytest.mark.parametrize("part", ["decoder", "joiner"])
def test_a_part_that_is_missing_is_named(tmp_path: Path, part: str) -> None:
    rest = {name: content for name, content in TRANSDUCER.items() if part not in name}
    with pytest.raises(UnfitModel, match=rf"{part}\*\.onnx is missing"):
        read_folder(make_folder(tmp_path, rest))


def test_a_folder_with_tokens_alone_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnfitModel, match=r"model\*\.onnx is missing"):
        examine(make_folder(tmp_path, {"tokens.txt": TOKENS}))


@pytest.mark.parametrize(
    ("name", "about"),
    [
        ("encoder.onnx", {}),
        ("encoder.onnx", {"decode_chunk_len": "32"}),
        ("encoder.onnx", {"decode_chunk_len": "32", "T": "many"}),
        ("model.onnx", {"model_type": "zipformer2"}),
    ],
)
def test_a_model_for_whole_recordings_is_refused(
    tmp_path: Path, name: str, about: Mapping[str, str]
) -> None:
    parts = {"decoder.onnx": onnx({}), "joiner.onnx": onnx({}), "tokens.txt": TOKENS}
    files = {**(parts if name == "encoder.onnx" else {"tokens.txt": TOKENS}), name: onnx(about)}
    with pytest.raises(UnfitModel, match="while somebody speaks"):
        read_folder(make_folder(tmp_path, files))


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"<blk>\n", b"<blk> zero\n", b"\n\n", b"a 0\n"]
)
def test_a_table_of_tokens_that_is_none_is_told(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(UnfitModel, match=r"tokens\.txt"):
        read_folder(make_folder(tmp_path, {**TRANSDUCER, "tokens.txt": content}))


@pytest.mark.parametrize("part", ["encoder", "decoder", "joiner"])
@pytest.mark.parametrize(
    "content", [b"", b"<html>not found</html>", b"version https://git-lfs.github.com/spec/v1\n"]
)
def test_a_net_that_is_none_is_told(tmp_path: Path, part: str, content: bytes) -> None:
    files = {name: content if part in name else held for name, held in TRANSDUCER.items()}
    with pytest.raises(UnfitModel, match=part):
        read_folder(make_folder(tmp_path, files))


@given(st.integers(0, len(TRANSDUCER["encoder-epoch-99-avg-1.onnx"]) - 1))
def test_a_net_cut_short_anywhere_is_no_net_or_lacks_pairs(
    tmp_path_factory: pytest.TempPathFactory, length: int
) -> None:
    file = tmp_path_factory.mktemp("cut") / "encoder.onnx"
    file.write_bytes(onnx(CHUNKS)[:length])
    with suppress(NoOnnx):
        assert metadata_of(file) != CHUNKS


@given(st.dictionaries(st.text(), st.text(max_size=300), max_size=5), st.binary(max_size=400))
def test_what_a_net_says_of_itself_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, about: dict[str, str], graph: bytes
) -> None:
    file = tmp_path_factory.mktemp("read") / "model.onnx"
    file.write_bytes(onnx(about, graph))
    assert metadata_of(file) == about


@given(st.binary(max_size=200))
def test_no_bytes_lead_to_another_error(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    file = tmp_path_factory.mktemp("any") / "model.onnx"
    file.write_bytes(content)
    with suppress(NoOnnx):
        metadata_of(file)


def test_a_model_for_sherpa_is_listed_as_any_other(tmp_path: Path) -> None:
    found = look_at(make_folder(tmp_path / "sherpa-onnx-streaming-zipformer-en", TRANSDUCER))
    assert isinstance(found, Model)
    assert (found.language, found.rate) == ("en", 16_000)
