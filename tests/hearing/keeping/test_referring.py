"""Recordings that lie elsewhere: told, played from there, never deleted, and missed honestly."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from callcoach.archive.ids import new_call_id
from callcoach.errors import AudioError, StorageError
from callcoach.hearing.capture.mixing import mixed
from callcoach.hearing.keeping.kept import RECORD
from callcoach.hearing.keeping.recordings import (
    Wrong,
    delete,
    find_recorded,
    prune,
    recorded_of,
    verify,
)
from callcoach.hearing.keeping.referring import has_sound, refer
from callcoach.hearing.playing.kept_sound import parts_of
from tests.hearing.sounds import write_wave

NOW = datetime(2026, 11, 26, tzinfo=UTC)


def told(tmp_path: Path) -> tuple[Path, str, Path]:
    """Return the folder of recordings, a call, and its recording of two voices elsewhere."""
    root, call = tmp_path / "recordings", new_call_id(1_700_000_000_000)
    loud, quiet = (np.full(16_000, size, "<i2").tobytes() for size in (8_000, -2_000))
    file = write_wave(tmp_path / "elsewhere.wav", loud, quiet)
    refer(root, call, file, 1.0, NOW)
    return root, call, file


def test_it_is_played_from_where_it_lies_with_all_its_voices(tmp_path: Path) -> None:
    root, call, file = told(tmp_path)
    recorded = recorded_of(root, call)
    assert recorded is not None
    assert recorded.is_elsewhere
    assert recorded.is_closed
    assert (recorded.seconds, has_sound(root, call), verify(recorded)) == (1.0, True, ())
    (part,) = parts_of(recorded)
    assert (part.path, part.start, part.seconds) == (str(file.resolve()), 0.0, 1.0)
    middle = np.concatenate([samples for _, samples in mixed((part,), 0.0)])[4_000:12_000]
    assert float(np.median(middle)) == pytest.approx(6_000 / 32_768, rel=0.05)


def test_one_that_is_gone_or_another_is_told(tmp_path: Path) -> None:
    root, call, file = told(tmp_path)
    (recorded,) = find_recorded(root)
    file.write_bytes(b"RIFF another")
    with pytest.raises(AudioError, match="another one by now"):
        parts_of(recorded)
    file.unlink()
    with pytest.raises(AudioError, match="is gone") as caught:
        parts_of(recorded)
    assert str(file.resolve()) in caught.value.message
    (fault,) = verify(recorded)
    assert (fault.file, fault.what) == (str(file.resolve()), Wrong.MISSING)
    assert has_sound(root, call)


def test_only_the_record_of_it_is_ever_deleted(tmp_path: Path) -> None:
    root, call, file = told(tmp_path)
    assert prune(root, 1, NOW + timedelta(days=4_000)) == ()
    recorded = recorded_of(root, call)
    assert recorded is not None
    delete(recorded)
    assert file.exists()
    assert recorded_of(root, call) is None


def test_an_older_program_would_refuse_its_record(tmp_path: Path) -> None:
    root, call, _ = told(tmp_path)
    assert b'"version": 2' in (root / call / "1" / RECORD).read_bytes()


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        refer(tmp_path / "recordings", new_call_id(), tmp_path / "none.wav", 0.0, NOW)
