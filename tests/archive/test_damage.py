"""Tests of a journal with damaged bytes: it is noticed, or what is read is what was written."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from callcoach.archive.ids import CallId
from callcoach.errors import StorageError
from tests.archive.support import (
    Content,
    begun,
    chances,
    change,
    read_all,
    scripted_call,
    verdict,
    write_call,
)

FLIPS = 80


def is_noticed(path: Path) -> bool:
    """Tell whether opening or verifying a journal shows that something is wrong."""
    try:
        return not verdict(path).is_sound
    except StorageError:
        return True


def hidden_damage(path: Path, whole: Content) -> str:
    """Return how the damage of a journal hides; empty where it shows or changes nothing."""
    try:
        if is_noticed(path):
            return ""
        return "" if read_all(path) == whole else "read as sound, but not as it was written"
    except StorageError:
        return "found sound, but it cannot be read"
    except Exception as error:  # noqa: BLE001 - whatever it is, damage must not raise it
        return f"{type(error).__name__}: {error}"


def three_calls(path: Path) -> bytes:
    """Write three calls and return the bytes of the file."""
    early = begun("2026-11-20T08:00:00.000Z", agent="zhang")
    write_call(
        path,
        [early, *scripted_call().batches[1:20]],
        CallId("0199aaaa-0000-7000-8000-000000000001"),
    )
    write_call(path, scripted_call().batches[:40], CallId("0199bbbb-0000-7000-8000-000000000002"))
    write_call(path, call=CallId("0199cccc-0000-7000-8000-000000000003"))
    assert not path.with_name(f"{path.name}-wal").exists()
    return path.read_bytes()


def flipped(whole: bytes, bits: Sequence[int]) -> bytes:
    """Return bytes with some bits, counted from the first byte's lowest, turned over."""
    data = bytearray(whole)
    for bit in bits:
        data[bit // 8] ^= 1 << bit % 8
    return bytes(data)


def test_a_file_that_was_cut_is_found(journal: Path) -> None:
    write_call(journal)
    whole = journal.read_bytes()
    for length in range(0, len(whole), len(whole) // 23):
        journal.write_bytes(whole[:length])
        assert is_noticed(journal), f"cut to {length} bytes"


@pytest.mark.parametrize("at_once", [1, 8])
def test_flipped_bits_are_found_or_change_nothing(journal: Path, at_once: int) -> None:
    whole = three_calls(journal)
    content = read_all(journal)
    chance = chances(at_once)
    hidden: list[str] = []
    noticed = 0
    for _ in range(FLIPS):
        bits = [chance.randrange(len(whole) * 8) for _ in range(at_once)]
        journal.write_bytes(flipped(whole, bits))
        if damage := hidden_damage(journal, content):
            hidden.append(f"{damage} (bits {bits})")
        noticed += is_noticed(journal) if not damage else 0
    assert not hidden, f"{len(hidden)} of {FLIPS}: " + "; ".join(hidden[:9])
    assert noticed > FLIPS // 4


@pytest.mark.parametrize("words", ["zhang", "2026-11-20T08", "0199bbbb", "practice"])
def test_flipped_bits_in_a_word_are_found_wherever_it_stands(journal: Path, words: str) -> None:
    """In the row of the call, in an index over it and in the events."""
    whole = three_calls(journal)
    content = read_all(journal)
    wanted = words.encode()
    places = [at for at in range(len(whole)) if whole.startswith(wanted, at)]
    assert places
    hidden: list[str] = []
    for place in places[:40]:
        journal.write_bytes(flipped(whole, [place * 8 + 1]))
        if damage := hidden_damage(journal, content):
            hidden.append(f"{damage} (byte {place})")
    assert not hidden, f"{len(hidden)} of {len(places[:40])}: " + "; ".join(hidden[:9])


def untyped(path: Path, statement: str) -> None:
    """Put a value where SQLite would not have it, as a damaged disk does."""
    change(
        path,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = replace(replace(sql, 'STRICT, ', ''), 'STRICT', '')",
        "UPDATE sqlite_master SET sql = replace(sql, 'NOT NULL', '')",
        "PRAGMA writable_schema = RESET",
        statement,
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET body = 'text' WHERE seq = 8",
        "UPDATE event SET body = NULL WHERE seq = 8",
        "UPDATE event SET body = 9223372036854775807 WHERE seq = 8",
        "UPDATE event SET hash = 'text' WHERE seq = 8",
        "UPDATE event SET hash = NULL WHERE seq = 8",
        "UPDATE event SET hash = 9223372036854775807 WHERE seq = 8",
        "UPDATE event SET at = 'noon' WHERE seq = 8",
        "UPDATE event SET at = NULL WHERE seq = 8",
        "UPDATE event SET at = x'ff' WHERE seq = 8",
        "UPDATE event SET kind = x'ff' WHERE seq = 8",
        "UPDATE event SET kind = CAST(x'ff' AS TEXT) WHERE seq = 8",
        "UPDATE event SET wall = NULL WHERE seq = 8",
        "UPDATE event SET version = 'text' WHERE seq = 8",
        "UPDATE call SET head = 'text'",
        "UPDATE call SET head = NULL",
        "UPDATE call SET head = 9223372036854775807",
        "UPDATE call SET events = 'many'",
        "UPDATE call SET events = NULL",
        "UPDATE call SET outcome = x'ff'",
        "UPDATE call SET agent = CAST(x'ff' AS TEXT)",
        "UPDATE call SET id = CAST(x'ff' AS TEXT)",
        "UPDATE call SET id = x'ff'",
        "UPDATE script SET sources = 'text'",
        "UPDATE script SET sources = NULL",
        "UPDATE script SET sources = 9223372036854775807",
    ],
)
def test_a_value_of_the_wrong_type_is_found(journal: Path, statement: str) -> None:
    write_call(journal)
    content = read_all(journal)
    untyped(journal, statement)
    assert not hidden_damage(journal, content)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sqlite_master SET sql = :value WHERE name = 'event'",
        "UPDATE sqlite_master SET name = :value WHERE name = 'event'",
        "UPDATE sqlite_master SET name = CAST(:value AS TEXT) WHERE name = 'event'",
        "UPDATE sqlite_master SET tbl_name = :value WHERE name = 'event'",
        "UPDATE sqlite_master SET type = :value WHERE name = 'event'",
    ],
)
@pytest.mark.parametrize("value", [b"\xff", "x", None, 12])
def test_a_schema_that_cannot_be_read_is_found(
    journal: Path, statement: str, value: bytes | str | int | None
) -> None:
    write_call(journal)
    content = read_all(journal)
    change(journal, "PRAGMA writable_schema = ON", statement, value=value)
    assert not hidden_damage(journal, content)


def test_any_bit_of_the_files_head_may_flip(journal: Path) -> None:
    whole = three_calls(journal)
    content = read_all(journal)
    hidden: list[str] = []
    for bit in chances(100).sample(range(100 * 8), 160):
        journal.write_bytes(flipped(whole, [bit]))
        if damage := hidden_damage(journal, content):
            hidden.append(f"{damage} (bit {bit})")
    assert not hidden, f"{len(hidden)}: " + "; ".join(hidden[:9])
