"""Phrases that sound alike are kept compiled; whatever happens to that, the same is found."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcoach.words.engine.compiled import read, write
from callcoach.words.match import Pattern
from callcoach.words.sound import SoundMatcher, SoundPattern
from callcoach.words.sound_program import SoundProgram, program_of
from tests.words.test_sound import HEARD, KEYS, PHRASES

PATTERNS = [SoundPattern(key, phrase) for key, phrase in zip(KEYS, PHRASES, strict=True)]
VETOES = [Pattern("cue0", "do not thank you for calling")]


class Kept(dict[str, bytes]):
    """A store in memory."""

    def put(self, digest: str, data: bytes) -> None:
        self[digest] = data


def of_sound(store: Kept) -> list[str]:
    return [digest for digest, data in store.items() if read(data, SoundProgram) is not None]


STORE = Kept()
MADE = SoundMatcher(PATTERNS, VETOES, STORE)
READ = SoundMatcher(PATTERNS, VETOES, STORE)
PLAIN = SoundMatcher(PATTERNS, VETOES)


@given(HEARD)
@settings(max_examples=200)
def test_what_was_kept_finds_the_same(text: str) -> None:
    assert READ.hits(text) == MADE.hits(text) == PLAIN.hits(text)


def test_what_is_kept_is_read_and_not_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("callcoach.words.sound_program._compile", None)
    assert SoundMatcher(PATTERNS, VETOES, STORE).hits("think you for calling")
    assert len(STORE) == 2
    assert len(of_sound(STORE)) == 1


def test_other_phrases_are_kept_apart_and_keys_make_no_difference() -> None:
    store = Kept(STORE)
    named = [SoundPattern("other", phrase) for phrase in PHRASES]
    assert {hit.key for hit in SoundMatcher(named, (), store).hits("think you for calling")} == {
        "other"
    }
    assert of_sound(store) == of_sound(STORE)
    SoundMatcher(PATTERNS[1:], (), store)
    assert len(of_sound(store)) == 2


@given(st.data())
@settings(max_examples=50)
def test_damaged_bytes_are_made_again(data: st.DataObject) -> None:
    (digest,) = of_sound(STORE)
    kept = STORE[digest]
    at = data.draw(st.integers(0, len(kept) - 1))
    other = program_of(("thank you for calling", "还款金额"), None)
    damaged = data.draw(
        st.sampled_from(
            [b"", kept[:at], kept[:at] + bytes((kept[at] ^ 1,)) + kept[at + 1 :], write(other)]
        )
    )
    store = Kept({digest: damaged})
    assert program_of(PHRASES, store) == read(kept, SoundProgram)
    assert store == {digest: kept}


def test_the_form_changes_only_with_its_number() -> None:
    """Raise `sound_program.FORMAT` and renew the digest here when compiling changes."""
    data = write(program_of(PHRASES, None))
    assert hashlib.sha256(data).hexdigest()[:16] == "a289aae03cdf5986"
