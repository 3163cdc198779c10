"""What may be asked for: names, addresses, zips and folders."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.errors import UsageError
from callcoach.hearing.models.language import LANGUAGES, language_of
from callcoach.hearing.models.manifest import find_official, official_models
from callcoach.hearing.models.wanted import Wanted, read_wanted
from tests.hearing.models.making import make_folder

SMALL = "vosk-model-small-cn-0.22"
DIGEST = "ab" * 32


def known(id: str) -> tuple[str, str, int]:
    """Return an official model's address, digest and size."""
    official = find_official(id)
    assert official is not None
    return official.address, official.sha256, official.size


@pytest.mark.parametrize("word", ["zh-small", SMALL])
def test_an_official_model_is_known_by_id_and_by_name(word: str) -> None:
    address, digest, size = known("zh-small")
    assert read_wanted(word) == Wanted(SMALL, "zh", address, digest, size)


@pytest.mark.parametrize("mirror", ["https://mirror.example.com/vosk", "http://10.0.0.1:8000/"])
def test_a_mirror_has_the_same_zips(mirror: str) -> None:
    _, digest, size = known("zh-small")
    place = f"{mirror.rstrip('/')}/{SMALL}.zip"
    assert read_wanted("zh-small", mirror) == Wanted(SMALL, "zh", place, digest, size)


def test_a_mirror_may_have_others() -> None:
    wanted = read_wanted("own-model-en", "https://example.com")
    assert wanted == Wanted("own-model-en", "en", "https://example.com/own-model-en.zip")


def test_an_address_names_the_model() -> None:
    wanted = read_wanted("https://example.com/a/vosk-model-zh-9.zip?x=1")
    assert wanted == Wanted(
        "vosk-model-zh-9", "zh", "https://example.com/a/vosk-model-zh-9.zip?x=1"
    )
    _, digest, size = known("zh-small")
    assert read_wanted(f"https://example.com/{SMALL}.zip").sha256 == digest
    assert read_wanted(f"https://example.com/{SMALL}.zip").size == size


def test_a_digest_of_the_user_goes_before_the_listed_one() -> None:
    wanted = read_wanted("zh-small", sha256=f"SHA256:{DIGEST.upper()}")
    assert (wanted.sha256, wanted.size) == (DIGEST, None)


def test_a_zip_and_a_folder_are_taken_as_they_are(tmp_path: Path) -> None:
    file = tmp_path / f"{SMALL}.zip"
    file.write_bytes(b"")
    folder = make_folder(tmp_path / "tiny-en")
    assert read_wanted(str(file)).sha256 == known("zh-small")[1]
    assert read_wanted(str(folder)) == Wanted("tiny-en", "en", folder)
    with pytest.raises(UsageError, match="a folder has no SHA-256"):
        read_wanted(str(folder), sha256=DIGEST)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("zh-smal",), "did you mean zh-small"),
        (("zh-small", "", "abc"), "64 digits"),
        (("zh-small", "gopher://x"), "no address on the web"),
        (("https://example.com/",), "cannot be called “”"),
        (("https://example.com/%2e%2e.zip",), "cannot be called"),
        (("../x", "https://example.com"), "cannot be called"),
        (("https://example.com/模型-zh.zip",), "cannot be called"),
        (("https://example.com/model.zip",), "does not tell the language"),
    ],
)
def test_what_nothing_can_be_meant_by_is_told(words: tuple[str, ...], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        read_wanted(*words)


def test_the_language_may_be_told() -> None:
    assert read_wanted("https://example.com/model.zip", language="zh").language == "zh"
    assert read_wanted("zh-small", language="en").language == "en"


@pytest.mark.parametrize(
    ("name", "language"),
    [
        (SMALL, "zh"),
        ("tiny-zh", "zh"),
        ("vosk-model-en-us-0.22", "en"),
        ("vosk-model-de-0.21", ""),
        ("bench", ""),
    ],
)
def test_a_name_may_tell_its_language(name: str, language: str) -> None:
    assert language_of(name) == language


@given(st.text(max_size=30))
def test_whatever_is_asked_for_is_a_plain_name_or_refused(text: str) -> None:
    try:
        wanted = read_wanted(f"https://example.com/{text}", language="en")
    except UsageError:
        return
    assert wanted.name.isascii()
    assert "/" not in wanted.name
    assert wanted.name[0] != "."


def test_the_manifest_is_whole() -> None:
    models = official_models()
    words = [word for it in models for word in (it.id, it.name)]
    assert len(set(words)) == len(words)
    assert {it.language for it in models} == set(LANGUAGES)
    for it in models:
        assert it.address == f"https://alphacephei.com/vosk/models/{it.name}.zip"
        assert set(it.about) == {"en", "zh"}
        assert it.licence == "Apache-2.0"
        assert len(it.sha256) in (0, 64)
        assert it.source
        assert it.size > 30_000_000
