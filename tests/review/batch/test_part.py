"""Parts of a batch: tables without words, figures that add up, damage that stops nothing."""

import gc
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcoach.archive.transcripts import made
from callcoach.call.summary import FlagStory
from callcoach.review.batch.judge import JudgedCall, Said, judge
from callcoach.review.batch.part import Part, judge_part
from callcoach.review.batch.tables import ALL, TABLES, Columns, Told
from callcoach.review.batch.tally import total
from tests.review.batch.calls import SAID, Spoken, rows, terms


def encode(columns: Columns, records: Iterable[Sequence[object]]) -> bytes:
    return json.dumps([dict(zip(columns, it, strict=True)) for it in records]).encode()


def part_of(*calls: Spoken, skip: Sequence[int] = ()) -> Part:
    return judge_part(calls, terms(), encode, lambda _: "en", skip)


GOOD = Spoken("good", SAID)
BAD = Spoken("bad", None)


def test_every_column_has_what_it_says() -> None:
    part = part_of(GOOD, BAD)
    for name, columns in ALL.items():
        records = json.loads(part.tables[name])
        assert records, name
        for record in records:
            for column, cell in record.items():
                wanted = columns[column]
                is_whole = wanted is float and isinstance(cell, int)
                assert cell is None or type(cell) is wanted or is_whole, (name, column, cell)


def test_what_may_have_been_said_unheard_is_not_left_open() -> None:
    judged = judge(Said(rows(SAID), "en"), terms())
    deaf = replace(judged, seen=replace(judged.seen, stories=list(map(unheard, open_of(judged)))))
    columns = list(ALL["calls"])
    flags, left = columns.index("flags"), columns.index("flags_open")
    for call, open_ in ((judged, len(open_of(judged))), (deaf, 0)):
        told = Told("a", {}, (), None, call, "")
        (record,) = next(it for it in TABLES if it.name == "calls").records(told)
        assert (record[flags], record[left]) == (len(call.seen.stories), open_)


def open_of(judged: JudgedCall) -> list[FlagStory]:
    """Return the flags that were left open; there are some."""
    found = [it for it in judged.seen.stories if it.cleared is None]
    assert found
    return found


def unheard(story: FlagStory) -> FlagStory:
    return replace(
        story, raisings=tuple(msgspec.structs.replace(it, is_unheard=True) for it in story.raisings)
    )


def test_the_tables_of_a_batch_are_known_where_calls_are_looked_for() -> None:
    assert set(ALL) == made.TABLES


def test_bands_are_named_in_one_language_whatever_is_spoken() -> None:
    spoken = iter(("en", "zh"))
    given_terms = replace(terms("compliance"), language="zh")
    part = judge_part((GOOD, GOOD), given_terms, encode, lambda _: next(spoken))
    one, other = (record["band"] for record in json.loads(part.tables["calls"]))
    assert one == other
    assert not one.isascii()
    assert part.tally.bands == {one: 2}


def test_a_call_keeps_its_own_id_and_queue() -> None:
    call = Spoken("calls.jsonl:3", SAID, {"id": "m7", "queue": "Q1"})
    (record,) = json.loads(part_of(call).tables["calls"])
    assert (record["call"], record["own_id"], record["queue"]) == ("calls.jsonl:3", "m7", "Q1")


@pytest.mark.parametrize("often", [0, 700, 1_000_000])
def test_garbage_is_looked_for_less_often_until_a_part_is_over(often: int) -> None:
    before = gc.get_threshold()
    seen: list[int] = []
    try:
        gc.set_threshold(often, 9, 8)
        judge_part(
            [BAD], terms(), encode, lambda _: "en", (), lambda _: seen.append(gc.get_threshold()[0])
        )
        assert gc.get_threshold() == (often, 9, 8)
    finally:
        gc.set_threshold(*before)
    assert seen[0] > often if often == 700 else seen[0] == often


def test_no_table_holds_what_was_said() -> None:
    part = part_of(GOOD)
    everything = b"".join(part.tables.values()).decode() + str(part.tally)
    for _, words in SAID:
        assert words not in everything
        assert words.split()[-1] not in everything


def test_places_of_words_point_into_the_call() -> None:
    for cue in json.loads(part_of(GOOD).tables["cues"]):
        words = SAID[cue["utterance"] - 1][1]
        assert 0 <= cue["start"] <= cue["end"] <= len(words)


def test_what_cannot_be_read_is_told_by_kind_and_stops_nothing() -> None:
    part = part_of(BAD, GOOD, Spoken("worse", None))
    assert (part.tally.calls, part.tally.lost) == (1, 2)
    (kind,) = part.tally.damaged
    assert kind == "{name}, line 1: nothing"
    example = part.tally.damaged[kind].examples[0]
    assert (example.call, example.told) == ("bad", "bad, line 1: nothing. write something")
    assert [it["call"] for it in json.loads(part.tables["problems"])] == ["bad", "worse"]


def test_a_call_that_ends_the_program_is_left_out() -> None:
    part = part_of(GOOD, GOOD, skip=(1,))
    assert (part.tally.calls, part.tally.lost) == (1, 1)


def test_a_part_can_be_written_down() -> None:
    part = part_of(GOOD, BAD)
    data = msgspec.msgpack.encode(part)
    assert msgspec.msgpack.encode(msgspec.msgpack.decode(data, type=Part)) == data


@settings(max_examples=15)
@given(st.lists(st.sampled_from([GOOD, BAD, Spoken("short", SAID[:2])]), max_size=6))
def test_figures_are_the_same_however_calls_are_cut_into_parts(calls: list[Spoken]) -> None:
    whole = part_of(*calls).tally
    parts = total(part_of(call).tally for call in calls)
    assert parts == whole
